"""The duty roster of a real size: 60 people, 181 days, as the generator makes it."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.table import Measure, median, ms
from benchmarks.world import World
from officetui.registers.calendar import WorkCalendar
from officetui.registers.duty_lines import DutyLine, read_line
from officetui.registers.roster import make
from officetui.registers.roster_parts import Person, Roster

LIMIT_MS = 1000
FIRST, DAYS = date(2026, 1, 1), 181

ROWS = (
    {"id": "leader", "start": "08:00", "end": "08:00", "sunday_as_saturday": True},
    {"id": "day", "start": "08:00", "end": "17:30"},
    {"id": "night", "start": "17:30", "end": "08:00", "seats": 2, "free_next_day": True},
    {"id": "holiday", "start": "09:00", "end": "17:00", "seats": {"holiday": 1}},
)


def measure(world: World) -> list[Measure]:
    """Two men at night, a woman by day, a leader with Sunday reusing Saturday's, holidays."""
    lines = [read_line({**row, "label": row["id"]}) for row in ROWS]
    people = [
        *(Person(f"leader {n}", frozenset({"leader"})) for n in range(10)),
        *(Person(f"woman {n}", frozenset({"day", "holiday"})) for n in range(20)),
        *(Person(f"man {n}", frozenset({"night", "holiday"})) for n in range(30)),
    ]
    day_type = WorkCalendar().day_type
    last = FIRST + timedelta(days=DAYS - 1)

    def work() -> Roster:
        return make(FIRST, last, lines, people, (), day_type)

    made = work()  # the calendar is read once
    took, floors = [], []
    for _n in range(world.runs):
        took.append(ms(work))
        floors.append(ms(lambda: _bare(lines, people, made)))
    return [
        Measure(
            f"roster, {len(people)} people, {DAYS} days, {len(made.cells)} seats",
            median(took),
            "ms",
            median(floors),
            limit=LIMIT_MS,
            note="floor: sorting the line's people for each seat",
        )
    ]


def _bare(lines: list[DutyLine], people: list[Person], made: Roster) -> None:
    """The same seats, with nothing asked but who has the fewest turns."""
    pools = {line.id: [p.name for p in people if line.id in p.lines] for line in lines}
    turns = {line.id: dict.fromkeys(pools[line.id], 0) for line in lines}
    for cell in made.cells:
        counts = turns[cell.line]
        chosen = sorted(pools[cell.line], key=counts.__getitem__)[0]
        counts[chosen] += 1
