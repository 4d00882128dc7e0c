"""The mirror of one colleague's journal: what the folder shows of it, taken once it is sound.

Local segments only ever gain lines. A line is taken when the one before it is known and its hash
agrees; until then it waits (`waiting.py`). When that stays so for `waiting.PATIENCE` rounds, or as
long as these take, in whichever processes, reading goes on behind the gap, and the missing numbers
are a hole until they turn up. What the folder loses is not lost here.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from officetui.ledger import waiting
from officetui.ledger.files import Files, Found
from officetui.ledger.folder import main_name, read_name
from officetui.ledger.held import Held, Lock, Remembered, newest_of
from officetui.ledger.raw import Unit, Walked, follow, parse, read_head, read_unit
from officetui.ledger.reader import Reader
from officetui.ledger.waiting import Waiting

LARGEST = 1 << 24
"""A file over this many bytes is none of ours."""
TRUSTED = -1
"""`last` of a file that was not read in this run."""
SELDOM = 30
"""After that, what cannot be believed is looked at again every so many rounds."""


class Heard(NamedTuple):
    """A file of the folder as it was read. `same`: its first so many bytes are those of our
    segment, the last line of these begins at `last` (`TRUSTED`: nobody looked); `hashes`: of the
    lines in it (None: those of our segment up to `same`); `doubtful`: not all of it was sound, or
    not yet."""

    size: int
    mtime: int
    same: int
    last: int
    hashes: frozenset[str] | None
    doubtful: bool


class Mirror:
    """One writer's journal here, and what the folder has of it. `local` is rooted in `journals`;
    `lock` keeps appends and readers out while a local file changes; `now`: ms since 1970 UTC. What
    is here is in `here`."""

    def __init__(
        self,
        writer: str,
        office: str,
        local: Files,
        lock: Lock,
        now: Callable[[], int],
        memory: Remembered | None = None,
    ) -> None:
        self.writer = writer
        self.here = Held(writer, office, local, lock, memory or Remembered())
        self.listing: list[Found] | None = None
        self.heard: dict[str, Heard] = {}
        self.errors: list[OSError] = []
        self.unjudged = True
        """Whether `missing` may give something else than when it was last asked."""
        self._office = office
        self._local = local
        self._waiting = Waiting(self.here, office, now)
        self._again: set[str] = set()
        self._digests: dict[int, str] = {}  # of the segments that came whole in this round
        self._looked = 0
        self._moved = False

    # what is known

    @property
    def restless(self) -> bool:
        """Whether a round must look even though the folder shows nothing new."""
        return bool(
            self.errors or self._waiting or any(heard.doubtful for heard in self.heard.values())
        )

    def doubt_one(self) -> bool:
        """Look again, by the next round, at one file that is only trusted for its size. Whether
        there was one: damage keeps the size, and who else would notice it?"""
        for name in self.trusts():
            self.doubt(name)
            return True
        return False

    def compared(self) -> list[str]:
        """The files that were found in this run to hold what is here."""
        return sorted(
            name
            for name, heard in self.heard.items()
            if heard.hashes is None and heard.last != TRUSTED and not heard.doubtful
        )

    def doubt(self, name: str) -> None:
        """Look again, by the next round, at a file: damage may keep size and time."""
        if self.heard.pop(name, None) is not None:
            self.listing = None
            self._again.add(name)

    def trusts(self) -> list[str]:
        """The files that are only trusted for their size."""
        return [name for name, heard in self.heard.items() if heard.last == TRUSTED]

    # a round

    def round(
        self, found: list[Found], read: Reader, progress: Callable[[int], None] | None = None
    ) -> bool:
        """Take what the folder shows (`found`: the files of the writer's directory). Whether
        anything was added here. `progress` is told the bytes read, and may raise to cancel."""
        if self.listing == found and self.here.loaded and not self.restless:
            return False
        self.unjudged = True
        try:
            self._load()
            self.errors.clear()
            self._moved = False
            self._digests.clear()
            names = [(read_name(each.name), each) for each in found]
            known = [
                (name, each)
                for name, each in names
                if name is not None and 0 < each.size <= LARGEST
            ]
            known.sort(key=lambda pair: (not pair[0].main, pair[0].segment))
            news = [(name, each) for name, each in known if self._is_news(each, *name)]
            read.expect(
                [each.name for at, each in news if at.main and at.segment not in self.here.sizes]
            )
            for name, each in news:
                try:
                    size = self._look(each, name.segment, name.main, read)
                except Unread as unread:
                    self.errors.append(unread.error)
                    self.heard.pop(each.name, None)
                    continue
                if progress is not None:
                    progress(size)
            for gone in self.heard.keys() - {each.name for _, each in known}:
                del self.heard[gone]
            if self._waiting.settle(self._spell_out, self._mistrust):
                self._moved = True
            self._looked = 0 if self.listing != found else self._looked + 1
            if self._moved:
                self._close()
        except OSError:
            self.here.loaded = False  # what is here may be torn
            raise
        self.listing = found
        return self._moved

    def _load(self) -> None:
        if not self.here.loaded:
            self._waiting.clear()
            self.heard = {}
            self.here.load()

    def _is_news(self, found: Found, segment: int, main: bool) -> bool:
        heard = self.heard.get(found.name)
        if heard is None:
            trusted = main and segment <= self.here.memory.closed and found.name not in self._again
            if trusted and self.here.sizes.get(segment) == found.size:
                self.heard[found.name] = Heard(
                    found.size, found.mtime, found.size, TRUSTED, None, False
                )  # the same bytes were verified in an earlier run
                return False
            return True
        if (heard.size, heard.mtime) != (found.size, found.mtime):
            return True
        return heard.doubtful and (self._looked < waiting.PATIENCE or self._looked % SELDOM == 0)

    def _look(self, found: Found, segment: int, main: bool, read: Reader) -> int:
        """Read a file of the folder; the bytes read."""
        self._again.discard(found.name)
        if not main:
            data = _read(read, found.name)
            parsed = parse(data, self.writer)
            self._waiting.offer(segment, parsed)
            hashes = frozenset(unit.hash for unit in parsed.units)
            doubtful = bool(parsed.damaged or parsed.torn or len(data) < found.size)
            self.heard[found.name] = Heard(found.size, found.mtime, 0, 0, hashes, doubtful)
            return len(data)
        start, data, mine = self._compared(found, segment, read)
        if data == mine and mine:
            last = start + data.rfind(b"\n", 0, -1) + 1
            size = start + len(data)
            short = size < found.size
            self.heard[found.name] = Heard(found.size, found.mtime, size, last, None, short)
        elif data.startswith(mine) and self._at_the_end(segment):
            self._grow(found, segment, start, data, len(mine), read.walked)
        else:
            self._offer_whole(found, segment, data, start + len(data))
        return len(data)

    def _compared(self, found: Found, segment: int, read: Reader) -> tuple[int, bytes, bytes]:
        """(from which byte, what the folder has there, what is here): from our last line on when
        the file has only grown since, else all of it."""
        path = self.here.path(segment)
        heard = self.heard.get(found.name)
        if (
            heard is not None
            and heard.last > 0
            and heard.same == heard.size == self.here.sizes.get(segment)
            and found.size > heard.size
            and found.mtime >= heard.mtime
        ):
            data = _read(read, found.name, heard.last)
            mine = self._local.read(path, heard.last)
            if mine and data.startswith(mine):
                return heard.last, data, mine
        data = _read(read, found.name)
        return 0, data, self._local.read(path) if segment in self.here.sizes else b""

    def _at_the_end(self, segment: int) -> bool:
        return segment >= max(self.here.sizes, default=0)

    def _grow(
        self, found: Found, segment: int, start: int, data: bytes, known: int, walked: Walked | None
    ) -> None:
        """The folder has what is here and maybe more: take what follows soundly. `walked`: what a
        walk over `data` has found already."""
        end = data.rfind(b"\n") + 1
        at = known
        tail, high = self.here.memory.hash, self.here.high
        if not start and not known and end:
            at = self._begun(segment, data)
        last = start + (data.rfind(b"\n", 0, at - 1) + 1 if at else 0)
        first = at
        newest = b""
        digest: str | None = None
        if first:
            if walked is None or walked.p != tail:
                at, high, tail = follow(data, first, self.writer, high, tail)
            else:
                at, high, tail = walked.at, walked.n, walked.tail
                digest = walked.digest
            if at > first:
                begin = data.rfind(b"\n", 0, at - 1) + 1
                last, newest = start + begin, data[begin : at - 1]
        while first and at < end:
            stop = data.index(b"\n", at)
            unit = read_unit(data[at:stop], self.writer)
            if unit is None or (unit.n and not self._follows(unit, high, tail)):
                break
            if unit.n:
                tail, high = unit.hash, unit.n
                last = start + at
                newest = unit.raw
            at = stop + 1
        if at > known:
            self._moved = True
            self.here.append(segment, data[known:at], start + known)
            self._digests.pop(segment, None)
            if digest is not None and at == len(data):
                self._digests[segment] = digest
            self.here.numbers.add_up_to(self.writer, high)
            self.here.memory.hash = tail
            self.here.memory.newest = newest_of(newest) or self.here.memory.newest
        if at < end:
            rest = data[at:] if first else data
            self._offer_whole(found, segment, rest, start + len(data), partial=bool(first))
            return
        doubtful = len(data) > at or start + at < found.size
        self.heard[found.name] = Heard(
            found.size, found.mtime, start + at, last, None, doubtful
        )  # fmt: skip

    def _begun(self, segment: int, data: bytes) -> int:
        """Where the lines of a segment begin that is not here yet; 0 when it cannot be begun."""
        stop = data.index(b"\n")
        header = read_head(data[:stop], self.writer)
        if header is None or header.office != self._office or header.seg != segment:
            return 0
        return stop + 1 if header.n == self.here.high else 0

    def _follows(self, unit: Unit, high: int, tail: str) -> bool:
        if unit.n != high + 1:
            return False
        return unit.p is None or unit.p == tail or unit.p in self.here.forks.get(high, ())

    # what does not simply follow

    def _offer_whole(
        self, found: Found, segment: int, data: bytes, size: int, *, partial: bool = False
    ) -> None:
        """Offer what is in a file; `size`: up to which byte it was read."""
        parsed = parse(data, self.writer)
        self._waiting.offer(segment, parsed)
        hashes = {unit.hash for unit in parsed.units}
        if partial:  # what stands before is here already
            hashes.update(unit.hash for unit in self.here.units(segment))
        doubtful = bool(
            parsed.damaged
            or parsed.torn
            or (parsed.header is None and not partial)
            or size < found.size  # what stat has seen has not come yet
        )
        self.heard[found.name] = Heard(found.size, found.mtime, 0, 0, frozenset(hashes), doubtful)

    def _mistrust(self) -> None:
        """What is waited for may stand in a segment that was not read in this run."""
        self.here.memory.closed = 0
        for name in [name for name, heard in self.heard.items() if heard.last == TRUSTED]:
            del self.heard[name]
        self.listing = None

    def _spell_out(self, segment: int) -> None:
        """A segment here is about to change: say of its file in the folder what is in it."""
        self._digests.pop(segment, None)
        name = main_name(segment)
        heard = self.heard.get(name)
        if heard is None or heard.hashes is not None or segment not in self.here.sizes:
            return
        data = self._local.read(self.here.path(segment))[: heard.same]
        hashes = frozenset(unit.hash for unit in parse(data, self.writer).units)
        self.heard[name] = heard._replace(hashes=hashes, same=0, last=0)

    # the local files

    def _close(self) -> None:
        """Segments that were compared, and agree with the hash in the next header, need not be
        read again after a restart."""
        last = max(self.here.sizes, default=0)
        while self.here.memory.closed + 1 < last:
            segment = self.here.memory.closed + 1
            heard = self.heard.get(main_name(segment))
            if (
                segment not in self.here.sizes
                or segment + 1 not in self.here.sizes
                or heard is None
            ):
                break
            if heard.hashes is not None or heard.same != self.here.sizes[segment]:
                break
            header = self.here.header(segment + 1)
            digest = self._digests.get(segment)
            if digest is None:
                digest = sha256(self._local.read(self.here.path(segment))).hexdigest()
            if header is None or header.prev != digest:
                break
            self.here.memory.closed = segment

    # what the folder lacks

    def missing(self) -> dict[int, list[Unit]]:
        """The lines here that no file in the folder holds, per segment, as it was last read."""
        self._load()
        held: set[str] = set()
        lacking: list[int] = []
        for heard in self.heard.values():
            held.update(heard.hashes or ())
        for segment in sorted(self.here.sizes):
            heard_main = self.heard.get(main_name(segment))
            if heard_main is None or heard_main.hashes is not None:
                lacking.append(segment)
            elif heard_main.same < self.here.sizes[segment]:
                data = self._local.read(self.here.path(segment))[: heard_main.same]
                held.update(unit.hash for unit in parse(data, self.writer).units)
                lacking.append(segment)
        missing: dict[int, list[Unit]] = {}
        for segment in lacking:
            units = [unit for unit in self.here.units(segment) if unit.hash not in held]
            if units:
                missing[segment] = units
        for n, forked in sorted(self.here.forks.items()):
            for unit in forked.values():
                if unit.hash not in held:
                    missing.setdefault(self.here.place(n), []).append(unit)
        return missing


class Unread(Exception):
    """A file of the folder could not be read; `error` says why."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _read(read: Reader, name: str, start: int = 0) -> bytes:
    try:
        return read(name, start)
    except OSError as error:
        raise Unread(error) from error
