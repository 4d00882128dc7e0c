"""Reading the desk, and one book of it, as one consistent state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from officetui.ledger.cursor import Cursor
from officetui.ledger.fold import Fold
from officetui.store.books import (
    Book,
    Outdated,
    Shelved,
    book_path,
    check_versions,
    read_book,
    years_in,
)
from officetui.store.files import DamagedFile
from officetui.store.filing import BOOKS, DESK, FILING, read_filing
from officetui.store.layout import Tables, decode
from officetui.store.memory import Memory, Rules


class DeskRead(NamedTuple):
    """A desk as it lies on disk; `as_of` and `shelves` as its `_meta` has them."""

    fold: Fold
    tables: Tables
    years: set[int]
    as_of: str
    shelves: str


def read_desk(home: Path) -> DeskRead | None:
    """The desk, None when there is nothing yet.

    Raises DamagedFile also when a book is missing; Outdated for the desk of another version, or
    when a flush died while a record was on its way from one book to another. A flush going on
    may look like damage: ask again under the lock before believing it.
    """
    path, books = home / DESK, home / BOOKS
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        if years_in(books):
            raise DamagedFile(path, "missing, though there are books") from None
        return None
    meta, tables = decode(data, path)
    check_versions(meta, path)
    try:
        fold = Fold(Cursor.from_json(meta["cursor"]), Fold.pending_from_json(meta["pending"]))
        years = {int(year) for year in meta["books"]}
        as_of, shelves = str(meta["as_of"]), str(meta["shelves"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFile(path, f"_meta: {error!r}") from error
    there = years_in(books)
    missing = sorted(years - there)
    if missing:
        raise DamagedFile(book_path(books, missing[0]), "missing")
    filing = read_filing(books)
    if filing is not None:
        if filing.crossing:
            # It may stand in both, or in one of them too old.
            raise Outdated(books / FILING, "interrupted")
        # Books the desk does not know of: begun by a flush that died before its desk was written.
        years |= there.intersection(filing.years)
    return DeskRead(fold, tables, years, as_of, shelves)


def load_book(home: Path, memory: Memory, year: int) -> Book:
    """A book that goes with the desk in `memory`; call while no flush can be going on."""
    books = home / BOOKS
    book = read_book(books, year)
    filing = read_filing(books)
    if filing is not None and year in filing.years:
        memory.prune(year, book)
    return book


def memory_of(read: DeskRead | None, rules: Rules, load: Callable[[int], Book]) -> Memory:
    if read is None:
        return Memory(rules, Fold(), {}, Shelved(set(), load))
    return Memory(rules, read.fold, read.tables, Shelved(set(read.years), load))
