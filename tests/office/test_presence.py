"""Who looks at which card, told through the shared folder: what lies there, and what is believed."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from officetui.ledger.apart import Apart
from officetui.ledger.files import Modes, OnDisk
from officetui.ledger.presence import LIMIT, exchange
from officetui.office.cards_kept import Kept
from officetui.office.presence import BELIEVED, Presence
from tests.office.desks import Desk

CARD = "matter:documents/x"


class Clerk(Desk):
    """A device with somebody who may be at triage."""

    def __init__(self, home: Path, folder: Path, user: str) -> None:
        super().__init__(home, folder, user)
        self.office.create("people", {"name": f"{user}的同事"})  # from now on it has a writer
        self.presence = self.sync.presence = Presence(home, self.clock)
        self.kept = Kept(home, user)
        self.sync.round()

    @property
    def file(self) -> Path:
        folder = self.sync.status().folder
        assert folder is not None
        return folder / "triage" / f"{self.office.journal.writer}.json"

    def look_at(self, key: str, title: str = "某件") -> None:
        self.presence.enter("triage")
        self.kept.look_at(key, title, self.clock.now())
        self.sync.round()

    def leave(self) -> None:
        self.kept.leave()
        self.presence.leave("triage")
        self.sync.round()

    def sees(self) -> list[tuple[str, str]]:
        self.sync.round()
        return [(one.user, one.key) for one in self.presence.beside("triage")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def clerks(tmp_path: Path, folder: Path) -> tuple[Clerk, Clerk]:
    one, two = Clerk(tmp_path / "one", folder, "李梅"), Clerk(tmp_path / "two", folder, "吴敏")
    for each in (one, two, one, two):
        each.round()
    return one, two


def state(root: Path) -> dict[Path, tuple[int, int, int]]:
    found = {path: path.lstat() for path in root.rglob("*")}
    return {path: (s.st_ino, s.st_mtime_ns, s.st_size) for path, s in found.items()}


def test_each_is_told_of_the_other_s_card_until_it_is_left(clerks: tuple[Clerk, Clerk]) -> None:
    one, two = clerks
    one.look_at(CARD)
    two.look_at(CARD)
    assert two.sees() == [("李梅", CARD)]
    assert one.sees() == [("吴敏", CARD)]
    one.look_at("duty:y")
    assert two.sees() == [("李梅", "duty:y")]
    assert two.presence.beside("review") == [], "a card of the review is another one"
    one.leave()
    assert not one.file.exists()
    assert not one.presence.pending
    assert two.sees() == []


def test_two_windows_of_one_home_are_one_file(clerks: tuple[Clerk, Clerk]) -> None:
    one, two = clerks
    two.presence.enter("triage")
    one.look_at(CARD)
    window = one.kept._folder / f"{os.getppid()}.json"  # a window of a process that lives
    beside = json.loads(one.kept._mine.read_bytes()) | {"pid": os.getppid(), "user": "赵强"}
    window.write_text(json.dumps(beside))
    one.sync.round()
    assert sorted(two.sees()) == [("李梅", CARD), ("赵强", CARD)]
    one.leave()
    assert two.sees() == [("赵强", CARD)], "the other window is still there"


def test_nobody_at_triage_nothing_in_the_folder(
    clerks: tuple[Clerk, Clerk], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = clerks
    asked: list[object] = []
    monkeypatch.setattr("officetui.ledger.presence.exchange", lambda *a: asked.append(a) or [])
    for each in (one, two) * 3:
        each.round()
    assert asked == [] and not (folder / "triage").exists()


def test_a_thousand_idle_rounds_at_a_card_write_nothing(
    clerks: tuple[Clerk, Clerk], tmp_path: Path
) -> None:
    one, two = clerks
    one.look_at(CARD)
    two.look_at(CARD)
    one.round()
    before = state(tmp_path)
    for _ in range(500):
        for each in clerks:
            each.clock.move(seconds=3)
            assert not each.sync.round().changed
    assert state(tmp_path) == before


def test_what_a_killed_clerk_left_is_not_believed_for_long(
    clerks: tuple[Clerk, Clerk], tmp_path: Path, folder: Path
) -> None:
    one, two = clerks
    one.look_at(CARD)
    two.look_at(CARD)
    assert two.sees() == [("李梅", CARD)]
    two.clock.instant += BELIEVED
    assert two.presence.beside("triage")
    two.clock.move(seconds=1)
    assert two.presence.beside("triage") == [], "no round is needed for that"
    two.leave()
    two.look_at(CARD)  # whoever begins now goes by the instant in the file
    assert one.file.exists() and two.sees() == []


@pytest.mark.parametrize("hours", [-9, -1, 1, 9])
def test_a_clock_that_is_wrong_there_does_no_harm(clerks: tuple[Clerk, Clerk], hours: int) -> None:
    one, two = clerks
    one.clock.move(hours=hours)
    two.look_at("duty:y")
    one.look_at(CARD)
    assert two.sees() == [("李梅", CARD)], "it came while we looked"
    two.clock.instant += BELIEVED + timedelta(seconds=1)
    assert two.sees() == []


def test_a_file_of_last_week_that_arrives_now_is_not_news(clerks: tuple[Clerk, Clerk]) -> None:
    one, two = clerks
    two.look_at("duty:y")
    one.clock.move(days=-7)
    one.look_at(CARD)
    assert two.sees() == []


def put(folder: Path, name: str, data: bytes) -> None:
    (folder / "triage").mkdir(exist_ok=True)
    (folder / "triage" / name).write_bytes(data)


def card(**cells: object) -> dict[str, object]:
    at = "2026-11-19T23:58:00Z"
    return {"what": "triage", "user": "某人", "key": CARD, "title": "", "at": at} | cells


def told(*cards: dict[str, object]) -> bytes:
    return json.dumps({"cards": cards}).encode()


def test_hostile_files_are_nobody_s(clerks: tuple[Clerk, Clerk], folder: Path) -> None:
    one, two = clerks
    two.look_at("duty:y")
    place = folder / "triage"
    fit = told(card())
    secret = folder.with_name("secret.json")
    secret.write_bytes(fit)
    put(folder, "aaaaaaa1.json", b"\x00\xff{{{")
    put(folder, "aaaaaaa2.json", b'{"cards":' + b"[" * 4000)
    put(folder, "aaaaaaa3.json", fit + b" " * LIMIT)
    put(folder, "aaaaaaa4.json", told(card(at="soon"), card(at="9999-12-31T23:59:59-14:00")))
    put(folder, "aaaaaaa5.json", told(card(at="2026-11-19T23:58:00")))
    put(folder, "aaaaaa13.json", told(card(), card(user=7)))
    put(folder, "aaaaaaa6.sync-conflict-1.json", fit)
    put(folder, ".aaaaaaa7.json.part", fit)
    put(folder, "AAAAAAA8.json", fit)
    (place / "aaaaaaa9.json").symlink_to(secret)
    os.mkfifo(place / "aaaaaa10.json")
    (place / "aaaaaa11.json").mkdir()
    os.truncate(place / "aaaaaaa1.json", 1 << 32)
    assert two.sees() == []
    put(folder, "aaaaaa12.json", told(*[card(key=f"k{n}", user="\x1b[31m") for n in range(30)]))
    assert len(two.sees()) == 8
    assert one.sync.round().status.well and two.sync.round().status.well


def test_our_own_place_taken_by_something_else(
    clerks: tuple[Clerk, Clerk], folder: Path, tmp_path: Path
) -> None:
    one, two = clerks
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "triage").symlink_to(outside)
    one.look_at(CARD)
    assert list(outside.iterdir()) == [], "a link is not followed"
    (folder / "triage").unlink()
    (folder / "triage").write_text("a file")
    one.look_at("duty:y")
    (folder / "triage").unlink()
    target = tmp_path / "precious"
    target.write_text("precious")
    (folder / "triage").mkdir()
    (folder / "triage" / f".{one.file.name}.part").symlink_to(target)
    one.file.symlink_to(target)
    one.look_at("duty:z")
    two.look_at("duty:z")
    assert target.read_text() == "precious" and not one.file.is_symlink()
    assert two.sees() == [("李梅", "duty:z")]
    assert one.sync.status().well


@contextmanager
def full_disk() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_folder_hears_nothing_and_stays_well(clerks: tuple[Clerk, Clerk]) -> None:
    one, two = clerks
    two.look_at(CARD)
    one.presence.enter("triage")
    one.kept.look_at(CARD, "某件", one.clock.now())
    with full_disk():
        assert one.sees() == [("吴敏", CARD)], "it can be read"
    assert one.sync.status().well
    assert sorted(path.name for path in one.file.parent.iterdir()) == [two.file.name]
    one.look_at("duty:y")
    assert two.sees() == [("李梅", "duty:y")], "told with the next card"


@pytest.mark.parametrize(
    ("change", "state_then"),
    [({"format": 9}, "newer"), ({"office": "another"}, "foreign"), (None, "absent")],
)
def test_a_folder_not_to_be_written_is_not_written(
    clerks: tuple[Clerk, Clerk], folder: Path, change: dict[str, Any] | None, state_then: str
) -> None:
    one, _two = clerks
    marker = folder / "officetui.json"
    if change is None:
        marker.unlink()
    else:
        marker.write_text(json.dumps(json.loads(marker.read_text()) | change))
    before = state(folder)
    one.look_at(CARD)
    assert one.sync.status().state == state_then
    assert state(folder) == before


def test_an_empty_mount_point_gets_nothing(tmp_path: Path) -> None:
    """The share went away between the look at the marker and this."""
    for files in (OnDisk(tmp_path), Apart(tmp_path)):
        found = (
            files.presence("aaaaaaaa", b"{}", {})
            if isinstance(files, Apart)
            else exchange(files, "aaaaaaaa", b"{}", {})
        )
        assert found == [] and list(tmp_path.iterdir()) == []
        if isinstance(files, Apart):
            files.close()


def test_the_helper_does_it_with_the_mode_of_the_marker(tmp_path: Path) -> None:
    (tmp_path / "officetui.json").write_text("{}")
    files = Apart(tmp_path)
    files.modes = Modes(0o660, 0o2770, os.getgid())
    umask = os.umask(0o077)
    try:
        assert files.presence("aaaaaaaa", b"one", {}) == []
    finally:
        os.umask(umask)
    place = tmp_path / "triage"
    assert stat.S_IMODE(place.stat().st_mode) == 0o2770
    assert stat.S_IMODE((place / "aaaaaaaa.json").stat().st_mode) == 0o660
    ((writer, mark, data),) = files.presence("bbbbbbbb", None, {})
    assert (writer, data) == ("aaaaaaaa", b"one")
    assert files.presence("bbbbbbbb", None, {writer: mark}) == [(writer, mark, None)]
    files.presence("aaaaaaaa", b"", {})
    assert list(place.iterdir()) == []
    files.close()


def test_everything_else_ignores_it(clerks: tuple[Clerk, Clerk], folder: Path) -> None:
    one, two = clerks
    one.look_at(CARD)
    put(folder, "rubbish.json", b"\xff" * 100)
    assert two.sync.rebuild().status.well
    assert sorted(path.name for path in (folder / "triage").iterdir()) == sorted(
        [one.file.name, "rubbish.json"]
    )
    assert not (two.office.home / "triage").exists(), "it is no part of a home"
    for root in (folder, two.office.home):
        assert {path.name for path in (root / "journals").iterdir() if path.is_dir()} == {
            each.office.journal.writer for each in clerks
        }
