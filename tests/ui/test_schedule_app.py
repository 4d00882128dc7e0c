"""The leaders' schedule by keyboard: the line, the clash while typing, the block on Today."""

from __future__ import annotations

from hands import at_work

from officetui.office.office import Office


async def test_a_leave_from_the_line_to_the_board(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("7", "a")
        await hands.type("陈镇长 请假 今明两天")
        assert "Who deputises?" in hands.screen
        await hands.type(" 刘晓燕代")
        assert "Who deputises?" not in hands.screen
        await hands.keys("enter")
        leave = hands.record("schedule", leader="陈志远")
        assert (leave.state, leave.text("deputy")) == ("requested", "刘晓燕")
        await hands.to(leave.ref)
        await hands.keys("p")
        await hands.keys("ctrl+o")
        assert hands.record("schedule", leader="陈志远").state == "approved"
        await hands.keys("1")
        assert "on leave until 11-21" in hands.screen


async def test_a_clash_while_typing_names_what_is_free(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("7", "a")
        await hands.type("周镇长 今天15:00到16:00 县里 汇报")
        assert "clashes with 14:30" in hands.screen
        assert "Free today from:" in hands.screen


async def test_the_form_that_moves_offers_free_hours(office: Office) -> None:
    async with at_work(office) as hands:
        meeting = next(m for m in office.list("meetings") if m.text("start") == "2026-11-20T15:00")
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("w")
        assert "1 today" in hands.screen
        await hands.write("1")
        await hands.keys("ctrl+o")
        moved = office.get(meeting.ref)
        assert moved is not None
        assert moved.text("start") != "2026-11-20T15:00"
        from officetui.office import clashes

        assert clashes.of(office, moved) == []


async def test_the_block_and_its_line(office: Office) -> None:
    async with at_work(office) as hands:
        assert "7 Leaders' whereabouts" in hands.screen
        assert "14:30 and 15:00 clash" in hands.screen
    async with at_work(office, (80, 24)) as hands:
        line = next(one for one in hands.screen.splitlines() if "7 Leaders" in one)
        assert "王here" in line
        assert "周here!" in line


async def test_what_cannot_be_is_said_at_the_field(office: Office) -> None:
    """An end before the start, somebody on leave, a day that there is not: each with its rule."""
    person = office.person("马文斌")
    assert person is not None
    office.set(person, {"leave": ["2026-11-20/2026-12-31"]})
    async with at_work(office) as hands:
        meeting = next(m for m in office.list("meetings") if m.text("title") == "周例会")
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("e")
        while hands.app.focused is not hands.app.screen.query_one("#edit-end"):
            await hands.keys("down")
        await hands.write("2026-11-23 7:00")
        lines = hands.screen.splitlines()
        at = next(n for n, one in enumerate(lines) if "2026-11-23 7:00" in one)
        assert "ends before it begins" in lines[at + 1]  # while it is typed, below the field
        await hands.keys("ctrl+o")
        assert "ends before it begins" in hands.screen  # and it is not saved
        stored = office.get(meeting.ref)
        assert stored is not None and stored.text("end") == meeting.text("end")
        await hands.write("2026-02-30 9:00")
        await hands.settled()
        assert "“2026-02-30 9:00” is no date that can be read" in hands.screen
        await hands.keys("escape", "7", "a")
        await hands.type("马主席 明天 县里 开会")
        assert "on leave" in hands.screen
        await hands.keys("tab")
        lines = hands.screen.splitlines()
        at = next(n for n, one in enumerate(lines) if "马文斌" in one)
        assert "Somebody who is on leave then is sent nowhere." in lines[at + 1]
        assert "马文斌 is on leave" in hands.screen


async def test_a_leave_by_its_letters_until_it_is_reported_back(office: Office) -> None:
    """Asked for, taken before its approval, approved afterwards, and over when he is back."""
    async with at_work(office) as hands:
        await hands.keys("7", "a")
        await hands.type("周镇长 请假 20日到25日 病假 孙丽华代")
        await hands.keys("enter")
        leave = hands.record("schedule", leader="周海涛", kind="leave")
        await hands.to(leave.ref)
        await hands.choose("Leaves first, “Approve” later")
        await hands.write("急诊")
        await hands.keys("ctrl+o")
        leave = hands.record("schedule", leader="周海涛", kind="leave")
        assert (leave.state, leave.words("unapproved")) == ("away", ("approve",))
        assert "[to approve]" in hands.screen
        await hands.keys("p", "ctrl+o")
        leave = hands.record("schedule", leader="周海涛", kind="leave")
        assert (leave.state, leave.words("unapproved")) == ("away", ())
        await hands.keys("1")
        row = next(one for one in hands.screen.splitlines() if "until 11-25" in one)
        assert "周海涛" in row and "deputised by" in row
        await hands.keys("7")
        await hands.to(leave.ref)
        await hands.keys("b")
        assert hands.record("schedule", leader="周海涛", kind="leave").state == "returned"
        person = office.person("周海涛")
        assert person is not None
        from officetui.registers.people import away_until

        assert away_until(person, office.today) == ""
