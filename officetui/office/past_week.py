"""The meetings of a week that lies in the books: read by a worker, beside the keys."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import msgspec

from officetui.office import picking
from officetui.office.look import alive
from officetui.registers import meetings
from officetui.registers.record import Record

if TYPE_CHECKING:
    from officetui.office.reading import Reading

Pair = tuple[int, int]
_WEEK = timedelta(days=7)


class PastWeek(msgspec.Struct, frozen=True):
    """Meetings that touch a week; by their ref how many checklist items were done and how many
    attendees answered, of how many."""

    meetings: list[Record]
    prepared: dict[str, Pair]
    answered: dict[str, Pair]


def past_week(office: Reading, monday: date) -> PastWeek:
    """What touches the seven days from `monday` on, of the desk and of the books of its year and
    of those beside it. Holds no lock while it reads; a damaged book holds nothing here."""
    begins = datetime.combine(monday, time.min)
    found = []
    for record in picking.around(office, {"meetings": ()}, monday.year)["meetings"]:
        hours = meetings.span(record)
        if hours is not None and hours[0] < begins + _WEEK and hours[1] > begins:
            found.append(record)
    children = _Children(office, {record.id for record in found}, found)
    return PastWeek(
        found,
        {one.ref: meetings.prepared(one, children) for one in found},
        {one.ref: meetings.answered(one, children) for one in found},
    )


class _Children:
    """The checklists and attendees of some meetings, read once."""

    def __init__(self, office: Reading, parents: set[str], of: list[Record]) -> None:
        self._found: dict[tuple[str, str], list[Record]] = {}
        years = {int(one.text("start")[:4]) for one in of}
        for child in ("items", "attendees"):
            docs: dict[picking.Place, picking.Doc] = {}
            for year in sorted(years):
                name = f"meetings.{child}"
                docs |= picking.born_of(office, name, parents, date(year, 12, 31))
            for (register, _id), doc in docs.items():
                if alive(doc):
                    key = (str(doc.get("parent")), child)
                    self._found.setdefault(key, []).append(Record(register, doc))

    def children(self, record: Record, child: str) -> list[Record]:
        return self._found.get((record.id, child), [])
