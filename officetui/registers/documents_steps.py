"""The steps of documents 公文: 党政机关公文处理工作条例 (2012), article 24."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.registers import candidates
from officetui.registers.common import NOTE_ANSWER, URGE, postpone, reopen
from officetui.registers.documents_answer import ANSWER, answer_number
from officetui.registers.documents_circulation import (
    CALL_BACK,
    PUT_LAST,
    SEND_NEXT,
    TAKE_BACK,
    all_back,
    now_with,
    readers_out,
    somebody_to_send,
    to_act,
    to_read,
    with_a_reader,
)
from officetui.registers.follow_up import follow_up, of_paper
from officetui.registers.model import CLEAR, ME, TODAY, Need, Step
from officetui.registers.order import counted_on
from officetui.registers.people import away_until, leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, _


def propose_offer(record: Record, view: View) -> str | None:
    """A proposal from the leaders' division of work: 请周海涛同志阅示 (people.portfolio).

    Of several whose work the title names, the one of whose words it says most.
    """
    title = record.text("title")
    best: Record | None = None
    most = 0
    for person in view.records("people"):
        said = sum(len(word) for word in person.words("portfolio") if word and word in title)
        if said > most:
            best, most = person, said
    if best is None:
        return None
    name = best.text("name")
    if away_until(best, view.today):  # who is away is answered for by the deputy
        name = best.text("deputy")
    return _("For {name} to read and decide").format(name=name) if name else None


def archive_offer(record: Record, view: View) -> str | None:
    """The number after the last one given: the paper archived last says how they are written."""
    numbered = [one for one in view.records("documents") if one.text("archive_no")]
    if not numbered:
        return str(view.greatest("documents", "archive_no") + 1)
    last = max(numbered, key=lambda one: (one.text("archived_at"), _counted(one)[1]))
    head = _counted(last)[0]
    same = [one for one in numbered if _counted(one)[0] == head]
    greatest = max(same, key=lambda one: _counted(one)[1])
    text = greatest.text("archive_no")
    if not head:
        return str(max(_counted(greatest)[1], view.greatest("documents", "archive_no")) + 1)
    return counted_on(text, 1) if text[-1:].isdigit() else None


def _counted(record: Record) -> tuple[str, int]:
    """WS-0012: what stands before the number, and the number."""
    text = record.text("archive_no")
    head = text.rstrip("0123456789")
    return head, int(text[len(head) :][:18] or 0)


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


def _back_at_the_clerk(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A paper to read lies with its owner again; one to act on stayed there all along."""
    return {"held_from": view.today.isoformat()} if to_read(record) else {}


_ACT = ("signed_for", "registered", "checked", "proposed", "instructed", "in_hand", "replied")
# A paper laid before a leader is gone on with after the instruction, or before it with a reason.
_GO_ON = tuple(state for state in _ACT if state != "proposed")
_HELD: dict[str, Any] = {"held_from": TODAY}

STEPS: tuple[Step, ...] = (
    Step(
        "register",
        N_("Register"),
        "m",
        ("signed_for",),
        "registered",
        needs=(
            Need("title"),
            Need("doc_no", required=False),
            Need("signed_by", required=False, offer=ME),
        ),
        sets=_HELD,
        first=10,
        many=False,
    ),
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
        order={"proposed": 30},
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
        order={"instructed": 30, "in_hand": 30},
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
        order={"in_hand": 17},
    ),
    Step(
        "reply",
        N_("Reply"),
        "y",
        ("instructed", "in_hand"),
        "replied",
        needs=(Need("result"), Need("reply_no", required=False, offer=answer_number)),
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
        tells=readers_out,
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
        check=somebody_to_send,
        sets=_HELD,
        children=(SEND_NEXT,),
        tells=now_with,
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
        check=with_a_reader,
        children=(TAKE_BACK, SEND_NEXT),
        extra=_back_at_the_clerk,
        tells=now_with,
        first=40,
        order={"circulating": 9},
    ),
    Step(
        "send",
        N_("Send to the readers"),
        "V",
        _ACT,
        None,
        check=somebody_to_send,
        children=(SEND_NEXT,),
        tells=now_with,
        when=to_act,
        first=25,
    ),
    Step(
        "later",
        N_("Reader away, put last"),
        "S",
        (*_ACT, "circulating"),
        None,
        check=with_a_reader,
        children=(PUT_LAST, SEND_NEXT),
        extra=_back_at_the_clerk,
        tells=now_with,
        first=41,
    ),
    Step(
        "call_back",
        N_("Call back from the reader"),
        "B",
        (*_ACT, "circulating"),
        None,
        check=with_a_reader,
        children=(CALL_BACK,),
        extra=_back_at_the_clerk,
        first=42,
    ),
    Step(
        "all_read",
        N_("All read"),
        "w",
        ("readers_set", "circulating"),
        "all_read",
        check=all_back,
        sets={"closed_at": TODAY},
        when=to_read,
        first=11,
    ),
    URGE,
    NOTE_ANSWER,
    follow_up("h", of_paper),
    ANSWER,
    postpone(
        "d",
        (*_ACT, "readers_set", "circulating"),
        N_("more time is needed"),
        N_("the sender put it off"),
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
        needs=(
            Need("retention", offer="10年"),
            Need("archive_no", required=False, offer=archive_offer),
        ),
        sets={"archived_at": TODAY},
        counts="archive_no",
        tells=readers_out,
        first=16,
    ),
    reopen(
        "n",
        ("closed", "archived", "returned", "all_read"),
        "registered",
        {"closed_at": CLEAR, "archived_at": CLEAR, **_HELD},
    ),
)
