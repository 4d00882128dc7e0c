"""What a roster counts while it is filled: turns by line and kind of day, who was last when.

Who leaves keeps their distance to the others; whoever comes back, or joins, finds it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from officetui.registers.duty_lines import DutyLine
from officetui.registers.roster_parts import DAY, NEVER, Person, Standing

Rank = tuple[int, int, date, int, int]
"""Who comes first: turns on such days (where the line counts them), turns in the line, the last of
them, turns over all, place in the directory."""


class Stand(NamedTuple):
    """All that is counted, as it is before a day; the number of cells, the rest as in a run."""

    cells: int
    turns: dict[str, dict[str, int]]
    score: dict[str, dict[str, int]]
    latest: dict[str, dict[str, date]]
    kinds: dict[str, dict[str, dict[str, int]]]
    total: dict[str, int]
    gone: dict[tuple[str, str], list[int]]


class Tally:
    """The turns as they stand on the day that is being filled."""

    def __init__(
        self,
        first: date,
        last: date,
        lines: Sequence[DutyLine],
        people: Sequence[Person],
        day_type: Callable[[date], str],
    ) -> None:
        self.first, self.last = first, last
        self.lines = {line.id: line for line in lines}
        self.place = {person.name: n for n, person in enumerate(people)}
        self.people = {person.name: person for person in people}
        self.pool = {line: [p.name for p in people if line in p.lines] for line in self.lines}
        self.restless = [p for p in people if p.away]
        self.day_type = day_type
        self.types = {day: day_type(day) for day in days_of(first, last)}
        self.kinds: dict[str, dict[str, dict[str, int]]] = {
            line.id: {kind: dict.fromkeys(self.place, 0) for kind in ("work", "rest", "holiday")}
            for line in lines
            if line.by_day_type
        }
        self.turns = {line: dict.fromkeys(self.place, 0) for line in self.lines}
        self.score = {line: dict.fromkeys(self.place, 0) for line in self.lines}
        self.latest: dict[str, dict[str, date]] = {line: {} for line in self.lines}
        self.total = dict.fromkeys(self.place, 0)
        self.gone: dict[tuple[str, str], list[int]] = {}
        self.whose: dict[tuple[date, str], dict[int, str]] = {}

    def come_and_go(self, day: date) -> None:
        """Who leaves keeps their distance to the others; who comes back, or joins, finds it."""
        for person in self.restless:
            here = person.gone(day) is None
            for line in person.lines:
                place = (person.name, line)
                if here is (place not in self.gone):
                    continue
                least = self._least(line, person.name, day)
                if here:
                    was = self.gone.pop(place)
                    for score, now, then in zip(self._scores(line), least, was, strict=True):
                        score[person.name] += max(0, now - then)
                else:
                    self.gone[place] = least

    def _scores(self, line: str) -> list[dict[str, int]]:
        """What is counted of a line: its turns, and those by type of day."""
        return [self.score[line], *self.kinds.get(line, {}).values()]

    def _least(self, line: str, but: str, day: date) -> list[int]:
        """The fewest turns of the others who are there, of each count."""
        others = [
            name
            for name in self.pool.get(line, ())
            if name != but and (name, line) not in self.gone and self.people[name].gone(day) is None
        ]
        return [
            min((score[name] for name in others), default=score[but])
            for score in self._scores(line)
        ]

    def count(self, day: date, line: str, seat: int, whose: str) -> None:
        """A turn, unless it is the Sunday of a weekend that is one turn."""
        self.whose.setdefault((day, line), {})[seat] = whose
        if whose not in self.place:
            return
        if not self.same_weekend(day, line, whose):
            self.turns[line][whose] += 1
            self.score[line][whose] += 1
            self.total[whose] += 1
            if line in self.kinds:
                self.kind(line, day)[whose] += 1
        self.latest[line][whose] = day

    def kind(self, line: str, day: date) -> dict[str, int]:
        """The turns of a line on such days; all its turns, where it does not count by them."""
        counts = self.kinds.get(line)
        if counts is None:
            return self.score[line]
        kind = self.types.get(day) or self.day_type(day)
        return counts[kind if kind in counts else "work"]

    def same_weekend(self, day: date, line: str, whose: str) -> bool:
        if not self.lines[line].sunday_as_saturday or day.weekday() != 6:
            return False
        return whose in self.whose.get((day - DAY, line), {}).values()

    def rank(self, name: str, line: str, day: date) -> Rank:
        return (
            self.kind(line, day)[name] if line in self.kinds else 0,
            self.score[line][name],
            self.latest[line].get(name, NEVER),
            self.total[name],
            self.place[name],
        )

    def standing_of(self, name: str, line: str) -> Standing:
        return Standing(
            name,
            self.turns[line][name],
            self.score[line][name],
            self.latest[line].get(name),
            self.total[name],
        )

    def stands_at(self, cells: int) -> Stand:
        """All that is counted now, with so many cells."""
        return Stand(
            cells,
            {line: dict(turns) for line, turns in self.turns.items()},
            {line: dict(turns) for line, turns in self.score.items()},
            {line: dict(days) for line, days in self.latest.items()},
            {line: {k: dict(n) for k, n in kinds.items()} for line, kinds in self.kinds.items()},
            dict(self.total),
            dict(self.gone),
        )

    def to(self, stand: Stand) -> None:
        """What was counted then."""
        self.turns = {line: dict(turns) for line, turns in stand.turns.items()}
        self.score = {line: dict(turns) for line, turns in stand.score.items()}
        self.latest = {line: dict(days) for line, days in stand.latest.items()}
        self.kinds = {
            line: {k: dict(n) for k, n in kinds.items()} for line, kinds in stand.kinds.items()
        }
        self.total, self.gone = dict(stand.total), dict(stand.gone)


def tight(lines: Sequence[DutyLine]) -> frozenset[tuple[str, str]]:
    """The pairs of lines that nobody can have on two days running: the first is followed by a free
    day, or lasts into the hours of the second."""
    pairs = set()
    for one in lines:
        for two in lines:
            begins = two.span[0] + DAY
            if one.free_next_day or one.span[1] > begins:
                pairs.add((one.id, two.id))
    return frozenset(pairs)


def days_of(first: date, last: date) -> list[date]:
    """The days from the first to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
