"""The steps of reception 来访来电, and its clocks (信访工作条例 2022, articles 23 and 36)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from officetui.registers import candidates
from officetui.registers.common import NOTE_ANSWER, URGE, postpone, reopen
from officetui.registers.follow_up import follow_up, of_visitor
from officetui.registers.model import (
    CLEAR,
    NOW,
    TODAY,
    UNAPPROVED,
    UNAPPROVED_WHY,
    Need,
    Step,
)
from officetui.registers.reception_fields import APPROVE_EXTENSION
from officetui.registers.record import Record, day_of
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _

_OPEN = ("received", "accepted", "transferred", "in_hand")


def notify_due(at: str, view: View) -> str | None:
    """By when the visitor must be told whether the matter is taken: a calendar day."""
    day = day_of(at)
    if day is None:
        return None
    return (day + timedelta(days=int(view.setting("reception_tell_days")))).isoformat()


def finish_due(record: Record, view: View) -> str | None:
    """By when an accepted matter must be finished: a calendar day."""
    day = record.day("at")
    if day is None:
        return None
    return (day + timedelta(days=int(view.setting("reception_finish_days")))).isoformat()


def last_day(record: Record, view: View) -> date | None:
    """The last day to finish a matter, with its extension if it has one; None without a day."""
    day = record.day("at")
    if day is None:
        return None
    days = int(view.setting("reception_finish_days"))
    if record.get("extended_at"):
        days += int(view.setting("reception_extend_days"))
    return day + timedelta(days=days)


def _accepted(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {} if record.get("due") or inputs.get("due") else {"due": finish_due(record, view)}


def _within_limit(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """A due date may move, but not beyond the days that the matter has."""
    due, last = day_of(inputs.get("due")), last_day(record, view)
    if due is None or last is None or due <= last:
        return None
    return _("It has until {date}; more time is an extension, with approval.").format(
        date=last.isoformat()
    )


def _extended(record: Record, view: View) -> str | None:
    """The day to which the time may be extended."""
    day = record.day("due") or last_day(record, view)
    days = int(view.setting("reception_extend_days"))
    return (day + timedelta(days=days)).isoformat() if day is not None else None


def _may_extend(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Once, before it is overdue, and by no more days than the office allows."""
    if record.get("extended_at"):
        return _("Its time was extended already; that is done only once.")
    now, most = record.day("due"), _extended(record, view)
    if now is not None and now < view.today:
        return _("It was due on {date}; what is overdue is not extended.").format(
            date=now.isoformat()
        )
    due = day_of(inputs.get("due"))
    if due is not None and now is not None and due <= now:
        return _("It is due on {date} already; an extension is later.").format(date=now.isoformat())
    if due is not None and most is not None and due.isoformat() > most:
        return _("It can be extended to {date} at most.").format(date=most)
    return None


def _to_approve(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """An extension that nobody has approved yet stays flagged until the approval is filled in."""
    if inputs.get("approver"):
        return {}
    waits = [*record.words(UNAPPROVED), APPROVE_EXTENSION]
    return {UNAPPROVED: list(dict.fromkeys(waits)), UNAPPROVED_WHY: inputs.get("reason")}


STEPS: tuple[Step, ...] = (
    Step(
        "answer_on_spot",
        N_("Answer on the spot"),
        "s",
        ("received",),
        "answered_on_spot",
        needs=(Need("result"), Need("reply_mode", required=False, offer="face")),
        sets={"replied_at": TODAY},
        first=10,
    ),
    Step(
        "accept",
        N_("Accept and tell"),
        "v",
        ("received",),
        "accepted",
        sets={"told_at": NOW, "held_from": TODAY},
        extra=_accepted,
        first=12,
    ),
    Step(
        "sign",
        N_("Sign for the ticket"),
        "l",
        ("received",),
        None,
        sets={"signed_at": NOW},
        when=lambda record: record.text("channel") == "hotline" and not record.get("signed_at"),
        first=9,
    ),
    Step(
        "transfer",
        N_("Transfer"),
        "f",
        ("received", "accepted", "in_hand"),
        "transferred",
        needs=(
            Need("transferred_to"),
            Need("owner", required=False),
            Need("due", required=False, offer=finish_due),
        ),
        sets={"held_from": TODAY},
        first=13,
    ),
    Step(
        "take",
        N_("Take in hand"),
        "o",
        ("received", "accepted", "transferred", "in_hand"),
        "in_hand",
        needs=(Need("owner", among=candidates.staff),),
        sets={"held_from": TODAY},
        extra=_accepted,
        first=14,
    ),
    Step(
        "answer",
        P_("visitor", "Answer"),
        "y",
        _OPEN,
        "answered",
        needs=(Need("result"), Need("reply_mode", offer="phone")),
        sets={"replied_at": TODAY},
        first=11,
    ),
    Step(
        "call_back",
        N_("Call back"),
        "z",
        ("answered", "answered_on_spot"),
        "called_back",
        needs=(Need("satisfaction", offer="满意"),),
        first=15,
    ),
    Step(
        "close",
        N_("Close"),
        "c",
        ("answered", "answered_on_spot", "called_back", "not_accepted"),
        "closed",
        sets={"closed_at": TODAY},
        first=16,
        order={"answered_on_spot": 9},
    ),
    follow_up("h", of_visitor),
    postpone("d", _OPEN, check=_within_limit),
    Step(
        "extend",
        N_("Extend"),
        "w",
        ("accepted", "transferred", "in_hand"),
        None,
        needs=(
            Need("due", offer=_extended),
            Need("reason", usual=(N_("the matter is complicated"),)),
            Need("approver", required=False, among=candidates.leaders),
        ),
        check=_may_extend,
        sets={"extended_at": TODAY},
        extra=_to_approve,
        many=False,
        first=36,
    ),
    Step(
        APPROVE_EXTENSION,
        N_("Approve the extension"),
        "p",
        (),
        None,
        needs=(Need("approver", among=candidates.leaders),),
        when=lambda record: APPROVE_EXTENSION in record.words(UNAPPROVED),
        approval=True,
        first=8,
    ),
    msgspec.structs.replace(URGE, sources=_OPEN),
    NOTE_ANSWER,
    Step(
        "refuse",
        N_("Not accept"),
        "x",
        ("received", "accepted"),
        "not_accepted",
        needs=(
            Need("reason", usual=(N_("the courts decide it"), N_("another office's matter"))),
            Need("reply_mode", required=False, offer="face"),
        ),
        sets={"closed_at": TODAY, "told_at": NOW},
        first=40,
    ),
    reopen(
        "n",
        ("answered", "answered_on_spot", "called_back", "closed", "not_accepted"),
        "received",
        {"replied_at": CLEAR, "closed_at": CLEAR},
    ),
)
