"""Finding the table in a sheet: its header wherever it is, its register, and what columns mean.

Every register is tried on every likely header row; the one whose words fit best is taken, and
`--register` forces it. A column nobody understands is kept: its content goes into the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from officetui.intake.cells import When, when
from officetui.intake.headings import (
    BY_TITLE_NAMED,
    COUNTER,
    NAMED,
    WEEKDAY,
    folded,
    heading_of,
    is_phone,
    match,
    simplified,
)
from officetui.intake.roster import duty_columns
from officetui.intake.sheets import Sheet
from officetui.intake.table import Column, Table
from officetui.registers.registry import BY_ID

HEADER_WITHIN: Final = 40  # rows from the top in which a header is looked for
MOST_COLUMNS: Final = 200
IMPORTED: Final = ("documents", "outgoing", "duty", "meetings", "reception", "followups", "people")
# Read only where a title says what they are: their columns are those of others as well.
BY_TITLE: Final = ("schedule", "duty_log", "hospitality", "incidents", "errands", "information")
# Without these columns a sheet is not that register.
CORE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "documents": (("title",), ("recv_at",), ("from_org", "doc_no", "recv_no")),
    "outgoing": (("title",), ("sign_date", "drafted_at"), ("main_to", "signer", "drafter")),
    "meetings": (("title",), ("start",)),
    "reception": (("matter",), ("at",)),
    "followups": (("content",), ("due", "raised_at"), ("lead_unit", "owner", "raised_by")),
    "people": (("name",), ("phone", "office_phone", "post", "unit", "rank")),
    "duty_log": (("content",), ("at",)),
    "hospitality": (("from_unit",), ("at",)),
    "schedule": (("leader",), ("start",), ("matter", "kind", "place")),
    "incidents": (("matter",), ("at",)),
    "errands": (("content",), ("at",)),
    "information": (("title",), ("sent_at",)),
}


class Hints(msgspec.Struct):
    """What titles, sheet name and file name say; 0 and "" where they say nothing."""

    year: int = 0
    month: int = 0
    words: str = ""


def find_table(
    sheet: Sheet, file_stem: str, lines: Sequence[Mapping[str, Any]], forced: str | None = None
) -> Table | None:
    """The best table of a sheet, or None. `lines` are the office's lines of duty."""
    best: Table | None = None
    registers = (forced,) if forced else IMPORTED
    rows = sheet.rows[:HEADER_WITHIN]
    for at, row in enumerate(rows):
        if sum(1 for cell in row[:MOST_COLUMNS] if cell is not None) < 2:
            continue
        hints = hints_of(sheet, file_stem, at)
        for register in registers:
            for table in _tried(sheet, at, register, hints, lines):
                if best is None or table.score > best.score:
                    best = table
    if best is not None and best.register == "people":
        _precedence(best, hints_of(sheet, file_stem, best.header_row - 1).words)
    return best


def _precedence(table: Table, words: str) -> None:
    """The running number of a list of leaders is their precedence; of others it is nothing."""
    if any(column.field == "rank" for column in table.columns):
        return
    if re.search("班子|领导|党委委员|主要负责", words):
        for column in table.columns:
            if column.how == "counter":
                column.field, column.how = "rank", "known"
                return


def _tried(
    sheet: Sheet, at: int, register: str, hints: Hints, lines: Sequence[Mapping[str, Any]]
) -> list[Table]:
    """The readings of row `at` (and the row under it) as a header of `register`."""
    found: list[Table] = []
    bonus = 4.0 if re.search(NAMED[register], hints.words) else 0.0
    if register == "duty":
        across = _across(sheet, at, hints, lines)
        if across is not None:
            across.score += bonus
            found.append(across)
    single = [heading_of(cell) for cell in sheet.rows[at][:MOST_COLUMNS]]
    if at + 1 < len(sheet.rows):
        upper, double = _two_rows(sheet, at, single)
        if double:
            table = _read(register, upper, double, at + 2, lines)
            if table is not None:
                # Two rows are only a header when the second adds something.
                table.score += bonus - 1.0
                found.append(table)
    table = _read(register, [""] * len(single), single, at + 1, lines)
    if table is not None:
        table.score += bonus
        found.append(table)
    for table in found:
        table.year, table.month = hints.year, hints.month
    return found


def _two_rows(sheet: Sheet, at: int, upper: list[str]) -> tuple[list[str], list[str]]:
    """The upper headings carried over the columns they span, and the lower ones; ([], []) when
    the second row is no heading."""
    lower_cells = sheet.rows[at + 1][:MOST_COLUMNS]
    lower = [heading_of(cell) for cell in lower_cells]
    if not any(lower) or any(not isinstance(cell, str) for cell in lower_cells if cell is not None):
        return [], []
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    spans = {(top, left): right for (top, left), (_bottom, right) in sheet.merged if right > left}
    carried = list(upper)
    for column, text in enumerate(upper):
        if text:
            last = spans.get((at, column))
            if last is None and not sheet.merged:
                last = column
                while last + 1 < width and not upper[last + 1] and lower[last + 1]:
                    last += 1
            for other in range(column + 1, min((last or column) + 1, width)):
                carried[other] = text
    # A heading merged downward (filled down by the reader) stands once.
    lower = ["" if one == two else two for one, two in zip(upper, lower, strict=True)]
    if not any(lower):
        return [], []
    return carried, [two or one for one, two in zip(carried, lower, strict=True)]


def _read(
    register: str,
    upper: list[str],
    headings: list[str],
    header_row: int,
    lines: Sequence[Mapping[str, Any]],
) -> Table | None:
    width = _block(headings)
    columns: list[Column] = []
    score = 0.0
    for start in range(0, len(headings), width or 1):
        part = slice(start, start + width)
        if register == "duty":
            block, score = duty_columns(upper[part], headings[part], start, lines)
        else:
            block, score = _columns(register, upper[part], headings[part], start)
        if not block:
            return None
        columns.extend(block)
    return Table(register, header_row, columns, score=score, block=width)


def _block(headings: list[str]) -> int:
    """Tables side by side repeat their headings: the width of one of them."""
    names = [folded(heading) for heading in headings]
    while names and not names[-1]:
        names.pop()
    for times in (4, 3, 2):
        width, rest = divmod(len(names), times)
        if not rest and width > 1 and names == names[:width] * times and len(set(names)) > 1:
            return width
        gap, rest = divmod(len(names) + 1, times)  # one empty column between them
        if not rest and gap > 2 and [*names, ""] == ([*names[: gap - 1], ""]) * times and names[0]:
            return gap
    return max(len(headings), 1)


def _columns(
    register: str, upper: list[str], headings: list[str], start: int
) -> tuple[list[Column], float]:
    """What each column means; ([], 0) when this is no header of the register."""
    shown = [
        heading if not over or over == heading else f"{over} {heading}"
        for over, heading in zip(upper, headings, strict=True)
    ]
    candidates: list[tuple[int, int, int, str]] = []  # (-sure, rank, index, field)
    for index, heading in enumerate(headings):
        found = match(register, heading)
        whole = match(register, upper[index] + heading) if upper[index] else None
        if whole is not None and (found is None or whole.sure >= found.sure):
            found = whole
        if found is not None:
            candidates.append((-found.sure, found.rank, index, found.field))
    taken: dict[str, int] = {}
    meant: dict[int, tuple[str, int]] = {}
    for sure, _rank, index, field in sorted(candidates):
        kind = _kind(register, field)
        # A date and a time in two columns are one moment.
        if field in taken and not (kind == "moment" and _apart(headings, taken[field], index)):
            continue
        taken.setdefault(field, index)
        meant[index] = (field, -sure)
    if not _enough(register, taken):
        return [], 0.0
    columns = []
    score = 0.0
    for index, heading in enumerate(headings):
        if index in meant:
            field, sureness = meant[index]
            columns.append(
                Column(start + index, shown[index], field, "known" if sureness == 2 else "end")
            )
            if taken[field] == index:
                score += _weight(register, field) * (1.0 if sureness == 2 else 0.6)
        elif folded(heading) in WEEKDAY:
            columns.append(Column(start + index, shown[index], None, "weekday"))
        elif folded(heading) in COUNTER:
            columns.append(Column(start + index, shown[index], None, "counter"))
        else:
            columns.append(Column(start + index, shown[index], None, "note" if heading else "bare"))
            score -= 0.5 if heading else 0.1
    return columns, score


def _apart(headings: list[str], first: int, second: int) -> bool:
    names = folded(headings[first]), folded(headings[second])
    return names[0] != names[1] and abs(first - second) <= 3


@cache
def _kind(register: str, field: str) -> str:
    found = BY_ID[register].field(field)
    return found.kind if found else "text"


@cache
def _weight(register: str, field: str) -> float:
    found = BY_ID[register].field(field)
    if found is None or field in ("note", "owner", "weight", "tags", "links"):
        return 1.0
    return 3.0 if found.required or any(field in group for group in CORE[register]) else 2.0


def _enough(register: str, taken: Mapping[str, int]) -> bool:
    return all(any(field in taken for field in group) for group in CORE[register])


# --- days across instead of down -----------------------------------------------------------------


def _across(
    sheet: Sheet, at: int, hints: Hints, lines: Sequence[Mapping[str, Any]]
) -> Table | None:
    """A roster with one column a day: row `at` names the days."""
    cells = sheet.rows[at][: MOST_COLUMNS + 1]
    days: list[tuple[int, When]] = []
    for index, cell in enumerate(cells):
        found = when(cell, bare_day=True)
        if found is not None and found.dated and found.start is None:
            if days and not _follows(days[-1][1], found):
                return None
            days.append((index, found))
        elif days and cell is not None:
            break
    first = days[0][0] if days else 0
    if len(days) < 5 or not 1 <= first <= 4:
        return None
    if not (re.search(NAMED["duty"], hints.words) or hints.month or days[0][1].month):
        return None
    from officetui.intake.roster import across_kind

    kind = across_kind(sheet, at, first, lines)
    if not kind:
        return None
    columns = [
        Column(index, heading_of(cell), None, "label") for index, cell in enumerate(cells[:first])
    ]
    columns += [
        Column(index, heading_of(cells[index]), "date", "day", day=day) for index, day in days
    ]
    used = {column.index for column in columns}
    columns += [
        Column(index, heading_of(cell), None, "note")
        for index, cell in enumerate(cells)
        if index not in used and cell is not None
    ]
    return Table("duty", at + 1, columns, layout=kind, score=8.0 + len(days) / 10)


def _follows(before: When, after: When) -> bool:
    """The next day, or the first of the next month."""
    if after.day == before.day + 1:
        return True
    return after.day == 1 and before.day >= 28


# --- year and month from titles ------------------------------------------------------------------


def hints_of(sheet: Sheet, file_stem: str, header_at: int) -> Hints:
    """Year and month for dates that have none: from the rows above the header, the sheet's name,
    the file's name, in this order."""
    title = " ".join(
        heading_of(cell) for row in sheet.rows[:header_at] for cell in row[:40] if cell is not None
    )[:2000]
    hints = Hints(words=simplified(f"{title} {sheet.name} {file_stem}"))
    for text in (title, sheet.name, file_stem):
        year, month = year_and_month(text)
        hints.year = hints.year or year
        hints.month = hints.month or month
    return hints


def year_and_month(text: str) -> tuple[int, int]:
    """(2026, 11) from 2026年11月, 2026-11, 202611, 民国115年; 0 for what is not said."""
    year = month = 0
    found = re.search(r"(?<!\d)((?:19|20)\d{2})\s*年\s*(?:度\s*)?(\d{1,2})?", text)
    found = found or re.search(r"(?<![\d-])((?:19|20)\d{2})\s*[-._/]\s*(\d{1,2})(?!\d)", text)
    found = found or re.search(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)", text)
    found = found or re.search(r"(?<![\d-])((?:19|20)\d{2})()(?!\d)", text)
    if found:
        year = int(found[1])
    else:
        found = re.search(r"民[国國]\s*(\d{2,3})\s*年", text)
        if found:
            year = int(found[1]) + 1911
    named = re.search(r"(?<!\d)(\d{1,2})\s*月", text)
    if named:
        month = int(named[1])
    elif found and found.re.groups > 1 and found[2]:
        month = int(found[2])
    return year, month if 1 <= month <= 12 else 0


def by_title(sheet: Sheet, file_stem: str) -> str | None:
    """The register read only by its title that a sheet's title names, or None."""
    first = " ".join(heading_of(cell) for row in sheet.rows[:2] for cell in row[:3])[:200]
    words = simplified(f"{first} {sheet.name} {file_stem}")
    for register, pattern in BY_TITLE_NAMED.items():
        if re.search(pattern, words):
            return register
    return None


__all__ = ["Column", "Table", "by_title", "find_table", "is_phone", "year_and_month"]
