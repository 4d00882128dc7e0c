"""The day review as files: golden files, hostile texts, what is refused."""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from python_calamine import load_workbook

from officetui.errors import Refused
from officetui.office import review_signing
from officetui.office.clock import FixedClock
from officetui.office.day_review import DayReview, review
from officetui.office.office import Office
from officetui.report import review as document
from officetui.report.review_files import save_review, write_review
from officetui.report.review_html import as_html
from officetui.report.review_markdown import as_markdown
from officetui.report.review_text import review_text
from officetui.text.i18n import set_language
from tests.report.ordinary_day import EVENING, GOLDEN, documents, ordinary
from tests.ui.sample_office import MORNING, found_office

Made = tuple[Office, DayReview]
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> | **粗** `x` [链](http://x.y)\x1b[31m"
    "\u202e &amp; =HYPERLINK(1)\n# 标题\n1. 项"
)


@pytest.fixture
def made(office_home: Path) -> Made:
    return ordinary(office_home)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_golden(office_home: Path, language: str) -> None:
    """Made anew by `python -m tests.report.ordinary_day`, and read before they are committed."""
    set_language(language)
    office, made = ordinary(office_home)
    for name, text in documents(office, made).items():
        assert text == (GOLDEN / f"{language}.{name}").read_text(encoding="utf-8"), name


class Tags(HTMLParser):
    """What an HTML file consists of: its tags, their attributes, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.values += [value or "" for _name, value in attrs]
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(made: DayReview) -> DayReview:
    """A review in which every text that people type is hostile."""

    def turned(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            return {key: turned(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [turned(one, name) for one in value]
        kept = ("date", "half", "made_at", "at", "due", "signed_at", "accepted_at", "how", "state")
        typed = isinstance(value, str) and value and name not in kept
        return f"{HOSTILE}{value}" if typed else value

    found = turned(msgspec.to_builtins(made))
    assert isinstance(found, dict)
    return msgspec.convert(found, DayReview)


def test_the_html_needs_nothing_else_and_holds_no_foreign_markup(made: Made) -> None:
    office, day = made
    plain, bad = Tags(as_html(day)), Tags(as_html(hostile(day)))
    assert not plain.open and not bad.open
    assert bad.tags == plain.tags and bad.attributes == plain.attributes
    assert bad.tags.isdisjoint({"script", "img", "link", "iframe", "a", "object"})
    for text in (as_html(day), as_html(hostile(day)), documents(office, day)["day.html"]):
        for one in re.findall(r"<[^>]+>", text):
            assert "://" not in one and "src=" not in one and "href=" not in one, one
        assert "@import" not in text and "\x1b" not in text and "\u202e" not in text
        assert not re.search(r"url\((?!#)", text)
    assert "<script>alert(1)</script>" in bad.text  # all of it, as text
    styles = as_html(day)
    assert "Noto Sans CJK SC" in styles and "@page{size:A4" in styles and "@media print" in styles


def test_the_markdown_holds_no_foreign_markup(made: Made) -> None:
    text = as_markdown(hostile(made[1]))
    for line in text.splitlines():
        bare = re.sub(r"\\.", "", line)
        assert "<" not in bare.replace("<br>", "") and "`" not in bare and "[" not in bare, line
        assert not re.search(r"\*|://|\x1b|\u202e", bare), line
    rows = [line for line in text.splitlines() if line.startswith("|")]
    heads = {len(re.sub(r"\\.", "", row).split("|")) for row in rows}
    assert heads <= {4, 5, 6, 7}  # no cell was broken into two
    assert not any(line.startswith(("1. ", "# 标")) for line in text.splitlines())


def test_the_workbook_is_a_page_and_lists_of_text(made: Made, tmp_path: Path) -> None:
    office, day = made
    path = tmp_path / "日清.xlsx"
    formula = "=cmd|' /C calc'!A0"
    bad = msgspec.structs.replace(hostile(day), note=formula, office=formula)
    write_review(office, bad, path)
    read = load_workbook(path).get_sheet_by_index(0).to_python()
    assert sum(str(cell).startswith("=cmd") for row in read for cell in row) == 2  # as text
    with zipfile.ZipFile(path) as parts:
        sheets = {name: parts.read(name).decode() for name in parts.namelist() if "sheets/" in name}
    page = next(text for name, text in sheets.items() if name.endswith("sheet1.xml"))
    assert all("<f>" not in text and "<hyperlink" not in text for text in sheets.values())
    assert 'paperSize="9"' in page and 'orientation="portrait"' in page and "<pageSetup" in page
    assert 'fitToWidth="1"' in page or "<pageSetUpPr fitToPage" in page
    write_review(office, day, tmp_path / "b.xlsx")
    rows = load_workbook(tmp_path / "b.xlsx").get_sheet_by_index(0).to_python()
    told = "\n".join(str(cell) for row in rows for cell in row)
    for words in ("等水厂回话", "石桥村停水", "罗丹", "何静", "15096478029", "王建国", "周例会"):
        assert words in told, words


def test_what_both_sides_sign_says_all_of_it(office_home: Path) -> None:
    """Before it is signed the lines are for ink; the carried are there by name and number."""
    office, day = ordinary(office_home, accepted=False)
    giving, taking = document.parties(day)
    assert giving.named == "何静" and "李梅" in giving.signed
    assert taking.named == "罗丹" and taking.signed == ""
    assert document.carried_words(day) == "2 matters handed over"
    carried = next(one for one in document.page(day) if one.id == "carried")
    assert len(carried.rows) == 3 and "王建国" in carried.rows[2][2]
    inputs = {"accepted_by": "罗丹", "accepted_how": "paper"}
    review_signing.accept(office, office.today, EVENING, inputs)
    taking = document.parties(review(office, office.today, EVENING))[1]
    assert "罗丹" in taking.signed and "on paper" in taking.signed


def test_a_full_day_is_cut_on_the_page_and_whole_in_the_lists(office_home: Path) -> None:
    office = found_office(office_home)
    office.watch = FixedClock(MORNING + timedelta(hours=9, minutes=28))
    day = review(office, office.today, EVENING)
    section = next(one for one in document.page(day) if one.id == "asked")
    assert section.cut > 0
    text = as_html(day)
    head, _sep, lists = text.partition("<details>")
    assert f"{section.cut} more, in the list below" in head
    for one in day.asked:
        assert one.title in lists


def test_a_day_before_the_office_is_one_sentence(office_home: Path, tmp_path: Path) -> None:
    office = found_office(office_home)
    day = review(office, date(2001, 1, 1))
    for text in (as_markdown(day), as_html(day)):
        assert "2026-11-20" in text and "Signature" not in text
    write_review(office, day, tmp_path / "x.xlsx")


def test_another_ending_and_a_file_that_is_there_are_refused(made: Made, tmp_path: Path) -> None:
    office, day = made
    with pytest.raises(Refused) as refused:
        write_review(office, day, tmp_path / "day.pdf")
    assert all(one in refused.value.message for one in (".html", ".md", ".xlsx"))
    path = tmp_path / "day.md"
    path.write_text("mine")
    with pytest.raises(Refused):
        write_review(office, day, path)
    assert path.read_text() == "mine" and list(tmp_path.iterdir()) == [path]
    write_review(office, day, path, replace=True)
    assert "石桥村停水" in path.read_text() and list(tmp_path.iterdir()) == [path]
    with pytest.raises(OSError):
        write_review(office, day, tmp_path / "none" / "day.html")


def test_each_saved_file_has_a_name_of_its_own(made: Made, tmp_path: Path) -> None:
    office, day = made
    folder = tmp_path / "handovers"
    names = [save_review(office, day, "html", folder).name for _n in range(2)]
    assert names == ["2026-11-20-evening.html", "2026-11-20-evening-2.html"]
    assert (folder / names[0]).stat().st_mode & 0o077 == 0


def test_a_past_day_is_the_one_that_was_signed_and_says_what_changed_since(
    office_home: Path,
) -> None:
    office, signed = ordinary(office_home)
    day = office.today
    office.watch = FixedClock(MORNING + timedelta(days=4))
    reported = next(one for one in office.records("documents") if one.text("recv_no") == "770")
    office.do([reported], "close", {"result": "已报"})
    made = review(office, day)
    before = {one.id: one.rows for one in document.page(signed)}
    after = {one.id: one.rows for one in document.page(made)}
    for same in ("note", "checks", "done"):
        assert after.get(same) == before.get(same), same
    carried = [row[1:4] for row in after["carried"]]
    assert carried == [row[1:4] for row in before["carried"]]
    assert after["carried"][2][-1] == "closed since"
    assert any("In 770" in " ".join(row) for row in after["since"])
    assert "Changed after the signature" in as_markdown(made)
    assert document.parties(made)[1] == document.parties(signed)[1]


def test_a_day_that_nobody_signed_says_how_it_ended(office_home: Path) -> None:
    office = found_office(office_home)
    office.watch = FixedClock(MORNING + timedelta(hours=9, minutes=28))
    day = office.today
    due = [one for one in review(office, day, "evening").asked if one.register == "documents"]
    first = office.get(due[0].ref)
    assert first is not None
    office.watch = FixedClock(MORNING + timedelta(days=4))
    office.do([first], "close", {"result": "已报"})
    office.watch = FixedClock(MORNING + timedelta(days=40))
    made = review(office, day)
    section = next(one for one in document.page(made) if one.id == "asked")
    assert section.title.endswith("due by that evening, and how they ended")
    rows = {row[0]: row[-1] for row in section.rows}
    assert next(said for name, said in rows.items() if due[0].title in name) == (
        "closed on 2026-11-24"
    )
    assert {row[-1] for row in section.rows} >= {"still open"}
    for text in (as_markdown(made), as_html(made), review_text(made, 80)):
        assert "closed on 2026-11-24" in text
