"""Sync as the office knows it: rounds for a worker thread, and the truth about them.

`Sync.round` may wait for the folder as long as the folder likes; it takes no lock of `Office`.
`Sync.status` never waits and may be asked from any thread. What came is folded by
`Office.refresh`, as what another process wrote.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from officetui import __version__
from officetui.errors import OfficeError
from officetui.ledger import identity
from officetui.ledger.apart import Apart
from officetui.ledger.files import Files, Gathering
from officetui.ledger.folder import ABSENT, FULL, JOURNALS, NEWER, OK
from officetui.ledger.held import Remembered
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Line
from officetui.ledger.replicate import Replicator
from officetui.ledger.segments import decode, read_segment
from officetui.ledger.stamp import parts
from officetui.ledger.status import Outcome, Progress
from officetui.ledger.status import Status as Raw
from officetui.office.clock import Clock, SystemClock
from officetui.office.folder import folder_of, why

if TYPE_CHECKING:
    from officetui.office.presence import Presence

NONE: Final = "none"
UNREAD: Final = "unread"
POLL: Final = (2.0, 5.0)
"""Seconds between two rounds; drawn anew each time, so that devices do not march in step."""
STALLED: Final = 10.0
"""Seconds without any news of a round after which the folder counts as not answering."""
_LAST: Final = 253_402_300_799_000

Range = tuple[int, int]

_CHANCE = random.SystemRandom()  # a thread leaves the state of everybody's generator alone


class Device(msgspec.Struct, frozen=True):
    """A colleague's device, as its journal here tells. `newest`: when its newest change was
    written (aware UTC, its own clock), by `user`; `holes`: numbers of changes that are missing;
    `lacking`: since when the folder has lost changes of it that are here."""

    writer: str
    user: str
    lines: int
    newest: datetime | None
    holes: tuple[Range, ...] = ()
    lacking: datetime | None = None


class Former(msgspec.Struct, frozen=True):
    """An earlier writer of this device: somebody else wrote under its name too (the machine was
    cloned, or restored from a backup). `again`: how many of our changes were issued again."""

    writer: str
    to: str
    at: datetime | None
    again: int


class SyncStatus(msgspec.Struct, frozen=True):
    """The truth at one moment.

    `state`: none (no folder), unread (not looked at yet), ok, absent, foreign, newer, full.
    `why`: for absent: missing, denied, silent, empty, unmarked. `waiting`: own changes not known
    to be in the folder, None: not known. `read_at`: when the folder was last read. `theirs`: the
    office of a foreign folder, or the version that a newer one needs. `error`: what the system
    said. `silent`: since when a round gets no answer. `progress`: (bytes read, bytes to read) of
    the round under way. `busy`: another process of this office replicates just now.
    """

    folder: Path | None
    state: str
    why: str = ""
    waiting: int | None = None
    read_at: datetime | None = None
    devices: tuple[Device, ...] = ()
    retired: tuple[Former, ...] = ()
    theirs: str = ""
    error: str = ""
    silent: datetime | None = None
    progress: tuple[int, int] | None = None
    busy: bool = False

    @property
    def holes(self) -> int:
        """How many changes are missing in all."""
        return sum(last - first + 1 for d in self.devices for first, last in d.holes)

    @property
    def reachable(self) -> bool:
        return self.state in (OK, NEWER, FULL) and self.silent is None

    @property
    def well(self) -> bool:
        """Nothing that anybody should look at."""
        return self.state in (NONE, OK) and not (self.error or self.holes or self.silent)


class Told(msgspec.Struct, frozen=True):
    """What a round did. `news`: something came that `Office.refresh` will fold; `changed`: the
    status is another one than before."""

    status: SyncStatus
    news: bool
    changed: bool


class Cancelled(Exception):
    """A round was told to stop; what came is kept, and the next one goes on."""


class Sync:
    """Replication of one home. `round`, `rebuild` and `run` from one thread, the rest from any.

    `folder`: another one than `folder.json` names, which else is read anew for each round;
    `apart`: let a process of its own touch it, so that this one can end while the folder hangs.
    `patience`: after so many seconds without an answer a round goes on without the folder; None:
    it waits for as long as the folder likes.
    """

    def __init__(
        self,
        home: Path,
        info: identity.Office,
        folder: Path | None = None,
        *,
        clock: Clock | None = None,
        machine: str | None = None,
        apart: bool = False,
        patience: float | None = None,
    ) -> None:
        self.home = home
        self._apart = apart
        self._patience = patience
        self._info = info
        self._given = folder
        self._clock = clock or SystemClock()
        self._machine = machine or identity.machine_id()
        self._ledger = Ledger(home)
        self._local = Gathering(home / JOURNALS)
        self.presence: Presence | None = None
        """Who looks at which card; None: nobody is told, and nobody asks."""
        self._replicator: Replicator | None = None
        self._folder = folder or folder_of(home)
        self._users: dict[tuple[str, int], str] = {}
        self._offline: tuple[Device, ...] | None = None
        self._status = SyncStatus(None, NONE)
        if self._folder is not None:
            self._begin(self._folder)
        self._active = 0.0
        self._progress: tuple[int, int] | None = None
        self._listener: Progress | None = None
        self._stop = threading.Event()
        self._awake = threading.Event()

    # for any thread

    def status(self) -> SyncStatus:
        """What is known now; waits for nothing."""
        active, progress = self._active, self._progress
        if not active:
            return self._status
        idle = time.monotonic() - active
        silent = None
        if idle > STALLED:
            silent = datetime.fromtimestamp(self._clock.now().timestamp() - idle, UTC)
        return replace(self._status, progress=progress, silent=silent)

    def wake(self) -> None:
        """Let `run` make a round now: after a change of ours, so that it is published at once."""
        self._awake.set()

    def stop(self) -> None:
        """End `run`, and a first sync at its next file. Returns at once."""
        self._stop.set()
        self._awake.set()

    # for the worker

    def round(self, *, wait: float = 0, progress: Progress | None = None) -> Told:
        """One round. `wait`: seconds to wait for another process that replicates this home.

        Raises OSError (the disk here), DataDamaged, Cancelled (after `stop`), and what `progress`
        raises.
        """
        return self._do(lambda one: one.round(wait=wait, progress=self._mark), progress)

    def rebuild(self, *, progress: Progress | None = None) -> Told:
        """Refill an emptied folder with everything that is here. Raises as `round`."""
        return self._do(lambda one: one.rebuild(progress=self._mark), progress)

    def run(self, told: Callable[[Told], object]) -> None:
        """Round after round until `stop`; `told` hears of each, in this thread. What goes wrong
        is in the status: this never raises by itself."""
        while not self._stop.is_set():
            self._awake.clear()
            try:
                done = self.round()
            except Cancelled:
                return
            except (OSError, OfficeError) as error:
                done = self._say(replace(self._status, error=str(error)), False)
            told(done)
            if not self._stop.is_set():
                self._awake.wait(_CHANCE.uniform(*POLL))

    def close(self) -> None:
        """Keep when the folder was last read, for the next start."""
        if self._replicator is not None:
            with suppress(OSError):
                self._replicator.close()
        self._leave()

    # a round

    def _do(self, work: Callable[[Replicator], Outcome], progress: Progress | None) -> Told:
        replicator = self._current()
        if replicator is None:
            return self._say(SyncStatus(None, NONE), False)
        self._listener = progress
        self._active = time.monotonic()
        try:
            outcome = work(replicator)
            self._local.settle()
            if self.presence is not None and outcome.state in (OK, FULL) and not outcome.busy:
                self._active = time.monotonic()
                writing = outcome.state == OK
                self.presence.round(replicator.files, replicator.writer(), writing)
        finally:
            self._active, self._progress, self._listener = 0.0, None, None
        if outcome.busy:
            waiting, read_at = replicator.waiting(), _instant(replicator.read_at() or 0)
            status = replace(self._status, busy=True, waiting=waiting, read_at=read_at)
            return self._say(status, False)
        return self._say(self._seen(replicator.status(), outcome), outcome.news)

    def _current(self) -> Replicator | None:
        """The replicator of the folder of now: the command line may have named another one."""
        folder = self._given or folder_of(self.home)
        if folder != self._folder or (folder is not None and self._replicator is None):
            self._leave()
            self._folder = folder
            self._replicator = None
            if folder is not None:
                self._begin(folder)
        return self._replicator

    def _begin(self, folder: Path) -> None:
        """Replicate with this folder; what waits is known before anybody has looked at it."""
        self._status = SyncStatus(folder, UNREAD)
        files = Apart(folder, self._patience) if self._apart else folder
        self._replicator = one = Replicator(
            self.home, files, self._info, app=__version__, machine=self._machine,
            local=self._local, now=lambda: int(self._clock.now().timestamp() * 1000),
        )  # fmt: skip
        with suppress(OSError, OfficeError):  # the first round says so
            self._status = SyncStatus(
                folder, UNREAD, waiting=one.waiting(), read_at=_instant(one.read_at() or 0)
            )

    def _files(self) -> Files | None:
        return self._replicator.files if self._replicator is not None else None

    def _leave(self) -> None:
        """Let the process that touches the folder end; a later round begins another one."""
        files = self._files()
        if isinstance(files, Apart):
            files.close()

    def _mark(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._active = time.monotonic()
        self._progress = (done, of)
        if self._listener is not None:
            self._listener(done, of)

    def _say(self, status: SyncStatus, news: bool) -> Told:
        changed = replace(status, read_at=None) != replace(self._status, read_at=None)
        self._status = status
        return Told(status, news, changed)

    # the truth

    def _seen(self, raw: Raw, outcome: Outcome) -> SyncStatus:
        assert self._folder is not None
        theirs = ""
        if raw.marker is not None and raw.state not in (OK, FULL):
            theirs = raw.marker.app if raw.state == NEWER else raw.marker.name or raw.marker.office
        former = {writer for writer, _mark in raw.retired}
        files = self._files()
        state = ABSENT if isinstance(files, Apart) and files.hangs else raw.state
        return SyncStatus(
            folder=self._folder,
            state=state,
            why=why(files or self._folder) if state == ABSENT else "",
            waiting=raw.waiting,
            read_at=_instant(raw.read_at or 0),
            devices=self._devices(raw, former),
            retired=tuple(
                Former(writer, mark.to, _instant(mark.at), mark.count)
                for writer, mark in raw.retired
            ),
            theirs=theirs,
            error=outcome.error or raw.error,
        )  # fmt: skip

    def _devices(self, raw: Raw, former: set[str]) -> tuple[Device, ...]:
        if not raw.devices:  # the folder was never read in this run
            return self._devices_here(former)
        return tuple(
            Device(
                each.writer, self._user(each.writer, each.n), each.n, _instant(each.newest),
                tuple(each.holes), _instant(each.lacking),
            )
            for each in raw.devices
            if each.writer not in former and each.n
        )  # fmt: skip

    def _devices_here(self, former: set[str]) -> tuple[Device, ...]:
        """The colleagues' devices as the journals here tell of them, and what the last round of
        any process has left about what they lack."""
        if self._offline is None:
            one = self._replicator
            own = {one.writer() if one is not None else None, *former}
            kept = one.remembered() if one is not None else {}
            found = []
            for writer in self._ledger.writers():
                segments = [] if writer in own else self._ledger.segments(writer)
                raws = read_segment(segments[-1]).split(b"\n")[:-1] if segments else []
                line = decode(raws[-1], writer) if raws else None
                if isinstance(line, Line):
                    known = kept.get(writer, Remembered())
                    holes = tuple(known.holes) if known.n == line.n else ()
                    newest, lacking = _instant(parts(line.t)[0]), _instant(known.missing_since)
                    found.append(Device(writer, line.u, line.n, newest, holes, lacking))
            self._offline = tuple(found)
        return self._offline

    def _user(self, writer: str, n: int) -> str:
        """Who wrote the newest change of a writer."""
        if (writer, n) not in self._users:
            line = self._ledger.numbered(writer, n)
            self._users = {key: user for key, user in self._users.items() if key[0] != writer}
            self._users[writer, n] = line.u if line is not None else ""
        return self._users[writer, n]


def _instant(ms: int) -> datetime | None:
    """An aware UTC instant; None for 0. A clock that is wilder than the year 9999 is that."""
    return datetime.fromtimestamp(min(ms, _LAST) / 1000, UTC) if ms else None
