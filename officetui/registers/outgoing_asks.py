"""What the steps of an outgoing paper offer, why they are refused, and what they write besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.registers import candidates
from officetui.registers import outgoing_parts as parts
from officetui.registers.model import UNAPPROVED, UNAPPROVED_WHY
from officetui.registers.people import away_until, leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed

UPWARD = ("请示", "报告")  # genres that go to the superior; 意见 may go either way


def upward(genre: object) -> bool:
    """Whether a paper of this genre goes to the superior (上行文)."""
    return genre in UPWARD


def head(view: View) -> str:
    """The head of the office: the least rank of the precedence order; "" without one."""
    ranked = [p for p in view.records("people") if leads(p) and p.text("name")]
    first = min(ranked, key=lambda person: person.whole("rank") or 0, default=None)
    return first.text("name") if first is not None else ""


# What the forms of steps hold at first


def signer_offer(record: Record, view: View) -> str | None:
    """Who signs: the head where the paper goes upward or matters most, else the leader in charge
    of the matter, by the division of work; whoever is away is answered for by the deputy."""
    given = record.text("signer")
    if given:
        return given
    title, found = record.text("title"), None
    if not (upward(record.get("genre")) or record.get("weight")):
        for person in view.records("people"):
            if leads(person) and any(word and word in title for word in person.words("portfolio")):
                found = person
                break
    if found is None:
        return head(view) or None
    if away_until(found, view.today):
        return found.text("deputy") or head(view) or None
    return found.text("name")


def codes(record: Record, view: View) -> list[str]:
    """The organ codes of the office: of its settings, then those used before, the last first."""
    found = dict.fromkeys(str(code) for code in view.setting("org_codes"))
    used = [one for one in view.records("outgoing") if one.text("org_code")]
    used.sort(key=lambda one: one.text("registered_at"), reverse=True)
    found.update(dict.fromkeys(one.text("org_code") for one in used))
    return [code for code in found if code]


def code_offer(record: Record, view: View) -> str | None:
    return record.text("org_code") or next(iter(codes(record, view)), None)


def recipients(record: Record, view: View) -> list[str] | None:
    """Everyone it goes to who has it not yet; 各村 and the like stand as they are written."""
    have = {one.text("recipient") for one in view.children(record, "receipts")}
    every = dict.fromkeys((*record.words("main_to"), *record.words("cc_to")))
    return [one for one in every if one not in have] or None


def cosigners(record: Record, view: View) -> list[str]:
    """Leaders and units that can cosign, without those who are asked."""
    have = {one.text("cosigner") for one in view.children(record, "cosigners")}
    every = [*candidates.leaders(record, view), *candidates.units(record, view)]
    return [one for one in every if one not in have]


def consulted(record: Record, view: View) -> list[str]:
    have = {one.text("unit") for one in view.children(record, "consulted")}
    return [one for one in candidates.units(record, view) if one not in have]


def outstanding(record: Record, view: View) -> list[str] | None:
    return parts.missing(record, view) or None


# Why not


def _of(inputs: Mapping[str, Any], name: str) -> list[str]:
    value = inputs.get(name)
    return [str(one) for one in value] if isinstance(value, list) else [str(value or "")]


def _strange(given: list[str], open_: list[str], nobody: str, others: str) -> str | None:
    """Why a note about others than those who are waited for is refused."""
    if not open_:
        return nobody
    strangers = [one for one in given if one and one not in open_]
    if strangers:
        return others.format(names=listed(strangers), open=listed(open_))
    return None


def not_asked(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    return _strange(
        _of(inputs, "unit"),
        parts.asked(record, view),
        _("No opinion is out; seek one first."),
        _("No opinion is out from {names}; it is from: {open}."),
    )


def not_cosigning(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    return _strange(
        _of(inputs, "cosigner"),
        parts.cosigning(record, view),
        _("Nobody has still to cosign."),
        _("{names} need not cosign; still to cosign: {open}."),
    )


def not_missing(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    return _strange(
        _of(inputs, "recipient"),
        parts.missing(record, view),
        _("No receipt is missing."),
        _("No receipt is missing from {names}; missing are: {open}."),
    )


def objected(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    names = parts.objecting(record, view)
    if not names:
        return None
    return _("{names} object: settle it with them, or send the paper back.").format(
        names=listed(names)
    )


def unconfirmed(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    names = parts.missing(record, view)
    if not names or inputs.get("reason"):
        return None
    done, total = parts.done_of(record, view, "receipts")
    return _(
        "{n} of {total} have confirmed; missing: {names}. Note them, or give a reason."
    ).format(n=done, total=total, names=listed(names))


def nobody_to_urge(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    return None if parts.missing(record, view) else _("No receipt is missing.")


# Further cells


def asked_until(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The opinions are due with the last one asked for."""
    return {"opinions_due": inputs["due"]} if inputs.get("due") else {}


def adds_up(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The last cosignature takes the paper on to its signer."""
    left = [one for one in parts.cosigning(record, view) if one not in _of(inputs, "cosigner")]
    return {} if left else {"state": "cosigned", "held_from": view.today.isoformat()}


def received(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The last receipt ends it."""
    left = [one for one in parts.missing(record, view) if one not in _of(inputs, "recipient")]
    return {} if left else {"state": "delivered", "delivered_at": view.today.isoformat()}


def registered(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The day that its number is of; a paper that has its number keeps both."""
    return {} if record.get("registered_at") else {"registered_at": view.today.isoformat()}


def numbered(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """The number it was given."""
    now = next((one for one in view.records("outgoing") if one.id == record.id), record)
    number = now.text("doc_no")
    return _("It is {number}.").format(number=number) if number else ""


def signs_anew(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What has to be signed again need not be signed afterwards as well."""
    left = [one for one in record.words(UNAPPROVED) if one not in ("sign", "recheck")]
    return {UNAPPROVED: left or None, UNAPPROVED_WHY: record.get(UNAPPROVED_WHY) if left else None}


def gives_back(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A void paper keeps its number; one that only waits for it gets none any more."""
    return {} if record.get("doc_no") else {"registered_at": None}
