"""Records, steps and the board as plain objects: what `--json` prints.

The shapes are a promise to scripts (docs/command-line.md): keys are added, never changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from officetui.office import clashes, numbers, withheld
from officetui.office.look import Glance
from officetui.registers.model import Field, Register, Step
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import needs, offers, skipped, utc_text
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.office.board import (
        Attention,
        Board,
        ErrandRow,
        FollowupRow,
        MeetingRow,
        Seat,
        VehicleRow,
        Where,
    )
    from officetui.office.office import Office

Object = dict[str, Any]


def record_object(office: Office, record: Record) -> Object:
    """A record: id, register, short id, state, and its stored cells; `awaits_number`, true, where
    its official number is still to come."""
    record = withheld.shown(office, record)
    head = {
        "id": record.id,
        "register": record.register,
        "short": office.short(record),
        "state": record.get("state"),
    }
    found = {**head, **{k: v for k, v in record.cells.items() if k not in head}}
    if numbers.awaits(office, record):
        found["awaits_number"] = True
    return found


def need_object(need: Any, field: Field, offer: Any = None) -> Object:
    """An input of a step: how it is called, whether it must be given, what it may be."""
    found: Object = {
        "field": field.name,
        "label": field.title(),
        "kind": field.kind,
        "required": need.required,
    }
    if field.choices:
        found["choices"] = [choice.value for choice in field.choices]
    if offer is not None:
        found["offer"] = offer
    return found


def step_object(register: Register, step: Step) -> Object:
    """A step of a workflow; `to` is null when the state stays."""
    return {
        "step": step.id,
        "label": _(step.label),
        "from": sources(register, step),
        "to": step.target,
        "needs": [need_object(need, field) for need, field in needs(register, step)],
        "who": step.who,
        "key": step.key,
    }


def sources(register: Register, step: Step) -> list[str]:
    """The states a step can be taken from, written out."""
    return list(step.sources) or [state.id for state in register.states if not state.finished]


def detail_object(office: Office, record: Record, history: bool) -> Object:
    """A record with its children, what is in conflict, and the steps it allows now."""
    from officetui.office.conflicts import conflicts_of

    table = BY_ID[record.register]
    found = record_object(office, record)
    if record.trashed:
        found["trashed"] = True
    found["children"] = {
        child.id.partition(".")[2]: [
            record_object(office, one) for one in office.children(record, child.id)
        ]
        for child in table.children
    }
    found["linked"] = [record_object(office, one) for one in office.linked(record)]
    found["conflicts"] = [conflict_object(one) for one in conflicts_of(record)]
    found["steps"] = []
    for step in office.steps(record):
        held = offers(table, step, record, office)
        told = step_object(table, step)
        told["needs"] = [
            need_object(need, field, held.get(field.name)) for need, field in needs(table, step)
        ]
        if step.shows is not None:
            told["shows"] = step.shows(record, office)
        found["steps"].append(told)
    found["early"] = [
        {"step": step.id, "label": _(step.label), "before": [one.id for one in waits]}
        for step in office.early_steps(record)
        if (waits := skipped(table, record, step))
    ]
    if history:
        found["history"] = [
            {
                "at": utc_text(event.at),
                "user": event.user,
                "action": event.action,
                "text": event.sentence,
                "changes": [
                    {"field": label, "before": before, "after": after}
                    for label, before, after in event.changes
                ],
            }
            for event in office.history(record)
        ]
    return found


def conflict_object(found: Any) -> Object:
    """One cell with several values (`office.conflicts.Conflict`)."""
    return {
        "register": found.register,
        "id": found.id,
        "cell": found.cell,
        "values": [
            {"value": v.value, "user": v.user, "at": utc_text(v.at), "writer": v.writer}
            | ({"deleted": True} if v.deleted else {})
            | ({"id": v.id} if v.id else {})
            for v in found.values
        ],
        "kind": found.kind,
    }


def board_object(office: Office, board: Board) -> Object:
    """The board: what it shows of each panel, as records, and what needs attention."""
    # Of today the clock is asked: reading zones costs as much as all the rest.
    now = office.now if board.day == office.today else office.instant(board.now)
    look = Glance(office, now)
    instead: dict[str, list[str]] = {}  # what is free, by the side of clashes that gives way
    found: Object = {
        "date": board.day.isoformat(),
        "now": _moment(board.now),
        "office": board.office,
        "user": board.user,
        "duty": [_seat(office, seat) for seat in board.seats],
        "documents": [],
        "meetings": [_meeting(office, row) for row in board.meetings],
        "reception": [],
        "whereabouts": [_where(one) for one in board.whereabouts],
        "followups": [_followup(office, row) for row in board.followups],
        "errands": [_errand(office, row) for row in board.errands],
        "vehicles": [_vehicle(one) for one in board.vehicles],
        "attention": [_attention(look, one, instead) for one in board.attention],
        "counts": board.counts,
    }
    errands = {row.ref for row in board.errands}
    for due in board.due:
        panel = due.ref.partition("/")[0]
        if panel in ("meetings", "followups") or due.ref in errands:
            continue  # it stands among the meetings (names for one), the follow-ups, the errands
        row = _of(office, due.ref)
        row |= {"next": due.next, "holder": due.holder, "due_today": True}
        found.setdefault(panel, []).append(row)
    for paper in board.papers:
        row = _of(office, paper.ref) | {"next": paper.next, "holder": paper.holder}
        found["documents"].append(row)
    for late in board.overdue:
        for ref in late.refs:
            if ref.startswith("documents/"):
                found["documents"].append(_of(office, ref) | {"holder": late.person or None})
    shown = {row["id"] for row in found["reception"]}
    for visitor in board.visitors:
        row = _of(office, visitor.ref)
        if row["id"] not in shown:
            found["reception"].append(row | {"holder": visitor.owner})
    return found


def _of(office: Office, ref: str) -> Object:
    record = office.get(ref)
    assert record is not None, f"the board names {ref}, which is not there"
    return record_object(office, record)


def _seat(office: Office, seat: Seat) -> Object:
    return _of(office, seat.ref) | {
        "label": seat.label,
        "status": seat.status,
        "running": seat.running,
        "attention": seat.mark,
        "red": seat.red,
    }


def _meeting(office: Office, row: MeetingRow) -> Object:
    return _of(office, row.ref) | {
        "answered": list(row.answered),
        "prepared": list(row.prepared),
        "lacks": row.lacks or None,
        "clash": row.clash or None,
        "attention": row.mark,
    }


def _where(one: Where) -> Object:
    return {
        "person": one.person,
        "post": one.about,
        "where": one.where,
        "text": one.words,
        "ref": one.ref,
        "refs": list(one.refs),
        "attention": one.mark,
    }


def _followup(office: Office, row: FollowupRow) -> Object:
    return _of(office, row.ref) | {
        "colour": row.colour or None,
        "left": row.left,
        "next": row.next,
        "holder": row.owner,
        "attention": row.mark,
    }


def _errand(office: Office, row: ErrandRow) -> Object:
    return _of(office, row.ref) | {
        "when": row.when,
        "next": row.next,
        "holder": row.holder,
        "attention": row.mark,
    }


def _vehicle(one: VehicleRow) -> Object:
    return {
        "vehicle": one.name,
        "text": one.words,
        "ref": one.ref or None,
        "busy": one.busy,
        "attention": one.mark,
    }


def _attention(look: Glance, one: Attention, instead: dict[str, list[str]]) -> Object:
    found: list[str] = []
    if one.kind == "clash":
        side = clashes.later(record for ref in one.refs if (record := look.get(ref)) is not None)
        if side is not None:
            if side.ref not in instead:
                instead[side.ref] = clashes.instead_of(look, side)
            found = instead[side.ref]
    hour = "" if one.at is None or one.kind == "unconfirmed duty" else f"{one.at:%H:%M}"
    return {
        "kind": one.kind,
        "text": " ".join(part for part in (hour, one.word, one.text) if part),
        "ids": [ref.partition("/")[2] for ref in one.refs],
        "refs": list(one.refs),
        "at": _moment(one.at) if one.at else None,
        "step": one.step or None,
        "basis": one.basis or None,
        "instead": found,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
