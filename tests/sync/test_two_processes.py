"""A first sync in two processes: the helper reads ahead and walks over most of the segments."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officetui.ledger import apart as apart_module
from officetui.ledger import raw
from officetui.ledger.apart import AHEAD, HELPER, Apart
from officetui.ledger.files import Files, Listing, OnDisk, scan_below
from officetui.ledger.replicate import Replicator
from tests.sync.devices import OFFICE, World

SEGMENTS = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two devices have published, one of them in many segments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("officetui.ledger.journal.SEGMENT_LIMIT", 1500)
        world = World(tmp_path_factory.mktemp("two"))
        one, other = world.pair()
        record = one.add(title="低温雨雪")
        while not one.local(SEGMENTS).exists():
            one.set(record, note="再催")
        other.add(title="汛期值班")
        world.sync(rounds=1)
    return world.folder


@pytest.fixture
def apart(folder: Path) -> Iterator[Apart]:
    one = Apart(folder)
    yield one
    one.close()


def replicator(home: Path, files: Files) -> Replicator:
    home.mkdir()
    return Replicator(home, files, OFFICE, machine="m", now=lambda: 1, rng=random.Random(1))


def mirrored(home: Path, files: Files, rounds: int = 2) -> tuple[dict[str, bytes], object]:
    """The journals of a new home after these rounds, and what the next run will know of them."""
    one = replicator(home, files)
    for _ in range(rounds):
        one.round()
    journals = {
        str(path.relative_to(home)): path.read_bytes() for path in home.rglob("journals/*/*")
    }
    return journals, (one.status().devices, one._kept.memory.writers)


def segments(folder: Path) -> list[str]:
    """The paths of the segments of the longer journal."""
    directory = max((folder / "journals").iterdir(), key=lambda each: len(list(each.iterdir())))
    return [f"journals/{directory.name}/{name}" for name in sorted(os.listdir(directory))]


def test_both_ways_bring_the_same(folder: Path, apart: Apart, tmp_path: Path) -> None:
    alone = mirrored(tmp_path / "alone", OnDisk(folder))
    assert alone == mirrored(tmp_path / "apart", apart)
    assert len(alone[0]) > SEGMENTS


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    harm=st.lists(
        st.tuples(
            st.integers(0, SEGMENTS - 1),
            st.sampled_from(
                ["flip", "cut", "swap", "repeat", "remove", "empty", "foreign", "rewrite", "twice"]
            ),
            st.integers(0, 1 << 16),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_both_ways_take_the_same_of_a_damaged_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, harm: list[tuple[int, str, int]]
) -> None:
    root = tmp_path_factory.mktemp("harm")
    shared = root / "shared"
    shutil.copytree(folder, shared)
    for number, how, where in harm:
        path = shared / segments(folder)[number]
        if path.exists():
            hurt(path, how, where)
    apart = Apart(shared)
    try:
        found = mirrored(root / "apart", apart, rounds=7)
    finally:
        apart.close()
    assert mirrored(root / "alone", OnDisk(shared), rounds=7) == found


def test_a_segment_that_grows_twice_in_a_round(folder: Path, tmp_path: Path) -> None:
    """Under another name there is less of it: what a walk said of that is not of the whole."""
    shared = tmp_path / "shared"
    shutil.copytree(folder, shared)
    for path in segments(folder)[1:4]:
        lines = (folder / path).read_bytes().splitlines(keepends=True)
        (shared / path).with_name(f"0{Path(path).name}").write_bytes(b"".join(lines[:-1]))
    apart = Apart(shared)
    try:
        found = mirrored(tmp_path / "apart", apart)
    finally:
        apart.close()
    assert mirrored(tmp_path / "alone", OnDisk(shared)) == found


def hurt(path: Path, how: str, where: int) -> None:
    data = bytearray(path.read_bytes())
    lines = bytes(data).split(b"\n")[:-1]
    at = where % max(len(lines) - 1, 1)
    if how == "remove":
        path.unlink()
        return
    if how == "twice":  # a segment under two names, one of them not whole
        path.with_name(f"0{path.name}").write_bytes(data[: where % (len(data) + 1)])
    if how == "flip" and data:
        data[where % len(data)] ^= 1
    elif how == "cut":
        del data[where % (len(data) + 1) :]
    elif how == "empty":
        data.clear()
    elif how == "foreign":
        data = bytearray(bytes(data).replace(b'"writer":"', b'"writer":"x', 1))
    elif len(lines) > 1:
        if how == "rewrite":  # sound, but the next line follows another one
            at = len(lines) - 1 if where % 2 else at
            body = lines[at][9:].replace("再催".encode(), "又催".encode())
            lines[at] = b"%08x %b" % (crc32(body), body)
        elif how == "swap":
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
        else:
            lines.insert(at, lines[at])
        data = bytearray(b"\n".join([*lines, b""]))
    path.write_bytes(data)


def test_a_walk_says_what_its_lines_follow(folder: Path) -> None:
    """Whoever knows the line before compares: a segment of another past is not taken."""
    first, second, *_ = segments(folder)
    writer = first.split("/")[1]
    before = raw.walk((folder / first).read_bytes(), writer)
    data = (folder / second).read_bytes()
    after = raw.walk(data, writer)
    assert before is not None and after is not None
    assert before.p == "" and after.p == before.tail and after.at == len(data)
    assert raw.walk(data, "somebody") is None
    for nothing in (b"", b"\n", data.partition(b"\n")[0], data.partition(b"\n")[0] + b"\n"):
        assert raw.walk(nothing, writer) is None


# questions ahead


def test_what_was_asked_ahead_comes_in_any_case(folder: Path, apart: Apart) -> None:
    """In its order, mixed with other questions, and when nobody wants it any more."""
    paths = segments(folder)
    writer = paths[0].split("/")[1]
    here = OnDisk(folder)
    apart.expect(paths, writer)
    for path in paths[:3]:
        assert apart.segment(path, writer)[0] == here.read(path)
    assert len(apart._asked) == AHEAD
    assert apart.read(paths[5], 7) == here.read(paths[5], 7)
    assert not apart._asked
    assert apart.scan("journals") == here.scan("journals")
    for path in paths[3:]:
        assert apart.segment(path, writer)[0] == here.read(path)
    walked = [apart.segment(path, writer)[1] is not None for path in paths]
    assert any(walked) and not all(walked)


def test_what_was_read_for_an_earlier_round_is_read_again(folder: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shutil.copytree(folder, shared)
    paths = segments(folder)
    writer = paths[0].split("/")[1]
    one = Apart(shared)
    try:
        one.expect(paths, writer)
        one.segment(paths[0], writer)
        assert one._asked  # the second one has been read, or will be at once
        one.read(paths[0])
        one.expect(paths, writer)
        one.segment(paths[0], writer)
        (shared / paths[1]).write_bytes(b"grown meanwhile\n")
        one.expect(paths[1:], writer)
        assert one.segment(paths[1], writer) == (b"grown meanwhile\n", None)
    finally:
        one.close()


def test_a_file_that_is_gone_is_told_for_itself_alone(folder: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shutil.copytree(folder, shared)
    paths = segments(folder)
    writer = paths[0].split("/")[1]
    (shared / paths[1]).unlink()
    one = Apart(shared)
    try:
        one.expect(paths, writer)
        for path in paths:
            if path == paths[1]:
                with pytest.raises(FileNotFoundError):
                    one.segment(path, writer)
            else:
                assert one.segment(path, writer)[0] == (folder / path).read_bytes()
    finally:
        one.close()


def test_a_folder_that_hangs_in_the_middle(folder: Path) -> None:
    """Late answers are not mistaken for those of later questions."""
    paths = segments(folder)
    writer = paths[0].split("/")[1]
    one = Apart(folder, patience=0.2)
    one.expect(paths, writer)
    one.segment(paths[0], writer)
    pid = one.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        late = 0
        for path in paths[1:]:
            try:
                one.segment(path, writer)  # what it had answered before it was stopped
            except TimeoutError:
                late += 1
        assert late and one.hangs
    finally:
        os.kill(pid, signal.SIGCONT)
    for path in paths:
        while True:
            try:
                data, _ = one.segment(path, writer)
                break
            except TimeoutError:
                continue
        assert data == (folder / path).read_bytes()
    assert not one.hangs
    one.close()


def test_a_helper_killed_in_the_middle_loses_nothing(folder: Path, tmp_path: Path) -> None:
    apart = Apart(folder)
    one = replicator(tmp_path / "home", apart)
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed and done > of // 3 and apart.pid is not None:
            killed.append(apart.pid)
            os.kill(apart.pid, signal.SIGKILL)

    first = one.round(progress=kill)
    assert killed and "helper" in first.error
    for _ in range(2):
        assert not one.round().error
    apart.close()
    journals = (folder / "journals").rglob("*.jsonl")
    for path in journals:
        assert (tmp_path / "home" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_a_first_sync_that_was_stopped_is_gone_on_with_ahead(folder: Path, tmp_path: Path) -> None:
    """What is here already is compared first, and does not go between."""

    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done > of // 3:
            raise Stopped

    home = tmp_path / "home"
    for apart in (Apart(folder), Apart(folder)):
        one = Replicator(home, apart, OFFICE, machine="m", rng=random.Random(1))
        under_way: list[int] = []
        if not home.exists():
            home.mkdir()
            with pytest.raises(Stopped):
                one.round(progress=stop)
        else:
            one.round(progress=partial(told, apart, under_way))
            assert max(under_way) == AHEAD
        apart.close()


def told(apart: Apart, under_way: list[int], _done: int, _of: int) -> None:
    under_way.append(len(apart._asked))


# the helper itself


def test_a_slow_share_does_not_hang(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long is told bit by bit, so that patience is for one directory, not for all."""
    shared = tmp_path / "shared"
    shutil.copytree(folder, shared)
    for number in range(5):
        (shared / "journals" / f"another{number}").mkdir()
    monkeypatch.setattr(
        "officetui.ledger.apart.HELPER",
        HELPER.replace("serve(", "import officetui.ledger.apart as it; it.TURN = -1; serve("),
    )
    one = Apart(shared)
    asked: list[object] = []
    put = one._put
    monkeypatch.setattr(one, "_put", lambda pipe, what: (asked.append(what), put(pipe, what)))
    try:
        for _ in range(2):
            assert one.scan_below("journals") == dict(scan_below(OnDisk(shared), "journals"))
        (shared / "journals" / "another3" / "000001.jsonl").write_bytes(b"new")
        shutil.rmtree(shared / "journals" / "another4")
        found = one.scan_below("journals")
        assert found == dict(scan_below(OnDisk(shared), "journals")) and len(found) == 6
        assert len(asked) == 8 + 8 + 7  # the last one of each finds that there is no more
        with pytest.raises(FileNotFoundError):
            one.scan_below("nothing")
    finally:
        one.close()


# In a helper of its own: what cannot be had from a directory of a test that root runs too.
UNREADABLE = """
from officetui.ledger.files import OnDisk
scan = OnDisk.scan
def refused(self, path):
    if path.endswith(NAME) and (self.root / "refused").exists():
        raise OSError(5, "Input/output error", str(self.root / path))
    return scan(self, path)
OnDisk.scan = refused
"""


def test_a_directory_that_cannot_be_listed_is_told_for_itself_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its journal stays as it is here, and the error says which one; the others go on."""
    shared = tmp_path / "shared"
    shutil.copytree(folder, shared)
    lost = segments(folder)[0].split("/")[1]
    patched = UNREADABLE.replace("NAME", repr(lost)) + "serve("
    monkeypatch.setattr(apart_module, "HELPER", HELPER.replace("serve(", patched))
    apart = Apart(shared)
    one = replicator(tmp_path / "home", apart)
    try:
        assert not one.round().error
        before = one.status().devices
        (shared / "refused").touch()
        again = one.round()
        assert again.state == "ok" and again.error.endswith(f"{shared / 'journals' / lost}'")
        assert "Errno 5" in again.error and one.status().devices == before
        (shared / "refused").unlink()
        assert not one.round().error and one.status().devices == before
    finally:
        apart.close()


def test_a_system_without_larger_pipes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(fcntl, "F_SETPIPE_SZ", raising=False)
    one = Apart(folder)
    try:
        assert one.scan("journals") == OnDisk(folder).scan("journals")
    finally:
        one.close()


def test_pipes_of_one_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has too many pipes gets small ones: neither side waits for the other one for ever."""
    monkeypatch.setattr(apart_module, "ROOM", 4096)
    paths = segments(folder) * 10
    writer = paths[0].split("/")[1]
    one = Apart(folder)
    one.scan("journals")
    assert one._run is not None and one._run.stdin is not None
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(one._run.stdin, fcntl.F_SETPIPE_SZ, 4096)
    came: list[bytes] = []
    one.expect(paths, writer)
    asking = Thread(
        target=lambda: came.extend(one.segment(path, writer)[0] for path in paths), daemon=True
    )
    asking.start()
    asking.join(20)
    if asking.is_alive():
        os.kill(one.pid or 0, signal.SIGKILL)
    asking.join()
    one.close()
    assert came == [(folder / path).read_bytes() for path in paths]


def test_closed_by_another_thread_between_two_questions(folder: Path) -> None:
    """Whoever asks still has what was answered, and asks another helper then."""

    class Closed(Apart):
        def _ask(self, *request: object) -> object:
            answer = super()._ask(*request)
            self.close()
            return answer

    one = Closed(folder)
    here = OnDisk(folder)
    for _ in range(2):
        assert one.scan("journals") == here.scan("journals")
        below: dict[str, Listing | OSError] = one.scan_below("journals")
        assert below == dict(scan_below(here, "journals"))
    assert one.pid is None


def test_an_answer_that_was_read_in_part_is_the_last_of_its_helper(
    folder: Path, apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C, or no memory: what follows in the pipe would be taken for something else."""
    paths = segments(folder)
    apart.read(paths[0])
    first = apart.pid

    def interrupted(_pipe: object, size: int) -> bytearray:
        if size == 8:
            return exactly(_pipe, size)
        raise KeyboardInterrupt

    exactly = apart_module._exactly
    with monkeypatch.context() as patch:
        patch.setattr(apart_module, "_exactly", interrupted)
        with pytest.raises(KeyboardInterrupt):
            apart.read(paths[1])
    assert apart.read(paths[2]) == (folder / paths[2]).read_bytes()
    assert apart.pid != first
