"""A journal cut, deleted or put back from an old copy, while the desk has read more of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def papers(command: Command, founded: Path) -> Path:
    """Three papers, all of them on the desk; the journal's segment."""
    for word in "一二三":
        assert command("add", "documents", f"县委办 第{word}号").status == 0
    assert command("doctor", "--rebuild").status == 0
    (segment,) = founded.glob("journals/*/000001.jsonl")
    return segment


def titles(command: Command) -> set[str]:
    found = json.loads(command("list", "documents", "--json").out)
    return {record["title"] for record in found}


@pytest.mark.parametrize("cut", [1, 2, 10, 200])
def test_a_cut_journal_swallows_nothing(
    command: Command, founded: Path, papers: Path, cut: int
) -> None:
    whole = papers.read_bytes()
    papers.write_bytes(whole[:-cut])
    assert command("add", "documents", "县委办 新号").status == 0
    assert {"第一号", "第二号", "新号"} <= titles(command)
    assert command("undo").status == 0
    assert "新号" not in titles(command)
    assert command("redo").status == 0
    (founded / "desk.json").unlink()
    assert {"第一号", "第二号", "新号"} <= titles(command)
    assert command("doctor").status == 0


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_an_old_copy_swallows_nothing(
    command: Command, founded: Path, papers: Path, kept: int
) -> None:
    whole = papers.read_bytes()
    if kept:
        papers.write_bytes(b"".join(whole.splitlines(keepends=True)[: kept + 1]))
    else:
        shutil.rmtree(papers.parent.parent)
    assert titles(command) == {"第一号", "第二号", "第三号"}
    doctor = command("doctor", "--json")
    assert doctor.status == 3
    (found,) = [one for one in json.loads(doctor.out)["findings"] if one["severity"] == "damage"]
    assert found["file"] == str(papers.parent)
    assert f"ends at change {kept}, but the desk has read 3" in found["text"]

    for word in ("新", "又"):
        assert command("add", "documents", f"县委办 {word}号").status == 0
    everything = {"第一号", "第二号", "第三号", "新号", "又号"}
    assert titles(command) == everything

    desk = (founded / "desk.json").read_bytes()
    rebuilt = command("doctor", "--rebuild")
    assert rebuilt.status == 3
    assert b"nothing was made again" in rebuilt.out
    assert (founded / "desk.json").read_bytes() == desk

    papers.parent.mkdir(parents=True, exist_ok=True)
    papers.write_bytes(whole)
    assert command("doctor", "--rebuild").status == 0
    assert titles(command) == everything


def test_a_journal_put_back_under_a_running_office(founded: Path, papers: Path) -> None:
    from officetui.office.office import Office

    office = Office.open(founded, user="李梅")
    other = Office.open(founded, user="李梅")
    papers.write_bytes(b"".join(papers.read_bytes().splitlines(keepends=True)[:2]))
    cells = {"direction": "incoming", "from_org": "县委办", "kind": "act", "recv_at": "2026-11-19"}
    mine = office.create("documents", cells | {"title": "新号"})
    theirs = other.create("documents", cells | {"title": "又号"})
    for each in (office, other):
        each.refresh()
        for ref in (*mine.refs, *theirs.refs):
            assert each.get(ref) is not None
