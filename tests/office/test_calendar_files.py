"""Duty and meetings as iCalendar files: lasting names, hours in the zone, what is off included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from officetui.errors import Refused
from officetui.office.appointments import appointments
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.report.ical import as_ical

SHANGHAI = ZoneInfo("Asia/Shanghai")


def file(office: Office, register: str, **which: Any) -> bytes:
    return as_ical(appointments(office, register, **which), office.zone, "清河镇")


def events(office: Office, register: str, **which: Any) -> dict[str, Any]:
    """What another's parser finds, by summary."""
    parsed = Calendar.from_ical(file(office, register, **which))
    return {str(event["SUMMARY"]): event for event in parsed.walk("VEVENT")}


def fresh(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def test_a_night_lasts_until_the_next_morning(office: Office, add: Callable[..., Record]) -> None:
    add("duty")
    event = events(office, "duty")["Night 罗丹"]
    assert event["DTSTART"].dt == datetime(2026, 11, 20, 17, 30, tzinfo=SHANGHAI)
    assert event["DTEND"].dt == datetime(2026, 11, 21, 8, tzinfo=SHANGHAI)
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["STATUS"] == "TENTATIVE"
    text = file(office, "duty").decode()
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n" in text
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_whole_days_and_several_days(office: Office, add: Callable[..., Record]) -> None:
    add("meetings", title="座谈", start="2026-11-26")
    add("meetings", title="党代会", start="2026-12-01", end="2026-12-03")
    add("meetings", title="值守", start="2026-11-20T22:00", end="2026-11-21T02:00")
    add("meetings", title="调研", start="2026-11-24T09:00", end="2026-11-25")
    found = events(office, "meetings")
    assert found["座谈"]["DTSTART"].params["VALUE"] == "DATE"
    assert (found["座谈"]["DTSTART"].dt, found["座谈"]["DTEND"].dt) == (
        date(2026, 11, 26),
        date(2026, 11, 27),
    )
    assert found["党代会"]["DTEND"].dt == date(2026, 12, 4)
    assert found["值守"]["DTEND"].dt == datetime(2026, 11, 21, 2, tzinfo=SHANGHAI)
    assert found["调研"]["DTEND"].dt == datetime(2026, 11, 26, tzinfo=SHANGHAI)


def test_names_last_and_the_sequence_grows(
    office: Office, clock: FixedClock, add: Callable[..., Record]
) -> None:
    record = add("meetings", title="安全例会", start="2026-11-23T14:30", room="二楼会议室")
    first = events(office, "meetings")["安全例会"]
    assert file(office, "meetings") == file(office, "meetings")
    clock.move(hours=1)
    office.set(record, {"start": "2026-11-24T14:30"})
    moved = events(office, "meetings")["安全例会"]
    assert moved["UID"] == first["UID"]
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"]) == 0
    assert moved["DTSTART"].dt.day == 24
    clock.move(hours=1)
    office.do([fresh(office, record)], "cancel", {"reason": "并会"})
    off = events(office, "meetings")["Cancelled: 安全例会"]
    assert off["UID"] == first["UID"]
    assert off["STATUS"] == "CANCELLED"
    assert int(off["SEQUENCE"]) > int(moved["SEQUENCE"])
    assert events(office, "meetings", open=True) == {}


def test_what_lies_in_the_trash_is_cancelled(office: Office, add: Callable[..., Record]) -> None:
    record = add("duty")
    office.trash([record])
    event = events(office, "duty")["Cancelled: Night 罗丹"]
    assert event["STATUS"] == "CANCELLED"


def test_of_one_person_also_what_is_anothers_now(
    office: Office, add: Callable[..., Record]
) -> None:
    covered = add("duty")
    given = add("duty", date="2026-11-22")
    add("duty", date="2026-11-24", person="何静")
    office.do([covered], "cover", {"person": "谢宇", "reason": "病"})
    office.set(given, {"person": "何静"})
    hers = events(office, "duty", person="罗丹")
    assert set(hers) == {"Cancelled: Night 罗丹"}
    both = appointments(office, "duty", person="罗丹")
    assert [one.status for one in both] == ["CANCELLED", "CANCELLED"]
    theirs = events(office, "duty", person="谢宇")["Night 谢宇"]
    assert str(theirs["UID"]) in {one.uid for one in both}
    with pytest.raises(Refused, match="诸葛"):
        events(office, "duty", person="诸葛")
    assert events(office, "duty", person="李梅") == {}


def test_who_is_excused_does_not_come_and_who_is_sent_does(office: Office) -> None:
    office.create(
        "meetings",
        {"title": "例会", "start": "2026-11-23T14:30", "leaders": ["周海涛"]},
        [
            ("attendees", {"person": "何静", "reply": "替会", "substitute": "罗丹"}),
            ("attendees", {"person": "谢宇"}),
        ],
    )
    assert set(events(office, "meetings", person="周海涛")) == {"例会"}
    assert set(events(office, "meetings", person="谢宇")) == {"例会"}
    assert set(events(office, "meetings", person="罗丹")) == {"例会"}
    assert set(events(office, "meetings", person="何静")) == {"Cancelled: 例会"}
    assert events(office, "meetings", person="李梅") == {}


def test_a_leaders_schedule_and_leaves(office: Office) -> None:
    office.create(
        "schedule",
        {
            "leader": "周海涛",
            "start": "2026-11-23T09:00",
            "end": "2026-11-23T11:00",
            "place": "石桥村",
            "matter": "调研",
            "companions": ["李梅"],
        },
    )
    done = office.create(
        "schedule",
        {
            "leader": "陈志远",
            "kind": "leave",
            "start": "2026-11-25",
            "end": "2026-11-27",
            "matter": "年休假",
        },
    )
    found = events(office, "schedule", person="李梅")
    assert [(key, str(one["LOCATION"])) for key, one in found.items()] == [
        ("周海涛 调研", "石桥村")
    ]
    (leave,) = events(office, "schedule", person="陈志远").values()
    assert (leave["DTSTART"].dt, leave["DTEND"].dt) == (date(2026, 11, 25), date(2026, 11, 28))
    assert leave["STATUS"] == "TENTATIVE"
    record = office.get(done.refs[0])
    assert record is not None
    office.do([record], "cancel", {"reason": "不去了"})
    (leave,) = events(office, "schedule", person="陈志远").values()
    assert leave["STATUS"] == "CANCELLED"


def test_what_people_typed_stays_text(office: Office, add: Callable[..., Record]) -> None:
    add(
        "meetings",
        title="a;b,c\\d\nBEGIN:VEVENT\r\nSUMMARY:x\x1b[31m",
        room="二楼\nDTSTART:19990101T000000Z",
        start="2026-11-23T14:30",
    )
    data = file(office, "meetings")
    assert data.count(b"BEGIN:VEVENT\r\n") == 1
    assert b"\x1b" not in data
    (event,) = events(office, "meetings").values()
    assert event["DTSTART"].dt.year == 2026
    assert str(event["SUMMARY"]).startswith("a;b,c\\d BEGIN:VEVENT SUMMARY:x")


def test_a_register_without_hours_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="duty"):
        appointments(office, "people")


def test_nothing_is_an_empty_calendar(office: Office) -> None:
    assert Calendar.from_ical(file(office, "duty")).walk("VEVENT") == []


def test_clocks_that_change(tmp_path: Any, clock: FixedClock) -> None:
    made = Office.found(tmp_path / "b", name="B", user="A", clock=clock, zone="Europe/Berlin")
    made.create("meetings", {"title": "M", "start": "2026-07-01T09:00"})
    made.create("meetings", {"title": "W", "start": "2026-12-01T09:00"})
    found = events(made, "meetings")
    assert found["M"]["DTSTART"].dt.astimezone(UTC).hour == 7
    assert found["W"]["DTSTART"].dt.astimezone(UTC).hour == 8
    text = file(made, "meetings").decode()
    assert text.count("BEGIN:DAYLIGHT") >= 1
