"""documents 公文: incoming papers, to be acted on (办件) or to be read (阅件).

Steps: 党政机关公文处理工作条例 (2012), article 24.
"""

from __future__ import annotations

from datetime import date, datetime, time

from officetui.registers.common import short, urgings
from officetui.registers.documents_circulation import (
    READERS,
    present_reader,
    readers_left,
    sent_since,
    to_act,
    to_read,
)
from officetui.registers.documents_fields import (
    FIELDS,
    GENRES,
    RETENTION,
    SECRECY,
    URGENCIES,
    URGENCY_ORDER,
)
from officetui.registers.documents_steps import STEPS, propose_offer
from officetui.registers.model import Column, Register, State
from officetui.registers.numbering import Numbering
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _, pgettext
from officetui.text.words import gist, held_words


def _reader(record: Record, view: View) -> Record | None:
    """The reader who holds the matter: of a paper to act on only while a leader is to instruct,
    since what is in hand stays with its owner while others read it."""
    if to_read(record) or record.state == "proposed":
        return present_reader(record, view)
    return None


def holder(record: Record, view: View) -> str:
    """Who holds the paper: the present reader, the leader asked, else the owner."""
    reader = _reader(record, view)
    if reader is not None:
        return reader.text("person")
    if record.state == "proposed":
        return record.text("asked") or record.text("owner")
    return record.text("owner")


def _holder_or_nobody(record: Record, view: View) -> str:
    """Who holds it; that nobody does is said while it is open."""
    state = DOCUMENTS.state(record.state)
    open_now = state is not None and not state.finished
    return holder(record, view) or (_("nobody") if open_now else "")


def held_since(record: Record, view: View) -> date | None:
    """Since which day or local moment the present holder has it; None when not known."""
    reader = _reader(record, view)
    if reader is not None:
        return sent_since(reader, view)
    day = record.day("held_from") or record.day("recv_at")
    return record.moment("recv_at") or day if day == record.day("recv_at") else day


def held(record: Record, view: View) -> str:
    """For how long the holder has it, as lists show it; a holder on leave is said."""
    state = DOCUMENTS.state(record.state)
    if state is not None and state.finished:
        return ""
    person = view.person(holder(record, view))
    if person is not None and away_until(person, view.today):
        return _("on leave")
    since = held_since(record, view)
    if since is None:
        return ""
    if not isinstance(since, datetime):
        since = datetime.combine(since, time(12))
        if since > view.local:
            return pgettext("just arrived", "new")
    return held_words(since, view.local)


def _badge(record: Record) -> str:
    number = record.text("recv_no")
    return pgettext("badge", "In {n}").format(n=number) if number else ""


def _title(record: Record) -> str:
    return " ".join(part for part in (_badge(record), record.text("title")) if part)


def _gist(record: Record) -> str:
    return gist(record.text("title"), record.text("from_org"))


def urgency_words(record: Record) -> str:
    """The urgency as lists show it; "" without one."""
    field = DOCUMENTS.field("urgency")
    return field.show(record.get("urgency")) if field else ""


def progress(record: Record, view: View) -> str:
    """What the paper waits for, as lists show it; a paper to read shows n of m."""
    if to_read(record) and record.state in ("readers_set", "circulating"):
        back, total = readers_left(record, view)
        if total:
            return _("seen {n}/{total}").format(n=back, total=total)
    if to_read(record) and record.state in ("registered", "checked"):
        return _("to name readers")
    return DOCUMENTS.next_words(record)


def suggests(record: Record) -> str:
    """A paper to read needs its readers first of all."""
    named = record.state not in ("registered", "checked")
    return "readers" if to_read(record) and not named else ""


def held_and_seen(record: Record, view: View) -> str:
    """For how long the holder has it; of a paper to act on also how many have read it."""
    words = held(record, view)
    back, total = readers_left(record, view)
    if to_read(record) or back == total or not words:
        return words
    return f"{words} {back}/{total}"


DOCUMENTS: Register = Register(
    id="documents",
    label=N_("Documents"),
    digit="3",
    prefixes=("收", "收文", "in"),
    initial="registered",
    planned=("due",),
    closed=("closed_at", "archived_at"),
    day="recv_at",
    due="due",
    workdays=True,
    holder=holder,
    since=held_since,
    progress=progress,
    presses="urge",
    suggests=suggests,
    heading=_gist,
    word=P_("word", "paper"),
    numbering=Numbering("recv_no", per_year="recv_at"),
    title=_title,
    badge=_badge,
    fields=FIELDS,
    entry=(
        *("from_org", "doc_no", "title", "copies", "urgency", "due", "lead_unit", "owner"),
        *("kind", "channel", "co_units", "note", "recv_at", "recv_no", "genre"),
    ),
    states=(
        State("signed_for", N_("signed for"), N_("to register")),
        State("registered", N_("registered"), N_("to propose")),
        State("checked", N_("checked"), N_("to propose")),
        State("returned", N_("returned"), finished=True),
        State("proposed", N_("proposed"), N_("to instruct")),
        State("instructed", N_("instructed"), N_("to assign")),
        State("in_hand", N_("in hand"), N_("in hand")),
        State("replied", N_("replied"), N_("to close")),
        State("readers_set", N_("readers set"), N_("to circulate")),
        State("circulating", N_("circulating"), N_("circulating")),
        State("all_read", N_("all read"), N_("to archive"), finished=True),
        State("closed", N_("closed"), N_("to archive"), finished=True),
        State("archived", N_("archived"), finished=True),
    ),
    steps=STEPS,
    children=(READERS, urgings("documents")),
    columns=(
        Column("no", N_("No."), 6, lambda r, v: _badge(r)),
        Column("urgency", N_("Urgency"), 4, lambda r, v: urgency_words(r)),
        Column("from", N_("From"), 14, lambda r, v: r.text("from_org")),
        Column("title", N_("Title"), 24, lambda r, v: _gist(r), grow=True),
        Column("next", N_("Next step"), 10, progress),
        Column("holder", N_("Held by"), 8, _holder_or_nobody),
        Column("held", N_("Held for"), 10, held_and_seen, rank=2),
        Column("due", N_("Due"), 11, lambda r, v: r.text("due").replace("T", " ")[5:16]),
        Column("doc_no", N_("Document no."), 20, lambda r, v: r.text("doc_no"), rank=2),
        Column("recv", N_("Received"), 10, lambda r, v: r.text("recv_at")[:10], rank=3),
        Column("lead", N_("Lead unit"), 12, lambda r, v: r.text("lead_unit"), rank=3),
        Column("proposal", N_("Proposal"), 24, lambda r, v: short(r.text("proposal"), 40), rank=3),
    ),
)

__all__ = [
    "DOCUMENTS",
    "GENRES",
    "READERS",
    "RETENTION",
    "SECRECY",
    "URGENCIES",
    "URGENCY_ORDER",
    "held",
    "held_since",
    "holder",
    "present_reader",
    "progress",
    "propose_offer",
    "readers_left",
    "to_act",
    "to_read",
    "urgency_words",
]
