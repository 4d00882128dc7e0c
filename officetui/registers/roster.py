"""The duty generator: whose turn it is, day by day and line by line. Pure and deterministic.

Of those who are free it takes who has the fewest turns in the line, then who has been without one
there for longest, then who has the fewest over all, then the order of the directory. What stands
fast (told, confirmed, swapped) is kept and counted. A turn counts for the person it was planned
for, not for who served it, so that swaps do not shift anybody's turns.

A line may count by the type of the day first (`by_day_type`): else a leader whose turn it is every
seventh day has all the Sundays.

Somebody is eligible for a line on a day when they take part in it, are there, and have no other
duty that holds them up: of that day, of the day before where it goes on into it or is followed by
a free day, or of the Sunday that goes with a Saturday. Nobody is ever more than one turn ahead of
whoever was eligible throughout; so that other duties hold up as few as possible, days are filled
again (`roster_ways`).

Who was away owes nothing for it: with the others one round further, so is whoever comes back, or
joins. A leave shorter than a round excuses from no turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from officetui.registers.duty_lines import DutyLine
from officetui.registers.roster_parts import (
    DAY,
    Balance,
    Barred,
    Cell,
    Person,
    Roster,
    Seat,
)
from officetui.registers.roster_tally import Rank, Stand, Tally, days_of, tight
from officetui.registers.roster_ways import SetBack, Way, fill, weight

_HELD_UP = ("shift", "before")  # by another duty
_MOST_ORDERS = 8  # of the lines of a day
_EACH = 30  # effort of an order beside that for its people


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


class _Making(Tally):
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
        super().__init__(first, last, lines, people, day_type)
        self.filled = tuple(filled)
        self.tight = tight(lines)
        self.fixed: dict[tuple[date, str], dict[int, Seat]] = {}
        self.busy: dict[date, dict[str, str]] = {}
        for seat in sorted(standing, key=lambda s: (s.day, s.line, s.seat)):
            self.fixed.setdefault((seat.day, seat.line), {})[seat.seat] = seat
            self.busy.setdefault(seat.day, {})[seat.serves] = seat.line
        self.cells: list[Cell] = []
        self.ways: dict[tuple[date, str, str], Way] = {}
        self.set_back: list[SetBack] = []
        self.effort = 0  # what the picks have cost: people looked at
        self.standing_busy = {day: dict(busy) for day, busy in self.busy.items()}

    def made(self) -> Roster:
        """Go through the days: first those that only count, then those to fill."""
        earlier = [day for day, _line in self.fixed if day < self.first]
        for day in days_of(min(earlier), self.first - DAY) if earlier else ():
            self.come_and_go(day)
            for line in self.lines:
                for number, seat in self.fixed.get((day, line), {}).items():
                    self.count(day, line, number, seat.whose)
        before = {line: dict(turns) for line, turns in self.turns.items()}
        fill(self, days_of(self.first, self.last))
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

    # filling

    def one_day(self, day: date) -> list[SetBack]:
        """Fill a day; whom it sets back."""
        self.come_and_go(day)
        self.set_back = []
        self._fill(day)
        return self.set_back

    def stand(self) -> Stand:
        """All that is counted, as it is before a day."""
        return self.stands_at(len(self.cells))

    def return_to(self, day: date, stand: Stand) -> None:
        """To the morning of a day: what was filled since is forgotten."""
        self.to(stand)
        del self.cells[stand.cells :]
        for place in [place for place in self.whose if place[0] >= day]:
            del self.whose[place]
        for late in [late for late in self.busy if late >= day]:
            self.busy[late] = dict(self.standing_busy.get(late, {}))

    def held(self) -> tuple[Any, ...]:
        """Everything, as it is now."""
        return self.stand(), list(self.cells), dict(self.whose), dict(self.busy)

    def put_back(self, held: tuple[Any, ...]) -> None:
        """Everything as it was."""
        stand, cells, whose, busy = held
        self.return_to(self.first, stand)
        self.cells, self.whose, self.busy = list(cells), dict(whose), dict(busy)

    def could(self, day: date, line: str, name: str, stand: Stand) -> bool:
        """Whether the person, free on that day, had as few turns as who was taken."""
        if name in self.busy.get(day, {}) or line not in self.people[name].lines:
            return False
        fewest = stand.score[line][name]
        return any(
            cell.day == day and cell.line == line and cell.standing.counted == fewest
            for cell in self.cells[stand.cells :][: 4 * len(self.lines)]
            if cell.standing is not None
        )

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
                    self.count(day, other, number, seat.whose)
        for line in self.filled:
            if line.sunday_as_saturday and day.weekday() >= 5:
                wanted[line.id] = self._weekend(day, line, wanted[line.id])
        picked = self._fairest(day, wanted)
        self.set_back += [one for cell in picked for one in self._passed(cell)]
        for cell in picked:
            self._put(cell)

    def _put(self, cell: Cell) -> None:
        self.cells.append(cell)
        if cell.by != "kept" and cell.person:
            self.busy.setdefault(cell.day, {})[cell.person] = cell.line
        if cell.person:
            self.count(cell.day, cell.line, cell.seat, cell.person)

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
        orders = [[line for line in self.filled if wanted[line.id]]]
        best: list[Cell] = []
        least = -1
        for order in orders:  # which grows
            taken: dict[str, str] = {}
            cells = [
                self._pick(day, line, number, taken) for line in order for number in wanted[line.id]
            ]
            self.effort += len(self.place) + _EACH
            passed = [one for cell in cells for one in self._passed(cell)]
            if least < 0 or weight(passed) < least:
                best, least = cells, weight(passed)
            if not passed or len(orders) >= _MOST_ORDERS:
                break
            orders += [other for other in _sooner(order, passed) if other not in orders]
        return best

    def _passed(self, cell: Cell) -> list[SetBack]:
        """Who only had another duty, and whom this pick leaves two turns behind or more."""
        if cell.standing is None:
            return []
        score = self.kind(cell.line, cell.day)
        mine = score[cell.person]
        return [
            SetBack(cell.line, one, mine - score[one.name])
            for one in cell.barred
            if one.why in _HELD_UP and score[one.name] < mine
        ]

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
        chosen = self._otherwise(day, line.id, free, barred) if self.ways else ""
        ranks = {name: self.rank(name, line.id, day) for name in free}
        forward = bool(chosen)
        chosen = chosen or min(free, key=ranks.__getitem__)
        others = (name for name in free if name != chosen)
        second = min(others, key=ranks.__getitem__, default=None)
        taken[chosen] = line.id
        before = [(self.rank(one.name, line.id, day), one) for one in barred]
        before = [place for place in before if place[0] < ranks[chosen]]
        before.sort(key=lambda place: place[0])
        return Cell(
            day,
            line.id,
            number,
            chosen,
            "forward" if forward else _decided(ranks, chosen, second),
            self.standing_of(chosen, line.id),
            self.standing_of(second, line.id) if second is not None else None,
            tuple(one for _rank, one in before),
        )

    def _otherwise(self, day: date, line: str, free: list[str], barred: list[Barred]) -> str:
        """Who comes first for once, because another duty would hold them up later; "" for nobody.
        Who leaves this turn to others, because it holds them up, is taken out of `free`."""
        if not any((day, line, name) in self.ways for name in free):
            return ""
        fewest = min(self.rank(name, line, day)[:2] for name in free)
        same = [name for name in free if self.rank(name, line, day)[:2] == fewest]
        for name in same:
            way = self.ways.get((day, line, name))
            if way is not None and way.first:
                return name
        leaving = [name for name in same if (day, line, name) in self.ways]
        if leaving and len(leaving) < len(same):
            for name in leaving:
                free.remove(name)
                barred.append(Barred(name, "needed", line=self.ways[day, line, name].line_for))
        return ""

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


def _sooner(order: list[DutyLine], passed: Sequence[SetBack]) -> list[list[DutyLine]]:
    """Orders in which a line that had to pass somebody picks before the line that took them."""
    found = []
    for one in passed:
        late = next((line for line in order if line.id == one.line), None)
        if late is None or one.held.why != "shift":
            continue
        rest = [line for line in order if line is not late]
        place = next((n for n, line in enumerate(rest) if line.id == one.held.line), len(rest))
        found.append([*rest[:place], late, *rest[place:]])
    return found


def _decided(ranks: Mapping[str, Rank], chosen: str, second: str | None) -> str:
    """In what the chosen one stood before the next best."""
    if second is None:
        return "only"
    rank, other = ranks[chosen], ranks[second]
    words = ("kind", "turns", "idle", "total", "order")
    return next(word for word, a, b in zip(words, rank, other, strict=True) if a != b)
