"""What is here of one writer's journal: its segments, its forks, and which numbers are missing.

Local segments only ever gain lines, each once, where its number belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

import msgspec

from officetui.ledger.cursor import Cursor
from officetui.ledger.files import Files, Found
from officetui.ledger.folder import main_name, read_name
from officetui.ledger.forks import fork_name, is_fork
from officetui.ledger.line import FORMAT, Header, encode_header
from officetui.ledger.raw import Unit, joined, parse, read_head

Lock = Callable[[], AbstractContextManager[None]]
Heads = dict[int, tuple[Header, bytes]]
"""segment → its header, and the raw line"""


class Remembered(msgspec.Struct, omit_defaults=True):
    """What spares reading a mirror again after a restart; believed only while `segment` (the last
    one) is `size` bytes long. `closed`: segments up to here agree with the hash in the next
    header. `missing_since`: since when (ms) the folder lacks lines that are here; `stuck_since`:
    since when number `stuck` cannot be taken, as it does not follow what is here."""

    segment: int = 0
    size: int = 0
    count: int = 0
    n: int = 0
    hash: str = ""
    holes: list[tuple[int, int]] = []
    closed: int = 0
    missing_since: int = 0
    newest: str = ""
    stuck: int = 0
    stuck_since: int = 0

    def anew(self) -> Remembered:
        """Only what the files here do not say."""
        return Remembered(
            missing_since=self.missing_since, stuck=self.stuck, stuck_since=self.stuck_since
        )


class Held:
    """One writer's journal here. `local` is rooted in `journals`; `lock` keeps appends and readers
    out while a file changes. Anything but reading memory may raise OSError; `load` again then."""

    def __init__(
        self, writer: str, office: str, local: Files, lock: Lock, memory: Remembered
    ) -> None:
        self.writer = writer
        self.memory = memory
        self.forks: dict[int, dict[str, Unit]] = {}
        self.sizes: dict[int, int] = {}
        self.numbers = Cursor()
        self.loaded = False
        self._office = office
        self._local = local
        self._lock = lock
        self._headers: dict[int, tuple[Header | None, bytes]] = {}

    @property
    def high(self) -> int:
        """The highest number here, 0 when none."""
        return self.numbers.number(self.writer)

    @property
    def holes(self) -> list[tuple[int, int]]:
        """Numbers below the highest that are not here, as inclusive ranges."""
        return self.numbers.holes(self.writer)

    def path(self, segment: int) -> str:
        """Where a segment lies, in `local`."""
        return f"{self.writer}/{main_name(segment)}"

    def units(self, segment: int) -> list[Unit]:
        """The sound lines of a segment, in its order."""
        if segment not in self.sizes:
            return []
        return parse(self._local.read(self.path(segment)), self.writer).units

    def header(self, segment: int) -> Header | None:
        """The header of a segment that is here, None when it is damaged."""
        return self._headed(segment)[0]

    def head(self, segment: int) -> bytes:
        """Its raw first line, sound or not, without LF."""
        return self._headed(segment)[1]

    def _headed(self, segment: int) -> tuple[Header | None, bytes]:
        if segment not in self._headers:
            raw = self._local.read(self.path(segment)).partition(b"\n")[0]
            self._headers[segment] = read_head(raw, self.writer), raw
        return self._headers[segment]

    def start(self, segment: int, fitting: Heads) -> int:
        """The last number before a segment, which is here or among `fitting`."""
        header = fitting[segment][0] if segment in fitting else self.header(segment)
        return header.n if header is not None else 0

    def known(self, low: int, high: int) -> dict[int, str]:
        """Hashes of the lines here from number `low` to `high`, and of more."""
        known: dict[int, str] = {}
        for segment in sorted(self.sizes, reverse=True):
            header = self.header(segment)
            start = header.n if header is not None else 0
            if start < high:
                for unit in self.units(segment):
                    known[unit.n] = unit.hash
            if header is not None and start < low:
                break
        return known

    def head_of(self, segment: int) -> bytes:
        """The raw header of a segment, empty when it has none."""
        return self.head(segment) if segment in self.sizes and self.header(segment) else b""

    def place(self, n: int) -> int:
        """The segment where number `n` belongs."""
        fitting = [k for k in self.sizes if self.start(k, {}) < n]
        return max(fitting, default=min(self.sizes, default=1))

    def append(self, segment: int, data: bytes, at: int) -> None:
        """Add whole lines to a segment that is `at` bytes long, or begin it."""
        with self._lock():
            if segment in self.sizes:
                self._local.append(self.path(segment), at, data)
            else:
                self._local.make_dir(self.writer)
                self._local.replace(self.path(segment), data)
        self.sizes[segment] = at + len(data)

    def insert(
        self, units: dict[int, tuple[int, Unit]], heads: Heads, changing: Callable[[int], None]
    ) -> None:
        """Put lines where their numbers belong: in the last segment that begins before them.

        A segment may move its end into one that comes between; it is written after that one, so
        that a crash leaves lines twice, not never. `changing` is told of each segment before.
        """
        # A home on a network disk may be the authority of another machine, which appends.
        with self._lock():
            self._put(units, dict(heads), changing)
        self.count(units)

    def _put(
        self, units: dict[int, tuple[int, Unit]], heads: Heads, changing: Callable[[int], None]
    ) -> None:
        for n, (segment, _) in sorted(units.items()):
            if not any(self.start(k, heads) < n for k in (*self.sizes, *heads)):
                lower = min((*self.sizes, *heads), default=segment + 1)
                at = min(segment, lower - 1)
                if at >= 1:
                    heads[at] = self._substitute(at, n - 1)
        starts = sorted((self.start(k, heads), k) for k in {*self.sizes, *heads})

        def place(n: int) -> int:
            return max((k for start, k in starts if start < n), default=starts[0][1])

        touched = {place(n) for n in units} | heads.keys()
        below = {max((k for k in self.sizes if k < each), default=each) for each in heads}
        contents: dict[int, dict[int, Unit]] = {}
        others: list[Unit] = []
        unread = touched | below
        while unread:
            k = unread.pop()
            contents.setdefault(k, {})
            for unit in self.units(k):
                at = place(unit.n)
                if at not in contents:
                    unread.add(at)
                if contents.setdefault(at, {}).setdefault(unit.n, unit).hash != unit.hash:
                    others.append(unit)
        for n, (_, unit) in units.items():
            if contents[place(n)].setdefault(n, unit).hash != unit.hash:
                others.append(unit)
        for k in contents:
            changing(k)
        self._local.make_dir(self.writer)
        others = [unit for unit in others if unit.hash not in self.forks.get(unit.n, ())]
        if others:  # a segment holds each number once
            self._write_forks(others)
        for k in sorted(contents, reverse=True):
            head = heads[k][1] if k in heads else self.head(k)
            lines = contents[k]
            if lines and min(lines) <= self.start(k, heads):  # readers would pass them over
                head = self._substitute(k, min(lines) - 1)[1]
            data = joined(head, (lines[n] for n in sorted(lines)))
            self._local.replace(self.path(k), data)
            self.sizes[k] = len(data)
            self._headers.pop(k, None)

    def count(self, units: dict[int, tuple[int, Unit]]) -> None:
        for n, (_, unit) in sorted(units.items()):
            if n > self.high:
                self.memory.hash = unit.hash
                self.memory.newest = newest_of(unit.raw) or self.memory.newest
            self.numbers.add_number(self.writer, n)

    def _substitute(self, segment: int, n: int) -> tuple[Header, bytes]:
        """A header of our own for a segment whose own is damaged; it names no version."""
        header = Header(FORMAT, self._office, self.writer, segment, n, "")
        return header, encode_header(header)

    def keep_forks(self, units: Iterable[Unit]) -> None:
        """Keep lines beside those of their numbers."""
        with self._lock():
            self._local.make_dir(self.writer)
            self._write_forks(units)

    def _write_forks(self, units: Iterable[Unit]) -> None:
        lines = sorted(units, key=lambda unit: (unit.n, unit.hash))
        data = b"".join(unit.raw + b"\n" for unit in lines)
        self._local.replace(f"{self.writer}/{fork_name(lines[0].raw)}", data)
        for unit in lines:
            self.forks.setdefault(unit.n, {})[unit.hash] = unit

    def load(self) -> None:
        """Learn what is here; from memory when the files are as they were left."""
        if self.loaded:
            return
        self.sizes, self._headers, self.forks = {}, {}, {}
        self.numbers = Cursor()
        beside: list[str] = []
        for found in self._scan():
            name = read_name(found.name)
            if name is not None and name.main:
                self.sizes[name.segment] = found.size
            elif is_fork(found.name):
                beside.append(found.name)
        for each in beside:
            for unit in parse(self._local.read(f"{self.writer}/{each}"), self.writer).units:
                self.forks.setdefault(unit.n, {})[unit.hash] = unit
        if self._as_remembered():
            if self.memory.n:
                known = {"n": self.memory.n, "holes": self.memory.holes}
                self.numbers = Cursor.from_json({self.writer: known})
        else:
            self._recount()
        self.loaded = True

    def _scan(self) -> list[Found]:
        try:
            return self._local.scan(self.writer).files
        except FileNotFoundError:
            return []

    def _as_remembered(self) -> bool:
        last = max(self.sizes, default=0)
        memory = self.memory
        if not last:
            self.memory = memory.anew()
            return True
        return (last, self.sizes[last], len(self.sizes)) == (
            memory.segment, memory.size, memory.count,
        )  # fmt: skip

    def _recount(self) -> None:
        """Read all that is here; what a crash tore is cut off first."""
        self.memory = self.memory.anew()
        tail: Unit | None = None
        for segment in sorted(self.sizes):
            data = self._local.read(self.path(segment))
            if not data.endswith(b"\n"):
                with self._lock():
                    data = self._local.read(self.path(segment))
                    data = data[: data.rfind(b"\n") + 1]
                    if data:
                        self._local.replace(self.path(segment), data)
                    else:
                        self._local.remove(self.path(segment))
            if not data:
                del self.sizes[segment]
                continue
            self.sizes[segment] = len(data)
            for unit in parse(data, self.writer).units:
                self.numbers.add_number(self.writer, unit.n)
                if tail is None or unit.n > tail.n:
                    tail = unit
        if tail is not None:
            self.memory.hash = tail.hash
            self.memory.newest = newest_of(tail.raw)

    def remember(self) -> Remembered:
        """What to keep for the next run."""
        if self.loaded:
            last = max(self.sizes, default=0)
            self.memory.segment = last
            self.memory.size = self.sizes.get(last, 0)
            self.memory.count = len(self.sizes)
            self.memory.n = self.high
            self.memory.holes = self.holes
        return self.memory


class _Stamped(msgspec.Struct):
    t: str = ""


_decode_stamp = msgspec.json.Decoder(_Stamped).decode


def newest_of(raw: bytes) -> str:
    """The stamp of a sound line, empty when it has none."""
    try:
        return _decode_stamp(raw[9:]).t
    except msgspec.MsgspecError:
        return ""
