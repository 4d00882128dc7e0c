"""Threads, lost homes, clocks and undo under one roof."""

from __future__ import annotations

import os
import random
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from officetui.errors import NotKept, Refused
from officetui.office.changes import New
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.model import Field
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.workflow import needs

HEAVY = bool(os.environ.get("OFFICETUI_HEAVY"))
PAPER = {
    "direction": "incoming",
    "from_org": "县委办",
    "title": "通知",
    "kind": "act",
    "recv_at": "2026-11-19T09:15",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.found(tmp_path / "office", name="清河镇", user="李梅")


def test_a_thread_flushes_beside_changes(office: Office) -> None:
    """As the app does: a worker writes the desk while keys are read."""
    wanted = 400 if HEAVY else 25
    over = threading.Event()
    flushes: list[int] = []
    trouble: list[BaseException] = []

    def keep_flushing() -> None:
        try:
            while not over.is_set():
                office.flush()
                office.refresh()
                flushes.append(len(refs))
        except BaseException as error:
            trouble.append(error)

    refs: list[str] = []
    worker = threading.Thread(target=keep_flushing)
    worker.start()
    try:
        # Until both have worked beside each other; a worker in trouble is told below.
        while not trouble and (len(refs) < wanted or len(set(flushes)) < wanted // 2):
            (ref,) = office.create("documents", PAPER).refs
            refs.append(ref)
            rows = [New("documents", PAPER | {"state": "archived"}, (), f"2019-01-01.{len(refs)}")]
            office.create_many(rows)
            found = office.get(ref)
            assert found is not None
            office.set(found, {"note": ref})
            office.find(ref)
            office.person("李梅")
            office.undo()
            office.redo()
    finally:
        over.set()
        worker.join()
    assert not trouble, repr(trouble[0])
    assert refs
    numbers = {office.get(ref).text("recv_no") for ref in refs}  # type: ignore[union-attr]
    assert len(numbers) == len(refs)


@pytest.mark.parametrize("mounted", [False, True])
def test_the_home_is_gone_under_a_running_office(office: Office, mounted: bool) -> None:
    """Deleted, or unmounted (an empty directory is left): nothing is founded in its place."""
    (ref,) = office.create("documents", PAPER).refs
    office.flush()
    aside = office.home.with_name("aside")
    office.home.rename(aside)
    if mounted:
        office.home.mkdir()
    paper = office.get(ref)
    assert paper is not None
    for attempt in (
        lambda: office.create("documents", PAPER),
        lambda: office.set(paper, {"note": "x"}),
        office.undo,
        office.rebuild,
    ):
        with pytest.raises((NotKept, Refused)):
            attempt()
        office.flush()
    assert not office.home.exists() or not list(office.home.glob("*.json"))
    shutil.rmtree(office.home, ignore_errors=True)
    aside.rename(office.home)
    office.set(paper, {"note": "x"})
    assert len(Office.open(office.home, user="李梅").list("documents")) == 1


def test_a_clock_set_back_hides_nothing(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
    office = Office.found(tmp_path / "office", name="x", user="李梅", clock=clock)
    (ref,) = office.create("documents", PAPER).refs

    def note() -> Any:
        return Office.open(office.home, user="李梅", clock=clock).get(ref).get("note")  # type: ignore[union-attr]

    def write(text: str) -> None:
        paper = office.get(ref)
        assert paper is not None
        office.set(paper, {"note": text})

    write("one")
    for year in (2019, 1970, 1969, 2999):
        clock.instant = datetime(year, 1, 1, tzinfo=UTC)
        office.flush()
        write(str(year))
        assert note() == str(year)
        office.create("documents", PAPER)
        office.board()
    assert len(office.list("documents")) == 5
    for _ in range(4):
        office.undo()
        office.undo()
    assert note() == "one"
    assert not office.ledger.damage()


def _state(office: Office) -> dict[str, Any]:
    office.refresh()
    names = [one.id for register in REGISTERS for one in (register, *register.children)]
    return {record.ref: record.cells for name in names for record in office.list(name)}


def _value(field: Field) -> Any:
    if field.choices:
        return field.choices[0].value
    if field.kind in ("day", "moment"):
        return "2026-11-25"
    return ["李"] if field.kind in ("people", "units", "words") else "李"


def _act(office: Office, rng: random.Random) -> None:
    papers = office.list("documents")
    chance = rng.random()
    if chance < 0.25 or not papers:
        office.create("documents", PAPER | {"kind": rng.choice(["act", "read"])})
        return
    paper = rng.choice(papers)
    if chance < 0.45:
        cell = rng.choice(["note", "owner", "title"])
        office.set(paper, {cell: rng.choice(["x", "y", "z"])})
    elif chance < 0.65:
        steps = office.steps(paper)
        if steps:
            step = rng.choice(steps)
            asked = needs(BY_ID["documents"], step)
            office.do([paper], step.id, {field.name: _value(field) for _need, field in asked})
    elif chance < 0.75:
        office.trash([paper])
    elif chance < 0.9:
        ids = [f"2019-01-01.{rng.randint(0, 9)}x{k}" for k in range(rng.randint(1, 5))]
        cells = PAPER | {"state": rng.choice(["registered", "archived"])}
        office.create_many([New("documents", cells, (), id_) for id_ in ids])
    else:
        office.set_setting("close", rng.choice(["17:00", "18:00"]))


@pytest.mark.parametrize("seed", range(200 if HEAVY else 6))
def test_undo_and_redo_whatever_others_do(office: Office, seed: int) -> None:
    """Two people and three processes on one home: as many redos as undos lead back, unless what
    was left alone is told; all see the same; the journals alone give the same again."""
    rng = random.Random(seed)
    offices = [office, Office.open(office.home, user="吴敏"), Office.open(office.home, user="李梅")]
    for _ in range(40):
        one = rng.choice(offices)
        try:
            chance = rng.random()
            _act(one, rng) if chance < 0.6 else one.undo() if chance < 0.85 else one.redo()
        except Refused:
            continue
        if rng.random() < 0.2:
            before, told, count = _state(one), False, 0
            try:
                for _ in range(rng.randint(1, 4)):
                    told |= bool(one.undo().hints)
                    count += 1
            except Refused:
                pass
            for _ in range(count):
                told |= bool(one.redo().hints)
            assert told or _state(one) == before
    states = [_state(one) for one in offices]
    assert states[0] == states[1] == states[2]
    office.rebuild()
    assert _state(office) == states[0]
    assert not office.ledger.damage()
