"""Who gives the official numbers, and which are missing.

The office names one device per register, or per register and year, in its setting `numbering`:
`{"documents": "<writer>", "reception:2027": "<writer>"}`. Other devices record without a number,
and the named one gives it when the record arrives there. While nobody is named every device
numbers what it records, which is right for one device, and for several as long as they see each
other; a number given twice is a conflict (`officetui.office.conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from officetui.errors import Refused
from officetui.ledger import identity
from officetui.ledger.fold import leaves
from officetui.ledger.line import Entry
from officetui.ledger.retire import successor
from officetui.ledger.stamp import parts
from officetui.office.look import Look, alive
from officetui.office.numbering import next_number
from officetui.registers.model import Register
from officetui.registers.record import Record, day_of
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.office import Office

SETTING = "numbering"
ACTION = "number"


def year_of(look: Look, register: Register, cells: Mapping[str, Any]) -> int:
    """The year in whose series a record with these cells is numbered."""
    series = register.numbering
    day = day_of(cells.get(series.per_year)) if series is not None and series.per_year else None
    return (day or look.today).year


def giver(look: Look, register: str, year: int) -> str:
    """The writer that gives the numbers of a register in a year; "" when every device does."""
    named = look.setting(SETTING)
    found = named.get(f"{register}:{year}", named.get(register, ""))
    return found if isinstance(found, str) else ""


def own_writer(office: Office) -> str:
    """The writer of this device; "" before its first change."""
    writer = identity.known_writer(office.home, identity.machine_id())
    return successor(office.home, writer) if writer is not None else ""


def refuse_strangers(office: Office, entries: Iterable[Entry]) -> None:
    """Raises Refused when the setting would name a writer of which the office has no journal:
    nobody would give the numbers then."""
    named: set[str] = set()
    for entry in entries:
        value = entry.cells.get("value")
        if (entry.register, entry.record) != ("settings", f"settings:{SETTING}"):
            continue
        if isinstance(value, dict):
            named.update(str(writer) for writer in value.values())
    if not named:
        return
    own = own_writer(office) or office.journal.writer
    known = sorted({own, *office.ledger.writers()})
    strange = sorted(named.difference(known, ("",)))
    if strange:
        words = _(
            "No device of this office writes as {writers}. There are: {known}; this is {own}."
        )
        raise Refused(
            words.format(writers=listed(strange), known=listed(known), own=own), field="value"
        )


def given_here(office: Office, register: Register, cells: Mapping[str, Any]) -> bool:
    """Whether this device numbers a new record with these cells."""
    named = giver(office, register.id, year_of(office, register, cells))
    return not named or named == own_writer(office)


def awaits(look: Look, record: Record) -> bool:
    """Whether a record waits for the numbering device. What was imported, and what somebody took
    the number from, does not."""
    register = BY_ID.get(record.register)
    if register is None or register.numbering is None or record.trashed:
        return False
    cell = register.numbering.field
    if record.get(cell) or leaves(record.doc, cell) or not _recorded_by_hand(record.id):
        return False
    return bool(giver(look, register.id, year_of(look, register, record.doc)))


def _recorded_by_hand(record_id: str) -> bool:
    """Whether the id is `<stamp>.<k>`; an imported one names the day and the row."""
    stamp, _dot, ordinal = record_id.rpartition(".")
    if not ordinal.isdigit():
        return False
    try:
        parts(stamp)
    except ValueError:
        return False
    return True


def to_give(office: Office) -> list[Entry]:
    """The entries that number what waits for this device, in the order of recording."""
    named = office.setting(SETTING)
    here = own_writer(office) if named else ""
    entries: list[Entry] = []
    for register in REGISTERS if here in named.values() and here else ():
        series = register.numbering
        if series is None:
            continue
        following: dict[int, int] = {}
        for record in sorted(office.records(register.id), key=lambda one: one.id):
            year = year_of(office, register, record.doc)
            if giver(office, register.id, year) != here or not awaits(office, record):
                continue
            if year not in following:
                following[year] = int(next_number(office, register, record.doc) or 1)
            entries.append(Entry(register.id, record.id, {series.field: str(following[year])}, {}))
            following[year] += 1
    return entries


def gaps(look: Look, register: Register, year: int) -> list[tuple[int, int]]:
    """The numbers of a year that nobody bears, between its first and its last: (first, last)."""
    series = register.numbering
    if series is None:
        return []
    with look.lock:
        docs = look.store.records(register.id, [year])
    found = sorted(
        {
            number
            for doc in docs.values()
            if alive(doc) and year_of(look, register, doc) == year
            and (number := Record(register.id, doc).whole(series.field)) is not None
        }
    )  # fmt: skip
    return [(before + 1, after - 1) for before, after in pairwise(found) if after - before > 1]
