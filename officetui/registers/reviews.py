"""reviews 日清: how a day was closed and handed over, twice a day; key `review:<date>:<half>`.

In the evening the day hands to the night, at the change of shift in the morning the night hands to
the day. What is due and cannot be done is carried by name: a child each. The signature keeps what
was signed (`signed`), and how far every journal had come (`seen`): what changes that day later,
also on a device that was away, is told from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

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
from officetui.text.i18n import N_, P_, _, ngettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.registers.view import View

EVENING: Final = "evening"
MORNING: Final = "morning"
NIGHT: Final = "night"  # carried, because somebody said so
LEFT: Final = "left"  # carried, because nobody answered it before the signature
REPORTED: Final = "reported"
CARRIED: Final = (NIGHT, LEFT)
_NAMED: Final = 6  # matters that a seat's handover names

HALVES: Final = (
    Choice(EVENING, N_("evening, day to night"), ("晚", "白转夜")),
    Choice(MORNING, N_("morning, night to day"), ("早", "夜转白")),
)
ACCEPTED: Final = (
    Choice("screen", N_("at the screen"), ("当面",)),
    Choice("phone", N_("by phone"), ("电话",)),
    Choice("paper", N_("on paper"), ("纸质", "书面")),
)


def key(cells: Mapping[str, Any]) -> str:
    """The natural key of one half of a day."""
    return f"review:{cells.get('date')}:{cells.get('half')}"


def place(record: Record) -> tuple[str, str]:
    """The day (ISO) and the half that a review is of, also where nothing of it is written yet."""
    parts = record.id.split(":")
    named = (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "review" else ("", "")
    return record.text("date") or named[0], record.text("half") or named[1]


def order(record: Record) -> tuple[str, bool]:
    """Reviews in the order in which they are signed."""
    day, half = place(record)
    return day, half == EVENING


def half_words(half: str) -> str:
    """How a half is called."""
    return next((_(choice.label) for choice in HALVES if choice.value == half), half)


def title(record: Record) -> str:
    """11-20 日清 晚."""
    day, half = place(record)
    return f"{day[5:]} {half_words(half)}".strip()


# --- the shifts that hand over and take over -------------------------------------------------


def change(view: View, day: date, half: str) -> tuple[list[Record], list[Record]]:
    """The seats that leave and those that come where that half is signed; leaders on call do not
    hand over the room."""
    from officetui.registers.duty_log import keeps_log, shift_of

    leaving, coming = [], []
    for seat in view.records("duty"):
        shift = shift_of(seat, view) if keeps_log(seat) else None
        if shift is None or not shift.day - timedelta(days=1) <= day <= shift.end.date():
            continue
        today, ends = shift.day == day, shift.end.date()
        if half == EVENING:
            if today and ends == day:
                leaving.append(seat)
            elif today and ends > day:
                coming.append(seat)
        elif shift.day < day and ends == day:
            leaving.append(seat)
        elif today and ends == day:
            coming.append(seat)
    leaving.sort(key=_seat)
    coming.sort(key=_seat)
    return leaving, coming


def _seat(seat: Record) -> tuple[str, int]:
    return seat.text("line"), seat.whole("seat") or 0


def receivers(record: Record, view: View) -> list[str]:
    """Who can accept: those who come on duty."""
    day, half = place(record)
    found = day_of(day)
    if found is None:
        return []
    return list(dict.fromkeys(seat.text("person") for seat in change(view, found, half)[1]))


def _receiver(record: Record, view: View) -> str | None:
    names = receivers(record, view)
    return names[0] if names else None


# --- what is carried ---------------------------------------------------------------------------


def carried(record: Record, view: View) -> list[Record]:
    """What a review carries, each matter once."""
    found = {one.text("matter"): one for one in view.children(record, "carried")}
    return [one for one in found.values() if one.text("how") in CARRIED]


def before(view: View, day: str, half: str) -> Record | None:
    """The review that was begun last before that half of a day (ISO); None where there is none."""
    mine = (day, half == EVENING)
    found = [one for one in view.records("reviews") if one.state and order(one) < mine]
    return max(found, key=order, default=None)


def handed(view: View, day: str, half: str) -> list[Record]:
    """What was handed to whoever signs that half of a day and is not said to be otherwise there:
    the items carried by the review before. Whether they are still open their records say."""
    last = before(view, day, half)
    wanted = key({"date": day, "half": half})
    own = next((one for one in view.records("reviews") if one.id == wanted), None)
    said = {one.text("matter") for one in view.children(own, "carried")} if own else set()
    found = carried(last, view) if last is not None else []
    return [one for one in found if one.text("matter") not in said]


def with_shift(seat: Record, view: View) -> list[Record]:
    """What a shift has to hand on: what the review at its end carries, and what was handed to it
    and is still open, each matter once."""
    from officetui.registers.duty_log import keeps_log, shift_of

    shift = shift_of(seat, view) if keeps_log(seat) else None
    if shift is None:
        return []
    end = shift.end.date()
    half = MORNING if end > shift.day else EVENING
    wanted = key({"date": end.isoformat(), "half": half})
    own = next((one for one in view.records("reviews") if one.id == wanted), None)
    found = {one.text("matter"): one for one in (carried(own, view) if own is not None else ())}
    for one in handed(view, end.isoformat(), half):
        if still_open(one, view):
            found.setdefault(one.text("matter"), one)
    return list(found.values())


def still_open(item: Record, view: View) -> bool:
    """Whether a matter that was carried still wants somebody."""
    from officetui.registers.registry import BY_ID  # which imports this register

    register, _sep, record_id = item.text("matter").partition("/")
    table = BY_ID.get(register)
    if table is None:
        return False
    matter = next((one for one in view.records(register) if one.id == record_id), None)
    return matter is not None and matter.state not in table.finished


def carried_words(titles: Sequence[str], note: str) -> str:
    """What is handed over, in one text: a duty seat keeps it. The review itself names all."""
    names = listed(titles[:_NAMED])
    if len(titles) > _NAMED:
        n = len(titles)
        names = ngettext("{names}; {n} in all", "{names}; {n} in all", n).format(names=names, n=n)
    return "\n".join(words for words in (names, note) if words)


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
                Need("accepted_by", offer=_receiver, among=receivers),
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
        Column("state", N_("State"), 8, lambda r, v: REVIEWS.state_words(r)),
        Column("signed_by", N_("Signed by"), 8, lambda r, v: r.text("signed_by")),
        Column("accepted_by", N_("Accepted by"), 8, lambda r, v: r.text("accepted_by")),
        Column("carried", N_("Carried over"), 6, lambda r, v: str(len(carried(r, v)) or "")),
        Column("note", N_("Note"), 24, lambda r, v: r.text("note"), grow=True),
    ),
)
