"""What to know before a form is saved: broken rules, clashes, why a step would be refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from officetui.office.tables import (
    CLASSIFIED,
    Record,
    Register,
    Step,
    Verdict,
    View,
    judge,
    told,
)
from officetui.text.safe import visible


class Remark(msgspec.Struct, frozen=True):
    """Something to know before saving. `field`: where it is shown, "" below all of them.

    `mended`: the value the field should have; `other`: a record it is about; `secret`: what was
    typed must be kept nowhere.
    """

    text: str
    field: str = ""
    severity: str = "warn"
    mended: Any = None
    other: str = ""
    secret: bool = False


def remarks(
    register: Register, step: Step | None, record: Record, values: Mapping[str, Any], view: View
) -> list[Remark]:
    """What to know before saving: why a step would be refused, which rules are broken, what
    it collides with."""
    found = []
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    if step is not None and step.check is not None:
        reason = step.check(record, given, view)
        if reason:
            found.append(Remark(visible(reason, limit=200)))
    found += [_said(verdict) for verdict in _judged(register, step, record, values, view)]
    found += _clashing(register, record, values, view)
    return found


def _judged(
    register: Register, step: Step | None, record: Record, values: Mapping[str, Any], view: View
) -> list[Verdict]:
    """The rules that what is typed breaks: of the record, or of the one the step makes."""
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    if step is None:
        left = {name: value for name, value in record.cells.items() if name not in values}
        return judge(register.id, {**left, **given}, record.id, view)
    if step.makes is not None:
        cells = {**step.makes.cells(record, given, view), **given}
        return judge(step.makes.register, cells, "", view)
    child = register.child(step.adds) if step.adds else None
    if child is not None:
        return judge(child.id, given, "", view)
    return judge(register.id, {**record.cells, **given}, record.id, view, given)


def _said(verdict: Verdict) -> Remark:
    other = verdict.other
    return Remark(
        visible(told(verdict), limit=200),
        verdict.field,
        verdict.severity,
        verdict.mended,
        other.ref if other is not None else "",
        verdict.rule == CLASSIFIED and verdict.severity == "block",
    )


def _clashing(
    register: Register, record: Record, values: Mapping[str, Any], view: View
) -> list[Remark]:
    """What it collides with, both sides named, and what is free instead."""
    from officetui.office import clashes

    if register.id not in clashes.CHECKED or not clashes.CELLS & set(values):
        return []
    draft = Record(register.id, {**record.cells, **values, "id": record.id})
    clashing = clashes.find(view, draft.cells, record.id, register.id)
    found = [(clash.words(clash.first), clash.severity) for clash in clashing]
    found += [(words, "hint") for words in clashes.ways_out(view, draft, clashing)]
    return [Remark(visible(words, limit=200), severity=how) for words, how in found]
