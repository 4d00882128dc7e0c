"""Appending to one's own journal: a change is durable before it is confirmed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from officetui.errors import NotKept
from officetui.ledger.change import check, encoded
from officetui.ledger.disk import fsync_dir, locked, make_dir, open_new, write_all
from officetui.ledger.journals import Ledger
from officetui.ledger.line import (
    FORMAT,
    READER,
    BadLine,
    Change,
    Header,
    Line,
    decode_line,
    encode_header,
)
from officetui.ledger.retire import successor
from officetui.ledger.segments import (
    SEGMENT_LIMIT,
    Segment,
    decode,
    read_header,
    read_segment,
    segment_path,
    segments,
    split,
)
from officetui.ledger.verify import Damage

__all__ = ["Appended", "Damage", "Journal", "Ledger"]

DISK_FULL = (
    "The disk is full: the change was not kept, and the journal is as it was before. "
    "Make room, then try again."
)
NOT_WRITTEN = (
    "The change could not be written to the disk and was not kept; "
    "the journal is as it was before. Try again; if it stays so, ask whoever looks after the disk."
)


class Appended(NamedTuple):
    """The durable lines of a change, and the ids given to its "#k" placeholders."""

    lines: list[Line]
    ids: dict[str, str]


class _Tail(NamedTuple):
    """Where the journal ends: segment number (0: none), its bytes, last number and hash.

    `open` is False when the next line must begin a new segment. `mark` is what stat said.
    """

    seg: int
    size: int
    n: int
    p: str
    open: bool
    mark: tuple[int, int, int]


class Journal:
    """The journal of the writer that works here; other processes may append to it as well."""

    def __init__(
        self,
        home: Path,
        writer: str,
        office: str,
        zone: str,
        app: str,
        *,
        after: str | None = None,
    ) -> None:
        self.home = home
        self.writer = writer
        self.directory = home / "journals" / writer
        self._office = office
        self._zone = zone
        self._app = app
        self._after = after
        self._tail: _Tail | None = None

    def append(self, change: Change, now_ms: int) -> Appended:
        """Write a change, durable on return. `now_ms`: milliseconds since 1970 UTC.

        Raises NotKept (nothing was kept, the journal is as before) or Refused (a value that no
        line can hold). A change over 1 MiB becomes a group of lines.
        """
        check(change)
        try:
            make_dir(self.directory)
            with locked(self.home):
                self._follow()
                tail = self._settled()
                raws, ids = encoded(change, now_ms, tail.n, tail.p, self.writer)
                self._write(tail, raws)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            raise NotKept(DISK_FULL if full else NOT_WRITTEN) from error
        lines = [line for line in map(decode_line, raws) if isinstance(line, Line)]
        return Appended(lines, ids)

    def settle(self) -> int:
        """Cut a torn end off, as `append` does first; the last number. Raises OSError."""
        make_dir(self.directory)
        with locked(self.home):
            self._follow()
            return self._settled().n

    def _follow(self) -> None:
        """Go on under the writer that has taken over from this one, if one has."""
        writer = successor(self.home, self.writer)
        if writer != self.writer:
            self.writer = writer
            self.directory = self.home / "journals" / writer
            self._tail = None

    # the tail

    def _settled(self) -> _Tail:
        """The tail, made durable and whole; from memory when the file is as we left it."""
        tail = self._tail
        if tail is not None and tail.seg:
            path = segment_path(self.directory, tail.seg)
            with suppress(OSError):
                if _mark(os.stat(path)) == tail.mark and not os.path.lexists(
                    segment_path(self.directory, tail.seg + 1)
                ):
                    return tail
        self._tail = None
        self._tail = self._read_tail()
        return self._tail

    def _read_tail(self) -> _Tail:
        """The tail as the files tell it.

        A damaged line has used up its number: colleagues may hold it undamaged. A segment whose
        header was only begun when the power went counts as not there, and is begun again.
        """
        tail: _Tail | None = None
        n: int | None = None
        p = ""
        damaged = 0
        for segment in reversed(segments(self.directory)):
            if tail is None and not segment.packed:
                data, mark = self._whole(segment)
            else:
                data, mark = read_segment(segment), (0, 0, 0)
            lines, _ = split(data)
            if not lines:
                continue
            if tail is None:
                tail = _Tail(segment.number, len(data), 0, "", not segment.packed, mark)
            for raw in reversed(lines[1:]):
                line = decode(raw, self.writer)
                if isinstance(line, BadLine):
                    damaged += 1
                    p = p or sha256(raw).hexdigest()
                elif line.n is not None:
                    n = line.n + damaged if n is None else n
                    p = p or line.hash
                    break
            header = read_header(segment)
            if n is None and header is not None:
                n = header.n + damaged
            if n is not None and p:
                break
        if tail is None:
            return _Tail(0, 0, 0, "", False, (0, 0, 0))
        return tail._replace(n=damaged if n is None else n, p=p)

    def _whole(self, segment: Segment) -> tuple[bytes, tuple[int, int, int]]:
        """The bytes of a segment after what is torn was cut off (kept beside it as `.torn`)."""
        fd = os.open(segment.path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        try:
            os.fsync(fd)  # what a crashed process wrote must be durable before it is built on
            with os.fdopen(os.dup(fd), "rb") as file:
                data = file.read()
            keep = data.rfind(b"\n") + 1
            torn = data[keep:]
            if torn:
                if keep and _sound(torn):
                    write_all(fd, b"\n")
                    data += b"\n"
                else:
                    self._set_aside(segment, torn)
                    os.ftruncate(fd, keep)
                    data = data[:keep]
                os.fsync(fd)
            return data, _mark(os.fstat(fd))
        finally:
            os.close(fd)

    def _set_aside(self, segment: Segment, torn: bytes) -> None:
        fd = open_new(self.directory / f"{segment.number:06d}.torn", os.O_WRONLY | os.O_APPEND)
        try:
            write_all(fd, torn + b"\n")
            os.fsync(fd)
        finally:
            os.close(fd)
        fsync_dir(self.directory)

    # writing

    def _write(self, tail: _Tail, raws: list[bytes]) -> None:
        """Append the lines and make them durable, or leave everything as it was and raise."""
        created: list[Path] = []
        before = tail
        self._tail = None
        try:
            for room in _rooms(tail, raws):
                tail = self._write_segment(tail, room, created)
            self._tail = tail
        except BaseException:
            self._take_back(before, created)
            raise

    def _write_segment(self, tail: _Tail, room: _Room, created: list[Path]) -> _Tail:
        number = tail.seg + 1 if room.new else tail.seg
        path = segment_path(self.directory, number)
        data = b"".join(raw + b"\n" for raw in room.raws)
        if room.new:
            data = encode_header(self._header(number, tail)) + b"\n" + data
            created.append(path)
        fd = open_new(path, os.O_WRONLY | os.O_APPEND)
        try:
            write_all(fd, data)
            os.fsync(fd)
            stat = os.fstat(fd)
        finally:
            os.close(fd)
        if room.new:
            fsync_dir(self.directory)
        last = sha256(room.raws[-1]).hexdigest()
        return _Tail(number, stat.st_size, tail.n + len(room.raws), last, True, _mark(stat))

    def _header(self, number: int, tail: _Tail) -> Header:
        prev = ""
        for segment in segments(self.directory):
            if segment.number == number - 1:
                prev = sha256(read_segment(segment)).hexdigest()
        return Header(
            v=FORMAT,
            office=self._office,
            writer=self.writer,
            seg=number,
            n=tail.n,
            prev=prev,
            after=self._after if number == 1 else None,
            zone=self._zone,
            app=self._app,
            reader=READER,
        )

    def _take_back(self, before: _Tail, created: list[Path]) -> None:
        """Undo a failed write: later segments first, so that a crash leaves a dead group only."""
        with suppress(OSError):
            for path in reversed(created):
                with suppress(FileNotFoundError):
                    os.unlink(path)
            if before.seg and before.open:
                fd = os.open(segment_path(self.directory, before.seg), os.O_WRONLY | os.O_CLOEXEC)
                try:
                    if os.fstat(fd).st_size > before.size:
                        os.ftruncate(fd, before.size)
                    os.fsync(fd)
                finally:
                    os.close(fd)
            fsync_dir(self.directory)


def _mark(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _sound(torn: bytes) -> bool:
    """Whether only the LF of a line is missing."""
    try:
        decode_line(torn)
    except BadLine:
        return False
    return True


class _Room(NamedTuple):
    """Lines that go into one segment together."""

    new: bool
    raws: list[bytes]


def _rooms(tail: _Tail, raws: Iterable[bytes]) -> list[_Room]:
    """Spread lines over the open segment and new ones; a segment holds at least one line."""
    rooms: list[_Room] = []
    size = tail.size if tail.open else SEGMENT_LIMIT
    for raw in raws:
        if size + len(raw) + 1 > SEGMENT_LIMIT:
            rooms.append(_Room(True, []))
            size = 512  # about a header
        elif not rooms:
            rooms.append(_Room(False, []))
        rooms[-1].raws.append(raw)
        size += len(raw) + 1
    return rooms
