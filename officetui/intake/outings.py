"""Rows of a leaders' schedule, or of a list of leaves: hours, what kind it is, how far it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from officetui.intake.dating import main_date, other_date, settle
from officetui.intake.headings import folded, simplified
from officetui.intake.rows import Context, Row, field_of
from officetui.registers.schedule import LEAVE, kind_title
from officetui.text.i18n import _

_LEAVE: Final = re.compile("请假|休假|年假|病假|事假|婚假|产假|探亲假|丧假|年休|公休|调休")
_MEETING: Final = re.compile("开会|参会|参加.*会|会议|会$")
_HERE: Final = re.compile("^(?:在岗|在镇|在机关|坐班|无)$")
_KINDS: Final = re.compile("类别|去向|假别|类型|状态")


def finish(row: Row, ctx: Context) -> None:
    """An outing's or a leave's missing cells; sets `row.refused` when the row cannot be one."""
    cells = row.cells
    if not cells.get("leader"):
        row.refused = _("Missing: {field}.").format(field=_(field_of("schedule", "leader").label))
        return
    day = main_date(row, ctx, "start", "schedule")
    if day is None:
        return
    _end(row, ctx, day)
    _kind(row, ctx)
    if not cells.get("matter"):
        typed = next((text for heading, text in row.extras if _KINDS.search(folded(heading))), "")
        row.conclude(matter=typed or cells.get("place") or kind_title(str(cells["kind"])))
    _state(row, ctx, day)


def _end(row: Row, ctx: Context, day: date) -> None:
    """Until when: from a column of its own, or from the span in one cell."""
    cells, found = row.cells, row.whens["start"]
    other_date(row, ctx, "end", day, "schedule")
    if "end" not in cells and found.end is not None:
        cells["end"] = f"{day.isoformat()}T{found.end:%H:%M}"
    elif "end" not in cells and found.end_day is not None:
        month, last = found.end_day
        until = settle(type(found)(0, month or day.month, last), ctx, base=day)
        if until is not None and until > day:
            cells["end"] = until.isoformat()
    start, end = str(cells["start"]), str(cells.get("end", ""))
    timed = "T" in start and "T" in end
    if end and (end <= start if timed else end[:10] < start[:10]):
        del cells["end"]
        row.remarks.append(_("The end is not after the start; it was left out."))
        raw = row.raw.get("end") or row.raw["start"]
        row.keep(_(field_of("schedule", "end").label), raw)


def _kind(row: Row, ctx: Context) -> None:
    """What the sheet calls it; else what its title or the row itself says."""
    if row.cells.get("kind"):
        return
    typed = " ".join(text for heading, text in row.extras if _KINDS.search(folded(heading)))
    said = simplified(f"{typed} {row.cells.get('matter', '')}").strip()
    if _LEAVE.search(said) or _LEAVE.search(ctx.words):
        row.conclude(kind=LEAVE)
    elif _HERE.match(said):
        row.conclude(kind="in")
    else:
        row.conclude(kind="meeting" if _MEETING.search(said) else "out")


def _state(row: Row, ctx: Context, day: date) -> None:
    """A leave in a list was granted where somebody approved it, or it is over; an outing that is
    over passes by itself."""
    cells = row.cells
    if cells["kind"] != LEAVE:
        row.conclude(state="planned")
        return
    last = str(cells.get("end") or day.isoformat())[:10]
    if last < ctx.view.today.isoformat():
        row.conclude(state="returned", closed_at=last)
    else:
        row.conclude(state="approved" if cells.get("approver") else "requested")
