"""The history of a record as sentences: who did what, when, and what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.ledger import undo
from officetui.ledger.line import Entry, Line
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.text.i18n import N_, _
from officetui.text.safe import visible
from officetui.text.words import clauses, moment_words, short_date, time_words

if TYPE_CHECKING:
    from officetui.office.reading import Reading

_NAMED = 20  # characters of a title in each sentence of its history
_REDONE = 50  # times that one change was undone and redone

PLAIN: Mapping[str, str] = {
    "add": N_("recorded"),
    "set": N_("changed"),
    "trash": N_("moved to the trash"),
    "restore": N_("restored"),
    "import": N_("imported"),
    "number": N_("gave the official number"),
    "roster": N_("made the roster"),
    undo.UNDO: N_("undid"),
    undo.REDO: N_("redid"),
}


class Event(msgspec.Struct, frozen=True):
    """One row of a history. `at` is aware UTC; `changes` are (label, before, after) as shown;
    `state` is the id of the state that the record came into by it, "" when it stayed."""

    at: datetime
    user: str
    sentence: str
    changes: tuple[tuple[str, str, str], ...]
    t: str
    action: str
    state: str = ""


def action_words(action: str) -> str:
    """An action as words: 交办; an unknown one (of a newer version) by its own name."""
    register, _dot, name = action.rpartition(".")
    if name in PLAIN:
        return _(PLAIN[name])
    table = BY_ID.get(register)
    step = table.step(name) if table else None
    return _(step.label) if step else action


def events(office: Reading, record: Record) -> list[Event]:
    """What happened to a record and its children, oldest first."""
    from officetui.office import told, withheld

    family = {(record.register, record.id), *office.ledger.born_of(record.id)}
    shown: dict[tuple[str, str, str], Any] = {}
    what = told.called(record.register, record, limit=_NAMED)
    secret = withheld.is_withheld(record)
    found = []
    for line in office.ledger.history(*sorted(family)):
        entries = [entry for entry in line.entries if (entry.register, entry.record) in family]
        said = _said(office, line, what, entries, secret, record)
        changes: list[tuple[str, str, str]] = []
        details: list[str] = []
        state = ""
        for entry in entries:
            wrote = _changes(office, entry, shown, secret, record)
            part = _part(office, entry, record)
            changes += [(f"{part[0]} {one[0]}".strip(), *one[1:]) for one in wrote]
            # what the sentence says already is not said again
            fresh = [one for one in wrote if not one[2] or visible(one[2], limit=60) not in said]
            details += _told(part, fresh)
            if entry.register == record.register:
                state = str(entry.cells.get("state") or "")
        at = datetime.fromtimestamp(int(line.t[:12], 16) / 1000, UTC)
        if details:
            said = _("{sentence}: {details}").format(
                sentence=said.rstrip("。."), details=clauses(details)
            )
        found.append(Event(at, line.u, said, tuple(changes), line.t, line.a, state))
    return found


def _said(
    office: Reading, line: Line, what: str, entries: list[Entry], secret: bool, now: Record
) -> str:
    """Who did what to the record: 李梅将收745交办给赵强."""
    from officetui.office import told

    if not line.undoes:
        return told.sentence(
            office, line.a, line.u, what, entries, detailed=False, secret=secret, now=now
        )
    action = line.a
    undone = office.ledger.line(line.undoes)
    for _again in range(_REDONE):
        if undone is None:
            break
        action = undone.a
        if not undone.undoes:
            break
        undone = office.ledger.line(undone.undoes)
    return told.undone(line.u, what, action, again=line.a == undo.REDO)


def _changes(
    office: Reading,
    entry: Entry,
    shown: dict[tuple[str, str, str], Any],
    secret: bool,
    now: Record,
) -> list[tuple[str, str, str]]:
    """The cells an entry wrote, with what stood there before; book-keeping is left out."""
    from officetui.office.withheld import may_be_told, value_now

    table = BY_ID.get(entry.register)  # None: the register of a newer version
    found = []
    for cell in entry.cells:
        value = value_now(office, entry, cell, now)
        key = (entry.register, entry.record, cell)
        before = shown.get(key)
        shown[key] = value
        if cell in ("pos", "parent", "_del") or before == value:
            continue
        if secret and not may_be_told(cell):
            continue
        show = shower(office, table, cell)
        label = _label(table, cell)
        found.append((label, show(before), show(value)))
    return found


def _part(office: Reading, entry: Entry, record: Record) -> tuple[str, str]:
    """Of which list of the record something is, and its name there: 传阅, 王建国; both are ""
    for the record itself."""
    if entry.register == record.register:
        return "", ""
    table = BY_ID.get(entry.register)
    if table is None:
        return entry.register, ""
    child = office.get(f"{entry.register}/{entry.record}")
    from officetui.office import withheld

    title = table.title(withheld.shown(office, child)) if child is not None else ""
    return table.name(), "" if title == entry.record else title


def _told(part: tuple[str, str], wrote: list[tuple[str, str, str]]) -> list[str]:
    """What was written, in words: of a part its name once, then what became of it."""
    words = [f"{label} {after}" for label, _before, after in wrote if after and after != part[1]]
    head = " ".join(word for word in part if word)
    if not head or not wrote:
        return words
    return [f"{head} {clauses(words)}".strip()]


def _label(table: Register | None, cell: str) -> str:
    field = table.field(cell) if table else None
    return _(field.label) if field else cell


def shower(office: Reading, table: Register | None, cell: str) -> Callable[[Any], str]:
    """How a cell is told: states and choices by name, times by the clock of the office."""
    field = table.field(cell) if table else None
    field_words = field.show if field else _plain

    def show(value: Any) -> str:
        if table is not None and cell == "state":
            state = table.state(value) if isinstance(value, str) else None
            return _(state.label) if state else field_words(value)
        told = Record("", {"id": "", cell: value})
        instant = told.instant(cell)
        if instant is not None:
            return moment_words(office.clock(instant), office.local)
        if field is not None and field.kind in ("day", "moment"):
            day, moment = told.day(cell), told.moment(cell)
            if day is not None:
                words = short_date(day, office.today)
                return f"{words} {time_words(moment)}" if moment is not None else words
        return field_words(value)

    return show


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
