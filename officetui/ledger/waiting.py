"""Lines that the folder shows and that do not simply follow what is here: they wait until they fit.

When the first of them has waited for `PATIENCE` rounds, or as long as these take, reading goes on
behind the gap. A second line of a number is kept beside the first, as a fork.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from officetui.ledger.held import Heads, Held
from officetui.ledger.line import Header
from officetui.ledger.raw import Parsed, Unit

PATIENCE = 10
"""Rounds for which a gap must stay unchanged before reading goes on behind it."""
PATIENCE_MS = 60_000
"""So long (ms) may it stay at most, also where each round is a process of its own."""


class Waiting:
    """What waits of one writer, who is `here`. `now`: ms since 1970 UTC."""

    def __init__(self, here: Held, office: str, now: Callable[[], int]) -> None:
        self.here = here
        self._office = office
        self._now = now
        self._lines: dict[int, dict[str, tuple[int, Unit]]] = {}
        self._heads: Heads = {}
        self._stuck = (0, 0)
        self._mistrusted = 0

    def __bool__(self) -> bool:
        return bool(self._lines or self._heads)

    def clear(self) -> None:
        """Let nothing wait."""
        self._lines, self._heads = {}, {}

    def offer(self, segment: int, parsed: Parsed) -> None:
        header = parsed.header
        if header is not None:
            if header.office != self._office:
                return
            if header.seg == segment and self._wants_head(segment, header):
                self._heads.setdefault(segment, (header, parsed.head))
        for unit in parsed.units:
            self._lines.setdefault(unit.n, {}).setdefault(unit.hash, (segment, unit))

    def _wants_head(self, segment: int, header: Header) -> bool:
        if segment not in self.here.sizes:
            return True
        known = self.here.header(segment)
        # A substitute begins after what was not there yet; the segment itself may begin before.
        return known is None or (not known.app and header.n <= known.n and bool(header.app))

    def settle(self, spell_out: Callable[[int], None], mistrust: Callable[[], None]) -> bool:
        """Take of the waiting lines what fits; when the first of them has waited for long, also
        what does not. Whether anything was taken. `spell_out` is told the segments that are about
        to change; `mistrust`: to read again what was not read in this run."""
        if not self._lines and not self._heads:
            self._is_stuck(mistrust)
            return False
        known = self.here.known(min(self._lines, default=1) - 1, max(self._lines, default=0))
        taken = _Taken({}, [])
        self._fit(known, taken)
        if self._is_stuck(mistrust):
            while self._lines:
                n = min(self._lines)
                unit = self._lines[n].pop(min(self._lines[n]))
                taken.units[n] = unit
                known[n] = unit[1].hash
                self._fit(known, taken)
            self._is_stuck(mistrust)
        heads = self._fitting_heads(set(taken.units))
        if not taken.units and not taken.forked and not heads:
            return False
        if taken.forked:
            self.here.keep_forks(taken.forked)
        if taken.units or heads:
            self.here.insert(taken.units, heads, spell_out)
        return True

    def _is_stuck(self, mistrust: Callable[[], None]) -> bool:
        """Whether the first of the waiting lines has waited for long enough, and was nowhere in
        what had not been read in this run."""
        first = min(self._lines, default=0)
        memory, now = self.here.memory, self._now()
        if first != memory.stuck:
            memory.stuck, memory.stuck_since = first, now if first else 0
        memory.stuck_since = min(memory.stuck_since, now)  # a clock set back begins anew
        rounds = self._stuck[1] + 1 if first == self._stuck[0] else 0
        self._stuck = (first, rounds)
        if not first:
            return False
        late = rounds >= PATIENCE or now - memory.stuck_since >= PATIENCE_MS
        if self._mistrusted != first and (late or rounds == PATIENCE // 2):
            self._mistrusted = first
            mistrust()
            return False
        return late

    def _fit(self, known: dict[int, str], taken: _Taken) -> None:
        """Move waiting lines to `taken`, in order, as far as each follows what is known."""
        for n in sorted(self._lines):
            offered = self._lines[n]
            if n not in known:
                before = {known.get(n - 1, "")} if n > 1 else {""}
                before.update(self.here.forks.get(n - 1, ()))
                chained = [
                    hash
                    for hash, (_, unit) in sorted(offered.items())
                    if (unit.p in before or unit.p is None) and (n == 1 or n - 1 in known)
                ]
                if not chained:
                    continue
                known[n] = chained[0]
                taken.units[n] = offered.pop(chained[0])
            for hash, (_, unit) in offered.items():
                if hash != known[n] and hash not in self.here.forks.get(n, ()):
                    self.here.forks.setdefault(n, {})[hash] = unit
                    taken.forked.append(unit)
            del self._lines[n]

    def _fitting_heads(self, numbers: set[int]) -> Heads:
        """The waiting headers that can be used now: none that the others contradict."""
        fitting: Heads = {}
        for segment in sorted(self._heads):
            header, _ = self._heads[segment]
            below = [k for k in (*self.here.sizes, *fitting) if k < segment]
            above = [k for k in self.here.sizes if k > segment]
            low = self.here.start(max(below), fitting) if below else 0
            top = self.here.start(min(above), fitting) if above else None
            if header.n < low or (top is not None and header.n > top):
                del self._heads[segment]  # of a branch that parts its segments elsewhere
            elif header.n <= self.here.high or any(n > header.n for n in numbers):
                fitting[segment] = self._heads.pop(segment)
        return fitting


class _Taken(NamedTuple):
    units: dict[int, tuple[int, Unit]]
    forked: list[Unit]
