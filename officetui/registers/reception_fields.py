"""The cells of reception 来访来电."""

from __future__ import annotations

from officetui.registers.common import BASIS, COMMON, REASON, STATE, unapproved
from officetui.registers.model import Choice, Field
from officetui.text.i18n import N_, P_

APPROVE_EXTENSION = "approve_extension"
CHANNELS: tuple[Choice, ...] = (
    Choice("visit", N_("visit"), ("来访", "访", "走访", "來訪", "上访")),
    Choice("call", N_("call"), ("来电", "电", "电话", "來電")),
    Choice("letter", N_("letter"), ("来信", "信", "信件", "來信")),
    Choice("online", N_("online"), ("网上", "网络", "網上", "邮箱")),
    Choice("hotline", N_("hotline"), ("12345", "热线", "热线工单", "熱線")),
)
REPLY_MODES: tuple[Choice, ...] = (
    Choice("phone", N_("by phone"), ("电话",)),
    Choice("face", N_("in person"), ("当面", "当场", "口头")),
    Choice("letter", N_("in writing"), ("书面",)),
    Choice("message", N_("by message"), ("短信", "微信")),
)

FIELDS: tuple[Field, ...] = (
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
    Field("reply_mode", N_("Answered how"), "choice", choices=REPLY_MODES, aliases=("答复方式",)),
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
    REASON,
    BASIS,
    STATE,
    *unapproved((APPROVE_EXTENSION, N_("Approve the extension"))),
    *COMMON,
)
