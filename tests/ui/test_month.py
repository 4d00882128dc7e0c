"""The month of the roster as a grid, by keyboard."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hands import at_work

from officetui.office.changes import New
from officetui.office.office import Office
from officetui.ui.screens.month import MonthScreen


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_month_as_a_grid(office: Office, size: tuple[int, int]) -> None:
    async with at_work(office, size) as hands:
        await hands.keys("2", "minus")
        assert isinstance(hands.app.screen, MonthScreen)
        await hands.to("day:2026-11-20")
        shown = hands.screen
        assert "11-20" in shown and "November 2026" in shown
        day = [line for line in shown.splitlines() if "11-20" in line][-1]
        # told and not confirmed has a mark; the leader, who confirmed, has none
        assert "罗丹!" in day and "刘晓燕" in day and "刘晓燕!" not in day
        await hands.keys("enter")  # which seat of the day, then what to do with it
        await hands.digit("11-20 Night 罗丹")
        await hands.digit("Confirm")
        seat = office.get("duty/duty:2026-11-20:night:1")
        assert seat is not None and seat.state == "confirmed"
        day = [line for line in hands.screen.splitlines() if "11-20" in line][-1]
        assert "罗丹!" not in day
        await hands.keys("right_square_bracket")
        assert "December 2026" in hands.screen
        await hands.keys("left_square_bracket")
        assert "November 2026" in hands.screen
        await hands.keys("minus")
        assert not isinstance(hands.app.screen, MonthScreen)


async def test_a_day_is_marked_from_the_hour_the_office_sets(office: Office) -> None:
    """At 7:58 the people of the weeks to come need not have answered: their names say so, the
    sign in front is for those whom somebody must call today."""
    office.create("duty", {"date": "2026-11-25", "line": "night", "seat": 1, "person": "谢宇"})
    office.create("duty", {"date": "2026-11-26", "line": "night", "seat": 1, "person": "林芳"})
    async with at_work(office) as hands:
        await hands.keys("2", "minus")
        rows = {row.ref: row for row in hands.table.lines}
        later = rows["day:2026-11-25"]
        assert "谢宇!" in later.cells and not later.mark
        assert rows["day:2026-11-20"].mark
        assert rows["day:2026-11-26"].mark  # somebody who is on leave then
        assert "days not confirmed" in hands.screen


async def test_holidays_and_moved_working_days(office: Office) -> None:
    """October 2026: the holiday from the 1st, and the 10th, a Saturday, on which offices work."""
    async with at_work(office) as hands:
        await hands.keys("2", "minus", "left_square_bracket")
        lines = {line.split()[0]: line for line in hands.screen.splitlines() if line.strip()}
        assert "Thu off" in lines["10-01"] and "Sat work" in lines["10-10"]
        assert "off" not in lines["10-17"] and "work" not in lines["10-12"]
        for _n in range(3):
            await hands.keys("right_square_bracket")
        assert "working days of 2027 not known" in hands.screen
        office.set_setting("day_types", {"2027-01-01": "holiday", "2027-01-02": "moved"})
        hands.app.records_changed({"settings/settings:day_types"})
        await hands.settled()
        lines = {line.split()[0]: line for line in hands.screen.splitlines() if line.strip()}
        assert "Fri off" in lines["01-01"] and "Sat work" in lines["01-02"]


async def test_a_month_of_long_ago_is_read_beside_the_keys(office: Office) -> None:
    """Its book hangs, as one on a slow disk would: the keys do not."""
    seats = [("2006-12-05", "何静"), ("2006-12-31", "罗丹"), ("2006-11-30", "吴敏")]
    office.create_many([
        New("duty", {"date": day, "line": "night", "seat": 1, "person": person, "state": "planned"},
            (), f"duty:{day}:night:1") for day, person in seats])  # fmt: skip
    office.flush()
    book, aside = office.home / "books" / "2006.json", office.home / "held"
    os.rename(book, aside)
    os.mkfifo(book)
    os.link(book, office.home / "hangs")
    async with at_work(office) as hands:
        app = hands.app
        await hands.keys("2", "minus")
        app.screen.show_day(date(2006, 12, 5))  # type: ignore[attr-defined]
        await hands.pilot.pause()
        assert "December 2006" in hands.screen and "reading the books" in hands.screen
        await hands.pilot.press("down", "down", "right_square_bracket", "left_square_bracket")
        assert "何静" not in hands.screen and "December 2006" in hands.screen
        os.replace(aside, book)
        (office.home / "hangs").write_bytes(b"")  # whoever waits for the old one reads nothing
        await hands.keys("right_square_bracket", "left_square_bracket")
        shown = hands.screen
        assert "reading the books" not in shown and "何静" in shown and "罗丹" in shown
        assert "吴敏" not in shown
        await hands.to("day:2006-12-05")
        await hands.keys("enter")
        assert "2006-12-05" in hands.screen or "12-05 Night" in hands.screen
