"""What meetings, the leaders' schedule and a clash look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from looking import at_both_sizes, press

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

LINE = "信访协调会 今天14:40到15:20 ＋二楼会议室 陈镇长主持"
VIEWS: dict[str, Sequence[str]] = {
    "list": ["4"],
    "week": ["4", "down", "minus"],
    "attendees": ["4", "down", "right", "left_square_bracket", "asterisk"],
    "schedule": ["7"],
    "leave": ["7", "enter"],
    "clash-line": ["4", "a", LINE],
    "clash-form": ["4", "a", LINE, "tab"],
    "day-sheet": ["7", "ctrl+p", "领导日程表", "enter"],
    "template": ["4", "down", "enter", "0", "0", "2"],
    "seating-u": ["4", "enter", "0", "0", "1", "2"],
    "seating-rostrum": ["4", "enter", "0", "0", "1", "3"],
}


def _plans(office: Office) -> None:
    """Two outings, one of them with a clash, and a leave that waits for its approval."""
    office.set_setting("rooms", ["二楼会议室", "三楼大会议室"])
    office.set_setting("vehicles", ["车1", "车2"])
    for cells in (
        {"leader": "孙丽华", "kind": "leave", "start": "2026-11-20", "end": "2026-11-21",
         "matter": "事假", "deputy": "周海涛"},
        {"leader": "陈志远", "kind": "meeting", "start": "2026-11-20T08:30",
         "end": "2026-11-20T12:00", "place": "县里", "matter": "县委经济会", "vehicle": "车1"},
        {"leader": "周海涛", "start": "2026-11-23T10:00", "end": "2026-11-23T12:00",
         "place": "石桥村", "matter": "查看道路隐患", "companions": ["徐磊"], "vehicle": "车2"},
    ):  # fmt: skip
        office.create("schedule", cells)


@at_both_sizes
@pytest.mark.parametrize("view", list(VIEWS))
def test_meetings_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    _plans(fixed_office)
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(VIEWS[view]))
