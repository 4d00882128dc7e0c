"""What needs what, and when: events by the day and by what they need, to see what collides.

A need is a room, a vehicle or a person: ("room", "二楼会议室"). Two events collide that share a
need at one moment; an end is no part of its event.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from officetui.registers.record import Record

Need = tuple[str, str]
# An event over more days than this is kept apart: it would fill too many days of the index.
LONG = 40


class Event(msgspec.Struct, frozen=True):
    """Something with its naive local hours and what it needs, in the order it is told in."""

    start: datetime
    end: datetime
    needs: tuple[Need, ...]
    record: Record

    def overlaps(self, start: datetime, end: datetime) -> bool:
        return self.start < end and start < self.end


def _order(event: Event) -> tuple[datetime, datetime, str]:
    return event.start, event.end, event.record.ref


class Index:
    """Events, to be asked for those that need something between two moments."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.events = sorted(events, key=_order)
        """All of them, by their start."""
        self._days: dict[Need, dict[int, list[Event]]] = {}
        self._long: dict[Need, list[Event]] = {}
        for event in self.events:
            for place in self._places(event):
                place.append(event)

    def _places(self, event: Event) -> Iterator[list[Event]]:
        """The lists that an event stands in, but for that of all events."""
        first, last = event.start.toordinal(), event.end.toordinal()
        for need in event.needs:
            if last - first > LONG:
                yield self._long.setdefault(need, [])
                continue
            days = self._days.setdefault(need, {})
            for day in range(first, last + 1):
                yield days.setdefault(day, [])

    def add(self, event: Event) -> None:
        """One event more."""
        insort(self.events, event, key=_order)
        for place in self._places(event):
            insort(place, event, key=_order)

    def remove(self, event: Event) -> None:
        """One of its events less."""
        del self.events[bisect_left(self.events, _order(event), key=_order)]
        for place in self._places(event):
            del place[bisect_left(place, _order(event), key=_order)]

    def taken(self, need: Need, start: datetime, end: datetime) -> Iterator[Event]:
        """The events that need it between two moments, each once."""
        for event in self._long.get(need, ()):
            if event.overlaps(start, end):
                yield event
        days = self._days.get(need)
        if not days:
            return
        first, last = start.toordinal(), end.toordinal()
        wanted: Iterable[int] = range(first, last + 1)
        if last - first > len(days):
            wanted = sorted(day for day in days if first <= day <= last)
        for day in wanted:
            for event in days.get(day, ()):
                # An event of several days is told on the first of them that was asked for.
                told = day == first or day == event.start.toordinal()
                if told and event.overlaps(start, end):
                    yield event

    def colliding(self, event: Event) -> list[Event]:
        """The events that share a need with this one at some moment, earliest first."""
        found: dict[str, Event] = {}
        for need in event.needs:
            for other in self.taken(need, event.start, event.end):
                found[other.record.ref] = other
        found.pop(event.record.ref, None)
        return sorted(found.values(), key=_order)

    def pairs(self, since: datetime, until: datetime) -> list[tuple[Event, Event]]:
        """The pairs that collide, of the events between two moments: the earlier one first."""
        by_need: dict[Need, list[Event]] = {}
        found: dict[tuple[str, str], tuple[Event, Event]] = {}
        for event in self.events:
            if not event.overlaps(since, until):
                continue
            for need in event.needs:
                running = [e for e in by_need.get(need, ()) if e.end > event.start]
                for other in running:
                    if other.record.ref != event.record.ref:
                        found[other.record.ref, event.record.ref] = (other, event)
                running.append(event)
                by_need[need] = running
        return list(found.values())


def shared(first: Event, second: Event) -> tuple[str, ...]:
    """The names of what two events both need."""
    others = set(second.needs)
    return tuple(name for kind, name in first.needs if (kind, name) in others)
