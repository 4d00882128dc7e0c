"""Official numbers where several devices record: one gives them, the others wait."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from officetui.cli import run
from officetui.errors import Refused
from officetui.ledger.line import Change, Entry
from officetui.office import changes, numbers, runs
from officetui.office.conflicts import conflicts
from officetui.registers.registry import BY_ID, REGISTERS
from tests.office.desks import PAPER, Desk, exchange


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two devices on one folder; the first gives the numbers of documents."""
    one = Desk(tmp_path / "one", tmp_path / "folder", "李梅")
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    one.record("起头", recv_no="700")
    one.office.set_setting("numbering", {"documents": numbers.own_writer(one.office)})
    exchange(one, two)
    return one, two


def test_a_device_that_the_office_does_not_have_gives_no_numbers(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    named = one.office.setting("numbering")
    for stranger in ("k7q2m9xz", ["documents"]):
        with pytest.raises(Refused) as refused:
            two.office.set_setting("numbering", {**named, "reception": stranger})
        for writer in (one.office.journal.writer, two.office.journal.writer):
            assert writer in str(refused.value)
    assert two.office.setting("numbering") == named
    two.office.set_setting("numbering", {**named, "reception": two.office.journal.writer})
    two.office.set_setting("numbering", {"documents": ""})


def test_only_registers_that_have_numbers_are_named(desks: tuple[Desk, Desk]) -> None:
    one, _two = desks
    here = one.office.journal.writer
    numbered = ", ".join(register.id for register in REGISTERS if register.numbering is not None)
    assert "documents" in numbered and "reception" in numbered
    for key, said in (
        ("letters", "“letters” has no official numbers"),
        ("duty", f"Registers with numbers: {numbered}."),
        ("documents:this", "like documents:2026"),
        ("documents:", "like documents:2026"),
    ):
        with pytest.raises(Refused, match=re.escape(said)):
            one.office.set_setting("numbering", {key: here})
    assert one.office.setting("numbering") == {"documents": here}
    # What a device of a newer version named is left alone.
    setting = one.office.get("settings/settings:numbering")
    assert setting is not None
    over = changes.replaced(setting.doc, ["value"])
    entry = Entry("settings", setting.id, {"value": {"letters": here}}, over)
    line = one.office.journal.append(Change("", "settings.set", [entry]), 1_800_000_000_000)
    one.office.store.apply(line.lines)
    one.office.set_setting("numbering", {"letters": here, "documents": here})


def test_another_device_waits_for_its_number(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    done = two.office.create("documents", {**PAPER, "title": "甲"})
    assert two.number("甲") == ""
    assert "number comes from" in " ".join(done.hints)
    waiting = two.office.get(done.refs[0])
    assert waiting is not None and numbers.awaits(two.office, waiting)
    assert two.office.give_numbers() is None, "only the device that was named gives"
    exchange(one, two)
    given = one.office.give_numbers()
    assert given is not None and given.refs == done.refs
    exchange(one, two)
    assert two.number("甲") == one.number("甲") == "701"
    assert conflicts(one.office) == conflicts(two.office) == []


def test_numbers_are_given_in_the_order_of_recording_and_once(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    for title in ("甲", "乙", "丙"):
        two.record(title)
    mine = one.record("丁")
    exchange(one, two)
    one.office.give_numbers()
    assert mine.text("recv_no") == "701"
    assert [one.number(title) for title in ("甲", "乙", "丙")] == ["702", "703", "704"]
    assert one.office.give_numbers() is None


def test_undo_passes_by_the_numbers_that_were_given(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    two.record("甲")
    one.record("丁")
    exchange(one, two)
    one.office.give_numbers()
    one.office.undo()
    assert [r.text("title") for r in one.office.records("documents")] == ["起头", "甲"]
    assert one.number("甲") == "702"


def test_a_number_that_was_taken_away_is_not_given_again(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    paper = one.record("丁")
    one.office.set(paper, {"recv_no": None})
    assert one.office.give_numbers() is None
    imported = "2026-11-20.0123456789abcdef"
    two.office.create("documents", {**PAPER, "title": "旧表"}, id=imported)
    exchange(one, two)
    assert one.office.give_numbers() is None


def test_one_year_may_have_another_device(desks: tuple[Desk, Desk]) -> None:
    _one, two = desks
    two.record("甲")
    named = {**two.office.setting("numbering"), "documents:2027": numbers.own_writer(two.office)}
    two.office.set_setting("numbering", named)
    assert two.record("明年", recv_at="2027-01-04T09:00").text("recv_no") == "1"
    assert two.record("今年").text("recv_no") == ""


def test_without_a_named_device_every_one_numbers_and_what_is_double_is_listed(
    tmp_path: Path,
) -> None:
    one = Desk(tmp_path / "one", tmp_path / "folder", "李梅")
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    assert one.record("甲").text("recv_no") == two.record("乙").text("recv_no") == "1"
    exchange(one, two)
    found = conflicts(one.office)
    assert found == conflicts(two.office)
    assert [(c.kind, c.cell, len(c.values)) for c in found] == [("number", "recv_no", 2)] * 2


def test_missing_numbers_are_listed(desks: tuple[Desk, Desk]) -> None:
    one, _two = desks
    for number in ("702", "703", "707"):
        one.record(f"第{number}", recv_no=number)
    one.record("明年", recv_no="9", recv_at="2027-01-04T09:00")
    assert runs.gaps(one.office, BY_ID["documents"], 2026) == [(701, 701), (704, 706)]
    assert runs.gaps(one.office, BY_ID["documents"], 2027) == []


def test_the_command_line_gives_them_too_and_publishes_them(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = desks
    two.record("甲")
    two.round()
    monkeypatch.setenv("OFFICETUI_HOME", str(one.office.home))
    assert run(["sync"]) == 0
    two.round()
    assert two.number("甲") == "701"
