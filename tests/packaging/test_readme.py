"""The README says what is so: its links lead somewhere, its pictures stand alone."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from officetui.text.width import cell_width

READMES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("name", READMES)
def test_links_and_pictures_are_there(repository: Path, name: str) -> None:
    text = (repository / name).read_text("utf-8")
    linked = re.findall(r"\]\(([^)#]+)\)", text)
    assert any(path.endswith(".svg") for path in linked)
    assert [path for path in linked if not (repository / path).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_commands_exist(repository: Path, name: str) -> None:
    from officetui.cli.group import COMMANDS

    text = (repository / name).read_text("utf-8")
    used = set(re.findall(r"^\.venv/bin/officetui (\w+)", text, re.MULTILINE))
    assert used and used <= set(COMMANDS)
    makefile = (repository / "Makefile").read_text("utf-8")
    for target in re.findall(r"`?make ([a-z]+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def pictures(repository: Path) -> list[Path]:
    return sorted((repository / "docs" / "images").glob("*.svg"))


def test_pictures_fetch_nothing(repository: Path) -> None:
    assert len(pictures(repository)) >= 4
    for path in pictures(repository):
        drawn = path.read_text("utf-8")
        ElementTree.fromstring(drawn)
        names = re.findall(r"https?://[^\"' )]+", drawn)
        assert set(names) <= {"http://www.w3.org/2000/svg"}, path.name
        assert "@font-face" not in drawn


def test_pictures_are_aligned(repository: Path) -> None:
    """Each piece of text is as long as its cells, whatever the font."""
    for path in pictures(repository):
        found = re.findall(
            r'<text class="[^"]*-r\d+"[^>]* textLength="([\d.]+)"[^>]*>([^<]+)</text>',
            path.read_text("utf-8"),
        )
        assert found
        for length, text in found:
            plain = re.sub(r"&(amp|lt|gt|quot|#\w+);", "x", text)
            assert abs(float(length) - 12.2 * cell_width(plain)) < 0.1, (path.name, text)
