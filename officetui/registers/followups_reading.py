"""How a follow-up reads: its colour, the units asked, where it comes from, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from officetui.registers.followups_parts import FIELDS, STATES
from officetui.registers.people import away_until, called, leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import overdue_words

GREEN, YELLOW, RED = "green", "yellow", "red"
COLOURS = (RED, YELLOW, GREEN)
LOOKS: Mapping[str, str] = {GREEN: "good", YELLOW: "warn", RED: "alert"}
DOING = ("raised", "broken_down", "assigned", "in_hand")
_FINISHED = frozenset(state.id for state in STATES if state.finished)
_STATES = {state.id: state for state in STATES}
# A count of units is read with what they are: 缺7村.
_KINDS_OF_UNITS = ("村", "社区", "社區", "校", "企业", "企業")


def in_charge(record: Record, view: View) -> str | None:
    """The leader to whom it is reported: who raised it, else the one of whose work (portfolio) its
    words and units say most; never who answers for it. Who is away is answered for by the deputy.
    """
    owner = record.text("owner")
    raised = view.person(record.text("raised_by"))
    if raised is not None and leads(raised) and raised.text("name") != owner:
        return _present(raised, view)
    said = " ".join([record.text("content"), record.text("lead_unit"), *record.words("co_units")])
    best, most = None, 0
    for person in view.records("people"):
        if not leads(person) or person.text("name") == owner:
            continue
        found = sum(len(word) for word in person.words("portfolio") if word and word in said)
        if found > most:
            best, most = person, found
    return _present(best, view) if best is not None else None


def _present(person: Record, view: View) -> str:
    deputy = person.text("deputy") if away_until(person, view.today) else ""
    return deputy or person.text("name")


# Green, yellow, red


def shade(due: date, today: date, setting: Mapping[str, Any]) -> str:
    """The colour of a deadline on a day. `setting` (followup_colours): from how many calendar
    days before it is `yellow`, and `red`; what is overdue is red."""
    days = (due - today).days
    if days <= int(setting["red"]):
        return RED
    return YELLOW if days <= int(setting["yellow"]) else GREEN


def colour(record: Record, view: View) -> str:
    """green, yellow or red; "" when it is finished or has no deadline."""
    due = view.calendar.deadline(record.get("due"))
    if due is None or record.state in _FINISHED:
        return ""
    return shade(due.date(), view.today, view.setting("followup_colours"))


def colour_name(name: str) -> str:
    """The word for a colour: what is told by colour is told in words, too."""
    return {
        GREEN: pgettext("colour", "green"),
        YELLOW: pgettext("colour", "yellow"),
        RED: pgettext("colour", "red"),
    }.get(name, "")


def left_words(record: Record, view: View) -> str:
    """How much is left until the deadline: 5天, 今天, 逾2天; that there is none."""
    if record.state in _FINISHED:
        return ""
    due = view.calendar.deadline(record.get("due"))
    if due is None:
        return _("no due date")
    days = (due.date() - view.today).days
    late = overdue_words(due, view.local)
    if late or not days:
        return late or _("today")
    return ngettext("{n} day", "{n} days", days).format(n=days)


def colour_words(record: Record, view: View) -> str:
    """红 逾2天."""
    name = colour_name(colour(record, view))
    return " ".join(part for part in (name, left_words(record, view)) if part)


# Units asked


def asked(record: Record, view: View) -> list[Record]:
    """The units that something is collected from."""
    return view.children(record, "units") if record.get("collecting") else []


def missing(record: Record, view: View) -> list[str]:
    """The units that have not reported, or were sent back."""
    return [u.text("unit") for u in asked(record, view) if u.state != "reported"]


def _kind_of(units: list[Record]) -> str:
    names = [unit.text("unit") for unit in units]
    for kind in _KINDS_OF_UNITS:
        if 2 * sum(1 for name in names if name.endswith(kind)) > len(names):
            return kind
    return ""


def tally(record: Record, view: View) -> str:
    """How many units have reported: 11/18村; "" where nothing is collected."""
    units = asked(record, view)
    if not units:
        return ""
    done = sum(1 for unit in units if unit.state == "reported")
    return f"{done}/{len(units)}{_kind_of(units)}"


def progress(record: Record, view: View) -> str:
    """What it waits for: units that are missing, else its state."""
    if record.state in DOING:
        units = asked(record, view)
        lacking = sum(1 for unit in units if unit.state != "reported")
        if lacking:
            return _("{n}{units} missing").format(n=lacking, units=_kind_of(units))
    state = _STATES.get(record.state)
    return _(state.waiting or state.label) if state else record.state


def progress_column(record: Record, view: View) -> str:
    """In a list: 11/18村 缺7村, or the state and how far it is."""
    words = [tally(record, view), progress(record, view)]
    if not words[0]:
        told = [f.whole("progress") for f in view.children(record, "feedback")]
        known = [n for n in told if n is not None]
        words = [words[1], f"{known[-1]}%" if known else ""]
    return " ".join(word for word in words if word)


# Words


def source_words(record: Record, view: View) -> str:
    """Where it comes from, as people say it: 王书记批示, 县委督查室."""
    who = record.text("raised_by")
    person = view.person(who) if who else None
    who = (called(person) if person else "") or who
    source = record.text("source")
    if source == "upper" and who:
        return who
    said = {
        "decision": pgettext("source", "decided"),
        "instruction": pgettext("source", "instructed"),
        "verbal": pgettext("source", "asked"),
        "petition": pgettext("source", "petition"),
        "inspection": pgettext("source", "inspection"),
    }.get(source, "")
    if who and said:
        return _("{who} {said}").format(who=who, said=said)
    field = next(field for field in FIELDS if field.name == "source")
    return who or field.show(record.get("source"))


def badge(record: Record) -> str:
    number = record.text("no")
    return pgettext("badge", "F {n}").format(n=number) if number else ""


def headline(record: Record) -> str:
    return record.text("content").replace("\n", " ")


def holder(record: Record, view: View) -> str:
    """Who has it: its owner, whatever it waits for."""
    return record.text("owner")


def held_since(record: Record, view: View) -> date | datetime | None:
    """Since which day, or local moment, its owner has it."""
    return record.day("held_from") or record.moment("raised_at") or record.day("raised_at")
