"""The day review of a day with 500 changes, in a lived-in office."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import offices
from benchmarks.table import Measure, median
from benchmarks.world import World
from officetui.ledger.line import decode_lines
from officetui.ledger.segments import split
from officetui.office.changes import New
from officetui.office.day_review import review
from officetui.office.look import Glance
from officetui.office.office import Office
from officetui.office.review_asked import split as asked

CHANGES: Final = 500
OPEN: Final = 120  # papers in hand, a third of them due today or late
LIMIT_MS: Final = 50
_RUNS: Final = 15


def measure(world: World) -> list[Measure]:
    """All of the day, the first time and again; and what is counted anew after an answer."""
    home = world.fresh("review")
    _make(home)
    floor = median([_timed(lambda: _decoded(home)) for _run in range(_RUNS)])
    office = Office.open(home, user=offices.USER)
    first = _timed(lambda: review(office, half="evening"))
    made = review(office, half="evening")
    assert made.count >= CHANGES, made.count
    again = median([_timed(lambda: review(office, half="evening")) for _run in range(_RUNS)])
    counted = median([_timed(lambda: _asked(office)) for _run in range(_RUNS)])
    note = "floor: its lines read and decoded"
    about = f"review of a day with {CHANGES} changes"
    return [
        Measure(f"{about}: the first time", first, "ms", floor, note=note),
        Measure(f"{about}: again", again, "ms", floor, limit=LIMIT_MS, note=note),
        Measure(f"{about}: what is asked, {len(made.asked)} matters", counted, "ms", floor),
    ]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _decoded(home: Path) -> int:
    """The lines of all journals, decoded and nothing else."""
    return sum(
        sum(1 for _line in decode_lines(split(path.read_bytes())[0][1:], path.parent.name))
        for path in sorted((home / "journals").glob("*/*.jsonl"))
    )


def _asked(office: Office) -> int:
    from officetui.office.day_review import record_of

    with office.lock:
        look = Glance(office, office.now)
        record = record_of(look, look.today, "evening")
        return len(asked(look, look.today, "evening", record)[0])


def _make(home: Path) -> None:
    """An office whose day was full: 500 changes, each a line of its own."""
    office = Office.found(home, name=offices.NAME, user=offices.USER, zone=offices.ZONE)
    day = offices.today().isoformat()
    office.create_many(
        [
            New("people", {"name": name, "unit": unit})
            for name, unit in zip(offices.PEOPLE, offices.UNITS * 3, strict=False)
        ]
    )
    papers = [
        {
            "recv_no": number,
            "recv_at": f"{day}T08:00",
            "from_org": offices.ORGS[number % len(offices.ORGS)],
            "title": f"关于做好第{number}批{offices.MATTERS[number % 10]}的通知",
            "kind": "act",
            "state": "in_hand",
            "owner": offices.PEOPLE[number % len(offices.PEOPLE)],
            **({"due": f"{day}T17:30"} if number % 3 == 0 else {}),
        }
        for number in range(1, OPEN + 1)
    ]
    office.create_many([New("documents", cells) for cells in papers])
    records = office.records("documents")
    for number in range(CHANGES):
        office.user = offices.PEOPLE[number % len(offices.PEOPLE)]
        record = records[number % len(records)]
        fresh = office.get(record.ref)
        assert fresh is not None
        office.do([fresh], "urge", {"method": "phone", "answer": f"第{number}次"})
    office.user = offices.USER
    office.flush()
    office.close()
