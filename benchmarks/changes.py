"""One change, confirmed: from the call to its return, with the fsync."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter

from benchmarks import offices
from benchmarks.table import Measure, median, ms, timed
from benchmarks.world import World
from officetui.office.office import Office
from officetui.registers.record import Record

LIMIT_MS = 5
ROUNDS = 60


def measure(world: World) -> list[Measure]:
    """set, create and do at every size, each in turns with a bare append of the same bytes."""
    rows = []
    for name in ("empty", "one year", "twenty years"):
        office = world.opened(world.copy(name, "changes"))
        rows += _one_size(office, name)
    return rows


def _one_size(office: Office, name: str) -> list[Measure]:
    day = offices.today().isoformat()
    cells = {
        "direction": "incoming",
        "recv_at": f"{day}T09:15",
        "from_org": "县应急局",
        "title": "关于做好低温雨雪冰冻天气防范应对工作的通知",
        "kind": "act",
    }
    times: dict[str, list[float]] = {"create": [], "set": [], "do": []}
    floors: list[float] = []
    beside = office.home / "floor.jsonl"
    for number in range(ROUNDS):
        begin = perf_counter()
        ref = office.create("documents", cells).refs[0]
        times["create"].append((perf_counter() - begin) * 1000)
        floors.append(_bare(beside, _last_line(office)))
        note = {"note": f"第{number}次催办，答复周五前报送"}
        times["set"].append(timed(office.set, _record(office, ref), note))
        floors.append(_bare(beside, _last_line(office)))
        result = {"result": "已报送"}
        times["do"].append(timed(office.do, [_record(office, ref)], "close", result))
        floors.append(_bare(beside, _last_line(office)))
    floor = median(floors)
    return [
        Measure(f"{what} confirmed, {name}", median(took), "ms", floor, limit=LIMIT_MS)
        for what, took in times.items()
    ]


def _record(office: Office, ref: str) -> Record:
    record = office.get(ref)
    assert record is not None
    return record


def _last_line(office: Office) -> bytes:
    segment = office.ledger.segments(office.journal.writer)[-1]
    return segment.path.read_bytes().rstrip(b"\n").rpartition(b"\n")[2] + b"\n"


def _bare(path: Path, data: bytes) -> float:
    """Append and fsync, as little as can be done."""

    def work() -> None:
        fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, data)
            os.fsync(fd)
        finally:
            os.close(fd)

    return ms(work)
