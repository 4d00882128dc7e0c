"""The cells of outgoing papers 发文, with the words offices use for them in their ledgers.

Elements of a paper: 党政机关公文处理工作条例 (2012), article 9, and GB/T 9704-2012.
"""

from __future__ import annotations

from officetui.registers.common import COMMON, REASON, STATE, unapproved
from officetui.registers.documents_fields import GENRES, RETENTION, SECRECY, URGENCIES
from officetui.registers.model import Field
from officetui.text.i18n import N_, P_

FIELDS: tuple[Field, ...] = (
    Field(
        "doc_no",
        P_("outgoing", "Document no."),
        aliases=("发文字号", "文号", "字号", "发文号", "发文编号", "發文字號", "文號", "文件字号"),
    ),
    Field(
        "org_code",
        N_("Organ code"),
        aliases=("代字", "机关代字", "发文代字", "發文代字"),
        hint=N_("The words before the year: 清政发."),
    ),
    Field(
        "title",
        N_("Title"),
        required=True,
        aliases=(
            "标题",
            "文件标题",
            "公文标题",
            "文件名称",
            "题目",
            "事由",
            "標題",
            "文件題名",
            "发文标题",
        ),
    ),
    Field("genre", N_("Genre"), "choice", choices=GENRES, aliases=("文种", "文種", "公文种类")),
    Field(
        "drafter",
        N_("Drafter"),
        "person",
        aliases=("拟稿人", "起草人", "拟稿", "擬稿人", "拟稿者", "起草", "撰稿人"),
    ),
    Field(
        "drafted_at",
        N_("Drafted on"),
        "day",
        required=True,
        aliases=("拟稿日期", "起草日期", "拟稿时间", "擬稿日期"),
    ),
    Field(
        "reviewer",
        N_("Reviewer"),
        "person",
        aliases=("核稿人", "审核人", "核稿", "审核", "核稿領導", "審核人"),
    ),
    Field("review", N_("Review"), "long", aliases=("审核意见", "核稿意见")),
    Field("signer", N_("Signer"), "person", aliases=("签发人", "签发领导", "签发", "簽發人")),
    Field(
        "sign_date",
        N_("Signed on"),
        "day",
        aliases=(
            "签发日期",
            "签发时间",
            "成文日期",
            "发文日期",
            "印发日期",
            "发文时间",
            "簽發日期",
            "發文日期",
            "日期",
        ),
    ),
    Field("sign_words", N_("Words of the signer"), aliases=("签发意见", "批示")),
    Field(
        "main_to",
        N_("Main recipients"),
        "units",
        aliases=("主送", "主送机关", "主送单位", "发往机关", "发往单位", "主送機關", "受文单位"),
    ),
    Field(
        "cc_to",
        N_("Copies to"),
        "units",
        aliases=("抄送", "抄送机关", "抄送单位", "抄报", "抄送機關"),
    ),
    Field(
        "secrecy",
        N_("Secrecy"),
        "choice",
        choices=SECRECY,
        aliases=("密级", "密級", "秘密等级"),
    ),
    Field("secrecy_for", N_("Secret for"), aliases=("保密期限",), hint=N_("1年, 10年, 长期")),
    Field(
        "kept",
        N_("Where it lies"),
        aliases=("存放处", "存放地点"),
        hint=N_("safe, drawer, archive room"),
    ),
    Field(
        "urgency",
        N_("Urgency"),
        "choice",
        choices=URGENCIES,
        aliases=("紧急程度", "缓急", "緊急程度", "急缓", "等级"),
    ),
    Field("due", N_("Due"), "moment", aliases=("办理期限", "期限", "完成时限", "要求发出时间")),
    Field("opinions_due", N_("Opinions due"), "moment", aliases=("征求意见期限",)),
    Field("rechecked_by", N_("Rechecked by"), "person", aliases=("复核人", "覆核人")),
    Field("registered_at", N_("Registered on"), "day", aliases=("登记日期", "编号日期")),
    Field(
        "copies",
        N_("Copies"),
        "whole",
        aliases=("份数", "印数", "印刷份数", "印制份数", "份數", "打印份数"),
    ),
    Field("printed_at", N_("Printed on"), "day", aliases=("印制日期", "打印日期")),
    Field("seal", N_("Seal"), aliases=("印章", "用印", "盖章")),
    Field("sealed_by", N_("Sealed by"), "person", aliases=("用印人", "盖章人")),
    Field("sealed_at", N_("Sealed on"), "day", aliases=("用印日期",)),
    Field("sent_at", N_("Issued at"), "instant", bookkeeping=True),
    Field("receipts_due", N_("Receipts due"), "moment"),
    Field("delivered_at", N_("Received by all on"), "day", bookkeeping=True),
    Field("retention", N_("Retention"), "choice", choices=RETENTION, aliases=("保管期限",)),
    Field("archive_no", N_("Archive no."), aliases=("归档号", "档号", "檔號")),
    Field("archived_at", N_("Archived on"), "day", bookkeeping=True),
    Field("void_at", N_("Void since"), "day", bookkeeping=True),
    Field("held_from", N_("Held since"), "day", bookkeeping=True),
    REASON,
    Field("basis", N_("Came from"), "ref"),
    STATE,
    *unapproved(
        ("review", N_("Review")),
        ("cosign", N_("All have cosigned")),
        ("sign", N_("Sign")),
        ("recheck", N_("Recheck")),
    ),
    *COMMON,
)
