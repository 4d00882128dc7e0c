"""Trips with the office's vehicles against a brute-force oracle: other trips, outings, meetings."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.office import clashes
from officetui.registers.record import Record
from tests.office.test_clashes import CARS, DAY, PEOPLE, Plain, drawn, hours, needs

NAMES = ("meetings", "schedule", "errands")


def trip(chance: random.Random, record: Record) -> Record:
    """The same hours as a trip: for somebody, with others, a driver, perhaps a vehicle."""
    people = chance.sample([*PEOPLE, "何"], chance.randrange(1, 4))
    cells = {
        "id": record.id,
        "at": record.text("start"),
        "end": record.text("end"),
        "kind": "vehicles",
        "for_whom": people[0],
        "passengers": people[1:],
        "driver": chance.choice(["", "王师傅"]),
        "vehicle": chance.choice(CARS),
        "place": chance.choice(["县里", "市里"]),
        "content": "送件",
        "state": chance.choice(["requested", "approved"]),
    }
    return Record("errands", {name: value for name, value in cells.items() if value})


def taken(record: Record) -> set[str]:
    """What one of them needs, by the oracle's own reading."""
    if record.register != "errands":
        return needs(record.cells)
    people = {record.text("for_whom"), record.text("driver"), *record.words("passengers")}
    return (people | {record.text("vehicle")}) - {""}


def one_thing(first: Record, second: Record) -> bool:
    """A trip that takes a leader to the outing of his schedule."""
    for one, other in ((first, second), (second, first)):
        if (one.register, other.register) != ("errands", "schedule"):
            continue
        if other.text("leader") not in taken(one) or other.text("kind") == "leave":
            continue
        if one.text("at") == other.text("start") or one.text("place") == other.text("place"):
            return True
        if one.text("vehicle") and one.text("vehicle") == other.text("vehicle"):
            return True
    return False


def check(seed: int, count: int, days: int) -> int:
    chance = random.Random(seed)
    records = [drawn(chance, number, days) for number in range(count)]
    records = [trip(chance, one) if chance.random() < 0.4 else one for one in records]
    view = Plain([], [])
    view.lists = {name: [one for one in records if one.register == name] for name in NAMES}
    told = []
    for one in records:
        cells = {**one.cells, "start": one.text("at") or one.text("start")}
        told.append((one, *hours(cells), taken(one)))
    expected = {
        frozenset((one.ref, two.ref)): mine & its
        for (one, a, b, mine), (two, c, d, its) in combinations(told, 2)
        if a < d and c < b and mine & its and not one_thing(one, two)
    }
    far = DAY + timedelta(days=900)
    found = clashes.among(view, DAY - timedelta(days=9), far)  # type: ignore[arg-type]
    pairs = [(frozenset((c.first.ref, c.second.ref)), {*c.by}) for c in found if c.second]
    assert dict(pairs) == expected
    assert len(pairs) == len(expected)
    return len(expected)


@given(st.integers(0, 10**9))
def test_every_pair_and_no_other(seed: int) -> None:
    check(seed, 14, 3)


@pytest.mark.parametrize(("seed", "count", "days"), [(3, 1000, 60)])
def test_a_thousand(seed: int, count: int, days: int) -> None:
    assert check(seed, count, days) > 1000
