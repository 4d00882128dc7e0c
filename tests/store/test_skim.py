"""The highest number of a book: the same read quickly, read whole, and after it was changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from officetui.office.clock import FixedClock
from officetui.office.office import New, Office
from officetui.store.files import DamagedFile
from officetui.store.skim import highest, skim

MORNING = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


def old_paper(number: object, at: str = "2026-03-02T09:00") -> New:
    cells = {
        "direction": "incoming",
        "recv_no": number,
        "recv_at": at,
        "from_org": "县委办",
        "title": f"通知{number}",
        "kind": "act",
        "state": "archived",
        "closed_at": "2026-03-05",
        "archived_at": "2026-03-05",
    }
    return New("documents", cells, (), f"{at[:10]}.{number}")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office.found(tmp_path / "office", name="镇", user="李梅", clock=FixedClock(MORNING))
    made.create_many([old_paper(str(n)) for n in (3, 17, 16)])
    return made


def number_of_next(office: Office) -> str:
    cells = {"recv_at": "2026-11-20T09:00", "from_org": "县委办", "title": "函", "kind": "act"}
    found = office.get(office.create("documents", cells).refs[0])
    assert found is not None
    return found.text("recv_no")


def test_a_new_paper_is_numbered_after_the_filed_ones(office: Office) -> None:
    again = Office.open(office.home, clock=FixedClock(MORNING), user="李梅")
    assert not again.store.desk("documents")
    assert number_of_next(again) == "18"
    assert number_of_next(again) == "19"
    assert number_of_next(office) == "20"  # another process, which sees them


def test_what_is_taken_out_of_the_book_counts_as_it_is_now(office: Office) -> None:
    again = Office.open(office.home, clock=FixedClock(MORNING), user="李梅")
    assert again.store.highest(2026, "documents", "recv_no") == 17
    filed = again.get("documents/2026-03-02.17")
    assert filed is not None
    again.set(filed, {"recv_no": "5"})
    assert again.store.highest(2026, "documents", "recv_no") == 16
    assert number_of_next(again) == "17"


def test_other_years_and_registers_have_numbers_of_their_own(office: Office) -> None:
    office.create_many([old_paper("900", "2025-03-02T09:00")])
    assert office.store.highest(2025, "documents", "recv_no") == 900
    assert office.store.highest(2026, "documents", "recv_no") == 17
    assert office.store.highest(2026, "reception", "no") == 0
    assert office.store.highest(2024, "documents", "recv_no") == 0
    assert number_of_next(office) == "18"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 0),
        (["7", 9, "12"], 12),
        (["收12", "1.5", 2.5, True, None, [3], {"a": 4}, ""], 0),
        (["９", "-3"], 0),
        (["1" * 40], int("1" * 18)),
    ],
)
def test_only_whole_numbers_count(values: list[object], expected: int) -> None:
    assert highest(values) == expected


def test_a_book_that_cannot_be_read_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    with pytest.raises(DamagedFile):
        skim(path, "documents", "recv_no")
    path.write_text('{"documents":{"1":{"recv_no":"7"},"2":[]}}')
    with pytest.raises(DamagedFile):
        skim(path, "documents", "recv_no")
    path.write_text('{"documents":{"1":{"recv_no":"7"},"2":{"title":"\\"recv_no\\":\\"9\\""}}}')
    assert skim(path, "documents", "recv_no") == ["7"]


def test_a_damaged_book_is_made_again_when_a_number_is_needed(office: Office) -> None:
    (office.home / "books" / "2026.json").write_bytes(b"{")
    again = Office.open(office.home, clock=FixedClock(MORNING), user="李梅")
    assert number_of_next(again) == "18"
    assert again.store.notices
