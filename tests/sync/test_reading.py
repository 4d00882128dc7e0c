"""Situations 6 to 10, 20, 21, 31, 34, 35, 37: reading what the folder shows."""

from __future__ import annotations

import os
from hashlib import sha256
from zlib import crc32

import msgspec
import pytest

from officetui.ledger import journal as journals
from officetui.ledger.line import Entry
from officetui.ledger.replicate import SELDOM
from officetui.ledger.waiting import PATIENCE
from tests.sync.devices import DAY, Between, World


def spoil(data: bytes, line: int, how: str) -> bytes:
    lines = data.split(b"\n")
    raw = lines[line]
    if how == "zeros":
        lines[line] = b"\0" * len(raw)
    elif how == "letter":  # JSON still, and still sensible
        lines[line] = raw.replace(b'"title":"t', b'"title":"x')
        assert lines[line] != raw
    elif how == "noise":
        lines[line] = b"\xff\x80 \x00 noise"
    return b"\n".join(lines)


def test_situation_06_a_torn_tail(world: World) -> None:
    """Situation 6: nothing of it taken; the whole line taken once, later."""
    a, b = world.pair()
    a.add(title="one")
    world.sync()
    a.add(title="two")
    a.sync()
    whole = a.published().read_bytes()
    first = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for cut in (first + 1, first + 60, len(whole) - 1):
        a.published().write_bytes(whole[:cut])
        b.sync()
        assert b.titles() == ["one"]
        assert b.local(writer=a.writer).read_bytes() == whole[:first]
    a.published().write_bytes(whole)
    b.sync(3)
    assert b.titles() == ["one", "two"]
    assert b.local(writer=a.writer).read_bytes() == whole


@pytest.mark.parametrize("same_time", [False, True])
def test_situation_07_zeros_that_later_become_data(world: World, same_time: bool) -> None:
    """Situation 7: converges, even when neither size nor time tell that the bytes have come."""
    a, b = world.pair()
    for number in range(4):
        a.add(title=f"t{number}")
    a.sync()
    whole = a.published().read_bytes()
    stat = a.published().stat()
    cut = whole.index(b'"t2"')
    a.published().write_bytes(whole[:cut] + b"\0" * (len(whole) - cut))
    os.utime(a.published(), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    b.sync(2)
    assert b.titles() == ["t0", "t1"]
    a.published().write_bytes(whole)
    if same_time:
        os.utime(a.published(), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    b.sync()
    assert b.titles() == ["t0", "t1", "t2", "t3"] and b.holes() == []


@pytest.mark.parametrize("how", ["zeros", "letter", "noise"])
def test_situation_08_a_damaged_line_that_stays(world: World, how: str) -> None:
    """Situation 8: later lines still apply, the hole is named; a living owner heals it."""
    a, b = world.pair()
    for number in range(4):
        a.add(title=f"t{number}")
    a.sync(2)
    whole = a.published().read_bytes()
    a.published().write_bytes(spoil(whole, 2, how))
    b.sync(PATIENCE)
    assert b.titles() == ["t0"] and b.holes() == []
    b.sync(2)
    assert b.titles() == ["t0", "t2", "t3"]
    assert b.holes() == [(a.writer, 2, 2)]
    assert [(d.line, d.reason) for d in b.ledger.damage()] == [(3, "number 3 follows 1")]
    c = world.device()
    c.sync(PATIENCE + 2)
    assert c.titles() == b.titles()
    a.sync(2)
    assert a.published().read_bytes() == whole
    world.sync(b, c)
    assert b.titles() == c.titles() == ["t0", "t1", "t2", "t3"]
    assert b.holes() == [] and b.ledger.verify() == []
    assert b.local(writer=a.writer).read_bytes() == whole
    assert b.flushed() == c.flushed()


def test_situation_08_damage_here_is_healed_from_the_folder(world: World) -> None:
    """Situation 8: damage here is healed from the folder."""
    a = world.device()
    for number in range(4):
        a.add(title=f"t{number}")
    a.sync(2)
    whole, writer = a.local().read_bytes(), a.writer
    a.local().write_bytes(spoil(whole, 2, "noise"))
    a.restart()
    a.sync(2)
    assert a.local().read_bytes() == a.published().read_bytes() == whole
    assert a.writer == writer


def test_situation_09_a_flipped_bit_that_leaves_valid_json(world: World) -> None:
    """Situation 9: refused by the checksum."""
    a, b = world.pair()
    a.add(title="t0")
    a.sync(2)
    data = a.published().read_bytes()
    a.published().write_bytes(data.replace(b'"t0"', b'"t1"'))
    b.sync(PATIENCE * 2)
    assert b.titles() == []
    a.sync(2)
    b.sync(2)
    assert b.titles() == ["t0"]


def test_situation_10_the_file_is_replaced_while_being_read(world: World) -> None:
    """Situation 10: new inode, old and new bytes: nothing lost."""
    files = Between(world.folder)
    a, b = world.device(), world.device(folder=files)
    a.add(title="one")
    world.sync()
    a.add(title="two")
    a.sync()

    def replaced(path: str) -> None:
        files.before.clear()
        a.add(title="three")
        target = world.folder / path
        old = target.read_bytes()
        temp = target.with_name(".x.part")
        temp.write_bytes(old[: len(old) // 2])
        os.replace(temp, target)

    files.before["read"] = lambda path: replaced(path) if path.endswith(".jsonl") else None
    b.sync(2)
    a.sync(2)
    b.sync(2)
    assert b.titles() == ["one", "three", "two"]
    assert b.ledger.verify() == []


@pytest.mark.parametrize(
    "name",
    [
        "000001.sync-conflict-20261120-101010-ABCDEFG.jsonl",
        "000001 (conflicted copy 2026-11-20 101010).jsonl",
        "000001 (limei's conflicted copy 2026-11-20).jsonl",
        "000001 2.jsonl",
        "000001.relay-k7q2m9xa.jsonl",
    ],
)
def test_situation_20_a_conflict_copy_with_lines_nobody_has(world: World, name: str) -> None:
    """Situation 20: folded once, file untouched."""
    a, b = world.pair()
    for number in range(3):
        a.add(title=f"t{number}")
    a.sync(2)
    whole = a.published().read_bytes()
    lines = whole.split(b"\n")
    a.published().write_bytes(b"\n".join(lines[:2]) + b"\n")
    copy = a.published().with_name(name)
    copy.write_bytes(b"\n".join([lines[0], *lines[2:]]))
    before = copy.stat()
    b.sync(3)
    assert b.titles() == ["t0", "t1", "t2"]
    assert b.local(writer=a.writer).read_bytes() == whole
    assert b.ledger.verify() == []
    assert (copy.stat().st_mtime_ns, copy.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_situation_21_temp_and_stray_files_are_ignored(world: World) -> None:
    """Situation 21: temp and stray files are ignored."""
    a, b = world.pair()
    a.add(title="one")
    world.sync()
    directory = a.published().parent
    sound = a.published().read_bytes()
    for name in (
        ".syncthing.000001.jsonl.tmp", "~syncthing~000002.jsonl.tmp", "000002.jsonl.part",
        "000002.jsonl~", ".~lock.000001.jsonl#", "notes.txt", "000002", "Thumbs.db", "-1.jsonl",
    ):  # fmt: skip
        (directory / name).write_bytes(sound)
    (directory / "000003.jsonl").write_bytes(b"")
    (directory / "000004.jsonl").mkdir()
    os.symlink("/etc/passwd", directory / "000005.jsonl")
    os.mkfifo(directory / "000006.jsonl")
    (directory.parent / "not a writer").mkdir()
    (directory.parent / "stray.jsonl").write_bytes(sound)
    before = sorted(path.name for path in directory.iterdir())
    writers = a.writer, b.writer
    world.sync(rounds=PATIENCE + 3)
    assert b.titles() == a.titles() == ["one"] and (a.writer, b.writer) == writers
    assert sorted(path.name for path in directory.iterdir()) == before
    assert {path.name for path in b.local(writer=a.writer).parent.iterdir()} == {"000001.jsonl"}


def test_situation_31_an_older_version_meets_new_things(world: World) -> None:
    """Situation 31: registers, cells, actions it does not know are kept, and visible later."""
    new, old = world.pair()
    record = new.add(title="one", colour="red", nested={"a": [1, {"b": None}]})
    other = new.append([Entry("parking_of_2031", "#0", {"place": "3"}, {})], "parking.give").ids[
        "#0"
    ]
    world.sync()
    assert old.store.doc("parking_of_2031", other)
    old.set(record, title="two")
    world.sync()
    for device in (new, old):
        assert device.doc(record) == {
            "title": "two",
            "colour": "red",
            "nested": {"a": [1, {"b": None}]},
        }
        assert device.doc(other, "parking_of_2031") == {"place": "3"}
    # lines with keys and of kinds that nobody knows yet go through byte for byte
    hash_of = sha256(new.local().read_bytes().split(b"\n")[-2]).hexdigest()
    body = msgspec.json.encode({"n": 3, "p": hash_of, "e": "sealed", "sig": [1]})
    with new.local().open("ab") as file:
        file.write(b"%08x %b\n" % (crc32(body), body))
    new.restart()
    new.add(title="after the sealed one")
    world.sync()
    assert "after the sealed one" in old.titles()
    assert old.local(writer=new.writer).read_bytes() == new.local().read_bytes()
    assert old.flushed() == new.flushed()


def test_situation_34_an_old_line_altered_on_purpose(world: World) -> None:
    """Situation 34: `verify` names writer, segment and line."""
    a, b = world.pair()
    for number in range(5):
        a.add(title=f"t{number}")
    world.sync()
    mirror = b.local(writer=a.writer)
    lines = mirror.read_bytes().split(b"\n")
    body = lines[3][9:].replace(b'"t2"', b'"T2"')
    lines[3] = b"%08x %b" % (crc32(body), body)
    mirror.write_bytes(b"\n".join(lines))
    (found,) = b.ledger.verify()
    assert (found.writer, found.segment, found.line) == (a.writer, "000001.jsonl", 4)
    assert a.ledger.verify() == []


def test_situation_35_first_sync_tells_progress_is_cancelled_and_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Situation 35: the behaviour, on 30 segments; 1.2 million lines are for `make bench`."""
    monkeypatch.setattr(journals, "SEGMENT_LIMIT", 4_000)
    a = world.device()
    for number in range(500):
        a.add(title=f"t{number:03d}")
    a.sync(2)
    segments = len(list(a.published().parent.glob("*.jsonl")))
    assert segments >= 30
    b = world.device()
    told: list[tuple[int, int]] = []

    class Cancelled(Exception):
        pass

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 10:
            raise Cancelled

    with pytest.raises(Cancelled):
        b.replicator.round(progress=progress)
    assert told == sorted(told) and told[-1][0] < told[-1][1]
    here = len(list(b.local(writer=a.writer).parent.glob("*.jsonl")))
    assert 9 <= here < segments
    b.restart()
    told.clear()
    b.replicator.round(progress=lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]
    b.store.catch_up()
    assert b.titles() == a.titles() and len(b.titles()) == 500
    assert b.ledger.verify() == []
    # and from now on closed segments are not read again, in the next run neither
    files = Between(world.folder)
    b.folder = files
    b.restart()
    b.sync()
    read = [path for name, path in files.calls if name == "read" and path.endswith(".jsonl")]
    assert len(read) <= 2


def test_situation_37_a_file_is_missing_from_one_listing(world: World) -> None:
    """Situation 37: the last good state stays."""
    a, b = world.pair()
    record = a.add(title="one")
    world.sync()
    hidden = a.published().parent.with_name("hidden")
    os.rename(a.published().parent, hidden)
    b.sync()
    assert b.doc(record) == {"title": "one"}
    assert b.replicator.status().devices[0].lacking
    os.rename(hidden, a.published().parent)
    b.sync()
    assert b.doc(record) == {"title": "one"}
    assert not b.replicator.status().devices[0].lacking
    assert len(list(a.published().parent.iterdir())) == 1


def test_situation_08_damage_that_keeps_size_and_time_after_it_was_read(world: World) -> None:
    """Situation 8: what was found sound in this very run is looked at again now and then, so that
    who holds the line hands it on when its owner is gone."""
    a, b = world.pair()
    for number in range(4):
        a.add(title=f"t{number}")
    a.sync(2)
    b.sync(2)
    stat = a.published().stat()
    a.published().write_bytes(spoil(a.published().read_bytes(), 2, "letter"))
    os.utime(a.published(), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    b.sync(SELDOM + 1)
    assert [d.lacking for d in b.replicator.status().devices if d.writer == a.writer] != [0]
    world.wait(2 * DAY)
    b.sync(2)
    c = world.device()
    c.sync(PATIENCE + 2)
    assert c.titles() == b.titles() == ["t0", "t1", "t2", "t3"]
