"""Links between records: written once, in the record that came from the other, read both ways."""

from __future__ import annotations

from officetui.office.look import Look, alive
from officetui.office.shelves import year_of
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS

KINDS = ("ref", "refs")


def cells_of(register: Register) -> tuple[str, ...]:
    """The cells of a register that name other records."""
    return tuple(field.name for field in register.fields if field.kind in KINDS)


def named_in(record: Record) -> list[str]:
    """The refs ("register/id") that a record names itself, in the order of its fields."""
    register = BY_ID.get(record.register)
    if register is None:
        return []
    refs = (ref for cell in cells_of(register) for ref in record.words(cell))
    return [ref for ref in dict.fromkeys(refs) if "/" in ref]


def to(look: Look, record: Record) -> list[Record]:
    """The living records that name this one or a child of it: on the desk, and in the books from
    its year on.

    What came from a record is never older than it, so earlier books need no look.
    """
    first = year_of(record.register, record.id)
    own = {record.ref}
    for child in BY_ID[record.register].children:  # a decision's follow-up is the meeting's, too
        own.update(one.ref for one in look.children(record, child.id))
    years = [year for year in look.store.years() if year >= first]
    found: list[Record] = []
    for register in REGISTERS:
        if not cells_of(register):
            continue
        docs = dict(look.store.desk(register.id))
        for year in years:
            docs = {**look.store.book(year).get(register.id, {}), **docs}
        for doc in docs.values():
            if alive(doc) and _names(register, doc, own):
                found.append(Record(register.id, doc))
    return sorted(found, key=lambda one: one.ref)


def _names(register: Register, doc: object, refs: set[str]) -> bool:
    assert isinstance(doc, dict)
    for cell in cells_of(register):
        value = doc.get(cell)
        named = value if isinstance(value, list) else [value]
        if any(isinstance(one, str) and one in refs for one in named):
            return True
    return False
