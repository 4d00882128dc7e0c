"""What importing costs: a subprocess looks at what was loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHOW = "; import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"


def loaded_by(code: str) -> set[str]:
    """The top-level modules loaded once `code` has run in a fresh interpreter."""
    run = subprocess.run(
        [sys.executable, "-c", code + SHOW], capture_output=True, encoding="utf-8", check=True
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def modules_of(repository: Path, package: str) -> str:
    """An import statement for every module of a package."""
    files = sorted((repository / "officetui" / package).rglob("*.py"))
    names = [".".join(path.relative_to(repository).with_suffix("").parts) for path in files]
    return "import " + ", ".join(name.removesuffix(".__init__") for name in names)


SLOW = {"textual", "rich", "pypinyin", "icalendar", "xlsxwriter", "openpyxl", "asyncio", "wcwidth"}


@pytest.mark.parametrize("package", ["text", "ledger", "store", "registers", "office", "intake"])
def test_nothing_below_the_report_loads_what_is_slow(repository: Path, package: str) -> None:
    assert not loaded_by(modules_of(repository, package)) & SLOW


@pytest.mark.parametrize("package", ["text", "ledger"])
def test_the_lowest_floors_load_almost_nothing(repository: Path, package: str) -> None:
    unwanted = SLOW | {"tinydb", "pendulum", "click", "gettext", "locale", "dataclasses"}
    assert not loaded_by(modules_of(repository, package)) & unwanted


def test_english_reads_no_catalogue() -> None:
    assert "gettext" not in loaded_by("from officetui.text.i18n import _; _('today')")


def test_the_version_is_told_without_the_command_line() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; from officetui.__main__ import main; main()"
    assert not loaded_by(code) & (SLOW | {"click", "msgspec", "tinydb", "pendulum"})


COMMAND = "import sys; from officetui.cli import run; assert run({args!r}) == 0; print()"
ADDING = ["add", "documents", "县应急局 关于防范的通知 ＃特急 ＠李梅 ^明天10点 +二楼"]


def test_adding_and_the_board_for_programs_load_nothing_slow(office_home: Path) -> None:
    loaded_by(COMMAND.format(args=["init", "--name", "x", "--user", "李梅"]))
    unwanted = SLOW | {"tinydb", "pendulum", "platformdirs", "python_calamine", "dataclasses"}
    for args in (ADDING, ["today", "--json"], ["--lang", "zh_CN", *ADDING], ["undo"]):
        assert not loaded_by(COMMAND.format(args=args)) & unwanted, args
    for args in (["today"], ["list", "documents"], ["steps", "duty"], ["doctor"]):
        assert not loaded_by(COMMAND.format(args=args)) & {"textual", "rich", "pypinyin"}, args
    assert "click" not in loaded_by("import officetui.cli.start, officetui.cli.session")
