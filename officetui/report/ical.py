"""Appointments as an iCalendar file (RFC 5545), which calendars subscribe to or take in.

The same data give the same bytes: times of change come from the changes, not from the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from officetui import __version__
from officetui.office.appointments import CANCELLED, Appointment, cancelled_words
from officetui.text.safe import visible, visible_block

ENDING: Final = "ics"
_MOST: Final = 4000  # characters of a description


def as_ical(found: Sequence[Appointment], zone: str, name: str) -> bytes:
    """The file, with CRLF and folded lines. `zone`: IANA name of the office's; `name`: what the
    calendar is called."""
    from icalendar import Calendar, Timezone  # a quarter of a second

    calendar = Calendar()
    calendar.add("prodid", f"-//officetui//officetui {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visible(name))
    calendar.add("x-wr-timezone", zone)
    where = ZoneInfo(zone)
    years = [year for one in found for year in (one.start.year, one.end.year)]
    if any(isinstance(one.start, datetime) for one in found):
        first = date(max(1, min(years) - 1), 1, 1)
        last = date(max(years) + 1, 12, 31)
        rules = Timezone.from_tzid(zone, first_date=first, last_date=last)
        rules.pop("comment", None)
        calendar.add_component(rules)
    for one in found:
        calendar.add_component(_event(one, where))
    return bytes(calendar.to_ical())


def _event(one: Appointment, where: ZoneInfo):  # type: ignore[no-untyped-def]  # an icalendar.Event
    from icalendar import Event

    event = Event()
    event.add("uid", visible(one.uid))
    event.add("dtstamp", one.changed.astimezone(UTC))
    event.add("last-modified", one.changed.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("dtstart", _time(one.start, where))
    event.add("dtend", _time(one.end, where))
    event.add("summary", visible(cancelled_words(one)))
    if one.place:
        event.add("location", visible(one.place))
    if one.about:
        event.add("description", visible_block(one.about, limit=_MOST))
    event.add("status", one.status)
    event.add("transp", "TRANSPARENT" if one.status == CANCELLED else "OPAQUE")
    return event


def _time(value: datetime | date, where: ZoneInfo) -> datetime | date:
    return value.replace(tzinfo=where) if isinstance(value, datetime) else value
