"""The rules at entry, asked before anything is written: what blocks is refused, else said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from officetui.errors import Refused
from officetui.ledger.line import Entry
from officetui.registers.model import Register, Step
from officetui.registers.rules import check_severities, judge, told
from officetui.registers.workflow import needs
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.office.office import Office


def at_entry(
    office: Office, register: str, cells: Mapping[str, Any], record_id: str
) -> tuple[str, ...]:
    """What the rules at entry say; raises Refused for one that blocks."""
    if register == "settings" and cells.get("name") == "rules":
        check_severities(cells.get("value"))
    verdicts = office.judged(register, cells, record_id)
    for verdict in verdicts:
        if verdict.severity == "block":
            raise Refused(told(verdict), field=verdict.field)
    return tuple(told(verdict) for verdict in verdicts)


def at_step(office: Office, entries: Sequence[Entry]) -> list[str]:
    """What the rules say of what a step writes. Raises Refused for one that blocks, unless it
    was broken before."""
    hints: list[str] = []
    for entry in entries:
        record = office.get(f"{entry.register}/{entry.record}")
        before = record.cells if record is not None else {}
        cells, written = {**before, **entry.cells}, entry.cells
        if entry.register == "settings" and before.get("name") == "rules":
            check_severities(written.get("value"))
        for verdict in office.judged(entry.register, cells, entry.record, written):
            held = {one.rule for one in judge(entry.register, before, entry.record, office)}
            if verdict.severity == "block" and verdict.rule not in held:
                raise Refused(told(verdict), field=verdict.field)
            if verdict.rule not in held:
                hints.append(told(verdict))
    return hints


def unknown_people(
    office: Office, table: Register, step: Step, inputs: Mapping[str, Any]
) -> tuple[str, ...]:
    """The people of a step whom the directory does not know: kept as written, and said."""
    names = dict.fromkeys(
        str(name)
        for _need, field in needs(table, step)
        if field.kind in ("person", "people") and inputs.get(field.name)
        for name in _several(inputs[field.name])
    )
    if not office.records("people"):
        return ()
    said = _("{name} is not in the directory; kept as written.")
    return tuple(said.format(name=name) for name in names if office.person(name) is None)


def _several(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
