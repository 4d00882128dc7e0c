"""The date grammar: what people write for days, hours and deadlines, Chinese and English.

Everything is relative to a naive local `now` of the office. Nothing here raises on any text:
what cannot be read is a `Moment` with a problem, and the text is the caller's to keep.
Our own, because the general libraries read 11-25 as the year 2111 and miss most Chinese forms.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.errors import Refused
from officetui.intake import moment_days as days
from officetui.intake import moment_hours as clock
from officetui.intake.folding import NUMBER, fold, number
from officetui.text.i18n import _
from officetui.text.words import weekday_long

if TYPE_CHECKING:
    from officetui.registers.calendar import WorkCalendar

LONGEST: Final = 2000  # a longer text is no date, and looking costs time at every key


class Remark(msgspec.Struct, frozen=True):
    """Something a person should notice: guessed, weekend, today, passed, weekday, assumed."""

    code: str
    text: str


class Moment(msgspec.Struct, frozen=True):
    """What was read. `value` and `end` are "2026-11-20T10:00" or "2026-11-20", local, or "".

    `start` and `stop` are the place in the text. `basis` says how a deadline was counted:
    "working days", "calendar days", "minutes", or "" for a named moment. `problem` is one of
    no_such_day, no_such_time, passed, unknown_year, end_before_start, unreadable; `text` says it.
    """

    value: str = ""
    end: str = ""
    basis: str = ""
    remarks: tuple[Remark, ...] = ()
    problem: str = ""
    text: str = ""
    start: int = 0
    stop: int = 0
    dated: bool = False  # a day was named, not only an hour
    timed: bool = False  # an hour was named
    before: bool = False  # 前, by: it is a deadline
    all_day: bool = False

    def due(self, calendar: WorkCalendar) -> str:
        """As a deadline: a day without an hour means close of business."""
        found = calendar.deadline(self.value)
        return found.isoformat(timespec="minutes") if found else ""


def read(text: str, now: datetime, calendar: WorkCalendar, *, past: bool = False) -> Moment:
    """The moment that the whole text says. `past`: what has happened already may be meant."""
    folded = fold(text[:LONGEST])
    begin = clock.skip_opening(folded)
    found = match(folded, begin, now, calendar, past=past) if len(text) <= LONGEST else None
    if found is None or folded[found.stop :].strip(" .。，,") or not text.strip():
        return _unreadable(text)
    return found


def match(
    folded: str,
    at: int,
    now: datetime,
    calendar: WorkCalendar,
    *,
    past: bool = False,
    strict: bool = False,
) -> Moment | None:
    """The longest moment that begins at `at` of a folded text; None when none does.

    `strict` is for running text: no bare spans (石桥村停水两天), no numbers of rooms or papers.
    """
    if at >= len(folded):
        return None
    try:
        span = _span(folded, at, now, calendar, strict)
        if span is not None:
            return span
        return _named(folded, at, now, calendar, past, strict)
    except (ValueError, OverflowError):
        return _wrong("no_such_day", folded, at, len(folded))


def scan(text: str, now: datetime, calendar: WorkCalendar, *, past: bool = False) -> list[Moment]:
    """The moments named in running text, in their order, without overlap."""
    folded = fold(text[:LONGEST])
    found: list[Moment] = []
    at = 0
    while start := days.beginnings().search(folded, at):
        begin = start.start()
        moment = match(folded, begin, now, calendar, past=past, strict=True)
        if moment is None or moment.stop <= begin:
            at = begin + 1
        else:
            found.append(moment)
            at = moment.stop
    return found


def _wrong(code: str, folded: str, start: int, stop: int, text: str = "") -> Moment:
    typed = folded[start:stop].strip()
    said = text or {
        "no_such_day": _("There is no such day: {text}."),
        "no_such_time": _("There is no such time: {text}."),
        "end_before_start": _("It ends before it begins: {text}."),
    }[code].format(text=typed[:40])
    return Moment(problem=code, text=said, start=start, stop=stop)


def _unreadable(text: str) -> Moment:
    said = _("“{text}” is no date that can be read. Write 11-25, 周五, 明天15:00, 3d.")
    return Moment(problem="unreadable", text=said.format(text=text.strip()[:40]), stop=len(text))


# --- spans: 3天, 3个工作日, 30分钟 ---------------------------------------------------------


@cache
def _spans() -> re.Pattern[str]:
    unit = (
        "(?P<work>个?工作日|wd|w\\.?d\\.?|working ?days?|workdays?)"
        "|(?P<day>天|日(?=之?内|以内)|d|days?)"
        "|(?P<week>个?(?:周|星期|礼拜)(?![一二三四五六日天末])|w|weeks?)"
        "|(?P<month>个月|months?)"
        "|(?P<hour>个?(?:小时|钟头)|h|hours?|hrs?)"
        "|(?P<minute>分钟?|m|min|mins|minutes?)"
    )
    return re.compile(
        f"(?:in )?(?P<n>半|{NUMBER})(?P<half>个半)? ?(?:{unit})(?P<half2>半)?(?![a-z0-9])"
        "(?P<suffix> ?(?:之内|以内|内|之?后|以后))?(?P<before>前|之前|以前)?"
    )


def _span(
    folded: str, at: int, now: datetime, calendar: WorkCalendar, strict: bool
) -> Moment | None:
    found = _spans().match(folded, at)
    if found is None:
        return None
    if strict and not (found["suffix"] or found["work"] or _alone(folded, at, found.end())):
        return None
    half = found["n"] == "半"
    count = 0 if half else number(found["n"])
    if count is None:
        return None
    more = half or bool(found["half"] or found["half2"])
    whole = found["work"] or found["day"]
    if whole and more:
        return None  # half a day is no deadline anybody could check
    stop = found.end()
    if found["hour"] or found["minute"]:
        minutes = count * 60 + 30 * more if found["hour"] else count
        moment = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        return Moment(
            _isoformat(moment), basis="minutes", start=at, stop=stop, timed=True, before=True
        )
    try:
        if found["work"]:
            day = calendar.add_workdays(now.date(), count)
        elif found["month"]:
            day = days.add_months(now.date(), count) + timedelta(days=15 * more)
        else:
            day = now.date() + timedelta(days=count * (7 if found["week"] else 1) + 3 * more)
    except Refused as refused:
        return Moment(problem="unknown_year", text=refused.message, start=at, stop=stop)
    remarks = () if found["work"] else _about(day, calendar)
    basis = "working days" if found["work"] else "calendar days"
    return Moment(day.isoformat(), "", basis, remarks, start=at, stop=stop, dated=True, before=True)


def _alone(folded: str, start: int, stop: int) -> bool:
    return (start == 0 or folded[start - 1] == " ") and (
        stop == len(folded) or folded[stop] in " @#^+"
    )


# --- named days and hours ------------------------------------------------------------------


def _named(
    folded: str, at: int, now: datetime, calendar: WorkCalendar, past: bool, strict: bool
) -> Moment | None:
    today = now.date()
    if strict and clock.numbered(folded, at):
        return None
    day = days.match_day(folded, at, today, strict)
    hours = None
    if day is not None:
        if day.day is None:
            return _wrong("no_such_day", folded, at, day.stop)
        hours = clock.match_hours(folded, clock.skip(folded, day.stop), day.period)
    else:
        hours = clock.match_hours(folded, at, "", day=False)
        if hours is None:
            return None
        after = clock.skip(folded, hours.stop)
        later = days.match_day(folded, after, today, strict)
        if later is not None and later.day is not None and later.english:
            day = later
    stop = max(day.stop if day else at, hours.stop if hours else at)
    if hours is not None and hours.wrong:
        return _wrong("no_such_time", folded, at, stop)
    if day is None:
        day = days.Day(today, at, named=False)
    return _put_together(folded, at, stop, now, calendar, past, day, hours)


def _put_together(
    folded: str,
    at: int,
    stop: int,
    now: datetime,
    calendar: WorkCalendar,
    past: bool,
    day: days.Day,
    hours: clock.Hours | None,
) -> Moment:
    assert day.day is not None
    until, last, all_day = stop, day.last, False
    if hours is None:
        until, last, all_day = _to_another_day(folded, stop, day)
        if last is None and until > stop and not all_day:
            return _wrong("no_such_day", folded, at, until)
    start, assumed = _at(day.day, hours, day.period, all_day)
    before, until = clock.skip_ending(folded, until)
    end = ""
    if hours is not None and hours.end is not None:
        end = _isoformat(datetime.combine(day.day, time.min) + hours.end)
    elif last is not None:
        end = last.isoformat()
    if end and end <= start:
        return _wrong("end_before_start", folded, at, until)
    remarks = list(_about(day.day, calendar)) if day.named and not day.relative else []
    if day.weekday_said is not None and day.weekday_said != day.day.weekday():
        said = _("{date} is a {weekday}.")
        remarks.append(
            Remark("weekday", said.format(date=f"{day.day:%m-%d}", weekday=weekday_long(day.day)))
        )
    if day.bare_weekday and day.day == now.date():
        remarks.append(Remark("today", _("{word} is today.").format(word=day.word)))
    if hours is not None and hours.guessed:
        remarks.append(
            Remark("guessed", _("Taken as the afternoon: {time}.").format(time=start[11:16]))
        )
    if assumed:
        remarks.append(
            Remark("assumed", _("No hour given; taken as {time}.").format(time=start[11:16]))
        )
    if _is_past(start, now) and not past:
        if not day.with_year:
            text = _passed(folded[at:until].strip(), start, now)
            return Moment(problem="passed", text=text, start=at, stop=until)
        remarks.append(Remark("passed", _("{date} has passed.").format(date=start[:10])))
    return Moment(
        start,
        end,
        remarks=tuple(remarks),
        start=at,
        stop=until,
        dated=day.named,
        timed="T" in start,
        before=before or (hours is None and day.period == "close"),
        all_day=all_day,
    )


def _to_another_day(folded: str, stop: int, day: days.Day) -> tuple[int, date | None, bool]:
    """全天, or 到周三, 27日 after a first day: where it stops, the last day, whether all day."""
    if day.period == "all":
        return stop, day.last, True
    whole = clock.whole_day().match(folded, stop)
    if whole:
        return whole.end(), day.last, True
    assert day.day is not None
    if day.last is None and not day.period and (sep := clock.until().match(folded, stop)):
        last = days.match_day(folded, sep.end(), day.day, True)
        if last is not None:
            return last.stop, last.day, False
    return stop, day.last, False


def _at(day: date, hours: clock.Hours | None, period: str, all_day: bool) -> tuple[str, bool]:
    """The canonical start, and whether its hour was assumed from a part of the day."""
    if hours is not None:
        if hours.start is None:
            return day.isoformat(), False
        return _isoformat(datetime.combine(day, time.min) + hours.start), bool(hours.part)
    usual = clock.USUAL.get(period)
    if usual is None or all_day:
        return day.isoformat(), False
    return _isoformat(datetime.combine(day, usual)), period != "noon"


def _isoformat(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _is_past(value: str, now: datetime) -> bool:
    if "T" in value:
        return datetime.fromisoformat(value) < now.replace(second=0, microsecond=0)
    return date.fromisoformat(value) < now.date()


def _passed(typed: str, value: str, now: datetime) -> str:
    day = date.fromisoformat(value[:10])
    if day == now.date():
        return _("{text} has passed already; today, tomorrow, or as a record?").format(text=typed)
    if day == now.date() - timedelta(days=1):
        return _("{text} has passed: yesterday, next year, or again?").format(text=typed)
    return _("{text} has passed ({date}): next month, next year, or as a record?").format(
        text=typed, date=day.isoformat()
    )


def _about(day: date, calendar: WorkCalendar) -> tuple[Remark, ...]:
    """Whether the office is closed on that day, or its year is unknown."""
    try:
        kind = calendar.day_type(day)
    except Refused:
        kind = "rest" if day.weekday() >= 5 else "workday"
    if kind in ("rest", "holiday"):
        if kind == "holiday":
            said = _("{date} is a public holiday.").format(date=f"{day:%m-%d}")
        else:
            said = _("{date} is a {weekday}.").format(
                date=f"{day:%m-%d}", weekday=weekday_long(day)
            )
        return (Remark("weekend", said),)
    return ()
