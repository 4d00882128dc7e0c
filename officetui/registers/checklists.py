"""What has to be prepared for a meeting, by its sort: templates, the office's own before ours.

Times are minutes from the start, negative before it, so that a meeting takes them along when it
is moved. Three checks precede every start: at set-up, 30 and 10 minutes before; those remind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from officetui.registers.model import Choice
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, _

Item = dict[str, Any]

SORTS: Final[tuple[Choice, ...]] = (
    Choice("party", N_("party committee"), ("党委会", "黨委會")),
    Choice("work", N_("work meeting"), ("工作会", "工作會", "例会")),
    Choice("video", N_("telephone or video conference"), ("电视电话会", "视频会", "視訊會")),
    Choice("big", N_("big conference"), ("大会", "大會")),
    Choice("inspection", N_("inspection visit"), ("检查调研", "检查", "调研", "檢查")),
    Choice("event", N_("event"), ("活动", "活動")),
)
# Words of a title that tell its sort, the surest first.
_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("video", ("视频", "視頻", "视讯", "視訊", "电视电话", "電視電話", "电话会", "video", "phone")),
    ("party", ("党委会", "黨委會", "党组会", "党委扩大", "party committee")),
    ("inspection", ("检查", "调研", "巡察", "督查", "视察", "檢查", "調研", "inspection")),
    ("event", ("活动", "仪式", "慰问", "运动会", "活動", "儀式", "ceremony", "event")),
    ("big", ("大会", "代表大", "动员会", "表彰", "大會", "conference", "congress")),
)


def _at(offset: int, *names: str) -> list[Item]:
    return [{"what": name, "offset": offset} for name in names]


CHECKS: Final[list[Item]] = [
    {"what": N_("Check at set-up"), "offset": -120, "check": True},
    {"what": N_("Check 30 minutes before"), "offset": -30, "check": True},
    {"what": N_("Check 10 minutes before"), "offset": -10, "check": True},
]
TEMPLATES: Final[dict[str, list[Item]]] = {
    "party": [
        *_at(-2880, N_("Matters collected and approved")),
        *_at(-1440, N_("Notices and replies"), N_("Materials sent to the members")),
        *_at(-120, N_("Room and seats"), N_("Name cards")),
        *_at(-30, N_("Water"), N_("Sign-in sheet")),
        *_at(1440, N_("Minutes of the meeting"), N_("Materials back")),
    ],
    "video": [
        *_at(-1440, N_("Notices and replies"), N_("Names given upwards")),
        *_at(-180, N_("Line tested with the other side"), N_("Camera, sound and screen")),
        *_at(-120, N_("Room and seats"), N_("Name cards")),
        *_at(-60, N_("Power and line in reserve")),
        *_at(-30, N_("Water"), N_("Sign-in sheet")),
    ],
    "big": [
        *_at(-4320, N_("Plan of the conference"), N_("Notices and replies")),
        *_at(-2880, N_("Speeches and chairing script"), N_("Seating from the precedence")),
        *_at(-1440, N_("Materials printed and in bags"), N_("Banner, sound and screen")),
        *_at(-180, N_("Name cards"), N_("Parking and guides")),
        *_at(-60, N_("Sign-in sheet"), N_("Water")),
        *_at(120, N_("Materials back"), N_("Accounts")),
    ],
    "inspection": [
        *_at(-2880, N_("Plan and route"), N_("Report and materials")),
        *_at(-1440, N_("Places to visit told"), N_("Vehicles"), N_("Who accompanies")),
        *_at(-120, N_("Room and seats"), N_("Name cards")),
        *_at(-30, N_("Water")),
        *_at(1440, N_("What was asked for, as follow-ups")),
    ],
    "event": [
        *_at(-4320, N_("Plan of the event"), N_("Safety plan")),
        *_at(-1440, N_("Notices and replies"), N_("Place, sound and power")),
        *_at(-180, N_("Banner, sound and screen"), N_("Parking and guides")),
        *_at(-60, N_("Water"), N_("First aid")),
        *_at(120, N_("Place cleared"), N_("Accounts")),
    ],
}


def sort_of(title: str) -> str:
    """Which sort of meeting a title tells; a work meeting when it tells none."""
    low = title.lower()
    return next((sort for sort, words in _WORDS if any(word in low for word in words)), "work")


def items_of(sort: str, view: View) -> list[Item]:
    """The checklist of a sort: the office's own, else ours, with the three checks.

    An office that writes checks of its own (`"check": true`) has those instead.
    """
    own = view.setting("checklists").get(sort)
    if own is None:
        own = view.setting("checklist") if sort == "work" else TEMPLATES.get(sort, [])
    items = [dict(item) for item in own if isinstance(item, Mapping) and item.get("what")]
    if items and not any(item.get("check") for item in items):
        items += CHECKS
    return sorted(items, key=lambda item: item.get("offset", -1_000_000))


def cells_of(sort: str, view: View) -> list[Item]:
    """The same as cells of new items, in the language in use."""
    found = []
    for item in items_of(sort, view):
        cells: Item = {"what": _(str(item["what"])), "state": "open"}
        if isinstance(item.get("offset"), int):
            cells["offset"] = item["offset"]
        if item.get("check"):
            cells["check"] = True
        found.append(cells)
    return found


def as_template(items: Iterable[Record]) -> list[Item]:
    """The items of a meeting as a checklist of the office's own, by their hours."""
    found = []
    for item in items:
        cells: Item = {"what": item.text("what")}
        offset = item.whole("offset")
        if offset is not None:
            cells["offset"] = offset
        if item.get("check"):
            cells["check"] = True
        found.append(cells)
    return sorted(found, key=lambda cells: cells.get("offset", -1_000_000))


def children_of(cells: Mapping[str, Any], view: View) -> list[tuple[str, Item]]:
    """The checklist that a new meeting with these cells begins with; an upper one is not ours."""
    if cells.get("kind") == "upper":
        return []
    sort = str(cells.get("checklist") or sort_of(str(cells.get("title", ""))))
    return [("items", item) for item in cells_of(sort, view)]
