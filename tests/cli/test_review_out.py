"""`officetui review --out`: by the ending of the name, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_out_by_its_ending(office: Any, tmp_path: Path) -> None:
    for name in ("a.md", "a.html", "a.xlsx", "b.HTML"):
        run = office("review", "--half", "evening", "--out", str(tmp_path / name))
        assert run.returncode == 0 and run.stdout == "" and name in run.stderr, run.stderr
        assert (tmp_path / name).stat().st_size > 500
    assert "Signatures" in (tmp_path / "a.md").read_text()
    assert (tmp_path / "a.html").read_text().startswith("<!DOCTYPE html>")


def test_what_is_refused(office: Any, tmp_path: Path) -> None:
    run = office("review", "--out", str(tmp_path / "a.pdf"))
    assert run.returncode == 1 and ".html" in run.stderr and not list(tmp_path.iterdir())
    mine = tmp_path / "a.md"
    mine.write_text("mine")
    run = office("review", "--out", str(mine))
    assert run.returncode == 1 and "--replace" in run.stderr and mine.read_text() == "mine"
    office.good("review", "--out", str(mine), "--replace")
    assert "mine" not in mine.read_text() and list(tmp_path.iterdir()) == [mine]
    run = office("review", "--out", str(tmp_path / "none" / "a.md"))
    assert run.returncode == 1


def test_signing_and_writing_in_one_go(office: Any, tmp_path: Path) -> None:
    office.good("review", "--half", "evening", "--sign", "--carry", "--out", str(tmp_path / "a.md"))
    text = (tmp_path / "a.md").read_text()
    assert "________________" in text  # the other side is still to sign


def test_a_day_before_the_office(office: Any, tmp_path: Path) -> None:
    office.good("review", "--date", "2001-01-01", "--out", str(tmp_path / "a.md"))
    assert (
        "begins on" in (tmp_path / "a.md").read_text()
        or "Nothing was recorded" in (tmp_path / "a.md").read_text()
    )
