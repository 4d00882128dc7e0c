"""What is reminded of, on every screen: deadlines, duty, meetings; and what it must not do."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import NAME, USER, fill

import officetui.ui.screens
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.ui import flows
from officetui.ui.screens.base import BaseScreen
from officetui.ui.screens.cards import CardScreen
from officetui.ui.screens.narrowed import NarrowedScreen
from officetui.ui.screens.paged import PagedScreen
from tests.window import Window, environment

EARLY = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)  # 06:00; the meeting begins at 09:30


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(EARLY)


@pytest.fixture
def office(office_home: Path, clock: FixedClock) -> Office:
    made = Office.found(office_home, name=NAME, user=USER, clock=clock)
    fill(made)
    meeting = next(one for one in made.records("meetings") if one.text("title") == "党委会")
    made.do([meeting], "checklist", {"checklist": "party"})
    return made


# What is reminded of


def at(clock: FixedClock, hour: int, minute: int) -> None:
    """The clock of the office, on the Friday."""
    clock.instant = datetime(2026, 11, 20, hour - 8, minute, tzinfo=UTC)


async def test_deadlines_within_the_hour(office: Office, clock: FixedClock) -> None:
    at(clock, 8, 20)
    async with at_work(office) as hands:
        assert "09:00 12345工单" in hands.said and "10:00" not in hands.said
        at(clock, 9, 31)
        hands.app.remind()
        assert "10:00 In 774 刘晓燕" in hands.said and "09:00" not in hands.said
        at(clock, 11, 30)
        hands.app.remind()
        assert "12:00 names for 县征兵工作电视电话会议" in hands.said
        at(clock, 17, 0)
        hands.app.remind()
        assert "17:00 In 769 吴敏" in hands.said and "more due within the hour" in hands.said


async def test_unconfirmed_duty_from_the_hour_of_the_office(
    office: Office, clock: FixedClock
) -> None:
    at(clock, 15, 40)
    async with at_work(office) as hands:
        assert "not confirmed" not in hands.said
        at(clock, 16, 0)
        hands.app.remind()
        assert "on duty, not confirmed: Night 罗丹, tomorrow Night 彭博" in hands.said
        office.set_setting("duty_tell_from", "16:20")
        hands.app.remind()
        assert "not confirmed" not in hands.said
        at(clock, 16, 35)  # and of a turn within the hour in any case
        office.set_setting("duty_tell_from", "20:00")
        hands.app.remind()
        assert "not confirmed: Night 罗丹" in hands.said and "彭博" not in hands.said
        office.set_setting("duty_tell_from", "16:00")
        await hands.keys("2")
        await hands.to("duty/duty:2026-11-20:night:1")
        await hands.keys("c")
        await hands.pilot.pause(0.5)
        assert "罗丹" not in hands.app.reminder and "彭博" in hands.app.reminder


async def test_a_meeting_without_checks_is_said_before_it_begins(
    office: Office, clock: FixedClock
) -> None:
    at(clock, 14, 5)
    async with at_work(office) as hands:
        assert "14:30 安全生产例会 in 25 min 二楼会议室" in hands.said
        assert "信访联席会议" not in hands.said


# The screens


_KINDS = (CardScreen, NarrowedScreen, PagedScreen)  # what screens are made from


def screens() -> set[type[BaseScreen]]:
    """Every kind of screen that can be opened."""
    for module in pkgutil.iter_modules(officetui.ui.screens.__path__):
        importlib.import_module(f"officetui.ui.screens.{module.name}")
    found: set[type[BaseScreen]] = set()
    todo = [BaseScreen]
    while todo:
        for one in todo.pop().__subclasses__():
            todo.append(one)
            if one.__module__.startswith("officetui.") and one not in _KINDS:
                found.add(one)
    return found


# Keys to each of them, after the ones before; `esc` leads back.
WAYS: tuple[tuple[str, ...], ...] = (
    ("1",),
    ("2",),
    ("minus",),  # the month
    ("escape", "3", "right"),  # a record
    ("escape", "4", "minus"),  # the week
    ("escape", "5"),
    ("6",),
    ("7",),
    ("8",),  # what waits on whom
    ("1", "t"),
    ("escape", "equals_sign"),  # conflicts
    ("escape", "ctrl+p", "*Make the roster", "enter", "1"),
    ("escape", "r"),  # the day review
    ("l",),  # the days of the month
    ("escape", "escape", "9"),  # the log
    ("slash",),  # the search
    ("escape", "ctrl+p", "*Numbers of the week", "enter"),
    ("escape",),
)


async def test_the_reminder_stands_on_every_screen(office: Office, clock: FixedClock) -> None:
    at(clock, 9, 31)
    seen: set[type[object]] = set()
    late = [one.ref for one in office.records("documents") if one.text("owner") == "何静"]

    def check(hands: Hands, way: object) -> None:
        screen = hands.app.screen
        assert isinstance(screen, BaseScreen), (way, screen)
        seen.add(type(screen))
        screen.quiet()  # what a key before said goes with the next key
        assert "10:00 In 774" in hands.screen.splitlines()[-1], (way, hands.screen)

    async with at_work(office) as hands:
        for way in WAYS:
            for one in way:
                await (hands.type(one[1:]) if one[0] == "*" else hands.keys(one))
            check(hands, way)
        flows.open_overdue(hands.app, late, "何静")
        await hands.settled()
        check(hands, "picked")
    assert not {one.__name__ for one in screens() - seen}


async def test_it_never_stands_over_what_is_being_typed(office: Office, clock: FixedClock) -> None:
    at(clock, 9, 20)
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("3", "e")
        await hands.type("县应急局一二三")
        before = hands.screen
        at(clock, 9, 31)
        hands.app.remind()
        await hands.settled()
        typed = next(line for line in before.splitlines() if "一二三" in line)
        assert typed in hands.screen.splitlines()
        await hands.keys("ctrl+o")
        await hands.keys("down")
        assert "10:00 In 774" in hands.said


def test_nothing_is_written_while_it_stands(office_home: Path) -> None:
    """In a real terminal, between two turns of the minute."""
    made = Office.found(office_home, name=NAME, user=USER)
    begins = made.local + timedelta(minutes=20)
    made.create("meetings", {"title": "碰头会", "start": begins.strftime("%Y-%m-%dT%H:%M")})
    with Window(environ=environment(OFFICETUI_HOME=str(office_home))) as window:
        window.until("碰头会 in ")
        quiet = [window.silent(2.0) for _ in range(3)]
        assert quiet.count(False) <= 1, quiet  # the minute may turn once
        assert window.quit() == 0


async def test_why_a_row_is_flagged_stands_behind_it(office: Office, clock: FixedClock) -> None:
    at(clock, 9, 31)
    flagged = next(one for one in office.records("documents") if one.text("recv_no") == "688")
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(flagged.ref)
        assert hands.said.strip().startswith("10:00 In 774") and "|  ! overdue" in hands.said
        at(clock, 10, 2)
        hands.app.remind()
        assert "10:00" not in hands.said and "overdue" not in hands.said
        await hands.keys("up", "down")
        assert hands.said.strip().startswith("! overdue")
