"""Sync in the app: a thread of its own replicates; the header says how it stands.

The thread is a daemon and no worker: a folder that does not answer must hold up neither a key nor
the end of the program. It only posts messages; what came is folded by `Office.refresh`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from textual import work
from textual.message import Message

from officetui.errors import OfficeError
from officetui.text.i18n import _, ngettext, pgettext
from officetui.ui import actions
from officetui.ui.keeping import KeepingApp
from officetui.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from officetui.office.presence import Presence
    from officetui.office.sync import SyncStatus
    from officetui.ui.replicating import Replication
    from officetui.ui.widgets.line import Piece

START: Final = 0.3  # seconds after the first paint
LOOK: Final = 1.0  # how often progress is looked at
COUNT: Final = 0.4  # how long after a change conflicts are counted
AGAIN: Final = 30.0  # seconds after which a thread that broke tries again
ENDING: Final = 1.0  # seconds that the last changes are given to be published at the end
SILENT_DAYS: Final = (7, 30)  # a device without news is spoken of within these


class SyncingApp(KeepingApp, inherit_bindings=False):
    """An app whose office is one with those of the colleagues."""

    class SyncTold(Message):
        """A round is over."""

        def __init__(self, status: SyncStatus, news: bool) -> None:
            super().__init__()
            self.status = status
            self.news = news

    class SyncBroke(Message):
        """The thread met what nobody thought of; it tries again."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class Counted(Message):
        """What is to be decided: the records, each with how many of its cells."""

        def __init__(self, found: dict[str, int]) -> None:
            super().__init__()
            self.found = found

    def __init__(self, office: Any, **options: Any) -> None:
        super().__init__(office, **options)
        self.replication: Replication | None = None
        self.header_pieces: tuple[Piece, ...] = ()
        self.to_decide: dict[str, int] = {}
        self._made = 0  # changes of this process
        self._presence: Presence | None = None
        self._thread: Thread | None = None
        self._ending = Event()
        self._broke = ""
        self._matter: tuple[object, ...] = ()  # what is the matter with the folder, once said
        self._told: set[tuple[str, str]] = set()
        self._counting = False
        self._counted_once = False
        self._called = False  # that there is something to decide was said

    # Start and end

    def watch_others(self) -> None:
        """Look what other processes wrote, and replicate when a folder is attached."""
        super().watch_others()
        self.set_timer(START, self._start_sync)
        self.set_timer(START, self._first_look)
        self.set_interval(LOOK, self._look)

    def _first_look(self) -> None:
        self.taken_in(set())
        self._count_soon()

    def _start_sync(self) -> None:
        """Begin to replicate; without a folder it is looked for with each poll."""
        if self._thread is None and self._has_folder() and not self._ending.is_set():
            self._thread = Thread(
                target=self._replicate, args=(self.presence,), name="sync", daemon=True
            )
            self._thread.start()

    def _has_folder(self) -> bool:
        return (self.office.home / "folder.json").exists()

    def _replicate(self, presence: Presence) -> None:
        """The thread: round after round until the end."""
        from officetui.ui.replicating import Replication

        one = Replication(self.office, lambda: self._made, presence)
        self.replication = one
        while not self._ending.is_set():
            try:
                one.run(lambda told: self.post_message(self.SyncTold(told.status, told.news)))
            except Exception as error:
                self.post_message(self.SyncBroke(f"{type(error).__name__}: {error}"))
                self._ending.wait(AGAIN)
        one.close()

    async def end_sync(self) -> None:
        """Give the last changes a moment to be published, a card to be taken back, then stop."""
        self._leave_cards()
        one, clock = self.replication, asyncio.get_running_loop().time
        end = clock() + ENDING
        while one is not None and clock() < end and self._untold() and one.status().reachable:
            one.wake()
            await asyncio.sleep(0.02)
        self._ending.set()
        if one is not None:
            one.stop()

    # Who is at which card

    @property
    def presence(self) -> Presence:
        """Who of other homes is at which card; replication tells it of ours. In this thread."""
        if self._presence is None:
            from officetui.office.presence import Presence

            self._presence = Presence(self.office.home, self.office.watch)
        return self._presence

    def wake_sync(self) -> None:
        """Let a round be made now."""
        if self.replication is not None:
            self.replication.wake()

    def _leave_cards(self) -> None:
        """The screens close when the last round is over: nobody looks at their cards any more."""
        for screen in self.office_screens():
            leave = getattr(screen, "leave_cards", None)
            if callable(leave):
                leave()

    def _untold(self) -> bool:
        """Whether the folder does not know yet what was done here."""
        return bool(self._unseen()) or (self._presence is not None and self._presence.pending)

    # What changes

    def records_changed(self, refs: Iterable[str]) -> None:
        """Also publish it at once, and count what is to be decided."""
        changed = set(refs)
        super().records_changed(changed)
        if changed:
            self._count_soon()

    @property
    def made(self) -> int:
        """How many changes this process has made."""
        return self._made

    def changed_here(self) -> None:
        """A change was made in this process: publish it."""
        self._made += 1
        if self.replication is not None:
            self.replication.wake()
        self.tell_sync()

    def taken_in(self, refs: set[str]) -> None:
        """Other processes or colleagues wrote these: number what waits for this device to."""
        if self.replication is not None and refs:
            self.replication.wake()
        try:
            with self._hold:
                given = self.office.give_numbers()
        except OfficeError as error:
            self.say(error.message, severity="error")
            return
        if given is not None:
            self.say(given.sentence)
            self.records_changed(given.refs)
            self.changed_here()

    def _poll(self) -> None:
        super()._poll()
        self._start_sync()

    def on_syncing_app_sync_told(self, message: SyncTold) -> None:
        self._broke = ""
        if message.news:
            super()._poll()
        self._speak_up(message.status)
        self.tell_sync()
        self.screen_sync_changed()

    def on_syncing_app_sync_broke(self, message: SyncBroke) -> None:
        self._broke = message.reason
        words = _("Sync stopped: {reason}. Nothing is lost; it is tried again.")
        self.say(words.format(reason=message.reason), "warning")
        self.tell_sync()

    def _look(self) -> None:
        """Between rounds: how far one is, or that one gets no answer."""
        self.tell_sync()
        status = self.sync_status()
        if status is not None and status.silent is not None:
            self._speak_up(status)

    # The header

    def _unseen(self) -> int:
        """Changes of this process that no whole round has seen yet."""
        return self._made - self.replication.seen if self.replication is not None else 0

    def sync_status(self) -> SyncStatus | None:
        """How sync stands, what was changed a moment ago included; None without a folder."""
        if self.replication is None:
            return None
        from msgspec.structs import replace

        status, fresh = self.replication.status(), self._unseen()
        if fresh and status.folder is not None:
            status = replace(status, waiting=(status.waiting or 0) + fresh)
        return status

    def tell_sync(self) -> None:
        """Write the short word into the header where it differs from what stands there."""
        pieces = tuple(self._pieces())
        if pieces == self.header_pieces:
            return
        self.header_pieces = pieces
        for screen in self.office_screens():
            screen.header_line.retell()

    def screen_sync_changed(self) -> None:
        """Let a screen that shows more of it than the word do so."""
        tell = getattr(self.screen, "sync_changed", None)
        if callable(tell) and self.stands(self.screen):
            tell()

    def _pieces(self) -> Iterable[Piece]:
        n = sum(self.to_decide.values())
        if n:
            key = actions.shown_key(actions.BY_ID["app.conflicts"])
            words = ngettext("{n} to decide ({key})", "{n} to decide ({key})", n)
            yield words.format(n=n, key=key), "alert"
        status = self.sync_status()
        if status is None:
            return
        from officetui.office import sync_words
        from officetui.office.sync import UNREAD

        if self._broke:
            yield pgettext("sync", "sync fails"), "warn"
        elif status.busy and status.state == UNREAD:
            yield pgettext("sync", "another process syncs"), ""
        else:
            word = sync_words.word(status, self.office.clock)
            if word:
                yield word, "" if status.well or status.state == UNREAD else "warn"

    # What is said once

    def _speak_up(self, status: SyncStatus) -> None:
        """Say what is the matter with the folder, once per change."""
        from officetui.office import sync_words
        from officetui.office.sync import NONE, UNREAD

        silent = status.silent is not None
        if status.busy or (status.state in (NONE, UNREAD) and not silent):
            return
        matter: tuple[object, ...] = ()
        if not status.well:
            holes = tuple((one.writer, one.holes) for one in status.devices if one.holes)
            matter = (status.state, status.why, bool(status.error), holes, silent)
        before, self._matter = self._matter, matter
        if matter and matter != before:
            folder = status.state != "ok" or status.error or silent
            said = list(sync_words.state(status)) if folder else []
            if status.holes and not said:
                said = [words for pair in sync_words.holes(status) for words in pair]
            self.say(" ".join(words for words in said if words), "warning")
        elif before and not matter:
            self.say(_("The shared folder is there again, and everything in it was read."))
        else:
            self._speak_of_devices(status)

    def _speak_of_devices(self, status: SyncStatus) -> None:
        """Devices long without news, doubles of this one, changes that the folder has lost."""
        from officetui.office import sync_words

        office = self.office
        now = office.local
        least, most = SILENT_DAYS
        words = []
        for one in status.devices:
            days = (office.now - one.newest).days if one.newest is not None else 0
            if least <= days < most and self._first_time("silent", one.writer):
                told = sync_words.device(one, office.clock, now)
                words.append(_("Without news: {device}.").format(device=told))
        for what, meaning in sync_words.notices(status, office.clock, now):
            if self._first_time("notice", what):
                words += [what, meaning]
        if words:
            self.say(" ".join(words), "warning")

    def _first_time(self, kind: str, what: str) -> bool:
        key = (kind, what)
        new = key not in self._told
        self._told.add(key)
        return new

    # What is to be decided

    def _count_soon(self) -> None:
        if not self._counting:
            self._counting = True
            self.set_timer(COUNT, self._count)

    @work(thread=True, exclusive=True, group="conflicts", exit_on_error=False)
    def _count(self) -> None:
        from officetui.office.conflicts import on_desk
        from officetui.ui import deciding

        self._counting = False
        found = deciding.matters(self.office, on_desk(self.office, list(self.to_decide)))
        self.post_message(self.Counted(deciding.counted(found)))

    def on_syncing_app_counted(self, message: Counted) -> None:
        self.decided(message.found)

    def decided(self, found: dict[str, int]) -> None:
        """This many cells are to be decided; what is new among them is said."""
        fresh = [ref for ref, n in found.items() if n > self.to_decide.get(ref, 0)]
        self.to_decide = found
        if fresh and self._counted_once:
            n = len(fresh)
            words = ngettext(
                "{n} record has values that two people wrote at once: {key} shows them.",
                "{n} records have values that two people wrote at once: {key} shows them.",
                n,
            )
            key = actions.shown_key(actions.BY_ID["app.conflicts"])
            self.say(words.format(n=n, key=key), "warning")
            self._called = True
        elif self._called and not found:
            self._called = False
            if (
                isinstance(screen := self.screen, BaseScreen)
                and screen.status_line.severity == "warning"
            ):
                self.say(_("Nothing is left to decide."))
        self._counted_once = True
        self.tell_sync()

    def action_conflicts(self) -> None:
        """What two people wrote at once, and how the shared folder stands."""
        from officetui.ui.screens.conflicts import ConflictsScreen

        if not isinstance(self.screen, ConflictsScreen):
            self.push_screen(ConflictsScreen())

    def action_numbers(self) -> None:
        """Which device gives the official numbers."""
        from officetui.ui.deciding import choose_numbering

        choose_numbering(self)

    def action_day_sheet(self) -> None:
        """The leaders' sheet of the day that is looked at, or of today."""
        from officetui.ui.modals.day_sheet import DaySheetScreen

        period = getattr(self.screen, "period", None)
        day = period.day if period is not None and period.kind == "day" else self.office.today
        self.push_screen(DaySheetScreen(day))

    def action_duty_lines(self) -> None:
        """Which lines there are, their hours and seats, whose turns they are."""
        from officetui.ui import settings

        settings.edit(self, "duty_lines")

    def action_roster(self) -> None:
        """The duty roster of a month: first a preview."""
        from officetui.ui.roster_month import choose_month

        choose_month(self)
