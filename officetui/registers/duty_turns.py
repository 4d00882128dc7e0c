"""Turns of the duty roster: their hours, and who can take one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _

OPEN = ("swapped", "planned", "notified", "confirmed")
UNCONFIRMED = ("swapped", "planned", "notified")


class Shift(NamedTuple):
    """One turn of a line: the day it counts for, and its naive local hours."""

    day: date
    line: str
    start: datetime
    end: datetime


def hours(line: Mapping[str, Any], day: date) -> Shift:
    """The hours of a line on a day; an end not after the start lies on the next day."""
    start = datetime.combine(day, time.fromisoformat(str(line["start"])))
    end = datetime.combine(day, time.fromisoformat(str(line["end"])))
    if end <= start:
        end += timedelta(days=1)
    return Shift(day, str(line["id"]), start, end)


def is_red(seat: Record, view: View) -> bool:
    """Whether somebody who has a turn to come, or has it now, has not confirmed though the hour
    has passed that the office sets (`duty_tell_from`, on the day before the turn begins)."""
    day = seat.day("date")
    line = next((one for one in view.setting("duty_lines") if one["id"] == seat.text("line")), None)
    if seat.state not in UNCONFIRMED or day is None or line is None:
        return False
    shift = hours(line, day)
    told_by = time.fromisoformat(str(view.setting("duty_tell_from")))
    begins = datetime.combine(shift.start.date() - timedelta(days=1), told_by)
    return begins <= view.local < shift.end


def line_label(view: View, line: str) -> str:
    """What the office calls a line; an unknown line by its own name."""
    for known in view.setting("duty_lines"):
        if known["id"] == line:
            return _(str(known["label"]))
    return line


def seat_name(view: View, seat: Record) -> str:
    """The line and who is on duty, as one word of a sentence."""
    line = line_label(view, seat.text("line"))
    return _("{line} {person}").format(line=line, person=seat.text("person"))


def free_for(
    record: Record, inputs: Mapping[str, Any], view: View, freed: Collection[str] = ()
) -> str | None:
    """Why a person cannot take a seat: on leave, left, or already on duty in those hours.

    `freed`: ids of seats that the person gives away with it.
    """
    name = str(inputs.get("person", ""))
    day = record.day("date")
    if day is None:
        return None
    person = view.person(name)
    if person is not None:
        until = away_until(person, day)
        if until:
            return _("{name} is on leave until {date}.").format(name=name, date=until)
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    own = lines.get(record.text("line"))
    for other in view.records("duty"):
        other_day = other.day("date")
        if other.id == record.id or other.id in freed:
            continue
        if other.text("person") != name or other_day is None:
            continue
        theirs = lines.get(other.text("line"))
        if own is None or theirs is None or abs((other_day - day).days) > 1:
            continue
        mine, its = hours(own, day), hours(theirs, other_day)
        if mine.start < its.end and its.start < mine.end:
            return _("{name} is already on duty then: {line}, {date}.").format(
                name=name, line=_(str(theirs["label"])), date=other_day.isoformat()
            )
    return None
