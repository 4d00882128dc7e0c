"""Circulation of a paper (传阅): a track beside its state, for papers to act on and to read.

Each hop returns to the clerk: a reader gives the paper back, and the clerk sends it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from officetui.registers.common import CHILD, STATE
from officetui.registers.model import (
    CLEAR,
    GIVEN,
    NOW,
    ChildSets,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.order import after, between
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _, pgettext


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


def sent_since(reader: Record, view: View) -> datetime | None:
    """The local moment since which a reader has the paper; None when it is not with them."""
    sent = reader.instant("sent_at")
    return view.clock(sent) if sent and not reader.get("returned_at") else None


# What refuses a step


def with_a_reader(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Refuses unless somebody has it."""
    if present_reader(record, view) is None:
        return _("Nobody has it now; send it to a reader first.")
    return None


def all_back(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Refuses while a reader has not given it back."""
    back, total = readers_left(record, view)
    if back < total:
        return _("{n} of {total} readers have not given it back.").format(
            n=total - back, total=total
        )
    return None


def somebody_to_send(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Refuses without a reader who waits for it, and while somebody has it."""
    readers = view.children(record, "readers")
    if not readers:
        return _("No readers are set yet; add them first.")
    reader = present_reader(record, view)
    if reader is not None:
        return _("{name} has it; note its return first.").format(name=reader.text("person"))
    if not any(reader.state == "waiting" for reader in readers):
        return _("Every reader has given it back.")
    return None


# What is said when a step was taken


def now_with(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """Who has the paper now, and how many have read it."""
    reader = present_reader(record, view)
    back, total = readers_left(record, view)
    if reader is None:
        return _("Every reader has given it back.") if back == total else ""
    return _("Now with {name}; seen {n}/{total}.").format(
        name=reader.text("person"), n=back, total=total
    )


def readers_out(record: Record, inputs: Mapping[str, Any], view: View) -> str:
    """How many have not read what is closed or filed."""
    return all_back(record, inputs, view) or ""


# The order of the readers


def _siblings(reader: Record, view: View) -> list[Record]:
    return view.children(Record("documents", {"id": reader.parent}), "readers")


def _to_end(reader: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The place behind all other readers."""
    others = [other.text("pos") for other in _siblings(reader, view) if other.id != reader.id]
    last = max(others, default="")
    return {"pos": after(last)} if last > reader.text("pos") else {}


def _one_up(reader: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The place before the reader who is before this one."""
    readers = _siblings(reader, view)
    here = next((n for n, other in enumerate(readers) if other.id == reader.id), 0)
    if here == 0:
        return {}
    before = readers[here - 2].text("pos") if here > 1 else ""
    return {"pos": between(before, readers[here - 1].text("pos"))}


READERS = Register(
    id="documents.readers",
    parent="documents",
    label=N_("Readers"),
    initial="waiting",
    title=lambda record: record.text("person"),
    since=sent_since,
    fields=(
        Field("person", P_("reader", "Person"), "person", required=True),
        Field("sent_at", N_("Sent at"), "instant", bookkeeping=True),
        Field("returned_at", N_("Returned at"), "instant", bookkeeping=True),
        Field("opinion", N_("Opinion"), "text"),
        STATE,
        *CHILD,
    ),
    states=(
        State("waiting", N_("not sent")),
        State("sent", N_("has it")),
        State("returned", P_("reader", "returned"), finished=True),
    ),
    steps=(
        Step(
            "send",
            N_("Send"),
            "s",
            ("waiting", "returned"),
            "sent",
            sets={"sent_at": NOW, "returned_at": CLEAR},
            first=10,
        ),
        Step(
            "return",
            N_("Returned"),
            "y",
            ("waiting", "sent"),
            "returned",
            needs=(
                Need("opinion", required=False, offer=lambda r, v: pgettext("opinion", "read")),
            ),
            sets={"returned_at": NOW},
            first=11,
            order={"sent": 9},
        ),
        Step(
            "later",
            N_("Away, put last"),
            "l",
            ("waiting", "sent"),
            "waiting",
            sets={"sent_at": CLEAR},
            extra=_to_end,
            first=20,
        ),
        Step("up", N_("One place forward"), "f", ("waiting",), None, extra=_one_up, first=21),
        Step(
            "call_back",
            N_("Call back"),
            "b",
            ("sent",),
            "waiting",
            sets={"sent_at": CLEAR},
            first=22,
        ),
    ),
)

SEND_NEXT = ChildSets("readers", {"sent_at": NOW, "state": "sent"}, ("waiting",), first=True)
TAKE_BACK = ChildSets(
    "readers",
    {"returned_at": NOW, "opinion": GIVEN + "opinion", "state": "returned"},
    ("sent",),
    first=True,
)
CALL_BACK = ChildSets("readers", {"sent_at": CLEAR, "state": "waiting"}, ("sent",), first=True)
PUT_LAST = ChildSets(
    "readers", {"sent_at": CLEAR, "state": "waiting"}, ("sent",), first=True, extra=_to_end
)
