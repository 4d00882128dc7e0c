"""The lines of the duty roster as the office sets them: hours, seats, and whose turns they are.

A line is a row of the setting `duty_lines`. Besides `id`, `label`, `start` and `end` it may have

* `seats`: how many people a day, or a table by day type (`{"workday": 1, "holiday": 2}`; a day
  type that is not named has none, which is how a line for holidays only is written),
* `leaders`: true for leaders, false for everybody else; without it, leaders for the line `leader`,
* `groups`, `units`: only people of one of these; `without`: nobody of these groups,
* `sunday_as_saturday`: who has Saturday has Sunday too, as one turn,
* `free_next_day`: who has this line has none the day after,
* `by_day_type`: turns are counted by the type of the day first, so that weekends go round as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

import msgspec

from officetui.registers.people import leads
from officetui.registers.record import Record

MOST_SEATS = 20
SEATS_BY = ("workday", "rest", "holiday", "moved")
_FLAGS = ("leaders", "sunday_as_saturday", "free_next_day", "by_day_type")
LISTS = ("groups", "units", "without")


class DutyLine(msgspec.Struct, frozen=True):
    """One line, read from its row. `seats_by`: seats by day type; None: `seats` on every day."""

    id: str
    label: str
    start: str
    end: str
    leaders: bool
    seats: int = 1
    seats_by: dict[str, int] | None = None
    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sunday_as_saturday: bool = False
    free_next_day: bool = False
    by_day_type: bool = False

    def seats_on(self, day_type: str) -> int:
        """How many people the line needs on a day of that type."""
        return self.seats if self.seats_by is None else self.seats_by.get(day_type, 0)

    def takes(self, person: Record) -> bool:
        """Whether the person's turns come in this line at all."""
        if leads(person) is not self.leaders:
            return False
        groups = set(person.words("groups"))
        if groups & set(self.without):
            return False
        if not self.groups and not self.units:
            return True
        return bool(groups & set(self.groups)) or person.text("unit") in self.units

    @property
    def span(self) -> tuple[timedelta, timedelta]:
        """Its hours, counted from the midnight its day begins with."""
        begin, end = (time.fromisoformat(text) for text in (self.start, self.end))
        first = timedelta(hours=begin.hour, minutes=begin.minute)
        last = timedelta(hours=end.hour, minutes=end.minute)
        return first, last if last > first else last + timedelta(days=1)


def read_line(row: Mapping[str, Any]) -> DutyLine:
    """A row of the setting that `extras_fit`."""
    seats = row.get("seats", 1)
    by = {str(kind): int(n) for kind, n in seats.items()} if isinstance(seats, dict) else None
    return DutyLine(
        id=str(row["id"]),
        label=str(row["label"]),
        start=str(row["start"]),
        end=str(row["end"]),
        leaders=bool(row.get("leaders", row["id"] == "leader")),
        seats=1 if by is not None else int(seats),
        seats_by=by,
        groups=tuple(row.get("groups", ())),
        units=tuple(row.get("units", ())),
        without=tuple(row.get("without", ())),
        sunday_as_saturday=bool(row.get("sunday_as_saturday", False)),
        free_next_day=bool(row.get("free_next_day", False)),
        by_day_type=bool(row.get("by_day_type", False)),
    )


def extras_fit(row: Mapping[str, Any]) -> bool:
    """Whether what a line says besides its name and hours can be used."""
    return (
        _seats_fit(row.get("seats", 1))
        and all(isinstance(row.get(name, False), bool) for name in _FLAGS)
        and all(_words_fit(row.get(name, [])) for name in LISTS)
    )


def _seats_fit(value: Any) -> bool:
    if isinstance(value, dict):
        return all(kind in SEATS_BY and _number_fits(n) for kind, n in value.items())
    return _number_fits(value)


def _number_fits(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_SEATS


def _words_fit(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
