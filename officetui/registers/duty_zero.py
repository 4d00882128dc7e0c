"""Shifts and zero reports 零报告: what a shift noted in the duty log, how a quiet one is closed.

A zero report stands in the duty log, linked to its seat, one for all who sat in the shift.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from officetui.registers.duty_turns import Shift, hours, line_label
from officetui.registers.record import Record, day_of
from officetui.registers.view import View
from officetui.text.i18n import _, ngettext

KEPT_FOR = timedelta(days=30)  # who noted nothing for so long keeps no log


def shift_of(seat: Record, view: View) -> Shift | None:
    """The hours of a duty seat; None when its line or day is not known."""
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    line, day = lines.get(seat.text("line")), seat.day("date")
    return hours(line, day) if line is not None and day is not None else None


def keeps_log(seat: Record) -> bool:
    """Whether the shift of a seat keeps the log: leaders on call do not sit in the duty room."""
    return seat.text("line") != "leader"


def noted_in(shift: Shift, view: View) -> list[Record]:
    """The entries of a shift, zero reports left out."""
    found = []
    for entry in view.records("duty_log"):
        at = entry.moment("at")
        if at is not None and not entry.get("zero") and shift.start <= at < shift.end:
            found.append(entry)
    return found


def zero_report(seat: Record, view: View) -> Record | None:
    """The zero report of the shift of a seat: one for all who sit in it."""
    shift = f"duty/duty:{seat.text('date')}:{seat.text('line')}:"
    for entry in view.records("duty_log"):
        if entry.get("zero") and entry.text("seat").startswith(shift):
            return entry
    return None


def kept(view: View) -> bool:
    """Whether the office keeps a log: something was noted in the last thirty days."""
    since = (view.local - KEPT_FOR).isoformat(timespec="minutes")
    return any(entry.text("at") >= since for entry in view.records("duty_log"))


def cannot_be_zero(seat: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Why a shift cannot be closed as a quiet one."""
    shift = shift_of(seat, view)
    if shift is None:
        return _("The hours of this line are not known.")
    if view.local < shift.start:
        return _("The shift has not begun.")
    if zero_report(seat, view) is not None:
        return _("There is a zero report of this shift already.")
    count = len(noted_in(shift, view))
    if count:
        words = ngettext(
            "{n} entry was noted in this shift: it was not quiet.",
            "{n} entries were noted in this shift: it was not quiet.",
            count,
        )
        return words.format(n=count)
    return None


def zero_cells(seat: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A zero report: which shift it closes, in words and by link."""
    shift = shift_of(seat, view)
    times = f"{shift.start:%m-%d %H:%M}-{shift.end:%H:%M}" if shift is not None else ""
    words = _("Zero report: {line} {hours}, nothing to report")
    return {
        "at": view.local.isoformat(timespec="minutes"),
        "content": words.format(line=line_label(view, seat.text("line")), hours=times),
        "zero": True,
        "state": "zero",
        "recorder": view.user,
        "owner": seat.text("person"),
        "closed_at": view.today.isoformat(),
    }


def unreported(view: View, now: datetime) -> list[Record]:
    """Seats whose shift ended in the last day with neither an entry nor a zero report, the first
    seat of each shift; none when the office keeps no log."""
    if not kept(view):
        return []
    found: dict[tuple[str, str], Record] = {}
    for seat in view.records("duty"):
        day = day_of(seat.get("date"))
        if day is None or not keeps_log(seat) or not 0 <= (now.date() - day).days <= 2:
            continue
        shift = shift_of(seat, view)
        if shift is None or not shift.end <= now < shift.end + timedelta(days=1):
            continue
        known = found.get((seat.text("date"), seat.text("line")))
        if known is None or (seat.whole("seat") or 0) < (known.whole("seat") or 0):
            found[seat.text("date"), seat.text("line")] = seat
    return [
        seat
        for seat in found.values()
        if (shift := shift_of(seat, view)) is not None
        and not noted_in(shift, view)
        and zero_report(seat, view) is None
    ]
