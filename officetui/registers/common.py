"""Fields and reading helpers that every register shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from officetui.registers.model import (
    CLEAR,
    GIVEN,
    ME,
    NOW,
    UNAPPROVED,
    UNAPPROVED_WHY,
    Checks,
    ChildSets,
    Choice,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _

COMMON: tuple[Field, ...] = (
    Field(
        "owner", N_("Owner"), "person", aliases=("责任人", "承办人", "经办人", "負責人", "承辦人")
    ),
    Field("weight", N_("Key matter"), "flag", aliases=("重点", "重點")),
    Field("note", N_("Note"), "long", aliases=("备注", "備註", "说明", "說明")),
    Field("tags", N_("Tags"), "words", aliases=("标签", "標籤")),
    Field("links", N_("Links"), "refs"),
)


def unapproved(*approvals: tuple[str, str]) -> tuple[Field, ...]:
    """The cells of a register whose steps may be taken before an approval (act first): which
    approvals (id and label of the step) are still to be filled in, and why nobody waited."""
    return (
        Field(
            UNAPPROVED,
            N_("To be approved afterwards"),
            "words",
            choices=tuple(Choice(step, label) for step, label in approvals),
            bookkeeping=True,
        ),
        Field(UNAPPROVED_WHY, N_("Why it was done first"), bookkeeping=True),
    )


# Why a step was taken.
REASON = Field("reason", N_("Reason"), anew=True)


def postpone(key: str, sources: tuple[str, ...], *usual: str, check: Checks | None = None) -> Step:
    """The step that gives a matter another due date, for a reason (`usual` ones are offered)."""
    return Step(
        "postpone",
        N_("Change the due date"),
        key,
        sources,
        needs=(Need("due"), Need("reason", usual=usual)),
        check=check,
        first=35,
    )


def reopen(key: str, sources: tuple[str, ...], target: str, sets: Mapping[str, Any]) -> Step:
    """The step back from `sources`, which were ends, for a reason; `sets` undoes what they set."""
    return Step(
        "reopen",
        N_("Reopen"),
        key,
        sources,
        target,
        needs=(Need("reason"),),
        sets=sets,
        first=60,
    )


# What a record came from, when a step of another one made it.
BASIS = Field("basis", N_("Came from"), "ref", bookkeeping=True)
# Cells that say how far a record is; written by steps and import, not typed into forms.
STATE = Field("state", N_("State"), "text", bookkeeping=True)
PARENT = Field("parent", N_("Part of"), "text", bookkeeping=True)
POS = Field("pos", N_("Place in the list"), "text", bookkeeping=True)
CHILD: tuple[Field, ...] = (PARENT, POS)


# A list to be ticked off: a checklist, milestones.
TICKED: tuple[State, ...] = (
    State("open", P_("item", "open")),
    State("done", N_("done"), finished=True),
)
TICK: tuple[Step, ...] = (
    Step(
        "tick",
        N_("Tick"),
        "x",
        ("open", ""),
        "done",
        sets={"done_at": NOW, "done_by": ME},
        first=1,
    ),
    Step(
        "untick",
        N_("Untick"),
        "w",
        ("done",),
        "open",
        sets={"done_at": CLEAR, "done_by": CLEAR},
        first=1,
    ),
)

METHODS: tuple[Choice, ...] = (
    Choice("phone", N_("by phone"), ("电话", "电", "電話", "打电话")),
    Choice("message", N_("by message"), ("短信", "微信", "信息", "簡訊")),
    Choice("face", N_("in person"), ("当面", "口头", "當面")),
    Choice("paper", N_("on paper"), ("书面", "纸质", "書面")),
)

URGING_FIELDS: tuple[Field, ...] = (
    Field("at", N_("When"), "instant", bookkeeping=True),
    Field("method", N_("How"), "choice", choices=METHODS),
    Field("by", N_("By"), "person", bookkeeping=True),
    Field("answer", N_("Answer"), "text"),
    Field("promised", N_("Promised for"), "moment"),
    *CHILD,
)


def urgings(parent: str) -> Register:
    """The child register of urgings (催办): events beside the state."""
    return Register(
        id=f"{parent}.urgings",
        parent=parent,
        label=N_("Urgings"),
        fields=URGING_FIELDS,
        title=lambda r: r.text("answer") or URGING_FIELDS[1].show(r.get("method")),
        day="at",
    )


URGE = Step(
    "urge",
    N_("Urge"),
    "b",
    adds="urgings",
    needs=(
        Need("method", offer="phone"),
        Need("answer", required=False, usual=(N_("not reached"), N_("reports today"))),
        Need("promised", required=False),
    ),
    sets={"+at": "@now", "+by": "@user"},
    first=30,
)


def masked(phone: str) -> str:
    """The phone of one of the public as lists show it: 139****0283."""
    digits = phone.strip()
    if len(digits) < 7:
        return digits and "*" * len(digits)
    return digits[:3] + "*" * (len(digits) - 7) + digits[-4:]


def last_urging(record: Record, view: View) -> Record | None:
    """The last time a record was urged; None when it never was."""
    urged = view.children(record, "urgings")
    return urged[-1] if urged else None


def _last_said(cell: str) -> Callable[[Record, View], Any]:
    def said(record: Record, view: View) -> Any:
        last = last_urging(record, view)
        return last.get(cell) if last is not None else None

    return said


def _urged(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    if last_urging(record, view) is None:
        return _("It has not been urged yet.")
    if not inputs.get("answer") and not inputs.get("promised"):
        return _("Write what was answered, or for when it is promised.")
    return None


# What came of the last urging, said then or later; for every register with urgings.
NOTE_ANSWER = Step(
    "note_answer",
    N_("Note the answer to an urging"),
    "H",
    needs=(
        Need(
            "answer",
            required=False,
            offer=_last_said("answer"),
            usual=(N_("not reached"), N_("reports today"), N_("needs more time")),
        ),
        Need("promised", required=False, offer=_last_said("promised")),
    ),
    check=_urged,
    children=(
        ChildSets(
            "urgings",
            {"answer": GIVEN + "answer", "promised": GIVEN + "promised"},
            last=True,
        ),
    ),
    first=36,
)


def holder(record: Record, view: View) -> str:
    """Who holds a record by default: its owner."""
    return record.text("owner")


def short(text: str, limit: int) -> str:
    """The beginning of a text, for a title; widths in cells are the screen's business."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


__all__ = [
    "BASIS",
    "CHILD",
    "CLEAR",
    "COMMON",
    "METHODS",
    "NOTE_ANSWER",
    "PARENT",
    "POS",
    "STATE",
    "URGE",
    "holder",
    "last_urging",
    "masked",
    "short",
    "unapproved",
    "urgings",
]
