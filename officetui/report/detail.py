"""One record as text: fields, children, conflicts, steps, history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from officetui.office import links, withheld
from officetui.office.numbers import in_column
from officetui.registers.duty_turns import line_label
from officetui.registers.model import Field, Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import needs
from officetui.report.tables import pairs, table
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.office import Office


def detail_text(office: Office, record: Record, history: bool, width: int | None) -> str:
    """All that is known of a record, in lines."""
    return "\n".join(_lines(office, record, history, width))


def _lines(office: Office, record: Record, history: bool, width: int | None) -> Iterator[str]:
    register = BY_ID[record.register]
    record = withheld.shown(office, record)
    yield f"{register.name()}  {visible(register.title(record))}"
    if record.trashed:
        yield _("It lies in the trash; restore it first.")
    yield pairs(
        [
            (_("Id"), f"{office.short(record)}  {record.id}"),
            *([(_("State"), _state(register, record))] if register.states else []),
            *_fields(office, register, record),
        ],
        width,
        indent="  ",
    )
    yield from _conflicts(office, record, width)
    for child in register.children:
        rows = [_child_row(office, child, one) for one in office.children(record, child.id)]
        if rows:
            yield ""
            yield child.name()
            yield table((), rows, width)
    others = [_link_row(office, ref) for ref in links.named_in(record)]
    others += [_link_row(office, one.ref) for one in office.linked(record)]
    if others:
        yield ""
        yield _("Links")
        yield table((), others, width)
    for step in office.steps(record):
        if step.shows is not None:
            yield ""
            yield _(step.label)
            yield from (f"  {visible(line)}" for line in step.shows(record, office))
    steps = [_step_row(register, step) for step in office.steps(record)]
    if steps:
        yield ""
        yield _("Steps")
        yield table((), steps, width)
    if history:
        yield ""
        yield _("History")
        yield table(
            (),
            [
                ["", office.clock(event.at).strftime("%Y-%m-%d %H:%M"), event.sentence]
                for event in office.history(record)
            ],
            width,
        )


def _state(register: Register, record: Record) -> str:
    state = register.state(record.state)
    return _(state.label) if state else record.state


def _fields(office: Office, register: Register, record: Record) -> Iterator[tuple[str, str]]:
    for field in register.fields:
        if field.kind in links.KINDS:
            continue  # they stand among the links
        if field.name in record.cells and field.name not in ("state", "pos", "parent"):
            yield field.title(), _shown(office, field, record)
        elif field.name not in record.cells and (later := in_column(office, record, field.name)):
            yield field.title(), later
    for cell, value in record.cells.items():
        if register.field(cell) is None:
            yield cell, str(value)


def _shown(office: Office, field: Field, record: Record) -> str:
    instant = record.instant(field.name)
    if field.kind == "instant" and instant is not None:
        return office.clock(instant).strftime("%Y-%m-%d %H:%M")
    if field.kind == "line":
        return line_label(office, record.text(field.name))
    value = field.show(record.get(field.name))
    return value.replace("T", " ") if field.kind == "moment" and len(value) == 16 else value


def _conflicts(office: Office, record: Record, width: int | None) -> Iterator[str]:
    from officetui.office.conflicts import conflicts_of

    rows = []
    for found in conflicts_of(record):
        for one in found.values:
            at = office.clock(one.at).strftime("%Y-%m-%d %H:%M")
            value = _("deleted") if one.deleted else str(one.value)
            rows.append(["", found.cell, value, one.user, at])
    if rows:
        yield ""
        yield _("Written at the same time; the next value settles it")
        yield table((), rows, width)


def _child_row(office: Office, child: Register, record: Record) -> list[str]:
    record = withheld.shown(office, record)
    cells = [
        _shown(office, field, record)
        for field in child.fields
        if field.name not in ("state", "pos", "parent") and field.kind not in links.KINDS
    ]
    return ["", office.short(record), *([_state(child, record)] if child.states else []), *cells]


def _link_row(office: Office, ref: str) -> list[str]:
    other = office.get(ref)
    if other is None:
        return ["", "", ref, _("not here")]
    table = BY_ID[other.register]
    title = " ".join(part for part in (table.badge(other), table.headline(other)) if part)
    return ["", office.short(other), table.name(), title]


def _step_row(register: Register, step: Any) -> list[str]:
    asked = [
        f"{field.name}=" if need.required else f"[{field.name}=]"
        for need, field in needs(register, step)
    ]
    return ["", step.id, _(step.label), " ".join(asked)]
