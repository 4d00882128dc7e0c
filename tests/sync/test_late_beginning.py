"""Situations 7 and 8 where the damage is at the beginning: header and first lines come last."""

from __future__ import annotations

from pathlib import Path

import pytest

from officetui.ledger import journal as journals
from officetui.ledger.folder import relay_name
from officetui.ledger.line import decode_header
from officetui.ledger.waiting import PATIENCE
from tests.sync.devices import Device, World

TITLES = ["t0", "t1", "t2", "t3"]


def blanked(data: bytes, lines: int) -> bytes:
    """A file whose first lines are zeros yet."""
    raws = data.split(b"\n")
    return b"\n".join([*(b"\0" * len(raw) for raw in raws[:lines]), *raws[lines:]])


def begins_after(path: Path) -> int:
    """What the header of a segment says: the last number before it."""
    return decode_header(path.read_bytes().partition(b"\n")[0]).n


@pytest.fixture
def behind(world: World) -> tuple[Device, Device, bytes]:
    """A colleague who has gone on reading behind a first page of zeros, and what belongs there."""
    a, b = world.pair()
    for title in TITLES:
        a.add(title=title)
    a.sync(2)
    whole = a.published().read_bytes()
    a.published().write_bytes(blanked(whole, 3))
    b.sync(PATIENCE + 3)
    assert b.titles() == TITLES[2:]
    return a, b, whole


def test_a_first_page_of_zeros_that_comes_late(
    world: World, behind: tuple[Device, Device, bytes]
) -> None:
    a, b, whole = behind
    a.published().write_bytes(whole)
    b.sync(3)
    assert b.titles() == TITLES and b.holes() == []
    assert b.local(writer=a.writer).read_bytes() == whole
    b.restart()
    b.store.rebuild("2025-11-20")
    assert b.titles() == TITLES


def test_first_lines_that_come_late_without_their_header(
    world: World, behind: tuple[Device, Device, bytes]
) -> None:
    """The owner is gone; what somebody handed on has the lines, under a header of its own making
    that begins too late. Nobody believes that header more than the lines."""
    a, b, whole = behind
    raws = whole.split(b"\n")
    made_up = b.local(writer=a.writer).read_bytes().partition(b"\n")[0]
    assert decode_header(made_up).n == 2
    relay = a.published().with_name(relay_name(1, "someones"))
    relay.write_bytes(b"\n".join([made_up, *raws[1:]]))
    newcomer = world.device()
    for reader in (b, newcomer):
        reader.sync(PATIENCE + 3)
        assert reader.titles() == TITLES and reader.holes() == []
        assert begins_after(reader.local(writer=a.writer)) == 0
    world.wait(1)
    assert newcomer.flushed() == b.flushed()


def test_whole_segments_come_late_from_the_last_to_the_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "SEGMENT_LIMIT", 900)
    a, b = world.pair()
    titles = [f"t{number:02d}" for number in range(12)]
    for title in titles:
        a.add(title=title)
    a.sync(2)
    paths = sorted(a.published().parent.iterdir())
    whole = [path.read_bytes() for path in paths]
    assert len(whole) >= 4
    for path in paths[:-1]:
        path.unlink()
    paths[-1].write_bytes(blanked(whole[-1], 2))
    b.sync(PATIENCE + 3)
    for path, data in zip(reversed(paths), reversed(whole), strict=True):
        path.write_bytes(blanked(data, 2))
        b.sync(PATIENCE + 3)
        path.write_bytes(data)
        b.sync(PATIENCE + 3)
    assert b.titles() == titles and b.holes() == []
    b.restart()
    b.store.rebuild("2025-11-20")
    assert b.titles() == titles
