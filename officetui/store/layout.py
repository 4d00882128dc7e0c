"""Tables as bytes: desk and books are ordinary TinyDB files.

``{"_meta": {"1": {…}}, "<register>": {"<doc_id>": doc}}``, tables and keys sorted, so that equal
records give equal bytes. A register whose name begins with "_" gets one more "_" in front, so
that none is ever taken for `_meta`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from officetui.store.files import DamagedFile

Doc = dict[str, Any]
Tables = dict[str, dict[str, Doc]]
"""register → record id → doc"""

FORMAT: Final = 1
_DOC_ID_BITS: Final = 53  # exact in every JSON reader, doubles included

_ROWS_AT_ONCE: Final = 1000

_decoder: Final = msgspec.json.Decoder(dict[str, dict[str, dict[str, Any]]])
_encode: Final = msgspec.json.Encoder(order="sorted").encode


@contextmanager
def bulk() -> Iterator[None]:
    """Make many dicts without the garbage collector looking through all of them again and again:
    reading ten books takes half the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def doc_id(register: str, record: str) -> int:
    """TinyDB's number of a record: the first 53 bits of sha256("register/id")."""
    first = sha256(f"{register}/{record}".encode("utf-8", "surrogatepass")).digest()[:7]
    return int.from_bytes(first, "big") >> (56 - _DOC_ID_BITS)


def encode(tables: Mapping[str, Mapping[str, Doc]], meta: Mapping[str, Any]) -> list[bytes]:
    """The bytes of a desk or a book, in pieces; empty tables are left out.

    Records are encoded one by one in the order in which they were made, and what comes of it is
    sorted: in the order of their numbers they would be looked up all over the memory.
    """
    named: dict[str, list[bytes]] = {"_meta": [b'"1":' + _encode(meta)]}
    for register, docs in tables.items():
        if docs:
            name = f"_{register}" if register.startswith("_") else register
            named[name] = _rows(register, docs)
    pieces: list[bytes] = []
    for name, rows in sorted(named.items()):
        pieces.append((b"," if pieces else b"{") + _encode(name) + b":{")
        pieces += rows
        pieces.append(b"}")
    pieces.append(b"}")
    return pieces


def together(pieces: Sequence[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces, each large enough to be written by itself."""
    for first in range(0, len(pieces), _ROWS_AT_ONCE):
        yield b"".join(pieces[first : first + _ROWS_AT_ONCE])


def decode(data: bytes, path: Path) -> tuple[Doc, Tables]:
    """(meta, tables) of the bytes of `path`. Raises DamagedFile when they are no desk or book."""
    try:
        with bulk():
            named = _decoder.decode(data)
        meta = named.pop("_meta")["1"]
        tables = {
            name[1:] if name.startswith("_") else name: {doc["id"]: doc for doc in table.values()}
            for name, table in named.items()
        }
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedFile(path, f"{type(error).__name__}: {error}") from error
    if sum(map(len, tables.values())) != sum(map(len, named.values())):
        raise DamagedFile(path, "a record stands in it twice")
    return meta, tables


def _rows(register: str, docs: Mapping[str, Doc]) -> list[bytes]:
    """The rows of a table in the order of their keys, all but the first with a comma in front."""
    encode = _encode
    rows = [
        b',"%d":%b' % (number, encode(doc))
        for number, doc in zip(_numbers(register, docs), docs.values(), strict=True)
    ]
    rows.sort()  # as the keys sort: the quotation mark that ends one is less than any digit
    rows[0] = rows[0][1:]
    return rows


def _numbers(register: str, docs: Mapping[str, Doc]) -> list[int]:
    """The number of each record, no two alike."""
    begin, drop = f"{register}/", 56 - _DOC_ID_BITS
    numbers = [  # as `doc_id` has it, a call less for each
        int.from_bytes(
            sha256((begin + record).encode("utf-8", "surrogatepass")).digest()[:7], "big"
        )
        >> drop
        for record in docs
    ]
    if len(set(numbers)) == len(docs):
        return numbers
    # Two records of one number: rare beyond seeing, but then neither may hide the other.
    given: dict[int, str] = {}
    for record in sorted(docs):
        number = doc_id(register, record)
        while number in given:
            number += 1
        given[number] = record
    by_record = {record: number for number, record in given.items()}
    return [by_record[record] for record in docs]
