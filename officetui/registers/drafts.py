"""drafts 材料: speeches, reports, briefings, with their versions; a draft may become a paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from officetui.registers import candidates
from officetui.registers.common import (
    CHILD,
    COMMON,
    NOTE_ANSWER,
    REASON,
    STATE,
    URGE,
    postpone,
    reopen,
    unapproved,
    urgings,
)
from officetui.registers.model import (
    CLEAR,
    ME,
    NOW,
    TODAY,
    UNAPPROVED,
    UNAPPROVED_WHY,
    Choice,
    Column,
    Field,
    Makes,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_

VERSIONS: tuple[Choice, ...] = (
    Choice("初稿", N_("first draft"), ("一稿", "第一稿", "草稿")),
    Choice("二稿", N_("second draft"), ("第二稿", "修改稿")),
    Choice("送审稿", N_("draft for approval"), ("送審稿", "审定稿")),
    Choice("定稿", N_("final draft"), ("终稿", "終稿")),
)
_ORDER = tuple(choice.value for choice in VERSIONS)

FIELDS: tuple[Field, ...] = (
    Field(
        "title", N_("Title"), required=True, aliases=("材料名称", "标题", "题目", "标題", "名称")
    ),
    Field("for_whom", N_("For whom"), "person", aliases=("使用人", "讲话人", "服务领导", "领导")),
    Field("occasion", N_("Occasion"), aliases=("用途", "场合", "会议", "活动")),
    Field(
        "due",
        N_("Due"),
        "moment",
        required=True,
        aliases=("完成时限", "期限", "交稿时间", "截止日期", "完成时间", "要求完成时间"),
    ),
    Field(
        "version",
        P_("draft", "Version"),
        "choice",
        choices=VERSIONS,
        aliases=("版本", "稿次", "稿别"),
    ),
    Field("writer", N_("Writer"), "person", aliases=("撰稿人", "起草人", "执笔人", "执笔")),
    Field("reviewer", N_("Reviewer"), "person", aliases=("审稿人", "审核人", "把关领导")),
    Field("asked_at", N_("Asked for on"), "day", aliases=("交办日期", "布置日期", "交办时间")),
    Field("remark", N_("What was said of it"), "long", aliases=("修改意见", "审核意见"), anew=True),
    Field("delivered_to", N_("Given to"), aliases=("交付", "送交")),
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    Field("held_from", N_("Held since"), "day", bookkeeping=True),
    REASON,
    Field("basis", N_("Came from"), "ref"),
    STATE,
    *unapproved(("final", N_("Final"))),
    *COMMON,
)

VERSION = Register(
    id="drafts.versions",
    parent="drafts",
    label=N_("Versions"),
    title=lambda record: record.text("version"),
    day="at",
    fields=(
        Field("version", P_("draft", "Version"), "choice", required=True, choices=VERSIONS),
        Field("at", N_("When"), "instant", bookkeeping=True),
        Field("by", N_("By"), "person", bookkeeping=True),
        Field("remark", N_("Remark"), "text"),
        *CHILD,
    ),
)


def writing_by(record: Record) -> str:
    """Who writes it: the writer, else the owner."""
    return record.text("writer") or record.text("owner")


def holder(record: Record, view: View) -> str:
    """Who has the draft: the reviewer while it is submitted, else the writer."""
    if record.state == "submitted":
        return record.text("reviewer") or writing_by(record)
    return writing_by(record)


def held_since(record: Record, view: View) -> date | None:
    """Since which day the holder has it."""
    return record.day("held_from") or record.day("asked_at")


def next_version(record: Record, view: View) -> str:
    """The version after the present one; the first of all at the beginning."""
    now = record.text("version")
    if now not in _ORDER:
        return _ORDER[0]
    return _ORDER[min(_ORDER.index(now) + 1, len(_ORDER) - 2)]


def _headline(record: Record) -> str:
    """书记讲话稿 二稿."""
    return " ".join(part for part in (record.text("title"), version_words(record)) if part)


def version_words(record: Record) -> str:
    """The version as lists show it; "" before there is one."""
    field = DRAFTS.field("version")
    return field.show(record.get("version")) if field is not None else ""


def _versioned(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {"version": inputs.get("version")}


def _paper(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The outgoing paper that a draft becomes: what is known of it already."""
    writer = writing_by(record)
    return {
        "title": record.text("title"),
        "drafter": writer,
        "owner": writer,
        "reviewer": record.get("reviewer"),
        "drafted_at": view.today.isoformat(),
        "held_from": view.today.isoformat(),
        "due": record.get("due"),
        "weight": record.get("weight"),
    }


_HELD: dict[str, Any] = {"held_from": TODAY}
_OPEN = ("writing", "submitted", "sent_back", "final")

DRAFTS: Register = Register(
    id="drafts",
    label=N_("Drafts"),
    digit="3",
    prefixes=("材", "材料", "draft"),
    initial="writing",
    planned=("due",),
    closed=("closed_at",),
    day="due",
    due="due",
    workdays=True,
    holder=holder,
    since=held_since,
    presses="urge",
    title=_headline,
    word=P_("word", "draft"),
    fields=FIELDS,
    states=(
        State("writing", N_("being written"), P_("draft", "to submit")),
        State("submitted", P_("draft", "submitted"), P_("draft", "to approve")),
        State("sent_back", P_("draft", "sent back"), N_("to change")),
        State("final", P_("draft", "final"), N_("to deliver")),
        State("delivered", P_("draft", "delivered"), finished=True),
        State("dropped", P_("draft", "dropped"), finished=True),
    ),
    steps=(
        Step(
            "version",
            N_("New version"),
            "v",
            ("writing", "sent_back", "submitted"),
            "writing",
            needs=(Need("version", offer=next_version), Need("remark", required=False)),
            adds="versions",
            sets={"+at": NOW, "+by": ME, **_HELD},
            extra=_versioned,
            many=False,
            first=10,
        ),
        Step(
            "submit",
            N_("Submit the draft"),
            "m",
            ("writing", "sent_back"),
            "submitted",
            needs=(
                Need("reviewer", among=candidates.leaders),
                Need("version", required=False, offer=lambda r, v: r.get("version") or "送审稿"),
            ),
            sets=_HELD,
            first=11,
        ),
        Step(
            "send_back",
            N_("Send back to be changed"),
            "x",
            ("submitted", "final"),
            "sent_back",
            needs=(Need("remark"),),
            sets={**_HELD, UNAPPROVED: CLEAR, UNAPPROVED_WHY: CLEAR},
            early=False,
            first=12,
        ),
        Step(
            "final",
            N_("Final"),
            "f",
            ("writing", "submitted"),
            "final",
            needs=(Need("remark", required=False),),
            sets={"version": "定稿", **_HELD},
            approval=True,
            first=13,
            order={"submitted": 10},
        ),
        Step(
            "deliver",
            N_("Deliver"),
            "d",
            ("final",),
            "delivered",
            needs=(
                Need("delivered_to", required=False, offer=lambda r, v: r.text("for_whom") or None),
            ),
            sets={"closed_at": TODAY},
            first=10,
        ),
        Step(
            "paper",
            N_("Make it an outgoing paper"),
            "o",
            _OPEN,
            "delivered",
            needs=(
                Need("genre"),
                Need("title"),
                Need("drafter"),
                Need("main_to", required=False),
                Need("due", required=False),
            ),
            makes=Makes("outgoing", _paper),
            sets={"closed_at": TODAY},
            first=20,
        ),
        URGE,
        NOTE_ANSWER,
        postpone("D", _OPEN, N_("more time is needed")),
        Step(
            "drop",
            N_("Drop"),
            "z",
            _OPEN,
            "dropped",
            needs=(Need("reason", usual=(N_("no longer needed"),)),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        reopen("n", ("delivered", "dropped"), "writing", {"closed_at": CLEAR, **_HELD}),
    ),
    children=(VERSION, urgings("drafts")),
    columns=(
        Column("title", N_("Title"), 24, lambda r, v: r.text("title"), grow=True),
        Column("version", P_("draft", "Version"), 7, lambda r, v: version_words(r)),
        Column("next", N_("Next step"), 10, lambda r, v: DRAFTS.waits_for(r, v)),
        Column("holder", N_("Held by"), 8, holder),
        Column("due", N_("Due"), 11, lambda r, v: r.text("due").replace("T", " ")[5:16]),
        Column("for_whom", N_("For whom"), 10, lambda r, v: r.text("for_whom"), rank=2),
        Column("occasion", N_("Occasion"), 16, lambda r, v: r.text("occasion"), rank=2),
        Column("reviewer", N_("Reviewer"), 8, lambda r, v: r.text("reviewer"), rank=3),
    ),
)
