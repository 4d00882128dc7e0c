"""Rows as text: columns of fixed widths in cells, no toolkit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from officetui.text.glyphs import glyphs
from officetui.text.safe import visible
from officetui.text.width import Align, cell_width, clip, pad

GUTTER: Final = 2  # the mark that someone is needed, and the mark of the space bar
Pieces = tuple[tuple[str, str], ...]  # texts, each with the name of its look ("" is plain)

LONGEST_CELL: Final = 400  # characters of a cell that are looked at; nobody sees more on one line


class Col(msgspec.Struct, frozen=True):
    """A column: its heading, cells (0 with `grow`: what is left), and side."""

    label: str = ""
    width: int = 0
    align: Align = "left"
    grow: bool = False


class Row(msgspec.Struct, frozen=True):
    """A line of a table: the record it stands for and its texts, made harmless when drawn.

    `refs` are all records it speaks of, where these are several; `styles` names a look for a
    column ("alert", "warn", "dim", "good"); `action` is what Enter suggests.
    """

    ref: str
    cells: tuple[str, ...]
    mark: bool = False
    styles: tuple[tuple[int, str], ...] = ()
    refs: tuple[str, ...] = ()
    action: str = ""
    wide: bool = False  # its only cell goes on over all columns, below the second


def spread(cols: Sequence[Col], room: int, gap: int) -> tuple[int, ...]:
    """The widths of the columns in a table of `room` cells: those that grow share what is left."""
    growing = sum(1 for col in cols if col.grow)
    left = max(room - GUTTER - sum(col.width for col in cols) - gap * (len(cols) - 1), 0)
    widths = []
    for col in cols:
        share = 0
        if col.grow:
            share = left // growing
            left, growing = left - share, growing - 1
        widths.append(col.width + share)
    return tuple(widths)


def fit(
    row: Row, cols: Sequence[Col], widths: Sequence[int], gap: int, room: int, chosen: bool
) -> Pieces:
    """The row in exactly `room` cells, neighbours of one look joined."""
    signs, looks = glyphs(), dict(row.styles)
    pieces = [
        (signs.attention if row.mark else " ", "alert" if row.mark else ""),
        (signs.selected if chosen else " ", "warn" if chosen else ""),
    ]
    left = room - GUTTER
    if row.wide:
        indent = widths[0] + gap if len(widths) > 1 else 0
        text = visible(row.cells[0], limit=LONGEST_CELL)
        pieces += [(" " * indent, ""), (pad(text, left - indent), looks.get(0, ""))]
        return joined(pieces, room)
    last = len(cols) - 1
    for number, (col, width) in enumerate(zip(cols, widths, strict=True)):
        cell = row.cells[number] if number < len(row.cells) else ""
        text = pad(visible(cell, limit=LONGEST_CELL), min(width, left), col.align)
        pieces.append((text + (" " * gap if number < last else ""), looks.get(number, "")))
        left -= width + gap
    return joined(pieces, room)


def joined(pieces: Sequence[tuple[str, str]], room: int) -> Pieces:
    """Pieces of one look in one, filled to `room` cells."""
    found: list[tuple[str, str]] = []
    for text, look in pieces:
        if found and (found[-1][1] == look or not text.strip()):
            found[-1] = (found[-1][0] + text, found[-1][1])
        elif text:
            found.append((text, look))
    taken = sum(cell_width(text) for text, _ in found)
    if taken > room:
        return ((clip("".join(text for text, _ in found), room, ""), ""),)
    found.append((" " * (room - taken), ""))
    return tuple(found)


def headings(
    title: str, right: str, cols: Sequence[Col], widths: Sequence[int], gap: int, room: int
) -> Pieces:
    """The title line: the title, the headings of the columns that it leaves free, and `right`."""
    starts, start = [], GUTTER
    for width in widths:
        starts.append(start)
        start += width + gap
    end = room
    pieces: list[tuple[str, str]] = []
    if right:
        pieces.append((right, "label"))
        end -= cell_width(right)
    taken = cell_width(title)
    for col, start, width in reversed(list(zip(cols, starts, widths, strict=True))):
        if not col.label or start <= taken or start >= end:
            continue
        label = pad(visible(col.label), min(width, end - start), col.align)
        pieces.insert(0, (label + " " * (end - start - cell_width(label)), "label"))
        end = start
    pieces.insert(0, (pad(title, end), "title"))
    return tuple(pieces)


def unique(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with refs of their own: two rows may speak of one record."""
    seen: set[str] = set()
    for row in rows:
        ref = row.ref
        while ref in seen:
            ref += "+"
        seen.add(ref)
        if ref != row.ref:
            row = msgspec.structs.replace(row, ref=ref, refs=row.refs or (row.ref,))
        yield row
