"""What lasts whole days, several days or over midnight: on the board, in lists, ahead, colliding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from officetui.office import clashes
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.meetings import hours_words
from officetui.registers.record import Record

Add = Callable[..., Record]


def at(hour: str, day: int = 20) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{hour}")


def test_it_stands_on_the_board_of_each_of_its_days(office: Office, add: Add) -> None:
    congress = add("meetings", title="党代会", start="2026-11-19", end="2026-11-21")
    night = add("meetings", title="防汛会商", start="2026-11-19T22:00", end="2026-11-20T09:00",
                room="值班室")  # fmt: skip
    told = {row.ref: row.when for row in office.board().meetings}
    assert told == {congress.ref: "all day", night.ref: "00:00"}
    tomorrow = office.board().ahead[0]
    assert tomorrow.day == date(2026, 11, 21)
    assert congress.ref in tomorrow.refs and night.ref not in tomorrow.refs
    assert "all day 党代会" in tomorrow.words
    for day, count in ((18, 0), (19, 2), (20, 2), (21, 1), (22, 0)):
        assert len(office.list("meetings", day=date(2026, 11, day))) == count


def test_how_its_hours_read(add: Add) -> None:
    read = [
        hours_words(add("meetings", **cells))
        for cells in (
            {"start": "2026-11-20", "end": None},
            {"start": "2026-11-20", "end": "2026-11-22"},
            {"start": "2026-11-20T22:00", "end": "2026-11-21T02:00"},
            {"start": "2026-11-20T09:00", "end": "2026-11-21"},
            {"start": "2026-11-20T22:00", "end": "2026-11-21T00:00"},
            {"start": "2026-11-20T09:30", "end": None},
        )
    ]
    assert read == ["all day", "until 11-22", "22:00/11-21", "09:00/11-21", "22:00-00:00", "09:30"]


def test_it_collides_on_each_of_its_days_and_not_beyond(office: Office, add: Add) -> None:
    trip = add("schedule", start="2026-11-19T14:00", end="2026-11-21", matter="培训", place="市里")
    night = add("schedule", leader="陈志远", start="2026-11-20T22:00", end="2026-11-21T02:00")

    def collides(leader: str, start: str, end: str) -> list[str]:
        cells = {"title": "会", "leaders": [leader], "start": start, "end": end}
        return [c.second.id for c in clashes.find(office, cells) if c.second is not None]

    assert collides("周海涛", "2026-11-19T13:00", "2026-11-19T14:00") == []
    assert collides("周海涛", "2026-11-19T13:00", "2026-11-19T14:30") == [trip.id]
    assert collides("周海涛", "2026-11-21T23:00", "2026-11-21T23:30") == [trip.id]
    assert collides("周海涛", "2026-11-22T00:00", "2026-11-22T01:00") == []
    assert collides("陈志远", "2026-11-21T01:30", "2026-11-21T03:00") == [night.id]
    assert collides("陈志远", "2026-11-21T02:00", "2026-11-21T03:00") == []


def test_where_a_leader_is_after_midnight(office: Office, add: Add, clock: FixedClock) -> None:
    add("schedule", start="2026-11-19T22:00", end="2026-11-20T06:00", place="石桥村")
    add("schedule", leader="陈志远", start="2026-11-18", end="2026-11-20", place="市里")

    def where(moment: datetime) -> dict[str, str]:
        return {row.person: row.where for row in office.board(moment).whereabouts}

    assert where(at("01:00"))["周海涛"] == "石桥村"
    assert where(at("06:30"))["周海涛"] == "here"
    assert [where(at("23:30"))["陈志远"], where(at("00:10", 21))["陈志远"]] == ["市里", "here"]
