"""Rows of the reception log: how far a matter is, from what the sheet says was done."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from officetui.intake.dating import main_date, other_date
from officetui.intake.headings import simplified
from officetui.intake.rows import Context, Row
from officetui.registers.reception import group_of
from officetui.registers.reception_steps import notify_due
from officetui.text.i18n import _

_SPOT: Final = re.compile(
    r"(?:已)?(?:当场|现场|当面)(?:予以)?(?:答复|解答|回复|办结|解决|解释)|^已当场"
)
_TRANSFER: Final = re.compile(
    r"(?:已)?(?:转送|转交|转办|转给|转|移交|移送|交由|交办|交)(?:由|给|至)?(?P<to>[^，。；,;\s]{2,20}?)(?:进行)?(?:调查|处理|办理|核实|研究|跟进|处置|答复|解决)*(?:[，。；,;].*)?$",
    re.DOTALL,
)
_WAITING: Final = re.compile(r"^(?:待|未|尚未|等待)")
_REFUSED: Final = re.compile(r"不予受理|不受理")
_CLOSED: Final = re.compile(r"^(?:已)?(?:办结|办理完毕|完结|结案|解决|化解|处理完毕|处理$|办理$)")
_ANSWERED: Final = re.compile(r"^(?:已)?(?:电话|书面|短信)?(?:答复|回复|反馈)")
_ACCEPTED: Final = re.compile(r"^(?:已)?受理")
_DONE: Final = ("answered_on_spot", "answered", "called_back", "closed", "not_accepted")


def finish(row: Row, ctx: Context) -> None:
    """A visitor's missing cells; sets `row.refused` when the row cannot be one."""
    cells = row.cells
    if not cells.get("matter"):
        row.refused = _("Missing: {field}.").format(field=_("Matter"))
        return
    day = main_date(row, ctx, "at", "reception")
    if day is None:
        return
    for name in ("replied_at", "due"):
        other_date(row, ctx, name, day, "reception")
    if "channel" not in cells:
        ticket = cells.get("ticket")
        row.conclude(channel="hotline" if ticket else "visit")
    if "receiver" in cells and "owner" not in cells:
        row.conclude(owner=cells["receiver"])
    headcount = cells.get("headcount")
    if isinstance(headcount, int) and "group" not in cells:
        row.conclude(group=group_of(headcount))
    state = _state(row, day)
    row.conclude(state=state)
    if state not in _DONE:
        row.conclude(notify_due=notify_due(str(cells["at"]), ctx.view))
        if state != "received" and "due" not in cells:
            days = int(ctx.view.setting("reception_finish_days"))
            row.conclude(due=(day + timedelta(days=days)).isoformat())


def _state(row: Row, day: date) -> str:
    cells = row.cells
    text = str(cells.get("result", "")).strip()
    result = simplified(text)
    answered = cells.get("replied_at")
    if not result:
        return "answered" if answered else "received"
    if _WAITING.match(result):
        del cells["result"]  # 待答复 is the state, not a result
        if result not in ("待答复", "待办", "待处理", "未答复", "待办理", "待回复"):
            row.keep(row_label(), text)
        return "received"
    if _REFUSED.search(result):
        row.conclude(reason=text, closed_at=answered or day.isoformat())
        return "not_accepted"
    if _SPOT.search(result):
        if not answered:
            row.conclude(replied_at=day.isoformat())
        row.conclude(reply_mode=cells.get("reply_mode") or "face")
        return "answered_on_spot"
    moved = _TRANSFER.match(result)
    if moved:
        if "transferred_to" not in cells:
            row.conclude(transferred_to=text[moved.start("to") : moved.end("to")])
        return "transferred"
    if _CLOSED.match(result):
        row.conclude(closed_at=answered)
        return "closed"
    if _ANSWERED.match(result) or answered:
        return "answered"
    if _ACCEPTED.match(result):
        return "accepted"
    return "in_hand"


def row_label() -> str:
    """What the remark in the note is called."""
    return _("Result")
