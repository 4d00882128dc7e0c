"""One line of a journal: ``CRC32 SP JSON LF``.

The CRC is taken over the JSON bytes exactly as they stand in the file. A decoded line keeps its
raw bytes, and its hash is taken over them, so nothing ever depends on encoding a line again.
Keys this version does not know are tolerated (and stay in the file, which is never rewritten).
"""

from __future__ import annotations

from binascii import hexlify
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from officetui.ledger.stamp import is_stamp, is_writer

FORMAT = 1
READER = 1
LINE_LIMIT = 1 << 20
"""Longest line in bytes, its LF included."""

DEPTH_LIMIT = 64
"""How deep lists and objects of a cell may stand in each other: what any program can read again,
however deep its own stack is at that moment."""

RESERVED_CELLS = frozenset(("", "id", "_s", "_x", "_d"))
"""Names that the folded form of a record uses itself; no change may write them."""


CAREFUL_CELLS = RESERVED_CELLS | {"_del"}

_NESTING = frozenset((list, dict))
_HEX = "0123456789abcdef"
_NUMBERS = 1 << 32  # as many as a stamp can tell

TOO_DEEP = "nested too deeply"


class BadLine(ValueError):
    """Bytes that are no line; `reason` is a short English phrase for `doctor`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Entry(NamedTuple):
    """What a change writes into one record; `over`: per cell the stamps it replaces or has seen."""

    register: str
    record: str
    cells: dict[str, Any]
    over: dict[str, list[str]]


class New(str):
    """A placeholder ("#0", "#1"…) for the id of a record that the same change creates.

    As a record id, or in a cell named `parent`, a plain "#0" serves as well; in any other cell
    only this type is replaced, so that a person's text "#1" stays a text.
    """

    __slots__ = ()


class Change(msgspec.Struct):
    """What one user action asks to be appended; `undoes` is the (first) stamp it undoes."""

    user: str
    action: str
    entries: list[Entry]
    undoes: str | None = None


class Line(
    msgspec.Struct,
    gc=False,
    rename={"prev": "p", "entries": "c", "group": "g", "undoes": "z"}
    # not of the JSON; a name that nobody writes
    | {name: f"\x7f{name}" for name in ("writer", "raw")},
):
    """A change line as read. `group` is (id, i, of): the stamp of its first line, i from 1;
    `prev` is the hash of the change line before, empty for the first."""

    n: int
    t: str
    u: str
    prev: str
    a: str
    entries: list[Entry]
    group: tuple[str, int, int] | None = None
    undoes: str | None = None
    writer: str = ""
    raw: bytes = b""

    @property
    def hash(self) -> str:
        """sha256 (hex) of the raw line without its LF: the `p` of the next line."""
        return sha256(self.raw).hexdigest()


class _PlainEntry(Entry):
    __slots__ = ()
    cells: dict[str, str | int | float | bool]


class PlainLine(Line, gc=False):
    """A line whose cells each hold a text, a number or a truth value, and none of them is one that
    the fold has to take care with. Nearly every line is; that of some bytes always is, or never."""

    entries: list[_PlainEntry]  # type: ignore[assignment]  # nobody puts another one in


class Forked(Line, gc=False):
    """A line whose number another line of the same writer bears as well (a machine was cloned).

    `named`: the (register, record, cell) for which lines folded before it name it in their `over`.
    """

    named: frozenset[tuple[str, str, str]] = frozenset()


class Reserved(msgspec.Struct, gc=False):
    """A sound line of a kind this version does not know; `n` is None when it has no number."""

    n: int | None
    raw: bytes

    @property
    def hash(self) -> str:
        return sha256(self.raw).hexdigest()


class Header(msgspec.Struct, omit_defaults=True):
    """First line of a segment. `n`: number of the last line before it; `prev`: sha256 (hex) of the
    whole segment before it, empty for the first."""

    v: int
    office: str
    writer: str
    seg: int
    n: int
    prev: str
    after: str | None = None
    zone: str = ""
    app: str = ""
    reader: int = 0


class _Wire(msgspec.Struct, omit_defaults=True, gc=False):
    """The JSON of a change line, keys in the order in which they are written."""

    n: int
    t: str
    u: str
    p: str
    a: str
    c: list[Entry]
    g: tuple[str, int, int] | None = None
    z: str | None = None


class _Kind(msgspec.Struct):
    c: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    n: Any = None


_encode = msgspec.json.Encoder().encode
_decode_wire = msgspec.json.Decoder(Line).decode
_decode_plain = msgspec.json.Decoder(PlainLine).decode
_decode_kind = msgspec.json.Decoder(_Kind).decode
_decode_header = msgspec.json.Decoder(Header).decode


def _framed(body: bytes) -> bytes:
    return b"%08x %b" % (crc32(body), body)


def _body(raw: bytes) -> bytes:
    """The JSON bytes of a raw line (without LF); BadLine unless frame and CRC are right."""
    if len(raw) >= LINE_LIMIT:
        raise BadLine("longer than 1 MiB")
    body = raw[9:]
    if str(raw[:9], "latin-1") != f"{crc32(body):08x} ":
        if not raw.strip(b"\0"):
            raise BadLine("only NUL bytes" if raw else "empty line")
        raise BadLine("the checksum does not match")
    return body


def encode_line(
    n: int,
    t: str,
    change: Change,
    entries: list[Entry],
    prev: str,
    group: tuple[str, int, int] | None = None,
) -> bytes:
    """The raw line, without LF. Its length is the caller's care (`LINE_LIMIT`)."""
    return _framed(
        _encode(_Wire(n, t, change.user, prev, change.action, entries, group, change.undoes))
    )


def encode_header(header: Header) -> bytes:
    """The raw header line, without LF."""
    return _framed(_encode(header))


def decode_line(raw: bytes) -> Line | Reserved:
    """Read one raw line (without LF). Raises BadLine."""
    body = _body(raw)
    try:
        line = _wire(body)
    except RecursionError:
        raise BadLine(TOO_DEEP) from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return _reserved(body, raw, str(error))
    return _checked(line, raw)


def _wire(body: bytes) -> Line:
    """What the JSON of a change line says. Raises what msgspec raises.

    That the values are plain is checked while they are decoded, where it costs nothing.
    """
    try:
        line = _decode_plain(body)
    except msgspec.ValidationError:
        return _decode_wire(body)
    for entry in line.entries:
        if not CAREFUL_CELLS.isdisjoint(entry.cells):
            return _decode_wire(body)
    return line


def _checked(line: Line, raw: bytes) -> Line:
    """`line` with what is not in its JSON. Raises BadLine when it cannot be what it says."""
    t, n = line.t, line.n
    if not is_stamp(t) or int(t[13:21], 16) != n or n < 1:
        raise BadLine("stamp and number do not agree")
    if line.group is not None and not _possible(line.group, t, n):
        raise BadLine("impossible group")
    if any(too_deep(entry.cells) for entry in line.entries):
        raise BadLine(TOO_DEEP)
    line.writer, line.raw = t[22:], raw
    return line


def decode_sound(raw: bytes, writer: str) -> Line | None:
    """A change line of `writer`; None when the bytes are damaged or of another kind.

    As `decode_line` has it, in much less time for what nearly every line is.
    """
    head, _, body = raw.partition(b" ")
    if head != hexlify(crc32(body).to_bytes(4)) or len(raw) >= LINE_LIMIT:
        return None
    try:
        line = _wire(body)
        t, n = line.t, line.n
        if (
            line.__class__ is PlainLine
            and line.group is None
            and 0 < n < _NUMBERS
            and t[12:] == f".{n.to_bytes(4).hex()}.{writer}"
            and not t[:12].strip(_HEX)
        ):
            line.writer, line.raw = writer, raw
            return line
        checked = _checked(line, raw)
    except (BadLine, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return checked if checked.writer == writer else None


def decode_lines(raws: Iterable[bytes], writer: str) -> Iterator[Line]:
    """The change lines of `writer` among raw ones; damaged ones and other kinds are left out."""
    for raw in raws:
        line = decode_sound(raw, writer)
        if line is not None:
            yield line


def too_deep(cells: dict[str, Any]) -> bool:
    """Whether the value of a cell is nested deeper than `DEPTH_LIMIT`."""
    nested: list[Any] = [value for value in cells.values() if value.__class__ in _NESTING]
    if not nested:
        return False
    for _ in range(DEPTH_LIMIT):
        if not nested:
            return False
        nested = [
            value
            for outer in nested
            for value in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(value, list | dict | tuple)
        ]
    return bool(nested)


def _possible(group: tuple[str, int, int], t: str, n: int) -> bool:
    """A group is named by the stamp of its first line, and its lines follow each other."""
    name, index, size = group
    return (
        1 <= index <= size
        and is_stamp(name)
        and name[22:] == t[22:]
        and int(name[13:21], 16) == n - index + 1
    )


def _reserved(body: bytes, raw: bytes, why: str) -> Reserved:
    try:
        kind = _decode_kind(body)
    except RecursionError:
        raise BadLine(TOO_DEEP) from None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadLine("not a JSON object") from None
    if kind.c is not msgspec.UNSET:
        raise BadLine(f"not a change: {why}")
    number = kind.n if isinstance(kind.n, int) and not isinstance(kind.n, bool) else None
    return Reserved(number, raw)


def decode_header(raw: bytes) -> Header:
    """Read a raw header line (without LF). Raises BadLine."""
    try:
        header = _decode_header(_body(raw))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadLine(f"not a header: {error}") from None
    if not is_writer(header.writer) or header.seg < 1 or header.n < 0:
        raise BadLine("not a header: impossible writer or number")
    return header
