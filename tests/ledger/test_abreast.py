"""Journals read abreast: each line once, each journal in its order, by time over all of them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from officetui.ledger.abreast import BLOCK, Part, by_time
from officetui.ledger.line import Change, Entry, encode_line
from officetui.ledger.stamp import make

WRITERS = ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"]
DAMAGE = [
    b"",
    b"\0" * 60,
    b"zz",
    b'00000000 {"sig":"x"}',
    b'00000000 {"t":"fffffffffffffffffffff"}',
]


def raw(writer: str, n: int, ms: int) -> bytes:
    change = Change("limei", "test", [Entry("documents", "x", {"note": "x"}, {})])
    return encode_line(n, make(ms, n, writer), change, change.entries, "")


def journal(writer: str, times: list[int], first: int = 1) -> list[bytes]:
    return [raw(writer, first + at, ms) for at, ms in enumerate(times)]


def parts(writer: str, raws: list[bytes], size: int) -> Iterator[Part]:
    for at in range(0, len(raws), size):
        yield Part(writer, raws[at : at + size], None)
        yield Part(writer, [], None)


def read(journals: dict[str, list[bytes]], size: int = 1000) -> list[tuple[str, bytes]]:
    found = by_time(parts(writer, raws, size) for writer, raws in journals.items())
    return [(part.writer, each) for stretch in found for _, each, part in stretch]


@st.composite
def journals(draw: st.DrawFn) -> dict[str, list[bytes]]:
    """Journals of any length whose clocks step forwards, mostly, with damaged lines in them."""
    made = {}
    for writer in WRITERS[: draw(st.integers(0, len(WRITERS)))]:
        steps = draw(st.lists(st.integers(-20, 30), max_size=12))
        repeated = draw(st.sampled_from([1, 3, BLOCK // 3, BLOCK]))
        now, times = 1_000, []
        for step in steps * repeated:
            now = max(now + step, 0)
            times.append(now)
        # from here on numbers get longer, and the time stands further right
        raws = journal(writer, times, draw(st.sampled_from([1, 9, 95, 990])))
        for damage in draw(st.lists(st.sampled_from(DAMAGE), max_size=3)):
            raws.insert(draw(st.integers(0, len(raws))), damage)
        made[writer] = raws
    return made


@given(journals=journals(), size=st.sampled_from([1, 5, BLOCK, 1000]))
def test_nothing_is_lost_or_repeated_and_each_journal_keeps_its_order(
    journals: dict[str, list[bytes]], size: int
) -> None:
    found = read(journals, size)
    for writer, raws in journals.items():
        assert [each for whose, each in found if whose == writer] == raws
    assert len(found) == sum(map(len, journals.values()))


@given(
    times=st.lists(st.lists(st.integers(0, 5_000), max_size=300).map(sorted), max_size=4),
    first=st.sampled_from([1, 9, 95, 990]),
    size=st.sampled_from([5, BLOCK, 1000]),
)
def test_clocks_that_never_went_back_give_one_order_by_time(
    times: list[list[int]], first: int, size: int
) -> None:
    found = read(
        {
            writer: journal(writer, each, first)
            for writer, each in zip(WRITERS, times, strict=False)
        },
        size,
    )
    whens = [each.partition(b'"t":"')[2][:12] for _, each in found]
    assert whens == sorted(whens)


def test_a_busy_journal_is_read_on_before_a_quiet_one_goes_further() -> None:
    """What is known of the quiet one reaches far beyond what is known of the busy one."""
    times = {
        "aaaaaaaa": list(range(5 * BLOCK)),
        "bbbbbbbb": list(range(0, 100 * BLOCK, 30)),
        "cccccccc": list(range(3 * BLOCK, 4 * BLOCK)),
    }
    found = read({writer: journal(writer, each) for writer, each in times.items()})
    whens = [int(each.partition(b'"t":"')[2][:12], 16) for _, each in found]
    assert whens == sorted(when for each in times.values() for when in each)


def test_a_clock_that_went_back_keeps_only_its_own_journal_waiting() -> None:
    found = read({"aaaaaaaa": journal("aaaaaaaa", [1, 50, 2, 3, 60]),
                  "bbbbbbbb": journal("bbbbbbbb", [10, 49, 51, 70])})  # fmt: skip
    assert [(whose[0], int(each.partition(b'"t":"')[2][:12], 16)) for whose, each in found] == [
        ("a", 1), ("b", 10), ("b", 49), ("a", 50), ("a", 2), ("a", 3), ("b", 51), ("a", 60),
        ("b", 70),
    ]  # fmt: skip


def test_a_damaged_line_is_no_reason_to_put_the_rest_elsewhere() -> None:
    whole = journal("aaaaaaaa", [10, 20, 30, 40])
    for damage in DAMAGE[:4]:
        for at in range(5):
            own = [*whole[:at], damage, *whole[at:]]
            found = read({"aaaaaaaa": own, "bbbbbbbb": journal("bbbbbbbb", [15, 25, 35])})
            sound = [each for _, each in found if each != damage]
            whens = [each.partition(b'"t":"')[2][:12] for each in sound]
            assert whens == sorted(whens) and len(sound) == 7


def test_no_more_is_read_ahead_than_is_needed() -> None:
    """The lines of a journal are asked for when those before have been handed out, nearly."""
    asked: list[int] = []

    def slowly(writer: str, start: int) -> Iterator[Part]:
        for k in range(10):
            asked.append(k)
            times = list(range(start + k * BLOCK, start + (k + 1) * BLOCK))
            yield Part(writer, journal(writer, times), None)

    found = by_time([slowly("aaaaaaaa", 0), slowly("bbbbbbbb", 5)])
    next(found)
    assert max(asked) == 0
    assert sum(len(stretch) for stretch in found) >= 18 * BLOCK and max(asked) == 9
