"""Lines of outgoing papers and drafts as they are typed in a hurry, with their meaning.

Now is Friday 2026-11-20 08:10, the user is 李梅, business closes at 17:30.
"""

from __future__ import annotations

from typing import Any

import pytest

from officetui.intake.capture import Captured, completed, understand
from tests.intake.fake_view import FakeView, office


def of(line: str, register: str | None = None) -> Captured:
    return understand(line, office(), register)


def hints(captured: Captured, field: str) -> str:
    return " ".join(hint.text for hint in captured.hints if hint.field == field)


def test_a_request_for_money_to_two_offices() -> None:
    line = "发 请示 关于石桥村道路维修资金的请示 主送县政府、县财政局 @赵强"
    found = of(line)
    assert (found.register, found.line) == ("outgoing", line)
    assert found.cells == {
        "genre": "请示",
        "title": "关于石桥村道路维修资金的请示",
        "main_to": ["县政府", "县财政局"],
        "drafter": "赵强",
        "owner": "赵强",
        "drafted_at": "2026-11-20",
        "held_from": "2026-11-20",
    }
    assert "one main recipient only" in hints(found, "main_to")
    assert found.missing == ["signer"]
    assert found.problems == []
    assert found.ready


PAPERS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "发通知 关于做好冬季森林防火工作的通知 主送各村、镇直各单位 抄送县林业局 #加急 ……周五前 ＠徐磊",
        {"genre": "通知", "title": "关于做好冬季森林防火工作的通知",
         "main_to": ["各村", "镇直各单位"], "cc_to": ["县林业局"], "urgency": "加急",
         "due": "2026-11-20T17:30", "drafter": "徐磊"},
        [],
    ),
    (
        "发文 关于报送2026年度考核材料的报告 主送县委组织部 王书记签发 20份 @吴敏",
        {"genre": "报告", "main_to": ["县委组织部"], "signer": "王建国", "copies": 20,
         "drafter": "吴敏", "title": "关于报送2026年度考核材料的报告"},
        [],
    ),
    (
        "发 清镇政【2026】第012号 关于召开安全生产例会的通知 主送各村 @何静",
        {"doc_no": "清镇政〔2026〕12号", "org_code": "清镇政", "genre": "通知",
         "title": "关于召开安全生产例会的通知", "main_to": ["各村"]},
        [],
    ),
    (
        "发 函 关于商请支援铲雪机械的函 主送：县交通局 刘书记核稿 周三下午3点前 @赵强",
        {"genre": "函", "title": "关于商请支援铲雪机械的函", "main_to": ["县交通局"],
         "reviewer": "刘晓燕", "due": "2026-11-25T15:00"},
        [],
    ),
    (
        "发关于表彰先进的决定 签发 王建国 @李梅 #重点",
        {"genre": "决定", "signer": "王建国", "weight": True, "title": "关于表彰先进的决定",
         "main_to": None},
        ["main_to"],
    ),
    (
        "发 纪要 党委会 主送 各办公室 @郑凯 #归档",
        {"genre": "纪要", "title": "党委会", "main_to": ["各办公室"], "tags": ["归档"]},
        [],
    ),
    (
        "發 請示 關於道路的請示",
        {"genre": "请示", "title": "關於道路的請示", "drafter": None},
        ["drafter", "main_to", "signer"],
    ),
    (
        "发 关于资金的请示 主送县政府 @赵强 ^2月30日",
        {"genre": "请示", "due": None, "note": "^2月30日"},
        ["signer"],
    ),
    (
        "out notice On winter duty to:all villages, schools cc:County office @赵强 ^fri",
        {"genre": "通知", "title": "On winter duty", "main_to": ["all villages", "schools"],
         "cc_to": ["County office"], "due": "2026-11-20T17:30", "drafter": "赵强"},
        [],
    ),
    (
        "out request for instructions On the road of Shiqiao to:County government",
        {"genre": "请示", "title": "On the road of Shiqiao", "main_to": ["County government"]},
        ["drafter", "signer"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "cells", "missing"), PAPERS, ids=[p[0][:20] for p in PAPERS])
def test_a_paper(line: str, cells: dict[str, Any], missing: list[str]) -> None:
    found = of(line)
    assert (found.register, found.line) == ("outgoing", line)
    assert {name: found.cells.get(name) for name in cells} == cells
    assert found.missing == missing
    assert found.ready


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("发 关于低保提标和申请追加资金的请示 主送县民政局 @曹阳", "title", "one matter"),
        ("发 关于道路塌方申请拨付资金的报告 主送县政府 @赵强", "genre", "make it a request"),
        ("发 关于道路的请示 主送周县长 @赵强", "main_to", "not to a leader"),
        ("发 关于道路的请示 主送县政府 抄送各村 @赵强", "cc_to", "not copied"),
        ("发 关于道路的请示报告 主送县政府 @赵强", "title", "no genre 请示报告"),
        ("发 关于道路的请示 主送县政府 刘书记签发 @赵强", "signer", "The head"),
        ("发 道路情况 主送县政府 @赵强", "genre", "fifteen"),
        ("发 通知 关于道路的通知 #特急 @赵强", "due", "urgent"),
        ("发 清镇政[2026]012号 关于道路的通知 @赵强", "doc_no", "清镇政〔2026〕12号"),
    ],
)
def test_what_breaks_a_rule_is_said_at_its_field(line: str, field: str, words: str) -> None:
    found = of(line)
    assert words in hints(found, field)
    assert found.cells["title"]


@pytest.mark.parametrize(
    "line",
    [
        "发 关于道路、桥梁维修资金的请示 主送县政府 王书记签发 @赵强",
        "发 关于2026年工作情况的报告 主送县政府 王书记签发 @赵强",
        "发 关于印发规则的通知 主送各村、各站所 @赵强",
        "发 关于征求意见的函 主送县财政局 抄送各村 @赵强",
    ],
)
def test_what_breaks_no_rule(line: str) -> None:
    assert of(line).hints == []


def test_a_classified_paper_is_kept_nowhere() -> None:
    found = of("发 机密 关于某某的请示 主送县委 @赵强")
    assert found.blocked and not found.ready and found.line == ""
    assert found.cells == {"drafted_at": "2026-11-20", "secrecy": "机密"}
    assert "某某" not in repr(found)


@pytest.mark.parametrize("line", ["发放补贴的事", "发烧请假", "材料室门坏了", "材质不对"])
def test_what_is_no_paper_and_no_draft(line: str) -> None:
    assert of(line).register == ("errands" if "坏了" in line else "")


DRAFTS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "材 书记讲话稿 周三前 @赵强",
        {"title": "书记讲话稿", "due": "2026-11-25T17:30", "writer": "赵强", "owner": "赵强"},
        [],
    ),
    (
        "材 王书记在安全生产会上的讲话 二稿 刘书记审 ……今天17:30 @赵强",
        {"title": "王书记在安全生产会上的讲话", "for_whom": "王建国", "version": "二稿",
         "reviewer": "刘晓燕", "due": "2026-11-20T17:30"},
        [],
    ),
    (
        "材料 党代会工作报告 初稿 用于镇党代会 月底交稿 @吴敏",
        {"title": "党代会工作报告", "version": "初稿", "occasion": "镇党代会",
         "due": "2026-11-30T17:30", "writer": "吴敏"},
        [],
    ),
    (
        "材陈镇长在全县会上的发言材料 ^3个工作日 ＠郑凯 #重点",
        {"for_whom": "陈志远", "due": "2026-11-25T17:30", "writer": "郑凯", "tags": ["重点"]},
        [],
    ),
    (
        "draft Speech for the opening second draft for:opening ^fri @赵强",
        {"title": "Speech for the opening", "version": "二稿", "occasion": "opening"},
        [],
    ),
    ("材 年终总结 ^月底", {"title": "年终总结", "due": "2026-11-30T17:30"}, ["writer"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "cells", "missing"), DRAFTS, ids=[d[0][:20] for d in DRAFTS])
def test_a_draft(line: str, cells: dict[str, Any], missing: list[str]) -> None:
    found = of(line)
    assert (found.register, found.line) == ("drafts", line)
    assert {name: found.cells.get(name) for name in cells} == cells
    assert found.missing == missing
    assert found.ready


def test_a_draft_without_a_deadline_waits_for_one() -> None:
    found = of("材 年终总结 @赵强")
    assert found.missing == ["due"] == found.required
    assert not found.ready


def test_the_number_of_another_paper_is_told() -> None:
    view = FakeView({
        "outgoing": [{
            "id": "o1", "title": "关于值班的通知", "doc_no": "清镇政〔2026〕12号", "state": "void",
        }],
    })  # fmt: skip
    found = understand("发 清镇政〔2026〕12号 关于道路的通知 @赵强", view)
    assert "this number already" in hints(found, "doc_no")


def test_what_follows_from_a_form() -> None:
    cells = {"title": "关于道路的请示", "doc_no": "清政发〔2026〕3号", "drafter": "赵强"}
    full = completed("outgoing", cells, office())
    assert (full["genre"], full["org_code"], full["owner"]) == ("请示", "清政发", "赵强")
    assert completed("drafts", {"title": "讲话", "writer": "赵强"}, office())["owner"] == "赵强"
