"""The facade: what screens, the command line, capture, import and reports ask of the office.

Here is what can be done to records; how it is committed, and what others wrote comes in, is
`committing`, and what is only read `reading`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from officetui.errors import NoOffice, Refused
from officetui.ledger import identity, undo
from officetui.ledger.line import Entry, Line
from officetui.office import changes, judging, numbers, sentences
from officetui.office.changes import New
from officetui.office.clock import Clock
from officetui.office.committing import Committing, Done
from officetui.office.look import alive
from officetui.registers.model import Register, Step
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.rules import Verdict, judge
from officetui.store.layout import bulk
from officetui.store.state import Progress
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.withheld import Emptying

# `list` and `set` are methods here, so the types have names of their own
Records = list[Record]
Entries = list[Entry]
Lines = list[Line]
Verdicts = list[Verdict]

_TOLD = 50  # times that one change was undone and redone


class Office(Committing):
    """One office, open. Not for several threads at once; several processes are welcome."""

    # opening

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        clock: Clock | None = None,
        user: str | None = None,
        progress: Progress | None = None,
    ) -> Office:
        """The office in `home`. `progress` is told the number of lines folded since the desk was
        written, and may raise to cancel. Raises NoOffice when there is none, DataDamaged."""
        info = identity.read_office(home)
        if info is None:
            raise NoOffice(
                _("There is no office in {path} yet: officetui init --name NAME").format(path=home)
            )
        office = cls(home, info, clock, user, progress)
        if user is None:
            office.user = office._user_of_login()
        return office

    @classmethod
    def found(
        cls,
        home: Path,
        *,
        name: str,
        user: str | None = None,
        zone: str = "Asia/Shanghai",
        clock: Clock | None = None,
    ) -> Office:
        """A new office in `home`; its zone is fixed from now on. Raises Refused if one is there."""
        if identity.read_office(home) is not None:
            raise Refused(_("There is an office in {path} already.").format(path=home))
        if not name.strip():
            raise Refused(_("The office needs a name."), field="name")
        try:
            from zoneinfo import ZoneInfo

            ZoneInfo(zone)
        except (ValueError, OSError, KeyError):
            raise Refused(
                _("There is no time zone “{zone}”.").format(zone=zone), field="zone"
            ) from None
        info = identity.Office(id=uuid4().hex, name=name.strip(), zone=zone)
        identity.write_office(home, info)
        return cls.open(home, clock=clock, user=user)

    def _user_of_login(self) -> str:
        """The person whose login is the account's; else the account's name."""
        import getpass

        try:
            login = getpass.getuser()
        except (KeyError, OSError):
            return ""
        for person in self.records("people"):
            if person.text("login") == login:
                return person.text("name")
        return login

    # writing

    def create(
        self,
        register: str,
        cells: Mapping[str, Any],
        children: Sequence[tuple[str, dict[str, Any]]] = (),
        *,
        id: str | None = None,
    ) -> Done:
        """A new record with its children, as one change; it gets its official number.

        Raises Refused (a missing cell, a taken natural key) or NotKept.
        """
        table = BY_ID[register]
        full = changes.implied(self, table, cells)
        if self.go_through_books():  # what follows may follow from what is filed
            full = changes.implied(self, table, cells)
        hints = judging.at_entry(self, register, full, "")
        later = self._numbered(table, full)
        new = New(register, full, children, id)
        entries = changes.created(self, [new])
        record = Record(register, {**entries[0].cells, "id": "#0"})
        what = sentences.what(table, [record])
        done = self._commit(f"{register}.add", entries, _("Recorded: {what}").format(what=what))
        return msgspec.structs.replace(done, hints=(*hints, *later))

    def _numbered(
        self, table: Register, cells: dict[str, Any], counter: numbers.Counter | None = None
    ) -> tuple[str, ...]:
        """Put the next official number into the cells of a new record, unless a step gives it
        later; says so when it must wait for one."""
        kind = table.numbering
        if kind is None or kind.given_by or cells.get(kind.field):
            return ()
        self._catch_up()  # another process may have given the next number
        number, said = numbers.number_of(self, table, cells, counter)
        if number is not None:
            cells[kind.field] = number
        return said

    def create_many(
        self,
        rows: Sequence[New],
        action: str = "import",
        *,
        also: Sequence[tuple[Record, Mapping[str, Any]]] = (),
        sentence: str = "",
    ) -> Done:
        """Many records as one change, so that one undo takes them all back; `also`: cells written
        over what other records showed."""
        words = ngettext("Recorded {n} record.", "Recorded {n} records.", len(rows))
        with bulk():
            entries = changes.created(self, rows)
            entries += [e for record, cells in also if (e := changes.written(record, cells))]
            done = self._commit(action, entries, sentence or words.format(n=len(rows)))
        self.flush()
        return done

    def set(
        self, record: Record, cells: Mapping[str, Any], *, emptying: Emptying | None = None
    ) -> Done:
        """Write cells over what `record` showed; None clears. Unchanged cells write nothing.
        `emptying`: what goes in the same change, of a paper found to be classified."""
        table = BY_ID[record.register]
        if emptying is not None:
            cells = {**cells, **emptying.cells}
        for field in table.fields:
            if field.required and field.name in cells and cells[field.name] in (None, "", []):
                raise Refused(_("Missing: {field}.").format(field=_(field.label)), field=field.name)
        hints = judging.at_entry(self, record.register, {**record.cells, **cells}, record.id)
        entries = changes.edited(self, table, record, cells)
        called = record
        if emptying is not None:
            parts = (changes.written(part, gone) for part, gone in emptying.parts)
            entries += [entry for entry in parts if entry is not None]
            called = Record(record.register, {**record.doc, **cells})
            hints += (emptying.done(),)
        sentence = _("Changed: {what}").format(what=sentences.what(table, [called]))
        done = self._commit(f"{record.register}.set", entries, sentence)
        return msgspec.structs.replace(done, hints=hints)

    def judged(
        self,
        register: str,
        cells: Mapping[str, Any],
        record_id: str,
        written: Collection[str] | None = None,
    ) -> Verdicts:
        """The rules at entry that a record with these cells breaks, also by what the books hold."""
        found = judge(register, cells, record_id, self, written)
        if self.go_through_books():
            found = judge(register, cells, record_id, self, written)
        return found

    def set_setting(self, name: str, value: Any) -> Done:
        """Write an office setting, made with its first value."""
        record = self.get(f"settings/settings:{name}")
        if record is None or not alive(dict(record.doc)):
            return self.create("settings", {"name": name, "value": value})
        return self.set(record, {"value": value})

    def do(
        self, records: Sequence[Record], step: str, inputs: Mapping[str, Any] | None = None
    ) -> Done:
        """Take a step for every record, all or none. Raises Refused, with the field at fault."""
        if not records:
            raise Refused(_("Nothing is selected."))
        table = BY_ID[records[0].register]
        found = table.step(step)
        if found is None:
            raise Refused(
                _("{register} has no step “{step}”. There are: {steps}.").format(
                    register=table.name(), step=step, steps=listed(s.id for s in table.steps)
                )
            )
        if any(record.register != table.id for record in records):
            raise Refused(_("The marked records are of different registers."))
        entries = changes.taken(self, records, found, inputs or {})
        hints = judging.at_step(self, entries)
        counter = numbers.Counter(self)
        for entry in entries:
            if found.makes is not None and entry.register == found.makes.register:
                hints += self._numbered(BY_ID[entry.register], entry.cells, counter)
        entries, said = self._numbered_by(found, records, entries, counter)
        hints += said
        sentence = _("{step}: {what}").format(
            step=_(found.label), what=sentences.what(table, records)
        )
        done = self._commit(f"{table.id}.{found.id}", entries, sentence)
        hints += judging.unknown_people(self, table, found, inputs or {})
        hints += [
            _("{register}: {what}").format(register=made.name(), what=made.title(record))
            for entry in entries
            if found.makes is not None
            and entry.register == found.makes.register
            and (made := BY_ID[entry.register])
            and (record := self.get(f"{entry.register}/{entry.record}")) is not None
        ]
        if found.tells is not None:
            hints += [found.tells(record, inputs or {}, self) for record in records]
        return msgspec.structs.replace(done, hints=tuple(hint for hint in hints if hint))

    def do_all(self, taken: Sequence[tuple[Record, str, Mapping[str, Any]]]) -> Done:
        """Several steps as one change (an exchange of two turns)."""
        entries: Entries = []
        words = []
        counter = numbers.Counter(self)
        for record, name, inputs in taken:
            table = BY_ID[record.register]
            step = table.step(name)
            assert step is not None, f"{record.register} has no step {name}"
            fresh = changes.taken(self, [record], step, inputs, len(entries))
            judging.at_step(self, fresh)
            entries += self._numbered_by(step, [record], fresh, counter)[0]
            words.append(
                _("{step}: {what}").format(step=_(step.label), what=sentences.what(table, [record]))
            )
        action = f"{taken[0][0].register}.{taken[0][1]}" if taken else ""
        return self._commit(action, entries, pgettext("steps", "; ").join(words))

    def _numbered_by(
        self, step: Step, records: Sequence[Record], entries: Entries, counter: numbers.Counter
    ) -> tuple[Entries, tuple[str, ...]]:
        """The entries of a step with the official numbers that it gives."""
        kind = BY_ID[records[0].register].numbering
        if kind is None or kind.given_by != step.id:
            return entries, ()
        self._catch_up()
        return numbers.at_step(self, records, entries, counter)

    def trash(self, records: Sequence[Record]) -> Done:
        """Move records, with their children, to the trash."""
        table = BY_ID[records[0].register]
        sentence = _("To the trash: {what}").format(what=sentences.what(table, records))
        return self._commit(f"{table.id}.trash", changes.trashed(self, records), sentence)

    def restore(self, records: Sequence[Record]) -> Done:
        """Take records out of the trash."""
        table = BY_ID[records[0].register]
        sentence = _("Restored: {what}").format(what=sentences.what(table, records))
        return self._commit(f"{table.id}.restore", changes.restored(self, records), sentence)

    def undo(self) -> Done:
        """Take back the last change of this user here that is not undone."""
        self._catch_up()
        target = undo.find_undo(self.ledger, self.user, self.journal.writer)
        if target is None:
            raise Refused(_("There is nothing to undo."))
        return self._take_back(target, undo.UNDO, _("Undone: {what}"))

    def redo(self) -> Done:
        """Take back the last undo."""
        self._catch_up()
        target = undo.find_redo(self.ledger, self.user, self.journal.writer)
        if target is None:
            raise Refused(_("There is nothing to redo."))
        return self._take_back(target, undo.REDO, _("Redone: {what}"))

    def _take_back(self, target: Lines, action: str, words: str) -> Done:
        from officetui.office.history import action_words

        with bulk():
            change, skipped = undo.undo_change(target, self.doc, self.ledger.line)
        told = target[0]
        for _step in range(_TOLD):  # what was undone and redone is called by what was done
            if not told.undoes or (before := self.ledger.line(told.undoes)) is None:
                break
            told = before
        of = sentences.touched(self, target)
        done = self._commit(change.action, change.entries, "", change.undoes)
        of = of or sentences.touched(self, target)  # what was made again is there only now
        what = f"{action_words(told.a)} {of}".strip()
        hints = tuple(sentences.left_alone(self, *place) for place in skipped)
        return msgspec.structs.replace(done, sentence=words.format(what=what), hints=hints)

    def give_numbers(self) -> Done | None:
        """Number what waits for this device to number it; None when nothing does.

        The change is nobody's, so that undo takes back what a person did. Raises NotKept.
        """
        with self.lock:
            self._catch_up(at_once=False)
            entries = [] if self.behind else numbers.to_give(self)
            if not entries:
                return None
            n = len(entries)
            sentence = ngettext("Gave {n} number.", "Gave {n} numbers.", n).format(n=n)
            action = f"{entries[0].register}.{numbers.ACTION}"
            return self._commit(action, entries, sentence, user="")


__all__ = ["New", "Office"]
