"""The day review in a real browser: printed on A4, read back as text, seen as an image."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from officetui.office.day_review import review
from officetui.report.review_files import write_review
from officetui.text.i18n import set_language
from tests.report.ordinary_day import EVENING, ordinary
from tests.ui.sample_office import found_office

pytestmark = pytest.mark.e2e

A4 = (595, 842)  # points


def printed(page: Path) -> Path:
    """The page as Chromium prints it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    pdf = page.with_suffix(".pdf")
    profile = page.parent / "profile"
    run = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", f"--user-data-dir={profile}",
         "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0 and pdf.exists(), run.stderr
    return pdf


def told(*command: str | Path) -> str:
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60)
    return run.stdout


def facts(pdf: Path) -> dict[str, str]:
    """What pdfinfo says of it."""
    lines = told("pdfinfo", pdf).splitlines()
    return {name.strip(): value.strip() for name, _sep, value in (x.partition(":") for x in lines)}


def grey(path: Path) -> tuple[int, int, bytes]:
    """Width, height and pixels of a binary PGM of 8 bits."""
    kind, width, height, most, pixels = path.read_bytes().split(maxsplit=4)
    found = int(width), int(height)
    assert (kind, most) == (b"P5", b"255")
    return *found, pixels[-found[0] * found[1] :]


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
def test_an_ordinary_day_is_one_page(office_home: Path, tmp_path: Path, language: str) -> None:
    set_language(language)
    office, made = ordinary(office_home)
    page = tmp_path / "day.html"
    write_review(office, made, page)
    pdf = printed(page)
    said = facts(pdf)
    assert said["Pages"] == "1"
    width, height = (float(word) for word in said["Page size"].split()[0:3:2])
    assert abs(width - A4[0]) < 2 and abs(height - A4[1]) < 2
    text = "".join(told("pdftotext", "-layout", pdf, "-").split())
    for words in ("清河镇党政办", "石桥村停水", "县征兵工作电视电话会议", "罗丹", "周例会"):
        assert words in text, words
    if language == "zh_CN":
        assert "移交事项" in text and "交班人何静" in text and "接班人罗丹" in text


def test_the_printed_page_is_no_blank_and_runs_over_no_edge(
    office_home: Path, tmp_path: Path
) -> None:
    """Its image: ink on the page, none in the margins."""
    set_language("zh_CN")
    office, made = ordinary(office_home)
    page = tmp_path / "day.html"
    write_review(office, made, page)
    told("pdftoppm", "-r", "50", "-gray", "-singlefile", printed(page), tmp_path / "day")
    width, height, pixels = grey(tmp_path / "day.pgm")
    rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
    dark = sum(value < 128 for value in pixels)
    assert 0.01 < dark / len(pixels) < 0.25
    margin = 14  # of 24 pixels that the style asks for
    assert min(map(min, rows[:margin])) > 200 and min(map(min, rows[-margin:])) > 200
    assert all(min(row[:margin]) > 200 and min(row[-margin:]) > 200 for row in rows)


def test_a_full_day_goes_on_with_its_heads_on_every_page(office_home: Path, tmp_path: Path) -> None:
    set_language("zh_CN")
    office = found_office(office_home)
    cells = [
        {"recv_no": 2000 + n, "recv_at": "2026-11-01T09:00", "from_org": "县政府办",
         "kind": "act", "state": "in_hand", "title": f"第{n}件", "owner": "何静",
         "due": "2026-11-20T07:00"}
        for n in range(90)
    ]  # fmt: skip
    from officetui.office import review_signing
    from officetui.office.office import New

    office.create_many([New("documents", one) for one in cells])
    review_signing.sign(office, office.today, EVENING, {}, carry=True)
    page = tmp_path / "day.html"
    write_review(office, review(office, office.today, EVENING), page)
    pdf = printed(page)
    pages = told("pdftotext", "-layout", pdf, "-").split("\f")
    assert int(facts(pdf)["Pages"]) > 1
    assert all("去向" in one for one in pages[:2])
    assert "第89件" in "".join(pages)  # what is handed over is there in full
