"""Rules of the leaders' schedule 领导日程, and of the spans of meetings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from officetui.registers import spans
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.rule import Cells, Rule
from officetui.registers.schedule_parts import LEAVE
from officetui.registers.view import View
from officetui.text.i18n import N_

_LEAVE = "党政机关请销假制度"
_MOST = 31  # days of a span that are compared with leaves


def _ends_first(cells: Cells, record_id: str, view: View) -> str:
    return "end" if spans.ends_before_start(cells.get("start"), cells.get("end")) else ""


def _is_leave(cells: Cells) -> bool:
    return cells.get("kind") == LEAVE


def _days(cells: Cells) -> list[Any]:
    found = spans.days(Record("schedule", {**cells, "id": ""}))
    if found is None:
        return []
    first, last = found
    return [first + timedelta(days=n) for n in range(min((last - first).days, _MOST) + 1)]


def _is_away(name: object, cells: Cells, view: View) -> bool:
    person = view.person(str(name)) if name else None
    return person is not None and any(away_until(person, day) for day in _days(cells))


def _away(cells: Cells, record_id: str, view: View) -> str:
    """Somebody who is on leave then cannot go anywhere; a leave itself may be noted again."""
    if _is_leave(cells) or cells.get("kind") == "in":
        return ""
    if _is_away(cells.get("leader"), cells, view):
        return "leader"
    companions = cells.get("companions")
    others = companions if isinstance(companions, list) else []
    return "companions" if any(_is_away(name, cells, view) for name in others) else ""


def _nobody_deputises(cells: Cells, record_id: str, view: View) -> str:
    return "deputy" if _is_leave(cells) and not cells.get("deputy") else ""


def _deputy_away(cells: Cells, record_id: str, view: View) -> str:
    name = cells.get("deputy")
    if not name:
        return ""
    return "deputy" if name == cells.get("leader") or _is_away(name, cells, view) else ""


def _no_end(cells: Cells, record_id: str, view: View) -> str:
    return "end" if _is_leave(cells) and not cells.get("end") else ""


_SPAN = ("start", "end", "kind")

RULES: tuple[Rule, ...] = (
    Rule(
        "schedule.end",
        "schedule",
        N_("It ends before it begins."),
        "时间起止",
        "block",
        _ends_first,
        of=("start", "end"),
    ),
    Rule(
        "meetings.end",
        "meetings",
        N_("It ends before it begins."),
        "时间起止",
        "block",
        _ends_first,
        of=("start", "end"),
    ),
    Rule(
        "schedule.away",
        "schedule",
        N_("Somebody who is on leave then is sent nowhere."),
        _LEAVE,
        "warn",
        _away,
        of=("leader", "companions", *_SPAN),
    ),
    Rule(
        "schedule.deputy",
        "schedule",
        N_("A leave names who deputises."),
        _LEAVE,
        "hint",
        _nobody_deputises,
        of=("deputy", "kind"),
    ),
    Rule(
        "schedule.deputy_away",
        "schedule",
        N_("Who deputises is there, and another person."),
        _LEAVE,
        "warn",
        _deputy_away,
        of=("deputy", *_SPAN),
    ),
    Rule(
        "schedule.until",
        "schedule",
        N_("A leave says until when."),
        _LEAVE,
        "hint",
        _no_end,
        of=("end", "kind"),
    ),
)
