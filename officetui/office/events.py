"""The office's events, with what each of them needs: meetings, the schedule, the roster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from officetui.office.intervals import Event, Index, Need
from officetui.office.look import Look, alive
from officetui.registers import duty, spans
from officetui.registers import errands_parts as errands
from officetui.registers.meetings import MEETINGS, cast
from officetui.registers.record import Record
from officetui.registers.schedule import SCHEDULE, is_leave
from officetui.registers.settings import DUTY_LINES
from officetui.registers.view import View
from officetui.text.i18n import _

# What the events are worked out from; a change of another register leaves them as they are.
SOURCES = ("meetings", "meetings.attendees", "schedule", "errands", "duty", "settings")
_HELD = MEETINGS.finished | {"held", "minutes_signed"}
_EXCUSED = ("请假",)
_Docs = dict[str, Mapping[str, Any]]


def index(view: View) -> Index:
    """The office's events; of an office they are kept, and brought up to date when something of
    them has changed."""
    if not isinstance(view, Look):
        maker = _Maker(view)
        records = (r for name in _REGISTERS for r in view.records(name))
        return Index(event for record in records if (event := maker.event(record)) is not None)
    with view.lock:
        kept = view.keeps.get("events")
        if kept is None:
            kept = view.keeps["events"] = _Kept()
        assert isinstance(kept, _Kept)
        return kept.now(view)


_REGISTERS = ("meetings", "schedule", "errands", "duty")


class _Maker:
    """Makes events of records, with the settings read once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.rooms = {str(room) for room in view.setting("rooms")}
        self.lines = {str(line["id"]): line for line in view.setting("duty_lines")}

    def event(self, record: Record) -> Event | None:
        if record.register == "meetings":
            return of_meeting(record, self.view)
        if record.register == "schedule":
            return of_schedule(record, self.rooms)
        if record.register == "errands":
            return of_errand(record)
        day, line = record.day("date"), self.lines.get(record.text("line"))
        name = record.text("person")
        if day is None or line is None or not name:
            return None
        shift = duty.hours(line, day)
        return Event(shift.start, shift.end, (("who", name),), record)


class _Kept:
    """The events of an office: after a change only what it touched is worked out again."""

    def __init__(self) -> None:
        self._revision: object = None
        self._settings: object = None
        self._begin()

    def _begin(self) -> None:
        self.index = Index()
        self._docs: dict[str, _Docs] = {name: {} for name in (*_REGISTERS, "meetings.attendees")}
        self._events: dict[str, Event] = {}

    def now(self, look: Look) -> Index:
        """The index as the desk is now. Hold the lock of `look`."""
        revision = look.store.revision(SOURCES)
        if revision == self._revision:
            return self.index
        self._revision = revision
        maker = _Maker(look)
        settings = (maker.rooms, maker.lines)
        if settings != self._settings:
            self._begin()
            self._settings = settings
        moved = {
            str(doc.get("parent"))
            for pair in self._differing(look, "meetings.attendees")
            for doc in pair[1:]
            if doc is not None
        }
        anew: list[Event] = []
        for register in _REGISTERS:
            touched = {record: doc for record, _old, doc in self._differing(look, register)}
            if register == "meetings":
                docs = self._docs[register]
                touched |= {record: docs[record] for record in moved if record in docs}
            for record_id, doc in touched.items():
                old = self._events.pop(f"{register}/{record_id}", None)
                if old is not None:
                    self.index.remove(old)
                if doc is None or not alive(doc):
                    continue
                event = maker.event(Record(register, doc))
                if event is not None:
                    self._events[event.record.ref] = event
                    anew.append(event)
        if len(anew) > _MANY:
            self.index = Index(self._events.values())
        else:
            for event in anew:
                self.index.add(event)
        return self.index

    def _differing(
        self, look: Look, register: str
    ) -> list[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
        """The records of a register that are other ones than before: (id, before, now). A doc is
        never changed in place, so it is enough to see whether it is the same one."""
        known, docs = self._docs[register], look.store.desk(register)
        found: list[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]] = [
            (record, old, doc)
            for record, doc in docs.items()
            if (old := known.get(record)) is not doc
        ]
        gone = known.keys() - docs.keys() if len(docs) != len(known) + _new(found) else ()
        found += [(record, known[record], None) for record in gone]
        for record, _old, doc in found:
            if doc is None:
                del known[record]
            else:
                known[record] = doc
        return found


def _new(found: list[tuple[str, Any, Any]]) -> int:
    return sum(old is None for _record, old, _doc in found)


_MANY = 200  # from so many new events on the index is made at once


def event_of(record: Record, view: View) -> Event | None:
    """A record as an event, also one that is being typed; None when it takes no room or person."""
    if record.register == "meetings":
        return of_meeting(record, view)
    if record.register == "schedule":
        return of_schedule(record, {str(room) for room in view.setting("rooms")})
    if record.register == "errands":
        return of_errand(record)
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


def of_errand(record: Record) -> Event | None:
    """A trip that is asked for or approved: its vehicle, who goes, who drives."""
    if record.text("kind") != errands.VEHICLES or record.state not in ("", *errands.OPEN):
        return None
    hours = spans.span(record)
    if hours is None or record.get("clash_left"):
        return None
    vehicle = record.text("vehicle")
    needs: list[Need] = [("vehicle", vehicle)] if vehicle else []
    needs += [("who", name) for name in errands.people(record)]
    return Event(*hours, tuple(dict.fromkeys(needs)), record)


def is_elsewhere(record: Record, view: View) -> bool:
    """Whether who takes part is not in the house then: he cannot be on duty as well."""
    if record.register == "schedule":
        if record.get("kind") == "meeting":
            place = record.text("place")
            return bool(place) and place not in view.setting("rooms")
        return True
    if record.register == "errands":
        return True
    return record.register == "meetings" and record.get("kind") == "upper"


def same(first: Record, second: Record) -> bool:
    """Whether two records are about one thing: the schedule's line of a meeting."""
    for one, other in ((first, second), (second, first)):
        if one.text("source") == other.ref:
            return True
        if one.register == "errands" and _takes_there(one, other):
            return True
        if one.register == "schedule" and other.register == "meetings":
            matter, title = one.text("matter"), other.text("title")
            alike = bool(matter and title) and (matter in title or title in matter)
            if alike and one.text("start") == other.text("start"):
                return True
    return False


def _takes_there(errand: Record, other: Record) -> bool:
    """Whether a trip takes somebody to what stands beside it: the outing of a leader, a meeting
    elsewhere that begins after it has left."""
    who = errands.people(errand)
    if other.register == "schedule":
        if other.text("leader") not in who or is_leave(other):
            return False
        if errand.text("at") == other.text("start"):
            return True
        vehicle, place = other.text("vehicle"), other.text("place")
        said = f"{errand.text('place')} {errand.text('content')}"
        return bool(vehicle and vehicle == errand.text("vehicle")) or bool(place and place in said)
    if other.register != "meetings" or other.get("kind") != "upper":
        return False
    left, begins = spans.begins(errand), spans.begins(other)
    return (
        left is not None
        and begins is not None
        and left.date() == begins.date()
        and left <= begins
        and any(name in who for name in cast(other))
    )


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
    if record.register == "errands":
        return errands.title(record)
    return record.text("title")


def when(record: Record, day: object = None) -> str:
    """When a side begins, as short as it can be said: 14:30, or 11-23 on another day than `day`."""
    if record.register == "duty":
        return record.text("date")[5:10]
    start, first = spans.begins(record), record.day(spans.start_cell(record.register))
    dated = f"{first:%m-%d}" if first is not None and day is not None and first != day else ""
    hour = f"{start:%H:%M}" if start is not None else ""
    return " ".join(part for part in (dated, hour) if part)


def last_day(record: Record) -> str:
    """The last day of a leave, ISO."""
    days = spans.days(record)
    return days[1].isoformat() if days is not None else ""


STEP = timedelta(minutes=30)
