"""What the schedule does not take, or takes with a word: each at its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.office.office import Office
from officetui.registers.record import Record

Add = Callable[..., Record]
OUT = {"leader": "周海涛", "kind": "out", "start": "2026-11-20T15:00", "matter": "汇报"}
LEAVE = {"leader": "周海涛", "kind": "leave", "start": "2026-11-20", "matter": "事假"}


def broken(office: Office, register: str, cells: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {v.rule: (v.field, v.severity) for v in office.judged(register, cells, "")}


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2026-11-20T15:00", "2026-11-20T14:00", True),
        ("2026-11-20T15:00", "2026-11-20T15:00", True),
        ("2026-11-20", "2026-11-19", True),
        ("2026-11-20T15:00", "2026-11-19", True),
        ("2026-11-20T15:00", "2026-11-20", False),  # to the end of that day
        ("2026-11-20", "2026-11-20", False),
        ("2026-11-20T22:00", "2026-11-21T06:00", False),
    ],
)
@pytest.mark.parametrize("register", ["schedule", "meetings"])
def test_an_end_before_the_start(
    office: Office, register: str, start: str, end: str, wrong: bool
) -> None:
    cells = {"leader": "周海涛", "matter": "汇报", "title": "会", "start": start, "end": end}
    found = broken(office, register, cells)
    assert (found.get(f"{register}.end") == ("end", "block")) == wrong
    if wrong:
        with pytest.raises(Refused) as refused:
            office.create(register, cells)
        assert refused.value.field == "end"
        assert office.list(register) == []


def test_somebody_on_leave_is_sent_nowhere(office: Office, add: Add) -> None:
    assert broken(office, "schedule", OUT) == {}
    leave = add("schedule", **LEAVE, end="2026-11-21", deputy="刘晓燕")
    assert broken(office, "schedule", OUT) == {}  # only asked for: a clash says so
    office.do([leave], "approve", {"approver": "陈志远"})
    assert broken(office, "schedule", OUT) == {"schedule.away": ("leader", "warn")}
    other = OUT | {"leader": "陈志远", "companions": ["林芳"]}
    assert broken(office, "schedule", other) == {"schedule.away": ("companions", "warn")}
    later = OUT | {"start": "2026-11-22T09:00"}
    assert broken(office, "schedule", later) == {}


def test_a_leave_names_who_deputises_and_until_when(office: Office) -> None:
    assert broken(office, "schedule", LEAVE) == {
        "schedule.deputy": ("deputy", "hint"),
        "schedule.until": ("end", "hint"),
    }
    full = LEAVE | {"end": "2026-11-21", "deputy": "刘晓燕"}
    assert broken(office, "schedule", full) == {}
    for nobody in ("周海涛", "林芳"):  # oneself, or somebody on leave
        assert broken(office, "schedule", full | {"deputy": nobody}) == {
            "schedule.deputy_away": ("deputy", "warn")
        }


def test_the_office_sets_how_strictly(office: Office) -> None:
    office.set_setting("rules", {"schedule.deputy": "block"})
    with pytest.raises(Refused) as refused:
        office.create("schedule", LEAVE)
    assert refused.value.field == "deputy"


def test_the_deputy_of_the_directory_is_offered(office: Office, add: Add) -> None:
    from officetui.registers.registry import BY_ID
    from officetui.registers.schedule import deputies
    from officetui.registers.workflow import offers

    person = office.person("周海涛")
    assert person is not None
    office.set(person, {"deputy": "刘晓燕"})
    leave = add("schedule", **LEAVE)
    step = BY_ID["schedule"].step("approve")
    assert step is not None
    assert offers(BY_ID["schedule"], step, leave, office)["deputy"] == "刘晓燕"
    assert deputies(leave, office) == ["刘晓燕", "王建国", "陈志远"]


def test_a_moved_outing_keeps_its_length(office: Office, add: Add) -> None:
    night = add("schedule", start="2026-11-20T22:00", end="2026-11-21T06:00")
    office.do([night], "move", {"start": "2026-11-23T21:00"})
    moved = office.get(night.ref)
    assert moved is not None
    assert moved.text("end") == "2026-11-24T05:00"
    days = add("schedule", start="2026-11-20", end="2026-11-22")
    office.do([days], "move", {"start": "2026-11-30"})
    moved = office.get(days.ref)
    assert moved is not None
    assert moved.text("end") == "2026-12-02"
