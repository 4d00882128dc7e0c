"""Emergencies as they are typed in a hurry. Now is Friday 2026-11-20 08:10, the user is 李梅."""

from __future__ import annotations

from typing import Any

import pytest

from officetui.intake.capture import understand
from tests.intake.fake_view import office


def test_a_slide_with_everything() -> None:
    found = understand(
        "紧急 石桥村山体滑坡 2人被困 王支书报 13900001111 已转移30人 可能继续下滑 影响6户 @何静 #急",
        office(),
    )
    assert found.register == "incidents"
    assert found.ready
    assert found.cells == {
        "at": "2026-11-20T08:10",
        "learned_at": "2026-11-20T08:10",
        "place": "石桥村",
        "matter": "山体滑坡",
        "kind": "natural",
        "source": "王支书",
        "phone": "13900001111",
        "casualties": "2人被困",
        "measures": "已转移30人",
        "trend": "可能继续下滑",
        "scope": "影响6户",
        "owner": "何静",
        "tags": ["急"],
        "phone_due": "2026-11-20T08:30",
        "written_due": "2026-11-20T08:50",
        "final_due": "2026-11-21T08:10",
    }
    assert (found.missing, found.problems) == ([], [])
    assert any("by phone by 08:30, in writing by 08:50" in hint.text for hint in found.hints)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "紧急 7点50 县道102路段交通事故 1人死亡3名乘客受伤 派出所来电 可能堵车到中午",
            {"at": "2026-11-20T07:50", "place": "县道102路段", "matter": "交通事故",
             "casualties": "1人死亡 3名乘客受伤", "source": "派出所", "kind": "accident",
             "trend": "可能堵车到中午"},
        ),
        (
            "紧急信息 今早6点左右新田饲料厂着火 无人员伤亡",
            {"at": "2026-11-20T06:00", "place": "新田饲料厂", "matter": "着火",
             "casualties": "无人员伤亡", "learned_at": "2026-11-20T08:10"},
        ),
        (
            "紧急 刚才 石桥村 山体滑坡 2人被埋 已派人",
            {"at": "2026-11-20T08:10", "place": "石桥村", "matter": "山体滑坡",
             "casualties": "2人被埋", "measures": "已派人"},
        ),
        ("紧急 刚刚石桥村火灾 烧伤3人", {"place": "石桥村", "matter": "火灾", "casualties": "烧伤3人"}),
        ("紧急 10分钟前 清河大桥 溺水1人", {"at": "2026-11-20T08:00", "casualties": "溺水1人"}),
        ("紧急 半小时前柳湾村山洪", {"at": "2026-11-20T07:40", "place": "柳湾村", "matter": "山洪"}),
        ("紧急 柳湾村山洪 30分钟前报县里", {"at": "2026-11-20T08:10", "place": "柳湾村"}),
        ("紧急石桥村房屋倒塌", {"place": "石桥村", "matter": "房屋倒塌"}),
        ("突发 停电", {"matter": "停电", "place": None, "owner": "李梅"}),
        ("紧急 昨晚23点柳湾村水库漫坝", {"at": "2026-11-19T23:00", "matter": "水库漫坝"}),
        ("紧急 聚集50人 ＋镇政府门口", {"place": "镇政府门口", "kind": "security"}),
        (
            "incident landslide at Shiqiao Village, 3 trapped",
            {"place": "Shiqiao Village", "matter": "landslide", "casualties": "3 trapped"},
        ),
    ],
)  # fmt: skip
def test_in_a_hurry(line: str, cells: dict[str, Any]) -> None:
    """Whatever is missing is said; nothing of it keeps the line from being recorded."""
    found = understand(line, office())
    assert found.register == "incidents"
    assert {name: found.cells.get(name) for name in cells} == cells
    assert found.ready
    assert found.cells["phone_due"] == "2026-11-20T08:30"


def test_a_line_that_says_nothing_is_none() -> None:
    assert not understand("紧急", office()).ready
    assert understand("紧急通知 大家开会", office()).register == ""
    assert "source" in understand("突发 停电", office()).missing
