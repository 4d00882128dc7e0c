"""outgoing 发文: papers of the office itself, from the draft to the archive.

Steps: 党政机关公文处理工作条例 (2012), articles 22 and 25. The number is given at registration,
after the recheck; a void paper keeps it.
"""

from __future__ import annotations

from datetime import date

from officetui.registers import outgoing_parts as parts
from officetui.registers.documents_fields import URGENCIES
from officetui.registers.model import (
    Column,
    Register,
    State,
)
from officetui.registers.numbering import Numbering
from officetui.registers.outgoing_fields import FIELDS
from officetui.registers.outgoing_steps import STEPS
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _, pgettext
from officetui.text.words import gist, listed

NUMBERING = Numbering(
    "doc_no",
    per_year="registered_at",
    series="org_code",
    form="{mark}〔{year}〕{n}号",
    given_by="register",
)


def drafting_by(record: Record) -> str:
    """Whose paper it is: its owner, else its drafter."""
    return record.text("owner") or record.text("drafter")


def holder(record: Record, view: View) -> str:
    """Who holds the paper: its reviewer, the cosigner whose turn it is, its signer, else its
    owner or drafter."""
    if record.state == "submitted":
        return record.text("reviewer") or drafting_by(record)
    if record.state == "cosigning":
        return next(iter(parts.cosigning(record, view)), "") or drafting_by(record)
    if record.state in ("reviewed", "cosigned"):
        return record.text("signer") or drafting_by(record)
    return drafting_by(record)


def held_since(record: Record, view: View) -> date | None:
    """Since which day the present holder has it."""
    return record.day("held_from") or record.day("drafted_at")


def due_now(record: Record) -> str:
    """The cell with its deadline: the opinions', while these are out and due before the paper is;
    else the paper's own; once it is issued, the receipts'."""
    if record.state == "issued":
        return "receipts_due"
    opinions, due = record.text("opinions_due"), record.text("due")
    if record.state == "consulting" and opinions and (not due or opinions <= due):
        return "opinions_due"
    return "due"


def progress(record: Record, view: View) -> str:
    """What the paper waits for; opinions, cosigners and receipts show n of m."""
    said = {
        "consulting": ("consulted", _("opinions {n}/{total}")),
        "cosigning": ("cosigners", _("cosigned {n}/{total}")),
        "issued": ("receipts", _("receipts {n}/{total}")),
    }.get(record.state)
    if said is not None:
        done, total = parts.done_of(record, view, said[0])
        if done < total:
            return said[1].format(n=done, total=total)
    return OUTGOING.next_words(record)


STATES: tuple[State, ...] = (
    State("drafting", N_("drafting"), N_("drafting")),
    State("consulting", N_("opinions sought"), P_("outgoing", "to submit")),
    State("submitted", P_("outgoing", "submitted"), N_("to review")),
    State("reviewed", N_("reviewed"), N_("to sign")),
    State("cosigning", N_("being cosigned"), N_("to cosign")),
    State("cosigned", N_("cosigned"), N_("to sign")),
    State("signed", N_("signed"), N_("to recheck")),
    State("rechecked", N_("rechecked"), N_("to number")),
    State("registered", P_("outgoing", "registered"), N_("to print")),
    State("printed", N_("printed"), N_("to seal")),
    State("sealed", N_("sealed"), N_("to issue")),
    State("issued", N_("issued"), N_("to archive")),
    State("delivered", N_("received by all"), N_("to archive"), finished=True),
    State("archived", N_("archived"), finished=True),
    State("void", N_("void"), finished=True),
)


def _badge(record: Record) -> str:
    """发12; a number of another form stands as it is."""
    number = record.text("doc_no")
    said = NUMBERING.read(number) if number else None
    return pgettext("badge", "Out {n}").format(n=said.n) if said is not None else number


def _title(record: Record) -> str:
    return " ".join(part for part in (_badge(record), record.text("title")) if part)


def _heading(record: Record) -> str:
    return gist(record.text("title"))


def _urgency(record: Record) -> str:
    found = next((one for one in URGENCIES if one.value == record.get("urgency")), None)
    return _(found.label) if found is not None else record.text("urgency")


def _due(record: Record) -> str:
    return record.text(due_now(record)).replace("T", " ")[5:16]


OUTGOING = Register(
    id="outgoing",
    label=N_("Outgoing papers"),
    digit="3",
    prefixes=("发", "发文", "發", "發文", "out"),
    initial="drafting",
    planned=("due", "receipts_due"),
    closed=("delivered_at", "archived_at", "void_at"),
    day="drafted_at",
    due="due",
    due_now=due_now,
    workdays=True,
    holder=holder,
    since=held_since,
    progress=progress,
    presses="urge",
    heading=_heading,
    word=P_("word", "outgoing"),
    numbering=NUMBERING,
    title=_title,
    badge=_badge,
    fields=FIELDS,
    states=STATES,
    steps=STEPS,
    children=parts.CHILDREN,
    columns=(
        Column("no", N_("No."), 6, lambda r, v: _badge(r)),
        Column("urgency", N_("Urgency"), 4, lambda r, v: _urgency(r)),
        Column("genre", N_("Genre"), 4, lambda r, v: r.text("genre")),
        Column("title", N_("Title"), 24, lambda r, v: _heading(r), grow=True),
        Column("next", N_("Next step"), 12, progress),
        Column("holder", N_("Held by"), 8, holder),
        Column("due", N_("Due"), 11, lambda r, v: _due(r)),
        Column("doc_no", P_("outgoing", "Document no."), 20, lambda r, v: r.text("doc_no"), rank=2),
        Column(
            "main_to", N_("Main recipients"), 16, lambda r, v: listed(r.words("main_to")), rank=2
        ),
        Column("signer", N_("Signer"), 8, lambda r, v: r.text("signer"), rank=3),
        Column("sent", N_("Issued"), 10, lambda r, v: _issued(r, v), rank=3),
    ),
)


def _issued(record: Record, view: View) -> str:
    """The office's day on which it was issued."""
    sent = record.instant("sent_at")
    return view.clock(sent).date().isoformat() if sent is not None else ""
