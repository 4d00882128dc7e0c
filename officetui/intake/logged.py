"""Rows of a duty log and of a list of official guests: how far each of them is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from officetui.intake.chores import kinds
from officetui.intake.dating import main_date, other_date
from officetui.intake.headings import simplified
from officetui.intake.rows import Context, Row
from officetui.registers import information
from officetui.registers.errands_parts import COSTLESS
from officetui.registers.record import day_of
from officetui.text.i18n import N_, P_, _

_QUIET: Final = re.compile(r"^(?:零报告|无|无事|无情况|无异常|一切正常|平安(?:无事)?|正常)[。.]?$")
_PAST: Final = timedelta(days=7)  # what was noted longer ago and has no answer is history


def entry(row: Row, ctx: Context) -> None:
    """An entry of the log; sets `row.refused` when the row cannot be one."""
    cells = row.cells
    if not cells.get("content"):
        row.refused = _("Missing: {field}.").format(field=_(P_("duty log", "Content")))
        return
    day = main_date(row, ctx, "at", "duty_log")
    if day is None:
        return
    other_date(row, ctx, "due", day, "duty_log")
    if cells.get("recorder") and not cells.get("owner"):
        row.conclude(owner=cells["recorder"])
    if _QUIET.match(simplified(str(cells["content"]).strip())):
        row.conclude(zero=True, state="zero", closed_at=day.isoformat())
        return
    if "channel" not in cells:
        row.conclude(channel="phone")
    if cells.get("handling") or ctx.view.today - day > _PAST:
        row.conclude(state="closed", closed_at=day.isoformat())
    else:
        row.conclude(state="noted")


def guests(row: Row, ctx: Context) -> None:
    """A reception of guests; sets `row.refused` when the row cannot be one."""
    cells = row.cells
    if not cells.get("from_unit"):
        row.refused = _("Missing: {field}.").format(field=_(N_("Guests' unit")))
        return
    day = main_date(row, ctx, "at", "hospitality")
    if day is None:
        return
    other_date(row, ctx, "settle_due", day, "hospitality")
    days = timedelta(days=int(ctx.view.setting("hospitality_settle_days")))
    if cells.get("cost"):
        row.conclude(state="settled", closed_at=day.isoformat())
    elif day < ctx.view.today:
        row.conclude(state="held", held_at=day.isoformat())
        if "settle_due" not in cells:
            row.conclude(settle_due=(day + days).isoformat())
    else:
        row.conclude(state="requested")


def incident(row: Row, ctx: Context) -> None:
    """An emergency of a list; what happened before today has been reported."""
    cells = row.cells
    if not cells.get("matter"):
        row.refused = _("Missing: {field}.").format(field=_(N_("What happened")))
        return
    day = main_date(row, ctx, "at", "incidents")
    if day is None:
        return
    row.conclude(learned_at=cells["at"])
    if day < ctx.view.today or cells.get("result"):
        row.conclude(state="final", closed_at=day.isoformat())
    else:
        row.conclude(state="noted")


def errand(row: Row, ctx: Context) -> None:
    """An errand of a list of one kind: what is over was done, and settled where its cost stands."""
    cells = row.cells
    if not cells.get("content"):
        row.refused = _("Missing: {field}.").format(field=_(P_("errand", "What for")))
        return
    if "kind" not in cells:
        row.conclude(kind=_kind_of(row, ctx))
    day = main_date(row, ctx, "at", "errands")
    if day is None:
        return
    other_date(row, ctx, "end", day, "errands")
    costless = cells["kind"] in COSTLESS
    if day >= ctx.view.today:
        row.conclude(state="approved" if cells.get("approver") else "requested")
    elif cells.get("cost") or costless or ctx.view.today - day > _PAST:
        row.conclude(state="settled", closed_at=day.isoformat())
    else:
        days = timedelta(days=int(ctx.view.setting("errand_settle_days")))
        row.conclude(state="done", settle_due=(day + days).isoformat())


def piece(row: Row, ctx: Context) -> None:
    """A piece of information of a list: it was sent; adopted where the list says by whom."""
    cells = row.cells
    if not cells.get("title"):
        row.refused = _("Missing: {field}.").format(field=_(N_("Title")))
        return
    day = main_date(row, ctx, "sent_at", "information")
    if day is None:
        return
    other_date(row, ctx, "adopted_at", day, "information")
    row.conclude(**information.sent_cells(day, ctx.view))
    unit = information.unit_of(str(cells.get("author") or ""), ctx.view)
    if unit and not cells.get("unit"):
        row.conclude(unit=unit)
    if cells.get("adopted_by") or cells.get("adopted_at"):
        adopted = day_of(cells.get("adopted_at")) or day
        row.conclude(state="adopted", adopted_at=adopted.isoformat(), closed_at=adopted.isoformat())
        row.conclude(counts_until=information.month_end(adopted))
    elif ctx.view.today - day > timedelta(days=int(ctx.view.setting("information_wait_days"))):
        row.conclude(state="not_adopted", closed_at=day.isoformat())
    else:
        row.conclude(state="sent")


def _kind_of(row: Row, ctx: Context) -> str:
    """The kind that its columns or its words show."""
    cells = row.cells
    for field, kind in (("vehicle", "vehicles"), ("driver", "vehicles"), ("seal", "seals")):
        if cells.get(field):
            return kind
    words = simplified(str(cells["content"]))
    return next((kind for kind, pattern in kinds() if pattern.search(words)), "supplies")
