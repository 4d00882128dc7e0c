"""The catalogues are complete, and the check that says so finds every kind of fault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def catalogue(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "locales" / "catalogue.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )


def test_every_string_is_translated_and_none_is_stale(repository: Path) -> None:
    checked = catalogue(repository, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


PROGRAM = """
from officetui.text.i18n import N_, P_, _, ngettext
print(_("Close"), N_("Record"), P_("state", "open"), ngettext("{n} paper", "{n} papers", 2))
"""
ZH = """
ZH = {
    "Close": ("办结", "辦結"),
    "Record": ("记录", "記錄"),
    ("state", "open"): ("未结", "未結"),
    "{n} paper|{n} papers": ("{n}件", "{n}件"),
}
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A program of four strings with complete catalogues."""
    root = tmp_path_factory.mktemp("model")
    (root / "locales").mkdir()
    for name in ("catalogue.py", "hatch_build.py"):
        shutil.copy(repository / "locales" / name, root / "locales")
    (root / "officetui").mkdir()
    (root / "officetui" / "program.py").write_text(PROGRAM)
    (root / "offered").mkdir()
    (root / "offered" / "zh.py").write_text(ZH, "utf-8")
    filled = catalogue(root, "fill", str(root / "offered"))
    assert filled.returncode == 0, filled.stderr
    return root


@pytest.fixture
def program(model: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(model, tmp_path / "program"))


def po(program: Path, language: str) -> Path:
    return program / "locales" / language / "LC_MESSAGES" / "officetui.po"


def test_complete_catalogues_pass_and_compile(program: Path) -> None:
    checked = catalogue(program, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert catalogue(program, "compile").returncode == 0
    compiled = program / "officetui" / "locales" / "zh_TW" / "LC_MESSAGES" / "officetui.mo"
    assert "辦結".encode() in compiled.read_bytes()


def test_updating_twice_changes_no_byte(program: Path) -> None:
    before = po(program, "zh_CN").read_bytes()
    catalogue(program, "update")
    assert po(program, "zh_CN").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "办结"', 'msgstr ""', "'Close': untranslated"),
        ('msgid "Close"', 'msgid "Shut"', "missing: 'Close'"),
        ('msgid "Close"', 'msgid "Shut"', "unused: 'Shut'"),
        ("{n}件", "{m}件", "the {names} differ"),
        ("{n}件", "{n件", "the {names} differ"),
        ("办结", "辦结", "the other Chinese (辦)"),
        ('msgid "Close"', '#, fuzzy\nmsgid "Close"', "fuzzy"),
        ('msgctxt "state"\n', "", "missing: 'open'"),
    ],
)
def test_each_fault_is_named(program: Path, old: str, new: str, said: str) -> None:
    path = po(program, "zh_CN")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    checked = catalogue(program, "check")
    assert checked.returncode == 1
    assert said in checked.stdout, checked.stdout + checked.stderr


def test_a_new_string_and_one_formatted_too_early_are_found(program: Path) -> None:
    source = program / "officetui" / "program.py"
    source.write_text(PROGRAM + 'print(_("Brand new"), _(f"{1} open"))\n')
    checked = catalogue(program, "check")
    assert checked.returncode == 1
    assert "zh_CN: missing: 'Brand new'" in checked.stdout
    assert "f-string inside _()" in checked.stdout
