"""Rules of reception 来访来电, hospitality 公务接待 and the duty log 值班日志."""

from __future__ import annotations

from officetui.registers import hospitality
from officetui.registers.duty_log import missing_elements
from officetui.registers.reception import GROUP_FROM, MOST_SPEAKERS, earlier
from officetui.registers.record import Record
from officetui.registers.rule import Cells, Rule
from officetui.registers.view import View
from officetui.text.i18n import N_

_PETITIONS = "信访工作条例 (2022)"
_GUESTS = "党政机关国内公务接待管理规定 (2013)"


def _is_group(cells: Cells) -> bool:
    count = cells.get("headcount")
    return isinstance(count, int) and count >= GROUP_FROM


def _speakers(cells: Cells, record_id: str, view: View) -> str:
    speakers = cells.get("representatives")
    many = isinstance(speakers, list) and len(speakers) > MOST_SPEAKERS
    return "representatives" if many else ""


def _no_speakers(cells: Cells, record_id: str, view: View) -> str:
    visit = cells.get("channel") == "visit"
    lacks = visit and _is_group(cells) and not cells.get("representatives")
    return "representatives" if lacks else ""


def _no_ticket(cells: Cells, record_id: str, view: View) -> str:
    return "ticket" if cells.get("channel") == "hotline" and not cells.get("ticket") else ""


def _came_before(cells: Cells, record_id: str, view: View) -> Record | None:
    """The last of the earlier matters of the same visitor."""
    before = earlier(Record("reception", {**cells, "id": record_id}), view)
    return before[-1] if before else None


def _again(cells: Cells, record_id: str, view: View) -> str:
    return "phone" if _came_before(cells, record_id, view) is not None else ""


def _namesake(cells: Cells, record_id: str, view: View) -> Record | None:
    """The last matter of somebody of that name, while the phone does not tell who it is."""
    name = "".join(str(cells.get("name") or "").split())
    if not name or record_id or _came_before(cells, record_id, view) is not None:
        return None
    same = [
        one
        for one in view.records("reception")
        if "".join(one.text("name").split()) == name and one.id != record_id
    ]
    return max(same, key=lambda one: (one.text("at"), one.id), default=None)


def _same_name(cells: Cells, record_id: str, view: View) -> str:
    return "phone" if _namesake(cells, record_id, view) is not None else ""


def _no_letter(cells: Cells, record_id: str, view: View) -> str:
    return "" if cells.get("letter_no") else "letter_no"


def _companions(cells: Cells, record_id: str, view: View) -> str:
    return "companions" if hospitality.too_many(cells) else ""


def _elements(cells: Cells, record_id: str, view: View) -> str:
    lacking = missing_elements(cells, view)
    return lacking[0] if lacking else ""


RULES: tuple[Rule, ...] = (
    Rule(
        "reception.speakers",
        "reception",
        N_("At most five representatives speak for a group."),
        _PETITIONS,
        "warn",
        _speakers,
        of=("representatives",),
    ),
    Rule(
        "reception.group",
        "reception",
        N_("A group of five or more names its representatives, at most five."),
        _PETITIONS,
        "hint",
        _no_speakers,
        of=("headcount", "representatives", "channel"),
    ),
    Rule(
        "reception.again",
        "reception",
        N_("This visitor came before:"),
        _PETITIONS,
        "hint",
        _again,
        of=("name", "phone"),
        other=_came_before,
    ),
    Rule(
        "reception.namesake",
        "reception",
        N_("Somebody of that name came before; ask whether it is the same person:"),
        _PETITIONS,
        "hint",
        _same_name,
        of=("name", "phone"),
        other=_namesake,
    ),
    Rule(
        "reception.ticket",
        "reception",
        N_("A matter of the 12345 hotline has the number of its ticket."),
        "12345 政务服务便民热线",
        "hint",
        _no_ticket,
        of=("ticket", "channel"),
    ),
    Rule(
        "hospitality.letter",
        "hospitality",
        N_("No letter, no reception: note the number of the letter."),
        f"{_GUESTS}, 7",
        "warn",
        _no_letter,
        of=("letter_no",),
    ),
    Rule(
        "hospitality.companions",
        "hospitality",
        N_("Up to ten guests have at most three companions at table; more, at most a third."),
        f"{_GUESTS}, 10",
        "warn",
        _companions,
        of=("companions", "headcount"),
    ),
    Rule(
        "duty_log.elements",
        "duty_log",
        N_("A telephone note says who called, from where, when, about what, and the number."),
        "电话记录五要素",
        "hint",
        _elements,
        of=("channel", "caller", "from_unit", "phone", "content"),
    ),
)
