"""One row of a table as cells of its register: what is understood, and what is kept as a note.

Nothing is dropped: a column nobody knows, and a cell that does not fit its field, become a line
of the note, "heading：value". Only blank rows, totals, notes and repeated headers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from officetui.intake.cells import When, people_of, text_of, when, whole_of, words_of
from officetui.intake.headings import folded, heading_of, simplified
from officetui.intake.sheets import Cell, Sheet
from officetui.intake.table import Column, Table
from officetui.intake.tables import year_and_month
from officetui.registers.model import Field
from officetui.registers.people import called as called_of
from officetui.registers.people import leads
from officetui.registers.registry import BY_ID
from officetui.registers.rules import BY_ID as BY_RULE
from officetui.registers.rules import severity
from officetui.registers.rules_incoming import CLASSIFIED
from officetui.text.i18n import N_, _

if TYPE_CHECKING:
    from officetui.registers.view import View

WEEKDAYS: Final = "一二三四五六日"
_HAPPENED: Final = (
    "documents", "outgoing", "reception", "followups", "duty_log", "hospitality", "incidents",
    "errands", "information",
)  # fmt: skip
# Words for "none" in a column of choices.
_NONE: Final = frozenset(
    ("无", "一般", "普通", "平件", "常规", "正常", "公开", "非密", "-", "—", "/", "否", "普通件")
)
# Other words for a choice, where the register's own aliases do not have them.
_SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = {
    "urgency": {"急": "加急", "急件": "加急", "紧急": "加急", "特急件": "特急", "加急件": "加急"},
    "repeat": {
        "是": "重复",
        "否": "初次",
        "初访": "初次",
        "初件": "初次",
        "重访": "重复",
        "重件": "重复",
    },
    "channel": {
        "来人": "visit",
        "上门": "visit",
        "现场": "visit",
        "微信": "online",
        "12345热线": "hotline",
    },
    "kind": {"电视电话会议": "branch", "视频会议": "branch"},
}
_LEVEL: Final = re.compile(
    r"[\[【（(]?\s*(绝密|机密|秘密)(?:件|级)?\s*[★☆*]?\s*(?:[（(]?\s*(?:\d+|长期|[一二三四五十]+)\s*(?:年|个?月)?\s*[）)]?)?\s*[\]】）)]?"
)
_MARKED: Final = re.compile(r"^\s*[\[【（(]\s*(?:绝密|机密|秘密)|(?:绝密|机密|秘密)\s*★")
_TOTAL: Final = re.compile(
    r"^(?:本[月年页季]?)?(?:合计|总计|小计|共计|总共|累计|total\b)", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"^(?:注|备注|说明|附注|填表说明|注意|备 注)\s*[:：0-9一1、.]|^[※＊*]|^注$"
)
_SIGNED: Final = re.compile(
    r"^(?:制表|填表|填报|审核|审批|登记|统计|打印|值班电话|联系电话|单位|日期|时间)[人日期：:\w]{0,4}\s*[:：]"
)


class Context(msgspec.Struct):
    """What reading a sheet needs of the office, and what it has read so far."""

    view: Any  # a View; msgspec does not check protocols
    lines: list[dict[str, Any]]
    phones: dict[str, str]
    leaders: list[str]
    year: int = 0
    month: int = 0
    last: date | None = None  # the last date of the main column
    dated: bool = False  # a row before had a year of its own
    happened: bool = False  # the register holds what has happened, not what is planned
    called: dict[str, str] = {}  # 王书记 → 王建国, where only one is called so
    words: str = ""  # what the titles of the sheet say
    classified: str = ""  # what is said of a classified row; "" when the office lets it in


def context(view: View) -> Context:
    """The office as import sees it; the directory is read once."""
    people = view.records("people")
    rule = BY_RULE[CLASSIFIED]
    blocked = severity(rule, view.setting("rules")) == "block"
    ranked = sorted((p for p in people if leads(p)), key=lambda p: p.whole("rank") or 0)
    called: dict[str, str] = {}
    for person in people:
        word = called_of(person)
        if word:
            called[word] = "" if word in called else person.text("name")
    return Context(
        view=view,
        called={word: name for word, name in called.items() if name},
        lines=list(view.setting("duty_lines")),
        phones={p.text("name"): p.text("phone") for p in people if p.text("phone")},
        leaders=[p.text("name") for p in ranked],
        classified=_(rule.text) if blocked else "",
    )


class Row(msgspec.Struct):
    """A row half read. `cells` are canonical and as the file says; `derived` names those that
    were concluded, not read: another machine or another day may conclude otherwise."""

    at: int  # the row of the file, counted from 1
    cells: dict[str, Any]
    children: list[tuple[str, dict[str, Any]]] = []
    derived: set[str] = set()
    extras: list[tuple[str, str]] = []
    remarks: list[str] = []
    whens: dict[str, When] = {}
    raw: dict[str, str] = {}  # the text of each field's cell
    weekday: int = -1
    refused: str = ""
    skipped: str = ""

    def conclude(self, **cells: Any) -> None:
        """Cells that the file does not say in so many words."""
        for cell, value in cells.items():
            if value not in (None, "", []):
                self.cells[cell] = value
                self.derived.add(cell)

    def keep(self, heading: str, text: str) -> None:
        """Into the note, so that it is not lost."""
        if text:
            self.extras.append((heading, text))


def blocks(table: Table) -> list[list[Column]]:
    """The columns of each of the tables that stand side by side; mostly one."""
    if not table.block:
        return [table.columns]
    groups: dict[int, list[Column]] = {}
    for column in table.columns:
        groups.setdefault(column.index // table.block, []).append(column)
    return list(groups.values())


def read_rows(sheet: Sheet, table: Table, ctx: Context) -> Iterator[Row]:
    """Every row under the header, in order; skipped and refused ones too."""
    header = [folded(heading_of(cell)) for cell in sheet.rows[table.header_row - 1]]
    ctx.year, ctx.month, ctx.last = table.year, table.month, None
    ctx.dated = False
    ctx.happened = table.register in _HAPPENED
    groups = blocks(table)
    for index in range(table.header_row, len(sheet.rows)):
        raw = sheet.rows[index]
        why = left_out(raw, header, ctx)
        if why:
            yield Row(index + 1, {}, skipped=why)
            continue
        for number, columns in enumerate(groups):
            if number and all(_cell(raw, column) is None for column in columns):
                continue
            yield read_row(raw, index + 1, columns, table, ctx)


def _cell(raw: Sequence[Cell], column: Column) -> Cell:
    return raw[column.index] if column.index < len(raw) else None


def left_out(raw: Sequence[Cell], header: list[str], ctx: Context) -> str:
    """Why a row is no entry at all, or ""."""
    filled = [
        cell for cell in raw if cell is not None and (not isinstance(cell, str) or cell.strip())
    ]
    if not filled:
        return N_("blank")
    first = text_of(filled[0])
    if len(filled) <= 4 or not first:
        for cell in filled:
            if isinstance(cell, str) and _TOTAL.match(simplified(cell.strip())):
                return N_("total")
    if _NOTE.match(simplified(first)) and len(filled) <= 2:
        return N_("note")
    if len(filled) == 1 and isinstance(filled[0], str):
        if _SIGNED.match(simplified(first)) or len(first) > 60:
            return N_("note")
        year, month = year_and_month(first)
        if (year or month) and len(first) <= 24 and not re.search(r"\d\s*[日号]", first):
            ctx.year, ctx.month = year or ctx.year, month or ctx.month
            return N_("heading")
    if isinstance(filled[0], str) and len(filled) > 1 and folded(heading_of(first)) in header:
        same = sum(
            1
            for cell, word in zip(raw, header, strict=False)
            if word and isinstance(cell, str) and folded(cell) == word
        )
        if same >= 2 and same * 10 >= 6 * sum(1 for word in header if word):
            return N_("repeated header")
    return ""


def read_row(
    raw: Sequence[Cell], at: int, columns: Sequence[Column], table: Table, ctx: Context
) -> Row:
    """One row by its columns; dates are settled by the register's own reader."""
    row = Row(at, {}, [], set(), [], [], {}, {})
    only_number = True
    for column in columns:
        value = _cell(raw, column)
        text = text_of(value)
        if not text:
            continue
        if ctx.classified and _secret(text):
            row.refused = ctx.classified
            return row
        if column.how == "weekday":
            found = re.search(r"[一二三四五六日天]$", simplified(text))
            row.weekday = WEEKDAYS.index(found[0].replace("天", "日")) if found else -1
        elif column.how == "counter":
            continue
        elif column.field is None:
            row.keep(column.heading or _("column {n}").format(n=column.index + 1), text)
            only_number = False
        else:
            if column.field not in ("recv_no", "no", "rank"):
                only_number = False
            _understand(row, field_of(table.register, column.field), column, value, text)
    if only_number:
        row.skipped = N_("blank")
    return row


def _secret(text: str) -> str:
    """The level of secrecy a cell states, or ""."""
    if len(text) > 4000 or "密" not in text:
        return ""
    whole = _LEVEL.fullmatch(simplified(text))
    if whole:
        return whole[1]
    found = _MARKED.search(simplified(text))
    return re.sub(r"[^绝机秘密]", "", found.group())[:2] if found else ""


@cache
def field_of(register: str, name: str) -> Field:
    """A field of a register by its name."""
    found = BY_ID[register].field(name)
    assert found is not None, f"{register} has no field {name}"
    return found


def _understand(row: Row, field: Field, column: Column, value: Cell, text: str) -> None:
    """Puts one cell where it belongs, in its canonical form; else into the note."""
    name = field.name
    row.raw[name] = f"{row.raw[name]} {text}" if name in row.raw else text
    if field.kind in ("moment", "day"):
        found = when(value, bare_day=name == "date")
        if found is None:
            row.raw[name + "?"] = text  # told by whoever needs the date
            row.keep(column.heading, text)
            return
        row.whens[name] = row.whens[name].merged(found) if name in row.whens else found
        if found.rest and found.rest not in ("前", "之前", "止", "左右"):
            row.keep(column.heading, text)
    elif field.kind == "whole":
        number = whole_of(value)
        if number is None:
            row.keep(column.heading, text)
        else:
            row.cells[name] = number
    elif field.kind == "choice":
        _choose(row, field, column, text)
    elif field.kind == "person":
        people = people_of(value)
        row.cells[name] = people[0][0] if people else text
        if people and (len(people) > 1 or people[0][1] or people[0][2]):
            row.keep(column.heading, text)
    elif field.kind == "people":
        row.cells[name] = [person for person, _phone, _remark in people_of(value)] or [text]
    elif field.kind in ("units", "words", "spans", "refs"):
        row.cells[name] = words_of(value)
    elif field.kind == "flag":
        row.cells[name] = text.casefold() not in _NONE | {"no", "false", "0"}
    else:
        row.cells[name] = text


def _choose(row: Row, field: Field, column: Column, text: str) -> None:
    plain = re.sub(r"\s+", "", simplified(text))
    for word in (text, plain, plain.removesuffix("件"), _SYNONYMS.get(field.name, {}).get(plain)):
        choice = field.choice(word) if word else None
        if choice is not None:
            row.cells[field.name] = choice.value
            return
    if plain not in _NONE:
        row.keep(column.heading, text)


def by_name(row: Row, register: str, ctx: Context) -> None:
    """王书记 is who the directory says, where it knows only one."""
    if not ctx.called:
        return
    for name, many in _people_fields(register):
        value = row.cells.get(name)
        if not value:
            continue
        if not many and value in ctx.called:
            row.conclude(**{name: ctx.called[value]})
        elif many and any(word in ctx.called for word in value):
            row.conclude(**{name: [ctx.called.get(word, word) for word in value]})


@cache
def _people_fields(register: str) -> tuple[tuple[str, bool], ...]:
    """The fields that hold names, and whether several."""
    fields = BY_ID[register].fields
    return tuple((f.name, f.kind == "people") for f in fields if f.kind in ("person", "people"))


def with_note(row: Row) -> None:
    """What did not fit anywhere, appended to the note."""
    if row.extras:
        lines = [f"{heading}：{text}" for heading, text in row.extras]
        own = row.cells.get("note")
        row.cells["note"] = "\n".join([own, *lines] if own else lines)
