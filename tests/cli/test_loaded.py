"""What a command loads: a prompt that answers at once loads neither the app nor its tables."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"textual", "rich", "pypinyin"}
UNUSED = HEAVY | {
    "asyncio",
    "dataclasses",
    "gzip",
    "http",
    "icalendar",
    "json",
    "lzma",
    "openpyxl",
    "pendulum",
    "python_calamine",
    "ssl",
    "tempfile",
    "tinydb",
    "xlsxwriter",
}
# The same road as `python -m officetui`, and then what was loaded on it, on standard error.
RUN = """
import sys
sys.argv[0] = "officetui"
import officetui.cli
status = officetui.cli.run(sys.argv[1:])
loaded = sorted({name.split(".")[0] for name in sys.modules})
import json
print("\\n" + json.dumps([status, loaded]), file=sys.stderr)
"""


def loaded_by(shell, *args: str) -> set[str]:
    """The top-level modules loaded by a command that succeeds."""
    run = subprocess.run(
        [sys.executable, "-c", RUN, *args],
        capture_output=True,
        encoding="utf-8",
        env=shell.env,
        check=True,
    )
    status, names = json.loads(run.stderr.splitlines()[-1])
    assert status == 0, run.stderr
    return set(names)


@pytest.mark.parametrize(
    "command",
    [
        ("today", "--json"),
        ("today",),
        ("add", "documents", "县委办 关于报送年度考核材料的通知 @李梅 ^周五"),
        ("list", "documents", "--json"),
        ("set", "PAPER", "owner=李梅"),
        ("do", "PAPER", "close", "result=已报送"),
        ("show", "PAPER", "--history", "--json"),
        ("undo",),
        ("steps", "documents", "--json"),
        ("log", "--json"),
        ("search", "考核", "--json"),
    ],
    ids=lambda command: command[0] + ("-json" if "--json" in command else ""),
)
def test_a_command_loads_only_what_it_needs(office, paper, command) -> None:
    words = [paper if word == "PAPER" else word for word in command]
    assert not loaded_by(office, *words) & UNUSED


def test_the_doctor_loads_no_app_either(office) -> None:
    assert not loaded_by(office, "doctor", "--json") & HEAVY
