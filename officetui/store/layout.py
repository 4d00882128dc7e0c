"""Tables as bytes: desk and books are ordinary TinyDB files.

``{"_meta": {"1": {…}}, "<register>": {"<doc_id>": doc}}``, tables and keys sorted, so that equal
records give equal bytes. A register whose name begins with "_" gets one more "_" in front, so
that none is ever taken for `_meta`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
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

_decoder: Final = msgspec.json.Decoder(dict[str, dict[str, dict[str, Any]]])


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


def encode(tables: Mapping[str, Mapping[str, Doc]], meta: Mapping[str, Any]) -> bytes:
    """The bytes of a desk or a book; empty tables are left out."""
    named: dict[str, dict[str, Any]] = {"_meta": {"1": meta}}
    for register, docs in tables.items():
        if docs:
            name = f"_{register}" if register.startswith("_") else register
            # Sorted here already: msgspec's own sorting takes quadratic time, seconds for a book,
            # on keys that are in order but for a few.
            named[name] = dict(sorted(_numbered(register, docs).items()))
    return msgspec.json.encode(named, order="sorted")


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


def _numbered(register: str, docs: Mapping[str, Doc]) -> dict[str, Doc]:
    begin, drop = f"{register}/", 56 - _DOC_ID_BITS
    table = {  # as `doc_id` has it, a call less for each
        str(
            int.from_bytes(
                sha256((begin + record).encode("utf-8", "surrogatepass")).digest()[:7], "big"
            )
            >> drop
        ): doc
        for record, doc in docs.items()
    }
    if len(table) == len(docs):
        return table
    # Two records of one number: rare beyond seeing, but then neither may hide the other.
    table = {}
    for record in sorted(docs):
        number = doc_id(register, record)
        while str(number) in table:
            number += 1
        table[str(number)] = docs[record]
    return table
