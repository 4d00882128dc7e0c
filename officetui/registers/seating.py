"""Who sits where: one row, a U, or a rostrum with rows, from the order of precedence. Pure.

Left and right are those of the people seated. Of an odd number the first sits in the middle, the
second at their left hand, the third at their right, and so on. Of an even number the first two
share the middle; at which hand of the first the second sits is the office's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

SHAPES = ("row", "u", "rostrum")
HANDS = ("left", "right")
MOST_ROWS = 20


class Place(msgspec.Struct, frozen=True):
    """One seat. `number`: in the order of precedence, from 1. `across`: half seats from the middle
    towards the left hand of the people seated; `depth`: rows away from who faces them."""

    number: int
    name: str
    across: int
    depth: int


def in_row(count: int, even: str = "left") -> list[int]:
    """The numbers 0 to `count` - 1 as they sit, from the left hand of the people seated to the
    right. `even`: the hand of the first at which the second of an even number sits."""
    first_hand = even if count % 2 == 0 else "left"
    left: list[int] = []
    right: list[int] = []
    for number in range(1, count):
        near = (number % 2 == 1) is (first_hand == "left")
        (left if near else right).append(number)
    return [*reversed(left), *([0] if count else []), *right]


def seating(
    names: Sequence[str], shape: str = "row", rows: int = 0, even: str = "left"
) -> list[Place]:
    """The places in the order of `names`, who come by precedence.

    `rows`: of a rostrum how many (2), the first in front; of a U how many sit at its head (1, or
    3 where there are seven or more).
    """
    count = len(names)
    if shape == "rostrum":
        return _in_rows(names, max(1, min(rows or 2, count or 1, MOST_ROWS)), even)
    if shape == "u":
        head = max(1, min(rows or (3 if count >= 7 else 1), count or 1))
        return _in_u(names, head, even)
    return _in_rows(names, 1, even)


def _line(names: Sequence[str], first: int, depth: int, even: str) -> list[Place]:
    """People side by side, the middle of them in the middle."""
    order = in_row(len(names), even)
    most = len(names) - 1
    return [
        Place(first + number + 1, names[number], most - 2 * at, depth)
        for at, number in enumerate(order)
    ]


def _in_rows(names: Sequence[str], rows: int, even: str) -> list[Place]:
    """As even as can be, the longer rows in front."""
    size, more = divmod(len(names), rows)
    places: list[Place] = []
    first = 0
    for depth in range(rows):
        last = first + size + (depth < more)
        places += _line(names[first:last], first, depth, even)
        first = last
    return sorted(places, key=lambda place: place.number)


def _in_u(names: Sequence[str], head: int, even: str) -> list[Place]:
    """The head, then down both arms, those at the left hand of the head first."""
    arms = names[head:]
    depth = (len(arms) + 1) // 2
    out = head + 1  # half a seat beyond the head on both sides
    places = _line(names[:head], 0, depth, even)
    for n, name in enumerate(arms):
        side = out if n % 2 == 0 else -out
        places.append(Place(head + n + 1, name, side, depth - 1 - n // 2))
    return sorted(places, key=lambda place: place.number)
