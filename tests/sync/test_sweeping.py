"""Temp files of killed writers: one's own go after a day, those of others are left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from officetui.ledger.replicate import SELDOM
from tests.sync.devices import DAY, Device, World


def part(world: World, path: Path, age: int = 0) -> Path:
    """A file that somebody began `age` ms ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"half")
    at = (world.clock.ms - age) * 1_000_000
    os.utime(path, ns=(at, at))
    return path


@pytest.fixture
def both(world: World) -> tuple[Device, Device]:
    a, b = world.pair()
    a.add(title="a")
    b.add(title="b")
    world.sync()
    return a, b


def test_ones_own_go_after_a_day(world: World, both: tuple[Device, Device]) -> None:
    a, b = both
    names = (".000001.jsonl.0a1b2c3d.part", f".000001.relay-{b.writer}.jsonl.0a1b2c3d.part")
    left = [part(world, a.published().with_name(name), 1000) for name in names]
    left.append(part(world, world.folder / ".officetui.json.0a1b2c3d.part", 1000))
    relay = f".000001.relay-{a.writer}.jsonl.0a1b2c3d.part"
    left.append(part(world, b.published().with_name(relay), 1000))
    here = part(world, a.local().with_name(".000002.jsonl.0a1b2c3d.part"))
    a.restart()
    a.sync()
    assert all(path.exists() for path in left) and not here.exists()
    world.wait(DAY)
    a.sync(SELDOM)  # nobody has to start it again
    assert not any(path.exists() for path in left)
    assert a.published().read_bytes() == a.local().read_bytes()
    assert not a.replicator.status().error


def test_those_of_others_and_of_tools_stay(world: World, both: tuple[Device, Device]) -> None:
    a, b = both
    names = (
        ".000001.jsonl.0a1b2c3d.part", ".000001.relay-k7q2m9xa.jsonl.0a1b2c3d.part",
        ".syncthing.000001.jsonl.tmp", "000001.jsonl.part", "~syncthing~000001.jsonl.tmp",
    )  # fmt: skip
    left = [part(world, b.published().with_name(name), 9 * DAY) for name in names]
    left += [part(world, a.published().with_name(name), 9 * DAY) for name in names[2:]]
    a.restart()
    a.sync(SELDOM * 2)
    assert all(path.exists() for path in left)
    assert a.titles() == ["a", "b"]


def test_a_clock_years_ahead_takes_nothing_fresh_away(
    world: World, both: tuple[Device, Device]
) -> None:
    """A file is as old as the newest of the folder says, not as a clock that is wrong does."""
    a, _ = both
    a.skew = 3 * 365 * DAY
    left = [
        a.published().with_name(".000001.jsonl.0a1b2c3d.part"),
        world.folder / ".officetui.json.0a1b2c3d.part",
    ]
    for path in left:
        path.write_bytes(b"half")
    a.restart()
    a.sync(SELDOM)
    assert all(path.exists() for path in left)


def test_what_a_killed_process_leaves_is_found(world: World) -> None:
    """Killed between writing a temp file and its rename; the next process goes on, and sweeps."""
    a = world.device("machine")
    a.add(title="x")
    script = Path(__file__).with_name("sync_rounds.py")
    code = (
        "import os, runpy, sys\n"
        "real = os.replace\n"
        "def killed(source, target):\n"
        "    if str(source).endswith('.part') and str(target).startswith(sys.argv[2]):\n"
        "        os.kill(os.getpid(), 9)\n"
        "    real(source, target)\n"
        "os.replace = killed\n"
        f"runpy.run_path({str(script)!r}, run_name='__main__')\n"
    )
    env = os.environ | {"PYTHONPATH": str(script.parents[2])}
    run = subprocess.run(
        [sys.executable, "-c", code, a.home, world.folder, "1"], env=env, check=False
    )
    assert run.returncode == -signal.SIGKILL
    (left,) = world.folder.rglob("*.part")
    assert not a.published().exists()
    a.sync(2)
    assert a.published().read_bytes() == a.local().read_bytes() and left.exists()
    part(world, left, DAY + 1000)
    a.sync(SELDOM)
    assert not list(world.folder.rglob("*.part"))
