"""Handing over and taking over a shift: what it leaves open is shown before it is accepted, and
kept; so are both times, and how the receiver accepted: at the screen, by phone or on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from officetui.errors import Refused
from officetui.registers.duty_zero import keeps_log, shift_of
from officetui.registers.model import NOW, Choice, Field, Need, Step
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.registers.workflow import fill
from officetui.text.i18n import N_, P_, _, ngettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.registers.duty_turns import Shift

SCREEN: Final = "screen"
_SOON: Final = timedelta(days=1)  # an older entry of the log that is due by then goes along
_NAMED: Final = 5


class Left(NamedTuple):
    """Something that a shift leaves open: which record, and what is said of it."""

    ref: str
    kind: str  # what it is: an entry of the log, an incident, carried
    title: str


def left_open(seat: Record, view: View) -> list[Left]:
    """What the shift of a seat leaves to who comes: what its review carries, emergencies that are
    not concluded, unfinished entries of the log; each once."""
    shift = shift_of(seat, view) if keeps_log(seat) else None
    if shift is None:
        return []
    found: dict[str, Left] = {}
    for one in (*_carried(seat, view), *_incidents(shift, view), *_noted(shift, view)):
        found.setdefault(one.ref, one)
    return list(found.values())


def _carried(seat: Record, view: View) -> Iterator[Left]:
    from officetui.registers import reviews

    for one in reviews.with_shift(seat, view):
        yield Left(one.text("matter"), _("carried over"), one.text("title"))


def _incidents(shift: Shift, view: View) -> Iterator[Left]:
    from officetui.registers.incidents import INCIDENTS

    for one in view.records("incidents"):
        at = one.moment("at")
        if one.state not in INCIDENTS.finished and (at is None or at < shift.end):
            yield Left(
                one.ref,
                INCIDENTS.name(),
                f"{INCIDENTS.title(one)} {INCIDENTS.waits_for(one, view)}",
            )


def _noted(shift: Shift, view: View) -> Iterator[Left]:
    from officetui.registers.duty_log import DUTY_LOG

    entries = sorted(view.records("duty_log"), key=lambda one: (one.text("at"), one.id))
    for one in entries:
        at, due = one.moment("at"), view.calendar.deadline(one.get("due"))
        if one.state in DUTY_LOG.finished or at is None or at >= max(shift.end, view.local):
            continue
        if at >= shift.start or (due is not None and due <= shift.end + _SOON):
            still = one.text("follow_up") or _next(DUTY_LOG, one)
            yield Left(one.ref, DUTY_LOG.name(), f"{DUTY_LOG.title(one)} {still}")


def _next(register: Any, record: Record) -> str:
    return str(register.next_words(record))


def told(seat: Record, view: View) -> list[str]:
    """What is shown before the shift is accepted, a line each."""
    lines = []
    if seat.text("handover"):
        lines.append(_("Handed over: {note}").format(note=seat.text("handover")))
    found = left_open(seat, view)
    if found:
        words = ngettext("{n} matter is left open:", "{n} matters are left open:", len(found))
        lines.append(words.format(n=len(found)))
        lines += [f"{one.kind} {one.title}".replace("\n", " ") for one in found]
    elif keeps_log(seat):
        lines.append(_("Nothing is left open in the log, and no emergency."))
    handed = seat.instant("handed_over_at")
    if handed is not None:
        at = view.clock(handed).strftime("%m-%d %H:%M")
        lines.append(_("handed over at {time}").format(time=at))
    return lines


def cannot_take(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    """Nobody takes over from himself, nor before it was handed over, nor tomorrow."""
    if inputs.get("taken_over_by") == record.text("person"):
        words = _("{name} hands over and cannot take over as well.")
        return Refused(words.format(name=record.text("person")), field="taken_over_by")
    at = inputs.get("taken_over_at")
    if not at:
        return None
    if str(at) > str(fill(NOW, view)):
        return Refused(_("That has not been yet."), field="taken_over_at")
    handed = record.instant("handed_over_at")
    if handed is not None and str(at) < record.text("handed_over_at"):
        words = _("It was handed over at {time}; it is taken over then or later.")
        time = view.clock(handed).strftime("%m-%d %H:%M")
        return Refused(words.format(time=time), field="taken_over_at")
    return None


def _handed(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {"left": [one.ref for one in left_open(record, view)] or None}


def _taken(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """Both times, who noted it where the receiver did not accept it here, and what was open."""
    now = fill(NOW, view)
    at = inputs.get("taken_over_at") or now
    cells = dict(_handed(record, inputs, view))
    cells["taken_over_at"] = at
    cells["handed_over_at"] = record.get("handed_over_at") or at
    here = inputs.get("accepted") == SCREEN and inputs.get("taken_over_by") == view.user
    cells["accepted_noted_by"] = None if here else view.user
    return cells


def _open_words(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    found = left_open(record, view)
    if not found:
        return ""
    words = ngettext("{n} open: {names}", "{n} open: {names}", len(found))
    names = listed(one.title.replace("\n", " ") for one in found[:_NAMED])
    return words.format(n=len(found), names=names)


FIELDS: tuple[Field, ...] = (
    Field("handed_over_at", N_("Handed over at"), "instant", bookkeeping=True),
    Field("taken_over_at", N_("Taken over at"), "instant", bookkeeping=True),
    Field("taken_over_by", N_("Taken over by"), "person"),
    Field(
        "accepted",
        N_("Accepted"),
        "choice",
        choices=(
            Choice(SCREEN, N_("at the screen"), ("当面",)),
            Choice("phone", N_("by phone"), ("电话",)),
            Choice("paper", N_("on paper"), ("纸质", "书面")),
        ),
    ),
    Field("accepted_noted_by", N_("Noted by"), "person", bookkeeping=True),
    Field("handover", N_("Handed over"), "long", aliases=("移交事项",)),
    Field("left", P_("duty", "Left open"), "refs", bookkeeping=True),
)


def _coming(record: Record, view: View) -> list[str]:
    """Who comes on duty when this shift ends."""
    mine = shift_of(record, view)
    names = []
    for other in view.records("duty") if mine is not None else ():
        its = shift_of(other, view)
        if its is not None and mine is not None and its.start == mine.end and keeps_log(other):
            names.append(other.text("person"))
    return [name for name in dict.fromkeys(names) if name != record.text("person")]


def _receivers(record: Record, view: View) -> list[str]:
    """Who comes, then everybody who is there."""
    from officetui.registers.candidates import staff

    others = [name for name in staff(record, view) if name != record.text("person")]
    return list(dict.fromkeys([*_coming(record, view), *others]))


def _receiver(record: Record, view: View) -> str:
    """Whoever is at the screen, unless others are to come."""
    coming = _coming(record, view)
    return view.user if not coming or view.user in coming else coming[0]


STEPS: tuple[Step, ...] = (
    Step(
        "hand_over",
        N_("Hand over"),
        "h",
        ("arrived", "confirmed"),
        "handed_over",
        needs=(Need("handover", required=False),),
        sets={"handed_over_at": NOW},
        extra=_handed,
        shows=told,
        first=12,
        many=False,
    ),
    Step(
        "take_over",
        N_("Take over"),
        "o",
        ("handed_over", "arrived"),
        "taken_over",
        needs=(
            Need("taken_over_by", offer=_receiver, among=_receivers),
            Need("accepted", offer=SCREEN),
            Need("taken_over_at", required=False, offer=lambda record, view: None),
        ),
        extra=_taken,
        shows=told,
        tells=_open_words,
        check=cannot_take,
        first=11,
        many=False,
    ),
)
