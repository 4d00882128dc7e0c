"""`officetui export`: what leaves the office as a file, read by somebody else's reader."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook


def _paper(office: Any) -> None:
    office.good("add", "documents", "县应急局 关于低温雨雪防范的通知 #特急 @李梅 ^11-25")


def _rows(path: Path, sheet: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(sheet).to_python()


def test_a_workbook_with_dates_as_dates(office: Any, tmp_path: Path) -> None:
    _paper(office)
    out = tmp_path / "收文.xlsx"
    office.good("--lang", "zh_CN", "export", "documents", "--out", str(out))
    heads, row = _rows(out)
    cells = dict(zip(heads, row, strict=True))
    assert cells["标题"] == "关于低温雨雪防范的通知"
    assert cells["缓急"] == "特急"
    assert isinstance(cells["期限"], datetime)
    assert isinstance(cells["收文日期"], date)
    assert out.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["收文.xlsx"]  # nothing is left beside it


def test_what_is_there_is_not_written_over(office: Any, tmp_path: Path) -> None:
    _paper(office)
    out = tmp_path / "a.csv"
    out.write_text("mine")
    run = office("export", "documents", "--out", str(out))
    assert (run.returncode, out.read_text()) == (1, "mine")
    assert "--replace" in run.stderr
    office.good("export", "documents", "--out", str(out), "--replace")
    assert "关于低温雨雪防范的通知" in out.read_text(encoding="utf-8-sig")


def test_an_ending_that_is_not_known_and_a_folder_that_is_not_there(
    office: Any, tmp_path: Path
) -> None:
    run = office("export", "documents", "--out", str(tmp_path / "a.pdf"))
    assert run.returncode == 1
    assert ".xlsx .csv" in run.stderr
    run = office("export", "documents", "--out", str(tmp_path / "none" / "a.csv"))
    assert run.returncode == 1


def test_phones_are_masked_unless_asked_for(office: Any) -> None:
    office.good("add", "reception", "访 杨大爷 13900000283 低保没批下来 @吴敏")
    masked = office.good("export", "reception", "--out", "-")
    assert "13900000283" not in masked
    assert "0283" in masked
    assert "13900000283" in office.good("export", "reception", "--out", "-", "--phones")


def test_nothing_a_person_typed_becomes_a_formula(office: Any, tmp_path: Path) -> None:
    office.good("add", "documents", "县应急局 关于一事的通知 @李梅")
    short = office.json("list", "documents")[0]["short"]
    office.good("set", short, 'title==HYPERLINK("http://example.org")', "note=+1\x1b[31m")
    rows = list(csv.reader(io.StringIO(office.good("export", "documents", "--out", "-"))))
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert cells["Title"] == '\'=HYPERLINK("http://example.org")'
    assert "\x1b" not in cells["Note"]
    out = tmp_path / "a.xlsx"
    office.good("export", "documents", "--out", str(out))
    assert "=HYPERLINK" in str(_rows(out)[1])
    with ZipFile(out) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_import_reads_it_again(office: Any, tmp_path: Path) -> None:
    _paper(office)
    before = office.json("list", "documents")[0]
    out = tmp_path / "a.xlsx"
    office.good("--lang", "zh_CN", "export", "documents", "--out", str(out))
    office.good("undo")
    office.good("import", str(out))
    after = office.json("list", "documents")[0]
    for cell in ("title", "from_org", "urgency", "owner", "due", "recv_no"):
        assert after[cell] == before[cell], cell


def test_only_what_was_asked_for(office: Any) -> None:
    _paper(office)
    assert office.good("export", "documents", "--out", "-", "--year", "1999").count("\n") == 1
    assert office.good("export", "documents", "--out", "-", "--open").count("\n") == 2
