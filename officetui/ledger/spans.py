"""What was written in a span of time, read without reading twenty years of journals.

A segment says nothing of when its lines were written: the clock of a machine may have been wrong,
so that stamps go back and forth inside one. For every segment the least and the greatest wall
time of its stamps are learned once and kept in `spans.json`; a segment that may hold something of
the span is read, the others are not. The file is derived and may be deleted: then every segment
is gone through again, as it is when it turns out to be another one than was gone through.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Final

import msgspec

from officetui.ledger.disk import replace_durably, shared
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Line, decode_lines
from officetui.ledger.segments import Segment, read_segment, split
from officetui.ledger.stamp import has_shape

NAME: Final = "spans.json"
VERSION: Final = 1
_MS_END: Final = 1 << 48

Progress = Callable[[int, int], None]
"""Told (segments gone through, of how many); may raise, to cancel."""


class Span(msgspec.Struct, array_like=True, frozen=True):
    """`first`, `last`: least and greatest wall time (12 hex digits of milliseconds) of the lines
    of a file that was (`inode`, `changed` in ns, `size`) when it was gone through; both are ""
    when it holds none."""

    inode: int
    changed: int
    size: int
    first: str
    last: str

    def may_hold(self, since: str, until: str) -> bool:
        return self.first < until and self.last >= since and bool(self.last)


class _File(msgspec.Struct):
    version: int = 0
    segments: dict[str, Span] = {}


class _Stamped(msgspec.Struct, gc=False):
    t: str = ""


_decode_stamp = msgspec.json.Decoder(_Stamped).decode


class Spans:
    """The journals of a home by time. For several threads; no lock of an office is needed."""

    def __init__(self, home: Path) -> None:
        self._ledger = Ledger(home)
        self._path = home / NAME
        self._lock = RLock()
        self._known: dict[str, Span] | None = None

    def lines(self, since: int, until: int, progress: Progress | None = None) -> list[Line]:
        """The lines stamped from `since` until before `until` (wall milliseconds, UTC), ascending
        by stamp, each once; damaged ones and interrupted groups are left out, like in a history.

        Costs what the span holds, a few stats for each segment, and, once, a look at each
        segment that is not known yet.
        """
        low, high = _hex(since), _hex(until)
        found: dict[bytes, Line] = {}
        with self._lock:
            held = [each for each in self._spans(progress) if each[2].may_hold(low, high)]
            for count, (writer, segment, _span) in enumerate(held):
                if progress is not None:
                    progress(count, len(held))
                for line in self._read(writer, segment, low, high):
                    found[line.raw] = line
            for writer in self._ledger.writers():
                for line in self._ledger.forks(writer):
                    if low <= line.t[:12] < high:
                        found[line.raw] = line
            whole: dict[tuple[object, ...], bool] = {}
            lines = [line for line in found.values() if self._is_whole(line, whole)]
        lines.sort(key=lambda line: line.t)
        return lines

    def line(self, t: str) -> Line | None:
        """The line with this stamp, None when it is not here."""
        with self._lock:
            return self._ledger.line(t)

    def first(self, progress: Progress | None = None) -> int | None:
        """The least wall time (milliseconds, UTC) that any line bears; None without a line."""
        with self._lock:
            firsts = [span.first for _w, _s, span in self._spans(progress) if span.first]
            firsts += [
                line.t[:12]
                for writer in self._ledger.writers()
                for line in self._ledger.forks(writer)
            ]
        return int(min(firsts), 16) if firsts else None

    def _is_whole(self, line: Line, known: dict[tuple[object, ...], bool]) -> bool:
        """Whether its change is all there; asked once for all lines of a group."""
        if line.group is None:
            return True
        name, _index, size = line.group
        key = (line.writer, name, size)
        if key not in known:
            known[key] = self._ledger.is_whole(line)
        return known[key]

    # spans of segments

    def _spans(self, progress: Progress | None) -> Iterator[tuple[str, Segment, Span]]:
        """Every segment with its span; what was learned is kept, also when this is cancelled."""
        known = self._remembered()
        every = [
            (writer, segment, segment is own[-1])
            for writer in self._ledger.writers()
            for own in [self._ledger.segments(writer)]
            for segment in own
        ]
        told: list[tuple[str, Segment, Span]] = []
        learned = False
        try:
            for count, (writer, segment, is_last) in enumerate(every):
                name = f"{writer}/{segment.path.name}"
                span = known.get(name)
                if span is None or (span.inode, span.changed, span.size) != _trace(segment):
                    if progress is not None:
                        progress(count, len(every))
                    span = self._learn(segment)
                    if span is None:
                        continue
                    known[name] = span
                    learned = learned or not is_last  # the last one soon is another one
                told.append((writer, segment, span))
        finally:
            if learned:
                names = {f"{writer}/{segment.path.name}" for writer, segment, _last in every}
                self._keep({name: span for name, span in known.items() if name in names})
        yield from told

    def _learn(self, segment: Segment) -> Span | None:
        """Go through a segment; None when it cannot be read."""
        trace = _trace(segment)  # before: what comes meanwhile makes it another one
        try:
            raws = self._raws(segment)
        except OSError:
            return None
        first, last = "", ""
        for _raw, t in _stamped(raws):
            at = t[:12]
            if not first or at < first:
                first = at
            if at > last:
                last = at
        return Span(*trace, first, last)

    def _raws(self, segment: Segment) -> list[bytes]:
        with shared(self._ledger.home):
            data = read_segment(segment)
        return split(data)[0]

    def _read(self, writer: str, segment: Segment, low: str, high: str) -> Iterator[Line]:
        """The lines of a segment within the span; the others are not decoded."""
        try:
            raws = self._raws(segment)
        except OSError:
            return
        yield from decode_lines((raw for raw, t in _stamped(raws) if low <= t[:12] < high), writer)

    # the file

    def _remembered(self) -> dict[str, Span]:
        if self._known is None:
            read = _File()
            with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                read = msgspec.json.decode(self._path.read_bytes(), type=_File)
            self._known = dict(read.segments) if read.version == VERSION else {}
        return self._known

    def _keep(self, known: dict[str, Span]) -> None:
        self._known = known
        with suppress(OSError):  # a full disk, a home only read: the next start learns it again
            data = msgspec.json.encode(_File(VERSION, known), order="sorted")
            replace_durably(self._path, data)


def _stamped(raws: list[bytes]) -> Iterator[tuple[bytes, str]]:
    """Raw lines with their stamps; what has none is left out. No checksum is looked at: a damaged
    line makes a span wider, never narrower than what can be believed."""
    for raw in raws:
        try:
            t = _decode_stamp(raw[9:]).t
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if has_shape(t) is not None:
            yield raw, t


def _trace(segment: Segment) -> tuple[int, int, int]:
    try:
        stat = os.stat(segment.path)
    except OSError:
        return 0, 0, 0
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _hex(ms: int) -> str:
    """Milliseconds as the head of a stamp; beyond all stamps where none can say it."""
    return "g" if ms >= _MS_END else f"{max(ms, 0):012x}"
