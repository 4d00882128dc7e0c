"""The duty of the board: who leaves, who is on, who comes; and the days ahead in one line each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from officetui.office.board import DayAhead, Seat
from officetui.office.look import Look
from officetui.office.withheld import title_now
from officetui.registers import duty, meetings, reviews
from officetui.registers.duty_turns import OPEN, UNCONFIRMED, is_red
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.settings import DUTY_LINES
from officetui.text.i18n import P_, _, ngettext, pgettext
from officetui.text.words import listed


def shifts(look: Look) -> str:
    """The hours at which shifts change: 8:00 / 17:30 / next day 8:00."""
    starts = sorted({str(line["start"]) for line in look.setting("duty_lines")})
    words = [s.lstrip("0") or s for s in starts]
    if words:
        words.append(_("next day {time}").format(time=words[0]))
    return " / ".join(words)


def seats(look: Look, past: bool = False) -> list[Seat]:
    """Who leaves, who is on, who comes, and who is on tomorrow."""
    now, today = look.local, look.today
    lines = look.setting("duty_lines")
    order = {str(line["id"]): n for n, line in enumerate(lines)}
    known = {str(line["id"]): line for line in lines}
    rows: list[tuple[tuple[int, int, int], Seat]] = []
    for record in look.records("duty"):
        day = record.day("date")
        if day is None or not -1 <= (day - today).days <= 1:
            continue
        line = known.get(record.text("line"))
        shift = duty.hours(line, day) if line else None
        if day < today and not _still_matters(record, shift, now):
            continue
        running = shift is not None and shift.start <= now < shift.end
        place = (
            (day - today).days,
            order.get(record.text("line"), 99),
            record.whole("seat") or 1,
        )
        seat = _seat(look, record, day, running and not past)
        if past and record.state in UNCONFIRMED:
            seat.status, seat.mark, seat.red = "", False, False
        rows.append((place, seat))
    rows.sort(key=lambda one: one[0])
    return [seat for _place, seat in rows]


def _still_matters(record: Record, shift: duty.Shift | None, now: datetime) -> bool:
    """Yesterday's seat: while it runs, or until what it handed over is taken."""
    if shift is not None and now < shift.end + timedelta(hours=1):
        return shift.end > datetime.combine(now.date(), time.min)
    return record.state in ("arrived", "handed_over")


def _seat(look: Look, record: Record, day: date, running: bool) -> Seat:
    name = record.text("person")
    person = look.person(name)
    label = duty.line_label(look, record.text("line"))
    line = label
    past, coming = day < look.today, day > look.today
    if past or coming:
        label = _beside(record.text("line"), label, coming)
    waits = record.state in UNCONFIRMED
    away = away_until(person, day) if person else ""
    handover = record.text("handover") or ("" if coming else _carried(look, record))
    note = _("on leave until {date}").format(date=away) if away else ""
    if handover and not note:
        note = _("handed over: {note}").format(note=handover)
    return Seat(
        ref=record.ref,
        label=label,
        line=record.text("line"),
        day=day,
        person=name,
        about=(person.text("post") or person.text("unit")) if person else "",
        phone=record.text("phone") or (person.text("phone") if person else ""),
        status=_seat_status(look, record, past),
        mark=bool(away) or (record.state == "handed_over") or (waits and not past),
        running=running,
        note=note,
        name=line,
        red=bool(away) or record.state == "handed_over" or is_red(record, look),
    )


def _carried(look: Look, record: Record) -> str:
    """What the review before handed to this shift and is still open: 2件 石桥村停水、收774."""
    if record.state == "taken_over":
        return ""
    found = [one for one in reviews.with_shift(record, look) if reviews.still_open(one, look)]
    titles = [title_now(look, one.text("matter"), one.text("title")) for one in found]
    if not titles:
        return ""
    words = ngettext("{n} matter: {names}", "{n} matters: {names}", len(titles))
    return words.format(n=len(titles), names=listed(titles))


# Short words for the usual lines: 昨夜, 明夜; others are built from their own name.
_LAST = {
    "leader": P_("duty line", "last leader"),
    "day": P_("duty line", "last day"),
    "night": P_("duty line", "last night"),
}
_NEXT = {
    "leader": P_("duty line", "next leader"),
    "day": P_("duty line", "next day"),
    "night": P_("duty line", "next night"),
}
_USUAL = {str(line["id"]): str(line["label"]) for line in DUTY_LINES}


def _beside(line: str, label: str, coming: bool) -> str:
    """What a line is called the day after or before today."""
    if line in _USUAL and label in (_USUAL[line], _(_USUAL[line])):
        return _((_NEXT if coming else _LAST)[line])
    if coming:
        return pgettext("tomorrow's shift", "next {line}").format(line=label)
    return pgettext("yesterday's shift", "last {line}").format(line=label)


def _seat_status(look: Look, record: Record, past: bool) -> str:
    if record.state == "handed_over":
        return _("to be taken over")
    if past and record.state in OPEN:
        return ""
    return duty.state_words(record, look)


def ahead(look: Look, day: date) -> DayAhead:
    """One of the next days: leaders, day, night; then its meetings."""
    lines = look.setting("duty_lines")
    seats: dict[str, list[str]] = {}
    mark = False
    for record in sorted(look.records("duty"), key=lambda r: r.whole("seat") or 0):
        if record.day("date") != day:
            continue
        name = record.text("person")
        person = look.person(name)
        away = bool(person and away_until(person, day))
        mark = mark or away
        words = name + (_(" (on leave)") if away else "")
        seats.setdefault(record.text("line"), []).append(words)
    parts = [
        duty.line_label(look, str(line["id"])) + " " + listed(seats[str(line["id"])])
        for line in lines
        if str(line["id"]) in seats
    ]
    held = []
    for record in look.records("meetings"):
        hours = meetings.span(record)
        gone = record.state in ("cancelled", "excused")
        if not gone and hours is not None and _on(day, hours):
            held.append((max(hours[0], datetime.combine(day, time.min)), record))
    held.sort(key=lambda one: one[0])
    for _start, record in held:
        when = meetings.hours_words(record, day).split("-")[0]
        parts.append(f"{when} {record.text('title')} {record.text('room')}".strip())
    return DayAhead(day, " | ".join(parts), mark, tuple(record.ref for _s, record in held))


def _on(day: date, hours: tuple[datetime, datetime]) -> bool:
    """Whether a naive local span touches a day."""
    since = datetime.combine(day, time.min)
    return hours[0] < since + timedelta(days=1) and hours[1] > since
