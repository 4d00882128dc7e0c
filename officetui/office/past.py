"""The office as a day that is long over is read: the few records it needs are picked out of their
books, and no book is opened for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officetui.office import picking
from officetui.office.look import Glance, Look
from officetui.registers.record import Record

if TYPE_CHECKING:
    from officetui.office.office import Office

RECENT: Final = 7  # days that the desk holds
_OF_DAY: Final = ("duty", "duty_log", "meetings")
_AHEAD: Final = ("duty", "duty.notices", "meetings")
_REVIEWS: Final = ("reviews", "reviews.carried")


class Past(Glance):
    """One day, and those after it, of the desk and of the books."""

    def __init__(
        self,
        office: Office,
        day: date,
        ahead: int,
        at: datetime | None = None,
        known: Look | None = None,
    ) -> None:
        """`ahead`: how many days after `day` are asked about as well; `at`: the instant that the
        office is looked at from, now by default; `known`: what has read the same day already."""
        self._office = office
        self._around: dict[str, list[Record]] = {}
        self._docs: dict[picking.Place, dict[str, Any] | None] = {}
        super().__init__(office, at or office.now)
        if isinstance(known, Past):
            self._around, self._docs = known._around, known._docs
            return
        days = [(day + timedelta(days=n)).isoformat().encode() for n in range(ahead + 1)]
        wanted: dict[str, Sequence[bytes]] = dict.fromkeys((*_OF_DAY, *_REVIEWS), days[:1])
        wanted |= dict.fromkeys(_AHEAD, days)
        self._around = picking.around(office, wanted, day.year)
        self._docs |= {
            (register, record.id): dict(record.doc)
            for register, records in self._around.items()
            for record in records
        }

    def records(self, register: str) -> list[Record]:
        found = self._around.get(register)
        return super().records(register) if found is None else found

    def children(self, record: Record, child: str) -> list[Record]:
        register = child if "." in child else f"{record.register}.{child}"
        if register not in self._around:
            return super().children(record, child)
        mine = [one for one in self._around[register] if one.parent == record.id]
        return sorted(mine, key=lambda one: (one.text("pos"), one.id))

    def doc(self, register: str, record_id: str) -> dict[str, Any] | None:
        place = (register, record_id)
        if register in _REVIEWS:  # those of this day have been picked out
            return self._docs.get(place)
        if place not in self._docs:
            self._docs[place] = picking.docs(self._office, [place]).get(place)
        return self._docs[place]
