"""Where the leaders are, as the board of the morning says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.people import called
from officetui.registers.record import Record

Add = Callable[..., Record]


def rows(office: Office, hour: str = "07:58") -> dict[str, tuple[str, str]]:
    board = office.board(datetime.fromisoformat(f"2026-11-20T{hour}"))
    return {row.person: (row.where, row.words) for row in board.whereabouts}


def test_the_board_of_the_clerks(office: Office, add: Add) -> None:
    office.set_setting("here", "在镇")
    add("meetings", title="党委会", start="2026-11-20T09:30", leaders=["王建国"])
    add(
        "schedule",
        leader="陈志远",
        kind="meeting",
        start="2026-11-20T07:30",
        end="2026-11-20T12:00",
        place="县里",
        matter="开会",
        vehicle="车1",
    )
    leave = add(
        "schedule",
        leader="刘晓燕",
        kind="leave",
        start="2026-11-19",
        end="2026-11-21",
        matter="年假",
    )
    office.do([leave], "approve", {"deputy": "周海涛", "approver": "王建国"})
    for start, room in (("14:30", "二楼会议室"), ("15:00", "三楼大会议室")):
        add("meetings", start=f"2026-11-20T{start}", room=room, host="周海涛")
    assert rows(office) == {
        "王建国": ("在镇", "09:30党委会"),
        "陈志远": ("县里", "开会 back 12:00 车1"),
        "刘晓燕": ("on leave", "until 11-21 deputised by 周海涛"),
        "周海涛": ("在镇", "14:30 and 15:00 clash 14:30党委会"),
    }
    board = office.board()
    marked = {row.person for row in board.whereabouts if row.mark}
    assert marked == {"周海涛"}
    assert [row.short for row in board.whereabouts] == [
        "王在镇",
        "陈县里back 12:00",
        "刘on leave until 11-21",
        "周在镇!",
    ]
    assert rows(office, "12:30")["陈志远"] == ("在镇", "")


def test_who_went_out_and_is_not_back(office: Office, add: Add, clock: FixedClock) -> None:
    trip = add("schedule", place="石桥村", end="2026-11-20T11:00", vehicle="车2")
    office.do([trip], "depart")
    assert rows(office, "09:30")["周海涛"] == ("石桥村", "查看水毁 back 11:00 车2")
    assert rows(office, "11:30")["周海涛"] == (
        "石桥村",
        "查看水毁 should be back since 11:00 车2",
    )
    office.do([office.get(trip.ref) or trip], "back")
    assert rows(office, "11:30")["周海涛"] == ("here", "")


def test_a_trip_with_a_vehicle_tells_where_its_people_are(office: Office, add: Add) -> None:
    """Whoever asked for a vehicle need not be entered in the schedule as well."""
    trip = add(
        "errands", kind="vehicles", at="2026-11-20T09:00", end="2026-11-20T11:00", vehicle="车2",
        for_whom="周海涛", passengers=["陈志远"], place="石桥村", content="查看水毁",
    )  # fmt: skip
    assert rows(office, "09:30")["周海涛"] == ("here", "")  # only asked for
    office.do([trip], "approve", {"approver": "陈志远"})
    assert rows(office)["周海涛"] == ("here", "09:00石桥村")
    for name in ("周海涛", "陈志远"):
        assert rows(office, "09:30")[name] == ("石桥村", "查看水毁 back 11:00 车2")
    assert rows(office, "11:30")["周海涛"] == ("here", "")
    add("schedule", start="2026-11-20T09:00", place="石桥村", matter="慰问", vehicle="车2")
    assert rows(office)["周海涛"] == ("here", "09:00石桥村 慰问")  # the schedule says more
    assert rows(office, "09:30")["周海涛"][1].startswith("慰问")
    office.do([office.get(trip.ref) or trip], "done", {})
    assert rows(office, "09:30")["陈志远"] == ("here", "")


def test_what_clashes_at_one_hour_is_told_by_its_name(office: Office, add: Add) -> None:
    add("meetings", title="信访联席会议", start="2026-11-20T15:00", host="周海涛")
    add("schedule", start="2026-11-20T15:00", place="县里", matter="汇报")
    add(
        "schedule",
        leader="陈志远",
        start="2026-11-19",
        end="2026-11-23",
        place="市里",
        matter="培训",
    )
    add("meetings", start="2026-11-20T09:30", leaders=["陈志远"])
    assert rows(office)["周海涛"][1].startswith("信访联席会议 and 县里 汇报 clash")
    assert rows(office)["陈志远"] == ("市里", "培训 back 11-23 市里 培训 and 09:30 clash")


def test_a_leave_typed_into_the_directory(office: Office, add: Add) -> None:
    person = office.person("王建国")
    assert person is not None
    office.set(person, {"leave": ["2026-11-20/2026-12-02"], "deputy": "陈志远"})
    assert rows(office)["王建国"] == ("on leave", "until 12-02 deputised by 陈志远")


def test_an_office_without_leaders_has_no_block(office: Office) -> None:
    for person in list(office.records("people")):
        if person.get("rank"):
            office.set(person, {"rank": None})
    assert office.board().whereabouts == []


def test_posts_in_either_way_of_writing() -> None:
    for name, post, said in (
        ("刘晓燕", "党委副书记", "刘书记"),
        ("劉曉燕", "黨委副書記", "劉書記"),
        ("歐陽晨", "副鎮長", "歐陽鎮長"),
    ):
        assert called(Record("people", {"name": name, "post": post})) == said
