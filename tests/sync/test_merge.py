"""Situations 22 to 25, 27 to 30, 32, 38: what several devices make of one record."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from officetui.ledger import identity
from officetui.ledger.line import Entry
from officetui.ledger.replicate import Replicator
from officetui.ledger.stamp import parts
from officetui.office.clock import FixedClock
from officetui.office.conflicts import conflicts
from officetui.office.office import Office
from officetui.registers.order import between, row
from tests.sync.devices import DAY, NOW, Device, World


def test_situation_22_one_cell_edited_offline_on_two_machines(world: World) -> None:
    """Situation 22: the same winner everywhere, both values in the conflict list everywhere."""
    a, b = world.pair()
    c = world.device()
    record = a.add(title="old", owner="x")
    world.sync()
    b.set(record, title="b's")
    a.set(record, title="a's")
    world.sync()
    for device in world.devices:
        assert device.doc(record)["title"] == "a's"  # written last
        assert device.conflicts(record) == {"title": ["b's", "a's"]}
    c.set(record, title="settled")
    world.sync()
    for device in world.devices:
        assert device.doc(record) == {"title": "settled", "owner": "x"}
        assert device.conflicts(record) == {}


def test_situation_23_two_cells_of_one_record_edited_offline(world: World) -> None:
    """Situation 23: both kept, no conflict."""
    a, b = world.pair()
    record = a.add(title="old", owner="x")
    world.sync()
    a.set(record, title="new")
    b.set(record, owner="y")
    world.sync()
    for device in (a, b):
        assert device.doc(record) == {"title": "new", "owner": "y"}
        assert device.conflicts(record) == {}


def test_situation_24_edit_against_delete(world: World) -> None:
    """Situation 24: in the trash, the edit kept, listed."""
    a, b = world.pair()
    record = a.add(title="old")
    world.sync()
    b.set(record, title="edited meanwhile")
    a.set(record, _del="2025-11-20")
    world.sync()
    for device in (a, b):
        assert device.store.doc("documents", record)["_del"] == "2025-11-20"  # type: ignore[index]
        assert device.doc(record) == {"title": "edited meanwhile"}
        assert device.unseen(record) == {"title": ["edited meanwhile"]}
    b.set(record, _del=None)
    world.sync()
    for device in (a, b):
        assert device.doc(record) == {"title": "edited meanwhile"}
        assert device.unseen(record) == {}
    assert a.flushed() == b.flushed()


def test_situation_25_a_clock_three_years_ahead_then_corrected(world: World) -> None:
    """Situation 25: others' stamps stay at the present; what it touched can be replaced by anyone."""
    a, b = world.pair()
    a.skew = 3 * 365 * DAY
    record = a.add(title="from the future")
    world.sync()
    b.set(record, title="now")
    world.sync()
    for device in (a, b):
        assert device.doc(record) == {"title": "now"} and device.conflicts(record) == {}
    (line,) = b.store._ledger.lines_of("user1", b.writer)  # type: ignore[attr-defined]
    assert parts(line.t)[0] - NOW < DAY
    a.skew = 0
    a.set(record, title="corrected")
    world.sync()
    assert b.doc(record) == {"title": "corrected"} and b.conflicts(record) == {}
    assert a.replicator.status().devices[0].newest - NOW < DAY


def test_situation_27_equal_times(world: World) -> None:
    """Situation 27: n, then writer break the tie, alike everywhere."""
    a, b = world.pair()
    record = a.add(title="old")
    world.sync()
    for device, times in ((a, 1), (b, 2)):
        world.clock.ms = NOW + 5_000
        for number in range(times):
            device.clock = lambda: NOW + 5_000
            device.set(record, title=f"{device.user} {number}")
    world.sync()
    # a's is its second line, b's its second too: the writer decides
    stamps = {device: device.seen(record)["title"] for device in (a, b)}
    assert stamps[a] == stamps[b] and len(stamps[a]) == 2
    last = max(stamps[a])
    winner = "user0 0" if last.endswith(a.writer) else "user1 1"
    assert [parts(t)[1] for t in stamps[a]] == [2, 2]
    for device in (a, b):
        assert device.doc(record)["title"] == winner
    assert a.flushed() == b.flushed()


def test_situation_28_a_device_away_for_13_months(world: World) -> None:
    """Situation 28: it catches up, nothing deleted comes back; its old edits come out as they must."""
    a, b = world.pair()
    kept, gone = a.add(title="kept"), a.add(title="gone")
    world.sync()
    b.set(kept, owner="offline")
    world.devices.remove(b)
    world.wait(395 * DAY)
    a.set(gone, _del="2026-12-20")
    for number in range(40):
        a.set(kept, title=f"title {number}")
    world.sync()
    world.devices.append(b)
    b.restart()
    world.sync()
    for device in (a, b):
        assert device.doc(kept) == {"title": "title 39", "owner": "offline"}
        assert device.store.doc("documents", gone)["_del"] == "2026-12-20"  # type: ignore[index]
        assert device.conflicts(kept) == device.conflicts(gone) == {}
    assert a.flushed() == b.flushed()


def test_situation_29_two_insertions_at_one_place_of_a_checklist(world: World) -> None:
    """Situation 29: both there, in one order; a later insertion between them is possible."""
    a, b = world.pair()
    paper = a.add(title="paper")

    def insert(device: Device, text: str, pos: str) -> None:
        cells = {"parent": paper, "text": text, "pos": pos}
        device.append([Entry("checklist", "#0", cells, {})])

    def items(device: Device) -> list[tuple[str, str]]:
        found = device.store.children("checklist", paper)
        return [(doc["text"], doc["pos"]) for doc in found]

    for text, pos in zip(("first", "last"), row(2), strict=True):
        insert(a, text, pos)
    world.sync()
    for device, text in ((a, "a's"), (b, "b's")):
        (_, low), (_, high) = items(device)
        insert(device, text, between(low, high))
    world.sync()
    order = [text for text, _ in items(a)]
    assert order == [text for text, _ in items(b)]
    assert sorted(order[1:3]) == ["a's", "b's"] and order[0] == "first" and order[3] == "last"
    # both stand at one place: what comes between them stands after it, before the next
    insert(b, "between", between(items(b)[2][1], items(b)[3][1]))
    insert(b, "above", between(items(b)[0][1], items(b)[1][1]))
    world.sync()
    expected = ["first", "above", *order[1:3], "between", "last"]
    assert [text for text, _ in items(a)] == [text for text, _ in items(b)] == expected


def offices(world: World, count: int) -> list[tuple[Office, Replicator]]:
    made = []
    clock = FixedClock(datetime(2026, 11, 19, 23, 58, tzinfo=UTC))
    info = identity.Office(id="office", name="党政办", zone="Asia/Shanghai")
    for number in range(count):
        home = world.root / f"office{number}"
        identity.write_office(home, info)
        machine = identity.machine_id()
        office = Office.open(home, clock=clock, user=f"user{number}")
        made.append((office, Replicator(home, world.folder, info, machine=machine)))
    return made


def share(made: list[tuple[Office, Replicator]]) -> None:
    for _ in range(3):
        for office, replicator in made:
            replicator.round()
            office.refresh()


PAPER = {
    "direction": "incoming", "recv_at": "2026-11-19T09:15", "from_org": "县委办", "kind": "act",
}  # fmt: skip


def test_situation_30_one_official_number_given_twice(world: World) -> None:
    """Situation 30: both kept, nothing is renumbered by itself; both are flagged."""
    made = offices(world, 2)
    for number, (office, _) in enumerate(made):
        office.create("documents", {**PAPER, "title": f"关于第{number}件事的通知"})
    share(made)
    for office, _ in made:
        papers = office.records("documents")
        assert [paper.text("recv_no") for paper in papers] == ["1", "1"]
        from officetui.office.numbering import given_twice

        assert [(n, sorted(ids)) for _, n, ids in given_twice(office)] == [
            ("1", sorted(paper.id for paper in papers))
        ]
    paper = made[0][0].records("documents")[0]
    made[0][0].set(paper, {"recv_no": "2"})
    share(made)
    assert all(given_twice(office) == [] for office, _ in made)


def test_situation_38_a_form_open_while_a_colleagues_change_arrives(world: World) -> None:
    """Situation 38: a conflict, not a silent overwrite: `over` is of when the form was opened."""
    (mine, out), (theirs, back) = made = offices(world, 2)
    mine.create("documents", {**PAPER, "title": "关于报送材料的通知"})
    share(made)
    form = mine.records("documents")[0]  # opened: this is what the person sees
    theirs.set(theirs.records("documents")[0], {"title": "关于报送年度材料的通知"})
    back.round()
    out.round()
    assert mine.refresh()
    mine.set(form, {"title": "关于报送考核材料的通知"})  # saved long after
    share(made)
    for office, _ in made:
        (found,) = conflicts(office)
        assert found.cell == "title"
        assert sorted(value.value for value in found.values) == [
            "关于报送年度材料的通知", "关于报送考核材料的通知",
        ]  # fmt: skip
    again = theirs.records("documents")[0]
    theirs.set(again, {"title": "关于报送考核材料的通知"})
    share(made)
    assert [conflicts(office) for office, _ in made] == [[], []]


@pytest.mark.parametrize("seed", range(6))
def test_situation_32_any_order_duplication_and_subset_then_everything(
    world: World, seed: int, tmp_path: Path
) -> None:
    """Situation 32: byte-identical desk and books on every replica (same `as_of`, cursor aside)."""
    rng = random.Random(seed)
    devices = [world.device() for _ in range(4)]
    records: list[str] = []
    for step in range(60):
        device = rng.choice(devices)
        draw = rng.random()
        if draw < 0.3 or not records:
            records.append(device.add(title=f"t{step}", state="registered"))
        elif draw < 0.75:
            cells = {rng.choice(("title", "owner", "state")): rng.choice(("closed", f"v{step}"))}
            if rng.random() < 0.15:
                cells = {"_del": "2025-11-19"}
            device.set(rng.choice(records), **cells)
        elif draw < 0.95:
            device.sync()
        else:
            device.store.flush("2025-11-20")
            device.restart()
        if rng.random() < 0.1:  # pieces of journals, twice and in pieces
            source = rng.choice(devices)
            if source.published().exists():
                lines = source.local().read_bytes().split(b"\n")
                some = [line for line in lines[1:-1] if rng.random() < 0.5]
                rng.shuffle(some)
                copy = source.published().with_name(f"000001 {step}.jsonl")
                copy.write_bytes(b"\n".join([lines[0], *some, *some]) + b"\n")
        world.wait(rng.choice((1, 1000, DAY)))
    world.sync(rounds=14)
    newcomer = world.device()
    world.sync(rounds=3)
    expected = newcomer.flushed()
    for device in devices:
        device.store.flush("2025-11-20")
        assert device.flushed() == expected


def test_a_group_that_was_edited_before_it_came(world: World) -> None:
    """Its records are named after its first line, whichever line of it makes them."""
    a, b = world.pair()
    c = world.device()
    entries = [Entry("documents", f"#{k}", {"title": "字" * 60_000, "k": k}, {}) for k in range(8)]
    ids = a.append(entries, "import").ids
    a.sync(2)
    b.sync()
    for record in ids.values():
        b.set(record, owner="b")
    b.sync(2)
    # c hears of b's edits first
    hidden = a.published().parent.with_name("hidden")
    a.published().parent.rename(hidden)
    c.sync()
    assert all(c.doc(record) == {"owner": "b"} for record in ids.values())
    hidden.rename(a.published().parent)
    world.sync()
    for record, k in zip(ids.values(), itertools.count(), strict=False):
        assert c.doc(record) == a.doc(record) == {"title": "字" * 60_000, "k": k, "owner": "b"}
    assert a.flushed() == b.flushed() == c.flushed()
