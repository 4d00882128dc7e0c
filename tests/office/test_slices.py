"""A journal of years that comes in while people work is folded a slice at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from officetui.ledger.identity import Office as Info
from officetui.ledger.line import Change, Entry, Header, encode_header, encode_line
from officetui.ledger.stamp import make
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.record import Record

LINES = 600
WRITER = "zzzzzzzz"


def colleague(home: Path, info: Info, lines: int = LINES) -> None:
    """The journal of a colleague's device, come in one piece: papers, each noted upon later."""
    directory = home / "journals" / WRITER
    directory.mkdir(parents=True)
    raws = [encode_header(Header(1, info.id, WRITER, 1, 0, ""))]
    prev = ""
    for n in range(1, lines + 1):
        ms = 1_700_000_000_000 + n * 1000
        t = make(ms, n, WRITER)
        if n % 2:
            record = f"{t}.0"
            cells = {"title": f"通知{n}", "state": "registered", "recv_at": "2026-11-19T09:00"}
            entry = Entry("documents", record, cells, {})
        else:
            entry = Entry("documents", record, {"note": f"第{n}次"}, {})
        raw = encode_line(n, t, Change("吴敏", "set", [entry]), [entry], prev)
        raws.append(raw)
        prev = sha256(raw).hexdigest()
    (directory / "000001.jsonl").write_bytes(b"\n".join(raws) + b"\n")


def laid_down(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in (home / "desk.json", *sorted((home / "books").glob("*.json")))
    }


@pytest.fixture(autouse=True)
def thin_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("officetui.office.committing.SLICE", 4096)


def test_a_big_journal_is_folded_in_slices_and_gives_the_same_desk(
    office: Office, clock: FixedClock, add: Callable[..., Record], tmp_path: Path
) -> None:
    paper = add("documents")
    colleague(office.home, office.info)
    slices: list[int] = []
    refs = office.refresh(at_once=False)
    while office.behind:
        before = len(refs)
        refs |= office.refresh(at_once=False)
        slices.append(len(refs) - before)
    assert len(slices) > 20 and max(slices) < 20, slices
    assert len(refs) == LINES / 2 and paper.ref not in refs
    assert office.refresh() == set()
    office.flush()
    again = tmp_path / "again"
    shutil.copytree(office.home / "journals", again / "journals")
    shutil.copy(office.home / "office.json", again)
    other = Office.open(again, clock=clock, user="李梅")
    other.flush()
    assert laid_down(again) == laid_down(office.home)


def test_a_change_made_meanwhile_waits_for_nobody_and_is_kept(
    office: Office, clock: FixedClock, add: Callable[..., Record], tmp_path: Path
) -> None:
    paper = add("documents")
    colleague(office.home, office.info)
    office.refresh(at_once=False)
    assert office.behind
    office.set(paper, {"note": "先看"})
    assert office.behind, "the change waited for all of it"
    changed = office.get(paper.ref)
    assert changed is not None and changed.text("note") == "先看"
    while office.behind:
        office.refresh(at_once=False)
    assert len(office.list("documents")) == LINES / 2 + 1
    office.flush()
    office.rebuild()
    kept = laid_down(office.home)
    for path in kept:
        (office.home / path).unlink()
    again = Office.open(office.home, clock=clock, user="李梅")
    again.flush()
    assert laid_down(office.home) == kept


def test_what_counts_over_all_records_folds_the_rest_first(
    office: Office, add: Callable[..., Record]
) -> None:
    add("documents")
    colleague(office.home, office.info)
    office.refresh(at_once=False)
    assert office.behind
    office.undo()
    assert not office.behind
    assert len(office.list("documents")) == LINES / 2


def test_what_comes_while_one_is_behind_is_not_forgotten(office: Office, clock: FixedClock) -> None:
    colleague(office.home, office.info)
    office.refresh(at_once=False)
    beside = Office.open(office.home, clock=clock, user="吴敏")
    ref = beside.create("people", {"name": "新来的"}).refs[0]
    office.refresh()
    assert not office.behind and office.get(ref) is not None


def test_another_process_that_writes_the_desk_meanwhile_changes_nothing(
    office: Office, clock: FixedClock, add: Callable[..., Record]
) -> None:
    add("documents")
    office.flush()
    colleague(office.home, office.info)
    office.refresh(at_once=False)
    assert office.behind
    Office.open(office.home, clock=clock, user="吴敏").flush()
    written = laid_down(office.home)
    office.flush()
    assert not office.behind
    assert len(office.list("documents")) == LINES / 2 + 1
    assert laid_down(office.home) == written
