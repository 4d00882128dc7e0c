"""Duty logs and lists of guests as offices keep them: read where the title says what they are."""

from __future__ import annotations

from pathlib import Path

from officetui.intake import importer
from tests.intake.fake_view import FakeView

LOG = """值班日志
日期,来电单位,来电人,来电号码,来电内容,领导批示,处理情况,值班员
2026-11-19 21:40,县应急局,李科长,5552233,今晚降温报各村,请何静通知各村,已通知各村,高翔
2026-11-20 06:10,石桥村,张会计,13912345678,停水,,,高翔
2026-11-18 22:00,,,,无异常,,,徐磊
2026-09-01 09:00,县府办,王主任,5552001,报防汛值班表,,,何静
"""
GUESTS = """公务接待台账
日期,来宾单位,来宾人数,公务内容,公函号,陪餐人数,费用,接待场所
2026-11-03,市应急局,6,检查防汛,市应急函〔2026〕8号,3,386.50,机关食堂
2026-11-16,县林业局,4,森林防火,县林函〔2026〕5号,2,,机关食堂
"""
VISITS = """来访接待台账
日期,姓名,联系电话,反映事项,接待人
2026-11-03,杨大爷,13900000283,低保待遇咨询,吴敏
"""


def _plan(tmp_path: Path, text: str) -> importer.Plan:
    path = tmp_path / "表.csv"
    path.write_text(text, encoding="utf-8")
    return importer.plan(path, FakeView())


def test_a_duty_log(tmp_path: Path) -> None:
    plan = _plan(tmp_path, LOG)
    [sheet] = plan.sheets
    assert sheet.register == "duty_log"
    cells = [new.cells for new in plan.new()]
    assert [one["state"] for one in cells] == ["closed", "noted", "zero", "closed"]
    first = cells[0]
    assert first["from_unit"] == "县应急局"
    assert first["caller"] == "李科长"
    assert first["phone"] == "5552233"
    assert first["at"] == "2026-11-19T21:40"
    assert first["instruction"] == "请何静通知各村"
    assert first["handling"] == "已通知各村"
    assert first["owner"] == "高翔"
    assert cells[2]["zero"] is True


def test_a_list_of_guests(tmp_path: Path) -> None:
    plan = _plan(tmp_path, GUESTS)
    [sheet] = plan.sheets
    assert sheet.register == "hospitality"
    settled, held = (new.cells for new in plan.new())
    assert (settled["state"], settled["headcount"], settled["cost"]) == ("settled", 6, "386.50")
    assert settled["letter_no"] == "市应急函〔2026〕8号"
    assert settled["companions"] == 3
    assert (held["state"], held["settle_due"]) == ("held", "2026-12-16")


def test_a_list_of_visitors_is_no_list_of_guests(tmp_path: Path) -> None:
    [sheet] = _plan(tmp_path, VISITS).sheets
    assert sheet.register == "reception"
