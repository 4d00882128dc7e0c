"""What collides: two meetings in one room or with one leader, a leader on leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from officetui.registers.meetings import MEETINGS, cast, span
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed


class Clash(msgspec.Struct, frozen=True):
    """Two meetings that cannot both be; `by` names rooms and people, `leave` a person away."""

    first: Record
    second: Record | None
    by: tuple[str, ...]
    at: datetime  # when the collision begins, naive local

    def words(self, other_than: Record | None = None) -> str:
        """What it is, in words; `other_than` names the side the reader looks at."""
        if self.second is None:
            return _("{who} is on leave").format(who=listed(self.by))
        other = self.first if other_than == self.second else self.second
        start = other.moment("start")
        when = start.strftime("%H:%M") + " " if start else ""
        return _("clashes with {when}{title}: {by}").format(
            when=when, title=other.text("title"), by=listed(self.by)
        )


def _live(records: Iterable[Record]) -> list[tuple[datetime, datetime, Record]]:
    """The spans of the meetings that may collide, by their start."""
    done = MEETINGS.finished | {"held", "minutes_signed"}
    spans = []
    for record in records:
        if record.state in done or record.get("clash_left"):
            continue
        hours = span(record)
        if hours is not None:
            spans.append((*hours, record))
    spans.sort(key=lambda one: (one[0], one[1], one[2].id))
    return spans


def shared(first: Record, second: Record) -> tuple[str, ...]:
    """The room and the people two meetings both need."""
    room = first.text("room")
    by = [room] if room and room == second.text("room") else []
    others = set(cast(second))
    by += [name for name in cast(first) if name in others]
    return tuple(by)


def among(view: View, since: datetime, until: datetime) -> list[Clash]:
    """The clashes that begin between two naive local moments, earliest first."""
    spans = [one for one in _live(view.records("meetings")) if one[0] < until and one[1] > since]
    found: list[Clash] = []
    running: list[tuple[datetime, datetime, Record]] = []
    for start, end, record in spans:
        running = [one for one in running if one[1] > start]
        for _start, _end, other in running:
            by = shared(other, record)
            if by:
                found.append(Clash(other, record, by, start))
        running.append((start, end, record))
        away = absent(view, record)
        if away:
            found.append(Clash(record, None, away, start))
    return found


def absent(view: View, record: Record) -> tuple[str, ...]:
    """Those of a meeting's leaders who are on leave that day."""
    day = record.day("start")
    if day is None:
        return ()
    away = []
    for name in cast(record):
        person = view.person(name)
        if person is not None and away_until(person, day):
            away.append(name)
    return tuple(away)


def find(view: View, cells: Mapping[str, Any], record_id: str = "#new") -> list[Clash]:
    """The clashes of a meeting that is being typed; its id may be that of a stored one."""
    draft = Record("meetings", {**cells, "id": record_id})
    hours = span(draft)
    if hours is None:
        return []
    found = []
    for start, end, other in _live(view.records("meetings")):
        if other.id != record_id and start < hours[1] and hours[0] < end:
            by = shared(draft, other)
            if by:
                found.append(Clash(draft, other, by, max(start, hours[0])))
    away = absent(view, draft)
    if away:
        found.append(Clash(draft, None, away, hours[0]))
    return found


def free_rooms(view: View, start: datetime, end: datetime | None, but: str = "") -> list[str]:
    """The rooms of the settings that no live meeting uses between two naive local moments."""
    end = end or start + timedelta(hours=1, minutes=30)
    taken = {
        record.text("room")
        for begun, ended, record in _live(view.records("meetings"))
        if record.id != but and begun < end and start < ended
    }
    return [room for room in view.setting("rooms") if room not in taken]
