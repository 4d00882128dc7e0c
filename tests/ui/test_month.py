"""The month of the roster as a grid, by keyboard."""

from __future__ import annotations

import pytest
from hands import at_work

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
