"""documents 公文: incoming papers, to be acted on (办件) or to be read (阅件).

Steps: 党政机关公文处理工作条例 (2012), article 24.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from officetui.registers import candidates
from officetui.registers.common import URGE, short, urgings
from officetui.registers.documents_fields import (
    FIELDS,
    GENRES,
    READERS,
    RETENTION,
    SECRECY,
    URGENCIES,
    URGENCY_ORDER,
)
from officetui.registers.follow_up import follow_up, of_paper
from officetui.registers.model import (
    CLEAR,
    GIVEN,
    NOW,
    TODAY,
    ChildSets,
    Column,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.numbering import Numbering
from officetui.registers.people import away_until, leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _, pgettext
from officetui.text.words import gist


def to_act(record: Record) -> bool:
    """Whether the paper asks for action (办件)."""
    return record.text("kind") != "read"


def to_read(record: Record) -> bool:
    """Whether the paper only circulates (阅件)."""
    return record.text("kind") == "read"


def readers_left(record: Record, view: View) -> tuple[int, int]:
    """How many readers have given the paper back, of how many."""
    readers = view.children(record, "readers")
    return sum(1 for reader in readers if reader.get("returned_at")), len(readers)


def present_reader(record: Record, view: View) -> Record | None:
    """The reader who has the paper now: sent, not returned."""
    for reader in view.children(record, "readers"):
        if reader.get("sent_at") and not reader.get("returned_at"):
            return reader
    return None


def holder(record: Record, view: View) -> str:
    """Who holds the paper: the present reader, the leader asked, else the owner."""
    reader = present_reader(record, view)
    if reader is not None and to_read(record):
        return reader.text("person")
    if record.state == "proposed":
        return record.text("asked") or record.text("owner")
    return record.text("owner")


def held_since(record: Record, view: View) -> date | None:
    """Since which day or local moment the present holder has it; None when not known."""
    reader = present_reader(record, view)
    if reader is not None and to_read(record):
        sent = reader.instant("sent_at")
        return view.clock(sent).date() if sent else None
    day = record.day("held_from") or record.day("recv_at")
    return record.moment("recv_at") or day if day == record.day("recv_at") else day


def propose_offer(record: Record, view: View) -> str | None:
    """A proposal from the leaders' division of work: 请周海涛同志阅示 (people.portfolio)."""
    title = record.text("title")
    for person in view.records("people"):
        if any(word and word in title for word in person.words("portfolio")):
            name = person.text("name")
            if away_until(person, view.today):  # who is away is answered for by the deputy
                name = person.text("deputy")
            return _("For {name} to read and decide").format(name=name) if name else None
    return None


def _asked(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The leader whom a proposal names is the one who holds the paper next."""
    if inputs.get("asked"):
        return {}
    proposal = str(inputs.get("proposal", ""))
    leaders = [person for person in view.records("people") if leads(person)]
    named = [p.text("name") for p in leaders if p.text("name") and p.text("name") in proposal]
    return {"asked": named[0] if named else None}


def _lead_unit(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The unit of who takes it in hand leads, unless one is named."""
    person = view.person(str(inputs.get("owner", "")))
    if inputs.get("lead_unit") or record.get("lead_unit") or person is None or leads(person):
        return {}
    return {"lead_unit": person.text("unit") or None}


def _with_a_reader(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    if present_reader(record, view) is None:
        return _("Nobody has it now; send it to a reader first.")
    return None


def _all_back(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    back, total = readers_left(record, view)
    if back < total:
        return _("{n} of {total} readers have not given it back.").format(
            n=total - back, total=total
        )
    return None


def _next_reader_missing(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    if not view.children(record, "readers"):
        return _("No readers are set yet; add them first.")
    return None


_ACT = ("signed_for", "registered", "checked", "proposed", "instructed", "in_hand", "replied")
# A paper laid before a leader is gone on with after the instruction, or before it with a reason.
_GO_ON = tuple(state for state in _ACT if state != "proposed")
_HELD: dict[str, Any] = {"held_from": TODAY}
SEND_NEXT = ChildSets("readers", {"sent_at": NOW, "state": "sent"}, ("waiting",), first=True)


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
    """What the paper waits for, as lists show it; a circulation shows n of m."""
    if to_read(record) and record.state in ("readers_set", "circulating"):
        back, total = readers_left(record, view)
        if total:
            return _("seen {n}/{total}").format(n=back, total=total)
    state = DOCUMENTS.state(record.state)
    if state is None:
        return record.state
    return _(state.waiting or state.label)


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
    heading=_gist,
    word=P_("word", "paper"),
    numbering=Numbering("recv_no", per_year="recv_at"),
    title=_title,
    badge=_badge,
    fields=FIELDS,
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
    steps=(
        Step("register", N_("Register"), "m", ("signed_for",), "registered", sets=_HELD, first=10),
        Step(
            "check",
            N_("First check"),
            "f",
            ("signed_for", "registered"),
            "checked",
            when=to_act,
            first=18,
        ),
        Step(
            "propose",
            N_("Propose"),
            "p",
            ("signed_for", "registered", "checked", "proposed", "returned"),
            "proposed",
            needs=(
                Need("proposal", offer=propose_offer),
                Need("asked", required=False, among=candidates.leaders),
            ),
            sets=_HELD,
            extra=_asked,
            when=to_act,
            first=10,
        ),
        Step(
            "instruct",
            N_("Instruct"),
            "i",
            ("registered", "checked", "proposed", "instructed", "in_hand"),
            "instructed",
            needs=(
                Need("instruction"),
                Need(
                    "instructed_by",
                    required=False,
                    offer=lambda r, v: r.text("asked"),
                    among=candidates.leaders,
                ),
                Need("lead_unit", required=False, among=candidates.units),
            ),
            sets=_HELD,
            approval=True,
            when=to_act,
            first=11,
        ),
        Step(
            "assign",
            N_("Assign"),
            "o",
            _GO_ON,
            "in_hand",
            needs=(
                Need("owner", among=candidates.staff),
                Need("lead_unit", required=False, among=candidates.units),
                Need("due", required=False),
            ),
            sets=_HELD,
            extra=_lead_unit,
            when=to_act,
            first=12,
        ),
        Step(
            "reply",
            N_("Reply"),
            "y",
            ("instructed", "in_hand"),
            "replied",
            needs=(Need("result"), Need("reply_no", required=False)),
            when=to_act,
            first=14,
        ),
        Step(
            "close",
            N_("Close"),
            "c",
            _GO_ON,
            "closed",
            needs=(Need("result"),),
            sets={"closed_at": TODAY},
            when=to_act,
            first=15,
        ),
        Step(
            "readers",
            N_("Add a reader"),
            "l",
            (
                "signed_for",
                "registered",
                "checked",
                "proposed",
                "instructed",
                "in_hand",
                "replied",
                "readers_set",
                "circulating",
            ),
            None,
            needs=(Need("person", many=True, among=candidates.readers),),
            adds="readers",
            sets={"+state": "waiting"},
            extra=lambda r, i, v: (
                {"state": "readers_set"}
                if to_read(r) and r.state in ("signed_for", "registered", "checked")
                else {}
            ),
            first=20,
        ),
        Step(
            "circulate",
            N_("Circulate"),
            "v",
            ("signed_for", "registered", "checked", "readers_set"),
            "circulating",
            check=_next_reader_missing,
            sets=_HELD,
            children=(SEND_NEXT,),
            when=to_read,
            first=10,
        ),
        Step(
            "pass_on",
            N_("Returned, send on"),
            "s",
            (*_ACT, "circulating"),
            None,
            needs=(Need("opinion", required=False, offer="阅"),),
            check=_with_a_reader,
            children=(
                ChildSets(
                    "readers",
                    {"returned_at": NOW, "opinion": GIVEN + "opinion", "state": "returned"},
                    ("sent",),
                    first=True,
                ),
                SEND_NEXT,
            ),
            sets=_HELD,
            first=40,
            order={"circulating": 9},
        ),
        Step(
            "all_read",
            N_("All read"),
            "w",
            ("readers_set", "circulating"),
            "all_read",
            check=_all_back,
            sets={"closed_at": TODAY},
            when=to_read,
            first=11,
        ),
        URGE,
        follow_up("h", of_paper),
        Step(
            "postpone",
            N_("Change the due date"),
            "d",
            (*_ACT, "readers_set", "circulating"),
            None,
            needs=(
                Need("due"),
                Need("reason", usual=(N_("more time is needed"), N_("the sender put it off"))),
            ),
            first=35,
        ),
        Step(
            "return",
            N_("Return to sender"),
            "x",
            ("signed_for", "registered", "checked"),
            "returned",
            needs=(Need("reason", usual=(N_("not for us to handle"), N_("pages are missing"))),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        Step(
            "archive",
            N_("Archive"),
            "z",
            ("closed", "all_read"),
            "archived",
            needs=(Need("retention", offer="10年"), Need("archive_no", required=False)),
            sets={"archived_at": TODAY},
            first=16,
        ),
        Step(
            "reopen",
            N_("Reopen"),
            "n",
            ("closed", "archived", "returned", "all_read"),
            "registered",
            needs=(Need("reason"),),
            sets={"closed_at": CLEAR, "archived_at": CLEAR, **_HELD},
            first=60,
        ),
    ),
    children=(READERS, urgings("documents")),
    columns=(
        Column("no", N_("No."), 6, lambda r, v: _badge(r)),
        Column("urgency", N_("Urgency"), 4, lambda r, v: urgency_words(r)),
        Column("from", N_("From"), 14, lambda r, v: r.text("from_org")),
        Column("title", N_("Title"), 24, lambda r, v: _gist(r), grow=True),
        Column("next", N_("Next step"), 10, progress),
        Column("holder", N_("Held by"), 8, holder),
        Column("due", N_("Due"), 11, lambda r, v: r.text("due").replace("T", " ")[5:16]),
        Column("doc_no", N_("Document no."), 20, lambda r, v: r.text("doc_no"), rank=2),
        Column("recv", N_("Received"), 10, lambda r, v: r.text("recv_at")[:10], rank=2),
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
