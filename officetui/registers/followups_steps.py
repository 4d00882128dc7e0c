"""The steps of a follow-up 督办, what they refuse, and what they write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.registers import candidates
from officetui.registers.common import NOTE_ANSWER, reopen
from officetui.registers.followups_reading import DOING, asked, in_charge, missing
from officetui.registers.model import CLEAR, ME, NOW, TODAY, ChildSets, Need, Step
from officetui.registers.people import leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _
from officetui.text.words import listed

_OPEN = (*DOING, "reported", "verified")


def answered(record: Record, view: View) -> bool:
    """Whether an answer is recorded."""
    return bool(view.children(record, "feedback"))


def _with_answer(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    if not answered(record, view):
        return _("No answer is recorded yet: nothing is closed without one. Note it first.")
    return None


def _verifiable(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    owner = record.text("owner")
    if owner and inputs.get("verified_by") == owner:
        return _("{owner} answers for it and cannot verify it; another must.").format(owner=owner)
    return _with_answer(record, inputs, view)


def _verified(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {"verified_by": inputs.get("verified_by") or view.user or None}


def _shown(value: object) -> str:
    return str(value).replace("T", " ")


def _in_time(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """A deadline is moved before it has passed, and onwards."""
    due = view.calendar.deadline(record.get("due"))
    if due is None:
        return None
    if due < view.local:
        return _(
            "It was due on {due}: an extension must be asked for before. Urge it, or note why it is"
            " late in its feedback."
        ).format(due=due.strftime("%Y-%m-%d %H:%M"))
    wanted = inputs.get("due") or inputs.get("extension_asked")
    new = view.calendar.deadline(wanted)
    if wanted and new is not None and new <= due:
        return _("The new date ({new}) is not after the old one ({old}).").format(
            new=_shown(wanted), old=_shown(record.get("due"))
        )
    return None


def _asked_because(record: Record, view: View) -> str | None:
    """The reason for which an extension was asked, so that nobody types it again."""
    return record.text("reason") or None if record.get("extension_asked") else None


def _extended(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The old and the new date and the reason, added to what was extended before."""
    said = _("{old} to {new}: {reason}").format(
        old=_shown(record.get("due") or _("no due date")),
        new=_shown(inputs.get("due")),
        reason=inputs.get("reason", ""),
    )
    before = record.text("extension")
    return {"extension": f"{before}; {said}" if before else said}


def _moved(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """The old and the new date, as they are told when it is extended."""
    return _("Due on {new} instead of {old}.").format(
        old=_shown(record.get("due") or _("no due date")), new=_shown(inputs.get("due"))
    )


def _units_left(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Only units that were asked, and have not reported."""
    given = inputs.get("unit") or inputs.get("units")
    if not given:
        return None
    names = given if isinstance(given, list) else [str(given)]
    known = {unit.text("unit"): unit for unit in asked(record, view)}
    for name in names:
        if name not in known:
            return _("{unit} was not asked for it.").format(unit=name)
        if known[name].state == "reported":
            return _("{unit} has reported already.").format(unit=name)
    return None


def _still_missing(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """Which units have not reported of what is reported as done."""
    left = missing(record, view)
    if not left:
        return ""
    return _("Not reported yet: {units}.").format(units=listed(left))


def _urged_units(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """Of a collecting the missing are urged, and nobody else."""
    return {"units": missing(record, view) or None}


def _unit_of_owner(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The unit of the owner leads, unless one is named."""
    person = view.person(str(inputs.get("owner", "")))
    if inputs.get("lead_unit") or record.get("lead_unit") or person is None or leads(person):
        return {}
    return {"lead_unit": person.text("unit") or None}


def _more_units(record: Record, view: View) -> list[str]:
    """Whom something was collected from before, then the other units."""
    have = {unit.text("unit") for unit in view.children(record, "units")}
    found: dict[str, None] = {}
    for other in view.records("followups"):
        if other.get("collecting"):
            found.update(dict.fromkeys(u.text("unit") for u in view.children(other, "units")))
    found.update(dict.fromkeys(candidates.units(record, view)))
    return [unit for unit in found if unit and unit not in have]


def _new_units(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    given = inputs.get("unit") or []
    names = given if isinstance(given, list) else [str(given)]
    have = {unit.text("unit") for unit in view.children(record, "units")}
    twice = [name for name in names if name in have]
    return _("{unit} is asked already.").format(unit=twice[0]) if twice else None


STEPS: tuple[Step, ...] = (
    Step(
        "break_down",
        N_("Break down"),
        "m",
        ("raised", "broken_down"),
        "broken_down",
        needs=(Need("what"), Need("due", required=False, offer=lambda r, v: r.get("due"))),
        adds="milestones",
        sets={"+state": "open"},
        first=13,
        many=False,
    ),
    Step(
        "assign",
        P_("follow-up", "Assign"),
        "o",
        DOING,
        "assigned",
        needs=(
            Need("owner", among=candidates.staff),
            Need("lead_unit", required=False, among=candidates.units),
            Need("due"),
            Need("standard", required=False),
        ),
        sets={"held_from": TODAY},
        extra=_unit_of_owner,
        first=10,
        order={"assigned": 20, "in_hand": 20},
    ),
    Step(
        "take",
        P_("follow-up", "Take in hand"),
        "i",
        ("raised", "broken_down", "assigned"),
        "in_hand",
        needs=(Need("owner", among=candidates.staff),),
        extra=_unit_of_owner,
        first=11,
    ),
    Step(
        "report",
        P_("follow-up", "Report"),
        "y",
        ("assigned", "in_hand"),
        "reported",
        needs=(
            Need("text"),
            Need("by", required=False, offer=lambda r, v: r.text("owner")),
            Need("progress", required=False, offer=lambda r, v: 100),
        ),
        adds="feedback",
        sets={"+at": NOW},
        tells=_still_missing,
        first=12,
        order={"in_hand": 9},
    ),
    Step(
        "verify",
        N_("Verify"),
        "v",
        ("reported",),
        "verified",
        needs=(Need("verified_by", required=False, offer=ME),),
        sets={"verified_at": NOW},
        who="other",
        check=_verifiable,
        extra=_verified,
        first=10,
    ),
    Step(
        "back",
        N_("Not good enough"),
        "x",
        ("reported", "verified"),
        "in_hand",
        needs=(Need("reason", usual=(N_("not done as asked"), N_("no proof enclosed"))),),
        sets={"closed_at": CLEAR, "verified_by": CLEAR, "verified_at": CLEAR, "held_from": TODAY},
        who="other",
        first=45,
        order={"reported": 11},
    ),
    Step(
        "close",
        N_("Close"),
        "c",
        ("verified",),
        "closed",
        sets={"closed_at": TODAY},
        check=_with_answer,
        first=12,
    ),
    Step(
        "note_progress",
        N_("Note progress"),
        "p",
        DOING,
        None,
        needs=(
            Need("text"),
            Need("by", required=False, offer=lambda r, v: r.text("owner")),
            Need("progress", required=False),
        ),
        adds="feedback",
        sets={"+at": NOW},
        first=15,
    ),
    Step(
        "units_reported",
        N_("Note units as reported"),
        "s",
        _OPEN,
        None,
        needs=(Need("unit", many=True, among=missing),),
        check=_units_left,
        children=(
            ChildSets(
                "units",
                {"state": "reported", "reported_at": NOW},
                ("waiting", "returned", ""),
                named="unit",
            ),
        ),
        when=lambda record: bool(record.get("collecting")),
        first=8,
        many=False,
    ),
    Step(
        "urge",
        N_("Urge"),
        "b",
        _OPEN,
        None,
        adds="urgings",
        needs=(
            Need("method", offer="phone"),
            Need("units", required=False, offer=lambda r, v: missing(r, v) or None),
            Need("answer", required=False, usual=(N_("not reached"), N_("reports today"))),
            Need("promised", required=False),
        ),
        sets={"+at": NOW, "+by": ME},
        added=_urged_units,
        check=_units_left,
        first=30,
    ),
    NOTE_ANSWER,
    Step(
        "tell_leader",
        N_("Report to the leader"),
        "L",
        _OPEN,
        None,
        needs=(Need("told_leader", offer=in_charge), Need("told_how", offer="phone")),
        sets={"told_at": NOW},
        first=31,
    ),
    Step(
        "unit",
        N_("Ask units"),
        "l",
        DOING,
        None,
        needs=(
            Need("unit", many=True, among=_more_units),
            Need("due", required=False, offer=lambda r, v: r.get("due")),
        ),
        adds="units",
        sets={"+state": "waiting", "collecting": True},
        check=_new_units,
        first=32,
        many=False,
    ),
    Step(
        "milestone",
        N_("Add a milestone"),
        "f",
        ("assigned", "in_hand"),
        None,
        needs=(Need("what"), Need("due", required=False, offer=lambda r, v: r.get("due"))),
        adds="milestones",
        sets={"+state": "open"},
        first=33,
        many=False,
    ),
    Step(
        "ask_extension",
        N_("Ask for an extension"),
        "w",
        DOING,
        None,
        needs=(Need("extension_asked"), Need("reason", usual=(N_("more time is needed"),))),
        check=_in_time,
        first=36,
    ),
    Step(
        "extend",
        N_("Extend"),
        "d",
        DOING,
        None,
        needs=(
            Need("due", offer=lambda r, v: r.get("extension_asked") or r.get("due")),
            Need("reason", offer=_asked_because, usual=(N_("more time is needed"),)),
        ),
        sets={"extension_asked": CLEAR},
        check=_in_time,
        extra=_extended,
        tells=_moved,
        first=35,
    ),
    Step(
        "keep_date",
        N_("Keep the date"),
        "h",
        DOING,
        None,
        needs=(Need("reason"),),
        sets={"extension_asked": CLEAR},
        when=lambda record: bool(record.get("extension_asked")),
        first=37,
    ),
    Step(
        "stop",
        N_("Stop"),
        "z",
        _OPEN,
        "stopped",
        needs=(Need("reason"),),
        sets={"closed_at": TODAY},
        first=50,
    ),
    reopen(
        "n",
        ("closed", "stopped"),
        "in_hand",
        {"closed_at": CLEAR, "verified_by": CLEAR, "verified_at": CLEAR, "held_from": TODAY},
    ),
)
