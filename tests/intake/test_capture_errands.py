"""Errands as they are typed in a hurry. Now is Friday 2026-11-20 08:10, the user is 李梅."""

from __future__ import annotations

from typing import Any

import pytest

from officetui.intake.capture import understand
from tests.intake.fake_view import office


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "勤 用印 社会事务办 低保证明2份 政府公章",
            {"kind": "seals", "for_whom": "社会事务办", "copies": 2, "seal": "政府公章",
             "content": "低保证明"},
        ),
        (
            "勤 采购 打印纸10箱 680元 @赵强 ……周三",
            {"kind": "supplies", "cost": "680", "due": "2026-11-25T17:30", "owner": "赵强",
             "content": "打印纸10箱"},
        ),
        ("桶装水没了 换水", {"kind": "supplies", "content": "桶装水没了 换水"}),
        (
            "二楼会议室空调维修 今天 ＠赵强",
            {"kind": "repairs", "due": "2026-11-20T17:30", "content": "二楼会议室空调维修"},
        ),
        (
            "勤派车 今天9:00-11:00 车1 司机王师傅 徐磊、何静 去石桥村",
            {"kind": "vehicles", "at": "2026-11-20T09:00", "end": "2026-11-20T11:00",
             "vehicle": "车1", "driver": "王师傅", "for_whom": "徐磊", "passengers": ["何静"],
             "place": "石桥村"},
        ),
        (
            "勤 派车 后天8点 送周镇长去市里培训 17点回",
            {"at": "2026-11-22T08:00", "end": "2026-11-22T17:00", "for_whom": "周海涛",
             "place": "市里"},
        ),
        (
            "勤 订餐 今天12点 防汛值守人员12份",
            {"kind": "meals", "at": "2026-11-20T12:00", "content": "防汛值守人员12份"},
        ),
        ("勤 加班 今晚 林芳 5人", {"kind": "overtime", "at": "2026-11-20", "headcount": 5}),
        ("勤 寄快递 县委组织部材料", {"kind": "mail"}),
        ("勤 打印 会议材料 30份", {"kind": "printing", "copies": 30, "content": "会议材料"}),
        (
            "errand car tomorrow 7:30 to County Hall, 3 people",
            {"kind": "vehicles", "at": "2026-11-21T07:30", "place": "County Hall",
             "headcount": 3},
        ),
    ],
)  # fmt: skip
def test_in_a_hurry(line: str, cells: dict[str, Any]) -> None:
    found = understand(line, office())
    assert found.register == "errands"
    assert {name: found.cells.get(name) for name in cells} == cells
    assert found.ready
    assert "approver" in found.missing


def test_what_a_trip_collides_with_and_which_vehicles_are_free() -> None:
    view = office()
    view.settings["vehicles"] = ["车1", "车2"]
    found = understand("勤 派车 今天14点 周镇长 去石桥村", view)
    said = {hint.field: hint.text for hint in found.hints}
    assert said["for_whom"].startswith("clashes with 14:30 安全生产例会")
    assert said["vehicle"] == "Free then: 车1, 车2"


def test_a_day_that_does_not_exist_is_said_and_an_hour_is_asked_for() -> None:
    wrong = understand("勤 派车 2月30日 去县委", office())
    assert not wrong.ready
    assert "no such day" in wrong.problems[0].text
    assert any(
        hint.text == "At what hour?" for hint in understand("勤 派车 去县委", office()).hints
    )


def test_official_guests_are_no_errand() -> None:
    for line in ("勤 公务接待 市应急局6人 周二中午", "公务接待 市应急局6人 周二中午"):
        assert understand(line, office()).register == "hospitality"
    assert understand("勤政廉政学习材料", office()).register == ""


def test_a_paper_about_an_errand_is_none() -> None:
    for line in ("县应急局 关于采购应急物资的通知", "关于维修石桥村道路的请示"):
        assert understand(line, office()).register == ""
