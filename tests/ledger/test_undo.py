"""Undo and redo of whole changes, as changes of their own, on a real journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from officetui.ledger.conflicts import conflicts, edited_against_delete
from officetui.ledger.doc import shown_stamps
from officetui.ledger.journal import Appended, Journal, Ledger
from officetui.ledger.line import Change, Entry, New
from officetui.ledger.undo import find_redo, find_undo, undo_change
from tests.ledger.world import Replica, shown

NOW = 1_763_600_000_000
Skipped = list[tuple[str, str, str]]


class Office:
    """Two people with a writer each, on one home."""

    def __init__(self, home: Path) -> None:
        self.journals = {
            user: Journal(home, writer, "o", "Asia/Shanghai", "0.1.0")
            for user, writer in (("limei", "aaaaaaaa"), ("zhao", "bbbbbbbb"))
        }
        self.ledger = Ledger(home)
        self.replica = Replica()
        self.ms = NOW

    def append(self, change: Change) -> Appended:
        self.ms += 1
        kept = self.journals[change.user].append(change, self.ms)
        self.replica.hear(self.ledger.read_since(self.replica.fold.cursor))
        return kept

    def add(self, user: str = "limei", **cells: Any) -> str:
        entries = [Entry("r", "#0", cells, {}), Entry("items", "#1", {"parent": New("#0")}, {})]
        return self.append(Change(user, "r.add", entries)).ids["#0"]

    def set(self, record: str, user: str = "limei", **cells: Any) -> None:
        stamps = shown_stamps(self.doc(record))
        over = stamps if "_del" in cells else {c: stamps[c] for c in cells if c in stamps}
        self.append(Change(user, "r.edit", [Entry("r", record, cells, over)]))

    def doc(self, record: str, register: str = "r") -> dict[str, Any]:
        doc = self.replica.memory.doc(register, record)
        assert doc is not None
        return doc

    def shown(self, record: str) -> dict[str, Any]:
        return shown(self.doc(record))

    def undo(self, user: str = "limei", find: Any = find_undo) -> Skipped | None:
        target = find(self.ledger, user, self.journals[user].writer)
        if target is None:
            return None
        change, skipped = undo_change(target, self.replica.memory.doc, self.ledger.line)
        self.append(change)
        return skipped

    def redo(self, user: str = "limei") -> Skipped | None:
        return self.undo(user, find_redo)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_whole_morning_is_undone_and_redone(office: Office) -> None:
    record = office.add(state="new", text="x")
    states = [office.shown(record)]
    for cells in (
        {"state": "given", "owner": "zhao"},
        {"text": "y"},
        {"state": "done", "owner": None},
    ):
        office.set(record, **cells)
        states.append(office.shown(record))
    for _ in range(2):
        for state in states[-2::-1]:
            assert office.undo() == []
            assert office.shown(record) == state
        assert office.undo() == []
        assert office.shown(record) == {}
        assert office.undo() is None
        for state in states:
            assert office.redo() == []
            assert office.shown(record) == state
        assert office.redo() is None
    assert conflicts(office.doc(record)) == [] and office.ledger.verify() == []


def test_undo_of_a_creation_takes_the_children_along(office: Office) -> None:
    record = office.add(text="x")
    child = f"{record[:-1]}1"
    assert shown(office.doc(child, "items")) == {"parent": record}
    office.undo()
    assert office.shown(record) == {} and shown(office.doc(child, "items")) == {}
    office.redo()
    assert shown(office.doc(child, "items")) == {"parent": record}


def test_up_and_down_in_between(office: Office) -> None:
    record = office.add(n=0)
    for k in (1, 2, 3):
        office.set(record, n=k)
    seen = []
    for verb in "uuruurrru":
        office.undo() if verb == "u" else office.redo()
        seen.append(office.shown(record)["n"])
    assert seen == [2, 1, 2, 1, 0, 1, 2, 3, 2]


def test_something_new_ends_redo(office: Office) -> None:
    record = office.add(n=0)
    office.set(record, n=1)
    office.undo()
    office.set(record, m=5)
    assert office.redo() is None
    assert office.undo() == [] and office.shown(record) == {"n": 0}
    assert office.undo() == [] and office.shown(record) == {}


def test_each_person_undoes_their_own(office: Office) -> None:
    record = office.add(a=1, b=1)
    office.set(record, a=2)
    office.set(record, "zhao", b=2)
    assert office.undo() == []
    assert office.shown(record) == {"a": 1, "b": 2}
    assert office.undo("zhao") == []
    assert office.shown(record) == {"a": 1, "b": 1}
    assert office.undo("zhao") is None


def test_what_a_colleague_wrote_since_is_left_and_named(office: Office) -> None:
    record = office.add(a=1, b=1)
    office.set(record, a=2, b=2)
    office.set(record, "zhao", a=3)
    assert office.undo() == [("r", record, "a")]
    assert office.shown(record) == {"a": 3, "b": 1}
    assert office.redo() == []
    assert office.shown(record) == {"a": 3, "b": 2}


def test_what_a_colleague_wrote_and_took_back_is_no_obstacle(office: Office) -> None:
    record = office.add(a=1)
    office.set(record, a=2)
    office.set(record, "zhao", a=3)
    office.undo("zhao")
    assert office.undo() == [] and office.shown(record) == {"a": 1}


def test_a_colleagues_cells_of_an_undone_record_are_named(office: Office) -> None:
    record = office.add(a=1)
    office.set(record, "zhao", note="mine")
    assert office.undo() == [("r", record, "note")]
    assert office.shown(record) == {"note": "mine"}


def test_a_concurrent_value_is_left_to_people(office: Office) -> None:
    record = office.add(a=1)
    stamps = shown_stamps(office.doc(record))["a"]
    for user, value in (("limei", 2), ("zhao", 3)):
        office.append(Change(user, "r.edit", [Entry("r", record, {"a": value}, {"a": stamps})]))
    assert office.undo() == [("r", record, "a")]
    assert len(conflicts(office.doc(record))) == 1


def test_undo_of_a_settled_conflict_puts_back_what_was_shown(office: Office) -> None:
    record = office.add(a=1)
    stamps = shown_stamps(office.doc(record))["a"]
    for user, value in (("limei", 2), ("zhao", 3)):
        office.append(Change(user, "r.edit", [Entry("r", record, {"a": value}, {"a": stamps})]))
    office.set(record, a=9)
    assert office.undo() == [] and office.shown(record) == {"a": 3}


def test_undo_and_redo_of_a_deletion(office: Office) -> None:
    record = office.add(a=1)
    office.set(record, _del="2026-11-20")
    assert office.undo() == [] and "_del" not in office.doc(record)
    office.set(record, "zhao", a=2)
    assert office.redo() == [] and office.doc(record)["_del"] == "2026-11-20"
    # whoever deleted it had not seen what was written in between
    assert [cell for cell, _ in edited_against_delete(office.doc(record))] == ["a"]


def test_undo_of_a_restoration_deletes_again(office: Office) -> None:
    record = office.add(a=1)
    office.set(record, _del="2026-11-20")
    office.set(record, _del=None)
    assert office.undo() == [] and office.doc(record)["_del"] == "2026-11-20"
    assert edited_against_delete(office.doc(record)) == []


def test_undo_takes_a_whole_group_back(office: Office) -> None:
    office.add(a=0)
    entries = [Entry("r", f"#{k}", {"text": "长" * 1_500, "k": k}, {}) for k in range(600)]
    kept = office.append(Change("limei", "r.import", entries))
    assert len(kept.lines) > 1
    for _ in range(2):
        assert office.undo() == []
        assert not any(office.shown(record) for record in kept.ids.values())
        assert office.redo() == []
        assert all(office.shown(record)["text"] for record in kept.ids.values())
    office.undo()
    assert office.undo() == [] and office.undo() is None


def test_an_interrupted_group_is_nobodys_last_change(office: Office) -> None:
    record = office.add(a=1)
    entries = [Entry("r", f"#{k}", {"text": "长" * 90_000}, {}) for k in range(5)]
    office.append(Change("limei", "r.import", entries))
    own = office.journals["limei"].directory
    last = sorted(own.glob("*.jsonl"))[-1]
    last.unlink()
    office.replica = Replica()
    office.replica.hear(office.ledger.read_since(office.replica.fold.cursor))
    assert office.undo() == [] and office.shown(record) == {}


def test_an_undo_that_finds_nothing_left_lets_the_next_go_on(office: Office) -> None:
    record = office.add(a=1)
    office.set(record, a=2)
    office.set(record, "zhao", a=3)
    assert office.undo() == [("r", record, "a")]
    assert office.shown(record) == {"a": 3}
    assert office.undo() == [("r", record, "a")]
    assert office.undo() is None


def test_a_restart_changes_nothing_for_undo(office: Office, tmp_path: Path) -> None:
    record = office.add(a=1)
    office.set(record, a=2)
    office.undo()
    again = Office(tmp_path)
    again.ms = office.ms
    again.replica.hear(again.ledger.read_since(again.replica.fold.cursor))
    assert again.redo() == [] and again.shown(record) == {"a": 2}
    assert again.undo() == [] and again.shown(record) == {"a": 1}
    assert again.undo() == [] and again.undo() is None
