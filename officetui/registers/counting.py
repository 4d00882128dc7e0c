"""Counts of a month: how many of each kind, or how many of each unit against what it owes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from officetui.registers.model import Count, Register
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _, pgettext

QUOTA, LACKS = "quota", "lacks"
_LONGEST = 12  # digits of a sum before the point
Figures = dict[str, int]  # by the id of what is counted; a sum of money in fen


class Month(msgspec.Struct):
    """What was counted of a register in a month ("2026-11"), by group, the greatest first."""

    register: str
    month: str
    groups: list[tuple[str, Figures]]
    total: Figures


def fen(text: str) -> int | None:
    """A sum in yuan, like 386.50 or 1,280元, as fen; None for what is none. A comma stands before
    three digits only: 100,5 may be a hundred or a thousand, and nobody guesses with money."""
    shown = text.strip().removesuffix("元").strip().replace("，", ",")
    whole, dot, part = shown.partition(".")
    first, *groups = whole.split(",")
    digits = first + "".join(groups)
    if not digits.isascii() or not digits.isdigit() or len(digits) > _LONGEST:
        return None
    if groups and not (1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)):
        return None
    if dot and not (part.isascii() and part.isdigit() and len(part) <= 2):
        return None
    return int(digits) * 100 + int(part.ljust(2, "0"))


def yuan(amount: int) -> str:
    """A sum in fen as it is written: 386.50."""
    return f"{amount // 100}.{amount % 100:02}"


def count(register: Register, records: Iterable[Record], month: str, view: View) -> Month:
    """The counts of these records, each once. What a quota asks for and nobody did is there too."""
    assert register.group is not None
    found: dict[str, Figures] = {}
    seen: set[str] = set()
    for record in records:
        if record.id in seen or record.trashed:
            continue
        seen.add(record.id)
        for one in register.counts:
            if not record.text(one.cell).startswith(month) or not one.fits(record):
                continue
            figures = found.setdefault(register.group(record), {})
            amount = (fen(record.text(one.amount)) or 0) if one.amount else 1
            figures[one.id] = figures.get(one.id, 0) + amount
    _owed(register, found, view)
    first = register.counts[0].id
    order = sorted(found, key=lambda name: (-found[name].get(first, 0), name))
    total: Figures = {}
    for figures in found.values():
        for name, value in figures.items():
            total[name] = total.get(name, 0) + value
    for one in register.counts:
        total.setdefault(one.id, 0)
    return Month(register.id, month, [(name, found[name]) for name in order], total)


def _owed(register: Register, found: dict[str, Figures], view: View) -> None:
    """What each unit owes in the month, and how much of it is lacking."""
    quotas: dict[str, Any] = view.setting(register.quota) if register.quota else {}
    first = register.counts[0].id
    for name, quota in quotas.items():
        figures = found.setdefault(name, {})
        figures[QUOTA] = quota
        figures[LACKS] = max(0, quota - figures.get(first, 0))


def label(register: Register, name: str) -> str:
    """What is counted, in the language in use."""
    if name == QUOTA:
        return pgettext("count", "quota")
    if name == LACKS:
        return pgettext("count", "lacking")
    return next((_(one.label) for one in register.counts if one.id == name), name)


def columns(register: Register) -> list[str]:
    """The ids of what is counted, in the order of the table."""
    own = [one.id for one in register.counts]
    return [*own, QUOTA, LACKS] if register.quota else own


def figure(register: Register, name: str, figures: Figures) -> str:
    """One figure of a row as it is written; "" where there is none."""
    if name not in figures:
        return ""
    money = any(one.id == name and one.amount for one in register.counts)
    return yuan(figures[name]) if money else str(figures[name])


def words(register: Register, month: Month) -> list[str]:
    """The month in few words: 采购3 维修2, or with a quota 报9 采用3 差6."""
    said = pgettext("count", "{what} {n}")
    if not register.quota:
        first = register.counts[0].id
        return [said.format(what=name, n=one[first]) for name, one in month.groups if first in one]
    always = [one.id for one in register.counts[:2]]
    return [
        said.format(what=label(register, name), n=month.total[name])
        for name in columns(register)
        if name != QUOTA and (name in always or month.total.get(name))
    ]


__all__ = ["Count", "Month", "columns", "count", "figure", "label", "words"]
