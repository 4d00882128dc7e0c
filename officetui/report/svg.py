"""Charts as inline SVG: read by their numbers and patterns, so that they need no colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import msgspec

from officetui.text.i18n import pgettext
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip

_ROW: Final = 13  # pixels of a bar with its room
_LABEL: Final = 66
_NUMBER: Final = 14  # and as much again for each part
_WIDTH: Final = 218
_CELLS: Final = 12  # of a label
PATTERNS: Final = ("solid", "hatched", "dotted", "plain")


class Bar(msgspec.Struct, frozen=True):
    """A bar of one or several parts, drawn one after the other."""

    label: str
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.parts)


def bars(title: str, rows: Sequence[Bar], legend: Sequence[str] = ()) -> str:
    """A chart of horizontal bars; `legend` names the parts. "" without anything to draw."""
    if not any(row.total for row in rows):
        return ""
    most = max(row.total for row in rows)
    top = 20 if not legend else 36
    height = top + _ROW * len(rows) + 4
    drawn = [f'<text class="t" x="0" y="12">{_text(title)}</text>', *_legend(legend)]
    for number, row in enumerate(rows):
        drawn += _bar(row, most, top + number * _ROW)
    told = pgettext("clauses", "; ").join(f"{row.label} {row.total}" for row in rows)
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">'
        f"<title>{_text(title)}</title><desc>{_text(told)}</desc>{''.join(drawn)}</svg>"
    )


def _bar(row: Bar, most: int, y: int) -> list[str]:
    room = _WIDTH - _LABEL - _NUMBER * (1 + len(row.parts))
    label = clip(visible(row.label), _CELLS)
    drawn = [f'<text x="{_LABEL - 6}" y="{y + 10}" text-anchor="end">{_text(label)}</text>']
    x = float(_LABEL)
    for number, part in enumerate(row.parts):
        width = room * part / most
        if part:
            drawn.append(
                f'<rect class="{PATTERNS[number % len(PATTERNS)]}" x="{x:.1f}" y="{y + 2}"'
                f' width="{width:.1f}" height="{_ROW - 5}"/>'
            )
        x += width
    numbers = "+".join(map(str, row.parts)) if len(row.parts) > 1 else str(row.total)
    drawn.append(f'<text x="{x + 4:.1f}" y="{y + 10}">{_text(numbers)}</text>')
    return drawn


def _legend(names: Sequence[str]) -> list[str]:
    drawn, x = [], 0
    for number, name in enumerate(names):
        look = PATTERNS[number % len(PATTERNS)]
        drawn.append(f'<rect class="{look}" x="{x}" y="20" width="14" height="9"/>')
        drawn.append(f'<text x="{x + 18}" y="28">{_text(name)}</text>')
        x += 24 + 5 * cell_width(name)
    return drawn


def _text(text: str) -> str:
    return escape(visible(text))


DEFINITIONS: Final = (
    '<svg width="0" height="0" aria-hidden="true"><defs>'
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<path d="M0 5 5 0" stroke="#333" stroke-width="1.2"/></pattern>'
    '<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<circle cx="2" cy="2" r="1" fill="#333"/></pattern></defs></svg>'
)
STYLE: Final = (
    "svg text{font-size:10px;fill:#111}svg .t{font-size:11px;font-weight:bold}"
    "svg rect{stroke:#333;stroke-width:.7}svg .solid{fill:#555}svg .hatched{fill:url(#hatch)}"
    "svg .dotted{fill:url(#dots)}svg .plain{fill:#fff}"
)
