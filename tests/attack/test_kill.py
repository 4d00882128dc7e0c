"""Processes of one office killed at any moment, over appends, flushes, imports and rebuilds.

OFFICETUI_HEAVY=1 kills hundreds of times, and cuts the journal in between.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from officetui.office.office import Office

HEAVY = bool(os.environ.get("OFFICETUI_HEAVY"))
WRITER = Path(__file__).with_name("office_writer.py")
PAPER = {"direction": "incoming", "from_org": "县委办", "kind": "act", "recv_at": "2026-11-19"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Office.found(tmp_path / "office", name="x", user="李梅").home


def killed(home: Path, repository: Path, rng: random.Random) -> set[str]:
    """Two writers, killed soon after both have begun; the records they confirmed."""
    writers = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(home), str(rng.random()), user],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(repository)},
            encoding="utf-8",
        )
        for user in ("李梅", "吴敏")
    ]
    told: set[str] = set()
    # Both have begun; then one is anywhere in its work when the other confirms its nth record.
    for writer, records in zip(writers, (1, rng.randint(1, 80)), strict=True):
        assert writer.stdout is not None
        told.update(writer.stdout.readline() for _ in range(records))
    for writer in writers:
        writer.kill()
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stderr is not None
        # not `communicate`: it forgets what `readline` has read ahead
        told.update(writer.stdout.readlines())
        errors = writer.stderr.read()
        writer.stdout.close()
        writer.stderr.close()
        writer.wait()
        assert not errors, errors
    return {line.strip() for line in told if line.strip()}


def files(home: Path) -> dict[str, bytes]:
    found = [home / "desk.json", *home.glob("books/*.json")]
    return {path.name: path.read_bytes() for path in found}


def test_what_was_confirmed_is_there(home: Path, repository: Path) -> None:
    rng = random.Random(5)
    known: set[str] = set()
    for _ in range(150 if HEAVY else 2):
        known |= killed(home, repository, rng)
        office = Office.open(home, user="李梅")
        assert not office.notices
        assert not office.ledger.damage()
        assert not [ref for ref in known if office.get(ref) is None]
    office.flush()
    flushed = files(home)
    shutil.rmtree(home / "books", ignore_errors=True)
    (home / "desk.json").unlink()
    Office.open(home, user="李梅").rebuild()
    assert files(home) == flushed


def test_after_a_cut_nothing_new_is_swallowed(home: Path, repository: Path) -> None:
    rng = random.Random(6)
    for round_ in range(60 if HEAVY else 2):
        killed(home, repository, rng)
        segments = sorted(home.glob("journals/*/*.jsonl"), key=lambda path: path.stat().st_mtime)
        data = segments[-1].read_bytes()
        if len(data) > 900:
            segments[-1].write_bytes(data[: -rng.randint(1, 200)])
        office = Office.open(home, user="李梅")
        (ref,) = office.create("documents", PAPER | {"title": f"after {round_}"}).refs
        for one in (office, Office.open(home, user="吴敏")):
            assert one.get(ref) is not None
