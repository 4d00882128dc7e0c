"""Earlier matters of a visitor, also those filed years ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officetui.registers.reception import earlier, visitor_key
from officetui.registers.record import Record
from officetui.store.books import book_path
from officetui.store.files import signature
from officetui.store.filing import BOOKS

if TYPE_CHECKING:
    from officetui.office.look import Look

# What tells who came, and what is said of an earlier matter.
_NAMING = ("name", "phone", "at", "matter", "state", "channel", "_del")
_Index = dict[tuple[str, str], list[Record]]


class Visitors:
    """Who came in which year, by name and phone; a year is gone through when it is first asked
    for, and again when its book was written anew."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._known: dict[int, tuple[Any, _Index]] = {}

    def learn(self) -> bool:
        """Go through the books, one year at a time: not while a key is waiting. False when all of
        them were known already."""
        with self._look.lock:
            years = self._look.store.years()
        fresh = [year for year in years if self._learn(year)]
        return bool(fresh)

    def earlier(self, record: Record) -> list[Record]:
        """The earlier matters of who this record is about, oldest first, on the desk and in the
        books that have been gone through."""
        key = visitor_key(record.doc)
        if key is None:
            return []
        look = self._look
        with look.lock:
            found = {other.id: other for other in earlier(record, look)}
            here = look.store.desk("reception")
            for _before, index in self._known.values():
                for other in index.get(key, ()):
                    if other.id not in here and other.id != record.id:
                        found[other.id] = other
        return sorted(found.values(), key=lambda one: (one.text("at"), one.id))

    def _learn(self, year: int) -> bool:
        look = self._look
        with look.lock:
            before = signature(book_path(look.store.home / BOOKS, year))
            known = self._known.get(year)
            if known is not None and known[0] == before:
                return False
            index: _Index = {}
            for doc in look.store.column(year, "reception", _NAMING):
                key = visitor_key(doc)
                if key is not None and not doc.get("_del"):
                    cells = {name: value for name, value in doc.items() if value is not None}
                    index.setdefault(key, []).append(Record("reception", cells))
            self._known[year] = (before, index)
            return True
