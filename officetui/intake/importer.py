"""Import: a file of the office becomes a plan, row by row, and the plan becomes one change.

`plan` reads and judges, and writes nothing; the office then creates `Plan.new()` in one change,
so one undo takes it all back. The ids come from the rows themselves: two machines that import
one file make the same records, and a second import finds them all there.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from officetui.errors import Refused
from officetui.intake import (
    directory,
    followed,
    gatherings,
    issued,
    logged,
    outings,
    papers,
    visitors,
)
from officetui.intake.headings import heading_of
from officetui.intake.rows import Context, Row, by_name, context, read_rows, with_note
from officetui.intake.sheets import Sheet, read
from officetui.intake.table import Column, Table
from officetui.intake.tables import BY_TITLE, CORE, IMPORTED, by_title, find_table, hints_of
from officetui.intake.turns import read_turns
from officetui.office.changes import New
from officetui.registers.doc_numbers import same_issuer
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, register_named
from officetui.registers.rules import RULES, Rule, rules_of, severity
from officetui.registers.rules_incoming import CLASSIFIED, DUPLICATE
from officetui.text.i18n import N_, _
from officetui.text.words import clauses, listed

if TYPE_CHECKING:
    from officetui.registers.view import View

Fate = Literal["new", "same", "differs", "refused", "skipped"]
Lookup = Callable[[str], Record | None]

_FINISH: Final[Mapping[str, Callable[[Row, Context], None]]] = {
    "documents": papers.finish,
    "outgoing": issued.finish,
    "reception": visitors.finish,
    "meetings": gatherings.finish,
    "schedule": outings.finish,
    "followups": followed.finish,
    "people": directory.finish,
    "duty_log": logged.entry,
    "hospitality": logged.guests,
    "incidents": logged.incident,
    "errands": logged.errand,
    "information": logged.piece,
}
# What makes a row itself, whatever becomes of it later; dates count as their day.
IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "documents": ("recv_at", "recv_no", "from_org", "doc_no", "title"),
    "outgoing": ("drafted_at", "doc_no", "title"),
    "reception": ("at", "no", "name", "phone", "matter"),
    "meetings": ("start", "title", "room"),
    "followups": ("raised_at", "no", "content", "lead_unit"),
    "people": ("unit", "name"),
    "duty_log": ("at", "from_unit", "caller", "content"),
    "hospitality": ("at", "from_unit", "letter_no", "project"),
    "schedule": ("start", "leader", "matter", "place"),
    "incidents": ("at", "place", "matter"),
    "errands": ("at", "kind", "for_whom", "content"),
    "information": ("sent_at", "title"),
}
_DAYS: Final = (
    "recv_at",
    "at",
    "raised_at",
)  # of these only the day; a meeting's hour is part of it
FATES: Final[Mapping[str, str]] = {
    "new": N_("new"),
    "same": N_("already here"),
    "differs": N_("already here, differs"),
    "refused": N_("refused"),
    "skipped": N_("left out"),
}
_HOW: Final[Mapping[str, str]] = {
    "known": "",
    "end": N_("by the end of the heading"),
    "line": N_("a line of the roster"),
    "staff": N_("on duty in every line but the leaders'"),
    "phone": N_("phone of the column before"),
    "day": N_("a day of the roster"),
    "label": N_("what the row is about"),
    "weekday": N_("compared with the date"),
    "counter": N_("running number, left out"),
    "note": N_("not known: kept in the note"),
    "bare": N_("no heading: kept in the note"),
}


class ColumnPlan(msgspec.Struct, frozen=True):
    """A column of the sheet: its heading, the field it became (None: kept in the note), why."""

    heading: str
    field: str | None
    how: str


class RowFate(msgspec.Struct):
    """What becomes of a row; a row of a roster has one of these for each seat."""

    row: int  # of the file, counted from 1
    fate: Fate
    reason: str = ""  # why, or what to look at; in the language in use
    title: str = ""  # what the record is called; "" for what must not be shown
    new: New | None = None  # what will be created, for "new"
    ref: str = ""  # register/id of the record it is or becomes


class SheetPlan(msgspec.Struct):
    """What becomes of one sheet; `register` is None when it was not understood (`reason`)."""

    name: str
    register: str | None = None
    header_row: int = 0
    columns: list[ColumnPlan] = []
    rows: list[RowFate] = []
    reason: str = ""

    def counts(self) -> dict[str, int]:
        """How many rows of each fate, those that occur."""
        found: Counter[str] = Counter(row.fate for row in self.rows)
        return {fate: found[fate] for fate in FATES if fate in found}


class Plan(msgspec.Struct):
    """What an import would do."""

    file: str
    sheets: list[SheetPlan]

    def new(self) -> list[New]:
        """The records to create, in the order of the file."""
        return [row.new for sheet in self.sheets for row in sheet.rows if row.new is not None]

    def counts(self) -> dict[str, int]:
        """How many rows of each fate in all sheets."""
        total: Counter[str] = Counter()
        for sheet in self.sheets:
            total.update(sheet.counts())
        return {fate: total[fate] for fate in FATES if fate in total}


def summary(counts: Mapping[str, int]) -> str:
    """One line: 45 new, 2 left out."""
    if not counts:
        return _("Nothing to import.")
    return clauses(f"{_(FATES[fate])} {n}" for fate, n in counts.items())


def plan(
    path: Path | str, view: View, register: str | None = None, existing: Lookup | None = None
) -> Plan:
    """What importing the file would do; nothing is written.

    `register` forces one (id or name). `existing` finds a record by `register/id`, trash
    included (the office's `get`); without it, the records of `view` count. Raises Refused when
    the file cannot be read or no sheet of it is understood.
    """
    file = Path(path)
    forced = _forced(register)
    sheets = read(file)
    seen = _Seen(view, existing or getattr(view, "get", None))
    plans = [_sheet(sheet, file.stem, view, forced, seen) for sheet in sheets]
    if not any(sheet.register for sheet in plans):
        said = [sheet for sheet in plans if sheet.reason]
        raise Refused(
            _("“{file}”: nothing was imported. {reasons}").format(
                file=file.name,
                reasons=" ".join(f"“{sheet.name}”: {sheet.reason}" for sheet in said[:5]),
            )
        )
    return Plan(file.name, plans)


def _forced(register: str | None) -> str | None:
    if not register:
        return None
    found = register_named(register).id
    if found not in (*IMPORTED, *BY_TITLE):
        raise Refused(
            _("The register “{name}” cannot be imported; these can: {names}.").format(
                name=register, names=listed((*IMPORTED, *BY_TITLE))
            )
        )
    return found


def _sheet(sheet: Sheet, stem: str, view: View, forced: str | None, seen: _Seen) -> SheetPlan:
    if sheet.hidden and not forced:
        return SheetPlan(sheet.name, reason=_("It is hidden."))
    if not any(sheet.rows):
        return SheetPlan(sheet.name, reason=_("It is empty."))
    forced = forced or by_title(sheet, stem)
    ctx = context(view)
    table = find_table(sheet, stem, ctx.lines, forced)
    if table is None:
        return SheetPlan(sheet.name, reason=_not_understood(sheet, forced))
    known = BY_ID[table.register]
    ctx.words = hints_of(sheet, stem, table.header_row - 1).words
    columns = [_column(column, ctx) for column in table.columns]
    result = SheetPlan(sheet.name, known.id, table.header_row, columns)
    for row in _rows(sheet, table, ctx):
        result.rows.append(_fate(row, known.id, seen, sheet.name))
    return result


def _rows(sheet: Sheet, table: Table, ctx: Context) -> Iterator[Row]:
    if table.register == "duty":
        yield from read_turns(sheet, table, ctx)
        return
    finish = _FINISH[table.register]
    if table.register == "people":
        directory.fill_units(sheet, table)
    for row in read_rows(sheet, table, ctx):
        if not row.skipped and not row.refused:
            finish(row, ctx)
            by_name(row, table.register, ctx)
        yield row


def _column(column: Column, ctx: Context) -> ColumnPlan:
    how = _(_HOW[column.how]) if _HOW[column.how] else ""
    if column.lines:
        labels = {str(line["id"]): _(str(line["label"])) for line in ctx.lines}
        how = f"{how} ({listed(labels.get(line, line) for line in column.lines)})"
    return ColumnPlan(column.heading, column.field, how)


def _not_understood(sheet: Sheet, forced: str | None) -> str:
    """What was seen, and what a header of the register would have to hold."""
    if forced and forced != "duty":
        fields = [
            "/".join(_(field.label) for name in group if (field := BY_ID[forced].field(name)))
            for group in CORE[forced]
        ]
        return _("No header was found with: {fields}.").format(fields=listed(fields))
    first = next((row for row in sheet.rows if any(cell is not None for cell in row)), [])
    seen = listed(heading_of(cell)[:20] for cell in first[:8] if cell is not None)
    return _(
        "No header of a known register was found; the first row is: {cells}. If you know which"
        " it is, name it with --register."
    ).format(cells=seen)


# --- what is there already -----------------------------------------------------------------------


class _Seen:
    """What the office has, and what this file has brought so far."""

    def __init__(self, view: View, existing: Lookup | None) -> None:
        self.view = view
        self.existing = existing
        self.here: dict[str, int] = {}  # ref → row of this file
        self._known: dict[str, dict[str, Record]] = {}
        self._people: dict[str, list[tuple[str, Record]]] | None = None
        self._papers: dict[tuple[str, str], Record] | None = None
        own = view.setting("rules")
        self._severity = {rule.id: severity(rule, own) for rule in RULES}

    def rules(self, row: Row, register: str, record_id: str) -> tuple[list[str], bool]:
        """What the rules at entry say of a row, and whether one of them blocks it; a row that must
        be kept nowhere is marked as refused."""
        said = []
        for rule in rules_of(register):
            how = self._severity[rule.id]
            if how not in ("warn", "block"):
                continue
            words = self._broken(rule, row, record_id)
            if words and how == "block":
                row.refused = words if rule.id == CLASSIFIED else ""
                return [words], True
            if words:
                said.append(words)
        return said, False

    def _broken(self, rule: Rule, row: Row, record_id: str) -> str:
        if rule.id != DUPLICATE:
            return _(rule.text) if rule.broken(row.cells, record_id, self.view) else ""
        # The rule's own look goes through all papers; here it would do so for every row.
        paper = self.same_paper(row, record_id)
        if paper is None:
            return ""
        title = BY_ID["documents"].title(paper)
        return _("same issuer and number as {paper}").format(paper=title)

    def get(self, register: str, record_id: str) -> Record | None:
        """The record of that id, trash included; one that an undo has emptied is none."""
        if self.existing is not None:
            found = self.existing(f"{register}/{record_id}")
            kept = found is not None and any(k != "id" and k[0] != "_" for k in found.doc)
            return found if found is not None and (kept or found.trashed) else None
        if register not in self._known:
            self._known[register] = {r.id: r for r in self.view.records(register)}
        return self._known[register].get(record_id)

    def twin(self, row: Row) -> tuple[str, Record] | None:
        """The same person under another id: entered by hand, or listed in another sheet."""
        if self._people is None:
            self._people = {}
            for record in self.view.records("people"):
                self._people.setdefault(record.text("name"), []).append(("", record))
        cells = row.cells
        for where, record in self._people.get(str(cells["name"]), []):
            same_unit = _canonical(record.get("unit")) == _canonical(cells.get("unit"))
            same_phone = record.text("phone") and record.text("phone") == cells.get("phone")
            if same_unit or same_phone:
                return where, record
        return None

    def add_person(self, row: Row, record_id: str, sheet: str) -> None:
        """A person of this file, for the sheets that follow."""
        assert self._people is not None
        record = Record("people", {"id": record_id, **row.cells})
        self._people.setdefault(str(row.cells["name"]), []).append((sheet, record))

    def same_paper(self, row: Row, record_id: str) -> Record | None:
        """Another paper of the same issuer and number on the desk."""
        if self._papers is None:
            self._papers = {
                (_canonical(r.get("from_org")), _canonical(r.get("doc_no"))): r
                for r in self.view.records("documents")
                if r.get("doc_no")
            }
        if not row.cells.get("doc_no"):
            return None
        key = (_canonical(row.cells.get("from_org")), _canonical(row.cells["doc_no"]))
        found = self._papers.get(key) or self._in_books(row)
        return found if found is not None and found.id != record_id else None

    def _in_books(self, row: Row) -> Record | None:
        """The same among filed papers; the books are gone through when they are first needed."""
        number, issuer = str(row.cells["doc_no"]), str(row.cells.get("from_org") or "")
        found = self.view.filed("documents", "doc_no", number)
        learn = getattr(self.view, "go_through_books", None)
        if learn is not None and learn():
            found = self.view.filed("documents", "doc_no", number)
        return next((one for one in found if same_issuer(one.text("from_org"), issuer)), None)


def _fate(row: Row, register: str, seen: _Seen, sheet: str) -> RowFate:
    if row.skipped:
        return RowFate(row.at, "skipped", _(row.skipped))
    if row.refused:
        return RowFate(row.at, "refused", row.refused)
    with_note(row)
    record_id = identity(register, row.cells)
    ref = f"{register}/{record_id}"
    title = BY_ID[register].title(Record(register, {"id": record_id, **row.cells}))
    if ref in seen.here:
        reason = _("the same as row {n} of this file").format(n=seen.here[ref])
        return RowFate(row.at, "same", reason, title, ref=ref)
    there = seen.get(register, record_id)
    if there is None and register == "people":
        twin = seen.twin(row)
        if twin is not None:
            where, there = twin
            if where:
                reason = _("the same person as in the sheet “{name}”").format(name=where)
                return RowFate(row.at, "same", reason, title, ref=there.ref)
    if there is not None:
        seen.here[ref] = row.at
        return _there(row, register, there, title)
    said, blocked = seen.rules(row, register, record_id)
    if blocked:
        return RowFate(row.at, "refused", " ".join(said), "" if row.refused else title)
    seen.here[ref] = row.at
    if register == "people":
        seen.add_person(row, record_id, sheet)
    remarks = [*row.remarks, *said]
    new = New(register, row.cells, tuple(row.children), record_id)
    return RowFate(row.at, "new", " ".join(remarks), title, new, ref)


def _there(row: Row, register: str, there: Record, title: str) -> RowFate:
    if there.trashed:
        reason = _("It lies in the trash: restore it there if it is wanted.")
        return RowFate(row.at, "same", reason, title, ref=there.ref)
    labels = []
    as_planned = register == "duty" and there.text("planned_person") == row.cells.get("person")
    for cell, value in row.cells.items():
        if as_planned and cell in ("person", "phone"):
            continue  # the base roster says so still; who serves the turn is another
        if cell not in row.derived and there.get(cell) != value:
            field = BY_ID[register].field(cell)
            labels.append(_(field.label) if field else cell)
    if not labels:
        said = ""
        if as_planned:
            said = _("the turn of {name}, served by {other}").format(
                name=there.text("planned_person"), other=there.text("person")
            )
        return RowFate(row.at, "same", said, title, ref=there.ref)
    reason = _("left as it is here; other values in the file: {fields}").format(
        fields=listed(labels)
    )
    return RowFate(row.at, "differs", reason, title, ref=there.ref)


# --- ids -----------------------------------------------------------------------------------------


def _canonical(value: object) -> str:
    """A cell as it counts for identity: one width, no blanks, no case."""
    if value is None:
        return ""
    return "".join(unicodedata.normalize("NFKC", str(value)).casefold().split())


def identity(register: str, cells: Mapping[str, Any]) -> str:
    """The id of an imported row: `<date>.<hash of the identifying cells>`, or the natural key.

    People have no date: `name.<hash>`; their register never leaves the desk, so no year is
    needed to place them.
    """
    key = BY_ID[register].key
    if key is not None:
        return key(cells)
    names = IDENTITY[register]
    parts = [
        _canonical(str(cells.get(name, ""))[:10] if name in _DAYS else cells.get(name))
        for name in names
    ]
    text = json.dumps([register, *parts], ensure_ascii=False, separators=(",", ":"))
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if register == "people":
        return f"name.{digest}"
    return f"{str(cells[names[0]])[:10]}.{digest}"
