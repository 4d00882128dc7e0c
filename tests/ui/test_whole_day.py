"""A whole day by keyboard, from the triage to the signature and to the next morning: on the sample
office, and on the office whose sheets were imported."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import MORNING, NAME, USER

from officetui.intake.importer import plan
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.ui.pacing import Paced
from officetui.ui.screens.review import ReviewScreen
from officetui.ui.screens.triage import TriageScreen
from tests.sheets import SHEETS

ORDER = ("通讯录.xlsx", "收文登记簿2026.xlsx", "会议安排.xls", "值班表2026年11月.xlsx",
          "来访接待登记.csv")  # fmt: skip


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keys of a test follow each other faster than those of a person who reads."""
    monkeypatch.setattr(Paced, "GAP", 0.0)
    yield


@pytest.fixture
def imported(office_home: Path) -> Office:
    """The office of the five sheets, on Friday morning."""
    made = Office.found(office_home, name=NAME, user=USER, clock=FixedClock(MORNING))
    for name in ORDER:
        made.create_many(plan(SHEETS / name, made, None, made.get).new())
    return made


async def test_a_whole_day_on_the_sample_office(office: Office) -> None:
    await _whole_day(office)


async def test_a_whole_day_on_the_imported_office(imported: Office) -> None:
    await _whole_day(imported)


async def _whole_day(office: Office) -> None:
    watch = FixedClock(MORNING)
    office.watch = watch
    async with at_work(office) as hands:
        await _triage(hands)
        watch.move(hours=2)
        await hands.keys("a")
        await hands.type("电 石桥村刘主任 停水两天 ^今天17:00")
        await hands.keys("enter")
        watch.move(hours=7, minutes=20)  # 17:18
        names = await _evening(hands)
        day = office.today.isoformat()
        found = hands.record("reviews", half="evening", date=day)
        assert (found.state, found.text("signed_by")) == ("accepted", USER)
        carried = _carried(office, "evening")
        assert len(carried) == len(names)
        night = next(s for s in office.board().seats if s.line == "night" and s.day == office.today)
        assert next(iter(carried.values())) in night.note
        left = [s for s in office.records("duty") if s.text("date") == day]
        assert {s.state for s in left if s.text("line") == "day"} == {"taken_over"}

        watch.move(hours=14, minutes=50)  # 08:08 on Saturday
        await hands.keys("t")
        screen = hands.app.screen
        assert isinstance(screen, TriageScreen)
        card = screen._card
        assert card is not None and card.seed.kind == "handover", hands.screen
        assert all(any(title in line for line in card.lines) for title in carried.values())
        await hands.keys("1", "escape", "r")
        shown = hands.screen
        assert "the shift before left it" in shown
        while "card 1" in hands.screen:
            await hands.keys("2")
        assert _carried(office, "morning").keys() <= carried.keys()
        await hands.keys("s", "1")
        await hands.digit("No file")
        assert hands.record("reviews", half="morning").state in ("signed", "accepted")
        await hands.keys("left_square_bracket")
        assert "The review of 2026-11-20" in hands.screen


def _carried(office: Office, half: str) -> dict[str, str]:
    """What a review carries: the titles by record."""
    review = next(one for one in office.records("reviews") if one.text("half") == half)
    return {one.text("matter"): one.text("title") for one in office.children(review, "carried")}


async def _triage(hands: Hands) -> None:
    """Take over, confirm who is on duty, and leave the rest for the day."""
    await hands.keys("t")
    screen = hands.app.screen
    assert isinstance(screen, TriageScreen)
    for _n in range(60):
        card = screen._card
        if card is None or card.seed.kind not in ("handover", "unconfirmed duty", "unreported"):
            break
        before = card.seed.key
        await hands.keys("1")
        if hands.app.screen is not screen:
            await hands.keys("ctrl+o")
        if hands.app.screen is not screen:
            await hands.keys("escape")
        if screen._card is not None and screen._card.seed.key == before:
            await hands.keys("space")
    await hands.keys("escape")


async def _evening(hands: Hands) -> list[str]:
    """Every matter gets one digit: to the night. Then the note and both signatures."""
    await hands.keys("r")
    screen = hands.app.screen
    assert isinstance(screen, ReviewScreen)
    names = []
    for _n in range(80):
        if screen._card is None:
            break
        names.append(screen._card.title)
        before = len(screen._asked)
        await hands.keys("2")
        assert len(screen._asked) == before - 1, hands.screen
    assert "Nothing is left that needs an answer." in hands.screen
    await hands.keys("n")
    await hands.write("盯着水厂")
    await hands.keys("ctrl+o", "s", "1")
    assert "carried to the night" in hands.said, hands.said
    await hands.keys("1")  # the handover, to print
    files = list((hands.office.home / "handovers").iterdir())
    assert [path.suffix for path in files] == [".html"] and files[0].name in hands.said
    text = files[0].read_text()
    assert "盯着水厂" in text and all(html.escape(name) in text for name in names)
    await hands.keys("escape")
    return names
