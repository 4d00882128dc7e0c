"""Lines of the leaders' schedule (程), with what they collide with.

Now is Friday 2026-11-20 08:10, the user is 李梅, business closes at 17:30.
"""

from __future__ import annotations

from typing import Any

import pytest

from officetui.intake.capture import Captured, understand
from tests.intake.fake_view import FakeView, office

VILLAGE = "程 周镇长 今天9:20到11点 石桥村 查看水毁 赵强陪同"


def view() -> FakeView:
    """The office of the cases, with vehicles, and what the secretary has on Tuesday."""
    made = office()
    made.settings["vehicles"] = ["车1", "车2"]
    made.docs["meetings"].append(
        {
            "id": "m2",
            "title": "党委会",
            "start": "2026-11-24T09:30",
            "room": "二楼会议室",
            "host": "王建国",
            "leaders": ["王建国", "周海涛"],
            "state": "fixed",
        }
    )
    return made


def of(line: str) -> Captured:
    return understand(line, view())


def texts(found: Captured, severity: str) -> list[str]:
    return [hint.text for hint in found.hints if hint.severity == severity]


# --- the two rows of the cases --------------------------------------------------------------


def test_three_days_at_the_party_school() -> None:
    found = of("程 王书记 下周一到周三 县委党校学习")
    assert found.register == "schedule"
    assert found.cells == {
        "leader": "王建国",
        "kind": "out",
        "start": "2026-11-23",
        "end": "2026-11-25",
        "place": "县委党校",
        "matter": "学习",
    }
    assert texts(found, "warn") == ["clashes with 11-24 09:30 党委会: 王建国"]
    assert texts(found, "hint") == ["clashes with duty on 11-24: 王建国 Leader"]
    assert found.ready


def test_a_leave_of_two_days_asks_who_deputises() -> None:
    found = of("程 孙镇长 请假 今明两天")
    assert found.cells == {
        "leader": "孙丽华",
        "kind": "leave",
        "start": "2026-11-20",
        "end": "2026-11-21",
        "matter": "请假",
    }
    assert found.missing == ["deputy"]
    assert texts(found, "ask") == ["Who deputises?"]
    assert found.ready


# --- others, as they are typed --------------------------------------------------------------

LINES: list[tuple[str, dict[str, Any]]] = [
    (
        VILLAGE,
        {
            "leader": "周海涛",
            "companions": ["赵强"],
            "kind": "out",
            "start": "2026-11-20T09:20",
            "end": "2026-11-20T11:00",
            "place": "石桥村",
            "matter": "查看水毁",
        },
    ),
    (
        "程 陈镇长 县里开会 12点回 车1",
        {
            "leader": "陈志远",
            "kind": "meeting",
            "start": "2026-11-20T08:10",
            "end": "2026-11-20T12:00",
            "place": "县里",
            "matter": "开会",
            "vehicle": "车1",
        },
    ),
    (
        "程 孙镇长 请假3天 从明天 业务交周海涛",
        {
            "leader": "孙丽华",
            "kind": "leave",
            "start": "2026-11-21",
            "end": "2026-11-23",
            "deputy": "周海涛",
            "matter": "请假",
        },
    ),
    (
        "程 林芳 产假 12月1日到3日 由何静代",
        {
            "leader": "林芳",
            "kind": "leave",
            "start": "2026-12-01",
            "end": "2026-12-03",
            "deputy": "何静",
            "matter": "产假",
        },
    ),
    (
        "程 刘书记、周镇长 今晚22:00到明早6点 水库巡查",
        {
            "leader": "刘晓燕",
            "companions": ["周海涛"],
            "kind": "out",
            "start": "2026-11-20T22:00",
            "end": "2026-11-21T06:00",
            "place": "水库",
            "matter": "巡查",
        },
    ),
    (
        "程 刘书记 20号22点到21号6点 防汛指挥部值守",
        {
            "leader": "刘晓燕",
            "kind": "out",
            "start": "2026-11-20T22:00",
            "end": "2026-11-21T06:00",
            "place": "防汛指挥部",
            "matter": "值守",
        },
    ),
    (
        "程 马主席 26号全天 在镇",
        {"leader": "马文斌", "kind": "in", "start": "2026-11-26", "matter": "在镇"},
    ),
    (
        "程王书记 明天下午3点到5点 三楼大会议室 接待 车2",
        {
            "leader": "王建国",
            "kind": "out",
            "start": "2026-11-21T15:00",
            "end": "2026-11-21T17:00",
            "place": "三楼大会议室",
            "matter": "接待",
            "vehicle": "车2",
        },
    ),
    (
        "去向 周镇长 石桥村 9:20回",
        {
            "leader": "周海涛",
            "kind": "out",
            "start": "2026-11-20T08:10",
            "end": "2026-11-20T09:20",
            "place": "石桥村",
            "matter": "石桥村",
        },
    ),
    (
        "程 孙镇长 休假 本周六 周海涛代",
        {
            "leader": "孙丽华",
            "kind": "leave",
            "start": "2026-11-21",
            "end": "2026-11-21",
            "deputy": "周海涛",
            "matter": "休假",
        },
    ),
    (
        "schedule 王建国 mon to wed at County Party School, for study",
        {
            "leader": "王建国",
            "kind": "out",
            "start": "2026-11-23",
            "end": "2026-11-25",
            "place": "County Party School",
            "matter": "study",
        },
    ),
    (
        "schedule 陈志远 tomorrow 9am to 11am at County Hall for budget meeting with 赵强",
        {
            "leader": "陈志远",
            "companions": ["赵强"],
            "kind": "meeting",
            "start": "2026-11-21T09:00",
            "end": "2026-11-21T11:00",
            "place": "County Hall",
            "matter": "budget meeting",
        },
    ),
]


@pytest.mark.parametrize(("line", "cells"), LINES, ids=[line for line, _cells in LINES])
def test_a_line(line: str, cells: dict[str, Any]) -> None:
    found = of(line)
    assert found.register == "schedule"
    assert found.cells == cells
    assert found.ready


def test_both_sides_and_free_hours_are_told_while_typing() -> None:
    found = of("程 周海涛 今天14:30到16:00 去县应急局 汇报工作")
    assert found.cells["place"] == "县应急局"
    assert texts(found, "warn") == ["clashes with 14:30 安全生产例会: 周海涛"]
    assert "Free today from: 16:00, 10:00, 08:30" in texts(found, "hint")


def test_a_day_that_is_none_is_said_and_kept() -> None:
    found = of("程 王建国 2月30日 县里")
    assert [(one.field, one.text) for one in found.problems] == [
        ("start", "There is no such day: 2月30日.")
    ]
    assert found.cells["note"] == "2月30日"
    assert not found.ready


def test_somebody_unknown_is_asked_about() -> None:
    found = of("程 张三 明天 县里开会")
    assert found.cells["leader"] == "张三"
    assert texts(found, "ask") == ["张三 is not in the directory; kept as typed."]


def test_a_word_that_only_begins_like_it() -> None:
    assert of("程序员来了").register == ""
