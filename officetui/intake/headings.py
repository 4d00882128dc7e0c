"""Which field a heading means: the register's own labels and aliases, and offices' other words.

Headings come with blanks, line breaks, remarks in brackets and traditional characters; all of
that is folded away for comparing only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from officetui.intake.cells import text_of
from officetui.intake.sheets import Cell
from officetui.registers.model import Field, Register
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _, language

# Words that offices use beside the aliases of the registers; simplified is enough (`folded`).
EXTRA: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "documents": {
        "recv_no": ("收文序号", "流水号", "登记序号", "收文流水号", "文件序号"),
        "recv_at": ("收件日期", "来文时间", "接收日期", "接收时间", "登记时间", "签收日期"),
        "from_org": ("来文单位名称", "来文部门", "发件单位", "来文者", "发文者", "文件来源"),
        "doc_no": ("来文文号", "字号", "文件编号", "文件号", "来文号", "来文编号"),
        "title": ("主旨", "内容摘要", "文件名", "公文标题", "标题内容", "来文内容", "文件内容"),
        "owner": ("承办人员", "经办", "办理人", "承办者", "具体承办人"),
        "due": ("办理时限", "办结期限", "限办时间", "限办期限", "办理限期", "承办期限"),
        "result": ("落实结果", "办结情况", "办理状态", "状态", "办理进度", "完成情况"),
        "proposal": ("拟办建议", "办公室拟办意见"),
        "instruction": ("领导批示意见", "领导意见"),
        "lead_unit": ("承办科室", "承办股室", "承办处室", "办理部门", "办理单位", "责任单位"),
        "urgency": ("紧急等级", "紧急级别", "速别"),
        "secrecy": ("保密等级", "秘密等级", "密等"),
    },
    "outgoing": {
        "doc_no": ("发文文号", "文件编号", "文件号", "公文编号", "发文序号"),
        "sign_date": ("发出日期", "发出时间", "印发时间", "成文时间", "签批日期", "制发日期"),
        "drafter": ("承办人", "经办人", "主办人", "起草者", "拟文人"),
        "main_to": ("发送单位", "发文对象", "发放范围", "发送范围", "印发范围", "主送对象"),
        "title": ("主旨", "文件内容", "公文题名", "题名", "内容摘要"),
        "copies": ("发文份数", "印发份数", "数量"),
        "signer": ("签发领导姓名", "签批人", "批准人"),
        "seal": ("用印情况",),
    },
    "reception": {
        "at": ("接待时间", "接待日期", "登记日期", "来电时间", "接访时间", "接访日期", "来信日期"),
        "name": ("来访者", "群众姓名", "反映人", "投诉人", "来访人员", "来访群众", "来访者姓名"),
        "phone": ("电话号码", "手机号码", "手机号", "联络电话", "来电号码"),
        "matter": (
            "来访事项",
            "诉求内容",
            "问题描述",
            "反映情况",
            "主要内容",
            "咨询事项",
            "来访内容",
            "反映的问题",
            "信访事项",
            "问题",
        ),
        "receiver": ("接访领导", "接待领导", "登记人", "接待者", "值班人员"),
        "result": ("处理意见", "办理状态", "答复情况", "办理进度", "处理", "状态"),
        "unit": ("家庭住址", "联系地址", "所属单位", "户籍地址", "所在村", "村居", "居住地"),
        "channel": ("来访形式", "反映形式", "反映方式", "类别", "类型"),
        "repeat": ("初重件", "是否重复", "初次/重复", "初访重访", "初次或重复"),
        "due": ("办结期限", "办结时限"),
    },
    "meetings": {
        "title": ("会议主题", "会议内容", "会议议题", "活动内容", "会议(活动)名称", "主题"),
        "start": ("会议日期", "开会时间", "起始时间", "召开日期"),
        "room": ("场地", "会场", "活动地点"),
        "host": ("主持者", "会议主持"),
        "leaders": ("出席人员", "参会领导", "出席", "与会领导"),
        "scope": ("与会者", "参会对象", "参加对象", "参会单位", "列席人员", "会议范围"),
        "lead_unit": ("主办部门", "主办", "承办", "组织部门", "主办机关", "承办科室"),
    },
    "people": {
        "name": ("姓名(中文)", "员工姓名", "干部姓名"),
        "phone": ("手机号", "电话号码", "行动电话", "联系方式", "联络电话", "移动手机", "手机长号"),
        "office_phone": ("办公室电话", "固定电话", "座机号码", "内线", "分机", "单位电话"),
        "unit": ("所在单位", "工作部门", "处室", "股室", "内设机构", "所属部门", "工作单位"),
        "post": ("职务职称", "现任职务", "岗位职务", "职称"),
        "rank": ("顺序", "排名顺序"),
    },
    "duty": {
        "date": ("值班时间", "值日"),
        "line": ("班别", "班种", "值班类别", "时段"),
        "person": ("值班员", "值班干部", "人员", "值班"),
        "phone": ("电话号码", "手机号码", "联系方式", "手机号", "联络电话"),
    },
}
_LEADERS: Final = (
    "领导日程|领导活动|领导工作安排|领导去向|领导外出|外出报备|班子成员(?:日程|去向)|请假登记|请假表|请销假|休假登记"
    "|休假安排|年休假"
)
# What a file's or sheet's own title says it is.
NAMED: Final[dict[str, str]] = {
    "documents": "收文|来文|公文登记|文件登记|文件办理",
    "outgoing": "发文登记|发文簿|发文台账|发文目录|发文编号|制发|拟发文|发文",
    "duty": "值班|排班|带班|轮值",
    "meetings": "会议|会务",
    "reception": "来访|接访|信访|来信|来电|群众接待|12345|热线",
    "followups": "督办|督查|督辦",
    "duty_log": "值班日志|值班记录|值班日记|电话记录",
    "hospitality": "公务接待",
    "incidents": "紧急信息|突发事件|突发信息",
    "schedule": _LEADERS,
    "errands": "派车|用车|采购登记|报修|维修登记|用印登记|盖章登记",
    "information": "信息报送|信息采用|政务信息",
    "people": "通讯录|花名册|名册|联系方式|电话表|电话本|班子成员|机关干部|通联",
}
# Titles of what is read only by its title: it must not land in another register.
BY_TITLE_NAMED: Final[dict[str, str]] = {
    "hospitality": "公务接待",
    "duty_log": "值班日志|值班记录|值班日记|电话记录",
    "incidents": "紧急信息|突发事件|突发信息",
    "schedule": _LEADERS,
    "errands": "派车|用车|采购登记|报修|维修登记|用印登记|盖章登记",
    "information": "信息报送|信息采用|政务信息",
}
WEEKDAY: Final = frozenset(("星期", "周", "周几", "礼拜", "星期几", "weekday"))
COUNTER: Final = frozenset(("序号", "序", "no", "编号", "顺序号", "项次", "#", "no."))
PHONE: Final = ("电话", "手机", "联系方式", "号码", "phone", "tel")
# 領導 → 领导 and the like: the traditional characters that occur in headings, titles and states.
_TRADITIONAL: Final = str.maketrans(
    "號時間來機關標題緊緩級擬辦結單協備註說明責負領導參範圍會議東廳門務職電話絡聯訊錄"
    "處訪應對訴類別狀態進總計歸檔復覆製發層審覽閱傳達國員長開記簽紙內網際線實執"
    "組織幹學習體報讀種條當夜帶輪值週禮點黨書鄉鎮縣區場轉現熱絕畢馬續經過郵滿專個雙"
    "舉廣動馬齊後誌訂寫產陪證調練隊館樓廠衛醫環農財稅貿",
    "号时间来机关标题紧缓级拟办结单协备注说明责负领导参范围会议东厅门务职电话络联讯录"
    "处访应对诉类别状态进总计归档复复制发层审览阅传达国员长开记签纸内网际线实执"
    "组织干学习体报读种条当夜带轮值周礼点党书乡镇县区场转现热绝毕马续经过邮满专个双"
    "举广动马齐后志订写产陪证调练队馆楼厂卫医环农财税贸",
)


def simplified(text: str) -> str:
    """Text with the everyday traditional characters of offices written simplified; for comparing
    only, what is stored stays as it was typed."""
    return text if text.isascii() else text.translate(_TRADITIONAL)


class Match(NamedTuple):
    """A field and how sure it is: 2 the very word, 1 by the end of the word; a smaller `rank` is
    the field's more usual word."""

    field: str
    sure: int
    rank: int


@lru_cache(maxsize=8192)
def folded(heading: str) -> str:
    """A heading as it is compared: half width, simplified, no blanks, no remark in brackets."""
    text = unicodedata.normalize("NFKC", heading).translate(_TRADITIONAL).casefold()
    text = "".join(text.split())
    bare = re.sub(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]", "", text)
    return (bare or text).strip("*:;,.、_-★☆")


def heading_of(value: Cell) -> str:
    """A heading cell as people read it: on one line."""
    return " ".join(text_of(value).split())


_TABLES: dict[tuple[str, str], dict[str, Match]] = {}


def _table(register: Register) -> dict[str, Match]:
    """Every word for every field of a register, in the language in use too."""
    known = _TABLES.get((register.id, language()))
    if known is not None:
        return known
    table: dict[str, Match] = {}
    for field in register.fields:
        for rank, word in enumerate(_words(register.id, field)):
            match = Match(field.name, 2, rank)
            key = folded(word)
            if key and (key not in table or rank < table[key].rank):
                table[key] = match
    _TABLES[register.id, language()] = table
    return table


def _words(register: str, field: Field) -> list[str]:
    # The program's own export comes back in: labels and names count first.
    own = (
        [] if field.bookkeeping and not field.aliases else [field.label, _(field.label), field.name]
    )
    return [*own, *field.aliases, *EXTRA.get(register, {}).get(field.name, ())]


def match(register: str, heading: str) -> Match | None:
    """The field of `register` that a heading means, or None."""
    key = folded(heading)
    if not key or len(key) > 24:
        return None
    table = _table(BY_ID[register])
    found = table.get(key)
    if found is not None:
        return found
    if key.isascii():
        return None
    # The head of a Chinese compound is its end: 分管领导联系电话 is a phone.
    for word in (key, re.sub(r"(名称|情况|内容|信息|姓名|全称|日期)$", "", key)):
        if word in table:
            return table[word]._replace(sure=1)
        for start in range(1, len(word) - 1):
            found = table.get(word[start:])
            if found is not None and (len(word) - start) * 5 >= len(word) * 2:
                return found._replace(sure=1)
    return None


def is_phone(heading: str) -> bool:
    """Whether a heading is about a phone number."""
    key = folded(heading)
    return any(word in key for word in PHONE)
