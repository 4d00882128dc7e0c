"""The leaders' schedule on the command line, and what collides in an office of samples."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from officetui.office.clock import SystemClock
from tests.sheets import SHEETS


def test_a_leave_from_the_line_to_reporting_back(office: Any) -> None:
    office.good("add", "people", "孙丽华")
    office.good("add", "people", "周海涛")
    short = office.good("add", "schedule", "孙丽华 请假 2026-11-20到2026-11-21 周海涛代").strip()
    record = office.record(short)
    assert (record["state"], record["leader"], record["deputy"]) == (
        "requested",
        "孙丽华",
        "周海涛",
    )
    refused = office("do", short, "report_back")
    assert refused.returncode == 1
    office.good("do", short, "approve", "approver=王建国")
    office.good("do", short, "leave")
    office.good("do", short, "report_back")
    assert office.record(short)["state"] == "returned"
    office.good("undo")
    assert office.record(short)["state"] == "away"


def test_the_sheet_of_a_day(office: Any) -> None:
    for line in (
        "王建国 2026-11-20 9:00到11:00 石桥村 调研",
        "陈志远 2026-11-19到2026-11-25 市里 培训",
        "刘晓燕 2026-11-21 县里 汇报",
    ):
        office.good("add", "schedule", line)
    sheet = office.good("list", "schedule", "--date", "2026-11-20")
    assert [line.split()[1] for line in sheet.splitlines()[1:] if line.strip()][-2:] == [
        "陈志远",
        "王建国",
    ]
    assert "11-19/11-25" in sheet
    assert "11-20 09:00-11:00" in sheet
    assert "刘晓燕" not in sheet
    assert len(office.json("list", "schedule", "--date", "2026-11-21")) == 2


def test_what_cannot_be(office: Any) -> None:
    short = office.good("add", "schedule", "王建国 2026-11-20 9:00到11:00 石桥村 调研").strip()
    run = office("set", short, "end=2026-11-20T08:00")
    assert run.returncode == 1
    assert "ends before it begins" in run.stderr
    run = office("do", short, "move", "start=2026-11-21T10:00", "end=2026-11-21T09:00")
    assert run.returncode == 1


def test_the_samples_collide_by_room_and_by_leader(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The meetings of the sample are still to come: what is over collides with nothing.
    monkeypatch.setattr(SystemClock, "now", lambda clock: datetime(2026, 11, 19, 1, tzinfo=UTC))
    for name in ("通讯录.xlsx", "会议安排.xls", "值班表2026年11月.xlsx"):
        office.good("import", str(SHEETS / name))
    board = office.json("today", "--date", "2026-11-20")
    found = [one for one in board["attention"] if one["kind"] == "clash"]
    afternoon = [one for one in found if "14:30" in one["text"] and "15:00" in one["text"]]
    assert len(afternoon) == 1
    assert "会议室" in afternoon[0]["text"]
    assert "周海涛" in afternoon[0]["text"]
    assert len(afternoon[0]["refs"]) == 2
    assert isinstance(afternoon[0]["instead"], list)
    leader = {one["person"]: one for one in board["whereabouts"]}["周海涛"]
    assert leader["attention"]
    assert set(afternoon[0]["refs"]) <= set(leader["refs"])
    printed = office.good("today", "--date", "2026-11-20")
    assert "Leaders' whereabouts" in printed


def test_the_leaders_sheet_of_a_day(office: Any, tmp_path: Path) -> None:
    office.good("import", str(SHEETS / "通讯录.xlsx"))
    office.good("import", str(SHEETS / "会议安排.xls"))
    office.good("add", "schedule", "王建国 2026-11-20 16:30到17:00 石桥村 调研")
    for ending in ("txt", "html"):
        out = tmp_path / f"sheet.{ending}"
        office.good("export", "schedule", "--date", "2026-11-20", "--out", str(out))
        text = out.read_text(encoding="utf-8")
        assert "16:30-17:00" in text and "石桥村" in text
        assert text.index("王建国") < text.index("陈志远") < text.index("周海涛")
        assert text.count("信访联席会议") >= 2  # of each of its leaders
        again = office("export", "schedule", "--out", str(out))
        assert again.returncode == 1 and out.read_text(encoding="utf-8") == text
    assert office("export", "meetings", "--out", str(tmp_path / "x.html")).returncode == 1
