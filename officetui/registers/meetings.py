"""meetings 会议: own (本级), of a higher level (上级), or its local end (分会场).

Checklist items keep their due times as minutes from the start, so that they move with it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from officetui.registers import spans
from officetui.registers.meetings_parts import (
    AGENDA,
    ATTENDEES,
    DECISIONS,
    EXCUSED,
    FIELDS,
    ITEMS,
    KINDS,
)
from officetui.registers.meetings_steps import STEPS, moved_by_hand
from officetui.registers.model import (
    Column,
    Register,
    State,
)
from officetui.registers.record import Record
from officetui.registers.spans import USUAL
from officetui.registers.view import Parents, View
from officetui.text.i18n import N_, P_, _
from officetui.text.words import listed


def span(record: Record) -> tuple[datetime, datetime] | None:
    """The naive local hours of a meeting; a day without an hour is the whole day."""
    return spans.span(record)


def hours_words(record: Record, day: date | None = None) -> str:
    """The hours as a list shows them: 09:30, 14:30-16:00, all day, 22:00/11-21, until 12-03.

    With a `day`, what of them lies on that day: 22:00-24:00, all day, 00:00-02:00.
    """
    hours = span(record)
    if hours is None:
        return _("all day")
    start, end = record.moment("start"), record.moment("end")
    last = (hours[1] - timedelta(microseconds=1)).date()
    if last > hours[0].date():
        if day is not None:
            return _on(day, hours)
        return (
            f"{start:%H:%M}/{last:%m-%d}"
            if start
            else _("until {date}").format(date=f"{last:%m-%d}")
        )
    if start is None:
        return _("all day")
    return f"{start:%H:%M}" if end is None else f"{start:%H:%M}-{end:%H:%M}"


def _on(day: date, hours: tuple[datetime, datetime]) -> str:
    """The part of several days' hours that lies on one of them."""
    begins = hours[0].strftime("%H:%M") if hours[0].date() == day else "00:00"
    ends = hours[1].strftime("%H:%M") if hours[1].date() == day else "24:00"
    return _("all day") if (begins, ends) == ("00:00", "24:00") else f"{begins}-{ends}"


def _of(counted: tuple[int, int]) -> str:
    """28/31; nothing where there is nothing to count."""
    return "{}/{}".format(*counted) if counted[1] else ""


def prepared(record: Record, view: Parents) -> tuple[int, int]:
    """Checklist items done, of how many."""
    items = view.children(record, "items")
    return sum(1 for item in items if item.state == "done"), len(items)


def answered(record: Record, view: Parents) -> tuple[int, int]:
    """Attendees who answered, of how many."""
    people = view.children(record, "attendees")
    return sum(1 for person in people if person.get("reply")), len(people)


def missing(record: Record, view: View) -> list[Record]:
    """The checklist items not done, in their order."""
    return [item for item in view.children(record, "items") if item.state != "done"]


def is_over(record: Record, local: datetime) -> bool:
    """Whether a meeting has ended by a naive local moment."""
    hours = span(record)
    return hours is not None and hours[1] <= local


def names_due(view: View) -> list[tuple[Record, datetime]]:
    """The meetings to come whose names are asked for and not given yet, with the naive moment."""
    found = []
    for record in view.records("meetings"):
        if record.state in MEETINGS.finished or record.state == "held":
            continue
        due = view.calendar.deadline(record.get("rsvp_due"))
        if due is not None and not record.get("rsvp_sent_at"):
            found.append((record, due))
    return found


def cast(record: Record) -> tuple[str, ...]:
    """Host, chair and leaders: those who cannot be in two places."""
    names = [record.text("host"), record.text("chair"), *record.words("leaders")]
    return tuple(dict.fromkeys(name for name in names if name))


def to_tell_again(record: Record, view: View) -> list[Record]:
    """The attendees whose notice is void: they believe what is no longer so."""
    return [person for person in view.children(record, "attendees") if person.get("void")]


def unreached(record: Record, view: View) -> list[Record]:
    """The attendees who were not reached."""
    return [one for one in view.children(record, "attendees") if one.state == "unreachable"]


MEETINGS: Register = Register(
    id="meetings",
    label=N_("Meetings"),
    digit="4",
    prefixes=("会", "会议", "meet"),
    initial="fixed",
    planned=("end", "start"),
    closed=("closed_at",),
    day="start",
    until="end",
    follows=moved_by_hand,
    suggests=lambda r: "sign_minutes" if r.state == "held" and r.get("minutes") else "",
    title=lambda record: record.text("title"),
    fields=FIELDS,
    states=(
        State("intended", N_("intended"), N_("to submit")),
        State("submitted", N_("submitted"), N_("to be approved")),
        State("fixed", N_("fixed"), N_("to notify")),
        State("notified", N_("notified"), N_("to prepare")),
        State("ready", N_("ready"), N_("to hold")),
        State("held", N_("held"), N_("minutes to sign")),
        State("minutes_signed", N_("minutes signed"), N_("to close")),
        State("closed", N_("closed"), finished=True),
        State("cancelled", N_("cancelled"), finished=True),
        State("excused", P_("meeting", "excused"), finished=True),
    ),
    steps=STEPS,
    children=(ITEMS, ATTENDEES, AGENDA, DECISIONS),
    columns=(
        Column("date", N_("Date"), 5, lambda r, v: r.text("start")[5:10]),
        Column("hours", N_("Hours"), 11, lambda r, v: hours_words(r)),
        Column("title", P_("meeting", "Title"), 24, lambda r, v: r.text("title"), grow=True),
        Column("room", N_("Room"), 12, lambda r, v: r.text("room")),
        Column("host", N_("Host"), 8, lambda r, v: r.text("host")),
        Column("ready", P_("column", "Ready"), 6, lambda r, v: _of(prepared(r, v))),
        Column("answers", N_("Answers"), 6, lambda r, v: _of(answered(r, v))),
        Column(
            "state",
            N_("State"),
            8,
            lambda r, v: MEETINGS.state_words(r),
        ),
        Column("leaders", N_("Leaders"), 20, lambda r, v: listed(r.words("leaders")), rank=2),
        Column("unit", N_("Arranged by"), 10, lambda r, v: r.text("lead_unit"), rank=3),
        Column("scope", N_("Attended by"), 20, lambda r, v: r.text("scope"), rank=3),
    ),
)


__all__ = [
    "AGENDA",
    "ATTENDEES",
    "DECISIONS",
    "EXCUSED",
    "ITEMS",
    "KINDS",
    "MEETINGS",
    "USUAL",
    "answered",
    "cast",
    "hours_words",
    "missing",
    "prepared",
    "span",
    "to_tell_again",
    "unreached",
]
