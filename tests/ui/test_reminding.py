"""The reminder line stands on every screen, gives way to what is said, and comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import NAME, USER, fill

from officetui.config import Config
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.ui.app import OfficeApp

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


async def test_the_reminder_is_on_every_screen(office: Office, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)  # 09:05
    async with at_work(office) as hands:
        assert "Check 30 minutes before" in hands.said
        await hands.keys("6")
        assert "Check 30 minutes before" in hands.said
        await hands.keys("a")
        await hands.type("访 石大爷")
        assert hands.text.endswith("访 石大爷")
        await hands.keys("escape", "u")
        assert "Undone" in hands.said  # what was done is said first


async def test_what_is_said_gives_way_again(office: Office, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
    async with at_work(office) as hands:
        hands.app.say("something")
        assert "Check" not in hands.said
        await hands.keys("down")
        assert "Check 30 minutes before" in hands.said
        clock.instant = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)  # it begins
        hands.app.remind()
        assert "党委会" not in hands.said


@pytest.mark.parametrize("bell", [False, True])
async def test_the_bell_only_when_asked_for(office: Office, clock: FixedClock, bell: bool) -> None:
    rung: list[int] = []
    app = OfficeApp(office, Config(bell=bell))
    app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await Hands(app, pilot).settled()
        assert app.reminder == ""
        for minute in (21, 22):
            clock.instant = datetime(2026, 11, 20, 1, minute, tzinfo=UTC)
            app.remind()
            assert "Check 10 minutes before" in app.reminder
    assert rung == [1] * bell


@pytest.mark.parametrize("bell", [False, True])
async def test_never_over_what_is_being_typed(
    office: Office, clock: FixedClock, bell: bool
) -> None:
    """A check falls due between two letters: in the line, in a form, in a menu."""
    app = OfficeApp(office, Config(bell=bell))
    rung: list[int] = []
    app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.settled()
        due = iter(datetime(2026, 11, 20, 1, minute, tzinfo=UTC) for minute in (1, 21))
        for begin, typed, more in (
            (("5", "a"), "石大爷 停水", "两天了"),
            (("escape", "4", "w"), "2026-11-2", "5 9:00"),
        ):
            await hands.keys(*begin)
            if begin[-1] == "w":
                await hands.write(typed)
            else:
                await hands.type(typed)
            before, field, stood = hands.text, app.focused, hands.screen.splitlines()
            clock.instant = next(due)
            app.remind()
            await hands.settled()
            assert "Check" in app.reminder
            assert (hands.text, app.focused) == (before, field)
            changed = [
                number
                for number, (old, new) in enumerate(
                    zip(stood, hands.screen.splitlines(), strict=False)
                )
                if old != new
            ]
            assert set(changed) <= {23}  # nothing but the status line
            await hands.type(more)
            assert hands.text == before + more
        await hands.keys("escape", "down")
        assert "Check 10 minutes before" in hands.said
    assert len(rung) == 2 * bell


async def test_all_three_checks_remind_in_turn(office: Office, clock: FixedClock) -> None:
    async with at_work(office) as hands:
        said = []
        for hour, minute in ((7, 29), (7, 31), (9, 1), (9, 21)):
            clock.instant = (
                datetime(2026, 11, 20, hour - 8, minute, tzinfo=UTC)
                if hour > 7
                else (datetime(2026, 11, 19, 23, minute, tzinfo=UTC))
            )
            hands.app.remind()
            said.append(hands.app.reminder)
        assert said[0] == ""
        for words, check in zip(
            said[1:],
            ("Check at set-up", "Check 30 minutes before", "Check 10 minutes before"),
            strict=True,
        ):
            assert check in words
