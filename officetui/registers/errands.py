"""errands 后勤: what the office sees to for others, from the request to the settled bill.

Supplies, repairs, vehicles, meals, printing, lodging, seals, mail and overtime: asked for,
approved, done, settled. What cannot wait is done before its approval, which is then filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from officetui.errors import Refused
from officetui.registers import candidates, spans
from officetui.registers.common import NOTE_ANSWER, URGE, postpone, reopen, urgings
from officetui.registers.errands_parts import (
    COSTLESS,
    FIELDS,
    KINDS,
    MAIL,
    MEALS,
    OPEN,
    SEALS,
    TIMED,
    VEHICLES,
    deadline_cell,
    implied,
    is_kind,
    kind_words,
    not_kind,
    people,
    title,
)
from officetui.registers.hospitality import sum_of_money
from officetui.registers.model import (
    CLEAR,
    ME,
    NOW,
    TODAY,
    Column,
    Count,
    Makes,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.schedule import ends_after_start, moved_end, vehicles
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _


def _done(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    days = int(view.setting("errand_settle_days"))
    return {"settle_due": (view.today + timedelta(days=days)).isoformat()}


def _cost(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    return sum_of_money(record, inputs, view) if inputs.get("cost") else None


def _sum(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    given = {"cost": inputs.get("cost") or record.get("cost")}
    return sum_of_money(record, given, view)


def _drivers(record: Record, view: View) -> list[str]:
    """Who has driven the office's vehicles, the last one first, then the staff."""
    trips = [one for one in view.records("errands") if one.get("driver")]
    trips.sort(key=lambda one: one.text("at"), reverse=True)
    found = [*(one.text("driver") for one in trips), *candidates.staff(record, view)]
    return list(dict.fromkeys(found))


def _moved(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return moved_end(record, inputs)


def _to_schedule(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The outing that a trip is, for the leaders' whereabouts."""
    return {
        "leader": record.text("for_whom"),
        "kind": "out",
        "start": record.text("at"),
        "end": record.text("end"),
        "place": record.text("place"),
        "matter": record.text("content").replace("\n", " "),
        "companions": list(record.words("passengers")),
        "vehicle": record.text("vehicle"),
        "owner": record.text("owner"),
    }


def progress(record: Record, view: View) -> str:
    """What it waits for, by its kind."""
    if record.state == "approved" and record.text("kind") == VEHICLES:
        return _("vehicle to send") if not record.get("vehicle") else _("to drive")
    if record.state == "approved" and record.text("kind") == SEALS:
        return _("to seal")
    return ERRANDS.next_words(record)


def next_step(record: Record) -> str:
    """The step that is to be taken now; "" when it is over."""
    kind = record.text("kind")
    if record.state == "requested":
        return "approve"
    if record.state == "done":
        return "settle"
    if record.state != "approved":
        return ""
    if kind == VEHICLES and not record.get("vehicle"):
        return "dispatch"
    return {SEALS: "seal", MAIL: "finish"}.get(kind, "done")


def _holder(record: Record, view: View) -> str:
    """Who must do something: a request waits for whoever approves it, if that is known."""
    asked = record.text("approver") if record.state == "requested" else ""
    return asked or record.text("owner")


ERRANDS: Register = Register(
    id="errands",
    label=N_("Errands"),
    digit="7",
    prefixes=("勤", "后勤", "後勤", "errand"),
    initial="requested",
    implied=implied,
    planned=("at",),
    closed=("closed_at",),
    day="at",
    due="due",
    due_now=deadline_cell,
    holder=_holder,
    since=lambda r, v: r.day("approved_at") or r.moment("at") or r.day("at"),
    progress=progress,
    presses="urge",
    pressed={"requested": "approve", "done": "settle"},
    suggests=next_step,
    heading=title,
    word=P_("word", "errand"),
    title=title,
    group=kind_words,
    counts=(
        Count("count", P_("count", "number"), "at", lambda r: r.state != "cancelled"),
        Count("done", P_("errand", "done"), "at", lambda r: r.state in ("done", "settled")),
        Count("cost", P_("count", "cost"), "at", lambda r: bool(r.get("cost")), "cost"),
    ),
    fields=FIELDS,
    states=(
        State("requested", P_("errand", "asked for"), P_("errand", "to approve")),
        State("approved", P_("errand", "approved"), P_("errand", "to do")),
        State("done", P_("errand", "done"), N_("to settle")),
        State("settled", P_("errand", "settled"), finished=True),
        State("cancelled", N_("cancelled"), finished=True),
    ),
    steps=(
        Step(
            "approve",
            P_("errand", "Approve"),
            "p",
            ("requested",),
            "approved",
            needs=(Need("approver", among=candidates.leaders),),
            sets={"approved_at": TODAY},
            approval=True,
            first=10,
        ),
        Step(
            "dispatch",
            N_("Send a vehicle"),
            "v",
            OPEN,
            None,
            needs=(
                Need("vehicle", among=vehicles),
                Need("driver", required=False, among=_drivers),
                Need("end", required=False),
            ),
            check=ends_after_start,
            when=is_kind(VEHICLES),
            many=False,
            first=12,
        ),
        Step(
            "done",
            P_("errand", "Done"),
            "y",
            ("approved",),
            "done",
            needs=(Need("cost", required=False), Need("result", required=False)),
            sets={"done_at": NOW},
            check=_cost,
            extra=_done,
            when=not_kind(*COSTLESS),
            first=11,
        ),
        Step(
            "finish",
            P_("errand", "Finished"),
            "f",
            ("approved",),
            "settled",
            needs=(Need("result", required=False),),
            sets={"done_at": NOW, "closed_at": TODAY},
            when=is_kind(MAIL),
            first=11,
        ),
        Step(
            "seal",
            P_("errand", "Seal it"),
            "s",
            ("approved",),
            "settled",
            needs=(
                Need("sealed_by", offer=ME),
                Need("seal", stands=True),
                Need("copies", stands=True),
            ),
            sets={"done_at": NOW, "sealed_at": NOW, "closed_at": TODAY},
            when=is_kind(SEALS),
            first=11,
        ),
        Step(
            "settle",
            N_("Settle"),
            "c",
            ("done",),
            "settled",
            needs=(Need("cost", stands=True),),
            sets={"closed_at": TODAY},
            check=_sum,
            when=not_kind(*COSTLESS),
            first=10,
        ),
        Step(
            "move",
            N_("Change the time"),
            "w",
            OPEN,
            None,
            needs=(
                Need("at"),
                Need("end", required=False, offer=lambda r, v: None),
                Need("vehicle", required=False, among=vehicles),
            ),
            check=ends_after_start,
            extra=_moved,
            when=is_kind(*TIMED),
            many=False,
            first=30,
        ),
        Step(
            "to_schedule",
            N_("Into the leaders' schedule"),
            "h",
            OPEN,
            None,
            needs=(
                Need("leader"),
                Need("matter"),
                Need("place", required=False),
            ),
            makes=Makes("schedule", _to_schedule, link="source"),
            when=is_kind(VEHICLES),
            many=False,
            first=33,
        ),
        msgspec.structs.replace(postpone("d", OPEN), when=not_kind(*TIMED)),
        Step(
            "assign",
            P_("errand", "Give it to"),
            "o",
            (*OPEN, "done"),
            None,
            needs=(Need("owner", among=candidates.staff),),
            first=32,
        ),
        msgspec.structs.replace(URGE, sources=OPEN),
        NOTE_ANSWER,
        Step(
            "keep_clash",
            N_("Leave the clash"),
            "l",
            OPEN,
            None,
            needs=(Need("clash_left"),),
            when=is_kind(VEHICLES),
            many=False,
            first=42,
        ),
        Step(
            "cancel",
            N_("Cancel"),
            "x",
            OPEN,
            "cancelled",
            needs=(Need("reason", usual=(P_("errand", "not needed"), N_("not approved"))),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        reopen("n", ("settled", "cancelled"), "requested", {"closed_at": CLEAR}),
    ),
    children=(urgings("errands"),),
    columns=(
        Column("at", N_("When"), 11, lambda r, v: r.text("at").replace("T", " ")[5:16]),
        Column("kind", P_("errand", "Kind"), 6, lambda r, v: kind_words(r)),
        Column("whom", P_("errand", "For whom"), 10, lambda r, v: r.text("for_whom")),
        Column(
            "content",
            P_("errand", "What for"),
            18,
            lambda r, v: r.text("content").replace("\n", " "),
            grow=True,
        ),
        Column("state", N_("Next step"), 8, progress),
        Column("owner", N_("Owner"), 8, lambda r, v: r.text("owner")),
        Column("due", N_("Due"), 5, lambda r, v: r.text(deadline_cell(r) or "due")[5:10]),
        Column("vehicle", N_("Vehicle"), 6, lambda r, v: r.text("vehicle"), rank=2),
        Column("driver", N_("Driver"), 8, lambda r, v: r.text("driver"), rank=2),
        Column("cost", N_("Cost"), 8, lambda r, v: r.text("cost"), rank=2),
        Column("seal", N_("Which seal"), 10, lambda r, v: r.text("seal"), rank=3),
        Column("approver", N_("Approved by"), 8, lambda r, v: r.text("approver"), rank=3),
    ),
)

__all__ = [
    "ERRANDS",
    "KINDS",
    "MEALS",
    "OPEN",
    "SEALS",
    "TIMED",
    "VEHICLES",
    "deadline_cell",
    "kind_words",
    "next_step",
    "people",
    "progress",
    "spans",
]
