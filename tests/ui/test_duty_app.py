"""Duty by keyboard: taking over, what is refused at its field, who is red from which hour."""

from __future__ import annotations

import pytest
from hands import at_work

from officetui.office.office import Office
from officetui.registers.record import Record


def again(office: Office, ref: str) -> Record:
    found = office.get(ref)
    assert found is not None
    return found


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_open_items_stand_above_what_is_asked(
    office: Office, size: tuple[int, int]
) -> None:
    night = "duty/duty:2026-11-19:night:1"
    if office.get(night) is None:
        cells = {"date": "2026-11-19", "line": "night", "seat": 1, "person": "高翔"}
        office.create("duty", {**cells, "state": "arrived"})
    else:
        office.set(again(office, night), {"state": "arrived", "person": "高翔"})
    for n in range(7):
        log = {"at": f"2026-11-19T2{n % 4}:10", "content": f"石桥村停水第{n}次", "caller": "刘主任"}
        office.create("duty_log", log)
    async with at_work(office, size) as hands:
        await hands.keys("2")
        await hands.to(night)
        await hands.keys("o")
        assert "matters are left open" in hands.screen
        assert "石桥村停水第0次" in hands.screen and "Taken over by" in hands.screen
        assert again(office, night).state == "arrived"  # nothing is accepted before Enter
        await hands.write("何静")
        await hands.keys("enter")
        await hands.keys("2", "enter")  # by phone
        await hands.write("今天7:52")
        assert "-> 2026-11-20 07:52" in hands.screen
        await hands.keys("enter")
        taken = again(office, night)
        assert (taken.state, taken.text("accepted")) == ("taken_over", "phone")
        assert taken.text("accepted_noted_by") == office.user
        assert taken.text("taken_over_at") == "2026-11-19T23:52:00Z"
        assert len(taken.words("left")) >= 7


async def test_two_turns_a_day_are_said_at_the_name(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to("duty/duty:2026-11-20:night:1")
        await hands.keys("s")
        await hands.write("何静")
        assert "One turn a day" in hands.screen
        await hands.write("林芳")
        assert "on leave" in hands.screen


async def test_an_exchange_to_be_approved_by_keyboard(office: Office) -> None:
    """Reason, approval, and both are to confirm again."""
    office.set_setting("duty_swap_approval", "approved")
    mine, theirs = "duty/duty:2026-11-20:night:1", "duty/duty:2026-11-21:night:1"
    assert again(office, theirs).state == "confirmed"
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to(mine)
        await hands.keys("y")
        await hands.write("谢宇")
        await hands.keys("enter", "enter")
        assert "is needed" in hands.screen  # the reason
        await hands.keys("1", "ctrl+o")  # ill
        for ref, who, planned in ((mine, "谢宇", "罗丹"), (theirs, "罗丹", "谢宇")):
            seat = again(office, ref)
            assert (seat.state, seat.text("person")) == ("swapped", who)
            assert (seat.text("planned_person"), seat.text("reason")) == (planned, "ill")
        await hands.keys("p")
        await hands.write("刘晓燕")
        await hands.keys("enter")
        for ref in (mine, theirs):
            seat = again(office, ref)
            assert (seat.state, seat.text("approved_by")) == ("planned", "刘晓燕")
            assert seat.get("confirmed_at") is None
        await hands.keys("u", "u")
        assert again(office, theirs).state == "confirmed"


async def test_another_ones_turn_under_a_cover_by_keyboard(office: Office) -> None:
    night = "duty/duty:2026-11-20:night:1"
    office.do([again(office, night)], "cover", {"person": "郑凯", "reason": "病"})
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to(night)
        await hands.keys("w")
        await hands.write("徐磊")
        await hands.keys("ctrl+o")
        seat = again(office, night)
        assert (seat.text("person"), seat.text("planned_person")) == ("郑凯", "徐磊")
        assert "郑凯 serves it all the same" in hands.said
