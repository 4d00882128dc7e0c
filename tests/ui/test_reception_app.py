"""Visitors, calls and guests by keyboard: from the door to the answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hands import at_work
from sample_office import MORNING, NAME, USER, fill

from officetui.office.clock import FixedClock
from officetui.office.office import New, Office
from officetui.registers.model import UNAPPROVED
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.widgets.fields import FieldRow

LONG_AGO = {
    "channel": "visit",
    "at": "2022-03-02T09:00",
    "name": "杨大爷",
    "phone": "139-0000-0283",
    "matter": "危房改造申请",
    "owner": "赵强",
    "state": "closed",
    "replied_at": "2022-03-20",
    "closed_at": "2022-03-20",
}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def office(office_home: Path, clock: FixedClock) -> Office:
    """The sample office with a clock that can be put forward, and a visitor filed years ago."""
    made = Office.found(office_home, name=NAME, user=USER, clock=clock)
    fill(made)
    made.create_many([New("reception", dict(LONG_AGO), (), "2022-03-02.1")])
    made.flush()
    again = Office.open(office_home, clock=clock, user=USER)
    assert "2022-03-02.1" not in again.store.desk("reception")
    return again


async def test_a_repeat_visitor_from_the_door_to_the_answer(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("5", "a")
        await hands.write("访 杨大爷 13900000283 低保没批下来 @吴敏")
        await hands.settled()
        assert "Came before: 2022-03-02 危房改造申请" in hands.screen
        await hands.keys("enter")
        visit = hands.record("reception", matter="低保没批下来")
        assert visit.text("repeat") == "重复"
        assert visit.text("notify_due") == "2026-12-05"
        await hands.to(visit.ref)
        assert "139****0283" in hands.screen
        assert "13900000283" not in hands.screen
        await hands.keys("right")
        assert isinstance(hands.app.screen, DetailScreen)
        await hands.settled()
        assert "危房改造申请" in hands.screen  # the earlier matter, filed in 2022
        await hands.keys("escape")
        await hands.to(visit.ref)
        await hands.keys("v")
        await hands.keys("y")
        await hands.write("已上户核实,下月发放")
        await hands.keys("ctrl+o")
        await hands.keys("z", "1", "ctrl+o")
        await hands.keys("c")
        done = office.get(visit.ref)
        assert done is not None
        assert done.state == "closed"
        assert done.text("told_at")
        assert done.text("result") == "已上户核实,下月发放"
        assert done.text("satisfaction") == "满意"
        assert done.text("closed_at") == "2026-11-20"


async def test_a_form_tells_of_earlier_matters_while_it_is_filled(office: Office) -> None:
    office.create(
        "reception",
        {"channel": "call", "at": "2026-11-19", "name": "王嫂", "phone": "13900009999",
         "matter": "路灯不亮"},
    )  # fmt: skip
    new = office.create(
        "reception",
        {"channel": "call", "at": "2026-11-20", "name": "王嫂", "matter": "路灯又不亮"},
    )
    async with at_work(office) as hands:
        await hands.keys("5")
        await hands.to(new.refs[0])
        await hands.keys("e")
        phone = next(
            row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == "phone"
        )
        for _ in range(30):
            if phone.has_focus_within:
                break
            await hands.keys("tab")
        await hands.write("13900009999")
        await hands.settled()
        assert "came before" in hands.screen
        assert "路灯不亮" in hands.screen


async def test_a_refusal_needs_its_reason(office: Office) -> None:
    visit = office.create(
        "reception",
        {"channel": "visit", "at": "2026-11-20T07:50", "name": "张某", "matter": "判决"},
    ).refs[0]
    async with at_work(office) as hands:
        await hands.keys("5")
        await hands.to(visit)
        await hands.keys("x", "ctrl+o")
        assert office.get(visit).state == "received"  # type: ignore[union-attr]
        assert "needed" in hands.screen
        await hands.write("已进入诉讼程序")
        await hands.keys("ctrl+o")
        record = office.get(visit)
        assert record is not None
        assert (record.state, record.text("reason")) == ("not_accepted", "已进入诉讼程序")
        assert record.get("told_at")


async def test_the_clocks_of_a_petition_and_its_one_extension(
    office: Office, clock: FixedClock
) -> None:
    visit = office.create(
        "reception",
        {"channel": "visit", "at": "2026-11-20T07:50", "name": "李某", "matter": "征地补偿",
         "owner": "吴敏"},
    ).refs[0]  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("5")
        await hands.to(visit)
        await hands.keys("v")
        record = office.get(visit)
        assert record is not None
        assert record.text("due") == "2027-01-19"  # sixty calendar days
        await hands.keys("d")
        await hands.write("2027-01-25")
        assert "2027-01-19" in hands.screen  # more time is an extension
        await hands.keys("escape")
        clock.instant = MORNING + timedelta(days=50)
        await hands.keys("w")
        assert "2027-02-18" in hands.screen  # thirty more are offered
        await hands.write("情况复杂")
        await hands.keys("ctrl+o")
        record = office.get(visit)
        assert record is not None
        assert record.text("due") == "2027-02-18"
        assert record.words(UNAPPROVED) == ("approve_extension",)
        assert any(
            visit in one.refs for one in office.board().attention if one.kind == "unapproved"
        )
        await hands.keys("p")
        await hands.write("陈志远")
        await hands.keys("ctrl+o")
        record = office.get(visit)
        assert record is not None
        assert (record.words(UNAPPROVED), record.text("approver")) == ((), "陈志远")
        await hands.keys("w")
        await hands.write("还不够")
        await hands.keys("ctrl+o")
        assert "only once" in hands.screen
        assert office.get(visit).text("due") == "2027-02-18"  # type: ignore[union-attr]


async def test_a_call_becomes_four_records_and_no_fact_is_typed_twice(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2", "2", "a")
        await hands.write("电 县府办王主任 明天9点前报石桥村停水情况 5552001 @何静")
        await hands.keys("enter")
        call = hands.record("duty_log", caller="王主任")
        assert "f, or Enter 1: Make a follow-up" in hands.said
        await hands.to(call.ref)
        await hands.keys("enter", "1", "ctrl+o")
        followup = hands.record("followups", content="明天9点前报石桥村停水情况")
        assert followup.text("owner") == "何静"
        assert followup.text("due") == "2026-11-21T09:00"
        assert followup.text("raised_by") == "县府办王主任"
        assert followup.text("source") == "upper"
        await hands.keys("v", "ctrl+o")
        visit = hands.record("reception", name="王主任")
        assert (visit.text("phone"), visit.text("channel")) == ("5552001", "call")
        assert (visit.text("unit"), visit.text("owner")) == ("县府办", "何静")
        await hands.keys("m", "ctrl+o")
        date = hands.record("meetings", start="2026-11-21T09:00")
        assert date.text("title") == "明天9点前报石桥村停水情况"
        made = {followup.ref, visit.ref, date.ref}
        assert {one.ref for one in office.linked(call)} == made
        for ref in made:
            record = office.get(ref)
            assert record is not None
            assert record.text("basis") == call.ref
        passed = office.get(call.ref)
        assert passed is not None
        assert passed.state == "passed_on"
        # the links are followed both ways
        await hands.keys("right")
        await hands.settled()
        await hands.to(f"link:{visit.ref}")
        await hands.keys("enter")
        assert isinstance(hands.app.screen, DetailScreen)
        assert hands.app.screen.ref == visit.ref
        await hands.settled()
        await hands.to(f"link:{call.ref}")
        await hands.keys("enter")
        assert hands.app.screen.ref == call.ref
        for _ in range(3):
            await hands.keys("u")
        assert office.linked(call) == []


async def test_twelve_guests_from_the_letter_to_the_bill(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("5", "5", "a")
        await hands.write("接待 市审计局12人 周二中午 工作餐 陪5人 @李梅")
        assert "at most 4 companions" in hands.screen
        await hands.keys("enter")
        guests = hands.record("hospitality", from_unit="市审计局")
        await hands.to(guests.ref)
        await hands.keys("p", "ctrl+o")
        assert "No letter, no reception" in hands.screen
        await hands.write("市审函〔2026〕12号")
        await hands.keys("ctrl+o")
        assert office.get(guests.ref).state == "approved"  # type: ignore[union-attr]
        await hands.keys("h", "tab", "tab")
        await hands.write("4")
        await hands.keys("ctrl+o")
        await hands.keys("l")
        await hands.write("、".join(f"来宾{n}" for n in "一二三四五六七八九十甲"))
        await hands.keys("ctrl+o")
        assert len(office.children(guests, "guests")) == 11
        await hands.keys("s")
        await hands.write("陈志远")
        await hands.keys("ctrl+o")
        assert "11" in hands.screen and "12" in hands.screen
        assert office.get(guests.ref).state == "held"  # type: ignore[union-attr]
        await hands.keys("escape")
        await hands.keys("l")
        await hands.write("来宾乙")
        await hands.keys("ctrl+o")
        await hands.keys("s")
        await hands.write("陈志远")
        await hands.keys("ctrl+o")
        await hands.keys("c")
        await hands.write("1280")
        await hands.keys("ctrl+o")
        record = office.get(guests.ref)
        assert record is not None
        assert (record.state, record.text("cost")) == ("settled", "1280")
        assert all(g.text("unit") == "市审计局" for g in office.children(record, "guests"))


async def test_guests_without_a_letter_are_held_first_with_a_reason(office: Office) -> None:
    ref = office.create(
        "hospitality", {"at": "2026-11-20T11:40", "from_unit": "市应急局", "headcount": 6}
    ).refs[0]
    async with at_work(office) as hands:
        await hands.keys("5", "5")
        await hands.to(ref)
        await hands.keys("h")
        await hands.write("抢险,公函后补")
        await hands.keys("ctrl+o")
        record = office.get(ref)
        assert record is not None
        assert (record.state, record.words(UNAPPROVED)) == ("held", ("approve",))
        await hands.keys("p")
        await hands.write("市应急函〔2026〕8号")
        await hands.keys("ctrl+o")
        record = office.get(ref)
        assert record is not None
        assert (record.state, record.words(UNAPPROVED)) == ("held", ())


async def test_a_quiet_night_is_closed_with_a_zero_report(office: Office) -> None:
    night = "duty/duty:2026-11-19:night:1"
    assert not [one for one in office.board().attention if one.kind == "unreported"]
    office.create(
        "duty_log", {"at": "2026-11-18T10:00", "content": "查岗", "state": "closed",
                     "closed_at": "2026-11-18"},
    )  # fmt: skip
    office.store.desk("duty")
    moment = office.local.replace(hour=8, minute=10)
    waiting = [one for one in office.board(moment).attention if one.kind == "unreported"]
    assert [one.refs for one in waiting] == [(night,)]
    watch = office.watch
    assert isinstance(watch, FixedClock)
    watch.instant = MORNING + timedelta(minutes=12)
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.write("电 零报告")
        await hands.keys("enter")
        report = next(one for one in office.records("duty_log") if one.get("zero"))
        assert report.state == "zero"
        assert report.text("seat") == night
        assert "11-19 17:30-08:00" in report.text("content")
        assert not [one for one in office.board().attention if one.kind == "unreported"]
        await hands.keys("a")
        await hands.write("电 零报告")
        assert "already" in hands.screen
