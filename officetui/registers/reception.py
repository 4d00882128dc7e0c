"""reception 来访来电: visits, calls, letters, online, 12345.

Clocks by default: told within 15 days (信访工作条例 2022, article 23), finished within 60, and at
most 30 more with the approval of the head (article 36); calendar days, all settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from officetui.registers.common import masked, urgings
from officetui.registers.model import Column, Register, State
from officetui.registers.numbering import Numbering
from officetui.registers.reception_fields import FIELDS
from officetui.registers.reception_steps import STEPS, notify_due
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _, pgettext

GROUP_FROM = 5  # five or more are a group (集体访)
MOST_SPEAKERS = 5  # at most five speak for a group


def group_of(headcount: int | None) -> str:
    """个访 or 集体访, by the headcount."""
    return "集体访" if (headcount or 1) >= GROUP_FROM else "个访"


def visitor_key(cells: Mapping[str, Any]) -> tuple[str, str] | None:
    """Who a visitor is: name and phone, however they were typed; None without both."""
    return _key_of(str(cells.get("name") or ""), str(cells.get("phone") or ""))


@lru_cache(maxsize=16384)
def _key_of(name: str, phone: str) -> tuple[str, str] | None:
    name = "".join(name.split())
    phone = "".join(filter(str.isalnum, phone))
    return (name, phone) if name and phone else None


def earlier(record: Record, view: View) -> list[Record]:
    """Earlier matters of the same visitor (same name and phone), oldest first: on the desk, and in
    the books as far as they have been gone through."""
    key = visitor_key(record.doc)
    if key is None:
        return []
    filed = view.filed("reception", "phone", record.text("phone"))
    there, desk = view.memo("visitors", ("reception",), partial(_by_visitor, view))
    same = [one for one in filed if one.id not in desk and visitor_key(one.doc) == key]
    same = [one for one in (*same, *there.get(key, ())) if one.id != record.id]
    return sorted(same, key=lambda one: (one.text("at"), one.id))


def _by_visitor(view: View) -> tuple[dict[tuple[str, str], list[Record]], set[str]]:
    """The matters on the desk by who came, and the ids of all of them."""
    found: dict[tuple[str, str], list[Record]] = {}
    records = view.records("reception")
    for record in records:
        key = visitor_key(record.doc)
        if key is not None:
            found.setdefault(key, []).append(record)
    return found, {record.id for record in records}


def to_sign(record: Record) -> bool:
    """Whether a ticket of the hotline is still to be signed for (签收)."""
    return (
        record.text("channel") == "hotline"
        and not record.get("signed_at")
        and record.state == "received"
    )


def deadline_cell(record: Record) -> str:
    """Which cell is the deadline now: to sign for a ticket, to tell while not answered or
    accepted, then to finish."""
    if to_sign(record) and record.get("sign_due"):
        return "sign_due"
    return "notify_due" if record.state == "received" and not record.get("due") else "due"


def _implied(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What follows from who came and when: by when to tell, a group or not, and again or not."""
    found: dict[str, Any] = {
        "receiver": view.user,
        "notify_due": notify_due(str(cells.get("at", "")), view),
    }
    count = cells.get("headcount")
    if isinstance(count, int):
        found["group"] = group_of(count)
    if visitor_key(cells) is not None:
        again = earlier(Record("reception", {**cells, "id": ""}), view)
        found["repeat"] = "重复" if again else "初次"
    return found


def holder(record: Record, view: View) -> str:
    """Who has the matter: its owner, the unit it was sent to, else who received it."""
    sent = record.text("transferred_to") if record.state == "transferred" else ""
    return record.text("owner") or sent or record.text("receiver")


def progress(record: Record, view: View) -> str:
    """What the matter waits for; a ticket first for somebody who signs for it."""
    if to_sign(record):
        return _("to sign for")
    return RECEPTION.next_words(record)


def _badge(record: Record) -> str:
    number = record.text("no")
    return pgettext("badge", "V {n}").format(n=number) if number else ""


RECEPTION: Register = Register(
    id="reception",
    label=N_("Reception"),
    digit="5",
    prefixes=("访", "信", "来访", "来信", "12345", "visit", "letter"),
    initial="received",
    planned=("due",),
    closed=("replied_at", "closed_at"),
    day="at",
    due="due",
    due_now=lambda record: deadline_cell(record),
    holder=holder,
    since=lambda r, v: r.day("held_from") or r.moment("at") or r.day("at"),
    progress=progress,
    implied=_implied,
    presses="answer",
    heading=lambda record: record.text("matter").replace("\n", " "),
    word=P_("word", "visitor"),
    numbering=Numbering("no", per_year="at"),
    title=lambda record: " ".join(
        p for p in (record.text("name"), record.text("matter").replace("\n", " ")) if p
    ),
    badge=_badge,
    fields=FIELDS,
    states=(
        State("received", N_("received"), N_("to answer")),
        State("accepted", N_("accepted"), N_("to handle")),
        State("transferred", N_("transferred"), N_("transferred")),
        State("in_hand", P_("visitor", "in hand"), P_("visitor", "in hand")),
        State("answered_on_spot", N_("answered on the spot"), N_("to close"), finished=True),
        State("answered", P_("visitor", "answered"), N_("to call back"), finished=True),
        State("called_back", N_("called back"), N_("to close"), finished=True),
        State("closed", N_("closed"), finished=True),
        State("not_accepted", N_("not accepted"), finished=True),
    ),
    steps=STEPS,
    children=(urgings("reception"),),
    columns=(
        Column("at", N_("When"), 11, lambda r, v: r.text("at").replace("T", " ")[5:16]),
        Column("channel", N_("Channel"), 6, lambda r, v: _channel(r)),
        Column("name", N_("Name"), 8, lambda r, v: r.text("name")),
        Column("phone", N_("Phone"), 12, lambda r, v: masked(r.text("phone"))),
        Column("matter", N_("Matter"), 24, lambda r, v: r.text("matter"), grow=True),
        Column("state", N_("Next step"), 10, progress),
        Column("owner", N_("Owner"), 8, holder),
        Column("due", N_("Due"), 5, lambda r, v: r.text(deadline_cell(r))[5:10]),
        Column("headcount", N_("Headcount"), 5, lambda r, v: r.text("headcount"), rank=2),
        Column("unit", P_("visitor", "From"), 10, lambda r, v: r.text("unit"), rank=2),
        Column("to", N_("Transferred to"), 14, lambda r, v: r.text("transferred_to"), rank=3),
        Column("result", N_("Result"), 20, lambda r, v: r.text("result"), rank=3),
    ),
)


def _channel(record: Record) -> str:
    field = RECEPTION.field("channel")
    assert field is not None
    return field.show(record.get("channel"))
