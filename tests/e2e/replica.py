"""An office on several machines for the tests of real engines: its replicas, and waiting for them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "officetui")
DEADLINE = 90.0  # seconds; only what is broken reaches it
# A shell's loop over the registers in one process: starting it a dozen times is what would take long.
LIST_ALL = """
import sys
from officetui.cli import run
for register in sys.argv[1:]:
    assert run(["list", register, "--json"]) == 0
"""
REGISTERS = (
    "documents", "documents.readers", "documents.urgings", "meetings", "meetings.items",
    "meetings.attendees", "meetings.agenda", "meetings.decisions", "duty", "duty.notices",
    "reception", "people", "settings", "conflicts",
)  # fmt: skip


class Replica:
    """A home, and the program as a shell runs it there."""

    def __init__(self, home: Path, repository: Path) -> None:
        self.home = home
        self._env = os.environ | {"OFFICETUI_HOME": str(home), "PYTHONPATH": str(repository)}

    def __call__(self, *args: str) -> subprocess.CompletedProcess[str]:
        run = subprocess.run(
            [*PROGRAM, *args], stdin=subprocess.DEVNULL, capture_output=True, env=self._env,
            encoding="utf-8", check=False, timeout=60,
        )  # fmt: skip
        assert "Traceback" not in run.stderr, run.stderr
        return run

    def good(self, *args: str) -> str:
        """Standard output of a command that must succeed."""
        run = self(*args)
        assert run.returncode == 0, (args, run.stderr)
        return run.stdout.strip()

    def json(self, *args: str) -> Any:
        return json.loads(self.good(*args, "--json"))

    def sync(self) -> Any:
        """The truth about the folder, whatever it is; null while another process is at it."""
        out = self("sync", "--json").stdout
        return json.loads(out) if out else None

    def lines(self) -> set[tuple[str, bytes]]:
        """What this replica knows: every line, and in whose journal it stands."""
        return lines_in(self.home / "journals")

    def canonical(self) -> dict[str, Any]:
        """All that people see: every register, and what is to be decided."""
        run = subprocess.run(
            [sys.executable, "-c", LIST_ALL, *REGISTERS], stdin=subprocess.DEVNULL,
            capture_output=True, env=self._env, encoding="utf-8", check=False, timeout=60,
        )  # fmt: skip
        assert run.stderr == ""
        values = [json.loads(line) for line in run.stdout.splitlines()]
        return dict(zip(REGISTERS, values, strict=True))

    @contextmanager
    def watching(self) -> Iterator[Callable[[], list[Any]]]:
        """`sync --watch` as a service; what it has said until now."""
        log = self.home.with_name(f"{self.home.name}.watch")
        with log.open("wb") as out, log.with_suffix(".errors").open("wb") as errors:
            run = subprocess.Popen(
                [*PROGRAM, "sync", "--watch", "--json"], stdin=subprocess.DEVNULL, stdout=out,
                stderr=errors, env=self._env,
            )  # fmt: skip
        try:
            yield lambda: [json.loads(line) for line in log.read_text("utf-8").splitlines()]
            assert run.poll() is None, log.with_suffix(".errors").read_text("utf-8")
            run.send_signal(signal.SIGINT)
            assert run.wait(timeout=30) == 130
        finally:
            end(run)


def lines_in(journals: Path) -> set[tuple[str, bytes]]:
    """All but the heads of segments: (writer, line)."""
    return {
        (path.parent.name, line)
        for path in journals.glob("*/*.jsonl")
        for line in path.read_bytes().splitlines(keepends=True)
        if line[9:14] != b'{"v":'
    }


def end(run: subprocess.Popen[Any]) -> None:
    """End a process, whatever state it is in."""
    if run.poll() is None:
        run.terminate()
        with suppress(subprocess.TimeoutExpired):
            run.wait(timeout=10)
    if run.poll() is None:
        run.kill()
        run.wait(timeout=10)


def until(holds: Callable[[], Any], what: str, seconds: float = DEADLINE) -> Any:
    """Ask until it holds; its answer."""
    deadline = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)
    return answer


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Several people at the same time."""
    with ThreadPoolExecutor(len(deeds)) as people:
        return [each.result() for each in [people.submit(deed) for deed in deeds]]


def alike(*replicas: Replica) -> dict[str, Any]:
    """The canonical state, which must be the same on each."""
    first, *others = at_once(*(one.canonical for one in replicas))
    for other in others:
        for name, shown in first.items():
            assert shown == other[name], name
    return first


def converged(*replicas: Replica) -> dict[str, Any]:
    """Wait until all know the same lines; what they show must be the same, and also made anew."""

    def same() -> bool:
        first, *others = [one.lines() for one in replicas]
        return all(first == other for other in others)

    until(same, "all replicas have the same lines")
    state = alike(*replicas)
    at_once(*(lambda one=one: one.good("doctor", "--rebuild") for one in replicas))
    assert alike(*replicas) == state
    at_once(*(lambda one=one: one.good("verify") for one in replicas))
    return state


def titles(state: dict[str, Any]) -> list[str]:
    """Those of all papers; one that were there twice would be here twice."""
    return sorted(record["title"] for record in state["documents"])


def settled(replica: Replica, state: dict[str, Any]) -> None:
    """One person decides all that is to be decided."""
    for number, conflict in enumerate(state["conflicts"], 1):
        value = f"9{number:02}" if conflict["kind"] == "number" else conflict["values"][0]["value"]
        replica.good("set", conflict["id"], f"{conflict['cell']}={value}")
