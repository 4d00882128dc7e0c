"""`officetui review`: read it, answer it, sign it and accept it without the app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

EVENING = ("--half", "evening")


@pytest.fixture
def due(office: Any) -> str:
    """The short id of a paper that was due two days ago."""
    day = (datetime.now(UTC) + timedelta(hours=8)).date() - timedelta(days=2)
    short = str(office.good("add", "documents", "县应急局 关于报送材料的通知 @李梅").strip())
    office.good("set", short, f"due={day.isoformat()}")
    return short


def test_it_is_printed_and_given_as_json(office: Any, due: str) -> None:
    text = office.good("review", *EVENING)
    assert "1 to be answered" in text and due in text and "not signed" in text
    assert "Four checks" in text and "Documents" in text
    made = office.json("review", *EVENING)
    assert [one["kind"] for one in made["asked"]] == ["overdue"]
    assert made["half"] == "evening"
    assert {check["id"] for check in made["checks"]} == {"stalled", "piled", "errors", "visitors"}
    assert sum(len(group["rows"]) for group in made["done"]) >= 2


def test_signing_with_matters_unanswered_asks_then_carries_them(office: Any, due: str) -> None:
    refused = office("review", *EVENING, "--sign")
    assert refused.returncode == 1
    assert "1 matter has no answer" in refused.stderr and "--carry" in refused.stderr
    assert office.json("list", "reviews") == []
    signed = office("review", *EVENING, "--sign", "--carry", "--note", "盯着水厂")
    assert signed.returncode == 0 and "1 matter carried to the night" in signed.stderr
    (found,) = office.json("list", "reviews")
    assert (found["state"], found["signed_by"], found["note"]) == ("signed", "李梅", "盯着水厂")
    again = office("review", *EVENING, "--sign", "--carry")
    assert again.returncode == 1 and "already" in again.stderr
    taken = office("review", *EVENING, "--accepted-by", "罗丹", "--how", "phone")
    assert taken.returncode == 0
    text = office.good("review", *EVENING)
    assert "罗丹 accepted" in text and "by phone, noted by 李梅" in text
    office.good("undo")
    assert office.json("list", "reviews")[0]["state"] == "signed"


def test_a_matter_goes_to_the_night_or_to_the_leader(office: Any, due: str) -> None:
    office.good("review", *EVENING, "--hand-over", due, "--reason", "等回话")
    made = office.json("review", *EVENING)
    assert made["asked"] == []
    assert [(one["how"], one["reason"]) for one in made["carried"]] == [("night", "等回话")]
    office.good("undo")
    nobody = office("review", *EVENING, "--reported", due)
    assert nobody.returncode == 1 and "--to NAME" in nobody.stderr
    office.good("review", *EVENING, "--reported", due, "--to", "王建国")
    (told,) = office.json("review", *EVENING)["carried"]
    assert (told["how"], told["to"]) == ("reported", "王建国")
    assert office("review", *EVENING, "--sign").returncode == 0


def test_days_the_office_does_not_know(office: Any) -> None:
    assert "Nothing was recorded yet" in office.good("review", "--date", "2001-01-01")
    assert "0 to be answered" in office.good("review", *EVENING)
    office.good("add", "documents", "县应急局 关于报送材料的通知")
    assert "The office begins on" in office.good("review", "--date", "2001-01-01")
    assert "not come yet" in office.json("review", "--date", "2099-01-01")["said"]
    assert office("review", "--date", "2月30日").returncode == 1
    assert office("review", "--half", "noon").returncode == 2


def test_one_thing_is_done_at_a_time(office: Any, due: str) -> None:
    for options in (("--sign", "--hand-over", due), ("--reported", due, "--hand-over", due)):
        run = office("review", *EVENING, *options, "--to", "王建国")
        assert run.returncode == 2 and "one at a time" in run.stderr
    assert office.json("list", "reviews") == []


def test_days_far_off_are_only_read(office: Any, due: str) -> None:
    for day in ("1999-01-01", "2100-01-01"):
        for options in (("--note", "x"), ("--hand-over", due), ("--sign", "--carry")):
            run = office("review", "--date", day, *options)
            assert run.returncode == 1, options
    assert office.json("list", "reviews") == []
    assert "no such day" in office("review", "--date", "2026-02-30").stderr
    for day in ("0001-01-01", "9999-12-31"):
        office.good("review", "--date", day)
        office.good("log", "--date", day, "--month")


def test_only_matters_are_handed_over(office: Any, due: str) -> None:
    office.good("review", *EVENING, "--note", "x")
    (day,) = office.json("list", "reviews")
    office.good("add", "people", "罗丹 综治办")
    (person,) = office.json("list", "people")
    for short in (day["short"], person["short"]):
        for option in ("--hand-over", "--reported"):
            run = office("review", *EVENING, option, short, "--to", "王建国")
            assert run.returncode == 1 and "no matter" in run.stderr
    assert office.json("review", *EVENING)["carried"] == []


def test_what_a_sheet_brought_is_one_line_and_nobodys_work(office: Any, tmp_path: Any) -> None:
    office.good("add", "documents", "县应急局 关于报送材料的通知 @李梅")
    sheet = tmp_path / "收文登记簿.csv"
    rows = "".join(f"2026-06-{n:02},县委办,关于第{n}次检查的通知\n" for n in range(1, 13))
    sheet.write_text("收文日期,来文单位,文件标题\n" + rows, encoding="utf-8")
    office.good("import", str(sheet), "--register", "documents")
    made = office.json("review", *EVENING)
    assert [(one["name"], one["count"]) for one in made["by_register"]] == [("Documents", 1)]
    assert sum(one["count"] for one in made["by_person"]) == 1
    imported = [row for one in made["done"] for row in one["rows"] if row["imported"]]
    assert [(row["heading"], row["n"]) for row in imported] == [("Documents 12 records", 12)]
    text = office.good("review", *EVENING)
    assert "imported Documents 12 records" in text and "关于第3次检查" not in text
    assert "1 change" in text and "13 changes" not in text
