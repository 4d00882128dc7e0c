"""The program as a shell runs it, on a home of its own; in real processes where these matter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli import inside

Result = subprocess.CompletedProcess[str]
PROGRAM = [sys.executable, "-m", "officetui"]


class Shell:
    """Runs `officetui` as a shell would; no run may ever show a traceback.

    Called, it needs no process unless the run is wrapped, or its environment is what matters;
    `apart` always begins one.
    """

    def __init__(self, home: Path, repository: Path) -> None:
        self.home = home
        self.env = os.environ | {"PYTHONPATH": str(repository), "COLUMNS": "120"}

    def __call__(self, *args: str, wrap: tuple[str, ...] = (), **env: str) -> Result:
        if wrap or not inside.fits(args, env):
            return self.apart(*args, wrap=wrap, **env)
        run = inside.run(args, self.env | env)
        assert "Traceback" not in run.stderr, run.stderr
        return run

    def apart(self, *args: str, wrap: tuple[str, ...] = (), **env: str) -> Result:
        """The same, in a process."""
        run = subprocess.run(
            [*wrap, *PROGRAM, *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=self.env | env,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert "Traceback" not in run.stderr, run.stderr
        return run

    def good(self, *args: str, **env: str) -> str:
        """Standard output of a command that must succeed."""
        run = self(*args, **env)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def json(self, *args: str) -> Any:
        """What a command prints with --json."""
        return json.loads(self.good(*args, "--json"))

    def record(self, short: str) -> Any:
        return self.json("show", short)


@pytest.fixture
def shell(office_home: Path, repository: Path) -> Shell:
    """A shell without an office yet."""
    return Shell(office_home, repository)


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A shell in a founded office."""
    shell.good("init", "--name", "清河镇党政办", "--user", "李梅")
    return shell


@pytest.fixture
def paper(office: Shell) -> str:
    """The short id of one paper."""
    line = "县应急局 关于低温雨雪防范的通知 #特急 @李梅"
    return office.good("add", "documents", line).strip()


@pytest.fixture
def limited() -> Callable[[int], tuple[str, ...]]:
    """A wrapper under which no file may grow beyond so many bytes: a full disk, without root."""

    def wrapper(size: int) -> tuple[str, ...]:
        code = (
            "import os, resource, sys;"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        return (sys.executable, "-c", code)

    return wrapper


@pytest.fixture
def powerless() -> tuple[str, ...]:
    """A wrapper under which even root must respect the modes of files."""
    code = (
        "import ctypes, os, sys;"
        "prctl = ctypes.CDLL(None).prctl;"
        "[prctl(24, capability, 0, 0, 0) for capability in (1, 2, 3)];"  # PR_CAPBSET_DROP
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    return (sys.executable, "-c", code)
