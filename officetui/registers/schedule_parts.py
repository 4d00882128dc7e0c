"""The cells of the schedule, and what its leaves say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from officetui.registers import spans
from officetui.registers.common import COMMON, REASON, STATE, unapproved
from officetui.registers.model import Choice, Field
from officetui.registers.record import Record
from officetui.text.i18n import N_, P_

LEAVE = "leave"
# States in which a leave keeps the person away.
GRANTED = ("approved", "away", "returned")

KINDS: tuple[Choice, ...] = (
    Choice("out", P_("schedule", "out"), ("外出", "出差", "下乡", "下村", "调研")),
    Choice("meeting", P_("schedule", "at a meeting"), ("开会", "会议", "参会")),
    Choice("in", P_("schedule", "in the office"), ("在岗", "在镇", "在机关", "坐班")),
    Choice(LEAVE, P_("schedule", "on leave"), ("请假", "休假", "年假", "病假", "事假")),
)

FIELDS: tuple[Field, ...] = (
    Field(
        "leader",
        P_("schedule", "Who"),
        "person",
        required=True,
        aliases=("领导", "姓名", "领导姓名", "領導", "人员"),
    ),
    Field(
        "kind", P_("schedule", "Kind"), "choice", choices=KINDS, aliases=("去向", "类别", "状态")
    ),
    Field(
        "start",
        N_("Start"),
        "moment",
        required=True,
        aliases=("开始时间", "时间", "日期", "起始时间", "開始時間"),
    ),
    Field("end", N_("End"), "moment", aliases=("结束时间", "截止时间", "返回时间", "結束時間")),
    Field("place", P_("schedule", "Place"), "text", aliases=("地点", "地點", "目的地")),
    Field(
        "matter",
        P_("schedule", "Matter"),
        "text",
        required=True,
        aliases=("事项", "事由", "内容", "活动内容", "工作安排"),
    ),
    Field("companions", P_("schedule", "With"), "people", aliases=("陪同人员", "随行人员")),
    Field("vehicle", N_("Vehicle"), "text", aliases=("车辆", "用车", "車輛")),
    Field("deputy", P_("schedule", "Deputised by"), "person", aliases=("代理人", "谁代", "代班")),
    Field("source", N_("Came from"), "ref"),
    Field("approver", N_("Approved by"), "person", aliases=("审批人", "批准人")),
    Field("approved_at", N_("Approved on"), "day", bookkeeping=True),
    Field("left_at", P_("schedule", "Left at"), "instant", bookkeeping=True),
    Field("back_at", P_("schedule", "Back at"), "instant", bookkeeping=True),
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    Field("clash_left", N_("Clash left, because"), "text"),
    REASON,
    STATE,
    *unapproved(("approve", P_("leave", "Approve"))),
    *COMMON,
)


def is_leave(record: Record) -> bool:
    """Whether the record is about a leave, not an outing."""
    return record.register == "schedule" and record.text("kind") == LEAVE


def leave_days(record: Record) -> tuple[date, date] | None:
    """The first and the last day of a leave that was granted; None for anything else.

    Who reported back before the end is there from that day on.
    """
    if not is_leave(record) or record.state not in GRANTED:
        return None
    found = spans.days(record)
    if found is None:
        return None
    first, last = found
    back = record.day("closed_at") if record.state == "returned" else None
    if back is not None and back <= last:
        last = back - timedelta(days=1)
    return (first, last) if first <= last else None


def leaves(records: Iterable[Record]) -> dict[str, list[str]]:
    """The leaves of each person as spans of days, as the directory writes them."""
    found: dict[str, list[str]] = {}
    for record in records:
        if record.get("kind") != LEAVE:
            continue
        days = leave_days(record)
        if days is not None:
            found.setdefault(record.text("leader"), []).append(f"{days[0]}/{days[1]}")
    return found
