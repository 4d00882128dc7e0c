"""Laying records down: which go to which book, which come back, and in what order it is written.

Books first with what comes in, then the desk, whose cursor commits both, then the books again
without what has left them. While this goes on, `filing.json` names the books concerned: if the
program dies, the next flush finds it and takes out of them whatever lies on the desk as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec

from officetui.ledger.disk import fsync_dir, make_dir
from officetui.ledger.fold import FOLD_VERSION
from officetui.ledger.stamp import origin
from officetui.store.books import Book, book_bytes, book_path, remove_book
from officetui.store.files import DamagedFile, atomic_write
from officetui.store.layout import FORMAT, Doc, Tables, encode, together
from officetui.store.memory import Key, Memory
from officetui.store.shelf import Shelf, place

DESK = "desk.json"
BOOKS = "books"
FILING = "filing.json"
_LARGE = 8000
"""Records of a book that are worth a thread to write them."""


class Filing(msgspec.Struct):
    """`filing.json`: the years being written; `crossing`: a record goes from one to another."""

    years: list[int]
    crossing: bool = False


class Plan:
    """What a flush is to write."""

    def __init__(self) -> None:
        self.desk: Tables = {}
        self.added: dict[int, Tables] = {}
        self.dropped: dict[int, set[Key]] = {}
        self.crossing = False

    def years(self) -> list[int]:
        return sorted(self.added.keys() | self.dropped.keys())


class Locator:
    """Finds where records lie on a day: None for the desk, else the year of the book."""

    def __init__(self, memory: Memory, as_of: str) -> None:
        self._memory = memory
        self._as_of = as_of
        self._known: dict[Key, int | None] = {}

    def locate(self, register: str, record: str) -> int | None:
        """Climb from a record on the desk to its root; all on the way lie where the root lies,
        those excepted that would not be found there, and what hangs on them."""
        path: dict[Key, None] = {}
        key = (register, record)
        known = self._known
        while key not in known:
            if key in path:  # parents in a circle: on the desk, where someone sees them
                where = None
                break
            path[key] = None
            above, where = self._step(key)
            if above is None:
                break
            key = above
        else:
            where = known[key]
        for key in reversed(path):
            where = known[key] = self._findable(key, where)
        return where

    def _findable(self, key: Key, where: int | None) -> int | None:
        """A child whose id tells no line must be found in the book of its id's year, or each
        import would have to read all books: with a parent of another year it stays on the desk."""
        register, record = key
        rules = self._memory.rules
        if where is None or rules.shelf(register).parent is None or origin(record) is not None:
            return where
        return where if rules.year(register, record) == where else None

    def _step(self, key: Key) -> tuple[Key | None, int | None]:
        """(parent, _) when that decides, (None, where) when this record does."""
        register, record = key
        memory = self._memory
        doc = memory.on_desk(register, record)
        if doc is None:  # a parent that is in a book, or nowhere yet: then its child waits here
            found = memory.find(register, record)
            return None, None if found is None else found[0]
        shelf = memory.rules.shelf(register)
        if shelf.parent is None:
            return None, self.root(shelf, register, record, doc)
        if shelf.resident or self._unborn(register, record):
            return None, None
        parent = doc.get("parent")
        return ((shelf.parent, parent), None) if isinstance(parent, str) else (None, None)

    def root(self, shelf: Shelf, register: str, record: str, doc: Doc) -> int | None:
        """Where a record without parent lies."""
        if place(shelf, doc, self._as_of) == "desk" or self._unborn(register, record):
            return None
        return self._memory.rules.year(register, record)

    def _unborn(self, register: str, record: str) -> bool:
        """Whether the line that creates it has not come: the fold awaits it then."""
        fold = self._memory.fold
        if not fold.pending or (register, record, "") not in fold.pending:
            return False
        creation = origin(record)
        return creation is not None and not fold.cursor.has(creation)


def plan(memory: Memory, as_of: str) -> Plan:
    """Where every record in memory is to lie on the day `as_of`."""
    if memory.scattered:
        _take_all(memory)
    locator = _take_along(memory, as_of)
    planned = Plan()
    taken = memory.taken
    for register, docs in memory.desk.items():
        stay = planned.desk[register] = {}
        filed: dict[int, dict[str, Doc]] = {}
        shelf = memory.rules.shelf(register)
        for record, doc in docs.items():
            if shelf.parent is None:  # hundreds of thousands at a first sync
                year = locator.root(shelf, register, record, doc)
            else:
                year = locator.locate(register, record)
            was = taken.get((register, record)) if taken else None
            if was is not None and was[0] != year:
                planned.dropped.setdefault(was[0], set()).add((register, record))
                planned.crossing = planned.crossing or year is not None
            if year is None:
                stay[record] = doc
            elif was is None or was[0] != year or was[1] != doc:
                if year not in filed:
                    filed[year] = planned.added.setdefault(year, {})[register] = {}
                filed[year][record] = doc
    return planned


def _take_all(memory: Memory) -> None:
    for year, book in memory.shelved.all():
        for register, docs in book.tables.items():
            for record in list(docs):
                memory.take(register, record, year)


def _take_along(memory: Memory, as_of: str) -> Locator:
    """Whoever leaves a book takes its children along, and they theirs."""
    while True:
        locator = Locator(memory, as_of)
        before = len(memory.taken)
        for (register, record), (year, _) in list(memory.taken.items()):
            children_of = memory.rules.children_of.get(register)
            if not children_of or locator.locate(register, record) == year:
                continue
            book = memory.shelved.book(year)
            if book is None:
                continue
            for child_register in children_of:
                for child in book.children(child_register, record):
                    memory.take(child_register, child, year)
        if len(memory.taken) == before:
            return locator


def settled_books(memory: Memory, planned: Plan, *, drop: bool) -> Iterable[tuple[int, Book]]:
    """The books to write: with what comes in; `drop`: those that lose something, without it.

    A record that was taken out and comes back unchanged, or leaves, still stands in the file:
    until the desk is written it must stay there.
    """
    years = planned.dropped if drop else planned.added
    for year in sorted(years):
        back: Tables = {}
        dropped = planned.dropped.get(year, set())
        for (register, record), (of, doc) in memory.taken.items():
            if of == year and not (drop and (register, record) in dropped):
                back.setdefault(register, {})[record] = doc
        book = memory.shelved.book(year) or Book({})
        added = planned.added.get(year, {})
        if not book and not back:  # as every book at a first sync
            yield year, Book(added)
            continue
        for register, docs in added.items():
            back.setdefault(register, {}).update(docs)
        yield year, book.joined(back)


def write(home: Path, memory: Memory, planned: Plan, meta: dict[str, Any]) -> dict[int, Book]:
    """Write a plan; the books as they are now. Call under `store.lock`. Raises OSError."""
    directory = home / BOOKS
    years = planned.years()
    written: dict[int, Book] = {}
    if years:
        make_dir(directory)
        concerned = {year for year, _ in memory.taken.values()}.union(years)
        filing = Filing(sorted(concerned), planned.crossing)
        atomic_write(directory / FILING, msgspec.json.encode(filing))
    written.update(_write_books(directory, settled_books(memory, planned, drop=False)))
    atomic_write(home / DESK, together(encode(planned.desk, meta)))
    written.update(_write_books(directory, settled_books(memory, planned, drop=True)))
    forget_filing(directory)
    return written


def _write_books(directory: Path, books: Iterable[tuple[int, Book]]) -> dict[int, Book]:
    """Write books, each while the next is encoded: a first sync has one for every year. Raises
    OSError; all that are on their way have ended then."""
    written: dict[int, Book] = {}
    troubles: list[BaseException] = []
    under_way: Thread | None = None

    def write_one(year: int, pieces: list[bytes]) -> None:
        try:
            atomic_write(book_path(directory, year), together(pieces))
        except BaseException as trouble:
            troubles.append(trouble)

    try:
        for year, book in books:
            pieces = book_bytes(book) if book else None
            if under_way is not None:
                under_way.join()
                under_way = None
            if troubles:
                break
            if pieces is None:
                remove_book(directory, year)
            elif len(pieces) < _LARGE:
                atomic_write(book_path(directory, year), together(pieces))
            else:
                under_way = Thread(target=write_one, args=(year, pieces))
                under_way.start()
            del pieces  # not two books longer than need be
            written[year] = book
    finally:
        if under_way is not None:
            under_way.join()
    if troubles:
        raise troubles[0]
    return written


def desk_meta(memory: Memory, as_of: str, years: Iterable[int], shelves: str) -> dict[str, Any]:
    """The `_meta` of a desk: it says which lines, rules and books it goes with."""
    return {
        "format": FORMAT,
        "fold": FOLD_VERSION,
        "cursor": memory.fold.cursor.to_json(),
        "pending": memory.fold.pending_json(),
        "as_of": as_of,
        "books": sorted(years),
        "shelves": shelves,
    }


def years_after(memory: Memory, planned: Plan) -> set[int]:
    """The years of which there will be a book once the plan is written."""
    years = memory.shelved.years | planned.added.keys()
    for year, book in settled_books(memory, planned, drop=True):
        if not book:
            years.discard(year)
    return years


def read_filing(directory: Path) -> Filing | None:
    """What a flush that died was at, None when none did. Raises DamagedFile."""
    path = directory / FILING
    try:
        return msgspec.json.decode(path.read_bytes(), type=Filing)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedFile(path, str(error)) from error


def forget_filing(directory: Path) -> None:
    try:
        (directory / FILING).unlink()
    except FileNotFoundError:
        return
    fsync_dir(directory)
