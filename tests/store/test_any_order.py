"""Whatever arrives in whatever order, whoever flushes and dies when: the files are the same."""

from __future__ import annotations

import os
import random

import pytest

DAYS = ["2024-03-01", "2025-07-01", "2026-10-01", "2026-11-12", "2026-11-19", "2026-12-24"]
WRITERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc"]


class Died(BaseException):
    """Stands for kill -9: nothing after it is done."""


def random_lines(world, rng, count):
    """Lines of three writers who know of each other more or less."""
    numbers = dict.fromkeys(WRITERS, 0)
    records = {"papers": ["2024-03-01.x", "2025-01-01.y"], "urgings": ["2025-09-09.z"]}
    records |= {"answers": [], "people": ["zhang"], "unheard": ["1"]}
    stamps = []
    lines = []
    parents = {"urgings": "papers", "answers": "urgings"}
    for _ in range(count):
        writer = rng.choice(WRITERS)
        numbers[writer] += 1
        entries = []
        for k in range(rng.choice((1, 1, 2, 3))):
            register = rng.choice(("papers", "papers", "urgings", "answers", "people", "unheard"))
            record = rng.choice([*records[register], f"#{k}", f"#{k}"])
            cells = {}
            for cell in rng.sample(("state", "closed", "due", "_del", "title", "parent"), 3):
                if cell == "state":
                    cells[cell] = rng.choice(("done", "done", "in_hand", None))
                elif cell == "parent":
                    known = records.get(parents.get(register, ""), ())
                    cells[cell] = rng.choice([*known, "nowhere", None])
                elif cell == "title":
                    cells[cell] = rng.randrange(9)
                else:
                    cells[cell] = rng.choice([*DAYS, None, None])
            over = {
                cell: rng.sample(stamps, min(len(stamps), rng.choice((0, 1, 3)))) for cell in cells
            }
            entries.append((register, record, cells, over))
        made = world.line(numbers[writer], *entries, day=rng.choice(DAYS[:4]), writer=writer)
        for entry in made.entries:
            if entry.record not in records[entry.register]:
                records[entry.register].append(entry.record)
        stamps.append(made.t)
        lines.append(made)
    rng.shuffle(lines)
    return lines


@pytest.mark.parametrize("seed", range(30))
def test_order_and_flushes_do_not_matter(world, tmp_path, seed):
    rng = random.Random(seed)
    lines = random_lines(world, rng, rng.choice((8, 30, 80)))
    stores = [world.store(DAYS[3]), world.store(DAYS[3])]
    for each in lines:
        world.arrive(each)
        store = rng.choice(stores)
        step = rng.randrange(8)
        if step == 0:
            store.flush(rng.choice(DAYS[3:]))
        elif step == 1:
            stores[stores.index(store)] = world.store(DAYS[3])
        elif step < 5:
            store.catch_up()
        assert store.notices == []
    last = rng.choice(stores)
    last.flush(world.TODAY)
    expected = world.rebuilt(tmp_path, world.TODAY, seed)
    assert world.files() == expected
    # All stores see every record alike, those that have not flushed too.
    shown = [everything(store) for store in stores if store.catch_up() is not None]
    shown.append(everything(world.store()))
    assert all(each == shown[-1] for each in shown)


def everything(store):
    """All records by register and id; one that lies in two places would show."""
    registers = ("papers", "urgings", "answers", "people", "unheard")
    found = {register: store.records(register) for register in registers}
    for register, docs in found.items():
        places = [store.desk(register)]
        places += [store.book(year).get(register, {}) for year in store.years()]
        assert sum(map(len, places)) == len(docs)
        for record, doc in docs.items():
            assert store.doc(register, record) == doc
    for register, of in (("urgings", "papers"), ("answers", "urgings")):
        for parent in found[of]:
            expected = [d["id"] for d in found[register].values() if d.get("parent") == parent]
            assert sorted(expected) == [d["id"] for d in store.children(register, parent)]
    return found


@pytest.mark.parametrize("seed", range(45))
def test_dying_between_any_two_writes_loses_nothing(world, tmp_path, monkeypatch, seed):
    rng = random.Random(1000 + seed)
    lines = random_lines(world, rng, 60)
    half = rng.randrange(10, 50)
    world.arrive(*lines[:half])
    store = world.store(DAYS[3])
    store.flush(rng.choice(DAYS[3:]))
    deaths = 0
    for each in lines[half:]:
        world.arrive(each)
        if rng.random() < 0.4:
            continue
        real = {name: getattr(os, name) for name in ("replace", "unlink")}
        left = [rng.randrange(8)]
        with monkeypatch.context() as patch:
            for name, call in real.items():

                def dying(*args, call=call, left=left, **options):
                    if left[0] <= 0:
                        raise Died
                    left[0] -= 1
                    return call(*args, **options)

                patch.setattr(os, name, dying)
            try:
                store.flush(rng.choice(DAYS[3:]))
            except Died:
                deaths += 1
        if rng.random() < 0.5:
            store = world.store(DAYS[3])
        elif rng.random() < 0.5:
            everything(store)
    world.store(DAYS[3]).flush(world.TODAY)
    assert deaths or seed >= 45  # the seeds of every run do die
    for temp in world.home.rglob("*.tmp"):
        real["unlink"](temp)  # too young to be swept
    expected = world.rebuilt(tmp_path, world.TODAY, seed)
    assert world.files() == expected


@pytest.mark.parametrize("deaths_at", range(12))
def test_dying_in_a_rebuild(world, tmp_path, monkeypatch, deaths_at):
    rng = random.Random(7)
    world.arrive(*random_lines(world, rng, 60))
    store = world.store()
    store.flush(world.TODAY)
    expected = world.files()
    (world.home / "books" / "2001.json").write_text("a stray")
    calls = [deaths_at]
    with monkeypatch.context() as patch:
        for name in ("replace", "rename", "unlink", "rmdir", "open"):
            call = getattr(os, name)

            def dying(*args, call=call, **options):
                if calls[0] <= 0:
                    raise Died
                calls[0] -= 1
                return call(*args, **options)

            if name != "open":
                patch.setattr(os, name, dying)
        try:
            store.rebuild(world.TODAY)
        except Died:
            pass
    again = world.store()
    assert everything(again)
    again.rebuild(world.TODAY)
    assert world.files() == expected
    assert sorted(p.name for p in world.home.iterdir()) == ["books", "desk.json", "store.lock"]
