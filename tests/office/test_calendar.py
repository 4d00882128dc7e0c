"""Working days with moved days, corrections, unknown years; places in lists."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.registers.calendar import UnknownYear, WorkCalendar, instant_of, lunar_words
from officetui.registers.order import between, row

KNOWN = st.dates(date(2024, 2, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 20), "workday"),
        (date(2026, 11, 21), "rest"),
        (date(2026, 10, 1), "holiday"),
        (date(2026, 10, 10), "moved"),
    ],
)
def test_day_types_of_2026(day: date, kind: str) -> None:
    assert WorkCalendar().day_type(day) == kind


def test_an_unknown_year_is_said_and_can_be_entered() -> None:
    with pytest.raises(UnknownYear, match="2031"):
        WorkCalendar().day_type(date(2031, 3, 3))
    assert WorkCalendar({"2031-03-03": "workday"}).is_workday(date(2031, 3, 3))


@given(KNOWN, st.integers(-15, 15))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    calendar = WorkCalendar()
    landed = calendar.add_workdays(day, count)
    if count > 0:
        assert calendar.is_workday(landed)
        assert calendar.workdays_between(day, landed) == count
    assert (landed > day) == (count > 0)


@given(KNOWN, KNOWN, KNOWN)
def test_counting_adds_up(one: date, two: date, three: date) -> None:
    one, two, three = sorted((one, two, three))
    count = WorkCalendar().workdays_between
    assert count(one, two) + count(two, three) == count(one, three)


def test_a_day_without_an_hour_means_close_of_business() -> None:
    calendar = WorkCalendar(close=time(17, 30))
    assert str(calendar.deadline("2026-11-20")) == "2026-11-20 17:30:00"
    assert str(calendar.deadline("2026-11-20T10:00")) == "2026-11-20 10:00:00"
    assert calendar.deadline("2月30日") is None
    assert calendar.deadline(20261120) is None


def test_lunar_date() -> None:
    assert lunar_words(date(2026, 11, 20)) == "十月十二"
    assert lunar_words(date(2026, 2, 17)) == "正月初一"
    assert lunar_words(date(2500, 1, 1)) == ""


@given(KNOWN)
def test_every_day_has_a_lunar_date(day: date) -> None:
    words = lunar_words(day)
    assert "月" in words
    assert lunar_words(day + timedelta(days=1)) != words


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_there_is_always_room_between_neighbours(choices: list[int]) -> None:
    places = row(3)
    for choice in choices:
        at = choice % (len(places) + 1)
        before = places[at - 1] if at else ""
        after = places[at] if at < len(places) else ""
        places.insert(at, between(before, after))
    assert places == sorted(set(places))
    assert row(3, places[-1])[0] > places[-1]


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-11-20T08:00", "Asia/Shanghai", "2026-11-20T00:00"),
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30"),  # skipped: 03:30 summer time
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T01:30"),  # twice: the second one
    ],
)
def test_local_moments_as_instants(local: str, zone: str, instant: str) -> None:
    found = instant_of(datetime.fromisoformat(local), zone)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)
