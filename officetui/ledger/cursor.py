"""Which lines have been folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.ledger.line import Forked, Line
from officetui.ledger.stamp import has_shape


class Cursor:
    """Which lines have been folded: per writer the highest number, and the holes below it.

    A number that two lines bear is counted once; the second is remembered by its stamp.
    """

    __slots__ = ("_forks", "_high", "_holes")

    def __init__(self) -> None:
        self._high: dict[str, int] = {}
        self._holes: dict[str, list[list[int]]] = {}
        self._forks: dict[str, set[str]] = {}

    def has(self, t: str) -> bool:
        """Whether a line of this stamp's number has been folded (False for what is no stamp)."""
        if has_shape(t) is None:
            return False
        writer = t[22:]
        return self.has_number(writer, int(t[13:21], 16)) or self.is_beside(t)

    def has_forks(self) -> bool:
        """Whether any line has been folded beside another."""
        return bool(self._forks)

    def is_beside(self, t: str) -> bool:
        """Whether a line of this stamp's number has been folded beside the segments."""
        return bool(self._forks) and any(
            fork[13:21] == t[13:21] for fork in self._forks.get(t[22:], ())
        )

    def has_number(self, writer: str, n: int) -> bool:
        if n > self._high.get(writer, 0):
            return False
        holes = self._holes.get(writer)
        return not holes or not any(low <= n <= high for low, high in holes)

    def has_line(self, line: Line) -> bool:
        """Whether this very line has been folded."""
        if isinstance(line, Forked):
            return line.t in self._forks.get(line.writer, ())
        return self.has_number(line.writer, line.n)

    def add_line(self, line: Line) -> None:
        """Count this very line as folded."""
        if isinstance(line, Forked):
            self._forks.setdefault(line.writer, set()).add(line.t)
        else:
            self.add_number(line.writer, line.n)

    def has_fork(self, t: str) -> bool:
        """Whether the line with this stamp has been folded besides another of its number."""
        return bool(self._forks) and t in self._forks.get(t[22:], ())

    def forks(self, writer: str) -> frozenset[str]:
        """The stamps of the lines folded besides others of the same number."""
        return frozenset(self._forks.get(writer, ()))

    def next_is(self, line: Line) -> bool:
        """Whether a line is the next of its writer, and beside no other of its number."""
        return line.n == self._high.get(line.writer, 0) + 1 and not self._forks

    def step(self, line: Line) -> None:
        """Count a line as folded that is the next of its writer."""
        self._high[line.writer] = line.n

    def add(self, t: str) -> None:
        """Count the line with this stamp as folded."""
        self.add_number(t[22:], int(t[13:21], 16))

    def add_number(self, writer: str, n: int) -> None:
        high = self._high.get(writer, 0)
        if n > high:
            if n > high + 1:
                self._holes.setdefault(writer, []).append([high + 1, n - 1])
            self._high[writer] = n
            return
        holes = self._holes.get(writer)
        if not holes:
            return
        for at, (low, top) in enumerate(holes):
            if low <= n <= top:
                holes[at : at + 1] = [[a, b] for a, b in ((low, n - 1), (n + 1, top)) if a <= b]
                break
        if not holes:
            del self._holes[writer]

    def add_up_to(self, writer: str, n: int) -> None:
        """Count all lines of a writer from the highest number on, up to this one."""
        if n > self._high.get(writer, 0):
            self._high[writer] = n

    def writers(self) -> list[str]:
        return sorted(self._high)

    def number(self, writer: str) -> int:
        """The highest number folded of this writer, 0 when none."""
        return self._high.get(writer, 0)

    def holes(self, writer: str) -> list[tuple[int, int]]:
        """The numbers below `number` not folded, as inclusive ranges, ascending."""
        return [(low, high) for low, high in self._holes.get(writer, ())]

    def copy(self) -> Cursor:
        return Cursor.from_json(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """``{writer: {"n": highest, "holes": [[first, last], …], "forks": [stamps]}}``; without
        forks that key is left out."""
        data: dict[str, Any] = {}
        for writer, n in sorted(self._high.items()):
            data[writer] = {"n": n, "holes": [list(hole) for hole in self._holes.get(writer, ())]}
            if self._forks.get(writer):
                data[writer]["forks"] = sorted(self._forks[writer])
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Cursor:
        """Raises KeyError, TypeError or ValueError when `data` is not of `to_json`."""
        cursor = cls()
        for writer, at in data.items():
            cursor._high[writer] = int(at["n"])
            holes = [[int(low), int(high)] for low, high in at["holes"]]
            if holes:
                cursor._holes[writer] = holes
            forks = {str(t) for t in at.get("forks", ())}
            if forks:
                cursor._forks[writer] = forks
        return cursor
