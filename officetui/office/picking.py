"""Some records out of desk and books, without making records of all the rest.

Reads the books beside whoever writes them, so that a worker may ask while keys are read: only the
look at the desk takes the office's lock. A book that is damaged holds nothing here; whoever opens
it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.office.look import alive
from officetui.office.shelves import year_of
from officetui.registers.record import Record
from officetui.registers.registry import REGISTERS
from officetui.store import pick
from officetui.store.books import book_path
from officetui.store.files import DamagedFile
from officetui.store.filing import BOOKS

if TYPE_CHECKING:
    from officetui.office.reading import Reading

Place = tuple[str, str]
"""(register, record)"""
Doc = dict[str, Any]
_EMPTIED = frozenset({"id", "_s", "_x", "_d", "_del"})


def is_emptied(doc: Mapping[str, Any]) -> bool:
    """Whether an undo has taken back all that a record said."""
    return doc.keys() <= _EMPTIED


def tables(office: Reading, year: int) -> dict[str, dict[str, msgspec.Raw]]:
    """The records of a book, undecoded; {} without one."""
    path = _path(office, year)
    with suppress(DamagedFile, OSError):
        return pick.tables(pick.read_raw(path), path)
    return {}


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


def of_day(office: Reading, day: date) -> list[Record]:
    """The records of all registers that are listed on a day, of the desk and of the books of its
    year and of those beside it, unsorted."""
    dated = [table for table in REGISTERS if table.day]
    with office.lock:
        years = set(office.store.years())
        found = {
            record.ref: record
            for table in dated
            for record in office.records(table.id)
            if table.listed_on(record, day, day)
        }
        on_desk = {(table.id, doc) for table in dated for doc in office.store.desk(table.id)}
    needle = day.isoformat().encode()
    for year in (day.year - 1, day.year, day.year + 1):
        if year not in years:
            continue
        path = _path(office, year)
        with suppress(DamagedFile, OSError):
            data = pick.read_raw(path)
            spanning = [table for table in dated if table.until]
            if needle not in data and not any(b'"%b":{' % t.id.encode() in data for t in spanning):
                continue
            filed = pick.tables(data, path)
            for table in dated:
                for doc in pick.holding(filed.get(table.id, {}), b"" if table.until else needle):
                    record = Record(table.id, doc)
                    if (
                        (table.id, record.id) not in on_desk
                        and alive(doc)
                        and table.listed_on(record, day, day)
                    ):
                        found.setdefault(record.ref, record)
    return list(found.values())


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
            for doc in pick.holding(filed.get(table.id, {}), b""):
                day = Record(table.id, doc).day(table.day)
                if day is not None:
                    yield day
