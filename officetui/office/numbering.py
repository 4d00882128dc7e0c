"""Official numbers: the series they count in, the blocks reserved of them, and the next one.

A number is a cell, never an id. A series is counted by year and, where the register has marks
(代字), by mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

import msgspec

from officetui.ledger.doc import cells_of, leaves
from officetui.office.look import Look, alive
from officetui.office.shelves import year_of
from officetui.registers.model import Register
from officetui.registers.record import Record, day_of
from officetui.registers.registry import BY_ID, REGISTERS

SETTING = "numbering"
BLOCK = "block:"  # how the cells of that setting begin which reserve a block


class Series(msgspec.Struct, frozen=True, order=True):
    """What is counted together: the numbers of a register, a year (0: of all years), a mark."""

    register: str
    year: int
    mark: str = ""

    @property
    def key(self) -> str:
        """`documents:2026`, `outgoing:2026:清政发`: how settings name it."""
        return ":".join(part for part in (self.register, str(self.year or ""), self.mark) if part)


class Block(msgspec.Struct, frozen=True, order=True):
    """Numbers reserved for one device, which gives them also while it sees no other."""

    series: Series
    first: int
    last: int
    writer: str

    @property
    def cell(self) -> str:
        """The cell of the setting `numbering` that reserves it; its value is the writer."""
        return f"{BLOCK}{self.name}"

    @property
    def name(self) -> str:
        """`documents:2026:800-849`: how it is named on the command line."""
        return f"{self.series.key}:{self.first}-{self.last}"

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.first <= number <= self.last

    def meets(self, other: Block) -> bool:
        """Whether some number is in both."""
        return self.series == other.series and self.first <= other.last and other.first <= self.last


def series_for(look: Look, register: Register, cells: Mapping[str, Any]) -> Series:
    """The series in which a record with these cells is numbered."""
    kind = register.numbering
    assert kind is not None, f"{register.id} has no numbers"
    day = day_of(cells.get(kind.per_year)) if kind.per_year else None
    year = (day or look.today).year if kind.per_year else 0
    return Series(register.id, year, _mark(kind.series, cells))


def borne(record: Record) -> tuple[Series, int] | None:
    """The series and the number a record bears; None without one, or with one of another form."""
    kind = BY_ID[record.register].numbering
    if kind is None:
        return None
    day = record.text(kind.per_year) if kind.per_year else ""
    mark = _mark(kind.series, record.doc)
    found = _read(record.register, record.text(kind.field), day, mark)
    if found is not None and kind.per_year and not found[0].year:
        year = year_of(record.register, record.id)
        return Series(record.register, year, found[0].mark), found[1]
    return found


@lru_cache(maxsize=32768)
def _read(register: str, number: str, day: str, mark: str) -> tuple[Series, int] | None:
    """What cells say; the year is 0 where neither number nor day says it. Kept, because each new
    record is numbered after all that are on the desk."""
    kind = BY_ID[register].numbering
    said = kind.read(number) if kind is not None else None
    if kind is None or said is None:
        return None
    year = said.year if kind.per_year else 0
    on = day_of(day) if kind.per_year and not year else None
    return Series(register, on.year if on is not None else year, said.mark or mark), said.n


def borne_name(record: Record) -> tuple[Series, int | str] | None:
    """As `borne`; a number of another form stands for itself, so that two alike are found."""
    found = borne(record)
    kind = BY_ID[record.register].numbering
    if found is not None or kind is None or not record.text(kind.field):
        return found
    year = _year(kind.per_year, record) if kind.per_year else 0
    return Series(record.register, year, _mark(kind.series, record.doc)), record.text(kind.field)


def _mark(cell: str, cells: Mapping[str, Any]) -> str:
    """The mark; what separates the parts of a setting's key cannot stand in it."""
    value = cells.get(cell) if cell else None
    return value.strip() if isinstance(value, str) else ""


def _year(cell: str, record: Record) -> int:
    day = record.day(cell)
    return day.year if day is not None else year_of(record.register, record.id)


# Blocks


def blocks(look: Look, series: Series | None = None) -> list[Block]:
    """The blocks reserved, of one series or of all, in the order of their numbers."""
    doc = look.doc("settings", f"settings:{SETTING}")
    if doc is None or not alive(doc):
        return []
    found = [block_of(cell, value) for cell, value in doc.items() if cell.startswith(BLOCK)]
    return sorted(one for one in found if one is not None and series in (None, one.series))


def every_block(look: Look) -> list[Block]:
    """As `blocks`, with those that two devices got at once, of which only one is shown."""
    doc = look.doc("settings", f"settings:{SETTING}")
    if doc is None or not alive(doc):
        return []
    cells = [cell for cell in cells_of(doc) if cell.startswith(BLOCK)]
    found = {block_of(cell, leaf.value) for cell in cells for leaf in leaves(doc, cell)}
    return sorted(one for one in found if one is not None)


def block_of(cell: str, writer: object) -> Block | None:
    """What a cell reserves; None when nothing, or nothing this version understands."""
    key, _colon, span = cell.removeprefix(BLOCK).rpartition(":")
    first, dash, last = span.partition("-")
    register, _colon, rest = key.partition(":")
    year, _colon, mark = rest.partition(":")
    if not (isinstance(writer, str) and writer and dash and _whole(first) and _whole(last)):
        return None
    if year and not _whole(year):
        return None
    return Block(Series(register, int(year or 0), mark), int(first), int(last), writer)


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


# The next number


def ordinary(look: Look, series: Series) -> Iterator[int]:
    """The numbers that follow the highest of a series, those reserved in blocks passed by."""
    spans = blocks(look, series)
    on_desk = _on_desk(look, series)
    outside = [n for n in on_desk if not any(n in span for span in spans)]
    top = max(outside, default=0)
    filed = _filed(look, series, top)
    top = max((n for n in filed if not any(n in span for span in spans)), default=top)
    number = top + 1
    while True:
        span = next((span for span in spans if number in span), None)
        if span is None:
            yield number
        number = number + 1 if span is None else span.last + 1


def reserved(look: Look, block: Block) -> Iterator[int]:
    """The numbers of a block that are still to be given: after the last one borne, without those
    that were reserved for another device as well."""
    others = [b for b in every_block(look) if b.meets(block) and b.writer != block.writer]
    number = max(used_in(look, block), default=block.first - 1) + 1
    while number <= block.last:
        other = next((other for other in others if number in other), None)
        if other is None:
            yield number
        number = number + 1 if other is None else other.last + 1


def used_in(look: Look, block: Block) -> set[int]:
    """The numbers of a block that records bear."""
    borne = {*_on_desk(look, block.series), *_filed(look, block.series, block.first - 1)}
    return {n for n in borne if n in block}


def next_number(look: Look, register: Register, cells: Mapping[str, Any]) -> str | None:
    """The ordinary number a record with these cells would get; None when the register has none."""
    kind = register.numbering
    if kind is None:
        return None
    series = series_for(look, register, cells)
    return kind.written(series.mark, series.year, next(ordinary(look, series)))


def _on_desk(look: Look, series: Series) -> list[int]:
    return list(_numbers(look.records(series.register), series))


def _numbers(records: Iterable[Record], series: Series) -> Iterator[int]:
    for record in records:
        found = borne(record)
        if found is not None and found[0] == series:
            yield found[1]


def _filed(look: Look, series: Series, above: int) -> list[int]:
    """The numbers of a series in the books, when these may hold one greater than `above`.

    A book is read only then: mostly the newest numbers are on the desk.
    """
    kind = BY_ID[series.register].numbering
    assert kind is not None
    with look.lock:
        years = set(look.store.years())
        if not kind.form and series.year:
            # Late ones of last year lie in this book too, hence the second look.
            highest = look.store.highest(series.year, series.register, kind.field)
            years = {series.year} & years if highest > above else set()
        elif series.year:
            # What was drafted before the turn of the year lies in the book of the year before.
            years &= {series.year - 1, series.year}
        docs = look.store.records(series.register, years) if years else {}
    records = (Record(series.register, doc) for doc in docs.values() if alive(doc))
    return list(_numbers(records, series))


# Twice


def given_twice(look: Look) -> list[tuple[str, str, tuple[str, ...]]]:
    """The official numbers that several records on the desk bear: register, number, ids.

    Nothing is renumbered by itself, because the number is already stamped on paper.
    """
    result = []
    for register in sorted(REGISTERS, key=lambda one: one.id):
        kind = register.numbering
        if kind is None:
            continue
        table = register.id
        twice = look.memo(f"numbers twice {table}", (table,), partial(_twice, look, table))
        for series, number, ids in twice:
            shown = (
                kind.written(series.mark, series.year, int(number)) if _whole(number) else number
            )
            result.append((table, shown, ids))
    return result


def _twice(look: Look, table: str) -> list[tuple[Series, str, tuple[str, ...]]]:
    bearers: dict[tuple[Series, str], list[str]] = {}
    for record in look.records(table):
        found = borne_name(record)
        if found is not None:
            series, number = found
            bearers.setdefault((series, str(number)), []).append(record.id)
    return [
        (series, number, tuple(sorted(ids)))
        for (series, number), ids in sorted(bearers.items())
        if len(ids) > 1
    ]
