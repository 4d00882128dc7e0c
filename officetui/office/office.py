"""The facade: what screens, the command line, capture, import and reports ask of the office.

Every change takes one road: entries, one journal line with its fsync, fold, apply. What a
colleague or another process wrote comes in by `refresh` and takes the same road from fold on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from officetui import __version__
from officetui.errors import NoOffice, OfficeError, Refused
from officetui.ledger import identity, undo
from officetui.ledger.journal import Journal
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Change, Entry, Line
from officetui.ledger.retire import successor
from officetui.office import changes, judging, lost, numbers, sentences
from officetui.office.changes import New
from officetui.office.clock import Clock, SystemClock
from officetui.office.filed import Filed
from officetui.office.look import alive
from officetui.office.reading import Reading
from officetui.office.shelves import shelves, year_of
from officetui.registers.model import Register, Step
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.rules import Verdict, judge
from officetui.store.desk import Store
from officetui.store.layout import bulk
from officetui.store.state import Progress, Touched
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.history import Event
    from officetui.office.withheld import Emptying

# `list` and `set` are methods here, so the types have names of their own
Records = list[Record]
Entries = list[Entry]
Lines = list[Line]
Refs = set[str]
Events = list["Event"]
Steps = list[Step]
Texts = list[str]
Verdicts = list[Verdict]

_TOLD = 50  # times that one change was undone and redone
SLICE = 1 << 18
"""Bytes of lines that the app folds between two looks at the keyboard: some ten milliseconds."""
LONG_TAIL = 400  # lines after which even a single command writes the desk


class Done(msgspec.Struct, frozen=True):
    """What a confirmed change did: a sentence for the status line, and the records it touched."""

    sentence: str
    refs: tuple[str, ...]
    t: str = ""
    hints: tuple[str, ...] = ()


class Office(Reading):
    """One office, open. Not for several threads at once; several processes are welcome."""

    def __init__(
        self,
        home: Path,
        info: identity.Office,
        clock: Clock | None,
        user: str | None,
        progress: Progress | None = None,
    ) -> None:
        self.home = home
        self.info = info
        self.name = info.name
        self.ledger = Ledger(home)
        store = Store(home, shelves(), year_of, self.ledger)
        watch = clock or SystemClock()
        super().__init__(store, info.zone, user or "", watch)
        store.open(self.today.isoformat(), progress)
        self._journal: Journal | None = None
        self._news: Refs = set[str]()
        self.filed_index = Filed(home)

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

    @property
    def journal(self) -> Journal:
        """The journal this process writes; its writer is made with the first change. When sync
        let a new writer take over (the machine was cloned, or restored), it is the new one's."""
        if self._journal is not None:
            writer = successor(self.home, self._journal.writer)
            if writer != self._journal.writer:
                self._journal = None
        if self._journal is None:
            writer = identity.writer_for(self.home, identity.machine_id())
            writer = successor(self.home, writer)
            self._journal = Journal(self.home, writer, self.info.id, self.info.zone, __version__)
        return self._journal

    # writing

    def _commit(
        self,
        action: str,
        entries: Entries,
        sentence: str,
        undoes: str | None = None,
        user: str | None = None,
    ) -> Done:
        """Append, and only then fold: what is on the screen is on the disk."""
        if not entries and undoes is None:
            return Done(_("Nothing to change."), ())
        if undoes is None:
            numbers.refuse_strangers(self, entries)
            changes.refuse_unfit(entries)
        change = Change(self.user if user is None else user, action, entries, undoes)
        now_ms = int(self.now.timestamp() * 1000)
        with self.lock:
            lost.refuse_if_gone(self.home)
            if not self.behind:  # else nobody waits for it: the fold takes any order
                self._catch_up()
            try:
                lost.step_aside(self.journal, self.store, self.info, now_ms)
                appended = self.journal.append(change, now_ms)
            except OfficeError as error:
                error.message = _(error.message)
                raise
            self.store.apply(appended.lines)
        names: dict[str, str] = appended.ids
        refs = tuple(
            dict.fromkeys(f"{e.register}/{names.get(e.record, e.record)}" for e in entries)
        )
        return Done(sentence, refs, appended.lines[0].t)

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

    # living beside others

    def refresh(self, *, at_once: bool = True) -> Refs:
        """Fold what other processes wrote; the refs touched since this was last asked, also by
        what came in with a change or a flush of our own. Cheap when nothing is new.

        Not `at_once`: fold a slice of it, and say `behind` when there is more.
        """
        with self.lock:
            self._catch_up(at_once=at_once)
            news, self._news = self._news, set[str]()
        return news

    @property
    def behind(self) -> bool:
        """Whether a `refresh` stopped before its end: then a change waits for nobody else's, but
        what counts over all records (a number, an undo, a flush) folds the rest first."""
        return self.store.behind

    def _catch_up(self, *, at_once: bool = True) -> None:
        with self.lock:
            self._take_in(self.store.catch_up(at_most=None if at_once else SLICE))

    def _take_in(self, touched: Touched) -> None:
        """Keep what came in on the way, until `refresh` tells it to the screens."""
        self._news.update(f"{register}/{record}" for register, record in touched)

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

    def flush(self) -> None:
        """Write desk and books when they are behind the journals."""
        if lost.is_gone(self.home):
            return  # whatever was mounted there comes back with a desk of its own
        with self.lock:
            self._take_in(self.store.flush(self.today.isoformat()))

    def rebuild(self) -> None:
        """Make desk and books again from the journals; raises DataDamaged when they hold less."""
        with self.lock:
            lost.refuse_if_gone(self.home)
            self._catch_up()
            lost.refuse_if_lost(self.store, self.ledger)
            self.store.rebuild(self.today.isoformat())

    def close(self) -> None:
        """Leave; a long tail is written to the desk so that the next start is quick."""
        if self.store.tail > LONG_TAIL:
            self.flush()


__all__ = ["REGISTERS", "Done", "New", "Office"]
