"""What the office sees to for others: vehicles that collide, seals, bills, counts of a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from officetui.errors import Refused
from officetui.office import clashes, counting
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.counting import fen
from officetui.registers.errands import ERRANDS
from officetui.registers.model import EARLY, UNAPPROVED
from officetui.registers.record import Record
from officetui.ui import forms

Add = Callable[..., Record]
TRIP = {"kind": "vehicles", "at": "2026-11-20T09:00", "end": "2026-11-20T11:00"}


def _again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def _said(office: Office, record: Record) -> list[str]:
    return [clash.words(clash.first) for clash in clashes.of(office, record)]


def test_two_trips_with_one_vehicle(office: Office, add: Add) -> None:
    office.set_setting("vehicles", ["车1", "车2"])
    first = add("errands", **TRIP, vehicle="车1", for_whom="周海涛", content="去石桥村")
    second = add("errands", **{**TRIP, "at": "2026-11-20T10:00"}, vehicle="车1", for_whom="何静")
    assert _said(office, second) == ["clashes with 09:00 vehicle 周海涛 去石桥村: 车1"]
    [line] = [one for one in office.board().attention if one.kind == "clash"]
    assert set(line.refs) == {first.ref, second.ref}
    assert clashes.free_vehicles(office, datetime(2026, 11, 20, 9), None, second.id) == ["车2"]
    first_way, *_others = clashes.ways(office, second, clashes.of(office, second))
    assert (first_way.words, first_way.cells) == ("车2", {"vehicle": "车2"})
    office.do([second], "move", {"at": "2026-11-20T11:00"})
    moved = _again(office, second)
    assert (moved.text("end"), _said(office, moved)) == (
        "2026-11-20T12:00",
        [],
    )  # as long as it was
    with pytest.raises(Refused):
        office.do([moved], "move", {"at": "2026-11-20T11:00", "end": "2026-11-20T10:00"})


def test_a_trip_and_the_leaders_schedule(office: Office, add: Add) -> None:
    add(
        "schedule", leader="陈志远", start="2026-11-20T09:00", end="2026-11-20T12:00", place="县里",
        matter="开会", vehicle="车1",
    )  # fmt: skip
    other = add("errands", **TRIP, vehicle="车1", for_whom="何静", content="送材料")
    assert _said(office, other) == ["clashes with 09:00 陈志远 县里 开会: 车1"]
    same = add("errands", **TRIP, for_whom="陈志远", place="县里", content="去县里开会")
    assert _said(office, same) == []  # it takes him there
    ten = {**TRIP, "at": "2026-11-20T10:00"}
    elsewhere = add("errands", **ten, for_whom="陈志远", place="市里", content="去市里")
    assert sorted(_said(office, elsewhere)) == [
        "clashes with 09:00 vehicle 陈志远 去县里开会: 陈志远",
        "clashes with 09:00 陈志远 县里 开会: 陈志远",
    ]
    away = add("errands", **TRIP, for_whom="林芳", content="去县里")
    assert _said(office, away) == ["林芳 is on leave"]
    office.do([other], "cancel", {"reason": "不用了"})
    assert _said(office, _again(office, other)) == []


def test_a_trip_becomes_an_outing_without_colliding_with_it(office: Office, add: Add) -> None:
    trip = add(
        "errands", **TRIP, vehicle="车1", for_whom="周海涛", place="石桥村", content="查看水毁"
    )
    office.do([trip], "to_schedule", {})
    [outing] = office.records("schedule")
    assert (outing.text("leader"), outing.text("vehicle"), outing.text("end")) == (
        "周海涛",
        "车1",
        "2026-11-20T11:00",
    )
    assert outing.text("source") == trip.ref
    assert office.linked(trip) == [outing]
    office.do([outing], "move", {"start": "2026-11-20T09:30"})
    assert _said(office, trip) == []


def test_a_meeting_of_the_county_is_driven_to(office: Office, add: Add) -> None:
    add(
        "meetings", title="县里例会", start="2026-11-20T09:30", kind="upper", leaders=["陈志远"],
        room="",
    )  # fmt: skip
    there = add("errands", **TRIP, for_whom="陈志远", content="去县里开会")
    late = add(
        "errands", kind="vehicles", at="2026-11-20T10:00", for_whom="陈志远", content="去市里"
    )
    assert _said(office, there) == ["clashes with 10:00 vehicle 陈志远 去市里: 陈志远"]
    assert any("县里例会" in words for words in _said(office, late))


def test_only_free_vehicles_are_offered(office: Office, add: Add) -> None:
    office.set_setting("vehicles", ["车1", "车2"])
    add("errands", **TRIP, vehicle="车1", for_whom="周海涛")
    trip = add("errands", **TRIP, for_whom="何静")
    step = ERRANDS.step("dispatch")
    assert step is not None
    entry = forms.for_step(ERRANDS, step, trip, office)[0]
    assert [candidate.value for candidate in entry.candidates] == ["车2"]


def test_where_the_vehicles_are_now(office: Office, add: Add, clock: FixedClock) -> None:
    office.set_setting("vehicles", ["车1", "车2", "车3"])
    add(
        "schedule", leader="陈志远", start="2026-11-20T07:30", end="2026-11-20T12:00", place="县里",
        matter="开会", vehicle="车1", state="out",
    )  # fmt: skip
    add("errands", **TRIP, vehicle="车2", for_whom="周海涛", place="石桥村", state="approved")
    said = {one.name: (one.words, one.busy, one.mark) for one in office.board().vehicles}
    assert said == {
        "车1": ("陈志远 县里 back 12:00", True, False),
        "车2": ("free until 09:00 周海涛 石桥村", False, False),
        "车3": ("free", False, False),
    }
    clock.move(hours=4, minutes=10)
    late = {one.name: (one.words, one.mark) for one in office.board().vehicles}
    assert late["车1"] == ("陈志远 县里 should be back since 12:00", True)
    assert late["车2"][0] == "free"


def test_asked_approved_done_settled(office: Office, add: Add) -> None:
    paper = add("errands", kind="supplies", at="2026-11-20", content="打印纸10箱")
    assert paper.text("due") == "2026-11-25"  # three working days
    assert paper.text("owner") == "李梅"
    with pytest.raises(Refused) as refused:
        office.do([paper], "done", {})
    assert refused.value.field == EARLY
    office.do([paper], "approve", {"approver": "陈志远"})
    office.do([_again(office, paper)], "done", {"cost": "680"})
    done = _again(office, paper)
    assert (done.state, done.text("settle_due")) == ("done", "2026-12-20")
    office.do([done], "settle", {})  # the cost is known
    assert _again(office, paper).state == "settled"


@pytest.mark.parametrize(
    "typed", ["100,5", "1,28", "12,3456", "1.234", "约200", "-5", ",100", "1."]
)
def test_a_sum_that_can_be_read_in_two_ways_is_refused_at_its_field(
    office: Office, add: Add, typed: str
) -> None:
    paper = add("errands", kind="supplies", at="2026-11-20", content="打印纸10箱", state="approved")
    with pytest.raises(Refused) as refused:
        office.do([paper], "done", {"cost": typed})
    assert refused.value.field == "cost" and "386.50" in refused.value.message


@pytest.mark.parametrize(
    ("typed", "sum_"), [("1,280", 128000), ("1，280.5元", 128050), ("1,234,567.00", 123456700)]
)
def test_a_comma_before_three_digits_is_a_thousand(
    office: Office, add: Add, typed: str, sum_: int
) -> None:
    paper = add("errands", kind="supplies", at="2026-11-20", content="打印纸10箱", state="approved")
    office.do([paper], "done", {"cost": typed})
    assert fen(_again(office, paper).text("cost")) == sum_


def test_a_seal_that_could_not_wait(office: Office, add: Add) -> None:
    proof = add(
        "errands", kind="seals", at="2026-11-20T07:50", content="低保证明", for_whom="社会事务办"
    )
    assert proof.text("due") == "2026-11-20"
    assert "seal" in {step.id for step in office.early_steps(proof)}
    with pytest.raises(Refused) as refused:
        office.do([proof], "seal", {"sealed_by": "李梅", EARLY: "群众急用"})
    assert refused.value.field == "seal"
    office.do(
        [proof], "seal", {"sealed_by": "李梅", "seal": "政府公章", "copies": 2, EARLY: "群众急用"}
    )
    sealed = _again(office, proof)
    assert (sealed.state, sealed.words(UNAPPROVED)) == ("settled", ("approve",))
    assert [one.next for one in office.board().errands] == ["approval to fill in"]
    office.do([sealed], "approve", {"approver": "王建国"})
    assert office.board().errands == []


def test_the_block_of_the_board(office: Office, add: Add) -> None:
    add(
        "errands",
        kind="repairs",
        at="2026-11-19",
        due="2026-11-20",
        content="空调",
        state="approved",
        owner="赵强",
    )
    add("errands", kind="vehicles", at="2026-11-20T09:00", content="送材料", for_whom="何静")
    add("errands", kind="vehicles", at="2026-11-25T09:00", content="改天", state="approved")
    add("hospitality", at="2026-11-20T11:40", meals="工作餐", letter_no="8", state="held")
    rows = [(one.label, one.when, one.words, one.next, one.mark) for one in office.board().errands]
    assert rows == [
        ("vehicle", "09:00", "何静 送材料", "to approve", True),
        (
            "guests",
            "11:40",
            "市应急局, 6 guests 工作餐 letter there with 3 of ours",
            "list to fill in",
            False,
        ),
        ("repairs", "today", "空调", "to do", False),
    ]
    assert office.board().counts["errands_to_approve"] == 1


def test_the_counts_of_a_month(office: Office, add: Add) -> None:
    for kind, at, more in (
        ("supplies", "2026-11-03", {"cost": "386.50", "state": "settled"}),
        ("supplies", "2026-11-05", {"cost": "13.5元", "state": "done"}),
        ("repairs", "2026-11-05", {}),
        ("repairs", "2026-11-06", {"state": "cancelled"}),
        ("seals", "2026-10-31", {}),
    ):
        add("errands", kind=kind, at=at, content="某事", **more)
    month = counting.of_month(office, ERRANDS, "2026-11")
    assert month.groups == [
        ("supplies", {"count": 2, "done": 2, "cost": 40000}),
        ("repairs", {"count": 1}),
    ]
    assert month.total == {"count": 3, "done": 2, "cost": 40000}
    assert counting.words(ERRANDS, month) == ["supplies 2", "repairs 1"]
    with pytest.raises(Refused):
        counting.of_month(office, office.register("documents"), "2026-11")


def test_rules_at_entry(office: Office) -> None:
    trip = {"kind": "vehicles", "at": "2026-11-20T09:00", "content": "去县委"}
    with pytest.raises(Refused) as refused:
        office.create("errands", {**trip, "end": "2026-11-20T08:00"})
    assert refused.value.field == "end"
    done = office.create("errands", trip)
    assert "It is noted for whom a vehicle goes, and where to." in done.hints
    seal = {"kind": "seals", "at": "2026-11-20", "content": "证明"}
    assert any("which seal" in hint for hint in office.create("errands", seal).hints)
    assert office.create("errands", {**seal, "seal": "党委章", "copies": 1}).hints == ()
    office.set_setting("rules", {"errands.seal": "block"})
    with pytest.raises(Refused):
        office.create("errands", seal)
