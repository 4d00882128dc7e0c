"""The one table of signs the program draws with.

Many Chinese terminals draw `… · → ● ─ │` and their like two cells wide where programs count
one, so no sign of the default set is of ambiguous width. The ASCII set is for terminals and
fonts that have nothing else.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

GlyphSet = Literal["default", "ascii"]


class Glyphs(msgspec.Struct, frozen=True):
    """Signs by their meaning; every one is one cell wide, `ellipsis` two."""

    attention: str  # someone is needed here
    done: str
    open: str
    selected: str  # marked with the space bar
    cursor: str
    bullet: str
    ellipsis: str  # the text goes on
    rule: str  # between parts of a page, repeated
    thin_rule: str  # between blocks, repeated
    divider: str  # between columns
    separator: str  # between words on one line
    up: str
    down: str
    left: str
    right: str
    bar_full: str  # progress
    bar_empty: str
    control: str  # stands for a character that must not reach the terminal


SETS: Final[dict[GlyphSet, Glyphs]] = {
    "default": Glyphs(
        attention="!",
        done="✓",
        open="-",
        selected="*",
        cursor=">",
        bullet="▪",
        ellipsis="..",
        rule="=",
        thin_rule="-",
        divider="|",
        separator="|",
        up="▴",
        down="▾",
        left="◂",
        right="▸",
        bar_full="#",
        bar_empty=".",
        control="␦",
    ),
    "ascii": Glyphs(
        attention="!",
        done="v",
        open="-",
        selected="*",
        cursor=">",
        bullet="*",
        ellipsis="..",
        rule="=",
        thin_rule="-",
        divider="|",
        separator="|",
        up="^",
        down="v",
        left="<",
        right=">",
        bar_full="#",
        bar_empty=".",
        control="?",
    ),
}

_current = SETS["default"]


def use_glyphs(name: GlyphSet) -> None:
    """Draw with this set from now on."""
    global _current
    _current = SETS[name]


def glyphs() -> Glyphs:
    """The set in force."""
    return _current
