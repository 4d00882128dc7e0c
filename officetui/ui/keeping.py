"""The road of a change: to the office, to the screens, and a moment later to the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual import work
from textual.message import Message
from textual.screen import Screen

from officetui.errors import NotKept, OfficeError
from officetui.text.i18n import _
from officetui.ui.keyboard import KeyboardApp
from officetui.ui.screens.base import BaseScreen
from officetui.ui.widgets.status import Severity

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.office import Office

POLL_SECONDS = 2.0  # how soon another process's changes are seen
FLUSH_SECONDS = 1.5  # how long after a change the desk is written
BREATH_SECONDS = 0.005  # between two slices of what came


class KeepingApp(KeyboardApp, inherit_bindings=False):
    """An app that owns an office; every change goes through `perform`."""

    class Flushed(Message):
        """The desk was written, or not: then `reason` says why."""

        def __init__(self, reason: str = "") -> None:
            super().__init__()
            self.reason = reason

    def __init__(self, office: Office | None, **options: Any) -> None:
        super().__init__(**options)
        self._office = office
        self._hold = Lock()  # the office serves one thread at a time
        self._flush_due = False
        self._came: set[str] = set()  # folded, not yet shown: more of it is to come
        self._going_on = False
        self.unwritten = False
        self.own_change = False  # what screens are told of was done here, and by this window

    @property
    def office(self) -> Office:
        """The office that is open."""
        assert self._office is not None, "no office yet"
        return self._office

    def _fatal_error(self) -> None:
        """Textual would print the values of all variables: records of the office."""
        error = self._exception
        if self._office is None or error is None:
            super()._fatal_error()
            return
        from rich.text import Text

        from officetui.ui.crash import report

        words = report(error, self._office.home, self._office.now.isoformat())
        self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()

    reminder = ""  # what stands in the status line while nothing else is said

    def say(self, text: str, severity: Severity = "info") -> None:
        """Say something in the status line of the screen on top."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                screen.say(text, severity)
                return

    def watch_others(self) -> None:
        """Look every two seconds what other processes of this user wrote."""
        self.set_interval(POLL_SECONDS, self._poll)

    def perform(self, change: Callable[[], Done], *, raises: bool = False) -> Done | None:
        """Run a change, say what it did, and show it everywhere.

        A refusal is said in the status line and gives None; with `raises` it is raised, for a
        form to show it at the field. A change that could not be kept is always an OfficeError.
        """
        try:
            with self._hold:
                done = change()
        except OfficeError as error:
            if raises:
                raise
            self.say(error.message, severity="error")
            return None
        self.say(" ".join((done.sentence, *done.hints)))
        self.own_change = True
        self.records_changed(done.refs)
        self.own_change = False
        if done.t:
            self.changed_here()
        return done

    def changed_here(self) -> None:
        """A change was made in this process."""

    def taken_in(self, refs: set[str]) -> None:
        """Other processes wrote these records; they are folded, and shown after this."""

    def records_changed(self, refs: Iterable[str]) -> None:
        """Show changed records on every screen that has been opened, and write the desk soon."""
        changed = set(refs)
        if not changed:
            return
        self.unwritten = True
        for screen in self.office_screens():
            if self.stands(screen):
                screen.records_changed(changed)
        if not self._flush_due:
            self._flush_due = True
            self.set_timer(FLUSH_SECONDS, self._flush_soon)

    def stands(self, screen: Screen[Any]) -> bool:
        """Whether a screen can be told: one that is being made reads things as they are when it
        is, and one that is being taken down has nothing left to show them with."""
        return self.is_running and screen.is_mounted

    def office_screens(self) -> list[BaseScreen]:
        """Every open screen that shows records."""
        stacks = self._screen_stacks.values()
        return [screen for stack in stacks for screen in stack if isinstance(screen, BaseScreen)]

    def take_in(self) -> None:
        """Look now what others wrote: what is answered must be what was seen."""
        self._poll()

    def _poll(self) -> None:
        """Take in what another process of this user wrote; costs a look at a folder.

        Years of journals, as a first sync brings them, are folded a slice at a time, with room for
        keys in between, and shown when all is in.
        """
        if not self._hold.acquire(blocking=False):
            return
        try:
            self._came |= self.office.refresh(at_once=False)
            behind = self.office.behind
        except OfficeError as error:
            self.say(error.message, severity="error")
            return
        finally:
            self._hold.release()
        if behind:
            if not self._going_on:
                self._going_on = True
                self.set_timer(BREATH_SECONDS, self._go_on)
            return
        refs, self._came = self._came, set()
        if refs:
            self.taken_in(refs)
        self.records_changed(refs)

    def _go_on(self) -> None:
        """The next slice."""
        self._going_on = False
        self._poll()

    def _flush_soon(self) -> None:
        """Write the desk, once it is not behind any more: a flush folds the rest at one go."""
        if self.office.behind:
            self.set_timer(FLUSH_SECONDS, self._flush_soon)
        else:
            self._flush_in_worker()

    @work(thread=True, exclusive=True, group="flush", exit_on_error=False)
    def _flush_in_worker(self) -> None:
        self._flush_due = False
        try:
            with self._hold:
                self.office.flush()
        except (OfficeError, OSError) as error:
            self.post_message(self.Flushed(str(error)))
        else:
            self.post_message(self.Flushed())

    def on_keeping_app_flushed(self, message: KeepingApp.Flushed) -> None:
        # The journal has everything already; only the next start would take longer.
        self.unwritten = bool(message.reason)
        if message.reason:
            words = _("Your changes are safe in the journal; the desk could not be written: {why}")
            self.say(words.format(why=message.reason), severity="error")

    def write_desk(self) -> None:
        """Write the desk and close the office, at the end."""
        if self._office is None:
            return
        try:
            with self._hold:
                self._office.flush()
                self._office.close()
        except (NotKept, OSError):
            pass  # the journal has every change; the desk is made again from it at the next start
