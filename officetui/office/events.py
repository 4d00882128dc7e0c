"""The office's events, with what each of them needs: meetings, the schedule, the roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from officetui.office.intervals import Event, Index, Need
from officetui.registers import duty, spans
from officetui.registers.meetings import MEETINGS, cast
from officetui.registers.record import Record
from officetui.registers.schedule import SCHEDULE
from officetui.registers.settings import DUTY_LINES
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.office.look import Look

# What the events are worked out from; a change of another register leaves them as they are.
SOURCES = ("meetings", "meetings.attendees", "schedule", "duty", "settings")
_HELD = MEETINGS.finished | {"held", "minutes_signed"}
_EXCUSED = ("请假",)


def index(view: View) -> Index:
    """The office's events; kept until one of their registers changes, where the view can."""
    memo = getattr(view, "memo", None)
    if memo is None:
        return Index(_all(view))
    look: Look = view  # type: ignore[assignment]
    return look.memo("events", SOURCES, lambda: Index(_all(look)))


def _all(view: View) -> Iterator[Event]:
    rooms = {str(room) for room in view.setting("rooms")}
    for record in view.records("meetings"):
        event = of_meeting(record, view)
        if event is not None:
            yield event
    for record in view.records("schedule"):
        event = of_schedule(record, rooms)
        if event is not None:
            yield event
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    for record in view.records("duty"):
        day, line = record.day("date"), lines.get(record.text("line"))
        name = record.text("person")
        if day is not None and line is not None and name:
            shift = duty.hours(line, day)
            yield Event(shift.start, shift.end, (("who", name),), record)


def event_of(record: Record, view: View) -> Event | None:
    """A record as an event, also one that is being typed; None when it takes no room or person."""
    if record.register == "meetings":
        return of_meeting(record, view)
    if record.register == "schedule":
        return of_schedule(record, {str(room) for room in view.setting("rooms")})
    return None


def of_meeting(record: Record, view: View) -> Event | None:
    """A meeting that is still to be held: its room, its leaders, who was asked to come."""
    if record.state in _HELD or record.get("clash_left"):
        return None
    hours = spans.span(record)
    if hours is None:
        return None
    room = record.text("room")
    needs: list[Need] = [("room", room)] if room else []
    needs += [("who", name) for name in cast(record)]
    for one in view.children(record, "attendees"):
        name = one.text("substitute") or one.text("person")
        if name and (one.get("substitute") or one.text("reply") not in _EXCUSED):
            needs.append(("who", name))
    return Event(*hours, tuple(dict.fromkeys(needs)), record)


def of_schedule(record: Record, rooms: set[str]) -> Event | None:
    """An outing or a leave: the leader, who comes along, the vehicle, a room of the house."""
    if record.state in SCHEDULE.finished or record.get("clash_left") or record.get("kind") == "in":
        return None
    hours = spans.span(record)
    if hours is None:
        return None
    place, vehicle = record.text("place"), record.text("vehicle")
    needs: list[Need] = [("room", place)] if place in rooms else []
    needs += [("vehicle", vehicle)] if vehicle else []
    people = (record.text("leader"), *record.words("companions"))
    needs += [("who", name) for name in people if name]
    return Event(*hours, tuple(dict.fromkeys(needs)), record)


def is_elsewhere(record: Record, view: View) -> bool:
    """Whether who takes part is not in the house then: he cannot be on duty as well."""
    if record.register == "schedule":
        if record.get("kind") == "meeting":
            place = record.text("place")
            return bool(place) and place not in view.setting("rooms")
        return True
    return record.register == "meetings" and record.get("kind") == "upper"


def same(first: Record, second: Record) -> bool:
    """Whether two records are about one thing: the schedule's line of a meeting."""
    for one, other in ((first, second), (second, first)):
        if one.text("source") == other.ref:
            return True
        if one.register == "schedule" and other.register == "meetings":
            matter, title = one.text("matter"), other.text("title")
            alike = bool(matter and title) and (matter in title or title in matter)
            if alike and one.text("start") == other.text("start"):
                return True
    return False


def named(record: Record) -> str:
    """What a side of a clash is called, without its hours."""
    if record.register == "schedule":
        parts = (record.text("leader"), record.text("place"), record.text("matter"))
        matter = record.text("matter")
        return " ".join(p for p in parts if p and (p == matter or p not in matter))
    if record.register == "duty":
        line = record.text("line")
        usual = {str(one["id"]): str(one["label"]) for one in DUTY_LINES}
        return f"{record.text('person')} {_(usual.get(line, line))}"
    return record.text("title")


def when(record: Record, day: object = None) -> str:
    """When a side begins, as short as it can be said: 14:30, or 11-23 on another day than `day`."""
    if record.register == "duty":
        return record.text("date")[5:10]
    start, first = record.moment("start"), record.day("start")
    dated = f"{first:%m-%d}" if first is not None and day is not None and first != day else ""
    hour = f"{start:%H:%M}" if start is not None else ""
    return " ".join(part for part in (dated, hour) if part)


def last_day(record: Record) -> str:
    """The last day of a leave, ISO."""
    days = spans.days(record)
    return days[1].isoformat() if days is not None else ""


STEP = timedelta(minutes=30)
