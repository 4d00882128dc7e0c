"""Duty rosters: a column for each line, a row for each seat, or the days across.

A roster's people stand under the name of their line, each followed by a column of phones that
all have the same heading; two names in one cell are two seats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from officetui.intake.cells import text_of
from officetui.intake.headings import COUNTER, WEEKDAY, folded, heading_of, is_phone, match
from officetui.intake.sheets import Cell, Sheet
from officetui.intake.table import Column
from officetui.text.i18n import _

# Words for the lines every new office begins with; the office's own names come first.
LINE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "leader": ("带班", "值班领导", "领导值班", "总值班", "领导", "leader"),
    "day": ("白班", "日班", "白天", "昼班", "白", "day", "日间"),
    "night": ("夜班", "晚班", "夜间", "晚上", "夜", "night", "大夜"),
}
STAFF: Final = (
    "值班人员",
    "值班员",
    "值班人",
    "值班干部",
    "主班",
    "副班",
    "值班",
    "人员",
    "工作人员",
)
# One mark for a whole day on duty, in rosters with a row for each person.
ALL_DAY_MARKS: Final = frozenset(
    ("班", "值", "值班", "√", "✓", "●", "○", "★", "1", "24", "全", "全天")
)
OFF_MARKS: Final = frozenset(
    ("休", "假", "-", "—", "/", "×", "x", "0", "公", "年", "事", "病", "产", "off")
)


def line_of(text: str, lines: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The lines of duty a heading or cell names: one, all but the leaders' for 值班人员, or ()."""
    key = folded(text)
    if not key:
        return ()
    key = re.sub(r"(姓名|人员|干部|同志)?[0-9一二三ab]?$", "", key) or key
    ids = [str(line["id"]) for line in lines]
    for line in lines:
        names = {folded(str(line["id"])), folded(str(line["label"])), folded(_(str(line["label"])))}
        if key in names or folded(text) in names:
            return (str(line["id"]),)
    for known, words in LINE_WORDS.items():
        if known in ids and any(
            word in key if len(word) > 1 and not word.isascii() else word == key for word in words
        ):
            return (known,)
    if key in STAFF or folded(text) in STAFF or re.sub(r"[0-9一二三]$", "", folded(text)) in STAFF:
        return tuple(line for line in ids if line != "leader")
    return ()


def duty_columns(
    upper: list[str], headings: list[str], start: int, lines: Sequence[Mapping[str, Any]]
) -> tuple[list[Column], float]:
    """What the columns of a roster mean; ([], 0) when this is no roster."""
    columns: list[Column] = []
    score = 0.0
    last = -1
    date_seen = long_line = person_seen = False
    for index, heading in enumerate(headings):
        over = upper[index]
        shown = heading if not over or over == heading else f"{over} {heading}"
        found = match("duty", heading)
        named = found.field if found else None
        at = start + index
        if named == "date" and not date_seen:
            date_seen, score = True, score + 3.0
            columns.append(Column(at, shown, "date", "known"))
        elif folded(heading) in WEEKDAY:
            score += 1.0
            columns.append(Column(at, shown, None, "weekday"))
        elif named == "line" and not long_line:
            long_line, score = True, score + 3.0
            columns.append(Column(at, shown, "line", "known"))
        elif is_phone(heading):
            score += 1.0 if last >= 0 else -0.5
            columns.append(Column(at, shown, "phone" if last >= 0 else None, "phone", of=last))
            last = last if last >= 0 else -1
        elif (where := line_of(over if over and over != heading else heading, lines)) or (
            named == "person"
        ):
            how: Literal["line", "staff"] = "line" if len(where) == 1 else "staff"
            where = where or tuple(str(line["id"]) for line in lines if line["id"] != "leader")
            columns.append(Column(at, shown, "person", how, lines=where))
            score += 3.0 if how == "line" else 2.0
            last, person_seen = at, True
        elif not heading and columns and columns[-1].field == "person":
            # 值班人员 over two columns: the second has no heading of its own.
            before = columns[-1]
            columns.append(Column(at, "", "person", before.how, lines=before.lines))
            last = at
        elif named in ("note", "seat", "reason"):
            score += 1.0
            columns.append(Column(at, shown, named, "known"))
        else:
            kept = "counter" if folded(heading) in COUNTER else "note" if heading else "bare"
            columns.append(Column(at, shown, None, kept))  # type: ignore[arg-type]
            score -= 0.5 if kept == "note" else 0.0
    for column in columns:
        # 序号 is a running number here, not a seat.
        if column.field == "seat" and folded(column.heading) in COUNTER:
            column.field, column.how = None, "counter"
    if not date_seen or not person_seen:
        return [], 0.0
    # Without a line of duty anywhere this could be any list of names and days.
    if not long_line and not any(c.how == "line" for c in columns):
        score -= 4.0
    return columns, score


def across_kind(
    sheet: Sheet, at: int, first: int, lines: Sequence[Mapping[str, Any]]
) -> Literal["", "across", "matrix"]:
    """Whether the rows under the days are lines with names ("across") or people with marks."""
    named = marked = rows = 0
    for row in sheet.rows[at + 1 : at + 61]:
        label = row_label(row, first)
        body = [text_of(cell) for cell in row[first:] if cell is not None]
        if not label or not body:
            continue
        rows += 1
        if line_of(label, lines):
            named += 1
        elif sum(1 for text in body if marks(text, lines) is not None) * 2 > len(body):
            marked += 1
    if named:
        return "across"
    return "matrix" if rows and marked * 2 > rows else ""


def row_label(row: Sequence[Cell], first: int) -> str:
    """What a row with days across is about: the first words before the days, no running number."""
    texts = [heading_of(cell) for cell in row[:first] if isinstance(cell, str)]
    texts = [text for text in texts if text and not text.isdigit()]
    return texts[0] if texts else ""


def marks(text: str, lines: Sequence[Mapping[str, Any]]) -> tuple[str, ...] | None:
    """The lines a mark in a person's row stands for; () for a day off, None for no mark."""
    key = folded(text) or text.strip()
    ids = [str(line["id"]) for line in lines]
    if key in OFF_MARKS or text.strip() in OFF_MARKS:
        return ()
    if key in ALL_DAY_MARKS or text.strip() in ALL_DAY_MARKS:
        return tuple(line for line in ids if line != "leader")
    short = {"带": "leader", "领": "leader", "白": "day", "日": "day", "d": "day", "早": "day"}
    short.update({"夜": "night", "晚": "night", "n": "night", "夜班": "night", "白班": "day"})
    short["带班"] = "leader"
    if short.get(key) in ids:
        return (short[key],)
    found = line_of(text, lines) if len(key) <= 4 else ()
    return found or None
