"""What the store must know of the registers, handed down as a small table."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from officetui.registers.model import UNAPPROVED, Register
from officetui.registers.record import day_of
from officetui.registers.registry import BY_ID
from officetui.store.shelf import Shelf

_DAY = 86_400_000


def shelves() -> dict[str, Shelf]:
    """One shelf for each register and child register."""
    return {register.id: _shelf(register) for register in BY_ID.values()}


def _shelf(register: Register) -> Shelf:
    finished = register.finished | {*register.passing}
    if register.passes:
        finished = frozenset(("", *(state.id for state in register.states)))
    return Shelf(
        finished=finished,
        closed=register.closed,
        planned=register.planned,
        resident=register.resident,
        parent=register.parent or None,
        held=(UNAPPROVED,) if register.field(UNAPPROVED) is not None else (),
    )


def year_of(register: str, record: str) -> int:
    """The year in a record's id: of a natural key or import its date, else of its stamp (UTC)."""
    for part in (record, record.partition(":")[2]) if ":" in record else (record,):
        if part[4:5] == "-":
            day = day_of(part[:10])
            if day is not None:
                return day.year
    try:
        return _year(int(record[:12], 16) // _DAY)
    except (ValueError, OverflowError, OSError):
        return 1970


@lru_cache(maxsize=4096)
def _year(day: int) -> int:
    """The year of a day, counted from 1970 (UTC)."""
    return datetime.fromtimestamp(day * _DAY / 1000, UTC).year
