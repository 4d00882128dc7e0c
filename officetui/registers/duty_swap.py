"""Swaps of duty: cover 代班 and exchange 串班, filed or approved as the office sets.

Whoever takes a turn is told and asked anew, and `planned_person` keeps whose turn it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from officetui.errors import Refused
from officetui.registers.duty_turns import OPEN, free_for, hours, line_label
from officetui.registers.model import CLEAR, TODAY, ChildSets, Need, Step
from officetui.registers.people import away_until, leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, _, pgettext

PENDING = "swapped"
VOID: dict[str, Any] = {
    "notified_at": CLEAR,
    "notified_by": CLEAR,
    "method": CLEAR,
    "confirmed_at": CLEAR,
}
_UNTOLD = (ChildSets("notices", {"_del": TODAY}),)
_REASONS = (N_("ill"), N_("away on business"), N_("family matter"))


def to_approve(view: View) -> bool:
    """Whether a swap needs an approval in this office; else it is filed."""
    return bool(view.setting("duty_swap_approval") == "approved")


def _taken_by(record: Record, name: str, view: View) -> dict[str, Any]:
    """A seat in other hands: the plan is kept, the phone is the new person's."""
    person = view.person(name)
    planned = record.text("planned_person") or record.text("person")
    return {
        "planned_person": planned if planned != name else None,
        "phone": person.text("phone") if person else None,
        "approved_by": None,
        "unapproved": None,
        "unapproved_why": None,
        "state": PENDING if to_approve(view) else "planned",
    }


def can_cover(record: Record, view: View) -> list[str]:
    """Who can take a seat: like the one planned a leader or not, free, with the fewest turns."""
    planned = view.person(record.text("planned_person") or record.text("person"))
    leader = planned is not None and leads(planned)
    day = record.day("date")
    turns: dict[str, int] = {}
    busy = {record.text("person")}
    for seat in view.records("duty"):
        name = seat.text("person")
        turns[name] = turns.get(name, 0) + (seat.text("line") == record.text("line"))
        if seat.day("date") == day:
            busy.add(name)
    names = [
        person.text("name")
        for person in view.records("people")
        if leads(person) is leader
        and person.text("name") not in busy
        and not (day and away_until(person, day))
    ]
    return sorted(names, key=lambda name: turns.get(name, 0))


def _cover(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    name = str(inputs["person"])
    if name == record.text("person"):
        raise Refused(_("{name} has this turn already.").format(name=name), field="person")
    return _taken_by(record, name, view)


def _cannot_cover(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    reason = free_for(record, inputs, view)
    return Refused(reason, field="person") if reason else None


def turns_to_give(record: Record, view: View) -> Iterator[Record]:
    """The turns to come that could be given for this one: of the same line first, then the next."""
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    found = []
    for other in view.records("duty"):
        line, day = lines.get(other.text("line")), other.day("date")
        if line is None or day is None or other.id == record.id or other.state not in OPEN:
            continue
        same = other.text("line") == record.text("line")
        if other.text("person") == record.text("person") or hours(line, day).end <= view.local:
            continue
        if not (same and day == record.day("date")):  # together in one shift: nothing to exchange
            found.append(((not same, day, other.whole("seat") or 1), other))
    found.sort(key=lambda one: one[0])
    for _order, other in found:
        yield other


def their_turn(record: Record, inputs: Mapping[str, Any], view: View) -> Record | None:
    """The turn that the other person gives: on the day asked for, else their next one."""
    name, day = str(inputs.get("person", "")), str(inputs.get("exchange_day") or "")
    for other in turns_to_give(record, view):
        if other.text("person") == name and (not day or other.text("date") == day):
            return other
    return None


def can_exchange(record: Record, view: View) -> list[str]:
    """Whoever has a turn to give for this one, and could take it."""
    names = dict.fromkeys(other.text("person") for other in turns_to_give(record, view))
    return [name for name in names if cannot_exchange(record, {"person": name}, view) is None]


def cannot_exchange(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Why two turns cannot be exchanged: no turn to give, or one of both cannot take the other."""
    name, mine = str(inputs.get("person", "")), record.text("person")
    if name == mine:
        return _("{name} has this turn already.").format(name=name)
    other = their_turn(record, inputs, view)
    if other is None:
        said = _("{name} has no turn to come that could be given for it; cover takes it alone.")
        if inputs.get("exchange_day"):
            said = _("{name} has no turn on {day}.")
        return said.format(name=name, day=inputs.get("exchange_day"))
    freed = (record.id, other.id)
    return free_for(record, {"person": name}, view, freed) or free_for(
        other, {"person": mine}, view, freed
    )


def _refused(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    """Why two turns cannot be exchanged, at the field at fault."""
    reason = cannot_exchange(record, inputs, view)
    if reason is None:
        return None
    day = inputs.get("exchange_day") and their_turn(record, inputs, view) is None
    return Refused(reason, field="exchange_day" if day else "person")


def _exchange(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    other = their_turn(record, inputs, view)
    assert other is not None, "checked before"
    taken = _taken_by(record, other.text("person"), view)
    return {**taken, "exchanged_with": other.id, "exchange_day": other.text("date")}


def _given(
    record: Record, inputs: Mapping[str, Any], view: View
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """The other side of an exchange, with what its person was told."""
    other = their_turn(record, inputs, view)
    assert other is not None, "checked before"
    yield (
        other,
        {
            **VOID,
            **_taken_by(other, record.text("person"), view),
            "person": record.text("person"),
            "reason": inputs.get("reason"),
            "exchanged_with": record.id,
            "exchange_day": record.text("date"),
        },
    )
    for notice in view.children(other, "notices"):
        yield notice, {"_del": TODAY}


def _exchanged(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """Who has which turn now; told after it, when the seats have changed hands."""
    seats = [one for one in view.records("duty") if one.id == record.id]
    seats += [one for seat in seats for one in _partner(seat, view)]
    said = [
        _("{day} {line}: {name}").format(
            day=seat.text("date")[5:],
            line=line_label(view, seat.text("line")),
            name=seat.text("person"),
        )
        for seat in seats
    ]
    return pgettext("clauses", "; ").join([*said, _("Both are to confirm again.")])


def _partner(record: Record, view: View) -> list[Record]:
    """The other seat of an exchange, while it is one."""
    wanted = record.text("exchanged_with")
    return [
        seat
        for seat in (view.records("duty") if wanted else ())
        if seat.id == wanted and seat.text("exchanged_with") == record.id
    ]


def _both_approved(
    record: Record, inputs: Mapping[str, Any], view: View
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """The other seat of an exchange is approved with it."""
    for other in _partner(record, view):
        cells: dict[str, Any] = {"approved_by": inputs.get("approved_by")}
        if other.state == PENDING:
            yield other, {**cells, "state": "planned"}
        elif "approve_swap" in other.words("unapproved"):
            yield other, {**cells, "unapproved": None}


def _as_planned(record: Record, view: View) -> dict[str, Any]:
    planned = record.text("planned_person") or record.text("person")
    person = view.person(planned)
    return {
        "person": planned,
        "planned_person": None,
        "phone": person.text("phone") if person else None,
        "exchanged_with": None,
        "exchange_day": None,
        "state": "planned",
    }


def _both_as_planned(
    record: Record, inputs: Mapping[str, Any], view: View
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    for other in _partner(record, view):
        if other.state == PENDING:
            yield other, {**_as_planned(other, view), "reason": inputs.get("reason")}


def _replanned(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """Another one's turn: under a swap who serves stays; else they are asked anew."""
    name = str(inputs["planned_person"])
    if record.text("planned_person"):
        return {"planned_person": name if name != record.text("person") else None}
    person = view.person(name)
    cells = {"planned_person": None, "person": name, "state": "planned"}
    return {**VOID, **cells, "phone": person.text("phone") if person else None}


def _void_if_another(
    record: Record, inputs: Mapping[str, Any], view: View
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    if not record.text("planned_person"):
        for notice in view.children(record, "notices"):
            yield notice, {"_del": TODAY}


def _cannot_replan(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    name = str(inputs.get("planned_person") or "")
    if name == (record.text("planned_person") or record.text("person")):
        words = _("{name} has this turn already.").format(name=name)
        return Refused(words, field="planned_person")
    day, person = record.day("date"), view.person(name)
    reason: str | None = None
    if record.text("planned_person"):  # somebody else serves: hours do not matter
        until = away_until(person, day) if person is not None and day is not None else ""
        if until:
            reason = _("{name} is on leave until {date}.").format(name=name, date=until)
    else:
        reason = free_for(record, {"person": name}, view)
    return Refused(reason, field="planned_person") if reason else None


def _serves(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    if not record.text("planned_person"):
        return ""
    return _("{name} serves it all the same.").format(name=record.text("person"))


def _leaders(record: Record, view: View) -> list[str]:
    people = [person for person in view.records("people") if leads(person)]
    people.sort(key=lambda person: (person.whole("rank") or 1_000_000, person.text("name")))
    return [person.text("name") for person in people]


SWAPS: tuple[Step, ...] = (
    Step(
        "cover",
        N_("Cover"),
        "s",
        OPEN,
        "planned",
        needs=(
            Need("person", offer=lambda record, view: None, among=can_cover),
            Need("reason", offer=lambda record, view: None, usual=_REASONS),
        ),
        sets={**VOID, "exchanged_with": CLEAR, "exchange_day": CLEAR},
        check=_cannot_cover,
        extra=_cover,
        children=_UNTOLD,
        first=40,
        many=False,
        early=False,
    ),
    Step(
        "exchange",
        N_("Exchange"),
        "y",
        OPEN,
        "planned",
        needs=(
            Need("person", offer=lambda record, view: None, among=can_exchange),
            Need("reason", offer=lambda record, view: None, usual=_REASONS),
            Need("exchange_day", required=False, offer=lambda record, view: None),
        ),
        sets=VOID,
        check=_refused,
        extra=_exchange,
        besides=_given,
        tells=_exchanged,
        children=_UNTOLD,
        first=41,
        many=False,
        early=False,
    ),
    Step(
        "approve_swap",
        N_("Approve the swap"),
        "p",
        (PENDING,),
        "planned",
        needs=(Need("approved_by", among=_leaders),),
        approval=True,
        besides=_both_approved,
        first=8,
    ),
    Step(
        "decline_swap",
        N_("Decline the swap: as planned"),
        "d",
        (PENDING,),
        "planned",
        needs=(Need("reason", offer=lambda record, view: None),),
        sets=VOID,
        extra=lambda record, inputs, view: _as_planned(record, view),
        besides=_both_as_planned,
        first=9,
        many=False,
        early=False,
    ),
    Step(
        "replan",
        N_("Another one's turn"),
        "w",
        OPEN,
        None,
        needs=(
            Need("planned_person", offer=lambda record, view: None, among=can_cover),
            Need("reason", required=False, offer=lambda record, view: None),
        ),
        check=_cannot_replan,
        extra=_replanned,
        besides=_void_if_another,
        tells=_serves,
        first=42,
        many=False,
        early=False,
    ),
)
