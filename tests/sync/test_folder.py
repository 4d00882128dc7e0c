"""Situations 13 to 16, 19: the folder as a whole."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from officetui.ledger import folder as folders
from officetui.ledger.files import OnDisk
from officetui.ledger.line import FORMAT, READER
from tests.sync.devices import DAY, OFFICE, World


def moved(world: World) -> Path:
    """What an unmounted share leaves: an empty directory."""
    aside = world.root / "aside"
    os.rename(world.folder, aside)
    world.folder.mkdir()
    return aside


def test_situation_13_the_whole_folder_is_restored_to_last_week(world: World) -> None:
    """Situation 13: the living republish, a dead one's lines are relayed; newcomers lose nothing."""
    a, b, dead = world.device(), world.device(), world.device()
    for device in (a, b, dead):
        device.add(title=f"old {device.user}")
    world.sync()
    shutil.copytree(world.folder, world.root / "week ago")
    late = dead.add(title="new dead")
    for device in (a, b):
        device.add(title=f"new {device.user}")
    world.sync()
    b.set(late, owner="b")
    world.sync()
    titles = a.titles()
    shutil.rmtree(world.folder)
    shutil.copytree(world.root / "week ago", world.folder)
    world.devices.remove(dead)
    world.sync()
    for device in (a, b):
        assert device.titles() == titles
        assert device.published().read_bytes() == device.local().read_bytes()
    newcomer = world.device()
    world.sync()
    assert "new dead" not in newcomer.titles()
    relays = list(world.folder.rglob("*.relay-*"))
    assert relays == []
    world.wait(DAY)
    world.sync()
    assert newcomer.titles() == titles
    assert newcomer.flushed() == a.flushed() == b.flushed()
    assert newcomer.local(writer=dead.writer).read_bytes() == dead.local().read_bytes()
    # the owner comes back after all: its own word, and the relays do no harm
    world.devices.append(dead)
    dead.add(title="back")
    world.sync()
    assert a.titles() == newcomer.titles() == sorted([*titles, "back"])
    before = world.tree()
    world.wait(DAY)
    world.sync()
    assert world.tree() == before


def test_situation_13_a_relay_that_is_asked_for_comes_at_once(world: World) -> None:
    """Situation 13: a relay that is asked for comes at once."""
    a, b = world.pair()
    a.add(title="one")
    world.sync()
    whole = a.published().read_bytes()
    a.published().unlink()
    b.replicator.rebuild()
    relay = a.published().with_name(f"000001.relay-{b.writer}.jsonl")
    assert relay.read_bytes() == whole
    c = world.device()
    c.sync()
    assert c.titles() == ["one"]


def test_situation_14_the_folder_is_emptied(world: World) -> None:
    """Situation 14: nothing deleted locally; warned; rebuilt when the user says so."""
    a, b = world.pair()
    a.add(title="a")
    b.add(title="b")
    world.sync()
    for path in list(world.folder.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    world.wait(2 * DAY)
    a.add(title="meanwhile")
    world.sync()
    assert list(world.folder.iterdir()) == []
    assert a.titles() == ["a", "b", "meanwhile"] and b.titles() == ["a", "b"]
    status = a.replicator.status()
    assert status.state == folders.ABSENT and status.waiting is not None
    outcome = a.replicator.rebuild()
    assert outcome.state == folders.OK and not outcome.error
    newcomer = world.device()
    newcomer.sync()
    assert newcomer.titles() == ["a", "b", "meanwhile"]
    world.sync()
    assert b.titles() == ["a", "b", "meanwhile"]
    assert b.published().read_bytes() == b.local().read_bytes()


def test_situation_15_the_share_is_not_mounted(world: World) -> None:
    """Situation 15: nothing is written into the empty mount point, neither at first nor later."""
    a, b = world.pair()
    a.add(title="one")
    world.sync()
    aside = moved(world)
    a.add(title="two")
    a.restart()
    for device in (a, b):
        assert device.sync(3).state == folders.ABSENT
    assert list(world.folder.iterdir()) == []
    world.folder.rmdir()
    assert a.sync().state == folders.ABSENT
    os.rename(aside, world.folder)
    world.sync()
    assert b.titles() == ["one", "two"]


def test_situation_16_the_folder_of_another_office(world: World) -> None:
    """Situation 16: refused: nothing read, nothing written, not even when asked to rebuild."""
    a = world.device()
    a.add(title="ours")
    aside = moved(world)
    world.found(world.folder, "another office")
    theirs = world.folder / "journals" / "aaaaaaaa"
    theirs.mkdir(parents=True)
    (theirs / "000001.jsonl").write_bytes(a.local().read_bytes())
    before = world.tree()
    assert a.sync(2).state == folders.FOREIGN
    assert a.replicator.rebuild().state == folders.FOREIGN
    assert world.tree() == before and a.titles() == ["ours"]
    assert a.replicator.status().marker is not None
    shutil.rmtree(world.folder)
    os.rename(aside, world.folder)


def test_situation_16_the_journal_of_another_office_in_our_folder(world: World) -> None:
    """Situation 16: the journal of another office in our folder."""
    a, b = world.pair()
    a.add(title="ours")
    a.sync(2)
    stray = world.folder / "journals" / "aaaaaaaa"
    stray.mkdir()
    data = a.published().read_bytes().replace(a.writer.encode(), b"aaaaaaaa")
    (stray / "000001.jsonl").write_bytes(data.replace(b'"office":"office"', b'"office":"other!"'))
    b.sync(15)
    assert b.titles() == ["ours"]


def test_the_marker_of_a_new_folder_says_everything(tmp_path: Path) -> None:
    """Also what is the default here: a later version has other defaults."""
    place = tmp_path / "new"
    place.mkdir(mode=0o700)
    os.chmod(place, 0o2770)
    marker = folders.marker_for(
        OnDisk(place).standing(), OFFICE.id, OFFICE.name, OFFICE.zone, "0.1.0"
    )
    folders.write_marker(OnDisk(place), marker)
    assert json.loads((place / folders.MARKER).read_bytes()) == {
        "office": OFFICE.id, "name": OFFICE.name, "zone": OFFICE.zone, "format": FORMAT,
        "reader": READER, "mode": "660", "group": os.stat(place).st_gid, "app": "0.1.0",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["format", "reader"])
def test_a_folder_newer_than_this_version_is_read_only(world: World, key: str) -> None:
    a, b = world.pair()
    a.add(title="one")
    world.sync()
    marker = folders.Marker(OFFICE.id, format=1, reader=READER, app="9.9.0")
    setattr(marker, key, 99)
    folders.write_marker(OnDisk(world.folder), marker)
    a.add(title="two")
    before = world.tree()
    assert a.sync(2).state == folders.NEWER
    found = a.replicator.status().marker
    assert found is not None and found.app == "9.9.0"
    assert world.tree() == before
    b.sync()
    assert b.titles() == ["one"]


@pytest.mark.parametrize("data", [b"", b"{", b"\0" * 80, b"[]"])
def test_a_marker_that_cannot_be_read_counts_as_absent(world: World, data: bytes) -> None:
    a = world.device()
    a.add(title="one")
    (world.folder / folders.MARKER).write_bytes(data)
    assert a.sync().state == folders.ABSENT
    assert not (world.folder / "journals").exists()


def test_situation_19_a_thousand_idle_rounds(world: World) -> None:
    """Situation 19: no new writer, no byte written, here or there."""
    a, b = world.pair()
    for device in (a, b):
        device.add(title=device.user)
    world.sync(rounds=4)

    def everything() -> dict[str, tuple[int, int, int]]:
        found = {}
        for path in sorted(world.root.rglob("*")):
            stat = path.stat()
            found[str(path)] = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        return found

    before = everything()
    for device in (a, b):
        device.restart()
        device.sync(500)
    assert everything() == before
    assert [d.writer for d in a.replicator.status().devices] == [b.writer]
