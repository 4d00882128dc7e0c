"""Replicas over a bad folder. `run(seed)` plays one story and checks how it ends.

Each replica has a real home (journals, locks and all), the folder is simulated, time and chance
are drawn from the seed. In the end the weather is calm, everybody alive syncs, a newcomer joins;
then everything anybody ever confirmed must be everywhere, and every replica must show the same.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from officetui.errors import NotKept
from officetui.ledger import change, identity, journal, mirror, publish, replicate, retire, waiting
from officetui.ledger import folder as folders
from officetui.ledger.conflicts import conflicts, edited_against_delete
from officetui.ledger.cursor import Cursor
from officetui.ledger.doc import shown_stamps
from officetui.ledger.files import Files, Listing, OnDisk
from officetui.ledger.fold import Fold
from officetui.ledger.journal import Journal
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Change, Entry, New
from officetui.ledger.replicate import Replicator
from tests.ledger.world import Memory
from tests.sim.folder import Folder, Killed, View, Weather

START = 1_763_600_000_000
DAY = 24 * 3600 * 1000
OFFICE = identity.Office("office-1", "办公室", "Asia/Shanghai")
SEGMENTS = 4
CELLS = ("owner", "due", "title")


class Diverged(AssertionError):
    """What must hold does not."""


class Rules:
    """The parts under test; the broken variants exchange one of them."""

    fold: type[Fold] = Fold
    replicator: type[Replicator] = Replicator


class Local:
    """`Files` of a home; the process may die at any write."""

    def __init__(self, root: Path, weather: Weather) -> None:
        self._disk = OnDisk(root, tag="sim")
        self._weather = weather

    def _die(self) -> None:
        if self._weather.strikes(0.02):
            raise Killed

    def scan(self, path: str) -> Listing:
        return self._disk.scan(path)

    def read(self, path: str, start: int = 0) -> bytes:
        return self._disk.read(path, start)

    def append(self, path: str, at: int, data: bytes) -> None:
        self._die()
        if self._weather.strikes(0.02):
            part = data[: self._weather.rng.randrange(len(data))]
            self._disk.append(path, at, part)
            raise Killed
        self._disk.append(path, at, data)
        self._die()

    def replace(self, path: str, data: bytes) -> None:
        self._die()
        self._disk.replace(path, data)
        self._die()

    def make_dir(self, path: str) -> None:
        self._disk.make_dir(path)

    def remove(self, path: str) -> None:
        self._disk.remove(path)


class Replica:
    """One device: its home, and the process that runs on it just now."""

    def __init__(self, world: World, home: Path, machine: str, view: View, user: str) -> None:
        self.world = world
        self.home = home
        self.machine = machine
        self.view = view
        self.user = user
        self.skew = 0
        self.confirmed: set[str] = set()
        self.alive = True
        self.shown: dict[str, dict[str, list[str]]] = {}
        self.desk: bytes = b""
        self.start()

    def start(self) -> None:
        """A process starts: what only was in memory is gone."""
        world = self.world
        writer = identity.writer_for(self.home, self.machine, world.rng)
        self.journal = Journal(self.home, writer, OFFICE.id, OFFICE.zone, "0.1.0")
        self.ledger = Ledger(self.home)
        (self.home / "journals").mkdir(exist_ok=True)
        local: Files = Local(self.home / "journals", world.weather)
        self.replicator = world.rules.replicator(
            self.home, self.view, OFFICE, app="0.1.0", machine=self.machine, now=self.now,
            rng=world.rng, local=local,
        )  # fmt: skip
        self.memory = Memory()
        self.fold = world.rules.fold()
        if self.desk:
            cursor, pending, docs = msgspec.json.decode(self.desk)
            self.fold = world.rules.fold(Cursor.from_json(cursor), Fold.pending_from_json(pending))
            self.memory.docs = {(register, record): doc for register, record, doc in docs}

    def flush(self) -> None:
        """The desk is written."""
        docs = [[*place, doc] for place, doc in self.memory.docs.items()]
        cursor = self.fold.cursor.to_json()
        self.desk = msgspec.json.encode([cursor, self.fold.pending_json(), docs])

    def now(self) -> int:
        return self.world.now + self.skew

    def hear(self) -> None:
        for line in self.ledger.read_since(self.fold.cursor):
            self.memory.young.clear()
            self.fold.fold(line, self.memory)

    def sync(self) -> bool:
        """One round; whether it brought anything, or failed. Dying in it means starting again."""
        try:
            outcome = self.replicator.round()
        except Killed:
            self.start()
            return True
        if outcome.news:
            self.hear()
        return outcome.news or bool(outcome.error)

    # what people do

    def edit(self) -> None:
        world, rng = self.world, self.world.rng
        world.serial += 1
        value = f"v{world.serial}."
        self.hear()
        records = sorted({record for _, record in self.memory.docs})
        if not records or rng.random() < 0.35:
            entries = [Entry("documents", "#0", {"title": value, "owner": value}, {})]
            if rng.random() < 0.3:
                entries.append(Entry("items", "#1", {"parent": New("#0"), "title": value}, {}))
            if rng.random() < 0.15:  # too much for one line: a group
                for k in range(2, 9):
                    entries.append(Entry("items", f"#{k}", {"title": f"{value}{'字' * 99}"}, {}))
        else:
            entries = [self._edited(rng.choice(records), value)]
        try:
            # Two clones that write the same number in the same millisecond make one stamp of two
            # changes: docs/sync.md names this limit, so no two changes here share a millisecond.
            self.world.now += 1
            self.journal.append(Change(self.user, "edit", entries), self.now())
        except NotKept:
            return
        self.confirmed.add(value)
        self.hear()

    def _edited(self, record: str, value: str) -> Entry:
        rng = self.world.rng
        register = "documents" if record.endswith(".0") else "items"
        doc = self.memory.doc(register, record) or {}
        stamps = shown_stamps(doc)
        if rng.random() < 0.3:  # a form opened some time ago
            stamps = self.shown.get(record, stamps)
        self.shown[record] = shown_stamps(doc)
        if rng.random() < 0.12:
            return Entry(register, record, {"_del": value}, stamps)
        cells = rng.sample(CELLS, rng.choice((1, 1, 2)))
        if doc.get("_del") and rng.random() < 0.5:
            cells.append("_del")
        written: dict[str, Any] = {cell: None if cell == "_del" else value for cell in cells}
        written[cells[0]] = value if cells[0] != "_del" else None
        return Entry(register, record, written, {c: stamps[c] for c in cells if c in stamps})

    # what it has

    def values(self) -> bytes:
        """All bytes of its journals and forks."""
        found = []
        for path in sorted((self.home / "journals").glob("*/*.jsonl")):
            found.append(path.read_bytes())
        return b"".join(found)

    def state(self) -> bytes:
        """What it shows, with every leaf, and what is still awaited."""
        return self.memory.bytes() + msgspec.json.encode(self.fold.pending_json())

    def conflicts(self) -> bytes:
        listed = [
            [*place, conflicts(doc), edited_against_delete(doc)]
            for place, doc in sorted(self.memory.docs.items())
        ]
        return msgspec.json.encode(listed)


class World:
    """One story."""

    def __init__(self, seed: int, root: Path, rules: type[Rules] = Rules) -> None:
        self.rng = random.Random(seed)
        self.rules = rules
        self.root = root
        self.now = START
        self.serial = 0
        self.weather = Weather(self.rng, self.rng.choice((0, 0.3, 1, 1, 2)))
        self.folder = Folder(self.weather, synced=self.rng.random() < 0.4)
        self.replicas: list[Replica] = []
        self.backups: list[tuple[Replica, Path, bytes]] = []
        self.story: list[str] = []
        self.clones = 0

    # who is there

    def join(self, *, machine: str = "") -> Replica:
        number = len(self.replicas)
        home = self.root / f"home{number}"
        home.mkdir()
        identity.write_office(home, OFFICE)
        view = self.folder.view()
        calm, self.weather.calm = self.weather.calm, True
        if number == 0:
            folders.write_marker(view, folders.Marker(OFFICE.id, OFFICE.name, OFFICE.zone))
        elif self.folder.synced:
            for path in sorted(self.folder.copies[0]):
                self.folder.travel(0, view.copy, path)
        self.weather.calm = calm
        replica = Replica(self, home, machine or f"machine{number}", view, f"user{number}")
        self.replicas.append(replica)
        return replica

    def living(self) -> list[Replica]:
        return [replica for replica in self.replicas if replica.alive]

    # what happens

    def step(self) -> None:
        rng = self.rng
        self.now += rng.choice((1, 500, 3_000, 60_000, 3_600_000))
        replica = rng.choice(self.living())
        draw = rng.random()
        if draw < 0.38:
            self._told("edit", replica)
            replica.edit()
        elif draw < 0.76:
            self._told("sync", replica)
            replica.sync()
        elif draw < 0.80:
            replica.flush()
        elif draw < 0.84:
            self._told("restart", replica)
            replica.start()
        elif self.folder.synced and draw < 0.90:
            self._travel(rng)
        else:
            self.accident(replica)
        if self.folder.synced and rng.random() < 0.6:
            self._travel(rng)

    def _travel(self, rng: random.Random) -> None:
        source, target = (
            rng.randrange(len(self.folder.copies)),
            rng.randrange(len(self.folder.copies)),
        )
        if source != target and not self.replicas[target].view.absent:
            for path in sorted(self.folder.copies[source]):
                if rng.random() < 0.5:
                    self.folder.travel(source, target, path)

    def accident(self, replica: Replica, kind: str = "") -> None:
        rng, copy = self.rng, replica.view.copy
        paths = self.folder.paths(copy)
        kind = kind or rng.choice(ACCIDENTS)
        self._told(kind, replica)
        if kind == "absent":
            replica.view.absent = not replica.view.absent
        elif kind == "clock":
            replica.skew = rng.choice((0, -DAY, 3 * 365 * DAY, 5))
        elif kind == "day":
            self.now += DAY + 1
        elif kind == "clone" and self.clones < 2:
            self._clone(replica)
        elif kind == "backup":
            place = self.root / f"backup{len(self.backups)}"
            shutil.copytree(replica.home, place)
            self.backups.append((replica, place, replica.desk))
        elif kind == "restore":
            self._restore(replica)
        elif kind == "die" and len(self.living()) > 2:
            replica.alive = False
        elif kind == "join" and len(self.replicas) < 5:
            self.join()
        elif kind == "empty" and rng.random() < 0.3:
            self.folder.empty()
            calm, self.weather.calm = self.weather.calm, True
            replica.view.absent = False
            replica.replicator.rebuild()
            self.weather.calm = calm
        elif paths:
            self._spoil(kind, rng.choice(paths), copy)

    def _spoil(self, kind: str, path: str, copy: int) -> None:
        rng, folder = self.rng, self.folder
        data = folder.bytes_of(path, copy)
        if kind == "rewind":
            folder.rewind(path, copy)
        elif kind == "rewind all":
            for each in folder.paths(copy):
                folder.rewind(each, copy)
        elif kind == "truncate":
            folder.change(path, data[: rng.randrange(len(data))], copy)
        elif kind == "flip":
            at = rng.randrange(len(data))
            folder.change(
                path, data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :], copy
            )
        elif kind == "page":  # its beginning is not there yet, or no more
            cut = rng.randrange(len(data) + 1)
            folder.change(path, b"\0" * cut + data[cut:], copy)
        elif kind == "lose":
            folder.drop(path, copy)
        elif kind == "duplicate":
            stem = path.removesuffix(".jsonl")
            name = rng.choice((" 2", " (conflicted copy 2026-11-20 101010)"))
            cut = rng.randrange(len(data) + 1)
            folder.change(f"{stem}{name}.jsonl", data[:cut], copy)
        elif kind == "stray":
            parent = path.rpartition("/")[0]
            for name in ("~syncthing~x.tmp", ".~lock.x#", "000001.jsonl.part", "x.txt", "000009"):
                folder.change(f"{parent}/{name}", data[:99], copy)

    def _clone(self, original: Replica) -> None:
        self.clones += 1
        number = len(self.replicas)
        home = self.root / f"home{number}"
        shutil.copytree(original.home, home)
        view = self.folder.view()
        if self.folder.synced:
            self.folder.copies[view.copy] = dict(self.folder.copies[original.view.copy])
        machine = original.machine if self.rng.random() < 0.8 else f"machine{number}"
        clone = Replica(self, home, machine, view, f"user{number}")
        clone.desk = original.desk
        clone.start()
        self.replicas.append(clone)

    def _restore(self, replica: Replica) -> None:
        mine = [backup for backup in self.backups if backup[0] is replica]
        if not mine:
            return
        _, place, desk = self.rng.choice(mine)
        shutil.rmtree(replica.home)
        shutil.copytree(place, replica.home)
        replica.desk = desk
        replica.shown = {}
        replica.start()
        # What was only on the disk is gone with it.
        here = replica.values()
        replica.confirmed = {value for value in replica.confirmed if value.encode() in here}

    def _told(self, what: str, replica: Replica) -> None:
        self.story.append(f"{what} {self.replicas.index(replica)}")

    # how it ends

    def end(self) -> None:
        self.weather.calm = True
        held = {replica: replica.values() for replica in self.living()}
        for replica in self.living():
            replica.view.absent = False
            replica.start()
        if not any(self._marked(replica) for replica in self.living()):
            self.living()[0].replicator.rebuild()
        self.settle(publish.SCRUB * SEGMENTS)
        self.now += DAY + 60_000
        for _ in range(2):
            self.settle()
            self.now += DAY + 60_000
        newcomer = self.join()
        self.settle()
        self.check(held, newcomer)

    def _marked(self, replica: Replica) -> bool:
        return folders.look(replica.view, OFFICE.id).state == folders.OK

    def settle(self, rounds: int = 1) -> None:
        """Rounds until nothing has moved for longer than any patience."""
        quiet = 0
        for _ in range(400):
            moved = False
            before = self.folder.weather.count
            for replica in self.living():
                self.now += 1_000
                moved |= replica.sync()
                if self.folder.synced:
                    self.folder.spread()
            moved |= any(replica.replicator.trusts() for replica in self.living())
            moved |= before != self.folder.weather.count
            quiet = 0 if moved else quiet + 1
            if quiet > waiting.PATIENCE + rounds:
                return
        raise Diverged("never quiet")

    def check(self, held: dict[Replica, bytes], newcomer: Replica) -> None:
        living = self.living()
        everything = {replica: replica.values() for replica in living}
        lost: dict[str, list[int]] = {}
        wanted = set()
        for replica, data in held.items():
            for value in replica.confirmed:
                if value.encode() not in data:
                    raise Diverged(f"{self.replicas.index(replica)} lost its own {value}")
            wanted |= replica.confirmed
        for number in range(1, self.serial + 1):
            value = f"v{number}."
            if any(value.encode() in data for data in held.values()):
                wanted.add(value)
        for value in wanted:
            for replica in living:
                if value.encode() not in everything[replica]:
                    lost.setdefault(value, []).append(self.replicas.index(replica))
        if lost:
            raise Diverged(f"lost: {lost}")
        lost_for_ever = any(d.holes for d in newcomer.replicator.status().devices)
        for replica in living:
            if replica.view.written_absent:
                raise Diverged("wrote where no folder is mounted")
            status = replica.replicator.status()
            if status.error or status.waiting or any(d.lacking for d in status.devices):
                raise Diverged(f"{self.replicas.index(replica)} is not done: {status}")
            replica.hear()
            kept = replica.state()
            replica.desk = b""
            replica.start()
            replica.hear()
            if replica.state() != kept:
                raise Diverged(f"{self.replicas.index(replica)} shows other than its journals say")
        # What is awaited of a group whose lines are lost for ever depends on which of two forks
        # came first; what is shown does not.
        for replica in living:
            if replica.memory.bytes() != newcomer.memory.bytes():
                raise Diverged(f"{self.replicas.index(replica)} holds other than the newcomer")
            if replica.state() != newcomer.state() and not lost_for_ever:
                raise Diverged(f"{self.replicas.index(replica)} shows other than the newcomer")
            if replica.conflicts() != newcomer.conflicts():
                raise Diverged("conflicts differ")


ACCIDENTS = (
    "rewind", "rewind", "rewind all", "truncate", "flip", "page", "lose", "duplicate", "stray",
    "absent", "absent", "clock", "day", "clone", "backup", "backup", "restore", "restore", "die",
    "join", "empty",
)  # fmt: skip


@contextmanager
def small() -> Iterator[None]:
    """Small segments, short patience: much happens in a short story."""
    with ExitStack() as stack:
        for module, name, value in (
            (journal, "SEGMENT_LIMIT", 2_500),
            (retire, "SEGMENT_LIMIT", 2_500),
            (change, "LINE_LIMIT", 2_000),
            (retire, "LINE_LIMIT", 2_000),
            (change, "PIECE", 400),
            (replicate, "SELDOM", 1),
            (publish, "SCRUB", 3),
            (waiting, "PATIENCE", 4),
            (mirror, "SELDOM", 6),
        ):
            stack.enter_context(_set(module, name, value))
        yield


@contextmanager
def _set(module: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


@contextmanager
def fast_place() -> Iterator[Path]:
    """A directory in memory where there is one."""
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="officetui-sim-", dir=shm) as name:
        yield Path(name)


def run(
    seed: int,
    rules: type[Rules] = Rules,
    *,
    steps: int | None = None,
    watch: Callable[[World], None] | None = None,
) -> World:
    """Play the story of a seed. Raises Diverged (or whatever broke)."""
    with fast_place() as root, small():
        world = World(seed, root, rules)
        for _ in range(world.rng.choice((2, 2, 3, 4))):
            world.join()
        if watch is not None:
            watch(world)
        for _ in range(world.rng.choice((30, 60, 120)) if steps is None else steps):
            world.step()
        world.end()
        return world
