"""Dates and spans as an office says them, in three languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from officetui.text.i18n import set_language
from officetui.text.words import (
    date_words,
    day_words,
    due_words,
    full_date_words,
    held_words,
    minutes_words,
    moment_words,
    month_words,
    overdue_words,
    span_words,
    weekday_long,
    weekday_short,
)

NOW = datetime(2026, 11, 20, 7, 58)  # a Friday
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["yesterday", "today", "tomorrow", "Sun", "Thu", "11-27", "11-18", "2027-01-05"]),
        ("zh_CN", ["昨天", "今天", "明天", "周日", "周四", "11-27", "11-18", "2027-01-05"]),
        ("zh_TW", ["昨天", "今天", "明天", "週日", "週四", "11-27", "11-18", "2027-01-05"]),
    ],
)
def test_days(language: str, words: list[str]) -> None:
    set_language(language)
    days = [TODAY + timedelta(days=n) for n in (-1, 0, 1, 2, 6, 7, -2)] + [date(2027, 1, 5)]
    assert [day_words(day, TODAY) for day in days] == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Fri", "Friday", "20 November 2026", "Friday 20 November 2026", "November 2026"]),
        ("zh_CN", ["周五", "星期五", "2026年11月20日", "2026年11月20日 星期五", "2026年11月"]),
        ("zh_TW", ["週五", "星期五", "2026年11月20日", "2026年11月20日 星期五", "2026年11月"]),
    ],
)
def test_dates(language: str, words: list[str]) -> None:
    set_language(language)
    said = [
        f(TODAY) for f in (weekday_short, weekday_long, date_words, full_date_words, month_words)
    ]
    assert said == words


@pytest.mark.parametrize(
    ("due", "english", "chinese"),
    [
        (datetime(2026, 11, 20, 17, 30), "today 17:30", "今天17:30"),
        (datetime(2026, 11, 21, 9, 0), "tomorrow 09:00", "明天09:00"),
        (datetime(2026, 11, 25, 15, 0), "Wed 15:00", "周三15:00"),
        (datetime(2026, 12, 4, 12, 0), "12-04 12:00", "12-04 12:00"),
        (date(2026, 11, 20), "today", "今天"),
        (date(2026, 12, 4), "12-04", "12-04"),
    ],
)
def test_deadlines(due: datetime | date, english: str, chinese: str) -> None:
    assert due_words(due, NOW) == english
    set_language("zh_CN")
    assert due_words(due, NOW) == chinese


@pytest.mark.parametrize(
    ("since", "english", "chinese"),
    [
        (NOW - timedelta(seconds=20), "new", "新"),
        (NOW - timedelta(minutes=5), "5 min", "5分钟"),
        (NOW - timedelta(hours=1), "1 hour", "1小时"),
        (NOW - timedelta(hours=15), "15 hours", "15小时"),
        (datetime(2026, 11, 18, 17, 0), "2 days", "2天"),
        (datetime(2026, 11, 7, 9, 0), "13 days", "13天"),
    ],
)
def test_how_long_somebody_holds_it(since: datetime, english: str, chinese: str) -> None:
    assert held_words(since, NOW) == english
    set_language("zh_CN")
    assert held_words(since, NOW) == chinese


@pytest.mark.parametrize(
    ("due", "english", "chinese"),
    [
        (date(2026, 11, 20), "", ""),
        (date(2026, 11, 18), "2 days late", "逾2天"),
        (datetime(2026, 11, 20, 7, 58), "", ""),
        (datetime(2026, 11, 20, 4, 0), "3 hours late", "逾3小时"),
        (datetime(2026, 11, 19, 17, 30), "1 day late", "逾1天"),
    ],
)
def test_how_late_it_is(due: datetime | date, english: str, chinese: str) -> None:
    assert overdue_words(due, NOW) == english
    set_language("zh_CN")
    assert overdue_words(due, NOW) == chinese


def test_spans_and_moments() -> None:
    set_language("zh_TW")
    assert span_words(timedelta(hours=-2, minutes=-59)) == "2小時"
    assert span_words(timedelta(0)) == "1分鐘"
    assert moment_words(datetime(2026, 11, 20, 7, 51), NOW) == "07:51"
    assert moment_words(datetime(2026, 11, 19, 17, 51), NOW) == "昨天 17:51"


def test_minutes_as_people_say_them() -> None:
    said = {29: "29分钟", 60: "1小时", 107: "1小时47分", 120: "2小时"}
    set_language("zh_CN")
    assert {n: minutes_words(n) for n in said} == said
    set_language("en")
    assert [minutes_words(n) for n in (1, 89)] == ["1 minute", "1 h 29 min"]
