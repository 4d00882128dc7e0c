"""The duty generator: fair, the same each time, and nothing that stands is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officetui.errors import Refused
from officetui.office import roster as generator
from officetui.office.office import Office
from officetui.office.roster_words import hints, reason
from officetui.registers.calendar import WorkCalendar
from officetui.registers.duty_lines import DutyLine, read_line
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.roster import make
from officetui.registers.roster_parts import Person, Roster, Seat, Span, away

FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)


def line(name: str, hours: str = "08:00-17:30", **more: Any) -> DutyLine:
    start, end = hours.split("-")
    return read_line({"id": name, "label": name, "start": start, "end": end, **more})


def run(
    lines: Sequence[DutyLine],
    people: Sequence[Person],
    days: int,
    standing: Sequence[Seat] = (),
    first: date = FIRST,
) -> Roster:
    last = first + timedelta(days=days - 1)
    return make(first, last, lines, people, standing, WorkCalendar().day_type)


def turns(roster: Roster, of: str, until: date | None = None) -> dict[str, int]:
    """Turns by person; the Sunday of a weekend with one person is none."""
    rule = next(one for one in roster.lines if one.id == of)
    found = {one.person: 0 for one in roster.balance if one.line == of}
    who: dict[date, set[str]] = {}
    for cell in roster.cells:
        if cell.line != of or not cell.person or (until is not None and cell.day > until):
            continue
        who.setdefault(cell.day, set()).add(cell.person)
        weekend = rule.sunday_as_saturday and cell.day.weekday() == 6
        if not (weekend and cell.person in who.get(cell.day - DAY, set())):
            found[cell.person] = found.get(cell.person, 0) + 1
    return found


def shifts(roster: Roster) -> dict[tuple[str, date], list[str]]:
    found: dict[tuple[str, date], list[str]] = {}
    for cell in roster.cells:
        if cell.person:
            found.setdefault((cell.person, cell.day), []).append(cell.line)
    return found


# the real size

LINES = (
    line("leader", "08:00-08:00", sunday_as_saturday=True),
    line("day"),
    line("night", "17:30-08:00", seats=2, free_next_day=True),
    line("holiday", "09:00-17:00", seats={"holiday": 1}),
)
SIXTY = (
    *(Person(f"l{n}", frozenset({"leader"})) for n in range(10)),
    *(Person(f"w{n}", frozenset({"day", "holiday"})) for n in range(20)),
    *(Person(f"m{n}", frozenset({"night", "holiday"})) for n in range(30)),
)


def test_sixty_people_and_181_days() -> None:
    roster = run(LINES, SIXTY, 181)
    assert not roster.empty
    for one in LINES:
        for n in range(181):
            counts = turns(roster, one.id, FIRST + n * DAY).values()
            # a person of two lines may be held up for a day by the other one
            assert max(counts) - min(counts) <= 1, (one.id, n)
    night = [cell for cell in roster.cells if cell.line == "night"]
    assert len(night) == 2 * 181
    assert {cell.person[0] for cell in night} == {"m"}
    leaders = {cell.day: cell.person for cell in roster.cells if cell.line == "leader"}
    sundays = [day for day in leaders if day.weekday() == 6]
    assert all(leaders[day] == leaders[day - DAY] for day in sundays)
    holidays = {day for day, kind in roster.day_types.items() if kind == "holiday"}
    assert {cell.day for cell in roster.cells if cell.line == "holiday"} == holidays
    assert all(len(lines) == 1 for lines in shifts(roster).values())


def test_weekends_go_round_where_the_line_counts_by_day_type() -> None:
    """Six leaders with six turns a week: in turn, one of them has every weekend."""
    six = [Person(name, frozenset({"leader"})) for name in "abcdef"]

    def weekends(roster: Roster) -> dict[str, int]:
        rest = [cell for cell in roster.cells if cell.day.weekday() == 5]
        return {name: sum(cell.person == name for cell in rest) for name in "abcdef"}

    plain = line("leader", "08:00-08:00", sunday_as_saturday=True)
    first = date(2026, 6, 29)  # twelve weeks without a holiday
    assert max(weekends(run((plain,), six, 28, first=first)).values()) == 4
    round_ = line("leader", "08:00-08:00", sunday_as_saturday=True, by_day_type=True)
    roster = run((round_,), six, 84, first=first)
    counts = weekends(roster).values()
    assert (min(counts), max(counts)) == (2, 2)
    for n in range(84):
        all_turns = turns(roster, "leader", first + n * DAY).values()
        assert max(all_turns) - min(all_turns) <= 2


def test_the_longest_idle_comes_first() -> None:
    roster = run((line("day"),), [Person(name, frozenset({"day"})) for name in "abcde"], 40)
    names = [cell.person for cell in roster.cells]
    assert names == list("abcde") * 8


# properties

people_strategy = st.lists(
    st.tuples(
        st.sets(st.sampled_from(["day", "night", "rest"]), min_size=1),
        st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=2),
    ),
    min_size=1,
    max_size=9,
)
lines_strategy = st.tuples(st.booleans(), st.booleans(), st.integers(1, 2), st.integers(1, 2))


def build(people: Any, shape: Any) -> tuple[tuple[DutyLine, ...], list[Person]]:
    free_next, weekend, day_seats, night_seats = shape
    lines = (
        line("day", seats=day_seats, sunday_as_saturday=weekend),
        line("night", "17:30-08:00", seats=night_seats, free_next_day=free_next),
        line("rest", "09:00-12:00", seats={"rest": 1, "holiday": 1}),
    )
    made = [
        Person(
            f"p{n}",
            frozenset(mine),
            tuple(Span(FIRST + a * DAY, FIRST + (a + b) * DAY, "leave") for a, b in spans),
        )
        for n, (mine, spans) in enumerate(people)
    ]
    return lines, made


@settings(max_examples=60, deadline=None)
@given(people_strategy, lines_strategy)
def test_nobody_away_or_twice_a_day_and_nobody_free_is_left_out(people: Any, shape: Any) -> None:
    lines, made = build(people, shape)
    roster = run(lines, made, 60)
    known = {one.name: one for one in made}
    had = shifts(roster)
    for cell in roster.cells:
        if not cell.person:
            continue
        person = known[cell.person]
        assert cell.line in person.lines
        assert person.gone(cell.day) is None
        assert had[cell.person, cell.day] == [cell.line]
        night = had.get((cell.person, cell.day - DAY)) == ["night"]
        assert not (night and lines[1].free_next_day)
    for cell in roster.empty:
        for person in made:
            free = cell.line in person.lines and person.gone(cell.day) is None
            assert not free or any(one.name == person.name for one in cell.barred)


@settings(max_examples=60, deadline=None)
@given(people_strategy, st.integers(1, 2), st.booleans())
def test_one_turn_ahead_at_most_of_who_was_eligible_throughout(
    people: Any, seats: int, weekend: bool
) -> None:
    """Of one line: with several, another duty holds somebody up for a day."""
    _lines, made = build(people, (False, False, 1, 1))
    made = [Person(one.name, frozenset({"day"}), one.away) for one in made]
    always = [one.name for one in made if not one.away]
    roster = run((line("day", seats=seats, sunday_as_saturday=weekend),), made, 60)
    for n in range(60):
        counts = turns(roster, "day", FIRST + n * DAY)
        for name in always:
            assert max(counts.values()) - counts[name] <= 1


@settings(max_examples=60, deadline=None)
@given(people_strategy, lines_strategy)
def test_of_several_lines_only_another_duty_lets_anybody_pass(people: Any, shape: Any) -> None:
    """Whoever has fewer turns, or is longer without one, than who was taken, could not be."""
    free_next, _weekend, day_seats, night_seats = shape
    lines, made = build(people, (free_next, False, day_seats, night_seats))
    made = [Person(one.name, one.lines) for one in made]
    roster = run(lines, made, 60)
    counts: dict[tuple[str, str], int] = {}
    latest: dict[tuple[str, str], date] = {}
    for cells in by_day(roster):
        for cell in cells:
            if not cell.person:
                continue
            taken = {other.person for other in cells}
            barred = {one.name for one in cell.barred} | taken
            mine = (
                counts.get((cell.line, cell.person), 0),
                latest.get((cell.line, cell.person), date.min),
            )
            for person in made:
                theirs = (
                    counts.get((cell.line, person.name), 0),
                    latest.get((cell.line, person.name), date.min),
                )
                passed = theirs[0] < mine[0] if cell.by == "forward" else theirs < mine
                assert cell.line not in person.lines or not passed or person.name in barred
        for cell in cells:
            place = (cell.line, cell.person)
            counts[place] = counts.get(place, 0) + 1
            latest[place] = cell.day


def by_day(roster: Roster) -> list[list[Any]]:
    days: dict[date, list[Any]] = {}
    for cell in roster.cells:
        days.setdefault(cell.day, []).append(cell)
    return list(days.values())


@settings(max_examples=60, deadline=None)
@given(people_strategy, lines_strategy, st.randoms(use_true_random=False))
def test_again_with_anything_confirmed_it_is_the_same(people: Any, shape: Any, chance: Any) -> None:
    free_next, _weekend, day_seats, night_seats = shape
    lines, made = build(people, (free_next, False, day_seats, night_seats))
    once = run(lines, made, 40)
    assert run(lines, made, 40) == once
    seats = [Seat(c.day, c.line, c.seat, c.person, c.person) for c in once.cells if c.person]
    standing = [seat for seat in seats if chance.random() < 0.3]
    again = run(lines, made, 40, standing)
    kept = {(c.day, c.line, c.seat): c.person for c in again.cells}
    for seat in standing:
        assert kept[seat.day, seat.line, seat.seat] == seat.whose


def test_confirming_the_first_days_changes_nothing_after_them() -> None:
    once = run(LINES, SIXTY, 60)
    standing = [
        Seat(c.day, c.line, c.seat, c.person, c.person)
        for c in once.cells
        if c.day < FIRST + 21 * DAY
    ]
    again = run(LINES, SIXTY, 60, standing)
    assert [c.person for c in again.cells] == [c.person for c in once.cells]


def test_who_was_away_owes_nothing_and_who_joins_is_not_punished() -> None:
    staff = [Person(name, frozenset({"day"})) for name in "abcd"]
    ill = Person("x", frozenset({"day"}), (Span(FIRST, FIRST + 29 * DAY, "leave"),))
    new = Person("y", frozenset({"day"}), (Span(date.min, FIRST + 29 * DAY, "joined"),))
    roster = run((line("day"),), [*staff, ill, new], 60)
    names = [cell.person for cell in roster.cells]
    assert not {"x", "y"} & set(names[:30])
    assert all(a != b for a, b in pairwise(names))
    assert names[30:].count("x") == names[30:].count("y") == 5


def test_one_day_of_leave_excuses_from_no_turn() -> None:
    staff = [Person(name, frozenset({"day"})) for name in "abc"]
    sly = Person("d", frozenset({"day"}), (Span(FIRST + 3 * DAY, FIRST + 3 * DAY, "leave"),))
    names = [cell.person for cell in run((line("day"),), [*staff, sly], 8).cells]
    assert names[3:5] == ["a", "d"]


def test_a_turn_is_the_planned_persons_also_when_another_serves() -> None:
    staff = [Person(name, frozenset({"day"})) for name in "abc"]
    swapped = [Seat(FIRST, "day", 1, "a", "b")]
    roster = run((line("day"),), staff, 4, swapped)
    assert [cell.person for cell in roster.cells] == ["a", "b", "c", "a"]
    assert roster.cells[0].by == "kept"


def test_lines_that_want_the_same_person_do_not_set_anybody_two_turns_ahead() -> None:
    """On the first day both lines would take a; b can only do one of them."""
    lines = (line("day"), line("night", "17:30-08:00"))
    people = [Person("a", frozenset({"day", "night"})), Person("b", frozenset({"day"}))]
    before = [Seat(FIRST - DAY, "day", 1, "a", "a"), Seat(FIRST - DAY, "night", 1, "c", "c")]
    roster = run(lines, people, 1, before)
    assert {cell.line: cell.person for cell in roster.cells} == {"day": "b", "night": "a"}


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 9), st.sampled_from(["/", "a/b", "one"])),
        max_size=3,
    ),
    st.none() | st.integers(0, 50),
    st.integers(0, 50),
)
def test_leave_is_read_as_everywhere_else(spans: Any, left: int | None, n: int) -> None:
    texts = []
    for start, length, form in spans:
        a = (FIRST + start * DAY).isoformat()
        b = (FIRST + (start + length) * DAY).isoformat()
        texts.append({"/": f"/{b}", "a/b": f"{a}/{b}", "one": a}[form])
    cells: dict[str, Any] = {"id": "1", "name": "x", "leave": texts}
    if left is not None:
        cells["left"] = (FIRST + left * DAY).isoformat()
    record = Record("people", cells)
    person = Person("x", frozenset(), away(record))
    assert bool(away_until(record, FIRST + n * DAY)) is (person.gone(FIRST + n * DAY) is not None)


# in the office


@pytest.fixture
def december() -> tuple[date, date]:
    return date(2026, 12, 1), date(2026, 12, 31)


def test_written_as_one_change_and_what_is_confirmed_stays(
    office: Office, december: tuple[date, date]
) -> None:
    made = generator.plan(office, *december)
    assert made.count("new") == 3 * 31
    assert not office.list("duty")
    generator.write(office, made)
    seats = office.list("duty")
    assert len(seats) == 93
    assert seats[0].text("phone")
    again = generator.plan(office, *december)
    assert again.count("same") == 93
    assert generator.write(office, again).refs == ()
    # somebody confirms, another seat is swapped; the list of people changes
    office.do([seats[0]], "confirm")
    swapped = seats[4]
    other = next(n for n in ("李梅", "罗丹", "谢宇", "何静") if n != swapped.text("person"))
    office.do([swapped], "cover", {"person": other, "reason": "病"})
    office.create("people", {"name": "阿强", "unit": "党政办"})
    third = generator.plan(office, *december)
    assert third.count("kept") == 2
    assert third.count("changed") > 0
    generator.write(office, third)
    assert office.get(seats[0].ref).text("person") == seats[0].text("person")  # type: ignore[union-attr]
    assert office.get(swapped.ref).text("person") == other  # type: ignore[union-attr]
    assert office.get(swapped.ref).text("planned_person") == swapped.text("person")  # type: ignore[union-attr]
    for _n in range(5):
        office.undo()
    assert not office.list("duty")


def test_what_was_confirmed_meanwhile_is_not_written_over(
    office: Office, december: tuple[date, date]
) -> None:
    generator.write(office, generator.plan(office, *december))
    office.create("people", {"name": "阿强", "unit": "党政办"})
    made = generator.plan(office, *december)
    cell = next(c for c in made.roster.cells if made.fate(c) == "changed")
    record = made.was(cell)
    assert record is not None
    office.do([record], "confirm")
    with pytest.raises(Refused, match="meanwhile"):
        generator.write(office, made)
    assert sum(r.text("person") == "阿强" for r in office.list("duty")) == 0


def test_why_this_person(office: Office, december: tuple[date, date]) -> None:
    lin = office.person("林芳")
    assert lin is not None
    office.set(lin, {"leave": ["/2026-12-10"]})
    made = generator.plan(office, *december, only=["night"])
    words = {cell.day.day: reason(made, cell) for cell in made.roster.cells}
    assert words[1] == ("first in the order of the directory, 0 turns, next best 何静: 0 turns")
    assert words[3].endswith("next best 谢宇: 0 turns, 林芳 is on leave until 2026-12-10")
    hers = next(cell for cell in made.roster.cells if cell.person == "林芳")
    assert "0 turns (counted as 2, was away), next best" in reason(made, hers)
    assert words[31].startswith("longest without a turn in this line, ")


def test_a_leave_that_was_granted_excludes(office: Office, december: tuple[date, date]) -> None:
    done = office.create(
        "schedule",
        {
            "leader": "陈志远",
            "kind": "leave",
            "start": "2026-12-01",
            "end": "2026-12-10",
            "matter": "年休假",
        },
    )
    asked = generator.plan(office, *december, only=["leader"])
    assert min(c.day.day for c in asked.roster.cells if c.person == "陈志远") == 2
    record = office.get(done.refs[0])
    assert record is not None
    office.do([record], "approve")
    made = generator.plan(office, *december, only=["leader"])
    days = [cell.day.day for cell in made.roster.cells if cell.person == "陈志远"]
    assert min(days) > 10
    assert any("陈志远 is on leave until 2026-12-10" in reason(made, c) for c in made.roster.cells)


def test_keep_fills_only_what_is_empty(
    office: Office, add: Callable[..., Record], december: tuple[date, date]
) -> None:
    add("duty", date="2026-12-05", line="night", seat=1, person="何静")
    made = generator.plan(office, *december, keep=True, only=["night"])
    assert made.count("kept") == 1
    assert made.count("changed") == 0


def test_a_year_that_is_not_known_is_said(office: Office) -> None:
    made = generator.plan(office, date(2026, 12, 20), date(2027, 1, 5))
    assert made.unknown == (2027,)
    assert {made.roster.day_types[date(2027, 1, n)] for n in range(1, 6)} == {"unknown"}
    with pytest.raises(Refused, match="2027"):
        generator.plan(
            office,
            date(2026, 12, 20),
            date(2027, 1, 5),
            overrides={"night": {"seats": {"holiday": 2, "workday": 1}}},
        )


def test_who_would_have_all_the_weekends_is_said(office: Office) -> None:
    for n in range(2):
        office.create("people", {"name": f"组委{n}", "post": "组织委员", "rank": 6 + n})
    overrides = {"leader": {"sunday_as_saturday": True}}
    july = (date(2026, 7, 1), date(2026, 7, 31))
    (said,) = hints(generator.plan(office, *july, only=["leader"], overrides=overrides))
    assert "by_day_type" in said
    overrides["leader"]["by_day_type"] = True
    assert hints(generator.plan(office, *july, only=["leader"], overrides=overrides)) == []


@pytest.mark.parametrize(
    ("first", "last", "more", "field"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), {}, "to"),
        (date(2026, 12, 1), date(2029, 12, 1), {}, "to"),
        (date(2026, 12, 1), date(2026, 12, 2), {"only": ["dusk"]}, "line"),
        (date(2026, 12, 1), date(2026, 12, 2), {"overrides": {"night": {"seats": -1}}}, "compare"),
        (date(2026, 12, 1), date(2026, 12, 2), {"overrides": {"night": {"groups": 3}}}, "compare"),
    ],
)
def test_refused(office: Office, first: date, last: date, more: Any, field: str) -> None:
    with pytest.raises(Refused) as caught:
        generator.plan(office, first, last, **more)
    assert caught.value.field == field


def test_who_takes_part_is_a_matter_of_groups_and_units(
    office: Office, december: tuple[date, date]
) -> None:
    for name, groups in (("罗丹", ["男"]), ("谢宇", ["男", "不值班"])):
        person = office.person(name)
        assert person is not None
        office.set(person, {"groups": groups})
    overrides = {"night": {"groups": ["男"], "units": ["应急办"], "without": ["不值班"]}}
    made = generator.plan(office, *december, only=["night"], overrides=overrides)
    assert {cell.person for cell in made.roster.cells} == {"罗丹", "何静"}
