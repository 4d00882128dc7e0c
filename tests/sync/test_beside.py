"""What is waiting, and who replicates: told alike by every process of a home, also a fresh one."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from officetui.ledger import journal as journals
from tests.sync.devices import Device, World

SCRIPT = Path(__file__).with_name("sync_rounds.py")


def elsewhere(
    device: Device, folder: Path, rounds: int = 1, lines: int = 0, now: int = 0
) -> list[Any]:
    """What another process of the home says after each of its rounds."""
    at = now or device.now()
    env = os.environ | {"PYTHONPATH": str(SCRIPT.parents[2])}
    run = subprocess.run(
        [sys.executable, SCRIPT, device.home, folder, str(rounds), str(lines), str(at)],
        env=env, capture_output=True, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.fixture
def waiting(world: World) -> Device:
    """A device of which three changes are in the folder, two are not; its segment is open."""
    a = world.device("machine")
    for number in range(3):
        a.add(title=f"t{number}")
    a.sync(2)
    for number in range(2):
        a.add(title=f"late {number}")
    return a


def absent(world: World, own: Path) -> None:
    shutil.rmtree(world.folder)


def emptied(world: World, own: Path) -> None:
    shutil.rmtree(world.folder)
    world.folder.mkdir()


def cannot_be_listed(world: World, own: Path) -> None:
    shutil.rmtree(world.folder / "journals")
    (world.folder / "journals").write_bytes(b"no directory")


def own_cannot_be_read(world: World, own: Path) -> None:
    own.unlink()
    own.mkdir()


@pytest.mark.parametrize("spoil", [absent, emptied, cannot_be_listed])
def test_a_fresh_process_knows_how_many_changes_wait(
    world: World, waiting: Device, spoil: Any
) -> None:
    spoil(world, waiting.published())
    for status in elsewhere(waiting, world.folder, 3):
        assert status["waiting"] == 2
    assert [each["waiting"] for each in elsewhere(waiting, world.folder, 1, lines=4)] == [6]


def test_what_cannot_be_published_waits_also_beside_a_folder_that_is_there(
    world: World, waiting: Device
) -> None:
    own_cannot_be_read(world, waiting.published())
    (before,) = elsewhere(waiting, world.folder)
    assert before["state"] == "ok" and before["error"] and before["waiting"] == 2
    waiting.published().rmdir()
    assert elsewhere(waiting, world.folder, 2)[-1]["waiting"] == 0


def test_a_segment_that_grows_is_not_taken_for_one_that_was_compared(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "SEGMENT_LIMIT", 1_500)
    a = world.device("machine")
    for number in range(20):
        a.add(title=f"t{number}")
        if number == 11:
            a.sync(3)
    shutil.rmtree(world.folder)
    (status,) = elsewhere(a, world.folder)
    assert status["waiting"] == 8
    assert a.replicator.waiting() == 8


def test_what_another_process_published_does_not_wait_here(world: World, waiting: Device) -> None:
    waiting.sync()
    waiting.add(title="one more")
    assert waiting.replicator.waiting() == 1
    elsewhere(waiting, world.folder, 2, lines=1)
    assert waiting.replicator.waiting() == waiting.replicator.status().waiting == 0
    waiting.add(title="and one")
    assert waiting.replicator.waiting() == 1
    before = waiting.replicator.read_at()
    assert before is not None


def test_another_folder_has_nothing_of_ours_yet(world: World, waiting: Device) -> None:
    other = world.root / "other"
    other.mkdir()
    (status,) = elsewhere(waiting, other)
    assert (status["state"], status["waiting"]) == ("absent", 5)
    world.found(other)
    assert elsewhere(waiting, other, 2)[-1]["waiting"] == 0
    assert (other / "journals" / waiting.writer / "000001.jsonl").read_bytes() == (
        waiting.local().read_bytes()
    )


def test_a_replicator_begins_anew_after_another_process_made_rounds(world: World) -> None:
    """Situation 33: each believes the files, not what it remembers."""
    a, b = world.device("machine"), world.device("other")
    a.add(title="a0")
    b.add(title="b0")
    world.sync()
    for number in range(1, 6):
        b.add(title=f"b{number}")
        b.sync(2)
        elsewhere(a, world.folder, 2, lines=1)  # takes it in, and publishes a line of ours
        a.sync()
        (told,) = a.replicator.status().devices
        assert told.n == 2 * number, "as new as the other process has left it"
        b.add(title=f"b{number} again")
        b.sync(2)
        outcome = a.sync()
        assert not outcome.error and not outcome.busy
        assert a.replicator.status().waiting == 0
        assert a.local(writer=b.writer).read_bytes() == b.local().read_bytes()
    b.sync(2)
    assert a.titles() == b.titles() and len(a.titles()) == 1 + 11 + 5
    assert a.ledger.verify() == b.ledger.verify() == []
    assert a.flushed() == b.flushed()


def test_who_finds_another_process_replicating_reads_nothing(world: World) -> None:
    a = world.device("machine")
    a.add(title="x")
    with (a.home / "replicate.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        (status,) = elsewhere(a, world.folder)
        assert (status["state"], status["waiting"]) == ("absent", 1)
        assert not (world.folder / "journals").exists()


MINUTE = 60_000


def left(device: Device) -> tuple[int, int, int]:
    found = (device.home / "replicate.json").stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def test_a_gap_is_passed_also_where_each_round_is_a_process(world: World) -> None:
    """Situation 8 with nothing but `officetui sync` from cron: no process lives long enough to
    count to ten, yet later lines apply in the end, and a hole that heals is filled."""
    a, b = world.device("other"), world.device("machine")
    for number in range(4):
        a.add(title=f"t{number}")
    a.sync(2)
    whole = a.published().read_bytes()
    lines = whole.split(b"\n")
    lines[2] = b"\0" * len(lines[2])
    a.published().write_bytes(b"\n".join(lines))
    begun = world.clock.ms

    def cron(minutes: float) -> list[str]:
        elsewhere(b, world.folder, 2, now=begun + round(minutes * MINUTE))
        b.restart()
        return b.titles()

    assert cron(0) == cron(0.2) == cron(0.4) == ["t0"]
    kept = left(b)
    assert cron(0.6) == ["t0"]
    assert left(b) == kept, "waiting writes nothing"
    assert cron(-3) == ["t0"], "a clock set back begins the wait again"
    assert cron(-2.5) == ["t0"]
    assert cron(2) == ["t0", "t2", "t3"]
    b.sync()
    assert b.holes() == [(a.writer, 2, 2)]
    kept = left(b)
    assert cron(4) == cron(400) == ["t0", "t2", "t3"]
    assert left(b) == kept, "idle is silent"
    a.published().write_bytes(whole)
    assert cron(401) == ["t0", "t1", "t2", "t3"]
    assert b.local(writer=a.writer).read_bytes() == whole
    b.sync()
    assert b.holes() == []


def test_a_gap_that_closes_in_time_is_no_hole(world: World) -> None:
    """Whatever waited before: what waits next is given its own minute."""
    a, b = world.device("other"), world.device("machine")
    for number in range(6):
        a.add(title=f"t{number}")
    a.sync(2)
    whole = a.published().read_bytes()
    begun = world.clock.ms

    def cron(minutes: float, gap: int) -> list[str]:
        lines = whole.split(b"\n")
        lines[gap] = b"\0" * len(lines[gap])
        a.published().write_bytes(b"\n".join(lines))
        elsewhere(b, world.folder, 2, now=begun + round(minutes * MINUTE))
        b.restart()
        return b.titles()

    assert cron(0, 2) == ["t0"]
    assert cron(0.9, 4) == ["t0", "t1", "t2"]
    assert cron(1.5, 4) == ["t0", "t1", "t2"]
    assert cron(1.8, 5) == ["t0", "t1", "t2", "t3"]
    assert cron(2.9, 5) == ["t0", "t1", "t2", "t3", "t5"]
