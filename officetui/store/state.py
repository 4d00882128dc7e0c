"""The state of desk and books that is in memory, and what is done when the files are of another.

Whatever is wrong with the files, the journals have it all: the desk is read again when another
process has written it, and desk and books are made again when they are damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from officetui.ledger.cursor import Cursor
from officetui.ledger.disk import make_dir
from officetui.ledger.line import Line
from officetui.store import aside
from officetui.store.books import Book, Outdated, Shelved, book_path
from officetui.store.files import DamagedFile, Signature, keep_aside, locked, signature
from officetui.store.filing import BOOKS, DESK, FILING, desk_meta, plan
from officetui.store.layout import bulk
from officetui.store.memory import Key, Memory, Rules
from officetui.store.reading import load_book, memory_of, read_desk
from officetui.store.shelf import Shelf, digest
from officetui.store.skim import skim

Touched = set[Key]
"""The (register, record) pairs that changes wrote to."""

Progress = Callable[[int], None]
"""Told the number of lines folded so far, every thousand; may raise, to cancel."""

LOCK: Final = "store.lock"
PROGRESS_EVERY: Final = 1000

_T = TypeVar("_T")


class Journals(Protocol):
    """What the store asks of `officetui.ledger.journals.Ledger`."""

    def read_since(self, cursor: Cursor, /) -> Iterator[Line]: ...


class Notice(NamedTuple):
    """Why desk and books were made again without being asked. `what`: "damaged" (`reason` says how,
    `kept` where the file lies now, None when it was missing), "version" (another version of the
    program wrote it) or "interrupted" (it died while writing). `file`: which one."""

    what: str
    file: Path
    reason: str
    kept: Path | None


class Moved(Exception):
    """Another process has written the desk: what is in memory goes with the old one."""


class State:
    """Desk and books as they are in memory and on disk; `Store` is what others use."""

    def __init__(
        self,
        home: Path,
        shelves: Mapping[str, Shelf],
        year_of: Callable[[str, str], int],
        ledger: Journals,
    ) -> None:
        self.home = home
        self.notices: list[Notice] = []
        self.as_of = ""
        """The day (ISO date) for which desk and books were last laid down."""
        self.tail = 0
        """Lines folded since desk.json was written."""
        self._ledger = ledger
        self._rules = Rules(shelves, year_of)
        self._digest = digest(shelves)
        self._signature: Signature = None
        self._holding = 0
        self._memory = memory_of(None, self._rules, self._load)

    def rebuild(self, as_of: str, progress: Progress | None = None) -> None:
        """Make desk and books again from the journals alone, for the day `as_of`.

        When cancelled by `progress`, or on an OSError, the old ones are as they were.
        """
        make_dir(self.home)
        with self._alone(), bulk():
            memory = memory_of(None, self._rules, self._load)
            lines = self._ledger.read_since(memory.fold.cursor)
            for count, line in enumerate(lines, start=1):
                memory.fold.fold(line, memory)
                if progress is not None and count % PROGRESS_EVERY == 0:
                    progress(count)
            planned = plan(memory, as_of)
            meta = desk_meta(memory, as_of, planned.added, self._digest)
            aside.write_aside(self.home, planned, meta)
            aside.swap_in(self.home)
            self._signature = signature(self.home / DESK)
            shelved = Shelved(set(planned.added), self._load)
            self._memory = Memory(self._rules, memory.fold, planned.desk, shelved)
            self.as_of = as_of
            self.tail = 0

    def _fold(
        self, lines: Iterable[Line], progress: Progress | None, touched: Touched | None = None
    ) -> None:
        """Fold lines into memory; what they touch goes into `touched`, if anybody asks."""
        memory = self._memory
        fold = memory.fold
        before = fold.counted
        try:
            for count, line in enumerate(lines, start=1):
                places = fold.fold(line, memory)
                if touched is not None:
                    touched.update(places)
                if progress is not None and count % PROGRESS_EVERY == 0:
                    progress(count)
        finally:
            # A line of a group waits in memory until the group is there: nothing to write.
            self.tail += fold.counted - before

    def _surely(self, ask: Callable[[], _T]) -> _T:
        """Ask; when the files turn out to be others than memory goes with, set that right first."""
        while True:
            try:
                return ask()
            except (Moved, DamagedFile, Outdated) as trouble:
                self._recover(trouble)

    def _settle(self, progress: Progress | None = None) -> None:
        """Take the desk as it is on disk, and fold the tail again."""
        while True:
            try:
                self._read()
                with bulk():
                    self._fold(self._ledger.read_since(self._memory.fold.cursor), progress)
                return
            except Moved:
                continue
            except (DamagedFile, Outdated) as trouble:
                self._distrust(trouble, progress)
                return

    def _recover(self, trouble: Moved | DamagedFile | Outdated) -> None:
        if isinstance(trouble, Moved):
            self._settle()
        else:
            self._distrust(trouble, None)

    def _read(self) -> None:
        """Take the desk as it is on disk. Raises DamagedFile, Outdated."""
        if aside.is_ready(self.home):
            with self._alone():
                if aside.is_ready(self.home):
                    aside.swap_in(self.home)
        self._signature = signature(self.home / DESK)
        self.tail = 0
        self._memory = memory_of(None, self._rules, self._load)
        read = read_desk(self.home)
        if read is None:
            return
        self._memory = memory_of(read, self._rules, self._load)
        self._memory.scattered = read.shelves != self._digest
        self.as_of = read.as_of

    def _load(self, year: int) -> Book:
        """Read a book. Raises Moved, DamagedFile, Outdated."""
        if self._holding:
            return self._load_held(year)
        # Nobody writes while this is held: desk and book are of one state.
        with locked(self.home / LOCK, shared=True):
            return self._load_held(year)

    def _skim(self, year: int, register: str, cell: str) -> list[Any]:
        with locked(self.home / LOCK, shared=True):
            if signature(self.home / DESK) != self._signature:
                raise Moved
            if self._interrupted():  # it may hold what lies on the desk as well
                docs = self._load_held(year).tables.get(register, {})
                return [doc.get(cell) for doc in docs.values()]
            return skim(book_path(self.home / BOOKS, year), register, cell)

    def _load_held(self, year: int) -> Book:
        if signature(self.home / DESK) != self._signature:
            raise Moved
        return load_book(self.home, self._memory, year)

    def _distrust(self, trouble: DamagedFile | Outdated, progress: Progress | None) -> None:
        """Make everything again, unless another process has, or it was only just being written."""
        make_dir(self.home)
        with self._alone():
            still = self._still_wrong(trouble.path, progress)
            if still is None:
                return
            kept = None
            if isinstance(still, DamagedFile):
                if still.path.is_file():
                    kept = keep_aside(still.path)
                self.notices.append(Notice("damaged", still.path, still.reason, kept))
            else:
                self.notices.append(Notice(still.what, still.path, "", None))
            self.rebuild(self.as_of, progress)

    def _still_wrong(self, path: Path, progress: Progress | None) -> DamagedFile | Outdated | None:
        """Read again, under the lock: what is wrong now."""
        while True:
            try:
                self._read()
                years = self._memory.shelved.years
                if path.parent.name == BOOKS and path.stem.isdecimal() and int(path.stem) in years:
                    self._memory.shelved.book(int(path.stem))
                self._fold(self._ledger.read_since(self._memory.fold.cursor), progress)
                return None
            except Moved:
                continue
            except (DamagedFile, Outdated) as still:
                return still

    def _interrupted(self) -> bool:
        return signature(self.home / BOOKS / FILING) is not None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the store's lock; again inside itself costs nothing."""
        if self._holding:
            yield
            return
        with locked(self.home / LOCK):
            self._holding += 1
            try:
                yield
            finally:
                self._holding -= 1
