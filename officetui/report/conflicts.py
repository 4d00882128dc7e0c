"""What people must still decide, as rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from officetui.office.ids import short_id
from officetui.registers.model import Field, Register
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.office.conflicts import Conflict, Value
    from officetui.office.office import Office


def conflict_rows(office: Office, found: Conflict) -> Iterator[list[str]]:
    """Each value of a conflict: short id, record, field, value, user, local time."""
    ref = f"{found.register}/{found.id}"
    register = BY_ID.get(found.register)
    field = register.field(found.cell) if register is not None else None
    label = field.title() if field is not None else found.cell
    if found.cell == "state":
        label = _("State")
    for value in found.values:
        shown = _shown(register, field, found.cell, value)
        if value.id:  # a number, and which record bears it
            shown = f"{shown}  {short_id(f'{found.register}/{value.id}')}"
        at = office.clock(value.at).strftime("%Y-%m-%d %H:%M")
        yield [short_id(ref), _title(office, ref), label, shown, value.user, at]


def _title(office: Office, ref: str) -> str:
    """The record by name, a child behind its parent; the ref of one that has no name."""
    record = office.get(ref)
    register = BY_ID.get(ref.partition("/")[0])
    if record is None or register is None:
        return ref
    words = [register.title(record)]
    parent = office.get(f"{register.parent}/{record.parent}") if register.parent else None
    if parent is not None:
        words.insert(0, BY_ID[parent.register].title(parent))
    return " ".join(word for word in words if word) or ref


def _shown(register: Register | None, field: Field | None, cell: str, value: Value) -> str:
    if value.deleted:
        return _("deleted")
    state = register.state(str(value.value)) if register and cell == "state" else None
    if state is not None:
        return _(state.label)
    return field.show(value.value) if field is not None else str(value.value)
