"""reviews 日清: how a day was closed and handed over, twice a day; key `review:<date>:<half>`.

In the evening the day hands to the night, at the change of shift in the morning the night hands to
the day. What is due and cannot be done is carried by name: a child each. The signature keeps what
was signed (`signed`), and how far every journal had come (`seen`): what changes that day later,
also on a device that was away, is told from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from officetui.errors import Refused
from officetui.registers.common import CHILD, COMMON, METHODS, STATE
from officetui.registers.model import (
    ME,
    NOW,
    Choice,
    Column,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record, day_of
from officetui.registers.reviews_reading import (
    ACCEPTED,
    CARRIED,
    EVENING,
    HALVES,
    LEFT,
    MORNING,
    NIGHT,
    REPORTED,
    before,
    carried,
    carried_words,
    change,
    half_words,
    handed,
    key,
    order,
    place,
    receiver,
    receivers,
    still_open,
    title,
    with_shift,
)
from officetui.text.i18n import N_, P_, _, ngettext

if TYPE_CHECKING:
    from officetui.registers.view import View

# --- the steps ---------------------------------------------------------------------------------


def _begun(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What names a review, where its first line is written."""
    if record.state:
        return {}
    day, half = place(record)
    return {"date": day, "half": half, "state": "open"}


def _signed(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """Signed, and at once accepted where somebody accepted it."""
    reason = _other(record, inputs, view)
    if reason:
        raise Refused(reason, field="accepted_by")
    day, half = place(record)
    accepted = bool(inputs.get("accepted_by"))
    cells: dict[str, Any] = {
        "date": day,
        "half": half,
        "state": "accepted" if accepted else "signed",
        "seen": inputs.get("seen"),
        "signed": inputs.get("signed"),
    }
    if accepted:
        cells |= _accepted(record, inputs, view)
    else:
        cells |= _taken_already(record, view)
    return {name: value for name, value in cells.items() if value is not None}


def _taken_already(record: Record, view: View) -> Mapping[str, Any]:
    """Who has taken over the shift already, in triage or on the roster, has accepted the day."""
    day, half = place(record)
    found = day_of(day)
    leaving = change(view, found, half)[0] if found is not None else []
    if not leaving or any(seat.state != "taken_over" for seat in leaving):
        return {}
    seat = leaving[0]
    who = seat.text("taken_over_by")
    if not who or who == view.user:
        return {}
    return {
        "state": "accepted",
        "accepted_by": who,
        "accepted_how": seat.get("accepted"),
        "accepted_at": seat.get("taken_over_at"),
        "accepted_noted_by": seat.get("accepted_noted_by"),
    }


def _accepted(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    from officetui.registers.workflow import fill

    how = inputs.get("accepted_how") or "screen"
    cells = {"accepted_at": fill(NOW, view), "accepted_how": how}
    return cells if how == "screen" else {**cells, "accepted_noted_by": view.user}


def _other(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Nobody takes over from himself."""
    signer = record.text("signed_by") or view.user
    if inputs.get("accepted_by") == signer:
        return _("{name} hands over and cannot take over as well.").format(name=signer)
    return None


def _left(
    record: Record, inputs: Mapping[str, Any], view: View
) -> list[tuple[str, dict[str, Any]]]:
    """What nobody answered goes along by name: `left` holds the cells of each."""
    from officetui.registers.workflow import fill

    rows = inputs.get("left") or ()
    said = {"how": LEFT, "at": fill(NOW, view), "by": view.user}
    return [("carried", {**row, **said}) for row in rows if isinstance(row, Mapping)]


def _seats(
    record: Record, inputs: Mapping[str, Any], view: View
) -> list[tuple[Record, Mapping[str, Any]]]:
    """The duty steps that a signature stands for: who leaves hands over, who accepts takes over,
    as far as their states allow it. Nothing of it is typed twice."""
    from officetui.registers.duty import DUTY
    from officetui.registers.workflow import effects, why_not

    day, half = place(record)
    found = day_of(day)
    if found is None:
        return []
    rows = inputs.get("left") or ()
    titles = [one.text("title") for one in carried(record, view)]
    titles += [str(row.get("title") or "") for row in rows if isinstance(row, Mapping)]
    note = str(inputs.get("note") or record.text("note"))
    handed = {"handover": carried_words(titles, note)}
    who = str(inputs.get("accepted_by") or "")
    how = inputs.get("accepted_how") or "screen"
    leaving, coming = change(view, found, half)
    written = []

    def take(seat: Record, step_id: str, given: Mapping[str, Any]) -> Record:
        step = DUTY.step(step_id)
        if step is None or why_not(DUTY, seat, step) is not None:
            return seat
        try:
            cells, _added = effects(DUTY, step, seat, given, view)
        except Refused:
            return seat  # the day is signed all the same
        return Record("duty", {**seat.doc, **cells})

    for seat in leaving:
        after = take(seat, "hand_over", handed)
        if who and who != seat.text("person"):
            after = take(after, "take_over", {"taken_over_by": who, "accepted": how})
        written.append((seat, after))
    for seat in coming:
        if how == "screen" and who == seat.text("person"):
            written.append((seat, take(seat, "arrive", {})))
    return [
        (seat, {cell: value for cell, value in after.cells.items() if seat.get(cell) != value})
        for seat, after in written
        if after is not seat
    ]


def _told(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """How many matters go along: two carried to the night."""
    n = len(carried(record, view))  # those just written among them
    if not n:
        return ""
    if place(record)[1] == EVENING:
        return ngettext(
            "{n} matter carried to the night", "{n} matters carried to the night", n
        ).format(n=n)
    return ngettext("{n} matter carried to the day", "{n} matters carried to the day", n).format(
        n=n
    )


def _named(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    return str(inputs.get("title") or "")


_ANY = ("", "open", "signed", "accepted")
_MATTER = (
    Need("matter"),
    Need("title", required=False),
    Need("why", required=False),
    Need("reason", required=False),
)

CARRIED_ITEMS = Register(
    id="reviews.carried",
    parent="reviews",
    label=N_("Carried over"),
    title=lambda record: record.text("title") or record.text("matter"),
    fields=(
        Field("matter", P_("review", "Matter"), "ref", required=True),
        Field("title", N_("Title"), bookkeeping=True),
        Field(
            "how",
            P_("review", "What becomes of it"),
            "choice",
            choices=(
                Choice(NIGHT, N_("carried over")),
                Choice(LEFT, N_("carried over without an answer")),
                Choice(REPORTED, N_("reported to the leader")),
            ),
            bookkeeping=True,
        ),
        Field("why", P_("review", "Why it was asked"), bookkeeping=True),
        Field("reason", N_("Reason")),
        Field("to", P_("review", "Reported to"), "person"),
        Field("method", N_("How"), "choice", choices=METHODS),
        Field("at", N_("When"), "instant", bookkeeping=True),
        Field("by", N_("By"), "person", bookkeeping=True),
        *CHILD,
    ),
    day="at",
)

REVIEWS: Register = Register(
    id="reviews",
    label=N_("Day reviews"),
    key=key,
    planned=("date",),
    passes=True,
    day="date",
    order=order,
    title=title,
    initial="open",
    fields=(
        Field("date", N_("Date"), "day", required=True, aliases=("日期",)),
        Field("half", P_("review", "Half"), "choice", required=True, choices=HALVES),
        Field("signed_by", N_("Signed by"), "person"),  # two signatures at once are a conflict
        Field("signed_at", N_("Signed at"), "instant", bookkeeping=True),
        Field("accepted_by", N_("Accepted by"), "person"),
        Field("accepted_how", N_("Accepted"), "choice", choices=ACCEPTED),
        Field("accepted_at", N_("Accepted at"), "instant", bookkeeping=True),
        Field("accepted_noted_by", N_("Noted by"), "person", bookkeeping=True),
        Field("seen", P_("review", "Journals seen"), "json", bookkeeping=True),
        Field("signed", P_("review", "What was signed"), "json", bookkeeping=True),
        STATE,
        *COMMON,
    ),
    states=(
        State("open", P_("review", "not signed"), N_("to be signed")),
        State("signed", P_("review", "signed"), N_("to be accepted")),
        State("accepted", P_("review", "accepted"), finished=True),
    ),
    steps=(
        Step(
            "carry",
            N_("Carry a matter over"),
            "n",
            _ANY,
            adds="carried",
            needs=_MATTER,
            sets={"+at": NOW, "+by": ME, "+how": NIGHT},
            extra=_begun,
            tells=_named,
            many=False,
            first=30,
        ),
        Step(
            "report",
            N_("Note what was reported to the leader"),
            "b",
            _ANY,
            adds="carried",
            needs=(*_MATTER, Need("to", required=False), Need("method", required=False)),
            sets={"+at": NOW, "+by": ME, "+how": REPORTED},
            extra=_begun,
            tells=_named,
            many=False,
            first=31,
        ),
        Step(
            "write_note",
            N_("Write the note for who comes"),
            "w",
            _ANY,
            needs=(Need("note"),),
            extra=_begun,
            many=False,
            first=20,
        ),
        Step(
            "sign",
            P_("review", "Sign"),
            "s",
            ("", "open"),
            needs=(
                Need("note", required=False),
                Need("accepted_by", required=False, among=receivers),
                Need("accepted_how", required=False),
            ),
            sets={"signed_by": ME, "signed_at": NOW},
            extra=_signed,
            grows=_left,
            besides=_seats,
            tells=_told,
            many=False,
            first=10,
        ),
        Step(
            "accept",
            P_("review", "Accept"),
            "c",
            ("signed",),
            "accepted",
            needs=(
                Need("accepted_by", offer=receiver, among=receivers),
                Need("accepted_how", offer="screen"),
            ),
            extra=_accepted,
            check=_other,
            besides=_seats,
            many=False,
            first=10,
        ),
    ),
    children=(CARRIED_ITEMS,),
    columns=(
        Column("date", N_("Date"), 10, lambda r, v: r.text("date")),
        Column("half", P_("review", "Half"), 14, lambda r, v: half_words(r.text("half"))),
        Column("state", N_("State"), 10, lambda r, v: REVIEWS.state_words(r) or _("not signed")),
        Column("signed_by", N_("Signed by"), 8, lambda r, v: r.text("signed_by")),
        Column("accepted_by", N_("Accepted by"), 8, lambda r, v: r.text("accepted_by")),
        Column("carried", N_("Carried over"), 6, lambda r, v: str(len(carried(r, v)) or "")),
        Column("note", N_("Note"), 24, lambda r, v: r.text("note"), grow=True),
    ),
)


__all__ = [
    "ACCEPTED",
    "CARRIED",
    "CARRIED_ITEMS",
    "EVENING",
    "HALVES",
    "LEFT",
    "MORNING",
    "NIGHT",
    "REPORTED",
    "REVIEWS",
    "before",
    "carried",
    "carried_words",
    "change",
    "half_words",
    "handed",
    "key",
    "order",
    "place",
    "receivers",
    "still_open",
    "title",
    "with_shift",
]
