"""Checklists by the sort of a meeting, the checks before its start, and the line that reminds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from officetui.intake.capture import understand
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.reminders import reminders
from officetui.registers.checklists import CHECKS, SORTS, items_of, sort_of
from officetui.registers.record import Record

Add = Callable[..., Record]


def again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def captured(office: Office, line: str) -> Record:
    found = understand(line, office)
    done = office.create(found.register, found.cells, found.children)
    record = office.get(done.refs[0])
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("title", "sort"),
    [
        ("党委会", "party"),
        ("县征兵电视电话会议", "video"),
        ("全镇经济工作大会", "big"),
        ("县委巡察组检查调研", "inspection"),
        ("重阳节慰问活动", "event"),
        ("安全生产例会", "work"),
    ],
)
def test_the_title_tells_the_sort(title: str, sort: str) -> None:
    assert sort_of(title) == sort


def test_every_sort_has_the_three_checks(office: Office) -> None:
    for sort in SORTS:
        items = items_of(sort.value, office)
        assert [item["offset"] for item in items if item.get("check")] == [-120, -30, -10]
        assert len(items) > len(CHECKS) + 4


def test_the_office_has_its_own(office: Office) -> None:
    office.set_setting("checklists", {"party": [{"what": "议题单", "offset": -60}]})
    assert [item["what"] for item in items_of("party", office)][:2] == [
        "Check at set-up",
        "议题单",
    ]
    own = [{"what": "看会场", "offset": -20, "check": True}]
    office.set_setting("checklists", {"party": own})
    assert items_of("party", office) == own
    office.set_setting("checklists", {"party": "x"})  # cannot be used: ours is
    assert len(items_of("party", office)) > 5


def test_a_captured_meeting_has_the_list_of_its_sort_and_moves_with_it(office: Office) -> None:
    meeting = captured(office, "会 党委会 25日9:30 二楼")
    items = office.children(meeting, "items")
    assert "Matters collected and approved" in [item.text("what") for item in items]
    before = [item.whole("offset") for item in items]
    office.do([meeting], "move", {"start": "2026-11-26T15:00"})
    assert [item.whole("offset") for item in office.children(meeting, "items")] == before


def test_a_checklist_is_taken_later_without_what_is_there(office: Office, add: Add) -> None:
    meeting = add("meetings", children=[("items", {"what": "Water", "state": "open"})])
    office.do([meeting], "checklist", {"checklist": "event"})
    names = [item.text("what") for item in office.children(meeting, "items")]
    assert names.count("Water") == 1 and "First aid" in names
    office.undo()
    assert len(office.children(meeting, "items")) == 1


def test_the_line_reminds_until_the_check_is_done(
    office: Office, add: Add, clock: FixedClock
) -> None:
    meeting = add("meetings")  # 09:30
    office.do([meeting], "checklist", {"checklist": "work"})
    clock.instant = datetime(2026, 11, 19, 23, 20, tzinfo=UTC)  # 07:20: nothing is due
    assert reminders(office) == []
    clock.instant = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)  # 09:05
    ((_ref, said),) = reminders(office)
    assert said.startswith("09:30 党委会 in 25 min: Check 30 minutes before")
    assert "lacks" in said
    items = office.children(meeting, "items")
    office.do([item for item in items if item.get("check")], "tick")
    ((_ref, said),) = reminders(office)  # that it is about to begin, and nothing else
    assert said.startswith("09:30 党委会 in 25 min") and "Check" not in said and "lacks" not in said
    office.undo()
    clock.instant = datetime(2026, 11, 20, 1, 31, tzinfo=UTC)  # it has begun
    assert reminders(office) == []
