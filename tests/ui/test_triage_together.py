"""Two clerks at triage, each with a home, who meet in the shared folder only."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hands import Hands, at_work, until
from sample_office import MORNING

from officetui.office import folder as folders
from officetui.office import sync as syncs
from officetui.office.cards_kept import RENEWED, Kept
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.presence import BELIEVED, Presence
from officetui.office.sync import Sync
from officetui.ui.pacing import NEVER
from officetui.ui.screens.cards import CardScreen
from officetui.ui.screens.review import ReviewScreen
from officetui.ui.screens.triage import TriageScreen


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(TriageScreen, "GAP", 0.0)
    monkeypatch.setattr(ReviewScreen, "GAP", 0.0)
    monkeypatch.setattr(syncs, "POLL", (0.2, 0.5))
    yield


class Colleague:
    """吴敏 at another machine: a home of its own on the same folder."""

    def __init__(self, home: Path, folder: Path) -> None:
        info, _begun = folders.join(home, folder)
        self.clock = FixedClock(MORNING)
        self.sync = Sync(home, info, clock=self.clock)
        self.sync.round()
        self.office = Office.open(home, clock=self.clock, user="吴敏")
        self.office.create("people", {"name": "新来的"})
        self.presence = self.sync.presence = Presence(home, self.clock)
        self.kept: dict[str, Kept] = {}
        self.sync.round()

    def look_at(self, key: str, title: str = "某件", what: str = "triage") -> None:
        self.presence.enter(what)
        kept = self.kept.setdefault(what, Kept(self.office.home, "吴敏", what))
        kept.look_at(key, title, self.clock.now())
        self.sync.round()

    def leave(self, what: str = "triage") -> None:
        self.kept[what].leave()
        self.presence.leave(what)
        self.sync.round()

    def sees(self, what: str = "triage") -> list[tuple[str, str]]:
        self.sync.round()
        return [(one.user, one.key) for one in self.presence.beside(what)]


@pytest.fixture
def colleague(folder: Path, tmp_path: Path) -> Colleague:
    return Colleague(tmp_path / "colleague", folder)


def _read(hands: Hands) -> bool:
    status = hands.app.sync_status()
    return status is not None and status.state == "ok"


async def at_triage(hands: Hands) -> str:
    """Open triage when the folder has been read; the key of its first card."""
    await until(hands, lambda: _read(hands), "sync")
    await hands.keys("t")
    screen = hands.app.screen
    assert isinstance(screen, TriageScreen) and screen._card is not None
    await until(hands, lambda: screen._painted_at != NEVER, "painted")
    return screen._card.seed.key


def told(folder: Path, office: Office) -> Path:
    return folder / "triage" / f"{office.journal.writer}.json"


async def test_two_homes_are_told_of_each_other_s_card(
    office: Office, colleague: Colleague, folder: Path
) -> None:
    async with at_work(office) as hands:
        here = await at_triage(hands)
        colleague.look_at(here)
        await until(hands, lambda: "吴敏 has the same card open" in hands.screen, "the same")
        await until(hands, lambda: colleague.sees() == [("李梅", here)], "ours, by itself")
        colleague.look_at("matter:elsewhere", "别的\x1b[31m[red]事")
        await until(hands, lambda: "吴敏 is at another card: 别的" in hands.screen, "another")
        assert "\x1b[31m" not in hands.screen and "[red]事" in hands.screen
        colleague.leave()
        await until(hands, lambda: "吴敏" not in hands.screen, "left")
        await hands.keys("space")
        await until(hands, lambda: told(folder, office).exists(), "told")
        colleague.presence.enter("triage")
        await until(hands, lambda: here not in [key for _u, key in colleague.sees()], "moved on")
        await hands.keys("escape")
        await until(hands, lambda: not told(folder, office).exists(), "taken back")
    assert colleague.sees() == []


async def test_the_review_tells_too_and_the_end_of_the_app_takes_it_back(
    office: Office, colleague: Colleague, folder: Path
) -> None:
    evening = MORNING + timedelta(hours=9, minutes=30)
    office.watch = FixedClock(evening)
    colleague.clock.instant = evening
    async with at_work(office) as hands:
        await at_triage(hands)
        await hands.keys("escape", "r")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        await until(hands, lambda: screen._card is not None, "a card")
        assert screen._card is not None
        here = screen._card.seed.key
        colleague.look_at(here, what="review")
        await until(hands, lambda: "吴敏 has the same card open" in hands.screen, "the same")
        await until(hands, lambda: ("李梅", here) in colleague.sees("review"), "ours")
        assert told(folder, office).exists()
        await hands.app.action_quit()
    assert not told(folder, office).exists()


async def test_a_killed_colleague_s_card_goes_by_itself(
    office: Office, colleague: Colleague
) -> None:
    watch = office.watch = FixedClock(MORNING)
    async with at_work(office) as hands:
        here = await at_triage(hands)
        colleague.look_at(here)
        await until(hands, lambda: "吴敏 has the same card open" in hands.screen, "the same")
        watch.instant += BELIEVED + timedelta(seconds=1)
        await until(hands, lambda: "吴敏" not in hands.screen, "aged out")


async def test_a_card_that_is_thought_about_for_long_stays_told(
    office: Office, colleague: Colleague, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("officetui.ui.screens.cards._BESIDE", 0.02)
    looks: list[None] = []
    look = CardScreen._look_beside

    def counted(screen: CardScreen) -> None:
        look(screen)
        looks.append(None)

    monkeypatch.setattr(CardScreen, "_look_beside", counted)
    watch = office.watch = FixedClock(MORNING)
    async with at_work(office) as hands:
        here = await at_triage(hands)
        colleague.presence.enter("triage")
        await until(hands, lambda: colleague.sees() == [("李梅", here)], "told")
        await hands.keys("a")  # a line is typed above the card
        file = told(folder, office)
        for _ in range(4):
            before = file.read_bytes()
            seen = len(looks)
            await until(hands, lambda n=seen: len(looks) > n + 5, "looked at five times")
            assert file.read_bytes() == before
            watch.instant += RENEWED
            colleague.clock.instant += RENEWED
            await until(hands, lambda old=before: file.read_bytes() != old, "told again")
            assert colleague.sees() == [("李梅", here)]
        await hands.keys("escape", "escape")
        await until(hands, lambda: not file.exists(), "taken back")
        watch.instant += RENEWED
        await hands.settled()
        assert not file.exists()


async def test_many_others_never_push_the_answers_off_the_screen(
    office: Office, colleague: Colleague, folder: Path
) -> None:
    async with at_work(office, size=(80, 24)) as hands:
        here = await at_triage(hands)
        colleague.look_at("elsewhere")
        for n in range(30):
            card = {"what": "triage", "user": f"人{n}", "key": here, "title": "t" * 900}
            cards = [card | {"at": "2026-11-19T23:58:00Z"}]
            (folder / "triage" / f"zzzzzz{n:02d}.json").write_text(json.dumps({"cards": cards}))
        await until(hands, lambda: "has the same card open" in hands.screen, "the same")
        assert hands.screen.count("has the same card open") == 3
        screen = hands.app.screen
        assert isinstance(screen, TriageScreen) and screen._card is not None
        assert screen._card.answers[0].label in hands.screen


async def test_a_folder_that_does_not_answer_holds_up_no_card(
    office: Office, colleague: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncs, "STALLED", 0.3)
    async with at_work(office) as hands:
        here = await at_triage(hands)
        helper = hands.app.replication._files().pid
        os.kill(helper, signal.SIGSTOP)
        try:
            await hands.keys("1", "space", "backspace")
            await until(hands, lambda: hands.app.sync_status().silent, "silent")
            screen = hands.app.screen
            assert isinstance(screen, TriageScreen) and screen._card is not None
            assert screen._card.seed.key != here
            await asyncio.wait_for(hands.app.action_quit(), 10)
        finally:
            os.kill(helper, signal.SIGCONT)
