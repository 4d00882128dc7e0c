"""people 通讯录: the directory; rank is precedence, portfolio is 分管."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from officetui.registers.common import COMMON
from officetui.registers.model import Column, Field, Register
from officetui.registers.record import Record, day_of
from officetui.text.i18n import N_
from officetui.text.words import listed

# What posts are called in speech; the longest ending wins. 党委副书记 is called 书记.
CALLED: tuple[str, ...] = (
    "书记",
    "镇长",
    "乡长",
    "区长",
    "县长",
    "市长",
    "局长",
    "处长",
    "科长",
    "校长",
    "院长",
    "所长",
    "站长",
    "主席",
    "主任",
    "部长",
    "委员",
    "秘书长",
    "書記", "鎮長", "鄉長", "區長", "縣長", "市長", "局長", "處長", "科長", "校長", "院長",
    "所長", "站長", "部長", "委員", "秘書長",
)  # fmt: skip

# Two-character family names, so that 欧阳晨 is called 欧阳, not 欧 (the common ones).
COMPOUND: tuple[str, ...] = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
    "司徒",
    "端木",
    "长孙",
    "宇文",
    "歐陽", "司馬", "諸葛", "東方", "尉遲", "公孫", "長孫",
)  # fmt: skip


def family_name(name: str) -> str:
    """The family name of a Chinese name."""
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def called(person: Record) -> str:
    """How people speak of someone: 刘书记. An explicit title_short wins; "" without a post."""
    own = person.text("title_short")
    if own:
        return own
    post = person.text("post")
    for word in CALLED:
        if post.endswith(word):
            return family_name(person.text("name")) + word
    return ""


# What the schedule adds to a person of the directory: leaves that were granted there. It is in no
# cell, and never written.
GRANTED = "_leave"


def away_until(person: Record, day: date) -> str:
    """The last day of the leave that covers `day`, ISO; "" when the person is there. A leave
    typed into the directory counts, and one that the schedule granted."""
    return typed_until(person, day) or _covering(person.words(GRANTED), day)


def typed_until(person: Record, day: date) -> str:
    """The same, of what the directory itself says."""
    left = person.day("left")
    if left is not None and left <= day:
        return left.isoformat()
    return _covering(person.words("leave"), day)


def _covering(leaves: Iterable[str], day: date) -> str:
    for span in leaves:
        start, _sep, end = span.partition("/")
        last = day_of(end or start, far=True)
        first = day_of(start, far=True) if end else None
        if last is not None and day <= last and (first is None or first <= day):
            return last.isoformat()
    return ""


def leads(person: Record) -> bool:
    """Whether the person belongs to the leadership: a rank in the precedence order, and a post."""
    return person.whole("rank") is not None and bool(person.text("post"))


PEOPLE: Register = Register(
    id="people",
    label=N_("People"),
    digit="7",
    prefixes=("人", "people"),
    resident=True,
    title=lambda record: record.text("name"),
    order=lambda record: (record.whole("rank") or 9999, record.text("unit"), record.text("name")),
    day="",
    fields=(
        Field("name", N_("Name"), "text", required=True, aliases=("姓名", "名字", "姓 名", "人员")),
        Field("unit", N_("Unit"), "unit", aliases=("部门", "单位", "科室", "部門", "單位", "站所")),
        Field("post", N_("Post"), "text", aliases=("职务", "岗位", "職務", "职位")),
        Field("title_short", N_("Called"), "text", aliases=("称呼", "稱呼")),
        Field(
            "phone",
            N_("Phone"),
            "phone",
            aliases=("手机", "手机号码", "联系电话", "移动电话", "手機", "手機號碼", "电话"),
        ),
        Field(
            "office_phone", N_("Office phone"), "phone", aliases=("办公电话", "座机", "辦公電話")
        ),
        Field("rank", N_("Precedence"), "whole", aliases=("排序", "位次", "排名")),
        Field("portfolio", N_("In charge of"), "words", aliases=("分管", "分管工作", "分工")),
        Field("deputy", N_("Deputy"), "person", aliases=("AB岗", "B岗", "代理人")),
        Field("groups", N_("Groups"), "words", aliases=("分组", "群组")),
        Field("leave", N_("Leave"), "spans", aliases=("请假", "休假", "假期")),
        Field("joined", N_("Joined"), "day", aliases=("入职", "到岗日期")),
        Field("left", N_("Left"), "day", aliases=("离职", "调离")),
        Field("login", N_("Login"), "text", aliases=("登录名", "帐号", "账号")),
        *COMMON,
    ),
    columns=(
        Column("name", N_("Name"), 8, lambda r, v: r.text("name")),
        Column("unit", N_("Unit"), 12, lambda r, v: r.text("unit")),
        Column("post", N_("Post"), 14, lambda r, v: r.text("post"), grow=True),
        Column("phone", N_("Phone"), 13, lambda r, v: r.text("phone")),
        Column("office_phone", N_("Office phone"), 12, lambda r, v: r.text("office_phone"), rank=2),
        Column("leave", N_("Leave"), 22, lambda r, v: _leave(r), rank=2),
        Column(
            "portfolio",
            N_("In charge of"),
            24,
            lambda r, v: listed(r.words("portfolio")),
            rank=3,
        ),
    ),
)


def _leave(record: Record) -> str:
    field = PEOPLE.field("leave")
    assert field is not None
    return field.show([*record.words("leave"), *record.words(GRANTED)])
