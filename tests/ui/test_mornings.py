"""Whole mornings, by keyboard only: once by letters, once by enter and digits alone."""

from __future__ import annotations

import re

from hands import Hands, at_work, states

from officetui.office.office import Office

LINE = "县应急局 关于做好森林防火工作的通知 #加急 ^今天17:00"


def _places(office: Office) -> dict[str, str]:
    """The records of the morning that are there from the start."""
    meeting = next(r for r in office.records("meetings") if r.text("title") == "安全生产例会")
    items = office.children(meeting, "items")
    return {
        "paper": next(r.ref for r in office.records("documents") if r.text("recv_no") == "777"),
        "duty": "duty/duty:2026-11-20:night:1",
        "meeting": meeting.ref,
        "item": next(item.ref for item in items if item.state == "open"),
        "visitor": next(r.ref for r in office.records("reception") if r.text("name") == "石大爷"),
    }


async def _to_checklist(hands: Hands, item: str) -> None:
    await hands.keys("tab", "tab")
    await hands.to(item)


def _all_done(hands: Hands, places: dict[str, str]) -> None:
    office = hands.office
    got = {name: office.get(ref) for name, ref in places.items()}
    assert got["paper"] is not None and got["paper"].state == "in_hand"
    assert got["paper"].text("owner") == "吴敏"
    assert got["duty"] is not None and got["duty"].state == "confirmed"
    assert got["item"] is not None and got["item"].state == "done"
    assert got["visitor"] is not None and got["visitor"].state == "answered"
    assert got["visitor"].get("result")


async def test_a_morning_by_letters(office: Office) -> None:
    places = _places(office)
    before = states(office, list(places.values()))
    papers = len(office.records("documents"))
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type("收 " + LINE)
        assert "公文" in hands.screen or "Documents" in hands.screen
        await hands.keys("enter")
        assert "关于做好森林防火工作的通知" in hands.said
        new = hands.record("documents", title="关于做好森林防火工作的通知")
        assert new.text("due") == "2026-11-20T17:00" and new.text("urgency") == "加急"

        await hands.keys("3")
        await hands.to(places["paper"])
        await hands.keys("o")
        await hands.write("吴敏")
        await hands.keys("ctrl+o")

        await hands.keys("2")
        await hands.to(places["duty"])
        await hands.keys("c")

        await hands.keys("4")
        await hands.to(places["meeting"])
        await hands.keys("right")
        await _to_checklist(hands, places["item"])
        await hands.keys("space")

        await hands.keys("5")
        await hands.to(places["visitor"])
        await hands.keys("y")
        await hands.write("已恢复供水")
        await hands.keys("enter", "enter")

        _all_done(hands, places)
        assert len(office.records("documents")) == papers + 1
        after = states(office, list(places.values()))

        await hands.keys("u", "u", "u", "u", "u")
        assert states(office, list(places.values())) == before
        assert len(office.records("documents")) == papers
        await hands.keys("U", "U", "U", "U", "U")
        assert states(office, list(places.values())) == after
        assert len(office.records("documents")) == papers + 1


async def test_a_morning_by_enter_and_digits(office: Office) -> None:
    places = _places(office)
    before = states(office, list(places.values()))
    papers = len(office.records("documents"))
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.choose("Add a record by one line")
        await hands.type(LINE)  # behind the prefix of the place
        await hands.keys("enter")
        assert hands.record("documents", title="关于做好森林防火工作的通知")

        await hands.to(places["paper"])
        await hands.choose("Assign")
        number = re.search(r"(\d+) 吴敏", hands.screen)
        assert number is not None
        await hands.keys(*number[1], "enter", "enter", "enter")

        await hands.keys("2")
        await hands.to(places["duty"])
        await hands.choose("Confirm")

        await hands.keys("4")
        await hands.to(places["meeting"])
        await hands.choose("Open: everything about it, and its history")
        await hands.to(places["item"])
        await hands.choose("Tick")

        await hands.keys("5")
        await hands.to(places["visitor"])
        await hands.choose("Answer")
        await hands.keys("1", "enter", "1", "enter")

        _all_done(hands, places)
        after = states(office, list(places.values()))
        for _ in range(5):
            await hands.choose("Undo")
        assert states(office, list(places.values())) == before
        assert len(office.records("documents")) == papers
        for _ in range(5):
            await hands.choose("Redo")
        assert states(office, list(places.values())) == after


async def test_the_record_tells_its_history(office: Office) -> None:
    places = _places(office)
    async with at_work(office) as hands:
        await hands.keys("2")
        await hands.to(places["duty"])
        await hands.keys("c")
        await hands.keys("right")
        assert "History" in hands.screen
        assert "李梅" in hands.screen and "Confirm" in hands.screen
        await hands.keys("u")
        assert "undid" in hands.screen
