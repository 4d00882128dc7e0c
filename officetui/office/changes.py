"""From what a person asks to the change that is written: entries with what they replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from officetui.errors import Refused
from officetui.ledger.doc import cells_of, leaves
from officetui.ledger.line import Entry
from officetui.ledger.line import New as NewId
from officetui.office.look import Look, alive
from officetui.registers.model import GIVEN, ChildSets, Register, Step
from officetui.registers.order import counted_on, row
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import effects, fill
from officetui.text.i18n import _


class New(msgspec.Struct):
    """A record to create; children are (name of the child register, its cells) in order."""

    register: str
    cells: dict[str, Any]
    children: Sequence[tuple[str, dict[str, Any]]] = ()
    id: str | None = None


def replaced(doc: Mapping[str, Any], cells: Iterable[str]) -> dict[str, list[str]]:
    """`over` for writing these cells: every stamp that `doc` shows for them."""
    over = {}
    for cell in cells:
        stamps = [leaf.stamp for leaf in leaves(doc, cell)]
        if stamps:
            over[cell] = stamps
    return over


def changed(doc: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that differ from what is shown, or whose conflict the write settles."""
    return {
        cell: value
        for cell, value in cells.items()
        if doc.get(cell) != value or len(leaves(doc, cell)) > 1
    }


def written(record: Record, cells: Mapping[str, Any]) -> Entry | None:
    """The entry that writes these cells over what `record` shows; None when nothing changes."""
    fresh = changed(record.doc, cells)
    if not fresh:
        return None
    return Entry(record.register, record.id, fresh, replaced(record.doc, fresh))


def edited(look: Look, register: Register, record: Record, cells: Mapping[str, Any]) -> list[Entry]:
    """The entries of cells changed by hand, with what follows from them."""
    own, others = dict(cells), []
    fresh = changed(record.doc, cells)
    if register.follows is not None and fresh:
        for other, more in register.follows(record, fresh, look):
            if other.ref == record.ref:
                own = {**more, **own}
            else:
                others.append((other, more))
    entries = (written(one, more) for one, more in [(record, own), *others])
    return [entry for entry in entries if entry is not None]


def refuse_unfit(entries: Iterable[Entry]) -> None:
    """Raises Refused for a setting that could not be used: a message with unknown names."""
    for entry in entries:
        if entry.record == "settings:messages" and "value" in entry.cells:
            from officetui.registers import messages

            messages.check(entry.cells["value"])


def created(look: Look, rows: Sequence[New]) -> list[Entry]:
    """The entries that create these records with their children.

    Raises Refused when a required cell is missing, or a natural key is taken.
    """
    entries: list[Entry] = []
    for new in rows:
        register = BY_ID[new.register]
        cells = _complete(register, new.cells)
        record_id, over = _identity(look, register, new, len(entries), cells)
        entries.append(Entry(register.id, record_id, cells, over))
        entries.extend(_children(look, register, record_id, new.children, len(entries)))
    return entries


def implied(look: Look, register: Register, given: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a new record, with those that follow from them and were not given."""
    cells = {cell: value for cell, value in given.items() if value not in (None, "", [])}
    return dict(register.implied(cells, look)) | cells if register.implied is not None else cells


def _complete(register: Register, given: Mapping[str, Any]) -> dict[str, Any]:
    cells = {cell: value for cell, value in given.items() if value not in (None, "", [])}
    for field in register.fields:
        if field.required and field.name not in cells:
            raise Refused(_("Missing: {field}.").format(field=_(field.label)), field=field.name)
    if register.initial:
        cells.setdefault("state", register.initial)
    return cells


def _identity(
    look: Look, register: Register, new: New, k: int, cells: dict[str, Any]
) -> tuple[str, dict[str, list[str]]]:
    """The id of a new record, and what its creation replaces (a trashed natural key)."""
    record_id = new.id or (register.key(cells) if register.key else None)
    if record_id is None:
        return NewId(f"#{k}"), {}
    doc = look.doc(register.id, record_id)
    if doc is None:
        return record_id, {}
    if alive(doc):
        raise Refused(
            _("{what} exists already.").format(what=register.title(Record(register.id, doc)))
        )
    for cell in cells_of(doc):
        cells.setdefault(cell, None)
    return record_id, replaced(doc, cells)


def _children(
    look: Look,
    register: Register,
    parent: str,
    children: Sequence[tuple[str, dict[str, Any]]],
    k: int,
) -> list[Entry]:
    counts: dict[str, int] = {}
    for name, _cells in children:
        counts[name] = counts.get(name, 0) + 1
    places = {name: iter(row(count)) for name, count in counts.items()}
    entries: list[Entry] = []
    for name, cells in children:
        child = register.child(name)
        assert child is not None, f"{register.id} has no child {name}"
        full = _complete(child, {**cells, "parent": parent, "pos": next(places[name])})
        if isinstance(parent, NewId):
            entries.append(Entry(child.id, NewId(f"#{k + len(entries)}"), full, {}))
            continue
        # A record whose id says what it is has such children too: two machines that import one
        # file make one checklist, not two.
        child_id = f"{parent}.{name}.{full['pos']}"
        doc = look.doc(child.id, child_id) or {}
        for cell in cells_of(doc):
            full.setdefault(cell, None)
        entries.append(Entry(child.id, child_id, full, replaced(doc, full)))
    return entries


def taken(
    look: Look,
    records: Sequence[Record],
    step: Step,
    inputs: Mapping[str, Any],
    start: int = 0,
) -> list[Entry]:
    """The entries of a step for each record, with the children it adds or touches.

    `start`: how many entries of the same change come before. Raises Refused for the first
    record that does not allow it: all or nothing.
    """
    entries: list[Entry] = []
    for number, record in enumerate(records):
        register = BY_ID[record.register]
        given = _counted(step, inputs, number)
        own, added = effects(register, step, record, given, look)
        entry = written(record, own)
        if entry is not None:
            entries.append(entry)
        if step.adds:
            entries += _added(look, record, register, step, added, start + len(entries))
        elif step.makes is not None:
            entries += _made(look, step.makes.register, added, start + len(entries))
        for rule in step.children:
            entries += _touched(look, record, rule, given)
        if step.grows is not None:
            grown = step.grows(record, given, look)
            entries += _grown(look, record, register, grown, start + len(entries))
        if step.besides is not None:
            entries += _besides(look, records, step.besides(record, given, look))
    return entries


def _besides(
    look: Look,
    records: Sequence[Record],
    others: Iterable[tuple[Record, Mapping[str, Any]]],
) -> Iterator[Entry]:
    """What a step writes in other records than those it is taken for."""
    taken = {record.ref for record in records}
    for other, cells in others:
        if other.ref in taken:
            continue
        entry = written(other, {cell: fill(token, look) for cell, token in cells.items()})
        if entry is not None:
            yield entry


def _counted(step: Step, inputs: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """The inputs for the record of that number, of several: 12, 13, 14."""
    value = inputs.get(step.counts) if step.counts and number else None
    return {**inputs, step.counts: counted_on(str(value), number)} if value else inputs


def _touched(
    look: Look, record: Record, rule: ChildSets, inputs: Mapping[str, Any]
) -> Iterator[Entry]:
    """What a step writes in the children of a record."""
    found = [
        child
        for child in look.children(record, rule.child)
        if (not rule.only or child.state in rule.only)
        and (rule.fits is None or rule.fits(child))
        and (not rule.named or child.text(rule.named) in _several(inputs, rule.named))
    ]
    for child in found[:1] if rule.first else found[-1:] if rule.last else found:
        cells = {
            cell: fill(token, look, inputs)
            for cell, token in rule.sets.items()
            if not _left_out(token, inputs)
        }
        if rule.extra is not None:
            cells.update(rule.extra(child, inputs, look))
        entry = written(child, cells)
        if entry is not None:
            yield entry


def _left_out(token: Any, inputs: Mapping[str, Any]) -> bool:
    """Whether a cell stands for an input that was not given: it stays as it is."""
    given = isinstance(token, str) and token.startswith(GIVEN)
    return given and inputs.get(token.removeprefix(GIVEN)) in (None, "", [])


def _several(inputs: Mapping[str, Any], name: str) -> list[str]:
    """What was given for an input, as a list."""
    value = inputs.get(name)
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]


def _made(look: Look, register: str, cells: dict[str, Any], k: int) -> list[Entry]:
    """The record that a step makes in another register, the `k`th entry of the change."""
    table = BY_ID[register]
    return [Entry(register, NewId(f"#{k}"), _complete(table, implied(look, table, cells)), {})]


def _grown(
    look: Look,
    record: Record,
    register: Register,
    children: Sequence[tuple[str, dict[str, Any]]],
    k: int,
) -> Iterator[Entry]:
    """Children that a step adds, each at the end of its list."""
    ends: dict[str, str] = {}
    for number, (name, cells) in enumerate(children):
        child = register.child(name)
        assert child is not None, f"{register.id} has no child {name}"
        if name not in ends:
            present = look.children(record, name)
            ends[name] = present[-1].text("pos") if present else ""
        ends[name] = row(1, ends[name])[0]
        full = _complete(child, {**cells, "parent": record.id, "pos": ends[name]})
        yield Entry(child.id, NewId(f"#{k + number}"), full, {})


def _added(
    look: Look, record: Record, register: Register, step: Step, cells: dict[str, Any], k: int
) -> list[Entry]:
    """The children a step adds at the end of their list: one, or one for each of several people or
    units."""
    child = register.child(step.adds)
    assert child is not None
    many = [need.field for need in step.needs if need.many]
    shared = {name: value for name, value in cells.items() if name not in many}
    each = [
        {**shared, name: value}
        for name in many
        for value in (cells[name] if isinstance(cells.get(name), list) else [cells.get(name)])
        if value
    ]
    if not many:
        each = [cells]  # of several who may be named there was none: nothing is added
    present = look.children(record, step.adds)
    places = row(len(each), present[-1].text("pos") if present else "")
    entries: list[Entry] = []
    for place, own in zip(places, each, strict=True):
        full = _complete(child, {**own, "parent": record.id, "pos": place})
        entries.append(Entry(child.id, NewId(f"#{k + len(entries)}"), full, {}))
    return entries


def trashed(look: Look, records: Sequence[Record]) -> list[Entry]:
    """The entries that move records to the trash; `over` names all that was seen of them."""
    entries = []
    for record in records:
        family = [record]
        register = BY_ID[record.register]
        for child in register.children:
            family.extend(look.children(record, child.id))
        for member in family:
            seen = replaced(member.doc, [*cells_of(member.doc), "_del"])
            entries.append(
                Entry(member.register, member.id, {"_del": look.today.isoformat()}, seen)
            )
    return entries


def restored(look: Look, records: Sequence[Record]) -> list[Entry]:
    """The entries that take records out of the trash, with the children deleted with them."""
    entries = []
    for record in records:
        mine = {leaf.stamp for leaf in leaves(record.doc, "_del")}
        family = [record]
        for child in BY_ID[record.register].children:
            with look.lock:
                members = look.store.children(child.id, record.id)
            for doc in members:
                if mine & {leaf.stamp for leaf in leaves(doc, "_del")}:
                    family.append(Record(child.id, doc))
        for member in family:
            over = replaced(member.doc, ["_del"])
            entries.append(Entry(member.register, member.id, {"_del": None}, over))
    return entries
