"""Official numbers: the next one of a register and year. A number is a cell, never an id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from officetui.office.look import Look
from officetui.registers.model import Register
from officetui.registers.record import Record, day_of
from officetui.registers.registry import REGISTERS


def next_number(look: Look, register: Register, cells: Mapping[str, Any]) -> str | None:
    """The number after the highest of the same year; None when the register has none.

    Looks on the desk and in the book of that year, so that filed papers count too.
    """
    series = register.numbering
    if series is None:
        return None
    day = day_of(cells.get(series.per_year)) if series.per_year else None
    year = (day or look.today).year
    numbers = (record.whole(series.field) for record in _of_year(look, register, year))
    highest = max((number for number in numbers if number is not None), default=0)
    with look.lock:
        filed = look.store.highest(year, register.id, series.field)
    return str(max(highest, filed) + 1)


def _of_year(look: Look, register: Register, year: int) -> Iterator[Record]:
    """The records on the desk that number with that year."""
    series = register.numbering
    assert series is not None
    for record in look.records(register.id):
        day = record.day(series.per_year) if series.per_year else None
        if day is None or day.year == year:
            yield record


def given_twice(look: Look) -> list[tuple[str, str, tuple[str, ...]]]:
    """The official numbers that several living records of one register and year bear: register,
    number, ids. Nothing is renumbered by itself, because the number is already stamped on paper.
    """
    bearers: dict[tuple[str, int, str], list[str]] = {}
    for register in REGISTERS:
        series = register.numbering
        if series is None:
            continue
        for record in look.records(register.id):
            number = record.text(series.field)
            day = record.day(series.per_year) if series.per_year else None
            if number and not record.trashed:
                year = (day or look.today).year
                bearers.setdefault((register.id, year, number), []).append(record.id)
    return [
        (register, number, tuple(sorted(ids)))
        for (register, _, number), ids in sorted(bearers.items())
        if len(ids) > 1
    ]
