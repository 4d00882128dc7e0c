"""Calls to the duty room and official guests as they are typed in a hurry: one test a line.

Now is Friday 2026-11-20 08:10, the user is 李梅, business closes at 17:30.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from officetui.intake.capture import Captured, understand
from tests.intake.fake_view import FakeView, office


def of(line: str, register: str | None = None, view: FakeView | None = None) -> Captured:
    return understand(line, view or office(), register)


def says(captured: Captured, **cells: Any) -> None:
    for name, value in cells.items():
        assert captured.cells.get(name) == value, name


def hints(captured: Captured, field: str) -> str:
    return " ".join(hint.text for hint in captured.hints if hint.field == field)


# --- the rows of the capture cases ---------------------------------------------------------


def test_a_call_from_the_county_with_a_deadline() -> None:
    found = of("电 县府办王主任 上午10点前报雪情 5552001 @何静")
    assert found.register == "duty_log"
    assert found.ready
    says(
        found,
        channel="phone",
        at="2026-11-20T08:10",
        from_unit="县府办",
        caller="王主任",
        phone="5552001",
        content="上午10点前报雪情",
        due="2026-11-20T10:00",
        owner="何静",
        recorder="李梅",
    )
    assert (found.missing, found.problems) == ([], [])
    assert hints(found, "caller") == ""


def test_a_caller_of_no_unit_is_asked_about_and_two_days_are_no_deadline() -> None:
    found = of("电 刘主任 石桥村停水两天了 13900003307")
    says(
        found,
        caller="刘主任",
        phone="13900003307",
        content="石桥村停水两天了",
        due=None,
        from_unit=None,
        owner=None,
    )
    assert found.missing == ["from_unit", "owner"]
    assert "刘晓燕?" in hints(found, "caller")
    assert found.ready


def test_guests_with_a_companion_too_many() -> None:
    found = of("勤 公务接待 市应急局6人 周二中午 工作餐 陪4人 @李梅")
    assert found.register == "hospitality"
    assert found.ready
    says(
        found,
        at="2026-11-24T12:00",
        from_unit="市应急局",
        headcount=6,
        meals="工作餐",
        companions=4,
        owner="李梅",
        project=None,
    )
    assert found.missing == ["letter_no", "cost"]
    assert "at most 3" in hints(found, "companions")


# --- others --------------------------------------------------------------------------------

CALLS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "电 水务局张工 石桥村主管已修好 下午通水",
        {"from_unit": "水务局", "caller": "张工", "content": "石桥村主管已修好 下午通水"},
        ["phone", "owner"],
    ),
    (
        "电县应急局 李科长 今晚有大风 刘书记指示各村今晚8点前到岗 @何静",
        {
            "from_unit": "县应急局",
            "caller": "李科长",
            "content": "今晚有大风",
            "instruction": "刘晓燕: 各村今晚8点前到岗",
            "due": "2026-11-20T20:00",
            "owner": "何静",
        },
        ["phone"],
    ),
    (
        "电 县委办 明天9点开视频会 ^明天9点 @李梅",
        {"from_unit": "县委办", "content": "明天9点开视频会", "due": "2026-11-21T09:00"},
        ["caller", "phone"],
    ),
    (
        "电 王书记 让各办下午3点前交总结",
        {"caller": "王建国", "due": "2026-11-20T15:00", "phone": "17778506531"},
        ["owner"],
    ),
    (
        "电 王大爷 家里停电 13912345678 @赵强",
        {"caller": "王大爷", "phone": "13912345678", "content": "家里停电", "owner": "赵强"},
        ["from_unit"],
    ),
    (
        "来电：县府办 王科长 5552001 报冬季值班表 3个工作日内 @郑凯",
        {"from_unit": "县府办", "caller": "王科长", "due": "2026-11-25T17:30", "owner": "郑凯"},
        [],
    ),
    (
        "电 石桥村 张会计 低保名单错了一户 0712-5551234 @曹阳",
        {"from_unit": "石桥村", "caller": "张会计", "phone": "0712-5551234"},
        [],
    ),
    (
        "电 综治办罗丹 今晚晚到半小时",
        {"from_unit": "综治办", "caller": "罗丹", "phone": "17749461493"},
        ["owner"],
    ),
    (
        "电 城南派出所 醉汉闹事已带走 ＃治安 ＠高翔",
        {"from_unit": "城南派出所", "tags": ["治安"], "owner": "高翔"},
        ["caller", "phone"],
    ),
    (
        "call Wang from County Office: report snow by 10:00 5552001 @何静",
        {
            "caller": "Wang",
            "from_unit": "County Office",
            "content": "report snow by 10:00",
            "due": "2026-11-20T10:00",
            "phone": "5552001",
            "owner": "何静",
        },
        [],
    ),
    (
        "log inspection 县委督查室 everyone at their post",
        {"channel": "inspection", "from_unit": "县委督查室", "due": None},
        ["owner"],
    ),
]


@pytest.mark.parametrize(("line", "cells", "missing"), CALLS, ids=[line for line, *_ in CALLS])
def test_a_call(line: str, cells: dict[str, Any], missing: list[str]) -> None:
    found = of(line)
    assert found.register == "duty_log"
    says(found, **cells)
    assert found.missing == missing
    assert found.ready
    assert found.line == line


GUESTS: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "接待 县林业局一行十二人 11月24日上午9点 检查森林防火 公函 县林函〔2026〕8号 陪4人 ＋二楼会议室 @赵强",
        {
            "from_unit": "县林业局",
            "headcount": 12,
            "at": "2026-11-24T09:00",
            "project": "检查森林防火",
            "letter_no": "县林函〔2026〕8号",
            "companions": 4,
            "places": ["二楼会议室"],
            "owner": "赵强",
        },
        ["cost"],
    ),
    (
        "公务接待 市审计局3人 下周一上午10点 巡察回访 陪2人 380元",
        {"headcount": 3, "at": "2026-11-23T10:00", "companions": 2, "cost": "380"},
        ["letter_no"],
    ),
    (
        "接待市应急局6人 周二中午",
        {"from_unit": "市应急局", "headcount": 6, "at": "2026-11-24T12:00"},
        ["letter_no", "cost"],
    ),
    (
        "勤 公务接待 省农科院 5人 26日 午餐",
        {"from_unit": "省农科院", "headcount": 5, "meals": "午餐"},
        ["letter_no", "cost"],
    ),
    (
        "接待 邻县考察团二十人 27日9点 陪6人",
        {"headcount": 20, "companions": 6, "at": "2026-11-27T09:00"},
        ["letter_no", "cost"],
    ),
    (
        "接待 县卫健局4人 明天下午3点 不用餐 @司马兰",
        {"meals": "不用餐", "at": "2026-11-21T15:00", "owner": "司马兰"},
        ["letter_no", "cost"],
    ),
    (
        "接待 县水利局2人 ^11-25 #汛期",
        {"at": "2026-11-25T17:30", "tags": ["汛期"], "headcount": 2},
        ["letter_no", "cost"],
    ),
    (
        "接待 县科协一行3人 周三15:00 函号 23",
        {"letter_no": "23", "headcount": 3},
        ["cost"],
    ),
    (
        "host City Emergency Bureau 6 guests tue 12:00 lunch 2 companions",
        {
            "from_unit": "City Emergency Bureau",
            "headcount": 6,
            "companions": 2,
            "meals": "lunch",
            "at": "2026-11-24T12:00",
        },
        ["letter_no", "cost"],
    ),
    (
        "接待 县住建局 周二上午 危房复核",
        {"from_unit": "县住建局", "project": "危房复核", "headcount": None},
        ["letter_no", "cost", "headcount"],
    ),
]


@pytest.mark.parametrize(("line", "cells", "missing"), GUESTS, ids=[line for line, *_ in GUESTS])
def test_guests(line: str, cells: dict[str, Any], missing: list[str]) -> None:
    found = of(line)
    assert found.register == "hospitality"
    says(found, **cells)
    assert found.missing == missing
    assert found.ready
    assert found.line == line


VISITS: list[tuple[str, dict[str, Any]]] = [
    (
        "12345 工单2026112000318 路灯不亮 今天9点前签收 @赵强",
        {"channel": "hotline", "sign_due": "2026-11-20T09:00", "matter": "路灯不亮", "due": None},
    ),
    (
        "12345 2026112000319 医疗报销 ^3天 @郑凯",
        {"ticket": "2026112000319", "due": "2026-11-23T17:30", "owner": "郑凯"},
    ),
    ("信 张某 宅基地纠纷 @吴敏", {"channel": "letter", "name": "张某", "owner": "吴敏"}),
    (
        "访 清水社区5人 电梯停运 代表张三、李四",
        {"headcount": 5, "group": "集体访", "representatives": ["张三", "李四"]},
    ),
    ("访 杨大爷 139 0000 0283 又来问低保", {"repeat": "重复", "phone": "13900000283"}),
    ("visit Mr Li 13900004321 land dispute", {"channel": "visit", "matter": "land dispute"}),
    ("letter Zhang 13900004322 pension", {"channel": "letter", "name": "Zhang"}),
    ("访 王女士 13900002222 社保卡 ^5个工作日 @司马兰", {"due": "2026-11-27T17:30"}),
    ("访 石桥村4人 修路占地", {"headcount": 4, "group": "个访"}),
    ("来访 李老师 咨询职称 @韩雪", {"name": "李老师", "owner": "韩雪"}),
]


@pytest.mark.parametrize(("line", "cells"), VISITS, ids=[line for line, _cells in VISITS])
def test_a_visit(line: str, cells: dict[str, Any]) -> None:
    found = of(line)
    assert found.register == "reception"
    says(found, **cells)
    assert found.ready


@pytest.mark.parametrize(
    "line", ["电脑坏了", "电话没人接", "电梯停了", "接待室空调坏了", "接待工作总结"]
)
def test_a_known_beginning_inside_a_word_is_no_prefix(line: str) -> None:
    assert of(line).register not in ("duty_log", "hospitality")


# --- zero reports --------------------------------------------------------------------------


def test_a_zero_report_closes_the_night_that_has_just_ended() -> None:
    found = of("电 零报告")
    steps = [(taken.ref, taken.step) for taken in found.steps]
    assert steps == [("duty/duty:2026-11-19:night:1", "zero_report")]
    assert found.ready


def test_in_the_evening_it_is_the_day_that_is_closed() -> None:
    evening = FakeView(local=datetime(2026, 11, 20, 18, 5), user="何静")
    found = of("log nothing to report", view=evening)
    assert [taken.ref for taken in found.steps] == ["duty/duty:2026-11-20:day:1"]


def test_a_shift_with_an_entry_was_not_quiet() -> None:
    entry = {"id": "e1", "at": "2026-11-20T01:30", "content": "水管爆裂", "state": "noted"}
    view = FakeView({"duty_log": [entry]})
    found = of("电 零报告", view=view)
    assert found.steps == []
    assert "not quiet" in found.refusal
