"""What a meeting consists of: its cells, checklist, attendees, agenda and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from officetui.registers.checklists import SORTS
from officetui.registers.common import BASIS, CHILD, COMMON, METHODS, REASON, STATE, TICK, TICKED
from officetui.registers.follow_up import follow_up, of_decision
from officetui.registers.model import (
    CLEAR,
    NOW,
    Choice,
    Extra,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.order import between
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_

KINDS: tuple[Choice, ...] = (
    Choice("own", N_("own"), ("本级", "本級")),
    Choice("upper", N_("upper level"), ("上级", "上級")),
    Choice("branch", N_("branch venue"), ("分会场", "分會場")),
)
EXCUSED = "请假"  # the reply of who does not come

FIELDS: tuple[Field, ...] = (
    Field(
        "title",
        P_("meeting", "Title"),
        "text",
        required=True,
        aliases=("会议名称", "名称", "会议", "會議名稱", "议题", "活动名称", "内容"),
    ),
    Field(
        "kind", P_("meeting", "Kind"), "choice", choices=KINDS, aliases=("类别", "会议类别", "级别")
    ),
    Field(
        "start",
        N_("Start"),
        "moment",
        required=True,
        aliases=("日期", "时间", "会议时间", "开始时间", "會議時間", "时 间", "召开时间"),
    ),
    Field("end", N_("End"), "moment", aliases=("结束时间", "結束時間")),
    Field("room", N_("Room"), "room", aliases=("地点", "会议室", "地點", "会议地点", "會議地點")),
    Field("host", N_("Host"), "person", aliases=("主持人", "主持", "主持领导")),
    Field("chair", N_("Chair"), "person", aliases=("召集人",)),
    Field(
        "leaders",
        N_("Leaders"),
        "people",
        aliases=("参加领导", "出席领导", "參加領導", "与会领导"),
    ),
    Field(
        "scope",
        N_("Attended by"),
        "text",
        aliases=("参会范围", "参会人员", "參會範圍", "参加人员", "与会人员", "参加范围"),
    ),
    Field(
        "lead_unit",
        N_("Arranged by"),
        "unit",
        aliases=("承办部门", "承办单位", "主办单位", "承辦部門", "责任部门", "牵头部门"),
    ),
    Field("rsvp_due", N_("Names due"), "moment", aliases=("报名截止", "回执截止", "報名截止")),
    Field("rsvp_sent_at", N_("Names given at"), "instant", bookkeeping=True),
    Field("asked_at", N_("Asked who goes at"), "instant", bookkeeping=True),
    Field("asked_how", N_("Asked how"), "choice", choices=METHODS, bookkeeping=True),
    Field("checklist", N_("Sort of checklist"), "choice", choices=SORTS),
    Field("minutes", N_("Minutes"), "long", aliases=("纪要", "會議紀要")),
    Field("minutes_by", N_("Minutes taken by"), "person", aliases=("记录人", "記錄人")),
    Field("minutes_signer", N_("Minutes signed by"), "person", bookkeeping=True),
    Field("minutes_signed_on", N_("Minutes signed on"), "day", bookkeeping=True),
    Field("moved_from", N_("Moved from"), "moment", bookkeeping=True),
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    Field("clash_left", N_("Clash left, because"), "text"),
    BASIS,
    REASON,
    STATE,
    *COMMON,
)

ITEMS = Register(
    id="meetings.items",
    parent="meetings",
    label=N_("Checklist"),
    initial="open",
    title=lambda record: record.text("what"),
    fields=(
        Field("what", N_("What"), "text", required=True),
        Field("owner", N_("Owner"), "person"),
        Field("offset", N_("Minutes from the start"), "whole"),
        Field("check", N_("Reminds before the start"), "flag"),
        Field("done_at", N_("Done at"), "instant", bookkeeping=True),
        Field("done_by", N_("Done by"), "person", bookkeeping=True),
        Field("note", N_("Note"), "text"),
        STATE,
        *CHILD,
    ),
    states=TICKED,
    steps=TICK,
)


def _all_told(
    record: Record, inputs: Mapping[str, Any], view: View
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """With the last attendee who had to be told the meeting is notified."""
    for meeting in view.records("meetings"):
        if meeting.id != record.parent or meeting.state != "fixed":
            continue
        others = [one for one in view.children(meeting, "attendees") if one.id != record.id]
        if not any(one.state in ("listed", "") for one in others):
            yield meeting, {"state": "notified"}


ATTENDEES = Register(
    id="meetings.attendees",
    parent="meetings",
    label=N_("Attendees"),
    initial="listed",
    title=lambda record: record.text("person") or record.text("unit"),
    fields=(
        Field("person", N_("Person"), "person"),
        Field("unit", N_("Unit"), "unit"),
        Field(
            "role",
            N_("Role"),
            "choice",
            choices=(Choice("出席", N_("attends")), Choice("列席", N_("sits in"))),
        ),
        Field("notified_at", N_("Notified at"), "instant", bookkeeping=True),
        Field("method", N_("How"), "choice", choices=METHODS, bookkeeping=True),
        Field(
            "reply",
            P_("attendee", "Reply"),
            "choice",
            choices=(
                Choice("参会", N_("comes")),
                Choice(EXCUSED, N_("excused")),
                Choice("替会", N_("sends someone")),
            ),
        ),
        Field("substitute", N_("Substitute"), "person"),
        Field("signed_in_at", N_("Signed in at"), "instant", bookkeeping=True),
        Field(
            "void",
            N_("Notice void"),
            "choice",
            choices=(Choice("moved", N_("moved")), Choice("cancelled", N_("cancelled"))),
            bookkeeping=True,
        ),
        Field("note", N_("Note"), "text"),
        STATE,
        *CHILD,
    ),
    states=(
        State("listed", N_("not told")),
        State("notified", N_("told, no answer")),
        State("unreachable", N_("not reached")),
        State("answered", N_("answered")),
        State("signed_in", N_("signed in"), finished=True),
    ),
    steps=(
        Step(
            "tell",
            N_("Notify"),
            "n",
            ("listed", "notified", "unreachable", ""),
            "notified",
            needs=(Need("method", offer="phone"),),
            sets={"notified_at": NOW, "void": CLEAR},
            besides=_all_told,
            first=1,
        ),
        Step(
            "unreached", N_("Not reached"), "x", ("listed", "notified", ""), "unreachable", first=4
        ),
        Step(
            "answer",
            N_("Answer"),
            "y",
            ("listed", "notified", "unreachable", "answered", ""),
            "answered",
            needs=(Need("reply", offer="参会"), Need("substitute", required=False)),
            first=2,
        ),
        Step("sign_in", N_("Sign in"), "s", (), "signed_in", sets={"signed_in_at": NOW}, first=3),
    ),
)


def _place(record: Record, view: View, by: int) -> str:
    """The place in the list one further on (1) or back (-1); "" at the end of it."""
    others = view.children(Record("meetings", {"id": record.parent}), "agenda")
    places = [one.text("pos") for one in others]
    here = next((n for n, one in enumerate(others) if one.id == record.id), None)
    if here is None or not 0 <= here + by < len(places):
        return ""
    over = here + by  # the neighbour that it passes
    beyond = over + by
    if by > 0:
        return between(places[over], places[beyond] if beyond < len(places) else "")
    return between(places[beyond] if beyond >= 0 else "", places[over])


def _moved(by: int) -> Extra:
    def moved(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
        place = _place(record, view, by)
        return {"pos": place} if place else {}

    return moved


AGENDA = Register(
    id="meetings.agenda",
    parent="meetings",
    label=N_("Agenda"),
    title=lambda record: record.text("what"),
    fields=(
        Field("what", N_("What"), "text", required=True),
        Field("who", N_("Who presents"), "person"),
        Field("minutes", P_("agenda", "Minutes"), "whole"),
        *CHILD,
    ),
    steps=(
        Step("earlier", P_("agenda", "Earlier"), "w", extra=_moved(-1), first=1, many=False),
        Step("later", P_("agenda", "Later"), "x", extra=_moved(1), first=2, many=False),
    ),
)

DECISIONS = Register(
    id="meetings.decisions",
    parent="meetings",
    label=N_("Decisions"),
    title=lambda record: record.text("what"),
    fields=(
        Field("what", N_("What"), "text", required=True),
        Field("owner", N_("Owner"), "person"),
        Field("due", N_("Due"), "moment"),
        *CHILD,
    ),
    steps=(follow_up("f", of_decision, first=1),),
)
