"""Closing a day: what is carried or reported, the signature, and who accepts it.

Everything is a step of the register of reviews, so it is one change and one undo each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec

from officetui.errors import Refused
from officetui.office import waiting
from officetui.office.day_review import (
    Asked,
    DayReview,
    Picture,
    now_half,
    record_of,
    review,
    to_close,
)
from officetui.office.review_asked import matter_cells
from officetui.registers import reviews
from officetui.registers.record import Record
from officetui.text.i18n import _, ngettext

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.office import Office


MOST_KEPT: Final = 300
"""Matters of each list that a signature keeps by name."""
_LARGEST: Final = 1 << 19  # bytes of all of them: the journal takes no value over 1 MiB


def present(office: Office) -> tuple[date, str]:
    """The half of a day that is to be signed now. After midnight the evening may still be open:
    it is signed first, as long as the night has not handed over."""
    half = now_half(office)
    today = office.today
    if half == reviews.MORNING and office.local.hour < 6:
        yesterday = today - timedelta(days=1)
        evening = record_of(office, yesterday, reviews.EVENING)
        if evening.state == "open":
            return yesterday, reviews.EVENING
    return today, half


def refuse_far(office: Office, day: date) -> None:
    """Raises Refused for a day of which nothing is written any more, or not yet."""
    if day > office.today:
        raise Refused(_("This day has not come yet."), field="date")
    if (office.today - day).days > 1:
        raise Refused(_("A day that is over is only read here."), field="date")


def carry(office: Office, day: date, half: str, asked: Asked, reason: str = "") -> Done:
    """Hand a matter to who comes next: the night, or in the morning the day."""
    refuse_far(office, day)
    inputs = {**matter_cells(asked), "reason": reason}
    return office.do([record_of(office, day, half)], "carry", inputs)


def report(
    office: Office, day: date, half: str, asked: Asked, to: str, method: str, reason: str = ""
) -> Done:
    """Note that a leader was told of a matter; it is answered with that. A follow-up keeps it,
    too."""
    refuse_far(office, day)
    inputs = {**matter_cells(asked), "to": to, "method": method, "reason": reason}
    taken: list[tuple[Record, str, Mapping[str, Any]]] = [
        (record_of(office, day, half), "report", inputs)
    ]
    record = office.get(asked.ref)
    if record is not None and to and waiting.takes(record, "tell_leader"):
        taken.append((record, "tell_leader", {"told_leader": to, "told_how": method}))
    return office.do_all(taken)


def write_note(office: Office, day: date, half: str, note: str) -> Done:
    """The note for who comes next."""
    refuse_far(office, day)
    record = record_of(office, day, half)
    if not note.strip() and record.text("note"):
        return office.set(record, {"note": None})
    return office.do([record], "write_note", {"note": note.strip()})


def unanswered_words(made: DayReview) -> str:
    """How many matters have no answer yet, as the question before signing; "" for none."""
    n = len(made.asked)
    if not n:
        return ""
    words = ngettext(
        "{n} matter has no answer. Signing carries it by name.",
        "{n} matters have no answer. Signing carries them by name.",
        n,
    )
    return words.format(n=n)


def sign(
    office: Office, day: date, half: str, inputs: Mapping[str, Any], carry: bool = False
) -> Done:
    """Sign a half of a day; `inputs`: note, accepted_by, accepted_how. What has no answer is
    carried by name, if `carry` says so.

    Raises Refused: signed already, not a day to sign, or unanswered matters without `carry`.
    """
    inputs = _given(inputs)
    record = record_of(office, day, half)
    refuse_unfit(office, record, day)
    made = review(office, day, half)
    if made.said:  # yesterday, in an office founded today
        raise Refused(made.said)
    left = [matter_cells(one) for one in made.asked if not _arrives(office, one, inputs)]
    if left and not carry:
        raise Refused(unanswered_words(made), field="carry")
    given = {
        **inputs,
        "left": left,
        "seen": office.store.cursor.to_json(),
        "signed": _kept(made),
    }
    return office.do([record], "sign", given)


def _given(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What was given: a name with blanks around it is that name, blanks alone are none."""
    found = {n: one.strip() if isinstance(one, str) else one for n, one in inputs.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _kept(made: DayReview) -> dict[str, Any]:
    """What a signature keeps of a review, as one cell can hold it: of an office with thousands of
    open matters the first of each list. What is handed over stands beside it, each by name."""
    most = MOST_KEPT
    while True:
        parts = (made.asked, made.listed, made.checks, made.tomorrow)
        picture = _shortened(msgspec.to_builtins(Picture(*parts)), most)
        if not most or len(msgspec.json.encode(picture)) <= _LARGEST:
            found: dict[str, Any] = picture
            return found
        most //= 2


def _shortened(value: Any, most: int) -> Any:
    """Plain data with at most so many members of each of its lists."""
    if isinstance(value, dict):
        return {name: _shortened(one, most) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_shortened(one, most) for one in value[:most]]
    return value


def _arrives(office: Office, asked: Asked, inputs: Mapping[str, Any]) -> bool:
    """Whether the matter is a seat whose person accepts at the screen: who is there has come."""
    seat = office.get(asked.ref) if asked.register == "duty" else None
    here = inputs.get("accepted_how") in (None, "", "screen")
    return seat is not None and here and seat.text("person") == inputs.get("accepted_by")


def refuse_unfit(office: Office, record: Record, day: date) -> None:
    """Raises Refused where a signature is there already, or the day is not the one to sign."""
    if record.state in ("signed", "accepted") and not record.trashed:
        raise Refused(
            _("{what} was signed by {name} already; undo takes a signature back.").format(
                what=reviews.title(record), name=record.text("signed_by")
            )
        )
    if not to_close(office, day, reviews.place(record)[1]):
        raise Refused(_("Only today and yesterday evening can be signed."))


def accept(office: Office, day: date, half: str, inputs: Mapping[str, Any]) -> Done:
    """Whoever comes takes over: at the screen, by phone, or on paper."""
    record = record_of(office, day, half)
    if not record.state or record.state == "open":
        raise Refused(_("It is not signed yet: sign it first."))
    return office.do([record], "accept", _given(inputs))
