"""Journals read abreast, in the order of their stamps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, repeat
from operator import itemgetter
from typing import NamedTuple

BLOCK = 64
"""Raw lines of a journal that are looked at together."""


class Part(NamedTuple):
    """Raw lines of a writer, in the order of the journal. Wanted are those whose numbers lie in
    `ranges`, all of them when it is None."""

    writer: str
    raws: list[bytes]
    ranges: list[tuple[int, int]] | None


Found = tuple[bytes, bytes, Part]
"""(when, raw line, the part it is of)"""

_when_of = itemgetter(0)


def by_time(journals: Iterable[Iterator[Part]]) -> Iterator[list[Found]]:
    """The raw lines of all journals, stretch by stretch: by time over all of them, while those of
    one journal keep its order whatever its clock did. Each comes once, damaged ones included.

    A glance at the bytes tells when a line was written, and they are sorted by the hundred: that
    costs less than picking one after the other, and nothing has to wait here decoded.
    """
    ahead = [_Ahead(parts) for parts in journals]
    while ahead := [each for each in ahead if each.fill()]:
        # beyond what is known of a journal there may be anything
        known = min(each.found[-1][0] for each in ahead)
        stretch: list[Found] = []
        for each in ahead:
            if each.found[0][0] <= known:
                stretch += each.take(known)
        stretch.sort(key=_when_of)
        yield stretch


class _Ahead:
    """What is known of one journal and has not been taken yet."""

    __slots__ = ("_blocks", "found")

    def __init__(self, parts: Iterator[Part]) -> None:
        self._blocks = _blocks(parts)
        self.found: list[Found] = []

    def fill(self) -> bool:
        """Look so far ahead that the next stretch is worth it; whether there is any line."""
        while len(self.found) < BLOCK // 2:
            block = next(self._blocks, None)
            if block is None:
                break
            self.found += block
        return bool(self.found)

    def take(self, known: bytes) -> list[Found]:
        end = bisect_right(self.found, known, key=_when_of)
        taken = self.found[:end]
        del self.found[:end]
        return taken


def _blocks(parts: Iterator[Part]) -> Iterator[list[Found]]:
    """The lines of a journal, each with the latest time that it or one before it tells."""
    latest = b""
    for part in parts:
        for start in range(0, len(part.raws), BLOCK):
            raws = part.raws[start : start + BLOCK]
            # The time stands in the same place in nearly all lines of a block.
            at = raws[0].find(_T) + len(_T)
            whens = list(map(itemgetter(slice(at, at + 12)), raws))
            if whens[-1] != _when(raws[-1]) or whens[0] < latest or whens != sorted(whens):
                whens = list(accumulate(map(_when, raws), max, initial=latest))[1:]
            latest = whens[-1]
            yield list(zip(whens, raws, repeat(part)))


_T = b'"t":"'


def _when(raw: bytes) -> bytes:
    """The time in the stamp of a raw line as it stands there, empty where there is none."""
    rest = raw.partition(_T)[2]
    return rest[:12] if rest[12:13] == b"." else b""
