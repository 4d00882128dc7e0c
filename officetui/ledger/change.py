"""From a change to the raw lines that hold it: ids for new records, groups for huge changes."""

from __future__ import annotations

import re
from hashlib import sha256
from math import isfinite

import msgspec

from officetui.errors import Refused
from officetui.ledger.line import (
    LINE_LIMIT,
    RESERVED_CELLS,
    Change,
    Entry,
    New,
    encode_line,
    too_deep,
)
from officetui.ledger.stamp import make

TOO_LONG = "One value is longer than 1 MiB, more than the journal can hold; nothing was changed."
NOT_TEXT = "A value holds something that is no text or number; nothing was changed."

PIECE = 240 * 1024
"""Bytes of entries in one line of a group: each then fits a segment of its own."""

_PLACEHOLDER = re.compile(r"#[0-9]+", re.ASCII).fullmatch


def check(change: Change) -> None:
    """Raises ValueError when a change writes cells that are not its to write, and Refused for
    numbers that JSON has no form for."""
    for entry in change.entries:
        wrong = RESERVED_CELLS.intersection(entry.cells)
        if wrong:
            raise ValueError(f"cells that no change may write: {sorted(wrong)}")
        if too_deep(entry.cells) or not all(map(_sayable, entry.cells.values())):
            raise Refused(NOT_TEXT)


def _sayable(value: object) -> bool:
    """Whether JSON has a form for every number in a value."""
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, dict):
        return all(map(_sayable, value.values()))
    return not isinstance(value, list | tuple) or all(map(_sayable, value))


def encoded(
    change: Change, now_ms: int, n: int, prev: str, writer: str
) -> tuple[list[bytes], dict[str, str]]:
    """The raw lines of a change that follow number `n` and hash `prev`, and the new ids."""
    t = make(now_ms, n + 1, writer)
    entries, ids = _named(change.entries, t)
    try:
        if len(entries) < LINE_LIMIT // 50:  # more than that never fit one line
            raw = encode_line(n + 1, t, change, entries, prev)
            if len(raw) < LINE_LIMIT:
                return [raw], ids
        pieces = _pieces(entries)
        raws: list[bytes] = []
        for i, piece in enumerate(pieces, start=1):
            own = make(now_ms, n + i, writer)
            raw = encode_line(n + i, own, change, piece, prev, (t, i, len(pieces)))
            if len(raw) >= LINE_LIMIT:
                raise Refused(TOO_LONG)
            raws.append(raw)
            prev = sha256(raw).hexdigest()
    except (
        UnicodeEncodeError,
        TypeError,
        OverflowError,
        RecursionError,
        msgspec.MsgspecError,
    ) as error:
        raise Refused(NOT_TEXT) from error
    return raws, ids


def _named(entries: list[Entry], t: str) -> tuple[list[Entry], dict[str, str]]:
    """Entries with ids in place of their placeholders, and those ids."""
    ids = {
        str(entry.record): f"{t}.{entry.record[1:]}"
        for entry in entries
        if _PLACEHOLDER(entry.record)
    }
    if not ids:
        return entries, ids
    named = [
        Entry(
            entry.register,
            ids.get(entry.record, entry.record),
            {
                cell: ids.get(value, value)
                if isinstance(value, New) or (cell == "parent" and isinstance(value, str))
                else value
                for cell, value in entry.cells.items()
            },
            entry.over,
        )
        for entry in entries
    ]
    return named, ids


def _pieces(entries: list[Entry]) -> list[list[Entry]]:
    """Entries in bundles of about `PIECE` bytes, in order; a huge record is parted by cells."""
    pieces: list[list[Entry]] = [[]]
    size = 0
    for whole in entries:
        for entry in _parted(whole):
            length = len(msgspec.json.encode(entry))
            if pieces[-1] and size + length > PIECE:
                pieces.append([])
                size = 0
            pieces[-1].append(entry)
            size += length
    return pieces


def _parted(entry: Entry) -> list[Entry]:
    if len(msgspec.json.encode(entry)) <= PIECE:
        return [entry]
    seen = {cell: stamps for cell, stamps in entry.over.items() if cell not in entry.cells}
    parts: list[Entry] = []
    size = PIECE
    for cell, value in entry.cells.items():
        over = {cell: entry.over[cell]} if cell in entry.over else {}
        if cell == "_del":
            over |= seen  # what a deletion had seen must stand beside it
        length = len(msgspec.json.encode((cell, value, over)))
        if size + length > PIECE:
            parts.append(Entry(entry.register, entry.record, {}, {}))
            size = 0
        parts[-1].cells[cell] = value
        parts[-1].over.update(over)
        size += length
    return parts
