"""The one road of a change: entries, one journal line with its fsync, fold, apply.

What a colleague or another process wrote comes in by `refresh` and takes the same road from fold
on; desk and books are written when they are behind the journals.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from officetui import __version__
from officetui.errors import OfficeError
from officetui.ledger import identity
from officetui.ledger.journal import Journal
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Change, Entry
from officetui.ledger.retire import successor
from officetui.office import changes, lost, numbers
from officetui.office.clock import Clock, SystemClock
from officetui.office.filed import Filed
from officetui.office.reading import Reading
from officetui.office.shelves import shelves, year_of
from officetui.store.desk import Store
from officetui.store.state import Progress, Touched
from officetui.text.i18n import _

# `list` and `set` are methods of an office, so the types have names of their own
Entries = list[Entry]
Refs = set[str]

SLICE = 1 << 18
"""Bytes of lines that the app folds between two looks at the keyboard: some ten milliseconds."""
LONG_TAIL = 400  # lines after which even a single command writes the desk


class Done(msgspec.Struct, frozen=True):
    """What a confirmed change did: a sentence for the status line, and the records it touched."""

    sentence: str
    refs: tuple[str, ...]
    t: str = ""
    hints: tuple[str, ...] = ()


class Committing(Reading):
    """The half of `Office` that holds the journal of this process, and takes in the others'."""

    def __init__(
        self,
        home: Path,
        info: identity.Office,
        clock: Clock | None,
        user: str | None,
        progress: Progress | None = None,
    ) -> None:
        self.home = home
        self.info = info
        self.name = info.name
        self.ledger = Ledger(home)
        store = Store(home, shelves(), year_of, self.ledger)
        watch = clock or SystemClock()
        super().__init__(store, info.zone, user or "", watch)
        store.open(self.today.isoformat(), progress)
        self._journal: Journal | None = None
        self._news: Refs = set[str]()
        self.filed_index = Filed(home)

    @property
    def journal(self) -> Journal:
        """The journal this process writes; its writer is made with the first change. When sync
        let a new writer take over (the machine was cloned, or restored), it is the new one's."""
        if self._journal is not None:
            writer = successor(self.home, self._journal.writer)
            if writer != self._journal.writer:
                self._journal = None
        if self._journal is None:
            writer = identity.writer_for(self.home, identity.machine_id())
            writer = successor(self.home, writer)
            self._journal = Journal(self.home, writer, self.info.id, self.info.zone, __version__)
        return self._journal

    # a change of our own

    def _commit(
        self,
        action: str,
        entries: Entries,
        sentence: str,
        undoes: str | None = None,
        user: str | None = None,
    ) -> Done:
        """Append, and only then fold: what is on the screen is on the disk."""
        if not entries and undoes is None:
            return Done(_("Nothing to change."), ())
        if undoes is None:
            numbers.refuse_strangers(self, entries)
            changes.refuse_unfit(entries)
        change = Change(self.user if user is None else user, action, entries, undoes)
        now_ms = int(self.now.timestamp() * 1000)
        with self.lock:
            lost.refuse_if_gone(self.home)
            if not self.behind:  # else nobody waits for it: the fold takes any order
                self._catch_up()
            try:
                lost.step_aside(self.journal, self.store, self.info, now_ms)
                appended = self.journal.append(change, now_ms)
            except OfficeError as error:
                error.message = _(error.message)
                raise
            self.store.apply(appended.lines)
        names: dict[str, str] = appended.ids
        refs = tuple(
            dict.fromkeys(f"{e.register}/{names.get(e.record, e.record)}" for e in entries)
        )
        return Done(sentence, refs, appended.lines[0].t)

    # what others wrote

    def refresh(self, *, at_once: bool = True) -> Refs:
        """Fold what other processes wrote; the refs touched since this was last asked, also by
        what came in with a change or a flush of our own. Cheap when nothing is new.

        Not `at_once`: fold a slice of it, and say `behind` when there is more.
        """
        with self.lock:
            self._catch_up(at_once=at_once)
            news, self._news = self._news, set[str]()
        return news

    @property
    def behind(self) -> bool:
        """Whether a `refresh` stopped before its end: then a change waits for nobody else's, but
        what counts over all records (a number, an undo, a flush) folds the rest first."""
        return self.store.behind

    def _catch_up(self, *, at_once: bool = True) -> None:
        with self.lock:
            self._take_in(self.store.catch_up(at_most=None if at_once else SLICE))

    def _take_in(self, touched: Touched) -> None:
        """Keep what came in on the way, until `refresh` tells it to the screens."""
        self._news.update(f"{register}/{record}" for register, record in touched)

    # desk and books

    def flush(self) -> None:
        """Write desk and books when they are behind the journals."""
        if lost.is_gone(self.home):
            return  # whatever was mounted there comes back with a desk of its own
        with self.lock:
            self._take_in(self.store.flush(self.today.isoformat()))

    def rebuild(self) -> None:
        """Make desk and books again from the journals; raises DataDamaged when they hold less."""
        with self.lock:
            lost.refuse_if_gone(self.home)
            self._catch_up()
            lost.refuse_if_lost(self.store, self.ledger)
            self.store.rebuild(self.today.isoformat())

    def close(self) -> None:
        """Leave; a long tail is written to the desk so that the next start is quick."""
        if self.store.tail > LONG_TAIL:
            self.flush()
