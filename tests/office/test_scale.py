"""Twenty years of finished records: the desk stays small, and opening costs what is on it.

OFFICETUI_SCALE=300000 runs it with that many records; 20,000 are enough to see it.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from benchmarks import offices
from officetui.office.clock import FixedClock
from officetui.office.office import New, Office

RECORDS = int(os.environ.get("OFFICETUI_SCALE", "20000"))
MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)
TODAY = date(2026, 11, 20)
OPEN = 200


def opened(home: Path, moment: datetime = MORNING) -> Office:
    return Office.open(home, clock=FixedClock(moment), user=offices.USER)


def on_desk(office: Office) -> int:
    return sum(len(office.store.desk(register)) for register in office.store.registers())


def in_books(office: Office) -> int:
    books = (office.store.book(year) for year in office.store.years())
    return sum(len(docs) for book in books for docs in book.values())


def files(home: Path) -> dict[str, bytes]:
    """Desk and books, by name."""
    found = [home / "desk.json", *sorted((home / "books").iterdir())]
    return {path.name: path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose old records were imported year by year."""
    home = tmp_path_factory.mktemp("scale") / "office"
    offices.make(home, RECORDS, OPEN, clock=FixedClock(MORNING), day=TODAY)
    return home


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office without a past."""
    home = tmp_path_factory.mktemp("scale") / "small"
    offices.make(home, 0, OPEN, clock=FixedClock(MORNING), day=TODAY)
    return home


def test_old_records_leave_the_desk_small(home: Path, small: Path) -> None:
    office, other = opened(home), opened(small)
    # Besides what is in hand: what was finished in the last seven days.
    assert on_desk(office) <= on_desk(other) + 10 * offices.PER_DAY
    assert on_desk(office) + in_books(office) >= RECORDS + OPEN
    assert len(office.store.years()) >= RECORDS // (366 * offices.PER_DAY)


def test_opening_and_the_board_read_no_book(home: Path) -> None:
    books = {path: path.read_bytes() for path in (home / "books").iterdir()}
    try:
        for path in books:
            path.write_bytes(b"{")  # whoever reads it will say so
        office = opened(home)
        board = office.board()
        assert board.papers and board.meetings and board.seats and board.visitors
        assert len(office.list("documents", open=True)) > 50
        assert office.notices == []
    finally:
        for path, data in books.items():
            path.write_bytes(data)


def test_a_change_and_a_filed_record_are_found_whatever_lies_behind(home: Path) -> None:
    office = opened(home)
    year = office.store.years()[0]
    filed = office.list("documents", year=year)[0]
    assert office.get(filed.ref) == filed
    assert office.find(office.short(filed)) == filed
    assert [event.user for event in office.history(filed)] == [offices.USER]
    done = office.do([filed], "reopen", {"reason": "补充材料"})
    again = opened(home)
    reopened = again.get(filed.ref)
    assert reopened is not None and reopened.state == "registered"
    assert filed.id in again.store.desk("documents")
    assert done.refs == (filed.ref,)
    again.undo()
    back = opened(home).get(filed.ref)
    assert back is not None and back.cells == filed.cells


def test_the_import_of_one_year_reads_no_other(home: Path) -> None:
    opened(home).flush()
    office = opened(home)
    years = office.store.years()
    assert len(years) > 1, "one year is not enough to see it"
    other = home / "books" / f"{years[0]}.json"
    data = other.read_bytes()
    items = [("items", {"what": "席卡", "offset": -90, "state": "done"})]
    cells = {"title": "年度总结会", "start": f"{years[-1]}-02-03T09:00", "state": "closed"}
    cells |= {"end": f"{years[-1]}-02-03T10:00", "kind": "own", "closed_at": f"{years[-1]}-02-03"}
    try:
        other.write_bytes(b"{")
        office.create_many([New("meetings", cells, items, f"{years[-1]}-02-03.summary")])
        assert office.notices == []
        assert other.read_bytes() == b"{"
    finally:
        other.write_bytes(data)
    record = opened(home).get(f"meetings/{years[-1]}-02-03.summary")
    assert record is not None
    assert [item.text("what") for item in office.children(record, "items")] == ["席卡"]


def test_desk_and_books_deleted_are_made_again_byte_for_byte(home: Path) -> None:
    opened(home).flush()
    before = files(home)
    for name in before:
        (home / name if name == "desk.json" else home / "books" / name).unlink()
    began = time.perf_counter()
    office = opened(home)
    office.flush()
    took = time.perf_counter() - began
    assert files(home) == before
    (home / "desk.json").write_bytes(b"")
    opened(home).rebuild()
    assert files(home) == before
    print(f"{RECORDS} records, {len(before) - 1} books, made again in {took:.2f} s")
