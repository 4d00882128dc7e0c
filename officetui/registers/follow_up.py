"""转督办: the step by which a paper, a visitor's matter, a meeting or its decision becomes a
follow-up, linked to what it came from. What is known of it is not asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.registers import candidates
from officetui.registers.model import Extra, Makes, Need, Step
from officetui.registers.people import leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, _
from officetui.text.words import gist, listed

Cells = dict[str, Any]


def follow_up(key: str, cells: Extra, first: int = 38) -> Step:
    """The step that makes a follow-up with these cells, by this letter."""
    return Step(
        "follow_up",
        N_("Make a follow-up"),
        key,
        needs=(
            Need("content", required=False),
            Need("owner", required=False, among=candidates.staff),
            Need("lead_unit", required=False, among=candidates.units),
            Need("due", required=False),
            Need("standard", required=False),
        ),
        makes=Makes("followups", cells),
        first=first,
    )


def _raised(record: Record, inputs: Mapping[str, Any], view: View, cells: Cells) -> Cells:
    """With what every follow-up has: when it was raised, and the unit of its owner."""
    found = {name: value for name, value in cells.items() if value not in (None, "", [], ())}
    found["raised_at"] = view.local.isoformat(timespec="minutes")
    person = view.person(str(inputs.get("owner") or found.get("owner") or ""))
    if not found.get("lead_unit") and person is not None and not leads(person):
        found["lead_unit"] = person.text("unit")
    if record.get("weight"):
        found["weight"] = True
    return found


def of_paper(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """A leader's instruction on a paper, or what a paper from above asks for."""
    title = gist(record.text("title"), record.text("from_org"))
    said = record.text("instruction").strip()
    told = bool(said or record.get("instructed_by"))
    return _raised(
        record,
        inputs,
        view,
        {
            "source": "instruction" if told else "upper",
            "raised_by": record.text("instructed_by") if told else record.text("from_org"),
            "content": _("{matter}: {instruction}").format(matter=title, instruction=said)
            if said
            else title,
            "lead_unit": record.text("lead_unit"),
            "co_units": list(record.words("co_units")),
            "owner": record.text("owner"),
            "due": record.get("due"),
        },
    )


def of_visitor(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """What a visitor asked for."""
    return _raised(
        record,
        inputs,
        view,
        {
            "source": "petition",
            "raised_by": record.text("name") or record.text("unit"),
            "content": record.text("matter"),
            "lead_unit": record.text("transferred_to"),
            "owner": record.text("owner"),
            "due": record.get("due"),
        },
    )


def of_call(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """What was asked for by telephone, or instructed upon it."""
    matter, said = record.text("content").strip(), record.text("instruction").strip()
    unit = record.text("from_unit")
    if record.text("channel") == "inspection":
        source = "inspection"
    elif said:
        source = "instruction"
    elif unit:
        source = "upper" if unit.startswith(("县", "市", "省", "縣")) else "verbal"
    else:
        source = "petition"
    return _raised(
        record,
        inputs,
        view,
        {
            "source": source,
            "raised_by": unit + record.text("caller"),
            "content": _("{matter}: {instruction}").format(matter=matter, instruction=said)
            if said
            else matter,
            "owner": record.text("owner"),
            "due": record.get("due"),
        },
    )


def of_incident(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """What an emergency leaves to be done, or what a leader said of it."""
    said = record.text("instruction").strip()
    matter = " ".join(p for p in (record.text("place"), record.text("matter").strip()) if p)
    return _raised(
        record,
        inputs,
        view,
        {
            "source": "instruction" if said else "verbal",
            "raised_by": record.text("approved_by"),
            "content": _("{matter}: {instruction}").format(matter=matter, instruction=said)
            if said
            else matter,
            "owner": record.text("owner"),
        },
    )


def of_information(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """What a leader said of a piece of information."""
    said, title = record.text("instruction").strip(), record.text("title")
    return _raised(
        record,
        inputs,
        view,
        {
            "source": "instruction" if said else "upper",
            "raised_by": record.text("instructed_by") or listed(record.words("adopted_by")),
            "content": _("{matter}: {instruction}").format(matter=title, instruction=said)
            if said
            else title,
            "lead_unit": record.text("unit"),
            "owner": record.text("owner"),
        },
    )


def of_decision(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """What a meeting decided; `record` is the decision, a child of the meeting."""
    meeting = next((m for m in view.records("meetings") if m.id == record.parent), None)
    return _raised(
        record,
        inputs,
        view,
        {
            "source": "decision",
            "raised_by": meeting.text("title") if meeting is not None else "",
            "content": record.text("what"),
            "owner": record.text("owner"),
            "due": record.get("due"),
        },
    )


def of_meeting(record: Record, inputs: Mapping[str, Any], view: View) -> Cells:
    """What a meeting asked for, where no decision of its own is written down."""
    return _raised(
        record,
        inputs,
        view,
        {
            "source": "decision",
            "raised_by": record.text("title"),
            "content": record.text("title"),
            "owner": "",
        },
    )
