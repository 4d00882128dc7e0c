"""Rules while typing: said at the field, mended by one key, the earlier paper named and opened."""

from __future__ import annotations

import pytest
from hands import Hands, at_work, states

from officetui.office.office import New, Office
from officetui.registers.record import Record
from officetui.ui.modals.capture import CaptureScreen
from officetui.ui.modals.form import FormScreen
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.widgets.fields import FieldRow

NUMBER = "县办发〔2025〕7号"


def _filed(office: Office) -> None:
    """A paper of last year, in its book."""
    office.create_many(
        [
            New(
                "documents",
                {
                    "direction": "incoming", "recv_at": "2025-03-05T09:00", "from_org": "县委办",
                    "title": "关于去年考核的通知", "doc_no": NUMBER, "kind": "act", "recv_no": "88",
                    "state": "archived", "closed_at": "2025-03-09", "archived_at": "2025-04-01",
                },
                id="2025-03-05.x",
            )
        ]
    )  # fmt: skip
    assert 2025 in office.store.years()


def _row(hands: Hands, field: str) -> FieldRow:
    return next(row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == field)


async def _shown(hands: Hands, *words: str) -> bool:
    """Whether all of that comes to be on the screen; a busy machine may need a few rounds."""
    for _round in range(20):
        if all(word in hands.screen for word in words):
            return True
        await hands.settled()
    return False


async def _new_paper(hands: Hands) -> None:
    await hands.keys("3", "a", "tab")
    assert isinstance(hands.app.screen, FormScreen)


async def test_a_number_is_mended_by_one_key_in_the_form(office: Office) -> None:
    async with at_work(office) as hands:
        await _new_paper(hands)
        await hands.type("县委办")
        await hands.keys("enter")
        await hands.type("县办发【2026】第12号")
        assert await _shown(hands, "县办发〔2026〕12号", "Ctrl+Y")
        await hands.keys("ctrl+y")
        assert hands.text == "县办发〔2026〕12号"
        assert _row(hands, "doc_no").advice is None


async def test_the_earlier_paper_is_named_while_typing_and_opened(office: Office) -> None:
    _filed(office)
    async with at_work(office) as hands:
        await _new_paper(hands)
        await hands.type("县委办")
        await hands.keys("enter")
        await hands.type("县办发[2025]7号")
        assert await _shown(hands, "关于去年考核的通知")
        advice = _row(hands, "doc_no").advice
        assert advice is not None and "关于去年考核的通知" in advice.text
        assert await _shown(hands, "In 88")
        await hands.keys("ctrl+g")
        assert isinstance(hands.app.screen, DetailScreen)
        assert "关于去年考核的通知" in hands.screen
        await hands.keys("escape")
        assert isinstance(hands.app.screen, FormScreen)
        assert hands.text == "县办发[2025]7号"


async def test_the_line_names_the_earlier_paper_too(office: Office) -> None:
    _filed(office)
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type(f"收 县委办 {NUMBER} 关于去年考核的通知")
        assert await _shown(hands, "registered already", "In 88")
        await hands.keys("ctrl+g")
        assert isinstance(hands.app.screen, DetailScreen)
        await hands.keys("escape")
        assert isinstance(hands.app.screen, CaptureScreen)
        assert hands.text.startswith("收 县委办")


async def test_what_blocks_is_said_at_its_field_and_the_rest_is_kept(office: Office) -> None:
    office.set_setting("rules", {"documents.urgent_due": "block"})
    papers = len(office.records("documents"))
    async with at_work(office) as hands:
        await _new_paper(hands)
        for text in ("县委办", "县办发〔2026〕12号", "关于报送考核材料的通知", "2"):
            await hands.type(text)
            await hands.keys("enter")
        await hands.type("特急")
        await hands.keys("ctrl+o")
        assert isinstance(hands.app.screen, FormScreen)
        assert "urgent" in _row(hands, "due").reason
        assert len(office.records("documents")) == papers
        await hands.keys("escape", "a", "tab")
        assert "关于报送考核材料的通知" in hands.screen
        for row in hands.app.screen.query(FieldRow):
            if row.entry.field.name == "due":
                row.editor.focus()
        await hands.type("今天12:00")
        await hands.keys("ctrl+o")
        assert len(office.records("documents")) == papers + 1


@pytest.mark.parametrize("how", ["off", "hint"])
async def test_a_rule_that_is_off_says_nothing(office: Office, how: str) -> None:
    office.set_setting("rules", {"documents.urgent_due": how})
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type("收 县委办 关于报送考核材料的通知 #特急")
        assert await _shown(hands, "关于报送考核材料的通知", "Rush", "missing")
        assert await _shown(hands, "An urgent paper needs") == (how == "hint")


async def test_of_a_classified_paper_only_the_pointer_is_noted(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type("收 县委办 机密★10年 关于某某绝不可见的通知")
        await hands.keys("enter")
        assert isinstance(hands.app.screen, CaptureScreen)
        await hands.keys("ctrl+y")
        assert isinstance(hands.app.screen, FormScreen)
        assert "绝不可见" not in hands.screen
        await hands.type("保密柜2")
        await hands.keys("ctrl+o")
        paper = hands.record("documents", secrecy="机密")
        assert (paper.text("from_org"), paper.text("kept")) == ("县委办", "保密柜2")
        assert paper.text("title") == "密件" and paper.text("recv_at")
        await hands.keys("a")
        assert hands.text == ""


async def test_a_form_left_with_classified_words_forgets_them(office: Office) -> None:
    papers: list[Record] = office.records("documents")
    async with at_work(office) as hands:
        await _new_paper(hands)
        await hands.type("县委办")
        await hands.keys("enter", "enter")
        await hands.type("【机密】关于某某绝不可见的通知")
        await hands.keys("ctrl+o")
        assert isinstance(hands.app.screen, FormScreen)
        await hands.keys("escape")
        assert "not kept" in hands.said
        await hands.keys("a", "tab")
        assert "绝不可见" not in hands.screen
        assert len(office.records("documents")) == len(papers)


async def test_what_a_paper_found_to_be_classified_may_not_hold_goes_in_one_change(
    office: Office,
) -> None:
    paper = hands_paper(office)
    office.do([paper], "urge", {"method": "phone", "answer": "说了绝不可见的事"})
    before = states(office, [paper.ref])
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper.ref)
        await hands.keys("e")
        for row in hands.app.screen.query(FieldRow):
            if row.entry.field.name == "secrecy":
                row.editor.focus()
        await hands.type("机密")
        await hands.keys("ctrl+o")
        for words in ("will be emptied", "Title", "Lead unit", "Urgings", "journals"):
            assert words in hands.screen
        await hands.keys("1")  # no
        assert isinstance(hands.app.screen, FormScreen) and "Not changed yet" in hands.screen
        assert states(office, [paper.ref]) == before
        await hands.keys("ctrl+o", "2")
        assert not isinstance(hands.app.screen, FormScreen)
        assert "绝不可见" not in hands.screen and "stays in the journals" in hands.said
        now = office.get(paper.ref)
        assert now is not None and now.text("title") == "密件" and now.text("secrecy") == "机密"
        assert now.get("due") is None and now.text("recv_no") == "788"
        assert [one.get("answer") for one in office.children(now, "urgings")] == [None]
        await hands.keys("u")  # one change
        assert states(office, [paper.ref]) == before
        again = office.get(paper.ref)
        assert again and [one.text("answer") for one in office.children(again, "urgings")] == [
            "说了绝不可见的事"
        ]


def hands_paper(office: Office) -> Record:
    ref = office.create("documents", {"recv_no": "788", "recv_at": "2026-11-20T08:00",
        "kind": "act", "from_org": "县委办", "title": "绝不可见的通知", "due": "2026-11-20T17:30",
        "lead_unit": "农办", "tags": ["绝不可见"]}).refs[0]  # fmt: skip
    found = office.get(ref)
    assert found is not None
    return found
