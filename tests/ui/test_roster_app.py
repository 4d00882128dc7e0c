"""The roster of a month by keyboard: shown with its reasons, written by one menu, taken back."""

from __future__ import annotations

import pytest
from hands import Hands, at_work

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.screens.roster import RosterScreen

NOVEMBER = 3 * 30


def december(office: Office) -> list[str]:
    return [r.text("person") for r in office.list("duty") if r.text("date").startswith("2026-12")]


async def preview(hands: Hands) -> None:
    """From duty by the menu: the next month."""
    await hands.keys("2")
    await hands.choose("Make the roster for a month ...", "December 2026")
    assert isinstance(hands.app.screen, RosterScreen)


async def test_shown_written_and_taken_back(office: Office) -> None:
    async with at_work(office) as hands:
        await preview(hands)
        assert "Roster of December 2026" in hands.screen
        assert december(office) == []
        await hands.choose("Write 93 seats")
        assert len(december(office)) == 93
        assert not isinstance(hands.app.screen, RosterScreen)
        assert "93 seats" in hands.said
        assert "December 2026" in hands.screen
        await hands.keys("u")
        assert december(office) == []


async def test_every_seat_says_why(office: Office) -> None:
    async with at_work(office) as hands:
        await preview(hands)
        assert "12-01 Leader" in hands.screen
        await hands.keys("right", "right")
        assert "12-01 Night" in hands.screen
        assert "next best" in hands.screen
        await hands.keys("down")
        assert "12-02 Night" in hands.screen
        await hands.keys("left")
        assert "12-02 Day" in hands.screen


async def test_what_is_confirmed_stays_and_only_empty_seats_are_filled(office: Office) -> None:
    office.create(
        "duty",
        {"date": "2026-12-05", "line": "night", "seat": 1, "person": "何静", "state": "confirmed"},
    )
    office.create("duty", {"date": "2026-12-06", "line": "night", "seat": 1, "person": "何静"})
    async with at_work(office) as hands:
        await preview(hands)
        assert "1 kept" in hands.screen
        assert "=何静" in hands.screen
        await hands.choose("Fill only the seats that are empty")
        assert "2 kept" in hands.screen
        await hands.choose("Write 91 seats")
        nights = {r.text("date"): r for r in office.list("duty") if r.text("line") == "night"}
        assert nights["2026-12-05"].text("person") == "何静"
        assert nights["2026-12-06"].text("person") == "何静"


async def test_escape_writes_nothing(office: Office) -> None:
    async with at_work(office) as hands:
        await preview(hands)
        await hands.keys("escape")
        assert not isinstance(hands.app.screen, RosterScreen)
        assert december(office) == []


async def test_the_palette_knows_it(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("ctrl+p")
        await hands.type("roster")
        await hands.keys("enter")
        assert "Make the roster of which month?" in hands.screen


async def test_the_palette_knows_it_by_a_clerks_word(office: Office) -> None:
    """It is called 排某月的班, and 排班 is what everybody types."""
    set_language("zh_CN")
    try:
        async with at_work(office) as hands:
            await hands.keys("ctrl+p")
            await hands.type("排班")
            assert "排某月的班" in hands.screen
            await hands.keys("enter")
            assert "排哪个月的班" in hands.screen
    finally:
        set_language("en")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_a_line_asks_of_everybody(office: Office, size: tuple[int, int]) -> None:
    async with at_work(office, size) as hands:
        await preview(hands)
        if size[0] < 100:
            assert "turns" not in hands.screen.split("\n")[2]
            await hands.keys("tab")
        assert "turns" in hands.screen
        assert "working day " in hands.screen


async def test_a_colleague_who_confirms_meanwhile_is_seen(office: Office) -> None:
    async with at_work(office) as hands:
        await preview(hands)
        await hands.choose("Write 93 seats")
        await hands.choose("Make the roster for a month ...", "December 2026")
        seat = next(r for r in office.list("duty") if r.text("date") == "2026-12-03")
        hands.app.perform(lambda: office.do([seat], "confirm"))
        await hands.settled()
        assert "1 kept" in hands.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_another_setting_beside_the_one_that_stands(
    office: Office, size: tuple[int, int]
) -> None:
    async with at_work(office, size) as hands:
        await preview(hands)
        await hands.choose("Try another setting of a line ...", "Night")
        await hands.write("2")
        await hands.keys("ctrl+o")
        assert "Seats that differ:" in hands.screen
        assert " -> " in hands.screen
        assert "tried" in hands.screen
        assert december(office) == [] and "seats" not in office.setting("duty_lines")[2]
        assert "as set" in hands.screen and "Night: as set" in hands.screen
        if size[0] < 100:
            await hands.keys("tab")
        assert "+" in hands.screen
        await hands.choose("Back to the setting as it stands")
        assert "Seats that differ:" not in hands.screen
        await hands.choose("Try another setting of a line ...", "Night")
        await hands.write("25")  # more than fit: refused at the field
        await hands.keys("ctrl+o")
        assert "from 0 to 20" in hands.screen
        await hands.write("2")
        await hands.keys("ctrl+o")
        await hands.choose("Keep the setting that is tried")
        assert office.setting("duty_lines")[2]["seats"] == 2
        assert december(office) == []
        await hands.choose("Write 124 seats")
        assert len(december(office)) == 4 * 31
