"""information 信息报送: what the office writes for those above, and what of it is adopted.

A piece is written, sent, and adopted or not; each unit owes so many a month (setting). What was
sent or adopted stays on the desk until its month has been counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from officetui.registers import candidates
from officetui.registers.common import (
    COMMON,
    NOTE_ANSWER,
    REASON,
    STATE,
    URGE,
    postpone,
    reopen,
    urgings,
)
from officetui.registers.follow_up import follow_up, of_information
from officetui.registers.model import (
    CLEAR,
    TODAY,
    Column,
    Count,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.people import leads
from officetui.registers.record import Record, day_of
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _
from officetui.text.words import listed

WRITING, SENT = "drafting", "sent"


def month_end(day: date) -> str:
    """The last day of a day's month, ISO: until then it is counted."""
    beyond = day.replace(day=28) + timedelta(days=4)
    return (beyond - timedelta(days=beyond.day)).isoformat()


def unit_of(name: str, view: View) -> str:
    """The unit that a piece of this author counts for; "" for leaders and strangers."""
    person = view.person(name) if name else None
    return person.text("unit") if person is not None and not leads(person) else ""


def sent_cells(day: date, view: View) -> dict[str, Any]:
    """What follows from its having been sent on a day: how long an answer is waited for."""
    wait = timedelta(days=int(view.setting("information_wait_days")))
    return {"wait_until": (day + wait).isoformat(), "counts_until": month_end(day)}


def implied(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """Who writes it, for which unit; and of what was sent already how long it waits."""
    author = str(cells.get("author") or cells.get("owner") or view.user)
    found: dict[str, Any] = {"author": author, "owner": author}
    unit = unit_of(author, view)
    if unit:
        found["unit"] = unit
    sent = day_of(cells.get("sent_at"))
    if sent is not None:
        found |= {"state": SENT, **sent_cells(sent, view)}
    return found


def _to(record: Record, view: View) -> str:
    """To whom it is sent: as the office always does."""
    return record.text("sent_to") or listed(str(one) for one in view.setting("information_to"))


def _sent(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    day = day_of(inputs.get("sent_at")) or view.today
    cells = sent_cells(day, view)
    return {
        **cells,
        "sent_at": day.isoformat(),
        "sent_to": inputs.get("sent_to") or _to(record, view),
    }


def _adopted(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A second adoption is noted beside the first; the month counts the last one."""
    day = day_of(inputs.get("adopted_at")) or view.today
    given = inputs.get("adopted_by")
    names = [*record.words("adopted_by"), *(given if isinstance(given, list) else [given])]
    return {
        "adopted_by": list(dict.fromkeys(str(name) for name in names if name)),
        "adopted_at": day.isoformat(),
        "counts_until": month_end(day),
        "closed_at": view.today.isoformat(),
    }


def _not_before(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """Nothing is adopted before it was sent."""
    sent, adopted = record.text("sent_at"), str(inputs.get("adopted_at") or view.today)
    if adopted >= sent[:10]:
        return None
    return _("It was sent on {date}; it cannot be adopted before.").format(date=sent[:10])


def deadline_cell(record: Record) -> str:
    """Until it is sent its own date, then how long an answer is waited for."""
    return "wait_until" if record.state == SENT else "due"


def next_step(record: Record) -> str:
    """The step that its menu offers first."""
    return {WRITING: "send", SENT: "adopt"}.get(record.state, "")


INFORMATION: Register = Register(
    id="information",
    label=N_("Information"),
    digit="7",
    prefixes=("信息", "信息报送", "資訊", "info", "information"),
    initial=WRITING,
    implied=implied,
    planned=("due", "counts_until"),
    closed=("closed_at",),
    day="sent_at",
    due="due",
    due_now=deadline_cell,
    holder=lambda record, view: record.text("owner") or record.text("author"),
    since=lambda record, view: record.day("sent_at"),
    presses="urge",
    pressed={SENT: "not_adopted"},
    suggests=next_step,
    order=lambda record: record.text("sent_at") or "9",
    word=P_("word", "information"),
    title=lambda record: record.text("title"),
    group=lambda record: record.text("unit") or record.text("author"),
    counts=(
        Count("sent", P_("information", "sent"), "sent_at"),
        Count("adopted", P_("information", "adopted"), "adopted_at"),
        Count(
            "instructed",
            P_("information", "instructed"),
            "sent_at",
            lambda record: bool(record.get("instruction")),
        ),
    ),
    quota="information_quota",
    fields=(
        Field(
            "title",
            N_("Title"),
            "text",
            required=True,
            aliases=("标题", "信息标题", "题目", "標題"),
        ),
        Field("author", N_("Author"), "person", aliases=("作者", "撰稿人", "撰写人", "报送人")),
        Field("unit", N_("Unit"), "unit", aliases=("单位", "部门", "报送科室", "單位")),
        Field("sent_to", N_("Sent to"), "text", aliases=("报送单位", "报送对象", "报送至")),
        Field("sent_at", N_("Sent on"), "day", aliases=("报送时间", "报送日期", "日期", "时间")),
        Field("due", N_("Due"), "moment", aliases=("期限", "截稿时间", "截稿")),
        Field(
            "adopted_by", N_("Adopted by"), "words", aliases=("采用单位", "采用情况", "采用刊物")
        ),
        Field("adopted_at", N_("Adopted on"), "day", aliases=("采用时间", "采用日期")),
        Field("instruction", N_("Instruction"), "long", aliases=("领导批示", "批示", "批示情况")),
        Field("instructed_by", N_("Instructed by"), "person", aliases=("批示领导",)),
        Field("wait_until", N_("An answer is waited for until"), "day", bookkeeping=True),
        Field("counts_until", N_("Counted until"), "day", bookkeeping=True),
        Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
        REASON,
        STATE,
        *COMMON,
    ),
    states=(
        State(WRITING, P_("information", "being written"), P_("information", "to send")),
        State(SENT, P_("information state", "sent"), P_("information", "to be adopted")),
        State("adopted", P_("information state", "adopted"), finished=True),
        State("not_adopted", N_("not adopted"), finished=True),
        State("dropped", P_("information", "not sent"), finished=True),
    ),
    steps=(
        Step(
            "send",
            P_("information", "Send"),
            "m",
            (WRITING,),
            SENT,
            needs=(
                Need("sent_to", offer=_to),
                Need("sent_at", required=False, offer=TODAY),
            ),
            extra=_sent,
            first=10,
        ),
        Step(
            "adopt",
            P_("information", "Adopted"),
            "p",
            (SENT, "adopted", "not_adopted"),
            "adopted",
            needs=(
                Need("adopted_by", offer=lambda r, v: None),
                Need("adopted_at", required=False, offer=TODAY),
            ),
            check=_not_before,
            extra=_adopted,
            first=10,
            order={"adopted": 20, "not_adopted": 20},
        ),
        Step(
            "not_adopted",
            N_("Not adopted"),
            "l",
            (SENT,),
            "not_adopted",
            sets={"closed_at": TODAY},
            first=11,
        ),
        Step(
            "instruct",
            N_("Note the instruction"),
            "i",
            (SENT, "adopted", "not_adopted"),
            None,
            needs=(
                Need("instruction"),
                Need("instructed_by", required=False, among=candidates.leaders),
            ),
            first=12,
        ),
        msgspec.structs.replace(
            follow_up("f", of_information, first=14),
            sources=(SENT, "adopted", "not_adopted"),
            many=False,
        ),
        Step(
            "assign",
            P_("information", "Another writes it"),
            "o",
            (WRITING,),
            None,
            needs=(Need("owner", among=candidates.staff),),
            extra=lambda record, inputs, view: {
                "author": inputs["owner"],
                "unit": unit_of(str(inputs["owner"]), view) or record.get("unit"),
            },
            first=30,
        ),
        msgspec.structs.replace(URGE, sources=(WRITING,)),
        NOTE_ANSWER,
        postpone("d", (WRITING,)),
        Step(
            "drop",
            P_("information", "Do not send it"),
            "x",
            (WRITING,),
            "dropped",
            needs=(Need("reason", usual=(N_("nothing new in it"), N_("sent by another unit"))),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        reopen(
            "n",
            ("adopted", "not_adopted", "dropped"),
            WRITING,
            {"closed_at": CLEAR, "sent_at": CLEAR, "adopted_at": CLEAR, "adopted_by": CLEAR},
        ),
    ),
    children=(urgings("information"),),
    columns=(
        Column("sent", N_("Sent on"), 5, lambda r, v: r.text("sent_at")[5:10]),
        Column("title", N_("Title"), 24, lambda r, v: r.text("title"), grow=True),
        Column("unit", N_("Unit"), 10, lambda r, v: r.text("unit")),
        Column("author", N_("Author"), 8, lambda r, v: r.text("author")),
        Column("state", N_("State"), 8, lambda r, v: INFORMATION.state_words(r)),
        Column("due", N_("Due"), 5, lambda r, v: r.text(deadline_cell(r))[5:10]),
        Column("to", N_("Sent to"), 10, lambda r, v: r.text("sent_to"), rank=2),
        Column("adopted", N_("Adopted by"), 12, lambda r, v: listed(r.words("adopted_by")), rank=2),
        Column("instruction", N_("Instruction"), 14, lambda r, v: r.text("instruction"), rank=3),
    ),
)

__all__ = ["INFORMATION", "SENT", "WRITING", "deadline_cell", "month_end", "unit_of"]
