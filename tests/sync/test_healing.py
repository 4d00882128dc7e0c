"""Damage in the own journal is healed from the folder, also where the folder holds several lines
of one number: a machine was cloned, and somebody handed on the lines of both."""

from __future__ import annotations

import pytest

from officetui.ledger import journal as journals
from officetui.ledger import publish
from tests.sync.devices import World


def damaged(whole: bytes, line: int, how: str) -> bytes:
    """`whole` with damage to the line with this place in the file."""
    lines = whole.split(b"\n")
    if how == "bit":
        at = lines[line].index(b'"title"')
        raw = lines[line]
        lines[line] = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
    elif how == "zeros":
        lines[line] = b"\0" * len(lines[line])
    elif how == "glued":  # its LF was changed, so two lines are one
        lines[line : line + 2] = [lines[line] + b"\x0b" + lines[line + 1]]
    elif how == "cut":  # one of its bytes became LF
        lines[line : line + 1] = [lines[line][:30], lines[line][31:]]
    return b"\n".join(lines)


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("how", ["bit", "zeros", "glued", "cut"])
def test_of_two_lines_of_one_number_the_chain_names_ours(
    world: World, how: str, own_first: bool, published: bool
) -> None:
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.set(record, title="by us")
    clone.set(record, title="by it")
    for number in range(3):
        a.add(title=f"t{number}")
    a.sync(2)
    whole, writer = a.local().read_bytes(), a.writer
    head, first, own, *later = whole.split(b"\n")
    theirs = clone.local().read_bytes().split(b"\n")[2]
    both = [own, theirs] if own_first else [theirs, own]
    relay = a.published().with_name("000001.relay-k7q2m9xa.jsonl")
    relay.write_bytes(b"\n".join([head, first, *both, *later]))
    if not published:
        a.published().unlink()
    a.local().write_bytes(damaged(whole, 2, how))
    a.restart()
    world.sync(a, b)
    assert a.writer == writer, "damage is no reason for a new writer"
    assert a.local().read_bytes() == a.published().read_bytes() == whole
    assert a.ledger.verify() == []
    assert a.doc(record)["title"] in ("by us", "by it")
    assert sorted(a.conflicts(record)["title"]) == ["by it", "by us"]
    assert a.flushed() == b.flushed()


@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("how", ["bit", "zeros", "glued", "cut"])
def test_of_the_last_line_that_which_is_most_like_it(
    world: World, how: str, published: bool, own_first: bool
) -> None:
    """Nothing comes after it that would name it: what we published counts first, then the bytes."""
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.set(record, title="written by us")
    clone.set(record, title="by the clone")
    a.add(title="last")
    a.sync(2)
    whole, writer = a.local().read_bytes(), a.writer
    head, first, own, last, _ = whole.split(b"\n")
    theirs = clone.local().read_bytes().split(b"\n")[2]
    both = [own, theirs] if own_first else [theirs, own]
    relay = a.published().with_name("000001.relay-k7q2m9xa.jsonl")
    if how == "glued":
        relay.write_bytes(b"\n".join([head, first, *both, last, b""]))
    else:  # the last of all is that of which there are two
        whole = b"\n".join([head, first, own, b""])
        relay.write_bytes(b"\n".join([head, first, *both, b""]))
        a.published().write_bytes(whole)
    if not published:
        a.published().unlink()
    a.local().write_bytes(damaged(whole, 2, how))
    a.restart()
    a.sync(3)
    assert a.writer == writer
    assert a.local().read_bytes() == a.published().read_bytes() == whole
    world.sync(a, b)
    assert a.flushed() == b.flushed()


def test_the_first_line_of_a_segment_is_healed_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "SEGMENT_LIMIT", 1_500)
    monkeypatch.setattr(publish, "SCRUB", 2)  # a closed segment is looked at now and then
    a = world.device()
    for number in range(12):
        a.add(title=f"t{number}")
    a.sync(2)
    assert a.local(3).exists()
    writer = a.writer
    for segment in (1, 2):
        whole = a.local(segment).read_bytes()
        a.local(segment).write_bytes(damaged(whole, 1, "bit"))
        a.restart()
        a.sync(20)
        assert a.local(segment).read_bytes() == whole
    # the last of one segment and the first of the next, at once
    wholes = [a.local(segment).read_bytes() for segment in (1, 2)]
    a.local(1).write_bytes(damaged(wholes[0], wholes[0].count(b"\n") - 1, "zeros"))
    a.local(2).write_bytes(damaged(wholes[1], 1, "bit"))
    a.restart()
    a.sync(20)
    assert [a.local(segment).read_bytes() for segment in (1, 2)] == wholes
    assert a.writer == writer and a.ledger.verify() == []


@pytest.mark.parametrize("own_first", [True, False])
def test_a_segment_with_two_lines_of_one_number_loses_neither(
    world: World, own_first: bool
) -> None:
    """The mirror of a journal that two machines wrote, when a missing line is put into it."""
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.set(record, title="by us")
    clone.set(record, title="by it")
    a.add(title="missing")
    a.add(title="last")
    a.sync(2)
    head, first, own, missing, last, _ = a.local().read_bytes().split(b"\n")
    theirs = clone.local().read_bytes().split(b"\n")[2]
    both = [own, theirs] if own_first else [theirs, own]
    b.local(writer=a.writer).write_bytes(b"\n".join([head, first, *both, last, b""]))
    b.restart()
    world.sync(b)
    kept = b"".join(path.read_bytes() for path in b.local(writer=a.writer).parent.glob("*.jsonl"))
    assert all(line in kept for line in (first, own, theirs, missing, last))
    assert sorted(b.conflicts(record)["title"]) == ["by it", "by us"]
