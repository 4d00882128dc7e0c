"""The mirror of one colleague's journal: what the folder shows of it, taken once it is sound.

Local segments only ever gain lines. A line is taken when the one before it is known and its hash
agrees; when that stays otherwise for `PATIENCE` rounds, reading goes on behind the gap, and the
missing numbers are a hole until they turn up. What the folder loses is not lost here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import NamedTuple

import msgspec

from officetui.ledger.files import Files, Found
from officetui.ledger.fold import Cursor
from officetui.ledger.folder import main_name, read_name
from officetui.ledger.forks import fork_name, is_fork
from officetui.ledger.line import FORMAT, Header, encode_header
from officetui.ledger.raw import Parsed, Unit, joined, parse, read_head, read_unit

PATIENCE = 10
"""Rounds for which a gap must stay unchanged before reading goes on behind it."""
TRUSTED = -1
"""`last` of a file that was not read in this run."""
SELDOM = 30
"""After that, what cannot be believed is looked at again every so many rounds."""

Read = Callable[[str, int], bytes]
"""Reads a file of the writer's directory in the folder, from a byte on."""
Lock = Callable[[], AbstractContextManager[None]]


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


class Remembered(msgspec.Struct, omit_defaults=True):
    """What spares reading a mirror again after a restart; believed only while `segment` (the last
    one) is `size` bytes long. `closed`: segments up to here agree with the hash in the next
    header. `missing_since`: since when (ms) the folder lacks lines that are here."""

    segment: int = 0
    size: int = 0
    count: int = 0
    n: int = 0
    hash: str = ""
    holes: list[tuple[int, int]] = []
    closed: int = 0
    missing_since: int = 0
    newest: str = ""


class Mirror:
    """One writer's journal here, and what the folder has of it. `local` is rooted in `journals`;
    `lock` keeps appends and readers out while a local file changes."""

    def __init__(
        self, writer: str, office: str, local: Files, lock: Lock, memory: Remembered | None = None
    ) -> None:
        self.writer = writer
        self.memory = memory or Remembered()
        self.listing: list[Found] | None = None
        self.heard: dict[str, Heard] = {}
        self.forks: dict[int, dict[str, Unit]] = {}
        self.errors: list[OSError] = []
        self.unjudged = True
        """Whether `missing` may give something else than when it was last asked."""
        self._office = office
        self._local = local
        self._lock = lock
        self._sizes: dict[int, int] = {}
        self._headers: dict[int, tuple[Header | None, bytes]] = {}
        self._numbers = Cursor()
        self._waiting: dict[int, dict[str, tuple[int, Unit]]] = {}
        self._heads: dict[int, tuple[Header, bytes]] = {}
        self._again: set[str] = set()
        self._looked = 0
        self._stuck = (0, 0)
        self._moved = False
        self._loaded = False

    # what is known

    @property
    def high(self) -> int:
        """The highest number here, 0 when none."""
        return self._numbers.number(self.writer)

    @property
    def holes(self) -> list[tuple[int, int]]:
        """Numbers below the highest that are not here, as inclusive ranges."""
        return self._numbers.holes(self.writer)

    @property
    def restless(self) -> bool:
        """Whether a round must look even though the folder shows nothing new."""
        return bool(
            self.errors
            or self._waiting
            or self._heads
            or any(heard.doubtful for heard in self.heard.values())
        )

    def doubt_one(self) -> bool:
        """Look again, by the next round, at one file that is only trusted for its size. Whether
        there was one: damage keeps the size, and who else would notice it?"""
        for name in self.trusts():
            del self.heard[name]
            self.listing = None
            self._again.add(name)
            return True
        return False

    def trusts(self) -> list[str]:
        """The files that are only trusted for their size."""
        return [name for name, heard in self.heard.items() if heard.last == TRUSTED]

    # a round

    def round(
        self, found: list[Found], read: Read, progress: Callable[[int], None] | None = None
    ) -> bool:
        """Take what the folder shows (`found`: the files of the writer's directory). Whether
        anything was added here. `progress` is told the bytes read, and may raise to cancel."""
        if self.listing == found and self._loaded and not self.restless:
            return False
        self.unjudged = True
        try:
            self._load()
            self.errors.clear()
            self._moved = False
            names = [(read_name(each.name), each) for each in found]
            known = [(name, each) for name, each in names if name is not None and each.size]
            for name, each in sorted(known, key=lambda pair: (not pair[0].main, pair[0].segment)):
                if not self._is_news(each, name.segment, name.main):
                    continue
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
            self._settle()
            self._looked = 0 if self.listing != found else self._looked + 1
            if self._moved:
                self._close()
        except OSError:
            self._loaded = False  # what is here may be torn
            raise
        self.listing = found
        return self._moved

    def _is_news(self, found: Found, segment: int, main: bool) -> bool:
        heard = self.heard.get(found.name)
        if heard is None:
            trusted = main and segment <= self.memory.closed and found.name not in self._again
            if trusted and self._sizes.get(segment) == found.size:
                self.heard[found.name] = Heard(
                    found.size, found.mtime, found.size, TRUSTED, None, False
                )  # the same bytes were verified in an earlier run
                return False
            return True
        if (heard.size, heard.mtime) != (found.size, found.mtime):
            return True
        return heard.doubtful and (self._looked < PATIENCE or self._looked % SELDOM == 0)

    def _look(self, found: Found, segment: int, main: bool, read: Read) -> int:
        """Read a file of the folder; the bytes read."""
        self._again.discard(found.name)
        if not main:
            data = _read(read, found.name)
            parsed = parse(data, self.writer)
            self._offer(segment, parsed)
            hashes = frozenset(unit.hash for unit in parsed.units)
            self.heard[found.name] = Heard(found.size, found.mtime, 0, 0, hashes, False)
            return len(data)
        start, data, mine = self._compared(found, segment, read)
        if data == mine and mine:
            last = start + data.rfind(b"\n", 0, -1) + 1
            size = start + len(data)
            self.heard[found.name] = Heard(found.size, found.mtime, size, last, None, False)
        elif data.startswith(mine) and self._at_the_end(segment):
            self._grow(found, segment, start, data, len(mine))
        else:
            self._offer_whole(found, segment, data)
        return len(data)

    def _compared(self, found: Found, segment: int, read: Read) -> tuple[int, bytes, bytes]:
        """(from which byte, what the folder has there, what is here): from our last line on when
        the file has only grown since, else all of it."""
        path = self._path(segment)
        heard = self.heard.get(found.name)
        if (
            heard is not None
            and heard.last > 0
            and heard.same == heard.size == self._sizes.get(segment)
            and found.size > heard.size
            and found.mtime >= heard.mtime
        ):
            data = _read(read, found.name, heard.last)
            mine = self._local.read(path, heard.last)
            if mine and data.startswith(mine):
                return heard.last, data, mine
        data = _read(read, found.name)
        return 0, data, self._local.read(path) if segment in self._sizes else b""

    def _at_the_end(self, segment: int) -> bool:
        return segment >= max(self._sizes, default=0)

    def _grow(self, found: Found, segment: int, start: int, data: bytes, known: int) -> None:
        """The folder has what is here and maybe more: take what follows soundly."""
        end = data.rfind(b"\n") + 1
        at = known
        tail, high = self.memory.hash, self.high
        if not start and not known and end:
            at = self._begun(segment, data)
        last = start + (data.rfind(b"\n", 0, at - 1) + 1 if at else 0)
        first = at
        newest = b""
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
            self._append(segment, data[known:at], start + known)
            for n in range(self.high + 1, high + 1):
                self._numbers.add_number(self.writer, n)
            self.memory.hash = tail
            self.memory.newest = newest_of(newest) or self.memory.newest
        if at < end:
            self._offer_whole(found, segment, data[at:] if first else data, partial=bool(first))
            return
        doubtful = len(data) > at
        self.heard[found.name] = Heard(
            found.size, found.mtime, start + at, last, None, doubtful
        )  # fmt: skip

    def _begun(self, segment: int, data: bytes) -> int:
        """Where the lines of a segment begin that is not here yet; 0 when it cannot be begun."""
        stop = data.index(b"\n")
        header = read_head(data[:stop], self.writer)
        if header is None or header.office != self._office or header.seg != segment:
            return 0
        return stop + 1 if header.n == self.high else 0

    def _follows(self, unit: Unit, high: int, tail: str) -> bool:
        if unit.n != high + 1:
            return False
        return unit.p is None or unit.p == tail or unit.p in self.forks.get(high, ())

    def _append(self, segment: int, data: bytes, at: int) -> None:
        with self._lock():
            if segment in self._sizes:
                self._local.append(self._path(segment), at, data)
            else:
                self._local.make_dir(self.writer)
                self._local.replace(self._path(segment), data)
        self._sizes[segment] = at + len(data)
        self._moved = True

    # what does not simply follow

    def _offer_whole(
        self, found: Found, segment: int, data: bytes, *, partial: bool = False
    ) -> None:
        parsed = parse(data, self.writer)
        self._offer(segment, parsed)
        hashes = {unit.hash for unit in parsed.units}
        if partial:  # what stands before is here already
            hashes.update(unit.hash for unit in self._units(segment))
        doubtful = bool(parsed.damaged or parsed.torn or (parsed.header is None and not partial))
        self.heard[found.name] = Heard(found.size, found.mtime, 0, 0, frozenset(hashes), doubtful)

    def _offer(self, segment: int, parsed: Parsed) -> None:
        header = parsed.header
        if header is not None:
            if header.office != self._office:
                return
            if header.seg == segment and self._wants_head(segment, header):
                self._heads.setdefault(segment, (header, parsed.head))
        for unit in parsed.units:
            self._waiting.setdefault(unit.n, {}).setdefault(unit.hash, (segment, unit))

    def _wants_head(self, segment: int, header: Header) -> bool:
        if segment not in self._sizes:
            return True
        known = self._header(segment)
        return known is None or (not known.app and header.n == known.n and bool(header.app))

    def _settle(self) -> None:
        """Take of the waiting lines what fits; when the first of them has waited for `PATIENCE`
        rounds, also what does not."""
        if not self._waiting and not self._heads:
            return
        known = self._known(min(self._waiting, default=1) - 1, max(self._waiting, default=0))
        taken = _Taken({}, [])
        self._fit(known, taken)
        first = min(self._waiting, default=0)
        self._stuck = (first, self._stuck[1] + 1 if first == self._stuck[0] else 0)
        if first and self._stuck[1] == PATIENCE // 2:
            self._mistrust()
        if first and self._stuck[1] >= PATIENCE:
            while self._waiting:
                n = min(self._waiting)
                unit = self._waiting[n].pop(min(self._waiting[n]))
                taken.units[n] = unit
                known[n] = unit[1].hash
                self._fit(known, taken)
        heads = self._fitting_heads(set(taken.units))
        if not taken.units and not taken.forked and not heads:
            return
        if taken.forked:
            self._keep_forks(taken.forked)
        if taken.units or heads:
            self._insert(taken.units, heads)
        self._moved = True

    def _mistrust(self) -> None:
        """What is waited for may stand in a segment that was not read in this run."""
        self.memory.closed = 0
        for name in [name for name, heard in self.heard.items() if heard.last == TRUSTED]:
            del self.heard[name]
        self.listing = None

    def _fit(self, known: dict[int, str], taken: _Taken) -> None:
        """Move waiting lines to `taken`, in order, as far as each follows what is known."""
        for n in sorted(self._waiting):
            offered = self._waiting[n]
            if n not in known:
                before = {known.get(n - 1, "")} if n > 1 else {""}
                before.update(self.forks.get(n - 1, ()))
                chained = [
                    hash
                    for hash, (_, unit) in sorted(offered.items())
                    if (unit.p in before or unit.p is None) and (n == 1 or n - 1 in known)
                ]
                if not chained:
                    continue
                known[n] = chained[0]
                taken.units[n] = offered.pop(chained[0])
            for hash, (_, unit) in offered.items():
                if hash != known[n] and hash not in self.forks.get(n, ()):
                    self.forks.setdefault(n, {})[hash] = unit
                    taken.forked.append(unit)
            del self._waiting[n]

    def _fitting_heads(self, numbers: set[int]) -> dict[int, tuple[Header, bytes]]:
        """The waiting headers that can be used now: none that the others contradict."""
        fitting: dict[int, tuple[Header, bytes]] = {}
        for segment in sorted(self._heads):
            header, _ = self._heads[segment]
            below = [k for k in (*self._sizes, *fitting) if k < segment]
            above = [k for k in self._sizes if k > segment]
            low = self._start(max(below), fitting) if below else 0
            top = self._start(min(above), fitting) if above else None
            if header.n < low or (top is not None and header.n > top):
                del self._heads[segment]  # of a branch that parts its segments elsewhere
            elif header.n <= self.high or any(n > header.n for n in numbers):
                fitting[segment] = self._heads.pop(segment)
        return fitting

    def _start(self, segment: int, fitting: dict[int, tuple[Header, bytes]]) -> int:
        header = fitting[segment][0] if segment in fitting else self._header(segment)
        return header.n if header is not None else 0

    def _known(self, low: int, high: int) -> dict[int, str]:
        """Hashes of the lines here from number `low` to `high`, and of more."""
        known: dict[int, str] = {}
        for segment in sorted(self._sizes, reverse=True):
            header = self._header(segment)
            start = header.n if header is not None else 0
            if start < high:
                for unit in self._units(segment):
                    known[unit.n] = unit.hash
            if header is not None and start < low:
                break
        return known

    def _insert(
        self, units: dict[int, tuple[int, Unit]], heads: dict[int, tuple[Header, bytes]]
    ) -> None:
        """Put lines where their numbers belong: in the last segment that begins before them.

        A segment may move its end into one that comes between; it is written after that one, so
        that a crash leaves lines twice, not never.
        """
        heads = dict(heads)
        for n, (segment, _) in sorted(units.items()):
            if not any(self._start(k, heads) < n for k in (*self._sizes, *heads)):
                lower = min((*self._sizes, *heads), default=segment + 1)
                at = min(segment, lower - 1)
                if at >= 1:
                    heads[at] = self._substitute(at, n - 1)
        starts = sorted((self._start(k, heads), k) for k in {*self._sizes, *heads})

        def place(n: int) -> int:
            return max((k for start, k in starts if start < n), default=starts[0][1])

        touched = {place(n) for n in units} | heads.keys()
        below = {max((k for k in self._sizes if k < each), default=each) for each in heads}
        contents: dict[int, dict[int, Unit]] = {}
        unread = touched | below
        while unread:
            k = unread.pop()
            contents.setdefault(k, {})
            for unit in self._units(k):
                at = place(unit.n)
                if at not in contents:
                    unread.add(at)
                contents.setdefault(at, {}).setdefault(unit.n, unit)
        for n, (_, unit) in units.items():
            contents[place(n)][n] = unit
        for k in contents:
            self._spell_out(k)
        with self._lock():
            self._local.make_dir(self.writer)
            for k in sorted(contents, reverse=True):
                head = heads[k][1] if k in heads else self._head(k)
                lines = contents[k]
                data = joined(head, (lines[n] for n in sorted(lines)))
                self._local.replace(self._path(k), data)
                self._sizes[k] = len(data)
                self._headers.pop(k, None)
        self._count(units)

    def _spell_out(self, segment: int) -> None:
        """A segment here is about to change: say of its file in the folder what is in it."""
        name = main_name(segment)
        heard = self.heard.get(name)
        if heard is None or heard.hashes is not None or segment not in self._sizes:
            return
        data = self._local.read(self._path(segment))[: heard.same]
        hashes = frozenset(unit.hash for unit in parse(data, self.writer).units)
        self.heard[name] = heard._replace(hashes=hashes, same=0, last=0)

    def _count(self, units: dict[int, tuple[int, Unit]]) -> None:
        for n, (_, unit) in sorted(units.items()):
            if n > self.high:
                self.memory.hash = unit.hash
                self.memory.newest = newest_of(unit.raw) or self.memory.newest
            self._numbers.add_number(self.writer, n)

    def _substitute(self, segment: int, n: int) -> tuple[Header, bytes]:
        """A header of our own for a segment whose own is damaged; it names no version."""
        header = Header(FORMAT, self._office, self.writer, segment, n, "")
        return header, encode_header(header)

    def _keep_forks(self, units: Iterable[Unit]) -> None:
        lines = sorted(units, key=lambda unit: (unit.n, unit.hash))
        data = b"".join(unit.raw + b"\n" for unit in lines)
        with self._lock():
            self._local.make_dir(self.writer)
            self._local.replace(f"{self.writer}/{fork_name(lines[0].raw)}", data)

    # the local files

    def _path(self, segment: int) -> str:
        return f"{self.writer}/{main_name(segment)}"

    def _units(self, segment: int) -> list[Unit]:
        if segment not in self._sizes:
            return []
        return parse(self._local.read(self._path(segment)), self.writer).units

    def _header(self, segment: int) -> Header | None:
        return self._headed(segment)[0]

    def _head(self, segment: int) -> bytes:
        return self._headed(segment)[1]

    def _headed(self, segment: int) -> tuple[Header | None, bytes]:
        if segment not in self._headers:
            raw = self._local.read(self._path(segment)).partition(b"\n")[0]
            self._headers[segment] = read_head(raw, self.writer), raw
        return self._headers[segment]

    def _load(self) -> None:
        """Learn what is here; from memory when the files are as they were left."""
        if self._loaded:
            return
        self._sizes, self._headers, self.forks = {}, {}, {}
        self._waiting, self._heads, self.heard = {}, {}, {}
        self._numbers = Cursor()
        beside: list[str] = []
        for found in self._scan():
            name = read_name(found.name)
            if name is not None and name.main:
                self._sizes[name.segment] = found.size
            elif is_fork(found.name):
                beside.append(found.name)
        for each in beside:
            for unit in parse(self._local.read(f"{self.writer}/{each}"), self.writer).units:
                self.forks.setdefault(unit.n, {})[unit.hash] = unit
        if self._as_remembered():
            if self.memory.n:
                known = {"n": self.memory.n, "holes": self.memory.holes}
                self._numbers = Cursor.from_json({self.writer: known})
        else:
            self._recount()
        self._loaded = True

    def _scan(self) -> list[Found]:
        try:
            return self._local.scan(self.writer).files
        except FileNotFoundError:
            return []

    def _as_remembered(self) -> bool:
        last = max(self._sizes, default=0)
        memory = self.memory
        if not last:
            self.memory = Remembered(missing_since=memory.missing_since)
            return True
        return (last, self._sizes[last], len(self._sizes)) == (
            memory.segment, memory.size, memory.count,
        )  # fmt: skip

    def _recount(self) -> None:
        """Read all that is here; what a crash tore is cut off first."""
        self.memory = Remembered(missing_since=self.memory.missing_since)
        tail: Unit | None = None
        for segment in sorted(self._sizes):
            data = self._local.read(self._path(segment))
            if not data.endswith(b"\n"):
                data = data[: data.rfind(b"\n") + 1]
                with self._lock():
                    if data:
                        self._local.replace(self._path(segment), data)
                    else:
                        self._local.remove(self._path(segment))
            if not data:
                del self._sizes[segment]
                continue
            self._sizes[segment] = len(data)
            for unit in parse(data, self.writer).units:
                self._numbers.add_number(self.writer, unit.n)
                if tail is None or unit.n > tail.n:
                    tail = unit
        if tail is not None:
            self.memory.hash = tail.hash
            self.memory.newest = newest_of(tail.raw)

    def _close(self) -> None:
        """Segments that were compared, and agree with the hash in the next header, need not be
        read again after a restart."""
        last = max(self._sizes, default=0)
        while self.memory.closed + 1 < last:
            segment = self.memory.closed + 1
            heard = self.heard.get(main_name(segment))
            if segment not in self._sizes or segment + 1 not in self._sizes or heard is None:
                break
            if heard.hashes is not None or heard.same != self._sizes[segment]:
                break
            header = self._header(segment + 1)
            digest = sha256(self._local.read(self._path(segment))).hexdigest()
            if header is None or header.prev != digest:
                break
            self.memory.closed = segment

    def remember(self) -> Remembered:
        """What to keep for the next run."""
        if self._loaded:
            last = max(self._sizes, default=0)
            self.memory.segment = last
            self.memory.size = self._sizes.get(last, 0)
            self.memory.count = len(self._sizes)
            self.memory.n = self.high
            self.memory.holes = self.holes
        return self.memory

    # what the folder lacks

    def missing(self) -> dict[int, list[Unit]]:
        """The lines here that no file in the folder holds, per segment, as it was last read."""
        self._load()
        held: set[str] = set()
        lacking: list[int] = []
        for heard in self.heard.values():
            held.update(heard.hashes or ())
        for segment in sorted(self._sizes):
            heard_main = self.heard.get(main_name(segment))
            if heard_main is None or heard_main.hashes is not None:
                lacking.append(segment)
            elif heard_main.same < self._sizes[segment]:
                data = self._local.read(self._path(segment))[: heard_main.same]
                held.update(unit.hash for unit in parse(data, self.writer).units)
                lacking.append(segment)
        missing: dict[int, list[Unit]] = {}
        for segment in lacking:
            units = [unit for unit in self._units(segment) if unit.hash not in held]
            if units:
                missing[segment] = units
        for n, forked in sorted(self.forks.items()):
            for unit in forked.values():
                if unit.hash not in held:
                    missing.setdefault(self._place(n), []).append(unit)
        return missing

    def _place(self, n: int) -> int:
        fitting = [k for k in self._sizes if self._start(k, {}) < n]
        return max(fitting, default=min(self._sizes, default=1))

    def head_of(self, segment: int) -> bytes:
        """The raw header of a segment, empty when it has none."""
        return self._head(segment) if segment in self._sizes and self._header(segment) else b""


class _Taken(NamedTuple):
    units: dict[int, tuple[int, Unit]]
    forked: list[Unit]


class Unread(Exception):
    """A file of the folder could not be read; `error` says why."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _read(read: Read, name: str, start: int = 0) -> bytes:
    try:
        return read(name, start)
    except OSError as error:
        raise Unread(error) from error


class _Stamped(msgspec.Struct):
    t: str = ""


_decode_stamp = msgspec.json.Decoder(_Stamped).decode


def newest_of(raw: bytes) -> str:
    """The stamp of a sound line, empty when it has none."""
    try:
        return _decode_stamp(raw[9:]).t
    except msgspec.MsgspecError:
        return ""
