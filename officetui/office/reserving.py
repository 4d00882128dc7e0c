"""Reserving blocks of official numbers for devices, and what the setting `numbering` may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.errors import Refused
from officetui.office.look import alive
from officetui.office.numbering import (
    BLOCK,
    SETTING,
    Block,
    Series,
    block_of,
    blocks,
    every_block,
    used_in,
)
from officetui.office.numbers import own_writer, series_name
from officetui.registers.model import Register
from officetui.registers.registry import BY_ID, REGISTERS, register_named
from officetui.text.i18n import _
from officetui.text.words import clauses, listed

if TYPE_CHECKING:
    from officetui.office.committing import Committing, Done
    from officetui.office.look import Look
    from officetui.office.office import Office

MOST = 10_000  # numbers of one block: more is a slip of the hand
FORM = "documents:2026:800-849[@WRITER]"


class Wish(msgspec.Struct, frozen=True):
    """What is asked for: to reserve a block, or with `back` to give its unused rest back."""

    block: Block
    back: bool = False


def reserve(office: Office, texts: Sequence[str]) -> Done:
    """Reserve blocks, or give them back, as one change; then number what waited for it here.

    `texts`: `documents:2026:800-849` for this device, `…@k7q2m9xa` for another one, `…@` to give
    the unused rest back; of a register with marks `outgoing:2026:清政发:20-29`. Raises Refused.
    """
    office.refresh()
    cells: dict[str, Any] = {}
    said = []
    for text in texts:
        wish = _understood(office, text)
        fresh, words = _back(office, wish.block) if wish.back else _taken(wish.block)
        cells |= fresh
        said.append(words)
    record = office.get(f"settings/settings:{SETTING}")
    if record is None or not alive(record.doc):
        done = office.create("settings", {"name": SETTING, **cells})
    else:
        done = office.set(record, cells)
    given = office.give_numbers()
    hints = (*done.hints, *([given.sentence] if given is not None else []))
    return msgspec.structs.replace(done, sentence=clauses(said), hints=hints)


def _understood(office: Office, text: str) -> Wish:
    """A block as it is written. Raises Refused with the form."""
    place, at, writer = text.strip().partition("@")
    key, _colon, span = place.rpartition(":")
    name, _colon, rest = key.partition(":")
    year, _colon, mark = rest.partition(":")
    first, _dash, last = span.partition("-")
    if not (name and first.isdecimal() and last.isdecimal() and len(last) <= 9):
        raise _unfit(text)
    register = register_named(name)
    kind = register.numbering
    if kind is None:
        raise _numberless(register.id)
    if (not year and kind.per_year) or (year and not (year.isdecimal() and len(year) == 4)):
        raise _unfit(text)
    series = Series(register.id, int(year or 0), mark.strip())
    _check_mark(register, series)
    back = bool(at) and not writer.strip()
    writer = writer.strip() or own_writer(office) or office.journal.writer
    return Wish(Block(series, int(first), int(last), writer), back)


def _check_mark(register: Register, series: Series) -> None:
    kind = register.numbering
    assert kind is not None
    if bool(series.mark) != bool(kind.series):
        words = (
            _("The numbers of {register} are counted by mark: {form}")
            if kind.series
            else _("{register} has one series a year, without a mark: {form}")
        )
        form = f"{register.id}:{series.year}:{'清政发:' if kind.series else ''}20-29"
        raise Refused(words.format(register=register.name(), form=form), field="block")


def _unfit(text: str) -> Refused:
    words = _("“{text}” is no block of numbers. A block is written as {form}")
    return Refused(words.format(text=text, form=FORM), field="block")


def _numberless(name: str) -> Refused:
    there = listed(register.id for register in REGISTERS if register.numbering is not None)
    words = _("“{name}” has no official numbers. Registers with numbers: {names}.")
    return Refused(words.format(name=name, names=there), field="value")


def _taken(block: Block) -> tuple[dict[str, Any], str]:
    words = _("Reserved for {writer}: {series} {first}-{last}.")
    return {block.cell: block.writer}, _told(words, block)


def _told(words: str, block: Block) -> str:
    series = series_name(block.series)
    return words.format(writer=block.writer, series=series, first=block.first, last=block.last)


def _back(office: Office, wanted: Block) -> tuple[dict[str, Any], str]:
    """Give the unused rest of a block back; what is used of it stays reserved, being on paper."""
    here = [one for one in blocks(office, wanted.series) if one.cell == wanted.cell]
    if not here:
        there = listed(f"{one.first}-{one.last}" for one in blocks(office, wanted.series))
        words = _("No such block of {series} is reserved. There are: {blocks}.")
        name = series_name(wanted.series)
        raise Refused(words.format(series=name, blocks=there or "-"), field="block")
    block = here[0]
    used = used_in(office, block)
    cells: dict[str, Any] = {block.cell: None}
    if not used:
        return cells, _told(_("Given back: {series} {first}-{last}."), block)
    kept = msgspec.structs.replace(block, last=max(used))
    if kept == block:
        raise Refused(
            _told(_("{series} {first}-{last}: all of them are used."), block), field="block"
        )
    rest = msgspec.structs.replace(block, first=kept.last + 1)
    words = _("Given back: {series} {first}-{last}; what is before it is used and stays.")
    return cells | {kept.cell: kept.writer}, _told(words, rest)


# What may be written


def check(office: Committing, cells: Mapping[str, Any]) -> None:
    """Raises Refused for what the office does not have: a register without numbers, a year that
    is none, a writer without a journal; for a block that another one meets, or that is used.
    What an other device wrote, maybe of a newer version, is left alone."""
    value = cells.get("value")
    named: set[str] = set()
    if isinstance(value, dict):
        before = office.setting(SETTING)
        for key, writer in value.items():
            if key not in before:
                _check_key(key)
            named.add(str(writer))
    fresh = [
        block
        for cell, writer in cells.items()
        if cell.startswith(BLOCK) and (block := block_of(cell, writer)) is not None
    ]
    named |= {block.writer for block in fresh}
    _check_writers(office, named)
    _check_blocks(office, fresh, {cell for cell in cells if cell.startswith(BLOCK)})


def _check_key(key: str) -> None:
    """A key of the setting: a register with numbers, or `register:year`."""
    name, colon, year = key.partition(":")
    register = BY_ID.get(name)
    if register is None or register.numbering is None:
        raise _numberless(name)
    if colon and not (year.isascii() and year.isdigit() and len(year) == 4):
        words = _("“{key}” is neither a register nor register:year, like {example}.")
        raise Refused(words.format(key=key, example=f"{name}:2026"), field="value")


def _check_writers(office: Committing, named: set[str]) -> None:
    named.discard("")
    if not named:
        return
    own = own_writer(office) or office.journal.writer
    known = sorted({own, *office.ledger.writers()})
    strange = sorted(named.difference(known))
    if strange:
        words = _(
            "No device of this office writes as {writers}. There are: {known}; this is {own}."
        )
        raise Refused(
            words.format(writers=listed(strange), known=listed(known), own=own), field="value"
        )


def _check_blocks(office: Committing, fresh: Sequence[Block], written: set[str]) -> None:
    """`written`: the cells that the same change writes. Their blocks of before count only where
    one is reserved anew, and not even then to choose of two devices that got it at once."""
    every = every_block(office)
    cells = [block.cell for block in every]
    kept = {block.cell for block in fresh if cells.count(block.cell) == 1}
    there = [block for block in every if block.cell not in written - kept]
    before = [block for block in every if block.cell in written - kept]
    for at, block in enumerate(fresh):
        if block.first < 1 or block.last < block.first or block.last - block.first >= MOST:
            words = _("{first}-{last} is no block: from 1 on, the smaller first, {n} at most.")
            raise Refused(words.format(first=block.first, last=block.last, n=MOST), field="block")
        for other in (*there, *fresh[:at]):
            if block.meets(other):
                raise Refused(meeting_words(block, other), field="block")
        if any(block.meets(other) for other in before):
            continue  # a part of what was reserved: that some of it is used is what it is for
        used = used_in(office, block)
        if used:
            words = _("{series}: {n} is given already; take a block above {last}.")
            name = series_name(block.series)
            raise Refused(words.format(series=name, n=min(used), last=max(used)), field="block")


def meeting_words(one: Block, other: Block) -> str:
    """That two blocks overlap, in a sentence."""
    words = _("{series}: the block {one} overlaps {other}, which is reserved for {writer}.")
    return words.format(
        series=series_name(one.series),
        one=f"{one.first}-{one.last}",
        other=f"{other.first}-{other.last}",
        writer=other.writer,
    )


def overlaps(look: Look) -> Iterator[tuple[Block, Block]]:
    """The blocks that meet each other: reserved on two devices that did not see each other."""
    every = every_block(look)
    for at, one in enumerate(every):
        for other in every[at + 1 :]:
            if one.meets(other):
                yield one, other
