"""Incoming papers step by step: to act on, to read, and two people with one paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from officetui.office.conflicts import conflicts
from officetui.office.office import Office
from officetui.registers.documents import held, held_and_seen, holder, progress
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import offers
from tests.office.test_numbering import Desk, exchange

Add = Callable[..., Record]


def take(office: Office, record: Record, step: str, **inputs: Any) -> Record:
    office.do([record], step, inputs)
    found = office.get(record.ref)
    assert found is not None
    return found


def test_a_paper_to_act_on_from_the_envelope_to_the_archive(office: Office, add: Add) -> None:
    leader = next(r for r in office.records("people") if r.text("name") == "周海涛")
    office.set(leader, {"portfolio": ["安全生产", "消防"]})
    paper = add("documents", title="机要信封", state="signed_for", from_org="县应急局")
    paper = take(
        office, paper, "register", title="关于消防检查的通知", doc_no="县应急发〔2026〕3号"
    )
    assert paper.state == "registered"
    paper = take(office, paper, "check")
    propose = BY_ID["documents"].step("propose")
    assert propose is not None
    proposal = offers(BY_ID["documents"], propose, paper, office)["proposal"]
    assert "周海涛" in proposal
    paper = take(office, paper, "propose", proposal=proposal)
    assert (paper.state, holder(paper, office)) == ("proposed", "周海涛")
    paper = take(office, paper, "instruct", instruction="请应急办牵头", instructed_by="周海涛")
    paper = take(office, paper, "assign", owner="何静", due="2026-11-25")
    assert (paper.state, paper.text("lead_unit")) == ("in_hand", "应急办")
    paper = take(office, paper, "urge", method="phone", answer="明天报", promised="2026-11-23")
    paper = take(office, paper, "reply", result="已检查12家", reply_no="清政函〔2026〕8号")
    paper = take(office, paper, "close", result="已检查12家,已报县应急局")
    assert paper.text("closed_at") == "2026-11-20" and not office.is_open(paper)
    paper = take(office, paper, "archive", retention="30年", archive_no="1")
    assert (paper.state, paper.text("retention")) == ("archived", "30年")
    paper = take(office, paper, "reopen", reason="又来补充通知")
    assert paper.state == "registered" and not paper.get("closed_at")


def test_the_answer_of_a_paper_is_an_outgoing_paper(office: Office, add: Add) -> None:
    """What is known of the paper is not typed again, and its number comes back to the reply."""
    paper = add(
        "documents",
        title="关于协助排查危房的函",
        genre="函",
        from_org="县住建局",
        state="in_hand",
        owner="何静",
        due="2026-11-25",
    )
    register = BY_ID["documents"]
    answer, reply = register.step("answer_paper"), register.step("reply")
    assert answer is not None and reply is not None
    assert "reply_no" not in offers(register, reply, paper, office)
    held = offers(register, answer, paper, office)
    assert held["genre"] == "函" and "协助排查危房" in held["title"] and "的函" not in held["title"]
    assert (held["drafter"], held["main_to"], held["due"]) == ("何静", ["县住建局"], "2026-11-25")
    paper = take(office, paper, "answer_paper")  # without a word: all of it is known
    assert paper.state == "in_hand"
    (made,) = office.linked(paper)
    assert (made.register, made.state, made.text("basis")) == ("outgoing", "drafting", paper.ref)
    office.undo()
    assert office.linked(paper) == []
    office.redo()
    office.set(office.linked(paper)[0], {"doc_no": "清政函〔2026〕8号"})
    assert offers(register, reply, paper, office)["reply_no"] == "清政函〔2026〕8号"


def test_a_request_is_answered_by_a_reply_to_a_request(office: Office, add: Add) -> None:
    paper = add("documents", title="关于修路的请示", genre="请示", from_org="石桥村")
    office.do([paper], "answer_paper", {})
    (made,) = office.linked(paper)
    assert (made.text("genre"), made.words("main_to")) == ("批复", ("石桥村",))


def test_a_paper_to_read_goes_round(office: Office, add: Add) -> None:
    paper = add("documents", kind="read", owner="李梅")
    paper = take(office, paper, "readers", person=["王建国", "陈志远", "刘晓燕"])
    assert (paper.state, progress(paper, office)) == ("readers_set", "seen 0/3")
    paper = take(office, paper, "circulate")
    assert (paper.state, holder(paper, office)) == ("circulating", "王建国")
    assert held(paper, office) == "new"
    paper = take(office, paper, "pass_on", opinion="阅")
    assert (holder(paper, office), progress(paper, office)) == ("陈志远", "seen 1/3")
    paper = take(office, paper, "later")  # 陈志远 is away
    assert holder(paper, office) == "刘晓燕"
    paper = take(office, paper, "pass_on", opinion="请各办阅")
    paper = take(office, paper, "call_back")
    assert holder(paper, office) == "李梅"
    child = office.children(paper, "readers")[-1]
    assert child.text("person") == "陈志远"
    office.trash([child])  # he need not read it
    paper = take(office, paper, "all_read")
    assert take(office, paper, "archive", retention="10年").state == "archived"


def test_what_is_in_hand_stays_with_its_owner_while_others_read(office: Office, add: Add) -> None:
    paper = add("documents", state="in_hand", owner="何静", held_from="2026-11-17")
    paper = take(office, paper, "readers", person=["王建国", "陈志远"])
    paper = take(office, paper, "send")
    assert (holder(paper, office), progress(paper, office)) == ("何静", "in hand")
    assert held_and_seen(paper, office) == "3 days 0/2"
    waits = add("documents", state="proposed", owner="李梅", asked="陈志远")
    waits = take(office, waits, "readers", person=["王建国"])
    assert holder(take(office, waits, "send"), office) == "王建国"  # it lies on his table


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two devices on one folder."""
    one = Desk(tmp_path / "one", tmp_path / "folder", "李梅")
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    exchange(one, two)
    return one, two


def _paper(desks: tuple[Desk, Desk]) -> tuple[Record, Record]:
    """One paper in hand with three readers, as both see it."""
    one, two = desks
    cells = {
        "direction": "incoming", "recv_at": "2026-11-19T09:15", "from_org": "县委办",
        "title": "关于报送年度考核材料的通知", "kind": "act", "state": "in_hand", "owner": "何静",
    }  # fmt: skip
    people = ("王建国", "陈志远", "刘晓燕")
    ref = one.office.create(
        "documents", cells, [("readers", {"person": name}) for name in people]
    ).refs[0]
    exchange(one, two)
    here, there = one.office.get(ref), two.office.get(ref)
    assert here is not None and there is not None
    return here, there


def test_different_steps_of_two_people_offline_both_stay(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    here, there = _paper(desks)
    one.office.do([here], "urge", {"method": "phone", "answer": "明天报"})
    one.office.do([here], "send")
    two.office.do([there], "postpone", {"due": "2026-11-27", "reason": "等村里报数"})
    two.office.do([there], "urge", {"method": "face", "answer": "下午报"})
    exchange(one, two)
    for desk in desks:
        found = desk.office.get(here.ref)
        assert found is not None
        assert conflicts(desk.office) == [] and not found.conflicted
        assert (found.text("due"), found.state) == ("2026-11-27", "in_hand")
        answers = {urging.text("answer") for urging in desk.office.children(found, "urgings")}
        assert answers == {"明天报", "下午报"}
        assert desk.office.children(found, "readers")[0].state == "sent"


def test_one_cell_written_by_two_people_offline_is_shown(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    here, there = _paper(desks)
    one.office.do([here], "reply", {"result": "已答复", "reply_no": "清政函〔2026〕8号"})
    two.office.do([there], "close", {"result": "电话答复,办结"})
    exchange(one, two)
    for desk in desks:
        found = desk.office.get(here.ref)
        assert found is not None and desk.office.is_open(found)  # a state of two values is open
        assert {conflict.cell for conflict in conflicts(desk.office)} == {"state", "result"}
        said = {value.value for c in conflicts(desk.office) for value in c.values}
        assert said == {"replied", "closed", "已答复", "电话答复,办结"}
        assert found.text("reply_no") == "清政函〔2026〕8号"
        assert any(item.kind == "conflict" for item in desk.office.board().attention)
    found = two.office.get(here.ref)
    assert found is not None
    two.office.set(found, {"state": "closed", "result": "电话答复,办结"})
    exchange(one, two)
    assert conflicts(one.office) == [] == conflicts(two.office)
