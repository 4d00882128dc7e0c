"""What lies on the desk and what in the books, and that it depends on cells and day only."""

from __future__ import annotations

import json

import pytest
from tinydb import TinyDB, where

from officetui.store import DurableJSONStorage
from officetui.store.shelf import Shelf, is_open, place

PAPERS = Shelf(finished=frozenset({"done"}), closed=("closed", "voided"), planned=("due", "start"))


def doc(**cells):
    return {"id": "x", "_s": {"": "t u"}, **cells}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"state": "in_hand"}, "desk"),
        ({"title": "no state yet"}, "desk"),
        ({"state": "done", "closed": "2026-11-20"}, "desk"),
        ({"state": "done", "closed": "2026-11-13"}, "desk"),
        ({"state": "done", "closed": "2026-11-12"}, "book"),
        ({"state": "done", "closed": "2026-11-13T23:59"}, "desk"),
        ({"state": "done", "closed": "2026-11-12T23:59:00Z"}, "book"),
        ({"state": "done", "closed": "2026-11-12", "voided": "2026-11-19"}, "book"),
        ({"state": "done", "voided": "2026-11-19"}, "desk"),
        ({"state": "done", "closed": "2026-01-05", "due": "2026-11-13"}, "desk"),
        ({"state": "done", "closed": "2026-01-05", "start": "2026-12-01T09:00"}, "desk"),
        ({"state": "done", "closed": "2026-01-05", "due": "2026-11-12"}, "book"),
        ({"state": "done"}, "book"),
        ({"state": "done", "closed": "yesterday"}, "book"),
        ({"state": "done", "closed": 20261120}, "book"),
        ({"state": "done", "closed": "9999"}, "book"),
        ({"state": "in_hand", "_del": "2026-11-19"}, "desk"),
        ({"state": "in_hand", "_del": "2026-11-01"}, "book"),
        ({"state": "in_hand", "_del": "2026-11-01", "due": "2026-11-19"}, "desk"),
        ({"state": "done", "_del": "2026-11-01", "closed": "2026-11-19"}, "book"),
        ({"state": ["odd"]}, "desk"),
        ({}, "book"),
    ],
)
def test_place(cells, expected):
    assert place(PAPERS, doc(**cells), "2026-11-20") == expected


def test_a_conflicting_state_counts_as_open():
    finished = doc(state="done", closed="2026-01-01")
    same = {**finished, "_x": {"state": [["t0", "u", "done"]]}}
    other = {**finished, "_x": {"state": [["t0", "u", "in_hand"]]}}
    assert place(PAPERS, same, "2026-11-20") == "book"
    assert place(PAPERS, other, "2026-11-20") == "desk"
    assert is_open(PAPERS, other)


def test_residents_and_registers_without_states():
    assert place(Shelf(resident=True), doc(_del="2001-01-01"), "2026-11-20") == "desk"
    log = Shelf(finished=frozenset({""}), planned=("at",))
    assert place(log, doc(at="2026-11-19T10:00"), "2026-11-20") == "desk"
    assert place(log, doc(at="2026-10-19T10:00"), "2026-11-20") == "book"


def on_disk(world, name="desk.json"):
    return json.loads((world.home / name).read_text())


def ids(world, register, name="desk.json"):
    path = world.home / name
    if not path.exists():
        return set()
    return {record["id"] for record in on_disk(world, name).get(register, {}).values()}


def test_a_record_goes_to_its_book_and_comes_back(world):
    made = world.line(1, ("papers", "#0", {"title": "通知", "state": "in_hand"}), day="2025-12-30")
    record = made.entries[0].record
    world.arrive(made)
    store = world.store("2026-01-02")
    store.flush("2026-01-02")
    assert ids(world, "papers") == {record}
    assert store.years() == []

    closed = {"state": "done", "closed": "2026-01-02"}
    world.arrive(world.line(2, ("papers", record, closed, {"state": [made.t]}), day="2026-01-02"))
    assert store.catch_up() == {("papers", record)}
    store.flush("2026-01-09")
    assert ids(world, "papers") == {record}
    store.flush("2026-01-10")
    assert ids(world, "papers") == set()
    # The book is that of its id, not of the day it was filed.
    assert ids(world, "papers", "books/2025.json") == {record}
    assert store.doc("papers", record)["state"] == "done"
    assert store.desk("papers") == {}
    assert record in store.book(2025)["papers"]

    done = world.journals.lines[1]
    reopened = world.line(3, ("papers", record, {"state": "in_hand"}, {"state": [done.t]}))
    world.arrive(reopened)
    assert store.catch_up() == {("papers", record)}
    assert store.desk("papers")[record]["state"] == "in_hand"
    assert record not in store.book(2025).get("papers", {})
    store.flush("2026-01-10")
    assert ids(world, "papers") == {record}
    assert not (world.home / "books/2025.json").exists()
    assert world.files() == world.rebuilt(world.home.parent, "2026-01-10")


def test_the_day_goes_back(world):
    record = "2026-01-05.abc"
    world.arrive(world.line(1, ("papers", record, {"state": "done", "closed": "2026-11-10"})))
    store = world.store()
    store.flush("2026-11-17")
    first = world.files()
    assert ids(world, "papers") == {record}
    store.flush("2029-11-20")
    assert ids(world, "papers") == set()
    store.flush("2026-11-17")
    assert world.files() == first


def test_children_lie_where_their_parent_lies_and_move_with_it(world):
    made = world.line(
        1,
        ("papers", "#0", {"state": "done", "closed": "2025-06-01"}),
        ("urgings", "#1", {"parent": "#0", "method": "phone"}),
        ("answers", "#2", {"parent": "#1", "text": "明天"}),
        day="2025-05-01",
    )
    paper, urging, answer = (entry.record for entry in made.entries)
    late = world.line(2, ("urgings", "#0", {"parent": paper, "pos": "b"}), day="2026-03-01")
    world.arrive(made, late)
    store = world.store()
    store.flush(world.TODAY)
    # The later child is of another year, and yet in the book of its parent.
    book = "books/2025.json"
    assert ids(world, "urgings", book) == {urging, late.entries[0].record}
    assert ids(world, "answers", book) == {answer}
    assert store.years() == [2025]
    assert [d["id"] for d in store.children("urgings", paper)] == [urging, late.entries[0].record]
    assert store.doc("urgings", late.entries[0].record)["pos"] == "b"

    over = {"state": [made.t]}
    world.arrive(world.line(3, ("papers", paper, {"state": "in_hand"}, over)))
    fresh = world.store()
    fresh.catch_up()
    # Before the flush they are still in the book, and found.
    assert len(fresh.children("urgings", paper)) == 2
    assert [d["id"] for d in fresh.children("answers", urging)] == [answer]
    fresh.flush(world.TODAY)
    assert ids(world, "urgings") == {urging, late.entries[0].record}
    assert ids(world, "answers") == {answer}
    assert fresh.years() == []
    assert len(fresh.children("urgings", paper)) == 2
    assert world.files() == world.rebuilt(world.home.parent, world.TODAY)


def test_a_child_written_to_in_its_book_stays_there(world):
    made = world.line(
        1,
        ("papers", "#0", {"state": "done", "closed": "2025-06-01"}),
        ("urgings", "#1", {"parent": "#0", "method": "phone"}),
        day="2025-05-01",
    )
    paper, urging = (entry.record for entry in made.entries)
    world.arrive(made)
    world.store().flush(world.TODAY)
    world.arrive(world.line(2, ("urgings", urging, {"method": "visit"}, {"method": [made.t]})))
    store = world.store()
    assert store.children("urgings", paper)[0]["method"] == "visit"
    store.flush(world.TODAY)
    assert ids(world, "urgings") == set()
    assert store.doc("urgings", urging)["method"] == "visit"
    assert world.files() == world.rebuilt(world.home.parent, world.TODAY)


def test_a_child_that_changes_its_parent_goes_there(world):
    old = {"state": "done", "closed": "2025-06-01"}
    made = world.line(
        1,
        ("papers", "2024-01-01.a", old),
        ("papers", "2025-01-01.b", old),
        ("papers", "2026-01-01.c", {"state": "in_hand"}),
        ("urgings", "#3", {"parent": "2024-01-01.a"}),
        ("answers", "#4", {"parent": "#3"}),
    )
    urging = made.entries[3].record
    world.arrive(made)
    store = world.store()
    store.flush(world.TODAY)
    assert ids(world, "answers", "books/2024.json")
    stamp = made.t
    for n, (parent, name) in enumerate(
        [
            ("2025-01-01.b", "books/2025.json"),
            ("2026-01-01.c", "desk.json"),
            ("2024-01-01.a", "books/2024.json"),
            ("nowhere", "desk.json"),
        ],
        start=2,
    ):
        moved = world.line(n, ("urgings", urging, {"parent": parent}, {"parent": [stamp]}))
        stamp = moved.t
        world.arrive(moved)
        store.flush(world.TODAY)
        assert ids(world, "urgings", name) == {urging}
        assert len(ids(world, "answers", name)) == 1
        assert world.files() == world.rebuilt(world.home.parent, world.TODAY)


def test_parents_in_a_circle_stay_in_sight(world):
    shelves = {"tasks": Shelf(parent="tasks", finished=frozenset({"done"}))}
    world.arrive(
        world.line(
            1,
            ("tasks", "2020.a", {"parent": "2020.b", "state": "done"}),
            ("tasks", "2020.b", {"parent": "2020.a", "state": "done"}),
            ("tasks", "2020.c", {"parent": "2020.b", "state": "done"}),
        )
    )
    world.store(shelves=shelves).flush(world.TODAY)
    assert ids(world, "tasks") == {"2020.a", "2020.b", "2020.c"}


def test_a_child_before_its_parent_waits_on_the_desk(world):
    made = world.line(
        1, ("papers", "#0", {"state": "done", "closed": "2025-06-01"}), day="2025-05-01"
    )
    paper = made.entries[0].record
    child = world.line(1, ("urgings", "#0", {"parent": paper}), writer="bbbbbbbb")
    world.arrive(child)
    store = world.store()
    store.flush(world.TODAY)
    assert len(ids(world, "urgings")) == 1
    assert len(store.children("urgings", paper)) == 1
    world.arrive(made)
    store.flush(world.TODAY)
    assert ids(world, "urgings") == set()
    assert ids(world, "papers", "books/2025.json") == {paper}
    assert world.files() == world.rebuilt(world.home.parent, world.TODAY)


def test_a_record_waits_on_the_desk_for_its_creation(world):
    made = world.line(1, ("papers", "#0", {"title": "通知", "state": "in_hand"}), day="2025-05-01")
    paper = made.entries[0].record
    done = {"state": "done", "closed": "2025-06-01"}
    world.arrive(world.line(1, ("papers", paper, done, {"state": [made.t]}), writer="bbbbbbbb"))
    world.store().flush(world.TODAY)
    assert ids(world, "papers") == {paper}
    world.arrive(made)
    store = world.store()
    assert store.doc("papers", paper)["title"] == "通知"
    store.flush(world.TODAY)
    assert ids(world, "papers", "books/2025.json") == {paper}
    assert world.files() == world.rebuilt(world.home.parent, world.TODAY)


def test_unknown_registers_cells_and_names_are_kept_verbatim(world):
    odd = {"rooms": ["一", {"深": [None, 1.5, -7]}], "state": "done", "\x1b[31m": "\u0000", "9": 0}
    made = world.line(
        1,
        ("wallpaper", "2001-01-01.x", odd),
        ("_meta", "1", {"cursor": "not yours"}),
        ("__meta", "1", {"a": 1}),
        ("_default", "1", {"a": 2}),
        ("papers", "2001-01-01.y", {"state": "done", "unheard_of": odd}),
    )
    world.arrive(made)
    world.store().flush(world.TODAY)
    world.arrive(world.line(2, ("papers", "2001-01-01.z", {"title": "later"})))
    store = world.store()
    store.flush(world.TODAY)
    again = world.store()
    stored = dict(again.doc("wallpaper", "2001-01-01.x"))
    assert stored.pop("id") and stored.pop("_s")
    assert stored == odd
    assert again.doc("_meta", "1")["cursor"] == "not yours"
    assert again.doc("__meta", "1")["a"] == 1
    assert again.doc("_default", "1")["a"] == 2
    assert again.doc("papers", "2001-01-01.y")["unheard_of"] == odd
    assert again.registers() == ["__meta", "_default", "_meta", "papers", "wallpaper"]


def test_a_register_that_becomes_known_is_laid_down_anew(world):
    world.arrive(world.line(1, ("news", "2020-01-01.x", {"state": "sent", "sent": "2020-01-02"})))
    world.store().flush(world.TODAY)
    assert ids(world, "news") == {"2020-01-01.x"}
    before = world.files()
    shelves = {**world.SHELVES, "news": Shelf(finished=frozenset({"sent"}), closed=("sent",))}
    newer = world.store(shelves=shelves)
    assert newer.dirty
    newer.flush(world.TODAY)
    assert ids(world, "news", "books/2020.json") == {"2020-01-01.x"}
    # And an older version that comes after it neither loses nor forgets it.
    older = world.store()
    assert older.doc("news", "2020-01-01.x")["state"] == "sent"
    older.flush(world.TODAY)
    assert world.files() == before


def test_the_files_are_tinydb_files(world):
    made = world.line(
        1,
        ("papers", "2024-05-06.x", {"title": "低温雨雪", "state": "done", "closed": "2024-06-01"}),
        ("papers", "2026-05-06.y", {"title": "值班表", "state": "in_hand"}),
        ("people", "zhang", {"name": "张伟"}),
    )
    world.arrive(made)
    world.store().flush(world.TODAY)
    with TinyDB(world.home / "desk.json", storage=DurableJSONStorage, access_mode="r") as db:
        assert db.tables() == {"_meta", "papers", "people"}
        assert db.table("papers").get(where("state") == "in_hand")["title"] == "值班表"
        assert db.table("people").all()[0]["name"] == "张伟"
        assert db.table("_meta").get(doc_id=1)["as_of"] == world.TODAY
    with TinyDB(world.home / "books" / "2024.json") as db:  # TinyDB's own storage reads it too
        found = db.table("papers").all()[0]
        assert found["id"] == "2024-05-06.x"
        import hashlib

        digest = hashlib.sha256(b"papers/2024-05-06.x").digest()
        assert found.doc_id == int.from_bytes(digest, "big") >> (256 - 53)


def test_modes(world):
    world.arrive(world.line(1, ("papers", "2024-05-06.x", {"state": "done"})))
    world.store().flush(world.TODAY)
    names = {
        str(p.relative_to(world.home)): p.stat().st_mode & 0o777 for p in world.home.rglob("*")
    }
    assert names == {
        "desk.json": 0o600,
        "books": 0o700,
        "books/2024.json": 0o600,
        "store.lock": 0o600,
    }
    assert world.home.stat().st_mode & 0o777 == 0o700
