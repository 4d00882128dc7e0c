"""Sync as the app uses it: rounds beside an open office, and what they say."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from officetui.ledger import identity
from officetui.ledger.retire import successor
from officetui.office import folder as folders
from officetui.office import sync_words as words
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.sync import STALLED, Cancelled, Device, Sync, SyncStatus, Told
from officetui.text.i18n import set_language

NOW = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


class Desk:
    """A device with its office open and its replication."""

    def __init__(self, home: Path, folder: Path, user: str, machine: str) -> None:
        self.clock = FixedClock(NOW)
        if identity.read_office(home) is None and not folders.look(folder, "").marker:
            office = Office.found(home, name="党政办", user=user, clock=self.clock)
            folders.found(folder, office.info)
            folders.attach(home, folder)
        else:
            folders.join(home, folder)
        self.office = Office.open(home, user=user, clock=self.clock)
        self.sync = Sync(home, self.office.info, clock=self.clock, machine=machine)

    def round(self) -> Told:
        told = self.sync.round()
        self.office.refresh()
        return told

    def names(self) -> set[str]:
        return {record.text("name") for record in self.office.records("people")}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The machine-id that every office of this process sees."""
    file = tmp_path / "machine-id"
    file.write_text("m")
    monkeypatch.setattr(identity, "_MACHINE_IDS", (file,))
    return "m"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def desk(tmp_path: Path, folder: Path, machine: str) -> Callable[[str], Desk]:
    return lambda name: Desk(tmp_path / name, folder, name, machine)


def files(root: Path) -> dict[Path, tuple[int, int, int]]:
    found = {path: path.stat() for path in root.rglob("*") if path.is_file()}
    return {path: (s.st_ino, s.st_mtime_ns, s.st_size) for path, s in found.items()}


def test_a_round_tells_what_came_and_what_changed(desk: Callable[[str], Desk]) -> None:
    one, two = desk("one"), desk("two")
    assert one.sync.status().state == "unread"
    assert one.round().changed
    one.office.create("people", {"name": "赵强"})
    one.round()
    told = two.round()
    assert told.news
    assert told.changed
    assert two.names() == {"赵强"}
    (device,) = told.status.devices
    assert (device.user, device.lines) == ("one", 1)
    assert device.newest == NOW
    again = two.round()
    assert not again.news
    assert not again.changed


def test_idle_rounds_write_nothing(desk: Callable[[str], Desk], tmp_path: Path) -> None:
    one, two = desk("one"), desk("two")
    for each in (one, two, one, two):
        each.office.create("people", {"name": "赵强"})
        each.round()
    for each in (one, two, one, two):
        each.round()
    before = files(tmp_path)
    for _ in range(100):
        one.clock.move(seconds=3)
        assert not one.round().changed
        two.round()
    assert files(tmp_path) == before


def test_what_waits_is_known_also_after_a_restart(
    desk: Callable[[str], Desk], folder: Path
) -> None:
    one = desk("one")
    for _ in range(3):
        one.office.create("people", {"name": "赵强"})
        one.round()
    folder.rename(folder.with_name("away"))
    one.office.create("people", {"name": "周海涛"})
    one.office.create("people", {"name": "王五"})
    assert one.round().status.waiting == 2
    restarted = Sync(one.office.home, one.office.info, clock=one.clock)
    assert restarted.status().read_at == NOW
    status = restarted.round().status
    assert (status.state, status.why, status.waiting) == ("absent", "missing", 2)
    assert "2 not synced" in words.word(status)


def test_two_processes_of_one_home_take_turns(desk: Callable[[str], Desk]) -> None:
    one, two = desk("one"), desk("two")
    beside = Sync(two.office.home, two.office.info, clock=two.clock)
    for number in range(12):
        one.office.create("people", {"name": f"人{number}"})
        one.round()
        (beside if number % 3 else two.sync).round()
    for _ in range(12):
        two.round()
        beside.round()
    assert len(two.names()) == 12
    assert two.sync.status().holes == beside.status().holes == 0


def test_an_open_office_follows_to_the_new_writer(
    desk: Callable[[str], Desk], tmp_path: Path, folder: Path
) -> None:
    one = desk("one")
    one.office.create("people", {"name": "赵强"})
    one.round()
    old = one.office.journal.writer
    shutil.copytree(tmp_path / "one", tmp_path / "clone")
    clone = desk("clone")
    clone.clock.move(seconds=1)
    one.office.create("people", {"name": "原机"})
    clone.office.create("people", {"name": "克隆机"})
    for each in (one, clone, one, clone, one, clone):
        each.round()
    assert one.names() == clone.names() == {"赵强", "原机", "克隆机"}
    parted = next(each for each in (one, clone) if each.sync.status().retired)
    new = successor(parted.office.home, old)
    assert new != old
    assert parted.office.journal.writer == new
    before = files(parted.office.home / "journals" / old)
    parted.office.create("people", {"name": "其后"})
    parted.office.undo()
    assert files(parted.office.home / "journals" / old) == before
    assert "其后" not in parted.names()
    (former,) = parted.sync.status().retired
    assert (former.writer, former.to) == (old, new)


def test_run_is_woken_and_stopped(desk: Callable[[str], Desk]) -> None:
    one, two = desk("one"), desk("two")
    one.round()
    came = threading.Event()
    worker = threading.Thread(target=two.sync.run, args=(lambda t: t.news and came.set(),))
    worker.start()
    one.office.create("people", {"name": "赵强"})
    one.round()
    for _ in range(3):
        two.sync.wake()
    assert came.wait(30)
    two.sync.stop()
    worker.join(30)
    assert not worker.is_alive()


def test_a_first_sync_stops_at_once_and_goes_on(desk: Callable[[str], Desk], folder: Path) -> None:
    one = desk("one")
    for number in range(4):
        many = {"name": f"人{number}", "note": "长" * 90_000}
        one.office.create("people", many)
    one.round()
    two = desk("two")
    two.sync.stop()
    with pytest.raises(Cancelled):
        two.round()
    again = Sync(two.office.home, two.office.info, clock=two.clock)
    seen: list[tuple[int, int]] = []
    again.round(progress=lambda done, of: seen.append((done, of)))
    two.office.refresh()
    assert len(two.names()) == 4
    assert seen
    assert seen[-1][0] == seen[-1][1]


def test_another_folder_is_noticed_while_running(
    desk: Callable[[str], Desk], tmp_path: Path
) -> None:
    one = desk("one")
    one.round()
    folders.detach(one.office.home)
    assert one.round().status == SyncStatus(None, "none")
    elsewhere = tmp_path / "elsewhere"
    folders.found(elsewhere, one.office.info)
    folders.attach(one.office.home, elsewhere)
    one.office.create("people", {"name": "赵强"})
    told = one.round()
    assert (told.status.folder, told.status.state, told.status.waiting) == (elsewhere, "ok", 0)
    assert list(elsewhere.glob("journals/*/*.jsonl"))


def test_a_disk_error_here_is_said_and_does_not_end_the_run(
    desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = desk("one")
    one.round()
    heard: list[Told] = []

    def hear(told: Told) -> None:
        heard.append(told)
        one.sync.stop()

    def broken(*_args: object, **_more: object) -> Told:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(one.sync, "round", broken)
    one.sync.run(hear)
    assert os.strerror(errno.EIO) in heard[0].status.error
    assert words.word(heard[0].status) == "sync fails"


# words

FOLDER = Path("/srv/office")
OK = SyncStatus(FOLDER, "ok", waiting=0, read_at=NOW)


@pytest.mark.parametrize(
    ("status", "english", "chinese"),
    [
        (SyncStatus(None, "none"), "", ""),
        (SyncStatus(FOLDER, "unread"), "looking at the folder", "正在看共享夹"),
        (OK, "synced", "已同步"),
        (SyncStatus(FOLDER, "ok", waiting=3), "3 not synced", "3条未同步"),
        (SyncStatus(FOLDER, "absent", "missing", waiting=0), "folder not there", "共享夹不在"),
        (
            SyncStatus(FOLDER, "absent", "empty", waiting=2),
            "folder not there·2 not synced",
            "共享夹不在·2条未同步",
        ),
        (SyncStatus(FOLDER, "foreign", theirs="x"), "another office's folder", "共享夹是别家的"),
        (SyncStatus(FOLDER, "newer", theirs="7.0"), "newer version needed", "需要新版本"),
        (SyncStatus(FOLDER, "full", waiting=1), "folder full·1 not synced", "共享夹已满·1条未同步"),
        (SyncStatus(FOLDER, "ok", waiting=0, error="EIO"), "sync fails", "同步出错"),
        (
            SyncStatus(FOLDER, "ok", waiting=0, devices=(Device("k", "u", 9, NOW, ((3, 4),)),)),
            "2 changes missing",
            "缺2条",
        ),
        (SyncStatus(FOLDER, "unread", progress=(1, 4)), "reading 25%", "读取25%"),
        (
            SyncStatus(FOLDER, "ok", waiting=0, silent=NOW),
            "folder does not answer",
            "共享夹没有回应",
        ),
    ],
)
def test_the_word_of_the_header(status: SyncStatus, english: str, chinese: str) -> None:
    assert words.word(status) == english
    set_language("zh_CN")
    assert words.word(status) == chinese


def test_the_age_of_a_colleagues_news(desk: Callable[[str], Desk]) -> None:
    office = desk("one").office
    for newest, said in (
        (NOW - timedelta(minutes=20), "20 min ago"),
        (NOW - timedelta(days=400), "400 days ago"),
        (NOW + timedelta(days=3 * 365), "ahead of the clock here"),
    ):
        one = Device("k7q2m9xa", "吴敏", 3, newest)
        assert said in words.device(one, office.clock, office.local)


@pytest.mark.parametrize(
    ("status", "what", "advice"),
    [
        (SyncStatus(None, "none"), "No shared folder", "officetui folder DIR"),
        (SyncStatus(FOLDER, "absent", "missing"), "is not there", "Mount the share"),
        (SyncStatus(FOLDER, "absent", "denied"), "may not be read", "Ask for the right"),
        (SyncStatus(FOLDER, "absent", "silent"), "does not answer", "See whether the network"),
        (SyncStatus(FOLDER, "absent", "empty"), "is empty", "officetui folder --rebuild"),
        (SyncStatus(FOLDER, "absent", "unmarked"), "officetui.json is missing", "Mount the share"),
        (SyncStatus(FOLDER, "foreign", theirs="别家"), "another office, 别家", "the right share"),
        (SyncStatus(FOLDER, "newer", theirs="7.0"), "read, not written", "Install version 7.0"),
        (SyncStatus(FOLDER, "full"), "is full", "Make room"),
        (SyncStatus(FOLDER, "ok", error="EIO"), "EIO", "tried again"),
        (SyncStatus(FOLDER, "ok", silent=NOW), "does not answer", "See whether the network"),
    ],
)
def test_every_state_of_the_folder_is_a_sentence_with_what_to_do(
    status: SyncStatus, what: str, advice: str
) -> None:
    said, todo = words.state(status)
    assert what in said and advice in todo
    if status.state in ("absent", "full") or status.silent:
        assert "nothing is lost" in todo


def test_what_to_do_about_changes_that_wait_and_devices_without_news(
    desk: Callable[[str], Desk],
) -> None:
    office = desk("one").office
    for newest, advice in (
        (NOW - timedelta(days=6), ""),
        (NOW - timedelta(days=8), "let it sync"),
        (NOW + timedelta(minutes=1), ""),
        (NOW + timedelta(days=3 * 365), "Set the clock right"),
    ):
        one = Device("k7q2m9xa", "吴敏", 3, newest)
        said = words.device_advice(one, office.clock, office.local)
        assert (advice in said) if advice else said == ""
    waiting = SyncStatus(FOLDER, "ok", waiting=3)
    assert "3 changes" in words.waiting(waiting, office.clock, office.local)
    assert "officetui sync" in words.waiting_advice(waiting)
    assert words.waiting_advice(SyncStatus(FOLDER, "absent", "missing", waiting=3)) == ""


def test_a_folder_that_does_not_answer_is_said_meanwhile(
    desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = desk("one")
    one.round()
    inside, leave = threading.Event(), threading.Event()

    def hanging(*_args: object) -> None:
        inside.set()
        leave.wait(30)

    monkeypatch.setattr("officetui.ledger.folder.look", lambda *_a: hanging() or NotImplemented)
    worker = threading.Thread(target=one.sync.round, daemon=True)
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    worker.start()
    assert inside.wait(30)
    assert one.sync.status().silent is None
    monkeypatch.setattr("officetui.office.sync.STALLED", 0.0)
    silent = one.sync.status().silent
    assert silent is not None
    assert STALLED >= 10  # a slow share is no silent one
    what, advice = words.state(one.sync.status())
    assert "does not answer" in what
    assert "nothing is lost" in advice
    leave.set()
    worker.join(30)
