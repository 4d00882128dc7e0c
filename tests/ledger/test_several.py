"""Records as they were before an instant, and many lines at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from officetui.ledger import several
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Entry
from officetui.office.clock import FixedClock
from officetui.office.office import Office

START = datetime(2026, 11, 20, tzinfo=UTC)


def ms(days: float) -> int:
    return int((START + timedelta(days=days)).timestamp() * 1000)


def test_each_write_is_taken_back_to_the_one_before(tmp_path: Path) -> None:
    clock = FixedClock(START)
    office = Office.found(tmp_path / "office", name="镇", user="李梅", clock=clock)
    ref = office.create("people", {"name": "赵强", "unit": "党政办"}).refs[0]
    for number in range(1, 6):
        clock.instant = START + timedelta(days=number)
        person = office.get(ref)
        assert person is not None
        office.set(person, {"unit": f"第{number}办" if number != 3 else None})
    person = office.get(ref)
    assert person is not None
    place = (person.register, person.id)
    before = several.Before(office.ledger)

    def then(days: float) -> object:
        return before.docs({place: dict(person.doc)}, ms(days)).get(place, {}).get("unit", "-")

    assert [then(n + 0.5) for n in range(6)] == ["党政办", "第1办", "第2办", "-", "第4办", "第5办"]
    assert before.docs({place: dict(person.doc)}, ms(-1)) == {}


def test_many_lines_of_many_segments_are_found(tmp_path: Path) -> None:
    clock = FixedClock(START)
    office = Office.found(tmp_path / "office", name="镇", user="李梅", clock=clock)
    for number in range(40):
        clock.instant = START + timedelta(minutes=number)
        office.create("people", {"name": f"人{number}", "note": "长" * 8000})
    writer = office.journal.writer
    assert len(office.ledger.segments(writer)) > 2
    stamps = [record.id[:30] for record in office.records("people")]
    found = several.lines(office.ledger, [*stamps, "0" * 12 + ".00000001." + writer, "no stamp"])
    assert set(found) == set(stamps)
    assert all(line.t == t for t, line in found.items())


def test_a_circle_of_stamps_ends(tmp_path: Path) -> None:
    one, other = (f"{ms(n):012x}.0000000{n}.abcdefgh" for n in (1, 2))
    before = several.Before(Ledger(tmp_path))
    place = ("people", "x")
    for t, replaced in ((one, other), (other, one)):
        before._entries[t] = {place: Entry(*place, {"unit": "办"}, {"unit": [replaced]})}
    doc = {"id": "x", "unit": "办", "_s": {"": f"{one} 李梅"}}
    assert before.docs({place: doc}, ms(0)) == {}
