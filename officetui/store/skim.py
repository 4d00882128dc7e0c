"""Some cells of a book, read without making records of the rest of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from officetui.store.files import DamagedFile


def skim(path: Path, register: str, cell: str) -> list[Any]:
    """What `cell` holds in each record of a register in this book, those without it left out.

    A tenth of the time that reading the book takes, and none of its memory. Raises DamagedFile.
    """
    name = f"_{register}" if register.startswith("_") else register
    doc = msgspec.defstruct("Doc", [("cell", Any, None)], rename={"cell": cell}, gc=False)
    book = msgspec.defstruct("Book", [("docs", dict[str, doc], {})], rename={"docs": name})  # type: ignore[valid-type]
    try:
        read = msgspec.json.decode(path.read_bytes(), type=book)
    except FileNotFoundError:
        raise DamagedFile(path, "missing") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedFile(path, f"{type(error).__name__}: {error}") from error
    return [each.cell for each in read.docs.values() if each.cell is not None]  # type: ignore[attr-defined]


def skim_docs(path: Path, register: str, cells: Sequence[str]) -> list[msgspec.Struct]:
    """Each record of a register in this book with its id and these cells as attributes, None
    without one; raises DamagedFile."""
    name = f"_{register}" if register.startswith("_") else register
    fields: list[Any] = [("id", str, ""), *((cell, Any, None) for cell in cells)]
    doc = msgspec.defstruct("Doc", fields, gc=False)
    book = msgspec.defstruct("Book", [("docs", dict[str, doc], {})], rename={"docs": name})  # type: ignore[valid-type]
    try:
        read = msgspec.json.decode(path.read_bytes(), type=book)
    except FileNotFoundError:
        raise DamagedFile(path, "missing") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedFile(path, f"{type(error).__name__}: {error}") from error
    return list(read.docs.values())  # type: ignore[attr-defined]


def highest(values: Iterable[Any]) -> int:
    """The greatest whole number among cells that hold one, as a number or as its digits; 0."""
    return max(map(_whole, values), default=0)


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.strip().isdigit():
        return int(value[:18])
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
