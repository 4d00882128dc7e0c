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
        assert hands.said.strip() == ""


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
