"""Rows of the register of incoming papers: state and kind from what the sheet says of results."""

from __future__ import annotations

import re
from typing import Final

from officetui.intake.dating import main_date, other_date
from officetui.intake.headings import simplified
from officetui.intake.rows import Context, Row
from officetui.registers.documents import GENRES
from officetui.text.i18n import N_, _

# The beginning of a result, and the state it means.
_STATES: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:未|没有|尚未|待)", ""),
    (r"(?:已|全部)?(?:归档|存档)", "archived"),
    (r"(?:传阅完毕|阅毕|已阅|已传阅|传阅结束|阅$)", "all_read"),
    (r"(?:正在)?传阅", "circulating"),
    (r"(?:已)?(?:退回|退文)", "returned"),
    (r"(?:已|全部|按时)?(?:办结|办理完毕|完结|完成|办毕|落实|办理$|办$|结案)", "closed"),
    (r"(?:正在|在)?(?:办理中|承办中|办理|推进)", "in_hand"),
)
# Words that only name a state: they need not stand in the result as well.
_ONLY_STATE: Final = re.compile(r"(?:正在)?传阅中?|(?:正在)?(?:办理中|承办中)|待办理?|未办结?|在办")


def finish(row: Row, ctx: Context) -> None:
    """A paper's missing cells; sets `row.refused` when it cannot be one."""
    cells = row.cells
    if not cells.get("title"):
        row.refused = _("Missing: {field}.").format(field=_(N_("Title")))
        return
    if not cells.get("from_org"):
        issuer = issuer_of(str(cells["title"]))
        if not issuer:
            row.refused = _("Missing: {field}.").format(field=_("From"))
            return
        row.conclude(from_org=issuer)
        row.remarks.append(_("The issuer is taken from the title: {name}.").format(name=issuer))
    day = main_date(row, ctx, "recv_at", "documents")
    if day is None:
        return
    for name in ("due", "closed_at"):
        other_date(row, ctx, name, day, "documents")
    due = cells.get("due")
    if isinstance(due, str) and due[:10] < day.isoformat():
        row.remarks.append(_("It was due before it was received ({date}).").format(date=due[:10]))
    row.conclude(direction="incoming")
    if "genre" not in cells:
        row.conclude(genre=genre_of(str(cells["title"])))
    asked = re.search(r"请\s*([\u4e00-\u9fff·]{2,4}?)\s*同志", str(cells.get("proposal", "")))
    if asked and "asked" not in cells:
        row.conclude(asked=asked[1])
    _state(row)


def _state(row: Row) -> None:
    cells = row.cells
    result = simplified(str(cells.get("result", "")).strip())
    state = ""
    for pattern, meant in _STATES:
        if result and re.match(pattern, result):
            state = meant
            break
    if _ONLY_STATE.fullmatch(result):
        del cells["result"]
    if state in ("circulating", "all_read") and "kind" not in cells:
        row.conclude(kind="read")
    if cells.get("kind") == "read" and state == "closed":
        state = "all_read"
    if not state and cells.get("kind") != "read":
        known = (("owner", "in_hand"), ("instruction", "instructed"), ("proposal", "proposed"))
        state = next((meant for cell, meant in known if cells.get(cell)), "")
    if cells.get("kind") == "act" and state in ("circulating", "all_read"):
        state = "in_hand"  # 办件 also go round; the circulation is a track beside the state
    if "kind" not in cells:
        row.conclude(kind="act")
    row.conclude(state=state or "registered")


def genre_of(title: str) -> str | None:
    """The genre a title ends with: 关于…的通知; 复函 is a 函; None for 条例 and the like."""
    text = re.sub(r"\s|[（(][^（）()]*[）)]$|[》”\"]+$", "", title)
    for choice in GENRES:
        word = "令" if choice.value == "命令(令)" else choice.value
        if text.endswith(word):
            return choice.value
    return None


def issuer_of(title: str) -> str:
    """Who issued a paper, from its title: what stands before 关于, 印发, 转发; "" when unclear."""
    found = re.match(
        r"^([\u4e00-\u9fff、\s]{2,30}?)(?:关于|印发|转发|批转|办公室转发)", title.strip()
    )
    return "、".join(found[1].split()) if found else ""
