"""Telling people by keyboard: who is on duty today and tomorrow, and of a meeting."""

from __future__ import annotations

import pytest
from hands import Hands, at_work

from officetui.office import cards
from officetui.office.look import Glance
from officetui.office.office import Office
from officetui.office.telling import to_tell
from officetui.registers.record import Record
from officetui.ui.modals.message import MessageScreen


def again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def showing(hands: Hands) -> bool:
    return isinstance(hands.app.screen, MessageScreen)


@pytest.fixture
def meeting(office: Office) -> Record:
    people = [{"person": name, "role": "出席", "state": "listed"} for name in ("何静", "罗丹")]
    cells = {
        "title": "安全例会筹备",
        "start": "2026-11-25T14:30",
        "end": "2026-11-25T16:00",
        "room": "三楼大会议室",
        "host": "周海涛",
    }
    done = office.create("meetings", cells, [("attendees", one) for one in people])
    found = office.get(done.refs[0])
    assert found is not None
    return found


async def test_today_and_tomorrow_one_after_the_other(office: Office) -> None:
    seats = to_tell(office)
    assert seats
    first = seats[0]
    async with at_work(office) as hands:
        await hands.keys("2", "semicolon")
        assert showing(hands) and first.text("person")[0] in hands.screen
        await hands.keys("1")  # by phone: what was answered is asked
        assert again(office, first).state == "notified"
        assert again(office, first).text("method") == "phone"
        await hands.keys("1")
        assert again(office, first).state == "confirmed"
        if len(seats) > 1:
            assert showing(hands)
            await hands.keys("2")  # by message: the answer comes later
            assert again(office, seats[1]).state == "notified"
        while showing(hands):
            await hands.keys("5")
        assert "message" in hands.said and "sent" in hands.said


async def test_no_answer_is_noted_and_not_sent_is_not(office: Office) -> None:
    first = to_tell(office)[0]
    async with at_work(office) as hands:
        await hands.keys("2", "semicolon", "1", "2")
        if showing(hands):
            await hands.keys("escape")
        notices = office.children(again(office, first), "notices")
        assert again(office, first).state == "notified"
        assert notices[-1].text("answer") == "no answer"
        count = len(notices)
        await hands.to(first.ref)
        await hands.keys("space", "semicolon")
        assert showing(hands)
        await hands.keys("5")
        assert "nothing is recorded" in hands.said
        assert len(office.children(again(office, first), "notices")) == count


async def test_a_meeting_by_one_message_for_all(office: Office, meeting: Record) -> None:
    async with at_work(office) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("semicolon")
        await hands.digit("One message for all")
        assert showing(hands) and "安全例会筹备" in hands.screen
        await hands.keys("2")
        assert again(office, meeting).state == "notified"
        for one in office.children(meeting, "attendees"):
            assert (one.state, one.text("method")) == ("notified", "message")


async def test_each_attendee_then_moved_then_told_again(office: Office, meeting: Record) -> None:
    async with at_work(office) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("semicolon", "2")
        assert showing(hands)
        await hands.keys("1", "1")  # 何静 comes
        assert again(office, meeting).state == "fixed"
        await hands.keys("1", "3")  # 罗丹 was not reached
        assert again(office, meeting).state == "notified"
        one, other = office.children(meeting, "attendees")
        assert (one.text("reply"), other.state) == ("参会", "unreachable")
        (line,) = [a for a in office.board().attention if a.kind == "unreached"]
        assert "罗丹" in line.text and line.refs == (meeting.ref,)
        deck = cards.deck(Glance(office, office.now))
        seed = next(one for one in deck if one.item.kind == "unreached")
        card = cards.card(office, seed)
        assert card and [one.label for one in card.answers][:2] == ["tell them", "open"]
        # only meetings with somebody who was not reached
        await hands.keys("comma")
        await hands.digit("someone not reached")
        assert [row.ref for row in hands.table.lines] == [meeting.ref]
        office.do([again(office, meeting)], "move", {"start": "2026-11-26T09:00"})
        (line,) = [a for a in office.board().attention if a.kind == "to tell again"]
        assert "何静" in line.text and "罗丹" in line.text and "11-26 09:00" in line.text
        hands.app.records_changed({meeting.ref})
        await hands.keys("escape", "4")
        await hands.to(meeting.ref)
        await hands.keys("semicolon")
        await hands.digit("One message for all")
        assert "moved" in hands.screen
        await hands.keys("2")
        assert not [a for a in office.board().attention if a.kind == "to tell again"]


async def test_cancelled_and_told(office: Office, meeting: Record) -> None:
    office.do([meeting], "notify", {"method": "message"})
    office.do([again(office, meeting)], "cancel", {"reason": "大雪"})
    (line,) = [a for a in office.board().attention if a.kind == "to tell again"]
    assert "cancelled" in line.text and "何静" in line.text
    async with at_work(office) as hands:
        await hands.keys("4", "0")
        await hands.to(meeting.ref)
        await hands.keys("semicolon", "1")
        assert "大雪" in hands.screen
        await hands.keys("2")
    assert not [a for a in office.board().attention if a.kind == "to tell again"]
    assert again(office, meeting).state == "cancelled"


async def test_the_names_are_given_upwards(office: Office) -> None:
    """A meeting of a higher level: the list with posts and phones; sent is given."""
    people = [
        {"person": "何静", "role": "出席", "reply": "替会", "substitute": "罗丹"},
        {"person": "谢宇", "role": "列席", "reply": "请假"},
    ]
    cells = {
        "title": "县安全生产会",
        "kind": "upper",
        "start": "2026-11-25T14:30",
        "room": "县会议中心",
        "host": "县领导",
        "leaders": ["陈志远"],
        "rsvp_due": "2026-11-20T12:00",
    }
    ref = office.create("meetings", cells, [("attendees", one) for one in people]).refs[0]
    assert [a for a in office.board().attention if a.kind == "names_due" and ref in a.refs]
    async with at_work(office) as hands:
        await hands.keys("4")
        await hands.to(ref)
        await hands.keys("semicolon")
        await hands.digit("The list of names, to be given upwards")
        assert showing(hands)
        assert "2 take part in 县安全生产会" in hands.screen
        assert "1. 陈志远 镇长 13800010002" in hands.screen
        assert "2. 罗丹 综治办 17749461493" in hands.screen
        assert "谢宇" not in hands.screen and "县领导" not in hands.screen
        await hands.keys("5")  # not sent: they are still due
        assert [a for a in office.board().attention if a.kind == "names_due" and ref in a.refs]
        await hands.keys("semicolon")
        await hands.digit("The list of names, to be given upwards")
        await hands.keys("2")
        record = office.get(ref)
        assert record is not None
        assert record.text("rsvp_sent_at").startswith("2026-11-19T23:58")
        assert not [a for a in office.board().attention if a.kind == "names_due" and ref in a.refs]
        # moved: they are asked for again
        office.do([record], "move", {"start": "2026-11-26T14:30"})
        assert [a for a in office.board().attention if a.kind == "names_due" and ref in a.refs]
