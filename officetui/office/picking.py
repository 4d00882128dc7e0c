"""Some records out of desk and books, without making records of all the rest.

Reads the books beside whoever writes them, so that a worker may ask while keys are read: only the
look at the desk takes the office's lock. A book that is damaged holds nothing here; whoever opens
it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from officetui.office.look import alive
from officetui.office.shelves import year_of
from officetui.registers.record import Record
from officetui.registers.registry import REGISTERS
from officetui.store import pick
from officetui.store.books import book_path
from officetui.store.files import DamagedFile, Signature, signature
from officetui.store.filing import BOOKS

if TYPE_CHECKING:
    from officetui.office.reading import Reading

Place = tuple[str, str]
"""(register, record)"""
Doc = dict[str, Any]
Tables = dict[str, dict[str, msgspec.Raw]]
_LAST = "book"
_BOOKS_KEPT = 2  # a day in January is of two years
_EMPTIED = frozenset({"id", "_s", "_x", "_d", "_del"})


def is_emptied(doc: Mapping[str, Any]) -> bool:
    """Whether an undo has taken back all that a record said."""
    return doc.keys() <= _EMPTIED


def tables(
    office: Reading, year: int, wanted: Mapping[str, Sequence[bytes]] | None = None
) -> Tables:
    """The records of a book, undecoded; {} without one, and when none of `wanted` (registers with
    their needles) can be in it. The two books asked for last are remembered, as long as they are
    the same on the disk."""
    path = _path(office, year)
    with suppress(DamagedFile, OSError):
        now = signature(path)
        kept = office.keeps.get(_LAST)
        books: tuple[_Book, ...] = kept if isinstance(kept, tuple) else ()
        for book in books:
            if (book.path, book.state) == (path, now):
                return book.tables
        data = pick.read_raw(path)
        if wanted is None or any(needle in data for needle in _sought(wanted)):
            book = _Book(path, now, pick.tables(data, path))
            others = tuple(one for one in books if one.path != path)
            office.keeps[_LAST] = (book, *others)[:_BOOKS_KEPT]
            return book.tables
    return {}


class _Book(NamedTuple):
    path: Path
    state: Signature
    tables: Tables


def _sought(wanted: Mapping[str, Sequence[bytes]]) -> set[bytes]:
    """What a book must hold to be worth reading."""
    return {
        needle
        for register, needles in wanted.items()
        for needle in (needles or (b'"%b":{' % register.encode(),))
    }


def _path(office: Reading, year: int) -> Path:
    return book_path(office.ledger.home / BOOKS, year)


def docs(office: Reading, wanted: Iterable[Place]) -> dict[Place, Doc]:
    """The folded form of these records, of those that are found: on the desk, or in the book of
    their year."""
    found: dict[Place, Doc] = {}
    by_year: dict[int, list[Place]] = {}
    with office.lock:
        years = set(office.store.years())
        for place in wanted:
            doc = office.store.desk(place[0]).get(place[1])
            if doc is not None:
                found[place] = doc
            elif (year := year_of(*place)) in years:
                by_year.setdefault(year, []).append(place)
    for year, places in by_year.items():
        found.update(pick.named(tables(office, year), places))
    return found


def of_days(office: Reading, first: date, last: date) -> list[Record]:
    """The records of all registers that are listed on any of these days, of the desk and of the
    books of their years and of those beside, unsorted."""
    dated = [table for table in REGISTERS if table.day]
    with office.lock:
        years = set(office.store.years())
        found = {
            record.ref: record
            for table in dated
            for record in office.records(table.id)
            if table.listed_on(record, first, last)
        }
        on_desk = {(table.id, doc) for table in dated for doc in office.store.desk(table.id)}
    begin, end = first.isoformat(), last.isoformat()
    needles = {begin} if first == last else {begin[:8], end[:8]}  # of a week or a month its months
    for year in range(first.year - 1, last.year + 2):
        filed = tables(office, year) if year in years else {}
        for table in dated:
            docs = filed.get(table.id, {})
            listed = (
                pick.spanning(docs, table.day, table.until, begin, end)
                if table.until
                else pick.holding(docs, [needle.encode() for needle in sorted(needles)])
            )
            for doc in listed:
                record = Record(table.id, doc)
                if (
                    (table.id, record.id) not in on_desk
                    and alive(doc)
                    and table.listed_on(record, first, last)
                ):
                    found.setdefault(record.ref, record)
    return list(found.values())


def around(
    office: Reading, wanted: Mapping[str, Sequence[bytes]], year: int
) -> dict[str, list[Record]]:
    """The records of registers on the desk and in the books of a year and of those beside it, by
    register, unsorted; of the books only those whose bytes hold any of the register's needles
    (no needles: all)."""
    found: dict[str, list[Record]] = {}
    with office.lock:
        years = set(office.store.years())
        for register in wanted:
            found[register] = office.records(register)
        on_desk = {register: set(office.store.desk(register)) for register in wanted}
    for beside in (year - 1, year, year + 1):
        if beside not in years:
            continue
        filed = tables(office, beside, wanted)
        for register, needles in wanted.items():
            docs = filed.get(register, {})
            found[register] += [
                Record(register, doc)
                for doc in pick.holding(docs, needles)
                if doc.get("id") not in on_desk[register] and alive(doc)
            ]
    return found


def first_day(office: Reading) -> date | None:
    """The first day on which a record of the desk or of the oldest book is listed."""
    with office.lock:
        years = office.store.years()
        days = [
            day
            for table in REGISTERS
            if table.day
            for record in office.records(table.id)
            if (day := record.day(table.day)) is not None
        ]
    if years:
        days += _days(tables(office, years[0]))
    return min(days, default=None)


def _days(filed: Mapping[str, Mapping[str, msgspec.Raw]]) -> Iterator[date]:
    for table in REGISTERS:
        if table.day:
            for doc in pick.holding(filed.get(table.id, {}), ()):
                day = Record(table.id, doc).day(table.day)
                if day is not None:
                    yield day


def lasting(office: Reading, day: date) -> dict[Place, Doc]:
    """What may have been open on a day, of the registers with deadlines: whatever began by then
    and was not finished before, on the desk and in the books of its year and the one before;
    trash included."""
    before = (day - timedelta(days=1)).isoformat()  # an instant may be of the next local day
    found: dict[Place, Doc] = {}
    with office.lock:
        years = set(office.store.years())
        for table in REGISTERS:
            if table.due:
                found |= {(table.id, id_): doc for id_, doc in office.store.desk(table.id).items()}
    for year in (day.year, day.year - 1):
        filed = tables(office, year) if year in years else {}
        for table in REGISTERS:
            docs = filed.get(table.id) if table.due else None
            if not docs:
                continue
            begin = table.day if table.day not in (table.due, "") else ""
            for doc in pick.lasting(docs, begin or "-", table.closed, before, day.isoformat()):
                found.setdefault((table.id, str(doc["id"])), doc)
    return found


def born_of(office: Reading, register: str, parents: Set[str], day: date) -> dict[Place, Doc]:
    """The children of these records, on the desk and in the books that `lasting` reads."""
    with office.lock:
        years = set(office.store.years())
        desk = office.store.desk(register)
        found = {
            (register, id_): doc for id_, doc in desk.items() if str(doc.get("parent")) in parents
        }
    for year in (day.year, day.year - 1):
        docs = tables(office, year).get(register, {}) if year in years else {}
        for doc in pick.born_of(docs, parents):
            found.setdefault((register, str(doc["id"])), doc)
    return found
