"""The sample office: its board at 7:58 is the one the office asked for, at any hour it holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from officetui.errors import Refused
from officetui.office import clashes
from officetui.office.clock import FixedClock
from officetui.office.demo import local_zone, make_demo
from officetui.office.office import Office
from officetui.registers.documents import progress
from officetui.registers.model import Field, Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import pgettext, set_language

LANGUAGES = ("en", "zh_CN", "zh_TW")
FRIDAY = "2026-11-20T07:58"


def demo(home: Path, moment: str, language: str) -> Office:
    set_language(language)
    clock = FixedClock(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai")))
    return make_demo(home, clock, language)


@pytest.fixture(params=LANGUAGES)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return demo(tmp_path / "demo", FRIDAY, request.param)


def test_first_things_are_those_of_the_board(office: Office) -> None:
    first = office.board().first
    assert {a.kind for a in first} == {"handover", "unconfirmed duty", "due", "names_due", "clash"}
    by_kind = {a.kind: a for a in first}
    assert by_kind["due"].word == pgettext("badge", "In {n}").format(n=774)
    assert "2" in by_kind["unconfirmed duty"].short
    assert len(by_kind["clash"].refs) == 2
    assert by_kind["names_due"].at == datetime(2026, 11, 20, 12, 0)


def test_duty_of_last_night_today_and_tomorrow(office: Office) -> None:
    seats = {(s.day.day, s.line, s.ref[-1]): s for s in office.board().seats}
    state = {place: _of(office, s.ref).state for place, s in seats.items()}
    assert state[19, "night", "1"] == "handed_over"
    assert state[20, "leader", "1"] == "confirmed"
    assert state[20, "day", "1"] == "arrived"
    assert state[20, "night", "1"] == "notified"
    assert (state[21, "night", "1"], state[21, "night", "2"]) == ("confirmed", "planned")
    assert seats[19, "night", "1"].note
    assert {place for place, seat in seats.items() if seat.mark} == {
        (19, "night", "1"),
        (20, "night", "1"),
        (21, "night", "2"),
    }


def test_as_rich_as_the_registers_of_an_office(office: Office) -> None:
    assert len(office.list("documents")) >= 45
    assert len(office.list("reception")) == 36
    assert len(office.list("meetings")) == 9
    assert len(office.list("people")) == 22
    days = {record.text("date") for record in office.list("duty")}
    assert {f"2026-11-{n:02}" for n in range(1, 31)} <= days
    counts = office.board().counts
    assert counts["to_propose"] == 4
    assert counts["to_instruct"] == 3
    assert counts["circulating"] == 6
    assert counts["overdue"] == 15
    assert counts["waiting"] == 6


def test_overdue_are_one_line_per_person(office: Office) -> None:
    late = office.board().overdue
    assert [(len(h.refs), h.oldest) for h in late[:3]] == [(5, 17), (4, 11), (3, 28)]
    assert late[2].mark
    assert late[2].away


def test_meetings_of_the_day(office: Office) -> None:
    rows = office.board().meetings
    assert [(row.answered, row.prepared) for row in rows[:3]] == [
        ((9, 9), (7, 9)),
        ((28, 31), (5, 8)),
        ((10, 12), (4, 8)),
    ]
    assert rows[1].clash
    assert rows[2].clash
    assert len(rows) == 4


def test_the_proposal_offered_comes_from_the_division_of_work(office: Office) -> None:
    (bus,) = [r for r in office.list("documents") if r.text("recv_no") == "778"]
    people = {p.whole("rank"): p.text("name") for p in office.list("people")}
    from officetui.registers.workflow import offers

    step = BY_ID["documents"].step("propose")
    assert step is not None
    offered = offers(BY_ID["documents"], step, bus, office)["proposal"]
    assert people[5] in offered  # who answers for the one in charge, who is on leave


def test_undo_cannot_unmake_the_sample(office: Office) -> None:
    with pytest.raises(Refused):
        office.undo()


def test_every_record_fits_its_tables(office: Office) -> None:
    for register in REGISTERS:
        for record in office.list(register.id):
            _fits(office, register, record)
            for child in register.children:
                for member in office.children(record, child.id):
                    _fits(office, child, member)


def test_history_was_written_at_its_hours_and_by_those_on_duty(office: Office) -> None:
    night = _of(office, "duty/duty:2026-11-19:night:1")
    events = office.history(night)
    assert [office.clock(e.at).strftime("%d %H:%M") for e in events] == [
        "19 08:10",
        "19 17:21",
        "20 07:50",
    ]
    assert events[-1].user == night.text("person")
    assert all(e.at <= office.now for e in events)
    with pytest.raises(Refused):
        make_demo(office.home, office.watch, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_languages_are_mixed(tmp_path: Path, language: str) -> None:
    made = demo(tmp_path / "demo", FRIDAY, language)
    words = "".join(r.text("title") + r.text("from_org") for r in made.list("documents"))
    words += "".join(r.text("name") + r.text("unit") for r in made.list("people"))
    chinese = any("\u4e00" <= c <= "\u9fff" for c in words)
    assert chinese == (language != "en")
    assert ("關" in words, "关" in words) == (language == "zh_TW", language == "zh_CN")


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-20T00:20",
        "2026-11-20T03:40",
        "2026-11-20T06:30",
        "2026-11-20T08:00",
        "2026-11-20T12:10",
        "2026-11-20T15:00",
        "2026-11-20T17:31",
        "2026-11-20T23:50",
        "2026-11-22T08:00",  # a Sunday
        "2026-11-23T07:58",  # a Monday
        "2026-10-04T10:00",  # within a week of holidays
        "2026-10-08T08:05",  # the first day after it
        "2026-03-01T09:00",
        "2027-01-04T08:00",  # a year whose holidays nobody knows
        "2028-02-29T14:00",
    ],
)
def test_it_holds_at_any_hour_and_day(tmp_path: Path, moment: str) -> None:
    made = demo(tmp_path / "demo", moment, "zh_CN")
    board = made.board()
    assert board.attention
    assert board.seats
    running = {seat.line for seat in board.seats if seat.running}
    assert "leader" in running
    assert running & {"day", "night"}
    happened = [
        made.clock(at).replace(microsecond=0)
        for register in REGISTERS
        for record in made.list(register.id)
        for cell in record.cells
        if (at := record.instant(cell)) is not None
    ]
    assert max(happened) <= made.local
    for paper in made.list("documents"):
        assert paper.text("recv_at") <= made.local.isoformat()
        assert progress(paper, made)
    assert made.user == "李梅"


@pytest.mark.parametrize("moment", [FRIDAY, "2026-11-20T10:00", "2026-11-20T13:59"])
def test_the_clash_is_still_to_come(tmp_path: Path, moment: str) -> None:
    made = demo(tmp_path / "demo", moment, "en")
    found = clashes.among(made, made.local, datetime(2026, 11, 21))
    assert any(clash.second is not None for clash in found)


def test_what_the_visitor_does_can_be_undone(office: Office) -> None:
    seat = office.list("duty", day=office.today)[-1]
    before = seat.cells
    office.set(seat, {"note": "试一试"})
    office.undo()
    assert _of(office, seat.ref).cells == before


@pytest.mark.parametrize(
    ("told", "zone"),
    [("Europe/Vienna", "Europe/Vienna"), (":Asia/Taipei", "Asia/Taipei")],
)
def test_the_hours_are_those_of_the_reader(
    monkeypatch: pytest.MonkeyPatch, told: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", told)
    assert local_zone() == zone


@pytest.mark.parametrize("told", ["", "no/such/place", "../../etc/passwd", "<+08>-8"])
def test_a_machine_that_tells_no_zone(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.delenv("TZ", raising=False)
    usual = local_zone()
    monkeypatch.setenv("TZ", told)
    assert local_zone() == usual
    assert ZoneInfo(usual).key == usual


def _of(office: Office, ref: str) -> Record:
    found = office.get(ref)
    assert found is not None
    return found


def _fits(office: Office, register: Register, record: Record) -> None:
    """Every cell is one of the table, and of its kind."""
    if register.states:
        assert register.state(record.state), record
    for field in register.fields:
        if field.required:
            assert record.get(field.name) not in (None, ""), (record, field.name)
    for name, value in record.cells.items():
        field = register.field(name)
        assert field is not None, (record, name)
        assert _is(office, field, value, record), (record, name, value)


def _is(office: Office, field: Field, value: Any, record: Record) -> bool:
    match field.kind:
        case "whole":
            return isinstance(value, int)
        case "day":
            return record.day(field.name) is not None and len(value) == 10
        case "moment":
            return record.day(field.name) is not None
        case "instant":
            return record.instant(field.name) is not None
        case "choice":
            return value in [choice.value for choice in field.choices]
        case "words" | "spans" | "people" | "units" | "refs":
            return isinstance(value, list)
        case "line":
            return value in [line["id"] for line in office.setting("duty_lines")]
        case "room":
            return value in office.setting("rooms")
        case "flag":
            return isinstance(value, bool)
        case "json":
            return value is not None
        case _:
            return isinstance(value, str)
