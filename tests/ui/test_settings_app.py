"""Settings by keyboard: every one is listed with what it is now, and written by a form of its kind."""

from __future__ import annotations

import pytest
from hands import Hands, at_work

from officetui.office.office import Office
from officetui.registers.settings import SETTINGS
from officetui.ui.screens.register import RegisterScreen


async def settings(hands: Hands) -> None:
    """The list of settings, by the palette."""
    await hands.keys("ctrl+p")
    await hands.type("Settings")
    await hands.keys("enter")
    assert isinstance(hands.app.screen, RegisterScreen)
    assert hands.app.screen.register.id == "settings"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_setting_is_listed_with_what_it_is(
    office: Office, size: tuple[int, int]
) -> None:
    async with at_work(office, size) as hands:
        await settings(hands)
        assert [row.ref for row in hands.table.lines] == [
            f"settings/settings:{one.name}" for one in SETTINGS
        ]
        assert "Unconfirmed duty is red from" in hands.screen and "16:00" in hands.screen
        assert "Leader 08:00-next day 08:00" in hands.screen


async def test_an_hour_is_written_and_taken_back(office: Office) -> None:
    async with at_work(office) as hands:
        await settings(hands)
        await hands.to("settings/settings:duty_tell_from")
        await hands.keys("e")
        await hands.write("25:00")
        await hands.keys("enter")
        assert "no hour of the day" in hands.screen  # at the field, and nothing is written
        assert office.setting("duty_tell_from") == "16:00"
        await hands.write("9：30")
        await hands.keys("enter")
        assert office.setting("duty_tell_from") == "09:30"
        assert "09:30" in hands.screen
        await hands.keys("u")
        assert office.setting("duty_tell_from") == "16:00"


async def test_whether_swaps_are_approved_is_chosen_by_a_digit(office: Office) -> None:
    async with at_work(office) as hands:
        await settings(hands)
        await hands.to("settings/settings:duty_swap_approval")
        await hands.keys("enter")
        assert "1 filed" in hands.screen
        await hands.keys("2", "enter")
        assert office.setting("duty_swap_approval") == "approved"


async def test_lines_hours_and_seats_from_duty(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2", "enter", "0")
        await hands.digit("Lines, hours and seats of the duty roster ...")
        await hands.digit("Night")
        await hands.digit("Change it")
        for _n in range(3):
            await hands.keys("down")
        await hands.write("2")
        await hands.keys("ctrl+o")
        night = office.setting("duty_lines")[2]
        assert (night["id"], night["label"], night["seats"]) == ("night", "Night", 2)
        assert "2 a day" in hands.screen  # the table is there again
        await hands.digit("Add a line ...")
        await hands.write("节日班")
        await hands.keys("enter")
        await hands.write("9:00")
        await hands.keys("enter")
        await hands.write("25")
        await hands.keys("ctrl+o")
        assert "no hour of the day" in hands.screen
        await hands.write("17点")
        for _n in range(4):
            await hands.keys("down")
        await hands.write("1")  # on public holidays alone
        await hands.keys("ctrl+o")
        line = office.setting("duty_lines")[3]
        assert line["id"] == "节日班" and line["end"] == "17:00"
        assert line["seats"] == {"holiday": 1}
        await hands.digit("Night")
        await hands.digit("Take it out")
        await hands.keys("escape")
        assert "turns to come" in hands.said  # its hours would be nobody's
        assert len(office.setting("duty_lines")) == 4
        await hands.keys("enter", "0")
        await hands.digit("Lines, hours and seats of the duty roster ...")
        await hands.digit("节日班")
        await hands.digit("Take it out")
        assert len(office.setting("duty_lines")) == 3
        await hands.keys("escape")
        await hands.keys("u", "u", "u")
        assert "seats" not in office.setting("duty_lines")[2]


async def test_moved_working_days(office: Office) -> None:
    async with at_work(office) as hands:
        await settings(hands)
        await hands.to("settings/settings:day_types")
        await hands.keys("enter")
        await hands.digit("Add a line ...")
        await hands.write("2027-02-05")
        await hands.keys("enter")
        await hands.write("2027-02-01")
        await hands.keys("enter", "3", "enter")
        assert "end is before the start" in hands.screen
        await hands.write("2027-02-07")
        await hands.keys("ctrl+o")
        days = {"2027-02-05", "2027-02-06", "2027-02-07"}
        assert office.setting("day_types") == dict.fromkeys(days, "holiday")


async def test_a_rule_is_made_stricter(office: Office) -> None:
    async with at_work(office) as hands:
        await settings(hands)
        await hands.to("settings/settings:rules")
        await hands.keys("enter")
        await hands.digit("One turn a day, and none while another one lasts.")
        await hands.write("block")
        await hands.keys("enter")
        assert office.setting("rules")["duty.twice"] == "block"


async def test_what_is_owed_by_unit(office: Office) -> None:
    async with at_work(office) as hands:
        await settings(hands)
        await hands.to("settings/settings:information_quota")
        await hands.keys("enter")
        await hands.digit("Add a line ...")
        await hands.write("综治办")
        await hands.keys("enter")
        await hands.write("4")
        await hands.keys("ctrl+o")
        assert office.setting("information_quota") == {"综治办": 4}
        assert "综治办" in hands.screen
