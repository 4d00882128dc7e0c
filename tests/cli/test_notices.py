"""The texts that tell of duty and meetings, on standard output."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest


@pytest.fixture
def people(office: Any) -> None:
    for line in (
        "人 刘晓燕 党委副书记 15096478029 排序4",
        "人 罗丹 综治办 17749461493",
        "人 何静 应急办 18688222527",
    ):
        office.good("add", "people", line)


def seat(office: Any, day: str, line: str, name: str) -> str:
    return str(office.good("add", "duty", f"值 {day} {line} {name}")).strip()


def test_a_duty_is_told_with_its_hours_and_whom_it_relieves(office: Any, people: None) -> None:
    day = (datetime.now() + timedelta(days=20)).strftime("%m-%d")
    seat(office, day, "白班", "何静")
    night = seat(office, day, "夜班", "罗丹")
    run = office("--lang", "zh_CN", "message", night)
    assert run.returncode == 0
    assert run.stdout.startswith("【值班通知】罗丹同志：您于")
    assert "17:30至" in run.stdout and "值夜班" in run.stdout and "与何静交接" in run.stdout
    assert office.json("show", night, "--json")["state"] == "planned"


def test_a_meeting_is_announced_moved_and_cancelled(office: Any, people: None) -> None:
    day = datetime.now() + timedelta(days=20)
    line = f"会 安全生产例会 {day:%m-%d} 14:30-16:00 二楼会议室 何静参加"
    meeting = office.good("add", "meetings", line).strip()
    said = office.good("--lang", "zh_CN", "message", meeting)
    assert said.startswith("【会议通知】定于") and "14:30在二楼会议室召开安全生产例会" in said
    assert "1.5小时" in said
    office.good("do", meeting, "notify")
    office.good("do", meeting, "move", f"start={day:%Y-%m-%d}T09:00", "room=三楼大会议室")
    said = office.good("--lang", "zh_CN", "message", meeting)
    assert said.startswith("【会议改期】原定") and "14:30的安全生产例会改为" in said
    assert "9:00，地点改为三楼大会议室" in said
    attention = office.json("today", "--date", f"{day:%Y-%m-%d}", "--json")["attention"]
    assert "to tell again" in [one["kind"] for one in attention]
    office.good("do", meeting, "cancel", "reason=大雪")
    assert "大雪" in office.good("message", meeting)
