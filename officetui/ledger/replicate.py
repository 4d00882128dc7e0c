"""Replication: bytes between the journals here and the shared folder. What they mean is for the
fold, which reads the local journals only.

`Replicator.round()` publishes what is ours, mirrors what is the colleagues', and hands on what the
folder has lost. It never waits for anybody, may fail at any point, and the next round goes on.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from officetui.ledger import folder as folders
from officetui.ledger import identity, retire
from officetui.ledger.apart import Apart
from officetui.ledger.disk import locked, make_dir, open_new, shared
from officetui.ledger.files import Files, Listing, OnDisk, scan_below
from officetui.ledger.folder import ABSENT, FULL, JOURNALS, NEWER, OK, Marker
from officetui.ledger.held import Remembered
from officetui.ledger.journal import Journal
from officetui.ledger.line import FORMAT, READER
from officetui.ledger.mirror import Mirror
from officetui.ledger.publish import Contradiction, Publisher
from officetui.ledger.reader import Reader
from officetui.ledger.relay import is_due, relay
from officetui.ledger.remember import Kept, Memory
from officetui.ledger.stamp import Rng, is_stamp, is_writer, parts
from officetui.ledger.status import Counted, Device, Outcome, Progress, Status
from officetui.ledger.sweep import sweep_folder, sweep_here

LOCK: Final = "replicate.lock"

SELDOM = 30
"""Every so many rounds one segment is read again, the first of those not read in this run."""


class Replicator:
    """Replicates one home with one folder. Use it from one thread at a time.

    `office`: the office here; `app`: version written into headers; `now`: ms since 1970 UTC.
    `files` and `local` stand in for the folder and `home/journals` in tests.
    """

    def __init__(
        self,
        home: Path,
        folder: Path | Files,
        office: identity.Office,
        *,
        app: str = "",
        machine: str | None = None,
        now: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        rng: Rng | None = None,
        local: Files | None = None,
    ) -> None:
        self.home = home
        self.files: Files = OnDisk(folder) if isinstance(folder, Path) else folder
        self._local: Files = OnDisk(home / JOURNALS) if local is None else local
        self._office = office
        self._app = app
        self._machine = machine
        self._now = now
        self._rng: Rng = rng or random.SystemRandom()
        self._mirrors: dict[str, Mirror] = {}
        self._listed: set[str] | None = None  # the writers found here when this began
        self._publisher: Publisher | None = None
        self._kept = Kept(home, str(getattr(self.files, "root", "")))
        self._state = ABSENT
        self._marker: Marker | None = None
        self._read_at: int | None = None
        self._error = ""
        self._marks: list[tuple[str, retire.Retired]] | None = None
        self._rounds = 0
        self._unlisted: set[str] = set()

    # for everybody

    def round(self, *, wait: float = 0, progress: Progress | None = None) -> Outcome:
        """One round. `wait`: how many seconds to wait for another process that replicates this
        home. Errors of the folder are told, not raised; OSError means the disk here."""
        with self._alone(wait) as held:
            if not held:
                return Outcome(True, self._state, False, "")
            return self._round(progress, rebuild=False)

    def rebuild(self, *, wait: float = 10, progress: Progress | None = None) -> Outcome:
        """Refill an emptied folder: write the marker, publish, and hand on at once whatever the
        folder lacks of anybody. Refused (state foreign or newer) for a folder not ours."""
        with self._alone(wait) as held:
            if not held:
                return Outcome(True, self._state, False, "")
            look = folders.look(self.files, self._office.id)
            if look.state == ABSENT:
                try:
                    folders.write_marker(self.files, self._new_marker())
                except OSError as error:
                    self._state, self._error = ABSENT, str(error)
                    return Outcome(False, ABSENT, False, self._error)
            first = self._round(progress, rebuild=True)
            second = self._round(progress, rebuild=True)
            return second._replace(news=first.news or second.news)

    def status(self) -> Status:
        """What is known now; reads nothing from the folder."""
        devices = [self._device(writer) for writer in sorted(self._mirrors)]
        return Status(
            self._state, self.waiting(), self.read_at(), devices, self._retired(), self._marker,
            self._error,
        )  # fmt: skip

    def waiting(self) -> int:
        """How many own changes are not known to be in the folder, whichever process has published
        the others. Reads what is here only. Raises OSError, DataDamaged."""
        if self._kept.is_stale():
            memory = Kept(self.home, self._kept.folder).read()
        elif self._publisher is not None:
            return self._publisher.waiting()
        else:
            memory = self._kept.memory
        me = self.writer()
        return self._made_publisher(me, memory).waiting() if me is not None else 0

    def writer(self) -> str | None:
        """Who writes here now, None when nobody has yet."""
        me = identity.known_writer(self.home, self._machine)
        return retire.successor(self.home, me) if me is not None else None

    def read_at(self) -> int | None:
        """When (ms UTC) the folder was last read, by whichever process; None when never."""
        kept = self._kept
        memory = Kept(self.home, kept.folder).read() if kept.is_stale() else kept.memory
        return max(self._read_at or 0, memory.read_at) or None

    def remembered(self) -> dict[str, Remembered]:
        """What whichever process last read the folder knew of the colleagues' journals."""
        kept = self._kept
        memory = Kept(self.home, kept.folder).read() if kept.is_stale() else kept.memory
        return memory.writers

    def close(self) -> None:
        """Keep when the folder was last read, for the next start."""
        with self._alone(0) as held:
            if held and self._read_at:
                if self._kept.is_stale():
                    self._forget()
                self._kept.write(self._read_at, also_alone=True)

    def trusts(self) -> bool:
        """Whether segments of colleagues are believed that were not read in this run."""
        return any(mirror.trusts() for mirror in self._mirrors.values())

    # a round

    def _round(self, progress: Progress | None, *, rebuild: bool) -> Outcome:
        self._error = ""
        if self._kept.is_stale():  # another process made rounds, or this is the first
            self._forget()
        interrupted = retire.interrupted(self.home)
        if interrupted is not None:
            self._retire(*interrupted)
        look = folders.look(self.files, self._office.id)
        self._state, self._marker = look.state, look.marker
        if look.state not in (OK, NEWER):
            return Outcome(False, self._state, False, self._error)
        if isinstance(self.files, OnDisk | Apart) and look.marker is not None:
            self.files.modes = look.marker.modes()
        news = False
        writing = look.state == OK
        try:
            listings = self._listings()
            me = self.writer()
            if me is not None and writing:
                me = self._publish(me, listings)
            news = self._pull(listings, me, progress)
            if self._publisher is not None and self._publisher.news:
                news, self._publisher.news = True, False
            self._read_at = self._now()
            if writing:
                self._hand_on(listings, me, rebuild)
                self._sweep(listings, me)
        except _FolderTrouble as trouble:
            self._told(trouble.error)
        finally:
            self._save()
        return Outcome(False, self._state, news, self._error)

    def _told(self, error: OSError) -> None:
        if folders.is_full(error):
            self._state = FULL
        self._error = self._error or str(error)

    def _listings(self) -> dict[str, Listing]:
        """The directories of the writers in the folder. One that cannot be listed now is left out
        of this round, so that nothing is inferred from it."""
        self._unlisted.clear()
        files = self.files
        try:
            if isinstance(files, Apart):  # is asked once, not for each
                found = files.scan_below(JOURNALS)
            else:
                found = dict(scan_below(files, JOURNALS))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _FolderTrouble(error) from error
        listings: dict[str, Listing] = {}
        for name, listing in found.items():
            if isinstance(listing, OSError):
                self._told(listing)
                self._unlisted.add(name)
            else:
                listings[name] = listing
        return listings

    def _publish(self, me: str, listings: dict[str, Listing]) -> str:
        """Publish what is ours; our writer afterwards."""
        publisher = self._publisher_of(me)
        try:
            if listings.get(me) is None and (self.home / JOURNALS / me).is_dir():
                # just before anything new is made: an unmounted share has no marker any more
                if folders.look(self.files, self._office.id).state != OK:
                    return me
                self.files.make_dir(JOURNALS)
            found = publisher.round(listings.get(me))
        except OSError as error:
            self._told(error)
            return me
        for trouble in publisher.errors:
            self._told(trouble)
        return self._contradicted(me, found) if found is not None else me

    def _contradicted(self, me: str, found: Contradiction) -> str:
        mark = self._retire(me, found.first)
        return retire.successor(self.home, mark.to)

    def _retire(self, old: str, first: int) -> retire.Retired:
        author = retire.Author(self.home, self._office.id, self._office.zone, self._app)
        mark = retire.retire(author, old, first, self._now(), self._rng)
        self._publisher = self._marks = None
        self._mirrors[old] = self.make_mirror(old, None)  # a colleague's from now on
        return mark

    def _publisher_of(self, me: str) -> Publisher:
        if self._publisher is None or self._publisher.writer != me:
            self._mirrors.pop(me, None)
            self._publisher = self._made_publisher(me, self._kept.memory)
        return self._publisher

    def _made_publisher(self, me: str, memory: Memory) -> Publisher:
        known = memory if memory.own == me else Memory()
        return Publisher(
            me,
            self._local,
            self.files,
            Journal(self.home, me, self._office.id, self._office.zone, self._app).settle,
            lambda: shared(self.home),
            lambda: locked(self.home),
            known.closed,
            (known.segment, known.size),
        )

    def _pull(
        self, listings: dict[str, Listing], me: str | None, progress: Progress | None
    ) -> bool:
        """Mirror the colleagues' journals. Whether anything new is here."""
        make_dir(self.home / JOURNALS)
        if not self._rounds:
            sweep_here(self._local, self._here())
        self._rounds += 1
        if self._rounds % SELDOM == 0:
            self._doubt_one()
        told = Counted(progress, listings, self._mirrors, me) if progress is not None else None
        news = False
        for writer in sorted(self._here() | listings.keys()):
            if writer == me or writer in self._unlisted:
                continue
            mirror = self._mirror(writer)
            listing = listings.get(writer)
            found = listing.files if listing is not None else []
            news |= mirror.round(found, Reader(self.files, writer), told)
            for error in mirror.errors:
                self._told(error)
        return news

    def _doubt_one(self) -> None:
        """Have one file of the colleagues read again: first of those that were not read in this
        run, then of all in turn."""
        mirrors = sorted(self._mirrors.items())
        if any(mirror.doubt_one() for _, mirror in mirrors):
            return
        files = [(mirror, name) for _, mirror in mirrors for name in mirror.compared()]
        if files:
            mirror, name = files[self._rounds // SELDOM % len(files)]
            mirror.doubt(name)

    def _sweep(self, listings: dict[str, Listing], me: str | None) -> None:
        """Now and then, remove what was left half-written in the folder under our names."""
        if self._rounds % SELDOM == 1 % SELDOM:
            mine = {writer for writer, _ in self._retired()} | ({me} if me is not None else set())
            try:
                sweep_folder(self.files, listings, mine, self._now())
            except OSError as error:
                self._told(error)

    def _here(self) -> set[str]:
        """The writers that have a journal here, looked for once: later ones come by the folder."""
        if self._listed is None:
            try:
                names = self._local.scan("").directories
            except FileNotFoundError:
                return set(self._mirrors)
            self._listed = {name for name in names if is_writer(name)}
        return self._listed | set(self._mirrors)

    def _mirror(self, writer: str) -> Mirror:
        mirror = self._mirrors.get(writer)
        if mirror is None:
            known = self._kept.memory.writers.get(writer)
            mirror = self._mirrors[writer] = self.make_mirror(writer, known)
        return mirror

    def make_mirror(self, writer: str, known: Remembered | None) -> Mirror:
        return Mirror(
            writer, self._office.id, self._local, lambda: locked(self.home), self._now, known
        )

    def _hand_on(self, listings: dict[str, Listing], me: str | None, rebuild: bool) -> None:
        """Relay what the folder has lacked for a day, or at once when it is rebuilt."""
        now = self._now()
        for _, mirror in sorted(self._mirrors.items()):
            if mirror.unjudged:
                mirror.unjudged = False
                lacking = bool(mirror.missing())
                since = mirror.here.memory.missing_since
                mirror.here.memory.missing_since = (since or now) if lacking else 0
            if not mirror.here.memory.missing_since or not (rebuild or is_due(mirror, now)):
                continue
            try:
                if folders.look(self.files, self._office.id).state != OK:
                    return
                self.files.make_dir(JOURNALS)
                me = me or identity.writer_for(self.home, self._machine, self._rng)
                relay(mirror, self.files, me, mirror.missing())
                mirror.unjudged = True
            except OSError as error:
                self._told(error)

    # around a round

    @contextmanager
    def _alone(self, wait: float) -> Iterator[bool]:
        """Hold the lock of replication; False when another process holds it all the time."""
        fd = open_new(self.home / LOCK, os.O_RDWR)
        try:
            until = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        yield False
                        return
                    time.sleep(0.05)
            yield True
        finally:
            os.close(fd)

    def _forget(self) -> None:
        """Begin anew with what the file says: what this process knows is of before."""
        self._kept.read()
        self._mirrors = {}
        self._listed = None
        self._publisher = self._marks = None

    def _save(self) -> None:
        """Keep what spares work in the next run; nothing is written when nothing changed."""
        memory = self._kept.memory
        for writer, mirror in self._mirrors.items():
            memory.writers[writer] = mirror.here.remember()
        if self._publisher is not None:
            memory.own, memory.closed = self._publisher.writer, self._publisher.closed
            memory.segment, memory.size = self._publisher.known()
            memory.writers.pop(self._publisher.writer, None)
        self._kept.write(self._read_at or 0)

    def _new_marker(self) -> Marker:
        office = self._office
        if isinstance(self.files, OnDisk | Apart):
            standing = self.files.standing()
            return folders.marker_for(standing, office.id, office.name, office.zone, self._app)
        return Marker(office.id, office.name, office.zone, FORMAT, READER, app=self._app)

    def _device(self, writer: str) -> Device:
        mirror = self._mirrors[writer]
        newest = mirror.here.memory.newest
        at = parts(newest)[0] if is_stamp(newest) else 0
        return Device(
            writer, mirror.here.high, at, mirror.here.holes, mirror.here.memory.missing_since
        )

    def _retired(self) -> list[tuple[str, retire.Retired]]:
        if self._marks is None:
            self._marks = []
            for writer in sorted(self._here() | set(self._mirrors)):
                mark = retire.read_mark(self.home / JOURNALS / writer)
                if mark is not None:
                    self._marks.append((writer, mark))
        return self._marks


class _FolderTrouble(Exception):
    """The folder cannot be listed."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error
