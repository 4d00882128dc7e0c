"""A day, a week or a month of the calendar: its days, and the one before or after."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

from officetui.registers.record import FIRST_YEAR, LAST_YEAR
from officetui.text.i18n import N_, _
from officetui.text.words import day_words, full_date_words, month_words

Kind = Literal["day", "week", "month"]
KINDS: Final[tuple[Kind, ...]] = ("day", "week", "month")
LABELS: Final = {"day": N_("the day"), "week": N_("the week"), "month": N_("the month")}
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def days_of(kind: Kind, day: date) -> tuple[date, date]:
    """The first and the last day of the day, week (from Monday) or month that `day` lies in."""
    day = min(max(day, _FIRST), _LAST)
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if kind == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day


def stepped(kind: Kind, day: date, by: int) -> date:
    """A day of the period `by` further on; it stays within the years that can be counted with."""
    first, last = days_of(kind, day)
    for _turn in range(abs(by)):
        first, last = days_of(kind, last + timedelta(days=1) if by > 0 else first - timedelta(1))
    return min(max(first, _FIRST), _LAST)


def words(kind: Kind, day: date, today: date) -> str:
    """A period as a title says it: 2026年11月20日 星期五 今天, 2026-11-16 至 11-22, 2026年11月."""
    first, last = days_of(kind, day)
    if kind == "month":
        return month_words(first)
    if kind == "week":
        end = f"{last:%m-%d}" if last.year == first.year else last.isoformat()
        return _("{start} to {end}").format(start=first.isoformat(), end=end)
    near = f" {day_words(day, today)}" if abs((day - today).days) < 2 else ""
    return full_date_words(day) + near
