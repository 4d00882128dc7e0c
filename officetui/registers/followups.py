"""followups 督办: what was asked for, who does it by when, and who found that it is done.

A report is no closure: another than the owner verifies it, and without a recorded answer nothing
is closed. *Collecting* (材料催收) is a follow-up over several units: only the missing are urged.
"""

from __future__ import annotations

from officetui.registers.followups_parts import (
    FEEDBACK,
    FIELDS,
    MILESTONES,
    SOURCES,
    STATES,
    UNITS,
    URGINGS,
)
from officetui.registers.followups_reading import (
    COLOURS,
    GREEN,
    LOOKS,
    RED,
    YELLOW,
    asked,
    badge,
    colour,
    colour_name,
    colour_words,
    headline,
    held_since,
    in_charge,
    left_words,
    missing,
    progress,
    progress_column,
    shade,
    source_words,
    tally,
)
from officetui.registers.followups_steps import STEPS, answered
from officetui.registers.model import Column, Register
from officetui.registers.numbering import Numbering
from officetui.text.i18n import N_, P_

FOLLOWUPS: Register = Register(
    id="followups",
    label=N_("Follow-ups"),
    digit="6",
    prefixes=("督", "督办", "督辦", "follow"),
    initial="raised",
    planned=("due",),
    closed=("closed_at",),
    day="raised_at",
    due="due",
    holder=lambda record, view: record.text("owner"),
    since=held_since,
    progress=progress,
    tally=tally,
    presses="urge",
    pressed={"reported": "verify", "verified": "close"},
    heading=headline,
    word=P_("word", "follow-up"),
    numbering=Numbering("no", per_year="raised_at"),
    title=lambda record: " ".join(p for p in (badge(record), headline(record)) if p),
    badge=badge,
    fields=FIELDS,
    states=STATES,
    steps=STEPS,
    children=(UNITS, FEEDBACK, URGINGS, MILESTONES),
    columns=(
        Column("no", N_("No."), 5, lambda r, v: badge(r)),
        Column("what", N_("What is to be done"), 22, lambda r, v: headline(r), grow=True),
        Column("owner", N_("Owner"), 8, lambda r, v: r.text("owner")),
        Column("due", N_("Due"), 5, lambda r, v: r.text("due")[5:10]),
        Column(
            "colour",
            P_("follow-up", "Left"),
            13,
            colour_words,
            look=lambda r, v: LOOKS.get(colour(r, v), "alert"),
        ),
        Column("next", P_("follow-up", "Progress"), 14, progress_column),
        Column("source", N_("Source"), 14, source_words, rank=2),
        Column("lead", P_("follow-up", "Lead unit"), 12, lambda r, v: r.text("lead_unit"), rank=2),
        Column("raised", N_("Raised on"), 5, lambda r, v: r.text("raised_at")[5:10], rank=3),
        Column(
            "standard",
            N_("Done when"),
            24,
            lambda r, v: r.text("standard").replace("\n", " "),
            rank=3,
        ),
    ),
)

__all__ = [
    "COLOURS",
    "FEEDBACK",
    "FOLLOWUPS",
    "GREEN",
    "LOOKS",
    "MILESTONES",
    "RED",
    "SOURCES",
    "UNITS",
    "YELLOW",
    "answered",
    "asked",
    "colour",
    "colour_name",
    "colour_words",
    "in_charge",
    "left_words",
    "missing",
    "progress",
    "shade",
    "source_words",
    "tally",
]
