"""The duty generator: whose turn it is, day by day and line by line. Pure and deterministic.

Of those who are free it takes who has the fewest turns in the line, then who has been without one
there for longest, then who has the fewest over all, then the order of the directory. What stands
fast (told, confirmed, swapped) is kept and counted. A turn counts for the person it was planned
for, not for who served it, so that swaps do not shift anybody's turns.

A line may count by the type of the day first (`by_day_type`): else a leader whose turn it is every
seventh day has all the Sundays.

Who was away owes nothing for it: with the others one round further, so is whoever comes back, or
joins. A leave shorter than a round excuses from no turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations

from officetui.registers.duty_lines import DutyLine
from officetui.registers.roster_parts import (
    DAY,
    NEVER,
    Balance,
    Barred,
    Cell,
    Person,
    Roster,
    Seat,
    Standing,
)

_MOST_ORDERS = 120  # orders of five lines; with more the first few are tried

Rank = tuple[int, int, date, int, int]
"""Who comes first: turns on such days (where the line counts them), turns in the line, the last of
them, turns over all, place in the directory."""


def make(
    first: date,
    last: date,
    lines: Sequence[DutyLine],
    people: Sequence[Person],
    standing: Collection[Seat],
    day_type: Callable[[date], str],
    only: Collection[str] | None = None,
) -> Roster:
    """Fill the days from `first` to `last`, both included.

    `people` in the order that decides last. `standing`: what is not to be touched, within the
    period and around it, and what was before: turns are counted from the earliest of them.
    `day_type`: of a day, or UNKNOWN. `only`: the lines to fill; what stands in others counts.
    """
    filled = [line for line in lines if only is None or line.id in only]
    return _Making(first, last, lines, filled, people, standing, day_type).made()


class _Making:
    """The state of one run: turns as they stand on the day that is being filled."""

    def __init__(
        self,
        first: date,
        last: date,
        lines: Sequence[DutyLine],
        filled: Sequence[DutyLine],
        people: Sequence[Person],
        standing: Collection[Seat],
        day_type: Callable[[date], str],
    ) -> None:
        self.first, self.last = first, last
        self.filled = tuple(filled)
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
        self.tight = _tight(lines)
        self.fixed: dict[tuple[date, str], dict[int, Seat]] = {}
        self.whose: dict[tuple[date, str], dict[int, str]] = {}
        self.busy: dict[date, dict[str, str]] = {}
        for seat in sorted(standing, key=lambda s: (s.day, s.line, s.seat)):
            self.fixed.setdefault((seat.day, seat.line), {})[seat.seat] = seat
            self.busy.setdefault(seat.day, {})[seat.serves] = seat.line
        self.cells: list[Cell] = []

    def made(self) -> Roster:
        """Go through the days: first those that only count, then those to fill."""
        earlier = [day for day, _line in self.fixed if day < self.first]
        for day in days_of(min(earlier), self.first - DAY) if earlier else ():
            self._come_and_go(day)
            for line in self.lines:
                for number, seat in self.fixed.get((day, line), {}).items():
                    self._count(day, line, number, seat.whose)
        before = {line: dict(turns) for line, turns in self.turns.items()}
        for day in days_of(self.first, self.last):
            self._come_and_go(day)
            self._fill(day)
        order = {line.id: n for n, line in enumerate(self.filled)}
        self.cells.sort(key=lambda cell: (cell.day, order[cell.line], cell.seat))
        return Roster(
            self.first,
            self.last,
            self.filled,
            tuple(self.cells),
            tuple(self._balance(before)),
            self.types,
        )

    # turns

    def _come_and_go(self, day: date) -> None:
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

    def _count(self, day: date, line: str, seat: int, whose: str) -> None:
        """A turn, unless it is the Sunday of a weekend that is one turn."""
        self.whose.setdefault((day, line), {})[seat] = whose
        if whose not in self.place:
            return
        if not self._same_weekend(day, line, whose):
            self.turns[line][whose] += 1
            self.score[line][whose] += 1
            self.total[whose] += 1
            if line in self.kinds:
                self._kind(line, day)[whose] += 1
        self.latest[line][whose] = day

    def _kind(self, line: str, day: date) -> dict[str, int]:
        """The turns of a line on such days; all its turns, where it does not count by them."""
        counts = self.kinds.get(line)
        if counts is None:
            return self.score[line]
        kind = self.types.get(day) or self.day_type(day)
        return counts[kind if kind in counts else "work"]

    def _same_weekend(self, day: date, line: str, whose: str) -> bool:
        if not self.lines[line].sunday_as_saturday or day.weekday() != 6:
            return False
        return whose in self.whose.get((day - DAY, line), {}).values()

    # filling

    def _fill(self, day: date) -> None:
        """The seats of one day: what stands, then Sundays, then whose turn it is."""
        wanted: dict[str, list[int]] = {}
        for line in self.filled:
            fixed = self.fixed.get((day, line.id), {})
            for number in sorted(fixed):
                self._put(Cell(day, line.id, number, fixed[number].whose, "kept"))
            seats = range(1, line.seats_on(self.types[day]) + 1)
            wanted[line.id] = [n for n in seats if n not in fixed]
        for other in self.lines:  # in lines that are not filled, turns are counted all the same
            if other not in wanted:
                for number, seat in self.fixed.get((day, other), {}).items():
                    self._count(day, other, number, seat.whose)
        for line in self.filled:
            if line.sunday_as_saturday and day.weekday() >= 5:
                wanted[line.id] = self._weekend(day, line, wanted[line.id])
        for cell in self._fairest(day, wanted):
            self._put(cell)

    def _put(self, cell: Cell) -> None:
        self.cells.append(cell)
        if cell.by != "kept" and cell.person:
            self.busy.setdefault(cell.day, {})[cell.person] = cell.line
        if cell.person:
            self._count(cell.day, cell.line, cell.seat, cell.person)

    def _weekend(self, day: date, line: DutyLine, wanted: list[int]) -> list[int]:
        """Give Sunday's seats to who has Saturday's, and Saturday's to whose Sunday stands fast;
        the seats still wanted."""
        if day.weekday() == 6:
            other = self.whose.get((day - DAY, line.id), {})
        else:
            fixed = self.fixed.get((day + DAY, line.id), {})
            other = {number: seat.whose for number, seat in fixed.items()}
        left = []
        for number in wanted:
            name = other.get(number, "")
            known = name in self.place and line.id in self.people[name].lines
            if known and self._barred(name, day, line.id, {}, weekend=True) is None:
                self._put(Cell(day, line.id, number, name, "sunday"))
            else:
                left.append(number)
        return left

    def _fairest(self, day: date, wanted: Mapping[str, list[int]]) -> list[Cell]:
        """The picks of a day. Where one line would take from another the only person whose turn
        it is there, the other one picks first; else lines pick in their own order."""
        lines = [line for line in self.filled if wanted[line.id]]
        best: list[Cell] = []
        least = -1
        for n, order in enumerate(permutations(lines)):
            taken: dict[str, str] = {}
            cells = [
                self._pick(day, line, number, taken) for line in order for number in wanted[line.id]
            ]
            ahead = sum(self._ahead(cell) for cell in cells)
            if least < 0 or ahead < least:
                best, least = cells, ahead
            if not least or n >= _MOST_ORDERS:
                break
        return best

    def _ahead(self, cell: Cell) -> int:
        """How many turns the person of a pick was ahead of somebody who only had another duty."""
        if cell.standing is None:
            return 0
        score = self._kind(cell.line, cell.day)
        mine = score[cell.person]
        kept = [score[one.name] for one in cell.barred if one.why == "shift"]
        return max(0, mine - min(kept, default=mine))

    def _pick(self, day: date, line: DutyLine, number: int, taken: dict[str, str]) -> Cell:
        """Whose turn it is. `taken`: who has another duty of the same day, which grows."""
        pair = self._pairs(day, line, number)
        free: list[str] = []
        barred: list[Barred] = []
        both: list[str] = []
        for name in self.pool[line.id]:
            found = self._barred(name, day, line.id, taken)
            if found is not None:
                barred.append(found)
                continue
            free.append(name)
            if pair and self._barred(name, day + DAY, line.id, {}, weekend=True) is None:
                both.append(name)
        if both and len(both) < len(free):
            barred += [Barred(name, "sunday") for name in free if name not in set(both)]
            free = both
        if not free:
            return Cell(day, line.id, number, "", "none", barred=tuple(barred))
        ranks = {name: self._rank(name, line.id, day) for name in free}
        chosen = min(free, key=ranks.__getitem__)
        others = (name for name in free if name != chosen)
        second = min(others, key=ranks.__getitem__, default=None)
        taken[chosen] = line.id
        before = [(self._rank(one.name, line.id, day), one) for one in barred]
        before = [place for place in before if place[0] < ranks[chosen]]
        before.sort(key=lambda place: place[0])
        return Cell(
            day,
            line.id,
            number,
            chosen,
            _decided(ranks[chosen], ranks[second]) if second is not None else "only",
            self._standing(chosen, line.id),
            self._standing(second, line.id) if second is not None else None,
            tuple(one for _rank, one in before),
        )

    def _pairs(self, day: date, line: DutyLine, number: int) -> bool:
        """Whether who takes this Saturday takes the Sunday as well."""
        sunday = day + DAY
        return (
            line.sunday_as_saturday
            and day.weekday() == 5
            and sunday <= self.last
            and number <= line.seats_on(self.types[sunday])
            and number not in self.fixed.get((sunday, line.id), {})
        )

    def _rank(self, name: str, line: str, day: date) -> Rank:
        return (
            self._kind(line, day)[name] if line in self.kinds else 0,
            self.score[line][name],
            self.latest[line].get(name, NEVER),
            self.total[name],
            self.place[name],
        )

    def _barred(
        self,
        name: str,
        day: date,
        line: str,
        taken: Mapping[str, str],
        weekend: bool = False,
    ) -> Barred | None:
        """Why somebody cannot take that day. `weekend`: a Sunday that goes with its Saturday."""
        gone = self.people[name].gone(day)
        if gone is not None:
            return Barred(name, gone.why, gone.last)
        other = taken.get(name) or self.busy.get(day, {}).get(name)
        if other is not None:
            return Barred(name, "shift", line=other)
        if not self.tight:
            return None
        earlier = self.busy.get(day - DAY, {}).get(name)
        if earlier is not None and (earlier, line) in self.tight and not weekend:
            return Barred(name, "before", line=earlier)
        later = self.busy.get(day + DAY, {}).get(name)
        if later is not None and (line, later) in self.tight and not weekend:
            return Barred(name, "after", line=later)
        return None

    def _standing(self, name: str, line: str) -> Standing:
        return Standing(
            name,
            self.turns[line][name],
            self.score[line][name],
            self.latest[line].get(name),
            self.total[name],
        )

    def _balance(self, before: Mapping[str, Mapping[str, int]]) -> list[Balance]:
        days: dict[tuple[str, str], dict[str, int]] = {}
        for cell in self.cells:
            if cell.person:
                kinds = days.setdefault((cell.line, cell.person), {})
                kind = self.types[cell.day]
                kinds[kind] = kinds.get(kind, 0) + 1
        days_away = {
            person.name: sum(person.gone(day) is not None for day in self.types)
            for person in self.restless
        }
        return [
            Balance(
                line.id,
                name,
                before[line.id][name],
                self.turns[line.id][name] - before[line.id][name],
                days.get((line.id, name), {}),
                self.latest[line.id].get(name),
                days_away.get(name, 0),
            )
            for line in self.filled
            for name in self.place
            if name in set(self.pool[line.id]) or (line.id, name) in days
        ]


def _decided(rank: Rank, other: Rank) -> str:
    """In what the chosen one stood before the next best."""
    words = ("kind", "turns", "idle", "total", "order")
    return next(word for word, a, b in zip(words, rank, other, strict=True) if a != b)


def _tight(lines: Sequence[DutyLine]) -> frozenset[tuple[str, str]]:
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
