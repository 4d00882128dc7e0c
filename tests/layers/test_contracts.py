"""The layers hold, and the contracts would notice if they did not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

LINT = "import sys; from importlinter.cli import lint_imports_command as run; run(['--no-logo', '--no-cache'])"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "200"},
        check=False,
    )


def test_imports_only_go_down(repository: Path) -> None:
    linted = lint_imports(repository)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_every_contract_notices_a_breach(tmp_path: Path, repository: Path) -> None:
    shutil.copytree(repository / "officetui", tmp_path / "officetui")
    shutil.copy(repository / "pyproject.toml", tmp_path)
    breaches = {
        "registers": "import officetui.office, textual, click, officetui.ledger",
        "ledger": "import officetui.text, tinydb, pypinyin",
        "store": "import pendulum, rich",
        "ui": "import officetui.store, officetui.registers",
    }
    for package, line in breaches.items():
        (tmp_path / "officetui" / package / "breach.py").write_text(f"{line}\n")
    linted = lint_imports(tmp_path)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert "0 kept" in linted.stdout, linted.stdout
