"""Reading the journals by time: right for any clock, quick for any number of years."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from officetui.ledger.change import encoded
from officetui.ledger.cursor import Cursor
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Change, Entry, Header, Line, encode_header, encode_line
from officetui.ledger.segments import segment_path
from officetui.ledger.spans import NAME, Spans
from officetui.ledger.stamp import make

WRITERS = ("k7q2m9xa", "zzzzzzzz")
YEAR = 365 * 86_400_000
BEGIN = 1_163_600_000_000  # November 2006

# A clock that goes forward mostly, back sometimes, and now and then is years wrong.
steps = st.one_of(
    st.integers(0, 90_000), st.integers(-7_200_000, 0), st.integers(-30 * YEAR, 30 * YEAR)
)
journals = st.lists(st.tuples(steps, st.integers(1, 3), st.booleans()), max_size=14)


def write(home: Path, writer: str, plan: list[tuple[int, int, bool]], per_segment: int) -> None:
    """A journal: for each (how far the clock goes, lines of its group, whether the last of them is
    missing) a change."""
    raws: list[bytes] = []
    n, prev, ms = 0, "", BEGIN
    for by, of, torn in plan:
        ms = max(0, ms + by)
        change = Change("李梅", "documents.set", [Entry("documents", f"r{n}", {"t": "x"}, {})])
        if of == 1:
            lines, _ = encoded(change, ms, n, prev, writer)
        else:
            first = make(ms, n + 1, writer)
            lines = [
                encode_line(
                    n + i, make(ms, n + i, writer), change, change.entries, "", (first, i, of)
                )
                for i in range(1, of + 1)
            ]
            lines = lines[:-1] if torn else lines
        n += len(lines)
        prev = sha256(lines[-1]).hexdigest()
        raws += lines
    directory = home / "journals" / writer
    directory.mkdir(parents=True, exist_ok=True)
    for number, at in enumerate(range(0, len(raws), per_segment), start=1):
        head = encode_header(Header(1, "office-1", writer, number, at, ""))
        data = b"\n".join([head, *raws[at : at + per_segment]]) + b"\n"
        segment_path(directory, number).write_bytes(data)


def everything(home: Path) -> list[Line]:
    ledger = Ledger(home)
    lines = [line for line in ledger.read_since(Cursor()) if ledger.is_whole(line)]
    return sorted(lines, key=lambda line: line.t)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(journals, min_size=1, max_size=2),
    st.integers(1, 5),
    st.lists(st.tuples(steps, st.integers(0, 2 * YEAR)), min_size=1, max_size=5),
    st.booleans(),
)
def test_a_span_is_all_lines_filtered_by_time(
    tmp_path_factory: object, plans: list, per_segment: int, asked: list, anew: bool
) -> None:
    home = tmp_path_factory.mktemp("spans")  # type: ignore[attr-defined]
    for writer, plan in zip(WRITERS, plans, strict=False):
        write(home, writer, plan, per_segment)
    (home / "journals").mkdir(exist_ok=True)
    lines = everything(home)
    spans = Spans(home)
    for by, length in asked:
        since = max(0, BEGIN + by)
        wanted = [line.t for line in lines if since <= int(line.t[:12], 16) < since + length]
        if anew:  # as the next process reads it
            spans = Spans(home)
        assert [line.t for line in spans.lines(since, since + length)] == wanted
    assert [line.raw for line in spans.lines(0, 1 << 60)] == [line.raw for line in lines]
    times = [int(line.t[:12], 16) for line in lines]
    first = spans.first()
    assert (first is None or first <= min(times)) if times else True


def test_what_is_known_is_kept_and_may_be_deleted(tmp_path: Path) -> None:
    write(tmp_path, WRITERS[0], [(1000, 1, False)] * 9, 3)
    before = [line.t for line in Spans(tmp_path).lines(0, 1 << 50)]
    assert len(before) == 9 and (tmp_path / NAME).exists()
    looked: list[int] = []
    spans = Spans(tmp_path)
    spans.lines(0, BEGIN - YEAR, lambda n, of: looked.append(n))
    assert len(looked) <= 1  # the last segment alone is not remembered
    (tmp_path / NAME).unlink()
    assert [line.t for line in Spans(tmp_path).lines(0, 1 << 50)] == before
    (tmp_path / NAME).write_bytes(b'{"version": 1, "segments": {"x": "\xff')
    assert [line.t for line in Spans(tmp_path).lines(0, 1 << 50)] == before


def test_a_segment_that_was_healed_is_gone_through_again(tmp_path: Path) -> None:
    write(tmp_path, WRITERS[0], [(1000, 1, False)] * 9, 3)
    spans = Spans(tmp_path)
    spans.lines(0, 1)
    path = segment_path(tmp_path / "journals" / WRITERS[0], 1)
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    os.replace(_beside(path, b"".join(lines[:2])), path)  # what a torn mirror looks like
    assert len(spans.lines(0, 1 << 50)) == 7
    os.replace(_beside(path, whole), path)
    assert len(spans.lines(0, 1 << 50)) == 9
    assert len(Spans(tmp_path).lines(0, 1 << 50)) == 9


def test_a_damaged_line_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, WRITERS[0], [(1000, 1, False)] * 6, 3)
    path = segment_path(tmp_path / "journals" / WRITERS[0], 1)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = b"00000000 " + lines[2][9:]
    path.write_bytes(b"".join(lines))
    assert [line.n for line in Spans(tmp_path).lines(0, 1 << 50)] == [1, 3, 4, 5, 6]


def test_looking_can_be_cancelled_and_goes_on(tmp_path: Path) -> None:
    write(tmp_path, WRITERS[0], [(1000, 1, False)] * 9, 1)

    class Enough(Exception):
        pass

    def stop(n: int, of: int) -> None:
        if n == 4:
            raise Enough

    spans = Spans(tmp_path)
    try:
        spans.lines(0, 1 << 50, stop)
    except Enough:
        pass
    looked: list[int] = []
    assert len(Spans(tmp_path).lines(0, 1 << 50, lambda n, of: looked.append(n))) == 9
    assert looked[0] >= 4


def _beside(path: Path, data: bytes) -> Path:
    temp = path.with_suffix(".new")
    temp.write_bytes(data)
    return temp
