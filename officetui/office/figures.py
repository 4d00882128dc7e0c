"""The numbers that people look at, of a week or a month: pure numbers, ready for any chart.

Counted are records by their own dates, not journal lines, so that a month that was brought in from
old registers has its numbers too. Nobody's names but those of people on duty are in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.office import log, periods, picking
from officetui.office.periods import Kind
from officetui.registers.followups_reading import COLOURS, shade
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID

if TYPE_CHECKING:
    from officetui.office.reading import Reading

REGISTERS: Final = ("documents", "outgoing", "reception", "followups", "duty")
NO_DATE: Final = "none"
_DONE: Final = {
    "documents": ("closed_at", "archived_at"),
    "reception": ("replied_at", "closed_at"),
    "followups": ("closed_at",),
}


class Span(msgspec.Struct, frozen=True):
    """A day of a week, or a week of a month (of it only the days of that month): ISO dates, and
    how many papers came in and went out."""

    first: str
    last: str
    papers_in: int = 0
    papers_out: int = 0


class Kept(msgspec.Struct, frozen=True):
    """What was due: done in time, done late, still open though late, not due yet."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    pending: int = 0

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.overdue + self.pending


class UnitFigures(msgspec.Struct, frozen=True):
    """A unit ("" for what no unit has): papers that came in for it, and what of its was due."""

    unit: str
    papers: int
    kept: Kept


class Turns(msgspec.Struct, frozen=True):
    """Somebody's turns of duty: in the days asked for by line, and since the year began."""

    person: str
    lines: dict[str, int]
    turns: int
    year: int


class Figures(msgspec.Struct, frozen=True):
    """All numbers of a period. `kept` by register (documents, reception, followups), `visits` by
    channel (of the register's choices), `colours` of the follow-ups open on the day `as_of`: red,
    yellow, green, none (without a date). Dates are ISO text."""

    kind: str
    first: str
    last: str
    as_of: str
    spans: list[Span]
    kept: dict[str, Kept]
    units: list[UnitFigures]
    visits: dict[str, int]
    duty: list[Turns]
    colours: dict[str, int]

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to draw."""
        counted = [span.papers_in + span.papers_out for span in self.spans]
        counted += [kept.due for kept in self.kept.values()]
        return not any((*counted, *self.visits.values(), *self.colours.values(), self.duty))


def figures(office: Reading, kind: Kind, day: date) -> Figures:
    """The numbers of the week or the month of `day`. Reads the books around it: for a worker."""
    first, last = periods.days_of(kind, day)
    found = picking.around(office, _needles(first, last), last.year)
    as_of = min(last, office.today)
    units = log.units(office)
    incoming = _within(found["documents"], "recv_at", first, last)
    due = {
        register: [
            record
            for record in found[register]
            if (record.register != "documents" or record.text("kind") != "read")
            and _inside(record.day("due"), first, last)
        ]
        for register in _DONE
    }
    visits = Counter(
        record.text("channel") for record in _within(found["reception"], "at", first, last)
    )
    field = BY_ID["reception"].field("channel")
    channels = [choice.value for choice in field.choices] if field is not None else []
    return Figures(
        kind=kind,
        first=first.isoformat(),
        last=last.isoformat(),
        as_of=as_of.isoformat(),
        spans=_spans(kind, first, last, incoming, found["outgoing"], office),
        kept={register: _kept(records, office.today) for register, records in due.items()},
        units=_units(office, units, incoming, due),
        visits={channel: visits[channel] for channel in (*channels, *(set(visits) - {*channels}))},
        duty=_duty(found["duty"], first, last),
        colours=_colours(office, found["followups"], as_of),
    )


def _needles(first: date, last: date) -> dict[str, tuple[bytes, ...]]:
    """What the bytes of a record in a book hold when it may count: a day of these months, of the
    evening before in UTC; of the roster a day of the year; follow-ups are few."""
    days = (first - timedelta(days=1), first, last)
    months = tuple({day.isoformat()[:8].encode() for day in days})
    year = b'"date":"%04d-' % last.year
    found = dict.fromkeys(REGISTERS, months)
    return {**found, "duty": (year,), "followups": ()}


def _inside(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _within(records: Iterable[Record], cell: str, first: date, last: date) -> list[Record]:
    return [record for record in records if _inside(record.day(cell), first, last)]


def _spans(
    kind: Kind,
    first: date,
    last: date,
    incoming: list[Record],
    outgoing: list[Record],
    office: Reading,
) -> list[Span]:
    came = Counter(record.day("recv_at") for record in incoming)
    went: Counter[date] = Counter()
    for record in outgoing:
        sent = record.instant("sent_at")
        if sent is not None:
            went[office.clock(sent).date()] += 1
    spans = []
    begin = first
    while begin <= last:
        end = begin if kind == "week" else min(periods.days_of("week", begin)[1], last)
        days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
        spans.append(
            Span(
                begin.isoformat(),
                end.isoformat(),
                sum(came[one] for one in days),
                sum(went[one] for one in days),
            )
        )
        begin = end + timedelta(days=1)
    return spans


def _outcome(record: Record, today: date) -> str:
    """on_time, late, overdue or pending: what became of something with a deadline."""
    due = record.day("due")
    assert due is not None
    done = next((day for cell in _DONE[record.register] if (day := record.day(cell))), None)
    if done is not None:
        return "on_time" if done <= due else "late"
    if record.state in BY_ID[record.register].finished:
        return "on_time"  # nobody wrote when; it is not told as late
    return "overdue" if due < today else "pending"


def _kept(records: Iterable[Record], today: date) -> Kept:
    return Kept(**Counter(_outcome(record, today) for record in records))


def _units(
    office: Reading,
    of: Mapping[str, str],
    incoming: list[Record],
    due: Mapping[str, list[Record]],
) -> list[UnitFigures]:
    papers = Counter(log.unit_of(record, of) for record in incoming)
    outcomes: dict[str, Counter[str]] = {}
    for records in due.values():
        for record in records:
            unit = log.unit_of(record, of)
            outcomes.setdefault(unit, Counter())[_outcome(record, office.today)] += 1
    found = [
        UnitFigures(unit, papers[unit], Kept(**outcomes.get(unit, Counter())))
        for unit in {*papers, *outcomes}
    ]
    return sorted(found, key=lambda one: (not one.unit, -one.papers - one.kept.due, one.unit))


def _duty(seats: list[Record], first: date, last: date) -> list[Turns]:
    by_person: dict[str, Counter[str]] = {}
    years: Counter[str] = Counter()
    for seat in seats:
        person, day = seat.text("person"), seat.day("date")
        if not person or day is None or not date(last.year, 1, 1) <= day <= last:
            continue
        years[person] += 1
        if day >= first:
            by_person.setdefault(person, Counter())[seat.text("line")] += 1
    found = [
        Turns(person, dict(sorted(lines.items())), lines.total(), years[person])
        for person, lines in by_person.items()
    ]
    return sorted(found, key=lambda one: (-one.turns, -one.year, one.person))


def _colours(office: Reading, records: list[Record], as_of: date) -> dict[str, int]:
    """What was open in the evening of a day, by its colour on that day."""
    setting = office.setting("followup_colours")
    found = dict.fromkeys((*COLOURS, NO_DATE), 0)
    finished = BY_ID["followups"].finished
    for record in records:
        raised, closed = record.day("raised_at"), record.day("closed_at")
        if raised is not None and raised > as_of:
            continue
        if (closed is not None and closed <= as_of) or (
            closed is None and record.state in finished
        ):
            continue
        due = record.day("due")
        found[NO_DATE if due is None else shade(due, as_of, setting)] += 1
    return found
