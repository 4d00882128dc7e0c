"""Stamps: the name of one change, sortable as text.

``019a9e0f2c3d.0000032c.k7q2m9xa`` is wall milliseconds since 1970 UTC (12 hex digits), the number
of the line in its journal (8 hex digits) and the writer (8 of ``a-z0-9``), joined by dots.
"""

from __future__ import annotations

import re
from typing import Protocol

Stamp = str

LENGTH = 30
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_WORD = frozenset(_ALPHABET)
has_shape = re.compile(r"[0-9a-f]{12}\.[0-9a-f]{8}\.[a-z0-9]{8}", re.ASCII).fullmatch
"""`is_stamp` for loops that run a million times: None when it is none."""
_MS_MAX = (1 << 48) - 1


class Rng(Protocol):
    """What `new_writer` needs of `random.Random` or `random.SystemRandom`."""

    def choice(self, seq: str, /) -> str: ...


def make(ms: int, n: int, writer: str) -> Stamp:
    """The stamp of line `n` of `writer`, written at `ms` (milliseconds since 1970 UTC)."""
    return f"{min(max(ms, 0), _MS_MAX):012x}.{n:08x}.{writer}"


def parts(t: Stamp) -> tuple[int, int, str]:
    """(milliseconds, number, writer) of a stamp. Raises ValueError when it is none."""
    if not is_stamp(t):
        raise ValueError(f"not a stamp: {t[:40]!r}")
    return int(t[:12], 16), int(t[13:21], 16), t[22:]


def is_stamp(t: str) -> bool:
    """Whether `t` has exactly the shape of a stamp (lower case, full width)."""
    return has_shape(t) is not None


def is_writer(name: str) -> bool:
    """Whether `name` has the shape of a writer."""
    return len(name) == 8 and _WORD.issuperset(name)


def new_writer(rng: Rng) -> str:
    """A random writer; `rng` is `random.SystemRandom()` outside tests."""
    return "".join(rng.choice(_ALPHABET) for _ in range(8))


def origin(record: str) -> Stamp | None:
    """The stamp of the change that created this record, when its id tells it (``<t>.<k>``)."""
    if record[LENGTH : LENGTH + 1] == "." and has_shape(record[:LENGTH]) is not None:
        return record[:LENGTH]
    return None
