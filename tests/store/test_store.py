"""The store with real journals: start-up, several processes, damage, versions, rebuilding."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from officetui.ledger.journal import Journal, Ledger
from officetui.ledger.line import Change, Entry
from officetui.store import files
from officetui.store.desk import Store

AT = 1_795_132_800_000  # 2026-11-20, in milliseconds


class Replica:
    """A home with its own journal and its ledger."""

    def __init__(self, world, home: Path, writer: str = "k7q2m9xa") -> None:
        self.world = world
        self.home = home
        home.mkdir(exist_ok=True)
        self.journal = Journal(home, writer, "o1", "Asia/Shanghai", "0")

    def store(self, as_of: str = "2026-11-20", **options) -> Store:
        made = Store(self.home, self.world.SHELVES, self.world.year_of, Ledger(self.home))
        return made.open(as_of, **options)

    def do(self, *entries, action="papers.test"):
        change = Change(
            "limei", action, [Entry(*e[:3], e[3] if len(e) > 3 else {}) for e in entries]
        )
        return self.journal.append(change, AT)

    def files(self):
        names = ["desk.json", *(f"books/{p.name}" for p in sorted((self.home / "books").glob("*")))]
        return {name: (self.home / name).read_bytes() for name in names}


@pytest.fixture
def replica(world, tmp_path) -> Replica:
    return Replica(world, tmp_path / "home")


def calls(action: Callable[[], object]) -> Counter[str]:
    """How often functions are called, by their names: a cost that no busy machine changes."""
    found: Counter[str] = Counter()

    def count(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            found[frame.f_code.co_qualname] += 1
        elif event == "c_call":
            found[argument.__qualname__] += 1

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return found


OLD = {"title": "旧文", "state": "done", "closed": "2024-05-01"}
OPEN = {"title": "低温雨雪", "state": "in_hand"}


def filled(replica) -> Store:
    replica.do(("papers", "2024-04-01.a", OLD), ("papers", "2023-04-01.b", OLD))
    replica.do(("papers", "#0", OPEN), ("urgings", "#1", {"parent": "#0", "method": "电话"}))
    store = replica.store()
    store.flush("2026-11-20")
    return store


def test_nothing_yet(replica):
    store = replica.store()
    assert store.desk("papers") == {}
    assert store.years() == []
    assert store.doc("papers", "x") is None
    assert store.children("urgings", "x") == []
    assert store.catch_up() == set()
    assert not (replica.home / "desk.json").exists()
    store.flush("2026-11-20")
    assert json.loads((replica.home / "desk.json").read_text())["_meta"]["1"]["books"] == []


def test_a_home_that_is_not_there_yet(world, tmp_path):
    home = tmp_path / "deep" / "home"
    store = Store(home, world.SHELVES, world.year_of, Ledger(home)).open("2026-11-20")
    assert not home.exists()
    store.flush("2026-11-20")
    assert (home / "desk.json").exists()


def test_applying_what_was_appended(replica):
    store = replica.store()
    appended = replica.do(("papers", "#0", OPEN))
    record = appended.ids["#0"]
    assert store.apply(appended.lines) == {("papers", record)}
    assert store.apply(appended.lines) == set()
    assert store.catch_up() == set()
    assert (store.dirty, store.tail) == (True, 1)
    assert store.desk("papers")[record]["title"] == "低温雨雪"
    # A change in the meantime gives a new doc and leaves the one handed out alone.
    before = store.doc("papers", record)
    store.apply(
        replica.do(("papers", record, {"title": "晴"}, {"title": [appended.lines[0].t]})).lines
    )
    assert before["title"] == "低温雨雪"
    assert store.doc("papers", record)["title"] == "晴"
    store.flush("2026-11-20")
    assert (store.dirty, store.tail) == (False, 0)
    inode = (replica.home / "desk.json").stat().st_ino
    store.flush("2026-11-20")
    assert (replica.home / "desk.json").stat().st_ino == inode
    again = replica.store()
    assert (again.dirty, again.tail, again.as_of) == (False, 0, "2026-11-20")
    assert again.doc("papers", record)["title"] == "晴"


def test_opening_reads_no_book(replica):
    filled(replica)
    for book in (replica.home / "books").iterdir():
        book.write_text("anything but a book")
    store = replica.store()
    replica.do(("papers", "#0", OPEN))
    assert store.catch_up()
    assert len(store.desk("papers")) == 2
    (record,) = replica.do(("papers", "#0", {"title": "new"})).ids.values()
    store.catch_up()
    assert store.doc("papers", record)["title"] == "new"
    assert len(store.children("urgings", next(iter(store.desk("papers"))))) == 1
    store.flush("2026-11-20")
    assert store.notices == []
    # Settings and people are always on the desk: not to find one there asks no book.
    assert store.doc("people", "2024") is None
    assert store.notices == []


def test_books_that_are_not_touched_are_not_written(replica):
    store = filled(replica)
    before = {p.name: p.stat().st_ino for p in (replica.home / "books").iterdir()}
    replica.do(("papers", "2024-04-02.c", OLD))
    store.flush("2026-11-20")
    after = {p.name: p.stat().st_ino for p in (replica.home / "books").iterdir()}
    assert after["2023.json"] == before["2023.json"]
    assert after["2024.json"] != before["2024.json"]
    # Written to and yet the same: no reason either.
    replica.do(("papers", "2023-04-01.b", {}))
    store.flush("2026-11-20")
    assert (replica.home / "books/2023.json").stat().st_ino == before["2023.json"]


def test_two_processes_see_and_keep_what_both_do(replica):
    filled(replica)
    one, two = replica.store(), replica.store()
    (first,) = replica.do(("papers", "#0", OPEN)).ids.values()
    assert one.catch_up() == {("papers", first)}
    one.flush("2026-11-20")
    (second,) = replica.do(("papers", "#0", {"title": "two"})).ids.values()
    # `two` learns of the first by its own reading, also when `one` has written it already.
    assert two.catch_up() == {("papers", first), ("papers", second)}
    two.flush("2026-11-20")
    assert one.flush("2026-11-20") == {("papers", second)}
    assert one.desk("papers") == two.desk("papers") == replica.store().desk("papers")
    assert len(one.desk("papers")) == 3


def test_a_record_moved_by_another_process_is_followed(replica):
    store = filled(replica)
    other = replica.store()
    stamp = store.doc("papers", "2024-04-01.a")["_s"][""][:30]
    replica.do(("papers", "2024-04-01.a", {"state": "in_hand"}, {"state": [stamp]}))
    store.flush("2026-11-20")
    assert not (replica.home / "books/2024.json").exists()
    # `other` still believes it in the book, which is gone.
    assert other.doc("papers", "2024-04-01.a")["state"] == "in_hand"
    third = replica.store("2026-11-20")
    done = replica.do(("papers", "2024-04-01.a", {"note": "x"}))
    assert third.apply(done.lines) == {("papers", "2024-04-01.a")}
    assert third.doc("papers", "2024-04-01.a")["note"] == "x"
    assert other.notices == third.notices == []


def test_a_group_is_folded_when_all_of_it_is_there(replica):
    big = [
        ("papers", f"2026-11-20.{i}", {"state": "in_hand", "title": "x" * 400_000})
        for i in range(3)
    ]
    appended = replica.do(*big)
    assert len(appended.lines) > 1
    store = replica.store()
    assert len(store.desk("papers")) == 3
    store.flush("2026-11-20")
    fresh = replica.store()
    assert fresh.desk("papers") == store.desk("papers")
    assert not fresh.dirty


def test_an_interrupted_group_is_no_reason_to_write(world):
    made = world.line(1, ("papers", "2026-01-01.x", OPEN))
    world.arrive(made)
    world.store().flush(world.TODAY)
    world.arrive(
        world.line(
            2, ("papers", "2026-01-01.y", OPEN), group=(f"{made.t[:13]}00000002.aaaaaaaa", 1, 2)
        )
    )
    store = world.store()
    assert store.catch_up() == set()
    assert not store.dirty
    assert set(store.desk("papers")) == {"2026-01-01.x"}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\0" * 5000,
        b'{"_meta": {"1": {"format": 1,',
        b"[]",
        b'{"papers": {}}',
        b'{"_meta": {"1": {"format": 1, "fold": 1}}}',
        b'{"_meta": {"1": {"format": 1, "fold": 1, "cursor": {"k7q2m9xa": 5}, "pending": [],'
        b' "as_of": "2026-11-20", "books": [], "shelves": ""}}}',
        b'{"_meta": {"1": {"format": 1, "fold": 1}}, "_default": {"1": {"no": "id"}}}',
        b'{"_meta": {"1": {}}, "t": {"1": {"id": "a"}, "2": {"id": "a"}}}',
    ],
    ids=["empty", "zeros", "half", "array", "no meta", "no cursor", "cursor", "no id", "twice"],
)
def test_a_damaged_desk_is_made_again_and_kept(replica, damage):
    filled(replica)
    expected = replica.files()
    desk = replica.home / "desk.json"
    for n in (1, 2):
        desk.write_bytes(damage)
        store = replica.store()
        assert replica.files() == expected
        (notice,) = store.notices
        assert (notice.what, notice.file) == ("damaged", desk)
        assert notice.kept == replica.home / f"desk.json.damaged-{n}"
        assert notice.kept.read_bytes() == damage
        assert len(store.desk("papers")) == 1


def test_a_desk_of_another_version_is_made_again(replica):
    filled(replica)
    expected = replica.files()
    desk = replica.home / "desk.json"
    desk.write_bytes(expected["desk.json"].replace(b'"fold":1', b'"fold":0'))
    store = replica.store()
    assert replica.files() == expected
    assert [notice.what for notice in store.notices] == ["version"]
    assert replica.store().notices == []


def test_a_missing_desk_beside_books_is_made_again(replica):
    filled(replica)
    expected = replica.files()
    (replica.home / "desk.json").unlink()
    store = replica.store()
    assert replica.files() == expected
    assert store.notices[0].kept is None


def test_a_missing_book_is_made_again(replica):
    filled(replica)
    expected = replica.files()
    (replica.home / "books/2023.json").unlink()
    assert replica.store().doc("papers", "2023-04-01.b")["title"] == "旧文"
    assert replica.files() == expected


def test_all_derived_files_may_be_deleted(replica):
    filled(replica)
    expected = replica.files()
    for name in expected:
        (replica.home / name).unlink()
    store = replica.store()
    assert store.notices == []
    store.flush("2026-11-20")
    assert replica.files() == expected


@pytest.mark.parametrize("way", ["doc", "book", "records", "children", "write", "flush"])
def test_a_damaged_book_is_made_again_when_it_is_needed(replica, way):
    filled(replica)
    expected = replica.files()
    book = replica.home / "books/2024.json"
    store = replica.store()
    book.write_bytes(b"{")
    if way == "doc":
        assert store.doc("papers", "2024-04-01.a")["title"] == "旧文"
    elif way == "book":
        assert store.book(2024)["papers"]["2024-04-01.a"]["title"] == "旧文"
    elif way == "records":
        assert len(store.records("papers")) == 3
    elif way == "children":
        assert store.children("urgings", "2024-04-01.a") == []
    elif way == "write":
        replica.do(("papers", "2024-04-01.a", {"note": "x"}))
        assert store.catch_up() == {("papers", "2024-04-01.a")}
        assert store.doc("papers", "2024-04-01.a")["note"] == "x"
        assert store.doc("papers", "2024-04-01.a")["title"] == "旧文"
    else:
        store.flush("2020-01-01")  # back in time: every book is read
        store.flush("2026-11-20")
    assert [notice.kept for notice in store.notices] == [book.with_name("2024.json.damaged-1")]
    if way != "write":
        kept = replica.files()
        assert kept.pop("books/2024.json.damaged-1") == b"{"
        assert kept == expected
    assert store.years() == [2023, 2024]


def test_a_book_of_another_version_is_made_again(replica):
    filled(replica)
    expected = replica.files()
    book = replica.home / "books/2024.json"
    book.write_bytes(expected["books/2024.json"].replace(b'"fold":1', b'"fold":2'))
    store = replica.store()
    assert store.doc("papers", "2024-04-01.a")["title"] == "旧文"
    assert [notice.what for notice in store.notices] == ["version"]
    assert replica.files() == expected


def test_a_book_nobody_knows_of_is_not_believed(replica):
    filled(replica)
    expected = replica.files()
    stray = replica.home / "books/1999.json"
    stray.write_bytes(expected["books/2024.json"])
    store = replica.store()
    assert store.years() == [2023, 2024]
    assert len(store.records("papers")) == 3
    store.rebuild("2026-11-20")
    assert replica.files() == expected


def test_rebuilding_gives_the_same_bytes(replica):
    store = filled(replica)
    expected = replica.files()
    store.rebuild("2026-11-20")
    assert replica.files() == expected
    assert not store.dirty
    assert store.doc("papers", "2024-04-01.a")["title"] == "旧文"
    store.rebuild("2024-05-05")
    assert store.years() == [2023] or store.years() == []
    store.flush("2026-11-20")
    assert replica.files() == expected


def test_a_cancelled_rebuild_leaves_everything(replica, monkeypatch):
    for i in range(11):
        replica.do(*(("papers", f"2024-04-01.{i}.{k}", OLD) for k in range(100)))
    monkeypatch.setattr("officetui.store.state.PROGRESS_EVERY", 4)
    told = []
    store = replica.store(progress=told.append)
    assert told == [4, 8]
    store.flush("2026-11-20")
    expected = replica.files()

    class Cancelled(Exception):
        pass

    def cancel(count):
        raise Cancelled

    with pytest.raises(Cancelled):
        store.rebuild("2026-11-20", cancel)
    assert replica.files() == expected
    assert sorted(p.name for p in replica.home.iterdir() if "lock" not in p.name) == [
        "books",
        "desk.json",
        "journals",
    ]
    # A first reading that is cancelled goes on where it was.
    for name in expected:
        (replica.home / name).unlink()
    fresh = Store(replica.home, replica.world.SHELVES, replica.world.year_of, Ledger(replica.home))
    with pytest.raises(Cancelled):
        fresh.open("2026-11-20", cancel)
    assert fresh.tail == 4
    fresh.catch_up()
    assert fresh.tail == 11
    fresh.flush("2026-11-20")
    assert replica.files() == expected


def test_no_room_for_the_desk_loses_nothing(replica, monkeypatch):
    store = filled(replica)
    (record,) = replica.do(("papers", "#0", OPEN), ("papers", "2024-04-09.n", OLD)).ids.values()
    store.catch_up()

    def full(*args, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace_durably", full)
        with pytest.raises(OSError):
            store.flush("2026-11-20")
    assert store.dirty
    assert store.doc("papers", record)["title"] == "低温雨雪"
    store.flush("2026-11-20")
    assert not store.dirty
    replica.store().rebuild("2026-11-20")
    assert replica.store().doc("papers", "2024-04-09.n")["title"] == "旧文"


FLUSHER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import conftest
from officetui.ledger.journal import Journal, Ledger
from officetui.ledger.line import Change, Entry
from officetui.store.desk import Store
home = Path(sys.argv[1])
writer = sys.argv[3]
journal = Journal(home, writer, "o1", "Asia/Shanghai", "0")
store = Store(home, conftest.SHELVES, conftest.year_of, Ledger(home)).open("2026-11-20")
for i in range(int(sys.argv[4])):
    state = "done" if i % 2 else "in_hand"
    cells = {"state": state, "closed": "2024-05-01", "title": "x" * 2000}
    record = f"202{i % 5}-01-01.shared{i % 7}"
    doc = store.doc("papers", record)
    over = {cell: [doc["_s"].get(cell, doc["_s"][""])[:30]] for cell in cells} if doc else {}
    change = Change("u", "a", [Entry("papers", record, cells, over), Entry("papers", "#1", cells, {})])
    store.apply(journal.append(change, 1_795_132_800_000).lines)
    store.flush("2026-11-20")
    print(i, flush=True)
"""


def flusher(replica, writer, rounds):
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            FLUSHER,
            str(replica.home),
            str(Path(__file__).parent),
            writer,
            str(rounds),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_flushing_at_once(replica, tmp_path):
    running = [flusher(replica, writer, 12) for writer in ("aaaaaaaa", "bbbbbbbb", "aaaaaaaa")]
    watcher = replica.store()
    while any(process.poll() is None for process in running):
        watcher.catch_up()
        watcher.records("papers")
    for process in running:
        assert len(process.communicate()[0].splitlines()) == 12
        assert process.returncode == 0
    watcher.flush("2026-11-20")
    assert watcher.notices == []
    assert len(watcher.records("papers")) == 36 + 12
    found = replica.files()
    replica.store().rebuild("2026-11-20")
    assert replica.files() == found


def test_killed_at_any_moment(replica):
    rng = random.Random(5)
    for _ in range(6):
        process = flusher(replica, "aaaaaaaa", 10_000)
        assert process.stdout is not None
        for _ in range(rng.randint(1, 12)):  # it dies somewhere in what follows that round
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait()
    store = replica.store()
    store.flush("2026-11-20")
    assert all(notice.what == "interrupted" for notice in store.notices)
    for temp in replica.home.rglob(".*.tmp"):
        os.utime(temp, (0, 0))
    replica.do(("papers", "#0", OPEN))
    store.flush("2026-11-20")  # sweeps what the killed ones left
    assert list(replica.home.rglob(".*.tmp")) == []
    found = replica.files()
    replica.store().rebuild("2026-11-20")
    assert replica.files() == found


def test_an_import_goes_straight_to_the_books(replica):
    entries = [
        ("papers", f"{2016 + i % 10}-03-01.{i:08x}", {**OLD, "closed": f"{2016 + i % 10}-04-01"})
        for i in range(20_000)
    ]
    store = filled(replica)
    # One line each would be one fsync each: a few big changes, as an import makes them.
    for at in range(0, len(entries), 2000):
        store.apply(replica.do(*entries[at : at + 2000]).lines)
    made = calls(lambda: store.flush("2026-11-20"))
    assert sum(made.values()) < 250 * len(entries)
    assert made["replace"] <= 12  # ten books and the desk, once each
    assert store.years() == list(range(2016, 2026))
    assert (replica.home / "desk.json").stat().st_size < 5000
    assert len(replica.store().records("papers")) == 20_003


def test_one_record_more_in_a_big_book(world):
    made = [("papers", f"2024-01-01.{i}", {"state": "done"}) for i in range(60_000)]
    world.arrive(*(world.line(n + 1, *made[n * 4000 : n * 4000 + 4000]) for n in range(15)))
    world.store().flush(world.TODAY)
    world.arrive(world.line(16, ("papers", "2024-01-01.more", {"state": "done"})))
    store = world.store()
    assert (
        calls(lambda: store.flush(world.TODAY))["replace"] <= 3
    )  # the book, and the desk before and after
    assert len(world.store().records("papers")) == 60_001


def cost_of_changes(world, records: int) -> int:
    """The calls made by 300 changes of a desk of so many records."""
    made = [("papers", f"2026-01-01.{i}", {**OPEN, "due": "2026-11-20"}) for i in range(records)]
    world.arrive(*(world.line(n + 1, *made[n::30]) for n in range(30)))
    store = world.store()
    changes = [
        world.line(
            n,
            ("papers", f"2026-01-01.{n}", {"note": "x"}),
            ("urgings", "#1", {"parent": f"2026-01-01.{n}"}),
        )
        for n in range(31, 331)
    ]

    def change() -> None:
        for each in changes:
            store.apply([each])
            assert len(store.children("urgings", each.entries[0].record)) == 1

    return sum(calls(change).values())


def test_the_cost_of_a_change_does_not_grow_with_the_desk(world_of):
    assert cost_of_changes(world_of("large"), 20_000) < 1.1 * cost_of_changes(
        world_of("small"), 500
    )


def cost_of_opening(world, records: int) -> int:
    made = [
        ("papers", f"2026-01-01.{i}", {**OPEN, **{f"cell{k}": f"某个值{k}" for k in range(12)}})
        for i in range(records)
    ]
    world.arrive(world.line(1, *made))
    world.store().flush(world.TODAY)
    return sum(calls(lambda: world.store().desk("papers")).values())


def test_the_cost_of_opening_does_not_grow_with_the_desk(world_of):
    small, large = (cost_of_opening(world_of(str(n)), n) for n in (200, 2200))
    assert large < 1.1 * small
