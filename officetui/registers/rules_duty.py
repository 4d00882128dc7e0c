"""Rules of the duty roster 值班."""

from __future__ import annotations

from officetui.registers.calendar import UnknownYear
from officetui.registers.duty_turns import hours
from officetui.registers.people import away_until
from officetui.registers.record import Record, day_of
from officetui.registers.rule import Cells, Rule
from officetui.registers.view import View
from officetui.text.i18n import N_

_SEAT = ("date", "line", "person")
_DUTY = "值班制度"


def _away(cells: Cells, record_id: str, view: View) -> str:
    """Somebody on leave, or gone, or who has not come yet."""
    day = day_of(cells.get("date"))
    person = view.person(str(cells.get("person") or ""))
    if day is None or person is None:
        return ""
    joined = person.day("joined")
    return "person" if away_until(person, day) or (joined is not None and day < joined) else ""


def _twice(cells: Cells, record_id: str, view: View) -> str:
    return "person" if _other_turn(cells, record_id, view) is not None else ""


def _other_turn(cells: Cells, record_id: str, view: View) -> Record | None:
    """Another turn of the same person on that day, or in those hours."""
    day, name = day_of(cells.get("date")), cells.get("person")
    if day is None or not name:
        return None
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    own = lines.get(str(cells.get("line")))
    for other in _turns(view).get(str(name), ()):
        its_day = other.day("date")
        if other.id == record_id or its_day is None:
            continue
        if abs((its_day - day).days) > 1:
            continue
        line = lines.get(other.text("line"))
        if its_day == day:
            return other
        if own is not None and line is not None:
            mine, its = hours(own, day), hours(line, its_day)
            if mine.start < its.end and its.start < mine.end:
                return other
    return None


def _turns(view: View) -> dict[str, list[Record]]:
    """The turns of each person, kept until the roster changes: an import asks it of every row."""

    def make() -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for seat in view.records("duty"):
            found.setdefault(seat.text("person"), []).append(seat)
        return found

    return view.memo("turns by person", ("duty",), make)


def _unknown_year(cells: Cells, record_id: str, view: View) -> str:
    day = day_of(cells.get("date"))
    if day is None:
        return ""
    try:
        view.calendar.day_type(day)
    except UnknownYear:
        return "date"
    return ""


RULES: tuple[Rule, ...] = (
    Rule(
        "duty.away",
        "duty",
        N_("Nobody has a turn who is on leave, has left, or has not come yet that day."),
        _DUTY,
        "warn",
        _away,
        of=("date", "person"),
    ),
    Rule(
        "duty.twice",
        "duty",
        N_("One turn a day, and none while another one lasts."),
        _DUTY,
        "warn",
        _twice,
        of=_SEAT,
        other=_other_turn,
    ),
    Rule(
        "duty.year",
        "duty",
        N_("The working days of that year are not known yet; enter them in the settings."),
        "国务院办公厅关于部分节假日安排的通知",
        "hint",
        _unknown_year,
        of=("date",),
    ),
)
