"""Where a record lies: a pure function of its cells and of the day.

The store knows registers only by name; the office hands it one `Shelf` for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Literal

import msgspec

RECENT_DAYS: Final = 7
"""What was planned or finished no longer ago than this stays on the desk."""

_BOOKKEEPING: Final = frozenset({"id", "_s", "_x", "_d"})

Place = Literal["desk", "book"]


class Shelf(msgspec.Struct, frozen=True):
    """What the store must know of a register to lay its records down.

    `finished`: values of the cell `state` that mean finished ("" means: no state at all).
    `closed`: cells holding the day or moment of finishing, the first that is there counts.
    `held`: cells that keep a finished record on the desk until they are empty (an approval to be
    filled in). `planned`: cells holding a planned day or moment. Days and moments are ISO text,
    of which only the day is looked at. `resident`: always on the desk. `parent`: the register of
    the parents of a child register; a child lies where its parent lies.
    """

    finished: frozenset[str] = frozenset()
    closed: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    resident: bool = False
    parent: str | None = None
    held: tuple[str, ...] = ()


RESIDENT: Final = Shelf(resident=True)
"""The shelf of registers this version does not know: kept in sight, never filed."""


def is_open(shelf: Shelf, doc: Mapping[str, Any]) -> bool:
    """Not in the trash, not emptied by an undo, and not finished, in conflict about it, or held."""
    # Asked of every record by every flush: loops, not any().
    if doc.get("_del"):
        return False
    for cell in shelf.held:
        if doc.get(cell):
            return True
    state = doc.get("state")
    if not isinstance(state, str):
        return state is not None or not ("" in shelf.finished or _BOOKKEEPING.issuperset(doc))
    if state not in shelf.finished:
        return True
    others = doc.get("_x")
    return others is not None and any(leaf[2] != state for leaf in others.get("state", ()))


def place(shelf: Shelf, doc: Mapping[str, Any], as_of: str) -> Place:
    """Where a record without parent lies on the day `as_of` (ISO date)."""
    if shelf.resident or is_open(shelf, doc):
        return "desk"
    since = _days_before(as_of)
    if _recent(_finished_on(shelf, doc), since):
        return "desk"
    for cell in shelf.planned:
        if _recent(doc.get(cell), since):
            return "desk"
    return "book"


def _finished_on(shelf: Shelf, doc: Mapping[str, Any]) -> Any:
    trashed = doc.get("_del")
    if trashed:
        return trashed
    for cell in shelf.closed:
        value = doc.get(cell)
        if value is not None:
            return value
    return None


def _recent(value: Any, since: str) -> bool:
    """Whether `value` is a day or moment not before `since`; what is no date is not recent."""
    return (
        isinstance(value, str)
        and value >= since  # as text: nearly all are long past
        and value[4:5] == "-"
        and value[7:8] == "-"
        and value[:4].isdecimal()
    )


@lru_cache(maxsize=4)
def _days_before(as_of: str) -> str:
    return (date.fromisoformat(as_of) - timedelta(days=RECENT_DAYS)).isoformat()


def digest(shelves: Mapping[str, Shelf]) -> str:
    """Changes when a shelf does: then every record has to be laid down again."""
    told = [
        (
            register,
            sorted(shelf.finished),
            shelf.closed,
            shelf.planned,
            shelf.resident,
            shelf.parent,
            shelf.held,
        )
        for register, shelf in sorted(shelves.items())
    ]
    return sha256(msgspec.json.encode(told)).hexdigest()[:16]
