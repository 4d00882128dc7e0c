"""Outgoing papers from the draft to the archive, and drafts that become papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.office import deadlines, withheld
from officetui.office.clock import FixedClock
from officetui.office.conflicts import conflicts
from officetui.office.numbers import awaits, own_writer, to_come
from officetui.office.office import Office
from officetui.office.runs import gaps, runs
from officetui.registers.model import EARLY, UNAPPROVED
from officetui.registers.outgoing import OUTGOING
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import offers
from officetui.report.messages import letter
from tests.office.test_numbering import Desk, exchange

Add = Callable[..., Record]
REVIEW = {"review": "无误", "reviewer": "李梅", "genre": "通知", "main_to": ["各村"]}


def take(office: Office, record: Record, step: str, **inputs: Any) -> Record:
    office.do([record], step, inputs)
    after = office.get(record.ref)
    assert after is not None
    return after


def offered(office: Office, record: Record, step: str) -> dict[str, Any]:
    found = OUTGOING.step(step)
    assert found is not None
    return offers(OUTGOING, found, record, office)


def signed(office: Office, record: Record, signer: str = "王建国") -> Record:
    record = take(office, record, "review", signer=signer, **REVIEW)
    return take(office, record, "sign", signer=signer, sign_date="2026-11-20")


def numbered(office: Office, record: Record, code: str = "清政发") -> Record:
    record = take(office, signed(office, record), "recheck", rechecked_by="李梅")
    return take(office, record, "register", org_code=code)


def waits(office: Office, record: Record) -> str:
    return f"{OUTGOING.waits_for(record, office)} {OUTGOING.holder(record, office)}"


def test_the_whole_way(office: Office, add: Add) -> None:
    office.set_setting("org_codes", ["清政发", "清办发"])
    paper = add("outgoing", owner="李梅")
    assert waits(office, paper) == "drafting 李梅"
    paper = take(office, paper, "consult", unit=["财政所", "农业办"], due="2026-11-21")
    assert waits(office, paper) == "opinions 0/2 李梅"
    (due,) = [item for item in deadlines.deadlines(office) if item.record.ref == paper.ref]
    assert due.at.strftime("%m-%d %H:%M") == "11-21 17:30", "the opinions are what is due now"
    asked = {"reply": "同意", "adopted": "yes"}
    paper = take(office, paper, "opinion", unit=["财政所"], **asked)
    assert waits(office, paper) == "opinions 1/2 李梅"
    with pytest.raises(Refused, match="农业办"):
        office.do([paper], "opinion", {"unit": ["财政所"], **asked})
    why = {"reply": "减少金额", "adopted": "no", "why": "预算已定"}
    paper = take(office, paper, "opinion", unit=["农业办"], **why)
    replies = office.children(paper, "consulted")
    assert [one.text("adopted") for one in replies] == ["yes", "no"]
    assert replies[1].text("why") == "预算已定" and replies[0].text("why") == ""

    paper = take(office, paper, "submit", reviewer="谢宇", genre="请示")
    assert waits(office, paper) == "to review 谢宇"
    held = offered(office, paper, "review")
    assert (held["signer"], held["genre"], held["main_to"]) == ("王建国", "请示", ["县政府"])
    paper = take(office, paper, "review", **held)
    assert waits(office, paper) == "to sign 王建国"
    paper = take(office, paper, "cosigners", cosigner=["周海涛", "刘晓燕"])
    assert waits(office, paper) == "cosigned 0/2 周海涛"
    paper = take(office, paper, "cosignature", cosigner=["周海涛"], opinion="同意")
    assert waits(office, paper) == "cosigned 1/2 刘晓燕"
    paper = take(office, paper, "cosignature", cosigner=["刘晓燕"])
    assert waits(office, paper) == "to sign 王建国"
    paper = take(office, paper, "sign", **offered(office, paper, "sign"))
    assert (paper.text("signer"), paper.text("sign_date")) == ("王建国", "2026-11-20")
    paper = take(office, paper, "recheck", rechecked_by="李梅")
    assert paper.get("doc_no") is None
    assert offered(office, paper, "register")["org_code"] == "清政发"
    paper = take(office, paper, "register", org_code="清政发")
    assert paper.text("doc_no") == "清政发〔2026〕1号"
    assert OUTGOING.badge(paper) == "Out 1"
    assert office.find("清政发〔2026〕1号") == office.find("发1") == office.find("Out 1") == paper
    paper = take(office, paper, "print", copies=12)
    paper = take(office, paper, "seal", seal="镇政府", sealed_by="李梅")
    paper = take(office, paper, "issue", **offered(office, paper, "issue"))
    assert [one.text("recipient") for one in office.children(paper, "receipts")] == ["县政府"]
    assert waits(office, paper) == "receipts 0/1 李梅"
    paper = take(office, paper, "receive", **offered(office, paper, "receive"))
    assert paper.state == "delivered"
    assert not office.is_open(paper)
    paper = take(office, paper, "archive", retention="30年")
    assert paper.state == "archived"
    for _change in range(16):
        office.undo()
    before = office.get(paper.ref)
    assert before is not None and before.state == "drafting"
    assert office.children(before, "receipts") == []


def test_each_mark_counts_for_itself_and_a_void_paper_keeps_its_number(
    office: Office, add: Add
) -> None:
    papers = [numbered(office, add("outgoing", title=f"通知{n}")) for n in range(3)]
    other = numbered(office, add("outgoing", title="办公室通知"), "清办发")
    assert [one.text("doc_no") for one in papers] == [f"清政发〔2026〕{n}号" for n in (1, 2, 3)]
    assert other.text("doc_no") == "清办发〔2026〕1号"
    void = take(office, papers[1], "void", reason="不发了")
    assert (void.text("doc_no"), void.text("void_at")) == ("清政发〔2026〕2号", "2026-11-20")
    following = numbered(office, add("outgoing", title="通知4"))
    assert following.text("doc_no") == "清政发〔2026〕4号"
    assert gaps(office, OUTGOING, 2026) == []
    typed = add("outgoing", title="旧号", doc_no="清政发[2026]第08号", org_code="清政发")
    assert gaps(office, OUTGOING, 2026) == [(5, 7)]
    assert [run.last for run in runs(office, "outgoing", 2026)] == [1, 8]
    assert any("hexagonal" in one.text for one in office.judged("outgoing", typed.cells, typed.id))
    back = take(office, void, "reinstate", reason="还是要发")
    assert back.text("doc_no") == "清政发〔2026〕2号"
    again = numbered(office, back)
    assert again.text("doc_no") == "清政发〔2026〕2号", "what has its number gets no other"


def test_numbers_go_on_after_what_lies_in_a_book_and_begin_anew_with_the_year(
    office: Office, add: Add, clock: FixedClock
) -> None:
    first = numbered(office, add("outgoing", title="一月通知"))
    first = take(office, first, "issue", recipient=["各村"])
    take(office, first, "receive", recipient=["各村"])
    clock.instant = datetime(2026, 12, 30, 1, tzinfo=UTC)
    office.flush()
    assert office.records("outgoing") == [], "it is filed by now"
    assert office.find("清政发〔2026〕1号").ref == first.ref
    late = add("outgoing", title="岁末通知", drafted_at="2026-12-30")
    second = numbered(office, add("outgoing", title="年底通知", drafted_at="2026-12-30"))
    assert second.text("doc_no") == "清政发〔2026〕2号"
    clock.instant = datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert numbered(office, late).text("doc_no") == "清政发〔2027〕1号"
    assert [(one.series.year, one.last) for one in runs(office, "outgoing")] == [
        (2026, 2), (2027, 1),
    ]  # fmt: skip
    twice = {"doc_no": "清政发〔2026〕1号", "title": "又一件", "drafted_at": "2027-01-04"}
    said = [one.rule for one in office.judged("outgoing", twice, "")]
    assert "outgoing.number_twice" in said


def test_a_void_draft_gives_no_number_away(office: Office, add: Add) -> None:
    paper = take(office, add("outgoing"), "void", reason="不写了")
    assert to_come(office, paper) == ""
    assert numbered(office, add("outgoing")).text("doc_no") == "清政发〔2026〕1号"


def test_act_first_and_fill_in_later(office: Office, add: Add) -> None:
    """A flood notice goes out before anybody signed; review, signature, recheck stay flagged."""
    paper = add("outgoing", title="关于转移群众的紧急通知", genre="通知", main_to=["各村"])
    with pytest.raises(Refused) as refused:
        office.do([paper], "register", {"org_code": "清政发"})
    assert refused.value.field == EARLY
    paper = take(office, paper, "register", org_code="清政发", **{EARLY: "山洪,不等"})
    assert paper.words(UNAPPROVED) == ("review", "sign", "recheck")
    paper = take(office, paper, "issue", recipient=["石桥村", "河东村"])
    assert paper.state == "issued"
    assert paper.words(UNAPPROVED) == ("review", "sign", "recheck")
    paper = take(office, paper, "review", signer="王建国", **REVIEW)
    paper = take(office, paper, "sign", signer="王建国", sign_date="2026-11-20")
    assert (paper.state, paper.words(UNAPPROVED)) == ("issued", ("recheck",))
    paper = take(office, paper, "recheck", rechecked_by="李梅")
    assert paper.get(UNAPPROVED) is None
    assert (paper.state, paper.text("signer")) == ("issued", "王建国")


def test_signing_before_all_have_cosigned_needs_a_reason(office: Office, add: Add) -> None:
    paper = take(office, add("outgoing"), "review", signer="王建国", **REVIEW)
    paper = take(office, paper, "cosigners", cosigner=["周海涛"])
    with pytest.raises(Refused) as refused:
        office.do([paper], "sign", {"signer": "王建国", "sign_date": "2026-11-20"})
    assert refused.value.field == EARLY
    inputs = {"signer": "王建国", "sign_date": "2026-11-20", EARLY: "周海涛在外"}
    paper = take(office, paper, "sign", **inputs)
    assert paper.words(UNAPPROVED) == ("cosign",)
    paper = take(office, paper, "cosign")
    assert (paper.state, paper.get(UNAPPROVED)) == ("signed", None)
    assert [one.state for one in office.children(paper, "cosigners")] == ["signed"]


def test_who_objects_is_settled_before_it_is_cosigned(office: Office, add: Add) -> None:
    paper = take(office, add("outgoing"), "review", signer="王建国", **REVIEW)
    paper = take(office, paper, "cosigners", cosigner=["周海涛"])
    (cosigner,) = office.children(paper, "cosigners")
    office.do([cosigner], "object", {"opinion": "金额不对"})
    with pytest.raises(Refused, match="周海涛 object"):
        office.do([paper], "cosign", {})
    paper = take(office, paper, "send_back", reason="金额要改")
    assert (paper.state, paper.text("reason")) == ("drafting", "金额要改")


def test_sent_back_it_is_approved_anew(office: Office, add: Add) -> None:
    early = {"signer": "王建国", "sign_date": "2026-11-20", EARLY: "急"}
    paper = take(office, add("outgoing"), "sign", **early)
    assert paper.words(UNAPPROVED) == ("review",)
    paper = take(office, paper, "send_back", reason="文字要改")
    assert (paper.state, paper.get(UNAPPROVED), paper.get("sign_date")) == ("drafting", None, None)
    paper = signed(office, paper)
    assert paper.state == "signed"


def test_a_change_of_substance_goes_back_to_the_signer_and_keeps_the_number(
    office: Office, add: Add
) -> None:
    paper = numbered(office, add("outgoing"))
    paper = take(office, paper, "sign_again", reason="金额改为二十万元")
    assert waits(office, paper) == "to sign 王建国"
    assert paper.get("sign_date") is None
    paper = take(office, paper, "sign", signer="王建国", sign_date="2026-11-21")
    paper = take(office, paper, "recheck", rechecked_by="李梅")
    paper = take(office, paper, "register", org_code="清政发")
    assert paper.text("doc_no") == "清政发〔2026〕1号"


def test_receipts_one_by_one_and_several_at_once(office: Office, add: Add) -> None:
    villages = [f"{name}村" for name in ("石桥", "河东", "河西", "柳树", "李家")]
    paper = numbered(office, add("outgoing"))
    office.set(paper, {"main_to": villages, "cc_to": ["县林业局"]})
    paper = office.find(paper.id)
    paper = take(
        office, paper, "issue", receipts_due="2026-11-20", **offered(office, paper, "issue")
    )
    assert waits(office, paper) == "receipts 0/6 赵强"
    one = office.children(paper, "receipts")[0]
    office.do([one], "receive", {"received_by": "王会计"})
    paper = take(office, paper, "receive", recipient=villages[1:3])
    assert waits(office, paper) == "receipts 3/6 赵强"
    with pytest.raises(Refused, match="柳树村"):
        office.do([paper], "receive", {"recipient": ["石桥村"]})
    with pytest.raises(Refused, match="3 of 6"):
        office.do([paper], "deliver", {})
    missing = offered(office, paper, "urge_missing")
    assert missing["recipient"] == [*villages[3:], "县林业局"]
    paper = take(office, paper, "urge_missing", answer="下午到", **missing)
    (urged,) = office.children(paper, "urgings")
    assert urged.words("recipient") == (*villages[3:], "县林业局")
    marked = [bool(one.get("urged_at")) for one in office.children(paper, "receipts")]
    assert marked == [False, False, False, True, True, True]
    (due,) = [item for item in deadlines.deadlines(office) if item.record.ref == paper.ref]
    assert due.at.strftime("%m-%d %H:%M") == "11-20 17:30", "the receipts are what is due now"
    paper = take(office, paper, "receive", recipient=[*villages[3:], "县林业局"])
    assert paper.state == "delivered"


def test_the_message_to_those_whose_receipt_is_missing(office: Office, add: Add) -> None:
    paper = numbered(office, add("outgoing", title="关于上报隐患的通知"))
    paper = take(office, paper, "issue", recipient=["石桥村", "河东村"], receipts_due="2026-11-20")
    paper = take(office, paper, "receive", recipient=["石桥村"])
    text = letter(office, [paper]).text
    assert "河东村" in text and "石桥村" not in text
    assert "清政发〔2026〕1号" in text and "关于上报隐患的通知" in text


def test_a_public_notice_goes_to_nobody_by_name(office: Office, add: Add) -> None:
    paper = numbered(office, add("outgoing", genre="通告", main_to=None))
    office.set(paper, {"main_to": None})
    paper = take(office, paper, "issue")
    assert office.children(paper, "receipts") == []
    assert take(office, paper, "deliver").state == "delivered"


def test_the_head_signs_what_goes_upward(office: Office, add: Add) -> None:
    paper = add("outgoing")
    assert offered(office, paper, "review")["signer"] == "王建国"
    inputs = {**REVIEW, "genre": "请示", "main_to": ["县政府"]}
    done = office.do([paper], "review", {**inputs, "signer": "周海涛"})
    assert any("head of the office" in hint for hint in done.hints)
    office.undo()
    office.set_setting("rules", {"outgoing.head_signs": "block"})
    with pytest.raises(Refused) as refused:
        office.do([paper], "review", {**inputs, "signer": "周海涛"})
    assert refused.value.field == "signer"
    (verdict,) = [
        one
        for one in office.judged("outgoing", {**paper.cells, "signer": "周海涛"}, paper.id)
        if one.rule == "outgoing.head_signs"
    ]
    assert verdict.mended == "王建国"


def test_the_signer_is_the_leader_in_charge(office: Office, add: Add) -> None:
    leader = office.person("周海涛")
    assert leader is not None
    office.set(leader, {"portfolio": ["道路", "农业"]})
    paper = add("outgoing", title="关于清扫道路积雪的通知", genre="通知")
    assert offered(office, paper, "sign")["signer"] == "周海涛"
    leader = office.person("周海涛")
    assert leader is not None
    office.set(leader, {"leave": ["2026-11-19/2026-11-25"], "deputy": "刘晓燕"})
    assert offered(office, paper, "sign")["signer"] == "刘晓燕"
    assert offered(office, add("outgoing", weight=True), "sign")["signer"] == "王建国"


def test_the_mended_forms_of_the_rules(office: Office, add: Add) -> None:
    def mended(rule: str, **cells: Any) -> Any:
        cells = {"title": "关于道路的通知", "genre": "通知", "drafted_at": "2026-11-20", **cells}
        found = {one.rule: one.mended for one in office.judged("outgoing", cells, "")}
        return found[f"outgoing.{rule}"]

    assert mended("number_form", doc_no="清政发【2026】第012号") == "清政发〔2026〕12号"
    assert mended("genre_missing", genre=None) == "通知"
    assert mended("genre_of_title", genre="函") == "通知"
    assert mended("request_report", title="关于资金的请示报告") == "关于资金的请示"
    up = {"genre": "请示", "title": "关于道路的请示"}
    assert mended("one_recipient", **up, main_to=["县政府", "县财政局"]) == ["县政府"]
    assert mended("copied_down", **up, cc_to=["县人大", "各村", "石桥村"]) == ["县人大"]
    assert mended("upward_signer", **up) == "王建国"
    assert mended("report_asks", title="关于申请资金的报告", genre="报告") == "请示"


def test_no_classified_paper(office: Office) -> None:
    cells = {"title": "关于某某的函", "drafted_at": "2026-11-20", "drafter": "李梅"}
    with pytest.raises(Refused):
        office.create("outgoing", {**cells, "secrecy": "机密"})
    assert office.records("outgoing") == []
    pointer = {"title": "密件", "drafted_at": "2026-11-20", "secrecy": "机密", "kept": "机要柜"}
    assert office.create("outgoing", pointer).refs


def test_a_paper_found_to_be_classified_keeps_neither_content_nor_number(
    office: Office, add: Add
) -> None:
    office.set_setting("org_codes", ["清政发"])
    paper = numbered(office, add("outgoing", owner="李梅"))
    assert paper.text("doc_no")
    cells = {"secrecy": "机密", "kept": "机要柜"}
    with pytest.raises(Refused):
        office.set(paper, cells)
    found = withheld.emptying(office, paper, cells)
    assert found is not None and {"Title", "Main recipients"} <= set(found.names)
    done = office.set(paper, cells, emptying=found)
    assert "journals" in done.hints[-1] and paper.text("title") not in done.sentence
    now = office.get(paper.ref)
    assert now is not None and (now.text("title"), now.text("kept")) == ("密件", "机要柜")
    assert not awaits(office, now), "it waits for no other number"
    left = {name for name, value in now.cells.items() if value not in (None, "", [])}
    allowed = {"state", "owner", "secrecy", "kept", "title", "held_from"}
    assert {name for name in left if not name.endswith("_at")} <= allowed
    assert withheld.emptying(office, now, {"owner": "何静"}) is None
    office.undo()
    assert (
        office.get(paper.ref) is not None and withheld.is_withheld(office.get(paper.ref)) is False
    )


def test_today_says_what_waits_for_whom(office: Office, add: Add, clock: FixedClock) -> None:
    paper = add("outgoing", due="2026-11-20T17:30")
    take(office, paper, "review", signer="王建国", **{**REVIEW, "genre": "请示"})
    add("drafts", version="二稿", held_from="2026-11-18")
    rows = {row.ref.partition("/")[0]: row for row in office.board().due}
    row = rows["outgoing"]
    assert (row.when, row.badge, row.title, row.next, row.holder) == (
        "17:30", "outgoing", "石桥村道路维修资金的请示", "to sign", "王建国",
    )  # fmt: skip
    draft = rows["drafts"]
    assert (draft.badge, draft.title, draft.next, draft.holder, draft.held) == (
        "draft", "书记讲话稿 second draft", "to submit", "赵强", "2 days",
    )  # fmt: skip


# Drafts


def test_a_draft_by_its_versions(office: Office, add: Add) -> None:
    draft = add("drafts")
    for version in ("初稿", "二稿"):
        held = offers(BY_ID["drafts"], _step("version"), draft, office)
        assert held["version"] == version
        draft = take(office, draft, "version", remark="口语一些", **held)
    assert draft.text("version") == "二稿"
    draft = take(office, draft, "submit", reviewer="刘晓燕")
    assert BY_ID["drafts"].holder(draft, office) == "刘晓燕"
    draft = take(office, draft, "send_back", remark="第三部分太长")
    assert BY_ID["drafts"].holder(draft, office) == "赵强"
    draft = take(office, draft, "version", version="送审稿")
    draft = take(office, draft, "submit", reviewer="刘晓燕")
    draft = take(office, draft, "final")
    assert (draft.state, draft.text("version")) == ("final", "定稿")
    draft = take(office, draft, "deliver", delivered_to="王建国")
    assert not office.is_open(draft)
    told = [one.text("version") for one in office.children(draft, "versions")]
    assert told == ["初稿", "二稿", "送审稿"]
    assert all(
        one.get("at") and one.text("by") == "李梅" for one in office.children(draft, "versions")
    )


def test_a_draft_is_delivered_before_it_is_final_with_a_reason(office: Office, add: Add) -> None:
    draft = take(office, add("drafts"), "submit", reviewer="刘晓燕")
    draft = take(office, draft, "deliver", **{EARLY: "会议提前"})
    assert (draft.state, draft.words(UNAPPROVED)) == ("delivered", ("final",))
    draft = take(office, draft, "final")
    assert (draft.state, draft.get(UNAPPROVED)) == ("delivered", None)


def test_a_draft_becomes_a_paper_and_nothing_is_typed_twice(office: Office, add: Add) -> None:
    draft = add("drafts", title="关于道路维修资金的请示", reviewer="刘晓燕")
    step = _step("paper")
    held = offers(BY_ID["drafts"], step, draft, office)
    assert (held["title"], held["drafter"]) == ("关于道路维修资金的请示", "赵强")
    draft = take(office, draft, "paper", genre="请示", main_to=["县政府"], **held)
    assert draft.state == "delivered"
    (paper,) = office.linked(draft)
    assert (paper.register, paper.state, paper.text("basis")) == ("outgoing", "drafting", draft.ref)
    assert paper.text("title") == "关于道路维修资金的请示"
    assert (paper.text("drafter"), paper.text("reviewer")) == ("赵强", "刘晓燕")
    assert paper.text("due") == draft.text("due")
    office.undo()
    assert office.records("outgoing") == []
    before = office.get(draft.ref)
    assert before is not None and before.state == "writing"


def _step(name: str) -> Any:
    return BY_ID["drafts"].step(name)


# Two devices


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two devices on one folder; the first gives the numbers of outgoing papers."""
    one = Desk(tmp_path / "one", tmp_path / "folder", "李梅")
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    one.office.create("people", {"name": "王建国", "post": "党委书记", "rank": 1})
    one.office.set_setting("numbering", {"outgoing": own_writer(one.office)})
    exchange(one, two)
    return one, two


def test_registered_elsewhere_it_waits_for_its_number(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    ref = _paper(two.office)
    record = two.office.get(ref)
    assert record is not None
    record = take(two.office, signed(two.office, record), "recheck", rechecked_by="吴敏")
    done = two.office.do([record], "register", {"org_code": "清政发"})
    assert "number comes from" in " ".join(done.hints)
    record = two.office.get(ref)
    assert record is not None and record.state == "registered" and record.get("doc_no") is None
    assert to_come(two.office, record) == "later"
    exchange(one, two)
    assert one.office.give_numbers() is not None
    exchange(one, two)
    for desk in (one, two):
        found = desk.office.get(ref)
        assert found is not None and found.text("doc_no") == "清政发〔2026〕1号"
        assert conflicts(desk.office) == []


def test_two_people_note_different_things_of_one_paper_offline(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    ref = _paper(one.office)
    record = one.office.get(ref)
    assert record is not None
    record = numbered(one.office, record)
    take(one.office, record, "issue", recipient=["石桥村", "河东村", "河西村"])
    exchange(one, two)
    here, there = one.office.get(ref), two.office.get(ref)
    assert here is not None and there is not None
    one.office.do([here], "receive", {"recipient": ["石桥村"]})
    two.office.do([there], "receive", {"recipient": ["河西村"]})
    two.office.do([there], "urge_missing", {"recipient": ["河东村"], "method": "phone"})
    exchange(one, two)
    for desk in (one, two):
        found = desk.office.get(ref)
        assert found is not None
        assert conflicts(desk.office) == []
        assert OUTGOING.waits_for(found, desk.office) == "receipts 2/3"
        assert len(desk.office.children(found, "urgings")) == 1
    last = two.office.get(ref)
    assert last is not None
    assert take(two.office, last, "receive", recipient=["河东村"]).state == "delivered"


def test_signed_here_and_voided_there_is_told(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    ref = _paper(one.office)
    record = one.office.get(ref)
    assert record is not None
    take(one.office, record, "review", signer="王建国", **REVIEW)
    exchange(one, two)
    here, there = one.office.get(ref), two.office.get(ref)
    assert here is not None and there is not None
    one.office.do([here], "sign", {"signer": "王建国", "sign_date": "2026-11-20"})
    two.office.do([there], "void", {"reason": "不发了"})
    exchange(one, two)
    for desk in (one, two):
        found = desk.office.get(ref)
        assert found is not None and desk.office.is_open(found)
        assert [conflict.cell for conflict in conflicts(desk.office)] == ["state"]
    (mine,) = conflicts(one.office)
    assert {value.value for value in mine.values} == {"signed", "void"}


def _paper(office: Office) -> str:
    cells = {
        "title": "关于冬季值班的通知",
        "genre": "通知",
        "drafter": "赵强",
        "drafted_at": "2026-11-20",
        "main_to": ["各村"],
    }
    return office.create("outgoing", cells).refs[0]
