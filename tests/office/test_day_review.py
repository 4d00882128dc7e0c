"""The day review: what was done, what is asked, the checks, the signatures, what changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from officetui.errors import Refused
from officetui.office import cards, review_asked, review_signing
from officetui.office.clock import FixedClock
from officetui.office.day_review import DayReview, review
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.report.review_text import review_text
from tests.office.desks import Desk, exchange

DAY = date(2026, 11, 20)  # a Friday
Add = Callable[..., Record]


@pytest.fixture
def evening(office: Office, clock: FixedClock, add: Add) -> Office:
    """The office at 17:20, with the shifts of the day and one paper due."""
    add("duty", line="day", person="何静", state="arrived")
    add("duty", line="night", person="罗丹", state="confirmed")
    clock.move(hours=9, minutes=22)
    return office


def sign(office: Office, **inputs: str) -> DayReview:
    """Sign this evening, whatever is left."""
    review_signing.sign(office, DAY, "evening", inputs, carry=True)
    return review(office, DAY)


def seat(office: Office, line: str) -> Record:
    found = office.get(f"duty/duty:{DAY}:{line}:1")
    assert found is not None
    return found


def asked(made: DayReview) -> list[tuple[str, str]]:
    return [(one.kind, one.title) for one in made.asked]


# What was done


def test_what_was_done_stands_by_register_and_person(evening: Office, add: Add) -> None:
    evening.user = "何静"
    paper = add("documents", title="年度考核材料")
    evening.do([paper], "assign", {"owner": "罗丹", "due": "2026-12-01", "early": "急"})
    made = review(evening)
    group = next(g for g in made.done if (g.register, g.person) == ("documents", "何静"))
    assert group.count == 2
    assert [row.at for row in group.rows] == ["2026-11-20T17:20"] * 2
    assert "年度考核材料" in group.rows[0].heading and "何静" in group.rows[1].sentence
    assert {one.name: one.count for one in made.by_person}["何静"] == 2
    assert made.count == sum(one.count for one in made.by_register)


def test_what_was_taken_back_was_not_done(evening: Office, add: Add) -> None:
    before = review(evening).count
    add("documents", title="录错了")
    evening.undo()
    assert review(evening).count == before
    evening.redo()
    assert review(evening).count == before + 1


def test_the_ritual_itself_is_not_counted(evening: Office) -> None:
    before = review(evening).count
    review_signing.write_note(evening, DAY, "evening", "盯着水厂")
    made = sign(evening)
    assert made.note == "盯着水厂"
    # the duty seat that hands over was written in the same change, and is told
    assert made.count == before + 1
    assert all(group.register != "reviews" for group in made.done)


# What is asked


def test_only_what_is_due_overdue_or_tonight_is_asked(evening: Office, add: Add) -> None:
    add("documents", title="今天到期", due="2026-11-20T17:30", state="in_hand", owner="何静")
    add("documents", title="早就逾期", due="2026-11-02", state="in_hand", owner="何静")
    add("documents", title="下周到期", due="2026-11-27", state="in_hand", owner="何静")
    add("documents", title="没有期限", state="in_hand", owner="何静")
    add("duty_log", content="石桥村停水")
    add("duty", line="night", seat=2, person="谢宇")
    made = review(evening)
    assert asked(made) == [
        ("tonight", "Night 谢宇 not told"),
        ("due", "今天到期"),
        ("overdue", "早就逾期"),
        ("tonight", "刘主任 石桥村停水"),
    ]
    assert [one.title for one in made.listed] == ["下周到期", "没有期限"]


def test_a_promise_is_respected(evening: Office, add: Add) -> None:
    paper = add("documents", title="早就逾期", due="2026-11-02", state="in_hand", owner="何静")
    assert asked(review(evening)) == [("overdue", "早就逾期")]
    evening.do([paper], "urge", {"method": "phone", "promised": "2026-11-23"})
    assert asked(review(evening)) == []


def test_four_answers_as_the_register_allows_them(evening: Office, add: Add) -> None:
    late = add("followups", content="危房", due="2026-11-18", owner="何静", state="in_hand")
    soon = add("followups", content="水渠", due="2026-11-20T17:30", owner="何静", state="in_hand")
    seat_two = add("duty", line="night", seat=2, person="谢宇")

    def steps(record: Record) -> list[str]:
        found = review_asked.answers(evening, record, "evening")
        return [one.step if one is not None else "" for one in found]

    assert steps(soon) == ["report", "carry", "extend", "report"]
    assert steps(late) == ["report", "carry", "urge", "report"]  # never extended once overdue
    assert steps(seat_two) == ["confirm", "carry", "", "report"]


def test_to_the_night_and_to_the_leader_are_answers(evening: Office, add: Add) -> None:
    add("followups", content="危房", due="2026-11-18", owner="何静", state="in_hand")
    add("documents", title="年度考核", due="2026-11-20T17:30", state="in_hand", owner="何静")
    paper, house = review(evening).asked
    review_signing.carry(evening, DAY, "evening", paper, "等水厂回话")
    review_signing.report(evening, DAY, "evening", house, "王建国", "phone")
    made = review(evening)
    assert made.asked == ()
    assert [(one.title, one.how, one.reason, one.to) for one in made.carried] == [
        (paper.name, "night", "等水厂回话", ""),
        (house.name, "reported", "", "王建国"),
    ]
    told = evening.get(house.ref)
    assert told is not None and told.text("told_leader") == "王建国"  # in the same change
    evening.undo()
    assert [one.ref for one in review(evening).asked] == [house.ref]


# The checks


def test_the_checks_name_their_evidence(evening: Office, add: Add) -> None:
    made = review(evening)
    assert [(check.id, check.ok) for check in made.checks] == [
        ("stalled", True),
        ("piled", True),
        ("errors", True),
        ("visitors", True),
    ]
    late = add("documents", title="早就逾期", due="2026-11-02", state="in_hand", owner="何静")
    nobody = add("documents", title="没人管", recv_at="2026-11-17T09:00", state="registered")
    first = add("documents", title="同号", recv_no="901")
    add("documents", title="同号二", recv_no="901")
    waits = add("reception", name="张某", matter="宅基地", channel="visit", at="2026-11-20")
    checks = {check.id: check for check in review(evening).checks}
    assert not any(check.ok for check in checks.values())
    assert checks["stalled"].refs == (late.ref,) and "18" in checks["stalled"].evidence[0]
    assert nobody.ref in checks["piled"].refs
    assert first.ref in checks["errors"].refs
    assert checks["visitors"].refs == (waits.ref,) and "张某" in checks["visitors"].evidence[0]


def test_urged_lately_is_not_stalled(evening: Office, add: Add) -> None:
    late = add("documents", title="早就逾期", due="2026-11-02", state="in_hand", owner="何静")
    evening.do([late], "urge", {"method": "phone"})
    assert review(evening).checks[0].ok


# Tomorrow


def test_a_friday_looks_over_the_weekend(evening: Office, add: Add) -> None:
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        add("duty", date=day, line="day", person="谢宇")
    add("meetings", title="周例会", start="2026-11-23T08:30")
    add("documents", title="周一交", due="2026-11-23T10:00", state="in_hand", owner="何静")
    add("documents", title="周二交", due="2026-11-24T10:00", state="in_hand", owner="何静")
    plans = review(evening).tomorrow
    assert [plan.date for plan in plans] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert all(plan.duty[0].person == "谢宇" and plan.duty[0].mark for plan in plans)
    assert [one.title for one in plans[2].meetings] == ["周例会"]
    assert len(plans[2].deadlines) == 1 and "周一交" in plans[2].deadlines[0].title


# Signing


def test_signing_with_items_unanswered_asks_once_then_carries_them(
    evening: Office, add: Add
) -> None:
    for n in (1, 2):
        add("documents", title=f"材料{n}", due="2026-11-20T17:30", state="in_hand", owner="何静")
    with pytest.raises(Refused, match="2 matters have no answer") as refused:
        review_signing.sign(evening, DAY, "evening", {})
    assert refused.value.field == "carry"
    assert review(evening).signatures[1].state == ""
    done = review_signing.sign(evening, DAY, "evening", {"note": "盯着"}, carry=True)
    assert done.hints == ("2 matters carried to the night",)
    made = review(evening)
    assert [(one.how, one.title[-3:]) for one in made.carried] == [
        ("left", "材料1"),
        ("left", "材料2"),
    ]
    signature = made.signatures[1]
    assert (signature.state, signature.signed_by, signature.carried) == ("signed", "李梅", 2)
    assert seat(evening, "day").state == "handed_over"
    assert "材料1" in seat(evening, "day").text("handover")
    assert "盯着" in seat(evening, "day").text("handover")


def test_accepting_takes_the_duty_over_in_the_same_change(evening: Office) -> None:
    sign(evening, accepted_by="罗丹", accepted_how="screen")
    day, night = seat(evening, "day"), seat(evening, "night")
    assert (day.state, day.text("taken_over_by"), day.text("accepted")) == (
        "taken_over",
        "罗丹",
        "screen",
    )
    assert night.state == "arrived"
    assert review(evening).signatures[1].state == "accepted"
    evening.undo()
    assert (seat(evening, "day").state, seat(evening, "night").state) == ("arrived", "confirmed")
    assert review(evening).signatures[1].state == ""


@pytest.mark.parametrize(("how", "noted"), [("screen", ""), ("phone", "李梅"), ("paper", "李梅")])
def test_the_receiver_accepts_here_by_phone_or_on_paper(
    evening: Office, clock: FixedClock, how: str, noted: str
) -> None:
    sign(evening)
    clock.move(minutes=15)
    inputs = {"accepted_by": "罗丹", "accepted_how": how}
    review_signing.accept(evening, DAY, "evening", inputs)
    signature = review(evening).signatures[1]
    assert (signature.state, signature.accepted_by, signature.noted_by) == (
        "accepted",
        "罗丹",
        noted,
    )
    assert (signature.signed_at[11:], signature.accepted_at[11:]) == ("17:20", "17:35")
    assert seat(evening, "day").text("accepted") == how


def test_what_cannot_be_signed_is_refused(evening: Office, clock: FixedClock) -> None:
    with pytest.raises(Refused, match="not signed yet"):
        review_signing.accept(evening, DAY, "evening", {"accepted_by": "罗丹"})
    with pytest.raises(Refused, match="cannot take over as well"):
        sign(evening, accepted_by="李梅")
    sign(evening)
    with pytest.raises(Refused, match="signed by 李梅 already"):
        sign(evening)
    clock.move(days=3)
    with pytest.raises(Refused, match="Only today and yesterday"):
        review_signing.sign(evening, date(2026, 11, 19), "evening", {}, carry=True)


def test_in_the_morning_the_night_hands_to_the_day(
    evening: Office, clock: FixedClock, add: Add
) -> None:
    add("duty", date="2026-11-21", line="day", person="谢宇", state="confirmed")
    add("documents", title="等回话", due="2026-11-20T17:30", state="in_hand", owner="何静")
    add("documents", title="已办", due="2026-11-20T17:30", state="in_hand", owner="何静")
    sign(evening, accepted_by="罗丹")
    paper = next(r for r in evening.records("documents") if r.text("title") == "已办")
    evening.do([paper], "close", {"result": "夜里办了"})
    evening.user = "罗丹"
    clock.move(hours=14, minutes=30)  # 07:50
    assert review_signing.present(evening) == (DAY + timedelta(days=1), "morning")
    made = review(evening)
    assert [(one.kind, one.title) for one in made.asked] == [("carried", "等回话")]
    inputs = {"accepted_by": "谢宇", "accepted_how": "screen"}
    done = review_signing.sign(evening, evening.today, "morning", inputs, carry=True)
    assert done.hints == ("1 matter carried to the day",)
    night = seat(evening, "night")
    assert (night.state, night.text("taken_over_by")) == ("taken_over", "谢宇")
    assert [one.label for one in review(evening).signatures] == [
        "morning, night to day",
        "evening, day to night",
    ]


def test_who_took_the_shift_over_already_has_accepted(evening: Office) -> None:
    evening.do([seat(evening, "day")], "hand_over", {"handover": "水厂"})
    evening.do([seat(evening, "day")], "take_over", {"taken_over_by": "罗丹", "accepted": "phone"})
    sign(evening)
    signature = review(evening).signatures[1]
    assert (signature.state, signature.accepted_by) == ("accepted", "罗丹")


def test_the_night_sees_what_was_carried(evening: Office, add: Add, clock: FixedClock) -> None:
    paper = add("documents", title="等回话", due="2026-11-20T17:30", state="in_hand", owner="何静")
    sign(evening, accepted_by="罗丹")
    clock.move(hours=3)

    def note() -> str:
        return next(s.note for s in evening.board().seats if s.person == "罗丹")

    assert "等回话" in note()
    clock.move(hours=12)  # 08:20: triage shows it with the handover
    with evening.lock:
        seeds = cards.deck(evening)
        seed = next(one for one in seeds if one.kind == "handover")
        shown = cards.card(evening, seed)
    assert shown is not None and any("等回话" in line for line in shown.lines)
    evening.do([paper], "close", {"result": "好了"})
    assert "等回话" not in note()


# What changed since


def test_a_signed_day_shows_what_changed_since(
    evening: Office, clock: FixedClock, add: Add
) -> None:
    log = add("duty_log", content="石桥村停水", state="closed")
    made = sign(evening, accepted_by="罗丹")
    assert made.changed_since == ()
    clock.move(hours=2)
    late = add("duty_log", content="晚上又来电", at="2026-11-20T19:20")
    clock.move(days=5)
    evening.set(log, {"handling": "补记"})
    night = evening.get(f"reviews/review:{DAY}:evening")
    assert night is not None
    evening.set(night, {"note": "后来改的"})
    since = review(evening, DAY).changed_since
    assert [(one.kind, one.ref) for one in since] == [
        ("after", late.ref),
        ("edited", log.ref),
        ("edited", night.ref),
    ]
    assert "补记" in since[1].sentence and since[1].at.startswith("2026-11-25")
    assert review(evening).changed_since == ()  # another day


def test_a_carried_matter_tells_what_became_of_it(
    evening: Office, clock: FixedClock, add: Add
) -> None:
    paper = add("documents", title="等回话", due="2026-11-20T17:30", state="in_hand", owner="何静")
    sign(evening)
    clock.move(days=1)
    evening.do([paper], "close", {"result": "办好了"})
    made = review(evening, DAY)
    assert [one.kind for one in made.changed_since] == ["matter"]
    assert not made.carried[0].open


def test_a_change_of_a_device_that_was_away_is_told_although_it_is_older(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "shared"
    one, two = Desk(tmp_path / "one", folder, "李梅"), Desk(tmp_path / "two", folder, "何静")
    exchange(one, two)
    for each in (one, two):
        each.clock.move(hours=9)
    two.record("离线时登记的")  # at 16:58, and not yet synced
    one.clock.move(minutes=30)
    review_signing.sign(one.office, DAY, "evening", {}, carry=True)
    assert review(one.office).changed_since == ()
    two.round()
    one.round()
    (since,) = review(one.office).changed_since
    assert (since.kind, since.user) == ("late", "何静")
    assert "离线时登记的" in since.heading
    exchange(one, two)
    assert [s.kind for s in review(two.office, DAY).changed_since] == ["late"]


def test_two_devices_that_sign_one_half_are_a_conflict(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    one, two = Desk(tmp_path / "one", folder, "李梅"), Desk(tmp_path / "two", folder, "何静")
    exchange(one, two)
    for each in (one, two):
        each.clock.move(hours=10)
        review_signing.sign(each.office, DAY, "evening", {}, carry=True)
    exchange(one, two)
    for each in (one, two):
        signature = review(each.office).signatures[1]
        assert signature.two_values
        assert not review(each.office).checks[2].ok
    signed = one.office.get(f"reviews/review:{DAY}:evening")
    assert signed is not None
    one.office.set(signed, {"signed_by": "李梅"})
    exchange(one, two)
    for each in (one, two):
        signature = review(each.office).signatures[1]
        assert (signature.two_values, signature.signed_by) == (False, "李梅")


# Days that are over


def test_a_past_day_shows_what_was_signed(evening: Office, clock: FixedClock, add: Add) -> None:
    paper = add("documents", title="等回话", due="2026-11-20T17:30", state="in_hand", owner="何静")
    add("documents", title="不急", due="2026-12-20", state="in_hand", owner="何静")
    before = review(evening)
    sign(evening)
    clock.move(days=400)
    evening.do([paper], "close", {"result": "办好了"})
    evening.flush()
    made = review(evening, DAY)
    assert made.past
    assert (made.asked, made.listed, made.tomorrow) == (
        before.asked,
        before.listed,
        before.tomorrow,
    )
    assert made.done[0].rows[0].at.startswith("2026-11-20")
    assert msgspec.json.decode(msgspec.json.encode(made), type=DayReview) == made


def test_days_the_office_does_not_know_say_so(evening: Office) -> None:
    early = review(evening, date(2020, 1, 1))
    assert early.said and "2026-11-" in early.said and early.done == ()
    assert "not come yet" in review(evening, date(2030, 1, 1)).said


def test_a_year_without_a_calendar_still_has_a_tomorrow(
    office: Office, clock: FixedClock, add: Add
) -> None:
    clock.move(days=600)
    plans = review(office).tomorrow
    assert plans and plans[0].day_type == "calendar not known"


def test_after_midnight_the_evening_can_still_be_closed(
    evening: Office, clock: FixedClock, add: Add
) -> None:
    add("documents", title="等回话", due="2026-11-20T17:30", state="in_hand", owner="何静")
    add("documents", title="明天的", due="2026-11-21T09:00", state="in_hand", owner="何静")
    review_signing.write_note(evening, DAY, "evening", "还没签")
    clock.move(hours=7)  # 00:20
    assert review_signing.present(evening) == (DAY, "evening")
    made = review(evening, DAY, "evening")
    assert [one.title for one in made.asked] == ["等回话"] and not made.past
    done = review_signing.sign(evening, DAY, "evening", {}, carry=True)
    assert done.hints == ("1 matter carried to the night",)
    assert review(evening, DAY, "evening").past


def test_the_morning_signature_is_about_the_night_alone(
    office: Office, clock: FixedClock, add: Add
) -> None:
    clock.move(minutes=10)  # 08:08
    review_signing.sign(office, DAY, "morning", {}, carry=True)
    clock.move(hours=3)
    add("duty_log", content="上午来电", at="2026-11-20T11:00")
    assert review(office).changed_since == ()
    signed = office.get(f"reviews/review:{DAY}:morning")
    assert signed is not None
    office.set(signed, {"note": "补一句"})
    assert [one.kind for one in review(office).changed_since] == ["edited"]


def test_what_the_morning_carried_is_asked_in_the_evening(
    office: Office, clock: FixedClock, add: Add
) -> None:
    paper = add("documents", title="交给白班", state="in_hand", owner="何静")
    review_signing.carry(office, DAY, "morning", review_asked.about(office, paper))
    clock.move(hours=9)
    assert asked(review(office)) == [("carried", "交给白班")]


def test_an_emergency_goes_on_through_the_night(evening: Office, add: Add) -> None:
    add("incidents", at="2026-11-19T22:00", place="石桥村", content="山体滑坡", state="reported")
    assert [one.register for one in review(evening).asked] == ["incidents"]


@pytest.mark.parametrize(
    "cells",
    [
        {"state": "signed", "seen": "x", "signed": [1]},
        {"state": "signed", "seen": {"w": {"n": "?"}}, "signed": {"asked": [{"ref": 1}]}},
        {"state": "of a newer version", "signed_at": "gestern", "accepted_how": "fax"},
        {"state": "accepted", "accepted_at": "2026-11-20T09:00:00Z", "note": "\x1b[31m[b]"},
    ],
)
def test_what_another_version_kept_does_no_harm(
    evening: Office, add: Add, cells: dict[str, object]
) -> None:
    children = [("carried", {"matter": matter, "how": "left"}) for matter in ("", "x/y", "duty/-")]
    children = [(name, row) for name, row in children if row["matter"]]
    add("reviews", children=children, **cells)
    for half in ("evening", "morning"):
        made = review(evening, DAY, half)
        assert made.count and msgspec.json.encode(made)
        assert "\x1b" not in review_text(made, 80)
