"""Who holds what, and the texts that urge, on standard output."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def late(office: Any) -> str:
    """The short id of a paper long overdue."""
    line = "收 县应急局 关于低温雨雪防范的通知 @李梅"
    paper = str(office.good("add", "documents", line)).strip()
    office.good("do", paper, "assign", "owner=何静")
    office.good("set", paper, "due=2026-01-05", "recv_at=2026-01-02")
    return paper


def test_what_waits_on_whom(office: Any, late: str) -> None:
    office.good("add", "documents", "收 县委办 关于巡察的通知")
    office.good("do", late, "urge", "method=电话", "answer=周一报", "promised=2099-01-05")
    (nobody, held) = office.json("list", "waiting", "--json")
    assert nobody["person"] is None and nobody["count"] == 1
    assert (held["person"], held["count"], held["late"]) == ("何静", 1, 1)
    (one,) = held["items"]
    assert one["register"] == "documents" and one["short"] == late
    assert (one["urged"], one["answer"], one["promised"]) == (1, "周一报", "2099-01-05")
    assert one["overdue"] and one["days_late"] > 100 and one["days_held"] is not None
    run = office("list", "waiting")
    assert "何静" in run.stdout and "1 late" in run.stdout and "nobody" in run.stdout
    assert "2 open, held by 1" in run.stderr


def test_a_message_is_printed_and_nothing_is_recorded(office: Any, late: str) -> None:
    run = office("--lang", "zh_CN", "message", late)
    assert run.returncode == 0
    assert run.stdout.startswith("【催办】何静同志：县应急局《关于低温雨雪防范的通知》（收文1号）")
    assert run.stdout.count("\n") == 1 and "____" in run.stdout
    assert "duty_phone" in run.stderr
    assert office.good("--lang", "zh_CN", "message", late, "--again").startswith("【第2次催办】")
    assert office.json("show", late, "--json")["children"].get("urgings", []) == []
    assert office("message", "nosuch").returncode == 1


def test_several_make_one_text_for_each_holder(office: Any, late: str) -> None:
    other = office.good("add", "documents", "收 县委办 关于巡察的通知 @罗丹").strip()
    both = office.good("message", late, other)
    assert both.count("[Reminder] ") == 2 and "\n\n" in both
    office.good("do", other, "assign", "owner=何静")
    assert office.good("message", late, other).count("[Reminder] ") == 1


def test_the_offices_own_text(office: Any, late: str) -> None:
    office.good("set", "settings:messages", 'value={"urge_late":"请{to}速报{number}。{signature}"}')
    assert office.good("message", late) == "请何静速报incoming paper no. 1。清河镇党政办\n"
    run = office("set", "settings:messages", 'value={"urge":"{to} {phone_number}"}')
    assert run.returncode == 1
    assert "does not know {phone_number}" in run.stderr and "{phone}" in run.stderr
    assert office.good("message", late).startswith("请何静")


def test_there_is_no_message_for_people(office: Any) -> None:
    person = office.good("add", "people", "人 罗丹 综治办").strip()
    run = office("message", person)
    assert run.returncode == 1
    assert "no message" in run.stderr
    assert run.stdout == ""
