"""What must not be missed now, in one line that every screen shows: reports of incidents, the
checks before a meeting, deadlines within the hour, and who on duty has not confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from officetui.office import deadlines, incidents, numbers, telling
from officetui.office.look import Look
from officetui.registers import duty, meetings
from officetui.registers.record import Record
from officetui.registers.registry import REGISTERS
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed, span_words

Reminder = tuple[datetime, str, str]  # when it happens, its ref, its words
_NAMED = 3  # of what is missing, due, or not confirmed
_HOUR = timedelta(hours=1)
_BEGINS = timedelta(minutes=30)


def reminders(look: Look) -> list[tuple[str, str]]:
    """What to remind of, the next thing first: the ref that it is about, and its words."""
    reports = incidents.reminders(look)  # their deadlines are said with what to report
    found = [*reports, *_meetings(look), *_deadlines(look), *_duty(look)]
    found.sort(key=lambda one: one[0])
    return [(ref, words) for _at, ref, words in found]


def _meetings(look: Look) -> Iterator[Reminder]:
    """Of each meeting about to begin the last check that is due and not ticked; without one that
    it begins."""
    for record in look.records("meetings"):
        start = record.moment("start")
        if start is None or "T" not in record.text("start") or not _near(start, look.local):
            continue
        if record.state in ("held", *meetings.MEETINGS.finished):
            continue
        items = look.children(record, "items")
        checks = [item for item in items if item.get("check") and _due(item, start, look.local)]
        if checks:
            yield start, checks[-1].ref, _words(record, start, checks[-1], items, look)
        elif start - look.local <= _BEGINS:
            said = _("{time} {title} in {span}").format(
                time=start.strftime("%H:%M"),
                title=record.text("title"),
                span=span_words(start - look.local),
            )
            yield start, record.ref, f"{said} {record.text('room')}".rstrip()


def _deadlines(look: Look) -> Iterator[Reminder]:
    """What is due within the hour, and with whom it is; several in few words."""
    now = look.local
    found: list[Reminder] = []
    for register in REGISTERS:
        if not register.due or register.id == "incidents":
            continue
        for record in deadlines.open_records(look, register):
            at = look.calendar.deadline(record.get(register.deadline_cell(record)))
            if at is not None and now <= at <= now + _HOUR:
                badge = numbers.badge(look, record) or record.text("name")
                named = (badge or deadlines.headline(look, record), deadlines.holder(look, record))
                found.append((at, record.ref, " ".join((f"{at:%H:%M}", *filter(None, named)))))
    for meeting, at in meetings.names_due(look):
        if now <= at <= now + _HOUR:
            said = _("names for {title}").format(title=meeting.text("title"))
            found.append((at, f"{meeting.ref}:names", f"{at:%H:%M} {said}"))
    found.sort(key=lambda one: one[0])
    yield from found[:_NAMED]
    more = len(found) - _NAMED
    if more > 0:
        words = ngettext("{n} more due within the hour", "{n} more due within the hour", more)
        yield found[_NAMED][0], found[_NAMED][1], words.format(n=more)


def _duty(look: Look) -> Iterator[Reminder]:
    """Who on duty has not confirmed: today's and tomorrow's from the hour that the office sets,
    before it those whose turn begins within the hour."""
    rows = {str(row["id"]): row for row in look.setting("duty_lines")}
    every = look.local.time() >= time.fromisoformat(str(look.setting("duty_tell_from")))
    found: list[tuple[datetime, str, str]] = []
    for seat in telling.to_tell(look):
        day = seat.day("date")
        if day is None:
            continue
        shift = duty.hours(rows[seat.text("line")], day)
        if not every and not look.local <= shift.start <= look.local + _HOUR:
            continue
        label = duty.seat_name(look, seat)
        name = label if day == look.today else _("tomorrow {who}").format(who=label)
        found.append((shift.start, seat.ref, name))
    if not found:
        return
    names = listed(name for _at, _ref, name in found[:_NAMED])
    words = _("on duty, not confirmed: {names}").format(names=names)
    more = len(found) - _NAMED
    if more > 0:
        words += " " + ngettext("and {n} other", "and {n} others", more).format(n=more)
    yield found[0][0], f"unconfirmed:{found[0][1]}", words


def _near(start: datetime, now: datetime) -> bool:
    """Whether a meeting begins within a day: no check is earlier than that."""
    return now < start <= now + timedelta(days=1)


def _due(item: Record, start: datetime, now: datetime) -> bool:
    offset = item.whole("offset")
    if item.state == "done" or offset is None or offset >= 0:
        return False
    return start + timedelta(minutes=offset) <= now


def _words(record: Record, start: datetime, check: Record, items: list[Record], look: Look) -> str:
    lacking = [
        item.text("what")
        for item in items
        if item.state != "done" and not item.get("check") and (item.whole("offset") or -1) < 0
    ]
    said = _("{time} {title} in {span}: {check}").format(
        time=start.strftime("%H:%M"),
        title=record.text("title"),
        span=span_words(start - look.local),
        check=check.text("what"),
    )
    if not lacking:
        return said
    more = _("lacks {items}").format(items=listed(lacking[:_NAMED]))
    return pgettext("clauses", "; ").join((said, more))
