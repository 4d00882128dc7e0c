"""Emergencies by keyboard: from a call by one key, on the clock on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import at_work
from sample_office import MORNING, NAME, USER, fill

from officetui.office.clock import FixedClock
from officetui.office.office import Office


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def office(office_home: Path, clock: FixedClock) -> Office:
    made = Office.found(office_home, name=NAME, user=USER, clock=clock)
    fill(made)
    return made


async def test_a_call_becomes_an_emergency_by_one_key(office: Office, clock: FixedClock) -> None:
    office.create(
        "duty_log",
        {"at": "2026-11-20T07:50", "content": "后山塌方", "from_unit": "石桥村", "caller": "王支书",
         "phone": "13900003307"},
    )  # fmt: skip
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("2", "2", "p")
        await hands.type("石桥村")
        await hands.keys("ctrl+o")
        slide = hands.record("incidents", place="石桥村")
        assert slide.text("source") == "石桥村王支书"
        await hands.keys("1")
        first = hands.table.lines[0]
        assert first.refs == (slide.ref,)
        assert "to report by phone 12 minutes left" in " ".join(first.cells)
        clock.move(minutes=5)
        hands.app.remind()
        await hands.keys("3")
        assert "to report by phone, 7 minutes left" in hands.said
        await hands.keys("1")
        await hands.to(first.ref)
        await hands.keys("enter", "1")  # what the line promises comes first in the menu
        await hands.write("县委办")
        await hands.keys("ctrl+o")
        assert hands.record("incidents", place="石桥村").get("phoned_at")
        await hands.keys("2", "2", "w")
        assert "Why" in hands.screen  # before its approval only with a reason


async def test_a_call_that_tells_of_an_emergency_offers_it_first(office: Office) -> None:
    """The line says so while it is typed, and Enter, Enter starts the countdowns."""
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("2", "2", "a")
        await hands.type("石桥村王支书 山体滑坡2人被困 13900001111 @何静")
        assert "Enter offers first: Make an incident" in " ".join(hands.screen.split()), (
            hands.screen
        )
        await hands.keys("ctrl+o")
        call = next(r for r in office.records("duty_log") if "滑坡" in r.text("content"))
        await hands.to(call.ref)
        await hands.keys("enter", "1", "ctrl+o")
        [slide] = [one for one in office.records("incidents") if "滑坡" in one.text("matter")]
        assert slide.get("phone_due") and office.get(call.ref).state == "passed_on"  # type: ignore[union-attr]
        await hands.keys("a")
        await hands.type("县应急局张工 明天10点前报火灾隐患排查表 @何静")
        assert "offers first: Make a follow-up" in " ".join(hands.screen.split()), hands.screen


async def test_a_new_one_by_a_line(office: Office) -> None:
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("a")
        await hands.type("紧急 柳湾村着火 无人员伤亡 李村长报")
        assert "Report it by phone by 08:18" in hands.screen
        await hands.keys("enter")
        fire = hands.record("incidents", place="柳湾村")
        assert fire.text("casualties") == "无人员伤亡"
        assert "to report by phone" in hands.screen


async def test_the_text_of_its_report_is_sent_and_kept(office: Office) -> None:
    cells = {
        "at": "2026-11-20T07:40",
        "place": "石桥村",
        "matter": "后山塌方",
        "reported_to": "县委办",
    }
    office.create("incidents", cells)
    async with at_work(office) as hands:
        await hands.keys("2", "2", "2", "semicolon")
        assert "[Emergency, first report]" in hands.screen
        await hands.keys("1")  # by phone
        slide = hands.record("incidents", place="石桥村")
        assert slide.get("phoned_at")
        [report] = office.children(slide, "reports")
        assert (report.text("kind"), report.text("to")) == ("phone", "县委办")
        assert report.text("content").startswith("[Emergency, first report]")
        await hands.keys("semicolon", "2")  # by message, before its approval
        assert hands.record("incidents", place="石桥村").state == "noted"
        assert "Approve the report" in hands.screen
        await hands.keys("escape", "escape")
        office.do([slide], "approve", {"approved_by": "刘晓燕"})
        await hands.keys("semicolon", "2")
        assert hands.record("incidents", place="石桥村").state == "reported"


async def test_a_report_by_phone_asks_to_whom_and_offers_the_usual(office: Office) -> None:
    office.create("incidents", {"at": "2026-11-20T07:40", "place": "石桥村", "matter": "后山塌方"})
    async with at_work(office) as hands:
        await hands.keys("2", "2", "2", "p")
        assert "county party committee office" in hands.screen
        assert "county government duty office" in hands.screen
        await hands.keys("ctrl+o")
        slide = hands.record("incidents", place="石桥村")
        assert not slide.get("phoned_at")
        await hands.write("2")
        await hands.keys("ctrl+o")
        slide = hands.record("incidents", place="石桥村")
        [report] = office.children(slide, "reports")
        assert report.text("to") == "county government duty office"
        assert report.get("at") == slide.get("phoned_at")


async def test_the_hour_of_a_report_reads_by_the_clock_of_the_office(office: Office) -> None:
    office.create("incidents", {"at": "2026-11-20T07:40", "place": "石桥村", "matter": "后山塌方"})
    async with at_work(office) as hands:
        await hands.keys("2", "2", "2", "p")
        assert "2026-11-20 07:58" in hands.screen and "58:00Z" not in hands.screen
        await hands.write("县委办")
        await hands.keys("down")
        await hands.write("07:50")
        await hands.keys("ctrl+o")
        assert hands.record("incidents", place="石桥村").get("phoned_at") == "2026-11-19T23:50:00Z"


async def test_a_message_by_phone_to_nobody_is_not_recorded(office: Office) -> None:
    office.create("incidents", {"at": "2026-11-20T07:40", "place": "石桥村", "matter": "后山塌方"})
    async with at_work(office) as hands:
        await hands.keys("2", "2", "2", "semicolon", "1")
        assert "needs: Reported to" in hands.screen, hands.screen
        assert not hands.record("incidents", place="石桥村").get("phoned_at")
