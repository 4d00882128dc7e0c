"""The clash check: one event that is being typed, among five thousand that are planned."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Any

from benchmarks import offices
from benchmarks.table import Measure, median, timed
from benchmarks.world import World
from officetui.office import clashes
from officetui.office.changes import New
from officetui.registers.record import Record
from officetui.registers.spans import span

LIMIT_MS = 5
EVENTS = 5000
TYPED = 40
PEOPLE = [f"同志{n}" for n in range(60)]
ROOMS = [f"{n}楼会议室" for n in range(1, 13)]
CARS = [f"车{n}" for n in range(1, 9)]

Prepared = tuple[datetime, datetime, frozenset[str]]


def measure(world: World) -> list[Measure]:
    """As at every key of a form: the index is kept. And once after a change, when it is made anew.

    The floor is a plain scan over tuples that were prepared before.
    """
    count = max(int(EVENTS * world.scale), 50)
    office = world.opened(world.copy("empty", "clashes"))
    office.set_setting("rooms", ROOMS)
    office.set_setting("vehicles", CARS)
    chance = random.Random(5)
    rows = [_drawn(chance, number) for number in range(count + TYPED)]
    office.create_many(rows[:count])
    typed = rows[count:]
    prepared = [_prepared(new) for new in rows[:count]]
    _find(office, typed[0])
    took, floors, first = [], [], []
    for new in typed:
        took.append(timed(_find, office, new))
        floors.append(timed(_scan, prepared, _prepared(new)))
    for new in typed[:5]:
        office.create(new.register, new.cells)
        first.append(timed(_find, office, new))
    floor = median(floors)
    return [
        Measure(
            f"clashes of a new event among {count}, while typing",
            median(took),
            "ms",
            floor,
            limit=LIMIT_MS,
            note="floor: a scan over prepared tuples",
        ),
        Measure("the first time after a change", median(first), "ms", floor),
    ]


def _find(office: Any, new: New) -> None:
    clashes.find(office, new.cells, "#new", new.register)


def _scan(prepared: list[Prepared], own: Prepared) -> list[Prepared]:
    start, end, needs = own
    return [one for one in prepared if one[0] < end and start < one[1] and one[2] & needs]


def _drawn(chance: random.Random, number: int) -> New:
    """A meeting or an outing of the next half year; some of them last for days."""
    day = offices.today() + timedelta(days=chance.randrange(180))
    start = datetime.combine(day, time(8)) + timedelta(minutes=30 * chance.randrange(20))
    cells: dict[str, Any] = {"start": f"{start:%Y-%m-%dT%H:%M}"}
    end = start + timedelta(minutes=30 * chance.randrange(1, 6))
    if number % 7 == 0:
        cells["start"] = f"{day}"
        end = start + timedelta(days=chance.randrange(0, 10))
        cells["end"] = f"{end.date()}"
    else:
        cells["end"] = f"{end:%Y-%m-%dT%H:%M}"
    people = chance.sample(PEOPLE, 3)
    if number % 2:
        cells |= {"title": f"会议{number}", "room": chance.choice(ROOMS), "leaders": people}
        return New("meetings", cells)
    cells |= {"leader": people[0], "companions": people[1:], "vehicle": chance.choice(CARS)}
    return New("schedule", {**cells, "kind": "out", "matter": f"外出{number}", "state": "planned"})


def _prepared(new: New) -> Prepared:
    hours = span(Record(new.register, {**new.cells, "id": "x"}))
    assert hours is not None
    cells = new.cells
    names = {str(cells[name]) for name in ("room", "vehicle", "leader") if cells.get(name)}
    return (*hours, frozenset(names | {*cells.get("leaders", []), *cells.get("companions", [])}))
