"""Stamps sort as text the way they count."""

import random

import pytest

from officetui.ledger.stamp import is_writer, make, new_writer, origin, parts


def test_a_stamp_has_its_parts() -> None:
    t = make(0x019A9E0F2C3D, 812, "k7q2m9xa")
    assert t == "019a9e0f2c3d.0000032c.k7q2m9xa"
    assert parts(t) == (0x019A9E0F2C3D, 812, "k7q2m9xa")


def test_stamps_sort_by_time_then_number_then_writer() -> None:
    ordered = [
        make(5, 900, "zzzzzzzz"),
        make(6, 1, "zzzzzzzz"),
        make(6, 2, "aaaaaaaa"),
        make(6, 2, "b0000000"),
        make(70_000_000_000, 1, "aaaaaaaa"),
    ]
    assert sorted(random.Random(1).sample(ordered, len(ordered))) == ordered


@pytest.mark.parametrize("ms", [-1, 1 << 60])
def test_a_mad_clock_still_makes_a_stamp(ms: int) -> None:
    assert len(make(ms, 1, "aaaaaaaa")) == 30


@pytest.mark.parametrize("bad", ["", "x", "019A9E0F2C3D.0000032c.k7q2m9xa", "0" * 30, "０" * 30])
def test_what_is_no_stamp_is_refused(bad: str) -> None:
    with pytest.raises(ValueError):
        parts(bad)


def test_writers_are_random_words_of_eight() -> None:
    rng = random.Random(7)
    made = {new_writer(rng) for _ in range(200)}
    assert len(made) == 200
    assert all(is_writer(writer) for writer in made)


def test_only_ids_made_from_a_stamp_tell_their_origin() -> None:
    t = make(1, 1, "aaaaaaaa")
    assert origin(f"{t}.12") == t
    assert origin("duty:2026-11-20:night:1") is None
    assert origin("2026-11-20.0123456789abcdef0123456789abcdef") is None
