"""Who gives the official numbers, and what waits for one.

The office names one device per register, or per register and year, in its setting `numbering`:
`{"documents": "<writer>", "reception:2027": "<writer>"}`; or it reserves blocks, each a cell of
that setting (`block:documents:2026:800-849`). A device with a block gives its numbers also where it
sees no other; the named one gives those that follow the highest; all others record without a
number. It is given by the named device, or by their own once a block was reserved for it. While
nobody is named and nothing reserved every device numbers what it records, which is right for one
device, and for several as long as they see each other; a number given twice is a conflict
(`officetui.office.conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from officetui.errors import Refused
from officetui.ledger import identity
from officetui.ledger.doc import leaves
from officetui.ledger.line import Entry
from officetui.ledger.retire import successor
from officetui.ledger.stamp import parts
from officetui.office import numbering
from officetui.office.look import Look
from officetui.office.numbering import (
    BLOCK,
    Series,
    blocks,
    ordinary,
    reserved,
    series_for,
)
from officetui.registers.model import Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.committing import Committing
    from officetui.office.office import Office

SETTING = numbering.SETTING
ACTION = "number"
FEW = 5  # so many numbers left in a block are told


def giver(look: Look, register: str, year: int) -> str:
    """The writer that gives the numbers of a register in a year; "" when every device does."""
    named = look.setting(SETTING)
    found = named.get(f"{register}:{year}", named.get(register, ""))
    return found if isinstance(found, str) else ""


def own_writer(office: Committing) -> str:
    """The writer of this device; "" before its first change."""
    writer = identity.known_writer(office.home, identity.machine_id())
    return successor(office.home, writer) if writer is not None else ""


def refuse_strangers(office: Committing, entries: Iterable[Entry]) -> None:
    """Raises Refused when the setting would name what the office does not have: a register
    without numbers, a writer without a journal (nobody would give the numbers then), or a block
    of numbers that are given or reserved."""
    place = ("settings", f"settings:{SETTING}")
    for entry in entries:
        if (entry.register, entry.record) == place:
            from officetui.office import reserving

            reserving.check(office, entry.cells)


# Giving


class Counter:
    """Gives numbers one after the other, of one or more series, within one change."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._runs: dict[Series, Iterator[int]] = {}

    def following(self, series: Series) -> int | None:
        """The next number this device may give in a series; None when another one must."""
        run = self._runs.get(series)
        if run is None:
            run = self._runs[series] = self._run(series)
        return next(run, None)

    def _run(self, series: Series) -> Iterator[int]:
        office, here = self._office, own_writer(self._office)
        spans = blocks(office, series)
        for block in spans:
            if block.writer == here:
                yield from reserved(office, block)
        named = giver(office, series.register, series.year)
        if named == here if named else not spans:
            yield from ordinary(office, series)


def number_of(
    office: Office, register: Register, cells: Mapping[str, Any], counter: Counter | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """The number that this device gives to a record with these cells, and what there is to say;
    None when it must wait. Raises Refused without the mark that its series needs."""
    kind = register.numbering
    assert kind is not None
    series = series_for(office, register, cells)
    if kind.series and not series.mark:
        field = register.field(kind.series)
        name = field.title() if field is not None else kind.series
        raise Refused(_("Missing: {field}.").format(field=name), field=kind.series)
    n = (counter or Counter(office)).following(series)
    if n is None:
        return None, _why_not(office, series)
    return kind.written(series.mark, series.year, n), _left(office, series, n)


def _why_not(office: Office, series: Series) -> tuple[str, ...]:
    """Why a record of this series gets no number now, and what will give it one."""
    here, said = own_writer(office), []
    mine = [f"{b.first}-{b.last}" for b in blocks(office, series) if b.writer == here]
    if mine:
        words = _("The numbers reserved for this device are used up: {blocks}.")
        said.append(words.format(blocks=listed(mine)))
    if giver(office, series.register, series.year):
        said.append(_("Its number comes from the device that gives the numbers."))
    else:
        words = _("It waits for a number until numbers of {series} are reserved for this device.")
        said.append(words.format(series=series_name(series)))
    return tuple(said)


def _left(office: Office, series: Series, n: int) -> tuple[str, ...]:
    """How many numbers this device's blocks hold after this one, when these are few."""
    here = own_writer(office)
    mine = [block for block in blocks(office, series) if block.writer == here]
    if not any(n in block for block in mine):
        return ()
    left = sum(max(0, block.last - max(n, block.first - 1)) for block in mine if block.last >= n)
    if left > FEW:
        return ()
    words = ngettext(
        "{n} number is left of those reserved for this device.",
        "{n} numbers are left of those reserved for this device.",
        left,
    )
    return (words.format(n=left),)


def series_name(series: Series) -> str:
    """Incoming papers 2026; Outgoing papers 2026 清政发."""
    register = BY_ID.get(series.register)
    name = register.name() if register is not None else series.register
    return " ".join(part for part in (name, str(series.year or ""), series.mark) if part)


def at_step(
    office: Office, records: Sequence[Record], entries: Sequence[Entry], counter: Counter
) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries of the step that gives numbers, with the numbers, and what there is to say.

    A record that has its number keeps it when the step is taken again. Raises Refused without
    the mark of the series.
    """
    table = BY_ID[records[0].register]
    kind = table.numbering
    assert kind is not None, f"{table.id} has no numbers"
    numbered = list(entries)
    places = {(entry.register, entry.record): at for at, entry in enumerate(entries)}
    said: dict[str, None] = {}
    for record in records:
        at = places.get((record.register, record.id))
        entry = Entry(record.register, record.id, {}, {}) if at is None else numbered[at]
        full = {**record.cells, **entry.cells}
        if full.get(kind.field):
            continue
        number, words = number_of(office, table, full, counter)
        said.update(dict.fromkeys(words))
        if number is None:
            continue
        seen = [leaf.stamp for leaf in leaves(record.doc, kind.field)]
        over = entry.over | ({kind.field: seen} if seen else {})
        entry = entry._replace(cells={**entry.cells, kind.field: number}, over=over)
        if at is None:
            numbered.append(entry)
        else:
            numbered[at] = entry
    return numbered, tuple(said)


# Waiting


def awaits(look: Look, record: Record) -> bool:
    """Whether a record waits for its number. What was imported, and what somebody took the number
    from, does not; nor what has not come to the step that gives it."""
    register = BY_ID.get(record.register)
    if register is None or register.numbering is None or record.trashed:
        return False
    kind = register.numbering
    if record.get(kind.field) or leaves(record.doc, kind.field):
        return False
    if kind.given_by and not (kind.per_year and record.get(kind.per_year)):
        return False
    if not kind.given_by and not _recorded_by_hand(record.id):
        return False
    series = series_for(look, register, record.doc)
    return bool(giver(look, register.id, series.year) or blocks(look, series))


def to_come(look: Look, record: Record) -> str:
    """What stands in the place of a number that is still to be given; "" where none is."""
    return pgettext("number", "later") if awaits(look, record) else ""


def in_column(look: Look, record: Record, column: str) -> str:
    """What stands in an empty cell of a list: in the column of the numbers, that one is to come."""
    register = BY_ID.get(record.register)
    kind = register.numbering if register is not None else None
    if kind is None or column not in ("no", kind.field):
        return ""
    return to_come(look, record)


def badge(look: Look, record: Record) -> str:
    """The official short name of a record (收774), or that its number is still to come."""
    return BY_ID[record.register].badge(record) or to_come(look, record)


def _recorded_by_hand(record_id: str) -> bool:
    """Whether the id is `<stamp>.<k>`; an imported one names the day and the row."""
    return bool(_recorder(record_id))


def _recorder(record_id: str) -> str:
    """The writer that recorded it; "" of an imported one."""
    stamp, _dot, ordinal = record_id.rpartition(".")
    if not ordinal.isdigit():
        return ""
    try:
        return parts(stamp)[2]
    except ValueError:
        return ""


def to_give(office: Office) -> list[Entry]:
    """The entries that number what waits for this device, in the order of recording."""
    doc = office.doc("settings", f"settings:{SETTING}")
    here = own_writer(office) if doc is not None else ""
    if not here or here not in _writers(doc or {}):
        return []
    counter = Counter(office)
    entries: list[Entry] = []
    for register in REGISTERS:
        kind = register.numbering
        if kind is None:
            continue
        for record in sorted(office.records(register.id), key=lambda one: one.id):
            if not awaits(office, record):
                continue
            series = series_for(office, register, record.doc)
            if giver(office, register.id, series.year) != here and _asker(record) != here:
                continue
            n = counter.following(series) if series.mark or not kind.series else None
            if n is not None:
                number = kind.written(series.mark, series.year, n)
                entries.append(Entry(register.id, record.id, {kind.field: number}, {}))
    return entries


def _asker(record: Record) -> str:
    """The writer on which a waiting record was recorded, or its step taken: with a block it may
    number that, while what others wait for is for the named device. A writer that took over from
    another does not count as it, since the machine may have been cloned."""
    kind = BY_ID[record.register].numbering
    if kind is None or not kind.given_by:
        return _recorder(record.id)
    asked = leaves(record.doc, kind.per_year)
    return parts(asked[-1].stamp)[2] if asked else ""


def _writers(doc: Mapping[str, Any]) -> set[str]:
    """The writers that the setting names, for whole registers or for blocks."""
    value = doc.get("value")
    named = set(map(str, value.values())) if isinstance(value, dict) else set()
    return named | {str(writer) for cell, writer in doc.items() if cell.startswith(BLOCK)}
