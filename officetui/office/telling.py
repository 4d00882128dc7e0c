"""Who is still to be told of something: swaps to be approved, the unreachable, void notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from officetui.office.board import Attention
from officetui.office.deadlines import SOON, TODAY
from officetui.office.look import Look
from officetui.registers import duty, meetings
from officetui.registers.duty_swap import PENDING
from officetui.registers.record import Record
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed

# Until when a cancelled meeting's void notices are spoken of: the day it was to be.
_OVER: Final = ("held", "minutes_signed", "closed")


def to_tell(look: Look) -> list[Record]:
    """The seats of today and tomorrow whose people were not told or have not answered, in the
    order of their hours."""
    rows = look.setting("duty_lines")
    order = {str(row["id"]): place for place, row in enumerate(rows)}
    lines = {str(row["id"]): row for row in rows}
    found: list[tuple[tuple[datetime, int, int], Record]] = []
    for record in look.records("duty"):
        row, day = lines.get(record.text("line")), record.day("date")
        if row is None or day is None or not 0 <= (day - look.today).days <= 1:
            continue
        shift = duty.hours(row, day)
        if shift.end > look.local and record.state in ("planned", "notified"):
            place = (shift.start, order[shift.line], record.whole("seat") or 1)
            found.append((place, record))
    found.sort(key=lambda one: one[0])
    return [record for _place, record in found]


def unreached(record: Record, look: Look) -> bool:
    """Whether somebody was tried for it and not reached: an attendee, or who is on duty."""
    if record.register == "meetings":
        return bool(meetings.unreached(record, look))
    told = record.register == "duty" and record.state == "notified"
    return told and duty.notices(record, look) > 1


def attention(look: Look) -> Iterator[Attention]:
    """What wants a decision because somebody does not know yet."""
    yield from _swaps(look)
    yield from _tomorrow(look)
    yield from _meetings(look)


def _tomorrow(look: Look) -> Iterator[Attention]:
    """Who is on duty after today and has not confirmed by the hour that the office sets."""
    rows = {str(row["id"]): row for row in look.setting("duty_lines")}
    found = []
    for record in look.records("duty"):
        row, day = rows.get(record.text("line")), record.day("date")
        if row is None or day is None or not duty.is_red(record, look):
            continue
        shift = duty.hours(row, day)
        if shift.start.date() > look.today and record.state != PENDING:
            found.append(((shift.start, record.whole("seat") or 1), record))
    if not found:
        return
    found.sort(key=lambda one: one[0])
    seats = [record for _place, record in found]
    names = listed(duty.seat_name(look, record) for record in seats)
    short = ngettext("{n} of tomorrow not confirmed", "{n} of tomorrow not confirmed", len(seats))
    yield Attention(
        kind="unconfirmed duty",
        text=_("tomorrow, not confirmed yet: {names}").format(names=names),
        refs=tuple(record.ref for record in seats),
        at=look.local,
        word=pgettext("word", "duty"),
        step="notify",
        action=_("tell them"),
        short=short.format(n=len(seats)),
        group=TODAY,
        person=seats[0].text("person") if len(seats) == 1 else "",
    )


def _meetings(look: Look) -> Iterator[Attention]:
    """The attendees who were not reached, and those whose notice is void."""
    for record in look.records("meetings"):
        hours = meetings.span(record)
        if record.state in _OVER or hours is None or hours[1] <= look.local:
            continue
        void = meetings.to_tell_again(record, look)
        lost = [] if record.state in ("cancelled", "excused") else meetings.unreached(record, look)
        if void:
            yield _tell_again(look, record, void, hours[0])
        if lost:
            people = listed(_reached_by(one, look) for one in lost)
            words = _("{title}: not reached: {people}")
            short = _("{n} not reached for {title}")
            yield _of_meeting(look, record, lost, hours[0], "unreached", words, short, people)


def _tell_again(look: Look, record: Record, void: list[Record], start: datetime) -> Attention:
    people = listed(one.text("person") or one.text("unit") for one in void)
    if record.state == "cancelled":
        words = _("{title} is cancelled, to be told: {people}")
    else:
        words = _("{title} is moved to {when}, to be told again: {people}")
    short = _("{n} to be told of {title}")
    return _of_meeting(look, record, void, start, "to tell again", words, short, people)


def _of_meeting(
    look: Look,
    record: Record,
    people: list[Record],
    start: datetime,
    kind: str,
    words: str,
    short: str,
    names: str,
) -> Attention:
    title = record.text("title")
    soon = start - look.local <= timedelta(minutes=look.setting("soon_minutes"))
    return Attention(
        kind=kind,
        text=words.format(title=title, people=names, when=f"{start:%m-%d %H:%M}"),
        refs=(record.ref,),
        at=start,
        word=pgettext("word", "meeting"),
        action=_("tell them"),
        short=short.format(n=len(people), title=title),
        group=SOON if soon else TODAY,
        person=record.text("owner"),
        titles=(title,),
    )


def _reached_by(attendee: Record, look: Look) -> str:
    """A name with the number under which it was tried."""
    name = attendee.text("person") or attendee.text("unit")
    person = look.person(name)
    return f"{name} {person.text('phone')}".strip() if person is not None else name


def _swaps(look: Look) -> Iterator[Attention]:
    """Swaps that wait for an approval; the two turns of an exchange are one line."""
    lines = {str(line["id"]): line for line in look.setting("duty_lines")}
    pending = {
        record.id: record
        for record in look.records("duty")
        if record.state == PENDING and _to_come(record, lines, look)
    }
    told: set[str] = set()
    for record in sorted(pending.values(), key=lambda one: one.text("date")):
        if record.id in told:
            continue
        other = pending.get(record.text("exchanged_with"))
        seats = [record, *([other] if other is not None else [])]
        told |= {seat.id for seat in seats}
        names = listed(_swapped(seat, look) for seat in seats)
        yield Attention(
            kind="unapproved",
            text=_("swap to be approved: {names}").format(names=names),
            refs=tuple(seat.ref for seat in seats),
            word=pgettext("word", "duty"),
            step="approve_swap",
            action=_("approve"),
            short=_("{who}'s swap to be approved").format(who=record.text("person")),
            group=TODAY,
            person=record.text("person"),
        )


def _to_come(record: Record, lines: dict[str, dict[str, object]], look: Look) -> bool:
    line, day = lines.get(record.text("line")), record.day("date")
    return line is not None and day is not None and duty.hours(line, day).end > look.local


def _swapped(record: Record, look: Look) -> str:
    return _("{day} {line} {name} for {planned}").format(
        day=record.text("date")[5:],
        line=duty.line_label(look, record.text("line")),
        name=record.text("person"),
        planned=record.text("planned_person"),
    )
