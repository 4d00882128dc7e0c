"""The errands on the board: where the vehicles are, who is to be fed, what waits for a seal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from officetui.office import deadlines
from officetui.office.board import ErrandRow, VehicleRow
from officetui.office.events import event_of
from officetui.office.look import Look
from officetui.registers import errands, schedule, spans
from officetui.registers.hospitality import list_faults
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import unapproved
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import short_date

_ORDER = (errands.VEHICLES, errands.MEALS, errands.SEALS, "repairs")


def vehicles(look: Look) -> list[VehicleRow]:
    """Each vehicle of the office: who has it until when, or that it is free and who is next."""
    names = [str(one) for one in look.setting("vehicles")]
    if not names:
        return []
    trips = _trips(look)
    return [_vehicle(look, name, [one for one in trips if one[1] == name]) for name in names]


Trip = tuple[spans.Hours, str, Record]


def _trips(look: Look) -> list[Trip]:
    """Today's trips of the errands and of the leaders' schedule, the earliest first."""
    begins = datetime.combine(look.today, time.min)
    found: list[Trip] = []
    for register, live in (("errands", errands.OPEN), ("schedule", schedule.LIVE)):
        for record in look.records(register):
            name = record.text("vehicle")
            if not name or record.state not in live:
                continue
            hours = spans.span(record)
            late = record.state == "out"
            if hours is None or hours[0] >= begins + timedelta(days=1):
                continue
            if hours[1] > begins or late:
                found.append((hours, name, record))
    found.sort(key=lambda one: (one[0], one[2].ref))
    return found


def _vehicle(look: Look, name: str, trips: list[Trip]) -> VehicleRow:
    now = look.local
    for hours, _name, record in trips:
        if hours[0] <= now and (now < hours[1] or record.state == "out"):
            late = hours[1] <= now
            back = f"{hours[1]:%H:%M}" if hours[1].date() == look.today else f"{hours[1]:%m-%d}"
            said = ""
            if record.get("end"):
                said = _("should be back since {when}") if late else _("back {when}")
            words = " ".join(part for part in (*_who_where(record), said.format(when=back)) if part)
            return VehicleRow(name, words, record.ref, busy=True, mark=late)
    coming = [one for one in trips if one[0][0] > now]
    if not coming:
        return VehicleRow(name, pgettext("vehicle", "free"))
    hours, _name, record = coming[0]
    words = _("free until {time} {who}").format(
        time=f"{hours[0]:%H:%M}", who=" ".join(_who_where(record))
    )
    return VehicleRow(name, words, record.ref)


def _who_where(record: Record) -> list[str]:
    """陈志远 县里."""
    who = record.text("leader") or record.text("for_whom")
    where = record.text("place") or record.text("matter") or record.text("content")
    return [part for part in (who, where) if part]


def rows(look: Look) -> list[ErrandRow]:
    """What is to be seen to: today's, what is late, all that waits for an approval; the guests of
    today stand with the meals."""
    found = [*_errands(look), *_guests(look)]
    found.sort(key=lambda row: (_place(row), row.at or datetime.max, row.ref))
    return found


def _place(row: ErrandRow) -> int:
    return _ORDER.index(row.kind) if row.kind in _ORDER else len(_ORDER)


def _errands(look: Look) -> Iterator[ErrandRow]:
    now, today = look.local, look.today
    for record in look.records("errands"):
        if record.state not in errands.OPEN and not unapproved(record):
            continue
        at = look.calendar.deadline(record.get(errands.deadline_cell(record)))
        day = record.day("at")
        waits = record.state == "requested" or bool(unapproved(record))
        if not waits and at is not None and at.date() > today and (day is None or day > today):
            continue
        if _is_running(record, look):
            continue  # it stands with its vehicle
        timed = record.text("kind") in errands.TIMED
        words = [record.text("for_whom"), record.text("content").replace("\n", " ")]
        copies = record.whole("copies")
        if record.text("kind") == errands.SEALS and copies:
            words.append(ngettext("{n} copy", "{n} copies", copies).format(n=copies))
        begins = spans.begins(record)
        when = record.day("at") if timed else at.date() if at is not None else None
        hour = f"{begins:%H:%M}" if timed and begins is not None and day == today else ""
        if not hour and when is not None:
            hour = pgettext("errand", "today") if when == today else short_date(when, today)
        next_words = errands.progress(record, look)
        if unapproved(record):
            next_words = _("approval to fill in")
        yield ErrandRow(
            ref=record.ref,
            kind=record.text("kind"),
            label=errands.kind_words(record),
            words=" ".join(part for part in words if part),
            when=hour,
            next=next_words,
            holder=deadlines.holder(look, record),
            at=begins if timed else at,
            mark=_presses(record, at, now, waits),
            step=errands.next_step(record) if not unapproved(record) else "approve",
        )


def _presses(record: Record, at: datetime | None, now: datetime, waits: bool) -> bool:
    """Late; or within two hours and still without an approval or a vehicle."""
    if at is None:
        return False
    lacks = waits or (record.text("kind") == errands.VEHICLES and not record.get("vehicle"))
    return at < now or (lacks and at - now <= timedelta(hours=2))


def _is_running(record: Record, look: Look) -> bool:
    event = event_of(record, look) if record.get("vehicle") else None
    return event is not None and event.start <= look.local < event.end


def _guests(look: Look) -> Iterator[ErrandRow]:
    """Official guests of today, and those whose list is not signed yet."""
    register = BY_ID["hospitality"]
    for record in look.records("hospitality"):
        if record.state in register.finished or record.day("at") != look.today:
            continue
        at = record.moment("at")
        letter = _("letter there") if record.get("letter_no") else _("no letter")
        companions = record.whole("companions")
        words = [register.headline(record), record.text("meals"), letter]
        if companions is not None:
            words.append(_("with {n} of ours").format(n=companions))
        lacks = record.state == "held" and bool(list_faults(record, look))
        yield ErrandRow(
            ref=record.ref,
            kind=errands.MEALS,
            label=pgettext("errand", "guests"),
            words=" ".join(part for part in words if part),
            when=f"{at:%H:%M}" if at is not None else "",
            next=_("list to fill in") if lacks else deadlines.next_words(look, record),
            holder=deadlines.holder(look, record),
            at=at,
            mark=not record.get("letter_no"),
        )


def counts(look: Look) -> dict[str, int]:
    """How many are open, and how many of them wait for an approval."""
    open_ = [one for one in look.records("errands") if one.state in errands.OPEN]
    waits = sum(1 for one in open_ if one.state == "requested")
    return {"errands": len(open_), "errands_to_approve": waits}
