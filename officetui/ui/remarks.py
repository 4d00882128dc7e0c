"""What to know before a form is saved: broken rules, clashes, why a step would be refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from officetui.errors import Refused
from officetui.office.tables import (
    CLASSIFIED,
    Record,
    Register,
    Step,
    Verdict,
    View,
    judge,
    start_cell,
    told,
)
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.clashes import Way
    from officetui.ui.screens.base import BaseScreen

# The keys that take the ways out of a clash, wherever one is being typed.
WAY_KEYS: Final = ("f2", "f3", "f4", "f5")


class Remark(msgspec.Struct, frozen=True):
    """Something to know before saving. `field`: where it is shown, "" below all of them.

    `mended`: the value the field should have; `other`: a record it is about; `secret`: what was
    typed must be kept nowhere; `ways`: what is free instead.
    """

    text: str
    field: str = ""
    severity: str = "warn"
    mended: Any = None
    other: str = ""
    secret: bool = False
    ways: tuple[Way, ...] = ()


def ways_words(ways: Sequence[Way]) -> str:
    """What is free instead, each with its key: F2 三楼大会议室  F3 16:00."""
    pairs = zip(WAY_KEYS, ways, strict=False)
    return "  ".join(f"{key.upper()} {visible(way.words, limit=40)}" for key, way in pairs)


def remarks(
    register: Register, step: Step | None, record: Record, values: Mapping[str, Any], view: View
) -> list[Remark]:
    """What to know before saving: why a step would be refused, which rules are broken, what
    it collides with."""
    found = []
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    if step is not None and step.check is not None:
        reason = step.check(record, given, view)
        if isinstance(reason, Refused):
            found.append(Remark(visible(reason.message, limit=200), reason.field))
        elif reason:
            found.append(Remark(visible(reason, limit=200)))
    found += [_said(verdict) for verdict in _judged(register, step, record, values, view)]
    found += _clashing(register, step, record, values, view)
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
    register: Register, step: Step | None, record: Record, values: Mapping[str, Any], view: View
) -> list[Remark]:
    """What it collides with, both sides named, and what is free instead."""
    from officetui.office import clashes

    if register.id not in clashes.CHECKED or not clashes.CELLS & set(values):
        return []
    cells = {**record.cells, **values, "id": record.id}
    if step is not None and step.extra is not None and values.get(start_cell(register.id)):
        given = {name: value for name, value in values.items() if value not in (None, "", [])}
        cells |= step.extra(record, given, view)  # what is moved keeps its length
    draft = Record(register.id, cells)
    clashing = clashes.find(view, draft.cells, record.id, register.id)
    found = [
        Remark(visible(clash.words(clash.first), limit=200), severity=clash.severity)
        for clash in clashing
    ]
    found += [
        Remark(visible(words, limit=200), severity="hint")
        for words in clashes.ways_out(view, draft, clashing)
    ]
    ways = [way for way in clashes.ways(view, draft, clashing) if way.cells.keys() <= values.keys()]
    return [*found, Remark("", severity="hint", ways=tuple(ways))] if ways else found


def say_instead(screen: BaseScreen, refs: Sequence[str]) -> None:
    """Say in the status line what is free instead for one of these records that collide."""
    from officetui.office import clashes

    records = [one for ref in refs if (one := screen.office.get(ref)) is not None]
    words = clashes.instead(screen.office, records)
    if words:
        screen.say(visible("  ".join(words), limit=200))
