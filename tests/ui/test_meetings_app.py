"""A meeting by keyboard: who comes and signs in, its agenda, minutes and checklist."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import NAME, USER, fill

from officetui.intake.capture import understand
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.record import Record

MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)  # 07:58


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def office(office_home: Path, clock: FixedClock) -> Office:
    made = Office.found(office_home, name=NAME, user=USER, clock=clock)
    fill(made)
    return made


@pytest.fixture
def meeting(office: Office) -> Record:
    told = {"role": "出席", "state": "notified"}
    people = [{"person": name} | told for name in ("何静", "罗丹", "谢宇", "吴敏")]
    people[2] |= {"state": "unreachable"}
    people[3] |= {"state": "answered", "reply": "请假"}
    cells = {
        "title": "安全例会",
        "start": "2026-11-20T09:00",
        "end": "2026-11-20T10:00",
        "room": "三楼大会议室",
        "host": "周海涛",
        "state": "notified",
    }
    found = office.get(office.create("meetings", cells, [("attendees", p) for p in people]).refs[0])
    assert found is not None
    return found


def attendees(office: Office, meeting: Record) -> dict[str, Record]:
    return {one.text("person"): one for one in office.children(meeting, "attendees")}


async def opened(hands: Hands, meeting: Record) -> None:
    await hands.keys("4")
    await hands.to(meeting.ref)
    await hands.keys("right")


def line(hands: Hands, *words: str) -> str:
    return next(one for one in hands.screen.splitlines() if all(word in one for word in words))


async def test_several_are_added_replied_and_sent_at_once(office: Office, meeting: Record) -> None:
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.keys("o")
        await hands.write("徐磊、郑凯")
        await hands.keys("down")
        await hands.write("石桥村、柳湾村")
        await hands.keys("down")
        await hands.write("2")  # sits in
        await hands.keys("ctrl+o")
        found = office.children(meeting, "attendees")[4:]
        assert [one.text("person") or one.text("unit") for one in found] == [
            "徐磊", "郑凯", "石桥村", "柳湾村",
        ]  # fmt: skip
        assert {one.text("role") for one in found} == {"列席"}
        await hands.keys("u")
        assert len(office.children(meeting, "attendees")) == 4
        # who sends somebody names him, and he is seen on the page
        await hands.to(attendees(office, meeting)["何静"].ref)
        await hands.keys("y")
        await hands.write("3")
        await hands.keys("down")
        await hands.write("高翔")
        await hands.keys("ctrl+o")
        assert attendees(office, meeting)["何静"].text("substitute") == "高翔"
        assert "高翔" in line(hands, "answered", "何静")
        # the unreachable come first, with the number that was tried
        assert "18600000006" in line(hands, "not reached", "谢宇")
        shown = [
            one for one in hands.screen.splitlines() if any(n in one for n in ("谢宇", "何静"))
        ]
        assert "谢宇" in shown[0]


async def test_many_sign_in_by_one_key(office: Office, clock: FixedClock, meeting: Record) -> None:
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.to(attendees(office, meeting)["罗丹"].ref)
        clock.instant = datetime(2026, 11, 20, 0, 52, tzinfo=UTC)  # 08:52
        await hands.keys("s")  # she is the first to come
        clock.instant = datetime(2026, 11, 20, 0, 58, tzinfo=UTC)
        await hands.to(attendees(office, meeting)["何静"].ref)
        await hands.keys("asterisk", "s")
        found = attendees(office, meeting)
        assert {name: one.text("signed_in_at")[11:16] for name, one in found.items()} == {
            "罗丹": "00:52",
            "何静": "00:58",
            "谢宇": "00:58",
            "吴敏": "",  # excused
        }
        assert "Signed in at 08:58" in line(hands, "signed in", "何静")
        await hands.keys("u")
        assert attendees(office, meeting)["何静"].state == "notified"


async def test_the_agenda_is_put_in_order(office: Office, meeting: Record) -> None:
    for what in ("传达精神", "通报情况", "部署工作"):
        office.do([meeting], "agenda", {"what": what})

    def agenda() -> list[str]:
        return [one.text("what") for one in office.children(meeting, "agenda")]

    last = office.children(meeting, "agenda")[2]
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.to(last.ref)
        await hands.keys("w")
        assert agenda() == ["传达精神", "部署工作", "通报情况"]
        await hands.keys("w", "w")  # the third time it is the first already
        assert agenda() == ["部署工作", "传达精神", "通报情况"]
        await hands.keys("x", "x", "x")
        assert agenda() == ["传达精神", "通报情况", "部署工作"]
        await hands.keys("u")
        assert agenda() == ["传达精神", "部署工作", "通报情况"]
        refs = [row.ref for row in hands.table.lines]
        places = [refs.index(one.ref) for one in office.children(meeting, "agenda")]
        assert places == sorted(places)  # as on the page


async def test_minutes_are_a_draft_until_they_are_signed(office: Office, meeting: Record) -> None:
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.keys("h", "M")
        await hands.write("会议强调防火")
        await hands.keys("ctrl+o")
        draft = hands.record("meetings", title="安全例会")
        assert (draft.state, draft.text("minutes"), draft.text("minutes_by")) == (
            "held",
            "会议强调防火",
            "李梅",
        )
        await hands.keys("s")
        assert hands.text == "会议强调防火"  # what was drafted stands there
        await hands.keys("ctrl+o")
        signed = hands.record("meetings", title="安全例会")
        assert signed.state == "minutes_signed"
        assert (signed.text("minutes_signer"), signed.text("minutes_signed_on")) == (
            "周海涛",
            "2026-11-20",
        )


async def test_a_decision_becomes_a_follow_up_by_one_key(office: Office, meeting: Record) -> None:
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.keys("d")
        await hands.write("排查烟花爆竹网点")
        await hands.keys("down")
        await hands.write("何静")
        await hands.keys("down")
        await hands.write("11-27")
        await hands.keys("ctrl+o")
        decision = office.children(meeting, "decisions")[0]
        await hands.to(decision.ref)
        await hands.keys("f", "ctrl+o")  # everything is known: the form is only looked at
        (made,) = [one for one in office.records("followups") if one.get("basis") == decision.ref]
        assert made.text("content") == "排查烟花爆竹网点"
        assert (made.text("source"), made.text("owner")) == ("decision", "何静")
        assert made.text("due").startswith("2026-11-27")


async def test_a_checklist_becomes_the_offices_own(office: Office, meeting: Record) -> None:
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.keys("L", "ctrl+o")  # the list of its sort
        await hands.keys("l")
        await hands.write("无人机")
        await hands.keys("down", "down")
        await hands.write("-90")
        await hands.keys("ctrl+o", "home")
        water = next(i for i in office.children(meeting, "items") if i.text("what") == "Water")
        office.trash([water])
        await hands.choose("Keep its checklist as the office's own")
        assert "work meeting" in hands.table.lines[0].cells[1]
        await hands.keys("1")
        assert "New meetings (work meeting) begin with these" in hands.said
    line_ = understand("会 周例会 25日9:30 二楼", office)
    new = office.get(office.create("meetings", line_.cells, line_.children).refs[0])
    assert new is not None
    items = {one.text("what"): one for one in office.children(new, "items")}
    assert items["无人机"].whole("offset") == -90 and "Water" not in items
    assert [one.whole("offset") for one in items.values() if one.get("check")] == [-120, -30, -10]
    other = understand("会 党委会 26日9:30 二楼", office)
    assert "无人机" not in [cells["what"] for name, cells in other.children if name == "items"]


async def test_due_times_move_with_the_meeting(office: Office, meeting: Record) -> None:
    office.do([meeting], "item", {"what": "桌签", "offset": -30})
    async with at_work(office) as hands:
        await opened(hands, meeting)
        assert "08:30" in line(hands, "桌签  ")
        office.do([office.get(meeting.ref) or meeting], "move", {"start": "2026-11-24T15:00"})
        hands.app.records_changed({meeting.ref})
        assert "Tue 14:30" in line(hands, "桌签  ")
        # every notice is void, and on each row one sees who must be told again
        assert "moved" in line(hands, "not told", "何静")
        told = next(one for one in office.board().attention if one.kind == "to tell again")
        assert all(name in told.text for name in ("何静", "罗丹"))
        assert "谢宇" not in told.text  # he never knew of it


async def test_another_hour_typed_over_what_was_told_is_a_move(
    office: Office, meeting: Record
) -> None:
    """Nobody believes the old hour because somebody used the form instead of the step."""
    async with at_work(office) as hands:
        await opened(hands, meeting)
        await hands.keys("e", "down", "down")
        await hands.write("2026-11-24 15:00")
        await hands.keys("down")
        await hands.write("2026-11-24 16:00")
        await hands.keys("ctrl+o")
        moved = office.get(meeting.ref)
        assert moved is not None
        assert (moved.state, moved.text("moved_from")) == ("fixed", "2026-11-20T09:00")
        found = attendees(office, meeting)
        assert {name: one.text("void") for name, one in found.items()} == {
            "何静": "moved",
            "罗丹": "moved",
            "谢宇": "",  # he was never reached
            "吴敏": "moved",  # excused for the old hour
        }
        assert found["吴敏"].get("reply") is None
        (told,) = [one for one in office.board().attention if one.kind == "to tell again"]
        assert "何静" in told.text
        await hands.keys("semicolon")
        await hands.digit("One message for all")
        assert "moved" in hands.screen  # 改期, as of a move by its step
        await hands.keys("escape", "u")
        assert office.get(meeting.ref).cells == meeting.cells  # type: ignore[union-attr]
        assert attendees(office, meeting)["吴敏"].text("reply") == "请假"
        # another title, or an end, is no move
        office.set(meeting, {"title": "安全工作例会", "end": "2026-11-20T10:30"})
        assert attendees(office, meeting)["何静"].text("void") == ""
