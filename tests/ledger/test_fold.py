"""Merging: the result depends on the set of lines, never on their order."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officetui.ledger.conflicts import conflicts, edited_against_delete
from officetui.ledger.doc import Leaf, leaves, shown_stamps
from officetui.ledger.line import Change, Entry, Line
from officetui.ledger.stamp import make
from officetui.ledger.undo import find_redo, find_undo, undo_change
from tests.ledger.world import Paper, Replica, check_against_model, line, model, shown, whole

A, B, C = "aaaaaaaa", "bbbbbbbb", "cccccccc"
WRITERS = (A, B, C)
CELLS = ("state", "owner", "remark", "_del")


# single cases


def test_the_form_of_a_new_record() -> None:
    replica = Replica()
    t = make(1_000, 1, A)
    replica.hear([line(A, 1, [Entry("documents", f"{t}.0", {"subject": "年会", "copies": 2}, {})])])
    assert replica.memory.doc("documents", f"{t}.0") == {
        "id": f"{t}.0", "subject": "年会", "copies": 2, "_s": {"": f"{t} limei"},
    }  # fmt: skip


def test_the_form_of_an_edited_record() -> None:
    t1, t2 = make(1_000, 1, A), make(2_000, 2, A)
    replica = Replica()
    replica.hear(
        [
            line(A, 1, [Entry("r", "i", {"a": 1, "b": 2, "gone": 3}, {})]),
            line(A, 2, [Entry("r", "i", {"b": 5, "gone": None}, {"b": [t1], "gone": [t1]})],
                 ms=2_000, user="wang wei"),
        ]
    )  # fmt: skip
    doc = replica.memory.doc("r", "i")
    assert doc == {
        "id": "i", "a": 1, "b": 5,
        "_s": {"": f"{t1} limei", "b": f"{t2} wang wei", "gone": f"{t2} wang wei"},
    }  # fmt: skip
    assert leaves(doc, "b") == [Leaf(t2, "wang wei", 5)]
    assert shown_stamps(doc) == {"a": [t1], "b": [t2], "gone": [t2]}


def test_a_cell_that_is_null_from_the_start_has_a_leaf() -> None:
    replica = Replica()
    t = make(1_000, 1, A)
    replica.hear([line(A, 1, [Entry("r", "i", {"a": 1, "b": None}, {})])])
    doc = replica.memory.doc("r", "i")
    assert doc == {"id": "i", "a": 1, "_s": {"": f"{t} limei", "b": f"{t} limei"}}
    assert leaves(doc, "b") == [Leaf(t, "limei", None)]


def concurrent(value_a: Any, value_b: Any) -> Replica:
    t = make(1_000, 1, A)
    replica = Replica()
    replica.hear(
        [
            line(A, 1, [Entry("r", "i", {"owner": "x", "n": 1}, {})]),
            line(A, 2, [Entry("r", "i", {"owner": value_a}, {"owner": [t]})], ms=2_000),
            line(B, 1, [Entry("r", "i", {"owner": value_b}, {"owner": [t]})], ms=3_000, user="zhao"),
        ]
    )  # fmt: skip
    return replica


def test_one_cell_edited_by_two_is_a_conflict_with_one_winner() -> None:
    doc = concurrent("a", "b").memory.doc("r", "i")
    assert doc is not None and doc["owner"] == "b"
    ta, tb = make(2_000, 2, A), make(3_000, 1, B)
    assert doc["_x"] == {"owner": [[ta, "limei", "a"]]}
    assert conflicts(doc) == [("owner", [Leaf(ta, "limei", "a"), Leaf(tb, "zhao", "b")])]


def test_the_next_write_names_all_leaves_and_settles_it() -> None:
    replica = concurrent("a", "b")
    doc = replica.memory.doc("r", "i")
    assert doc is not None
    over = {"owner": shown_stamps(doc)["owner"]}
    replica.hear([line(C, 1, [Entry("r", "i", {"owner": "c"}, over)], ms=1)])
    doc = replica.memory.doc("r", "i")
    assert doc is not None and doc["owner"] == "c" and conflicts(doc) == [] and "_x" not in doc


def test_equal_values_are_no_conflict_but_true_and_one_are() -> None:
    same = concurrent("a", "a").memory.doc("r", "i")
    assert same is not None and conflicts(same) == [] and "_x" in same
    mixed = concurrent(True, 1).memory.doc("r", "i")
    assert mixed is not None and len(conflicts(mixed)) == 1


def test_two_cells_of_one_record_are_no_conflict() -> None:
    t = make(1_000, 1, A)
    replica = Replica()
    replica.hear(
        [
            line(A, 1, [Entry("r", "i", {"a": 1, "b": 1}, {})]),
            line(B, 1, [Entry("r", "i", {"b": 2}, {"b": [t]})]),
            line(A, 2, [Entry("r", "i", {"a": 2}, {"a": [t]})]),
        ]
    )
    doc = replica.memory.doc("r", "i")
    assert doc is not None and shown(doc) == {"a": 2, "b": 2} and conflicts(doc) == []


def test_a_clock_three_years_ahead_can_be_overruled_by_anyone() -> None:
    replica = Replica()
    far = make(10**12, 1, A)
    replica.hear(
        [
            line(A, 1, [Entry("r", "i", {"a": "future"}, {})], ms=10**12),
            line(B, 1, [Entry("r", "i", {"a": "now"}, {"a": [far]})], ms=5),
        ]
    )
    doc = replica.memory.doc("r", "i")
    assert doc is not None and doc["a"] == "now" and conflicts(doc) == []


def test_an_edit_the_deleter_had_not_seen_is_listed() -> None:
    t = make(1_000, 1, A)
    deletion = Entry("r", "i", {"_del": "2026-11-20"}, {"a": [t], "b": [t]})
    edit = Entry("r", "i", {"a": 2}, {"a": [t]})
    lines = [
        line(A, 1, [Entry("r", "i", {"a": 1, "b": 1}, {})]),
        line(A, 2, [deletion], ms=2_000),
        line(B, 1, [edit], ms=1_500, user="zhao"),
    ]
    for order in (lines, lines[::-1], [lines[2], lines[0], lines[1]]):
        replica = Replica()
        replica.hear(order)
        doc = replica.memory.doc("r", "i")
        assert doc is not None and doc["_del"] == "2026-11-20" and doc["a"] == 2
        assert edited_against_delete(doc) == [("a", [Leaf(make(1_500, 1, B), "zhao", 2)])]
    restore = Entry("r", "i", {"_del": None}, {"_del": [make(2_000, 2, A)]})
    replica.hear([line(A, 3, [restore])])
    doc = replica.memory.doc("r", "i")
    assert doc is not None and "_d" not in doc and edited_against_delete(doc) == []


def test_an_over_that_names_what_never_wrote_the_cell_leaves_nothing_pending() -> None:
    other = make(1_000, 1, B)
    odd = line(A, 1, [Entry("r", "i", {"a": 1}, {"a": [other, "not a stamp"]})])
    its = line(B, 1, [Entry("r", "i", {"b": 1}, {})])
    results = set()
    for order in ([odd, its], [its, odd]):
        replica = Replica()
        replica.hear(order)
        assert replica.fold.pending == {}
        results.add(replica.memory.bytes())
    assert len(results) == 1


def test_unknown_registers_and_cells_are_folded_like_any_other() -> None:
    replica = Replica()
    replica.hear([line(A, 1, [Entry("后年的簿", "i", {"_later": 1, "x": [1, {"y": 2}]}, {})])])
    doc = replica.memory.doc("后年的簿", "i")
    assert doc is not None and doc["_later"] == 1 and doc["x"] == [1, {"y": 2}]


def test_cells_named_like_the_bookkeeping_cannot_forge_it() -> None:
    replica = Replica()
    cells = {"id": "other", "_s": {}, "_x": {"a": [[]]}, "_d": 1, "": 2, "a": 1}
    replica.hear([line(A, 1, [Entry("r", "i", cells, {})])])
    t = make(1_000, 1, A)
    assert replica.memory.doc("r", "i") == {"id": "i", "a": 1, "_s": {"": f"{t} limei"}}


# groups


def grouped(writer: str, first: int, size: int, of: int) -> list[Line]:
    name = make(1_000, first, writer)
    return [
        line(writer, first + k, [Entry("r", f"i{k}", {"a": k}, {})], group=(name, k + 1, of))
        for k in range(size)
    ]


def test_a_group_is_folded_only_when_all_of_it_is_there() -> None:
    replica = Replica()
    one, two, three = grouped(A, 1, 3, 3)
    replica.hear([three, one])
    assert replica.memory.docs == {} and replica.fold.cursor.number(A) == 0
    replica.hear([two])
    assert len(replica.memory.docs) == 3
    assert replica.fold.cursor.to_json() == {A: {"n": 3, "holes": []}}


def test_a_half_group_is_forgotten_by_a_restart_and_read_again() -> None:
    replica = Replica()
    lines = grouped(A, 1, 3, 3)
    replica.hear(lines[:2])
    replica.restart()
    replica.hear(lines[2:])
    assert replica.memory.docs == {}
    replica.hear(lines)
    assert len(replica.memory.docs) == 3


def test_an_interrupted_group_is_dead_for_ever() -> None:
    dead = grouped(A, 1, 2, 3)
    alive = line(A, 3, [Entry("r", "x", {"a": 1}, {})])
    for order in (
        [*dead, alive],
        [alive, *dead],
        [dead[0], alive, dead[1]],
        [dead[1], alive, dead[0]],
    ):
        replica = Replica()
        replica.hear(order)
        assert list(replica.memory.docs) == [("r", "x")]
        assert replica.fold.cursor.to_json() == {A: {"n": 3, "holes": []}}


def test_a_line_in_the_place_of_a_withdrawn_group_is_folded() -> None:
    replica = Replica()
    replica.hear(
        grouped(A, 1, 2, 5)
    )  # read while it was written, then taken back: the disk was full
    replica.hear([line(A, n, [Entry("r", "y", {f"a{n}": n}, {})]) for n in (1, 2, 3)])
    assert shown(replica.memory.doc("r", "y")) == {"a1": 1, "a2": 2, "a3": 3}
    assert len(replica.memory.docs) == 1


# the property

value = st.one_of(
    st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(["", "赵强", "2026-11-20"])
)
cells = st.dictionaries(st.sampled_from(CELLS), value, min_size=1, max_size=3)
number = st.integers(0, 9)
step = st.one_of(
    st.tuples(st.just("create"), cells),
    st.tuples(st.just("natural"), cells),
    st.tuples(st.just("edit"), number, cells),
    st.tuples(st.just("edit"), number, cells),
    st.tuples(st.just("stale edit"), number, cells),
    st.tuples(st.just("delete"), number),
    st.tuples(st.just("group"), number, cells, st.booleans()),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("hear"), st.integers(0, 2), st.integers(1, 4)),
    st.tuples(st.just("hear"), st.integers(0, 2), st.integers(1, 4)),
    st.tuples(st.just("look"), number),
)
steps = st.lists(st.tuples(st.integers(0, 2), step), min_size=1, max_size=25)


class Desk:
    """One person at one machine: sees what has been heard, writes on top of that."""

    def __init__(self, writer: str) -> None:
        self.paper = Paper(writer)
        self.replica = Replica()
        self.heard = dict.fromkeys(WRITERS, 0)
        self.looked: dict[tuple[str, str], dict[str, list[str]]] = {}

    def over(self, place: tuple[str, str], stale: bool) -> dict[str, list[str]]:
        if stale:
            return self.looked.get(place, {})
        return shown_stamps(self.replica.memory.docs.get(place, {}))

    def place(self, k: int) -> tuple[str, str]:
        places = sorted(self.replica.memory.docs)
        return places[k % len(places)] if places else ("duty", "duty:1")

    def append(self, change: Change, ms: int, **how: Any) -> None:
        self.replica.hear(self.paper.append(change, ms, **how))

    def entry(self, place: tuple[str, str], new: dict[str, Any], stale: bool = False) -> Entry:
        over = self.over(place, stale)
        if "_del" not in new:
            over = {cell: stamps for cell, stamps in over.items() if cell in new}
        return Entry(*place, dict(new), over)


def play(script: list[tuple[int, tuple[Any, ...]]]) -> list[Line]:
    """Let three people work; all lines in the order in which they were written."""
    desks = [Desk(writer) for writer in WRITERS]
    by_stamp: dict[str, Line] = {}
    every: list[Line] = []
    for at, (who, (verb, *args)) in enumerate(script):
        desk = desks[who]
        user = f"user{who}"
        ms = 1_000 + at // 3 - 900 * (who == 2)  # equal times, and a clock that is behind
        if verb == "hear":
            other = desks[args[0]]
            start = desk.heard[other.paper.writer]
            desk.replica.hear(other.paper.lines[start : start + args[1]])
            desk.heard[other.paper.writer] = start + args[1]
        elif verb == "look":
            place = desk.place(args[0])
            desk.looked[place] = desk.over(place, False)
        elif verb == "create":
            entries = [
                Entry("documents", "#0", args[0], {}),
                Entry("items", "#1", {"parent": "#0"}, {}),
            ]
            desk.append(Change(user, "create", entries), ms)
        elif verb == "natural":
            desk.append(Change(user, "plan", [desk.entry(("duty", "duty:1"), args[0])]), ms)
        elif verb in ("edit", "stale edit"):
            entry = desk.entry(desk.place(args[0]), args[1], verb == "stale edit")
            desk.append(Change(user, "edit", [entry]), ms)
        elif verb == "delete":
            entry = desk.entry(desk.place(args[0]), {"_del": "2026-11-20"})
            desk.append(Change(user, "delete", [entry]), ms)
        elif verb == "group":
            entries = [
                desk.entry(desk.place(args[0]), args[1]),
                Entry("r", f"g{at}", {"a": at}, {}),
            ]
            desk.append(Change(user, "group", entries), ms, parts=2, torn=args[2])
        else:
            find = find_undo if verb == "undo" else find_redo
            target = find(desk.paper, user, desk.paper.writer)  # type: ignore[arg-type]
            if target is not None and len(whole(target)) == len(target):
                change, _ = undo_change(target, desk.replica.memory.doc, by_stamp.get)
                desk.append(change, ms)
        for new in desk.paper.lines:
            if new.t not in by_stamp:
                by_stamp[new.t] = new
                every.append(new)
    return every


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(script=steps, data=st.data())
def test_any_order_duplication_and_subset_then_all_gives_one_state(
    script: list[tuple[int, tuple[Any, ...]]], data: st.DataObject
) -> None:
    lines = play(script)
    reference = Replica()
    reference.hear(lines)
    check_against_model(reference.memory, lines)
    assert reference.fold.pending == {}

    other = Replica()
    order = data.draw(st.permutations(lines))
    cut = data.draw(st.integers(0, len(lines)))
    some = order[:cut]
    other.hear(some)
    check_against_model(other.memory, some)
    other.hear(some)
    other.restart()
    other.hear(data.draw(st.permutations(lines)))
    other.hear(some)
    check_against_model(other.memory, lines)

    assert other.memory.bytes() == reference.memory.bytes()
    assert other.fold.pending == {}
    for place, doc in reference.memory.docs.items():
        mine = other.memory.docs[place]
        assert conflicts(mine) == conflicts(doc)
        assert edited_against_delete(mine) == edited_against_delete(doc)
        expected = {
            cell
            for cell in CELLS
            if len({repr(v) for _, v in model(lines).get((*place, cell), {}).values()}) > 1
        }
        assert {cell for cell, _ in conflicts(doc)} == expected
