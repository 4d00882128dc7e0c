"""The day review by keyboard: a whole evening, answers, undo, two clerks, days that are over."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import MORNING, NAME, USER
from textual import events

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.ui.pacing import Paced
from officetui.ui.screens.review import ReviewScreen

EVENING = MORNING + timedelta(hours=9, minutes=12)  # 17:10


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keys of a test follow each other faster than those of a person who reads."""
    monkeypatch.setattr(Paced, "GAP", 0.0)
    yield


@pytest.fixture
def evening(office: Office) -> Office:
    office.watch = FixedClock(EVENING)
    return office


@pytest.fixture
def small(office_home: Path) -> Office:
    """An office with two shifts and three papers that are due."""
    made = Office.found(office_home, name=NAME, user=USER, clock=FixedClock(EVENING))
    for line, person in (("day", "何静"), ("night", "罗丹")):
        made.create(
            "duty",
            {"date": "2026-11-20", "line": line, "seat": 1, "person": person, "state": "arrived"},
        )
    for n in (1, 2, 3):
        made.create(
            "documents",
            {
                "title": f"材料{n}",
                "from_org": "县委办",
                "recv_at": "2026-11-18T09:00",
                "kind": "act",
                "state": "in_hand",
                "owner": "何静",
                "due": "2026-11-20T17:30",
            },
        )
    return made


def screen(hands: Hands) -> ReviewScreen:
    found = hands.app.screen
    assert isinstance(found, ReviewScreen), found
    return found


def title(hands: Hands) -> str:
    card = screen(hands)._card
    return card.title if card is not None else ""


def paper(hands: Hands, name: str) -> str:
    return hands.record("documents", title=name).state


async def test_a_whole_evening(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r")
        assert title(hands) == "材料1" and "card 1, 2 left" in hands.screen
        await hands.keys("1")  # done, with its result
        await hands.write("已报县委办")
        await hands.keys("ctrl+o")
        assert paper(hands, "材料1") == "closed"
        assert title(hands) == "材料2" and "card 1, 1 left" in hands.screen
        await hands.keys("2")  # to the night
        assert title(hands) == "材料3"
        await hands.keys("3")  # until, with a reason
        await hands.write("2026-11-25")
        await hands.keys("enter")
        await hands.write("等数据")
        await hands.keys("ctrl+o")
        assert hands.record("documents", title="材料3").text("due") == "2026-11-25"
        assert "Nothing is left that needs an answer." in hands.screen
        await hands.keys("n")
        await hands.write("水厂回话后告诉刘书记")
        await hands.keys("ctrl+o")
        await hands.keys("s")
        await hands.digit("罗丹 takes over, here")
        await hands.digit("No file")
        assert hands.said.startswith(" Sign") and "1 matter carried to the night" in hands.said
        shown = hands.screen
        assert "李梅 signed 17:10, 罗丹 accepted 17:10 (at the screen)" in shown
        assert "材料2" in shown and "水厂回话后告诉刘书记" in shown
        seat = hands.record("duty", line="day")
        assert seat.state == "taken_over" and seat.text("taken_over_by") == "罗丹"
        await hands.keys("u")
        assert hands.record("duty", line="day").state == "arrived"
        assert "evening, day to night: not signed" in hands.screen


async def test_the_leader_is_told_by_a_message(evening: Office) -> None:
    async with at_work(evening) as hands:
        await hands.keys("r", "space", "space")
        assert title(hands) == "农村道路安全隐患排查情况统计表"
        await hands.keys("4")
        assert "刘书记" in hands.screen and "农村道路" in hands.screen
        await hands.keys("1")
        assert title(hands) == "自来水停水两天"
        review = hands.record("reviews", half="evening")
        (told,) = evening.children(review, "carried")
        assert (told.text("how"), told.text("to"), told.text("method")) == (
            "reported",
            "刘晓燕",
            "phone",
        )
        await hands.keys("4", "escape")  # not sent is not told
        assert title(hands) == "自来水停水两天"
        assert len(evening.children(review, "carried")) == 1


async def test_signing_with_matters_unanswered_asks_once_and_names_them(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r", "2", "s")
        assert "2 matters have no answer" in hands.screen and "材料2" in hands.screen
        await hands.digit("Do not sign yet: go on answering")
        assert title(hands) == "材料2"
        await hands.keys("s")
        await hands.digit("Sign; it is accepted later")
        await hands.digit("No file")
        assert "3 matters carried to the night" in hands.said
        assert hands.record("reviews", half="evening").state == "signed"
        assert hands.record("duty", line="day").state == "handed_over"
        await hands.keys("s")
        assert "signed by 李梅 already" in hands.said
        await hands.keys("c")
        await hands.digit("罗丹 took over by phone")
        assert "罗丹 accepted 17:10 (by phone, noted by 李梅)" in hands.screen
        await hands.keys("c")
        assert "accepted already" in hands.said


async def test_somebody_else_accepts(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r", "s")
        await hands.digit("somebody else takes over")
        await hands.write("谢宇")
        await hands.keys("ctrl+o")
        assert hands.record("reviews", half="evening").text("accepted_by") == "谢宇"
        assert hands.record("duty", line="day").text("taken_over_by") == "谢宇"


async def test_undo_shows_the_matter_again_and_the_place_is_kept(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r", "2", "2")
        assert title(hands) == "材料3"
        await hands.keys("u")
        assert title(hands) == "材料2"
        await hands.keys("u")
        assert title(hands) == "材料1"
        await hands.keys("backspace")
        assert "first card" in hands.said
        await hands.keys("space", "space")
        assert title(hands) == "材料3"
        await hands.keys("escape", "r")
        assert title(hands) == "材料3"
        await hands.keys("space")
        assert title(hands) == "材料1" and "skipped" in hands.said
        await hands.keys("9")
        assert "no answer 9" in hands.said


async def test_everything_by_digits_while_an_input_method_is_on(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r", "2", "2", "2", "enter")  # no card is left: the menu
        await hands.digit("Write the note for who comes")
        await hands.type("留言")
        await hands.keys("ctrl+o", "0")
        await hands.digit("Sign the day; what has no answer is carried by name")
        await hands.digit("罗丹 took over on paper")
        assert hands.record("reviews", half="evening").text("accepted_how") == "paper"


async def test_a_line_that_was_stuck_answers_nothing(
    small: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    async with at_work(small) as hands:
        await hands.keys("r")
        for _n in range(200):
            hands.app.post_message(events.Key("2", "2"))
        await hands.settled()
        assert len(screen(hands)._asked) >= 2


async def test_two_clerks_are_told_of_each_other(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r")
        other = Office.open(small.home, clock=small.watch, user="赵强")
        first = next(r for r in other.records("documents") if r.text("title") == "材料1")
        other.do([first], "close", {"result": "办了"})
        await hands.keys("2")  # meant for what is done meanwhile: nothing is carried
        assert title(hands) == "材料2"
        assert hands.office.list("reviews") == []
        second = next(r for r in other.records("documents") if r.text("title") == "材料2")
        other.set(second, {"note": "催过了"})
        await hands.keys("2")
        assert "changed meanwhile" in hands.said and title(hands) == "材料2"


async def test_the_card_of_another_window_is_named(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r")
        folder = small.home / "review"
        ref = screen(hands)._asked[0].ref
        other = {"pid": os.getppid(), "user": "赵强", "key": ref, "title": "材料1"}
        (folder / f"{os.getppid()}.json").write_text(json.dumps(other), encoding="utf-8")
        screen(hands)._look_beside()
        await hands.settled()
        assert "赵强 has the same card open in another window" in hands.screen


async def test_a_past_day_is_only_read(small: Office) -> None:
    async with at_work(small) as hands:
        await hands.keys("r", "2", "s")
        await hands.digit("罗丹 takes over, here")
        await hands.digit("No file")
        small.watch.move(days=1)  # type: ignore[attr-defined]
        first = next(r for r in small.records("documents") if r.text("title") == "材料1")
        small.do([first], "close", {"result": "办了"})
        await hands.keys("escape", "r", "left_square_bracket")
        shown = hands.screen
        assert "The review of 2026-11-20 Friday" in shown
        assert "1 change after the signature" in shown and "材料1" in shown
        assert "李梅 signed 17:10" in shown
        await hands.keys("2")
        assert "nothing to answer" in hands.said
        small.watch.move(days=3)  # type: ignore[attr-defined]
        await hands.keys("s")
        assert "only read" in hands.said
        await hands.keys("g")
        await hands.type("2019-05-01")
        await hands.keys("enter")
        assert "The office begins on" in hands.screen
        await hands.keys("g")
        await hands.type("2030-05-01")
        await hands.keys("enter")
        assert "not come yet" in hands.screen


async def test_an_empty_day_is_friendly(office_home: Path) -> None:
    made = Office.found(office_home, name=NAME, user=USER, clock=FixedClock(EVENING))
    made.create("people", {"name": "赵强"})
    made.undo()
    async with at_work(made, (80, 24)) as hands:
        await hands.keys("r")
        shown = hands.screen
        assert "Nothing is left that needs an answer." in shown
        assert "nothing recorded yet today" in shown and "+ nothing stalled" in shown
        await hands.keys("down", "j", "pagedown", "pageup", "k", "up", "tab")
        assert "Nothing is left" in hands.screen


async def test_the_day_is_reached_by_scrolling_on_a_small_screen(evening: Office) -> None:
    async with at_work(evening, (80, 24)) as hands:
        await hands.keys("r")
        before = hands.screen
        assert "lines below" in before and "not signed" in before
        for _n in range(12):
            await hands.keys("pagedown")
        assert "lines below" not in hands.screen
        assert "not signed" in hands.screen and "card 1" in hands.screen  # always in sight


async def test_a_day_that_nobody_signed_says_how_it_ended(small: Office) -> None:
    first = next(r for r in small.records("documents") if r.text("title") == "材料1")
    small.set(first, {"title": "材料1" + "关于报送情况的通知" * 10})
    first = next(r for r in small.records("documents") if r.text("title").startswith("材料1"))
    small.watch.move(days=3)  # type: ignore[attr-defined]
    small.do([first], "close", {"result": "办了"})
    small.watch.move(days=30)  # type: ignore[attr-defined]
    async with at_work(small, (80, 24)) as hands:
        await hands.keys("r", "g")
        await hands.type("2026-11-20")
        await hands.keys("enter")
        shown = hands.screen
        assert "The review of 2026-11-20 Friday" in shown and "day to night: not signed" in shown
        assert "were due by that evening" in shown
        line = next(line for line in shown.splitlines() if "材料1" in line)
        assert line.rstrip().endswith("closed on 2026-11-23")
        assert "still open" in shown and "Done " in shown and "Checks " in shown
        await hands.keys("1")
        assert "nothing to answer" in hands.said


async def test_who_signed_is_told_whole_on_a_small_screen(small: Office) -> None:
    async with at_work(small, (80, 24)) as hands:
        await hands.keys("r", "2", "2", "2", "s")
        await hands.digit("罗丹 took over by phone")
        await hands.digit("No file")
        said = " ".join(hands.screen.split())
        assert "罗丹 accepted 17:10 (by phone, noted by 李梅)" in said, hands.screen
        assert "3 matters carried to the night" in said
        assert all(len(line) <= 80 for line in hands.screen.splitlines())


async def test_the_days_of_a_month_by_their_signatures(small: Office) -> None:
    """Which evenings were signed, with what carried, and which were not; Enter reads one."""
    async with at_work(small, (80, 24)) as hands:
        await hands.keys("r", "2", "2", "2", "s")
        await hands.digit("罗丹 took over by phone")
        await hands.digit("No file")
        small.watch.move(days=3)  # type: ignore[attr-defined]
        await hands.keys("escape", "r", "l")
        rows = [row.cells[:4] for row in hands.table.lines]
        assert [(row[0], row[2]) for row in rows] == [
            ("11-20 Fri", "accepted"),
            ("11-21 Sat", "not signed"),
            ("11-22 Sun", "not signed"),
        ], hands.screen
        assert rows[0][3] == "李梅"
        await hands.keys("s")  # nothing is signed from here
        assert "not signed" in hands.screen and len(small.records("reviews")) == 1
        await hands.keys("home", "enter")
        assert isinstance(screen(hands), ReviewScreen)
        assert "The review of 2026-11-20 Friday" in hands.screen
        await hands.keys("0")
        await hands.digit("The days of the month: which are signed, which are not")
        await hands.keys("end", "right")
        assert "The review of 2026-11-22 Sunday" in hands.screen
        await hands.keys("l", "escape")
        assert "The review of 2026-11-22 Sunday" in hands.screen
