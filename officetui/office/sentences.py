"""What the office says of what it did, in the language in use."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.ledger.line import Line
from officetui.office.look import Look
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.store.state import Notice
from officetui.text.i18n import N_, _, ngettext
from officetui.text.safe import visible

# What the ledger refuses or cannot keep; it speaks no language itself.
REFUSALS = (
    N_(
        "The disk is full: the change was not kept, and the journal is as it was before. "
        "Make room, then try again."
    ),
    N_(
        "The change could not be written to the disk and was not kept; the journal is as it was "
        "before. Try again; if it stays so, ask whoever looks after the disk."
    ),
    N_("One value is longer than 1 MiB, more than the journal can hold; nothing was changed."),
    N_("A value holds something that is no text or number; nothing was changed."),
)


def what(table: Register, records: Sequence[Record]) -> str:
    """One record by its title, several by their number."""
    if len(records) == 1:
        return table.title(records[0])
    return ngettext("{n} record", "{n} records", len(records)).format(n=len(records))


def touched(look: Look, lines: Sequence[Line]) -> str:
    """What a change was about: its record by name, or how many there were."""
    refs = {(e.register, e.record) for line in lines for e in line.entries}
    parents = [(r, i) for r, i in refs if r in BY_ID and not BY_ID[r].parent]
    if len(parents or refs) > 1:
        return ngettext("{n} record", "{n} records", len(parents or refs)).format(
            n=len(parents or refs)
        )
    for register, record_id in parents or refs:
        record = look.get(f"{register}/{record_id}")
        if register in BY_ID and record is not None:
            parent = look.get(f"{BY_ID[register].parent}/{record.parent}")
            titles = [BY_ID[r.register].title(r) for r in (parent, record) if r is not None]
            return " ".join(title for title in titles if title)
    return ""


def left_alone(look: Look, register: str, record: str, cell: str) -> str:
    """What an undo left as it is, because it was written again since."""
    table = BY_ID.get(register)
    field = table.field(cell) if table else None
    label = _(field.label) if field else visible(cell, limit=60)
    doc = look.doc(register, record) or {"id": record}
    title = table.title(Record(register, doc)) if table else record
    return _("left as it is, changed since: {field} of {what}").format(field=label, what=title)


def notice(told: Notice) -> str:
    """What the store set right without asking."""
    if told.what == "version":
        return _("{file} was of another version and was made again from the journals.").format(
            file=told.file.name
        )
    return _(
        "{file} could not be read ({reason}) and was made again from the journals;"
        " the damaged file is kept as {kept}."
    ).format(file=told.file.name, reason=told.reason, kept=told.kept or "-")
