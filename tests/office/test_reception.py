"""Who has a visitor's matter, by when, and what the rules say of groups, tickets and guests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from officetui.errors import Refused
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.hospitality import most_companions
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID

RECEPTION = BY_ID["reception"]
Add = Callable[..., Record]


def _again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def test_a_new_matter_knows_its_clocks_without_being_told(office: Office) -> None:
    done = office.create(
        "reception",
        {"channel": "visit", "at": "2026-11-20T08:30", "matter": "征地补偿", "headcount": 7},
    )
    record = office.get(done.refs[0])
    assert record is not None
    assert record.text("notify_due") == "2026-12-05"  # fifteen calendar days
    assert (record.text("group"), record.text("receiver")) == ("集体访", "李梅")
    assert any("representatives" in hint for hint in done.hints)
    office.do([record], "accept", {})
    assert _again(office, record).text("due") == "2027-01-19"  # sixty


def test_at_most_five_speak_for_a_group(office: Office) -> None:
    six = {"channel": "visit", "at": "2026-11-20", "matter": "物业", "headcount": 20}
    done = office.create("reception", {**six, "representatives": list("甲乙丙丁戊己")})
    assert "At most five representatives speak for a group." in done.hints
    office.set_setting("rules", {"reception.speakers": "block"})
    with pytest.raises(Refused) as refused:
        office.create("reception", {**six, "representatives": list("甲乙丙丁戊己")})
    assert refused.value.field == "representatives"


def test_the_days_are_settings(office: Office, add: Add) -> None:
    office.set_setting("reception_tell_days", 10)
    office.set_setting("reception_finish_days", 45)
    record = add("reception", at="2026-11-20")
    assert record.text("notify_due") == "2026-11-30"
    office.do([record], "accept", {})
    assert _again(office, record).text("due") == "2027-01-04"


def test_who_has_it_and_since_when(office: Office, add: Add, clock: FixedClock) -> None:
    record = add("reception", receiver="李梅")
    assert RECEPTION.holder(record, office) == "李梅"
    clock.move(days=2)
    office.do([record], "transfer", {"transferred_to": "县水利局"})
    moved = _again(office, record)
    assert RECEPTION.holder(moved, office) == "县水利局"
    assert RECEPTION.since is not None
    assert str(RECEPTION.since(moved, office)) == "2026-11-22"
    office.do([moved], "take", {"owner": "何静"})
    assert RECEPTION.holder(_again(office, record), office) == "何静"


def test_a_ticket_waits_first_for_its_signature(office: Office, add: Add) -> None:
    record = add(
        "reception", channel="hotline", ticket="300", sign_due="2026-11-20T09:00", due="2026-11-25"
    )
    [line] = [one for one in office.board().attention if record.ref in one.refs]
    assert line.step == "sign"
    assert RECEPTION.waits_for(record, office) == "to sign for"
    office.do([record], "sign", {})
    assert not [one for one in office.board().attention if record.ref in one.refs]
    assert RECEPTION.deadline_cell(_again(office, record)) == "due"


def test_urging_is_recorded_beside_the_state(office: Office, add: Add) -> None:
    record = add("reception", state="in_hand", due="2026-11-20", owner="何静")
    office.do([record], "urge", {"method": "phone", "answer": "今天下午回话"})
    [urging] = office.children(record, "urgings")
    assert (urging.text("by"), urging.text("answer")) == ("李梅", "今天下午回话")
    assert _again(office, record).state == "in_hand"


@pytest.mark.parametrize(("guests", "most"), [(1, 3), (10, 3), (11, 3), (12, 4), (20, 6), (30, 10)])
def test_companions(guests: int, most: int) -> None:
    assert most_companions(guests) == most


def test_an_office_without_a_log_is_not_asked_for_zero_reports(office: Office, add: Add) -> None:
    night = add("duty", date="2026-11-18", line="night", person="何静")
    add("duty", date="2026-11-19", line="day", person="何静")
    add("duty", date="2026-11-18", line="leader", person="陈志远")
    assert not [one for one in office.board().attention if one.kind == "unreported"]
    add("duty_log", at="2026-11-19T10:00")
    asked = {
        ref for one in office.board().attention if one.kind == "unreported" for ref in one.refs
    }
    assert asked == {night.ref}  # the day has an entry, a leader keeps no log
    office.do([night], "zero_report", {})
    [report] = [one for one in office.records("duty_log") if one.get("zero")]
    assert report.text("seat") == night.ref
    assert office.linked(night) == [report]
    assert not [one for one in office.board().attention if one.kind == "unreported"]
    office.undo()
    assert not [one for one in office.records("duty_log") if one.get("zero")]


def test_a_telephone_note_has_five_elements(office: Office) -> None:
    done = office.create("duty_log", {"at": "2026-11-20T07:50", "content": "停水"})
    assert any("who called, from where" in hint for hint in done.hints)
    whole = {"caller": "王主任", "from_unit": "县府办", "phone": "5552001"}
    told = office.create("duty_log", {"at": "2026-11-20T07:51", "content": "报雪情", **whole})
    assert told.hints == ()
