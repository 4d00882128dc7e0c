"""When something lasts: the naive local hours between a start and an end as offices write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from officetui.registers.record import Record

# How long something without an end is taken to last.
USUAL = timedelta(hours=1, minutes=30)
_DAY = timedelta(days=1)

Hours = tuple[datetime, datetime]


def start_cell(register: str) -> str:
    """The cell of a register that says when something begins."""
    return "at" if register == "errands" else "start"


def begins(record: Record) -> datetime | None:
    """The naive local moment at which something begins; None for a day without an hour."""
    return record.moment(start_cell(record.register))


def span(record: Record, start: str = "", end: str = "end") -> Hours | None:
    """The naive local hours of a record, the end never before the start; None without a start.

    A start without an hour is the beginning of its day, an end without one the end of its day.
    What has no end lasts its day or, from an hour on, `USUAL`; so does what would end before it
    begins, or at the same moment.
    """
    start = start or start_cell(record.register)
    first = record.day(start)
    if first is None:
        return None
    at = record.moment(start)
    ends = record.moment(end)
    last = record.day(end)
    if ends is None and last is not None:
        ends = datetime.combine(last, time.min) + _DAY
    if at is None:
        at = datetime.combine(first, time.min)
        return at, ends if ends is not None and ends > at else at + _DAY
    return at, ends if ends is not None and ends > at else at + USUAL


def days(record: Record, start: str = "", end: str = "end") -> tuple[date, date] | None:
    """The first and the last day that a record touches."""
    hours = span(record, start, end)
    if hours is None:
        return None
    return hours[0].date(), (hours[1] - timedelta(microseconds=1)).date()


def ends_before_start(start: object, end: object) -> bool:
    """Whether an end as typed lies before its start: days are compared where one has no hour."""
    if not (isinstance(start, str) and isinstance(end, str) and start and end):
        return False
    if "T" in start and "T" in end:
        return end <= start
    return end[:10] < start[:10]


def words(record: Record) -> str:
    """The hours as a sheet shows them, in 17 cells where they are full hours: 11-20 09:00-11:00,
    11-23/11-25, 11-23 22/11-24 06."""
    first, last = record.day(start_cell(record.register)), record.day("end")
    if first is None:
        return ""
    at, ends = begins(record), record.moment("end")
    if last is None or last == first:
        hours = f"{at:%H:%M}" if at is not None else ""
        if at is not None and ends is not None and ends > at:
            hours += f"-{ends:%H:%M}"
        return f"{first:%m-%d} {hours}".rstrip()
    return f"{_dated(first, at)}/{_dated(last, ends)}"


def _dated(day: date, moment: datetime | None) -> str:
    """A day with its hour, the minutes only where there are some."""
    if moment is None:
        return f"{day:%m-%d}"
    return f"{moment:%m-%d %H:%M}".removesuffix(":00")
