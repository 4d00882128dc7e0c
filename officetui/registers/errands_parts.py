"""The cells of errands 后勤, and what follows from their kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from officetui.errors import Refused
from officetui.registers.common import BASIS, COMMON, REASON, STATE, unapproved
from officetui.registers.model import Choice, Field
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, ngettext

SUPPLIES, REPAIRS, VEHICLES, MEALS = "supplies", "repairs", "vehicles", "meals"
PRINTING, LODGING, SEALS, MAIL, OVERTIME = "printing", "lodging", "seals", "mail", "overtime"

KINDS: tuple[Choice, ...] = (
    Choice(SUPPLIES, P_("errand", "supplies"), ("采购", "购买", "办公用品", "領用", "採購")),
    Choice(REPAIRS, P_("errand", "repairs"), ("维修", "报修", "修理", "維修")),
    Choice(VEHICLES, P_("errand", "vehicle"), ("派车", "用车", "车辆", "派車")),
    Choice(MEALS, P_("errand", "meals"), ("用餐", "工作餐", "订餐", "接待餐")),
    Choice(PRINTING, P_("errand", "printing"), ("文印", "打印", "复印", "印刷", "影印")),
    Choice(LODGING, P_("errand", "lodging"), ("住宿", "订房")),
    Choice(SEALS, P_("errand", "seal"), ("用印", "盖章", "用章", "蓋章")),
    Choice(MAIL, P_("errand", "mail"), ("收发", "邮寄", "报刊", "快递", "收發")),
    Choice(OVERTIME, P_("errand", "overtime"), ("加班", "值守")),
)
# What is wanted at an hour; everything else is wanted by a day.
TIMED: tuple[str, ...] = (VEHICLES, MEALS, LODGING, OVERTIME)
# What costs nothing is finished when it is done.
COSTLESS: tuple[str, ...] = (SEALS, MAIL)
OPEN = ("requested", "approved")

FIELDS: tuple[Field, ...] = (
    Field(
        "kind",
        P_("errand", "Kind"),
        "choice",
        required=True,
        choices=KINDS,
        aliases=("类别", "事项类别", "类型", "種類"),
    ),
    Field(
        "at",
        N_("When"),
        "moment",
        required=True,
        aliases=(
            "时间",
            "日期",
            "用车时间",
            "用餐时间",
            "申请时间",
            "报修时间",
            "用印时间",
            "時間",
        ),
    ),
    Field("end", P_("errand", "Until"), "moment", aliases=("结束时间", "返回时间", "收车时间")),
    Field(
        "for_whom",
        P_("errand", "For whom"),
        "person",
        aliases=("申请人", "用车人", "申请单位", "使用单位", "用印单位", "报修人", "乘车人"),
    ),
    Field(
        "content",
        P_("errand", "What for"),
        "long",
        required=True,
        aliases=("事由", "内容", "事项", "用车事由", "报修内容", "采购内容", "用印事由", "內容"),
    ),
    Field("place", P_("errand", "Where to"), "text", aliases=("目的地", "地点", "去向", "地點")),
    Field("headcount", P_("errand", "Persons"), "whole", aliases=("人数", "乘车人数", "人數")),
    Field("vehicle", N_("Vehicle"), "text", aliases=("车辆", "车牌号", "车号", "車輛")),
    Field("driver", N_("Driver"), "person", aliases=("驾驶员", "司机", "駕駛員")),
    Field("passengers", N_("Passengers"), "people", aliases=("随行人员", "乘车人员")),
    Field("seal", N_("Which seal"), "text", aliases=("印章", "印章名称", "用印种类")),
    Field("copies", N_("Copies"), "whole", aliases=("份数", "用印份数", "數量", "数量")),
    Field("sealed_by", N_("Sealed by"), "person", aliases=("监印人", "盖章人", "用印人")),
    Field("sealed_at", N_("Sealed at"), "instant", bookkeeping=True),
    Field("due", N_("Due"), "moment", aliases=("期限", "完成时限", "时限")),
    Field("cost", N_("Cost"), "text", aliases=("费用", "金额", "费用(元)", "金额(元)", "費用")),
    Field("approver", N_("Approved by"), "person", aliases=("审批人", "批准人", "審批人")),
    Field("approved_at", N_("Approved on"), "day", bookkeeping=True),
    Field("done_at", N_("Done at"), "instant", bookkeeping=True),
    Field("result", N_("Result"), "long", aliases=("办理结果", "处理情况", "结果")),
    Field("settle_due", N_("To be settled by"), "moment"),
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    Field("clash_left", N_("Clash left, because"), "text"),
    REASON,
    BASIS,
    STATE,
    *unapproved(("approve", P_("errand", "Approve"))),
    *COMMON,
)


def kind_words(record: Record) -> str:
    """采购, 维修, 派车."""
    return FIELDS[0].show(record.get("kind"))


def is_kind(*kinds: str) -> Any:
    """For which records a step is, by their kind."""
    return lambda record: record.text("kind") in kinds


def not_kind(*kinds: str) -> Any:
    return lambda record: record.text("kind") not in kinds


def title(record: Record) -> str:
    """派车 陈志远 去县委开会; 用印 社会事务办 低保证明 2份."""
    content = record.text("content").replace("\n", " ")
    copies = record.whole("copies") if record.text("kind") == SEALS else None
    number = ""
    if copies and str(copies) not in content:
        number = ngettext("{n} copy", "{n} copies", copies).format(n=copies)
    parts = (kind_words(record), record.text("for_whom"), content, number)
    return " ".join(part for part in parts if part)


def people(record: Record) -> tuple[str, ...]:
    """Who goes with a vehicle: for whom it is, the passengers, the driver."""
    found = (record.text("for_whom"), *record.words("passengers"), record.text("driver"))
    return tuple(dict.fromkeys(name for name in found if name))


def deadline_cell(record: Record) -> str:
    """By when: what is wanted at an hour is approved before it and ends with it, other things are
    due on their day; what was done is settled."""
    if record.state == "done":
        return "settle_due"
    if record.state not in OPEN:
        return ""
    if record.get("due"):
        return "due"
    if record.text("kind") not in TIMED:
        return ""
    return "end" if record.state == "approved" and record.get("end") else "at"


def implied(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """When it was asked for, who sees to it, and by when, where nothing is said."""
    now = view.local.isoformat(timespec="minutes")
    found: dict[str, Any] = {"at": now, "owner": view.user}
    kind = cells.get("kind")
    if kind and kind not in TIMED and not cells.get("due"):
        due = view.today
        if kind != SEALS:
            try:
                due = view.calendar.add_workdays(due, int(view.setting("errand_days")))
            except Refused:  # a year that the calendar does not know
                due += timedelta(days=int(view.setting("errand_days")))
        found["due"] = due.isoformat()
    return found
