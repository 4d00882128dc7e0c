"""The official numbers as they stand: the last of each series, gaps, numbers given twice, blocks
reserved, and what waits for a number. Of every year, on the desk and in the books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.office.look import alive
from officetui.office.numbering import Block, Series, blocks, borne_name, series_for
from officetui.office.numbers import awaits, giver
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS

if TYPE_CHECKING:
    from officetui.office.office import Office

Span = tuple[int, int]
"""Numbers from the first to the last."""


class Reserved(msgspec.Struct, frozen=True):
    """A block, and the first number of its unused rest; 0 when all of it is used."""

    block: Block
    following: int


class Run(msgspec.Struct, frozen=True):
    """The numbers of one series.

    `last`: the highest that is in no block, 0 without one. `gaps`: what nobody bears between the
    first and the last, and below the last one used of a block; the unused rest of a block is
    `reserved` and no gap. `twice`: a number, in the form it has on paper, and the ids of the
    records that bear it. `waiting`: ids of the records that wait for a number. `giver`: the
    writer that gives the numbers, "" when none is named.
    """

    series: Series
    last: int
    gaps: tuple[Span, ...]
    twice: tuple[tuple[str, tuple[str, ...]], ...]
    reserved: tuple[Reserved, ...]
    waiting: tuple[str, ...]
    giver: str


def runs(office: Office, register: str | None = None, year: int | None = None) -> list[Run]:
    """The series of the office by register, year and mark; of one register, of one year."""
    found: dict[Series, _Found] = {}
    for table in REGISTERS:
        if table.numbering is not None and register in (None, table.id):
            for docs in _places(office, table.id, year):
                _take_in(office, table, docs, found)
    for block in blocks(office):
        if register in (None, block.series.register):
            found.setdefault(block.series, _Found()).blocks.append(block)
    wanted = sorted(series for series in found if year in (None, series.year))
    return [_run(office, series, found[series]) for series in wanted]


def gaps(office: Office, register: Register, year: int) -> list[Span]:
    """The gaps of a register's series of one year, one mark after the other."""
    return [gap for run in runs(office, register.id, year) for gap in run.gaps]


class _Found(msgspec.Struct):
    """What a series has: number or text → ids; ids that wait; blocks."""

    bearers: dict[int | str, list[str]] = {}
    waiting: list[str] = []
    blocks: list[Block] = []


def _places(office: Office, register: str, year: int | None) -> Iterator[Mapping[str, Any]]:
    """The records of a register on the desk and in the books, one after the other: the lock is
    not held while they are looked through. The series of a year may reach into the books beside:
    what was drafted before its beginning, and what was recorded after its end."""
    store = office.store
    with office.lock:
        desk = dict(store.desk(register))
        years = store.years()
    yield desk
    for one in years:
        if year is None or abs(one - year) <= 1:
            with office.lock:
                book = dict(store.book(one).get(register, {}))
            yield book


def _take_in(
    office: Office, table: Register, docs: Mapping[str, Any], found: dict[Series, _Found]
) -> None:
    for doc in docs.values():
        if not alive(doc):
            continue
        record = Record(table.id, doc)
        name = borne_name(record)
        if name is not None:
            ids = found.setdefault(name[0], _Found()).bearers.setdefault(name[1], [])
        elif awaits(office, record):
            ids = found.setdefault(series_for(office, table, record.doc), _Found()).waiting
        else:
            continue
        if record.id not in ids:  # what moved between desk and book meanwhile was seen twice
            ids.append(record.id)


def _run(office: Office, series: Series, found: _Found) -> Run:
    numbers = sorted(number for number in found.bearers if isinstance(number, int))
    spans = sorted(found.blocks)
    outside = [n for n in numbers if not any(n in span for span in spans)]
    missing = list(_without(_between(outside), spans))
    held = []
    for span in spans:
        inside = [n for n in numbers if n in span]
        last = inside[-1] if inside else span.first - 1
        missing += _between([span.first - 1, *inside])
        held.append(Reserved(span, last + 1 if last < span.last else 0))
    return Run(
        series=series,
        last=outside[-1] if outside else 0,
        gaps=tuple(sorted(set(missing))),
        twice=tuple(_twice(series, found)),
        reserved=tuple(held),
        waiting=tuple(sorted(found.waiting)),
        giver=giver(office, series.register, series.year),
    )


def _between(numbers: Iterable[int]) -> list[Span]:
    """What is missing between numbers in ascending order."""
    return [(a + 1, b - 1) for a, b in pairwise(numbers) if b - a > 1]


def _without(spans: Iterable[Span], reserved: Iterable[Block]) -> Iterator[Span]:
    """The spans, less what is reserved."""
    for first, last in spans:
        for block in reserved:
            if block.last < first or last < block.first:
                continue
            if first < block.first:
                yield first, block.first - 1
            first = block.last + 1
        if first <= last:
            yield first, last


def _twice(series: Series, found: _Found) -> Iterator[tuple[str, tuple[str, ...]]]:
    kind = BY_ID[series.register].numbering
    assert kind is not None
    for number, ids in sorted(found.bearers.items(), key=lambda item: (str(type(item[0])), item)):
        if len(ids) > 1:
            shown = (
                kind.written(series.mark, series.year, number)
                if isinstance(number, int)
                else number
            )
            yield shown, tuple(sorted(ids))
