"""Every step of every register from every state: allowed ones work, undo restores exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.office.office import Office
from officetui.registers.checklists import CHECKS, TEMPLATES
from officetui.registers.model import (
    EARLY,
    UNAPPROVED,
    UNAPPROVED_WHY,
    Field,
    Register,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.workflow import needs, offers, skipped, why_not

WALKS = [
    (register, step, state.id)
    for register in BY_ID.values()
    for step in register.steps
    for state in register.states
]


def value_for(field: Field) -> Any:
    """A canonical value that fits the field."""
    if field.choices:
        return field.choices[0].value
    return {
        "day": "2026-11-25",
        "moment": "2026-11-25T10:00",
        "whole": 3,
        "person": "谢宇",
        "people": ["谢宇"],
        "words": ["一"],
        "units": ["党政办"],
        "unit": "党政办",
        "flag": True,
        "json": 1,
    }.get(field.kind, "某事")


def in_state(office: Office, add: Callable[..., Record], register: Register, state: str) -> Record:
    """A record of the register in that state, as if it had come that far."""
    if register.parent:
        name = register.id.partition(".")[2]
        required = {f.name: value_for(f) for f in register.fields if f.required}
        parent = add(register.parent, children=[(name, {**required, "state": state})])
        child = office.children(parent, name)[0]
        return child
    return add(register.id, state=state)


@pytest.mark.parametrize(
    ("register", "step", "state"), WALKS, ids=[f"{r.id}.{s.id}-{st}" for r, s, st in WALKS]
)
def test_step_from_state(
    office: Office, add: Callable[..., Record], register: Register, step: Step, state: str
) -> None:
    record = in_state(office, add, register, state)
    family = [
        record,
        *[c for child in register.children for c in office.children(record, child.id)],
    ]
    before = {member.ref: member.cells for member in family}
    all_there = _all(office)
    inputs = {field.name: value_for(field) for _need, field in needs(register, step)}
    reason = why_not(register, record, step)
    sources = step.sources or tuple(s.id for s in register.states if not s.finished)
    fits = step.when is None or step.when(record)
    assert (reason is None) == (state in sources and fits)
    journal = sorted((office.home / "journals").rglob("*.jsonl"))[-1]
    size = journal.stat().st_size
    if reason is not None:
        with pytest.raises(Refused) as refused:
            office.do([record], step.id, inputs)
        assert refused.value.message.startswith(reason)
        assert (refused.value.field == EARLY) == bool(skipped(register, record, step))
        assert journal.stat().st_size == size
        return
    try:
        done = office.do([record], step.id, inputs)
    except Refused as refused:
        assert step.check is not None, refused.message
        assert journal.stat().st_size == size
        return
    after = office.get(record.ref)
    assert after is not None
    if not done.refs:  # everyone has been told already
        assert (after.cells, journal.stat().st_size) == (record.cells, size)
        return
    if step.target is not None:
        assert after.state == step.target
    office.undo()
    assert {ref: office.get(ref).cells for ref in before} == before  # type: ignore[union-attr]
    assert _all(office) == all_there  # also what it added or made elsewhere is gone again
    office.redo()
    again = office.get(record.ref)
    assert again is not None
    assert again.cells == after.cells


def _all(office: Office) -> dict[str, Any]:
    """Every living record of every register, with its cells."""
    found = [record for register in BY_ID for record in office.records(register)]
    return {record.ref: record.cells for record in found if not record.trashed}


EARLIER = [
    (register, step, state.id)
    for register in BY_ID.values()
    for step in register.steps
    for state in register.states
    if skipped(register, Record(register.id, {"id": "x", "state": state.id}), step)
]


@pytest.mark.parametrize(
    ("register", "step", "state"), EARLIER, ids=[f"{r.id}.{s.id}-{st}" for r, s, st in EARLIER]
)
def test_act_first(
    office: Office, add: Callable[..., Record], register: Register, step: Step, state: str
) -> None:
    """A step before its approval needs a reason, is flagged until the approval is filled in, and
    filling it in does not move the record back."""
    record = in_state(office, add, register, state)
    waits = skipped(register, record, step)
    assert step in office.early_steps(record)
    inputs = {field.name: value_for(field) for _need, field in needs(register, step)}
    try:
        office.do([record], step.id, inputs | {EARLY: "洪水,不等"})
    except Refused as refused:
        assert step.check is not None, refused.message
        return
    done = office.get(record.ref)
    assert done is not None
    assert done.words(UNAPPROVED) == tuple(one.id for one in waits)
    assert done.text(UNAPPROVED_WHY) == "洪水,不等"
    for number, approval in enumerate(waits):
        assert done is not None
        filled = {field.name: value_for(field) for _need, field in needs(register, approval)}
        office.do([done], approval.id, filled)
        after = office.get(record.ref)
        assert after is not None
        assert after.state == done.state
        assert after.words(UNAPPROVED) == tuple(one.id for one in waits[number + 1 :])
        done = after
    for _change in range(len(waits) + 1):
        office.undo()
    assert office.get(record.ref).cells == record.cells  # type: ignore[union-attr]


def test_approvals_can_be_flagged() -> None:
    """Every approval of a register is a choice of its cell of what is still to be approved."""
    for register in BY_ID.values():
        field = register.field(UNAPPROVED)
        choices = {choice.value for choice in field.choices} if field is not None else set()
        assert {step.id for step in register.steps if step.approval} == choices


READER = {"person": "周海涛", "seq": 1}
SENT = READER | {"state": "sent", "sent_at": "2026-11-19T10:00"}
START = {"start": "2026-11-25T10:00"}
ANSWERED = [("feedback", {"text": "全部整改到位", "by": "何静"})]
ASKED = {"state": "in_hand", "collecting": True}
UNITS = [
    ("units", {"unit": "石桥村"}),
    ("units", {"unit": "柳湾村", "state": "returned"}),
    ("units", {"unit": "东岭村", "state": "reported"}),
]
LATER = {"reason": "等雪停"}
URGED = (
    "documents",
    "outgoing",
    "drafts",
    "followups",
    "duty_log",
    "reception",
    "errands",
    "information",
)
SAID = {"answer": "周一报", "promised": "2026-11-23"}
# What was answered to an urging: there must be one.
NOTED = (
    ({}, [("urgings", {"method": "phone"}), ("urgings", {"method": "phone"})], SAID),
    ({}, [], SAID),
)
# What a step with a check of its own needs (cells, children, inputs), and what its check refuses.
CHECKED: dict[str, tuple[tuple[Any, Any, Any], tuple[Any, Any, Any]]] = {
    "reviews.accept": (
        (
            {"state": "signed", "signed_by": "李梅"},
            [],
            {"accepted_by": "罗丹", "accepted_how": "phone"},
        ),
        (
            {"state": "signed", "signed_by": "李梅", "half": "morning"},
            [],
            {"accepted_by": "李梅", "accepted_how": "phone"},
        ),
    ),
    **{f"{register}.note_answer": NOTED for register in URGED},
    "documents.circulate": (
        ({"kind": "read"}, [("readers", READER | {"state": "waiting"})], {}),
        ({"kind": "read"}, [], {}),
    ),
    "documents.pass_on": (
        (
            {"kind": "read", "state": "circulating"},
            [("readers", SENT)],
            {"opinion": "阅"},
        ),
        ({"kind": "read", "state": "circulating"}, [], {"opinion": "阅"}),
    ),
    "documents.all_read": (
        (
            {"kind": "read", "state": "circulating"},
            [("readers", SENT | {"state": "returned", "returned_at": "2026-11-19T15:00"})],
            {},
        ),
        ({"kind": "read", "state": "circulating"}, [("readers", SENT)], {}),
    ),
    "documents.send": (
        ({"state": "in_hand"}, [("readers", READER | {"state": "waiting"})], {}),
        ({"state": "in_hand"}, [("readers", SENT)], {}),
    ),
    "documents.later": (
        (
            {"kind": "read", "state": "circulating"},
            [("readers", SENT), ("readers", {"person": "罗丹", "state": "waiting"})],
            {},
        ),
        ({"kind": "read", "state": "circulating"}, [("readers", READER)], {}),
    ),
    "documents.call_back": (
        ({"state": "in_hand"}, [("readers", SENT)], {}),
        ({"state": "in_hand"}, [("readers", READER | {"state": "waiting"})], {}),
    ),
    "duty.take_over": (
        ({"state": "arrived"}, [], {"taken_over_by": "何静", "accepted": "screen"}),
        ({"state": "arrived"}, [], {"taken_over_by": "罗丹", "accepted": "screen"}),
    ),
    "duty.cover": (
        ({"state": "planned"}, [], {"person": "何静", "reason": "生病"}),
        ({"state": "planned"}, [], {"person": "林芳", "reason": "生病"}),  # on leave
    ),
    "duty.replan": (
        ({"state": "planned"}, [], {"planned_person": "何静"}),
        ({"state": "planned"}, [], {"planned_person": "林芳"}),  # on leave
    ),
    "duty.exchange": (
        ({"state": "planned"}, [], {"person": "谢宇", "reason": "生病"}),  # whose turn is BESIDE
        ({"state": "planned"}, [], {"person": "何静", "reason": "生病"}),  # has no turn
    ),
    "meetings.checklist": (
        ({}, [], {"checklist": "party"}),
        (
            {},
            [("items", {"what": item["what"]}) for item in (*TEMPLATES["party"], *CHECKS)],
            {"checklist": "party"},
        ),
    ),
    "outgoing.opinion": (
        (
            {"state": "consulting"},
            [("consulted", {"unit": "财政所"}), ("consulted", {"unit": "农业办"})],
            {"unit": ["财政所"], "reply": "无意见", "adopted": "none"},
        ),
        (
            {"state": "consulting"},
            [("consulted", {"unit": "财政所"})],
            {"unit": ["农业办"], "reply": "无意见", "adopted": "none"},
        ),
    ),
    "outgoing.cosignature": (
        (
            {"state": "cosigning"},
            [("cosigners", {"cosigner": "周海涛"}), ("cosigners", {"cosigner": "刘晓燕"})],
            {"cosigner": ["周海涛"]},
        ),
        (
            {"state": "cosigning"},
            [("cosigners", {"cosigner": "周海涛"})],
            {"cosigner": ["陈志远"]},
        ),
    ),
    "outgoing.cosign": (
        ({"state": "cosigning"}, [("cosigners", {"cosigner": "周海涛"})], {}),
        (
            {"state": "cosigning"},
            [("cosigners", {"cosigner": "周海涛", "state": "objects"})],
            {},
        ),
    ),
    "outgoing.receive": (
        (
            {"state": "issued"},
            [("receipts", {"recipient": "县政府"}), ("receipts", {"recipient": "县财政局"})],
            {"recipient": ["县政府"]},
        ),
        (
            {"state": "issued"},
            [("receipts", {"recipient": "县政府"})],
            {"recipient": ["县委"]},
        ),
    ),
    "outgoing.urge_missing": (
        (
            {"state": "issued"},
            [("receipts", {"recipient": "县政府"})],
            {"recipient": ["县政府"], "method": "phone"},
        ),
        ({"state": "issued"}, [], {"recipient": ["县政府"], "method": "phone"}),
    ),
    "outgoing.deliver": (
        ({"state": "issued"}, [("receipts", {"recipient": "县政府", "state": "received"})], {}),
        ({"state": "issued"}, [("receipts", {"recipient": "县政府"})], {}),
    ),
    "followups.verify": (
        ({"state": "reported"}, ANSWERED, {"verified_by": "周海涛"}),
        ({"state": "reported"}, ANSWERED, {"verified_by": "何静"}),  # who answers for it
    ),
    "followups.close": (
        ({"state": "verified"}, ANSWERED, {}),
        ({"state": "verified"}, [], {}),
    ),
    "followups.units_reported": (
        (ASKED, UNITS, {"unit": ["石桥村", "柳湾村"]}),
        (ASKED, UNITS, {"unit": ["东岭村"]}),  # reported already
    ),
    "followups.urge": (
        (ASKED, UNITS, {"method": "phone"}),
        (ASKED, UNITS, {"method": "phone", "units": ["东岭村"]}),
    ),
    "followups.unit": (
        (ASKED, UNITS, {"unit": ["新田村"]}),
        (ASKED, UNITS, {"unit": ["新田村", "石桥村"]}),
    ),
    "followups.ask_extension": (
        ({"state": "in_hand", "due": "2026-11-20"}, [], LATER | {"extension_asked": "2026-11-27"}),
        ({"state": "in_hand", "due": "2026-11-19"}, [], LATER | {"extension_asked": "2026-11-27"}),
    ),
    "followups.extend": (
        ({"state": "in_hand", "due": "2026-11-20"}, [], LATER | {"due": "2026-11-27"}),
        ({"state": "in_hand", "due": "2026-11-20"}, [], LATER | {"due": "2026-11-18"}),
    ),
    "duty.zero_report": (
        ({"state": "arrived", "date": "2026-11-18"}, [], {}),
        ({"state": "planned", "date": "2026-11-28"}, [], {}),  # it has not begun
    ),
    "hospitality.approve": (
        ({"state": "requested"}, [], {"letter_no": "市应急函〔2026〕8号"}),
        ({"state": "requested"}, [], {}),
    ),
    "hospitality.sign_list": (
        (
            {"state": "held", "letter_no": "8", "headcount": 1},
            [("guests", {"name": "张三"})],
            {"signed_by": "周海涛"},
        ),
        (
            {"state": "held", "letter_no": "8", "headcount": 2},
            [("guests", {"name": "张三"})],
            {"signed_by": "周海涛"},
        ),
    ),
    "hospitality.settle": (
        ({"state": "list_signed"}, [], {"cost": "386.50元"}),
        ({"state": "list_signed"}, [], {"cost": "很多"}),
    ),
    "information.adopt": (
        ({"state": "sent", "sent_at": "2026-11-18"}, [], {"adopted_by": ["县委办"]}),
        (
            {"state": "sent", "sent_at": "2026-11-18"},
            [],
            {"adopted_by": ["县委办"], "adopted_at": "2026-11-17"},
        ),
    ),
    "errands.dispatch": (
        ({"state": "approved"}, [], {"vehicle": "车1", "end": "2026-11-20T11:00"}),
        ({"state": "approved"}, [], {"vehicle": "车1", "end": "2026-11-20T08:00"}),
    ),
    "errands.move": (
        ({}, [], {"at": "2026-11-20T15:00", "end": "2026-11-20T17:00"}),
        ({}, [], {"at": "2026-11-20T15:00", "end": "2026-11-20T14:00"}),
    ),
    "errands.done": (
        ({"state": "approved"}, [], {"cost": "120元"}),
        ({"state": "approved"}, [], {"cost": "不贵"}),
    ),
    "errands.settle": (
        ({"state": "done", "kind": "supplies"}, [], {"cost": "680"}),
        ({"state": "done", "kind": "supplies"}, [], {"cost": "很多"}),
    ),
    "reception.postpone": (
        ({"state": "accepted"}, [], {"due": "2027-01-17", "reason": "等鉴定"}),
        ({"state": "accepted"}, [], {"due": "2027-01-18", "reason": "等鉴定"}),
    ),
    "reception.extend": (
        (
            {"state": "accepted", "due": "2027-01-17"},
            [],
            {"due": "2027-02-16", "reason": "情况复杂", "approver": "陈志远"},
        ),
        (
            {"state": "accepted", "due": "2027-01-17"},
            [],
            {"due": "2027-02-17", "reason": "情况复杂", "approver": "陈志远"},
        ),
    ),
    "schedule.prolong": (
        (
            {"kind": "leave", "state": "away"},
            [],
            {"end": "2026-11-23", "reason": "未愈", "approver": "陈志远"},
        ),
        (
            {"kind": "leave", "state": "away"},
            [],
            {"end": "2026-11-19", "reason": "未愈", "approver": "陈志远"},
        ),
    ),
    "schedule.move": (
        ({}, [], {"start": "2026-11-20T15:00", "end": "2026-11-20T17:00"}),
        ({}, [], {"start": "2026-11-20T15:00", "end": "2026-11-20T14:00"}),
    ),
    "meetings.fix": (
        ({"state": "intended", "end": None}, [], START),
        ({"state": "intended"}, [], START | {"end": "2026-11-25T09:00"}),
    ),
    "meetings.move": (
        ({"state": "fixed"}, [], START | {"end": "2026-11-25T11:00"}),
        ({"state": "fixed"}, [], START | {"end": "2026-11-25T09:00"}),
    ),
    "meetings.attendee": (
        ({"state": "fixed"}, [], {"unit": "综治办", "role": "出席"}),
        ({"state": "fixed"}, [], {"role": "出席"}),
    ),
}


def test_every_step_with_a_check_is_walked_below() -> None:
    found = {f"{r.id}.{s.id}" for r in BY_ID.values() for s in r.steps if s.check is not None}
    assert found == set(CHECKED)


# Other records of the register that a step needs.
BESIDE: dict[str, list[dict[str, Any]]] = {
    "duty.exchange": [{"date": "2026-11-24", "person": "谢宇"}],
}


@pytest.mark.parametrize("name", CHECKED)
def test_a_step_with_a_check_succeeds_and_refuses(
    office: Office, add: Callable[..., Record], name: str
) -> None:
    register, _dot, id_ = name.partition(".")
    step = BY_ID[register].step(id_)
    assert step is not None
    assert step.check is not None
    (cells, children, inputs), (unfit, lacking, wrong) = CHECKED[name]
    for cells_beside in BESIDE.get(name, ()):
        add(register, **cells_beside)
    record = add(register, children=children, **cells)
    before = {child.ref: child.cells for child in _children(office, record)}
    office.do([record], id_, inputs)
    after = office.get(record.ref)
    assert after is not None
    assert after.state == (step.target or record.state)
    now = {child.ref: child.cells for child in _children(office, record)}
    assert (after.cells, now) != (record.cells, before)
    office.undo()
    assert office.get(record.ref).cells == record.cells  # type: ignore[union-attr]
    assert {child.ref: child.cells for child in _children(office, record)} == before

    other = add(register, children=lacking, **unfit, **({"seat": 2} if register == "duty" else {}))
    own = step.check(other, wrong, office)
    assert own
    with pytest.raises(Refused) as refused:
        office.do([other], id_, wrong)
    assert refused.value.message == (own.message if isinstance(own, Refused) else own)
    assert office.get(other.ref).cells == other.cells  # type: ignore[union-attr]


def _children(office: Office, record: Record) -> list[Record]:
    lists = BY_ID[record.register].children
    return [child for one in lists for child in office.children(record, one.id.partition(".")[2])]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.id)
def test_required_input_is_named(
    office: Office, add: Callable[..., Record], register: Register
) -> None:
    for step in register.steps:
        required = [field for need, field in needs(register, step) if need.required]
        states = step.sources or (register.initial,)
        if not required or register.id == "settings":
            continue
        record = None
        for state in states:
            candidate = in_state(office, add, register, state)
            if step.when is None or step.when(candidate):
                record = candidate
                break
            office.undo()
        if record is None:
            continue
        with pytest.raises(Refused) as refused:
            office.do([record], step.id, {})
        assert refused.value.field == required[0].name
        office.undo()


@pytest.mark.parametrize("register", BY_ID.values(), ids=lambda r: r.id)
def test_tables_are_sound(register: Register) -> None:
    states = {state.id for state in register.states}
    keys = [step.key for step in register.steps]
    assert len(set(keys)) == len(keys), "two steps share a letter"
    assert not set(keys) & set("tragjkequU/?[]1234567"), "a letter of the whole program"
    for step in register.steps:
        assert set(step.sources) <= states | {""}
        assert step.target is None or step.target in states
    for field in register.fields:
        assert field.label


@pytest.mark.parametrize(
    "register", [one for one in REGISTERS if one.field("reason")], ids=lambda one: one.id
)
def test_no_step_answers_with_the_reason_of_the_one_before(
    office: Office, register: Register
) -> None:
    held = {"id": "r", "reason": "停电", "state": register.initial}
    record = Record(register.id, held)
    for step in register.steps:
        assert offers(register, step, record, office).get("reason") != "停电", step.id
