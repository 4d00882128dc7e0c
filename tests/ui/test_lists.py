"""Lists, details, menus: hostile data, marks, pages, days, keys that come too early."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hands import at_work
from textual import events
from textual.widgets import Static

from officetui.office.office import New, Office
from officetui.ui import flows
from officetui.ui.modals.menu import StepMenu
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.screens.register import RegisterScreen

HOSTILE = [
    "[bold",
    "[/nope]",
    "[red]红[/]",
    "\x1b[31m红\x1b]0;title\x07",
    "a\x00b\x08c\x7f",
    "\u202e倒过来\u2066\u200b",
    "长" * 20_000,
    "👩‍👩‍👧‍👦🇨🇳é\u0301\u0301\u0301\u0301\u0301\u0301",
    "一行\n二行\r\n三行\t完",
    "$(rm -rf /) {0} %s @click=app.bell",
]


def _harmless(text: str) -> None:
    assert "\x1b" not in text and "\x00" not in text and "\x07" not in text
    assert "\u202e" not in text and "\u2066" not in text


async def test_hostile_cells_are_shown_harmlessly_and_kept_intact(office: Office) -> None:
    rows = [
        New(
            "documents",
            {
                "recv_at": "2026-11-20T08:00",
                "from_org": text,
                "title": text,
                "proposal": text,
                "owner": text,
                "kind": "act",
                "due": "2026-01-05",  # so that they stand at the top
            },
        )
        for text in HOSTILE
    ]
    done = office.create_many(rows)
    async with at_work(office, (100, 30)) as hands:
        await hands.keys("3")
        _harmless(hands.screen)
        for ref, text in zip(done.refs, HOSTILE, strict=True):
            await hands.to(ref)
            await hands.keys("enter")
            _harmless(hands.screen)
            await hands.keys("escape", "right")
            assert isinstance(hands.app.screen, DetailScreen)
            _harmless(hands.screen)
            await hands.keys("e")
            _harmless(hands.screen)
            await hands.keys("ctrl+o", "escape")
            record = office.get(ref)
            assert record is not None
            assert record.get("title") == text and record.get("proposal") == text
        assert isinstance(hands.app.screen, RegisterScreen)


async def test_marking_several_and_acting_once(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2")
        planned = ["duty/duty:2026-11-22:leader:1", "duty/duty:2026-11-22:day:1"]
        await hands.to(planned[0])
        await hands.keys("space", "space")
        assert "2 marked" in hands.screen
        await hands.choose("Confirm")
        assert "2 records" in hands.said
        assert not hands.table.marked
        for ref in planned:
            record = office.get(ref)
            assert record is not None and record.state == "confirmed"
        await hands.keys("u")
        for ref in planned:
            record = office.get(ref)
            assert record is not None and record.state == "planned"


async def test_a_step_for_one_says_so_when_several_are_marked(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to("duty/duty:2026-11-22:leader:1")
        await hands.keys("space", "space", "s")
        assert "one record at a time" in hands.said


async def test_a_letter_that_is_not_allowed_says_why(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(hands.record("documents", recv_no="777").ref)
        await hands.keys("z")
        assert "Archive" in hands.said
        await hands.keys("enter", "z")
        assert isinstance(hands.app.screen, StepMenu)
        assert "Archive" in hands.screen


@pytest.mark.parametrize("digit", ["１", "1"])
async def test_digits_of_an_input_method_choose(office: Office, digit: str) -> None:
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to("duty/duty:2026-11-20:night:1")
        await hands.keys("enter")
        await hands.type(digit)
        record = office.get("duty/duty:2026-11-20:night:1")
        assert record is not None and record.state == "confirmed"


async def test_keys_typed_before_the_menu_was_painted_do_nothing(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to("duty/duty:2026-11-20:night:1")
        early = events.Key("1", "1")
        early.time = time.monotonic() - 5
        await hands.keys("enter")
        hands.app.post_message(early)
        await hands.settled()
        assert isinstance(hands.app.screen, StepMenu)
        record = office.get("duty/duty:2026-11-20:night:1")
        assert record is not None and record.state == "notified"
        await hands.keys("1")
        record = office.get("duty/duty:2026-11-20:night:1")
        assert record is not None and record.state == "confirmed"


async def test_long_lists_come_in_pages(office: Office) -> None:
    office.create_many(
        [
            New(
                "documents",
                {
                    "recv_at": "2026-11-19T08:00",
                    "from_org": "县委办",
                    "title": f"第{n}件",
                    "kind": "act",
                },
            )
            for n in range(1000)
        ]
    )
    async with at_work(office) as hands:
        await hands.keys("3")
        total = len(office.list("documents", open=True))
        assert f"{total} records" in hands.screen and f"1-300 of {total}" in hands.screen
        await hands.keys("end", "pagedown")
        assert f"301-600 of {total}" in hands.screen
        await hands.keys("space")
        await hands.keys("up", "up")
        assert f"1-300 of {total}" in hands.screen
        assert "1 marked" in hands.screen
        await hands.keys("escape")
        assert "marked" not in hands.screen


async def test_days_months_and_the_way_back(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2")
        assert "November 2026" in hands.screen
        assert hands.table.current is not None
        assert hands.table.current.ref.startswith("duty/duty:2026-11-20")
        await hands.keys("right_square_bracket")
        assert hands.table.current.ref.startswith("duty/duty:2026-11-21")
        await hands.keys("right_square_bracket", "right_square_bracket")
        assert "December 2026" in hands.screen and "Press" in hands.screen
        await hands.keys("left_square_bracket")
        assert "November 2026" in hands.screen
        await hands.keys("5", "left_square_bracket")
        assert "张某" in hands.screen and "石大爷" not in hands.screen
        await hands.keys("escape")
        assert "石大爷" in hands.screen
        await hands.keys("0")
        assert "November 2026" in hands.screen
        await hands.keys("escape", "escape")
        assert "先" in hands.screen or "first" in hands.screen.lower()


async def test_an_empty_list_says_what_to_press(office_home: object) -> None:
    from pathlib import Path

    from officetui.office.clock import FixedClock

    assert isinstance(office_home, Path)
    clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
    office = Office.found(office_home, name="空", user="李梅", clock=clock)
    async with at_work(office, (80, 24)) as hands:
        for digit in "23457":
            await hands.keys(digit)
            assert "Press a" in hands.screen or "a to record" in hands.screen
            await hands.keys("enter", "escape", "right", "space", "e")
            assert isinstance(hands.app.screen, RegisterScreen)


async def test_ticking_marks_and_links_in_a_detail(office: Office) -> None:
    async with at_work(office) as hands:
        meeting = hands.record("meetings", title="安全生产例会")
        items = office.children(meeting, "items")
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("right")
        await hands.to(items[0].ref)
        assert items[0].state == "done"
        await hands.keys("space")
        record = office.get(items[0].ref)
        assert record is not None and record.state == "open"
        attendees = office.children(meeting, "attendees")
        waiting = [a.ref for a in attendees if a.state == "listed"]
        await hands.to(waiting[0])
        await hands.keys("space", "space", "n", "ctrl+o")
        for ref in waiting[:2]:
            record = office.get(ref)
            assert record is not None and record.state == "notified"


async def test_what_was_undone_is_no_longer_there(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type("访 杨大爷 13900000283 低保没批下来 @吴敏")
        await hands.keys("enter", "5")
        new = hands.record("reception", name="杨大爷")
        await hands.to(new.ref)
        await hands.keys("right", "u")
        assert "no longer there" in hands.screen
        await hands.keys("U")
        assert "杨大爷" in hands.screen


async def test_another_process_shows_up(office: Office) -> None:
    other = Office.open(office.home, clock=office.watch, user="何静")
    async with at_work(office) as hands:
        await hands.keys("3")
        other.create(
            "documents",
            {
                "recv_at": "2026-11-20T08:00",
                "from_org": "县委办",
                "title": "隔壁录的",
                "kind": "act",
            },
        )
        hands.app._poll()
        await hands.settled()
        assert "隔壁录的" in hands.screen


async def test_help_and_palette_come_from_the_tables(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3", "question_mark")
        assert "Help" in hands.screen
        await hands.keys("escape", "ctrl+p")
        await hands.type("duty")
        assert "New: Duty" in hands.screen
        await hands.keys("enter")
        assert "November 2026" in hands.screen


async def test_a_line_that_is_refused_stays(office: Office) -> None:
    async with at_work(office) as hands:
        papers = len(office.records("documents"))
        await hands.keys("a")
        await hands.type("收 县委办 机密 关于某某事项的通知 #特急")
        await hands.keys("enter")
        assert len(office.records("documents")) == papers
        await hands.keys("escape", "a")
        assert hands.text == ""
        await hands.type("说不清 明天7点半")
        await hands.keys("enter")
        assert hands.text == "说不清 明天7点半"
        assert "Begin with a register" in hands.screen
        await hands.keys("escape", "3", "a")
        assert hands.text == "说不清 明天7点半"


async def test_a_clash_is_said_while_it_is_typed_and_in_the_detail(office: Office) -> None:
    office.set_setting("rooms", ["二楼会议室", "三楼会议室"])
    async with at_work(office) as hands:
        meeting = hands.record("meetings", title="安全生产例会")
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("right")
        assert "信访联席会议" in hands.screen
        await hands.keys("w")
        remarks = hands.app.screen.query_one("#form-remarks", Static)
        assert remarks.display and "信访联席会议" in str(remarks.content)
        assert "Free then: 三楼会议室" in str(remarks.content)
        await hands.write("今天17:00")
        assert not remarks.display
        await hands.keys("ctrl+o")
        assert "clashes" not in hands.screen
        moved = hands.office.get(meeting.ref)
        assert moved is not None and moved.text("start") == "2026-11-20T17:00"


async def test_a_captured_record_is_under_the_cursor(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3", "a")
        await hands.type("县水利局 关于清淤的通知")
        await hands.keys("enter")
        new = hands.record("documents", title="关于清淤的通知")
        assert hands.table.current is not None and hands.table.current.ref == new.ref
        assert office.short(new) in hands.said


async def test_a_visitor_who_came_before_is_recognised(office: Office) -> None:
    for day in ("2026-11-01", "2026-11-20"):
        office.create(
            "reception",
            {
                "channel": "visit",
                "at": f"{day}T09:00",
                "name": "杨大爷",
                "phone": "13900000283",
                "matter": "低保没批下来",
            },
        )
    async with at_work(office) as hands:
        await hands.keys("5")
        latest = max(
            (r for r in office.records("reception") if r.text("name") == "杨大爷"),
            key=lambda r: r.text("at"),
        )
        await hands.to(latest.ref)
        assert "13900000283" not in hands.screen
        await hands.keys("right")
        assert "Came before" in hands.screen and "11-01" in hands.screen


async def test_what_one_person_is_late_with(office: Office) -> None:
    flows_refs = [
        r.ref
        for name in ("documents", "reception")
        for r in office.records(name)
        if r.text("owner") in ("何静", "赵强")
    ]
    async with at_work(office) as hands:
        flows.open_overdue(hands.app, tuple(flows_refs), "何静 2 赵强 2")
        await hands.settled()
        assert "何静 2 赵强 2" in hands.screen and "应急物资储备情况统计" in hands.screen
        assert "石大爷" in hands.screen
        await hands.keys("b")
        await hands.keys("ctrl+o")
        urged = office.get(flows_refs[0])
        assert urged is not None and office.children(urged, "urgings")
        await hands.keys("escape")
        assert not isinstance(hands.app.screen, RegisterScreen)
