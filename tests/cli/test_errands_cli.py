"""Errands on the command line: a vehicle, a seal, and what a month came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Shell


def test_a_vehicle_from_the_request_to_the_bill(office: Shell) -> None:
    office.good("set", "settings:vehicles", "value=车1、车2")
    trip = office.good("add", "errands", "派车 明天7点半 去县委开会 3人 车1").strip()
    record = office.record(trip)
    assert (record["kind"], record["vehicle"], record["headcount"]) == ("vehicles", "车1", 3)
    again = office("add", "errands", "派车 明天8点 送材料去县里 车1")
    assert again.returncode == 0
    assert "clashes with 07:30" in again.stderr and "Free then: 车2" in again.stderr
    other = again.stdout.strip()
    moved = office("do", other, "move", "at=明天12点")
    assert moved.returncode == 0 and "clashes" not in moved.stderr
    sent = office("set", other, "at=明天8点")
    assert sent.returncode == 0  # it is said, and done all the same
    assert "clashes with 07:30" in sent.stderr and "Free then: 车2" in sent.stderr
    sent = office("do", other, "dispatch", "vehicle=车2")
    assert "clashes" not in sent.stderr
    office.good("do", other, "cancel", "reason=不用了")
    office.good("do", trip, "approve", "approver=陈志远")
    office.good("do", trip, "done", "cost=120")
    office.good("do", trip, "settle")
    assert office.record(trip)["state"] == "settled"
    assert "vehicles" in office.good("today", "--json")


def test_what_a_month_came_to(office: Shell) -> None:
    office.good("add", "errands", "采购 打印纸 680元")
    office.good("add", "errands", "会议室空调坏了 报修 @赵强")
    printed = office.good("list", "counts", "--register", "errands")
    assert [line.split()[0] for line in printed.splitlines()[2:]] == [
        "repairs",
        "supplies",
        "together",
    ]
    month = office.json("list", "counts", "--register", "errands")[0]
    assert month["register"] == "errands"
    assert {one["group"]: one["count"] for one in month["groups"]} == {"repairs": 1, "supplies": 1}
    assert month["total"]["cost"] == 68000
    earlier = office.json("list", "counts", "--register", "errands", "--date", "2020-01")[0]
    assert (earlier["month"], earlier["groups"]) == ("2020-01", [])
    refused = office("list", "counts", "--register", "people")
    assert refused.returncode == 1
    assert "not counted by month" in refused.stderr


def test_a_list_of_trips_is_imported(office: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "派车登记表.csv"
    sheet.write_text(
        "日期,用车人,事由,目的地,车牌号,驾驶员,费用\n"
        "2026-06-03,周海涛,防汛检查,柳湾村,车1,王师傅,35.5\n",
        encoding="utf-8",
    )
    office.good("import", str(sheet), "--register", "errands")
    [found] = office.json("list", "errands")
    assert (found["kind"], found["vehicle"], found["state"]) == ("vehicles", "车1", "settled")
    assert found["for_whom"] == "周海涛"
