"""Follow-ups on the command line: the same steps, the same refusals, as data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


@pytest.fixture
def record(office: Any) -> str:
    """The short id of a follow-up that is in hand."""
    found = office.json("add", "followups", "整改石桥村道路隐患 @罗丹 ^20天")
    assert found["register"] == "followups"
    office.good("do", found["short"], "take", "owner=罗丹")
    return str(found["short"])


def test_a_line_a_number_and_what_is_missing(office: Any) -> None:
    found = office.json("add", "followups", "督 补报防汛总结")
    assert set(found["missing"]) == {"owner", "due", "lead_unit"}
    assert office.record(found["short"])["no"] == "1"
    for name in ("督1", "督办 1", "F 1", "f1"):
        assert office.record(name)["id"] == found["id"]
    assert office.json("list", "followups")[0]["content"] == "补报防汛总结"
    assert office.json("list", "督办") == office.json("list", "followups")


def test_from_report_to_closing(office: Any, record: str) -> None:
    refused = office("do", record, "close")
    assert refused.returncode == 1
    assert "Close" in refused.stderr
    office.good("do", record, "report", "text=已整改", "progress=100")
    assert office.record(record)["state"] == "reported"
    office.good("do", record, "back", "reason=没有照片")
    office.good("do", record, "report", "text=已补照片")
    office.good("do", record, "verify")
    office.good("do", record, "close")
    found = office.record(record)
    assert found["state"] == "closed"
    assert [f["text"] for f in found["children"]["feedback"]] == ["已整改", "已补照片"]


def test_the_owner_cannot_verify(office: Any) -> None:
    found = office.json("add", "followups", "整改 @李梅 ^20天")
    office.good("do", found["short"], "take", "owner=李梅")
    office.good("do", found["short"], "report", "text=好了")
    refused = office("do", found["short"], "verify")
    assert refused.returncode == 1
    assert "another person than 李梅" in refused.stderr


def test_extended_in_time_only(office: Any, record: str) -> None:
    new = (TODAY + timedelta(days=30)).isoformat()
    office.good("do", record, "extend", f"due={new}", "reason=等雪停")
    assert office.record(record)["due"].startswith(new)
    assert "等雪停" in office.record(record)["extension"]
    earlier = (TODAY + timedelta(days=2)).isoformat()
    refused = office("do", record, "extend", f"due={earlier}", "reason=x")
    assert refused.returncode == 1
    assert "is not after the old one" in refused.stderr


def test_collecting(office: Any, record: str) -> None:
    office.good("do", record, "unit", "unit=石桥村、柳湾村、东岭村")
    office.good("do", record, "units_reported", "unit=柳湾村")
    office.good("do", record, "urge", "method=phone")
    found = office.record(record)
    assert {u["unit"]: u["state"] for u in found["children"]["units"]} == {
        "石桥村": "waiting",
        "柳湾村": "reported",
        "东岭村": "waiting",
    }
    assert found["children"]["urgings"][0]["units"] == ["石桥村", "东岭村"]
    refused = office("do", record, "units_reported", "unit=柳湾村")
    assert refused.returncode == 1
    assert "reported already" in refused.stderr


def test_what_it_came_from_is_linked(office: Any, paper: str) -> None:
    office.good("do", paper, "follow_up", f"due={(TODAY + timedelta(days=9)).isoformat()}")
    (found,) = office.json("list", "followups")
    assert found["basis"].startswith("documents/")
    linked = office.record(paper)["linked"]
    assert [one["id"] for one in linked] == [found["id"]]
    assert linked[0]["register"] == "followups"
    assert "Follow-ups" in office.good("show", paper)
    assert "Documents" in office.good("show", found["short"])


def test_the_board(office: Any, record: str) -> None:
    board = office.json("today")
    assert [row["colour"] for row in board["followups"]] == ["green"]
    assert board["counts"]["followups_green"] == 1
    assert "6 Follow-ups  green 1" in office.good("today")


def test_the_workflow_as_a_table(office: Any) -> None:
    steps = {step["step"]: step for step in office.json("steps", "followups")}
    assert steps["verify"]["who"] == "other"
    assert steps["close"]["from"] == ["verified"]
    assert steps["report"]["to"] == "reported"
