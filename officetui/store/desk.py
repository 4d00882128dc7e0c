"""The store: what the office sees of desk and books, and how they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from officetui.ledger.cursor import Cursor
from officetui.ledger.disk import make_dir
from officetui.ledger.line import Line
from officetui.store import aside
from officetui.store.books import Outdated
from officetui.store.files import DamagedFile, signature, sweep_temps
from officetui.store.filing import BOOKS, DESK, desk_meta, plan, read_filing, write, years_after
from officetui.store.layout import Doc, bulk
from officetui.store.memory import Memory
from officetui.store.shelf import Shelf
from officetui.store.state import Journals, Moved, Progress, State, Touched


class Store(State):
    """Desk and books of one replica. Use it from one thread at a time.

    `shelves` tells of the registers; one that is not in it stays on the desk. `year_of` gives the
    year of a record from its register and id. Docs and dicts handed out are not to be changed.
    """

    def __init__(
        self,
        home: Path,
        shelves: Mapping[str, Shelf],
        year_of: Callable[[str, str], int],
        ledger: Journals,
    ) -> None:
        super().__init__(home, shelves, year_of, ledger)
        self._coming: tuple[Cursor, Iterator[Line]] | None = None

    # opening and reading

    def open(self, as_of: str, progress: Progress | None = None) -> Store:
        """Read the desk and fold what the journals have since. `as_of`: today, an ISO date.

        Reads no book, unless the tail writes to a record that is filed in one. A desk that is
        damaged, of another version, or without one of its books is made again from the journals,
        and `notices` says so. Raises OSError.
        """
        self.as_of = as_of
        self._settle(progress)
        return self

    def doc(self, register: str, record: str) -> Doc | None:
        """A record, wherever it lies."""
        found = self._memory.on_desk(register, record)
        if found is not None:
            return found
        in_book = self._surely(lambda: self._memory.find(register, record))
        # Finding may have reloaded the desk.
        return in_book[1] if in_book else self._memory.on_desk(register, record)

    def desk(self, register: str) -> dict[str, Doc]:
        """The records of a register on the desk, by id; ask again after a change."""
        return self._memory.desk.get(register, {})

    def revision(self, registers: Iterable[str]) -> tuple[object, ...]:
        """Something that is equal as long as nothing of these registers on the desk changed, for
        whoever keeps what was worked out from them."""
        counts = self._memory.revisions
        return (self._memory.state, *(counts.get(register, 0) for register in registers))

    def registers(self) -> list[str]:
        """The registers that have records on the desk."""
        return sorted(register for register, docs in self._memory.desk.items() if docs)

    def years(self) -> list[int]:
        """The years of which there is a book."""
        return sorted(self._memory.shelved.years)

    def records(self, register: str, years: Iterable[int] | None = None) -> dict[str, Doc]:
        """The records of a register on the desk and in the books of `years` (None: all), by id.

        All of one state, also when another process writes meanwhile; asking for desk and books
        one after the other may miss a record that has just moved.
        """
        wanted = None if years is None else set(years)

        def ask() -> dict[str, Doc]:
            memory = self._memory
            found: dict[str, Doc] = {}
            for year in sorted(memory.shelved.years if wanted is None else wanted):
                book = memory.shelved.book(year)
                if book is not None:
                    found.update(book.tables.get(register, {}))
            found.update(memory.desk.get(register, {}))
            return found

        return self._surely(ask)

    def book(self, year: int) -> dict[str, dict[str, Doc]]:
        """A year's filed records: register → id → doc; none of them is on the desk as well."""

        def ask() -> dict[str, dict[str, Doc]]:
            book = self._memory.shelved.book(year)
            return {} if book is None else book.tables

        return self._surely(ask)

    def highest(self, year: int, register: str, cell: str) -> int:
        """The greatest whole number that a cell holds in the book of a year, 0 when there is none.

        Quick, and the book is not kept in memory for it.
        """
        return self._surely(lambda: self._memory.highest(year, register, cell, self._skim))

    def children(self, register: str, parent: str) -> list[Doc]:
        """The records of a child register with this parent, by `pos`, ties by id."""
        docs = self._surely(lambda: self._memory.children(register, parent))
        docs.sort(key=lambda doc: (str(doc.get("pos") or ""), doc["id"]))
        return docs

    # folding

    def heard(self) -> dict[str, int]:
        """By writer the number of the last line folded."""
        cursor = self._memory.fold.cursor
        return {writer: cursor.number(writer) for writer in cursor.writers()}

    @property
    def cursor(self) -> Cursor:
        """How far every journal has been folded, holes and all; not to be changed."""
        return self._memory.fold.cursor

    def apply(self, lines: Iterable[Line]) -> Touched:
        """Fold lines that stand in a journal already. Costs what they touch, not what is there."""
        return self._follow(lines, None)

    def catch_up(self, progress: Progress | None = None, *, at_most: int | None = None) -> Touched:
        """Fold what other processes and colleagues have added; a few stats when there is nothing.

        A cancelled one may be called again, and goes on where it was. `at_most`: stop after the
        line that fills so many bytes; `behind` tells that the next call goes on.
        """
        return self._follow(self._to_come(at_most), progress)

    @property
    def behind(self) -> bool:
        """Whether the last `catch_up` stopped before its end."""
        return self._coming is not None and self._coming[0] is self._memory.fold.cursor

    @property
    def dirty(self) -> bool:
        """Whether the files lack something that is in memory."""
        return self._lacks(self.as_of)

    def flush(self, as_of: str, progress: Progress | None = None) -> Touched:
        """Write desk and books for the day `as_of` (ISO date); what was caught up on the way.

        Nothing is written when nothing changed; only books that change are. Raises OSError: then
        nothing is lost, the journals have it all, and the next flush sets it right.
        """
        touched = self.catch_up(progress)
        if not self._lacks(as_of):
            return touched
        make_dir(self.home)
        with self._alone():
            if signature(self.home / DESK) != self._signature or self._interrupted():
                before = self._memory.fold.cursor.copy()
                self._settle(progress)
                touched |= self._since(before)
            while self._lacks(as_of):
                try:
                    with bulk():
                        self._write(as_of)
                except (Moved, DamagedFile, Outdated) as trouble:
                    self._recover(trouble)
        return touched

    # inside

    def _to_come(self, at_most: int | None) -> Iterator[Line]:
        """What is left of a catching up that stopped, then what the journals have since."""
        cursor = self._memory.fold.cursor
        if self._coming is not None and self._coming[0] is not cursor:
            self._coming = None  # another memory, which needs not the same lines
        going_on = self._coming is not None
        if self._coming is None:
            self._coming = (cursor, self._ledger.read_since(cursor))
        lines, taken = self._coming[1], 0
        for line in lines:
            yield line
            taken += len(line.raw)
            if at_most is not None and taken >= at_most:
                return
        self._coming = None
        if going_on and at_most is None:
            yield from self._ledger.read_since(cursor)

    def _follow(self, lines: Iterable[Line], progress: Progress | None) -> Touched:
        before = self._memory.fold.cursor.copy()
        try:
            with bulk():
                touched: Touched = set()
                self._fold(lines, progress, touched)
                return touched
        except (Moved, DamagedFile, Outdated) as trouble:
            self._recover(trouble)
            return self._since(before)
        except BaseException:
            self._coming = None  # the line at fault is read again
            raise

    def _since(self, cursor: Cursor) -> Touched:
        """What the lines that `cursor` (used up by this) lacks have touched."""
        touched: Touched = set()
        for line in self._ledger.read_since(cursor):
            cursor.add_line(line)
            touched.update((entry.register, entry.record) for entry in line.entries)
        return touched

    def _lacks(self, as_of: str) -> bool:
        return (
            self.tail > 0
            or as_of != self.as_of
            or self._signature is None
            or self._memory.scattered
            or self._interrupted()
        )

    def _write(self, as_of: str) -> None:
        """Lay everything down and write it. Raises OSError; memory then stays as it was."""
        for directory in (self.home, self.home / BOOKS):
            sweep_temps(directory)
        aside.sweep(self.home)
        memory = self._memory
        if as_of < self.as_of:
            memory.scattered = True  # what was filed since may have to come back
        filing = read_filing(self.home / BOOKS)
        for year in filing.years if filing is not None else ():
            memory.shelved.book(year)  # takes out what lies on the desk as well
        planned = plan(memory, as_of)
        years = years_after(memory, planned)
        meta = desk_meta(memory, as_of, years, self._digest)
        written = write(self.home, memory, planned, meta)
        shelved = memory.shelved
        shelved.let_go({year for year, _ in memory.taken.values()} - written.keys())
        for year, book in written.items():
            shelved.replace(year, book)
        shelved.shrink()
        self._memory = Memory(self._rules, memory.fold, planned.desk, shelved)
        self._signature = signature(self.home / DESK)
        self.as_of = as_of
        self.tail = 0
