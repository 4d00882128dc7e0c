"""A clash while typing: both sides are named, and one key takes what is free instead."""

from __future__ import annotations

import pytest
from hands import Hands, at_work

from officetui.office import clashes
from officetui.office.office import Office
from officetui.registers.record import Record

ROOMS = ["二楼会议室", "三楼大会议室"]
LINE = "会 信访联席会 今天14:40－15:20 ＋二楼会议室 陈镇长主持"


def told(hands: Hands, word: str) -> str:
    return next((one for one in hands.screen.splitlines() if word in one), "")


def saved(office: Office, title: str) -> Record:
    found = [one for one in office.records("meetings") if one.text("title") == title]
    assert len(found) == 1
    return found[0]


async def test_one_key_takes_the_free_room_in_the_line(office: Office) -> None:
    office.set_setting("rooms", ROOMS)
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("5", "a")
        await hands.type(LINE)
        assert "clashes with 14:30 安全生产例会: 二楼会议室" in hands.screen
        assert "Free then: 三楼大会议室" in hands.screen
        assert "F2 三楼大会议室  F3 " in told(hands, "One key takes it")
        await hands.keys("f2")
        assert hands.text.endswith(LINE)  # the line stays as it was typed
        assert "clashes with" not in hands.screen and "三楼大会议室" in hands.screen
        await hands.keys("enter")
        record = saved(office, "信访联席会")
        assert (record.text("room"), record.text("start")) == ("三楼大会议室", "2026-11-20T14:40")
        assert clashes.of(office, record) == []


async def test_one_key_takes_a_free_hour_with_its_length(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("5", "a")
        await hands.type(LINE)
        keys = told(hands, "One key takes it").split()
        hour = keys[keys.index("F3") + 1]
        await hands.keys("f3")
        assert "clashes with" not in hands.screen
        # who types another hour means that one
        await hands.keys("end", *["backspace"] * len(" ＋二楼会议室 陈镇长主持"))
        await hands.type(" ＋二楼会议室")
        assert hour in hands.screen
        await hands.keys("home")
        await hands.write(LINE.replace("14:40", "14:50"))
        assert "clashes with" in hands.screen
        await hands.write(LINE)
        await hands.keys("f3", "enter")
        record = saved(office, "信访联席会")
        assert record.text("start") == f"2026-11-20T{hour}"
        start, end = record.moment("start"), record.moment("end")
        assert start is not None and end is not None
        assert (end - start).total_seconds() == 40 * 60
        assert clashes.of(office, record) == []


async def test_one_key_in_the_form_and_on_the_way_to_it(office: Office) -> None:
    office.set_setting("rooms", ROOMS)
    async with at_work(office) as hands:
        await hands.keys("5", "a")
        await hands.type(LINE)
        await hands.keys("tab")
        assert "clashes with 14:30 安全生产例会: 二楼会议室" in hands.screen
        assert "F2 三楼大会议室" in told(hands, "One key takes it")
        await hands.keys("f2")
        assert "clashes with" not in hands.screen
        await hands.keys("ctrl+o")
        assert saved(office, "信访联席会").text("room") == "三楼大会议室"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_keys_stay_in_sight_below_a_clash(office: Office, size: tuple[int, int]) -> None:
    """A form of many fields gives way to what is said below it, the field with the cursor last."""
    office.set_setting("rooms", ROOMS)
    meeting = next(one for one in office.records("meetings") if one.text("title") == "信访联席会议")
    async with at_work(office, size) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("e")
        field = hands.app.screen.query_one("#edit-room")
        for _field in range(20):
            if hands.app.focused is not field:
                await hands.keys("down")
                assert "Ctrl+O save" in hands.screen
        assert hands.app.focused is field
        for text, by in (("三楼大会议室", "周海涛"), ("二楼会议室", "二楼会议室, 周海涛")):
            await hands.write(text)
            await hands.settled()
            assert "Ctrl+O save" in hands.screen and text in hands.screen
            assert f"clashes with 14:30 安全生产例会: {by}" in hands.screen
            assert "One key takes it" in hands.screen
        shown = hands.app.screen.query_one(".form-fields").region
        assert field.region.y in range(shown.y, shown.bottom)


async def test_what_is_moved_keeps_its_length_while_it_is_typed(office: Office) -> None:
    """The end stays empty in the form; the hours asked about are those that will be written."""
    long = office.create(
        "meetings",
        {
            "title": "长会",
            "start": "2026-11-25T08:00",
            "end": "2026-11-25T12:00",
            "room": "三楼大会议室",
        },
    ).refs[0]
    office.create(
        "meetings",
        {
            "title": "午会",
            "start": "2026-11-26T11:00",
            "end": "2026-11-26T12:00",
            "room": "三楼大会议室",
        },
    )
    async with at_work(office) as hands:
        await hands.keys("4")
        await hands.to(long)
        await hands.keys("w")
        await hands.write("2026-11-26 8:00")
        assert "clashes with 11:00 午会: 三楼大会议室" in hands.screen
        keys = told(hands, "One key takes it").split()
        assert keys[keys.index("F2") + 1] == "二楼会议室"
        await hands.keys("f2", "ctrl+o")
        moved = office.get(long)
        assert moved is not None
        assert [moved.text(n) for n in ("room", "start", "end")] == [
            "二楼会议室",
            "2026-11-26T08:00",
            "2026-11-26T12:00",
        ]


async def test_a_vehicle_and_a_room_of_the_schedule(office: Office) -> None:
    office.set_setting("rooms", ROOMS)
    office.set_setting("vehicles", ["车1", "车2"])
    office.create(
        "schedule",
        {"leader": "陈志远", "start": "2026-11-25T09:00", "matter": "汇报", "vehicle": "车1"},
    )
    async with at_work(office) as hands:
        await hands.keys("7", "a")
        await hands.type("周镇长 25日9:30到11:00 石桥村 调研 车1")
        assert "clashes with 09:00 陈志远 汇报: 车1" in hands.screen
        await hands.keys("f2", "enter")
        assert hands.record("schedule", leader="周海涛", matter="调研").text("vehicle") == "车2"
        await hands.keys("a")
        await hands.type("王书记 今天15:00到15:30 二楼会议室 接待")
        assert "clashes with 14:30" in hands.screen
        await hands.keys("f2", "enter")
        assert hands.record("schedule", matter="接待").text("place") == "三楼大会议室"


async def test_the_board_says_what_is_free(office: Office) -> None:
    office.set_setting("rooms", ROOMS)
    meeting = next(one for one in office.records("meetings") if one.text("title") == "信访联席会议")
    async with at_work(office) as hands:
        hands.app.screen.set_focus(hands.app.screen.query_one("#meetings"))
        await hands.to(meeting.ref)
        assert "信访联席会议: Free then: 三楼大会议室" in hands.said
        assert "Free today from:" in hands.said
