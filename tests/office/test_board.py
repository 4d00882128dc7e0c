"""The board and the queue: duty by the hour, deadlines, clashes, one line per late person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from officetui.office import deadlines
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.record import Record

Add = Callable[..., Record]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def roster(add: Add) -> None:
    for day in (19, 20, 21):
        for line, person in (("leader", "刘晓燕"), ("day", "何静"), ("night", "罗丹")):
            add("duty", date=f"2026-11-{day}", line=line, person=person, phone="17749461493")


@pytest.mark.usefixtures("roster")
@pytest.mark.parametrize(
    ("moment", "running"),
    [
        ("2026-11-20T07:59", {"2026-11-19 leader", "2026-11-19 night"}),
        ("2026-11-20T08:00", {"2026-11-20 leader", "2026-11-20 day"}),
        ("2026-11-20T17:29", {"2026-11-20 leader", "2026-11-20 day"}),
        ("2026-11-20T17:30", {"2026-11-20 leader", "2026-11-20 night"}),
        ("2026-11-20T23:59", {"2026-11-20 leader", "2026-11-20 night"}),
        ("2026-11-21T00:00", {"2026-11-20 leader", "2026-11-20 night"}),
    ],
)
def test_who_is_on_duty_is_a_question_of_the_hour(
    office: Office, moment: str, running: set[str]
) -> None:
    seats = office.board(at(moment)).seats
    assert {f"{s.day} {s.line}" for s in seats if s.running} == running


@pytest.mark.usefixtures("roster")
def test_both_shifts_stand_around_the_change(office: Office) -> None:
    days = {seat.day.day for seat in office.board(at("2026-11-20T07:58")).seats}
    assert days == {19, 20, 21}
    noon = {seat.day.day for seat in office.board(at("2026-11-20T12:00")).seats}
    assert noon == {20, 21}


@pytest.mark.usefixtures("roster")
def test_untold_are_one_line_and_the_unconfirmed_their_own(office: Office) -> None:
    first = office.board().first
    assert [a.kind for a in first] == ["unconfirmed duty"]
    assert all(name in first[0].text for name in ("刘晓燕", "何静", "罗丹"))
    night = office.get("duty/duty:2026-11-20:night:1")
    assert night is not None
    office.do([night], "notify", {"method": "phone"})
    office.do([office.get(night.ref)], "notify", {"method": "phone"})  # type: ignore[list-item]
    told = [a for a in office.board().first if a.refs == (night.ref,)]
    assert len(told) == 1
    assert "17749461493" in told[0].text
    assert "2×" in told[0].text
    office.do([office.get(night.ref)], "confirm")  # type: ignore[list-item]
    assert not [a for a in office.board().first if night.ref in a.refs]


def test_handover_not_taken_comes_first(office: Office, add: Add) -> None:
    add("documents", due="2026-11-20T08:30", urgency="特急")
    add(
        "duty",
        date="2026-11-19",
        person="谢宇",
        state="handed_over",
        handover="石桥村停水，等水厂回话",
    )
    first = office.board().first
    assert first[0].kind == "handover"
    assert "石桥村停水" in first[0].text


def test_order_of_the_queue(office: Office, add: Add) -> None:
    add("documents", title="旧", due="2026-11-10", owner="何静", state="in_hand")
    add("documents", title="再旧", due="2026-11-09", owner="何静", state="in_hand")
    add("documents", title="新逾期", due="2026-11-19", owner="罗丹", state="in_hand")
    add("documents", title="今天", due="2026-11-20", owner="罗丹", state="in_hand")
    add("documents", title="马上", due="2026-11-20T09:00", owner="罗丹", state="in_hand")
    add("documents", title="以后", due="2026-11-25", owner="罗丹", state="in_hand")
    found = office.board().attention
    assert [a.group for a in found] == [
        deadlines.SOON,
        deadlines.TODAY,
        deadlines.NEWLY,
        deadlines.OLD,
    ]
    assert [("马上" in found[0].text), ("今天" in found[1].text), ("新逾期" in found[2].text)] == [
        True,
        True,
        True,
    ]
    assert len(found[3].refs) == 2
    assert "11 days late" in found[3].text


def test_a_promise_keeps_an_urged_paper_quiet_until_its_day(
    office: Office, add: Add, clock: FixedClock
) -> None:
    paper = add("documents", due="2026-11-10", owner="何静", state="in_hand")
    assert office.board().attention
    office.do([paper], "urge", {"method": "phone", "answer": "周一报", "promised": "2026-11-23"})
    assert office.board().attention == []
    clock.move(days=4)
    assert [a.kind for a in office.board().attention] == ["overdue"]


def test_finished_papers_are_quiet(office: Office, add: Add) -> None:
    paper = add("documents", due="2026-11-20T09:00")
    office.do([paper], "close", {"result": "已报"})
    board = office.board()
    assert (board.attention, board.due, board.counts["open"]) == ([], [], 0)


def test_clash_by_room_and_by_leader_is_said_once(office: Office, add: Add) -> None:
    add(
        "meetings",
        title="安全生产例会",
        start="2026-11-20T14:30",
        end="2026-11-20T16:00",
        leaders=["周海涛"],
        host="周海涛",
    )
    add(
        "meetings",
        title="信访联席会议",
        start="2026-11-20T15:00",
        end="2026-11-20T16:30",
        leaders=["刘晓燕", "周海涛"],
    )
    clashes = [a for a in office.board().attention if a.kind == "clash"]
    assert len(clashes) == 1
    assert all(word in clashes[0].text for word in ("15:00", "二楼会议室", "周海涛"))
    rows = office.board().meetings
    assert all(row.mark and row.clash for row in rows)
    later = office.records("meetings")[1]
    office.do([later], "keep_clash", {"clash_left": "分开坐"})
    assert not [a for a in office.board().attention if a.kind == "clash"]


def test_names_due_upwards_today(office: Office, add: Add) -> None:
    meeting = add(
        "meetings",
        title="征兵电视会",
        kind="branch",
        start="2026-11-23T15:00",
        rsvp_due="2026-11-20T12:00",
    )
    board = office.board()
    assert [a.kind for a in board.attention] == ["names_due"]
    assert [row.ref for row in board.meetings] == [meeting.ref]
    office.do([meeting], "give_names")
    assert office.board().attention == []


def test_a_visitor_waits_until_told(office: Office, add: Add) -> None:
    add("reception", notify_due="2026-11-20")
    board = office.board()
    assert [a.kind for a in board.attention] == ["unanswered"]
    assert board.counts["waiting"] == 1
    assert board.visitors[0].mark


def test_who_is_on_leave_is_marked_for_reassignment(office: Office, add: Add) -> None:
    add("documents", due="2026-11-02", owner="林芳", state="in_hand")
    late = office.board().overdue
    assert [(h.person, h.away, h.mark) for h in late] == [("林芳", "2026-12-31", True)]


def test_an_empty_office_has_an_empty_board(tmp_path: object, clock: FixedClock) -> None:
    from pathlib import Path

    office = Office.found(Path(str(tmp_path)) / "new", name="新", user="我", clock=clock)
    board = office.board()
    assert (board.first, board.seats, board.due, board.meetings) == ([], [], [], [])


def test_a_day_of_an_unknown_year_says_so(office: Office) -> None:
    assert office.board(at("2031-03-03T08:00")).day_type == "calendar not known"


def test_a_cell_that_does_not_fit_is_harmless(office: Office, add: Add) -> None:
    add("documents", due="下周吧", recv_at="昨天", urgency=["x"], owner=7)
    add("meetings", start="25号", end=12, leaders="刘晓燕")
    add("duty", date="后天", line="火星", seat="甲")
    add("reception", at="刚才", notify_due="快", headcount="几个")
    assert office.board().counts["open"] == 1


def test_a_clash_that_is_over_is_told_but_not_first(office: Office, add: Add) -> None:
    for title, start, end in (("一", "08:00", "09:00"), ("二", "08:30", "09:30")):
        add("meetings", title=title, start=f"2026-11-20T{start}", end=f"2026-11-20T{end}")
    board = office.board(at("2026-11-20T20:00"))
    assert [a.kind for a in board.attention] == ["clash"]
    assert board.first == []


def test_names_due_today_stand_among_what_is_due(office: Office, add: Add) -> None:
    add("documents", due="2026-11-20T10:00", title="先")
    add("documents", due="2026-11-20", title="后")
    meeting = add("meetings", start="2026-11-23T15:00", rsvp_due="2026-11-20T12:00", title="会")
    assert [row.when for row in office.board().due] == ["10:00", "12:00", "17:30"]
    office.do([meeting], "give_names")
    assert [row.when for row in office.board().due] == ["10:00", "17:30"]


def test_a_day_that_is_over_still_tells_its_clashes(
    office: Office, add: Add, clock: FixedClock
) -> None:
    for title, start in (("一", "14:30"), ("二", "15:00")):
        add("meetings", title=title, start=f"2026-11-20T{start}", leaders=["周海涛"])
    clock.move(days=3)
    board = office.board(at("2026-11-20T08:00"))
    assert board.first == []
    (clash,) = [a for a in board.attention if a.kind == "clash"]
    assert "周海涛" in clash.text


def _basis(office: Office, found: deadlines.Deadline) -> str:
    return deadlines.basis(office, found.record, found.at)


@pytest.mark.parametrize(
    ("due", "basis"),
    [
        ("2026-11-20T08:38", "40 minutes left"),
        ("2026-11-20", "today by 17:30"),
        ("2026-11-25", "3 working days left"),
        ("2031-03-03", "1564 calendar days left"),
    ],
)
def test_each_deadline_says_how_it_is_counted(
    office: Office, add: Add, due: str, basis: str
) -> None:
    add("documents", due=due)
    assert [_basis(office, d) for d in deadlines.deadlines(office)] == [basis]


def test_a_visitors_clock_counts_calendar_days(office: Office, add: Add) -> None:
    add("reception", notify_due="2026-12-05")
    assert [_basis(office, d) for d in deadlines.deadlines(office)] == ["15 calendar days left"]
