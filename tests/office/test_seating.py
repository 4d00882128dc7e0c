"""Seating by precedence: left and right are those of the people seated; both views say whose."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.errors import Refused
from officetui.office.office import Office
from officetui.office.seating import seat, who_sits
from officetui.registers.record import Record
from officetui.registers.seating import in_row, seating
from officetui.report.seating import facing_words, plan_svg, plan_text, seated_words
from officetui.text.width import cell_width


@pytest.mark.parametrize(
    ("count", "even", "order"),
    [
        (1, "left", "1"),
        (2, "left", "21"),
        (2, "right", "12"),
        (3, "left", "213"),
        (5, "left", "42135"),
        (5, "right", "42135"),  # the hand is asked only for even numbers
        (6, "left", "642135"),
        (6, "right", "531246"),
        (7, "left", "6421357"),
    ],
)
def test_from_the_left_hand_to_the_right(count: int, even: str, order: str) -> None:
    assert "".join(str(n + 1) for n in in_row(count, even)) == order


@given(
    st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=40),
    st.sampled_from(["row", "u", "rostrum"]),
    st.integers(0, 6),
    st.sampled_from(["left", "right"]),
)
def test_everybody_sits_once_and_the_first_in_the_middle(
    names: list[str], shape: str, rows: int, even: str
) -> None:
    places = seating(names, shape, rows, even)
    assert [place.name for place in places] == names
    assert len({(place.across, place.depth) for place in places}) == len(names)
    assert abs(places[0].across) <= 1
    front = [place for place in places if place.depth == places[0].depth]
    assert min(abs(place.across) for place in front) == abs(places[0].across)
    by_row: dict[int, list[int]] = {}
    for place in places:
        by_row.setdefault(place.depth, []).append(place.across)
    for row in by_row.values():
        assert all(b - a >= 2 for a, b in pairwise(sorted(row)))
        if shape != "u":
            assert sum(row) == 0  # as many on either side


def test_a_u_goes_down_both_arms_from_the_left_hand_of_its_head() -> None:
    places = {place.number: place for place in seating([*"abcdefgh"], "u")}
    assert [places[n].across for n in (1, 2, 3)] == [0, 2, -2]
    assert {places[n].depth for n in (1, 2, 3)} == {3}
    assert [(places[n].across > 0, places[n].depth) for n in (4, 5, 6, 7, 8)] == [
        (True, 2), (False, 2), (True, 1), (False, 1), (True, 0),
    ]  # fmt: skip


def test_the_first_rows_of_a_rostrum_are_in_front() -> None:
    places = seating([str(n) for n in range(9)], "rostrum", 2)
    assert [place.depth for place in places] == [0] * 5 + [1] * 4


def test_two_views_of_names_of_any_width() -> None:
    names = ["王建国", "Ng", "欧阳晨", "é\u0301x", "李"]
    text = plan_text(seating(names), "党委会")
    facing, seated = text.split(seated_words())
    assert facing_words() in facing
    row, other = facing.splitlines()[4], seated.splitlines()[3]
    shown = list("53124")
    assert [word for word in row.split() if word.isdigit()] == shown
    assert [word for word in other.split() if word.isdigit()] == shown[::-1]
    # every seat begins the same number of cells after the one before it
    middles = []
    for name, number in zip(("李", "欧阳晨", "王建国", "Ng"), "53124", strict=False):
        label = f"{number} {name}"
        begin = cell_width(row[: row.index(label)])
        middles.append(begin + cell_width(label) / 2)
    assert all(abs((b - a) - (cell_width("1 王建国") + 3)) <= 1 for a, b in pairwise(middles))


def test_svg_is_xml_whatever_the_names_hold() -> None:
    names = ['<script>alert("x")</script>', "a&b", "]]>", "\x1b[31m\x00", "王'建\"国", "\ud800"]
    svg = plan_svg(seating(names, "u"), "<b>&</b>")
    tree = ElementTree.fromstring(svg)
    kinds = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert kinds == {"svg", "rect", "text"}
    words = [element.text for element in tree.iter() if element.text and element.text.strip()]
    assert sum(word == "a&b" for word in words) == 2  # once in each view
    assert facing_words() in words
    assert seated_words() in words


@pytest.fixture
def meeting(office: Office) -> Record:
    done = office.create(
        "meetings",
        {
            "title": "例会",
            "start": "2026-11-23T14:30",
            "host": "周海涛",
            "leaders": ["刘晓燕", "王建国"],
        },
        [
            ("attendees", {"person": "陈志远"}),
            ("attendees", {"person": "李梅"}),
            ("attendees", {"person": "何静", "reply": "请假"}),
            ("attendees", {"person": "罗丹", "reply": "替会", "substitute": "谢宇"}),
        ],
    )
    found = office.get(done.refs[0])
    assert found is not None
    return found


def test_who_sits_at_a_meeting(office: Office, meeting: Record) -> None:
    leaders = ["王建国", "陈志远", "刘晓燕", "周海涛"]
    assert who_sits(office, meeting) == [*leaders, "李梅", "谢宇"]
    assert who_sits(office, meeting, leaders=True) == leaders
    assert seat(office, meeting).unranked == ["李梅", "谢宇"]


def test_the_hand_of_the_second_is_a_setting(office: Office, meeting: Record) -> None:
    second = seat(office, meeting, leaders=True).places[1]
    assert second.across > 0
    office.set_setting("seat_even", "right")
    second = seat(office, meeting, leaders=True).places[1]
    assert second.across < 0
    office.set_setting("seat_even", "above")
    assert seat(office, meeting, leaders=True).places[1].across > 0


def test_refused(office: Office, meeting: Record) -> None:
    lonely: Any = office.get(
        office.create("meetings", {"title": "x", "start": "2026-11-24"}).refs[0]
    )
    for args, field in (
        ((office.records("people")[0],), "id"),
        ((meeting, "circle"), "shape"),
        ((meeting, "u", -1), "rows"),
        ((lonely,), "leaders"),
    ):
        with pytest.raises(Refused) as caught:
            seat(office, *args)
        assert caught.value.field == field
