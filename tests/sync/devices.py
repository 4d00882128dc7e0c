"""Devices of one office over one real directory: homes, journals, stores, replicators."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from officetui.ledger import folder as folders
from officetui.ledger import identity
from officetui.ledger.conflicts import conflicts, edited_against_delete
from officetui.ledger.doc import shown_stamps
from officetui.ledger.files import Listing, OnDisk
from officetui.ledger.journal import Appended, Journal
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Change, Entry
from officetui.ledger.replicate import Replicator
from officetui.ledger.status import Outcome
from officetui.office.shelves import shelves, year_of
from officetui.store.desk import Store

NOW = 1_763_600_000_000  # 2025-11-20
DAY = 24 * 3600 * 1000
TODAY = "2025-11-20"
OFFICE = identity.Office("office", "综合办公室", "Asia/Shanghai")
R = "documents"


class Clock:
    def __init__(self) -> None:
        self.ms = NOW

    def __call__(self) -> int:
        self.ms += 1
        return self.ms


class Device:
    """One home and the process on it."""

    def __init__(
        self, home: Path, folder: Path | Between, clock: Callable[[], int], machine: str, user: str
    ) -> None:
        self.home = home
        self.folder = folder
        self.clock = clock
        self.machine = machine
        self.user = user
        self.skew = 0
        self.rng = random.Random(f"{home.name}{machine}")
        if identity.read_office(home) is None:
            identity.write_office(home, OFFICE)
        self.restart()

    def restart(self) -> None:
        writer = identity.writer_for(self.home, self.machine, self.rng)
        self.journal = Journal(self.home, writer, OFFICE.id, OFFICE.zone, "0.1.0")
        self.ledger = Ledger(self.home)
        self.store = Store(self.home, shelves(), year_of, self.ledger).open(TODAY)
        self.replicator = Replicator(
            self.home, self.folder, OFFICE, app="0.1.0", machine=self.machine, now=self.now,
            rng=self.rng,
        )  # fmt: skip

    def now(self) -> int:
        return self.clock() + self.skew

    # people

    def append(self, entries: list[Entry], action: str = "edit") -> Appended:
        kept = self.journal.append(Change(self.user, action, entries), self.now())
        self.store.apply(kept.lines)
        return kept

    def add(self, register: str = R, /, **cells: Any) -> str:
        return self.append([Entry(register, "#0", cells, {})]).ids["#0"]

    def set(self, record: str, register: str = R, /, **cells: Any) -> None:
        self.write(record, self.seen(record, register), register, **cells)

    def write(
        self, record: str, over: dict[str, list[str]], register: str = R, /, **cells: Any
    ) -> None:
        """Write over what was seen then. A deletion names everything."""
        named = over if "_del" in cells else {c: over[c] for c in cells if c in over}
        self.append([Entry(register, record, cells, named)])

    def seen(self, record: str, register: str = R) -> dict[str, list[str]]:
        return shown_stamps(self.store.doc(register, record) or {})

    # what it shows

    def doc(self, record: str, register: str = R) -> dict[str, Any]:
        """The visible cells."""
        doc = self.store.doc(register, record) or {}
        return {cell: doc[cell] for cell in doc if cell[:1] != "_" and cell != "id"}

    def titles(self) -> list[str]:
        return sorted(str(doc.get("title")) for doc in self.store.records(R).values())

    def conflicts(self, record: str, register: str = R) -> dict[str, list[Any]]:
        doc = self.store.doc(register, record) or {}
        return {cell: [leaf.value for leaf in found] for cell, found in conflicts(doc)}

    def unseen(self, record: str, register: str = R) -> dict[str, list[Any]]:
        doc = self.store.doc(register, record) or {}
        return {c: [leaf.value for leaf in found] for c, found in edited_against_delete(doc)}

    # the folder

    def sync(self, rounds: int = 1) -> Outcome:
        for _ in range(rounds):
            outcome = self.replicator.round()
        self.store.catch_up()
        return outcome

    @property
    def writer(self) -> str:
        return identity.known_writer(self.home, self.machine) or ""

    def local(self, segment: int = 1, writer: str = "") -> Path:
        return self.home / "journals" / (writer or self.writer) / f"{segment:06d}.jsonl"

    def published(self, segment: int = 1, writer: str = "") -> Path:
        root = self.folder if isinstance(self.folder, Path) else self.folder.root
        return root / "journals" / (writer or self.writer) / f"{segment:06d}.jsonl"

    def holes(self) -> list[tuple[str, int, int]]:
        return [(d.writer, *h) for d in self.replicator.status().devices for h in d.holes]

    def flushed(self) -> dict[str, bytes]:
        """Desk and books, made from the journals alone; the cursor set aside."""
        self.store.rebuild(TODAY)
        desk = msgspec.json.decode((self.home / "desk.json").read_bytes())
        del desk["_meta"]["1"]["cursor"]
        found = {"desk.json": msgspec.json.encode(desk)}
        for path in sorted((self.home / "books").glob("*.json")):
            found[path.name] = path.read_bytes()
        return found


class World:
    """A folder and whoever shares it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = Clock()
        self.folder = root / "folder"
        self.folder.mkdir()
        self.folder.chmod(0o770)
        self.found(self.folder)
        self.devices: list[Device] = []
        self.count = 0

    @staticmethod
    def found(folder: Path, office: str = OFFICE.id) -> None:
        marker = folders.marker_for(
            OnDisk(folder).standing(), office, OFFICE.name, OFFICE.zone, "0.1.0"
        )
        folders.write_marker(OnDisk(folder), marker)

    def device(
        self, machine: str = "", *, home: Path | None = None, folder: Path | Between | None = None
    ) -> Device:
        number = self.count
        self.count += 1
        made = Device(
            home or self.root / f"home{number}",
            self.folder if folder is None else folder,
            self.clock,
            machine or f"machine{number}",
            f"user{number}",
        )
        self.devices.append(made)
        return made

    def pair(self) -> tuple[Device, Device]:
        return self.device(), self.device()

    def copy(self, device: Device, *, machine: str = "") -> Device:
        """A clone of a whole machine."""
        home = self.root / f"home{self.count}"
        shutil.copytree(device.home, home)
        return self.device(machine or device.machine, home=home)

    def sync(self, *devices: Device, rounds: int = 3) -> None:
        for _ in range(rounds):
            for device in devices or self.devices:
                device.sync()

    def wait(self, ms: int) -> None:
        self.clock.ms += ms

    def tree(self, path: Path | None = None) -> dict[str, bytes]:
        root = path or self.folder
        return {
            str(each.relative_to(root)): each.read_bytes()
            for each in sorted(root.rglob("*"))
            if each.is_file()
        }


class Between:
    """`Files` of the real folder with something happening in between."""

    def __init__(self, root: Path) -> None:
        self.disk = OnDisk(root)
        self.root = root
        self.before: dict[str, Callable[[str], None]] = {}
        self.after: dict[str, Callable[[str], None]] = {}
        self.calls: list[tuple[str, str]] = []

    def _around(self, name: str, path: str, call: Callable[[], Any]) -> Any:
        self.calls.append((name, path))
        if name in self.before:
            self.before[name](path)
        result = call()
        if name in self.after:
            self.after[name](path)
        return result

    def scan(self, path: str) -> Listing:
        return self._around("scan", path, lambda: self.disk.scan(path))

    def read(self, path: str, start: int = 0) -> bytes:
        return self._around("read", path, lambda: self.disk.read(path, start))

    def append(self, path: str, at: int, data: bytes) -> None:
        self._around("append", path, lambda: self.disk.append(path, at, data))

    def replace(self, path: str, data: bytes) -> None:
        self._around("replace", path, lambda: self.disk.replace(path, data))

    def make_dir(self, path: str) -> None:
        self._around("make_dir", path, lambda: self.disk.make_dir(path))

    def remove(self, path: str) -> None:
        self._around("remove", path, lambda: self.disk.remove(path))
