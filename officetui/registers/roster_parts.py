"""What the duty generator is told and what it tells: people, seats, cells, reasons, balance."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from officetui.registers.duty_lines import DutyLine
from officetui.registers.people import GRANTED
from officetui.registers.record import Record, day_of

UNKNOWN = "unknown"  # the type of a day in a year that the calendar does not know
NEVER = date.min
DAY = timedelta(days=1)


class Span(msgspec.Struct, frozen=True):
    """Days on which a person is not there; `last` is the last of them. `why`: leave, left, joined
    (not there before)."""

    first: date
    last: date
    why: str


class Person(msgspec.Struct, frozen=True):
    """Somebody whose turns are counted; `lines` are those they take part in, in no order."""

    name: str
    lines: frozenset[str]
    away: tuple[Span, ...] = ()

    def gone(self, day: date) -> Span | None:
        """Why the person is not there on that day."""
        for span in self.away:
            if span.first <= day <= span.last:
                return span
        return None


class Seat(msgspec.Struct, frozen=True):
    """A seat as it stands: `whose` turn it is, and who `serves` it."""

    day: date
    line: str
    seat: int
    whose: str
    serves: str


class Barred(msgspec.Struct, frozen=True):
    """Why somebody could not be taken: leave, left, joined; shift, before, after (another duty on
    that day, the day before, the day after); sunday (free on Saturday only); needed (kept free for
    another duty, whose turn would be nobody else's). `until`: of a leave; `line`: of the other
    duty."""

    name: str
    why: str
    until: date | None = None
    line: str = ""


class Standing(msgspec.Struct, frozen=True):
    """Where a person stands in a line before a pick. `counted`: turns with what nobody owes."""

    name: str
    turns: int
    counted: int
    last: date | None
    total: int


class Cell(msgspec.Struct, frozen=True):
    """One seat of the new roster. `by`: what decided: kept, sunday, kind (of day), turns, idle,
    total, order, forward (of those with the fewest turns the one whom another duty would hold up
    later), only (nobody else was free) or none (nobody was). `barred`: who stood before
    them, and why they were not taken; with `none`, everybody of the line."""

    day: date
    line: str
    seat: int
    person: str
    by: str
    standing: Standing | None = None
    next: Standing | None = None
    barred: tuple[Barred, ...] = ()


class Balance(msgspec.Struct, frozen=True):
    """What a line asks of one person: turns `before` and in the period, days by day type, and on
    how many days of the period they are `away`."""

    line: str
    person: str
    before: int
    turns: int
    days: dict[str, int]
    last: date | None
    away: int


class Roster(msgspec.Struct, frozen=True):
    """A filled period: its cells by day, line and seat, and the balance by line and person."""

    first: date
    last: date
    lines: tuple[DutyLine, ...]
    cells: tuple[Cell, ...]
    balance: tuple[Balance, ...]
    day_types: dict[date, str]

    @property
    def empty(self) -> tuple[Cell, ...]:
        """The seats that nobody could take."""
        return tuple(cell for cell in self.cells if not cell.person)


def away(person: Record) -> tuple[Span, ...]:
    """When somebody of the directory is not there: leave, also what the schedule granted, before
    joining, after leaving."""
    spans = []
    for text in (*person.words("leave"), *person.words(GRANTED)):
        start, _sep, end = text.partition("/")
        last = day_of(end or start, far=True)
        first = day_of(start, far=True) if end else None
        if last is not None:
            spans.append(Span(first or NEVER, last, "leave"))
    joined, left = person.day("joined"), person.day("left")
    if joined is not None:
        spans.append(Span(NEVER, joined - DAY, "joined"))
    if left is not None:
        spans.append(Span(left, date.max, "left"))
    return tuple(spans)
