"""Incidents on the clock: by phone in 20 minutes, in writing in 40, then again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from officetui.errors import Refused
from officetui.office import cards
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.reminders import reminders
from officetui.registers.duty_over import left_open
from officetui.registers.incidents import INCIDENTS, due_look, due_words
from officetui.registers.model import EARLY, UNAPPROVED
from officetui.registers.record import Record
from officetui.registers.workflow import offers

Add = Callable[..., Record]


def _again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def _lines(office: Office, kind: str = "incident") -> list[tuple[int, str, str, str]]:
    found = [one for one in office.board().attention if one.kind == kind]
    return [(one.group, f"{one.at:%H:%M}" if one.at else "", one.step, one.basis) for one in found]


def test_the_countdown_of_every_report(office: Office, add: Add, clock: FixedClock) -> None:
    """What is due is first of all things, in minutes, however late it is."""
    slide = add("incidents")  # known at 07:58
    assert (slide.text("phone_due"), slide.text("written_due")) == (
        "2026-11-20T08:18",
        "2026-11-20T08:38",
    )
    assert _lines(office) == [(0, "08:18", "report_phone", "20 minutes left")]
    assert due_look(slide, office) == "warn"
    clock.move(minutes=11)
    assert _lines(office)[0][3] == "9 minutes left"
    assert due_look(slide, office) == "alert"
    clock.move(minutes=14)
    add("documents", due="2026-11-20T08:30", state="in_hand", owner="何静")
    assert _lines(office) == [(0, "08:18", "report_phone", "5 minutes late")]
    assert office.board().first[0].refs == (slide.ref,)  # before what is due at half past
    assert due_words(slide, office) == "08:18 5 min late"
    office.do([slide], "report_phone", {"to": "县委办", "content": "山体滑坡,2人被困"})
    assert _lines(office) == [(0, "08:38", "approve", "15 minutes left")]
    office.do([_again(office, slide)], "approve", {"approved_by": "刘晓燕"})
    assert _lines(office)[0][2] == "report"
    office.do([_again(office, slide)], "report", {})
    written = _again(office, slide)
    assert (written.state, written.text("next_due")) == ("reported", "2026-11-20T10:23")
    assert written.text("reported_to") == "县委办"
    assert _lines(office) == [(0, "10:23", "report_again", "2 hours left")]
    office.do([written], "report_again", {"content": "2人已救出", "casualties": "2人轻伤"})
    office.do([_again(office, slide)], "final", {"content": "道路已抢通", "approved_by": "刘晓燕"})
    done = _again(office, slide)
    assert (done.state, done.text("closed_at"), done.text("result")) == (
        "final",
        "2026-11-20",
        "道路已抢通",
    )
    assert _lines(office) == []
    reports = office.children(done, "reports")
    assert [one.text("kind") for one in reports] == ["phone", "written", "follow_up", "final"]
    assert [one.text("approved_by") for one in reports] == ["", "刘晓燕", "刘晓燕", "刘晓燕"]
    assert all(one.text("to") == "县委办" and one.text("by") == "李梅" for one in reports)
    assert done.text("first_report_at") == "2026-11-20T00:23:00Z"
    for _step in range(5):
        office.undo()
    assert _again(office, slide).cells == slide.cells


def test_the_minutes_are_settings(office: Office, add: Add) -> None:
    none = {"phone": 10, "written": 30, "follow_up": 0, "final": 0}
    office.set_setting("incident_minutes", none)
    slide = add("incidents")
    assert (slide.text("phone_due")[-5:], slide.text("written_due")[-5:]) == ("08:08", "08:28")
    office.do([slide], "approve", {"approved_by": "刘晓燕"})
    office.do([_again(office, slide)], "report", {"to": "县委办"})
    assert _again(office, slide).get("next_due") is None  # no countdown is set
    assert _lines(office) == [(1, "", "report_again", "")]  # and it is not forgotten
    office.set_setting("incident_minutes", {"phone": "ten"})  # what cannot be used is not
    assert add("incidents").text("phone_due").endswith("08:18")


def test_the_final_report_has_a_countdown_of_its_own(
    office: Office, add: Add, clock: FixedClock
) -> None:
    office.set_setting("incident_minutes", {"follow_up": 240, "final": 360})
    office.set_setting("incident_to", ["县委办", "县应急局"])
    slide = add("incidents")  # known at 07:58
    assert slide.text("phone_due").endswith("08:18")  # what is not named is as usual
    office.do([slide], "approve", {"approved_by": "刘晓燕"})
    report = INCIDENTS.step("report")
    assert report is not None
    held = offers(INCIDENTS, report, _again(office, slide), office)
    assert (held["to"], held["content"]) == (
        "县委办, 县应急局",
        "2026-11-20 07:40, 石桥村, 山体滑坡",
    )
    office.do([_again(office, slide)], "report", held)
    clock.move(hours=3)
    assert _lines(office) == [(0, "11:58", "report_again", "1 hour left")]
    office.do([_again(office, slide)], "report_again", {"content": "已抢通一半"})
    assert _again(office, slide).text("next_due").endswith("14:58")
    clock.move(hours=2)
    assert _lines(office) == [(0, "13:58", "final", "1 hour left")]
    office.do([_again(office, slide)], "postpone", {"final_due": "2026-11-20T18:00"})
    assert _lines(office)[0][1:3] == ("14:58", "report_again")


def test_a_report_may_go_before_its_approval(office: Office, add: Add) -> None:
    slide = add("incidents")
    with pytest.raises(Refused) as refused:
        office.do([slide], "report", {"to": "县委办"})
    assert refused.value.field == EARLY
    office.do([slide], "report", {"to": "县委办", EARLY: "情况紧急"})
    sent = _again(office, slide)
    assert (sent.state, sent.words(UNAPPROVED)) == ("reported", ("approve",))
    assert [line[2] for line in _lines(office, "unapproved")] == ["approve"]
    office.do([sent], "approve", {"approved_by": "刘晓燕"})
    filled = _again(office, slide)
    assert (filled.state, filled.words(UNAPPROVED)) == ("reported", ())
    [report] = office.children(filled, "reports")
    assert report.text("approved_by") == "刘晓燕"  # who approved what had gone already


def test_who_is_on_duty_approves_first(office: Office, add: Add) -> None:
    add("duty", date="2026-11-20", line="leader", person="周海涛")
    add("duty", date="2026-11-19", line="leader", person="刘晓燕")  # until 08:00
    slide = add("incidents")
    approve = INCIDENTS.step("approve")
    assert approve is not None
    [need] = approve.needs
    assert need.among is not None
    assert need.among(slide, office)[:2] == ["刘晓燕", "王建国"]


def test_what_is_missing_is_said_and_blocks_nothing(office: Office) -> None:
    done = office.create("incidents", {"at": "2026-11-20T07:50", "matter": "聚集"})
    assert any("Where is it?" in hint for hint in done.hints)
    assert any("report what is known" in hint for hint in done.hints)
    whole = {
        "at": "2026-11-20T07:50",
        "place": "石桥村",
        "matter": "山体滑坡",
        "source": "村委会",
        "casualties": "无",
        "scope": "6户",
        "trend": "稳定",
        "measures": "已转移",
    }
    assert office.create("incidents", whole).hints == ()


def test_one_key_makes_it_of_a_call_and_a_follow_up_of_it(office: Office, add: Add) -> None:
    call = add("duty_log", content="石桥村后山塌方", from_unit="石桥村", phone="13900003307")
    office.do([call], "to_incident", {"place": "石桥村"})
    [slide] = office.records("incidents")
    assert slide.text("basis") == call.ref
    assert (slide.text("place"), slide.text("matter"), slide.text("source")) == (
        "石桥村",
        "石桥村后山塌方",
        "石桥村刘主任",
    )
    assert slide.text("phone_due") == "2026-11-20T08:00"  # from the call at 07:40
    assert office.linked(call) == [slide]
    office.do([slide], "instruct", {"instruction": "月底前治理"})
    office.do([_again(office, slide)], "follow_up", {"due": "2026-11-30"})
    [follow] = office.records("followups")
    assert (follow.text("basis"), follow.text("source")) == (slide.ref, "instruction")
    assert "月底前治理" in follow.text("content")


def test_the_night_leaves_what_is_open(office: Office, add: Add) -> None:
    night = add("duty", date="2026-11-19", line="night", person="罗丹", state="arrived")
    slide = add("incidents")
    assert [one.ref for one in left_open(night, office)] == [slide.ref]
    office.do([slide], "withdraw", {"reason": "误报"})
    assert left_open(night, office) == []


def test_triage_and_the_line_of_every_screen(office: Office, add: Add, clock: FixedClock) -> None:
    slide = add("incidents")
    [seed] = [one for one in cards.deck(office) if one.kind == "incident"]
    card = cards.card(office, seed)
    assert card is not None
    assert [answer.step for answer in card.answers if answer.do == "step"] == [
        "report_phone",
        "approve",
        "assign",
        "withdraw",
    ]
    assert "20 minutes" in card.why
    assert reminders(office) == []
    clock.move(minutes=12)
    [(ref, words)] = reminders(office)
    assert ref.startswith(slide.ref)
    assert words == "08:18 石桥村 山体滑坡: to report by phone, 8 minutes left"
    office.do([slide], "withdraw", {"reason": "误报"})
    assert reminders(office) == []


def test_an_old_one_waits_with_who_has_it(office: Office, add: Add, clock: FixedClock) -> None:
    slide = add("incidents", owner="何静")
    clock.instant = datetime.fromisoformat("2026-11-25T08:00:00+08:00")
    [late] = [one for one in office.board().overdue if one.person == "何静"]
    assert late.refs == (slide.ref,)
    assert _lines(office) == []  # once, not twice
