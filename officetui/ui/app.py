"""The app: places, the road of a change to the screens, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.keys import _character_to_key
from textual.message import Message
from textual.screen import Screen

from officetui.errors import NotKept, OfficeError
from officetui.text.i18n import N_, _
from officetui.ui import actions
from officetui.ui.keys import folded
from officetui.ui.painting import Painted
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.themes import DARK, LIGHT, theme_name
from officetui.ui.widgets.status import Severity

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.widget import Widget

    from officetui.config import Config
    from officetui.office.office import Done, Office

POLL_SECONDS = 2.0  # how soon another process's changes are seen
FLUSH_SECONDS = 1.5  # how long after a change the desk is written
LATER = {
    "triage": N_("The morning triage comes with a later version."),
    "review": N_("The day review comes with a later version."),
    "search": N_("The search comes with a later version."),
    "6": N_("Follow-ups come with a later version."),
    "7": N_("Leaders' schedule, errands and the rest come with a later version."),
}
HOME = "1"


class OfficeApp(App[None], inherit_bindings=False):
    """officetui. Owns the office for the screens; every change goes through `perform`."""

    TITLE = "officetui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", show=False),
        Binding("ctrl+z", "suspend_process", show=False),
    ]

    class Flushed(Message):
        """The desk was written, or not: then `reason` says why."""

        def __init__(self, reason: str = "") -> None:
            super().__init__()
            self.reason = reason

    def __init__(
        self,
        office: Office | None,
        config: Config | None = None,
    ) -> None:
        super().__init__(css_path=[styles_dir() / "base.tcss", styles_dir() / "today.tcss"])
        self._modes[self.DEFAULT_MODE] = self.get_default_screen  # else there is no way back to it
        self._office = office
        self.config = config
        self._hold = Lock()  # the office serves one thread at a time
        self.held: Screen[Any] | None = None  # a screen that is not painted yet
        self.painted = False
        self._shown = Painted()
        self._leaving = False
        self._flush_due = False
        self.unwritten = False
        self.animation_level = "none"
        self._disable_tooltips = self._disable_notifications = True  # no widgets for either
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        wanted = str(getattr(config, "theme", "") or "auto")
        self.set_reactive(App.theme, theme_name(wanted, os.environ))
        self.stylesheet.set_variables(self.get_css_variables())
        self.unknown_keys = actions.remap(dict(getattr(config, "keys", None) or {}))

    @property
    def office(self) -> Office:
        """The office that is open."""
        assert self._office is not None, "no office yet"
        return self._office

    # Start and end

    def get_default_screen(self) -> Screen[None]:
        if self._office is None:
            return Screen()
        from officetui.ui.screens.today import TodayScreen

        return TodayScreen()

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _app: self._shown.forget())
        if self._office is None:
            from officetui.ui import flows

            flows.first_run(self, self._begin)
        else:
            self._start_watching()

    def _begin(self, office: Office) -> None:
        """The first-run dialogue has made an office: go on with it."""
        self._office = office
        from officetui.ui.screens.today import TodayScreen

        # The empty screen below the dialogue has no way to be switched: it is left out instead.
        self.push_screen(TodayScreen())
        del self._screen_stacks[self.DEFAULT_MODE][0]
        self._start_watching()

    def _start_watching(self) -> None:
        self.set_interval(POLL_SECONDS, self._poll)
        if self.unknown_keys:
            names = "、".join(self.unknown_keys)
            self.say(_("Settings give keys to unknown actions: {names}").format(names=names))

    async def action_quit(self) -> None:
        """Write what is not written and close."""
        self._write_desk()
        self.exit()

    def action_leave(self) -> None:
        """The first time asks, the second time quits."""
        if self._leaving or self._office is None:
            self.call_later(self.action_quit)
            return
        self._leaving = True
        self.say(_("Press q or Enter again to quit, any other key to stay."))

    # Places

    def action_place(self, digit: str) -> None:
        self.place(digit)

    def place(self, digit: str) -> None:
        """Go to a place; what was open there is as it was, except that dialogues are closed."""
        mode = self.DEFAULT_MODE if digit == HOME else digit
        if mode == self.current_mode:
            self._close_above_base()
            return
        if mode != self.DEFAULT_MODE and mode not in self._modes:
            from officetui.ui import flows

            screen = flows.register_screen(digit)
            if screen is None:
                self.action_later(digit)
                return
            self.add_mode(mode, lambda: screen)
        self.switch_mode(mode)

    def _close_above_base(self) -> None:
        base = self.screen_stack[0]
        if self.screen is not base:
            self._pop_to_screen(base)

    def action_later(self, what: str) -> None:
        """Say that something is still to come."""
        self.say(_(LATER[what]))

    # Changes

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
        self.records_changed(done.refs)
        return done

    def records_changed(self, refs: Iterable[str]) -> None:
        """Show changed records on every screen that has been opened, and write the desk soon."""
        changed = set(refs)
        if not changed:
            return
        self.unwritten = True
        for screen in self.office_screens():
            screen.records_changed(changed)
        if not self._flush_due:
            self._flush_due = True
            self.set_timer(FLUSH_SECONDS, self._flush_in_worker)

    def office_screens(self) -> list[BaseScreen]:
        """Every open screen that shows records."""
        stacks = self._screen_stacks.values()
        return [screen for stack in stacks for screen in stack if isinstance(screen, BaseScreen)]

    def _poll(self) -> None:
        """Take in what another process of this user wrote; costs a look at a folder."""
        if not self._hold.acquire(blocking=False):
            return
        try:
            refs = self.office.refresh()
        except OfficeError as error:
            self.say(error.message, severity="error")
            return
        finally:
            self._hold.release()
        self.records_changed(refs)

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

    def on_office_app_flushed(self, message: OfficeApp.Flushed) -> None:
        # The journal has everything already; only the next start would take longer.
        self.unwritten = bool(message.reason)
        if message.reason:
            words = _("Your changes are safe in the journal; the desk could not be written: {why}")
            self.say(words.format(why=message.reason), severity="error")

    def _write_desk(self) -> None:
        if self._office is None:
            return
        try:
            with self._hold:
                self._office.flush()
                self._office.close()
        except (NotKept, OSError):
            pass  # the journal has every change; the desk is made again from it at the next start

    # What is said and typed

    def say(self, text: str, severity: Severity = "info") -> None:
        """Say something in the status line of the screen on top."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                screen.say(text, severity)
                return

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._leaving and not self._stays(event):
                await self.action_quit()
                return
            if not _takes_text(self.focused):
                replaced = self._as_key(event)
                if replaced is None:
                    return
                event = replaced
        await super().on_event(event)

    def _stays(self, event: events.Key) -> bool:
        self._leaving = False
        if event.key in ("q", "enter", "ctrl+c"):
            return False
        self.say("")
        return True

    def _as_key(self, event: events.Key) -> events.Key | None:
        """The key that was meant; None when Chinese text came where no text is expected."""
        character = event.character
        if character is None or character.isascii():
            return event
        plain = folded(character)
        if plain is not None:
            meant = events.Key(_character_to_key(plain), plain)
            meant.time = event.time
            return meant
        if isinstance(self.screen, BaseScreen):
            self.say(_("The input method is on: press Enter and choose by number."))
            return None
        return event

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if screen is not self.held and not self._batch_count:
            super()._display(screen, self._shown.reduced(renderable))

    def refresh_css(self, animate: bool = True) -> None:
        # Before the first paint nothing has other styles than those just parsed.
        if self.painted:
            super().refresh_css(animate)

    def on_resize(self, event: events.Resize) -> None:
        self._shown.forget()

    def delay_update(self, delay: float = 0.0) -> None:
        """Textual hides a change of places for 50 ms; ours are painted at once."""


def _takes_text(widget: Widget | None) -> bool:
    """Whether text may be typed there; asked by name, so that no field is loaded for it."""
    names = {cls.__name__ for cls in type(widget).__mro__}
    return not names.isdisjoint(("Input", "TextArea"))
