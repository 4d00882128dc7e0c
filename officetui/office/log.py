"""What was done in a span of time, as rows of sentences; a day of twenty years ago as quickly as
today.

The journals say what was written (`changes`); the registers say what a day was about (`of_day`),
also where they were brought in long after, when all journal lines bear the day of the import.
Neither holds the office's lock for longer than a look at the desk, so a worker may ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from officetui.ledger import undo
from officetui.ledger.line import Entry, Line
from officetui.ledger.spans import Progress, Spans
from officetui.ledger.stamp import origin
from officetui.office import picking, told
from officetui.office.picking import Place
from officetui.office.withheld import is_withheld
from officetui.registers.people import leads
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import ngettext

if TYPE_CHECKING:
    from officetui.office.reading import Reading

BULK = 100
"""Records of one change from which on they are counted, not listed."""
IMPORT = "import"
IMPORTED = 20
"""The same of an import: what a sheet brought is no work of the day."""
_SPANS = "spans"
_REDONE = 50  # times that one change was undone and redone
_LAST_MS = 253_370_764_800_000  # 9999-01-01: beyond it no date says when
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(msgspec.Struct, frozen=True):
    """One thing that was done. `at`: aware UTC; `register`, `record`: which record (of a child its
    parent); `heading`: what people call it, with its title; `sentence`: who did what to it;
    `action`: as in the journal (documents.assign); `t`: the stamp of the change; `state`: the id of
    the state that the record came into by it, "" when it stayed; `undoes`: the stamp of the change
    that it takes back; `unit`: the one that has the matter, else that of whoever holds it, else of
    whoever did it.

    A change of more than `BULK` records (an import: `IMPORTED`) is one row for each register:
    `record` is "" then, and `n` says how many."""

    at: datetime
    user: str
    register: str
    record: str
    heading: str
    sentence: str
    action: str
    t: str
    state: str = ""
    undoes: str = ""
    unit: str = ""
    n: int = 1


def spans_of(office: Reading) -> Spans:
    """The journals of an office by time; kept with it."""
    found = office.keeps.get(_SPANS)
    if not isinstance(found, Spans):
        found = office.keeps[_SPANS] = Spans(office.ledger.home)
    return found


def units(office: Reading) -> dict[str, str]:
    """The unit of each person of the directory; "" of those who lead them all."""
    return {
        person.text("name"): "" if leads(person) else person.text("unit")
        for person in office.records("people")
    }


def unit_of(record: Record, of: Mapping[str, str]) -> str:
    """The unit that a matter belongs to: the one that leads it, else that of its owner; `of` is
    what `units` says. Who holds it for the moment is not asked: that may read books."""
    named = record.text("lead_unit") or record.text("transferred_to")
    return named or of.get(record.text("owner"), "")


def bounds(office: Reading, first: date, last: date) -> tuple[datetime, datetime]:
    """The aware instants from which on, and before which, the days `first` to `last` of the office
    lie."""
    zone = ZoneInfo(office.zone)  # a midnight that the clocks skip ends one day and begins the next
    begin = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    return begin.astimezone(UTC), end.astimezone(UTC)


def changes(
    office: Reading,
    since: datetime,
    until: datetime,
    progress: Progress | None = None,
    *,
    whole: bool = False,
) -> list[Row]:
    """What was done from `since` until before `until` (aware), oldest first.

    Costs what the span holds; the first time ever also a look at each journal segment.
    `progress` is told (segments, of how many) meanwhile and (changes, of how many) later, and may
    raise to cancel. `whole`: an import is one row for each register, however little it brought.
    """
    spans = spans_of(office)
    lines = spans.lines(_ms(since), _ms(until), progress)
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group[0] if line.group else line.t, []).append(line)
    changed = [_Change(parts, whole) for parts in groups.values()]
    family = _Family(office, spans, changed)
    rows: list[Row] = []
    for count, change in enumerate(changed):
        if progress is not None and count % 200 == 0:
            progress(count, len(changed))
        rows += family.rows(change)
    return rows


def of_day(office: Reading, day: date, last: date | None = None) -> list[Record]:
    """What the registers say of a day, or of all from it to `last` within a month: the papers
    received, the meetings held, who was on duty, visitors and calls, by their own dates. From the
    desk and the books of that year and those beside it; in the order of the registers, and of
    their days and hours."""
    found = picking.of_days(office, day, last or day)
    places = {register.id: place for place, register in enumerate(REGISTERS)}

    def order(record: Record) -> tuple[int, str, str]:
        table = BY_ID[record.register]
        return places[record.register], record.text(table.day), record.id

    return sorted(found, key=order)


def began(office: Reading, progress: Progress | None = None) -> date | None:
    """The first day of which the journals or the registers tell; None when nothing does."""
    days = []
    first = spans_of(office).first(progress)
    if first is not None and first < _LAST_MS:
        days.append(office.clock(datetime.fromtimestamp(first / 1000, UTC)).date())
    earliest = picking.first_day(office)
    if earliest is not None:
        days.append(earliest)
    return min(days, default=None)


def written_since(office: Reading) -> date | None:
    """The day of the first line of a journal, by the clock of its device; None without one. Reads
    the head of each journal and no more."""
    found = []
    for writer in office.ledger.writers():
        for segment in office.ledger.segments(writer)[:1]:
            header = office.ledger.header(segment)
            line = office.ledger.numbered(writer, header.n + 1) if header is not None else None
            if line is not None and int(line.t[:12], 16) < _LAST_MS:
                at = datetime.fromtimestamp(int(line.t[:12], 16) / 1000, UTC)
                found.append(office.clock(at).date())
    return min(found, default=None)


def _ms(instant: datetime) -> int:
    """The first whole millisecond that is not before an instant."""
    return -((_EPOCH - instant) // timedelta(milliseconds=1))


class _Change:
    """One action: its lines, and what they wrote."""

    def __init__(self, lines: Sequence[Line], whole: bool = False) -> None:
        first = lines[0]
        self.t, self.user, self.action, self.undoes = first.t, first.u, first.a, first.undoes
        self.at = datetime.fromtimestamp(int(first.t[:12], 16) / 1000, UTC)
        self.entries: list[Entry] = [entry for line in lines for entry in line.entries]
        roots = {(e.register, e.record) for e in self.entries if not _is_child(e.register)}
        most = BULK
        if first.a == IMPORT:
            most = 0 if whole else IMPORTED
        self.bulk = len(roots) > most or len(self.entries) > 50 * BULK
        self.counts: dict[str, int] = {}
        for register, _record in roots:
            self.counts[register] = self.counts.get(register, 0) + 1


def _is_child(register: str) -> bool:
    table = BY_ID.get(register)
    return "." in register if table is None else bool(table.parent)


def _matter(entry: Entry) -> Place | None:
    """The record that a review carries or reports by this entry."""
    if entry.register != "reviews.carried":
        return None
    register, _slash, record = str(entry.cells.get("matter") or "").partition("/")
    return (register, record) if register in BY_ID and record else None


class _Family:
    """The records that changes touched: which child is whose, and how they are called."""

    def __init__(self, office: Reading, spans: Spans, changed: Iterable[_Change]) -> None:
        self._office = office
        self._spans = spans
        self._parents: dict[Place, Place] = {}
        self._born: dict[Place, Entry] = {}
        single = [change for change in changed if not change.bulk]
        touched = {(e.register, e.record) for change in single for e in change.entries}
        for change in single:
            for entry in change.entries:
                self._learn(entry)
        matters = {_matter(entry) for change in single for entry in change.entries} - {None}
        self._docs = picking.docs(office, touched | {place for place in matters if place})
        missing = {self._parent(place) for place in touched if _is_child(place[0])} - touched
        self._docs.update(picking.docs(office, {place for place in missing if place[1]}))
        self._units = units(office)
        self._undone: dict[str, str] = {}

    def _learn(self, entry: Entry) -> None:
        place = (entry.register, entry.record)
        parent = entry.cells.get("parent")
        if isinstance(parent, str) and parent and _is_child(entry.register):
            self._parents[place] = (entry.register.rpartition(".")[0], parent)
        if origin(entry.record) is not None and place not in self._born:
            self._born[place] = entry

    def _parent(self, place: Place) -> Place:
        """Of what a child is a part: by this change, by what it is now, or by its creation."""
        known = self._parents.get(place)
        if known is None:
            register = place[0].rpartition(".")[0]
            parent = str(self._docs.get(place, {}).get("parent") or "")
            if not parent:
                creation = self._creation(place)
                parent = str(creation.cells.get("parent") or "") if creation else ""
            known = self._parents[place] = (register, parent)
        return known

    def _creation(self, place: Place) -> Entry | None:
        """What the line that made a record wrote into it."""
        made = origin(place[1])
        line = self._spans.line(made) if made is not None else None
        for entry in line.entries if line is not None else ():
            if (entry.register, entry.record) == place:
                return entry
        return None

    def _record(self, place: Place) -> Record | None:
        """A record as it is now; one that an undo has emptied, as it was made."""
        doc = self._docs.get(place)
        if doc is not None and not picking.is_emptied(doc):
            return Record(place[0], doc)
        made = self._creation(place) or self._born.get(place)
        if made is not None and made.cells:
            return Record(place[0], {**made.cells, "id": place[1]})
        return Record(place[0], doc) if doc is not None else None

    def rows(self, change: _Change) -> list[Row]:
        """The rows of a change, the record first written to first."""
        if change.bulk:
            return [self._counted(change, register) for register in sorted(change.counts)]
        by_root: dict[Place, list[Entry]] = {}
        for entry in change.entries:
            place = (entry.register, entry.record)
            root = self._parent(place) if _is_child(entry.register) else place
            by_root.setdefault(root if root[1] else place, []).append(entry)
        return [self._row(change, place, entries) for place, entries in by_root.items()]

    def _row(self, change: _Change, place: Place, entries: list[Entry]) -> Row:
        record = self._record(place)
        register, record_id = place
        what = told.called(register, record) or record_id
        if change.undoes:
            again = change.action == undo.REDO
            said = told.undone(change.user, what, self._action(change), again=again)
        else:
            secret = self._secret(record, entries)
            said = told.sentence(
                self._office, change.action, change.user, what, entries, secret=secret, now=record
            )
        states = [
            str(entry.cells["state"])
            for entry in entries
            if (entry.register, entry.record) == place and entry.cells.get("state")
        ]
        return self._made(
            change,
            register,
            record_id,
            told.heading(register, record) or record_id,
            said,
            states[-1] if states else "",
            unit_of(record, self._units) if record is not None else "",
        )

    def _secret(self, record: Record | None, entries: Iterable[Entry]) -> bool:
        """Whether a row is about a classified paper, also where a review carries it."""
        docs = [self._docs.get(place) for entry in entries if (place := _matter(entry))]
        return is_withheld(record) or any(doc and is_withheld(Record("", doc)) for doc in docs)

    def _counted(self, change: _Change, register: str) -> Row:
        n = change.counts[register]
        table = BY_ID.get(register)
        words = ngettext("{n} record", "{n} records", n).format(n=n)
        what = f"{table.name() if table is not None else register} {words}"
        if change.undoes:
            again = change.action == undo.REDO
            said = told.undone(change.user, what, self._action(change), again=again)
        else:
            said = told.sentence(self._office, change.action, change.user, what, ())
        return self._made(change, register, "", what, said, n=n)

    def _made(
        self,
        change: _Change,
        register: str,
        record: str,
        heading: str,
        sentence: str,
        state: str = "",
        unit: str = "",
        n: int = 1,
    ) -> Row:
        return Row(
            change.at,
            change.user,
            register,
            record,
            heading,
            sentence,
            change.action,
            change.t,
            state,
            change.undoes or "",
            unit or self._units.get(change.user, ""),
            n,
        )

    def _action(self, change: _Change) -> str:
        """The action that an undo or a redo is about."""
        known = self._undone.get(change.t)
        if known is None:
            line = self._spans.line(change.undoes or "")
            for _again in range(_REDONE):
                if line is None or not line.undoes:
                    break
                line = self._spans.line(line.undoes)
            known = self._undone[change.t] = line.a if line is not None else change.action
        return known
