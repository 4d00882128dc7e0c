"""Some records of a book, read without making records of the rest of it.

A book is replaced as a whole, so that it can be read beside whoever writes it; what changed since
it was written lies on the desk, which whoever asks looks at first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import msgspec

from officetui.store.files import DamagedFile
from officetui.store.layout import Doc, bulk, doc_id

Check = Callable[[], None]
"""Called now and then; may raise, to cancel."""
_OFTEN = 2000

_decode_tables = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]]).decode
_decode_doc = msgspec.json.Decoder(Doc).decode


def read_raw(path: Path) -> bytes:
    """The bytes of a book, b"" when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def tables(data: bytes, path: Path) -> dict[str, dict[str, msgspec.Raw]]:
    """The records of a book by register and TinyDB number, undecoded. Raises DamagedFile."""
    if not data:
        return {}
    try:
        with bulk():
            named = _decode_tables(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedFile(path, f"{type(error).__name__}: {error}") from error
    named.pop("_meta", None)
    return {name[1:] if name.startswith("_") else name: docs for name, docs in named.items()}


def named(
    found: Mapping[str, Mapping[str, msgspec.Raw]], wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Doc]:
    """Those of the wanted (register, record) that are among `tables`."""
    picked: dict[tuple[str, str], Doc] = {}
    for register, record in wanted:
        docs = found.get(register)
        if not docs:
            continue
        number = doc_id(register, record)
        while (raw := docs.get(str(number))) is not None:
            doc = _decode_doc(raw)
            if doc.get("id") == record:
                picked[register, record] = doc
                break
            number += 1  # two of one number: the second has the next
    return picked


def number(register: str, record: str) -> str:
    """The TinyDB number of a record, as `tables` names it."""
    return str(doc_id(register, record))


def decoded(raw: msgspec.Raw) -> Doc:
    """A record of `tables`."""
    return _decode_doc(raw)


def holding(
    docs: Mapping[str, msgspec.Raw], needles: Sequence[bytes], check: Check | None = None
) -> Iterator[Doc]:
    """The records of a register whose bytes hold any of `needles`; () is all."""
    one = needles[0] if len(needles) == 1 else b""
    for count, raw in enumerate(docs.values()):
        if check is not None and count % _OFTEN == 0:
            check()
        if one:
            if one not in bytes(raw):
                continue
        elif needles:
            data = bytes(raw)
            if not any(needle in data for needle in needles):
                continue
        yield _decode_doc(raw)


def spanning(
    docs: Mapping[str, msgspec.Raw], begin: str, end: str, first_day: str, last_day: str
) -> Iterator[Doc]:
    """The records of a register whose cells `begin` and `end` (dates, or moments, as text; without
    an end the one day) touch the days from `first_day` to `last_day` (ISO dates)."""
    look = msgspec.json.Decoder(
        msgspec.defstruct(
            "Ends", [("a", Any, None), ("b", Any, None)], rename={"a": begin, "b": end}, gc=False
        )
    ).decode
    for raw in docs.values():
        found: Any = look(raw)
        first, last = found.a, found.b
        if isinstance(first, str) and first[:10] <= last_day:
            last = last if isinstance(last, str) and last else first
            if last[:10] >= first_day:
                yield _decode_doc(raw)


def lasting(
    docs: Mapping[str, msgspec.Raw], begin: str, ends: Sequence[str], first: str, last: str
) -> Iterator[Doc]:
    """The records of a register whose cell `begin` is not after `last` (an ISO date) and none of
    whose cells `ends` is before `first`; a cell that is not there stands for any day."""
    names = [begin, *ends]
    shape = msgspec.defstruct(
        "Lasting",
        [(f"c{n}", Any, None) for n in range(len(names))],
        rename={f"c{n}": name for n, name in enumerate(names)},
        gc=False,
    )
    look = msgspec.json.Decoder(shape).decode
    for raw in docs.values():
        began, *ended = msgspec.structs.astuple(look(raw))
        if isinstance(began, str) and began[:10] > last:
            continue
        if not any(isinstance(end, str) and end and end[:10] < first for end in ended):
            yield _decode_doc(raw)


def born_of(docs: Mapping[str, msgspec.Raw], parents: Set[str]) -> Iterator[Doc]:
    """The child records whose parent is one of these."""
    look = msgspec.json.Decoder(_Child).decode
    for raw in docs.values():
        if str(look(raw).parent) in parents:  # of a hostile hand it may be anything
            yield _decode_doc(raw)


class _Child(msgspec.Struct, gc=False):
    parent: Any = None
