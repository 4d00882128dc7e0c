"""The numbers of a week or a month: counted by the records' own dates, on the desk and in books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from officetui.office.changes import New
from officetui.office.figures import Kept, figures
from officetui.office.office import Office
from officetui.registers.record import Record

TODAY = date(2026, 11, 20)
Add = Callable[..., Record]


def test_papers_in_and_out_by_the_day_of_the_office(office: Office, add: Add) -> None:
    add("documents", recv_at="2026-11-16T09:00")
    add("documents", recv_at="2026-11-20T08:00")
    add("documents", recv_at="2026-11-22")  # a day without an hour
    add("documents", recv_at="2026-11-23T00:00")  # next week
    add("outgoing", sent_at="2026-11-15T16:00:00Z")  # Monday, 00:00 in the office
    add("outgoing", sent_at="2026-11-15T15:59:59Z")  # still Sunday there
    week = figures(office, "week", TODAY)
    assert [one.papers_in for one in week.spans] == [1, 0, 0, 0, 1, 0, 1]
    assert [one.papers_out for one in week.spans] == [1, 0, 0, 0, 0, 0, 0]
    month = figures(office, "month", TODAY)
    assert [(one.first[8:], one.last[8:]) for one in month.spans] == [
        ("01", "01"), ("02", "08"), ("09", "15"), ("16", "22"), ("23", "29"), ("30", "30"),
    ]  # fmt: skip
    assert [one.papers_in for one in month.spans] == [0, 0, 0, 3, 1, 0]
    assert [one.papers_out for one in month.spans] == [0, 0, 1, 1, 0, 0]


def test_in_time_late_overdue_and_not_due_yet(office: Office, add: Add) -> None:
    for due, closed in (
        ("2026-11-18", "2026-11-18"),  # on the day itself is in time
        ("2026-11-18", "2026-11-19"),
        ("2026-11-19T10:00", None),
        ("2026-11-20", None),
        ("2026-11-21", None),
        ("2026-11-30", None),  # of another week
    ):
        more = {"closed_at": closed, "state": "closed"} if closed else {}
        add("documents", due=due, owner="谢宇", **more)
    add("documents", due="2026-11-18", kind="read")  # a paper to read has nothing to keep to
    week = figures(office, "week", TODAY)
    assert week.kept["documents"] == Kept(on_time=1, late=1, overdue=1, pending=2)
    (unit,) = [one for one in week.units if one.unit == "综治办"]
    assert unit.kept == week.kept["documents"] and unit.papers == 6
    (nobody,) = [one for one in week.units if not one.unit]
    assert nobody.papers == 1 and nobody.kept.due == 0


def test_visits_turns_and_colours(office: Office, add: Add) -> None:
    for channel in ("visit", "visit", "hotline"):
        add("reception", at="2026-11-18T09:00", channel=channel)
    for day, line, person in (
        ("2026-01-05", "night", "罗丹"),
        ("2026-11-17", "night", "罗丹"),
        ("2026-11-18", "day", "罗丹"),
        ("2026-11-19", "day", "何静"),
        ("2026-11-25", "day", "何静"),  # not yet, for the sums of this week
    ):
        add("duty", date=day, line=line, person=person)
    add("followups", due="2026-11-19")
    add("followups", due="2026-12-31")
    add("followups")
    add("followups", due="2026-11-19", state="closed", closed_at="2026-11-18")
    week = figures(office, "week", TODAY)
    assert week.visits == {"visit": 2, "call": 0, "letter": 0, "online": 0, "hotline": 1}
    assert [(one.person, one.lines, one.turns, one.year) for one in week.duty] == [
        ("罗丹", {"day": 1, "night": 1}, 2, 3),
        ("何静", {"day": 1}, 1, 1),
    ]
    assert week.as_of == "2026-11-20"
    assert week.colours == {"red": 1, "yellow": 0, "green": 1, "none": 1}
    before = figures(office, "week", date(2026, 11, 12))  # before any was raised
    assert before.as_of == "2026-11-15" and sum(before.colours.values()) == 0


def test_a_month_of_old_books_and_one_of_nothing(office: Office) -> None:
    rows = [
        New("documents", {"recv_no": str(n), "recv_at": "2007-03-31T09:00", "from_org": "县委办",
            "title": "旧", "kind": "act", "state": "archived", "due": "2007-03-31",
            "closed_at": day, "archived_at": day}, (), f"2007-03-31.{n:016x}")
        for n, day in enumerate(("2007-03-30", "2007-04-02"))
    ]  # fmt: skip
    office.create_many(rows)
    assert office.store.years() == [2007]
    month = figures(office, "month", date(2007, 3, 1))
    assert month.spans[-1].papers_in == 2
    assert month.kept["documents"] == Kept(on_time=1, late=1)
    assert not month.empty and figures(office, "month", date(2012, 1, 1)).empty
    told = msgspec.json.decode(msgspec.json.encode(month))
    assert told["kept"]["documents"] == {"on_time": 1, "late": 1, "overdue": 0, "pending": 0}
