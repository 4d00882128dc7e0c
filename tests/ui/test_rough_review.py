"""The day review under rough hands: lines that were stuck, days at the ends of time, small
terminals, hostile titles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import MORNING, NAME, USER
from textual import events

from officetui.office import review_signing
from officetui.office.clock import FixedClock
from officetui.office.day_review import review
from officetui.office.office import Office

EVENING = MORNING + timedelta(hours=9, minutes=12)  # 17:10
HOSTILE = "[bold]x[/] \x1b[31m\u202e\u200b<script>alert(1)</script>|a|`b`\n=1+1 " + "长" * 10_000


def office_with(home: Path, title: str) -> Office:
    """An evening with two papers that are due."""
    made = Office.found(home, name=NAME, user=USER, clock=FixedClock(EVENING))
    for _n in range(2):
        made.create(
            "documents",
            {
                "title": title,
                "from_org": "县委办",
                "recv_at": "2026-11-18T09:00",
                "kind": "act",
                "state": "in_hand",
                "owner": "何静",
                "due": "2026-11-20T17:30",
            },
        )
    return made


async def stuck(hands: Hands, keys: str) -> None:
    """A line that was stuck: all of it arrives at once."""
    for key in keys:
        hands.app.post_message(events.Key(key, key))
    await hands.settled()


async def test_what_was_typed_ahead_of_the_review_answers_nothing(office_home: Path) -> None:
    office = office_with(office_home, "材料")
    async with at_work(office) as hands:
        await stuck(hands, "r" + "2341" * 50)
        assert "card 1, 1 left" in hands.screen
        await stuck(hands, "s" + "1" * 200)  # nor does it sign
        assert "Signing carries them by name" in hands.screen
    assert office.list("reviews") == []
    assert {record.state for record in office.records("documents")} == {"in_hand"}


async def test_the_days_at_the_ends_of_time_can_be_asked_for(office_home: Path) -> None:
    async with at_work(office_with(office_home, "材料")) as hands:
        for place in ("r", "1"):
            await hands.keys("escape", place)
            for day in ("0001-01-01", "9999-12-31"):
                await hands.keys("g")
                await hands.type(day)
                before, after = "left_square_bracket", "right_square_bracket"
                await hands.keys("enter", before, before, after, after, after)
                assert not hands.app._exit


@pytest.mark.parametrize("place", ["r", "t"])
async def test_the_answers_are_seen_on_a_tiny_terminal(office_home: Path, place: str) -> None:
    async with at_work(office_with(office_home, HOSTILE)) as hands:
        await hands.keys(place)
        await hands.pilot.resize_terminal(40, 10)
        await hands.settled()
        shown = hands.screen
        assert "\x1b" not in shown and "[bold]x[/]" in shown
        assert " 1 " in shown and " 4 " in shown


async def test_another_window_signs_while_the_question_is_open(office_home: Path) -> None:
    office = office_with(office_home, "材料")
    async with at_work(office) as hands:
        await hands.keys("r", "s")
        other = Office.open(office_home, clock=FixedClock(EVENING), user="赵强")
        review_signing.sign(other, EVENING.date(), "evening", {}, carry=True)
        await hands.digit("Sign; it is accepted later")
        assert "signed by 赵强 already" in hands.said
        made = review(office, EVENING.date(), "evening")
        assert [one.signed_by for one in made.signatures] == ["", "赵强"]
        assert not any(one.two_values for one in made.signatures)
