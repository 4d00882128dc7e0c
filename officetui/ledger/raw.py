"""Segments as bytes: which raw lines are sound, and where they stand. Meaning is for the fold.

What counts here: the checksum, the number, the stamp, the hash of the line before.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

import msgspec

from officetui.ledger.line import LINE_LIMIT, BadLine, Header, decode_header
from officetui.ledger.segments import split
from officetui.ledger.stamp import has_shape, is_stamp


class Unit(NamedTuple):
    """A numbered line. `p`: the hash it was written after (None: it does not say); `raw` without
    LF; `extra`: sound lines without a number that follow it, each with its LF in front."""

    n: int
    hash: str
    p: str | None
    raw: bytes
    extra: bytes = b""

    @property
    def bytes(self) -> bytes:
        return self.raw + self.extra + b"\n"


class Parsed(NamedTuple):
    """A segment, or a copy or a part of one. `damaged`: bad lines; `torn`: bytes after the last
    LF."""

    header: Header | None
    head: bytes
    units: list[Unit]
    damaged: int
    torn: int


class Walked(NamedTuple):
    """What a walk over a whole segment found: its lines follow a line with the hash `p`, and one
    another up to byte `at`, where number `n` with the hash `tail` has ended. `digest`: sha256 (hex)
    of all the bytes."""

    p: str
    at: int
    n: int
    tail: str
    digest: str


class _Wire(msgspec.Struct, gc=False):
    n: int | None = None
    t: str | None = None
    p: str | None = None
    c: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_decode = msgspec.json.Decoder(_Wire).decode


def read_unit(raw: bytes, writer: str) -> Unit | None:
    """A numbered line of `writer`, None when the bytes are none. Number 0: sound, without one."""
    body = raw[9:]
    if str(raw[:9], "latin-1") != f"{crc32(body):08x} " or len(raw) >= LINE_LIMIT:
        return None
    try:
        wire = _decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    n, t = wire.n, wire.t
    if wire.c is not msgspec.UNSET:
        if n is None or n < 1 or t is None or wire.p is None or not is_stamp(t):
            return None
        if t[22:] != writer or int(t[13:21], 16) != n:
            return None
    elif n is None:
        return Unit(0, "", None, raw)
    elif n < 1:
        return None
    return Unit(n, sha256(raw).hexdigest(), wire.p, raw)


def follow(data: bytes, at: int, writer: str, n: int, tail: str) -> tuple[int, int, str]:
    """Walk over whole lines from `at` on, as far as each is the next of `writer` after number `n`
    with the hash `tail`: (where the walk ended, number, hash). What is not as plain as that is
    left for a closer look. A first sync does nothing else."""
    for raw in data[at : data.rfind(b"\n") + 1].split(b"\n")[:-1]:
        body = raw[9:]
        if str(raw[:9], "latin-1") != f"{crc32(body):08x} " or len(raw) >= LINE_LIMIT:
            break
        try:
            wire = _decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            break
        t = wire.t
        if wire.n != n + 1 or wire.p != tail or t is None or wire.c is msgspec.UNSET:
            break
        if has_shape(t) is None or t[22:] != writer or int(t[13:21], 16) != n + 1:
            break
        tail = sha256(raw).hexdigest()
        n += 1
        at += len(raw) + 1
    return at, n, tail


def walk(data: bytes, writer: str) -> Walked | None:
    """Walk over a segment of `writer` for somebody else, who knows the line that its first one
    must follow. None when there is no header, or no sound line after it."""
    begin = data.find(b"\n") + 1
    header = read_head(data[: begin - 1], writer) if begin else None
    first = read_unit(data[begin : data.find(b"\n", begin)], writer) if header else None
    if header is None or first is None or first.p is None:
        return None
    at, n, tail = follow(data, begin, writer, header.n, first.p)
    return Walked(first.p, at, n, tail, sha256(data).hexdigest())


def parse(data: bytes, writer: str) -> Parsed:
    """Read a file of `writer`'s directory: everything sound in it, in the order of the file."""
    raws, torn = split(data)
    header: Header | None = None
    head = b""
    units: list[Unit] = []
    damaged = 0
    for at, raw in enumerate(raws):
        if at == 0:
            header = read_head(raw, writer)
            if header is not None:
                head = raw
                continue
        unit = read_unit(raw, writer)
        if unit is None:
            damaged += 1
        elif unit.n:
            units.append(unit)
        elif units:
            units[-1] = units[-1]._replace(extra=units[-1].extra + b"\n" + raw)
    return Parsed(header, head, units, damaged, len(torn))


def read_head(raw: bytes, writer: str) -> Header | None:
    """The header of a segment of `writer`, None when these bytes are none."""
    try:
        header = decode_header(raw)
    except BadLine:
        return None
    return header if header.writer == writer else None


def joined(head: bytes, units: Iterable[Unit]) -> bytes:
    """The bytes of a segment."""
    return head + b"\n" + b"".join(unit.bytes for unit in units)
