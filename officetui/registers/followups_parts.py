"""What a follow-up 督办 consists of: its cells, milestones, urgings, feedback and units."""

from __future__ import annotations

import msgspec

from officetui.registers.common import (
    CHILD,
    COMMON,
    METHODS,
    REASON,
    STATE,
    TICK,
    TICKED,
    URGING_FIELDS,
    urgings,
)
from officetui.registers.model import CLEAR, NOW, Choice, Field, Need, Register, State, Step
from officetui.text.i18n import N_, P_

SOURCES: tuple[Choice, ...] = (
    Choice("decision", N_("decision of a meeting"), ("会议决定", "会议", "会议议定", "會議決定")),
    Choice("instruction", N_("written instruction"), ("批示", "领导批示", "領導批示")),
    Choice("verbal", N_("spoken instruction"), ("口头交办", "口头", "领导交办", "口頭交辦")),
    Choice("upper", N_("slip from above"), ("上级督办单", "上级", "督办单", "上級督辦單")),
    Choice("petition", N_("petition"), ("信访", "信訪", "12345")),
    Choice("inspection", N_("inspection"), ("检查", "巡察", "督查", "檢查")),
)

FIELDS: tuple[Field, ...] = (
    Field("no", N_("No."), "text", aliases=("督办号", "编号", "序号", "督辦號", "编号")),
    Field(
        "source",
        N_("Source"),
        "choice",
        choices=SOURCES,
        aliases=("来源", "事项来源", "立项来源", "來源", "交办方式"),
    ),
    Field("basis", N_("Basis"), "ref"),
    Field(
        "raised_by",
        N_("Raised by"),
        "person",
        aliases=("交办领导", "交办人", "批示领导", "交办单位", "提出人", "交辦領導"),
    ),
    Field(
        "raised_at",
        N_("Raised on"),
        "moment",
        required=True,
        aliases=("立项时间", "立项日期", "交办时间", "交办日期", "下达时间", "日期", "交辦時間"),
    ),
    Field(
        "content",
        N_("What is to be done"),
        "long",
        required=True,
        aliases=("督办事项", "督办内容", "事项", "工作内容", "任务", "内容", "督辦事項"),
    ),
    Field(
        "standard",
        N_("Done when"),
        "long",
        aliases=("完成标准", "工作要求", "目标要求", "要求", "完成標準"),
    ),
    Field(
        "lead_unit",
        P_("follow-up", "Lead unit"),
        "unit",
        aliases=("牵头单位", "责任单位", "主办单位", "承办单位", "牽頭單位", "责任部门"),
    ),
    Field("co_units", N_("Joining units"), "units", aliases=("配合单位", "协办单位", "配合單位")),
    Field(
        "due",
        N_("Due"),
        "moment",
        aliases=("完成时限", "办理期限", "期限", "办结时限", "完成时间", "时限", "完成期限"),
    ),
    Field("extension", N_("Extended"), "text", bookkeeping=True),
    Field("extension_asked", N_("Extension asked until"), "moment", bookkeeping=True),
    Field(
        "verified_by", N_("Verified by"), "person", aliases=("审核人", "验收人"), bookkeeping=True
    ),
    Field("verified_at", N_("Verified at"), "instant", bookkeeping=True),
    Field("held_from", N_("Held since"), "day", bookkeeping=True),
    Field("told_leader", N_("Reported to"), "person", bookkeeping=True),
    Field("told_how", N_("Reported how"), "choice", choices=METHODS, bookkeeping=True),
    Field("told_at", N_("Reported at"), "instant", bookkeeping=True),
    Field("collecting", N_("Asked of several units"), "flag", bookkeeping=True),
    Field(
        "closed_at",
        N_("Closed on"),
        "day",
        bookkeeping=True,
        aliases=("办结时间", "办结日期", "销号时间"),
    ),
    REASON,
    STATE,
    *COMMON,
)

STATES: tuple[State, ...] = (
    State("raised", N_("raised"), N_("to assign")),
    State("broken_down", N_("broken down"), N_("to assign")),
    State("assigned", P_("follow-up", "assigned"), P_("follow-up", "to take in hand")),
    State("in_hand", P_("follow-up", "in hand"), P_("follow-up", "in hand")),
    State("reported", P_("follow-up", "reported"), N_("to verify")),
    State("verified", N_("verified"), N_("to close")),
    State("closed", N_("closed"), finished=True),
    State("stopped", N_("stopped"), finished=True),
)

MILESTONES = Register(
    id="followups.milestones",
    parent="followups",
    label=N_("Milestones"),
    initial="open",
    title=lambda record: record.text("what"),
    fields=(
        Field("what", N_("What"), "text", required=True),
        Field("due", N_("Due"), "moment"),
        Field("done_at", N_("Done at"), "instant", bookkeeping=True),
        Field("done_by", N_("Done by"), "person", bookkeeping=True),
        STATE,
        *CHILD,
    ),
    states=TICKED,
    steps=TICK,
)

URGINGS = msgspec.structs.replace(
    urgings("followups"),
    fields=(
        *URGING_FIELDS[:-2],
        Field("units", N_("Units urged"), "units"),
        *CHILD,
    ),
)

FEEDBACK = Register(
    id="followups.feedback",
    parent="followups",
    label=N_("Feedback"),
    title=lambda record: record.text("text"),
    day="at",
    fields=(
        Field("at", N_("When"), "instant", bookkeeping=True),
        Field("by", N_("By"), "person"),
        Field("text", P_("feedback", "What was reported"), "long", required=True),
        Field("progress", N_("Progress (%)"), "whole"),
        *CHILD,
    ),
)

UNITS = Register(
    id="followups.units",
    parent="followups",
    label=N_("Units asked"),
    initial="waiting",
    title=lambda record: record.text("unit"),
    fields=(
        Field("unit", N_("Unit"), "unit", required=True),
        Field("owner", N_("Owner"), "person"),
        Field("due", N_("Due"), "moment"),
        Field("reported_at", N_("Reported at"), "instant", bookkeeping=True),
        Field("what", P_("unit", "What came"), "text"),
        REASON,
        STATE,
        *CHILD,
    ),
    states=(
        State("waiting", P_("unit", "not reported")),
        State("returned", P_("unit", "sent back")),
        State("reported", P_("unit", "reported"), finished=True),
    ),
    steps=(
        Step(
            "report",
            N_("Note as reported"),
            "y",
            ("waiting", "returned", ""),
            "reported",
            needs=(Need("what", required=False),),
            sets={"reported_at": NOW},
            first=1,
        ),
        Step(
            "return",
            P_("unit", "Send back"),
            "x",
            ("reported",),
            "returned",
            needs=(Need("reason", usual=(N_("incomplete"), N_("figures do not add up"))),),
            sets={"reported_at": CLEAR},
            first=2,
        ),
        Step(
            "withdraw",
            N_("Not reported after all"),
            "w",
            ("reported", "returned"),
            "waiting",
            sets={"reported_at": CLEAR},
            first=3,
        ),
    ),
)
