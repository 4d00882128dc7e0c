"""A shift changes hands: what it leaves open is shown before, and kept, with both times and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.office.cards import card, deck
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.duty import DUTY
from officetui.registers.record import Record

Add = Callable[..., Record]


def again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def shown(office: Office, seat: Record) -> str:
    step = DUTY.step("take_over")
    assert step is not None and step.shows is not None
    return "\n".join(step.shows(again(office, seat), office))


@pytest.fixture
def night(office: Office, add: Add) -> Record:
    """The night of the 19th, which ends at 8:00 today."""
    return add("duty", date="2026-11-19", person="罗丹", state="arrived")


@pytest.fixture
def water(add: Add) -> Record:
    return add("duty_log", at="2026-11-19T23:10", content="石桥村停水", follow_up="等水厂回话")


def test_the_open_items_are_shown_before_and_kept(
    office: Office, add: Add, night: Record, water: Record, clock: FixedClock
) -> None:
    add("duty_log", at="2026-11-20T02:00", content="已办的事", state="closed")
    add("duty_log", at="2026-11-10T02:00", content="上周的旧事")
    due = add("duty_log", at="2026-11-18T10:00", content="报雪情", due="2026-11-20T10:00")
    fire = add("incidents", at="2026-11-20T03:00", place="石桥村", matter="山火")
    words = shown(office, night)
    for text in ("石桥村停水", "等水厂回话", "报雪情", "山火", "3 matters"):
        assert text in words
    assert "已办的事" not in words and "上周的旧事" not in words
    office.do([night], "hand_over", {"handover": "钥匙在门卫"})
    handed = again(office, night)
    assert set(handed.words("left")) == {water.ref, due.ref, fire.ref}
    assert handed.text("handed_over_at") == "2026-11-19T23:58:00Z"
    assert "钥匙在门卫" in shown(office, night) and "11-20 07:58" in shown(office, night)
    clock.move(minutes=8)
    done = office.do([handed], "take_over", {"taken_over_by": "李梅", "accepted": "screen"})
    taken = again(office, night)
    assert (taken.text("handed_over_at"), taken.text("taken_over_at")) == (
        "2026-11-19T23:58:00Z",
        "2026-11-20T00:06:00Z",
    )
    assert taken.text("taken_over_by") == "李梅" and taken.get("accepted_noted_by") is None
    assert any("石桥村停水" in hint for hint in done.hints)
    # read from the other side as well
    assert night.ref in [one.ref for one in office.linked(again(office, water))]


@pytest.mark.parametrize("how", ["phone", "paper"])
def test_accepted_by_phone_or_on_paper_says_who_noted_it(
    office: Office, night: Record, how: str
) -> None:
    given = {"taken_over_by": "何静", "accepted": how, "taken_over_at": "2026-11-19T23:50:00Z"}
    office.do([night], "take_over", given)
    taken = again(office, night)
    assert taken.text("accepted") == how
    assert taken.text("accepted_noted_by") == "李梅"
    # handed over and taken at one time, which is not the time at which it was noted
    assert taken.text("handed_over_at") == taken.text("taken_over_at") == "2026-11-19T23:50:00Z"


def test_what_the_review_carries_is_among_it(office: Office, add: Add, night: Record) -> None:
    paper = add("documents", title="低温雨雪防范通知")
    cells = {"date": "2026-11-20", "half": "morning"}
    carried = {"matter": paper.ref, "title": "低温雨雪防范通知", "how": "night"}
    office.create("reviews", cells, [("carried", carried)])
    assert "carried over 低温雨雪防范通知" in shown(office, night)
    office.do([night], "take_over", {"taken_over_by": "何静", "accepted": "phone"})
    assert again(office, night).words("left") == (paper.ref,)


def test_a_quiet_shift_says_so(office: Office, night: Record) -> None:
    assert "Nothing is left open" in shown(office, night)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"taken_over_by": "罗丹"}, "taken_over_by"),
        ({"taken_over_by": "何静", "taken_over_at": "2026-11-19T23:00:00Z"}, "taken_over_at"),
        ({"taken_over_by": "何静", "taken_over_at": "2026-11-20T23:00:00Z"}, "taken_over_at"),
    ],
)
def test_refused_at_the_field(
    office: Office, night: Record, given: dict[str, Any], field: str
) -> None:
    office.do([night], "hand_over")
    with pytest.raises(Refused) as caught:
        office.do([again(office, night)], "take_over", {"accepted": "paper", **given})
    assert caught.value.field == field
    assert again(office, night).state == "handed_over"


def test_the_card_of_the_morning_names_what_is_open(
    office: Office, night: Record, water: Record, clock: FixedClock
) -> None:
    clock.move(minutes=12)
    seed = deck(office)[0]
    assert seed.kind == "handover"
    made = card(office, seed)
    assert made is not None and any("石桥村停水" in line for line in made.lines)
    by_phone = next(answer for answer in made.answers if answer.inputs.get("accepted") == "phone")
    assert by_phone.step == "take_over"
