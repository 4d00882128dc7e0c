"""Who is seated at a meeting, in the order of precedence."""

from __future__ import annotations

from typing import NamedTuple

from officetui.errors import Refused
from officetui.office.look import Look
from officetui.registers import meetings
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.seating import MOST_ROWS, SHAPES, Place, seating
from officetui.text.i18n import _
from officetui.text.words import listed


class Seated(NamedTuple):
    """The places of a meeting. `unranked`: who stands in no order of precedence and so sits after
    the others, as listed."""

    places: list[Place]
    unranked: list[str]


def who_sits(look: Look, meeting: Record, leaders: bool = False) -> list[str]:
    """Host, chair, leaders and attendees without those who are excused, substitutes in place of
    who sends one; `leaders`: only who has a place in the order of precedence."""
    names = [meeting.text("host"), meeting.text("chair"), *meetings.cast(meeting)]
    for one in look.children(meeting, "attendees"):
        reply = one.text("reply")
        name = one.text("person") or one.text("unit")
        if reply == "请假":
            names = [other for other in names if other != name]
        elif reply == "替会":
            names = [other for other in names if other != name]
            names.append(one.text("substitute"))
        else:
            names.append(name)
    found = [name for name in dict.fromkeys(names) if name]
    if leaders:
        found = [name for name in found if _rank(look, name) is not None]
    last = 10**9
    return sorted(found, key=lambda name: last if (rank := _rank(look, name)) is None else rank)


def seat(
    look: Look, meeting: Record, shape: str = "row", rows: int = 0, leaders: bool = False
) -> Seated:
    """The places of a meeting. Raises Refused for what is no meeting, no shape, or has nobody."""
    if meeting.register != "meetings":
        words = _("{register} has no seats: name a meeting.")
        raise Refused(words.format(register=BY_ID[meeting.register].name()), field="id")
    if shape not in SHAPES:
        words = _("There is no shape “{name}”. There are: {names}.")
        raise Refused(words.format(name=shape, names=listed(SHAPES)), field="shape")
    if not 0 <= rows <= MOST_ROWS:
        raise Refused(_("From 1 to {n}.").format(n=MOST_ROWS), field="rows")
    names = who_sits(look, meeting, leaders)
    if not names:
        raise Refused(_("Nobody is named for this meeting yet."), field="leaders")
    places = seating(names, shape, rows, str(look.setting("seat_even")))
    return Seated(places, [name for name in names if _rank(look, name) is None])


def _rank(look: Look, name: str) -> int | None:
    person = look.person(name)
    return person.whole("rank") if person is not None else None


__all__ = ["SHAPES", "Seated", "seat", "who_sits"]
