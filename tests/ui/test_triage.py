"""Triage by keyboard: cards, answers, undo, the kept place, early keys, two windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hands import Hands, at_work
from sample_office import MORNING, PEOPLE
from textual import events

from officetui.office.cards_kept import Kept
from officetui.office.clock import FixedClock
from officetui.office.office import New, Office
from officetui.ui.screens.triage import TriageScreen


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keys of a test follow each other faster than those of a person who reads."""
    monkeypatch.setattr(TriageScreen, "GAP", 0.0)
    yield


def screen(hands: Hands) -> TriageScreen:
    found = hands.app.screen
    assert isinstance(found, TriageScreen), found
    return found


def key(hands: Hands) -> str:
    card = screen(hands)._card
    return card.seed.key if card is not None else ""


async def until(hands: Hands, start: str) -> None:
    """Skip to the card whose key begins so."""
    for _n in range(40):
        if key(hands).startswith(start):
            return
        await hands.keys("space")
    raise AssertionError(f"{start}: {hands.screen}")


async def test_the_night_first_then_each_card_by_a_digit(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t")
        assert key(hands).startswith("handover:")
        assert "21 left" in hands.screen
        await hands.keys("1")
        seat = hands.record("duty", date="2026-11-19", line="night")
        assert seat.state == "taken_over" and seat.text("taken_over_by") == "何静"
        assert key(hands) == "duty:duty/duty:2026-11-20:night:1"
        assert "20 left" in hands.screen
        await hands.keys("enter")
        assert hands.record("duty", date="2026-11-20", line="night").state == "confirmed"
        assert key(hands).startswith("matter:reception/")


async def test_without_a_card_no_answer_is_offered(office_home: Path) -> None:
    office = Office.found(office_home, name="城关镇", user="李梅", clock=FixedClock(MORNING))
    async with at_work(office) as hands:
        await hands.keys("t")
        assert "Nothing is left that needs a decision" in hands.screen
        footer = screen(hands).footer_line.text
        assert "answer" not in footer and "skip" not in footer and "undo" in footer
        office.create("documents", {"recv_no": "1", "recv_at": "2026-11-20", "kind": "act",
            "from_org": "县委办", "title": "急件", "due": "2026-11-20T09:00"})  # fmt: skip
        await hands.keys("escape", "t")
        assert key(hands) and "Space skip" in screen(hands).footer_line.text
        # This card begins at 2: no leader is known to whom the paper could go.
        assert "Enter answer 1" not in screen(hands).footer_line.text
        await hands.keys("escape", "a")
        await hands.type("督 各村排查 @何静 ^今天10点")
        await hands.keys("enter", "t", "space")
        assert "Enter answer 1" in screen(hands).footer_line.text


async def test_undo_across_cards_shows_the_card_again(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t", "1", "1")
        await hands.keys("u")
        assert key(hands) == "duty:duty/duty:2026-11-20:night:1"
        assert hands.record("duty", date="2026-11-20", line="night").state == "notified"
        await hands.keys("u")
        assert key(hands).startswith("handover:") and "21 left" in hands.screen
        assert hands.record("duty", date="2026-11-19", line="night").state == "handed_over"


async def test_not_reached_comes_back_after_a_quarter_of_an_hour(office: Office) -> None:
    watch = FixedClock(MORNING)
    office.watch = watch
    async with at_work(office) as hands:
        await hands.keys("t", "1", "2")
        seat = hands.record("duty", date="2026-11-20", line="night")
        assert [one.text("answer") for one in office.children(seat, "notices")][-1] == "not reached"
        assert not key(hands).startswith("duty:") and "comes back, at 08:13" in hands.screen
        watch.instant = MORNING + timedelta(minutes=16)
        here = key(hands)
        screen(hands)._count()
        await hands.keys("space")
        assert key(hands).startswith("duty:")
        await hands.keys("backspace")
        assert key(hands) == here


async def test_the_place_is_kept(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t", "1", "space", "space")
        here = key(hands)
        await hands.keys("escape")
        assert not isinstance(hands.app.screen, TriageScreen)
        await hands.keys("t")
        assert key(hands) == here
    async with at_work(Office.open(office.home, clock=office.watch, user=office.user)) as hands:
        await hands.keys("t")
        assert key(hands) == here


async def test_what_one_person_is_late_with_is_one_card(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, "overdue:何静")
        await hands.keys("1", "2")
        papers = [one for one in office.records("documents") if one.text("owner") == "何静"]
        assert all(len(office.children(one, "urgings")) == 1 for one in papers) and papers
        await until(hands, "overdue:林芳")
        await hands.keys("2")
        assert key(hands).startswith("matter:")


async def test_a_form_left_leaves_the_card(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, "names_due:")
        here = key(hands)
        await hands.keys("3", "escape")
        assert key(hands) == here
        await hands.keys("9")
        assert "no answer 9" in hands.said
        await hands.keys("1")
        assert key(hands) != here


async def test_keys_typed_before_the_card_was_painted_do_not_act(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t")
        before = len(screen(hands)._deck)
        for _n in range(200):
            hands.app.post_message(events.Key("1", "1"))
        await hands.settled()
        for _n in range(50):
            await hands.settled()
        assert before - len(screen(hands)._deck) <= 1


async def test_what_another_changed_is_shown_anew_before_an_answer_counts(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t", "space")
        other = Office.open(office.home, clock=office.watch, user="赵强")
        seat = other.get("duty/duty:2026-11-20:night:1")
        assert seat is not None
        other.do([seat], "notify", {"method": "phone", "answer": "回电"})
        await hands.keys("1")
        assert key(hands).startswith("duty:") and "changed meanwhile" in hands.said
        assert hands.record("duty", date="2026-11-20", line="night").state == "notified"
        await hands.keys("1")
        assert hands.record("duty", date="2026-11-20", line="night").state == "confirmed"


async def test_two_windows_are_told_of_each_other(office: Office) -> None:
    import os

    async with at_work(office) as hands:
        await hands.keys("t")
        beside = Kept(office.home, "赵强")
        beside._mine = beside._folder / f"{os.getppid()}.json"
        mine = (office.home / "triage" / f"{os.getpid()}.json").read_text()
        beside._mine.write_text(
            mine.replace(str(os.getpid()), str(os.getppid())).replace(office.user, "赵强")
        )
        screen(hands)._look_beside()
        await hands.settled()
        assert "赵强 has the same card open" in hands.screen
        beside.leave()
        screen(hands)._look_beside()
        await hands.keys("escape")
        assert not (office.home / "triage" / f"{os.getpid()}.json").exists()


# A real morning


LATE = (("何静", 8), ("黄伟", 7), ("赵强", 6), ("徐磊", 5))
PRESSED = {  # what the clerk presses, by the beginning of the card's key
    "handover:": ("1",),
    "duty:": ("enter",),
    "overdue:": ("1", "ctrl+o"),
    "names_due:": ("1",),
    "clash:": ("1",),
}


def morning(home: Path) -> Office:
    """Forty items, as an ordinary Friday has them."""
    office = Office.found(home, name="清河镇党政办", user="李梅", clock=FixedClock(MORNING))
    office.set_setting("rooms", ["二楼会议室", "三楼会议室"])
    office.create_many(
        [
            New(
                "people",
                {
                    "name": name, "unit": unit, "post": post, "phone": phone, "rank": rank,
                    **({"portfolio": ["校车"]} if name == "周海涛" else {}),
                },
                (),
                None,
            )
            for name, unit, post, phone, rank in PEOPLE
        ]
    )  # fmt: skip
    seats = [
        ("2026-11-19", "night", "高翔", "handed_over", {"handed_over_at": "2026-11-19T23:50:00Z"}),
        ("2026-11-20", "leader", "刘晓燕", "notified", {}),
        ("2026-11-20", "day", "何静", "notified", {}),
        ("2026-11-20", "night", "罗丹", "notified", {}),
    ]
    office.create_many(
        [
            New("duty", {"date": day, "line": line, "seat": 1, "person": who, "state": state,
                         **more}, (), None)
            for day, line, who, state, more in seats
        ]
    )  # fmt: skip
    meetings: list[dict[str, Any]] = [
        {"title": "安全例会", "start": "2026-11-20T14:30", "end": "2026-11-20T16:00",
         "room": "二楼会议室", "state": "fixed"},
        {"title": "信访联席会", "start": "2026-11-20T15:00", "end": "2026-11-20T16:30",
         "room": "二楼会议室", "state": "fixed"},
        {"title": "征兵视频会", "start": "2026-11-23T15:00", "kind": "upper", "state": "fixed",
         "rsvp_due": "2026-11-20T12:00", "owner": "李梅"},
    ]  # fmt: skip
    office.create_many([New("meetings", cells, (), None) for cells in meetings])
    late = [
        {"title": f"{who}的材料{n}", "owner": who, "due": f"2026-11-{2 + n:02d}"}
        for who, count in LATE
        for n in range(count)
    ]
    due = [
        {"title": f"今天要交的{n}", "owner": who, "due": "2026-11-20T17:00"}
        for n, who in enumerate(("吴敏", "郑凯", "彭博", "谢宇"))
    ]
    papers = [
        {"recv_no": 700 + n, "recv_at": "2026-11-01T09:00", "from_org": "县政府办", "kind": "act",
         "state": "in_hand", "title": "", **cells}
        for n, cells in enumerate([*late, *due])
    ]  # fmt: skip
    fresh = [
        {"recv_no": 800 + n, "recv_at": "2026-11-20T07:30", "from_org": "县教育局",
         "title": f"关于开展校车安全专项整治的函{n}", "kind": "act", "genre": "letter",
         "state": "registered"}
        for n in range(3)
    ]  # fmt: skip
    office.create_many([New("documents", cells, (), None) for cells in [*papers, *fresh]])
    return office


async def test_a_real_morning_of_forty_items(office_home: Path) -> None:
    """Forty items are at most twenty cards and thirty-five keys besides text."""
    office = morning(office_home)
    async with at_work(office) as hands:
        pressed = 1
        await hands.keys("t")
        items = {ref for seed in screen(hands)._deck for ref in seed.refs}
        assert len(items) == 40
        cards = 0
        while key(hands):
            cards += 1
            assert cards <= 20, hands.screen
            here = key(hands)
            keys = next((made for start, made in PRESSED.items() if here.startswith(start)), None)
            if keys is None:
                record = office.get(screen(hands)._card.refs[0])  # type: ignore[union-attr]
                assert record is not None
                keys = ("1", "ctrl+o") if record.state == "in_hand" else ("1",)
            for one in keys:
                if one.startswith("@"):
                    await hands.type(one[1:])
                    continue
                pressed += 1
                await hands.keys(one)
            assert key(hands) != here, hands.screen
        assert pressed <= 35, (pressed, cards)
        assert all(
            office.children(paper, "urgings") or paper.state == "proposed"
            for paper in office.records("documents")
        )


async def test_a_long_text_leaves_room_for_the_answers(office: Office) -> None:
    text = "自来水停了两天，村里老人挑水吃，问过村委没有结果。" * 60
    visitor = next(one for one in office.records("reception") if one.text("name") == "张某")
    office.set(visitor, {"matter": text, "due": "2026-11-20T09:30"})
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("t")
        await until(hands, f"matter:{visitor.ref}")
        assert "1 answered (how)" in hands.screen and "not accepted" in hands.screen
