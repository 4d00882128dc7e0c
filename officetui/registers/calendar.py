"""Working days, rest days and moved working days (调休), and deadlines counted in them.

Source of the days: the State Council's yearly notices, as chinese_calendar holds them; the
office's own corrections come first. A year that neither knows is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal

from officetui.errors import Refused
from officetui.registers.record import countable
from officetui.text.i18n import _

DayType = Literal["workday", "rest", "holiday", "moved"]
DAY_TYPES: tuple[DayType, ...] = ("workday", "rest", "holiday", "moved")


_KEPT = 4096  # spans of days whose working days are remembered


class UnknownYear(Refused):
    """The calendar of that year has not been published, or not been entered yet."""

    def __init__(self, year: int, field: str = "") -> None:
        super().__init__(
            _("The working days of {year} are not known yet; enter them in the settings.").format(
                year=year
            ),
            field=field,
        )
        self.year = year


@cache
def _published(day: date) -> DayType:
    """What the published calendars say of a day; kept, because a board asks thousands of times.

    Raises UnknownYear.
    """
    import chinese_calendar

    try:
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        raise UnknownYear(day.year) from None
    if is_holiday:
        return "holiday" if name else "rest"
    return "moved" if day.weekday() >= 5 else "workday"


class WorkCalendar:
    """The office's calendar. `corrections`: ISO date to day type, from the settings."""

    def __init__(
        self, corrections: Mapping[str, str] | None = None, close: time = time(17, 30)
    ) -> None:
        self.corrections = dict(corrections or {})
        self.close = close
        self._between: dict[tuple[date, date], int] = {}  # a list asks it of every record

    def day_type(self, day: date) -> DayType:
        """What kind of day it is; raises UnknownYear."""
        corrected = self.corrections.get(day.isoformat())
        for known in DAY_TYPES:
            if corrected == known:
                return known
        return _published(day)

    def is_workday(self, day: date) -> bool:
        """Whether the office works; raises UnknownYear."""
        return self.day_type(day) in ("workday", "moved")

    def add_workdays(self, start: date, count: int) -> date:
        """The day `count` working days after `start` (GB practice: the first day is not counted).

        Raises UnknownYear when the count runs into an unknown year.
        """
        step = timedelta(days=1 if count >= 0 else -1)
        day, left = start, abs(count)
        while left:
            day += step
            if self.is_workday(day):
                left -= 1
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        known = self._between.get((start, end))
        if known is None:
            days = (end - start).days
            known = sum(self.is_workday(start + timedelta(days=n + 1)) for n in range(days))
            if len(self._between) > _KEPT:
                self._between.clear()
            self._between[start, end] = known
        return known

    def deadline(self, value: object) -> datetime | None:
        """A due cell as a naive local moment; a day without an hour means close of business."""
        if not isinstance(value, str) or not value or value.endswith("Z"):
            return None
        try:
            if "T" in value:
                found = datetime.fromisoformat(value)
            else:
                found = datetime.combine(date.fromisoformat(value), self.close)
        except ValueError:
            return None
        return found if found.tzinfo is None and countable(found) else None


def instant_of(local: datetime, zone: str) -> datetime:
    """A naive local moment of a zone (IANA name) as an aware instant.

    Where clocks change, a moment they skip is taken as many minutes later, and of one that comes
    twice the second is meant: a deadline is never earlier than the clock on the wall.
    """
    import pendulum  # only a day other than today asks this; not on the way to the first screen

    found = pendulum.instance(local.replace(fold=1), tz=zone)
    return datetime.fromtimestamp(found.timestamp(), UTC)


def day_type_words(kind: DayType) -> str:
    """A day type as the board shows it."""
    return {
        "workday": _("working day"),
        "rest": _("rest day"),
        "holiday": _("public holiday"),
        "moved": _("moved working day"),
    }[kind]


def lunar_words(day: date) -> str:
    """The lunar date (农历十月十二); "" outside the years the tables know (1901 to 2099)."""
    from lunardate import LunarDate

    if not date(1901, 1, 1) <= day <= date(2099, 12, 31):
        return ""  # beyond its tables the library answers nonsense
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    months = "正二三四五六七八九十冬腊"
    tens = ("初", "十", "廿", "三")
    digits = "十一二三四五六七八九"
    number = lunar.day
    word = {10: "初十", 20: "二十", 30: "三十"}.get(
        number, tens[number // 10] + digits[number % 10]
    )
    return ("闰" if lunar.is_leap_month else "") + months[lunar.month - 1] + "月" + word
