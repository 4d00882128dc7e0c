"""hospitality 公务接待: official guests, from the letter to the settled bill.

党政机关国内公务接待管理规定 (2013): no letter, no reception; a list (接待清单) is filled in after
the visit and signed (article 7); up to ten guests have at most three companions at table, more
than ten at most a third (article 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from officetui.errors import Refused
from officetui.registers import candidates
from officetui.registers.common import BASIS, CHILD, COMMON, REASON, STATE, reopen, unapproved
from officetui.registers.counting import fen
from officetui.registers.model import (
    CLEAR,
    TODAY,
    Column,
    Field,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _

FEW, FEW_COMPANIONS = 10, 3  # up to ten guests, three companions; more, a third of them


def most_companions(guests: int) -> int:
    """How many may sit at table with so many guests."""
    return FEW_COMPANIONS if guests <= FEW else guests // 3


def too_many(cells: Mapping[str, Any]) -> int:
    """How many companions are allowed, when there are more than that; else 0."""
    guests, companions = cells.get("headcount"), cells.get("companions")
    if not isinstance(guests, int) or not isinstance(companions, int):
        return 0
    most = most_companions(guests)
    return most if companions > most else 0


def deadline_cell(record: Record) -> str:
    """Until the guests have come their day counts, then the day to settle the bill."""
    return "at" if record.state in ("requested", "approved") else "settle_due"


def _no_letter(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    """No letter, no reception: the approval waits for it."""
    if inputs.get("letter_no") or record.get("letter_no"):
        return None
    return _(
        "No letter, no reception: note its number first. What cannot wait can be held before its"
        " approval, with a reason."
    )


def _held(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    days = int(view.setting("hospitality_settle_days"))
    return {"settle_due": (view.today + timedelta(days=days)).isoformat()}


def list_faults(record: Record, view: View) -> list[str]:
    """In what the list (接待清单) does not match the letter."""
    found = []
    named, expected = len(view.children(record, "guests")), record.whole("headcount")
    if not record.get("letter_no"):
        found.append(_("There is no letter to compare the list with."))
    if not named:
        found.append(_("The list names no guests; add them first."))
    elif expected is not None and named != expected:
        found.append(
            _("Guests on the list: {n}, by the letter: {total}.").format(n=named, total=expected)
        )
    most = too_many({**record.cells, "headcount": expected or named})
    if most:
        found.append(
            _("Companions: {n}; with {guests} guests there may be {most}.").format(
                n=record.whole("companions"), guests=expected or named, most=most
            )
        )
    return found


def _list_matches(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    return " ".join(list_faults(record, view)) or None


def sum_of_money(record: Record, inputs: Mapping[str, Any], view: View) -> Refused | None:
    """The cost is a number of yuan, so that it can be added up."""
    if fen(str(inputs.get("cost") or "")) is not None:
        return None
    return Refused(_("The cost is a sum in yuan, like 386.50."), field="cost")


_OPEN = ("requested", "approved", "held", "list_signed")

GUESTS = Register(
    id="hospitality.guests",
    parent="hospitality",
    label=N_("Guests"),
    fields=(
        Field("name", N_("Name"), "text", required=True, aliases=("姓名",)),
        Field("unit", N_("Unit"), "text", aliases=("单位", "工作单位")),
        Field("post", N_("Post"), "text", aliases=("职务",)),
        *CHILD,
    ),
    title=lambda record: record.text("name"),
)

FIELDS: tuple[Field, ...] = (
    Field("letter_no", N_("Letter no."), "text", aliases=("公函号", "公函", "来函文号", "函号")),
    Field("from_unit", N_("Guests' unit"), "unit", aliases=("来宾单位", "来访单位", "接待对象")),
    Field("headcount", N_("Guests by the letter"), "whole", aliases=("来宾人数", "人数")),
    Field("at", N_("When"), "moment", required=True, aliases=("时间", "日期", "接待时间")),
    Field("project", N_("Purpose"), "text", aliases=("公务活动", "公务内容", "接待事由", "事由")),
    Field("places", N_("Places"), "words", aliases=("接待场所", "场所", "地点")),
    Field("meals", N_("Meals"), "text", aliases=("用餐", "用餐标准", "接待标准")),
    Field("companions", N_("Companions"), "whole", aliases=("陪餐人数", "陪同人数")),
    Field("companion_names", N_("Who accompanies"), "people", aliases=("陪同人员", "陪餐人员")),
    Field("cost", N_("Cost"), "text", aliases=("费用", "金额", "接待费用")),
    Field("approver", N_("Approved by"), "person", aliases=("审批人", "批准人")),
    Field("approved_at", N_("Approved on"), "day", bookkeeping=True),
    Field("held_at", N_("Held on"), "day", bookkeeping=True),
    Field("signed_by", N_("List signed by"), "person", aliases=("审签人", "签字人")),
    Field("settle_due", N_("To be settled by"), "moment"),
    REASON,
    Field("closed_at", N_("Closed on"), "day", bookkeeping=True),
    BASIS,
    STATE,
    *unapproved(("approve", P_("hospitality", "Approve"))),
    *COMMON,
)


def _guests_words(record: Record) -> str:
    count = record.text("headcount")
    words = _("{unit}, {n} guests") if count else "{unit}"
    return words.format(unit=record.text("from_unit"), n=count).strip(" ,，")


def _title(record: Record) -> str:
    return " ".join(p for p in (_guests_words(record), record.text("project")) if p)


HOSPITALITY: Register = Register(
    id="hospitality",
    label=N_("Hospitality"),
    digit="5",
    prefixes=("接待", "公务接待", "公務接待", "host"),
    initial="requested",
    planned=("at",),
    closed=("closed_at",),
    day="at",
    due="at",
    due_now=deadline_cell,
    presses="",
    heading=_title,
    word=P_("word", "guests"),
    title=_title,
    fields=FIELDS,
    states=(
        State("requested", N_("requested"), P_("hospitality", "to approve")),
        State("approved", N_("approved"), N_("to receive")),
        State("held", P_("hospitality", "held"), N_("list to sign")),
        State("list_signed", N_("list signed"), N_("to settle")),
        State("settled", N_("settled"), finished=True),
        State("cancelled", N_("cancelled"), finished=True),
    ),
    steps=(
        Step(
            "approve",
            P_("hospitality", "Approve"),
            "p",
            ("requested",),
            "approved",
            needs=(
                Need("letter_no", required=False),
                Need("approver", required=False, among=candidates.leaders),
            ),
            sets={"approved_at": TODAY},
            check=_no_letter,
            approval=True,
            first=10,
        ),
        Step(
            "hold",
            P_("hospitality", "Held"),
            "h",
            ("approved",),
            "held",
            needs=(
                Need("places", required=False),
                Need("meals", required=False),
                Need("companions", required=False),
            ),
            sets={"held_at": TODAY},
            extra=_held,
            first=11,
        ),
        Step(
            "guest",
            N_("Add guests"),
            "l",
            _OPEN,
            None,
            needs=(
                Need("name", many=True),
                Need("unit", required=False, offer=lambda r, v: r.text("from_unit")),
                Need("post", required=False),
            ),
            adds="guests",
            many=False,
            first=20,
            order={"held": 10},
        ),
        Step(
            "sign_list",
            N_("List signed"),
            "s",
            ("held",),
            "list_signed",
            needs=(Need("signed_by", among=candidates.leaders),),
            check=_list_matches,
            first=12,
        ),
        Step(
            "settle",
            N_("Settle"),
            "c",
            ("list_signed",),
            "settled",
            needs=(Need("cost"),),
            check=sum_of_money,
            sets={"closed_at": TODAY},
            first=13,
        ),
        Step(
            "cancel",
            N_("Cancel"),
            "x",
            ("requested", "approved"),
            "cancelled",
            needs=(Need("reason", usual=(N_("they do not come"), N_("there is no letter"))),),
            sets={"closed_at": TODAY},
            first=45,
        ),
        Step(
            "move",
            N_("Change the time"),
            "d",
            ("requested", "approved"),
            None,
            needs=(Need("at"), Need("reason", required=False)),
            first=35,
        ),
        reopen("n", ("settled", "cancelled"), "requested", {"closed_at": CLEAR}),
    ),
    children=(GUESTS,),
    columns=(
        Column("at", N_("When"), 11, lambda r, v: r.text("at").replace("T", " ")[5:16]),
        Column("from", N_("Guests' unit"), 14, lambda r, v: r.text("from_unit")),
        Column("headcount", N_("Guests"), 4, lambda r, v: r.text("headcount")),
        Column("project", N_("Purpose"), 18, lambda r, v: r.text("project"), grow=True),
        Column("meals", N_("Meals"), 8, lambda r, v: r.text("meals"), rank=2),
        Column("companions", P_("hospitality", "Companions"), 4, lambda r, v: r.text("companions")),
        Column("state", N_("Next step"), 10, lambda r, v: HOSPITALITY.waits_for(r, v)),
        Column("letter", N_("Letter no."), 18, lambda r, v: r.text("letter_no"), rank=2),
        Column("owner", N_("Owner"), 8, lambda r, v: r.text("owner")),
        Column("cost", N_("Cost"), 8, lambda r, v: r.text("cost"), rank=2),
        Column("places", N_("Places"), 14, lambda r, v: "、".join(r.words("places")), rank=3),
    ),
)
