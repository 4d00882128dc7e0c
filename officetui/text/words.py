"""Dates, times and spans in words, in the language in force.

Arguments are dates and naive local datetimes of the office's zone; nothing here asks the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from officetui.text.i18n import N_, P_, _, ngettext, npgettext, pgettext

_SHORT: Final = (
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
)  # fmt: skip
_LONG: Final = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
    N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_MONTHS: Final = (
    N_("January"), N_("February"), N_("March"), N_("April"), P_("month", "May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def weekday_short(day: date) -> str:
    """Fri, 周五."""
    return _(_SHORT[day.weekday()])


def weekday_long(day: date) -> str:
    """Friday, 星期五."""
    return _(_LONG[day.weekday()])


def month_name(day: date) -> str:
    """November."""
    return _(_MONTHS[day.month - 1])


def date_words(day: date) -> str:
    """20 November 2026, 2026年11月20日."""
    pattern = pgettext("date pattern", "{day} {month_name} {year}")
    return pattern.format(
        day=day.day, month=day.month, month_name=_(_MONTHS[day.month - 1]), year=day.year
    )


def full_date_words(day: date) -> str:
    """Friday 20 November 2026, 2026年11月20日 星期五."""
    pattern = pgettext("date pattern", "{weekday} {date}")
    return pattern.format(weekday=weekday_long(day), date=date_words(day))


def month_words(day: date) -> str:
    """November 2026, 2026年11月."""
    pattern = pgettext("date pattern", "{month_name} {year}")
    return pattern.format(month=day.month, month_name=_(_MONTHS[day.month - 1]), year=day.year)


def time_words(moment: datetime) -> str:
    """07:51, the same in every language."""
    return f"{moment:%H:%M}"


def short_date(day: date, today: date) -> str:
    """11-25, with the year only where it is another one than today's."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def day_words(day: date, today: date) -> str:
    """今天, 明天, 昨天, the weekday within the coming six days, else 11-25 or 2027-01-05."""
    distance = (day - today).days
    if distance == 0:
        return _("today")
    if distance == 1:
        return _("tomorrow")
    if distance == -1:
        return _("yesterday")
    if 1 < distance < 7:
        return weekday_short(day)
    return short_date(day, today)


def moment_words(moment: datetime, now: datetime) -> str:
    """The day in words and the time, without the day where it is today: 09:20, 昨天 17:51."""
    if moment.date() == now.date():
        return time_words(moment)
    return _("{day} {time}").format(
        day=day_words(moment.date(), now.date()), time=time_words(moment)
    )


def due_words(moment: datetime | date, now: datetime) -> str:
    """A deadline: 今天17:30, 明天09:00, 周五, 11-25. A date has no time; today's is named."""
    if not isinstance(moment, datetime):
        return day_words(moment, now.date())
    day = day_words(moment.date(), now.date())
    # Chinese joins day and time, unless both are figures: 今天17:30, but 11-25 17:30.
    together = _("{day} {time}") if day[-1].isdigit() else pgettext("due", "{day} {time}")
    return together.format(day=day, time=time_words(moment))


def span_words(span: timedelta) -> str:
    """A length of time in its largest unit, rounded down: 2天, 3小时, 20分钟; never below one
    minute. The sign is left out."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes >= 24 * 60:
        n = minutes // (24 * 60)
        return ngettext("{n} day", "{n} days", n).format(n=n)
    if minutes >= 60:
        n = minutes // 60
        return ngettext("{n} hour", "{n} hours", n).format(n=n)
    n = max(minutes, 1)
    return _("{n} min").format(n=n)


def minutes_words(minutes: int) -> str:
    """A number of minutes as people say it: 20 minutes, 1 hour, 1 h 29 min; 20分钟, 1小时29分."""
    if minutes < 60:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if not rest:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def held_words(since: datetime, now: datetime) -> str:
    """How long somebody has held something: 新 under a minute, 1小时, and from the next day on,
    once 24 hours are over, in days of the calendar: what came on Wednesday is 2天 on Friday."""
    if now - since < timedelta(minutes=1):
        return pgettext("just arrived", "new")
    if now - since >= timedelta(days=1):
        n = (now.date() - since.date()).days
        return ngettext("{n} day", "{n} days", n).format(n=n)
    return span_words(now - since)


def overdue_words(due: datetime | date, now: datetime) -> str:
    """By how much a deadline is missed: 逾2天, 逾3小时; a date counts in days of the calendar.

    Empty while it is not missed.
    """
    if not isinstance(due, datetime):
        days = (now.date() - due).days
    elif now <= due:
        return ""
    else:
        days = (now.date() - due.date()).days
        if days < 1:
            return pgettext("overdue", "{span} late").format(span=span_words(now - due))
    if days < 1:
        return ""
    return npgettext("overdue", "{n} day late", "{n} days late", days).format(n=days)


_PASSED_ON = ("转发", "印发", "批转", "轉發", "印發", "批轉")


def gist(title: str, source: str = "") -> str:
    """A title without what every title begins with: its issuer, and 关于.

    The issuer may be written out in the title and short in the register: 国务院办公厅关于加快…
    is 加快…, also where the paper came from 国办. What is passed on says whose paper it is.
    """
    rest = title.removeprefix(source) if source else title
    for about in ("关于", "關於"):
        head, found, tail = rest.partition(about)
        if not found or not tail.strip():
            continue
        if not head or (source and _written_out(head, source)):
            return tail
    return rest or title


def _written_out(head: str, source: str) -> bool:
    """Whether `head` is the full name of the office that `source` calls by a short one."""
    if len(head) > 40 or any(word in head for word in _PASSED_ON):
        return False
    left = iter(head)
    return all(character in left for character in source)


def listed(parts: Iterable[str]) -> str:
    """Names one after the other: 刘晓燕、周海涛."""
    return pgettext("list", ", ").join(parts)


def clauses(parts: Iterable[str]) -> str:
    """What is longer than a name, one after the other: 新登记 45，未导入 2."""
    return pgettext("clauses", ", ").join(parts)
