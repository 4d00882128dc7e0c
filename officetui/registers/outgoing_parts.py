"""What an outgoing paper has several of: opinions sought, cosigners, receipts, urgings; and the
questions about them."""

from __future__ import annotations

import msgspec

from officetui.registers.common import CHILD, STATE, urgings
from officetui.registers.model import CLEAR, NOW, Choice, Field, Need, Register, State, Step
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_

ADOPTED: tuple[Choice, ...] = (
    Choice("yes", N_("adopted"), ("采纳", "採納", "全部采纳")),
    Choice("partly", N_("adopted in part"), ("部分采纳", "部分採納")),
    Choice("no", N_("not adopted"), ("不采纳", "未采纳", "不採納")),
    Choice("none", N_("no remarks"), ("无意见", "没有意见", "無意見")),
)
NO_REMARKS = N_("No remarks.")

CONSULTED = Register(
    id="outgoing.consulted",
    parent="outgoing",
    label=N_("Opinions sought"),
    initial="asked",
    title=lambda record: record.text("unit"),
    fields=(
        Field("unit", N_("Unit asked"), "unit", required=True),
        Field("due", N_("Answer due"), "moment"),
        Field("asked_at", N_("Asked at"), "instant", bookkeeping=True),
        Field("replied_at", N_("Replied at"), "instant", bookkeeping=True),
        Field("reply", N_("Reply"), "long"),
        Field("adopted", N_("Adopted or not"), "choice", choices=ADOPTED),
        Field("why", N_("Why not"), "text"),
        STATE,
        *CHILD,
    ),
    states=(
        State("asked", N_("asked"), N_("to reply")),
        State("replied", P_("opinion", "replied"), finished=True),
    ),
    steps=(
        Step(
            "reply",
            N_("Note the reply"),
            "y",
            ("asked", "replied"),
            "replied",
            needs=(
                Need("reply", usual=(NO_REMARKS,)),
                Need("adopted", offer="yes"),
                Need("why", required=False),
            ),
            sets={"replied_at": NOW},
        ),
        Step(
            "ask_again",
            P_("opinion", "Ask again"),
            "s",
            ("asked", "replied"),
            "asked",
            needs=(Need("due", required=False),),
            sets={"asked_at": NOW, "replied_at": CLEAR},
        ),
    ),
)

COSIGNERS = Register(
    id="outgoing.cosigners",
    parent="outgoing",
    label=N_("Cosigners"),
    initial="asked",
    title=lambda record: record.text("cosigner"),
    fields=(
        Field("cosigner", N_("Cosigner"), "person", required=True),
        Field("asked_at", N_("Asked at"), "instant", bookkeeping=True),
        Field("signed_at", N_("Cosigned at"), "instant", bookkeeping=True),
        Field("opinion", N_("Opinion"), "text"),
        STATE,
        *CHILD,
    ),
    states=(
        State("asked", P_("cosigner", "asked"), N_("to cosign")),
        State("objects", N_("objects"), P_("cosigner", "to settle")),
        State("signed", N_("cosigned"), finished=True),
    ),
    steps=(
        Step(
            "sign",
            N_("Cosign"),
            "s",
            ("asked", "objects"),
            "signed",
            needs=(Need("opinion", required=False, offer="同意"),),
            sets={"signed_at": NOW},
        ),
        Step("object", N_("Object"), "x", ("asked", "signed"), "objects", needs=(Need("opinion"),)),
    ),
)

RECEIPTS = Register(
    id="outgoing.receipts",
    parent="outgoing",
    label=N_("Receipts"),
    initial="sent",
    title=lambda record: record.text("recipient"),
    fields=(
        Field("recipient", N_("Recipient"), "unit", required=True),
        Field("sent_at", N_("Sent at"), "instant", bookkeeping=True),
        Field("received_at", P_("receipt", "Received at"), "instant", bookkeeping=True),
        Field("received_by", P_("receipt", "Received by"), "text"),
        Field("urged_at", N_("Urged at"), "instant", bookkeeping=True),
        STATE,
        *CHILD,
    ),
    states=(
        State("sent", P_("receipt", "sent"), N_("receipt missing")),
        State("received", P_("receipt", "received"), finished=True),
    ),
    steps=(
        Step(
            "receive",
            P_("receipt", "Received"),
            "y",
            ("sent",),
            "received",
            needs=(Need("received_by", required=False),),
            sets={"received_at": NOW},
        ),
        Step(
            "send_again",
            N_("Send again"),
            "s",
            ("sent", "received"),
            "sent",
            sets={"sent_at": NOW, "received_at": CLEAR, "received_by": CLEAR},
        ),
    ),
)

_PLAIN = urgings("outgoing")
URGINGS = msgspec.structs.replace(
    _PLAIN,
    fields=(Field("recipient", N_("Whom"), "units"), *_PLAIN.fields),
)

CHILDREN = (CONSULTED, COSIGNERS, RECEIPTS, URGINGS)


def _names(record: Record, view: View, child: str, cell: str, *states: str) -> list[str]:
    """The names in a cell of the children that are in some of these states, in their order."""
    return [one.text(cell) for one in view.children(record, child) if one.state in states]


def asked(record: Record, view: View) -> list[str]:
    """The units whose opinion is still out."""
    return _names(record, view, "consulted", "unit", "asked")


def cosigning(record: Record, view: View) -> list[str]:
    """Who has still to cosign."""
    return _names(record, view, "cosigners", "cosigner", "asked", "objects")


def objecting(record: Record, view: View) -> list[str]:
    """The cosigners who object."""
    return _names(record, view, "cosigners", "cosigner", "objects")


def missing(record: Record, view: View) -> list[str]:
    """The recipients whose receipt is missing."""
    return _names(record, view, "receipts", "recipient", "sent")


def done_of(record: Record, view: View, child: str) -> tuple[int, int]:
    """How many children of a kind are finished, of how many."""
    table = next(one for one in CHILDREN if one.id == f"outgoing.{child}")
    found = view.children(record, child)
    return sum(1 for one in found if one.state in table.finished), len(found)
