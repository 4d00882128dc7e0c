"""What the books hold under a number, without making records of them.

An index for each year is made when it is first asked for, and again when its book was written
anew. While keys are read it answers from what it has, and says by `lacking` what a worker should
let it go through; before a change is written it goes through that itself. A book is replaced as a
whole, so that it can be read beside whoever writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from officetui.registers.doc_numbers import sign, year_of
from officetui.registers.record import Record
from officetui.store.books import book_path
from officetui.store.files import DamagedFile, signature
from officetui.store.filing import BOOKS
from officetui.store.skim import skim_docs

# What names a record, and what it is compared by.
_NAMING = {
    "documents": ("recv_no", "recv_at", "from_org", "doc_no", "title", "_del"),
    "reception": ("no", "channel", "at", "name", "phone", "matter", "state", "_del"),
}
_Index = dict[str, list[msgspec.Struct]]  # made records of only when they are found


class Filed:
    """The numbers of filed records by year; `learn` may run beside `find`."""

    def __init__(self, home: Path) -> None:
        self._books = home / BOOKS
        self._known: dict[tuple[int, str, str], tuple[Any, _Index]] = {}
        self.lacking: set[tuple[int, str, str]] = set()

    def find(self, register: str, cell: str, value: str, today_year: int) -> list[Record]:
        """The filed records of the same number, of the years that have been gone through."""
        if not value.strip():
            return []
        wanted = _same(cell, value)
        found: list[Record] = []
        if cell == "phone":  # who came may have come in any year
            years: Iterable[int] = _all_years(self._books)
        else:
            years = _years(value, today_year)
        for year in years:
            key = (year, register, cell)
            now = signature(book_path(self._books, year))
            known = self._known.get(key)
            if known is not None and known[0] == now:
                found += [_record(register, doc) for doc in known[1].get(wanted, ())]
            elif now is not None:
                self.lacking.add(key)
        return found

    def learn(self) -> bool:
        """Go through the books that were asked for and are not known; False: there were none."""
        asked, self.lacking = self.lacking, set()
        for year, register, cell in asked:
            path = book_path(self._books, year)
            before = signature(path)
            index: _Index = {}
            try:
                docs = skim_docs(
                    path, register, tuple(dict.fromkeys((*_NAMING.get(register, ("_del",)), cell)))
                )
            except DamagedFile:
                docs = []  # whoever opens that book is told of it
            for doc in docs:
                value = getattr(doc, cell)
                if isinstance(value, str) and not doc._del:  # type: ignore[attr-defined]
                    index.setdefault(_same(cell, value), []).append(doc)
            self._known[year, register, cell] = (before, index)
        return bool(asked)


def _record(register: str, doc: msgspec.Struct) -> Record:
    cells = msgspec.structs.asdict(doc)
    return Record(register, {cell: value for cell, value in cells.items() if value is not None})


def _same(cell: str, value: str) -> str:
    """What a value has in common with the same one written otherwise: 139-0000-0283."""
    if cell != "phone":
        return sign(value)
    return value if value.isalnum() else "".join(filter(str.isalnum, value))


def _all_years(books: Path) -> list[int]:
    """The years of which there is a book."""
    return sorted(int(path.stem) for path in books.glob("*.json") if path.stem.isdigit())


def _years(value: str, today_year: int) -> Iterator[int]:
    """The books where a paper of this number can be: it came in its year or soon after."""
    said = year_of(value)
    first = said if 0 < said <= today_year else today_year - 2
    yield from range(first, min(first + 2, today_year) + 1)
