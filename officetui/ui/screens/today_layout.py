"""Where the blocks of Today stand: cells reckoned from the size of the terminal, no toolkit.

Three shapes, as the office drew them: narrow or low terminals show the first things, one line a
panel and what is due; wide ones two columns of blocks; very wide ones three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

Shape = Literal["small", "two", "three"]
GAP: Final = 2  # between columns
CHROME: Final = 5  # header, two rules, footer, status line
TALL: Final = 50  # from this height on the first things take a line each on wide screens too


class Place(msgspec.Struct, frozen=True):
    """The room of a block in the body, in cells; `rule`: a line is drawn above it, inside."""

    x: int
    y: int
    width: int
    height: int
    rule: bool = False


class Want(msgspec.Struct, frozen=True):
    """What a block asks for: lines it needs at least, and lines that would show all of it."""

    least: int
    most: int
    cells: int = 0  # beside another block on a small terminal: how wide


COLUMNS: Final[dict[Shape, tuple[tuple[str, ...], ...]]] = {
    "two": (
        ("duty", "whereabouts", "meetings", "visitors", "errands"),
        ("due", "papers", "overdue", "followups", "ahead", "information"),
    ),
    "three": (
        ("duty", "whereabouts", "followups", "ahead"),
        ("due", "papers", "information"),
        ("meetings", "visitors", "errands", "overdue"),
    ),
}
SMALL: Final[tuple[tuple[str, ...], ...]] = (
    ("first",),
    ("duty", "whereabouts"),
    ("meetings",),
    ("due",),
    ("papers", "visitors"),
)
# On small terminals it shares the line of another, at its right.
BESIDE: Final[Mapping[str, str]] = {"followups": "visitors"}
# Who gets a spare line first, and how often in one round.
_SPARE: Final = (
    "due",
    "duty",
    "papers",
    "meetings",
    "whereabouts",
    "visitors",
    "overdue",
    "followups",
    "errands",
    "ahead",
    "information",
    "first",
)


def shape(width: int, height: int) -> Shape:
    """The shape for a terminal of that size."""
    if width < 100 or height < 30:
        return "small"
    return "three" if width >= 180 else "two"


def rows_for_first(width: int, height: int) -> bool:
    """Whether the first things take a line each; else they share one."""
    return shape(width, height) == "small" or height >= TALL


def plan(width: int, height: int, wants: Mapping[str, Want]) -> dict[str, Place]:
    """The place of each block in a body of `width` cells on a terminal `height` lines high."""
    room = height - CHROME
    found = shape(width, height)
    if found == "small":
        return _small(width, room, wants)
    places: dict[str, Place] = {}
    top = wants["first"].most if height >= TALL else max(1, wants["first"].least)
    places["first"] = Place(0, 0, width, top)
    left = 0
    # A block that nobody asks for leaves its room to the others.
    columns = [tuple(name for name in names if name in wants) for names in COLUMNS[found]]
    widths = _column_widths(width, len(columns))
    for names, cells in zip(columns, widths, strict=True):
        # Above the first blocks of the columns runs one rule for all of them.
        heights = share(room - top, [wants[name] for name in names], names, rule=1)
        y = top + 1
        for number, (name, lines) in enumerate(zip(names, heights, strict=True)):
            ruled = number > 0
            places[name] = Place(left, y, cells, lines + ruled, ruled)
            y += lines + ruled
        left += cells + GAP
    return places


def first_column(width: int, height: int) -> int:
    """The cells of the column at the left."""
    found = shape(width, height)
    return width if found == "small" else _column_widths(width, len(COLUMNS[found]))[0]


def second_column(width: int, height: int) -> int:
    """The cells of the column beside it."""
    found = shape(width, height)
    return width if found == "small" else _column_widths(width, len(COLUMNS[found]))[1]


def _column_widths(width: int, count: int) -> list[int]:
    room = width - GAP * (count - 1)
    if count == 2:
        left = room * 54 // 118
        return [left, room - left]
    left = room // 3
    return [left, room - 2 * left, left]


def _small(width: int, room: int, wants: Mapping[str, Want]) -> dict[str, Place]:
    groups = [tuple(name for name in group if name in wants) for group in SMALL]
    names = [name for group in groups for name in group]
    rule = 1 if room >= 17 else 0
    rules = rule * (len(SMALL) - 1)
    heights = dict(
        zip(
            names,
            share(room - rules, [wants[name] for name in names], names, rule=0),
            strict=True,
        )
    )
    places: dict[str, Place] = {}
    y = 0
    for number, group in enumerate(groups):
        for position, name in enumerate(group):
            ruled = bool(rule and number and not position and heights[name])
            places[name] = Place(0, y, width, heights[name] + ruled, ruled)
            y += heights[name] + ruled
    for name, host in BESIDE.items():
        place, cells = places[host], min(wants[name].cells, width // 2)
        if cells and place.height:
            places[host] = Place(place.x, place.y, width - cells, place.height, place.rule)
            places[name] = Place(place.x + width - cells, place.y, cells, place.height, place.rule)
    return places


def share(room: int, wants: Sequence[Want], names: Sequence[str], rule: int) -> list[int]:
    """`room` lines shared out, `rule` between neighbours: what each needs at least, then line by
    line to those who could show more. With too little room the last go without."""
    room -= rule * (len(wants) - 1)
    heights = []
    for want in wants:
        lines = max(min(want.least, room), 0)
        heights.append(lines)
        room -= lines
    order = sorted(range(len(wants)), key=lambda i: _SPARE.index(names[i]))
    while room > 0:
        hungry = [i for i in order if heights[i] < wants[i].most]
        if not hungry:
            break
        for index in hungry:
            if room <= 0:
                break
            heights[index] += 1
            room -= 1
    return heights
