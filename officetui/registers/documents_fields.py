"""The cells of documents 公文 and of their readers, with the words offices use for them.

Genres: 党政机关公文处理工作条例 (2012), article 8; urgency of papers and of telegrams are kept
apart (article 9).
"""

from __future__ import annotations

from collections.abc import Mapping

from officetui.registers.common import COMMON, REASON, STATE, unapproved
from officetui.registers.model import Choice, Field
from officetui.text.i18n import N_

GENRES: tuple[Choice, ...] = (
    Choice("决议", N_("Resolution")),
    Choice("决定", N_("Decision")),
    Choice("命令(令)", N_("Order"), ("令", "命令")),
    Choice("公报", N_("Communiqué")),
    Choice("公告", N_("Announcement")),
    Choice("通告", N_("Public notice")),
    Choice("意见", N_("Opinions")),
    Choice("通知", N_("Notice")),
    Choice("通报", N_("Circular")),
    Choice("报告", N_("Report")),
    Choice("请示", N_("Request for instructions")),
    Choice("批复", N_("Reply to a request")),
    Choice("议案", N_("Proposal to the congress")),
    Choice("函", N_("Letter")),
    Choice("纪要", N_("Minutes")),
)
URGENCIES: tuple[Choice, ...] = (
    Choice("特急", N_("Rush")),
    Choice("加急", N_("Urgent")),
    Choice("特提", N_("Telegram: at once")),
    Choice("平急", N_("Telegram: within the day")),
)
# How pressing an urgency is, for the order of queues; smaller is more pressing.
URGENCY_ORDER: Mapping[str, int] = {"特提": 0, "特急": 1, "加急": 2, "平急": 3}
SECRECY: tuple[Choice, ...] = (
    Choice("绝密", N_("Top secret")),
    Choice("机密", N_("Secret")),
    Choice("秘密", N_("Confidential")),
)
RETENTION: tuple[Choice, ...] = (
    Choice("永久", N_("Permanent")),
    Choice("30年", N_("30 years")),
    Choice("10年", N_("10 years")),
)

FIELDS: tuple[Field, ...] = (
    Field(
        "direction",
        N_("Direction"),
        "choice",
        choices=(
            Choice("incoming", N_("incoming"), ("收文",)),
            Choice("outgoing", N_("outgoing"), ("发文",)),
        ),
        bookkeeping=True,
    ),
    Field(
        "recv_no",
        N_("Receipt no."),
        "text",
        aliases=("收文号", "收文编号", "编号", "收文號", "登记号", "顺序号", "序号"),
    ),
    Field(
        "recv_at",
        N_("Received"),
        "moment",
        required=True,
        aliases=("收文日期", "收文时间", "日期", "来文日期", "收到日期", "收文日", "登记日期"),
    ),
    Field(
        "channel",
        N_("Channel"),
        "choice",
        choices=(
            Choice("paper", N_("paper"), ("纸质", "紙質", "邮寄", "机要")),
            Choice("exchange", N_("exchange"), ("交换", "交換")),
            Choice("network", N_("intranet"), ("内网", "內網", "OA", "网络", "邮件")),
            Choice("fax", N_("fax"), ("传真", "傳真")),
        ),
        aliases=("来文方式", "收文方式", "渠道"),
    ),
    Field("signed_by", N_("Signed for by"), "person", aliases=("签收人", "簽收人", "收件人")),
    Field(
        "from_org",
        N_("From"),
        "unit",
        required=True,
        aliases=(
            "来文机关",
            "来文单位",
            "发文机关",
            "發文機關",
            "来文",
            "來文機關",
            "來文單位",
            "发文单位",
        ),
    ),
    Field(
        "doc_no",
        N_("Document no."),
        "text",
        aliases=("来文字号", "文号", "发文字号", "來文字號", "文號", "原文号", "文件字号"),
    ),
    Field(
        "title",
        N_("Title"),
        "text",
        required=True,
        aliases=(
            "文件标题",
            "标题",
            "文件名称",
            "题目",
            "文件標題",
            "標題",
            "事由",
            "来文标题",
            "文件题名",
        ),
    ),
    Field("genre", N_("Genre"), "choice", choices=GENRES, aliases=("文种", "文種")),
    Field(
        "urgency",
        N_("Urgency"),
        "choice",
        choices=URGENCIES,
        aliases=("紧急程度", "缓急", "緊急程度", "急缓", "等级"),
    ),
    Field(
        "telegram",
        N_("Telegram"),
        "flag",
        aliases=("电报", "電報"),
        hint=N_("of telegrams 特提 and 平急 are urgencies, too"),
    ),
    Field("secrecy", N_("Secrecy"), "choice", choices=SECRECY, aliases=("密级", "密級")),
    Field(
        "secrecy_for", N_("Secret for"), "text", aliases=("保密期限",), hint=N_("1年, 10年, 长期")
    ),
    Field(
        "kept",
        N_("Where it lies"),
        "text",
        aliases=("存放处", "存放地点"),
        hint=N_("safe, drawer, archive room"),
    ),
    Field("copies", N_("Copies"), "whole", aliases=("份数", "份數", "页份数")),
    Field(
        "kind",
        N_("Kind"),
        "choice",
        required=True,
        choices=(
            Choice("act", N_("to act on"), ("办件", "办", "辦件", "办理件")),
            Choice("read", N_("to read"), ("阅件", "阅", "閱件", "传阅件", "阅知件")),
        ),
        aliases=("件别", "类别", "类型", "件別"),
    ),
    Field("proposal", N_("Proposal"), "long", aliases=("拟办意见", "拟办", "擬辦意見")),
    Field("asked", N_("Leader asked"), "person", aliases=("呈送领导", "送阅领导")),
    Field(
        "instruction",
        N_("Instruction"),
        "long",
        aliases=("批示", "领导批示", "批示意见", "批示內容"),
    ),
    Field("instructed_by", N_("Instructed by"), "person", aliases=("批示人", "批示领导")),
    Field(
        "lead_unit",
        N_("Lead unit"),
        "unit",
        aliases=("承办单位", "主办单位", "牵头单位", "承办部门", "承辦單位", "主办部门"),
    ),
    Field("co_units", N_("Joining units"), "units", aliases=("协办单位", "配合单位", "協辦單位")),
    Field(
        "due",
        N_("Due"),
        "moment",
        aliases=(
            "办理期限",
            "期限",
            "办结时限",
            "限办日期",
            "截止日期",
            "辦理期限",
            "完成时限",
            "时限",
            "要求完成时间",
        ),
    ),
    Field("reply_no", N_("Reply no."), "text", aliases=("复文号", "复文字号", "答复文号")),
    Field(
        "result",
        N_("Result"),
        "long",
        aliases=("办理结果", "办理情况", "结果", "辦理結果", "处理结果", "落实情况"),
    ),
    Field("retention", N_("Retention"), "choice", choices=RETENTION, aliases=("保管期限",)),
    Field("archive_no", N_("Archive no."), "text", aliases=("归档号", "档号", "檔號")),
    Field(
        "closed_at",
        N_("Closed on"),
        "day",
        bookkeeping=True,
        aliases=("办结日期", "办结时间", "完成日期"),
    ),
    Field("archived_at", N_("Archived on"), "day", bookkeeping=True),
    Field("held_from", N_("Held since"), "day", bookkeeping=True),
    REASON,
    STATE,
    *unapproved(("instruct", N_("Instruct"))),
    *COMMON,
)
