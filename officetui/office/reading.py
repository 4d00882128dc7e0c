"""What is asked of an office that is open: records of desk and books, steps, links, the board."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from officetui.ledger.journals import Ledger
from officetui.office import ids, links, sentences
from officetui.office.board import Board
from officetui.office.filed import Filed
from officetui.office.look import Glance, Look, alive
from officetui.office.shelves import year_of
from officetui.registers.model import Register, Step
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, register_named
from officetui.registers.workflow import allowed, early, unapproved

if TYPE_CHECKING:
    from officetui.office.history import Event

# `list` is a method here, so the types have names of their own
Records = list[Record]
Events = list["Event"]
Steps = list[Step]
Texts = list[str]


class Reading(Look):
    """The half of `Office` that writes nothing."""

    name: str
    ledger: Ledger
    filed_index: Filed

    def register(self, name: str) -> Register:
        """The register of that id or name; raises Refused."""
        return register_named(name)

    def find(self, text: str, register: str | None = None) -> Record:
        """The record a person means by an id, a short id or 收774; raises Refused."""
        return ids.find(self, text, register)

    def short(self, record: Record) -> str:
        """The short id people type."""
        return ids.short_id(record.ref)

    def list(
        self,
        register: str,
        *,
        open: bool | None = None,
        day: date | None = None,
        year: int | None = None,
    ) -> Records:
        """Records of desk and books in the order of their days; `year` looks only there."""
        table = BY_ID[register]
        with self.lock:
            found = self._everywhere(register, open, year)
        if open is not None:
            found = [r for r in found if self.is_open(r) is open]
        if day is not None:
            found = [r for r in found if table.listed_on(r, day, day)]
        if year is not None:
            found = [r for r in found if year_of(register, r.id) == year]
        order = table.order or (lambda r: r.text(table.day) if table.day else "")
        found.sort(key=lambda r: (order(r), r.id))
        return found

    def _everywhere(self, register: str, open: bool | None, year: int | None) -> Records:
        found = self.records(register)
        if open is True:
            return found
        seen = {record.id for record in found}
        for wanted in self.store.years() if year is None else [year]:
            docs = self.store.book(wanted).get(register, {})
            found += [
                Record(register, doc)
                for record_id, doc in docs.items()
                if record_id not in seen and alive(doc)
            ]
        return found

    def is_open(self, record: Record) -> bool:
        """Not finished; a conflicting state, or an approval still to be filled in, counts as open,
        a past duty seat does not."""
        table = BY_ID[record.register]
        if record.trashed:
            return False
        if table.passes:
            day = record.day(table.day)
            return day is None or (
                (self.today - day).days <= 1 and record.state not in table.finished
            )
        if record.state in table.passing and not record.conflicted:
            last = record.day(table.until) or record.day(table.day)
            return last is None or last >= self.today
        return record.state not in table.finished or record.conflicted or bool(unapproved(record))

    def steps(self, record: Record) -> Steps:
        """The steps the record allows now, in the order of the menu."""
        return allowed(BY_ID[record.register], record)

    def early_steps(self, record: Record) -> Steps:
        """The steps that can be taken before their approval, with a reason (先办后补)."""
        return early(BY_ID[record.register], record)

    def linked(self, record: Record) -> Records:
        """The records that name this one in a link, on the desk and in the books since its year;
        may read books, so not while a key is waiting."""
        with self.lock:
            return links.to(self, record)

    def filed(self, register: str, cell: str, value: str) -> Records:
        """The filed records of the same number, of the books that have been gone through."""
        return self.filed_index.find(register, cell, value, self.today.year)

    def go_through_books(self) -> bool:
        """Go through the books that `filed` was asked about and did not know; False: none. Takes
        a while where they are large; a worker may do it while keys are read."""
        return self.filed_index.learn()

    def board(self, moment: datetime | None = None) -> Board:
        """The board of this moment, or of another naive local one."""
        from officetui.office.today import make_board

        instant = self.now if moment is None else self.instant(moment)
        with self.lock:
            return make_board(Glance(self, instant), self.name, self.today)

    def history(self, record: Record) -> Events:
        """What happened to a record and its children, oldest first."""
        from officetui.office.history import events

        with self.lock:
            return events(self, record)

    @property
    def notices(self) -> Texts:
        """What was set right without asking, in sentences."""
        return [sentences.notice(notice) for notice in self.store.notices]
