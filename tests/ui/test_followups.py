"""Follow-ups by keyboard: from green to red, extended in time, refused by the verifier, closed;
a collecting of eighteen villages; what came from a paper, a meeting and a visitor."""

from __future__ import annotations

from hands import Hands, at_work

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers import followups
from officetui.registers.record import Record
from officetui.ui.screens.detail import DetailScreen


def now(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def move(office: Office, *, days: int) -> None:
    assert isinstance(office.watch, FixedClock)
    office.watch.move(days=days)


async def _row(hands: Hands, record: Record) -> str:
    """The line of the list at key 6 that shows a record."""
    await hands.keys("1", "6")
    await hands.to(record.ref)
    row = hands.table.current
    assert row is not None
    return " ".join(row.cells)


async def test_from_the_sentence_to_the_verification(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6", "a")
        await hands.type("王书记说 把石桥村道路隐患整完 @罗丹 ^12-04")
        await hands.keys("enter")
        record = hands.record("followups", content="把石桥村道路隐患整完")
        assert (record.text("no"), record.text("raised_by")) == ("32", "王建国")
        assert "green 14 days" in await _row(hands, record)

        await hands.keys("o")  # assigned: owner, unit, date; the standard is written
        await hands.keys("enter", "enter", "enter")
        await hands.write("隐患点清零,有照片")
        await hands.keys("enter")
        assert now(office, record).state == "assigned"
        await hands.keys("i", "enter")
        record = now(office, record)
        assert record.state == "in_hand"
        assert record.text("standard") == "隐患点清零,有照片"

        move(office, days=8)
        assert "yellow 6 days" in await _row(hands, record)
        move(office, days=4)
        assert "red 2 days" in await _row(hands, record)
        assert "6 red" in await _small_words(hands)

        await hands.keys("6")
        await hands.to(record.ref)
        await hands.keys("d")  # extended while it is not overdue
        await hands.write("12-02")
        await hands.keys("enter")
        await hands.write("等雪停")
        await hands.keys("ctrl+o")
        assert "is not after the old one" in hands.screen
        await hands.keys("up")
        await hands.write("12-10")
        await hands.keys("ctrl+o")
        record = now(office, record)
        assert record.text("due") == "2026-12-10"
        assert "Due on 2026-12-10 instead of 2026-12-04 17:30" in hands.said
        assert record.text("extension") == "2026-12-04 17:30 to 2026-12-10: 等雪停"
        assert "green 8 days" in await _row(hands, record)

        move(office, days=9)
        assert "red 1 day late" in await _row(hands, record)
        await hands.keys("d")
        assert "an extension must be asked for before" in hands.screen
        await hands.keys("escape")
        await hands.to(record.ref)
        await hands.keys("c")  # nobody closes without an answer and its verification
        assert "Close" in hands.said and now(office, record).state == "in_hand"

        await hands.keys("y")
        await hands.write("已整改")
        await hands.keys("ctrl+o")
        assert now(office, record).state == "reported"
        await hands.keys("x")
        await hands.write("3处没有照片")
        await hands.keys("ctrl+o")
        assert now(office, record).state == "in_hand"
        await hands.keys("y")
        await hands.write("已补照片")
        await hands.keys("ctrl+o")

        office.user = "罗丹"  # who answers for it
        await hands.keys("v")
        await hands.keys("ctrl+o")
        assert now(office, record).state == "reported"
        assert "another person than 罗丹" in hands.screen
        await hands.keys("escape")
        office.user = "李梅"
        await hands.to(record.ref)
        await hands.keys("v")
        await hands.keys("ctrl+o")
        record = now(office, record)
        assert (record.state, record.text("verified_by")) == ("verified", "李梅")
        await hands.keys("c")
        record = now(office, record)
        assert record.state == "closed"
        answers = [f.text("text") for f in office.children(record, "feedback")]
        assert answers == ["已整改", "已补照片"]

        await hands.keys("n")  # reopened, the answers stay
        await hands.write("又有塌方")
        await hands.keys("ctrl+o")
        record = now(office, record)
        assert record.state == "in_hand"
        assert len(office.children(record, "feedback")) == 2


async def _small_words(hands: Hands) -> str:
    """What the board says of the follow-ups on a small terminal."""
    from officetui.ui.screens.today_followups import followups_line

    return followups_line(hands.office.board(), 80)[0].cells[0]


async def test_collecting_from_eighteen_villages(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6")
        record = hands.record("followups", no="31")
        await hands.to(record.ref)
        assert "11/18村" in hands.screen
        await hands.keys("b")  # only the missing are named, and recorded
        assert "大屋村" in hands.screen and "柳湾村" not in hands.screen
        await hands.keys("ctrl+o")
        urgings = office.children(record, "urgings")
        assert urgings[-1].words("units") == (
            "大屋村", "青山村", "松林村", "长坪村", "竹园村", "南坪村", "北坪村",
        )  # fmt: skip

        await hands.keys("s")  # several at once, by their numbers
        await hands.write("1 3 4")
        await hands.keys("ctrl+o")
        assert followups.missing(now(office, record), office) == [
            "青山村", "竹园村", "南坪村", "北坪村",
        ]  # fmt: skip
        assert "14/18村" in hands.screen
        await hands.keys("u")
        assert "11/18村" in hands.screen

        await hands.keys("s")
        await hands.write("石桥村")
        await hands.keys("ctrl+o")
        assert "石桥村 has reported already" in hands.screen
        await hands.keys("escape")

        await hands.to(record.ref)
        await hands.keys("right")  # on its page one village is sent back
        first = next(
            unit for unit in office.children(record, "units") if unit.text("unit") == "石桥村"
        )
        await hands.to(first.ref)
        await hands.keys("x")
        await hands.write("少一页")
        await hands.keys("ctrl+o")
        assert len(followups.missing(now(office, record), office)) == 8


async def test_only_the_red_ones_of_the_list(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6", "comma")
        await hands.digit("red")
        assert len(hands.table.lines) == 3
        assert all("red" in " ".join(row.cells) for row in hands.table.lines)


async def test_enter_on_the_board_offers_what_deals_with_it(office: Office) -> None:
    async with at_work(office) as hands:
        for _block in range(9):
            await hands.keys("tab")
            if hands.table.id == "followups":
                break
        for number, label in (("28", "Urge"), ("29", "Verify")):
            await hands.to(hands.record("followups", no=number).ref)
            await hands.keys("enter")
            assert hands.table.lines[0].cells[1] == label
            await hands.keys("escape")


async def test_units_are_asked_and_none_twice(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6")
        record = hands.record("followups", no="27")
        await hands.to(record.ref)
        await hands.keys("l")
        await hands.write("1 2 3")  # the villages of the last collecting come first
        await hands.keys("ctrl+o")
        assert followups.tally(now(office, record), office) == "0/3村"
        await hands.keys("l")
        await hands.write("石桥村")
        await hands.keys("ctrl+o")
        assert "石桥村 is asked already" in hands.screen


async def test_a_follow_up_of_a_paper_is_linked_both_ways(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        paper = hands.record("documents", recv_no="776")
        await hands.to(paper.ref)
        await hands.keys("h")
        assert "徐磊" in hands.screen and "2026-11-20 15:00" in hands.screen  # not typed again
        await hands.keys("ctrl+o")
        record = hands.record("followups", basis=paper.ref)
        assert record.text("owner") == "徐磊"
        assert record.text("due") == "2026-11-20T15:00"
        await hands.to(paper.ref)
        await hands.keys("right")
        assert "Links" in hands.screen and "F 32" in hands.screen
        await hands.to(f"link:{record.ref}")
        await hands.keys("enter")
        screen = hands.app.screen
        assert isinstance(screen, DetailScreen) and screen.ref == record.ref
        await hands.to(f"link:{paper.ref}")
        await hands.keys("enter")
        screen = hands.app.screen
        assert isinstance(screen, DetailScreen) and screen.ref == paper.ref
        await hands.keys("1", "u")
        assert not [r for r in office.records("followups") if r.get("basis")]


async def test_a_decision_becomes_a_follow_up_with_one_key(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("4")
        meeting = hands.record("meetings", title="党委会")
        await hands.to(meeting.ref)
        await hands.keys("d")
        await hands.write("各村冬季防火排查")
        await hands.keys("enter")
        await hands.write("何静")
        await hands.keys("enter")
        await hands.write("11-30")
        await hands.keys("ctrl+o")
        decision = office.children(meeting, "decisions")[0]
        await hands.to(meeting.ref)
        await hands.keys("right")
        await hands.to(decision.ref)
        await hands.keys("f", "ctrl+o")
        record = hands.record("followups", basis=decision.ref)
        assert record.text("source") == "decision"
        assert record.text("raised_by") == "党委会"
        assert record.text("content") == "各村冬季防火排查"
        assert (record.text("owner"), record.text("lead_unit")) == ("何静", "应急办")
        assert record.text("due").startswith("2026-11-30")
        assert "F 32" in hands.screen  # on the page of the meeting, too


async def test_the_meeting_that_decided_it_is_chosen_by_number(office: Office) -> None:
    meeting = next(m for m in office.records("meetings") if m.text("title") == "党委会")
    office.do([meeting], "move", {"start": "2026-11-19T09:30"})
    office.do([meeting], "decision", {"what": "各村排查", "owner": "何静"})
    (decision,) = office.children(meeting, "decisions")
    async with at_work(office) as hands:
        await hands.keys("6", "a")
        await hands.type("党委会议定 各村排查 @何静 ^月底")
        assert "Which meeting decided it" in hands.screen and "11-19 党委会" in hands.screen
        await hands.keys("enter")
        record = hands.record("followups", content="各村排查")
        await hands.to(record.ref)
        await hands.keys("e")
        for _field in range(20):
            if "11-19 党委会: 各村排查" in hands.screen:
                break
            await hands.keys("tab")
        await hands.write("1")
        await hands.keys("ctrl+o")
        assert now(office, record).text("basis") == decision.ref
        assert [one.ref for one in office.linked(meeting)] == [record.ref]


async def test_a_visitors_matter_becomes_a_follow_up(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("5")
        visitor = hands.record("reception", name="石大爷")
        await hands.to(visitor.ref)
        await hands.keys("h", "ctrl+o")
        record = hands.record("followups", basis=visitor.ref)
        assert record.text("source") == "petition"
        assert record.text("content") == "自来水停水两天"
        assert record.text("owner") == "赵强"


async def test_an_extension_is_asked_for_and_answered(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6")
        record = hands.record("followups", no="25")
        await hands.to(record.ref)
        await hands.keys("w")
        await hands.write("11-24")
        await hands.keys("enter")
        await hands.write("数字没报齐")
        await hands.keys("ctrl+o")
        found = [a for a in office.board().attention if a.kind == "extension"]
        assert [a.refs for a in found] == [(record.ref,)]
        assert found[0].step == "extend"
        await hands.keys("d")  # what was asked for stands there
        assert "2026-11-24" in hands.screen
        await hands.keys("ctrl+o")
        record = now(office, record)
        assert record.text("due") == "2026-11-24" and not record.get("extension_asked")


async def test_a_milestone_that_has_passed_wants_someone(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6")
        record = hands.record("followups", no="26")
        await hands.to(record.ref)
        await hands.keys("f")
        await hands.write("名单报齐")
        await hands.keys("enter")
        await hands.write("11-23")
        await hands.keys("ctrl+o")
        assert not [a for a in office.board().attention if a.kind == "milestone"]
        move(office, days=4)
        found = [a for a in office.board().attention if a.kind == "milestone"]
        assert [a.refs for a in found] == [(record.ref,)]
        assert "名单报齐" in found[0].text
        (milestone,) = office.children(record, "milestones")
        await hands.keys("right")
        await hands.to(milestone.ref)
        await hands.keys("space")
        assert not [a for a in office.board().attention if a.kind == "milestone"]


async def test_the_board_counts_and_leads_there(office: Office) -> None:
    async with at_work(office) as hands:
        assert "6 Follow-ups  green 2 yellow 2 red 3" in hands.screen
        assert "red 2 days late" in hands.screen
    async with at_work(office, (80, 24)) as hands:
        last = next(line for line in hands.screen.splitlines() if "5 Reception" in line)
        assert last.endswith("6 red 3 yellow 2")
        for _block in range(9):
            await hands.keys("tab")
            if hands.table.id == "followups":
                break
        await hands.keys("enter")
        assert "6 Follow-ups" in hands.screen and "F 28" in hands.screen
