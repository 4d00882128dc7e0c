"""incidents 紧急信息: what must be reported upwards at once, by phone, in writing, and again.

Common practice: by phone within 20 minutes of its becoming known, in writing within 40, then
follow-ups until the final report; the minutes are settings. Nothing that is missing keeps anyone
from reporting, and a report may go out before its approval, which is then filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from officetui.registers import candidates
from officetui.registers.duty_turns import hours
from officetui.registers.follow_up import follow_up, of_incident
from officetui.registers.incidents_parts import (
    AGAIN,
    ELEMENTS,
    FIELDS,
    FINAL,
    NEAR,
    OPEN,
    PHONE,
    REPORTS,
    WRITTEN,
    by,
    deadline_cell,
    implied,
    minutes,
    missing,
    next_step,
)
from officetui.registers.model import (
    CLEAR,
    GIVEN,
    ME,
    NOW,
    TODAY,
    ChildSets,
    Column,
    Need,
    Offers,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.registers.workflow import utc_text
from officetui.text.i18n import N_, P_, _
from officetui.text.words import clauses, listed

_SAID = {"+at": NOW, "+by": ME, "last_report_at": NOW}
_BEFORE = 6  # addressees of earlier reports that are offered
# Whom emergencies are usually reported to, until the office says so itself.
USUAL_TO = (N_("county party committee office"), N_("county government duty office"))


def _to(record: Record, view: View) -> str:
    """To whom it is reported: as the last time, else as the office always does."""
    return record.text("reported_to") or listed(str(one) for one in view.setting("incident_to"))


def addressees(record: Record, view: View) -> list[str]:
    """Whom it can be reported to: whom the office names, whom it reported to before, the usual."""
    counts: Counter[str] = Counter(
        one.text("reported_to") for one in view.records("incidents") if one.text("reported_to")
    )
    before = [to for to, _count in counts.most_common(_BEFORE)]
    named = [str(one) for one in view.setting("incident_to")]
    return list(dict.fromkeys([*named, *before, *(_(one) for one in USUAL_TO)]))


def approvers(record: Record, view: View) -> list[str]:
    """Who can approve a report: the leaders on duty at this hour, then the others who are there."""
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    names = []
    for seat in view.records("duty"):
        line, day = lines.get(seat.text("line")), seat.day("date")
        if seat.text("line") == "leader" and line is not None and day is not None:
            shift = hours(line, day)
            if shift.start <= view.local < shift.end:
                names.append(seat.text("person"))
    return list(dict.fromkeys([*names, *candidates.leaders(record, view)]))


def _approver(record: Record, view: View) -> str:
    return record.text("approved_by")


def _as_known(cell: str) -> Offers:
    """What is known so far, to be put right."""
    return lambda record, view: record.text(cell)


def _gist(record: Record, view: View) -> str:
    """What is known of it, for a written report: the elements in their order."""
    said = [record.text(name) for name in ("place", "matter", "casualties", "scope", "trend")]
    said = [record.text("at").replace("T", " "), *said, record.text("measures")]
    return clauses(part for part in said if part)


def _reported(record: Record, inputs: Mapping[str, Any], view: View) -> dict[str, Any]:
    """What every report leaves in the incident: to whom, and when the first one went."""
    found: dict[str, Any] = {"reported_to": inputs.get("to") or _to(record, view) or None}
    if inputs.get("approved_by"):
        found["approved_by"] = inputs["approved_by"]
    if not record.get("first_report_at"):
        found["first_report_at"] = inputs.get("at") or utc_text(view.now)
    return found


def _phoned(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    at = inputs.get("at") or utc_text(view.now)
    found = {**_reported(record, inputs, view), "last_report_at": at}
    if not record.get("phoned_at"):
        found["phoned_at"] = at
    return found


def _written(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {**_again(record, inputs, view), "written_at": utc_text(view.now)}


def _again(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A report sets the hour of the next one, unless it was given."""
    next_due = inputs.get("next_due") or by(view.local, minutes(view)[AGAIN])
    return {**_reported(record, inputs, view), "next_due": next_due}


def _concluded(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {**_reported(record, inputs, view), "result": inputs.get("content"), "next_due": None}


def _kind(kind: str) -> Any:
    """The cells of the report that a step adds."""

    def cells(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
        approver = record.text("approved_by") if kind != PHONE else ""
        at = inputs.get("at") or utc_text(view.now)
        return {"kind": kind, "at": at, "to": _to(record, view), "approved_by": approver or None}

    return cells


def progress(record: Record, view: View) -> str:
    """What it waits for: a report by phone, its approval, in writing, the next one."""
    step = INCIDENTS.step(next_step(record))
    if step is None:
        return INCIDENTS.next_words(record)
    waits = {
        "report_phone": N_("to report by phone"),
        "approve": N_("report to approve"),
        "report": N_("to report in writing"),
        "report_again": N_("to report again"),
        "final": N_("final report to give"),
    }
    return _(waits[step.id])


def due_words(record: Record, view: View) -> str:
    """By when the next report goes, and how many minutes that is: 08:30 12 min."""
    at = record.moment(deadline_cell(record))
    if at is None or record.state not in OPEN:
        return ""
    left = int((at - view.local).total_seconds() // 60)
    when = f"{at:%H:%M}" if at.date() == view.today else f"{at:%m-%d %H:%M}"
    if -120 <= left < 0:
        return _("{when} {n} min late").format(when=when, n=-left)
    return _("{when} {n} min left").format(when=when, n=left) if 0 <= left <= 120 else when


def due_look(record: Record, view: View) -> str:
    """Red when the report is near or late."""
    at = record.moment(deadline_cell(record))
    if at is None or record.state not in OPEN:
        return ""
    return "alert" if at - view.local <= NEAR else "warn"


def _title(record: Record) -> str:
    words = (record.text("place"), record.text("matter").replace("\n", " "))
    return " ".join(part for part in words if part)


_TO = Need("to", required=False, offer=_to, among=addressees)
_BY = Need("approved_by", required=False, offer=_approver, among=approvers)
_NEXT = Need("next_due", required=False, offer=lambda r, v: by(v.local, minutes(v)[AGAIN]))

INCIDENTS: Register = Register(
    id="incidents",
    label=N_("Incidents"),
    digit="2",
    prefixes=("紧急信息", "紧急", "突发", "緊急信息", "緊急", "incident"),
    initial="noted",
    planned=("at",),
    closed=("closed_at",),
    day="at",
    due="phone_due",
    due_now=deadline_cell,
    holder=lambda record, view: record.text("owner"),
    since=lambda record, view: record.moment("learned_at") or record.moment("at"),
    progress=progress,
    presses="report_phone",
    pressed={"approved": "report", "reported": "report_again"},
    heading=_title,
    word=P_("word", "incident"),
    title=_title,
    implied=implied,
    suggests=next_step,
    fields=FIELDS,
    states=(
        State("noted", N_("noted"), N_("report to approve")),
        State("approved", P_("incident", "report approved"), N_("to report in writing")),
        State("reported", N_("reported in writing"), N_("to report again")),
        State("final", P_("incident", "final report given"), finished=True),
        State("withdrawn", N_("no emergency"), finished=True),
    ),
    steps=(
        Step(
            "report_phone",
            N_("Report by phone"),
            "p",
            OPEN,
            None,
            needs=(
                msgspec.structs.replace(_TO, required=True, stands=True),
                Need("at", stands=True, offer=NOW),
                Need("content", required=False),
            ),
            adds="reports",
            added=_kind(PHONE),
            sets={"+by": ME},
            extra=_phoned,
            first=10,
            order={"reported": 20, "approved": 12},
        ),
        Step(
            "approve",
            P_("incident", "Approve the report"),
            "s",
            ("noted",),
            "approved",
            needs=(Need("approved_by", among=approvers),),
            sets={"approved_at": NOW},
            approval=True,
            # what was sent before it was approved
            children=(
                ChildSets(
                    "reports",
                    {"approved_by": GIVEN + "approved_by"},
                    fits=lambda one: one.text("kind") == WRITTEN and not one.get("approved_by"),
                ),
            ),
            first=11,
        ),
        Step(
            "report",
            N_("Report in writing"),
            "w",
            ("approved",),
            "reported",
            needs=(_TO, Need("content", required=False, offer=_gist), _NEXT),
            adds="reports",
            added=_kind(WRITTEN),
            sets=_SAID,
            extra=_written,
            first=10,
        ),
        Step(
            "report_again",
            N_("Follow-up report"),
            "y",
            ("reported",),
            None,
            needs=(
                Need("content"),
                _TO,
                _BY,
                Need("casualties", required=False, offer=_as_known("casualties")),
                Need("trend", required=False, offer=_as_known("trend")),
                Need("measures", required=False, offer=_as_known("measures")),
                _NEXT,
            ),
            adds="reports",
            added=_kind(AGAIN),
            sets=_SAID,
            extra=_again,
            many=False,
            first=10,
        ),
        Step(
            "final",
            N_("Final report"),
            "c",
            ("reported",),
            "final",
            needs=(
                Need("content"),
                _TO,
                _BY,
                Need("casualties", required=False, offer=_as_known("casualties")),
            ),
            adds="reports",
            added=_kind(FINAL),
            sets={**_SAID, "closed_at": TODAY},
            extra=_concluded,
            many=False,
            first=11,
        ),
        Step(
            "instruct",
            N_("Note the instruction"),
            "i",
            (*OPEN, "final"),
            None,
            needs=(Need("instruction"), Need("owner", required=False, among=candidates.staff)),
            first=30,
        ),
        Step(
            "assign",
            P_("incident", "Put in charge"),
            "o",
            OPEN,
            None,
            needs=(Need("owner", among=candidates.staff),),
            first=31,
        ),
        msgspec.structs.replace(
            follow_up("f", of_incident, first=32), sources=(*OPEN, "final"), many=False
        ),
        Step(
            "postpone",
            N_("Change the hour of the next report"),
            "d",
            ("reported",),
            None,
            needs=(
                Need("next_due", required=False),
                Need("final_due", required=False),
                Need("reason", required=False),
            ),
            first=35,
        ),
        Step(
            "withdraw",
            N_("It was no emergency"),
            "x",
            OPEN,
            "withdrawn",
            needs=(Need("reason", usual=(N_("checked on the spot"), N_("a false alarm"))),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        Step(
            "reopen",
            N_("Reopen"),
            "n",
            ("final", "withdrawn"),
            "noted",
            needs=(Need("reason"),),
            sets={"closed_at": CLEAR},
            extra=lambda record, inputs, view: (
                {"state": "reported", "next_due": by(view.local, minutes(view)[AGAIN])}
                if record.get("written_at")
                else {}
            ),
            first=60,
        ),
    ),
    children=(REPORTS,),
    columns=(
        Column("at", N_("When"), 11, lambda r, v: r.text("at").replace("T", " ")[5:16]),
        Column("place", N_("Where"), 10, lambda r, v: r.text("place")),
        Column(
            "matter",
            N_("What happened"),
            20,
            lambda r, v: r.text("matter").replace("\n", " "),
            grow=True,
        ),
        Column("state", N_("Next step"), 10, progress),
        Column("due", N_("Due"), 16, due_words, look=due_look),
        Column("owner", N_("Owner"), 8, lambda r, v: r.text("owner")),
        Column("casualties", N_("Casualties"), 12, lambda r, v: r.text("casualties"), rank=2),
        Column("approved", N_("Approved by"), 8, lambda r, v: r.text("approved_by"), rank=2),
        Column("to", P_("incident", "Reported to"), 14, lambda r, v: r.text("reported_to"), rank=3),
        Column("trend", N_("How it develops"), 16, lambda r, v: r.text("trend"), rank=3),
    ),
)


def left_open(view: View) -> list[Record]:
    """The incidents without a final report, the oldest first: what a shift leaves to the next."""
    found = [one for one in view.records("incidents") if one.state in OPEN or one.conflicted]
    return sorted(found, key=lambda one: (one.text("learned_at"), one.id))


__all__ = [
    "ELEMENTS",
    "INCIDENTS",
    "NEAR",
    "OPEN",
    "deadline_cell",
    "due_words",
    "left_open",
    "missing",
    "next_step",
    "progress",
]
