"""A plan of meetings taken in when some of them are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any


def test_who_came_to_a_meeting_needs_no_notice(office: Any, tmp_path: Path) -> None:
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    days = {"周例会": -2, "安全生产例会": 2, "信访联席会议": -30}
    rows = [f"{today + timedelta(days=n)} 09:30,{title},三楼" for title, n in days.items()]
    sheet = tmp_path / "会议安排.csv"
    sheet.write_text("\n".join(["时间,会议名称,地点", *rows]) + "\n", encoding="utf-8")
    office.good("import", str(sheet), "--register", "meetings")
    found = {one["title"]: one["state"] for one in office.json("list", "meetings")}
    assert found == {"周例会": "held", "安全生产例会": "fixed", "信访联席会议": "closed"}
    assert "周例会" not in office.good("today")
