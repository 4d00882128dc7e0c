"""Deadlines: every open paper and matter with one, how pressing it is, and who is late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from officetui.office.board import Holder
from officetui.office.look import Look
from officetui.registers import documents
from officetui.registers.calendar import UnknownYear
from officetui.registers.model import Register
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import held_words, minutes_words

SOON, TODAY, NEWLY, OLD, LATER = range(5)


class Deadline(NamedTuple):
    """An open record with its deadline (naive local), and its group."""

    record: Record
    at: datetime
    group: int


def urgency(record: Record) -> int:
    """How pressing a record is marked, for sorting: smaller is more pressing."""
    return documents.URGENCY_ORDER.get(record.text("urgency"), 9)


def deadlines(look: Look) -> list[Deadline]:
    """Every open paper and matter with a deadline, the next one first."""
    found = []
    calendar, now = look.calendar, look.local
    soon = timedelta(minutes=look.setting("soon_minutes"))
    for register in REGISTERS:
        if not register.due:
            continue
        for record in open_records(look, register):
            at = calendar.deadline(record.get(register.deadline_cell(record)))
            if at is None or (at < now and _promised(look, record)):
                continue
            found.append(Deadline(record, at, _group(at, now, soon, look)))
    found.sort(key=lambda d: (d.group, urgency(d.record), not d.record.get("weight"), d.at))
    return found


def open_records(look: Look, register: Register) -> list[Record]:
    """What is not finished; a state of two values counts as open."""
    finished = register.finished
    return [r for r in look.records(register.id) if r.state not in finished or r.conflicted]


def urged(look: Look, record: Record) -> list[Record]:
    """How a record was urged, oldest first; none in a register without urging."""
    if BY_ID[record.register].child("urgings") is None:
        return []
    return look.children(record, "urgings")


def pressing_words(record: Record) -> str:
    """The urgency as lists show it; "" without one."""
    field = BY_ID[record.register].field("urgency")
    return field.show(record.get("urgency")) if field else ""


def _group(at: datetime, now: datetime, soon: timedelta, look: Look) -> int:
    if at < now:
        return NEWLY if at >= _last_workday(now, look) else OLD
    if at - now <= soon:
        return SOON
    return TODAY if at.date() == now.date() else LATER


def _last_workday(now: datetime, look: Look) -> datetime:
    """The start of the working day before today: what fell due since then is newly overdue."""
    try:
        day = look.calendar.add_workdays(now.date(), -1)
    except UnknownYear:
        day = now.date() - timedelta(days=1)
    return datetime.combine(day, time.min)


def _promised(look: Look, record: Record) -> bool:
    """Whether the holder, when urged, promised an answer for a day still to come."""
    promises = [one.day("promised") for one in urged(look, record)]
    return any(day is not None and day >= look.today for day in promises)


def basis(look: Look, record: Record, at: datetime) -> str:
    """How much is left until a deadline (naive local), and how it is counted.

    The last day counts in minutes; a visitor's matter in calendar days (信访工作条例); a paper in
    working days with moved ones, in calendar days where a year is not known.
    """
    left = at - look.local
    if left < timedelta(0):
        return _("calendar days")
    if left < timedelta(hours=2):
        minutes = int(left.total_seconds() // 60)
        return _("{span} left").format(span=minutes_words(minutes))
    days = (at.date() - look.today).days
    if not days:
        return _("today by {time}").format(time=at.strftime("%H:%M"))
    if BY_ID[record.register].workdays:
        try:
            count = look.calendar.workdays_between(look.today, at.date())
        except UnknownYear:
            count = -1
        if count >= 0:
            words = ngettext("{n} working day left", "{n} working days left", count)
            return words.format(n=count)
    return ngettext("{n} calendar day left", "{n} calendar days left", days).format(n=days)


def overdue_days(at: datetime, look: Look) -> int:
    """Calendar days late: known in every year, and one count for papers and petitions."""
    return (look.today - at.date()).days


def by_person(look: Look, items: list[Deadline]) -> list[Holder]:
    """The overdue, one line per person, those with most first; without an owner at the end."""
    groups: dict[str, list[Deadline]] = {}
    for item in items:
        groups.setdefault(holder(look, item.record), []).append(item)
    found = []
    for name, mine in groups.items():
        person = look.person(name)
        away = away_until(person, look.today) if person else ""
        found.append(
            Holder(
                person=name,
                refs=tuple(item.record.ref for item in mine),
                oldest=max(overdue_days(item.at, look) for item in mine),
                tried=tried(look, (item.record for item in mine)),
                mark=bool(away) or not name,
                away=away,
            )
        )
    found.sort(key=lambda h: (not h.person, -len(h.refs), -h.oldest, h.person))
    return found


def holder(look: Look, record: Record) -> str:
    """Who holds an open record."""
    return BY_ID[record.register].holder(record, look)


def since(look: Look, record: Record) -> datetime | None:
    """Since when the holder has had an open record; the noon of a day without an hour."""
    read = BY_ID[record.register].since
    found = read(record, look) if read is not None else None
    if found is not None and not isinstance(found, datetime):
        return datetime.combine(found, time(12))
    return found


def held(look: Look, record: Record) -> str:
    """For how long the holder has had it, in words; "" when that is not known."""
    start = since(look, record)
    if start is None:
        return ""
    if start.date() == look.today and start.hour == 12 and start > look.local:
        return pgettext("just arrived", "new")
    return held_words(start, look.local)


def tried(look: Look, records: Iterable[Record]) -> str:
    """How often these were urged, and what was answered last."""
    times = [one for record in records for one in urged(look, record)]
    if not times:
        return _("not urged yet")
    last = max(times, key=lambda one: one.text("at"))
    answer = last.text("answer")
    words = ngettext("urged once", "urged {n} times", len(times)).format(n=len(times))
    return f"{words} {answer}" if answer else words


def headline(look: Look, record: Record) -> str:
    """The title of a record, with how many of how many where it counts: 道路隐患表 11/18村."""
    register = BY_ID[record.register]
    count = register.tally(record, look) if register.tally is not None else ""
    return " ".join(part for part in (register.headline(record), count) if part)


def next_words(look: Look, record: Record) -> str:
    """What an open record waits for."""
    return BY_ID[record.register].waits_for(record, look)
