"""The answers of triage that tell somebody: sent is recorded, shown is not; and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hands import Hands, at_work
from sample_office import MORNING

from officetui.office import cards
from officetui.office.clock import FixedClock
from officetui.office.look import Glance
from officetui.office.office import Office
from officetui.report import notices
from officetui.ui.screens.triage import TriageScreen


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keys of a test follow each other faster than those of a person who reads."""
    monkeypatch.setattr(TriageScreen, "GAP", 0.0)
    yield


def key(hands: Hands) -> str:
    screen = hands.app.screen
    assert isinstance(screen, TriageScreen), screen
    return screen._card.seed.key if screen._card is not None else ""


async def until(hands: Hands, start: str) -> None:
    """Skip to the card whose key begins so."""
    for _n in range(40):
        if key(hands).startswith(start):
            return
        await hands.keys("space")
    raise AssertionError(f"{start}: {hands.screen}")


async def test_who_goes_is_asked_by_a_message_and_comes_back(office: Office) -> None:
    watch = FixedClock(MORNING)
    office.watch = watch
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, "names_due:")
        here = key(hands)
        await hands.keys("2")
        assert "who goes?" in hands.screen and "2026-11-23 15:00" in hands.screen
        await hands.keys("escape")
        meeting = hands.record("meetings", kind="upper")
        assert key(hands) == here and not meeting.get("asked_at")  # shown is not sent
        await hands.keys("2", "2")
        meeting = hands.record("meetings", kind="upper")
        assert meeting.text("asked_how") == "message" and meeting.get("asked_at")
        assert key(hands) != here and meeting.state == "notified"
        watch.instant = MORNING + timedelta(minutes=16)
        screen = hands.app.screen
        assert isinstance(screen, TriageScreen)
        screen._count()
        await hands.keys("space")
        assert key(hands) == here and "11-20 07:58 asked who goes" in hands.screen


async def test_an_upper_meeting_is_excused_with_a_reason(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, "names_due:")
        here = key(hands)
        await hands.keys("3")
        await hands.write("与巡察座谈冲突，已向县征兵办请假")
        await hands.keys("ctrl+o")
        meeting = hands.record("meetings", kind="upper")
        assert meeting.state == "excused" and "请假" in meeting.text("reason")
        assert key(hands) != here
        await hands.keys("u")
        assert key(hands) == here and hands.record("meetings", kind="upper").state == "notified"


async def test_a_red_follow_up_is_reported_to_the_leader_in_charge(office: Office) -> None:
    matter = next(one for one in office.records("followups") if one.text("no") == "28")
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, f"matter:{matter.ref}")
        assert "2 report to 王建国" in hands.screen
        await hands.keys("2")
        said = " ".join(hands.screen.split())
        assert "王书记" in said and "石桥村危房" in said and "周海涛 answers for it" in said
        assert "urged 3" in said
        await hands.keys("escape")
        assert not office.get(matter.ref).get("told_at")  # type: ignore[union-attr]
        await hands.keys("2", "3")
        told = office.get(matter.ref)
        assert told is not None and told.text("told_leader") == "王建国"
        assert told.text("told_how") == "face" and told.state == "in_hand"
        assert not office.children(told, "feedback")  # a report upwards is no answer
        await hands.keys("u")
        assert key(hands) == f"matter:{matter.ref}"
        await hands.keys("2", "3")
        screen = hands.app.screen
        assert isinstance(screen, TriageScreen)
        shown = cards.card(office, next(s for s in cards.deck(Glance(office, office.now))
                                        if s.refs == (matter.ref,)))  # fmt: skip
        assert shown is not None and any("reported to 王建国" in line for line in shown.lines)


async def test_the_leader_in_charge_is_the_one_of_whose_work_it_speaks(office: Office) -> None:
    matter = next(one for one in office.records("followups") if one.text("no") == "30")
    office.set(matter, {"due": "2026-11-20T16:00"})
    leader = next(one for one in office.records("people") if one.text("name") == "陈志远")
    office.set(leader, {"portfolio": ["办公用房"]})
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, f"matter:{matter.ref}")
        assert "report to 陈志远" in hands.screen


async def test_what_was_promised_is_no_card_before_its_day(office: Office) -> None:
    matter = next(one for one in office.records("followups") if one.text("no") == "28")
    look = Glance(office, office.now)
    assert any(matter.ref in seed.refs for seed in cards.deck(look))
    office.do([matter], "urge", {"method": "phone", "answer": "周一报", "promised": "2026-11-23"})
    assert not any(matter.ref in seed.refs for seed in cards.deck(Glance(office, office.now)))
    office.watch = FixedClock(MORNING + timedelta(days=4))
    assert any(matter.ref in seed.refs for seed in cards.deck(Glance(office, office.now)))


def test_every_card_has_a_reason_and_their_groups_stand_in_order(office: Office) -> None:
    deck = cards.deck(Glance(office, office.now))
    made = [card for seed in deck if (card := cards.card(office, seed)) is not None]
    assert len(made) == len(deck) > 15
    for card in made:
        assert card.why and card.badge and card.title and card.answers, card
        assert len(card.answers) <= 9
    groups = [card.seed.item.group for card in made if card.seed.kind not in cards._FIRST]
    assert groups == sorted(groups)
    assert made[0].seed.kind == "handover"
    late = [card for card in made if card.seed.key.startswith("overdue:")]
    assert len({card.seed.item.person for card in late}) == len(late) > 1


async def test_new_registers_bring_cards_by_their_tables(office: Office) -> None:
    """What was asked for waits for its approval; a report of an emergency has its countdown."""
    cells = {"kind": "seal", "at": "2026-11-20T15:00", "for_whom": "社会事务办"}
    errand = office.create("errands", {**cells, "content": "低保证明", "approver": "周海涛"})
    leave = {"leader": "周海涛", "kind": "leave", "matter": "看病", "state": "requested"}
    asked = office.create("schedule", {**leave, "start": "2026-11-24", "end": "2026-11-25"})
    incident = office.create(
        "incidents", {"at": "2026-11-20T07:50", "place": "石桥村", "source": "村支书"}
    )
    async with at_work(office) as hands:
        await hands.keys("t", "space")
        assert key(hands).startswith("incident:") and incident.refs[0] in key(hands)
        assert "08:18 today, in 20 minutes" in hands.screen
        await hands.keys("1")
        await hands.write("县委办")
        await hands.keys("ctrl+o")
        reported = office.get(incident.refs[0])
        assert reported is not None and reported.get("first_report_at"), hands.screen
        for made, word in ((errand, "Approve"), (asked, "Approve")):
            await until(hands, f"approval:{made.refs[0]}")
            assert "waits for an approval" in hands.screen and word in hands.screen
        deck = cards.deck(Glance(office, office.now))
        assert len({seed.key for seed in deck}) == len(deck)
        card = cards.card(office, next(s for s in deck if s.refs == tuple(errand.refs)))
        assert card is not None
        number = [one.step for one in card.answers].index("approve") + 1
        await until(hands, f"approval:{errand.refs[0]}")
        await hands.keys(str(number), "ctrl+o")
        assert office.get(errand.refs[0]).state == "approved"  # type: ignore[union-attr]


# By the beginning of a card's key, or by the number of its record: the answers in their order.
TABLE: dict[str, tuple[str, ...]] = {
    "handover:": ("何静 takes over, here", "何静 took over by phone", "何静 took over on paper"),
    "duty:": ("reached, confirmed", "not reached, back in 15 minutes", "somebody else",
              "show the message"),
    "clash:": ("move 信访联席会议 to 三楼会议室", "another time", "somebody else attends",
               "leave it, with a reason"),
    "777": ("For 刘晓燕 to read and decide", "another proposal", "only circulate",
            "return, with a reason"),
    "774": ("urge 刘晓燕", "ask somebody else", "another date, with a reason",
            "it was instructed: what", "make it a follow-up"),
    "overdue:何静": ("urge all", "one by one", "reassign all", "agreed until ..."),
    "overdue:林芳": ("", "one by one", "reassign all"),  # away: not urged
    "31": ("urge the missing", "note one as reported", "open"),
    "names_due:": ("names given", "ask who goes, back in 15 minutes", "excused, with a reason"),
    "张某": ("answered (how)", "transfer", "accept and tell", "not accepted, with a reason"),
    "25": ("urge 刘晓燕", "report to 陈志远", "another date, with a reason", "read the feedback"),
    "28": ("urge 周海涛", "report to 王建国", "", "read the feedback"),  # overdue: not extended
}  # fmt: skip


def test_every_kind_of_card_has_the_answers_of_its_table(office: Office) -> None:
    office.set_setting("rooms", ["二楼会议室", "三楼会议室"])
    for name, work in (("刘晓燕", "巡察"), ("陈志远", "扶贫")):
        leader = next(one for one in office.records("people") if one.text("name") == name)
        office.set(leader, {"portfolio": [work]})
    found = {}
    for seed in cards.deck(Glance(office, office.now)):
        card = cards.card(office, seed)
        record = office.get(seed.refs[0])
        assert card is not None and record is not None
        words = [record.text(name) for name in ("recv_no", "no", "name")]
        for start in TABLE:
            if seed.key.startswith(start) or (":" not in start and start in words):
                found[start] = tuple(answer.label for answer in card.answers)
    assert found.keys() == TABLE.keys()
    for start, answers in TABLE.items():
        assert found[start][: len(answers)] == answers, start


async def test_a_digit_means_the_same_where_an_answer_is_not_allowed(office: Office) -> None:
    """No leader is known for the paper: 2 is still another proposal, and 1 and Enter take
    nothing."""
    paper = next(one for one in office.records("documents") if one.text("recv_no") == "777")
    for leader in office.records("people"):
        if leader.words("portfolio"):
            office.set(leader, {"portfolio": None})
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, f"matter:{paper.ref}")
        shown = hands.screen
        assert "2 another proposal" in shown and "3 only circulate" in shown
        assert "4 return, with a reason" in shown and "1 For" not in shown
        assert "Enter answer 1" not in hands.screen  # the footer names no key that does nothing
        made = hands.app.made
        for pressed in ("1", "enter"):
            await hands.keys(pressed)
            assert "no answer 1" in hands.said and key(hands) == f"matter:{paper.ref}"
        assert hands.app.made == made
        await hands.keys("4")
        await hands.write("不归我镇办")
        await hands.keys("ctrl+o")
        assert office.get(paper.ref).state == "returned"  # type: ignore[union-attr]


def test_visitors_come_by_when_they_must_be_answered(office: Office) -> None:
    for day in ("2026-12-03", "2026-11-28", "2026-12-01"):
        office.create(
            "reception",
            {"at": "2026-11-20T08:00", "channel": "letter", "name": day, "matter": "路灯",
             "headcount": 1, "notify_due": day},
        )  # fmt: skip
    found = [office.get(seed.refs[0]) for seed in cards.deck(Glance(office, office.now))]
    names = [one.text("name") for one in found if one is not None and one.text("matter") == "路灯"]
    assert names == ["2026-11-28", "2026-12-01", "2026-12-03"]


async def test_who_is_on_duty_is_told_by_the_notice_of_duty(office: Office) -> None:
    """The same words as `n` and the command line, with what they lack."""
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, "duty:")
        ref = key(hands).removeprefix("duty:")
        notice = notices.of(office, office.get(ref))  # type: ignore[arg-type]
        await hands.keys("4")
        shown = "".join(line.strip() for line in hands.screen.splitlines())
        assert notice.text[:40].replace(" ", "") in shown.replace(" ", ""), hands.screen
        assert "ten minutes before" in hands.screen and "Missing" in hands.screen
        await hands.keys("1")
        assert office.get(ref).state == "notified"  # type: ignore[union-attr]


async def test_urging_the_missing_and_noting_one_of_a_collecting(office: Office) -> None:
    matter = next(one for one in office.records("followups") if one.text("no") == "31")
    async with at_work(office) as hands:
        await hands.keys("t")
        await until(hands, f"matter:{matter.ref}")
        await hands.keys("2")
        await hands.write("大屋村")
        await hands.keys("ctrl+o")
        units = {one.text("unit"): one.state for one in office.children(matter, "units")}
        assert sum(state == "reported" for state in units.values()) == 12, units
        await hands.keys("u")
        assert key(hands) == f"matter:{matter.ref}"
        await hands.keys("1", "ctrl+o")
        urged = office.children(matter, "urgings")
        assert len(urged) == 2 and len(urged[-1].words("units")) == 7
