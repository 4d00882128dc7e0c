"""Outgoing papers and drafts by keyboard, from the draft to the last receipt."""

from __future__ import annotations

from hands import Hands, at_work

from officetui.office.office import Office
from officetui.office.runs import gaps
from officetui.registers.outgoing import OUTGOING
from officetui.registers.record import Record

REQUEST = "请示 关于石桥村道路维修资金的请示 主送县政府 @赵强 ^今天17:30"


async def _to_papers(hands: Hands) -> None:
    await hands.keys("3", "3")
    assert "Outgoing papers" in hands.screen


async def _add(hands: Hands, line: str) -> str:
    """A paper by one line in the list of outgoing papers; the cursor is on it then."""
    known = {record.ref for record in hands.office.records("outgoing")}
    await hands.keys("a")
    await hands.type(line)
    await hands.keys("enter")
    (ref,) = {record.ref for record in hands.office.records("outgoing")} - known
    await hands.to(ref)
    return ref


async def _form(hands: Hands, key: str) -> None:
    """A step by its letter, its form saved as it is filled in."""
    await hands.keys(key, "ctrl+o")


async def _sign(hands: Hands) -> None:
    await _form(hands, "v")
    await _form(hands, "s")


async def _register(hands: Hands, code: str = "") -> None:
    await _form(hands, "f")
    await hands.keys("n")
    if code:
        await hands.write(code)
    await hands.keys("ctrl+o")


def _now(office: Office, ref: str) -> Record:
    found = office.get(ref)
    assert found is not None
    return found


async def test_from_draft_to_issue_with_a_void_in_between_and_the_gaps(office: Office) -> None:
    async with at_work(office) as hands:
        await _to_papers(hands)
        ref = await _add(hands, REQUEST)
        assert "drafting" in hands.screen
        await _form(hands, "v")
        assert _now(office, ref).text("signer") == "王建国"
        assert "to sign" in hands.screen and "王建国" in hands.screen
        await _form(hands, "s")
        await _register(hands, "清政发")
        assert "清政发〔2026〕1号" in hands.screen
        await hands.keys("i")
        await hands.write("12")
        await hands.keys("ctrl+o")
        await hands.keys("c")
        await hands.write("镇政府")
        await hands.keys("ctrl+o")
        assert "to issue" in hands.screen
        await _form(hands, "d")
        assert "receipts 0/1" in hands.screen

        # the second gets its number and is void then
        void = await _add(hands, "通知 关于开展消防检查的通知 主送各村 @赵强")
        await _sign(hands)
        await _register(hands)
        assert _now(office, void).text("doc_no") == "清政发〔2026〕2号"
        await hands.keys("V")
        await hands.write("与县里的通知重复")
        await hands.keys("ctrl+o")
        assert _now(office, void).state == "void"
        assert _now(office, void).text("doc_no") == "清政发〔2026〕2号"

        # the third goes on after it, and one that was written by hand leaves a gap
        third = await _add(hands, "通知 关于冬季值班的通知 主送各村、各办公室 @李梅")
        await _sign(hands)
        await _register(hands)
        assert _now(office, third).text("doc_no") == "清政发〔2026〕3号"
        await _add(hands, "清政发【2026】第06号 关于换届的通知 主送各村 @李梅")
        assert gaps(office, OUTGOING, 2026) == [(4, 5)]
        await hands.keys("=")
        assert "4-5" in hands.screen or "4 to 5" in hands.screen or "4–5" in hands.screen
        await hands.keys("escape")

        # the last receipt ends it
        await _to_papers(hands) if "Outgoing papers" not in hands.screen else None
        await hands.to(ref)
        await _form(hands, "R")
        assert _now(office, ref).state == "delivered"
        await hands.keys("u")
        assert _now(office, ref).state == "issued"


async def test_issued_before_it_is_signed_and_filled_in_later(office: Office) -> None:
    async with at_work(office) as hands:
        await _to_papers(hands)
        ref = await _add(
            hands, "通知 关于转移群众的紧急通知 主送石桥村、河东村 #特急 @李梅 ^今天9点"
        )
        await hands.choose("Register and number first, “Review, Sign, Recheck” later")
        await hands.write("清政发")
        await hands.keys("enter", "enter")
        await hands.write("山洪,不等签发")
        await hands.keys("ctrl+o")
        paper = _now(office, ref)
        assert paper.text("doc_no") == "清政发〔2026〕1号"
        assert paper.words("unapproved") == ("review", "sign", "recheck")
        await _form(hands, "d")
        for key in ("v", "s", "f"):
            await _form(hands, key)
        paper = _now(office, ref)
        assert (paper.state, paper.get("unapproved")) == ("issued", None)
        assert paper.text("signer") and paper.text("sign_date") == "2026-11-20"


async def test_missing_receipts_are_shown_urged_and_noted(office: Office) -> None:
    async with at_work(office) as hands:
        await _to_papers(hands)
        ref = await _add(hands, "通知 关于报表的通知 主送石桥村、河东村、河西村 @李梅")
        await _sign(hands)
        await _register(hands, "清政发")
        await _form(hands, "d")
        await hands.keys("R")
        await hands.write("1 3")  # by their numbers
        await hands.keys("ctrl+o")
        assert "receipts 2/3" in hands.screen
        await _form(hands, "M")
        (urged,) = office.children(_now(office, ref), "urgings")
        assert urged.words("recipient") == ("河东村",)
        await hands.keys("C", "ctrl+o")
        assert "河东村" in hands.screen
        await hands.keys("escape")
        assert _now(office, ref).state == "issued"
        await hands.keys("right")
        assert "Receipts" in hands.screen and "河东村" in hands.screen


async def test_a_draft_becomes_a_paper(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3", "3", "3")
        assert "Drafts" in hands.screen
        await hands.keys("a")
        await hands.type("书记讲话稿 王书记审 ^今天17:30 @赵强")
        await hands.keys("enter")
        draft = hands.record("drafts", title="书记讲话稿")
        await hands.to(draft.ref)
        await _form(hands, "v")
        await _form(hands, "v")
        assert _now(office, draft.ref).text("version") == "二稿"
        assert "secon" in hands.screen
        await hands.keys("1")
        assert "书记讲话稿" in hands.screen
        await hands.keys("3")
        await hands.to(draft.ref)
        await hands.keys("o")
        await hands.write("报告")
        await hands.keys("ctrl+o")
        (paper,) = office.linked(_now(office, draft.ref))
        assert (paper.text("title"), paper.text("drafter")) == ("书记讲话稿", "赵强")


async def test_of_a_classified_paper_only_where_it_lies(office: Office) -> None:
    async with at_work(office) as hands:
        await _to_papers(hands)
        await hands.keys("a")
        await hands.type("函 关于某某事项的函 主送县委 #机密")
        await hands.keys("ctrl+y")
        await hands.write("机要柜")
        await hands.keys("ctrl+o")
        (paper,) = office.records("outgoing")
        told = {name: paper.get(name) for name in ("title", "secrecy", "kept", "main_to")}
        assert told == {"title": "密件", "secrecy": "机密", "kept": "机要柜", "main_to": None}
    for path in office.home.rglob("*"):
        assert not path.is_file() or "某某" not in path.read_text("utf-8", "replace")
