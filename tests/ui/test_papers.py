"""Incoming papers by keyboard: a hundred from the envelope to the archive, few keys for each,
circulation hop by hop, rules at the field, and two people with one paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hands import Hands, at_work
from hundred_papers import PAPERS
from sample_office import MORNING, NAME, PEOPLE, USER

from officetui.office.clock import FixedClock
from officetui.office.office import New, Office
from officetui.registers.record import Record
from officetui.ui.app import OfficeApp
from officetui.ui.modals.form import FormScreen
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.widgets.fields import FieldRow

READERS = ("王建国", "陈志远", "马文斌", "刘晓燕", "周海涛")
MOST_KEYS = 12


@pytest.fixture
def office(office_home: Path) -> Office:
    """An office of people, without a paper."""
    made = Office.found(office_home, name=NAME, user=USER, clock=FixedClock(MORNING))
    people = [
        New("people", {"name": name, "unit": unit, "post": post, "phone": phone, "rank": rank})
        for name, unit, post, phone, rank in PEOPLE
    ]
    made.create_many(people)
    made.create("people", {"name": "韩雪", "post": "副镇长", "rank": 7, "portfolio": ["消防"]})
    return made


class Counting(Hands):
    """Hands that count the keys which are no text of the paper."""

    pressed = 0

    async def keys(self, *keys: str) -> None:
        self.pressed += len(keys)
        await super().keys(*keys)


@asynccontextmanager
async def counting(office: Office) -> AsyncIterator[Counting]:
    app = OfficeApp(office)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Counting(app, pilot)
        await hands.settled()
        yield hands


def _reason(hands: Hands, field: str) -> FieldRow:
    return next(row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == field)


WHOLE = {
    "from_org": "县应急局",
    "doc_no": "县应急发〔2026〕31号",
    "title": "关于开展冬季消防安全检查的通知",
    "genre": "通知",
    "urgency": "特急",
    "copies": 3,
    "kind": "act",
    "lead_unit": "应急办",
    "owner": "何静",
    "direction": "incoming",
    "state": "registered",
}


async def test_a_paper_in_full_by_the_line_in_twelve_keys(office: Office) -> None:
    async with counting(office) as hands:
        await hands.keys("a")
        await hands.type(
            "收 县应急局 县应急发〔2026〕31号 关于开展冬季消防安全检查的通知"
            " #特急 3份 @何静 @应急办 ^11-25 办"
        )
        await hands.keys("enter")
        paper = hands.record("documents", from_org="县应急局")
        assert {name: paper.get(name) for name in WHOLE} == WHOLE
        assert paper.text("recv_no") and paper.text("recv_at")
        assert paper.text("due").startswith("2026-11-25")
        assert hands.pressed <= MOST_KEYS


async def test_a_paper_in_full_by_the_form_in_twelve_keys(office: Office) -> None:
    async with counting(office) as hands:
        await hands.keys("3", "a", "tab")
        assert isinstance(hands.app.screen, FormScreen)
        for text in ("县应急局", "县应急发〔2026〕31号", "关于开展冬季消防安全检查的通知", "3"):
            await hands.type(text)
            await hands.keys("enter")
        await hands.keys("1")  # the first urgency
        await hands.keys("enter")
        await hands.type("11-25")
        await hands.keys("enter")
        await hands.type("应急办")
        await hands.keys("enter")
        await hands.type("何静")
        await hands.keys("ctrl+o")
        paper = hands.record("documents", from_org="县应急局")
        assert {name: paper.get(name) for name in WHOLE} == WHOLE
        assert paper.text("recv_no") and paper.text("recv_at")
        assert paper.text("due").startswith("2026-11-25")
        assert hands.pressed <= MOST_KEYS


async def test_a_line_goes_on_in_the_form_and_is_kept_until_it_is_saved(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type("收 县应急局 关于低温雨雪防范的通知 #特急")
        await hands.keys("tab")
        assert _reason(hands, "title").text == "关于低温雨雪防范的通知"
        await hands.keys("escape", "a")
        assert hands.text == "收 县应急局 关于低温雨雪防范的通知 #特急"
        await hands.keys("tab", "ctrl+o")
        assert hands.record("documents", from_org="县应急局").text("urgency") == "特急"
        await hands.keys("a")
        assert hands.text == ""


@pytest.mark.parametrize("by_hand", [8, pytest.param(100, marks=pytest.mark.e2e)])
async def test_a_hundred_papers_from_the_envelope_to_the_archive(
    office: Office, by_hand: int
) -> None:
    """Of a hundred papers so many are typed; with all of them it takes minutes."""
    later = [
        New(
            "documents",
            {
                "direction": "incoming", "recv_at": "2026-11-19T09:15", "from_org": org,
                "doc_no": number, "title": title, "copies": copies, "owner": "吴敏",
                "kind": "act", "due": "2026-11-20T17:30",
            } | ({"urgency": urgency} if urgency else {}),
        )
        for org, number, title, urgency, copies in PAPERS[by_hand:]
    ]  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("3")
        for org, number, title, urgency, copies in PAPERS[:by_hand]:
            mark = f" #{urgency}" if urgency else ""
            await hands.keys("a")
            await hands.type(f"{org} {number} {title} {copies}份{mark} @吴敏 ^17:30")
            await hands.keys("enter")
        office.create_many(later)
        hands.app.records_changed({r.ref for r in office.records("documents")})  # type: ignore[attr-defined]
        await hands.settled()
        papers = office.records("documents")
        assert len(papers) == len(PAPERS) == 100
        assert {(p.text("from_org"), p.text("doc_no"), p.text("title")) for p in papers} == {
            paper[:3] for paper in PAPERS
        }
        numbers = [int(p.text("recv_no")) for p in papers if p.text("recv_no")]
        assert sorted(numbers) == list(range(1, by_hand + 1))

        await hands.keys("asterisk")
        await hands.keys("l")
        await hands.type("1 2 3 4 5")
        await hands.keys("ctrl+o")
        for paper in office.records("documents"):
            readers = office.children(paper, "readers")
            assert [reader.text("person") for reader in readers] == list(READERS)

        await hands.keys("asterisk")
        await hands.keys("V")
        for hop in range(len(READERS)):
            paper = office.records("documents")[0]
            assert [r.state for r in office.children(paper, "readers")][hop] == "sent"
            await hands.keys("asterisk")
            await hands.keys("s", "ctrl+o")
            assert hop == 4 or f"{hop + 1}/5" in hands.screen
        for paper in office.records("documents"):
            readers = office.children(paper, "readers")
            assert [reader.state for reader in readers] == ["returned"] * 5
            assert {reader.text("opinion") for reader in readers} == {"阅"}

        await hands.keys("asterisk")
        await hands.keys("b", "enter")
        await hands.type("今天下班前报")
        await hands.keys("ctrl+o")
        assert all(
            [u.text("answer") for u in office.children(p, "urgings")] == ["今天下班前报"]
            for p in office.records("documents")
        )

        await hands.keys("asterisk")
        await hands.keys("c")
        await hands.type("已按要求办理并报送。")
        await hands.keys("ctrl+o")
        done = office.records("documents")
        assert {p.state for p in done} == {"closed"}
        assert {p.text("closed_at") for p in done} == {"2026-11-20"}

        # What was closed stays in sight until the list is left.
        await hands.keys("asterisk", "z", "enter")
        await hands.write("WS-0001")
        await hands.keys("ctrl+o")
        kept = office.records("documents")
        assert {p.state for p in kept} == {"archived"}
        assert sorted(p.text("archive_no") for p in kept) == [
            f"WS-{number:04}" for number in range(1, 101)
        ]


def _paper(office: Office, **cells: object) -> Record:
    made = office.create(
        "documents",
        {
            "direction": "incoming", "recv_at": "2026-11-18T09:15", "from_org": "县应急局",
            "title": "关于开展消防安全检查的通知", "kind": "act", "owner": "李梅",
        } | cells,
    )  # fmt: skip
    found = office.get(made.refs[0])
    assert found is not None
    return found


def _round(office: Office, paper: Record) -> list[tuple[str, str]]:
    return [(r.text("person"), r.state) for r in office.children(paper, "readers")]


async def test_a_paper_to_act_on_circulates_beside_its_state(office: Office) -> None:
    paper = _paper(office)
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper.ref)
        await hands.keys("p")
        assert "韩雪" in hands.text  # whose work it is, by the division of work
        await hands.keys("ctrl+o", "V")
        assert "add them first" in hands.said
        await hands.keys("l")
        await hands.type("1 2 3")
        await hands.keys("ctrl+o")
        await hands.keys("V")
        assert _round(office, paper)[0] == ("王建国", "sent")
        assert "0/3" in hands.screen and "王建国" in hands.screen
        await hands.keys("V")
        assert "王建国 has it" in hands.said
        await hands.keys("S")  # away: put last, the next one has it
        assert _round(office, paper) == [
            ("陈志远", "sent"), ("马文斌", "waiting"), ("王建国", "waiting"),
        ]  # fmt: skip
        await hands.keys("B")  # called back
        assert _round(office, paper)[0] == ("陈志远", "waiting")
        await hands.keys("V", "s")
        await hands.write("同意,请应急办办理")
        await hands.keys("ctrl+o")
        assert _round(office, paper) == [
            ("陈志远", "returned"), ("马文斌", "sent"), ("王建国", "waiting"),
        ]  # fmt: skip
        state = office.get(paper.ref)
        assert state is not None and state.state == "proposed"
        assert "1/3" in hands.screen

        await hands.keys("right")  # its detail: who has it, the opinions, the order
        assert isinstance(hands.app.screen, DetailScreen)
        assert "同意,请应急办办理" in hands.screen and "has it 1" in hands.screen
        last = office.children(paper, "readers")[-1]
        await hands.to(last.ref)
        await hands.keys("f")
        assert [name for name, _state in _round(office, paper)] == ["陈志远", "王建国", "马文斌"]
        await hands.keys("u")
        assert [name for name, _state in _round(office, paper)] == ["陈志远", "马文斌", "王建国"]


async def test_the_answer_to_an_urging_comes_later(office: Office) -> None:
    paper = _paper(office, state="in_hand", owner="何静", due="2026-11-19")
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper.ref)
        await hands.keys("b", "ctrl+o", "H")
        await hands.type("数据没齐")
        await hands.keys("enter")
        await hands.type("11-23")
        await hands.keys("ctrl+o")
        urging = office.children(paper, "urgings")[0]
        assert (urging.text("method"), urging.text("answer")) == ("phone", "数据没齐")
        assert urging.text("promised").startswith("2026-11-23")
        assert len(office.children(paper, "urgings")) == 1
        await hands.keys("H")  # what was noted can be put right
        assert hands.text == "数据没齐"


async def test_a_paper_signed_for_is_registered_later(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("a")
        await hands.type("收 县委办 机要信封一件 签收")
        await hands.keys("enter")
        paper = hands.record("documents", from_org="县委办")
        assert (paper.state, paper.text("signed_by")) == ("signed_for", USER)
        await hands.keys("3")
        await hands.to(paper.ref)
        await hands.keys("m")
        await hands.write("关于报送年度考核材料的通知")
        await hands.keys("enter")
        await hands.type("县办发〔2026〕12号")
        await hands.keys("ctrl+o")
        paper = hands.record("documents", from_org="县委办")
        assert paper.state == "registered" and paper.text("doc_no") == "县办发〔2026〕12号"
