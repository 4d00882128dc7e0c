"""What was measured, and how it is told."""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

HEADS = ("what", "measured", "floor", "ratio", "target", "")


class Measure(NamedTuple):
    """One row. `floor`: what cannot be done without, measured in the same run, in the same unit.

    `limit` holds for `measured`, `limit_ratio` for measured / floor; None: told, not judged.
    """

    name: str
    measured: float
    unit: str
    floor: float | None = None
    limit: float | None = None
    limit_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.measured / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        """ "ok", "over", or "" when there is no target."""
        judged = []
        if self.limit is not None:
            judged.append(self.measured <= self.limit)
        if self.limit_ratio is not None and self.ratio is not None:
            judged.append(self.ratio <= self.limit_ratio)
        return "" if not judged else "ok" if all(judged) else "over"

    def cells(self) -> tuple[str, ...]:
        target = []
        if self.limit is not None:
            target.append(f"<= {_number(self.limit)} {self.unit}")
        if self.limit_ratio is not None:
            target.append(f"<= {self.limit_ratio:g} x")
        return (
            self.name,
            f"{_number(self.measured)} {self.unit}",
            "-" if self.floor is None else f"{_number(self.floor)} {self.unit}",
            "-" if self.ratio is None else f"{self.ratio:.2f}",
            ", ".join(target) or "-",
            " ".join(part for part in (self.verdict, self.note) if part),
        )


def _number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def lay_out(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as lines of one table; the second to fourth column stand to the right."""
    rows = [HEADS, *rows]
    widths = [max(_width(row[n]) for row in rows) for n in range(len(HEADS))]
    lines = []
    for row in rows:
        cells = []
        for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - _width(cell))
            cells.append(blank + cell if n in (1, 2, 3) else cell + blank)
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def ms(work: Callable[[], object]) -> float:
    """Wall milliseconds of one call."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def timed(work: Callable[..., object], *arguments: object, **more: object) -> float:
    """Wall milliseconds of `work(*arguments, **more)`."""
    return ms(lambda: work(*arguments, **more))


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")
