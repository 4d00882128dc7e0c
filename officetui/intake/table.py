"""What a table of a sheet was understood as: its register, its header, its columns."""

from __future__ import annotations

from typing import Literal

import msgspec

from officetui.intake.cells import When

How = Literal[
    "known",  # the very word of the field
    "end",  # by the end of the word
    "line",  # a line of the roster
    "staff",  # whoever is not the leader: all lines without a leader
    "phone",  # the phone of the column before
    "day",  # one day of a roster with days across
    "label",  # what a row of such a roster is about
    "weekday",  # compared with the date
    "counter",  # a running number, left out
    "note",  # not understood: kept in the note
    "bare",  # no heading; kept in the note when there is something
]


class Column(msgspec.Struct):
    """One column: `field` of the register or None, and how that was understood."""

    index: int
    heading: str
    field: str | None
    how: How
    lines: tuple[str, ...] = ()  # of the roster
    of: int = -1  # phone of the people in that column
    day: When | None = None


class Table(msgspec.Struct):
    """A table in a sheet. `header_row` is the last row of its header, counted from 1."""

    register: str
    header_row: int
    columns: list[Column]
    layout: Literal["rows", "across", "matrix"] = "rows"
    score: float = 0.0
    year: int = 0
    month: int = 0
    block: int = 0  # columns after which the headings begin again: tables side by side
