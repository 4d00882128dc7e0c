"""schedule 领导日程 / 去向: who is where, and who is away on leave with whose consent.

One truth for leave: a leave that was approved here counts like one typed into the directory
(`people.away_until` reads both); what is typed there needs no record here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from officetui.registers import candidates, spans
from officetui.registers.model import (
    CLEAR,
    NOW,
    TODAY,
    Column,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.schedule_parts import FIELDS, KINDS, LEAVE, is_leave, leave_days, leaves
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _
from officetui.text.words import listed


def _first_state(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A leave waits for its approval, an outing for nothing; without a kind it is an outing."""
    kind = cells.get("kind") or "out"
    return {"kind": kind, "state": "requested" if kind == LEAVE else "planned"}


def deadline_cell(record: Record) -> str:
    """A leave is approved before it begins and reported back when it ends; an outing is no
    deadline, and a plan that nobody touched passes with its day."""
    if record.state == "requested":
        return "start"
    return "end" if record.state in ("approved", "away") else ""


def ends_after_start(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Why a span cannot be: it would end before it begins."""
    cell = spans.start_cell(record.register)
    start = inputs.get(cell, record.get(cell))
    end = inputs.get("end") if cell in inputs else inputs.get("end", record.get("end"))
    if not spans.ends_before_start(start, end):
        return None
    return _("The end ({end}) is not after the start ({start}).").format(
        start=str(start).replace("T", " "), end=str(end).replace("T", " ")
    )


def moved_end(record: Record, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """A moved span without a new end keeps its length."""
    hours, cell = spans.span(record), spans.start_cell(record.register)
    if inputs.get("end") or not inputs.get(cell) or hours is None or not record.get("end"):
        return {}
    length = hours[1] - hours[0]
    moved = Record(record.register, {"id": record.id, cell: inputs[cell]})
    new = spans.span(moved)
    if new is None:
        return {"end": None}
    end = new[0] + length
    if record.moment("end") is None:
        return {"end": (end - timedelta(days=1)).date().isoformat()}
    return {"end": end.strftime("%Y-%m-%dT%H:%M")}


def _moved(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return moved_end(record, inputs)


def deputies(record: Record, view: View) -> list[str]:
    """Who can stand in: the deputy of the directory first, then the leaders who are there."""
    own = view.person(record.text("leader"))
    usual = own.text("deputy") if own is not None else ""
    names = [usual, *candidates.leaders(record, view)]
    return [name for name in dict.fromkeys(names) if name and name != record.text("leader")]


def _deputy(record: Record, view: View) -> str:
    own = view.person(record.text("leader"))
    return record.text("deputy") or (own.text("deputy") if own is not None else "")


def vehicles(record: Record, view: View) -> list[str]:
    """The office's vehicles."""
    return [str(one) for one in view.setting("vehicles")]


def _title(record: Record) -> str:
    """王建国 11-23/11-25 县委党校学习."""
    place, matter = record.text("place"), record.text("matter")
    what = [matter] if place in matter else [place, matter]
    parts = (record.text("leader"), spans.words(record), *what)
    return " ".join(part for part in parts if part)


def _headline(record: Record) -> str:
    parts = (record.text("leader"), record.text("place"), record.text("matter"))
    return " ".join(part for part in parts if part)


def kind_words(record: Record) -> str:
    """外出, 开会, 请假; by the kind of the entry."""
    return kind_title(record.text("kind"))


def kind_title(kind: str) -> str:
    """What a kind of entry is called."""
    field = SCHEDULE.field("kind")
    assert field is not None
    return field.show(kind)


def _holder(record: Record, view: View) -> str:
    """Who must do something: a leave that is asked for waits for whoever approves it."""
    asked = record.text("approver") if record.state == "requested" else ""
    return asked or record.text("owner") or record.text("leader")


def _next(record: Record) -> str:
    """The step that the menu offers first."""
    return {"requested": "approve", "approved": "report_back", "away": "report_back"}.get(
        record.state, "back" if record.state == "out" else ""
    )


LIVE = ("requested", "approved", "away", "planned", "out")

SCHEDULE: Register = Register(
    id="schedule",
    label=N_("Leaders' schedule"),
    digit="7",
    prefixes=("程", "日程", "去向", "schedule"),
    initial="planned",
    implied=_first_state,
    planned=("end", "start"),
    closed=("closed_at",),
    passing=("planned",),
    day="start",
    until="end",
    due="end",
    due_now=deadline_cell,
    holder=_holder,
    suggests=_next,
    order=lambda record: (record.text("start"), record.text("leader")),
    word=P_("word", "schedule"),
    title=_title,
    heading=_headline,
    fields=FIELDS,
    states=(
        State("requested", P_("leave", "asked for"), P_("leave", "to approve")),
        State("approved", P_("leave", "granted"), P_("leave", "to report back")),
        State("away", P_("leave", "away"), P_("leave", "to report back")),
        State("returned", P_("leave", "reported back"), finished=True),
        State("planned", P_("schedule", "planned"), P_("schedule", "to go")),
        State("out", P_("schedule", "gone out"), P_("schedule", "to come back")),
        State("back", P_("schedule", "is back"), finished=True),
        State("cancelled", N_("cancelled"), finished=True),
    ),
    steps=(
        Step(
            "approve",
            P_("leave", "Approve"),
            "p",
            ("requested",),
            "approved",
            needs=(
                Need("approver", required=False, among=candidates.leaders),
                Need("deputy", required=False, offer=_deputy, among=deputies),
            ),
            sets={"approved_at": TODAY},
            approval=True,
            first=10,
        ),
        Step(
            "leave",
            P_("leave", "Leaves"),
            "l",
            ("approved",),
            "away",
            needs=(Need("deputy", required=False, offer=_deputy, among=deputies),),
            sets={"left_at": NOW},
            first=12,
        ),
        Step(
            "report_back",
            P_("leave", "Reports back"),
            "b",
            ("approved", "away"),
            "returned",
            sets={"closed_at": TODAY, "back_at": NOW},
            first=11,
            order={"approved": 13},
        ),
        Step(
            "prolong",
            P_("leave", "Prolong"),
            "y",
            ("approved", "away"),
            None,
            needs=(Need("end"), Need("reason"), Need("approver", among=candidates.leaders)),
            check=ends_after_start,
            first=20,
            many=False,
        ),
        Step(
            "depart",
            P_("schedule", "Goes"),
            "o",
            ("planned",),
            "out",
            needs=(Need("vehicle", required=False, among=vehicles),),
            sets={"left_at": NOW},
            first=10,
        ),
        Step(
            "back",
            P_("schedule", "Is back"),
            "h",
            ("planned", "out"),
            "back",
            sets={"closed_at": TODAY, "back_at": NOW},
            first=11,
            order={"planned": 13},
        ),
        Step(
            "move",
            N_("Change the time"),
            "w",
            ("requested", "planned", "out"),
            None,
            needs=(
                Need("start"),
                Need("end", required=False, offer=lambda r, v: None),
                Need("place", required=False),
                Need("vehicle", required=False, among=vehicles),
            ),
            check=ends_after_start,
            extra=_moved,
            first=30,
            many=False,
        ),
        Step(
            "substitute",
            P_("schedule", "Someone else goes"),
            "s",
            ("planned",),
            None,
            needs=(Need("leader", among=deputies), Need("reason", required=False)),
            first=35,
            many=False,
        ),
        Step(
            "ask_leave",
            P_("leave", "Ask for approval"),
            "m",
            ("planned",),
            "requested",
            when=is_leave,
            first=9,
        ),
        Step(
            "plan_outing",
            P_("schedule", "Needs no approval"),
            "n",
            ("requested",),
            "planned",
            when=lambda record: not is_leave(record),
            early=False,
            first=9,
        ),
        Step(
            "keep_clash",
            N_("Leave the clash"),
            "v",
            LIVE,
            None,
            needs=(Need("clash_left"),),
            first=42,
            many=False,
        ),
        Step(
            "cancel",
            N_("Cancel"),
            "x",
            ("requested", "approved", "planned"),
            "cancelled",
            needs=(Need("reason", usual=(N_("does not go"), P_("leave", "not approved"))),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        Step(
            "reopen_leave",
            N_("Reopen"),
            "z",
            ("returned", "cancelled"),
            "requested",
            needs=(Need("reason"),),
            sets={"closed_at": CLEAR, "back_at": CLEAR},
            when=is_leave,
            first=60,
        ),
        Step(
            "reopen",
            N_("Reopen"),
            "c",
            ("back", "cancelled"),
            "planned",
            needs=(Need("reason"),),
            sets={"closed_at": CLEAR, "back_at": CLEAR},
            when=lambda record: not is_leave(record),
            first=61,
        ),
    ),
    columns=(
        Column("leader", P_("schedule", "Who"), 8, lambda r, v: r.text("leader")),
        Column("hours", N_("Hours"), 17, lambda r, v: spans.words(r)),
        Column("kind", P_("schedule", "Kind"), 6, lambda r, v: kind_words(r)),
        Column("place", P_("schedule", "Place"), 10, lambda r, v: r.text("place")),
        Column("matter", P_("schedule", "Matter"), 16, lambda r, v: r.text("matter"), grow=True),
        Column("state", N_("State"), 8, lambda r, v: SCHEDULE.state_words(r)),
        Column("vehicle", N_("Vehicle"), 6, lambda r, v: r.text("vehicle"), rank=2),
        Column(
            "companions",
            P_("schedule", "With"),
            14,
            lambda r, v: listed(r.words("companions")),
            rank=2,
        ),
        Column("deputy", P_("schedule", "Deputised by"), 8, lambda r, v: r.text("deputy"), rank=2),
        Column("note", N_("Note"), 16, lambda r, v: r.text("note"), rank=3),
    ),
)


__all__ = [
    "FIELDS",
    "KINDS",
    "LEAVE",
    "LIVE",
    "SCHEDULE",
    "deadline_cell",
    "ends_after_start",
    "is_leave",
    "kind_title",
    "kind_words",
    "leave_days",
    "leaves",
    "moved_end",
]
