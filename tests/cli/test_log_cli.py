"""`officetui log` and `officetui figures`: what was done, read from another process."""

from __future__ import annotations

import json
from typing import Any

from tests.sheets import SHEETS


def test_the_day_as_sentences(office: Any) -> None:
    short = office.good("add", "documents", "收 县应急局 低温雨雪防范通知 #特急 ^今天17:00").strip()
    office.good("do", short, "propose", "proposal=请刘晓燕同志阅示")
    record = office.record(short)
    lines = office.good("log").splitlines()
    assert any("proposed for In 1: 请刘晓燕同志阅示" in line for line in lines)
    log = office.json("log")
    today = log["from"]
    assert log["to"] == today and log["records"] == []
    last = log["changes"][-1]
    assert last["id"] == record["id"] and last["register"] == "documents"
    assert last["action"] == "documents.propose" and last["state"] == "proposed"
    assert last["at"].endswith("Z") and last["count"] == 1 and last["undoes"] is None
    week, month = office.json("log", "--week"), office.json("log", "--month")
    assert week["from"] <= today <= week["to"] and month["from"].endswith("-01")
    assert [one["stamp"] for one in month["changes"]] == [one["stamp"] for one in log["changes"]]


def test_narrowed(office: Any) -> None:
    office.good("add", "documents", "收 县应急局 低温雨雪防范通知 ^今天17:00")
    office.good("add", "reception", "访 杨大爷 13900000283 低保没批下来")
    changes = office.json("log", "--register", "收")["changes"]
    assert {one["register"] for one in changes} == {"documents"} and changes
    user = changes[0]["user"]
    assert office.json("log", "--person", user)["changes"]
    assert office.json("log", "--person", "nobody")["changes"] == []
    assert office.json("log", "--unit", "nobody")["changes"] == []
    assert office("log", "--register", "weather").returncode == 1


def test_before_the_office_and_to_come(office: Any) -> None:
    office.good("add", "reception", "访 杨大爷 13900000283 低保没批下来")
    before = office("log", "--date", "1997-03-05", "--lang", "en")
    assert before.returncode == 0 and not before.stdout.strip()
    assert "books begin on" in before.stderr and "nothing is known" in before.stderr
    assert office.json("log", "--date", "1997-03-05")["begins"]
    assert "still to come" in office("log", "--date", "2999-01-01", "--lang", "en").stderr
    assert office("log", "--week", "--month").returncode == 2
    assert office("log", "--date", "the day it rained").returncode == 1


def test_figures_are_numbers_and_bars(office: Any) -> None:
    paper = office.good("add", "documents", "收 县应急局 低温雨雪防范通知 @赵强").strip()
    office.good("set", paper, f"due={office.json('log')['from']}")
    office.good("add", "reception", "访 杨大爷 13900000283 低保没批下来")
    numbers = office.json("figures")
    assert numbers["kind"] == "week" and len(numbers["spans"]) == 7
    assert sum(one["papers_in"] for one in numbers["spans"]) == 1
    assert numbers["visits"]["visit"] == 1
    assert sum(numbers["kept"]["documents"].values()) == 1
    month = office.json("figures", "--month")
    assert month["first"].endswith("-01") and set(month) == set(numbers)
    drawn = office.good("figures", "--lang", "zh_CN", COLUMNS="80")
    assert "收发文：收 1，发 0" in drawn and "# 1" in drawn
    assert all(len(line) <= 80 for line in drawn.splitlines())
    assert json.loads(office.good("figures", "--date", "1997-03-05", "--json"))["visits"]


def test_hostile_text_reaches_no_terminal(office: Any) -> None:
    office.good("add", "reception", "访 杨大爷 13900000283 低保\x1b]0;x\x07没批")
    assert "\x1b" not in office.good("log") and "\x1b" not in office.good("log", "--json")


def test_search_over_desk_and_books(office: Any) -> None:
    office.good("add", "documents", "收 县应急局 低温雨雪防范通知")
    rows = (
        "收文号,收文日期,来文单位,标题,办结日期\n77,1997-03-05,县林业局,森林防火旧通知,1997-03-06\n"
    )
    sheet = office.home.parent / "old.csv"
    sheet.write_text(rows, encoding="utf-8")
    office.good("import", str(sheet), "--register", "documents")
    (found,) = office.json("search", "低温雨雪")
    assert found["register"] == "documents" and found["title"].endswith("低温雨雪防范通知")
    assert found["heading"].startswith(("收", "In")) and found["year"] is None
    (old,) = office.json("search", "slfh")  # the initials of 森林防火
    assert old["recv_no"] == "77"
    assert [one["id"] for one in office.json("search", "森林", "县林业局")] == [old["id"]]
    assert [one["id"] for one in office.json("search", "森林", "--year", "1997")] == [old["id"]]
    assert office.json("search", "森林", "--year", "1998") == []
    printed = office.good("search", "森林", "--lang", "zh_CN")
    assert printed.splitlines()[0] == "公文" and "1997-03-05" in printed
    assert office.json("search", "没有这个词") == []
    assert office("search", "x").returncode == 1 and office("search").returncode == 2
    assert "\x1b" not in office.good("search", "\x1b[2J森林")


def test_the_days_of_an_imported_register(office: Any) -> None:
    """All journal lines are of today; the registers say what each day was."""
    office.good("import", str(SHEETS / "收文登记簿2026.xlsx"))
    papers = office.json("list", "documents")
    today = office.json("log")["from"]
    days = sorted({str(one["recv_at"])[:10] for one in papers} - {today})
    for day in (days[0], days[len(days) // 2]):
        log = office.json("log", "--date", day)
        wanted = {one["id"] for one in papers if str(one["recv_at"]).startswith(day)}
        assert wanted and wanted == {one["id"] for one in log["records"]}
        assert log["changes"] == []
