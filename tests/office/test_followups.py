"""Follow-ups: colours, who may verify, links, the board, and two people who work apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.errors import Refused
from officetui.ledger import identity
from officetui.office import folder as folders
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.sync import Sync
from officetui.registers import followups
from officetui.registers.record import Record
from officetui.registers.rules import judge
from officetui.registers.settings import BY_NAME, fits
from officetui.report.board import board_text
from officetui.report.objects import board_object, detail_object

SETTING = BY_NAME["followup_colours"].default
DAY = date(2026, 11, 20)


# Colours


@pytest.mark.parametrize(
    ("days", "colour"),
    [
        (30, "green"),
        (8, "green"),
        (7, "yellow"),
        (4, "yellow"),
        (3, "red"),
        (0, "red"),
        (-5, "red"),
    ],
)
def test_a_colour_is_the_days_that_are_left(days: int, colour: str) -> None:
    assert followups.shade(DAY + timedelta(days=days), DAY, SETTING) == colour


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_it_never_turns_back_while_the_day_comes_nearer(day: date, days: int) -> None:
    order = ["green", "yellow", "red"]
    due = day + timedelta(days=days)
    now = order.index(followups.shade(due, day, SETTING))
    assert order.index(followups.shade(due, day + timedelta(days=1), SETTING)) >= now


def test_the_office_sets_the_days(office: Office, add: Callable[..., Record]) -> None:
    record = add("followups", due="2026-11-25")
    assert followups.colour_words(record, office) == "yellow 5 days"
    office.set_setting("followup_colours", {"yellow": 3, "red": 1})
    assert followups.colour_words(record, office) == "green 5 days"
    for wrong in ({"yellow": 1, "red": 3}, {"yellow": 7}, {"yellow": "7", "red": 3}, {}):
        assert not fits(BY_NAME["followup_colours"], wrong)


def test_without_a_deadline_that_is_said(office: Office, add: Callable[..., Record]) -> None:
    record = add("followups")
    assert followups.colour(record, office) == ""
    assert followups.colour_words(record, office) == "no due date"
    (row,) = office.board().followups
    assert row.mark and row.left == "no due date"
    (found,) = [a for a in office.board().attention if a.kind == "incomplete"]
    assert "no due date" in found.text


# Who may, and what must be there


def test_the_owner_cannot_verify(office: Office, add: Callable[..., Record]) -> None:
    record = add("followups", owner="李梅", state="in_hand")
    office.do([record], "report", {"text": "办好了"})
    told = office.get(record.ref)
    assert told is not None and told.state == "reported"
    for inputs in ({}, {"verified_by": "周海涛"}):
        with pytest.raises(Refused, match="another person than 李梅"):
            office.do([told], "verify", inputs)
    office.user = "周海涛"
    with pytest.raises(Refused, match="cannot verify it"):
        office.do([told], "verify", {"verified_by": "李梅"})
    office.do([told], "verify", {})
    verified = office.get(record.ref)
    assert verified is not None and verified.text("verified_by") == "周海涛"


def test_nothing_is_closed_without_an_answer(office: Office, add: Callable[..., Record]) -> None:
    record = add("followups", state="verified")
    with pytest.raises(Refused, match="No answer is recorded"):
        office.do([record], "close")
    for state in ("raised", "assigned", "in_hand", "reported"):
        with pytest.raises(Refused):
            office.do([add("followups", state=state)], "close")


def test_an_extension_keeps_both_dates(office: Office, add: Callable[..., Record]) -> None:
    record = add("followups", due="2026-11-21", state="in_hand")
    office.do([record], "extend", {"due": "2026-11-28", "reason": "大雪封路"})
    once = office.get(record.ref)
    assert once is not None
    office.do([once], "extend", {"due": "2026-12-05", "reason": "再延"})
    twice = office.get(record.ref)
    assert twice is not None
    assert twice.text("extension") == (
        "2026-11-21 to 2026-11-28: 大雪封路; 2026-11-28 to 2026-12-05: 再延"
    )
    sentences = [event.sentence for event in office.history(twice)]
    assert any("11-21" in text and "11-28" in text for text in sentences)
    late = add("followups", due="2026-11-19", state="in_hand")
    with pytest.raises(Refused, match="due on 2026-11-19 17:30"):
        office.do([late], "extend", {"due": "2026-11-28", "reason": "忘了"})


def test_urging_names_the_missing_without_being_told(
    office: Office, add: Callable[..., Record]
) -> None:
    units = [("units", {"unit": f"{n}村"}) for n in "甲乙丙"]
    units[0][1]["state"] = "reported"
    record = add("followups", children=units, collecting=True, state="in_hand", due="2026-11-20")
    office.do([record], "urge", {"method": "phone"})
    (urging,) = office.children(record, "urgings")
    assert urging.words("units") == ("乙村", "丙村")
    assert followups.tally(record, office) == "1/3村"
    assert followups.progress(record, office) == "2村 missing"
    due = [item for item in office.board().due if item.ref == record.ref]
    assert due[0].title.endswith("1/3村") and due[0].next == "2村 missing"


def test_rules_at_entry(office: Office) -> None:
    def broken(**cells: Any) -> set[str]:
        return {verdict.rule for verdict in judge("followups", cells, "", office)}

    everything = {"owner": "何静", "due": "2026-11-30", "standard": "有照片", "lead_unit": "应急办"}
    assert broken(**everything) == set()
    assert broken() == {"followups.owner", "followups.due", "followups.standard"}
    shared = {**everything, "lead_unit": None, "co_units": ["综治办", "应急办"]}
    assert broken(**shared) == {"followups.lead_unit"}
    office.set_setting("rules", {"followups.due": "block"})
    with pytest.raises(Refused) as refused:
        office.create("followups", {"raised_at": "2026-11-20", "content": "某事", "owner": "何静"})
    assert refused.value.field == "due"


# Where it comes from


def test_an_instruction_is_not_typed_again(office: Office, add: Callable[..., Record]) -> None:
    paper = add(
        "documents",
        state="instructed",
        instruction="请综治办月底前整改到位",
        instructed_by="王建国",
        lead_unit="综治办",
        co_units=["应急办"],
        owner="罗丹",
        due="2026-11-30",
    )
    done = office.do([paper], "follow_up", {})
    record = office.get(next(ref for ref in done.refs if ref.startswith("followups/")))
    assert record is not None
    assert record.cells == {
        "no": "1",
        "source": "instruction",
        "basis": paper.ref,
        "raised_by": "王建国",
        "raised_at": "2026-11-20T07:58",
        "content": "报送年度考核材料的通知: 请综治办月底前整改到位",
        "lead_unit": "综治办",
        "co_units": ["应急办"],
        "owner": "罗丹",
        "due": "2026-11-30",
        "state": "raised",
    }
    assert [one.ref for one in office.linked(paper)] == [record.ref]
    assert [one["id"] for one in detail_object(office, paper, False)["linked"]] == [record.id]
    assert followups.source_words(record, office) == "王书记 instructed"
    office.undo()
    assert office.linked(paper) == []


def test_a_decision_of_a_meeting(office: Office, add: Callable[..., Record]) -> None:
    meeting = add("meetings", children=[("decisions", {"what": "各村排查", "owner": "何静"})])
    (decision,) = office.children(meeting, "decisions")
    office.do([decision], "follow_up", {"due": "2026-11-30"})
    (record,) = office.records("followups")
    assert (record.text("source"), record.text("raised_by")) == ("decision", "党委会")
    assert record.text("lead_unit") == "应急办"
    assert [one.ref for one in office.linked(decision)] == [record.ref]
    assert [one.ref for one in office.linked(meeting)] == [record.ref]


# The board


def test_the_board_shows_red_first(office: Office, add: Callable[..., Record]) -> None:
    for due in ("2026-12-20", "2026-11-26", "2026-11-18", "2026-11-20"):
        add("followups", due=due, state="in_hand")
    board = office.board()
    assert [row.colour for row in board.followups] == ["red", "red", "yellow", "green"]
    assert board.followups[0].left == "red 2 days late"
    names = ("followups", "followups_red", "followups_yellow", "followups_green")
    assert [board.counts[name] for name in names] == [4, 2, 1, 1]
    told = board_object(office, board)["followups"]
    assert [row["colour"] for row in told] == ["red", "red", "yellow", "green"]
    printed = board_text(board, 100)
    assert "6 Follow-ups  green 1  yellow 1  red 2" in printed
    assert "red 2 days late" in printed


def test_what_waits_for_verification(office: Office, add: Callable[..., Record]) -> None:
    record = add("followups", due="2026-12-20", state="in_hand")
    office.do([record], "report", {"text": "办好了"})
    (found,) = [a for a in office.board().attention if a.kind == "unverified"]
    assert (found.refs, found.step) == ((record.ref,), "verify")


# Two people, apart


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Office, list[Sync]]:
    """Two devices of one office over a folder, each with its user."""
    machine = tmp_path / "machine-id"
    machine.write_text("m")
    monkeypatch.setattr(identity, "_MACHINE_IDS", (machine,))
    offices, syncs = [], []
    for user in ("李梅", "罗丹"):
        home, clock = tmp_path / user, FixedClock(datetime(2026, 11, 20, 0, 30, tzinfo=UTC))
        if not offices:
            founded = Office.found(home, name="党政办", user=user, clock=clock)
            folders.found(tmp_path / "shared", founded.info)
            folders.attach(home, tmp_path / "shared")
        else:
            folders.join(home, tmp_path / "shared")
        offices.append(Office.open(home, user=user, clock=clock))
        syncs.append(Sync(home, offices[-1].info, clock=clock, machine="m"))
    return offices[0], offices[1], syncs


def _rounds(offices: tuple[Office, Office], syncs: list[Sync]) -> None:
    for _ in range(2):
        for one, sync in zip(offices, syncs, strict=True):
            sync.round()
            one.refresh()


def test_two_people_take_different_steps_offline(
    two: tuple[Office, Office, list[Sync]],
) -> None:
    one, other, syncs = two
    done = one.create(
        "followups",
        {
            "raised_at": "2026-11-16",
            "content": "道路隐患",
            "owner": "罗丹",
            "due": "2026-11-25",
            "state": "in_hand",
        },
    )
    ref = done.refs[0]
    _rounds((one, other), syncs)
    here, there = one.get(ref), other.get(ref)
    assert here is not None and there is not None
    # Apart: one extends and urges, the other reports.
    one.do([here], "extend", {"due": "2026-12-02", "reason": "等雪停"})
    one.do([here], "urge", {"method": "phone"})
    other.do([there], "report", {"text": "已整改", "progress": 100})
    _rounds((one, other), syncs)
    here, there = one.get(ref), other.get(ref)
    assert here is not None and there is not None
    assert here.cells == there.cells
    assert not here.conflicted
    assert (here.state, here.text("due")) == ("reported", "2026-12-02")
    assert len(one.children(here, "urgings")) == len(other.children(there, "urgings")) == 1
    assert len(one.children(here, "feedback")) == len(other.children(there, "feedback")) == 1
    # Who answered for it cannot verify it on any device; the other can.
    with pytest.raises(Refused):
        other.do([there], "verify", {})
    one.do([here], "verify", {})
    _rounds((one, other), syncs)
    again = other.get(ref)
    assert again is not None and again.state == "verified"


def test_one_reports_a_unit_while_the_other_reports_another(
    two: tuple[Office, Office, list[Sync]],
) -> None:
    one, other, syncs = two
    units = [("units", {"unit": name}) for name in ("甲村", "乙村", "丙村")]
    cells = {"raised_at": "2026-11-16", "content": "排查表", "owner": "罗丹", "collecting": True}
    ref = one.create("followups", {**cells, "state": "in_hand"}, units).refs[0]
    _rounds((one, other), syncs)
    here, there = one.get(ref), other.get(ref)
    assert here is not None and there is not None
    one.do([here], "units_reported", {"unit": ["甲村"]})
    other.do([there], "units_reported", {"unit": ["乙村"]})
    _rounds((one, other), syncs)
    for office in (one, other):
        record = office.get(ref)
        assert record is not None
        assert followups.missing(record, office) == ["丙村"]
