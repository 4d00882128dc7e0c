"""Publishing one's own journal: the file in the folder is a copy of the local one, never more.

What is published must be a prefix of the authority, else it is replaced; lines that the authority
lacks, or has otherwise, mean that somebody else wrote as we do (`Contradiction`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from officetui.ledger.files import Files, Found, Listing
from officetui.ledger.folder import JOURNALS, RELAY, main_name, read_name
from officetui.ledger.forks import fork_name, is_fork
from officetui.ledger.heal import healed
from officetui.ledger.held import Lock
from officetui.ledger.raw import Unit, parse

SCRUB = 60
"""Every so many rounds one published segment is compared again although nothing seems changed."""
DOUBTS = 10
"""How often a copy is read again that seems to be only half there; then seldom."""
_BACK_OFF = 16


class Contradiction(NamedTuple):
    """The folder has lines of our writer that are not ours. `first`: the first number that ours
    contradict, 0 when theirs only go on where ours end."""

    first: int


class Published(NamedTuple):
    """A segment of ours: what stat said here and there, and how many bytes are there."""

    here: Found
    there: Found | None
    size: int


class Publisher:
    """Publishes the journal of `writer`. `local` is rooted in `journals`, `files` in the folder.

    `settle` makes the local journal whole and durable; `shared` keeps appends out while reading,
    `alone` readers too. `closed`: segments up to here were compared in an earlier run; `known`: up
    to where our journal was in the folder then (segment, bytes of it).
    """

    def __init__(
        self,
        writer: str,
        local: Files,
        files: Files,
        settle: Callable[[], int],
        shared: Lock,
        alone: Lock,
        closed: int = 0,
        known: tuple[int, int] = (0, 0),
    ) -> None:
        self.writer = writer
        self.closed = closed
        self._known = known
        self.errors: list[OSError] = []
        self.healed = 0
        self.news = False
        """Whether lines were kept here that the fold has not seen; for the caller to set back."""
        self._local = local
        self._files = files
        self._settle = settle
        self._shared = shared
        self._alone = alone
        self._done: dict[int, Published] = {}
        self._copies: dict[str, tuple[Found, int]] = {}
        self._key: tuple[list[Found], list[Found]] | None = None
        self._durable: list[Found] | None = None
        self._refused: dict[int, tuple[int, int]] = {}
        self._round = 0
        self._doubted = 0

    def round(self, there: Listing | None) -> Contradiction | None:
        """Bring the folder up to what is durable here. `there`: our directory in the folder, None
        when there is none. What fails is in `errors`, and is tried again by a later round."""
        self._round += 1
        self.errors.clear()
        here = self._own()
        files = [] if there is None else there.files
        if self._round % SCRUB == 0 and self._done:
            self._doubted = sorted(self._done)[self._round // SCRUB % len(self._done)]
            del self._done[self._doubted]
        elif (here, files) == self._key:
            return None
        self._key = None
        if here and here != self._durable:
            self._settle()
            here = self._durable = self._own()
        found = self._examined(files, here)
        if found is not None or not here:
            return found
        by_name = {each.name: each for each in files}
        if there is None:
            self._files.make_dir(f"{JOURNALS}/{self.writer}")
        last = self._number(here[-1])
        for each in here:
            number = self._number(each)
            published = by_name.get(each.name)
            if self._is_done(number, each, published, last):
                continue
            if self._refused.get(number, (0, 0))[0] > self._round:
                continue
            try:
                contradiction = self._bring(number, each, published)
            except OSError as error:
                self._fail(number, error)
                continue
            if contradiction is not None:
                return contradiction
            self._refused.pop(number, None)
        self._close(last)
        doubtful = any(0 < times < DOUBTS for _, times in self._copies.values())
        if not self.errors and not self._refused and not doubtful:
            self._key = (here, files)
        return None

    def waiting(self) -> int:
        """How many lines of ours are not known to be in the folder."""
        count = 0
        for each in self._own():
            number = self._number(each)
            size = self._size_there(number, each.size)
            if each.size > size:
                count += self._local.read(self._path(number), size).count(b"\n") - (not size)
        return count

    def known(self) -> tuple[int, int]:
        """Up to where our journal is known to be in the folder: a segment, and bytes of it."""
        reached = (0, 0)
        for each in self._own():
            number = self._number(each)
            size = self._size_there(number, each.size)
            if size:
                reached = (number, min(size, each.size))
            if size < each.size:
                break
        return reached

    def _size_there(self, number: int, here: int) -> int:
        """How many bytes of a segment are in the folder: as this run has seen, or an earlier."""
        done = self._done.get(number)
        if done is not None:
            return done.size
        segment, size = self._known
        return here if number < segment else size if number == segment else 0

    def _close(self, last: int) -> None:
        """Count the segments that are closed here and whole there; never the one that grows."""
        while self.closed + 1 < last:
            done = self._done.get(self.closed + 1)
            if done is None or done.there is None or done.size != done.here.size:
                break
            self.closed += 1

    # what is there

    def _own(self) -> list[Found]:
        try:
            listing = self._local.scan(self.writer)
        except FileNotFoundError:
            return []
        return [each for each in listing.files if self._number(each)]

    @staticmethod
    def _number(found: Found) -> int:
        name = read_name(found.name)
        return name.segment if name is not None and name.main else 0

    def _path(self, segment: int) -> str:
        return f"{self.writer}/{main_name(segment)}"

    def _is_done(self, number: int, here: Found, there: Found | None, last: int) -> bool:
        done = self._done.get(number)
        # compared in an earlier run
        trusted = number <= self.closed and number < last and number != self._doubted
        if done is None and there is not None and trusted and there.size == here.size:
            self._done[number] = Published(here, there, here.size)
            return True
        return done is not None and there is not None and (done.here, done.there) == (here, there)

    def _fail(self, number: int, error: OSError) -> None:
        """Nothing that was written before an error counts: the next try reads and compares."""
        self.errors.append(error)
        if number in self._done:
            self._done[number] = self._done[number]._replace(there=None)
        _, times = self._refused.get(number, (0, 0))
        self._refused[number] = (self._round + min(2**times, _BACK_OFF), times + 1)

    def _bring(self, number: int, here: Found, there: Found | None) -> Contradiction | None:
        """Make one published segment what it is here."""
        mine = self._mine(number)
        if not mine:
            return None
        path = f"{JOURNALS}/{self._path(number)}"
        try:
            theirs: bytes | None = self._files.read(path)
        except FileNotFoundError:
            theirs = None
        if theirs == mine:
            self._done[number] = Published(here, there, len(mine))
            self._doubted = 0 if number == self._doubted else self._doubted
            return None
        self._done[number] = Published(here, None, _alike(mine, theirs or b""))
        if theirs and not mine.startswith(theirs):
            found = self._contradicted(theirs)
            if found is not None:
                return found
            mine = self._mine(number)  # it may have been healed
        if theirs and theirs.endswith(b"\n") and mine.startswith(theirs):
            self._files.append(path, len(theirs), mine[len(theirs) :])
        else:
            self._files.replace(path, mine)
        # compared by the next round, and only then believed
        self._done[number] = Published(here, None, len(mine))
        return None

    def _mine(self, number: int) -> bytes:
        with self._shared():
            data = self._local.read(self._path(number))
        return data[: data.rfind(b"\n") + 1]

    # whose lines are these?

    def _examined(self, files: list[Found], here: list[Found]) -> Contradiction | None:
        """Look at copies, and at segments that are not here, for lines that are not ours."""
        own = {each.name for each in here}
        for each in files:
            name = read_name(each.name)
            if name is None or not each.size or (name.main and each.name in own):
                continue
            if not self._is_news(each):
                continue
            try:
                data = self._files.read(f"{JOURNALS}/{self.writer}/{each.name}")
            except OSError as error:
                self.errors.append(error)
                continue
            found = self._contradicted(data, relayed=RELAY in each.name)
            if found is not None:
                return found
            sound = len(data) >= each.size and data.endswith(b"\n") and b"\0" not in data
            known, times = self._copies.get(each.name, (None, 0))
            self._copies[each.name] = each, 0 if sound else 1 + (times if known == each else 0)
        return None

    def _is_news(self, copy: Found) -> bool:
        """Whether a copy must be read: it changed, or not all of it had come, as it seems."""
        known, times = self._copies.get(copy.name, (None, 0))
        if known != copy:
            return True
        return bool(times) and (times < DOUBTS or self._round % SCRUB == 0)

    def _contradicted(self, theirs: bytes, *, relayed: bool = False) -> Contradiction | None:
        """Whether somebody else writes as we do. Who relays contradicting lines is not the one, or
        is so no more: then they are only kept beside ours, as forks."""
        units = parse(theirs, self.writer).units
        if not units:
            return None
        high = self._settle() if self._own() else 0
        lacking = self._lacking(units)
        if lacking and self._heal(lacking):
            lacking = self._lacking(units)
        if relayed and high:  # what is kept beside ours is here
            beside = self._beside()
            lacking = [unit for unit in lacking if unit.hash not in beside]
        if not lacking:
            return None
        first = min(unit.n for unit in lacking)
        if relayed and first <= high:
            self._keep_forks(lacking)
            return None
        return Contradiction(first if first <= high else 0)

    def _lacking(self, units: Iterable[Unit]) -> list[Unit]:
        """Those that are not here, or otherwise. A relay may hold several of one number."""
        wanted = {unit.hash: unit for unit in units}
        lowest = min(unit.n for unit in wanted.values())
        mine: set[str] = set()
        for each in reversed(self._own()):
            own = parse(self._mine(self._number(each)), self.writer).units
            mine.update(unit.hash for unit in own)
            if own and own[0].n <= lowest:
                break
        lacking = [unit for hash, unit in wanted.items() if hash not in mine]
        return sorted(lacking, key=lambda unit: unit.n)

    def _beside(self) -> set[str]:
        """The hashes of the forks that are here."""
        known: set[str] = set()
        for found in self._local.scan(self.writer).files:
            if is_fork(found.name):
                data = self._local.read(f"{self.writer}/{found.name}")
                known.update(unit.hash for unit in parse(data, self.writer).units)
        return known

    def _keep_forks(self, units: list[Unit]) -> None:
        data = b"".join(unit.raw + b"\n" for unit in units)
        with self._alone():
            self._local.replace(f"{self.writer}/{fork_name(units[0].raw)}", data)
        self.news = True

    def _heal(self, units: list[Unit]) -> bool:
        """Put back lines of ours that are damaged here and sound there."""
        numbers = [self._number(each) for each in self._own()]
        damaged = [number for number in numbers if parse(self._mine(number), self.writer).damaged]
        if not damaged:
            return False
        there: list[Unit] = []
        for number in damaged:  # what we published is ours before anything that others hand on
            with suppress(OSError):
                data = self._files.read(f"{JOURNALS}/{self._path(number)}")
                there += parse(data, self.writer).units
        with self._alone():
            segments = [self._local.read(self._path(number)) for number in numbers]
            mended = healed(segments, [*there, *units], self.writer)
            for place, data in mended.items():
                self._local.replace(self._path(numbers[place]), data)
        self.healed += len(mended)
        return bool(mended)


def _alike(mine: bytes, theirs: bytes) -> int:
    """How many bytes of our whole lines theirs begins with."""
    if mine.startswith(theirs):
        return theirs.rfind(b"\n") + 1
    same = 0
    for ours, other in zip(mine.split(b"\n"), theirs.split(b"\n")[:-1], strict=False):
        if ours != other:
            break
        same += len(ours) + 1
    return same
