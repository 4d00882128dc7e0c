"""Follow-ups as they are typed in a hurry: the cases of the office, and others.

Now is Friday 2026-11-20 08:10, the user is 李梅, business closes at 17:30.
"""

from __future__ import annotations

from typing import Any

import pytest

from officetui.intake.capture import Captured, understand
from tests.intake.fake_view import office


def of(line: str, register: str | None = None) -> Captured:
    return understand(line, office(), register)


def hints(captured: Captured, field: str, severity: str = "") -> str:
    return " ".join(
        hint.text
        for hint in captured.hints
        if hint.field == field and severity in ("", hint.severity)
    )


def test_what_a_leader_said_in_passing() -> None:
    found = of("督 王书记说下周三前把石桥村道路隐患整完 @周镇长 @城建办")
    assert found.register == "followups"
    assert found.ready
    assert found.cells == {
        "source": "verbal",
        "raised_by": "王建国",
        "raised_at": "2026-11-20T08:10",
        "content": "把石桥村道路隐患整完",
        "due": "2026-11-25T17:30",
        "owner": "周海涛",
        "lead_unit": "城建办",
    }
    assert "城建办" in hints(found, "lead_unit", "ask")  # not in the directory
    assert (found.missing, found.problems) == ([], [])


def test_a_decision_for_two_units_asks_which_leads_and_which_meeting() -> None:
    found = of("督 党委会议定 各村冬季防火排查表 @综治办 @应急办 ^月底")
    assert found.cells["source"] == "decision"
    assert found.cells["due"] == "2026-11-30T17:30"
    assert found.cells["co_units"] == ["综治办", "应急办"]
    assert found.cells["content"] == "各村冬季防火排查表"
    assert "basis" not in found.cells and hints(found, "basis", "ask")
    assert "综治办, 应急办" in hints(found, "lead_unit", "ask")
    assert set(found.missing) == {"owner", "lead_unit"}
    assert found.ready


def test_a_slip_from_above() -> None:
    found = of("督 县委督查室督办单 扶贫项目进度 ^3天 @刘书记")
    assert found.cells["source"] == "upper"
    assert found.cells["raised_by"] == "县委督查室"
    assert found.cells["owner"] == "刘晓燕"
    assert found.cells["due"] == "2026-11-23T17:30"
    assert found.cells["content"] == "扶贫项目进度"
    assert "calendar days" in hints(found, "due")


def test_a_date_that_has_passed_is_asked_about() -> None:
    found = of("督 补报防汛总结 @徐磊 ^11-19")
    assert "due" not in found.cells
    assert found.cells["note"] == "^11-19"
    assert found.cells["owner"] == "徐磊"
    said = " ".join(problem.text for problem in found.problems if problem.field == "due")
    assert "yesterday" in said and "next year" in said and "again" in said


OTHERS: list[tuple[str, dict[str, Any]]] = [
    (
        "督王书记说下周三前把路修完",
        {
            "source": "verbal",
            "raised_by": "王建国",
            "due": "2026-11-25T17:30",
            "content": "把路修完",
        },
    ),
    (
        "督办 陈镇长批示 石桥村危房搬迁 @何静 #重点",
        {"source": "instruction", "raised_by": "陈志远", "weight": True, "lead_unit": "应急办"},
    ),
    (
        "督 巡察组反馈 食堂账目不清 @党政办 @曹阳 ^30天",
        {"source": "inspection", "raised_by": "巡察组", "lead_unit": "党政办", "owner": "曹阳"},
    ),
    (
        "督 信访件 宅基地纠纷 10个工作日 @吴敏",
        {"source": "petition", "due": "2026-12-04T17:30", "content": "宅基地纠纷"},
    ),
    (
        "督 刘书记在会上强调 各办25日前报明年工作打算 @李梅",
        {"source": "verbal", "raised_by": "刘晓燕", "due": "2026-11-25T17:30"},
    ),
    (
        "督 道路隐患排查表 今天17:30前报 @郑凯 #收表",
        {"due": "2026-11-20T17:30", "tags": ["收表"], "content": "道路隐患排查表"},
    ),
    (
        "督 ＠谢宇 核实网格员补贴 ＾12月5日",
        {"owner": "谢宇", "lead_unit": "综治办", "due": "2026-12-05T17:30"},
    ),
    (
        "督 孙镇长让 卫生院把发热门诊标识换了 @彭博 ……周五",
        {"source": "verbal", "raised_by": "孙丽华", "due": "2026-11-20T17:30", "owner": "彭博"},
    ),
    (
        "follow 王书记 said fix the Stonebridge road by wed @赵强",
        {"source": "verbal", "due": "2026-11-25T17:30", "content": "fix the Stonebridge road"},
    ),
    (
        "follow slip from County Inspection: poverty project ^3wd @刘书记",
        {"source": "upper", "raised_by": "County Inspection", "due": "2026-11-25T17:30"},
    ),
    (
        "follow committee decided fire check in all villages ^nov 30 @何静",
        {"source": "decision", "due": "2026-11-30T17:30", "content": "fire check in all villages"},
    ),
    (
        "follow fix the pump ^tomorrow @Nobody",
        {"owner": "Nobody", "due": "2026-11-21T17:30", "content": "fix the pump"},
    ),
]


@pytest.mark.parametrize(("line", "cells"), OTHERS, ids=[line for line, _cells in OTHERS])
def test_other_lines(line: str, cells: dict[str, Any]) -> None:
    found = of(line)
    assert found.register == "followups"
    assert found.ready
    assert {name: found.cells.get(name) for name in cells} == cells


def test_a_leader_whom_nobody_knows_is_asked_about() -> None:
    found = of("督 钱书记说周三前报方案 @何静")
    assert found.cells["raised_by"] == "钱书记"
    assert found.cells["source"] == "verbal"
    assert found.cells["content"] == "周三前报方案"
    assert "钱书记" in hints(found, "raised_by", "ask")


def test_the_prefix_may_be_left_out_where_the_register_is_known() -> None:
    line = "王书记说下周三前把路修完 @何静"
    assert of(line, "followups").cells == of("督 " + line).cells


@pytest.mark.parametrize("line", ["督促检查各村防火", "督导组明天到", "督查室来电"])
def test_words_that_only_begin_alike_are_no_follow_ups(line: str) -> None:
    assert of(line).register != "followups"


def test_nothing_to_do_is_not_recorded() -> None:
    for line in ("督", "督 @罗丹", "督 ^周五"):
        found = of(line)
        assert not found.ready
        assert "content" in found.required
