"""Why this person: the reason of a cell of the roster in words."""

from __future__ import annotations

from datetime import date

from officetui.office.roster import Plan
from officetui.registers.calendar import DAY_TYPES, day_type_words
from officetui.registers.duty import DUTY
from officetui.registers.roster_parts import Barred, Cell, Standing
from officetui.text.i18n import P_, _, ngettext
from officetui.text.words import clauses

_MOST_BARRED = 4
_UNEVEN = 3  # rest days more than another

_DECIDED = {
    "kind": P_("roster", "fewest turns on such days"),
    "turns": P_("roster", "fewest turns in this line"),
    "idle": P_("roster", "longest without a turn in this line"),
    "total": P_("roster", "fewest turns over all"),
    "order": P_("roster", "first in the order of the directory"),
    "forward": P_("roster", "earlier than in turn, for another duty comes in between"),
    "only": P_("roster", "nobody else is free"),
}


def type_words(kind: str) -> str:
    """A day type; of a day in an unknown year, that it is not known."""
    for known in DAY_TYPES:
        if kind == known:
            return day_type_words(known)
    return _("not known")


def line_words(plan: Plan, line: str) -> str:
    """What the office calls a line."""
    for one in plan.roster.lines:
        if one.id == line:
            return _(one.label)
    return line


def reason(plan: Plan, cell: Cell) -> str:
    """Why this person, in one line: 3 turns in this line, last 11-02; next best 何静, 4 turns."""
    if cell.by == "kept":
        return _kept(plan, cell)
    if cell.by == "sunday":
        return _("a weekend is one turn")
    if cell.by == "none" or cell.standing is None:
        parts = [_("nobody is free")]
        parts += [_barred(plan, cell, one) for one in cell.barred]
        return clauses(parts)
    parts = [_(_DECIDED[cell.by]), _standing(cell.standing, cell.day)]
    if cell.next is not None:
        words = _("next best {name}: {standing}")
        parts.append(words.format(name=cell.next.name, standing=_standing(cell.next, cell.day)))
    parts += [_barred(plan, cell, one) for one in cell.barred[:_MOST_BARRED]]
    more = len(cell.barred) - _MOST_BARRED
    if more > 0:
        parts.append(ngettext("{n} more not free", "{n} more not free", more).format(n=more))
    return clauses(parts)


def hints(plan: Plan) -> list[str]:
    """Lines whose rest days and holidays fall to the same people, in sentences."""
    said = []
    for line in plan.roster.lines:
        if line.by_day_type:
            continue
        free = {
            one.person: one.days.get("rest", 0) + one.days.get("holiday", 0)
            for one in plan.roster.balance
            if one.line == line.id and not one.away
        }
        share = sum(free.values()) / len(free) if free else 0
        if free and max(free.values()) > max(min(free.values()) + _UNEVEN, 1.6 * share):
            name = max(free, key=lambda person: free[person])
            words = _(
                "{line}: {name} has {n} of {all} rest days and holidays; “by_day_type” of the line"
                " lets them go round."
            )
            total = sum(free.values())
            said.append(words.format(line=_(line.label), name=name, n=free[name], all=total))
    return said


def _kept(plan: Plan, cell: Cell) -> str:
    record = plan.was(cell)
    if record is None:
        return _("stays")
    if record.text("planned_person"):
        words = _("stays: the turn of {name}, served by {other}")
        return words.format(name=record.text("planned_person"), other=record.text("person"))
    state = DUTY.state(record.state)
    return _("stays: {state}").format(state=_(state.label) if state else record.state)


def _standing(one: Standing, day: date) -> str:
    words = ngettext("{n} turn", "{n} turns", one.turns).format(n=one.turns)
    if one.counted != one.turns:
        words = _("{turns} (counted as {n}, was away)").format(turns=words, n=one.counted)
    if one.last is None:
        return words
    last = f"{one.last:%m-%d}" if one.last.year == day.year else one.last.isoformat()
    return _("{turns}, last {date}").format(turns=words, date=last)


def _barred(plan: Plan, cell: Cell, one: Barred) -> str:
    """Why somebody was not taken."""
    name, line = one.name, line_words(plan, one.line)
    if one.why == "leave" and one.until is not None:
        return _("{name} is on leave until {date}").format(name=name, date=one.until.isoformat())
    words = {
        "left": _("{name} has left"),
        "joined": _("{name} comes later"),
        "shift": _("{name} has {line} that day"),
        "before": _("{name} has {line} the day before"),
        "after": _("{name} has {line} the day after"),
        "sunday": _("{name} is not free on Sunday"),
        "needed": _("{name} is needed for {line}"),
    }
    return words.get(one.why, "{name}").format(name=name, line=line)
