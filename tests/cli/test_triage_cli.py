"""`officetui triage` where there is no terminal."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess


def test_without_a_terminal_it_says_what_to_use(
    shell: Callable[..., CompletedProcess[str]],
) -> None:
    run = shell("triage")
    assert run.returncode == 2 and not run.stdout
    assert "officetui today" in run.stderr and "officetui do ID STEP" in run.stderr
