"""A list of follow-ups as an office keeps it in a sheet: dates, sources, what was answered."""

from __future__ import annotations

from pathlib import Path

from officetui.intake.importer import Plan, plan
from tests.intake.fake_view import office

SHEET = """\
清河镇2026年督查督办台账,,,,,,,,
序号,督办事项,事项来源,交办领导,牵头单位,责任人,交办时间,完成时限,落实情况
1,石桥村危房住户搬迁,领导批示,王建国,社会事务办,曹阳,11月3日,11月18日,已搬出3户
2,各村冬季防火排查,11月5日党委会,,应急办,何静,2026.11.5,11月30日,已完成
3,扶贫项目进度,县委督查室督办单,,党政办,,11.9,11.20,
4,老旧线路改造,口头交办,陈志远,,徐磊,11-10,年底前,正在推进
"""


def read(tmp_path: Path) -> Plan:
    file = tmp_path / "督办台账2026.csv"
    file.write_text(SHEET, encoding="utf-8")
    view = office()
    return plan(file, view)


def test_a_list_of_follow_ups(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path).sheets
    assert sheet.register == "followups"
    rows = [row.new for row in sheet.rows if row.new is not None]
    assert [row.cells["no"] for row in rows] == ["1", "2", "3", "4"]
    first, second, third, fourth = rows
    assert first.cells["source"] == "instruction"
    assert first.cells["raised_by"] == "王建国"
    assert (first.cells["raised_at"], first.cells["due"]) == ("2026-11-03", "2026-11-18")
    assert first.cells["state"] == "in_hand"
    assert list(first.children) == [("feedback", {"text": "已搬出3户", "by": "曹阳"})]
    assert second.cells["source"] == "decision"
    assert second.cells["raised_by"] == "11月5日党委会"
    assert second.cells["state"] == "closed"
    assert second.children  # nothing is closed without an answer
    assert third.cells["source"] == "upper"
    assert third.cells["state"] == "raised"
    assert fourth.cells["lead_unit"] == "应急办"  # the unit of its owner
    assert "due" not in fourth.cells and "年底前" in fourth.cells["note"]


def test_what_is_missing_is_said_by_the_rules(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path).sheets
    said = [row.reason for row in sheet.rows]
    assert "answers for this" in said[2]
    assert "by when" in said[3]
