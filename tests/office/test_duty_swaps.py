"""Swaps of duty: exchange and cover, filed or approved as the office sets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from officetui.errors import Refused
from officetui.office.office import Office
from officetui.registers.record import Record

Add = Callable[..., Record]


def again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def told(office: Office, record: Record) -> None:
    office.do([record], "notify", {"method": "phone"})
    office.do([again(office, record)], "confirm")


def whose(record: Record) -> tuple[str, str, str]:
    return record.state, record.text("person"), record.text("planned_person")


def test_two_turns_change_hands_as_one_change(office: Office, add: Add) -> None:
    mine = add("duty")
    early = add("duty", date="2026-11-23", line="day", person="谢宇")
    theirs = add("duty", date="2026-11-24", person="谢宇")
    told(office, mine)
    told(office, theirs)
    before = [again(office, one).cells for one in (mine, theirs)]
    done = office.do([again(office, mine)], "exchange", {"person": "谢宇", "reason": "罗丹发烧"})
    assert whose(again(office, mine)) == ("planned", "谢宇", "罗丹")
    assert whose(again(office, theirs)) == ("planned", "罗丹", "谢宇")
    assert again(office, early).text("person") == "谢宇"  # the same line goes first
    for one in (mine, theirs):
        seat = again(office, one)
        assert seat.text("reason") == "罗丹发烧"
        assert seat.get("confirmed_at") is None and seat.get("notified_at") is None
        assert office.children(seat, "notices") == []
        assert seat.text("phone") == "1770000000"
    assert any("11-24" in hint and "罗丹" in hint for hint in done.hints)
    office.undo()
    assert [again(office, one).cells for one in (mine, theirs)] == before
    assert len(office.children(again(office, theirs), "notices")) == 1


def test_their_turn_on_a_day(office: Office, add: Add) -> None:
    mine = add("duty")
    add("duty", date="2026-11-24", person="谢宇")
    later = add("duty", date="2026-11-28", person="谢宇")
    given = {"person": "谢宇", "reason": "有事", "exchange_day": "2026-11-28"}
    with pytest.raises(Refused, match="2026-11-27"):
        office.do([mine], "exchange", {**given, "exchange_day": "2026-11-27"})
    office.do([mine], "exchange", given)
    assert again(office, later).text("person") == "罗丹"


def test_who_cannot_take_the_turn_in_exchange(office: Office, add: Add) -> None:
    mine = add("duty")
    with pytest.raises(Refused, match="何静"):
        office.do([mine], "exchange", {"person": "何静", "reason": "有事"})
    # a turn of the same hours would be two at once; the turn given away is none
    add("duty", date="2026-11-24", person="何静")
    add("duty", date="2026-11-24", line="leader", person="罗丹")
    with pytest.raises(Refused, match="罗丹 is already on duty"):
        office.do([mine], "exchange", {"person": "何静", "reason": "有事"})
    add("duty", date="2026-11-25", person="林芳")
    with pytest.raises(Refused, match="2026-12-31"):
        office.do([mine], "exchange", {"person": "林芳", "reason": "有事"})


def test_exchanged_back_is_as_planned(office: Office, add: Add) -> None:
    mine, theirs = add("duty"), add("duty", date="2026-11-24", person="谢宇")
    office.do([mine], "exchange", {"person": "谢宇", "reason": "有事"})
    office.do([again(office, mine)], "exchange", {"person": "罗丹", "reason": "又好了"})
    assert whose(again(office, mine)) == ("planned", "罗丹", "")
    assert whose(again(office, theirs)) == ("planned", "谢宇", "")


def test_a_swap_to_be_approved(office: Office, add: Add) -> None:
    office.set_setting("duty_swap_approval", "approved")
    mine, theirs = add("duty"), add("duty", date="2026-11-24", person="谢宇")
    office.do([mine], "exchange", {"person": "谢宇", "reason": "有事"})
    assert [again(office, one).state for one in (mine, theirs)] == ["swapped", "swapped"]
    (line,) = [a for a in office.board().attention if a.step == "approve_swap"]
    assert set(line.refs) == {mine.ref, theirs.ref} and "谢宇" in line.text
    with pytest.raises(Refused):
        office.do([again(office, mine)], "confirm")
    office.do([again(office, mine)], "approve_swap", {"approved_by": "刘晓燕"})
    for one in (mine, theirs):
        seat = again(office, one)
        assert (seat.state, seat.text("approved_by")) == ("planned", "刘晓燕")
    assert not [a for a in office.board().attention if a.step == "approve_swap"]


def test_a_swap_acted_on_before_its_approval_stays_flagged(office: Office, add: Add) -> None:
    office.set_setting("duty_swap_approval", "approved")
    seat = add("duty")
    office.do([seat], "cover", {"person": "何静", "reason": "发烧"})
    early = {"method": "phone", "early": "夜里找不到领导"}
    office.do([again(office, seat)], "notify", early)
    office.do([again(office, seat)], "confirm")
    flagged = again(office, seat)
    assert (flagged.state, flagged.words("unapproved")) == ("confirmed", ("approve_swap",))
    office.do([flagged], "approve_swap", {"approved_by": "王建国"})
    approved = again(office, seat)
    assert (approved.state, approved.words("unapproved")) == ("confirmed", ())


def test_a_declined_swap_is_as_planned(office: Office, add: Add) -> None:
    office.set_setting("duty_swap_approval", "approved")
    mine, theirs = add("duty"), add("duty", date="2026-11-24", person="谢宇")
    office.do([mine], "exchange", {"person": "谢宇", "reason": "有事"})
    office.do([again(office, theirs)], "decline_swap", {"reason": "人手不够"})
    assert whose(again(office, mine)) == ("planned", "罗丹", "")
    assert whose(again(office, theirs)) == ("planned", "谢宇", "")


def test_the_setting_takes_only_what_it_knows(office: Office, add: Add) -> None:
    office.set_setting("duty_swap_approval", "maybe")
    assert office.setting("duty_swap_approval") == "filed"
