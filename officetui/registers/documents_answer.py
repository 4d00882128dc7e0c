"""An incoming paper's answer (复文): the step that makes it an outgoing paper, linked to it.

What is known of the paper is not typed again; once the answer has its number, the reply offers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.registers import candidates
from officetui.registers.documents_circulation import to_act
from officetui.registers.documents_fields import GENRES
from officetui.registers.model import Makes, Need, Step
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, _
from officetui.text.words import gist


def _matter(record: Record) -> str:
    """What a paper is about: its title without 关于 and without its genre."""
    matter = gist(record.text("title"), record.text("from_org"))
    for choice in GENRES:
        for word in (choice.value, *choice.aliases):
            if matter.endswith("的" + word):
                return matter.removesuffix("的" + word) or matter
    return matter


def _answer(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The answer as an outgoing paper: 请示 is answered by 批复, all else by a letter (函)."""
    asked = record.text("genre") == "请示"
    title = _("Reply to the request on {matter}") if asked else _("Letter of reply on {matter}")
    owner = str(inputs.get("drafter") or record.text("owner") or view.user)
    found = {
        "genre": "批复" if asked else "函",
        "title": title.format(matter=_matter(record)),
        "drafter": owner,
        "owner": owner,
        "main_to": [record.text("from_org")] if record.text("from_org") else [],
        "urgency": record.get("urgency"),
        "due": record.get("due"),
        "weight": record.get("weight"),
        "drafted_at": view.today.isoformat(),
        "held_from": view.today.isoformat(),
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def answer_number(record: Record, view: View) -> str | None:
    """The number of the outgoing paper that answers it, once it has one."""
    numbers = [
        one.text("doc_no") for one in view.records("outgoing") if one.text("basis") == record.ref
    ]
    return next((number for number in reversed(numbers) if number), None)


ANSWER = Step(
    "answer_paper",
    N_("Draft the answer as an outgoing paper"),
    "Y",
    ("signed_for", "registered", "checked", "proposed", "instructed", "in_hand", "replied"),
    None,
    needs=(
        Need("genre", required=False),
        Need("title", required=False),
        Need("drafter", required=False, among=candidates.staff),
        Need("main_to", required=False),
        Need("due", required=False),
    ),
    makes=Makes("outgoing", _answer),
    many=False,
    when=to_act,
    first=43,
)
