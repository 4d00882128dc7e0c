"""Reading all journals of a replica: the own one and the mirrors of the colleagues'."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from officetui.ledger import forks
from officetui.ledger.abreast import Part, by_time
from officetui.ledger.cursor import Cursor
from officetui.ledger.disk import shared
from officetui.ledger.line import Header, Line, decode_sound
from officetui.ledger.segments import (
    Segment,
    decode,
    read_header,
    read_segment,
    segment_path,
    segments,
    split,
)
from officetui.ledger.stamp import is_stamp, is_writer, origin
from officetui.ledger.verify import Damage, Walk

_Range = tuple[int, int]
_END = 1 << 62
_MANY = 64
_COARSE = 100_000_000
"""Nanoseconds for which the time of a directory may hide that it changed once more."""


class Ledger:
    """All journals together, read-only. Cheap to ask again: closed segments are remembered."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.directory = home / "journals"
        self._listed: dict[str, tuple[int, list[Segment], list[Path]]] = {}
        self._forked: dict[str, tuple[tuple[object, ...], list[Line]]] = {}
        self._late: dict[str, tuple[object, ...]] = {}
        self._headers: dict[Path, Header] = {}
        self._read: dict[str, tuple[object, ...]] = {}

    def writers(self) -> list[str]:
        try:
            names = os.listdir(self.directory)
        except OSError:
            return []
        return sorted(name for name in names if is_writer(name))

    def segments(self, writer: str) -> list[Segment]:
        """The segments of a writer, ascending."""
        directory = self.directory / writer
        try:
            changed = os.stat(directory).st_mtime_ns
        except OSError:
            return []
        known = self._listed.get(writer)
        if known is not None and known[0] == changed and known[1]:
            last = known[1][-1].number
            # the clock of directories is coarse: look for the next segment itself
            if last and not os.path.lexists(segment_path(directory, last + 1)):
                return known[1]
        listed = segments(directory)
        beside = [directory / name for name in _names(directory) if forks.is_fork(name)]
        fresh = abs(time.time_ns() - changed) < _COARSE
        self._listed[writer] = (0 if fresh else changed, listed, beside)
        return listed

    def forks(self, writer: str) -> list[Line]:
        """The lines of a writer whose number another line in its segments bears, ascending."""
        self.segments(writer)
        listed = self._listed.get(writer)
        if listed is None or not listed[2]:
            return []
        state = forks.signature(listed[2])
        known = self._forked.get(writer)
        if known is None or known[0] != state:
            known = self._forked[writer] = (state, forks.read_forks(listed[2], writer))
        return known[1]

    def header(self, segment: Segment) -> Header | None:
        """The header of a segment, None when it cannot be read."""
        header = self._headers.get(segment.path)
        if header is None:
            header = read_header(segment)
            if header is not None and header.app:  # a substitute may yet give way to the real one
                self._headers[segment.path] = header
        return header

    def read_since(self, cursor: Cursor) -> Iterator[Line]:
        """The lines that `cursor` lacks, each journal in its order; damaged ones are left out.

        The cursor may be moved on while reading. Asking again while nothing changed costs a few
        stats. Waits for an append that is under way in another process.
        """
        # By time over all journals: what a line replaces has mostly come before it then, and a
        # first sync spends less on what is still awaited.
        begun: dict[str, object] = {}
        found = _decoded(self._news(writer, cursor, begun) for writer in self.writers())
        yield from self._looked_up(found, cursor) if cursor.has_forks() else found
        for writer, files in begun.items():
            self._read[writer] = (_wanted(writer, cursor), files)
        yield from self._read_forks(cursor)

    def _looked_up(self, lines: Iterable[Line], cursor: Cursor) -> Iterator[Line]:
        """These lines. Before one whose number only a fork has borne yet, what it comes to: nobody
        has awaited it since."""
        for line in lines:
            if cursor.is_beside(line.t):
                mentioning = partial(self._mentioning, cursor)
                yield from forks.late([line], cursor, self.numbered, mentioning)
            yield line

    def _news(self, writer: str, cursor: Cursor, begun: dict[str, object]) -> Iterator[Part]:
        """The lines of one writer that `cursor` lacks; `begun` gets what tells the state of the
        files that they are in."""
        wanted = _wanted(writer, cursor)
        with shared(self.home):
            reading = self._covering(writer, wanted)
            files = [_signature(segment) for segment, _ in reading]
        if self._read.get(writer) == (wanted, files):
            return
        begun[writer] = files
        for segment, ranges in reading:
            with shared(self.home):
                try:
                    data = read_segment(segment)
                except OSError:
                    continue
            yield self._part(writer, segment, data, ranges)

    def _read_forks(self, cursor: Cursor) -> Iterator[Line]:
        """The forked lines that `cursor` lacks, once the segments have been read."""
        for writer in self.writers():
            beside = self.forks(writer)
            if not beside:
                continue
            # a group may wait for its last line in the segments, and that line may fill a hole
            here = (self._forked[writer][0], cursor.number(writer), cursor.holes(writer))
            if self._late.get(writer) == (*here, cursor.forks(writer)):
                continue
            mentioning = partial(self._mentioning, cursor)
            yield from forks.late(beside, cursor, self.numbered, mentioning)
            self._late[writer] = (*here, cursor.forks(writer))

    def _mentioning(self, cursor: Cursor, stamps: list[str]) -> Iterator[Line]:
        """The lines in `cursor` that mention any of these stamps, those of dead groups left out."""
        needles = [b'"%b"' % t.encode() for t in stamps]
        for writer in self.writers():
            for segment in self.segments(writer):
                for line in self._matching(writer, segment, needles):
                    if cursor.has_number(writer, line.n) and self.is_whole(line):
                        yield line
            yield from (line for line in self.forks(writer) if line.t in cursor.forks(writer))

    def _covering(self, writer: str, wanted: list[_Range]) -> list[tuple[Segment, list[_Range]]]:
        """The segments that may hold the wanted numbers, with what of them they may hold.

        Goes back from the end, so that the cost is of the new, not of the history.
        """
        found: list[tuple[Segment, list[_Range]]] = []
        end = _END
        lowest = wanted[0][0]
        for segment in reversed(self.segments(writer)):
            header = self.header(segment)
            start = header.n + 1 if header is not None else 0
            ranges = [
                (max(low, start), high) for low, high in wanted if low <= end and high >= start
            ]
            if ranges:
                found.append((segment, ranges))
            if header is not None:
                end = header.n
                if start <= lowest:
                    break
        return found[::-1]

    def _part(self, writer: str, segment: Segment, data: bytes, ranges: list[_Range]) -> Part:
        """The lines of a segment whose numbers may lie in `ranges` (ascending)."""
        raws, _ = split(data)
        header = self.header(segment)
        at = 1
        if header is not None:
            guess = ranges[0][0] - header.n
            if 1 < guess < len(raws):
                # counting is right unless damage glued lines together: look
                line = decode(raws[guess], writer)
                if isinstance(line, Line) and line.n <= ranges[0][0]:
                    at = guess
            elif guess == len(raws) and len(ranges) == 1 and at < guess:
                line = decode(raws[-1], writer)
                if isinstance(line, Line) and line.n < ranges[0][0]:
                    at = guess
        everything = header is not None and ranges[0] == (header.n + 1, _END)
        return Part(writer, raws[at:], None if everything else ranges)

    # single lines

    def line(self, t: str) -> Line | None:
        """The line with this stamp, None when it is not here (or damaged)."""
        if not is_stamp(t):
            return None
        n = int(t[13:21], 16)
        line = self.numbered(t[22:], n)
        if line is not None and line.t == t:
            return line
        return next((fork for fork in self.forks(t[22:]) if fork.t == t), None)

    def numbered(self, writer: str, n: int) -> Line | None:
        """Line `n` of a writer, None when it is not here."""
        own = self.segments(writer)
        low, high = 0, len(own)
        while low < high:  # the last segment whose header says it begins at or before n
            middle = (low + high) // 2
            header = self.header(own[middle])
            if header is None:
                return self._searched(writer, own, n)
            if header.n < n:
                low = middle + 1
            else:
                high = middle
        return self._searched(writer, own[low - 1 : low], n) if low else None

    def _searched(self, writer: str, among: list[Segment], n: int) -> Line | None:
        for segment in among:
            try:
                data = read_segment(segment)
            except OSError:
                continue
            found = _decoded([iter([self._part(writer, segment, data, [(n, n)])])])
            line = next(found, None)
            if line is not None:
                return line
        return None

    def is_whole(self, line: Line) -> bool:
        """Whether the change of this line is all there (False: an interrupted group)."""
        if line.group is None:
            return True
        name, index, size = line.group
        last = self.numbered(line.writer, line.n - index + size)
        return last is not None and last.group == (name, size, size)

    def change(self, line: Line) -> list[Line]:
        """All lines of the change this line belongs to, in order."""
        if line.group is None:
            return [line]
        name, index, size = line.group
        found: list[Line] = []
        for n in range(line.n - index + 1, line.n - index + 1 + size):
            each = self.numbered(line.writer, n)
            if each is None or each.group is None or each.group[0] != name:
                break
            found.append(each)
        return found

    def history(self, *records: tuple[str, str]) -> list[Line]:
        """The lines that touch any of these (register, record), ascending by stamp; each once,
        interrupted groups left out. The journals are read once, however many are asked."""
        wanted = set(records)
        # Children that one change made share its stamp, and are looked for once.
        names = {origin(record) or record for _register, record in wanted}
        needles = [msgspec.json.encode(name)[1:-1] for name in sorted(names)]
        found: list[Line] = []
        for writer in self.writers():
            for segment in self.segments(writer):
                for line in self._matching(writer, segment, needles):
                    if any((e.register, e.record) in wanted for e in line.entries):
                        found.append(line)
            for line in self.forks(writer):
                if any((e.register, e.record) in wanted for e in line.entries):
                    found.append(line)
        found.sort(key=lambda line: line.t)
        return [line for line in found if self.is_whole(line)]

    def born_of(self, parent: str) -> set[tuple[str, str]]:
        """(register, record) of every child record ever made with this parent, undone ones too."""
        needle = [msgspec.json.encode(parent)]
        return {
            (entry.register, entry.record)
            for writer in self.writers()
            for segment in self.segments(writer)
            for line in self._matching(writer, segment, needle)
            for entry in line.entries
            if entry.cells.get("parent") == parent
        }

    def lines_of(self, user: str, writer: str) -> Iterator[Line]:
        """The lines of a user on one writer, newest first."""
        needle = b'"u":' + msgspec.json.encode(user)
        for segment in reversed(self.segments(writer)):
            for line in reversed(self._matching(writer, segment, [needle])):
                if line.u == user:
                    yield line

    def _matching(self, writer: str, segment: Segment, needles: list[bytes]) -> list[Line]:
        """The lines of a segment whose bytes hold a needle; the rest is not decoded."""
        try:
            with shared(self.home):
                data = read_segment(segment)
        except OSError:
            return []
        if len(needles) > _MANY:  # decoding is cheaper than looking for so many
            needles = [b""]
        held = [needle for needle in needles if needle in data]
        if not held:
            return []
        raws, _ = split(data)
        lines = (decode(raw, writer) for raw in raws[1:] if any(n in raw for n in held))
        return [line for line in lines if isinstance(line, Line)]

    # damage

    def damage(self) -> list[Damage]:
        """What cannot be believed in any journal: frames, shapes, numbers, headers."""
        return [each for writer in self.writers() for each in self._inspected(writer, False)]

    def verify(self) -> list[Damage]:
        """Like `damage`, and follows the chain of hashes: names what was altered on purpose."""
        return [each for writer in self.writers() for each in self._inspected(writer, True)]

    def _inspected(self, writer: str, chain: bool) -> Iterator[Damage]:
        walk = Walk(writer, chain, {line.hash for line in self.forks(writer)})
        own = self.segments(writer)
        for segment in own:
            try:
                with shared(self.home):
                    data = read_segment(segment)
            except OSError as error:
                yield Damage(writer, segment.path.name, 0, str(error))
                continue
            yield from walk.segment(segment, data, last=segment is own[-1])


def _decoded(journals: Iterable[Iterator[Part]]) -> Iterator[Line]:
    """The wanted lines of these journals, by time; damaged ones are left out."""
    for stretch in by_time(journals):
        for _, raw, (writer, _, ranges) in stretch:
            line = decode_sound(raw, writer)
            if line is None:
                continue
            if ranges is None or any(low <= line.n <= high for low, high in ranges):
                yield line


def _wanted(writer: str, cursor: Cursor) -> list[_Range]:
    """The numbers of a writer that `cursor` lacks."""
    return [*cursor.holes(writer), (cursor.number(writer) + 1, _END)]


def _names(directory: Path) -> list[str]:
    try:
        return sorted(os.listdir(directory))
    except OSError:
        return []


def _signature(segment: Segment) -> tuple[int, int, int, int]:
    try:
        stat = os.stat(segment.path)
    except OSError:
        return (segment.number, 0, 0, 0)
    return (segment.number, stat.st_ino, stat.st_size, stat.st_mtime_ns)
