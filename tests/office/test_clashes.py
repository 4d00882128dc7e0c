"""The clash check against a brute-force oracle, what is free instead, and leaves of two sources."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import combinations
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.office import clashes, events
from officetui.office.changes import New
from officetui.office.clock import FixedClock
from officetui.office.intervals import Event, Index, shared
from officetui.office.office import Office
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.report.objects import board_object

DAY = datetime(2026, 11, 20)
ROOMS = ["", "二楼", "三楼"]
PEOPLE = ["王", "陈", "刘", "周"]
CARS = ["", "", "车1", "车2"]
REPLIES = [{}, {"reply": "参会"}, {"reply": "请假"}, {"reply": "替会", "substitute": "何"}]


class Plain:
    """An office of plain lists, without anything that keeps an index."""

    def __init__(self, meetings: list[Record], schedule: list[Record]) -> None:
        self.lists = {"meetings": meetings, "schedule": schedule}
        self.local = DAY
        self.today = DAY.date()

    def records(self, register: str) -> list[Record]:
        return self.lists.get(register, [])

    def children(self, record: Record, child: str) -> list[Record]:
        """The attendees are kept in a cell of their meeting."""
        return [Record("meetings.attendees", one) for one in record.cells.get("come", [])]

    def person(self, name: str) -> None:
        return None

    def setting(self, name: str) -> Any:
        return {"rooms": ["二楼", "三楼"], "vehicles": ["车1", "车2"], "duty_lines": []}.get(name)


def hours(cells: dict[str, Any]) -> tuple[datetime, datetime]:
    """The oracle's own reading of a span."""
    start, end = str(cells["start"]), str(cells.get("end", ""))
    begins = datetime.fromisoformat(start)
    ends = datetime.min
    if end:
        ends = datetime.fromisoformat(end) + timedelta(days="T" not in end)
    usual = timedelta(minutes=90) if "T" in start else timedelta(days=1)
    return begins, ends if ends > begins else begins + usual


def needs(cells: dict[str, Any]) -> set[str]:
    names = {cells.get(name, "") for name in ("room", "vehicle", "host", "leader")}
    if cells.get("place") in ROOMS:
        names.add(cells["place"])
    for one in cells.get("come", []):
        names.add(one["person"] if one.get("reply") not in ("请假", "替会") else "")
        names.add(one.get("substitute", ""))
    return (names | {*cells.get("leaders", []), *cells.get("companions", [])}) - {""}


def drawn(chance: random.Random, number: int, days: int) -> Record:
    """An event with hours, all day, over several days, over midnight, of no length, without an
    end, or that would end before it begins."""
    begun = DAY + timedelta(minutes=30 * chance.randrange(days * 48))
    shape = chance.randrange(8)
    cells: dict[str, Any] = {"id": f"{number:05}", "start": f"{begun:%Y-%m-%dT%H:%M}"}
    if shape < 3:
        cells["end"] = f"{begun + timedelta(minutes=30 * chance.randrange(1, 8)):%Y-%m-%dT%H:%M}"
    elif shape == 3:
        cells["start"] = f"{begun:%Y-%m-%d}"
    elif shape == 4:
        cells["start"] = f"{begun:%Y-%m-%d}"
        cells["end"] = f"{begun + timedelta(days=chance.randrange(0, 60)):%Y-%m-%d}"
    elif shape == 5:
        late = datetime.combine(begun.date(), time(22))
        cells["start"] = f"{late:%Y-%m-%dT%H:%M}"
        cells["end"] = f"{late + timedelta(hours=chance.randrange(2, 12)):%Y-%m-%dT%H:%M}"
    elif shape == 6:
        cells["end"] = chance.choice((cells["start"], "2026-11-19T08:00", f"{begun:%Y-%m-%d}"))
    people = chance.sample(PEOPLE, chance.randrange(1, 3))
    if chance.random() < 0.5:
        room = chance.choice(ROOMS)
        come = [
            {"id": f"a{n}", "person": name, **chance.choice(REPLIES)}
            for n, name in enumerate(chance.sample(PEOPLE, chance.randrange(3)))
        ]
        cells |= {"room": room, "leaders": people, "state": "fixed", "come": come}
        return Record("meetings", cells)
    cells |= {"leader": people[0], "companions": people[1:], "vehicle": chance.choice(CARS)}
    kind = chance.choice(["out", "meeting", "leave"])
    cells |= {"place": chance.choice([*ROOMS, "县里"]), "kind": kind}
    return Record("schedule", {**cells, "matter": "事", "state": "planned"})


def office_of(seed: int, count: int, days: int) -> tuple[Plain, list[Record]]:
    chance = random.Random(seed)
    records = [drawn(chance, number, days) for number in range(count)]
    of = {name: [r for r in records if r.register == name] for name in ("meetings", "schedule")}
    return Plain(of["meetings"], of["schedule"]), records


def oracle(records: list[Record]) -> dict[frozenset[str], set[str]]:
    """Every pair that shares a moment and a need, by comparing each with each."""
    told = [(one, *hours(one.cells), needs(one.cells)) for one in records]
    found = {}
    for (one, a, b, mine), (two, c, d, its) in combinations(told, 2):
        if a < d and c < b and mine & its:
            found[frozenset((one.ref, two.ref))] = mine & its
    return found


@given(st.integers(0, 10**9))
def test_every_pair_that_shares_an_hour_and_a_need_and_no_other(seed: int) -> None:
    view, records = office_of(seed, 14, 3)
    expected = oracle(records)
    far = DAY + timedelta(days=400)
    found = clashes.among(view, DAY - timedelta(days=9), far)  # type: ignore[arg-type]
    pairs = [(frozenset((c.first.ref, c.second.ref)), {*c.by}) for c in found if c.second]
    assert dict(pairs) == expected
    assert len(pairs) == len(expected)
    for record in records:
        own = clashes.of(view, record)  # type: ignore[arg-type]
        assert all(clash.first.ref == record.ref for clash in own)
        assert {c.second.ref: {*c.by} for c in own if c.second} == {
            other: by
            for pair, by in expected.items()
            if record.ref in pair
            for other in pair - {record.ref}
        }


@pytest.mark.parametrize(("seed", "count", "days"), [(1, 1200, 40), (2, 1500, 300)])
def test_thousands_of_random_events(seed: int, count: int, days: int) -> None:
    view, records = office_of(seed, count, days)
    expected = oracle(records)
    assert len(expected) > 1000
    found = clashes.among(view, DAY - timedelta(days=9), DAY + timedelta(days=900))  # type: ignore[arg-type]
    assert {frozenset((c.first.ref, c.second.ref)): {*c.by} for c in found if c.second} == expected
    assert [clash.at for clash in found] == sorted(clash.at for clash in found)


class OnDuty(Plain):
    """With a roster, and people whom the directory has on leave."""

    def __init__(self, records: list[Record], seats: list[Record], away: dict[str, str]) -> None:
        of = {name: [r for r in records if r.register == name] for name in ("meetings", "schedule")}
        super().__init__(of["meetings"], of["schedule"])
        self.lists["duty"] = seats
        self.away = away

    def person(self, name: str) -> Any:
        leave = [self.away[name]] if name in self.away else []
        return Record("people", {"id": name, "name": name, "leave": leave})

    def setting(self, name: str) -> Any:
        lines = [
            {"id": "day", "start": "08:00", "end": "17:30"},
            {"id": "night", "start": "17:30", "end": "08:00"},
            {"id": "leader", "start": "08:00", "end": "08:00"},
        ]
        own = {"duty_lines": lines, "duty_elsewhere": "warn"}
        return own[name] if name in own else super().setting(name)


def _elsewhere(cells: dict[str, Any], register: str) -> bool:
    """The oracle's own reading of who is not in the house."""
    if register == "meetings":
        return cells.get("kind") == "upper"
    return cells["kind"] != "meeting" or cells["place"] not in ("", "二楼", "三楼")


@pytest.mark.parametrize("seed", range(6))
def test_duty_and_the_leaves_of_the_directory(seed: int) -> None:
    chance = random.Random(seed)
    records = [drawn(chance, number, 12) for number in range(250)]
    for number, one in enumerate(records):
        if one.register == "meetings" and chance.random() < 0.4:
            records[number] = Record("meetings", {**one.doc, "kind": "upper"})
    seats, times = [], {"day": (8, 9.5), "night": (17.5, 14.5), "leader": (8, 24)}
    for number in range(80):
        day, line = DAY + timedelta(days=chance.randrange(12)), chance.choice([*times])
        cells = {"id": f"d{number}", "date": f"{day:%Y-%m-%d}", "line": line}
        seats.append(Record("duty", cells | {"person": chance.choice(PEOPLE)}))
    away = {"王": "2026-11-22/2026-11-24", "刘": "/2026-11-21"}
    expected: set[tuple[str, str]] = set()
    for one in records:
        begins, ends = hours(one.cells)
        names = needs(one.cells)
        for seat in seats:
            start, length = times[seat.text("line")]
            on = datetime.fromisoformat(seat.text("date")) + timedelta(hours=start)
            off = on + timedelta(hours=length)
            eve = "T" not in one.text("start") and on.date() < begins.date()
            out = _elsewhere(one.cells, one.register) and not eve
            if seat.text("person") in names and begins < off and on < ends and out:
                expected.add((one.ref, seat.ref))
        last = (ends - timedelta(microseconds=1)).date()
        for name, span in away.items():
            first, _bar, until = span.partition("/")
            touched = (first or "0000") <= last.isoformat() and begins.date().isoformat() <= until
            if name in names and touched and one.get("kind") != "leave":
                expected.add((one.ref, name))
    view = OnDuty(records, seats, away)
    found = clashes.among(view, DAY - timedelta(days=9), DAY + timedelta(days=400))  # type: ignore[arg-type]
    told = {(c.first.ref, c.second.ref) for c in found if c.second and c.second.register == "duty"}
    told |= {(c.first.ref, name) for c in found if c.second is None for name in c.by}
    assert told == expected and len(expected) > 100


def test_a_new_event_among_five_thousand(office: Office) -> None:
    """As at a key in a form: 5 ms at most; what it takes here is measured by `make bench`."""
    office.set_setting("rooms", ["二楼", "三楼"])
    chance = random.Random(7)
    rows = []
    for number in range(5000):
        one = drawn(chance, number, 400)
        cells = {k: v for k, v in one.cells.items() if k not in ("id", "come", "end")}
        rows.append(New(one.register, {"title": "会", **cells}))
    office.create_many(rows)
    typed = {"title": "会", "start": "2027-03-01T09:00", "room": "二楼", "leaders": ["王"]}
    clashes.find(office, typed)
    took = []
    for number in range(30):
        begun = perf_counter()
        clashes.find(office, typed | {"start": f"2027-03-{number % 28 + 1:02}T10:00"})
        took.append(perf_counter() - begun)
    assert sorted(took)[15] < 0.005


def test_the_index_asked_for_one_event() -> None:
    """The events that a new one collides with, also over a span longer than the index keeps."""
    chance = random.Random(3)
    made = []
    for number in range(3000):
        start = DAY + timedelta(minutes=15 * chance.randrange(4 * 24 * 200))
        length = chance.choice((timedelta(minutes=30), timedelta(hours=9), timedelta(days=50)))
        needed = tuple(("who", name) for name in chance.sample(PEOPLE, 2))
        made.append(Event(start, start + length, needed, Record("x", {"id": f"{number:05}"})))
    known = Index(made[:2900])
    for event in made[2900:]:
        expected = [
            other
            for other in known.events
            if other.start < event.end and event.start < other.end and shared(other, event)
        ]
        assert known.colliding(event) == expected


def test_what_is_kept_is_what_would_be_made_anew(
    office: Office, add: Callable[..., Record]
) -> None:
    """The events kept for an office, after changes of every kind, against those of the whole desk."""
    office.set_setting("rooms", ["二楼", "三楼"])
    chance = random.Random(4)
    for number in range(60):
        drawn_one = drawn(chance, number, 5)
        cells = {
            k: v for k, v in drawn_one.cells.items() if k != "end" or v > drawn_one.text("start")
        }
        record = add(drawn_one.register, **cells)
        what = chance.randrange(7)
        if what == 0:
            office.trash([record])
        elif what == 1:
            office.undo()
        elif what == 2 and record.register == "meetings":
            office.do([record], "attendee", {"person": "何静", "role": "出席"})
        elif what == 3:
            office.set(record, {"start": "2026-11-22T10:00", "end": None})
        elif what == 4:
            office.flush()
        elif what == 5:
            add("duty", person="罗丹", date=f"2026-12-{number % 28 + 1:02}")
        if number == 40:
            office.set_setting("rooms", ["二楼"])
        fresh = events.index(Copy(office))  # type: ignore[arg-type]
        assert _told(events.index(office)) == _told(fresh)


class Copy:
    """An office as a view that keeps nothing."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def __getattr__(self, name: str) -> Any:
        return getattr(self.office, name)


def _told(index: Index) -> list[tuple[Any, ...]]:
    return [(e.start, e.end, e.needs, e.record.ref) for e in index.events]


# --- in an office ---------------------------------------------------------------------------


def words(office: Office, record: Record) -> list[str]:
    return [clash.words(clash.first) for clash in clashes.of(office, record)]


def test_free_rooms_are_offered(office: Office, add: Callable[..., Record]) -> None:
    office.set_setting("rooms", ["二楼会议室", "三楼大会议室"])
    add("meetings", start="2026-11-20T14:30", end="2026-11-20T16:00")
    start = datetime(2026, 11, 20, 15)
    assert clashes.free_rooms(office, start, None) == ["三楼大会议室"]
    assert clashes.free_rooms(office, start + timedelta(hours=1), None) == [
        "二楼会议室",
        "三楼大会议室",
    ]
    add("schedule", place="三楼大会议室", start="2026-11-20T15:00")
    assert clashes.free_rooms(office, start, None) == []


def test_a_leader_on_leave_is_a_clash(office: Office, add: Callable[..., Record]) -> None:
    add("meetings", host="林芳")
    found = clashes.among(office, DAY, DAY + timedelta(days=1))
    assert [(c.by, c.second) for c in found] == [(("林芳",), None)]


def test_both_sides_are_named_with_free_rooms_and_hours(
    office: Office, add: Callable[..., Record], clock: FixedClock
) -> None:
    office.set_setting("rooms", ["二楼会议室", "三楼大会议室"])
    safety = add(
        "meetings",
        title="安全生产例会",
        start="2026-11-20T14:30",
        end="2026-11-20T16:00",
        leaders=["周海涛"],
    )
    petitions = add(
        "meetings",
        title="信访联席会议",
        start="2026-11-20T15:00",
        end="2026-11-20T16:00",
        leaders=["周海涛"],
    )
    found = clashes.of(office, petitions)
    assert [clash.words(clash.first) for clash in found] == [
        "clashes with 14:30 安全生产例会: 二楼会议室, 周海涛"
    ]
    assert words(office, safety) == ["clashes with 15:00 信访联席会议: 二楼会议室, 周海涛"]
    assert clashes.ways_out(office, petitions, found) == [
        "Free then: 三楼大会议室",
        "Free today from: 16:00, 11:00, 10:00",
    ]
    assert clashes.choices(office, petitions) == {
        "start": ["2026-11-20T16:00", "2026-11-20T11:00", "2026-11-20T10:00"],
        "room": ["三楼大会议室"],
    }
    (told,) = board_object(office, office.board())["attention"]
    assert (told["kind"], told["refs"]) == ("clash", [safety.ref, petitions.ref])

    def told_of() -> list[str]:
        return clashes.instead(office, [safety, petitions])

    assert told["instead"] == [
        "信访联席会议: Free then: 三楼大会议室",
        "Free today from: 16:00, 11:00, 10:00",
    ]
    clock.move(hours=7, minutes=32)  # 15:30: both have begun
    assert told_of() == ["信访联席会议: Free from now to 16:00: 三楼大会议室"]
    add("meetings", title="培训", start="2026-11-20T15:40", room="三楼大会议室")
    assert told_of() == []  # the other room is free for ten minutes only
    clock.move(minutes=-62)  # 14:28
    assert len(told_of()) == 1
    office.do([petitions], "keep_clash", {"clash_left": "书记同意"})
    assert words(office, safety) == []


def test_no_hour_of_the_lunch_break_is_offered(office: Office, add: Callable[..., Record]) -> None:
    cells = {"title": "例会", "room": "二楼会议室"}
    hours = {"start": "2026-11-20T14:30", "end": "2026-11-20T16:00"}
    first, second = (add("meetings", **cells, **hours) for _ in range(2))

    def offered() -> list[str]:
        return clashes.choices(office, second)["start"]

    assert offered() == ["2026-11-20T16:00", "2026-11-20T09:30", "2026-11-20T08:00"]
    office.set_setting("lunch_from", "12:30")
    assert offered()[1] == "2026-11-20T11:00"
    office.set_setting("opens", "08:30")
    assert offered()[1:] == ["2026-11-20T10:00", "2026-11-20T08:30"]
    office.set_setting("lunch_until", "12:30")  # no break
    assert offered()[1:] == ["2026-11-20T13:00", "2026-11-20T11:30"]
    office.set_setting("lunch_until", None)
    # What is longer than either half of the day may go on over the break, and what is typed stands.
    office.do([first], "move", {"start": "2026-11-20T09:00", "end": "2026-11-20T15:00"})
    long = add("meetings", **cells, start="2026-11-20T10:00", end="2026-11-20T15:30")
    office.do([first], "move", {"start": "2026-11-20T16:00", "end": "2026-11-20T17:30"})
    office.do([second], "move", {"start": "2026-11-20T14:00", "end": "2026-11-20T14:30"})
    assert clashes.choices(office, long)["start"] == ["2026-11-20T08:30"]
    noon = add("meetings", **cells, start="2026-11-20T12:30", end="2026-11-20T13:30")
    assert noon.text("start") == "2026-11-20T12:30"


def test_vehicles_and_companions(office: Office, add: Callable[..., Record]) -> None:
    office.set_setting("vehicles", ["车1", "车2"])
    add("schedule", vehicle="车1", companions=["何静"])
    other = add("schedule", leader="陈志远", vehicle="车1", start="2026-11-20T10:30")
    found = clashes.of(office, other)
    assert [c.by for c in found] == [("车1",)]
    assert "Free then: 车2" in clashes.ways_out(office, other, found)
    meeting = add(
        "meetings", start="2026-11-20T10:00", children=[("attendees", {"person": "何静"})]
    )
    assert [c.by for c in clashes.of(office, meeting)] == [("何静",)]


def test_somebody_on_duty_and_needed_elsewhere(office: Office, add: Callable[..., Record]) -> None:
    add("duty", person="周海涛", line="leader", date="2026-11-20")
    away = add("schedule", place="石桥村")
    assert [(c.severity, c.words()) for c in clashes.of(office, away)] == [
        ("hint", "clashes with duty on 11-20: 周海涛 Leader")
    ]
    assert clashes.among(office, DAY, DAY + timedelta(days=1)) == []
    office.set_setting("duty_elsewhere", "warn")
    assert len(clashes.among(office, DAY, DAY + timedelta(days=1))) == 1
    office.set_setting("duty_elsewhere", "off")
    assert clashes.of(office, away) == []
    here = add("meetings", leaders=["周海涛"], start="2026-11-20T15:00")
    assert clashes.of(office, here) == []  # a meeting in the house does not take him from duty
    leave = add("schedule", kind="leave", start="2026-11-21T07:00", end="2026-11-21T12:00")
    assert [c.severity for c in clashes.of(office, leave)] == ["warn"]


def test_the_schedules_line_of_a_meeting_is_no_clash(
    office: Office, add: Callable[..., Record]
) -> None:
    meeting = add("meetings", title="党委会", leaders=["周海涛"])
    add("schedule", kind="meeting", matter="党委会", start="2026-11-20T09:30", source=meeting.ref)
    add("schedule", kind="in", matter="在镇", start="2026-11-20", end="2026-11-20")
    assert clashes.of(office, meeting) == []


# --- one truth for leave --------------------------------------------------------------------


def away(office: Office, name: str, day: str) -> str:
    person = office.person(name)
    assert person is not None
    listed = next(one for one in office.records("people") if one.text("name") == name)
    found = away_until(person, date.fromisoformat(day))
    assert away_until(listed, date.fromisoformat(day)) == found
    return found


def test_a_leave_that_was_approved_counts_everywhere(
    office: Office, add: Callable[..., Record]
) -> None:
    leave = add("schedule", kind="leave", matter="事假", start="2026-11-20", end="2026-11-23")
    meeting = add("meetings", leaders=["周海涛"])
    assert leave.state == "requested"
    assert away(office, "周海涛", "2026-11-20") == ""
    assert words(office, meeting) == ["周海涛 has asked for leave until 11-23"]
    office.do([leave], "approve", {"approver": "陈志远", "deputy": "刘晓燕"})
    assert away(office, "周海涛", "2026-11-20") == "2026-11-23"
    assert away(office, "周海涛", "2026-11-24") == ""
    assert words(office, meeting) == ["周海涛 is on leave until 11-23"]
    assert office.get(meeting.ref) is not None
    person = office.person("周海涛")
    assert person is not None
    assert "leave" not in person.cells
    office.do([office.get(leave.ref) or leave], "report_back")
    assert away(office, "周海涛", "2026-11-20") == ""  # he came back this morning
    office.undo()
    assert away(office, "周海涛", "2026-11-21") == "2026-11-23"
    assert away(office, "林芳", "2026-12-31") == "2026-12-31"  # typed in the directory


def test_act_first_and_fill_in(office: Office, add: Callable[..., Record]) -> None:
    leave = add("schedule", kind="leave", matter="病假", start="2026-11-20", end="2026-11-21")
    office.do([leave], "leave", {"early": "急诊"})
    assert away(office, "周海涛", "2026-11-20") == "2026-11-21"
    now = office.get(leave.ref)
    assert now is not None
    assert now.words("unapproved") == ("approve",)


def test_a_plan_that_nobody_touched_passes(office: Office, add: Callable[..., Record]) -> None:
    past = add("schedule", start="2026-11-18", end="2026-11-19")
    now = add("schedule", start="2026-11-18", end="2026-11-20")
    assert [r.id for r in office.list("schedule", open=True)] == [now.id]
    day = date(2026, 11, 19)
    assert {r.id for r in office.list("schedule", day=day)} == {past.id, now.id}
