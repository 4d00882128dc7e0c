"""Situations 17 and 18: restored and cloned devices."""

from __future__ import annotations

import shutil

import pytest

from officetui.ledger import retire
from officetui.ledger.cursor import Cursor
from officetui.ledger.folder import relay_name
from officetui.ledger.waiting import PATIENCE
from tests.sync.devices import DAY, World


def test_situation_17_a_device_restored_from_a_backup(world: World) -> None:
    """Situation 17: it adopts its own newer lines, as a colleague's, and gets a new writer."""
    a, b = world.pair()
    record = a.add(title="old")
    world.sync()
    shutil.copytree(a.home, world.root / "backup")
    a.set(record, title="new")
    newer = a.add(title="newer")
    world.sync()
    old_writer = a.writer
    shutil.rmtree(a.home)
    shutil.copytree(world.root / "backup", a.home)
    a.restart()
    assert a.doc(record) == {"title": "old"}
    world.sync()
    assert a.writer != old_writer
    assert a.doc(record) == {"title": "new"} and a.doc(newer) == {"title": "newer"}
    a.set(record, title="after")
    world.sync()
    assert b.doc(record) == a.doc(record) == {"title": "after"} and not b.conflicts(record)
    ((who, mark),) = a.replicator.status().retired
    assert (who, mark.to, mark.first, mark.count) == (old_writer, a.writer, 0, 0)
    header = a.local().read_bytes().split(b"\n")[0]
    assert f'"after":"{old_writer}@1"'.encode() in header
    assert a.flushed() == b.flushed()


def test_situation_17_restored_and_edited_before_the_first_sync(world: World) -> None:
    """Situation 17: what it wrote in place of its forgotten lines is issued again; nothing is lost."""
    a, b = world.pair()
    record = a.add(title="old")
    world.sync()
    shutil.copytree(a.home, world.root / "backup")
    a.set(record, title="forgotten")
    world.sync()
    shutil.rmtree(a.home)
    shutil.copytree(world.root / "backup", a.home)
    a.restart()
    a.set(record, title="restored")
    child = a.add(title="made after the backup")
    a.set(child, owner="a")
    world.sync(rounds=5)
    for device in (a, b):
        assert device.conflicts(record) == {"title": ["forgotten", "restored"]}
        assert device.doc(child) == {"title": "made after the backup", "owner": "a"}
    world.wait(DAY)
    world.sync(rounds=5)
    assert a.flushed() == b.flushed()
    a.set(record, title="settled")
    world.sync()
    c = world.device()
    world.sync()
    assert c.doc(record) == b.doc(record) == {"title": "settled"} and c.conflicts(record) == {}
    assert c.flushed() == a.flushed() == b.flushed()
    assert a.ledger.verify() == b.ledger.verify() == []


@pytest.mark.parametrize("same_machine", [True, False])
def test_situation_18_a_machine_cloned_twice_and_all_three_edit(
    world: World, same_machine: bool
) -> None:
    """Situation 18: three writers, all edits kept, one notice each at most."""
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    one = world.copy(a, machine="" if same_machine else "m-one")
    two = world.copy(a, machine="" if same_machine else "m-two")
    made = [device.add(title=f"by {n}") for n, device in enumerate((a, one, two))]
    for n, device in enumerate((a, one, two)):
        device.set(record, **{f"cell{n}": n})
    world.sync(rounds=6)
    world.wait(DAY)
    world.sync(rounds=6)
    assert len({a.writer, one.writer, two.writer}) == 3
    for device in world.devices:
        assert device.titles() == ["before", "by 0", "by 1", "by 2"]
        assert device.doc(record) == {"title": "before", "cell0": 0, "cell1": 1, "cell2": 2}
        assert device.flushed() == b.flushed()
        assert len(device.replicator.status().retired) <= 1
        assert device.ledger.verify() == []
    for n, device in enumerate((a, one, two)):
        device.set(made[n], title=f"again {n}")
    world.sync(rounds=4)
    assert b.titles() == ["again 0", "again 1", "again 2", "before"]
    before = [device.writer for device in world.devices]
    world.sync(rounds=30)
    assert [device.writer for device in world.devices] == before


def test_situation_18_both_clones_publish_at_the_same_moment(world: World) -> None:
    """Situation 18: each replaces the other's file: whoever saw either keeps both."""
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.set(record, title="by the first")
    a.sync()
    b.sync()
    clone.set(record, title="by the clone")
    shutil.copy(clone.local(), a.published())  # it had looked just before
    world.sync(rounds=5)
    world.wait(DAY)
    world.sync(rounds=5)
    newcomer = world.device()
    world.sync()
    values = b.conflicts(record)["title"]
    assert {"by the first", "by the clone"} <= set(values)
    for device in world.devices:
        assert device.conflicts(record) == b.conflicts(record)
        assert device.flushed() == newcomer.flushed()
    assert list(b.local(writer=clone.ledger.writers()[0]).parent.parent.glob("*/fork-*.jsonl"))
    b.set(record, title="settled")
    world.sync()
    assert all(device.doc(record) == {"title": "settled"} for device in world.devices)


@pytest.mark.parametrize("own_first", [True, False])
def test_a_relay_with_two_lines_of_one_number_is_read_whole(world: World, own_first: bool) -> None:
    """Whichever stands last: the other is kept beside it, and what goes on is still found."""
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.set(record, title="by a")
    clone.set(record, title="by the clone")
    a.sync()
    shutil.copytree(a.home, world.root / "backup")
    a.add(title="forgotten")
    head, first, own, later, _ = a.local().read_bytes().split(b"\n")
    theirs = clone.local().read_bytes().split(b"\n")[2]
    both = [own, theirs] if own_first else [theirs, own]
    relay = a.published().with_name("000001.relay-k7q2m9xa.jsonl")
    relay.write_bytes(b"\n".join([head, first, *both, b""]))
    old = a.writer
    world.sync(a, b)
    assert a.writer == old
    for device in (a, b):
        assert device.conflicts(record) == {"title": ["by a", "by the clone"]}
    forks = list(a.local().parent.glob("fork-*.jsonl"))
    world.sync(a, b, rounds=30)
    assert list(a.local().parent.glob("fork-*.jsonl")) == forks and len(forks) == 1

    shutil.copytree(a.local().parent, world.root / "backup" / "journals" / old, dirs_exist_ok=True)
    segment = world.root / "backup" / "journals" / old / "000001.jsonl"
    segment.write_bytes(b"\n".join([head, first, own, b""]))
    shutil.rmtree(a.home)
    shutil.copytree(world.root / "backup", a.home)
    a.published().unlink()
    relay.write_bytes(b"\n".join([head, first, *both, later, b""]))
    a.restart()
    world.sync(a, b)
    assert a.writer != old, "the relay has a line of ours that is not here any more"
    assert a.titles() == b.titles()
    assert "forgotten" in a.titles() and a.flushed() == b.flushed()


def test_a_fork_with_a_number_that_is_not_in_the_segments(world: World) -> None:
    """Restored from a backup and edited, while only relays know what it wrote before, which goes on
    beyond what it has now. What awaits another line of such a number is the same everywhere, and
    that line still comes to nothing when it comes."""
    a, b = world.pair()
    shutil.copytree(a.home, world.root / "backup")
    for title in ("one", "two", "three"):
        a.add(title=title)
    world.sync()
    a.published().unlink()
    shutil.rmtree(a.home)
    shutil.copytree(world.root / "backup", a.home)
    a.restart()
    b.sync()
    world.wait(DAY)
    b.sync(2)
    relays = list(a.published().parent.glob("*.relay-*"))
    assert relays

    old = a.writer
    a.add(title="after the first")
    record = a.add(title="after the second")
    world.sync()
    titles = sorted(["one", "two", "three", "after the first", "after the second"])
    assert a.titles() == b.titles() == titles and a.writer == old
    clone = world.copy(a)
    world.devices.remove(clone)
    clone.set(record, title="unheard")
    b.write(record, clone.seen(record), title="replaced")
    world.sync()
    newcomer = world.device()
    world.sync()
    assert a.writer == old
    for device in world.devices:
        assert device.doc(record) == {"title": "replaced"}
        assert device.flushed() == newcomer.flushed()

    relay = a.published().with_name(relay_name(1, "someones"))
    relay.write_bytes(clone.local().read_bytes())
    world.device()
    world.sync()
    for device in world.devices:
        assert device.ledger.line(clone.seen(record)["title"][0]) is not None
        assert device.doc(record) == {"title": "replaced"} and not device.conflicts(record)
        assert device.flushed() == newcomer.flushed()


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_new_writer_is_finished_after_a_crash_at_any_step(
    world: World, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = world.pair()
    record = a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.add(title="by a")
    a.sync(2)
    clone.add(title="by the clone")

    class Killed(BaseException):
        pass

    calls = [0]
    with monkeypatch.context() as patch:
        for module, name in ((retire, "replace_durably"), (retire.identity, "hand_over")):
            real = getattr(module, name)

            def dying(*args: object, real: object = real) -> None:
                calls[0] += 1
                if calls[0] == stop:
                    raise Killed
                real(*args)  # type: ignore[operator]

            patch.setattr(module, name, dying)
        try:
            clone.sync()
        except Killed:
            pass
    clone.restart()
    clone.add(title="right after")
    world.sync(rounds=5)
    world.wait(DAY)
    world.sync(rounds=5)
    assert b.titles() == ["before", "by a", "by the clone", "right after"]
    assert b.doc(record) == {"title": "before"}
    assert a.flushed() == b.flushed() == clone.flushed()
    assert len(b.ledger.writers()) == 2
    assert not (clone.home / retire.INTENT).exists()


def test_a_process_that_runs_on_goes_on_under_the_new_writer(world: World) -> None:
    """The app appends while the replicator finds out: it follows, and nobody must restart it."""
    a, b = world.pair()
    a.add(title="before")
    world.sync()
    clone = world.copy(a)
    a.add(title="by a")
    a.sync(2)
    clone.add(title="by the clone")
    running = clone.journal
    old = running.writer
    clone.sync()
    clone.add(title="goes on")
    assert running.writer == clone.writer != old
    world.sync()
    assert b.titles() == ["before", "by a", "by the clone", "goes on"]
    numbers = [n.n for n in clone.ledger.read_since(Cursor()) if n.writer == clone.writer]
    assert numbers == [1, 2]


def test_what_a_restored_device_holds_of_others_is_handed_on(world: World) -> None:
    """Situation 18 beside 15: the first round after a restart makes a new writer, and a colleague
    who is gone, also from the folder, is known here alone."""
    a, b = world.pair()
    b.add(title="of somebody who is gone")
    world.sync(a, b)
    backup = a.home.with_name("backup")
    a.add(title="after the backup")
    shutil.copytree(a.home, backup)
    a.add(title="once")
    a.sync(2)
    shutil.rmtree(a.home)
    shutil.move(backup, a.home)
    a.restart()
    a.add(title="another")
    shutil.rmtree(a.published(writer=b.writer).parent)
    a.restart()
    former = a.writer
    a.sync(2)
    assert retire.successor(a.home, former) != former
    world.wait(2 * DAY)
    a.sync(2)
    c = world.device()
    c.sync(PATIENCE + 2)
    assert "of somebody who is gone" in c.titles()
