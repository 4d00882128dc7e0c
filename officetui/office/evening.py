"""The office as it was in the evening of a day that nobody signed: what was due then, and how it
ended. What was open is unfolded from the journals back to that evening; where they are silent,
because it was brought in later, the registers' own dates say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from officetui.ledger.doc import leaves
from officetui.ledger.several import Before
from officetui.office import deadlines, log, picking, review_asked, review_checks, withheld
from officetui.office.board import Attention
from officetui.office.day_review import Asked, Picture
from officetui.office.look import Look, alive
from officetui.office.past import Past
from officetui.registers.record import Record, day_of
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.office import Office

_T = TypeVar("_T")
_PRESENT: Final = ("people", "persons", "leaves", "calendar")
"""What is read as it is now: who somebody is, and which days are worked."""


class Evening(Past):
    """One day at its end. Hold the lock of the office."""

    def __init__(self, office: Office, known: Look, day: date, ahead: int, silent: bool) -> None:
        """`known`: what has read the day already; `silent`: the journals tell nothing of it, so
        that the registers are believed."""
        begin, end = log.bounds(office, day, day)
        super().__init__(office, day, ahead, end - timedelta(minutes=1), known)
        self._day = day
        self._begin, self._end = (int(at.timestamp() * 1000) for at in (begin, end))
        self._before = Before(office.ledger)
        self.present = picking.lasting(office, day)
        self._then = self._before.docs(self.present, self._end)
        brought = self._brought_in() if silent else {}
        self._then |= brought
        self._brought = {record_id for _register, record_id in brought}
        self._open: dict[str, list[Record]] = {table.id: [] for table in REGISTERS if table.due}
        for (register, _id), doc in self._then.items():
            if alive(doc):
                self._open[register].append(Record(register, doc))
        self._records.update(self._open)
        self._children: dict[str, dict[str, list[Record]]] = {}

    def _brought_in(self) -> dict[picking.Place, dict[str, Any]]:
        """What the registers say was there: finished later, or not yet."""
        found = {}
        for place, doc in self.present.items():
            record, table = Record(place[0], doc), BY_ID[place[0]]
            began, ended = record.day(table.day), closed_on(record)
            if place in self._then or began is None or began > self._day:
                continue
            if record.state in table.finished:
                if ended is None or ended < self._day:
                    continue
                if ended > self._day:  # nobody knows how far it had come
                    doc = {name: value for name, value in doc.items() if name != "state"}
            found[place] = doc
        return found

    def memo(self, name: str, registers: tuple[str, ...], make: Callable[[], _T]) -> _T:
        if name in _PRESENT:
            return super().memo(name, registers, make)
        return make()  # of that evening; nobody else may be given it

    def records(self, register: str) -> list[Record]:
        return self._open[register] if register in self._open else super().records(register)

    def children(self, record: Record, child: str) -> list[Record]:
        register = child if "." in child else f"{record.register}.{child}"
        if record.register not in self._open:
            return super().children(record, child)
        if register not in self._children:
            parents = {one.id for one in self._open[record.register]}
            docs = picking.born_of(self._office, register, parents, self._day)
            mine: dict[str, list[Record]] = {}
            then = self._before.docs(docs, self._end)
            for place, doc in docs.items():  # of what was brought in later so were its parts
                if place not in then and str(doc.get("parent")) in self._brought:
                    then[place] = doc
            for doc in then.values():
                if alive(doc):
                    mine.setdefault(str(doc.get("parent")), []).append(Record(register, doc))
            self._children[register] = mine
        found = self._children[register].get(record.id, [])
        return sorted(found, key=lambda one: (one.text("pos"), one.id))

    # What was due

    def picture(self) -> Picture:
        """What had no answer, what was answered that day, what else was open, and three of the
        checks; no one knows any more which errors were open."""
        items = deadlines.deadlines(self)
        asked = list(self._asked(items))
        held = {one.ref for one in asked}
        rest = [
            review_asked.about(self, record)
            for register in self._open
            for record in deadlines.open_records(self, BY_ID[register])
            if record.ref not in held
        ]
        rest.sort(key=lambda one: (not one.due, one.due))
        found = Picture(
            tuple(asked),
            tuple(rest),
            review_checks.of_evening(self, items),
            review_checks.tomorrow(self, self._day),
        )
        return withheld.picture(self._now, found)

    def _now(self, ref: str) -> Record | None:
        register, _sep, record_id = ref.partition("/")
        doc = self.present.get((register, record_id))
        return Record(register, doc) if doc is not None else None

    def _asked(self, items: list[deadlines.Deadline]) -> Iterator[Asked]:
        for item in items:
            if item.at.date() <= self._day:
                kind = "due" if item.at.date() == self._day else "overdue"
                found = Attention(kind, "", (item.record.ref,), at=item.at, group=item.group)
                yield self._ended(review_asked.drawn_up(self, item.record, kind, found))
        for register, records in self._open.items():
            table = BY_ID[register]
            for record in records:
                if record.state in table.finished:
                    at = self._due(record)
                    if at is not None and at <= self._day and closed_on(record) == self._day:
                        yield self._ended(self._plain(record, "answered"))
                elif self._moved(record):
                    yield self._ended(self._plain(record, "moved"))

    def _plain(self, record: Record, kind: str) -> Asked:
        made = review_asked.about(self, record)
        return msgspec.structs.replace(made, kind=kind, next="", held="")

    def _due(self, record: Record) -> date | None:
        cell = BY_ID[record.register].deadline_cell(record)
        return day_of(record.get(cell)) if cell else None

    def _moved(self, record: Record) -> bool:
        """Whether it was due by that day and was given a later date on it."""
        cell, at = BY_ID[record.register].deadline_cell(record), self._due(record)
        place = (record.register, record.id)
        if not cell or at is None or at <= self._day:
            return False
        doc = dict(record.doc)
        written = max((int(leaf.stamp[:12], 16) for leaf in leaves(doc, cell)), default=0)
        if written < self._begin:
            return False
        before = (self._begin, written)  # of two datings that day, and of a new matter
        was = [day_of(self._before.replaced(doc, place, cell, ms)) for ms in before]
        return any(day is not None and day <= self._day for day in was)

    def _ended(self, asked: Asked) -> Asked:
        """With what became of it, in words."""
        register, _sep, record_id = asked.ref.partition("/")
        record = Record(register, self.present[register, record_id])
        return msgspec.structs.replace(asked, ended=visible(self._words(asked, record), limit=80))

    def _words(self, asked: Asked, record: Record) -> str:
        table = BY_ID[record.register]
        if not alive(dict(record.doc)):
            return _("in the trash now")
        if record.state in table.finished:
            on = closed_on(record)
            state = table.state_words(record)
            if on == self._day:
                return _("{state} that day").format(state=state)
            date = on.isoformat() if on is not None else ""
            return _("{state} on {date}").format(state=state, date=date) if date else state
        now = self._due(record)
        if asked.kind == "moved" or (now is not None and asked.due[:10] < now.isoformat()):
            date = now.isoformat() if now is not None else _("no date")
            return _("still open, put off to {date}").format(date=date)
        return _("still open")


def closed_on(record: Record) -> date | None:
    """The day a record was finished, as its register has it."""
    table = BY_ID[record.register]
    days = [day for cell in table.closed if (day := day_of(record.get(cell))) is not None]
    return min(days, default=None)
