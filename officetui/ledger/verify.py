"""Following a journal line by line: what in it cannot be believed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from officetui.ledger.line import BadLine, Line, decode_header
from officetui.ledger.segments import Segment, decode, split


class Damage(NamedTuple):
    """Something in a journal that cannot be believed. `line` counts from 1, the header included;
    0 means the whole file."""

    writer: str
    segment: str
    line: int
    reason: str


class Walk:
    """One journal, inspected from its beginning."""

    def __init__(self, writer: str, chain: bool, forked: set[str]) -> None:
        self._writer = writer
        self._forked = forked
        self._chain = chain
        self._number = 0
        self._sound = True  # whether the line before is believed
        self._hash = ""
        self._place = ("", 0)
        self._seg, self._name = 0, ""
        self._digest = ""

    def segment(self, segment: Segment, data: bytes, *, last: bool) -> Iterator[Damage]:
        raws, torn = split(data)
        name = segment.path.name
        if segment.number != self._seg + 1:
            yield Damage(self._writer, name, 0, "a segment before this one is missing")
            self._sound = False
            self._digest = ""
        yield from self._first(name, segment.number, raws)
        clean = True
        for at, raw in enumerate(raws[1:], start=2):
            for found in self._line(name, at, raw):
                clean = False
                yield found
        if torn and not last:
            yield Damage(self._writer, name, len(raws) + 1, "the line is torn")
            self._sound = clean = False
        self._seg, self._name = segment.number, name
        self._digest = sha256(data).hexdigest() if clean else ""

    def _first(self, name: str, number: int, raws: list[bytes]) -> Iterator[Damage]:
        if not raws:
            return
        try:
            header = decode_header(raws[0])
        except BadLine as bad:
            yield Damage(self._writer, name, 1, f"header: {bad.reason}")
            return
        if header.writer != self._writer or header.seg != number:
            yield Damage(self._writer, name, 1, "header: of another journal or segment")
        elif self._sound and header.n != self._number:
            yield Damage(
                self._writer, name, 1, f"header: begins after {header.n}, not {self._number}"
            )
        elif self._chain and self._digest and header.prev != self._digest and not self._forked:
            yield Damage(self._writer, self._name, 0, "the segment was altered after it was closed")

    def _line(self, name: str, at: int, raw: bytes) -> Iterator[Damage]:
        line = decode(raw, self._writer)
        if isinstance(line, BadLine):
            yield Damage(self._writer, name, at, line.reason)
            self._number += 1
            self._sound = False
            return
        if line.n is None:
            return
        if line.n != self._number + 1 and (self._sound or line.n <= self._number):
            reason = f"number {line.n} follows {self._number}"
            yield Damage(self._writer, name, at, reason)
        elif (
            self._chain
            and self._sound
            and isinstance(line, Line)
            and line.prev != self._hash
            and line.prev not in self._forked
        ):
            yield Damage(
                self._writer, *self._place, "altered: the next line was written after another text"
            )
        self._number = line.n
        self._sound = True
        self._hash = line.hash
        self._place = (name, at)
