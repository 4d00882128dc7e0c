"""What collides: a room, a vehicle or a person that two things need at once; somebody on leave,
or on duty and needed elsewhere. And what is free instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from officetui.office.events import (
    STEP,
    event_of,
    index,
    is_elsewhere,
    last_day,
    named,
    same,
    when,
)
from officetui.office.intervals import Event, shared
from officetui.registers.people import typed_until
from officetui.registers.record import Record
from officetui.registers.schedule import is_leave
from officetui.registers.spans import USUAL, begins, span, start_cell
from officetui.registers.view import View
from officetui.text.i18n import _, pgettext
from officetui.text.words import listed

OFFERED = 3  # free hours that are named
__all__ = [
    "CELLS",
    "CHECKED",
    "Clash",
    "Way",
    "among",
    "choices",
    "find",
    "free_hours",
    "free_rooms",
    "free_vehicles",
    "instead",
    "named",
    "of",
    "rooms",
    "to_send",
    "ways",
    "ways_out",
    "when",
]
CHECKED = ("meetings", "schedule", "errands")  # the registers whose records are checked
# The cells on which it depends whether a record collides.
CELLS = frozenset(
    {
        "start", "end", "room", "leaders", "host", "chair", "leader", "companions", "vehicle",
        "place", "kind", "at", "for_whom", "passengers", "driver",
    }
)  # fmt: skip
_FAR = 31  # days of a span that are compared with leaves; a longer one is a leave itself


class Clash(msgspec.Struct, frozen=True):
    """Two things that cannot both be; `by` names what both need. Without a `second`, `by` are
    people whom the directory has on leave. `severity`: warn, or hint."""

    first: Record
    second: Record | None
    by: tuple[str, ...]
    at: datetime  # when the collision begins, naive local
    severity: str = "warn"

    def other(self, side: Record | None = None) -> Record | None:
        """The other side than the one the reader looks at."""
        if self.second is None:
            return None
        return self.first if side is not None and self.second.ref == side.ref else self.second

    def words(self, other_than: Record | None = None) -> str:
        """What it is, in words; `other_than` names the side the reader looks at."""
        other = self.other(other_than)
        if other is None:
            return _("{who} is on leave").format(who=listed(self.by))
        if other.register == "duty":
            return _("clashes with duty on {date}: {what}").format(
                what=named(other), date=other.text("date")[5:10]
            )
        if is_leave(other):
            until = last_day(other)[5:]
            if other.state == "requested":
                return _("{who} has asked for leave until {date}").format(
                    who=other.text("leader"), date=until
                )
            return _("{who} is on leave until {date}").format(who=other.text("leader"), date=until)
        side = self.second if other is self.first else self.first
        start = when(other, (side and side.day(start_cell(side.register))) or self.at.date())
        return _("clashes with {when}{title}: {by}").format(
            when=start + " " if start else "", title=named(other), by=listed(self.by)
        )


class Way(msgspec.Struct, frozen=True):
    """One way out of a clash: the cells of the record that change, and what they are in words."""

    words: str
    cells: dict[str, str]


def among(view: View, since: datetime, until: datetime) -> list[Clash]:
    """The clashes of what lies between two naive local moments, earliest first; hints are none."""
    found = []
    known = index(view)
    for first, second in known.pairs(since, until):
        clash = _clash(view, first, second)
        if clash is not None and clash.severity == "warn":
            found.append(clash)
    for event in known.events:
        if event.record.register in CHECKED and event.overlaps(since, until):
            found += _absences(view, event)
    found.sort(key=lambda c: (c.at, c.first.text(start_cell(c.first.register)), c.first.ref))
    return found


def find(
    view: View, cells: Mapping[str, Any], record_id: str = "#new", register: str = "meetings"
) -> list[Clash]:
    """The clashes of a record that is being typed, which is the first side of each; its id may be
    that of a stored one."""
    if register not in CHECKED:
        return []
    event = event_of(Record(register, {**cells, "id": record_id}), view)
    if event is None:
        return []
    found = []
    for other in index(view).colliding(event):
        clash = _clash(view, event, other)
        if clash is not None:
            found.append(msgspec.structs.replace(clash, first=event.record, second=other.record))
    return [*found, *_absences(view, event)]


def of(view: View, record: Record) -> list[Clash]:
    """The clashes of a stored record."""
    return find(view, record.cells, record.id, record.register)


def _clash(view: View, first: Event, second: Event) -> Clash | None:
    """What two events that share a need and an hour mean for each other."""
    one, two = first.record, second.record
    severity = "warn"
    if "duty" in (one.register, two.register):
        if one.register == two.register:
            return None  # the roster has rules of its own
        if one.register == "duty":
            first, second, one, two = second, first, two, one
        eve = begins(one) is None and second.start.date() < first.start.date()
        if eve or not is_elsewhere(one, view):
            return None  # whole days begin when the night before has been handed over
        severity = str(view.setting("duty_elsewhere"))
        if is_leave(one):
            severity = "warn"
        if severity == "off":
            return None
    elif same(one, two):
        return None
    elif is_leave(one) and not is_leave(two):
        first, second, one, two = second, first, two, one  # what can be moved is named first
    by = shared(first, second)
    at = max(first.start, second.start)
    return Clash(one, two, by, at, "warn" if severity == "warn" else "hint") if by else None


def _absences(view: View, event: Event) -> list[Clash]:
    """Those whom the directory has on leave during an event; a leave of the schedule is an event
    itself."""
    record = event.record
    if is_leave(record):
        return []
    first, last = event.start.date(), (event.end - timedelta(microseconds=1)).date()
    days = [first + timedelta(days=n) for n in range(min((last - first).days, _FAR) + 1)]
    away = [
        name
        for kind, name in event.needs
        if kind == "who"
        and (person := view.person(name)) is not None
        and any(typed_until(person, day) for day in days)
    ]
    return [Clash(record, None, tuple(away), event.start)] if away else []


# --- what is free ---------------------------------------------------------------------------


def free_rooms(view: View, start: datetime, end: datetime | None, but: str = "") -> list[str]:
    """The rooms of the office that nothing live needs between two naive local moments; `but` is
    the id of a record that does not count."""
    return _free(view, "room", rooms(view), start, end or start + USUAL, but)


def rooms(view: View) -> list[str]:
    """The rooms of the settings; where none are set those of the house's meetings, by use."""
    own = [str(room) for room in view.setting("rooms")]
    if own:
        return own
    counts: Counter[str] = Counter()
    for event in index(view).events:
        record = event.record
        if record.register == "meetings" and record.get("kind") != "upper" and record.get("room"):
            counts[record.text("room")] += 1
    return [room for room, _count in counts.most_common()]


def free_vehicles(view: View, start: datetime, end: datetime | None, but: str = "") -> list[str]:
    """The vehicles that nobody has between two naive local moments."""
    return _free(view, "vehicle", view.setting("vehicles"), start, end or start + USUAL, but)


def _free(
    view: View, kind: str, names: Iterable[str], start: datetime, end: datetime, but: str
) -> list[str]:
    known = index(view)
    return [
        str(name)
        for name in names
        if all(e.record.id == but for e in known.taken((kind, str(name)), start, end))
    ]


def free_hours(view: View, record: Record, count: int = OFFERED) -> list[datetime]:
    """When else on its day a record could begin, with the same length and all that it needs: the
    next free hours first, then earlier ones. Within business hours, out of the lunch break unless
    it is longer than half a day, and not before now."""
    event = event_of(record, view)
    if event is None:
        return []
    length = event.end - event.start
    later: list[datetime] = []
    earlier: list[datetime] = []
    for opens, closes in _halves(view, event.start.date(), length):
        start, after = opens, datetime.min
        while start + length <= closes:
            free = start >= view.local and start >= after
            if free and _is_free(view, event, start, start + length):
                (later if start > event.start else earlier).append(start)
                after = start + length
            start += STEP
    return [*later, *reversed(earlier)][:count]


def _within_a_day(view: View, event: Event) -> bool:
    """Whether it could be at another hour of a working day."""
    length = event.end - event.start
    halves = _halves(view, event.start.date(), length)
    return any(length <= closes - opens for opens, closes in halves)


def _halves(view: View, day: date, length: timedelta) -> list[tuple[datetime, datetime]]:
    """The business hours of a day into which something of that length fits: before and after the
    lunch break, or, where it fits into neither, the whole of them."""
    opens, out, back = (
        datetime.combine(day, time.fromisoformat(view.setting(name)))
        for name in ("opens", "lunch_from", "lunch_until")
    )
    closes = datetime.combine(day, view.calendar.close)
    halves = [(opens, min(out, closes)), (max(back, opens), closes)] if out < back else []
    fitting = [half for half in halves if length <= half[1] - half[0]]
    return fitting or [(opens, closes)]


def _is_free(view: View, event: Event, start: datetime, end: datetime) -> bool:
    moved = msgspec.structs.replace(event, start=start, end=end)
    others = index(view).colliding(moved)
    clashes = (_clash(view, moved, other) for other in others)
    return all(clash is None or clash.severity != "warn" for clash in clashes) and not _absences(
        view, moved
    )


def choices(view: View, record: Record) -> dict[str, list[str]]:
    """What the form that moves a record offers, by field: hours, rooms and vehicles that are free;
    nothing where it collides with nothing."""
    event = event_of(record, view)
    if event is None or not of(view, record):
        return {}
    found = {
        start_cell(record.register): [f"{one:%Y-%m-%dT%H:%M}" for one in free_hours(view, record)],
        "vehicle": free_vehicles(view, event.start, event.end, record.id),
    }
    if record.register == "meetings":
        found["room"] = free_rooms(view, event.start, event.end, record.id)
    return {field: values for field, values in found.items() if values}


def to_send(view: View, record: Record) -> dict[str, list[str]]:
    """The vehicles that are free for a trip; nothing where the office has none, or none is free."""
    hours = span(record)
    free = free_vehicles(view, *hours, record.id) if hours is not None else []
    return {"vehicle": free} if free else {}


def ways(view: View, record: Record, found: Iterable[Clash], most: int = 4) -> list[Way]:
    """The likeliest ways out, to be taken by one key each: free rooms or vehicles at that hour,
    then other hours of that day with the same length."""
    event = event_of(record, view)
    by = {name for clash in found if clash.severity == "warn" for name in clash.by}
    if event is None or not by:
        return []
    taken = [Way(name, {field: name}) for field, name in _instead(view, event, by)]
    for start in free_hours(view, record)[: max(0, most - len(taken))]:
        cells = {start_cell(record.register): f"{start:%Y-%m-%dT%H:%M}"}
        if record.moment("end") is not None:
            cells["end"] = f"{start + (event.end - event.start):%Y-%m-%dT%H:%M}"
        taken.append(Way(f"{start:%H:%M}", cells))
    return taken


def _instead(view: View, event: Event, by: Iterable[str]) -> list[tuple[str, str]]:
    """Free rooms and vehicles in the place of those that collide, with their fields: two each."""
    record, names = event.record, set(by)
    found = []
    for field, free in (("room", free_rooms), ("place", free_rooms), ("vehicle", free_vehicles)):
        if record.text(field) in names and event_needs(event, field):
            some = free(view, event.start, event.end, record.id)
            found += [(field, name) for name in some[:2]]
    return found


def event_needs(event: Event, field: str) -> bool:
    """Whether the room or the vehicle in a field is what the event needs."""
    kind = "vehicle" if field == "vehicle" else "room"
    return (kind, event.record.text(field)) in event.needs


def ways_out(view: View, record: Record, found: Iterable[Clash]) -> list[str]:
    """What is free instead, in words: rooms or vehicles at that hour, other hours of that day."""
    event = event_of(record, view)
    by = {name for clash in found if clash.severity == "warn" for name in clash.by}
    if event is None or not by:
        return []
    words = []
    if any(record.text(one) in by and event_needs(event, one) for one in ("room", "place")):
        free = free_rooms(view, event.start, event.end, record.id)
        if free:
            words.append(_("Free then: {rooms}").format(rooms=listed(free)))
    if record.text("vehicle") in by:
        cars = free_vehicles(view, event.start, event.end, record.id)
        if cars:
            words.append(_("Free then: {rooms}").format(rooms=listed(cars)))
    hours = free_hours(view, record)
    if hours:
        day = event.start.date()
        said = listed(f"{one:%H:%M}" for one in hours)
        if day == view.today:
            words.append(_("Free today from: {hours}").format(hours=said))
        else:
            words.append(_("Free on {date} from: {hours}").format(date=_short(day), hours=said))
    elif not words and _within_a_day(view, event):
        words.append(pgettext("clash", "No other hour is free that day."))
    return words


def _short(day: date) -> str:
    return f"{day:%m-%d}"


def instead(view: View, records: Iterable[Record]) -> list[str]:
    """What is free instead for the later of the sides of a clash, as the board says it."""
    record = later(records)
    return [] if record is None else instead_of(view, record)


def later(records: Iterable[Record]) -> Record | None:
    """Which side of a clash gives way; a leave does not."""
    sides = [one for one in records if one.register in CHECKED and not is_leave(one)]
    return max(sides, key=lambda one: one.text(start_cell(one.register)), default=None)


def instead_of(view: View, record: Record) -> list[str]:
    """What is free instead for one side, the first with its name; of what has begun, for the rest
    of it. Nothing for what collides with nothing, or is over."""
    start = begins(record)
    begun = start is not None and start < view.local
    words = (_for_the_rest if begun else ways_out)(view, record, of(view, record))
    if not words:
        return []
    return [_("{label}: {what}").format(label=named(record), what=words[0]), *words[1:]]


def _for_the_rest(view: View, record: Record, found: Iterable[Clash]) -> list[str]:
    """The rooms and vehicles that are free from now on until something that has begun ends."""
    event = event_of(record, view)
    by = {name for clash in found if clash.severity == "warn" for name in clash.by}
    if event is None or event.end <= view.local:
        return []
    rest = msgspec.structs.replace(event, start=view.local)
    free = [name for _field, name in _instead(view, rest, by)]
    if not free:
        return []
    until = f"{event.end:%H:%M}" if event.end.date() == view.today else f"{event.end:%m-%d %H:%M}"
    return [_("Free from now to {time}: {what}").format(time=until, what=listed(free))]
