"""The duty roster of a period: what the generator is told of the office, and writing what it made.

Nothing is written before `write`; a `Plan` is a preview, with the reason of every cell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.errors import Refused
from officetui.office.changes import New
from officetui.registers import duty
from officetui.registers.calendar import UnknownYear
from officetui.registers.duty_lines import DutyLine, read_line
from officetui.registers.people import PEOPLE
from officetui.registers.record import Record
from officetui.registers.roster import make
from officetui.registers.roster_parts import UNKNOWN, Cell, Person, Roster, Seat, away
from officetui.registers.roster_tally import days_of
from officetui.registers.settings import BY_NAME, fits
from officetui.text.i18n import _, ngettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.look import Look
    from officetui.office.office import Office

COUNTED_DAYS = 365  # turns of the year before the period count
MOST_DAYS = 731

Overrides = Mapping[str, Mapping[str, Any]]
"""Keys of lines (`duty_lines`) to try with other values: {"night": {"seats": 2}}."""


class Plan(msgspec.Struct, frozen=True):
    """A roster as it would be written. `records`: the seats that are there already, by (ISO date,
    line, seat); `unknown`: years of the period whose working days nobody knows."""

    roster: Roster
    records: dict[tuple[str, str, int], Record]
    unknown: tuple[int, ...]

    def was(self, cell: Cell) -> Record | None:
        """The record of that seat as it stands, or None."""
        return self.records.get((cell.day.isoformat(), cell.line, cell.seat))

    def fate(self, cell: Cell) -> str:
        """kept (not to be touched), same, changed, new or empty (nobody was free)."""
        if cell.by == "kept":
            return "kept"
        record = self.was(cell)
        if not cell.person:
            return "empty"
        if record is None:
            return "new"
        return "same" if record.text("person") == cell.person else "changed"

    def count(self, fate: str) -> int:
        return sum(self.fate(cell) == fate for cell in self.roster.cells)


def plan(
    office: Office,
    first: date,
    last: date,
    *,
    only: Sequence[str] = (),
    keep: bool = False,
    overrides: Overrides | None = None,
) -> Plan:
    """Make the roster of the days from `first` to `last`, both included; writes nothing.

    `only`: ids or labels of the lines to fill, all without. `keep`: also seats that are planned
    and not told stay; only empty ones are filled. Raises Refused with the field at fault.
    """
    _check_period(first, last)
    lines = lines_of(office, overrides or {})
    wanted = {_named(lines, name).id for name in only} or {line.id for line in lines}
    day_type = _day_type(office)
    types = {one: day_type(one) for one in days_of(first, last)}
    unknown = tuple(sorted({day.year for day, kind in types.items() if kind == UNKNOWN}))
    by_type = [line for line in lines if line.seats_by is not None or line.by_day_type]
    if unknown and any(line.id in wanted for line in by_type):
        raise UnknownYear(unknown[0], "from" if unknown[0] == first.year else "to")
    records = _records(office, first - timedelta(days=COUNTED_DAYS), last + timedelta(days=1))
    by_id = {line.id: line for line in lines}
    standing: list[Seat] = []
    found: dict[tuple[str, str, int], Record] = {}
    for record in records:
        day, line = record.day("date"), record.text("line")
        if day is None or not record.text("person"):
            continue
        number = record.whole("seat") or 1
        if first <= day <= last:
            found[day.isoformat(), line, number] = record
            wanted_seats = by_id[line].seats_on(types[day]) if line in wanted else 0
            if not (keep or fast(record)) and number <= wanted_seats:
                continue
        standing.append(_seat(record, day, number))
    roster = make(first, last, lines, people_of(office, lines), standing, day_type, wanted)
    return Plan(roster, found, unknown)


def fast(record: Record) -> bool:
    """Whether a seat stands fast: somebody was told or has said yes, or it was swapped."""
    return record.state != "planned" or bool(record.text("planned_person"))


def lines_of(look: Look, overrides: Overrides) -> list[DutyLine]:
    """The lines of the office, tried with other values. Raises Refused for one that does not
    fit."""
    rows = [dict(row) for row in look.setting("duty_lines")]
    for name, cells in overrides.items():
        row = next((row for row in rows if name in (row["id"], _(str(row["label"])))), None)
        if row is None:
            raise _no_line(name, [read_line(row) for row in rows])
        row.update(cells)
        setting = BY_NAME["duty_lines"]
        if not fits(setting, rows):
            raise Refused(
                _("“{value}” does not fit the setting {name}.").format(
                    value=", ".join(f"{key}={value}" for key, value in cells.items()),
                    name=_(setting.label),
                ),
                field="compare",
            )
    seen: dict[str, DutyLine] = {}
    for row in rows:
        seen.setdefault(str(row["id"]), read_line(row))
    return list(seen.values())


def people_of(look: Look, lines: Sequence[DutyLine]) -> list[Person]:
    """Everybody of the directory, in its order, with the lines they take part in."""
    assert PEOPLE.order is not None
    found: dict[str, Person] = {}
    for record in sorted(look.records("people"), key=lambda r: (PEOPLE.order(r), r.id)):  # type: ignore[misc]
        name = record.text("name")
        if name and name not in found:
            mine = frozenset(line.id for line in lines if line.takes(record))
            found[name] = Person(name, mine, away(record))
    return list(found.values())


def write(office: Office, made: Plan) -> Done:
    """Write a plan as one change. Raises Refused when somebody was told, or a seat was filled or
    changed, since it was made: then nothing is written."""
    rows: list[New] = []
    changed: list[tuple[Record, dict[str, Any]]] = []
    office.refresh()
    for cell in made.roster.cells:
        fate = made.fate(cell)
        if fate not in ("new", "changed"):
            continue
        cells: dict[str, Any] = {
            "date": cell.day.isoformat(),
            "line": cell.line,
            "seat": cell.seat,
            "person": cell.person,
        }
        known = office.person(cell.person)
        phone = known.text("phone") if known else ""
        record = made.was(cell)
        if record is None:
            rows.append(New("duty", {**cells, "phone": phone}))
            continue
        now = office.get(record.ref)
        if now is None or now.trashed or fast(now) or now.get("person") != record.get("person"):
            raise Refused(
                _(
                    "{what} was changed meanwhile; nothing was written. Make the roster again."
                ).format(what=duty.DUTY.title(record))
            )
        changed.append((record, {"person": cell.person, "phone": phone or None}))
    n = len(rows) + len(changed)
    words = ngettext("Roster written: {n} seat.", "Roster written: {n} seats.", n).format(n=n)
    return office.create_many(rows, "duty.roster", also=changed, sentence=words)


def balance_spread(roster: Roster, line: str) -> tuple[int, int]:
    """The fewest and the most turns, with those before the period, of the line's people who are
    there all the time."""
    totals = [one.before + one.turns for one in roster.balance if one.line == line and not one.away]
    return (min(totals), max(totals)) if totals else (0, 0)


# what it reads


def _check_period(first: date, last: date) -> None:
    if last < first:
        raise Refused(_("The end is before the start."), field="to")
    if (last - first).days >= MOST_DAYS:
        words = _("A roster is made for at most {n} days at once.")
        raise Refused(words.format(n=MOST_DAYS), field="to")


def _day_type(look: Look) -> Callable[[date], str]:
    """The type of a day, or UNKNOWN; of the turns before the period, too."""
    calendar = look.calendar

    def of(day: date) -> str:
        try:
            return calendar.day_type(day)
        except UnknownYear:
            return UNKNOWN

    return of


def _records(office: Office, since: date, until: date) -> list[Record]:
    """The seats of those days, on the desk and in the books of their years."""
    first, last = since.isoformat(), until.isoformat()
    return [
        record
        for year in range(since.year, until.year + 1)
        for record in office.list("duty", year=year)
        if first <= record.text("date")[:10] <= last
    ]


def _seat(record: Record, day: date, number: int) -> Seat:
    serves = record.text("person")
    return Seat(day, record.text("line"), number, record.text("planned_person") or serves, serves)


def _named(lines: Collection[DutyLine], name: str) -> DutyLine:
    for line in lines:
        if name in (line.id, line.label, _(line.label)):
            return line
    raise _no_line(name, lines)


def _no_line(name: str, lines: Collection[DutyLine]) -> Refused:
    words = _("There is no line “{name}”. There are: {names}.")
    return Refused(words.format(name=name, names=listed(line.id for line in lines)), field="line")


__all__ = [
    "Cell",
    "Plan",
    "balance_spread",
    "fast",
    "lines_of",
    "people_of",
    "plan",
    "write",
]
