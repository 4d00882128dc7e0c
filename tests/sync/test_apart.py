"""The helper that touches the folder for the app: the same answers, and no life of its own."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from officetui.ledger.apart import Apart
from officetui.ledger.files import OnDisk

# Asks a helper something, tells its pid, and then waits for the end that the test has for it.
ASKER = """
import sys
from pathlib import Path
from officetui.ledger.apart import Apart
apart = Apart(Path(sys.argv[1]))
apart.scan("")
print(apart.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir()
    (path / "a.jsonl").write_bytes(b"one\n")
    return path


@pytest.fixture
def apart(root: Path) -> Iterator[Apart]:
    one = Apart(root)
    yield one
    one.close()


@pytest.fixture
def asker(root: Path, repository: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", ASKER, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(repository)}, encoding="utf-8",
    ) as run:  # fmt: skip
        yield run
        run.kill()


def lives(pid: int) -> bool:
    """Whether a process runs: one that has ended and that nobody has asked after yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def children() -> set[int]:
    """The children of this process, also those that have ended and were not waited for."""
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for each in listed for pid in each.read_text().split()}


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def test_nothing_runs_before_the_first_question(root: Path) -> None:
    before = children()
    one = Apart(root)
    assert one.pid is None and children() == before
    one.close()
    assert one.pid is None


def test_it_answers_as_the_directory_itself(apart: Apart, root: Path) -> None:
    here = OnDisk(root)
    apart.make_dir("journals")
    apart.replace("journals/b.jsonl", b"two\n")
    apart.append("journals/b.jsonl", 4, b"three\n")
    for path in ("", "journals"):
        assert apart.scan(path) == here.scan(path) == apart.scan(path)
    assert apart.read("journals/b.jsonl", 4) == b"three\n"
    apart.remove("journals/b.jsonl")
    apart.remove("journals/b.jsonl")  # fine when it is not there
    assert apart.scan("journals") == here.scan("journals") == ([], [])


def test_an_error_comes_as_it_was(apart: Apart) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        apart.read("no.jsonl")
    assert missing.value.errno == errno.ENOENT
    assert str(missing.value.filename).endswith("no.jsonl")
    with pytest.raises(OSError, match="changed meanwhile") as stale:
        apart.append("a.jsonl", 99, b"x")
    assert stale.value.errno == errno.ESTALE
    assert apart.read("a.jsonl") == b"one\n"


def test_a_helper_that_was_killed_is_an_error_and_then_another_one(apart: Apart) -> None:
    apart.scan("")
    first = apart.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    with pytest.raises(OSError, match="helper") as ended:
        apart.read("a.jsonl")
    assert ended.value.errno == errno.EIO
    assert first not in children(), "it is no zombie"
    assert [each.name for each in apart.scan("").files] == ["a.jsonl"]
    assert apart.pid not in (None, first)


def test_closed_it_ends_and_leaves_no_zombie(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("officetui.ledger.apart.ENDING", 20.0)  # a busy machine is no failure
    before = children()
    one = Apart(root)
    for _ in range(3):
        one.scan("")
        pid = one.pid
        assert pid is not None and lives(pid)
        one.close()
        assert not lives(pid) and children() == before


def test_closed_while_it_hangs_nobody_waits(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("officetui.ledger.apart.ENDING", 20.0)
    one = Apart(root)
    one.scan("")
    pid = one.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    asking = threading.Thread(target=one.scan, args=("",))
    try:
        asking.start()
        until(one._asking.locked, "it asks")
        begun = time.monotonic()
        one.close()
        assert time.monotonic() - begun < 5
        assert lives(pid)
    finally:
        os.kill(pid, signal.SIGCONT)
    asking.join(20)
    one.close()
    assert not lives(pid)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM, None])
def test_it_never_survives_who_asks(
    asker: subprocess.Popen[str], how: signal.Signals | None
) -> None:
    """Killed, its window closed, told to end, or at its own end."""
    assert asker.stdout is not None and asker.stdin is not None
    helper = int(asker.stdout.readline())
    assert lives(helper)
    if how is None:
        asker.stdin.close()
    else:
        asker.send_signal(how)
    asker.wait(20)
    until(lambda: not lives(helper), "the helper has ended")


def test_killed_while_the_helper_hangs_it_ends_when_the_folder_answers(
    asker: subprocess.Popen[str],
) -> None:
    assert asker.stdout is not None
    helper = int(asker.stdout.readline())
    os.kill(helper, signal.SIGSTOP)
    asker.kill()
    asker.wait(20)
    os.kill(helper, signal.SIGCONT)
    until(lambda: not lives(helper), "the helper has ended")


def test_after_a_while_without_an_answer_it_counts_as_hanging(root: Path) -> None:
    """And is asked again only when it has answered; what it said then is not lost."""
    one = Apart(root, patience=0.2)
    first = one.scan("")
    pid = one.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        (root / "b.jsonl").write_bytes(b"two\n")
        for _ in range(3):
            with pytest.raises(TimeoutError):
                one.scan("")
            assert one.hangs
        with pytest.raises(TimeoutError):
            one.read("b.jsonl")
    finally:
        os.kill(pid, signal.SIGCONT)
    until(lambda: answers(one), "it answers")
    assert not one.hangs and one.pid == pid
    assert one.scan("") == OnDisk(root).scan("") != first
    one.close()
    until(lambda: not lives(pid), "the helper has ended")


def answers(one: Apart) -> bool:
    try:
        return one.read("b.jsonl") == b"two\n"
    except TimeoutError:
        return False


def test_the_root_itself(apart: Apart, root: Path, tmp_path: Path) -> None:
    here = OnDisk(root)
    assert apart.standing() == here.standing()
    assert apart.names() == here.names() == ["a.jsonl"]
    new = Apart(tmp_path / "new")
    try:
        with pytest.raises(FileNotFoundError):
            new.standing()
        assert new.has_parent()
        new.make_root()
        new.make_root()
        assert new.names() == [] and (tmp_path / "new").is_dir()
    finally:
        new.close()
    lost = Apart(tmp_path / "no" / "such")
    assert not lost.has_parent()
    lost.close()
