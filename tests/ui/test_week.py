"""The week of the meetings, by keyboard: what is held when and where, how ready, what collides."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hands import Hands, at_work

from officetui.office.changes import New
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.screens.week import WeekScreen


def line(hands: Hands, word: str) -> str:
    return next(one for one in hands.screen.splitlines() if word in one)


def made(office: Office, **cells: object) -> Record:
    usual = {"title": "座谈会", "start": "2026-11-25T09:00", "room": "三楼大会议室"}
    found = office.get(office.create("meetings", {**usual, **cells}).refs[0])
    assert found is not None
    return found


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_days_rooms_readiness_and_clashes(office: Office, size: tuple[int, int]) -> None:
    made(office, title="慰问", start="2026-11-21")
    async with at_work(office, size) as hands:
        afternoon = next(
            m for m in office.list("meetings") if m.text("start") == "2026-11-20T14:30"
        )
        await hands.keys("4")
        await hands.to(afternoon.ref)
        await hands.keys("minus")
        assert isinstance(hands.app.screen, WeekScreen)
        assert "week 47, 2026-11-16 to 11-22" in hands.screen
        row = line(hands, afternoon.text("title"))
        assert "14:30-16:00" in row and "二楼会议室" in row and "5/8" in row and "8/11" in row
        assert "!" in row and "clashes with" in row
        assert "周海涛" in hands.said and "15:00" in hands.said  # the cursor is on it: in full
        saturday = line(hands, "慰问")
        assert "21 Sat" in saturday and "all day" in saturday and "!" not in saturday
        assert "-" in line(hands, "22 Sun")  # a day without meetings stands there too
        await hands.keys("right")
        assert isinstance(hands.app.screen, DetailScreen)
        assert hands.app.screen.ref == afternoon.ref
        await hands.keys("escape", "minus")
        assert not isinstance(hands.app.screen, WeekScreen)


async def test_the_weeks_before_and_after(office: Office) -> None:
    made(office, title="年终会", start="2026-12-28T09:00")
    made(office, title="开年会", start="2027-01-04T09:00")
    async with at_work(office) as hands:
        await hands.keys("4", "minus", "right_square_bracket")
        assert "2026-11-23 to 11-29" in hands.screen
        await hands.keys("left_square_bracket", "left_square_bracket")
        assert "2026-11-09 to 11-15" in hands.screen
        await hands.keys("g")
        await hands.type("2026-12-31")
        await hands.keys("enter")
        assert "2026-12-28 to 01-03" in hands.screen and "年终会" in hands.screen
        assert "29 Tue" in hands.screen  # of an unknown year are only the working days unknown
        await hands.keys("right_square_bracket")
        assert "开年会" in hands.screen and "2027-01-04" in hands.screen


async def test_over_midnight_and_several_days(office: Office) -> None:
    night = made(office, title="汛情会商", start="2026-11-24T22:00", end="2026-11-25T02:00")
    made(office, title="党代会", start="2026-11-26", end="2026-11-28")
    async with at_work(office) as hands:
        await hands.keys("4", "minus", "right_square_bracket")
        rows = [one for one in hands.screen.splitlines() if "汛情会商" in one]
        assert ["22:00-24:00" in rows[0], "00:00-02:00" in rows[1]] == [True, True]
        assert sum("党代会" in one and "all day" in one for one in hands.screen.splitlines()) == 3
        # a step on its second day is a step of the meeting
        second = [row.ref for row in hands.table.lines if night.ref in row.refs][1]
        await hands.to(second)
        await hands.keys("x")
        await hands.write("改线上")
        await hands.keys("ctrl+o")
        assert hands.record("meetings", title="汛情会商").state == "cancelled"
        assert "cancel" in line(hands, "汛情会商")
        # in a list of one day, too, it stands on each of its days
        assert {one.text("title") for one in office.list("meetings", day=date(2026, 11, 27))} == {
            "党代会"
        }


async def test_what_changes_shows_and_marked_ones_are_acted_on_together(office: Office) -> None:
    first, second = made(office), made(office, start="2026-11-25T14:00", title="讲评会")
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("4", "minus", "right_square_bracket")
        await hands.to(first.ref)
        await hands.keys("space")
        await hands.to(second.ref)
        await hands.keys("space", "v")
        assert [hands.record("meetings", title=t).state for t in ("座谈会", "讲评会")] == [
            "ready",
            "ready",
        ]
        await hands.keys("u")
        office.set(office.get(second.ref) or second, {"start": "2026-11-25T09:30"})
        hands.app.records_changed({second.ref})
        assert "clashes with" in line(hands, "讲评会")


async def test_a_week_of_long_ago_is_read_beside_the_keys(office: Office) -> None:
    """Its book hangs, as one on a slow disk would: the keys do not."""
    office.create_many([
        New("meetings", {"title": "春节前会", "start": "2007-01-02T14:00", "state": "closed",
            "room": "三楼大会议室", "closed_at": "2007-01-05"},
            [("items", {"what": "席卡", "state": "done"}), ("items", {"what": "茶水"}),
             ("attendees", {"person": "何静", "reply": "参会"})],
            "2006-12-28.00000000000000a2"),
        New("meetings", {"title": "年终连续会议", "start": "2006-12-20", "end": "2007-01-20",
            "state": "closed", "closed_at": "2007-01-21"}, (), "2006-12-10.00000000000000a3"),
    ])  # fmt: skip
    office.flush()
    assert 2006 in office.store.years() and "2006-12-28" not in str(office.store.desk("meetings"))
    book, aside = office.home / "books" / "2006.json", office.home / "held"
    os.rename(book, aside)
    os.mkfifo(book)
    os.link(book, office.home / "hangs")
    async with at_work(office) as hands:
        await hands.keys("4", "minus", "g")
        await hands.type("2007-01-03")
        await hands.pilot.press("enter")
        await hands.pilot.pause()
        assert "2007-01-01 to 01-07  reading the books" in hands.screen
        await hands.pilot.press("right_square_bracket")
        await hands.pilot.pause()
        assert "2007-01-08 to 01-14" in hands.screen
        os.replace(aside, book)
        (office.home / "hangs").open("wb").close()  # whoever still waits for it reads nothing
        await hands.keys("left_square_bracket")
        shown = hands.screen
        assert "reading the books" not in shown and "2 meetings" in shown
        row = line(hands, "春节前会")
        assert "14:00" in row and "1/2" in row and "1/1" in row
        assert sum("年终连续会议" in one for one in shown.splitlines()) == 7
        under = hands.table.current
        assert under is not None and "03 Wed" in under.cells[0]  # the day that was asked for
