"""Situations 1 to 5, 11, 12, 26, 33, 36: one's own journal, and its publication."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from officetui.errors import NotKept
from officetui.ledger import journal as journals
from officetui.ledger.cursor import Cursor
from officetui.ledger.stamp import parts
from tests.sync.devices import DAY, Between, World


class Killed(BaseException):
    """Stands for kill -9: nothing after it is done."""


def texts(world: World, number: int) -> list[str]:
    lines = world.devices[number].ledger.read_since(Cursor())
    return [str(line.entries[0].cells.get("title")) for line in lines]


@pytest.mark.parametrize("part", [1, 40, -1])
def test_situation_01_killed_before_the_confirmation(
    world: World, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Situation 1: the change is wholly there or nowhere, and was not confirmed."""
    a, b = world.pair()
    a.add(title="kept")

    def die(fd: int, data: bytes) -> None:
        os.write(fd, data[:part])
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(journals, "write_all", die)
        patch.setattr(journals.Journal, "_take_back", lambda *_: None)
        with pytest.raises(Killed):
            a.add(title="never confirmed")
    a.restart()
    world.sync()
    assert texts(world, 0) == texts(world, 1)
    # of a line only its LF may be missing: then it is there, as a whole
    assert a.titles() == b.titles() in (["kept"], ["kept", "never confirmed"])
    a.add(title="after")
    world.sync()
    assert a.titles() == b.titles() and "after" in b.titles()
    assert a.ledger.verify() == b.ledger.verify() == []


def test_situation_02_killed_before_publishing(world: World) -> None:
    """Situation 2: published once at the next start."""
    a, b = world.pair()
    a.add(title="confirmed")
    a.restart()
    a.sync()
    assert a.published().read_bytes() == a.local().read_bytes()
    before = world.tree()
    a.sync(5)
    assert world.tree() == before
    b.sync()
    assert b.titles() == ["confirmed"]


@pytest.mark.parametrize("part", [0, 1, 30, -2])
def test_situation_03_killed_while_publishing(world: World, part: int) -> None:
    """Situation 3: the next publication completes or replaces; no line is lost or glued to another."""
    files = Between(world.folder)
    a, b = world.device(folder=files), world.device()
    a.add(title="first")
    a.sync(2)
    a.add(title="second")

    def die(path: str) -> None:
        with (world.folder / path).open("ab") as file:
            file.write(a.local().read_bytes()[file.tell() :][:part])
        raise Killed

    files.before["append"] = die
    with pytest.raises(Killed):
        a.sync()
    files.before.clear()
    b.sync(2)
    assert b.titles() in (["first"], ["first", "second"])
    a.restart()
    a.add(title="third")
    world.sync()
    assert a.published().read_bytes() == a.local().read_bytes()
    assert b.titles() == ["first", "second", "third"]
    assert b.ledger.verify() == []


def test_situation_04_the_disk_is_full_in_the_middle_of_an_append(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Situation 4: then there is space again: both neighbouring lines intact."""
    a, b = world.pair()
    a.add(title="before")

    def full(fd: int, data: bytes) -> None:
        os.write(fd, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journals, "write_all", full)
        with pytest.raises(NotKept, match="disk is full"):
            a.add(title="lost, and said so")
    a.add(title="after")
    world.sync()
    assert b.titles() == ["after", "before"]
    assert a.ledger.verify() == b.ledger.verify() == []


@pytest.mark.parametrize("kind", ["append", "replace"])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_situation_05_an_error_of_fsync_or_close(world: World, kind: str, error: int) -> None:
    """Situation 5: status says unpublished; re-verified; never reported as synced."""
    files = Between(world.folder)
    a = world.device(folder=files)
    if kind == "append":
        a.add(title="first")
        a.sync(2)
    a.add(title="second")

    def fail(path: str) -> None:
        raise OSError(error, "error on fsync")

    files.after[kind] = fail  # the bytes may be there, nobody knows
    outcome = a.sync()
    assert outcome.error
    status = a.replicator.status()
    assert status.waiting == 1 and status.error
    assert status.state == ("full" if error == errno.ENOSPC else "ok")
    files.after.clear()
    files.calls.clear()
    a.sync(3)
    reads = [path for name, path in files.calls if name == "read" and path.endswith(".jsonl")]
    assert reads, "what was written is read and compared before it is believed"
    status = a.replicator.status()
    assert status.waiting == 0 and not status.error and status.state == "ok"
    assert a.published().read_bytes() == a.local().read_bytes()


def test_situation_11_the_file_is_replaced_under_an_open_writer(world: World) -> None:
    """Situation 11: no append goes to the orphan."""
    files = Between(world.folder)
    a, b = world.device(folder=files), world.device()
    a.add(title="one")
    a.sync(2)
    a.add(title="two")

    def replaced(path: str) -> None:
        target = world.folder / path
        temp = target.with_name(".syncthing.x.tmp")
        temp.write_bytes(target.read_bytes())
        os.replace(temp, target)

    files.before["append"] = replaced
    a.sync()
    files.before.clear()
    world.sync()
    assert a.published().read_bytes() == a.local().read_bytes()
    assert b.titles() == ["one", "two"]


@pytest.mark.parametrize("keep", [0, 1, 100, 700, -1])
def test_situation_12_the_published_file_was_rewound(world: World, keep: int) -> None:
    """Situation 12: republished byte for byte."""
    a, b = world.pair()
    for number in range(5):
        a.add(title=f"t{number}")
    world.sync()
    whole = a.published().read_bytes()
    a.published().write_bytes(whole[:keep])
    b.sync()
    assert len(b.titles()) == 5
    writer = a.writer
    a.sync(2)
    assert a.published().read_bytes() == whole and a.writer == writer
    b.sync()
    assert len(b.titles()) == 5 and b.ledger.verify() == []


@pytest.mark.parametrize("back", [1, DAY, 400 * DAY])
def test_situation_26_a_clock_goes_back(world: World, back: int) -> None:
    """Situation 26: also across a restart: n still grows; nothing skipped by others."""
    a, b = world.pair()
    record = a.add(title="one")
    world.sync()
    a.skew = -back
    a.set(record, title="two")
    a.restart()
    a.skew = -2 * back
    a.set(record, title="three")
    world.sync()
    numbers = [parts(line.t)[1] for line in a.ledger.read_since(Cursor())]
    assert numbers == [1, 2, 3]
    assert a.doc(record) == b.doc(record) == {"title": "three"}
    assert a.conflicts(record) == {}


def test_situation_33_two_processes_of_one_user_on_one_machine(world: World) -> None:
    """Situation 33: no interleaving, both see both."""
    a = world.device()
    b = world.device()
    script = Path(__file__).parent.parent / "ledger" / "keep_writing.py"
    command = [sys.executable, str(script), str(a.home), a.writer, "25", "6"]
    env = {**os.environ, "PYTHONPATH": str(script.parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE) for _ in range(2)]
    while any(process.poll() is None for process in running):
        a.sync()
    said = [process.communicate()[0].split(b"\n")[:-1] for process in running]
    assert [len(each) for each in said] == [25, 25]
    a.sync(2)
    b.sync(2)
    assert a.ledger.verify() == b.ledger.verify() == []
    numbers = [line.n for line in b.ledger.read_since(Cursor())]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 50
    assert a.published().read_bytes() == a.local().read_bytes()


def test_situation_33_one_process_replicates_at_a_time(world: World) -> None:
    """Situation 33: one process replicates at a time."""
    a = world.device()
    other = world.device(home=a.home, machine=a.machine)
    a.add(title="x")
    with a.replicator._alone(0) as held:
        assert held
        outcome = other.sync()
        assert outcome.busy and not a.published().exists()
    assert not other.sync().busy and a.published().exists()


def test_situation_36_a_rename_is_refused_for_a_while(world: World) -> None:
    """Situation 36: retried with back-off; the data are safe meanwhile."""
    files = Between(world.folder)
    a, b = world.device(folder=files), world.device()
    a.add(title="one")

    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "in use by another program", path)

    files.before["replace"] = refuse
    for _ in range(12):
        assert a.sync().error or a.replicator.status().waiting
    tries = sum(name == "replace" for name, _ in files.calls)
    assert 2 <= tries < 10
    assert a.titles() == ["one"] and a.replicator.status().waiting == 1
    files.before.clear()
    a.sync(17)
    assert a.replicator.status().waiting == 0
    b.sync()
    assert b.titles() == ["one"]


def test_the_folder_gets_group_and_mode_from_the_marker(world: World) -> None:
    before = os.umask(0o077)
    try:
        a, b = world.pair()
        a.add(title="x")
        world.sync()
    finally:
        os.umask(before)
    assert a.published().stat().st_mode & 0o777 == 0o660
    assert a.published().parent.stat().st_mode & 0o7777 == 0o2770
    assert b.local(writer=a.writer).stat().st_mode & 0o777 == 0o600
    assert b.local(writer=a.writer).parent.stat().st_mode & 0o777 == 0o700
