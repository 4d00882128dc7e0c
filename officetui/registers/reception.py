"""reception 来访来电: visits, calls, letters, online, 12345.

Clocks by default: told within 15 days (信访工作条例 2022, article 23), finished within 60, and at
most 30 more with the approval of the head (article 36); calendar days, all settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from officetui.registers import candidates
from officetui.registers.common import (
    BASIS,
    COMMON,
    NOTE_ANSWER,
    STATE,
    URGE,
    masked,
    unapproved,
    urgings,
)
from officetui.registers.follow_up import follow_up, of_visitor
from officetui.registers.model import (
    CLEAR,
    NOW,
    TODAY,
    UNAPPROVED,
    UNAPPROVED_WHY,
    Choice,
    Column,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.numbering import Numbering
from officetui.registers.record import Record, day_of
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _, pgettext

CHANNELS: tuple[Choice, ...] = (
    Choice("visit", N_("visit"), ("来访", "访", "走访", "來訪", "上访")),
    Choice("call", N_("call"), ("来电", "电", "电话", "來電")),
    Choice("letter", N_("letter"), ("来信", "信", "信件", "來信")),
    Choice("online", N_("online"), ("网上", "网络", "網上", "邮箱")),
    Choice("hotline", N_("hotline"), ("12345", "热线", "热线工单", "熱線")),
)
GROUP_FROM = 5  # five or more are a group (集体访)
MOST_SPEAKERS = 5  # at most five speak for a group


def group_of(headcount: int | None) -> str:
    """个访 or 集体访, by the headcount."""
    return "集体访" if (headcount or 1) >= GROUP_FROM else "个访"


def notify_due(at: str, view: View) -> str | None:
    """By when the visitor must be told whether the matter is taken: a calendar day."""
    day = day_of(at)
    if day is None:
        return None
    return (day + timedelta(days=int(view.setting("reception_tell_days")))).isoformat()


def finish_due(record: Record, view: View) -> str | None:
    """By when an accepted matter must be finished: a calendar day."""
    day = record.day("at")
    if day is None:
        return None
    return (day + timedelta(days=int(view.setting("reception_finish_days")))).isoformat()


def visitor_key(cells: Mapping[str, Any]) -> tuple[str, str] | None:
    """Who a visitor is: name and phone, however they were typed; None without both."""
    name = "".join(str(cells.get("name") or "").split())
    phone = "".join(char for char in str(cells.get("phone") or "") if char.isalnum())
    return (name, phone) if name and phone else None


def earlier(record: Record, view: View) -> list[Record]:
    """Earlier matters of the same visitor (same name and phone), oldest first: on the desk, and in
    the books as far as they have been gone through."""
    key = visitor_key(record.doc)
    if key is None:
        return []
    filed = view.filed("reception", "phone", record.text("phone"))
    known = {one.id: one for one in (*filed, *view.records("reception"))}
    same = [one for one in known.values() if one.id != record.id and visitor_key(one.doc) == key]
    return sorted(same, key=lambda one: (one.text("at"), one.id))


def to_sign(record: Record) -> bool:
    """Whether a ticket of the hotline is still to be signed for (签收)."""
    return (
        record.text("channel") == "hotline"
        and not record.get("signed_at")
        and record.state == "received"
    )


def deadline_cell(record: Record) -> str:
    """Which cell is the deadline now: to sign for a ticket, to tell while not answered or
    accepted, then to finish."""
    if to_sign(record) and record.get("sign_due"):
        return "sign_due"
    return "notify_due" if record.state == "received" and not record.get("due") else "due"


def last_day(record: Record, view: View) -> date | None:
    """The last day to finish a matter, with its extension if it has one; None without a day."""
    day = record.day("at")
    if day is None:
        return None
    days = int(view.setting("reception_finish_days"))
    if record.get("extended_at"):
        days += int(view.setting("reception_extend_days"))
    return day + timedelta(days=days)


def _accepted(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    return {} if record.get("due") or inputs.get("due") else {"due": finish_due(record, view)}


def _implied(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What follows from who came and when: by when to tell, a group or not, and again or not."""
    found: dict[str, Any] = {
        "receiver": view.user,
        "notify_due": notify_due(str(cells.get("at", "")), view),
    }
    count = cells.get("headcount")
    if isinstance(count, int):
        found["group"] = group_of(count)
    if visitor_key(cells) is not None:
        again = earlier(Record("reception", {**cells, "id": ""}), view)
        found["repeat"] = "重复" if again else "初次"
    return found


def _within_limit(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """A due date may move, but not beyond the days that the matter has."""
    due, last = day_of(inputs.get("due")), last_day(record, view)
    if due is None or last is None or due <= last:
        return None
    return _("It has until {date}; more time is an extension, with approval.").format(
        date=last.isoformat()
    )


def _extended(record: Record, view: View) -> str | None:
    """The day to which the time may be extended."""
    day = record.day("due") or last_day(record, view)
    days = int(view.setting("reception_extend_days"))
    return (day + timedelta(days=days)).isoformat() if day is not None else None


def _may_extend(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Once, before it is overdue, and by no more days than the office allows."""
    if record.get("extended_at"):
        return _("Its time was extended already; that is done only once.")
    now, most = record.day("due"), _extended(record, view)
    if now is not None and now < view.today:
        return _("It was due on {date}; what is overdue is not extended.").format(
            date=now.isoformat()
        )
    due = day_of(inputs.get("due"))
    if due is not None and now is not None and due <= now:
        return _("It is due on {date} already; an extension is later.").format(date=now.isoformat())
    if due is not None and most is not None and due.isoformat() > most:
        return _("It can be extended to {date} at most.").format(date=most)
    return None


def _to_approve(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """An extension that nobody has approved yet stays flagged until the approval is filled in."""
    if inputs.get("approver"):
        return {}
    waits = [*record.words(UNAPPROVED), APPROVE_EXTENSION]
    return {UNAPPROVED: list(dict.fromkeys(waits)), UNAPPROVED_WHY: inputs.get("reason")}


APPROVE_EXTENSION = "approve_extension"


_OPEN = ("received", "accepted", "transferred", "in_hand")
REPLY_MODES: tuple[Choice, ...] = (
    Choice("phone", N_("by phone"), ("电话",)),
    Choice("face", N_("in person"), ("当面", "当场", "口头")),
    Choice("letter", N_("in writing"), ("书面",)),
    Choice("message", N_("by message"), ("短信", "微信")),
)


def holder(record: Record, view: View) -> str:
    """Who has the matter: its owner, the unit it was sent to, else who received it."""
    sent = record.text("transferred_to") if record.state == "transferred" else ""
    return record.text("owner") or sent or record.text("receiver")


def progress(record: Record, view: View) -> str:
    """What the matter waits for; a ticket first for somebody who signs for it."""
    if to_sign(record):
        return _("to sign for")
    state = RECEPTION.state(record.state)
    return _(state.waiting or state.label) if state else record.state


def _badge(record: Record) -> str:
    number = record.text("no")
    return pgettext("badge", "V {n}").format(n=number) if number else ""


RECEPTION: Register = Register(
    id="reception",
    label=N_("Reception"),
    digit="5",
    prefixes=("访", "信", "来访", "来信", "12345", "visit", "letter"),
    initial="received",
    planned=("due",),
    closed=("replied_at", "closed_at"),
    day="at",
    due="due",
    due_now=lambda record: deadline_cell(record),
    holder=holder,
    since=lambda r, v: r.day("held_from") or r.moment("at") or r.day("at"),
    progress=progress,
    implied=_implied,
    presses="answer",
    heading=lambda record: record.text("matter").replace("\n", " "),
    word=P_("word", "visitor"),
    numbering=Numbering("no", per_year="at"),
    title=lambda record: " ".join(
        p for p in (record.text("name"), record.text("matter").replace("\n", " ")) if p
    ),
    badge=_badge,
    fields=(
        Field("no", N_("No."), "text", aliases=("序号", "编号", "登记号", "序號")),
        Field(
            "channel",
            N_("Channel"),
            "choice",
            required=True,
            choices=CHANNELS,
            aliases=("方式", "来访方式", "渠道", "形式", "信访形式"),
        ),
        Field("ticket", N_("Ticket"), "text", aliases=("工单号", "工单编号", "工單號")),
        Field("sign_due", N_("To be signed for by"), "moment", aliases=("签收时限", "签收期限")),
        Field("signed_at", N_("Signed for at"), "instant", bookkeeping=True),
        Field(
            "at",
            N_("When"),
            "moment",
            required=True,
            aliases=("日期", "时间", "来访时间", "来访日期", "登记时间", "日期时间"),
        ),
        Field(
            "name",
            N_("Name"),
            "text",
            aliases=("姓名", "来访人", "来电人", "信访人", "来访人姓名", "來訪人", "当事人"),
        ),
        Field(
            "phone",
            N_("Phone"),
            "phone",
            private=True,
            aliases=("联系电话", "电话", "手机", "联系方式", "聯絡電話"),
        ),
        Field("headcount", N_("Headcount"), "whole", aliases=("人数", "来访人数", "人數")),
        Field(
            "unit",
            P_("visitor", "From"),
            "unit",
            aliases=("单位", "住址", "地址", "所属村", "來自"),
        ),
        Field(
            "matter",
            N_("Matter"),
            "long",
            required=True,
            aliases=(
                "反映事项",
                "事项",
                "来访事由",
                "反映问题",
                "内容",
                "诉求",
                "反映內容",
                "事由",
                "反映的主要问题",
                "主要诉求",
            ),
        ),
        Field(
            "repeat",
            N_("Repeat"),
            "choice",
            choices=(Choice("初次", N_("first time")), Choice("重复", N_("repeated"))),
            aliases=("初重复",),
        ),
        Field(
            "group",
            N_("Group"),
            "choice",
            choices=(Choice("个访", N_("single")), Choice("集体访", N_("group"))),
        ),
        Field("representatives", N_("Representatives"), "words"),
        Field(
            "receiver",
            N_("Received by"),
            "person",
            aliases=("接待人", "接访人", "记录人", "受理人", "接待人员", "接听人"),
        ),
        Field("notify_due", N_("To be told by"), "moment"),
        Field("due", N_("Due"), "moment", aliases=("办理期限", "期限", "截止日期", "时限")),
        Field(
            "transferred_to",
            N_("Transferred to"),
            "unit",
            aliases=("转办单位", "转送单位", "承办单位"),
        ),
        Field(
            "replied_at",
            N_("Answered on"),
            "day",
            aliases=("答复时间", "答复日期", "回复时间", "答覆時間", "回复日期"),
        ),
        Field(
            "reply_mode", N_("Answered how"), "choice", choices=REPLY_MODES, aliases=("答复方式",)
        ),
        Field(
            "result",
            N_("Result"),
            "long",
            aliases=("办理情况", "办理结果", "处理结果", "处理情况", "辦理情況"),
        ),
        Field(
            "satisfaction",
            N_("Satisfaction"),
            "choice",
            choices=(
                Choice("满意", N_("satisfied")),
                Choice("基本满意", N_("fairly satisfied")),
                Choice("不满意", N_("not satisfied")),
            ),
            aliases=("满意度", "是否满意"),
        ),
        Field("told_at", N_("Told at"), "instant", bookkeeping=True),
        Field("held_from", N_("Held since"), "day", bookkeeping=True),
        Field("extended_at", N_("Extended on"), "day", bookkeeping=True),
        Field("approver", N_("Approved by"), "person"),
        Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
        Field("reason", N_("Reason"), "text"),
        BASIS,
        STATE,
        *unapproved((APPROVE_EXTENSION, N_("Approve the extension"))),
        *COMMON,
    ),
    states=(
        State("received", N_("received"), N_("to answer")),
        State("accepted", N_("accepted"), N_("to handle")),
        State("transferred", N_("transferred"), N_("transferred")),
        State("in_hand", P_("visitor", "in hand"), P_("visitor", "in hand")),
        State("answered_on_spot", N_("answered on the spot"), finished=True),
        State("answered", P_("visitor", "answered"), N_("to call back"), finished=True),
        State("called_back", N_("called back"), finished=True),
        State("closed", N_("closed"), finished=True),
        State("not_accepted", N_("not accepted"), finished=True),
    ),
    steps=(
        Step(
            "answer_on_spot",
            N_("Answer on the spot"),
            "s",
            ("received",),
            "answered_on_spot",
            needs=(Need("result"), Need("reply_mode", required=False, offer="face")),
            sets={"replied_at": TODAY},
            first=10,
        ),
        Step(
            "accept",
            N_("Accept and tell"),
            "v",
            ("received",),
            "accepted",
            sets={"told_at": NOW, "held_from": TODAY},
            extra=_accepted,
            first=12,
        ),
        Step(
            "sign",
            N_("Sign for the ticket"),
            "l",
            ("received",),
            None,
            sets={"signed_at": NOW},
            when=lambda record: record.text("channel") == "hotline" and not record.get("signed_at"),
            first=9,
        ),
        Step(
            "transfer",
            N_("Transfer"),
            "f",
            ("received", "accepted", "in_hand"),
            "transferred",
            needs=(
                Need("transferred_to"),
                Need("owner", required=False),
                Need("due", required=False, offer=finish_due),
            ),
            sets={"held_from": TODAY},
            first=13,
        ),
        Step(
            "take",
            N_("Take in hand"),
            "o",
            ("received", "accepted", "transferred", "in_hand"),
            "in_hand",
            needs=(Need("owner", among=candidates.staff),),
            sets={"held_from": TODAY},
            extra=_accepted,
            first=14,
        ),
        Step(
            "answer",
            P_("visitor", "Answer"),
            "y",
            _OPEN,
            "answered",
            needs=(Need("result"), Need("reply_mode", offer="phone")),
            sets={"replied_at": TODAY},
            first=11,
        ),
        Step(
            "call_back",
            N_("Call back"),
            "z",
            ("answered", "answered_on_spot"),
            "called_back",
            needs=(Need("satisfaction", offer="满意"),),
            first=15,
        ),
        Step(
            "close",
            N_("Close"),
            "c",
            ("answered", "answered_on_spot", "called_back", "not_accepted"),
            "closed",
            sets={"closed_at": TODAY},
            first=16,
        ),
        follow_up("h", of_visitor),
        Step(
            "postpone",
            N_("Change the due date"),
            "d",
            _OPEN,
            None,
            needs=(Need("due"), Need("reason")),
            check=_within_limit,
            first=35,
        ),
        Step(
            "extend",
            N_("Extend"),
            "w",
            ("accepted", "transferred", "in_hand"),
            None,
            needs=(
                Need("due", offer=_extended),
                Need("reason", usual=(N_("the matter is complicated"),)),
                Need("approver", required=False, among=candidates.leaders),
            ),
            check=_may_extend,
            sets={"extended_at": TODAY},
            extra=_to_approve,
            many=False,
            first=36,
        ),
        Step(
            APPROVE_EXTENSION,
            N_("Approve the extension"),
            "p",
            (),
            None,
            needs=(Need("approver", among=candidates.leaders),),
            when=lambda record: APPROVE_EXTENSION in record.words(UNAPPROVED),
            approval=True,
            first=8,
        ),
        msgspec.structs.replace(URGE, sources=_OPEN),
        NOTE_ANSWER,
        Step(
            "refuse",
            N_("Not accept"),
            "x",
            ("received", "accepted"),
            "not_accepted",
            needs=(
                Need("reason", usual=(N_("the courts decide it"), N_("another office's matter"))),
                Need("reply_mode", required=False, offer="face"),
            ),
            sets={"closed_at": TODAY, "told_at": NOW},
            first=40,
        ),
        Step(
            "reopen",
            N_("Reopen"),
            "n",
            ("answered", "answered_on_spot", "called_back", "closed", "not_accepted"),
            "received",
            needs=(Need("reason"),),
            sets={"replied_at": CLEAR, "closed_at": CLEAR},
            first=60,
        ),
    ),
    children=(urgings("reception"),),
    columns=(
        Column("at", N_("When"), 11, lambda r, v: r.text("at").replace("T", " ")[5:16]),
        Column("channel", N_("Channel"), 6, lambda r, v: _channel(r)),
        Column("name", N_("Name"), 8, lambda r, v: r.text("name")),
        Column("phone", N_("Phone"), 12, lambda r, v: masked(r.text("phone"))),
        Column("matter", N_("Matter"), 24, lambda r, v: r.text("matter"), grow=True),
        Column("state", N_("Next step"), 10, progress),
        Column("owner", N_("Owner"), 8, holder),
        Column("due", N_("Due"), 5, lambda r, v: r.text(deadline_cell(r))[5:10]),
        Column("headcount", N_("Headcount"), 5, lambda r, v: r.text("headcount"), rank=2),
        Column("unit", P_("visitor", "From"), 10, lambda r, v: r.text("unit"), rank=2),
        Column("to", N_("Transferred to"), 14, lambda r, v: r.text("transferred_to"), rank=3),
        Column("result", N_("Result"), 20, lambda r, v: r.text("result"), rank=3),
    ),
)


def _channel(record: Record) -> str:
    field = RECEPTION.field("channel")
    assert field is not None
    return field.show(record.get("channel"))
