"""Rows of a plan of meetings: hours, leaders, who comes, and the checklist of those to come."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from officetui.intake.cells import words_of
from officetui.intake.dating import main_date, other_date, settle
from officetui.intake.headings import simplified
from officetui.intake.rows import Context, Row
from officetui.registers.checklists import cells_of, sort_of
from officetui.registers.meetings import is_over
from officetui.registers.record import Record
from officetui.text.i18n import _

# Words for the whole leadership; who that is, the directory says.
_ALL_LEADERS: Final = re.compile(
    r"^(?:全体|在家|镇|乡|街道|局|党政)*(?:班子|领导班子|党委班子|党政班子|党委|党组|党工委|党政领导)(?:领导)?(?:全体)?(?:成员|委员|领导)$|^(?:全体|在家)(?:领导|班子领导|党政领导)$"
)


def finish(row: Row, ctx: Context) -> None:
    """A meeting's missing cells; sets `row.refused` when the row cannot be one."""
    cells = row.cells
    if not cells.get("title"):
        row.refused = _("Missing: {field}.").format(field=_("Title"))
        return
    day = main_date(row, ctx, "start", "meetings")
    if day is None:
        return
    found = row.whens["start"]
    if found.end is not None and "end" not in row.whens:
        cells["end"] = f"{day.isoformat()}T{found.end:%H:%M}"
        if found.start and found.end <= found.start:
            del cells["end"]
            row.remarks.append(_("The end is not after the start; it was left out."))
            row.keep(_("Start"), row.raw["start"])
    elif found.end_day is not None:
        month, last = found.end_day
        until = settle(type(found)(0, month or day.month, last), ctx, base=day)
        if until is not None and until > day:
            cells["end"] = until.isoformat()
    for name in ("end", "rsvp_due"):
        other_date(row, ctx, name, day, "meetings")
    _leaders(row, ctx)
    title = simplified(str(cells["title"]))
    if "kind" not in cells:
        row.conclude(kind="branch" if "分会场" in title else "own")
    if "state" not in cells:
        # A plan of past weeks is filed; whoever wants its minutes reopens it.
        past = day < ctx.view.today - timedelta(days=7)
        held = is_over(Record("meetings", {"id": "", **cells}), ctx.view.local)
        state = "closed" if past else "held" if held else "fixed"  # who came needs no notice
        row.conclude(state=state, closed_at=day.isoformat() if past else "")
    _children(row, ctx, day >= ctx.view.today)


def _leaders(row: Row, ctx: Context) -> None:
    """班子成员 becomes the people of the precedence order; without one it stays as scope."""
    cells = row.cells
    named = [str(name) for name in cells.get("leaders", [])]
    everyone = [name for name in named if _ALL_LEADERS.match(simplified(name))]
    if not everyone:
        return
    scope = [*everyone, *([str(cells["scope"])] if cells.get("scope") else [])]
    cells["scope"] = "、".join(dict.fromkeys(scope))
    people = [name for name in named if name not in everyone]
    if ctx.leaders:
        row.conclude(leaders=list(dict.fromkeys([*people, *ctx.leaders])))
    elif people:
        cells["leaders"] = people
    else:
        del cells["leaders"]


def _children(row: Row, ctx: Context, to_come: bool) -> None:
    """Who is asked to come, and what is to be prepared."""
    for part in words_of(str(row.cells.get("scope", ""))):
        if ctx.leaders and _ALL_LEADERS.match(simplified(part)):
            continue  # they stand as leaders
        who = "person" if part in ctx.phones else "unit"
        row.children.append(("attendees", {who: part, "role": "出席", "state": "listed"}))
    if to_come:
        sort = sort_of(str(row.cells.get("title", "")))
        row.children += [("items", cells) for cells in cells_of(sort, ctx.view)]
