"""Many single lines at once, and cells as they were before an instant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from officetui.ledger.disk import shared
from officetui.ledger.doc import Doc, Place, cells_of, closed, leaves
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Entry, Line
from officetui.ledger.segments import Segment, decode, read_segment, split
from officetui.ledger.stamp import is_stamp


def lines(ledger: Ledger, stamps: Iterable[str]) -> dict[str, Line]:
    """The lines with these stamps, of those that are here; each segment is read once."""
    by_writer: dict[str, list[str]] = {}
    for t in stamps:
        if is_stamp(t):
            by_writer.setdefault(t[22:], []).append(t)
    found: dict[str, Line] = {}
    for writer, wanted in by_writer.items():
        for segment, start, mine in _by_segment(ledger, writer, wanted):
            found.update(_of_segment(ledger, writer, segment, start, mine))
        for t in wanted:
            if t not in found and (line := ledger.line(t)) is not None:
                found[t] = line  # of a fork, or where damage glued lines together
    return found


def _by_segment(
    ledger: Ledger, writer: str, wanted: list[str]
) -> list[tuple[Segment, int, list[str]]]:
    own = ledger.segments(writer)
    starts: dict[int, int] = {}

    def start(at: int) -> int:
        """The number of the last line before a segment; of one that nobody can read no line is
        sought by counting."""
        if at not in starts:
            header = ledger.header(own[at])
            starts[at] = header.n if header is not None else -1
        return starts[at]

    groups: dict[int, list[str]] = {}
    for t in wanted:
        at = bisect_left(range(len(own)), int(t[13:21], 16), key=start) - 1
        if at >= 0 and start(at) >= 0:
            groups.setdefault(at, []).append(t)
    return [(own[at], start(at), mine) for at, mine in sorted(groups.items())]


def _of_segment(
    ledger: Ledger, writer: str, segment: Segment, start: int, wanted: list[str]
) -> dict[str, Line]:
    try:
        with shared(ledger.home):
            data = read_segment(segment)
    except OSError:
        return {}
    raws, _torn = split(data)
    found = {}
    for t in wanted:
        at = int(t[13:21], 16) - start
        line = decode(raws[at], writer) if 0 < at < len(raws) else None
        if isinstance(line, Line) and line.t == t:
            found[t] = line
    return found


class Before:
    """Records as they were before an instant, unfolded cell by cell: each write names the stamps
    that it replaced. Costs the lines that came after the instant, of the records asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._entries: dict[str, dict[Place, Entry]] = {}

    def docs(self, docs: Mapping[Place, Doc], ms: int) -> dict[Place, Doc]:
        """These records as they were before `ms` (wall milliseconds, UTC); those that did not
        exist then are left out. Of two values of one cell the later one counts."""
        until = f"{max(ms, 0):012x}"
        known: dict[tuple[str, str, str], tuple[str, str, Any]] = {}  # stamp, user, value
        behind: dict[tuple[str, str, str], set[str]] = {}
        for (register, record), doc in docs.items():
            for cell in cells_of(doc):
                for leaf in leaves(doc, cell):
                    place = (register, record, cell)
                    if leaf.stamp < until:
                        known[place] = max(known.get(place, ("", "", None)), leaf, key=_first)
                    else:
                        behind.setdefault(place, set()).add(leaf.stamp)
        told: dict[tuple[str, str, str], set[str]] = {}
        while behind:
            self._learn({t for stamps in behind.values() for t in stamps})
            for place, stamps in behind.items():
                told.setdefault(place, set()).update(stamps)
            # nobody writes a circle of stamps but by hand
            stepped = self._stepped(behind, until, known)
            behind = {place: left for place, ts in stepped.items() if (left := ts - told[place])}
        values: dict[Place, Doc] = {}
        sources: dict[Place, dict[str, str]] = {}
        for (register, record, cell), (stamp, user, value) in known.items():
            if value is not None:
                values.setdefault((register, record), {})[cell] = value
                sources.setdefault((register, record), {})[cell] = f"{stamp} {user}"
        return {
            place: closed(place[1], cells, sources[place], {}, {})
            for place, cells in values.items()
        }

    def replaced(self, doc: Doc, place: Place, cell: str, ms: int) -> Any:
        """What a cell read before `ms`; None when nothing."""
        return self.docs({place: doc}, ms).get(place, {}).get(cell)

    def _stepped(
        self,
        behind: Mapping[tuple[str, str, str], set[str]],
        until: str,
        known: dict[tuple[str, str, str], tuple[str, str, Any]],
    ) -> dict[tuple[str, str, str], set[str]]:
        """One write back; what was written before the instant is put among `known`."""
        further: dict[tuple[str, str, str], set[str]] = {}
        early: dict[tuple[str, str, str], set[str]] = {}
        for place, stamps in behind.items():
            register, record, cell = place
            for t in stamps:
                entry = self._entries[t].get((register, record))
                for replaced in entry.over.get(cell, ()) if entry is not None else ():
                    kept = early if replaced < until else further
                    kept.setdefault(place, set()).add(replaced)
        self._learn({t for stamps in early.values() for t in stamps})
        for place, stamps in early.items():
            register, record, cell = place
            for t in stamps:
                entry = self._entries[t].get((register, record))
                if entry is not None and cell in entry.cells:
                    found = (t, "", entry.cells[cell])
                    known[place] = max(known.get(place, ("", "", None)), found, key=_first)
        return further

    def _learn(self, stamps: set[str]) -> None:
        wanted = stamps - self._entries.keys()
        found = lines(self._ledger, wanted) if wanted else {}
        for t in wanted:
            line = found.get(t)
            entries = line.entries if line is not None else ()
            self._entries[t] = {(entry.register, entry.record): entry for entry in entries}


def _first(leaf: tuple[str, str, Any]) -> str:
    return leaf[0]
