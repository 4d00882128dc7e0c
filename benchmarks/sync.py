"""The shared folder: a first sync of many years, and what every poll costs from then on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from benchmarks import offices
from benchmarks.table import Measure, median, ms
from benchmarks.world import PYTHON, World
from officetui.ledger.apart import Apart
from officetui.ledger.folder import MARKER
from officetui.ledger.journal import Journal
from officetui.ledger.line import Entry
from officetui.office.folder import folder_of
from officetui.office.office import Office
from officetui.office.sync import Sync

LINES = 1_200_000
DEVICES = 50
DAYS = 3 * 365
OFFICE = "0123456789abcdef0123456789abcdef"
LIMIT_FIRST = 2.5
LIMIT_POLL_MS = 10
LIMIT_VISIBLE_MS = 100
POLLS = 1000


def measure(world: World) -> list[Measure]:
    """First sync against its floor, then the polls of the replica it made."""
    lines = int(LINES * world.scale)
    folder = world.fresh("shared")
    world.say(f"writing {lines:,} lines of {DEVICES} devices")
    _write(folder, lines)
    size = sum(path.stat().st_size for path in folder.rglob("*.jsonl"))
    home = world.fresh("replica")
    floor = _run(world, "-m", "benchmarks.sync_floor", str(folder), str(world.fresh("floor")))
    world.say(f"floor: {floor[0]:.1f} s, {floor[1]:.0f} MB")
    shutil.rmtree(world.directory / "floor")
    world.say("first sync")
    first = _run(world, "-m", "officetui", "join", str(folder), "--user", offices.USER, home=home)
    note = f"{size / 1e6:.0f} MB in {len(list(folder.rglob('*.jsonl'))):,} segments"
    return [
        Measure(f"first sync of {lines:,} lines", first[0], "s", floor[0],
                limit_ratio=LIMIT_FIRST, note=note),
        Measure("  its CPU", first[2], "s", floor[2]),
        Measure("  its peak memory", first[1], "MB", floor[1], limit_ratio=LIMIT_FIRST),
        *_polls(home),
        *_carried(world, home),
    ]  # fmt: skip


def _run(world: World, *arguments: str, home: Path | None = None) -> tuple[float, float, float]:
    """(wall seconds, peak MB, CPU seconds) of a program that must succeed."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        [PYTHON, *arguments], env=world.environment(home), stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{arguments} ended with {child.returncode}")
    used = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - begin, usage.ru_maxrss / 1024, used


# a folder of three years


def _write(folder: Path, lines: int) -> None:
    """Papers captured by one device and noted upon by two others, one and two hours later. A
    device's clock only goes forward, so that its journal is in the order of its stamps."""
    names = [f"dev{number:05d}" for number in range(DEVICES)]
    end = offices.today()
    begin = end - timedelta(days=DAYS)
    papers = lines // 3
    events = []
    for number in range(papers):
        day = begin + timedelta(days=number * DAYS // papers)
        at = int(time.mktime(day.timetuple()) * 1000) + 8 * 3_600_000
        at += (number % 400) * 60_000
        events += [(at + k * 3_600_000, number, k, day.isoformat()) for k in range(3)]
    events.sort()
    last: dict[int, tuple[str, str]] = {}  # of a paper: its id, its last stamp
    with _Writers(folder, names) as writers:
        for at, number, k, iso in events:
            name = names[(number * 7 + k * 11) % DEVICES]
            if k == 0:
                cells = offices._paper(iso, number % 14, number % 9000)
                cells |= {"kind": "act", "state": "archived", "archived_at": iso, "closed_at": iso}
                born = writers.add(name, [Entry("documents", "#0", cells, {})], at)
                last[number] = f"{born}.0", born
            elif k == 1:
                noted = Entry("documents", last[number][0], {"note": "第1次催办，答复正在办理"}, {})
                last[number] = last[number][0], writers.add(name, [noted], at)
            else:
                record, before = last.pop(number)
                noted = Entry(
                    "documents", record, {"note": "第2次催办，已报送"}, {"note": [before]}
                )
                writers.add(name, [noted], at)
    marker = {"office": OFFICE, "name": offices.NAME, "zone": offices.ZONE}
    (folder / MARKER).write_text(json.dumps(marker))


class _Writers:
    """Many journals, written at once without a disk to wait for."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self._lines = {
            name: offices._Lines(Journal(folder, name, OFFICE, offices.ZONE, "0.1.0"))
            for name in names
        }

    def __enter__(self) -> _Writers:
        return self

    def __exit__(self, *_error: object) -> None:
        for lines in self._lines.values():
            lines.close()

    def add(self, name: str, entries: list[Entry], at: int) -> str:
        user = offices.PEOPLE[int(sha256(name.encode()).hexdigest(), 16) % len(offices.PEOPLE)]
        return self._lines[name].add(entries, at, user)


# polls


def _polls(home: Path) -> list[Measure]:
    """Rounds while nothing happens: CPU of each, bytes of all."""
    office = Office.open(home, user=offices.USER)
    one = Sync(home, office.info)
    for _ in range(3):
        one.round()
    used: list[float] = []
    before = _written()
    for _ in range(POLLS):
        begin = time.process_time()
        one.round()
        used.append((time.process_time() - begin) * 1000)
    wrote = _written() - before
    return [
        Measure(f"idle poll, {DEVICES} devices, CPU", median(used), "ms", limit=LIMIT_POLL_MS),
        Measure("  in the app, its helper included", _beside(home, office), "ms",
                limit=LIMIT_POLL_MS),
        Measure(f"bytes written by {POLLS:,} idle polls", wrote, "B", limit=0),
    ]  # fmt: skip


def _beside(home: Path, office: Office) -> float:
    """CPU ms of an idle poll whose folder is touched by a process of its own, as in the app."""
    one = Sync(home, office.info, apart=True)
    for _ in range(3):
        one.round()
    files = one._files()
    assert isinstance(files, Apart)
    ticks, begin = _ticks(files.pid), time.process_time()
    for _ in range(POLLS):
        one.round()
    used = time.process_time() - begin + (_ticks(files.pid) - ticks) / os.sysconf("SC_CLK_TCK")
    one.close()
    return used * 1000 / POLLS


def _ticks(pid: int | None) -> int:
    """What a process has used, in the system's ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _written() -> int:
    """Bytes this process has handed to write()."""
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["wchar"])


def _carried(world: World, home: Path) -> list[Measure]:
    """From a confirmed change on one replica to its record on the other, the pause left out."""
    folder = folder_of(home)
    assert folder is not None
    small = world.fresh("colleague")
    shutil.copytree(home, small)
    (small / "device.json").unlink(missing_ok=True)
    here, there = (Office.open(each, user=offices.USER) for each in (home, small))
    ours, theirs = Sync(home, here.info), Sync(small, there.info)
    for _ in range(2):
        ours.round()
        theirs.round()
    took: list[float] = []
    for number in range(12):
        ref = here.create("people", {"name": f"新人{number}"}).refs[0]

        def carry() -> None:
            ours.round()
            theirs.round()
            there.refresh()

        took.append(ms(carry))
        assert there.get(ref) is not None
    name = "change seen on the other replica, beyond the pause of a poll"
    return [Measure(name, median(took[2:]), "ms", limit=LIMIT_VISIBLE_MS)]
