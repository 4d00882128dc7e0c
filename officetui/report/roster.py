"""A roster as text and as JSON: the days, the balance, and two settings side by side."""

from __future__ import annotations

from typing import Any

from officetui.office.roster import Plan, balance_spread
from officetui.office.roster_words import line_words, reason, type_words
from officetui.registers.roster_parts import Balance, Cell
from officetui.report.tables import table
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed, weekday_short

_MARKS = {"kept": "=", "changed": "*", "new": "+", "same": "", "empty": "!"}


def days_text(plan: Plan, width: int | None) -> str:
    """A line a day, a column a line. "=": stays as it is, "+": new, "*": somebody else than before,
    "!": nobody is free."""
    roster = plan.roster
    days: dict[Any, dict[str, list[str]]] = {}
    for cell in roster.cells:
        name = _MARKS[plan.fate(cell)] + cell.person
        days.setdefault(cell.day, {}).setdefault(cell.line, []).append(name)
    rows = [
        [
            day.isoformat(),
            weekday_short(day),
            type_words(roster.day_types[day]),
            *(listed(seats.get(line.id, ())) for line in roster.lines),
        ]
        for day, seats in sorted(days.items())
    ]
    heads = [
        _("Date"),
        "",
        pgettext("roster", "Kind of day"),
        *(_(line.label) for line in roster.lines),
    ]
    return table(heads, rows, width, fixed=2) if rows else ""


def reasons_text(plan: Plan, width: int | None) -> str:
    """A line a seat, with why this person."""
    rows = [
        [
            cell.day.isoformat(),
            line_words(plan, cell.line),
            str(cell.seat),
            _MARKS[plan.fate(cell)] + cell.person,
            reason(plan, cell),
        ]
        for cell in plan.roster.cells
    ]
    heads = [_("Date"), _("Line"), _("Seat"), pgettext("duty", "Person"), _("Why this person")]
    return table(heads, rows, width, fixed=4) if rows else ""


def balance_text(plan: Plan, width: int | None) -> str:
    """Turns by line and person, and the days by their type."""
    roster = plan.roster
    kinds = _kinds(plan)
    rows = [
        [
            line_words(plan, one.line),
            one.person,
            str(one.before),
            str(one.turns),
            str(one.before + one.turns),
            *(str(one.days.get(kind, 0) or "") for kind in kinds),
            one.last.isoformat() if one.last else "",
            ngettext("{n} day", "{n} days", one.away).format(n=one.away) if one.away else "",
        ]
        for one in roster.balance
    ]
    heads = [
        _("Line"),
        pgettext("duty", "Person"),
        pgettext("turns", "before"),
        pgettext("turns", "new"),
        pgettext("turns", "together"),
        *(type_words(kind) for kind in kinds),
        pgettext("turns", "last"),
        pgettext("turns", "away"),
    ]
    numbers = "".join(str(at) for at in range(2, 5 + len(kinds)))
    return table(heads, rows, width, right=numbers, fixed=2) if rows else ""


def compared_text(one: Plan, two: Plan, width: int | None) -> str:
    """The balance of two runs side by side."""
    ours, theirs = _by_person(one), _by_person(two)
    rows = []
    for place in dict.fromkeys([*ours, *theirs]):
        a, b = ours.get(place), theirs.get(place)
        name = line_words(one if a else two, place[0])
        rows.append([name, place[1], *_turns(a), *_turns(b)])
    heads = [
        _("Line"),
        pgettext("duty", "Person"),
        _("as set"),
        pgettext("turns", "together"),
        _("tried"),
        pgettext("turns", "together"),
    ]
    return table(heads, rows, width, right="2345", fixed=2) if rows else ""


def compared_words(one: Plan, two: Plan) -> list[str]:
    """What differs between two runs, in sentences."""
    before = {(c.day, c.line, c.seat): c.person for c in one.roster.cells}
    after = {(c.day, c.line, c.seat): c.person for c in two.roster.cells}
    other = sum(before.get(place) != after.get(place) for place in before.keys() | after.keys())
    words = [_("Seats that differ: {n} of {all}").format(n=other, all=len(before.keys() | after))]
    for line in two.roster.lines:
        words.append(
            _("{line}: as set {a}, tried {b}").format(
                line=_(line.label), a=spread_words(one, line.id), b=spread_words(two, line.id)
            )
        )
    return words


def spread_words(plan: Plan, line: str) -> str:
    """How far a line's people are apart, and what is empty."""
    least, most = balance_spread(plan.roster, line)
    words = _("{least} to {most} turns").format(least=least, most=most)
    empty = sum(cell.line == line for cell in plan.roster.empty)
    return words + (_(", {n} seats empty").format(n=empty) if empty else "")


def roster_object(plan: Plan) -> dict[str, Any]:
    """A roster as JSON; see docs/command-line.md."""
    roster = plan.roster
    return {
        "from": roster.first.isoformat(),
        "to": roster.last.isoformat(),
        "lines": [line.id for line in roster.lines],
        "unknown_years": list(plan.unknown),
        "cells": [_cell_object(plan, cell) for cell in roster.cells],
        "balance": [
            {
                "line": one.line,
                "person": one.person,
                "before": one.before,
                "turns": one.turns,
                "days": one.days,
                "last": one.last.isoformat() if one.last else None,
                "days_away": one.away,
            }
            for one in roster.balance
        ],
    }


def _cell_object(plan: Plan, cell: Cell) -> dict[str, Any]:
    record = plan.was(cell)
    return {
        "date": cell.day.isoformat(),
        "day_type": plan.roster.day_types[cell.day],
        "line": cell.line,
        "seat": cell.seat,
        "person": cell.person or None,
        "fate": plan.fate(cell),
        "was": record.text("person") if record is not None else None,
        "by": cell.by,
        "turns": cell.standing.turns if cell.standing else None,
        "counted": cell.standing.counted if cell.standing else None,
        "last": cell.standing.last.isoformat() if cell.standing and cell.standing.last else None,
        "next": cell.next.name if cell.next else None,
        "next_turns": cell.next.turns if cell.next else None,
        "not_free": [{"person": one.name, "why": one.why} for one in cell.barred],
        "why": reason(plan, cell),
    }


def _kinds(plan: Plan) -> list[str]:
    """The day types of the period, in their order."""
    present = {kind for one in plan.roster.balance for kind in one.days}
    order = ("workday", "rest", "holiday", "moved", "unknown")
    return [kind for kind in order if kind in present]


def _by_person(plan: Plan) -> dict[tuple[str, str], Balance]:
    return {(one.line, one.person): one for one in plan.roster.balance}


def _turns(one: Balance | None) -> tuple[str, str]:
    return (str(one.turns), str(one.before + one.turns)) if one else ("", "")
