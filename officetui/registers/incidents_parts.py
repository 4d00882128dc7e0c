"""The cells of incidents 紧急信息, what a report of one says, and by when each is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from officetui.registers.common import BASIS, CHILD, COMMON, REASON, STATE, unapproved
from officetui.registers.model import Choice, Field, Register
from officetui.registers.record import Record
from officetui.registers.settings import INCIDENT_MINUTES
from officetui.registers.view import View
from officetui.text.i18n import N_, P_

# What a report of an emergency says besides its hour: where, what, who says so, casualties, how
# far it reaches, where it goes, and what has been done.
ELEMENTS: tuple[str, ...] = (
    "place", "matter", "source", "casualties", "scope", "trend", "measures",
)  # fmt: skip
NEAR = timedelta(minutes=10)  # so long before a report is due it is red
PHONE, WRITTEN, AGAIN, FINAL = "phone", "written", "follow_up", "final"
OPEN = ("noted", "approved", "reported")

KINDS: tuple[Choice, ...] = (
    Choice("natural", N_("natural disaster"), ("自然灾害", "自然災害")),
    Choice("accident", P_("incident", "accident"), ("事故灾难", "安全事故", "事故災難")),
    Choice("health", N_("public health"), ("公共卫生", "公共衛生", "疫情")),
    Choice("security", N_("public security"), ("社会安全", "社會安全", "群体性事件")),
    Choice("opinion", N_("public opinion"), ("网络舆情", "舆情", "輿情")),
)
REPORT_KINDS: tuple[Choice, ...] = (
    Choice(PHONE, N_("report by phone"), ("电话报告", "電話報告")),
    Choice(WRITTEN, N_("written report"), ("书面报告", "書面報告")),
    Choice(AGAIN, N_("follow-up report"), ("续报", "續報")),
    Choice(FINAL, N_("final report"), ("终报", "終報")),
)

REPORTS = Register(
    id="incidents.reports",
    parent="incidents",
    label=N_("Reports"),
    fields=(
        Field("at", N_("When"), "instant", bookkeeping=True),
        Field("kind", N_("Report"), "choice", choices=REPORT_KINDS),
        Field("to", P_("incident", "Reported to"), "text"),
        Field("approved_by", N_("Approved by"), "person"),
        Field("content", N_("What was reported"), "long"),
        Field("by", N_("By"), "person", bookkeeping=True),
        *CHILD,
    ),
    title=lambda record: record.text("content") or record.text("to"),
    day="at",
)

FIELDS: tuple[Field, ...] = (
    Field(
        "at", N_("Happened at"), "moment", required=True, aliases=("时间", "发生时间", "事发时间")
    ),
    Field("place", N_("Where"), "text", aliases=("地点", "发生地点", "事发地点")),
    Field(
        "matter",
        N_("What happened"),
        "long",
        aliases=("事件", "事项", "事件名称", "简要情况", "内容", "信息内容", "基本情况"),
    ),
    Field("kind", P_("incident", "Kind"), "choice", choices=KINDS, aliases=("类别", "事件类别")),
    Field("source", N_("Told by"), "text", aliases=("信息来源", "来源", "报告人", "上报单位")),
    Field("phone", N_("Phone"), "phone", private=True, aliases=("联系电话", "电话")),
    Field("learned_at", N_("Known since"), "moment", aliases=("接报时间", "接报")),
    Field("casualties", N_("Casualties"), "text", aliases=("伤亡", "人员伤亡", "伤亡情况")),
    Field("scope", P_("incident", "How far it reaches"), "text", aliases=("影响范围", "范围")),
    Field("trend", N_("How it develops"), "text", aliases=("发展趋势", "趋势", "态势")),
    Field("measures", N_("What was done"), "long", aliases=("处置措施", "措施", "处置情况")),
    Field("instruction", N_("Instruction"), "long", aliases=("领导批示", "批示", "领导指示")),
    Field(
        "reported_to",
        P_("incident", "Reported to"),
        "text",
        aliases=("报送单位", "报告对象", "上报对象"),
    ),
    Field("approved_by", N_("Approved by"), "person", aliases=("审批人", "签发人", "审核人")),
    Field("approved_at", N_("Approved at"), "instant", bookkeeping=True),
    Field("first_report_at", N_("First reported at"), "instant", bookkeeping=True),
    Field("phoned_at", N_("Reported by phone at"), "instant", bookkeeping=True),
    Field("written_at", N_("Reported in writing at"), "instant", bookkeeping=True),
    Field("last_report_at", N_("Last reported at"), "instant", bookkeeping=True),
    Field("phone_due", N_("To be reported by phone by"), "moment"),
    Field("written_due", N_("To be reported in writing by"), "moment"),
    Field("next_due", N_("Next report by"), "moment"),
    Field("final_due", N_("Final report by"), "moment"),
    Field("result", N_("Result"), "long", aliases=("处置结果", "结果")),
    REASON,
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    BASIS,
    STATE,
    *unapproved(("approve", P_("incident", "Approve the report"))),
    *COMMON,
)


def minutes(view: View) -> Mapping[str, int]:
    """The office's countdowns: phone, written, follow_up, final, in minutes; 0 is none."""
    return {**INCIDENT_MINUTES, **view.setting("incident_minutes")}


def by(start: datetime | None, count: int) -> str | None:
    """So many minutes after a naive local moment, as a cell; None without a countdown."""
    if start is None or not count:
        return None
    return (start + timedelta(minutes=count)).isoformat(timespec="minutes")


def implied(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """When it became known, and by when it is reported: counted from then."""
    now = view.local.isoformat(timespec="minutes")
    at = str(cells.get("at") or now)
    known = str(cells.get("learned_at") or now)
    start = Record("incidents", {"id": "", "at": known}).moment("at")
    count = minutes(view)
    found: dict[str, Any] = {"at": at, "learned_at": known, "owner": view.user}
    cells_of = {"phone_due": PHONE, "written_due": WRITTEN, "final_due": FINAL}
    for cell, name in cells_of.items():
        due = by(start, count[name])
        if due is not None:
            found[cell] = due
    return found


def missing(cells: Mapping[str, Any]) -> list[str]:
    """Which elements a report of it would lack."""
    return [name for name in ELEMENTS if not cells.get(name)]


def deadline_cell(record: Record) -> str:
    """Which report is due next: by phone, in writing, then the follow-ups, and the final one where
    that is earlier."""
    if record.state == "reported":
        again, final = record.text("next_due"), record.text("final_due")
        return "final_due" if final and (not again or final <= again) else "next_due"
    reported = record.get("phoned_at") or record.get("written_at")
    return "phone_due" if record.get("phone_due") and not reported else "written_due"


def next_step(record: Record) -> str:
    """The step that is to be taken now; "" when it is over."""
    if record.state not in OPEN:
        return ""
    if record.state == "reported":
        return "final" if deadline_cell(record) == "final_due" else "report_again"
    if not record.get("phoned_at") and not record.get("written_at") and record.get("phone_due"):
        return "report_phone"
    return "report" if record.state == "approved" else "approve"
