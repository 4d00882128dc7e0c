"""Journals that hold less than the desk has read of them: cut, deleted, or put back from a copy.

The next number of such a journal is one that the desk has folded already: a change written under
it would never be shown. So a new writer takes over, and the desk is not made again.
"""

from __future__ import annotations

from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

from officetui import __version__
from officetui.errors import DataDamaged, NotKept
from officetui.ledger.identity import Office as Info
from officetui.ledger.journal import Journal
from officetui.ledger.journals import Ledger
from officetui.ledger.segments import read_segment, split
from officetui.store.desk import Store
from officetui.text.i18n import _


class Lost(NamedTuple):
    """A journal that ends at number `last`, of which the desk has read up to `heard`."""

    writer: str
    last: int
    heard: int


def lost(store: Store, ledger: Ledger) -> list[Lost]:
    """The journals that end before what the desk has read of them."""
    found = []
    for writer, heard in sorted(store.heard().items()):
        if ledger.numbered(writer, heard) is None:
            last = _last(ledger, writer)
            if last is not None and last < heard:
                found.append(Lost(writer, last, heard))
    return found


def _last(ledger: Ledger, writer: str) -> int | None:
    """The last number of a journal, damaged lines counted; None when it cannot be told."""
    for segment in reversed(ledger.segments(writer)):
        try:
            lines, _torn = split(read_segment(segment))
        except OSError:
            return None
        if lines:
            header = ledger.header(segment)
            return header.n + len(lines) - 1 if header is not None else None
    return 0


def is_gone(home: Path) -> bool:
    """Whether the home was deleted or unmounted under us: writing there would found half an
    office, beside the one that comes back."""
    return not (home / "office.json").exists()


def refuse_if_gone(home: Path) -> None:
    """Raises NotKept when the home is not there any more."""
    if is_gone(home):
        raise NotKept(
            _(
                "The office is not in {path} any more: nothing was changed. "
                "Put it back (or mount it), then try again."
            ).format(path=home)
        )


def refuse_if_lost(store: Store, ledger: Ledger) -> None:
    """Raises DataDamaged when the desk holds what no journal does."""
    if lost(store, ledger):
        raise DataDamaged(
            _(
                "The journals hold less than the desk: nothing was made again, so that nothing is "
                "lost. officetui doctor says more."
            )
        )


def step_aside(journal: Journal, store: Store, info: Info, now_ms: int) -> None:
    """Let a new writer take over when the next number of our own journal is taken already."""
    try:
        last = journal.settle()
        if store.heard().get(journal.writer, 0) <= last:
            return
        from officetui.ledger.retire import Author, retire

        author = Author(journal.home, info.id, info.zone, __version__)
        retire(author, journal.writer, 0, now_ms, SystemRandom())
    except OSError:
        return  # appending meets the same trouble, and says so
