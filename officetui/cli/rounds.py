"""Rounds of replication on the command line: shown, stoppable, and what they brought."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from officetui import config
from officetui.cli import session
from officetui.cli.session import say
from officetui.errors import FolderUnreachable, NoOffice, Refused
from officetui.ledger import identity
from officetui.office import folder as folders
from officetui.office import sync_words as words
from officetui.office.sync import Sync, SyncStatus, Told
from officetui.text.i18n import _, ngettext

if TYPE_CHECKING:
    from officetui.ledger.apart import Apart
    from officetui.office.conflicts import Conflict
    from officetui.office.office import Office

BESIDE = 10.0
"""Seconds for which another process that replicates this home is waited for."""
SILENT = 10.0
"""Seconds after which a folder without an answer is spoken of."""
PATIENCE = 30.0
"""Seconds without an answer to one question after which a command goes on without the folder."""
STOPPING = 3.0
"""Seconds that a round is given to end where it is."""
ROUNDS = 5
LINES = 10_000


# waiting for the folder


@contextmanager
def reached(folder: Path) -> Iterator[Apart]:
    """The folder for a command, which no share may hang: see `PATIENCE`."""
    speaker = threading.Timer(SILENT, _say_silent)
    speaker.daemon = True
    speaker.start()
    try:
        with folders.reached(folder, PATIENCE) as files:
            yield files
    finally:
        speaker.cancel()


def sync_with(home: Path, info: identity.Office) -> Sync:
    """Replication for a command, which no share may hang: see `PATIENCE`."""
    return Sync(home, info, apart=True, patience=PATIENCE)


def patiently(sync: Sync, work: Callable[[], Told]) -> Told:
    """Let a round work beside this thread, so that progress is shown and Ctrl-C always answers,
    whatever the folder does. Raises what the work raises."""
    done: queue.Queue[Told | BaseException] = queue.Queue()

    def run() -> None:
        try:
            done.put(work())
        except BaseException as error:
            done.put(error)

    shown = Shown()
    waited = 0.0
    threading.Thread(target=run, daemon=True).start()
    try:
        while True:
            try:
                result = done.get(timeout=0.1)
                break
            except queue.Empty:
                progress = sync.status().progress
                if progress is not None:
                    shown.bytes(*progress)
                waited = waited + 0.1 if progress is None else 0.0
                if SILENT <= waited < SILENT + 0.1:
                    _say_silent()
    except KeyboardInterrupt:
        sync.stop()
        with suppress(queue.Empty):  # a folder that does not answer is left alone
            done.get(timeout=STOPPING)
        shown.end()
        say(_("Stopped. What has come is kept; the next sync goes on from there."))
        raise
    shown.end()
    if isinstance(result, BaseException):
        raise result
    return result


def _say_silent() -> None:
    say(_("The folder does not answer yet; Ctrl-C stops, and nothing is lost."))


class Shown:
    """Progress on standard error: one line that changes, or a line now and then in a pipe."""

    def __init__(self) -> None:
        self._last = -1
        self._is_terminal = sys.stderr.isatty()

    def bytes(self, done: int, of: int) -> None:
        """So many bytes of the folder were read."""
        percent = 100 * done // max(of, 1)
        if percent == self._last or (not self._is_terminal and percent // 10 == self._last // 10):
            return
        self._last = percent
        megabytes = f"{of / (1 << 20):.1f}"
        self._line(_("Reading the folder: {n}% of {size} MB").format(n=percent, size=megabytes))

    def lines(self, count: int) -> None:
        """So many changes were folded."""
        if count % LINES == 0:
            self._last = count
            self._line(_("Putting the desk together: {n} changes").format(n=f"{count:,}"))

    def end(self) -> None:
        if self._last >= 0 and self._is_terminal:
            print(file=sys.stderr, flush=True)
        self._last = -1

    def _line(self, text: str) -> None:
        end = "\x1b[K\r" if self._is_terminal else "\n"
        print(text, end=end, file=sys.stderr, flush=True)


def until_quiet(sync: Sync) -> Told:
    """Rounds until nothing new comes: the second believes what the first has written."""
    told = patiently(sync, sync.round)
    if told.status.busy:
        say(
            _(
                "The app, or another sync of this office, is replicating just now: waiting for up "
                "to {n} s."
            ).format(n=round(BESIDE))
        )
        told = patiently(sync, lambda: sync.round(wait=BESIDE))
    news = told.news
    for _round in range(ROUNDS - 1):
        if told.status.busy or not told.status.reachable or (_round and not told.news):
            break
        told = patiently(sync, sync.round)
        news |= told.news
    sync.close()
    return Told(told.status, news, told.changed)


def the_sync() -> Sync:
    """The sync of this home. Raises NoOffice, Refused (no folder is attached)."""
    home = config.home()
    info = identity.read_office(home)
    if info is None:
        raise NoOffice(
            _("There is no office in {path} yet: officetui init --name NAME").format(path=home)
        )
    return sync_with(home, info)


# what came


class Received:
    """What the last rounds brought into the office."""

    def __init__(self, count: int = 0, conflicts: list[Conflict] | None = None) -> None:
        self.count = count
        self.conflicts = conflicts or []

    def say(self) -> None:
        if self.count:
            n = self.count
            text = ngettext("{n} record came or changed.", "{n} records came or changed.", n)
            say(text.format(n=f"{n:,}"))
        if self.conflicts:
            n = len(self.conflicts)
            text = ngettext(
                "{n} value was written by two people at once: officetui list conflicts",
                "{n} values were written by two people at once: officetui list conflicts",
                n,
            )
            say(text.format(n=n))


def received(office: Office) -> Received:
    """Fold what came."""
    from officetui.office.conflicts import conflicts_of

    touched = office.refresh()
    found: list[Conflict] = []
    for ref in sorted(touched):
        record = office.get(ref)
        if record is not None and ("_x" in record.doc or "_d" in record.doc):
            found += conflicts_of(record)
    return Received(len(touched), found)


def refuse_unwell(status: SyncStatus) -> None:
    """Raises FolderUnreachable (4) or Refused (1) unless everything was read and written."""
    if status.busy:
        raise Refused(
            _(
                "Another process of this office (the app, sync --watch) is replicating: it does "
                "what this was asked to do. Nothing was done here."
            )
        )
    if status.well or (status.state == "ok" and not status.error):
        return
    text = " ".join(part for part in words.state(status) if part)
    raise Refused(text) if status.reachable else FolderUnreachable(text)


@contextmanager
def folding(user: str | None = None) -> Iterator[Office]:
    """The office of this home, with progress while a long tail is folded."""
    from officetui.office.office import Office

    shown = Shown()
    try:
        office = Office.open(
            config.home(), user=user or session.the_user() or None, progress=shown.lines
        )
    except KeyboardInterrupt:
        shown.end()
        say(_("Stopped. What has come is kept; the next command goes on from there."))
        raise
    shown.end()
    yield office
    office.close()
