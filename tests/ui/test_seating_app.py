"""The seating plan by keyboard: from the menu of a meeting, by digits, into a file."""

from __future__ import annotations

from xml.etree import ElementTree

from hands import at_work

from officetui.office.office import Office
from officetui.ui.modals.seating import SeatingScreen


async def test_from_the_menu_by_digits_into_a_file(office: Office) -> None:
    meeting = next(one for one in office.records("meetings") if one.text("title") == "党委会")
    async with at_work(office) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.choose("Seating plan of the meeting")
        assert isinstance(hands.app.screen, SeatingScreen)
        assert "As seen by those seated" in hands.screen
        assert "1 王建国" in hands.screen
        row = next(line for line in hands.screen.splitlines() if "1 王建国" in line)
        assert row.index("3 单位1") < row.index("1 王建国") < row.index("2 刘晓燕")
        await hands.keys("4", "2")
        assert "单位1" not in hands.screen
        assert all(
            "2 刘晓燕" not in line for line in hands.screen.splitlines() if "1 王建国" in line
        )
        await hands.keys("5")
        (file,) = (office.home / "seating").iterdir()
        assert ElementTree.parse(file).getroot().tag.endswith("svg")
        await hands.keys("escape")
        assert not isinstance(hands.app.screen, SeatingScreen)


async def test_nobody_is_named_yet(office: Office) -> None:
    done = office.create("meetings", {"title": "碰头会", "start": "2026-11-20T16:30"})
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("4")
        await hands.to(done.refs[0])
        await hands.choose("Seating plan of the meeting")
        assert "Nobody is named for this meeting yet." in hands.screen


async def test_a_row_wider_than_the_screen_is_gone_along(office: Office) -> None:
    meeting = next(one for one in office.records("meetings") if one.text("title") == "党委会")
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.choose("Seating plan of the meeting")
        seats = hands.screen.splitlines()
        first = next(line for line in seats if "1 王建国" in line)
        assert 15 < first.index("1 王建国") < 60  # the middle, where the first sits
        assert "As seen by those who face them" in hands.screen
        assert "As seen by those seated" in hands.screen
        assert "Left Right along the row" in hands.screen
        await hands.keys("left", "left")
        ends = hands.screen
        await hands.keys("right", "right")
        assert hands.screen != ends and "10 单位8" in ends + hands.screen
        await hands.keys("4")
        assert "Left Right along the row" not in hands.screen
