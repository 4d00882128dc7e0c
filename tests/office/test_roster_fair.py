"""The generator is fair, with leave, people who come and go, several lines, weekends, holidays.

An oracle reads the cells alone. Somebody is *eligible* for a line on a day when they take part in
it, are there, and have no other duty that holds them up: none on that day, none the day before
that goes on into it or is followed by a free day, none the day after that this one would spoil;
where Sunday goes with Saturday, on Sunday as well. Whoever was always there is eligible throughout
if that holds on every day on which the line was filled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officetui.office import roster as generator
from officetui.office.changes import New
from officetui.office.office import Office
from officetui.registers.calendar import WorkCalendar
from officetui.registers.duty_lines import DutyLine, read_line
from officetui.registers.roster import make
from officetui.registers.roster_parts import Cell, Person, Roster, Seat, Span

FIRST = date(2026, 1, 1)  # with the Spring Festival, and moved working days
DAY = timedelta(days=1)
DAYS = 75
LINES = ("leader", "day", "night", "holiday")


def line(name: str, hours: str = "08:00-17:30", **more: Any) -> DutyLine:
    start, end = hours.split("-")
    return read_line({"id": name, "label": name, "start": start, "end": end, **more})


@st.composite
def offices(draw: Any) -> tuple[list[DutyLine], list[Person], list[Seat]]:
    """Lines as offices have them, people with leave, late comers and early leavers, and some
    seats that stand fast."""
    lines = [
        line("leader", "08:00-08:00", leaders=False, sunday_as_saturday=draw(st.booleans())),
        line("day", seats=draw(st.integers(1, 2))),
        line(
            "night",
            "17:30-08:00",
            seats=draw(st.integers(1, 2)),
            free_next_day=draw(st.booleans()),
        ),
        line("holiday", "09:00-17:00", seats={"holiday": 1, "rest": draw(st.integers(0, 1))}),
    ]
    people = []
    for n in range(draw(st.integers(2, 12))):
        mine = draw(st.sets(st.sampled_from(LINES), min_size=1))
        away = [
            Span(FIRST + a * DAY, FIRST + (a + b) * DAY, "leave")
            for a, b in draw(
                st.lists(st.tuples(st.integers(0, DAYS), st.integers(0, 20)), max_size=2)
            )
        ]
        if draw(st.integers(0, 5)) == 0:
            away.append(Span(date.min, FIRST + draw(st.integers(1, 40)) * DAY, "joined"))
        if draw(st.integers(0, 5)) == 0:
            away.append(Span(FIRST + draw(st.integers(20, DAYS)) * DAY, date.max, "left"))
        people.append(Person(f"p{n}", frozenset(mine), tuple(away)))
    standing = [
        Seat(FIRST + at * DAY, name, 1, f"p{whose}", f"p{serves}")
        for at, name, whose, serves in draw(
            st.lists(
                st.tuples(
                    st.integers(0, DAYS - 1),
                    st.sampled_from(("day", "night")),
                    st.integers(0, len(people) - 1),
                    st.integers(0, len(people) - 1),
                ),
                max_size=4,
                unique_by=lambda seat: (seat[0], seat[1]),
            )
        )
    ]
    return lines, people, standing


class Oracle:
    """Turns as they were before each pick, read from the cells alone."""

    def __init__(self, roster: Roster, lines: Sequence[DutyLine], people: Sequence[Person]) -> None:
        self.lines = {one.id: one for one in lines}
        self.people = {one.name: one for one in people}
        self.cells: dict[date, list[Cell]] = {}
        for cell in roster.cells:
            self.cells.setdefault(cell.day, []).append(cell)
        self.serves: dict[tuple[date, str], str] = {}
        self.turns: dict[tuple[str, str], int] = {}
        self.latest: dict[tuple[str, str], date] = {}

    def served(self, cell: Cell, standing: Mapping[tuple[date, str, int], Seat]) -> str:
        seat = standing.get((cell.day, cell.line, cell.seat))
        return seat.serves if seat is not None else cell.person

    def held_up(self, name: str, of: str, day: date) -> bool:
        """Whether another duty, or Sunday, keeps somebody from a line that day."""
        if (day, name) in self.serves:
            return True
        before = self.serves.get((day - DAY, name))
        after = self.serves.get((day + DAY, name))
        if before is not None and self.tight(before, of):
            return True
        if after is not None and self.tight(of, after):
            return True
        if not (self.lines[of].sunday_as_saturday and day.weekday() == 5):
            return False
        return (day + DAY, name) in self.serves or self.gone(name, day + DAY)

    def tight(self, one: str, other: str) -> bool:
        first, second = self.lines[one], self.lines[other]
        return first.free_next_day or first.span[1] > second.span[0] + DAY

    def gone(self, name: str, day: date) -> bool:
        return self.people[name].gone(day) is not None

    def always_here(self, name: str, until: date) -> bool:
        return not any(span.first <= until for span in self.people[name].away)


@settings(max_examples=50, deadline=None)
@given(offices())
def test_nobody_is_two_turns_ahead_of_who_was_eligible(
    office: tuple[list[DutyLine], list[Person], list[Seat]],
) -> None:
    lines, people, standing = office
    last = FIRST + (DAYS - 1) * DAY
    roster = make(FIRST, last, lines, people, standing, WorkCalendar().day_type)
    fixed = {(seat.day, seat.line, seat.seat): seat for seat in standing}
    oracle = Oracle(roster, lines, people)
    for cells in oracle.cells.values():
        for cell in cells:
            if cell.person:
                oracle.serves[cell.day, oracle.served(cell, fixed)] = cell.line
    for day, cells in oracle.cells.items():
        for cell in cells:
            if cell.person and cell.by not in ("kept", "sunday"):
                _judge(oracle, cell, {one.person for one in cells if one.line == cell.line})
        for cell in cells:
            if not cell.person:
                continue
            place = (cell.line, cell.person)
            sunday = oracle.lines[cell.line].sunday_as_saturday and day.weekday() == 6
            if not (sunday and oracle.latest.get(place) == day - DAY):
                oracle.turns[place] = oracle.turns.get(place, 0) + 1
            oracle.latest[place] = day


def _judge(oracle: Oracle, cell: Cell, same: set[str]) -> None:
    """Of a pick: fewest turns in the line, then longest without one, of those who could."""
    mine = (cell.line, cell.person)
    for name, person in oracle.people.items():
        if cell.line not in person.lines or name in same:
            continue
        if not oracle.always_here(name, cell.day) or oracle.held_up(name, cell.line, cell.day):
            continue
        theirs = (cell.line, name)
        turns, other = oracle.turns.get(mine, 0), oracle.turns.get(theirs, 0)
        assert turns <= other, (cell, name)  # with this turn at most one ahead
        if turns == other and oracle.always_here(cell.person, cell.day):
            idle = oracle.latest.get(mine, date.min) <= oracle.latest.get(theirs, date.min)
            needed = any(one.name == name and one.why == "needed" for one in cell.barred)
            assert idle or needed or cell.by == "forward", (cell, name)


@settings(max_examples=15, deadline=None)
@given(offices())
def test_the_same_again_and_nobody_away_or_twice_a_day(
    office: tuple[list[DutyLine], list[Person], list[Seat]],
) -> None:
    lines, people, standing = office
    last = FIRST + (DAYS - 1) * DAY
    roster = make(FIRST, last, lines, people, standing, WorkCalendar().day_type)
    assert make(FIRST, last, lines, people, standing, WorkCalendar().day_type) == roster
    known = {one.name: one for one in people}
    taken: set[tuple[date, str]] = {(seat.day, seat.serves) for seat in standing}
    for cell in roster.cells:
        if cell.person and cell.by != "kept":
            assert known[cell.person].gone(cell.day) is None
            assert (cell.day, cell.person) not in taken
            taken.add((cell.day, cell.person))
    kept = {(c.day, c.line, c.seat): c.person for c in roster.cells}
    assert all(kept[seat.day, seat.line, seat.seat] == seat.whose for seat in standing)


@pytest.mark.parametrize("free", [False, True], ids=["", "free the day after the night"])
@pytest.mark.parametrize("nights", [1, 2])
@pytest.mark.parametrize("count", [8, 11, 14, 20])
def test_staff_who_share_all_lines_are_never_two_turns_apart(
    count: int, nights: int, free: bool
) -> None:
    """Everybody takes part in day, night and holidays, as in small offices: one line must not set
    anybody back in another."""
    lines = (
        line("day"),
        line("night", "17:30-08:00", seats=nights, free_next_day=free),
        line("holiday", "09:00-17:00", seats={"holiday": 1}),
    )
    people = [Person(f"p{n:02}", frozenset(one.id for one in lines)) for n in range(count)]
    last = FIRST + 180 * DAY
    roster = make(FIRST, last, lines, people, (), WorkCalendar().day_type)
    turns = {(one.id, person.name): 0 for one in lines for person in people}
    day = FIRST
    for cell in roster.cells:
        if cell.day != day:
            for one in lines:
                counts = [n for (of, _name), n in turns.items() if of == one.id]
                assert max(counts) - min(counts) <= 1, (one.id, day)
            day = cell.day
        turns[cell.line, cell.person] += 1


def test_the_days_are_told_apart_with_moved_working_days() -> None:
    """28 February 2026 is a Saturday on which offices work; 15 to 23 February are the holiday."""
    lines = (line("day", seats={"workday": 1, "moved": 2, "rest": 3, "holiday": 4}),)
    people = [Person(f"p{n}", frozenset({"day"})) for n in range(10)]
    roster = make(FIRST, FIRST + 89 * DAY, lines, people, (), WorkCalendar().day_type)
    seats: dict[date, int] = {}
    for cell in roster.cells:
        seats[cell.day] = seats.get(cell.day, 0) + 1
    told = {date(2026, 2, 27): 1, date(2026, 2, 28): 2, date(2026, 3, 7): 3, date(2026, 2, 17): 4}
    assert {day: seats[day] for day in told} == told
    kinds = {kind: n for one in roster.balance for kind, n in one.days.items()}
    assert set(kinds) == {"workday", "moved", "rest", "holiday"}
    whole = sum(n for one in roster.balance for n in one.days.values())
    assert whole == len(roster.cells)  # the balance counts every seat, by line and type of day


def test_sixty_people_and_181_days_in_the_office_take_less_than_a_second(office: Office) -> None:
    rows = [New("people", {"name": f"L{n:02}", "post": "副镇长", "rank": n}) for n in range(1, 11)]
    rows += [New("people", {"name": f"W{n:02}", "groups": ["女"]}) for n in range(20)]
    rows += [New("people", {"name": f"M{n:02}", "groups": ["男"]}) for n in range(30)]
    office.trash(office.list("people"))
    office.create_many(rows)
    lines: list[dict[str, Any]] = [
        {"id": "leader", "label": "带班", "start": "08:00", "end": "08:00"},
        {"id": "day", "label": "白班", "start": "08:00", "end": "17:30", "groups": ["女"]},
        {"id": "night", "label": "夜班", "start": "17:30", "end": "08:00", "groups": ["男"]},
        {"id": "hol", "label": "节日班", "start": "09:00", "end": "17:00", "seats": {"holiday": 1}},
    ]
    lines[0]["sunday_as_saturday"] = True
    lines[2] |= {"seats": 2, "free_next_day": True}
    office.set_setting("duty_lines", lines)
    begun = perf_counter()
    made = generator.plan(office, date(2026, 1, 1), date(2026, 6, 30))
    assert perf_counter() - begun < 1
    assert not made.roster.empty and made.roster.last - made.roster.first == 180 * DAY
    for one in lines:
        least, most = generator.balance_spread(made.roster, str(one["id"]))
        assert most - least <= 1, one
