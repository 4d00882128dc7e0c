"""What a rule at entry is: id, what is said, its source, and how strictly it is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

from officetui.registers.record import Record
from officetui.registers.view import View

Severity = Literal["off", "hint", "warn", "block"]
SEVERITIES: tuple[Severity, ...] = ("off", "hint", "warn", "block")
Cells = Mapping[str, Any]


class Rule(msgspec.Struct, frozen=True):
    """One rule of a register; `register` "" means every register.

    `of`: the cells it looks at, none for all; a step that writes none of them is not judged by it.
    `broken(cells, id, view)` gives the field at fault, "" while the rule holds; `id` is "" for a
    record that is not there yet. `mended(cells, view)` is the value that this field should have,
    or None; `other(cells, id, view)` the record that it is broken by, to be named and opened.
    All of them are asked at every key, and read no file.
    """

    id: str
    register: str
    text: str
    source: str
    severity: Severity
    broken: Callable[[Cells, str, View], str]
    of: tuple[str, ...] = ()
    mended: Callable[[Cells, View], Any] | None = None
    other: Callable[[Cells, str, View], Record | None] | None = None


class Verdict(msgspec.Struct, frozen=True):
    """A rule that a record breaks, as it is said to a person; `other` is the record it is broken
    by, perhaps with a few of its cells only."""

    rule: str
    severity: Severity
    field: str
    text: str
    mended: Any = None
    other: Record | None = None
