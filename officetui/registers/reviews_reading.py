"""What a day review reads: its half, the shifts that hand over, what was carried to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officetui.registers.duty_zero import keeps_log, shift_of
from officetui.registers.model import Choice
from officetui.registers.record import Record, day_of
from officetui.text.i18n import N_, _, ngettext
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


def receiver(record: Record, view: View) -> str | None:
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
