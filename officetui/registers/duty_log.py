"""duty_log 值班日志: what the duty room was told, what was instructed, and what became of it.

A telephone note has five elements: who, from where, when, what, which number. The zero report
(零报告) of a quiet shift stands here too: `duty_zero`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from officetui.registers import candidates
from officetui.registers.common import (
    BASIS,
    COMMON,
    NOTE_ANSWER,
    REASON,
    STATE,
    URGE,
    masked,
    postpone,
    reopen,
    urgings,
)
from officetui.registers.follow_up import follow_up, of_call
from officetui.registers.model import (
    CLEAR,
    TODAY,
    Choice,
    Column,
    Field,
    Makes,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_

CHANNELS: tuple[Choice, ...] = (
    Choice("phone", P_("duty log", "phone"), ("电", "电话", "来电", "電話")),
    Choice("paper", P_("duty log", "paper"), ("文", "来文", "传真", "傳真")),
    Choice("visit", N_("visit"), ("访", "来访", "來訪")),
    Choice("inspection", P_("duty log", "inspection"), ("查", "查岗", "抽查", "检查", "查崗")),
)
# The five elements of a telephone note, without the time, which is always there.
ELEMENTS: tuple[str, ...] = ("caller", "from_unit", "content", "phone")


# --- what becomes of an entry --------------------------------------------------------------


def missing_elements(cells: Mapping[str, Any], view: View) -> list[str]:
    """Which elements of a telephone note are not there; none for other entries, and of one of our
    own people only the content."""
    if cells.get("zero") or cells.get("channel") not in (None, "", "phone"):
        return []
    own = view.person(str(cells.get("caller") or "")) is not None
    return [name for name in (("content",) if own else ELEMENTS) if not cells.get(name)]


@cache
def _alarm() -> re.Pattern[str]:
    """What makes a call an emergency: people hurt or missing, or what hurts them."""
    return re.compile(
        "被困|被埋|死亡|遇难|失联|失踪|走失|溺水|坠[楼井河落崖]|重伤|受伤|中毒|触电|滑坡|泥石流|塌方"
        "|坍塌|倒塌|爆炸|[起着失]火|山火|火灾|泄漏|决口|溃坝|车祸|堵路|堵门|斗殴"
        "|landslide|trapped|explosion|on fire"
    )


@cache
def _calm() -> re.Pattern[str]:
    """What only speaks of them: a meeting, a check, a report that is asked for."""
    return re.compile("培训|演练|排查|检查|宣传|会议|开会|通知|材料|统计|隐患|防范|预防|报表")


def alarming(record: Record) -> bool:
    """Whether an entry tells of an emergency."""
    said = record.text("content")
    return bool(_alarm().search(said)) and not _calm().search(said)


def suggested(record: Record) -> str:
    """What an entry wants first that tells of an emergency, or asks for something by a time."""
    if record.state not in ("noted", "in_hand"):
        return ""
    if alarming(record):
        return "to_incident"
    return "follow_up" if record.get("due") or record.get("instruction") else ""


def _implied(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What an entry says without being told: the telephone, and who writes."""
    return {"channel": "phone", "recorder": view.user}


def _to_reception(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The reception entry that a call is: what is noted already is carried over."""
    channels = {"visit": "visit", "paper": "letter"}
    return {
        "channel": channels.get(record.text("channel"), "call"),
        "at": record.text("at"),
        "name": record.text("caller"),
        "phone": record.text("phone"),
        "unit": record.text("from_unit"),
        "matter": record.text("content"),
        "due": record.text("due"),
        "owner": record.text("owner"),
        "receiver": record.text("recorder") or view.user,
        "tags": list(record.words("tags")),
    }


def _to_incident(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The emergency that a call tells of: its countdowns run from the call."""
    return {
        "at": record.text("at"),
        "learned_at": record.text("at"),
        "matter": record.text("content").replace("\n", " "),
        "source": record.text("from_unit") + record.text("caller"),
        "phone": record.text("phone"),
        "instruction": record.text("instruction"),
        "measures": record.text("handling"),
        "owner": record.text("owner"),
    }


def _to_meeting(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """The date that a call sets; what comes from above is a meeting of the superior."""
    upper = record.text("from_unit").startswith(("县", "市", "省", "縣", "区委", "区政府"))
    return {
        "title": record.text("content").replace("\n", " "),
        "start": record.text("due"),
        "owner": record.text("owner"),
        "kind": "upper" if upper else "own",
    }


_OPEN = ("noted", "in_hand")
_ON = (*_OPEN, "passed_on")
_DONE: dict[str, Any] = {"closed_at": TODAY}

FIELDS: tuple[Field, ...] = (
    Field("at", N_("When"), "moment", required=True, aliases=("时间", "日期", "来电时间", "時間")),
    Field(
        "channel",
        N_("Channel"),
        "choice",
        choices=CHANNELS,
        aliases=("方式", "类别", "来源方式", "形式"),
    ),
    Field(
        "from_unit",
        P_("caller", "From"),
        "unit",
        aliases=("来电单位", "单位", "来文单位", "來電單位"),
    ),
    Field("caller", N_("Caller"), "text", aliases=("来电人", "姓名", "联系人", "來電人")),
    Field(
        "phone",
        N_("Phone"),
        "phone",
        private=True,
        aliases=("来电号码", "联系电话", "电话", "聯絡電話"),
    ),
    Field(
        "content",
        P_("duty log", "Content"),
        "long",
        required=True,
        aliases=("内容", "来电内容", "事项", "记事", "值班记事", "內容"),
    ),
    Field("instruction", N_("Instruction"), "long", aliases=("领导批示", "批示", "领导指示")),
    Field(
        "handling",
        N_("How it was handled"),
        "long",
        aliases=("处理情况", "办理情况", "处置情况", "處理情況"),
    ),
    Field("follow_up", N_("Still to follow"), "long", aliases=("后续", "跟进情况", "移交事项")),
    Field("due", N_("Due"), "moment", aliases=("期限", "时限", "办理期限")),
    Field("recorder", N_("Noted by"), "person", aliases=("记录人", "值班员", "值班人", "記錄人")),
    Field("zero", N_("Zero report"), "flag", bookkeeping=True),
    Field("seat", N_("Shift"), "ref", bookkeeping=True),
    REASON,
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    BASIS,
    STATE,
    *COMMON,
)


def _title(record: Record) -> str:
    who = record.text("from_unit") + record.text("caller")
    return " ".join(p for p in (who, record.text("content").replace("\n", " ")) if p)


DUTY_LOG: Register = Register(
    id="duty_log",
    label=N_("Duty log"),
    digit="2",
    prefixes=("电", "来电", "call", "log"),
    initial="noted",
    planned=("due",),
    closed=("closed_at",),
    day="at",
    due="due",
    holder=lambda record, view: record.text("owner") or record.text("recorder"),
    since=lambda record, view: record.moment("at") or record.day("at"),
    presses="answer",
    heading=_title,
    word=P_("word", "call"),
    title=_title,
    implied=_implied,
    suggests=suggested,
    fields=FIELDS,
    states=(
        State("noted", N_("noted"), N_("to handle")),
        State("in_hand", P_("duty log", "in hand"), P_("duty log", "in hand")),
        State("answered", P_("duty log", "answered"), finished=True),
        State("passed_on", N_("passed on"), finished=True),
        State("closed", N_("closed"), finished=True),
        State("zero", N_("zero report"), finished=True),
    ),
    steps=(
        Step(
            "answer",
            P_("duty log", "Answer"),
            "y",
            _ON,
            "answered",
            needs=(
                Need("handling", usual=(N_("Told back by phone."), N_("Reported to the leader."))),
            ),
            sets=_DONE,
            first=11,
        ),
        Step(
            "instruct",
            N_("Note the instruction"),
            "i",
            (*_ON, "answered"),
            None,
            needs=(
                Need("instruction"),
                Need("owner", required=False, among=candidates.staff),
                Need("due", required=False),
            ),
            first=12,
        ),
        Step(
            "take",
            N_("Take in hand"),
            "o",
            _OPEN,
            "in_hand",
            needs=(Need("owner", among=candidates.staff), Need("due", required=False)),
            first=13,
        ),
        msgspec.structs.replace(
            follow_up("f", of_call, first=14),
            sources=(*_ON, "answered"),
            target="passed_on",
            sets=_DONE,
            many=False,
        ),
        Step(
            "to_incident",
            N_("Make an incident of it"),
            "p",
            (*_ON, "answered"),
            "passed_on",
            needs=(
                Need("place", required=False),
                Need("matter", required=False),
                Need("casualties", required=False),
            ),
            makes=Makes("incidents", _to_incident),
            sets=_DONE,
            many=False,
            first=18,
        ),
        Step(
            "to_reception",
            N_("Make a reception entry"),
            "v",
            (*_ON, "answered"),
            "passed_on",
            needs=(
                Need("name", required=False),
                Need("phone", required=False),
                Need("matter", required=False),
                Need("owner", required=False, among=candidates.staff),
                Need("due", required=False),
            ),
            makes=Makes("reception", _to_reception),
            sets=_DONE,
            many=False,
            first=15,
        ),
        Step(
            "to_meeting",
            N_("Make a meeting"),
            "m",
            (*_ON, "answered"),
            "passed_on",
            needs=(Need("start"), Need("title"), Need("room", required=False)),
            makes=Makes("meetings", _to_meeting),
            sets=_DONE,
            many=False,
            first=16,
        ),
        Step(
            "close",
            N_("Close"),
            "c",
            (*_ON, "answered"),
            "closed",
            needs=(Need("handling"),),
            sets=_DONE,
            first=17,
        ),
        msgspec.structs.replace(URGE, sources=_OPEN),
        NOTE_ANSWER,
        postpone("d", _OPEN),
        reopen("n", ("answered", "passed_on", "closed"), "noted", {"closed_at": CLEAR}),
    ),
    children=(urgings("duty_log"),),
    columns=(
        Column("at", N_("When"), 11, lambda r, v: r.text("at").replace("T", " ")[5:16]),
        Column("channel", N_("Channel"), 6, lambda r, v: _channel(r)),
        Column("from", P_("caller", "From"), 12, lambda r, v: r.text("from_unit")),
        Column("caller", N_("Caller"), 8, lambda r, v: r.text("caller")),
        Column(
            "content",
            P_("duty log", "Content"),
            24,
            lambda r, v: r.text("content").replace("\n", " "),
            grow=True,
        ),
        Column("state", N_("Next step"), 10, lambda r, v: DUTY_LOG.waits_for(r, v)),
        Column("owner", N_("Owner"), 8, lambda r, v: r.text("owner") or r.text("recorder")),
        Column("due", N_("Due"), 11, lambda r, v: r.text("due").replace("T", " ")[5:16]),
        Column("phone", N_("Phone"), 12, lambda r, v: masked(r.text("phone")), rank=2),
        Column("handling", N_("How it was handled"), 20, lambda r, v: r.text("handling"), rank=3),
    ),
)


def _channel(record: Record) -> str:
    field = DUTY_LOG.field("channel")
    assert field is not None
    return "" if record.get("zero") else field.show(record.get("channel"))
