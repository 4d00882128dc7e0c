"""The segment files of one journal: which there are, their headers, their lines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from officetui.ledger.line import BadLine, Header, Line, Reserved, decode_header, decode_line

SEGMENT_LIMIT = 256 * 1024
"""A segment takes no further line that would carry it over this many bytes."""

HEADER_ROOM = 8192


class Segment(NamedTuple):
    """A segment file; `number` counts from 1."""

    number: int
    path: Path

    @property
    def packed(self) -> bool:
        return self.path.suffix == ".gz"


def segment_path(directory: Path, number: int) -> Path:
    return directory / f"{number:06d}.jsonl"


def segments(directory: Path) -> list[Segment]:
    """The segments in a writer's directory, ascending; anything else there is ignored."""
    found: dict[int, Path] = {}
    try:
        names = os.listdir(directory)
    except OSError:
        return []
    for name in sorted(names):  # the plain file sorts before its packed twin and is preferred
        number, _, kind = name.partition(".")
        if kind in ("jsonl", "jsonl.gz") and len(number) >= 6 and number.isdecimal():
            found.setdefault(int(number), directory / name)
    return [Segment(number, found[number]) for number in sorted(found)]


def read_segment(segment: Segment) -> bytes:
    """All bytes of a segment, unpacked. Raises OSError (a damaged packing included)."""
    data = segment.path.read_bytes()
    return unpack(data) if segment.packed else data


def unpack(data: bytes) -> bytes:
    import gzip
    import zlib

    try:
        return gzip.decompress(data)
    except (EOFError, zlib.error) as error:
        raise OSError(f"not readable as gzip: {error}") from error


def read_header(segment: Segment) -> Header | None:
    """The header of a segment, None when it is missing, torn or damaged."""
    try:
        if segment.packed:
            data = read_segment(segment)
        else:
            with segment.path.open("rb", buffering=0) as file:
                data = file.read(HEADER_ROOM) or b""
    except OSError:
        return None
    raw, lf, _ = data.partition(b"\n")
    try:
        return decode_header(raw) if lf else None
    except BadLine:
        return None


def split(data: bytes) -> tuple[list[bytes], bytes]:
    """(whole lines without LF, what stands after the last LF)"""
    lines = data.split(b"\n")
    torn = lines.pop()
    return lines, torn


def decode(raw: bytes, writer: str) -> Line | Reserved | BadLine:
    """Read a raw line of `writer`'s journal; a BadLine is returned, not raised."""
    try:
        line = decode_line(raw)
    except BadLine as bad:
        return bad
    if isinstance(line, Line) and line.writer != writer:
        return BadLine("written by another writer")
    return line
