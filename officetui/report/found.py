"""What a search found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from officetui.office.search import Found, in_order, is_classified
from officetui.registers.registry import BY_ID
from officetui.registers.rules_incoming import ABOUT
from officetui.report.objects import Object, record_object
from officetui.report.tables import table

if TYPE_CHECKING:
    from officetui.office.office import Office


def found_text(office: Office, found: Sequence[Found], width: int | None) -> str:
    """Register by register: short id, day, what it is called, where the words stand."""
    parts = []
    for name, members in groupby(in_order(found), key=lambda one: one.record.register):
        register = BY_ID[name]
        rows = [
            [
                office.short(one.record),
                one.record.text(register.day)[:10] if register.day else "",
                one.heading,
                f"{one.label} {one.text}".strip(),
            ]
            for one in members
        ]
        parts.append(f"{register.name()}\n{table((), rows, width, fixed=2)}")
    return "\n".join(parts)


def found_object(office: Office, one: Found) -> Object:
    """A record with what it is called and where the words stand; of a classified paper only what
    may be recorded of it."""
    cells = record_object(office, one.record)
    if is_classified(one.record):
        kept = ABOUT | {"id", "register", "short", "state"}
        cells = {name: value for name, value in cells.items() if name in kept}
    return {
        **cells,
        "heading": one.heading,
        "found_in": one.label or None,
        "text": one.text or None,
        "year": one.year or None,
    }
