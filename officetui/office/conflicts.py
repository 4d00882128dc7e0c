"""What people must still decide: cells with several values, edits of deleted records, official
numbers that two records bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.ledger import conflicts as ledger
from officetui.ledger.doc import Leaf, leaves
from officetui.ledger.stamp import parts
from officetui.office.look import alive
from officetui.office.numbering import Series, borne_name
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID

if TYPE_CHECKING:
    from officetui.office.office import Office

Tables = dict[str, dict[str, Any]]  # register -> id -> doc
_LAST = 253_402_300_799_000  # 9999-12-31: a clock that is wilder than that is shown as that


class Value(msgspec.Struct, frozen=True):
    """One of the values: who wrote it, when (aware UTC), and on which device.

    `deleted`: it is not a value but the deletion that an edit met. `id`: the record it stands in,
    where several bear one number; else "".
    """

    value: Any
    user: str
    at: datetime
    writer: str
    deleted: bool = False
    id: str = ""


class Conflict(msgspec.Struct, frozen=True):
    """What of one cell is to be decided, values oldest first.

    `kind`: values (several at once: the last one is shown), deleted (an edit met a deletion),
    number (other records bear this official number too: it is on paper, so nobody but a person
    changes it).
    """

    register: str
    id: str
    cell: str
    values: tuple[Value, ...]
    kind: str = "values"


def conflicts(office: Office) -> list[Conflict]:
    """Every conflict of the office, on the desk and in the books, by register and id.

    A pure function of the lines: the same on every replica that has them.
    """
    return _sorted(_found(_places(office)))


def on_desk(office: Office, also: Iterable[str] = ()) -> list[Conflict]:
    """The conflicts on the desk, and those of the records `also` (refs), wherever they lie."""
    with office.lock:
        tables: Tables = {name: dict(office.store.desk(name)) for name in office.store.registers()}
    for ref in also:
        register, _sep, record_id = ref.partition("/")
        doc = office.doc(register, record_id)
        if doc is not None:
            tables.setdefault(register, {}).setdefault(record_id, doc)
    return _sorted(_found([tables]))


def _sorted(found: Mapping[tuple[str, str], list[Conflict]]) -> list[Conflict]:
    return [conflict for key in sorted(found) for conflict in found[key]]


def _places(office: Office) -> Iterator[Tables]:
    """Desk and books, one after the other: the lock is not held while they are looked through,
    so that a screen can ask for this in a worker."""
    store = office.store
    with office.lock:
        desk = {register: dict(store.desk(register)) for register in store.registers()}
        years = store.years()
    yield desk
    for year in years:
        with office.lock:
            book = {register: dict(docs) for register, docs in store.book(year).items()}
        yield book


def _found(places: Iterable[Tables]) -> dict[tuple[str, str], list[Conflict]]:
    found: dict[tuple[str, str], list[Conflict]] = {}
    numbers: dict[tuple[Series, int | str], list[Record]] = {}
    for tables in places:
        for register, docs in tables.items():
            for record_id, doc in docs.items():
                if "_x" in doc or "_d" in doc:
                    mine = list(conflicts_of(Record(register, doc)))
                    if mine:
                        found.setdefault((register, record_id), mine)
            if register in BY_ID and BY_ID[register].numbering is not None:
                _number(BY_ID[register], docs, numbers)
    for (series, _no), bearers in numbers.items():
        if len(bearers) > 1:
            for record in bearers:
                twice = _twice(BY_ID[series.register], record, bearers)
                found.setdefault((series.register, record.id), []).append(twice)
    return found


def _number(
    table: Register,
    docs: Mapping[str, Mapping[str, Any]],
    numbers: dict[tuple[Series, int | str], list[Record]],
) -> None:
    """Enter records under their official number, which counts within its series."""
    for doc in docs.values():
        if alive(doc):
            record = Record(table.id, doc)
            name = borne_name(record)
            if name is not None:
                bearers = numbers.setdefault(name, [])
                if all(other.id != record.id for other in bearers):
                    bearers.append(record)


def _twice(table: Register, record: Record, bearers: Sequence[Record]) -> Conflict:
    """The number of a record that others bear as well."""
    assert table.numbering is not None
    cell = table.numbering.field
    values = [
        msgspec.structs.replace(_value(leaves(other.doc, cell)[-1]), id=other.id)
        for other in bearers
    ]
    values.sort(key=lambda value: (value.at, value.id))
    return Conflict(table.id, record.id, cell, tuple(values), "number")


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
        yield Conflict(record.register, record.id, cell, tuple(values), "deleted")


def _value(leaf: Leaf, deleted: bool = False) -> Value:
    ms, _n, writer = parts(leaf.stamp)
    at = datetime.fromtimestamp(min(ms, _LAST) / 1000, UTC)
    return Value(None if deleted else leaf.value, leaf.user, at, writer, deleted)
