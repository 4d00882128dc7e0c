"""A shared folder that behaves badly, as real ones do; a seed reproduces everything.

Two kinds: a *share* (NFS, SMB, sshfs: one truth, every client sees each file as of some moment,
now and then with zeros where new bytes will be) and a *synced* one (Syncthing, Nextcloud: every
replica has its own copy, files travel whole, later, in any order, and conflict copies arise).
"""

from __future__ import annotations

import errno
import random
from typing import NamedTuple

from officetui.ledger.files import Found, Listing


class Killed(BaseException):
    """Stands for kill -9: nothing after it is done."""


class File(NamedTuple):
    data: bytes
    mtime: int
    version: frozenset[int] = frozenset()


class Weather:
    """What may go wrong, and how often (0 to 1)."""

    def __init__(self, rng: random.Random, badness: float) -> None:
        self.rng = rng
        self.badness = badness
        self.calm = False
        self.count = 0

    def strikes(self, chance: float) -> bool:
        return not self.calm and self.rng.random() < chance * self.badness

    def tick(self) -> int:
        """A time of change, coarse now and then, as on real disks."""
        self.count += 1
        return self.count // 2 if self.count % 7 else self.count // 2 + 1


class Folder:
    """The folder as its server, or its sync engine, knows it. Paths as in `Files`."""

    def __init__(self, weather: Weather, *, synced: bool) -> None:
        self.weather = weather
        self.synced = synced
        self.history: dict[str, list[File]] = {}
        self.copies: list[dict[str, File]] = []
        self.directories: set[str] = set()
        self.events = 0

    def view(self) -> View:
        """The folder as one more replica sees it."""
        if self.synced:
            self.copies.append({})
        return View(self, len(self.copies) - 1)

    # one truth

    def current(self, path: str) -> File | None:
        versions = self.history.get(path)
        return versions[-1] if versions else None

    def put(self, path: str, data: bytes, *, mtime: int | None = None) -> None:
        at = self.weather.tick() if mtime is None else mtime
        self.history.setdefault(path, []).append(File(data, at))

    # many copies

    def store(self, copy: int, path: str, data: bytes, *, mtime: int | None = None) -> None:
        self.events += 1
        before = self.copies[copy].get(path)
        version = (before.version if before else frozenset()) | {self.events}
        at = self.weather.tick() if mtime is None else mtime
        self.copies[copy][path] = File(data, at, version)

    def travel(self, source: int, target: int, path: str) -> None:
        """One file goes from one copy to another, as a sync engine brings it."""
        rng = self.weather.rng
        theirs = self.copies[source].get(path)
        mine = self.copies[target].get(path)
        if theirs is None or theirs == mine:
            return
        folder, _, name = path.rpartition("/")
        if mine is None or mine.version < theirs.version:
            if self.weather.strikes(0.1):  # half copied in place; the rest comes another time
                part = theirs.data[: rng.randrange(len(theirs.data) + 1)]
                if self.weather.strikes(0.5):
                    part += b"\0" * (len(theirs.data) - len(part))
                version = mine.version if mine else frozenset()
                self.copies[target][path] = File(part, self.weather.tick(), version)
                return
            if self.weather.strikes(0.1):
                temp = f"{folder}/.syncthing.{name}.tmp"
                self.copies[target][temp] = File(theirs.data[:50], 0)
                return
            self.copies[target][path] = theirs
            return
        if theirs.version <= mine.version:
            return
        self.events += 1
        both = mine.version | theirs.version | {self.events}
        kept, lost = (mine, theirs) if mine.mtime > theirs.mtime else (theirs, mine)
        self.copies[target][path] = kept._replace(version=both)
        if kept.data != lost.data and name.endswith(".jsonl"):
            stem = name.removesuffix(".jsonl")
            copy = f"{folder}/{stem}.sync-conflict-20261120-{self.events:06d}-ABCDEFG.jsonl"
            self.copies[target][copy] = File(lost.data, lost.mtime, frozenset({self.events}))

    def spread(self) -> None:
        """Everything travels everywhere, until nothing differs."""
        for _ in range(3):
            for source in range(len(self.copies)):
                for target in range(len(self.copies)):
                    for path in sorted(self.copies[source]):
                        if source != target:
                            self.travel(source, target, path)

    # accidents

    def paths(self, copy: int = 0) -> list[str]:
        found = self.copies[copy] if self.synced else self.history
        return sorted(p for p in found if p.endswith(".jsonl") and self.bytes_of(p, copy))

    def bytes_of(self, path: str, copy: int = 0) -> bytes:
        file = self.copies[copy].get(path) if self.synced else self.current(path)
        return file.data if file is not None else b""

    def change(self, path: str, data: bytes, copy: int = 0, *, mtime: int | None = None) -> None:
        """Somebody or something else writes a file."""
        if self.synced:
            self.store(copy, path, data, mtime=mtime)
        else:
            self.put(path, data, mtime=mtime)

    def rewind(self, path: str, copy: int = 0) -> None:
        """A file as it was some time ago, maybe with the time of then."""
        rng = self.weather.rng
        if self.synced:
            data = self.bytes_of(path, copy)
            lines = data.split(b"\n")
            past = b"\n".join(lines[: rng.randrange(len(lines))])
            self.change(path, past + b"\n" if past else b"", copy)
            return
        past_file = rng.choice(self.history[path])
        mtime = past_file.mtime if rng.random() < 0.5 else None
        self.change(path, past_file.data, mtime=mtime)

    def drop(self, path: str, copy: int = 0) -> None:
        if self.synced:
            self.copies[copy].pop(path, None)
        else:
            self.history.pop(path, None)

    def empty(self) -> None:
        """Somebody deletes everything."""
        self.history.clear()
        self.directories.clear()
        for copy in self.copies:
            copy.clear()


class View:
    """`Files` for one replica."""

    def __init__(self, folder: Folder, copy: int) -> None:
        self.folder = folder
        self.weather = folder.weather
        self.copy = copy
        self.absent = False
        self.written_absent = 0
        self.writes = 0
        self._seen: dict[str, int] = {}

    # Files

    def scan(self, path: str) -> Listing:
        self._trouble()
        prefix = f"{path}/" if path else ""
        files: list[Found] = []
        directories: set[str] = set()
        for each in self._paths():
            if not each.startswith(prefix):
                continue
            name, slash, _ = each[len(prefix) :].partition("/")
            if slash:
                directories.add(name)
                continue
            file = self._look(each)
            if file is not None and not self.weather.strikes(0.01):
                files.append(Found(name, len(file.data), file.mtime))
        if not files and not directories and path not in self.folder.directories:
            raise FileNotFoundError(errno.ENOENT, "not there", path)
        return Listing(sorted(files), sorted(directories))

    def read(self, path: str, start: int = 0) -> bytes:
        self._trouble()
        file = None if self.absent else self._again(path)
        if file is None:
            raise FileNotFoundError(errno.ENOENT, "not there", path)
        data = file.data
        if self.weather.strikes(0.03):
            data = data[: self.weather.rng.randrange(len(data) + 1)]
        elif self.weather.strikes(0.03):  # the page is there, its bytes are not yet
            cut = self.weather.rng.randrange(len(data) + 1)
            data = data[:cut] + b"\0" * (len(data) - cut)
        return data[start:]

    def append(self, path: str, at: int, data: bytes) -> None:
        self._trouble()
        before = None if self.absent else self._newest(path)
        if before is None:
            raise FileNotFoundError(errno.ENOENT, "not there", path)
        if len(before.data) != at:
            raise OSError(errno.ESTALE, "has changed", path)
        self._write(path, before.data, data)

    def replace(self, path: str, data: bytes) -> None:
        self._trouble()
        self._must_be_there(path)
        folder, _, name = path.rpartition("/")
        if self.weather.strikes(0.04):
            error = self.weather.rng.choice((errno.EACCES, errno.EBUSY, errno.ENOSPC))
            raise OSError(error, "refused", path)
        if self.weather.strikes(0.03):
            part = data[: self.weather.rng.randrange(len(data) + 1)]
            self._put(f"{folder}/.{name}.x.part" if folder else f".{name}.x.part", part)
            raise Killed
        self._put(path, data)
        self._seen[path] = len(self.folder.history.get(path, ())) - 1
        if self.weather.strikes(0.02):
            raise Killed

    def make_dir(self, path: str) -> None:
        self._trouble()
        self._must_be_there(path)
        self.folder.directories.add(path)

    def remove(self, path: str) -> None:
        self.folder.drop(path, self.copy)

    # inside

    def _trouble(self) -> None:
        if self.weather.strikes(0.01):
            raise OSError(errno.EIO, "an input/output error")
        if self.weather.strikes(0.008):
            raise Killed

    def _must_be_there(self, path: str) -> None:
        if self.absent:
            self.written_absent += 1

    def _paths(self) -> list[str]:
        if self.absent:
            return []
        if self.folder.synced:
            return sorted(self.folder.copies[self.copy])
        return sorted(self.folder.history)

    def _newest(self, path: str) -> File | None:
        if self.folder.synced:
            return self.folder.copies[self.copy].get(path)
        return self.folder.current(path)

    def _look(self, path: str) -> File | None:
        """The file as this client sees it now; what it has seen once does not get older."""
        if self.folder.synced:
            return self.folder.copies[self.copy].get(path)
        versions = self.folder.history[path]
        newest = len(versions) - 1
        seen = min(self._seen.get(path, -1), newest)
        if self.weather.strikes(0.25):
            if seen < 0:
                return None
        else:
            seen = newest
        self._seen[path] = seen
        return versions[seen]

    def _again(self, path: str) -> File | None:
        if self.folder.synced:
            return self.folder.copies[self.copy].get(path)
        versions = self.folder.history.get(path)
        if not versions:
            return None
        if path not in self._seen:
            self._seen[path] = len(versions) - 1
        return versions[min(self._seen[path], len(versions) - 1)]

    def _write(self, path: str, before: bytes, data: bytes) -> None:
        self.writes += 1
        if self.weather.strikes(0.05):
            part = data[: self.weather.rng.randrange(len(data) + 1)]
            self._put(path, before + part)
            kind = self.weather.rng.randrange(3)
            if kind == 0:
                raise Killed
            raise OSError(errno.ENOSPC if kind == 1 else errno.EIO, "not all was written", path)
        self._put(path, before + data)
        self._seen[path] = len(self.folder.history.get(path, ())) - 1
        if self.weather.strikes(0.03):
            raise OSError(errno.EIO, "fsync failed", path)

    def _put(self, path: str, data: bytes) -> None:
        self.writes += 1
        if self.folder.synced:
            self.folder.store(self.copy, path, data)
        else:
            self.folder.put(path, data)
