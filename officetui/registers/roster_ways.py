"""Days of a roster filled one after the other, and otherwise where a day sets somebody back.

Who has a duty cannot have another one of that day. When it is then the turn of nobody else in that
line, somebody would be two turns ahead of them. The days before are tried otherwise: they keep out
of the other duty, or have one of both turns some days earlier; never before somebody with fewer
turns. What helps most stays, and of several the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from officetui.registers.roster_parts import DAY, Barred

_BACK: Final = 14  # days within which a turn may come earlier
_MOST: Final = 40_000  # effort, all in all: some tenths of a second
_MOST_OF_ONE: Final = 5_000  # because of one day


class SetBack(NamedTuple):
    """Somebody whom a pick of `line` leaves two turns behind, and what held them up."""

    line: str
    held: Barred
    by: int  # turns beyond the one that is in order


class Way(NamedTuple):
    """`first`: the person has the turn of that day and line before others with as few turns; else
    they leave it to others with as few. `line_for`: the line because of which."""

    first: bool
    day: date
    line: str
    name: str
    line_for: str


class Making(Protocol):
    """What fills a day, and can forget it again."""

    ways: dict[tuple[date, str, str], Way]
    effort: int

    def one_day(self, day: date) -> list[SetBack]:
        """Fill a day; whom it sets back."""

    def stand(self) -> Any:
        """All that is counted, as it is before a day."""

    def return_to(self, day: date, stand: Any) -> None:
        """To the morning of a day."""

    def held(self) -> Any:
        """Everything, as it is now."""

    def put_back(self, held: Any) -> None:
        """Everything as it was."""

    def could(self, day: date, line: str, name: str, stand: Any) -> bool:
        """Whether the person, free on that day, had as few turns as who was taken."""


def weight(back: Iterable[SetBack]) -> int:
    """How bad it is: far behind counts for more than several who are a little behind."""
    return sum(one.by**2 for one in back)


def fill(making: Making, days: Sequence[date]) -> None:
    """Fill these days, in their order."""
    _Filling(making, days).fill()


class _Filling:
    def __init__(self, making: Making, days: Sequence[date]) -> None:
        self.making = making
        self.days = days
        self.stands: list[Any] = []
        self.back: list[list[SetBack]] = []
        self.spent = 0  # effort, on ways that were tried

    def fill(self) -> None:
        for at in range(len(self.days)):
            self._to(at)
            if self.back[at]:
                self._otherwise(at)

    def _to(self, at: int) -> None:
        """Fill on, up to the day of that number."""
        for day in self.days[len(self.back) : at + 1]:
            self.stands.append(self.making.stand())
            self.back.append(self.making.one_day(day))

    def _again(self, way: Way, at: int) -> int:
        """Fill the days up to that number once more, in this way; how many people fewer they set
        back."""
        begin = (way.day - self.days[0]).days
        before = sum(map(weight, self.back[begin:]))
        self.making.ways[way.day, way.line, way.name] = way
        self.making.return_to(way.day, self.stands[begin])
        del self.stands[begin:], self.back[begin:]
        self._to(at)
        return before - sum(map(weight, self.back[begin:]))

    def _otherwise(self, at: int) -> None:
        found: Way | None = None
        most = 0
        begun = self.making.effort
        enough = begun + min(_MOST - self.spent, _MOST_OF_ONE)
        held, stands, back = self.making.held(), list(self.stands), list(self.back)
        for way in self._ways(at):
            place = (way.day, way.line, way.name)
            if place in self.making.ways or self.making.effort > enough:
                continue
            less = self._again(way, at)
            del self.making.ways[place]
            self.making.put_back(held)
            self.stands, self.back = list(stands), list(back)
            if less > most:
                found, most = way, less
            if less >= weight(back[at]):
                break
        if found is not None:
            self._again(found, at)
        self.spent += self.making.effort - begun

    def _ways(self, at: int) -> Iterator[Way]:
        """What could be done otherwise, the nearest first."""
        day, first = self.days[at], self.days[0]
        for line, held, _by in self.back[at]:
            on = day if held.why == "shift" else day - DAY
            for back in (on, on - DAY) if on.weekday() == 6 else (on,):
                if back >= first:
                    yield Way(False, back, held.line, held.name, line)
        for line, held, _by in self.back[at]:
            for n in range(1, min(_BACK, at) + 1):
                earlier = day - n * DAY
                for which, other in ((line, held.line), (held.line, line)):
                    if self.making.could(earlier, which, held.name, self.stands[at - n]):
                        yield Way(True, earlier, which, held.name, other)
