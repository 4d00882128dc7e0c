"""duty 值班: one record per seat; key `duty:<date>:<line>:<seat>`.

Who is on duty is a question of the hour: a line of the settings has its hours, and a night
that begins on the 20th is the duty of the 20th until it ends on the 21st.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from officetui.registers.common import COMMON, METHODS, STATE, unapproved
from officetui.registers.duty_over import FIELDS as OVER_FIELDS
from officetui.registers.duty_over import STEPS as OVER
from officetui.registers.duty_swap import SWAPS, VOID, can_cover
from officetui.registers.duty_turns import (
    OPEN,
    Shift,
    free_for,
    hours,
    is_red,
    line_label,
    seat_name,
)
from officetui.registers.duty_zero import cannot_be_zero, zero_cells
from officetui.registers.model import (
    CLEAR,
    ME,
    NOW,
    Column,
    Field,
    Makes,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.settings import DUTY_LINES
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _


def key(cells: Mapping[str, Any]) -> str:
    """The natural key of a seat."""
    return f"duty:{cells.get('date')}:{cells.get('line')}:{cells.get('seat', 1)}"


def notices(record: Record, view: View) -> int:
    """How often the person was told."""
    return len(view.children(record, "notices"))


def _title(record: Record) -> str:
    """The day, the line as it is usually called, who: 11-20 夜班 罗丹."""
    line = record.text("line")
    usual = next((_(str(known["label"])) for known in DUTY_LINES if known["id"] == line), line)
    return " ".join(
        part for part in (record.text("date")[5:], usual, record.text("person")) if part
    )


NOTICES = Register(
    id="duty.notices",
    parent="duty",
    label=N_("Notices"),
    fields=(
        Field("at", N_("When"), "instant", bookkeeping=True),
        Field("method", N_("How"), "choice", choices=METHODS),
        Field("by", N_("By"), "person", bookkeeping=True),
        Field("answer", P_("told", "Their answer"), "text"),
        Field("parent", N_("Part of"), bookkeeping=True),
        Field("pos", N_("Place in the list"), bookkeeping=True),
    ),
    title=lambda record: record.text("answer") or record.text("method"),
    day="at",
)

DUTY: Register = Register(
    id="duty",
    label=N_("Duty"),
    digit="2",
    prefixes=("值", "值班", "duty"),
    key=key,
    planned=("date",),
    passes=True,
    day="date",
    title=_title,
    initial="planned",
    fields=(
        Field(
            "date", N_("Date"), "day", required=True, aliases=("日期", "值班日期", "时间", "日 期")
        ),
        Field("line", N_("Line"), "line", required=True, aliases=("班次", "类别", "班別")),
        Field("seat", N_("Seat"), "whole", required=True, aliases=("席位", "序号")),
        Field(
            "person",
            P_("duty", "Person"),
            "person",
            required=True,
            aliases=("值班人员", "值班人", "姓名", "值班人員"),
        ),
        Field("phone", N_("Phone"), "phone", aliases=("联系电话", "电话", "手机", "聯絡電話")),
        Field("notified_at", N_("Notified at"), "instant", bookkeeping=True),
        Field("notified_by", N_("Notified by"), "person", bookkeeping=True),
        Field("method", N_("How"), "choice", choices=METHODS, bookkeeping=True),
        Field("confirmed_at", N_("Confirmed at"), "instant", bookkeeping=True),
        Field("arrived_at", N_("Arrived at"), "instant", bookkeeping=True),
        *OVER_FIELDS,
        Field("quiet_at", N_("Zero report at"), "instant", bookkeeping=True),
        Field("planned_person", N_("Planned person"), "person"),
        Field("reason", N_("Reason"), "text", aliases=("原因", "调班原因"), anew=True),
        Field("exchange_day", N_("Their turn, if not the next one"), "day", bookkeeping=True),
        Field("exchanged_with", N_("Exchanged with"), "text", bookkeeping=True),
        Field("approved_by", N_("Approved by"), "person"),
        *unapproved(("approve_swap", N_("Approve the swap"))),
        STATE,
        *COMMON,
    ),
    states=(
        State("swapped", N_("swap to be approved"), N_("swap to be approved")),
        State("planned", N_("planned"), N_("to be told")),
        State("notified", N_("notified"), N_("not confirmed")),
        State("confirmed", N_("confirmed"), N_("to arrive")),
        State("arrived", N_("arrived"), N_("on duty")),
        State("handed_over", N_("handed over"), N_("to be taken over")),
        State("taken_over", N_("taken over"), finished=True),
    ),
    steps=(
        Step(
            "notify",
            N_("Notify"),
            "n",
            ("planned", "notified"),
            "notified",
            needs=(
                Need("method", offer="phone"),
                Need("answer", required=False, usual=(N_("no answer"), N_("will call back"))),
            ),
            adds="notices",
            sets={
                "notified_at": NOW,
                "notified_by": ME,
                "+at": NOW,
                "+by": ME,
            },
            extra=lambda record, inputs, view: {"method": inputs.get("method")},
            first=20,
            order={"planned": 5, "notified": 11},
        ),
        Step(
            "confirm",
            N_("Confirm"),
            "c",
            ("planned", "notified"),
            "confirmed",
            sets={"confirmed_at": NOW},
            first=10,
        ),
        Step(
            "arrive",
            N_("Arrive"),
            "v",
            ("planned", "notified", "confirmed"),
            "arrived",
            sets={"arrived_at": NOW},
            first=50,
            order={"confirmed": 5},
        ),
        *OVER,
        *SWAPS,
        Step(
            "zero_report",
            N_("Zero report"),
            "z",
            ("swapped", "planned", "notified", "confirmed", "arrived", "handed_over", "taken_over"),
            None,
            makes=Makes("duty_log", zero_cells, link="seat"),
            check=cannot_be_zero,
            sets={"quiet_at": NOW},
            many=False,
            first=70,
        ),
        Step(
            "reopen",
            N_("Ask again"),
            "x",
            ("confirmed", "arrived"),
            "planned",
            sets={**VOID, "arrived_at": CLEAR},
            first=60,
        ),
    ),
    children=(NOTICES,),
    columns=(
        Column("date", N_("Date"), 10, lambda r, v: r.text("date")),
        Column("line", N_("Line"), 8, lambda r, v: line_label(v, r.text("line"))),
        Column("person", P_("duty", "Person"), 8, lambda r, v: r.text("person")),
        Column("phone", N_("Phone"), 13, lambda r, v: r.text("phone")),
        Column(
            "state",
            N_("State"),
            14,
            lambda r, v: state_words(r, v),
            grow=True,
            look=lambda r, v: "alert" if is_red(r, v) else "",
        ),
        Column("planned", N_("Planned person"), 12, lambda r, v: r.text("planned_person"), rank=2),
        Column("note", N_("Note"), 24, lambda r, v: r.text("note"), rank=3),
    ),
)


def state_words(record: Record, view: View) -> str:
    """How far a seat is, as the board says it: confirmed, told twice, 07:51 arrived."""
    state = record.state
    arrived = record.instant("arrived_at")
    if state == "arrived" and arrived is not None:
        return _("{time} arrived").format(time=view.clock(arrived).strftime("%H:%M"))
    if state == "notified":
        count = max(1, notices(record, view))
        return _("told {n}×, no answer").format(n=count)
    if state == "planned":
        return _("not told")
    found = DUTY.state(state)
    return _(found.label) if found else state


__all__ = [
    "DUTY",
    "NOTICES",
    "OPEN",
    "Shift",
    "can_cover",
    "free_for",
    "hours",
    "is_red",
    "key",
    "line_label",
    "notices",
    "seat_name",
    "state_words",
]
