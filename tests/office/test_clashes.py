"""The clash check against a brute-force oracle, and free rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from officetui.office import clashes
from officetui.office.office import Office
from officetui.registers.meetings import span
from officetui.registers.record import Record

DAY = datetime(2026, 11, 20)
ROOMS = ["", "二楼", "三楼"]
LEADERS = ["王", "陈", "刘"]

meetings = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(-2, 8),
        st.sampled_from(ROOMS),
        st.lists(st.sampled_from(LEADERS), unique=True, max_size=3),
        st.booleans(),
    ),
    max_size=12,
)


def make(rows: list[tuple[int, int, str, list[str], bool]]) -> list[Record]:
    records = []
    for n, (start, length, room, leaders, whole_day) in enumerate(rows):
        begun = DAY + timedelta(minutes=30 * start)
        cells: dict[str, Any] = {"id": str(n), "room": room, "leaders": leaders, "state": "fixed"}
        cells["start"] = begun.strftime("%Y-%m-%d" if whole_day else "%Y-%m-%dT%H:%M")
        if length > 0:
            cells["end"] = (begun + timedelta(minutes=30 * length)).strftime("%Y-%m-%dT%H:%M")
        records.append(Record("meetings", cells))
    return records


@given(meetings)
def test_every_pair_that_shares_an_hour_and_a_need_and_no_other(rows: Any) -> None:
    records = make(rows)
    view: Any = SimpleNamespace(records=lambda register: records, person=lambda name: None)
    found = clashes.among(view, DAY, DAY + timedelta(days=3))
    expected = set()
    for one, two in combinations(records, 2):
        (a, b), (c, d) = span(one), span(two)  # type: ignore[misc]
        rooms = {one.text("room")} & {two.text("room")} - {""}
        if a < d and c < b and (rooms or set(one.words("leaders")) & set(two.words("leaders"))):
            expected.add(frozenset((one.id, two.id)))
    assert {frozenset((c.first.id, c.second.id)) for c in found if c.second} == expected
    assert len(found) == len(expected)
    for record in records:
        own = {c.second.id for c in clashes.find(view, record.cells, record.id) if c.second}
        assert own == {i for pair in expected if record.id in pair for i in pair - {record.id}}


def test_free_rooms_are_offered(office: Office, add: Callable[..., Record]) -> None:
    office.set_setting("rooms", ["二楼会议室", "三楼大会议室"])
    add("meetings", start="2026-11-20T14:30", end="2026-11-20T16:00")
    start = datetime(2026, 11, 20, 15)
    assert clashes.free_rooms(office, start, None) == ["三楼大会议室"]
    assert clashes.free_rooms(office, start + timedelta(hours=1), None) == [
        "二楼会议室",
        "三楼大会议室",
    ]


def test_a_leader_on_leave_is_a_clash(office: Office, add: Callable[..., Record]) -> None:
    add("meetings", host="林芳")
    found = clashes.among(office, DAY, DAY + timedelta(days=1))
    assert [(c.by, c.second) for c in found] == [(("林芳",), None)]
