"""Rows of a list of people: names, precedence, and the leave that stands in the remarks."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from officetui.intake.cells import When, people_of, when
from officetui.intake.headings import simplified
from officetui.intake.rows import Context, Row
from officetui.intake.sheets import Sheet
from officetui.intake.table import Table
from officetui.text.i18n import _

_AWAY: Final = re.compile(
    r"产假|病假|事假|年假|休假|请假|婚假|丧假|探亲假|公休|外出|学习|培训|借调|挂职|驻村|出差"
)


def finish(row: Row, ctx: Context) -> None:
    """A person's missing cells; sets `row.refused` when the row names nobody."""
    cells = row.cells
    people = people_of(str(cells.get("name", "")))
    if not people:
        row.refused = _("Missing: {field}.").format(field=_("Name"))
        return
    name, phone, remark = people[0]
    if len(people) > 1 or len(name) > 40:
        # Two names in one line of a directory, or a name of 20,000 characters: kept as typed.
        name, phone, remark = str(cells["name"]).strip(), "", ""
    cells["name"] = name
    if phone and "phone" not in cells:
        cells["phone"] = phone
    if remark:
        row.keep(_("Name"), remark)
    for field in ("joined", "left"):
        found = row.whens.get(field)
        if found is not None and found.year and found.day:
            cells[field] = date(found.year, found.month, found.day).isoformat()
        elif found is not None:
            row.keep(field, row.raw[field])
    note = str(cells.get("note", ""))
    if "leave" not in cells and _AWAY.search(simplified(note)):
        span = leave_of(note, ctx)
        if span:
            cells["leave"] = [span]


def fill_units(sheet: Sheet, table: Table) -> None:
    """Where the file cannot say "merged" (csv, ods), a unit stands once above its people."""
    index = next((c.index for c in table.columns if c.field == "unit"), -1)
    rows = [row for row in sheet.rows[table.header_row :] if len(row) > index + 1]
    empty = sum(1 for row in rows if row[index] is None)
    if index < 0 or sheet.merged or empty * 10 < len(rows) * 3 or not rows or not rows[0][index]:
        return
    last = None
    for row in rows:
        if row[index] is None and sum(1 for cell in row if cell is not None) > 1:
            row[index] = last
        last = row[index]


def leave_of(note: str, ctx: Context) -> str:
    """`start/end` or `/end` of a leave in words (产假至2026-12-31); "" when there is none."""
    parts = re.split(r"[至到~～—]|(?<=日)-", note, maxsplit=1)
    if len(parts) != 2:
        return ""
    end = _day(when(_dates_only(parts[1])), ctx)
    if end is None:
        return ""
    start = _day(when(_dates_only(parts[0])), ctx, before=end)
    return f"{start.isoformat() if start else ''}/{end.isoformat()}"


def _dates_only(text: str) -> str:
    """The date in a remark, without the words around it."""
    found = re.search(r"(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?", text)
    return found.group() if found else ""


def _day(found: When | None, ctx: Context, before: date | None = None) -> date | None:
    if found is None or not found.dated or not found.month:
        return None
    year = found.year or (before.year if before else ctx.year or ctx.view.today.year)
    try:
        day = date(year, found.month, found.day)
        return day.replace(year=year - 1) if before and day > before and not found.year else day
    except ValueError:
        return None
