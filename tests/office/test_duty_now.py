"""Who is on duty now, and do they know: by the hour, with swaps and covers, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.office import reminders, telling
from officetui.office.appointments import appointments
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.duty import is_red
from officetui.registers.incidents import approvers
from officetui.registers.record import Record
from officetui.report import notices
from officetui.report.objects import board_object

Add = Callable[..., Record]


def at(clock: FixedClock, local: str) -> None:
    """Set the clock to a naive local moment of the office, which is eight hours ahead."""
    clock.instant = datetime.fromisoformat(local).replace(tzinfo=UTC) - timedelta(hours=8)


def again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def running(office: Office) -> dict[str, str]:
    return {seat.line: seat.person for seat in office.board().seats if seat.running}


@pytest.fixture
def turns(office: Office, add: Add) -> dict[str, Record]:
    """Two days; 谢宇 covers the night of the 20th, the leaders of both days are exchanged."""
    made = {
        f"{line}{day}": add("duty", date=f"2026-11-{day}", line=line, person=person)
        for line, day, person in (
            ("leader", 20, "刘晓燕"),
            ("leader", 21, "周海涛"),
            ("day", 20, "何静"),
            ("night", 19, "李梅"),
            ("night", 20, "罗丹"),
            ("day", 21, "李梅"),
        )
    }
    office.do([made["night20"]], "cover", {"person": "谢宇", "reason": "发烧"})
    office.do([made["leader20"]], "exchange", {"person": "周海涛", "reason": "开会"})
    return made


@pytest.mark.parametrize(
    ("moment", "on"),
    [
        ("2026-11-20T07:59", {"night": "李梅"}),
        ("2026-11-20T08:00", {"leader": "周海涛", "day": "何静"}),
        ("2026-11-20T17:29", {"leader": "周海涛", "day": "何静"}),
        ("2026-11-20T17:30", {"leader": "周海涛", "night": "谢宇"}),
        ("2026-11-21T03:00", {"leader": "周海涛", "night": "谢宇"}),  # still the duty of the 20th
        ("2026-11-21T08:00", {"leader": "刘晓燕", "day": "李梅"}),
    ],
)
def test_by_the_hour_with_swaps(
    office: Office, turns: dict[str, Record], clock: FixedClock, moment: str, on: dict[str, str]
) -> None:
    at(clock, moment)
    assert running(office) == on
    found = board_object(office, office.board())
    assert {one["line"]: one["person"] for one in found["duty"] if one["running"]} == on
    leader = on.get("leader")
    incident = office.create("incidents", {"at": moment, "place": "石桥村"}).refs[0]
    record = office.get(incident)
    assert record is not None
    if leader:
        assert approvers(record, office)[0] == leader


def test_messages_reminders_and_calendars_name_who_serves(
    office: Office, turns: dict[str, Record], clock: FixedClock
) -> None:
    letter = notices.of_seat(office, again(office, turns["leader20"]))
    assert "周海涛" in letter.to or "周镇长" in letter.text
    assert "谢宇" in letter.text and "罗丹" not in letter.text
    assert "周" in notices.of_seat(office, again(office, turns["night20"])).text
    told = telling.to_tell(office)
    assert [seat.text("person") for seat in told][:3] == ["周海涛", "何静", "谢宇"]
    at(clock, "2026-11-20T17:00")
    said = " ".join(words for _ref, words in reminders.reminders(office))
    assert "谢宇" in said and "罗丹" not in said
    mine = appointments(office, "duty", person="谢宇")
    assert [one.status == "CANCELLED" for one in mine] == [False]
    gone = appointments(office, "duty", person="罗丹")
    assert [one.status == "CANCELLED" for one in gone] == [True]


@pytest.mark.parametrize("hour", ["16:00", "09:30"])
def test_unconfirmed_is_red_from_the_hour_the_office_sets(
    office: Office, add: Add, clock: FixedClock, hour: str
) -> None:
    office.set_setting("duty_tell_from", hour)
    tomorrow = add("duty", date="2026-11-21", line="day", person="何静")
    begins = datetime.fromisoformat(f"2026-11-20T{hour}")
    for moment, red in (
        (begins - timedelta(minutes=1), False),
        (begins, True),
        (datetime(2026, 11, 21, 8, 0), True),
        (datetime(2026, 11, 21, 17, 30), False),  # it is over
    ):
        at(clock, moment.isoformat())
        assert is_red(tomorrow, office) is red, moment
        (seat,) = [one for one in office.board().seats if one.ref == tomorrow.ref] or [None]
        assert seat is None or seat.red is red, moment
        wanted = [
            a for a in office.board().attention if tomorrow.ref in a.refs and "何静" in a.text
        ]
        assert bool([a for a in wanted if a.kind == "unconfirmed duty"]) is red, moment
    at(clock, begins.isoformat())
    office.do([tomorrow], "notify", {"method": "message"})
    assert is_red(again(office, tomorrow), office)  # told is not confirmed
    office.do([again(office, tomorrow)], "confirm")
    assert not is_red(again(office, tomorrow), office)
    office.do([again(office, tomorrow)], "cover", {"person": "谢宇", "reason": "病"})
    assert is_red(again(office, tomorrow), office)  # somebody else is to confirm now


def test_the_base_roster_changes_under_a_swap_and_the_swap_stays(
    office: Office, turns: dict[str, Record]
) -> None:
    from officetui.office import roster as generator

    night = turns["night20"]
    made = generator.plan(office, date(2026, 11, 20), date(2026, 11, 30))
    generator.write(office, made)
    seat = again(office, night)
    assert (seat.text("person"), seat.text("planned_person")) == ("谢宇", "罗丹")
    # a new plan gives the turn to somebody else: 谢宇 serves it all the same
    done = office.do([seat], "replan", {"planned_person": "何静"})
    seat = again(office, night)
    assert (seat.text("person"), seat.text("planned_person")) == ("谢宇", "何静")
    assert any("谢宇" in hint for hint in done.hints)
    balance: dict[str, Any] = {
        one.person: one.before
        for one in generator.plan(office, date(2026, 12, 1), date(2026, 12, 2)).roster.balance
        if one.line == "night"
    }
    before = {
        one.person: one.before
        for one in generator.plan(office, date(2026, 11, 21), date(2026, 11, 21)).roster.balance
        if one.line == "night"
    }
    assert before["何静"] == 1 and before["罗丹"] == 0 and before["谢宇"] == 0
    assert balance["何静"] >= 1
    # who serves is planned now: nothing is swapped any more
    office.do([seat], "replan", {"planned_person": "谢宇"})
    seat = again(office, night)
    assert (seat.text("person"), seat.text("planned_person")) == ("谢宇", "")
    # of a seat nobody swapped the person changes, and is asked anew
    day = turns["day20"]
    office.do([again(office, day)], "notify", {"method": "phone"})
    office.do([again(office, day)], "replan", {"planned_person": "罗丹"})
    seat = again(office, day)
    assert (seat.state, seat.text("person"), seat.text("planned_person")) == ("planned", "罗丹", "")
    assert seat.text("phone") == "1770000000" and office.children(seat, "notices") == []


def test_lines_hours_and_seats_are_the_offices(office: Office, add: Add, clock: FixedClock) -> None:
    """Two leaders on some days, two by night, other hours, a line over midnight of its own."""
    office.set_setting(
        "duty_lines",
        [
            {"id": "leader", "label": "带班", "start": "09:00", "end": "09:00"},
            {"id": "late", "label": "小夜班", "start": "18:00", "end": "01:30", "seats": 2},
        ],
    )
    for line, seat, name in (
        ("leader", 1, "刘晓燕"),
        ("leader", 2, "周海涛"),
        ("late", 1, "罗丹"),
        ("late", 2, "谢宇"),
    ):
        add("duty", line=line, seat=seat, person=name)

    def on(moment: str) -> list[str]:
        at(clock, moment)
        return [seat.person for seat in office.board().seats if seat.running]

    assert on("2026-11-20T08:59") == []
    assert on("2026-11-20T09:00") == ["刘晓燕", "周海涛"]
    assert on("2026-11-20T18:00") == ["刘晓燕", "周海涛", "罗丹", "谢宇"]
    assert on("2026-11-21T01:29") == ["刘晓燕", "周海涛", "罗丹", "谢宇"]
    assert on("2026-11-21T01:30") == ["刘晓燕", "周海涛"]
    assert on("2026-11-21T09:00") == []


def test_from_planned_to_taken_over(office: Office, add: Add, clock: FixedClock) -> None:
    seat = add("duty", line="day", person="何静")
    for step, given, state, stamp in (
        ("notify", {"method": "phone"}, "notified", "notified_at"),
        ("confirm", {}, "confirmed", "confirmed_at"),
        ("arrive", {}, "arrived", "arrived_at"),
        ("hand_over", {"handover": "无"}, "handed_over", "handed_over_at"),
        (
            "take_over",
            {"taken_over_by": "罗丹", "accepted": "paper"},
            "taken_over",
            "taken_over_at",
        ),
    ):
        clock.move(minutes=5)
        office.do([again(office, seat)], step, given)
        found = again(office, seat)
        assert (found.state, found.instant(stamp)) == (state, clock.instant)
    with pytest.raises(Refused):
        office.do([again(office, seat)], "confirm")
