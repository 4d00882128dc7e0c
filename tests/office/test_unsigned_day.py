"""A past day that nobody signed: what was due that evening, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from officetui.office import deadlines
from officetui.office.changes import New
from officetui.office.clock import FixedClock
from officetui.office.day_review import DayReview, review
from officetui.office.look import Glance
from officetui.office.office import Office
from officetui.registers.record import Record

DAY = date(2026, 11, 20)  # a Friday
DUE = "2026-11-20T17:30"
Add = Callable[..., Record]


def said(made: DayReview) -> dict[str, tuple[str, str]]:
    return {one.title: (one.kind, one.ended) for one in made.asked}


@pytest.fixture
def friday(office: Office, clock: FixedClock, add: Add) -> dict[str, Record]:
    """Papers of that day, and what became of some of them before the evening."""
    found = {
        title: add("documents", title=title, due=due, state="in_hand", owner="何静")
        for title, due in (
            ("当天办的", DUE),
            ("当天改期的", DUE),
            ("后来办的", DUE),
            ("后来改期的", DUE),
            ("后来改人的", "2026-11-10"),
            ("一直没办", "2026-11-10"),
            ("不急", "2026-12-20"),
            ("误登的", DUE),
        )
    }
    clock.move(hours=6)
    close(office, found["当天办的"])
    office.set(found["当天改期的"], {"due": "2026-11-30"})
    return found


def close(office: Office, record: Record) -> None:
    fresh = office.get(record.ref)
    assert fresh is not None
    office.do([fresh], "close", {"result": "办好了"})


def later(office: Office, clock: FixedClock, papers: dict[str, Record]) -> None:
    """What happens after that evening."""
    clock.move(days=3)
    close(office, papers["后来办的"])
    office.set(papers["后来改期的"], {"due": "2027-12-31"})
    office.set(papers["后来改人的"], {"owner": "罗丹"})
    office.trash([papers["误登的"]])
    cells = {"title": "后来登的", "recv_at": "2026-11-20", "due": DUE, "from_org": "县委办"}
    office.create("documents", {**cells, "kind": "act", "direction": "incoming"})


@pytest.mark.parametrize("days", [1, 400])
def test_what_was_due_and_how_it_ended(
    office: Office, clock: FixedClock, friday: dict[str, Record], days: int
) -> None:
    later(office, clock, friday)
    clock.move(days=days)
    office.flush()
    made = review(office, DAY)
    assert made.past
    assert said(made) == {
        "当天办的": ("answered", "closed that day"),
        "当天改期的": ("moved", "still open, put off to 2026-11-30"),
        "后来办的": ("due", "closed on 2026-11-23"),
        "后来改期的": ("due", "still open, put off to 2027-12-31"),
        "后来改人的": ("overdue", "still open"),
        "一直没办": ("overdue", "still open"),
        "误登的": ("due", "in the trash now"),
    }
    assert [one.title for one in made.listed] == ["不急"]
    held = {one.title: one.holder for one in made.asked}
    assert held["后来改人的"] == "何静"  # as it was then
    assert {check.id: check.ok for check in made.checks} == {
        "stalled": False,
        "piled": False,
        "visitors": True,
    }
    stalled = next(check for check in made.checks if check.id == "stalled")
    assert "10 days" in stalled.evidence[0]  # that evening, not today


def test_the_evening_reads_as_it_did_then(
    office: Office, clock: FixedClock, friday: dict[str, Record], add: Add
) -> None:
    """What is asked and listed afterwards is what the evening itself would have said."""
    from officetui.office import review_signing

    matter = add("followups", due=DUE)
    office.do([matter], "urge", {"method": "phone", "promised": "2026-11-25"})
    review_signing.present(office)
    clock.move(hours=3)
    with office.lock:
        then = [
            (one.record.ref, one.at.isoformat())
            for one in deadlines.deadlines(Glance(office, office.now))
        ]
    at_night = review(office, DAY, "evening")
    later(office, clock, friday)
    fresh = office.get(matter.ref)
    assert fresh is not None
    office.do([fresh], "urge", {"method": "phone", "answer": "再等等"})
    clock.move(days=40)
    office.flush()
    made = review(office, DAY)
    unanswered = {one.ref for one in made.asked if one.kind in ("due", "overdue")}
    assert unanswered == {one.ref for one in at_night.asked}
    assert {ref for ref, _at in then} >= unanswered
    gone = {one.ref for one in made.asked if one.kind == "moved"}
    assert {one.ref for one in made.listed} == {one.ref for one in at_night.listed} - gone
    assert [plan.deadlines for plan in made.tomorrow] == [
        plan.deadlines for plan in at_night.tomorrow
    ]


def test_the_present_is_not_disturbed(
    office: Office, clock: FixedClock, friday: dict[str, Record]
) -> None:
    later(office, clock, friday)
    before = [one.record.ref for one in deadlines.deadlines(office)]
    review(office, DAY)
    assert [one.record.ref for one in deadlines.deadlines(office)] == before
    assert {one.text("owner") for one in office.records("documents")} >= {"罗丹"}


def test_an_undo_later_does_not_change_that_evening(
    office: Office, clock: FixedClock, friday: dict[str, Record]
) -> None:
    clock.move(days=2)
    close(office, friday["后来办的"])
    office.undo()
    clock.move(days=2)
    assert said(review(office, DAY))["后来办的"] == ("due", "still open")


def test_of_registers_brought_in_later_their_own_dates_tell(
    office: Office, clock: FixedClock
) -> None:
    rows = [
        {"title": "当天办的", "due": "2006-03-14", "closed_at": "2006-03-14", "state": "closed"},
        {"title": "晚了", "due": "2006-03-14", "closed_at": "2006-03-20", "state": "closed"},
        {"title": "早办了", "due": "2006-03-14", "closed_at": "2006-03-13", "state": "closed"},
        {"title": "在传阅", "due": "2006-03-14", "state": "circulating", "kind": "read"},
        {"title": "还没到", "due": "2006-04-14", "closed_at": "2006-03-20", "state": "archived"},
    ]
    cells = {"direction": "incoming", "recv_at": "2006-03-10T09:00", "kind": "act"}
    cells["from_org"] = "县委办"
    office.create_many(
        [
            New(
                "documents",
                {**cells, **row},
                [("readers", {"person": "马文斌", "sent_at": "2006-03-11"})]
                if row["title"] == "在传阅"
                else (),
                f"2006-03-10:old:{n}",
            )
            for n, row in enumerate(rows)
        ]
    )
    office.flush()
    made = review(office, date(2006, 3, 14))
    assert said(made) == {
        "当天办的": ("answered", "closed that day"),
        "晚了": ("due", "closed on 2006-03-20"),
        "在传阅": ("due", "still open"),
    }
    holders = {one.title: one.holder for one in made.asked}
    assert holders["在传阅"] == "马文斌"  # not in nobody's hands: its readers were brought in, too
    assert [one.title for one in made.listed] == ["还没到"]
