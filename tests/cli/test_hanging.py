"""A shared folder that never answers: no command waits for it, and each says so."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from officetui import cli
from officetui.cli import rounds
from officetui.ledger import apart

# It takes every question, answers none, and ends when nobody asks any more.
SILENT = "import sys; sys.stdin.buffer.read()"
# Answers until the journals of a writer are to be read.
STALLED = """
import sys
sys.path += sys.argv[2:]
from officetui.ledger.apart import OnDisk, serve
read = OnDisk.read
def stalled(files, path, start=0):
    if path.startswith("journals/"):
        sys.stdin.buffer.read()
    return read(files, path, start)
OnDisk.read = stalled
serve(sys.argv[1])
"""
ANSWERING = apart.HELPER
KEPT = "nothing is lost, and it is synced when the folder is back"
WHAT_TO_DO = "See whether the network is there and the share is mounted."
Told = tuple[int, str, str]


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Told]]:
    """Runs a command: its status, what it gave and what it said."""

    def run(*args: str) -> Told:
        capfd.readouterr()
        begun = time.monotonic()
        status = cli.run(list(args))
        assert time.monotonic() - begun < 20, "it did not wait"
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    yield run
    gc.enable()  # which a command of a process of its own does without


@pytest.fixture
def folder(tmp_path: Path, office_home: Path, told: Callable[..., Told]) -> Path:
    """The shared folder of an office that has been founded, with a change to be published."""
    path = tmp_path / "shared"
    path.mkdir()
    assert told("init", "--name", "清河镇党政办", "--user", "李梅", "--folder", str(path))[0] == 0
    assert told("sync")[0] == 0
    assert told("add", "people", "周海涛")[0] == 0
    return path


@pytest.fixture
def hanging(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That folder, from now on without an answer."""
    monkeypatch.setattr(rounds, "PATIENCE", 0.2)
    monkeypatch.setattr(rounds, "SILENT", 0.1)
    monkeypatch.setattr(apart, "HELPER", SILENT)
    return folder


def test_sync_gives_up_and_says_what_is_kept(hanging: Path, told: Callable[..., Told]) -> None:
    status, _out, said = told("sync")
    assert status == 4
    assert "does not answer yet; Ctrl-C stops" in said
    assert f"The shared folder {hanging} does not answer." in said
    assert KEPT in said and WHAT_TO_DO in said
    status, out, said = told("sync", "--json")
    shown = json.loads(out)
    assert (status, shown["state"], shown["why"]) == (4, "absent", "silent")
    assert shown["waiting"] == 1
    assert KEPT in said


def test_so_does_one_that_stops_in_the_middle(
    hanging: Path, told: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "HELPER", STALLED)
    monkeypatch.setattr(rounds, "PATIENCE", 2.0)  # its start counts, too
    status, out, said = told("sync", "--json")
    shown = json.loads(out)
    assert (status, shown["state"], shown["why"]) == (4, "absent", "silent")
    assert KEPT in said and WHAT_TO_DO in said


def test_the_doctor_examines_the_rest(hanging: Path, told: Callable[..., Told]) -> None:
    status, out, said = told("doctor")
    assert status == 4
    assert f"The shared folder {hanging} does not answer." in out
    assert KEPT in out and WHAT_TO_DO in out
    assert "Everything is sound" not in said
    status, out, _said = told("doctor", "--json")
    shown = json.loads(out)
    assert (status, shown["sync"]["why"], shown["sync"]["waiting"]) == (4, "silent", 1)
    assert [one["severity"] for one in shown["findings"] if one["file"] == str(hanging)] == [
        "warning", "note",
    ]  # fmt: skip


def test_joining_makes_nothing(
    hanging: Path, told: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "new"
    monkeypatch.setenv("OFFICETUI_HOME", str(home))
    status, _out, said = told("join", str(hanging), "--user", "吴敏")
    assert status == 4
    assert f"{hanging} does not answer" in said
    assert "Nothing was changed; try again when it answers." in said
    assert not (home / "office.json").exists()


def test_founding_in_it_makes_nothing(
    hanging: Path, told: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "new"
    monkeypatch.setenv("OFFICETUI_HOME", str(home))
    status, _out, said = told("init", "--name", "县委办", "--folder", str(hanging / "office"))
    assert status == 4
    assert "Nothing was changed; try again when it answers." in said
    assert not (home / "office.json").exists()


def test_the_folder_can_be_named_and_left(hanging: Path, told: Callable[..., Told]) -> None:
    status, out, said = told("folder")
    assert (status, out) == (4, f"{hanging}\n")
    assert KEPT in said
    for arguments in ([str(hanging)], ["--rebuild"], [str(hanging.parent / "other")]):
        status, _out, said = told("folder", *arguments)
        assert status == 4
        assert "Nothing was changed; try again when it answers." in said
        assert "was emptied" not in said
    assert told("folder")[1] == f"{hanging}\n", "it is still that one"
    status, _out, said = told("folder", "none")
    assert status == 0 and "no longer shared" in said


def test_what_needs_no_folder_does_not_ask_it(
    hanging: Path, told: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(files: apart.Apart) -> None:
        raise AssertionError("somebody looks at the folder")

    monkeypatch.setattr(apart.Apart, "_start", asked)
    for arguments in (
        ["add", "people", "赵强"], ["list", "people"], ["today"], ["undo"], ["verify"],
    ):  # fmt: skip
        status, _out, said = told(*arguments)
        assert (status, "went wrong" in said) == (0, False), said


def test_one_that_answers_again_is_synced(
    hanging: Path, told: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told("sync")[0] == 4
    monkeypatch.setattr(apart, "HELPER", ANSWERING)
    monkeypatch.setattr(rounds, "PATIENCE", 20.0)
    status, out, _said = told("sync", "--json")
    shown = json.loads(out)
    assert (status, shown["state"], shown["waiting"]) == (0, "ok", 0)
