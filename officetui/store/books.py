"""The books: one file for each year, read only when a record of that year is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from officetui.ledger.disk import fsync_dir
from officetui.ledger.fold import FOLD_VERSION
from officetui.store.files import DamagedFile
from officetui.store.layout import FORMAT, Doc, Tables, decode, encode

KEPT_OPEN: Final = 2
"""Books kept in memory after a flush: one of 30,000 records takes about 100 MB."""


class Outdated(Exception):
    """A sound file (`path`) that cannot be gone on with, so that all is made again.

    `what`: "version" when another version wrote it, "interrupted" when a flush died halfway.
    """

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path = path
        self.what = what


def check_versions(meta: Doc, path: Path) -> None:
    """Raises Outdated unless this version wrote the file `meta` stands in."""
    if meta.get("format") != FORMAT or meta.get("fold") != FOLD_VERSION:
        raise Outdated(path, "version")


class Book:
    """One year's filed records, as they stand on disk less what was taken out since."""

    __slots__ = ("_children", "tables")

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._children: dict[str, dict[str, list[str]]] = {}

    def get(self, register: str, record: str) -> Doc | None:
        docs = self.tables.get(register)
        return None if docs is None else docs.get(record)

    def take(self, register: str, record: str) -> Doc | None:
        """Take a record out, None when it is not there."""
        docs = self.tables.get(register)
        return None if docs is None else docs.pop(record, None)

    def children(self, register: str, parent: str) -> list[str]:
        """Ids of the records of a child register whose `parent` is this one."""
        by_parent = self._children.get(register)
        if by_parent is None:
            by_parent = {}
            for record, doc in self.tables.get(register, {}).items():
                of = doc.get("parent")
                if isinstance(of, str):
                    by_parent.setdefault(of, []).append(record)
            self._children[register] = by_parent
        # Taken out since the index was made: no longer of this book.
        docs = self.tables.get(register, {})
        return [record for record in by_parent.get(parent, ()) if record in docs]

    def joined(self, added: Tables) -> Book:
        """A book of these records too; this one stays as it is."""
        tables = {register: dict(docs) for register, docs in self.tables.items()}
        for register, docs in added.items():
            tables.setdefault(register, {}).update(docs)
        return Book(tables)

    def __bool__(self) -> bool:
        return any(self.tables.values())


def book_path(directory: Path, year: int) -> Path:
    return directory / f"{year:04d}.json"


def years_in(directory: Path) -> set[int]:
    """The years of which there is a book."""
    try:
        names = os.listdir(directory)
    except FileNotFoundError:
        return set()
    return {
        int(name[:-5])
        for name in names
        if name.endswith(".json") and len(name) == 9 and name[:-5].isdecimal()
    }


def read_book(directory: Path, year: int) -> Book:
    """Raises DamagedFile, Outdated for the book of another version."""
    path = book_path(directory, year)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DamagedFile(path, "missing") from None
    meta, tables = decode(data, path)
    check_versions(meta, path)
    return Book(tables)


def book_bytes(book: Book) -> list[bytes]:
    """In pieces, see `encode`."""
    return encode(book.tables, {"format": FORMAT, "fold": FOLD_VERSION})


def remove_book(directory: Path, year: int) -> None:
    """An empty book has no file."""
    book_path(directory, year).unlink(missing_ok=True)
    fsync_dir(directory)


class Shelved:
    """The books of one state of the desk, each read when first asked for."""

    def __init__(self, years: set[int], load: Callable[[int], Book]) -> None:
        self.years = years
        self._load = load
        self._open: dict[int, Book] = {}

    def book(self, year: int) -> Book | None:
        """None when there is no book of this year. Raises what loading raises."""
        book = self._open.get(year)
        if book is None:
            if year not in self.years:
                return None
            book = self._open[year] = self._load(year)
        return book

    def is_open(self, year: int) -> bool:
        """Whether this book has been read."""
        return year in self._open

    def all(self) -> Iterator[tuple[int, Book]]:
        for year in sorted(self.years):
            book = self.book(year)
            if book is not None:
                yield year, book

    def replace(self, year: int, book: Book) -> None:
        """What was written: the book of this year from now on."""
        self._open.pop(year, None)
        if book:
            self.years.add(year)
            self._open[year] = book
        else:
            self.years.discard(year)

    def let_go(self, years: Iterable[int]) -> None:
        """Read these books anew when they are next asked for."""
        for year in years:
            self._open.pop(year, None)

    def shrink(self) -> None:
        """Let go of the books opened longest ago; not while records are taken out of them."""
        self.let_go(list(self._open)[:-KEPT_OPEN])
