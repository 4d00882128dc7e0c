"""The desk in memory: lines are folded into it, a flush lays its records down.

Between two flushes every record that was touched lies on the desk, also one that will go to a
book. A record of a book that is written to is taken out of it first, so that none is in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from officetui.ledger.fold import Fold
from officetui.ledger.stamp import origin
from officetui.store.books import Book, Shelved
from officetui.store.layout import Doc, Tables
from officetui.store.shelf import RESIDENT, Shelf
from officetui.store.skim import highest

Skim = Callable[[int, str, str], Iterable[Any]]
"""(year, register, cell) → what the cell holds in the records of that book"""

Key = tuple[str, str]
"""(register, record)"""


class Rules:
    """What the office told about its registers."""

    __slots__ = ("_year_of", "children_of", "shelves")

    def __init__(self, shelves: Mapping[str, Shelf], year_of: Callable[[str, str], int]) -> None:
        self.shelves = dict(shelves)
        self._year_of = year_of
        self.children_of: dict[str, list[str]] = {}
        for register, shelf in sorted(self.shelves.items()):
            if shelf.parent is not None:
                self.children_of.setdefault(shelf.parent, []).append(register)

    def shelf(self, register: str) -> Shelf:
        return self.shelves.get(register, RESIDENT)

    def year(self, register: str, record: str) -> int:
        """The year whose book a record goes to, within what a file name can say."""
        year = self._year_of(register, record)
        return year if 0 <= year <= 9999 else min(max(year, 0), 9999)


class Memory:
    """One state of the desk with the fold that goes on from it (`officetui.ledger.Tables`)."""

    def __init__(self, rules: Rules, fold: Fold, desk: Tables, shelved: Shelved) -> None:
        self.rules = rules
        self.fold = fold
        self.desk = desk
        self.shelved = shelved
        self.taken: dict[Key, tuple[int, Doc]] = {}
        """Taken out of a book since the last flush: its year, and as it lay there."""
        self.scattered = False
        """Laid down by other rules than today's: a record may lie in any book."""
        self.suspects: set[int] = set()
        """Books read after a flush that died: they may hold what lies on the desk as well."""
        self.revisions: dict[str, int] = {}
        """How often a record of a register was laid on the desk."""
        self.state = object()
        """Names this memory: another one has another."""
        self._children: dict[str, dict[str, dict[str, None]]] = {}
        self._highest: dict[tuple[int, int, str, str], int] = {}

    # the fold's side

    def get(self, register: str, record: str, *, fresh: bool) -> Doc | None:
        docs = self.desk.get(register)
        if docs is not None:
            doc = docs.get(record)
            if doc is not None:
                return doc
        if fresh:
            return None
        found = self.find(register, record)
        if found is None:
            return None
        return self.take(register, record, found[0])

    def put(self, register: str, record: str, doc: Doc) -> None:
        docs = self.desk.get(register)
        if docs is None:
            docs = self.desk[register] = {}
        by_parent = self._children.get(register)
        if by_parent is not None:
            _reindex(by_parent, record, docs.get(record), doc)
        if self.suspects and record not in docs:
            self._withdraw(register, record)
        docs[record] = doc
        self.revisions[register] = self.revisions.get(register, 0) + 1

    # looking up

    def find(self, register: str, record: str) -> tuple[int, Doc] | None:
        """(year, doc) of a record in the books. Raises what loading a book raises.

        Records without parent lie in the book of their id's year, and so do children whose id
        tells no line (see `Locator`); other children in their parent's, which mostly is the same,
        so that one is tried first.
        """
        shelf = self.rules.shelf(register)
        if not self.shelved.years or (shelf.resident and not self.scattered):
            return None
        creation = origin(record)
        if creation is not None and not self.fold.cursor.has(creation):
            return None  # stays on the desk until its creation is known
        years = self.shelved.years
        first = self.rules.year(register, record)
        if first in years:
            found = self._in_book(first, register, record)
            if found is not None:
                return first, found
        if (shelf.parent is not None and creation is not None) or self.scattered:
            for year in sorted(years, reverse=True):
                found = None if year == first else self._in_book(year, register, record)
                if found is not None:
                    return year, found
        return None

    def _in_book(self, year: int, register: str, record: str) -> Doc | None:
        book = self.shelved.book(year)
        return None if book is None else book.get(register, record)

    def highest(self, year: int, register: str, cell: str, skim: Skim) -> int:
        """The greatest whole number that a cell holds in a book; `skim` is asked for its values
        when the book has not been read and can be believed as it stands."""
        shelved = self.shelved
        if year not in shelved.years:
            return 0
        key = (len(self.taken), year, register, cell)  # grows as records are taken out of it
        known = self._highest.get(key)
        if known is None:
            if shelved.is_open(year):
                book = shelved.book(year)
                docs = book.tables.get(register, {}) if book is not None else {}
                known = highest(doc.get(cell) for doc in docs.values())
            else:
                known = highest(skim(year, register, cell))
            self._highest[key] = known
        return known

    def take(self, register: str, record: str, year: int) -> Doc | None:
        """Take a record out of a book and lay it on the desk."""
        book = self.shelved.book(year)
        doc = None if book is None else book.take(register, record)
        if doc is not None:
            self.taken[register, record] = (year, doc)
            self.put(register, record, doc)
        return doc

    def prune(self, year: int, book: Book) -> None:
        """Take out of a book, read after a flush that died, what lies on the desk as well: the
        desk's counts, and the book's copy is as good as taken."""
        self.suspects.add(year)
        for register, docs in book.tables.items():
            for record in docs.keys() & self.desk.get(register, {}).keys():
                self.taken[register, record] = (year, docs.pop(record))

    def _withdraw(self, register: str, record: str) -> None:
        """What comes to the desk now may have been filed already by the flush that died."""
        for year in self.suspects:
            book = self.shelved.book(year)
            doc = None if book is None else book.take(register, record)
            if doc is not None:
                self.taken[register, record] = (year, doc)

    def on_desk(self, register: str, record: str) -> Doc | None:
        docs = self.desk.get(register)
        return None if docs is None else docs.get(record)

    def children(self, register: str, parent: str) -> list[Doc]:
        """The children of a record, wherever they lie, unsorted."""
        docs = self.desk.get(register, {})
        by_parent = self._children.get(register)
        if by_parent is None:
            by_parent = self._children[register] = {}
            for record, doc in docs.items():
                _reindex(by_parent, record, None, doc)
        found = [docs[record] for record in by_parent.get(parent, ())]
        for year in self._years_of_children(register, parent):
            book = self.shelved.book(year)
            if book is not None:
                found.extend(
                    book.tables[register][record] for record in book.children(register, parent)
                )
        return found

    def _years_of_children(self, register: str, parent: str) -> list[int]:
        """The books where children of this record may lie: none while it rests on the desk."""
        if self.scattered:
            return sorted(self.shelved.years)
        of = self.rules.shelf(register).parent
        if of is None:
            return []
        taken = self.taken.get((of, parent))
        if taken is not None:
            return [taken[0]]
        if self.on_desk(of, parent) is not None:
            return []
        found = self.find(of, parent)
        return [] if found is None else [found[0]]


def _reindex(by_parent: dict[str, dict[str, None]], record: str, old: Doc | None, new: Doc) -> None:
    was = old.get("parent") if old else None
    now = new.get("parent")
    if was == now:
        return
    if isinstance(was, str):
        by_parent.get(was, {}).pop(record, None)
    if isinstance(now, str):
        by_parent.setdefault(now, {})[record] = None
