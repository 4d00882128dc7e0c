"""What the log shows of a day, a week or a month, all of it or narrowed to a person, a register or
a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.ledger.spans import Progress
from officetui.office import log, periods
from officetui.office.log import Row
from officetui.office.periods import Kind
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.reading import Reading

PERSON: Final = "person:"
REGISTER: Final = "register:"
UNIT: Final = "unit:"


class Page(msgspec.Struct, frozen=True):
    """What is known of the days `first` to `last`: what was done, oldest first; of a single day
    other than today, and of a week or month of which the journals are silent, also what the
    registers say. `began`: the first day that anything is
    known of, asked only where nothing was found."""

    kind: Kind
    first: date
    last: date
    rows: list[Row]
    records: list[Record]
    began: date | None = None

    @property
    def empty(self) -> bool:
        return not self.rows and not self.records


def read(office: Reading, kind: Kind, day: date, progress: Progress | None = None) -> Page:
    """The page of the day, the week or the month of `day`; `progress` may raise to cancel."""
    first, last = periods.days_of(kind, day)
    rows = log.changes(office, *log.bounds(office, first, last), progress)
    another = first != office.today if kind == "day" else not rows
    records = log.of_day(office, first, last) if another else []
    began = None if rows or records else log.began(office, progress)
    return Page(kind, first, last, rows, records, began)


def nothing(page: Page, today: date) -> str:
    """Why a page is empty, and what to press."""
    if page.began is None or page.last < page.began:
        if page.began is None:
            return _("Nothing has been recorded here yet.")
        return _("This office's books begin on {date}: nothing is known from before.").format(
            date=page.began.isoformat()
        )
    if page.first > today:
        return _("These days are still to come.")
    if page.first <= today <= page.last:
        return _("Nothing was recorded yet: press a to record something.")
    return _("Nothing was recorded then.")


# Filters are ids, as in the lists: all of them hold.


def passes(row: Row, filters: Sequence[str]) -> bool:
    """Whether a row is of the person, the register, the unit asked for."""
    return all(_has(row, name) for name in filters)


def _has(row: Row, name: str) -> bool:
    if name.startswith(PERSON):
        return row.user == name.removeprefix(PERSON)
    if name.startswith(REGISTER):
        return row.register == name.removeprefix(REGISTER)
    return row.unit == name.removeprefix(UNIT)


def names(page: Page, units: Mapping[str, str]) -> list[tuple[str, int]]:
    """What a page can be narrowed to, with how many rows that leaves, the most frequent first:
    registers, then people, then units. `units`: that of each person, as `log.units` says it."""
    records = page.records
    by_register = Counter(row.register for row in page.rows)
    by_register.update(record.register for record in records)
    people = Counter(row.user for row in page.rows if row.user)
    people.update(name for record in records if (name := who(record)))
    of_units = Counter(row.unit for row in page.rows if row.unit)
    of_units.update(unit for record in records if (unit := log.unit_of(record, units)))
    found: list[tuple[str, int]] = []
    for kind, values in ((REGISTER, by_register), (PERSON, people), (UNIT, of_units)):
        found += [(kind + value, n) for value, n in values.most_common()]
    return found


def who(record: Record) -> str:
    """Whose a record of a day is, where the journals do not tell who did it."""
    return record.text("owner") or record.text("person")


def label(name: str) -> str:
    """How a filter is called, harmless to show."""
    kind, _colon, value = name.partition(":")
    if kind + ":" == REGISTER and value in BY_ID:
        return BY_ID[value].name()
    return visible(value, limit=40)


def narrowed(
    records: Iterable[Record], filters: Sequence[str], units: Mapping[str, str]
) -> list[Record]:
    """The registers' records that are of the person, the register, the unit asked for."""
    return [one for one in records if all(_is_of(one, name, units) for name in filters)]


def _is_of(record: Record, name: str, units: Mapping[str, str]) -> bool:
    if name.startswith(PERSON):
        return who(record) == name.removeprefix(PERSON)
    if name.startswith(REGISTER):
        return record.register == name.removeprefix(REGISTER)
    return log.unit_of(record, units) == name.removeprefix(UNIT)
