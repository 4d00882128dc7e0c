"""Leaders' schedules and lists of leaves as offices keep them, and the meetings of the samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from officetui.intake import importer
from tests.intake.fake_view import office

SCHEDULE = """清河镇领导日程安排表（2026年11月）,,,,,,
领导,去向,开始时间,结束时间,地点,事项,陪同人员
王书记,外出,11月23日9:00,11月23日11:00,石桥村,调研冬季防火,李梅、徐磊
陈志远,开会,11月24日上午9时,,县委党校,学习,
周海涛,,2026-11-26,2026-11-27,市里,培训,
刘晓燕,,11月24日22:00,11月25日6:00,值班室,防汛值守,
王建国,,11月31日,,县里,汇报,
,,,,,,
"""
WEEK = """班子成员去向（11月23日至27日）
日期,时间,领导姓名,活动内容,地点
11月23日（星期一）,9:00-10:30,陈志远,周例会,二楼会议室
,15:00,马文斌,接待信访群众,信访室
11月24日（星期二）,全天,孙丽华,休假,
"""
LEAVES = """清河镇干部请假登记表
姓名,请假事由,请假时间,返回时间,审批人,代理人
罗丹,看病,2026-11-23,2026-11-24,王书记,谢宇
何静,年休假,11月2日至6日,,陈志远,
谢宇,探亲,12月1日,11月30日,,
合计,,,,,
"""


def _plan(tmp_path: Path, text: str) -> importer.Plan:
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    return importer.plan(path, office())


def test_a_leaders_schedule(tmp_path: Path) -> None:
    plan = _plan(tmp_path, SCHEDULE)
    [sheet] = plan.sheets
    assert sheet.register == "schedule"  # and no roster, whose columns these are as well
    first, school, training, night = [new.cells for new in plan.new()]
    assert (first["leader"], first["kind"]) == ("王建国", "out")  # as the directory calls him
    assert (first["start"], first["end"]) == ("2026-11-23T09:00", "2026-11-23T11:00")
    assert (first["place"], first["companions"]) == ("石桥村", ["李梅", "徐磊"])
    assert (school["kind"], school["start"]) == ("meeting", "2026-11-24T09:00")
    assert (training["start"], training["end"]) == ("2026-11-26", "2026-11-27")
    assert (night["start"], night["end"]) == ("2026-11-24T22:00", "2026-11-25T06:00")
    assert [row.fate for row in sheet.rows][-2:] == ["refused", "skipped"]
    assert "11月31日" in sheet.rows[-2].reason


def test_a_week_with_date_and_hours_in_two_columns(tmp_path: Path) -> None:
    plan = _plan(tmp_path, WEEK)
    monday, later, leave = [new.cells for new in plan.new()]
    assert (monday["start"], monday["end"]) == ("2026-11-23T09:00", "2026-11-23T10:30")
    assert (later["start"], later["matter"]) == ("2026-11-23T15:00", "接待信访群众")
    assert (leave["kind"], leave["start"], leave["state"]) == ("leave", "2026-11-24", "requested")


def test_a_list_of_leaves(tmp_path: Path) -> None:
    plan = _plan(tmp_path, LEAVES)
    [sheet] = plan.sheets
    granted, over, wrong = [new.cells for new in plan.new()]
    assert {one["kind"] for one in (granted, over, wrong)} == {"leave"}
    assert (granted["state"], granted["approver"], granted["deputy"]) == (
        "approved",
        "王建国",
        "谢宇",
    )
    assert (over["start"], over["end"], over["state"]) == ("2026-11-02", "2026-11-06", "returned")
    assert wrong["state"] == "requested" and "end" not in wrong
    assert "11月30日" in wrong["note"]  # kept, and said
    assert "not after the start" in sheet.rows[2].reason


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("会议活动安排表\n日期,时间,会议名称,地点,参加领导\n11月23日,9:00,周例会,二楼,陈志远\n", "meetings"),
        ("11月值班表\n日期,带班领导,白班,夜班\n11月23日,王建国,何静,罗丹\n", "duty"),
        ("来访登记\n姓名,时间,事由,电话\n杨大爷,11月3日,低保,13900000283\n", "reception"),
    ],
)  # fmt: skip
def test_other_sheets_stay_what_they_are(tmp_path: Path, text: str, register: str) -> None:
    [sheet] = _plan(tmp_path, text).sheets
    assert sheet.register == register
