"""The day review on rough ground: thousands of open matters, days that cannot be closed, two
signatures at once, phones of the public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from officetui.errors import Refused
from officetui.office import history, log, review_signing, search, withheld
from officetui.office.changes import New
from officetui.office.clock import FixedClock
from officetui.office.day_review import review
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.report import detail, objects
from officetui.report.review_files import html
from officetui.report.review_markdown import as_markdown
from officetui.report.review_text import review_text
from officetui.ui import page
from tests.office.desks import Desk, exchange

DAY = date(2026, 11, 20)
PHONE = "13987654321"
Add = Callable[..., Record]


def printed(office: Office, day: date = DAY) -> str:
    """All that leaves the office of a day."""
    made = review(office, day, "evening")
    return review_text(made, None) + as_markdown(made) + html(office, made)


@pytest.mark.parametrize(
    ("register", "cells"),
    [("reception", {"at": "2026-11-20", "channel": "visit"}), ("duty_log", {})],
)
def test_phones_of_the_public_are_masked_in_what_was_done(
    office: Office, clock: FixedClock, add: Add, register: str, cells: dict[str, str]
) -> None:
    record = add(register, phone="13812345678", **cells)
    office.set(record, {"phone": PHONE})
    assert PHONE not in printed(office) and "139****4321" in printed(office)
    clock.move(hours=10)
    review_signing.sign(office, DAY, "evening", {}, carry=True)
    clock.move(days=1)
    office.set(office.get(record.ref) or record, {"phone": "13666666666"})
    assert review(office, DAY).changed_since
    assert "13666666666" not in printed(office) and "136****6666" in printed(office)


def test_a_day_with_thousands_of_open_matters_can_be_signed(
    office: Office, clock: FixedClock
) -> None:
    paper = {
        "direction": "incoming",
        "recv_at": "2026-11-01",
        "from_org": "县应急局",
        "kind": "act",
        "title": "关于进一步做好今冬明春低温雨雪冰冻灾害防范应对工作的紧急通知" * 6,
        "due": "2026-11-19",
    }
    office.create_many([New("documents", paper)] * 1200)
    clock.move(hours=9)
    review_signing.sign(office, DAY, "evening", {}, carry=True)
    clock.move(days=3)
    made = review(office, DAY)
    assert len(made.carried) == 1200 and 0 < len(made.asked) <= review_signing.MOST_KEPT
    record = office.get(f"reviews/review:{DAY}:evening")
    assert record is not None
    assert len(msgspec.json.encode(record.get("signed"))) < 1 << 19


def test_only_days_that_can_be_closed_are_written_into(
    office: Office, clock: FixedClock, add: Add
) -> None:
    paper = add("documents", due="2026-11-19")
    clock.move(hours=9)
    asked = next(one for one in review(office).asked if one.ref == paper.ref)
    for day in (DAY - timedelta(days=2), date(1999, 1, 1), DAY + timedelta(days=1)):
        for write in (
            lambda day: review_signing.carry(office, day, "evening", asked),
            lambda day: review_signing.report(office, day, "evening", asked, "王建国", "phone"),
            lambda day: review_signing.write_note(office, day, "evening", "x"),
            lambda day: review_signing.sign(office, day, "evening", {}, carry=True),
        ):
            with pytest.raises(Refused):
                write(day)
    assert office.list("reviews") == []


def test_the_evening_before_the_office_existed_is_not_signed(office: Office) -> None:
    with pytest.raises(Refused, match="begins on"):
        review_signing.sign(office, DAY - timedelta(days=1), "evening", {}, carry=True)
    assert office.list("reviews") == []


def test_two_signatures_at_once_are_told_wherever_the_day_is_read(tmp_path: Path) -> None:
    one = Desk(tmp_path / "one", tmp_path / "folder", "李梅")
    two = Desk(tmp_path / "two", tmp_path / "folder", "罗丹")
    for desk in (one, two):
        desk.clock.move(hours=9, minutes=20)
    one.record("甲", due="2026-11-20T17:30", state="in_hand", owner="李梅")
    exchange(one, two)
    for desk in (one, two):
        asked = review(desk.office, DAY, "evening").asked[0]
        review_signing.carry(desk.office, DAY, "evening", asked, f"{desk.office.user}说")
        review_signing.sign(desk.office, DAY, "evening", {}, carry=True)
    exchange(one, two)
    for desk in (one, two):
        made = review(desk.office, DAY, "evening")
        assert [each.two_values for each in made.signatures] == [False, True]
        assert any("11-20" in words for words in made.checks[2].evidence)
        for text in (review_text(made, None), as_markdown(made), html(desk.office, made)):
            assert "signed twice at once, to be decided" in text
        assert "documents/" not in " ".join(since.sentence for since in made.changed_since)
        said = [desk.office.get(ref) for ref in refs(desk.office)]
        assert {record.text("reason") for record in said if record} == {"李梅说", "罗丹说"}
    assert review(one.office, DAY).carried == review(two.office, DAY).carried


def refs(office: Office) -> list[str]:
    """What the evening carried, also what stands beside another's words."""
    record = office.get(f"reviews/review:{DAY}:evening")
    assert record is not None
    return [child.ref for child in office.children(record, "carried")]


def test_of_a_paper_found_to_be_classified_nothing_is_told(
    office: Office, clock: FixedClock, add: Add
) -> None:
    """Not of what a signature kept, not of an evening that nobody signed, not in the log."""
    content, signed, unsigned = "不可外传的标题", DAY, DAY + timedelta(days=3)
    papers = [add("documents", title=f"{content}{n}", due=f"{signed}T17:30") for n in range(2)]
    office.set(papers[1], {"title": f"{content}二"})
    clock.move(hours=9)
    review_signing.carry(office, signed, "evening", review(office, signed, "evening").asked[0])
    review_signing.sign(office, signed, "evening", {}, carry=True)
    clock.move(days=5)
    assert content in printed(office, signed) and content in printed(office, unsigned)
    for paper in papers:
        cells = {"secrecy": "机密", "title": "密件", "due": None}
        office.set(office.get(paper.ref) or paper, cells)
    for day in (signed, unsigned, office.today):
        assert content not in printed(office, day), day
    assert "密件" in printed(office, signed) and "密件" in printed(office, unsigned)
    rows = log.changes(office, *log.bounds(office, signed, office.today))
    assert rows and not any(content in row.heading + row.sentence for row in rows)
    assert search.on_desk(office, search.Query(content)) == []
    for paper in papers:
        told = history.events(office, office.get(paper.ref) or paper)
        assert told and content not in repr(told)
    record = office.get(f"reviews/review:{signed}:evening")
    assert record is not None and office.children(record, "carried")
    shown = repr(objects.detail_object(office, record, history=True))
    assert content not in shown and "密件" in shown
    assert content not in detail.detail_text(office, record, history=True, width=None)
    lines = [one.cells for one in page.rows(office, record, 120, history.events(office, record))]
    assert content not in repr(lines) and "In 1 密件" in repr(lines)


def test_what_a_shift_handed_over_of_a_paper_found_to_be_classified_goes_with_it(
    office: Office, clock: FixedClock, add: Add
) -> None:
    paper = add("documents", title="不可外传的标题", due=f"{DAY}T17:30")
    seat = add("duty", date=DAY.isoformat(), line="day", state="arrived")
    clock.move(hours=9)
    review_signing.sign(office, DAY, "evening", {}, carry=True)
    said = office.get(seat.ref)
    assert said is not None and "不可外传的标题" in said.text("handover")
    cells = {"secrecy": "机密"}
    office.set(paper, cells, emptying=withheld.emptying(office, paper, cells))
    now = office.get(seat.ref)
    assert now is not None and "密件" in now.text("handover")
    assert "不可外传" not in now.text("handover")
    told = repr(history.events(office, now))
    assert "密件" in told and "不可外传" not in told
    rows = repr(log.changes(office, *log.bounds(office, DAY, DAY)))
    assert "密件" in rows and "不可外传" not in rows
    assert "不可外传" not in repr(review(office, DAY, "evening"))
    # also where the shift says something else in the end
    office.set(now, {"handover": "无"})
    bare = office.get(seat.ref)
    assert bare is not None and "不可外传" not in repr(history.events(office, bare))
    office.undo()
    office.undo()
    told = repr(history.events(office, office.get(seat.ref) or seat))
    assert "不可外传" in told  # it is no classified paper any more
    again = office.get(seat.ref)
    assert again is not None and again.text("handover") == said.text("handover")


def test_a_signature_in_the_trash_is_to_be_restored(office: Office, clock: FixedClock) -> None:
    clock.move(hours=9)
    review_signing.sign(office, DAY, "evening", {}, carry=True)
    record = office.get(f"reviews/review:{DAY}:evening")
    assert record is not None
    office.trash([record])
    with pytest.raises(Refused, match="in the trash"):
        review_signing.sign(office, DAY, "evening", {}, carry=True)


def test_blanks_accept_nothing_and_hide_nobody(office: Office, clock: FixedClock) -> None:
    clock.move(hours=9)
    with pytest.raises(Refused, match="cannot take over as well"):
        review_signing.sign(office, DAY, "evening", {"accepted_by": f" {office.user}\n"})
    review_signing.sign(office, DAY, "evening", {"accepted_by": "  ", "accepted_how": "phone"})
    record = office.get(f"reviews/review:{DAY}:evening")
    assert record is not None and record.state == "signed" and not record.text("accepted_by")
    for name in (" ", f"{office.user} "):
        with pytest.raises(Refused):
            taken = {"accepted_by": name, "accepted_how": "paper"}
            review_signing.accept(office, DAY, "evening", taken)
    taken = {"accepted_by": " 罗丹 ", "accepted_how": "paper"}
    review_signing.accept(office, DAY, "evening", taken)
    made = review(office, DAY, "evening")
    assert made.signatures[1].accepted_by == "罗丹"
