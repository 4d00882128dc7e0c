"""A seating plan as text and as SVG, each from both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from officetui.registers.seating import Place
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import cell_width, pad

_MOST = 16  # cells of a name in the drawing
_CARD, _HIGH, _GAP = 108, 40, 16  # of the SVG, in its own units


def facing_words() -> str:
    """The view from below."""
    return _("As seen by those who face them (their left hand is on the right)")


def seated_words() -> str:
    """The view from the seats."""
    return _("As seen by those seated (their left hand is on the left)")


def plan_text(places: Sequence[Place], title: str) -> str:
    """Both views, one below the other, aligned in cells."""
    front = _("(facing side)")
    views = [
        (facing_words(), _lines(places, True), False),
        (seated_words(), _lines(places, False), True),
    ]
    parts = [visible(title)]
    for words, lines, front_first in views:
        width = max(cell_width(line) for line in lines)
        mark = pad(front, max(width, cell_width(front)), "center").rstrip()
        parts += ["", words, "", *([mark, *lines] if front_first else [*lines, mark])]
    return "\n".join(parts)


def _x(place: Place, facing: bool) -> int:
    return place.across if facing else -place.across


def _rows(places: Iterable[Place], facing: bool) -> list[list[Place]]:
    """The rows from the top of the drawing, each from its left."""
    rows: dict[int, list[Place]] = {}
    for place in places:
        rows.setdefault(place.depth, []).append(place)
    depths = sorted(rows, reverse=facing)
    return [sorted(rows[depth], key=lambda place: _x(place, facing)) for depth in depths]


def _lines(places: Sequence[Place], facing: bool) -> list[str]:
    """The view as lines: a seat takes the cells of the longest name and its number."""
    labels = {place.number: _label(place) for place in places}
    wide = max(cell_width(label) for label in labels.values()) + 2
    wide += wide % 2  # half a seat is a whole number of cells
    least = min(_x(place, facing) for place in places)
    lines = []
    for row in _rows(places, facing):
        line = ""
        for place in row:
            begin = (_x(place, facing) - least) * wide // 2
            line += " " * (begin - cell_width(line))
            line += pad(labels[place.number], wide, "center")
        lines.append(line.rstrip())
    return lines


def _label(place: Place) -> str:
    name = visible(place.name)
    return f"{place.number} {pad(name, min(cell_width(name), _MOST))}"


def plan_svg(places: Sequence[Place], title: str) -> str:
    """Both views as one SVG document. Whatever the names hold stays text."""
    least = min(place.across for place in places)
    most = max(place.across for place in places)
    deep = max(place.depth for place in places) + 1
    step, line = (_CARD + _GAP) // 2, _HIGH + _GAP
    width = max((most - least) * step + _CARD + 2 * _GAP, 640)
    high = deep * line + 96
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{2 * high + 48}" '
        f'viewBox="0 0 {width} {2 * high + 48}" font-family="sans-serif">',
        '<rect width="100%" height="100%" fill="white"/>',
        _text(width // 2, 32, title, 20),
    ]
    for n, facing in enumerate((True, False)):
        top = 48 + n * high
        words = facing_words() if facing else seated_words()
        parts.append(_text(width // 2, top + 20, words, 14))
        front = top + 64 + deep * line if facing else top + 48
        begin = top + 36 if facing else top + 64
        parts.append(_text(width // 2, front - 8, _("(facing side)"), 13))
        for place in places:
            row = deep - 1 - place.depth if facing else place.depth
            middle = width // 2 + _x(place, facing) * step
            parts += _card(place, middle, begin + row * line)
    return "\n".join([*parts, "</svg>", ""])


def _card(place: Place, middle: int, top: int) -> list[str]:
    name = visible(place.name, limit=2 * _MOST)
    size = max(7, min(18, 11 * 16 // max(1, cell_width(name))))
    return [
        f'<rect x="{middle - _CARD // 2}" y="{top}" width="{_CARD}" height="{_HIGH}" '
        'fill="none" stroke="black"/>',
        _text(middle, top + 26, name, size),
        _text(middle - _CARD // 2 + 9, top + 11, str(place.number), 9),
    ]


def _text(x: int, y: int, words: str, size: int) -> str:
    shown = escape(visible(words), quote=True)
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle">{shown}</text>'


def plan_object(places: Sequence[Place]) -> list[dict[str, Any]]:
    """The places as JSON; see docs/command-line.md."""
    return [
        {"number": one.number, "name": one.name, "across": one.across, "depth": one.depth}
        for one in places
    ]
