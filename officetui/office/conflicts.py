"""What people must still decide: cells with several values, and edits of deleted records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.ledger import conflicts as ledger
from officetui.ledger.fold import Leaf, leaves
from officetui.ledger.stamp import parts
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.store.desk import Store


_LAST = 253_402_300_799_000  # 9999-12-31: a clock that is wilder than that is shown as that


class Value(msgspec.Struct, frozen=True):
    """One of the values: who wrote it, when (aware UTC), and on which device.

    `deleted`: it is not a value but the deletion that an edit met.
    """

    value: Any
    user: str
    at: datetime
    writer: str
    deleted: bool = False


class Conflict(msgspec.Struct, frozen=True):
    """A cell with more than one value, oldest first: the last one is shown."""

    register: str
    id: str
    cell: str
    values: tuple[Value, ...]


def conflicts(office: Office) -> list[Conflict]:
    """Every conflict of the office, on the desk and in the books, by register and id.

    A pure function of the lines: the same on every replica that has them.
    """
    with office.lock:
        found = _found(office.store)
    return [conflict for key in sorted(found) for conflict in found[key]]


def _found(store: Store) -> dict[tuple[str, str], list[Conflict]]:
    found: dict[tuple[str, str], list[Conflict]] = {}
    places = [{register: store.desk(register) for register in store.registers()}]
    places += [store.book(year) for year in store.years()]
    for tables in places:
        for register, docs in tables.items():
            for record_id, doc in docs.items():
                if "_x" in doc or "_d" in doc:
                    mine = list(conflicts_of(Record(register, doc)))
                    if mine:
                        found.setdefault((register, record_id), mine)
    return found


def conflicts_of(record: Record) -> Iterator[Conflict]:
    """The conflicts of one record. Book-keeping cells have none of their own; a state has."""
    table = BY_ID.get(record.register)
    for cell, several in ledger.conflicts(record.doc):
        field = table.field(cell) if table else None
        if field is None or not field.bookkeeping or cell == "state":
            yield Conflict(record.register, record.id, cell, tuple(map(_value, several)))
    deletions = [leaf for leaf in leaves(record.doc, "_del") if leaf.value]
    for cell, unseen in ledger.edited_against_delete(record.doc):
        values = [*map(_value, unseen), *(_value(leaf, True) for leaf in deletions)]
        values.sort(key=lambda value: value.at)
        yield Conflict(record.register, record.id, cell, tuple(values))


def _value(leaf: Leaf, deleted: bool = False) -> Value:
    ms, _n, writer = parts(leaf.stamp)
    at = datetime.fromtimestamp(min(ms, _LAST) / 1000, UTC)
    return Value(None if deleted else leaf.value, leaf.user, at, writer, deleted)
