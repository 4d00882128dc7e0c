"""What lists, details, menus and dialogues look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from looking import at_both_sizes, press

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

VIEWS: dict[str, Sequence[str]] = {
    "documents": ["3"],
    "documents-year": ["3", "0", "0"],
    "duty": ["2", "space", "space"],
    "meetings": ["4"],
    "reception": ["5"],
    "people": ["7", "7", "7"],
    "outgoing": ["3", "3"],
    "outgoing-paper": ["3", "3", "right"],
    "outgoing-sign": ["3", "3", "enter"],
    "drafts": ["3", "3", "3"],
    "duty-log": ["2", "2"],
    "hospitality": ["5", "5"],
    "narrow": ["3", "comma"],
    "order": ["3", "full_stop"],
    "followups": ["6"],
    "followup": ["6", "down", "down", "right"],
    "followup-urge": ["6", "down", "down", "b"],
    "followup-late": ["6", "d"],
    "paper": ["3", "down", "down", "right"],
    "meeting": ["4", "down", "right"],
    "menu": ["3", "enter"],
    "menu-always": ["3", "enter", "0", "0"],
    "assign": ["3", "o"],
    "move": ["4", "down", "w"],
    "edit": ["5", "e"],
    "refused": ["4", "w", "=", "enter"],
    "capture": ["3", "a", "县应急局 关于低温雨雪防范的通知 #特急 ^今天17:00"],
    "capture-later": ["3", "a", "勤 派车 明天7点半 去县委开会"],
    "help": ["3", "question_mark"],
    "palette": ["3", "ctrl+p"],
    "empty": ["5", "left_square_bracket", "left_square_bracket", "left_square_bracket"],
}


def _busy(office: Office) -> None:
    """Papers going out, a speech, calls and guests, each a step further than the other."""
    made = [
        office.create(
            "outgoing",
            {"title": title, "genre": genre, "drafter": "赵强", "drafted_at": "2026-11-19", **more},
        )
        for title, genre, more in (
            ("关于石桥村道路维修资金的请示", "请示", {"main_to": ["县政府"], "due": "2026-11-20"}),
            ("关于做好冬季防火工作的通知", "通知", {"main_to": ["各村"], "urgency": "加急"}),
            ("关于2026年度工作情况的报告", "报告", {"main_to": ["县委"], "due": "2026-11-27"}),
        )
    ]
    first = office.get(made[0].refs[0])
    assert first is not None
    office.do([first], "submit", {"reviewer": "何静"})
    office.create(
        "drafts",
        {"title": "书记讲话稿", "for_whom": "王建国", "occasion": "党员大会", "version": "二稿",
         "writer": "赵强", "due": "2026-11-20T17:30"},
    )  # fmt: skip
    for caller, content in (("王主任", "上午10点前报雪情"), ("石桥村", "停水两天了")):
        office.create(
            "duty_log",
            {"at": "2026-11-20T07:30", "channel": "phone", "caller": caller, "content": content,
             "from_unit": "县府办", "phone": "5552001", "owner": "何静", "recorder": "李梅"},
        )  # fmt: skip
    office.create(
        "hospitality",
        {"at": "2026-11-24T12:00", "project": "防汛检查", "letter_no": "市应急函〔2026〕8号",
         "meals": "工作餐", "companions": 3, "headcount": 6, "owner": "李梅"},
    )  # fmt: skip


BUSY = ("outgoing", "outgoing-paper", "outgoing-sign", "drafts", "duty-log", "hospitality")


@at_both_sizes
@pytest.mark.parametrize("view", list(VIEWS))
def test_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    if view in BUSY:
        _busy(fixed_office)
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(VIEWS[view]))
