"""The app: its start and end, its places, and keys under an input method."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.keys import _character_to_key
from textual.screen import Screen

from officetui.text.i18n import _
from officetui.text.words import listed
from officetui.ui import actions, drafts
from officetui.ui.keys import folded
from officetui.ui.reminding import RemindingApp
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.themes import DARK, LIGHT, theme_name

if TYPE_CHECKING:
    from textual.widget import Widget

    from officetui.config import Config
    from officetui.office.office import Office

HOME = "1"
TEXT_GAP = 0.02  # seconds; what follows a character of a text sooner belongs to that text


class OfficeApp(RemindingApp, inherit_bindings=False):
    """officetui."""

    TITLE = "officetui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", show=False),
        Binding("ctrl+z", "suspend_process", show=False),
    ]

    def __init__(
        self,
        office: Office | None,
        config: Config | None = None,
        *,
        triage: bool = False,
    ) -> None:
        sheets = [styles_dir() / "base.tcss", styles_dir() / "today.tcss"]
        theme = theme_name(str(getattr(config, "theme", "") or "auto"), os.environ)
        # Said at once: it decides how NO_COLOR is kept.
        ansi = True if theme.startswith("ansi") else None
        super().__init__(office, css_path=sheets, ansi_color=ansi)
        self._modes[self.DEFAULT_MODE] = self.get_default_screen  # else there is no way back to it
        self.config = config
        self._triage_first = triage
        self._leaving = False
        self._stream = float("-inf")  # when the last character of a text came as a key
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.unknown_keys = actions.remap(dict(getattr(config, "keys", None) or {}))

    # Start and end

    def get_default_screen(self) -> Screen[None]:
        if self._office is None:
            return Screen()
        from officetui.ui.screens.today import TodayScreen

        return TodayScreen()

    def on_mount(self) -> None:
        if self._office is None:
            from officetui.ui import flows

            self.painted = True
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
        self.watch_others()
        if self._triage_first:
            self.call_later(self.action_triage)
        if self.unknown_keys:
            names = listed(self.unknown_keys)
            self.say(_("Settings give keys to unknown actions: {names}").format(names=names))
        if drafts.left(self):
            self.say(_("Typed before and not saved: “a” has the line again, a step its form."))

    async def action_quit(self) -> None:
        """Write what is not written and close."""
        await self.end_sync()
        self.write_desk()
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
                return
            self.add_mode(mode, lambda: screen)
        for left in self.screen_stack:
            if isinstance(left, BaseScreen):
                left.left()
        self.switch_mode(mode)

    def _close_above_base(self) -> None:
        base = self.screen_stack[0]
        if self.screen is not base:
            self._pop_to_screen(base)
        elif isinstance(base, BaseScreen):
            base.came_home()

    def action_triage(self) -> None:
        """The morning triage, where it was left."""
        from officetui.ui.screens.triage import TriageScreen

        if not isinstance(self.screen, TriageScreen):
            self.push_screen(TriageScreen())

    def action_review(self) -> None:
        """The day review, to be closed and handed over."""
        from officetui.ui.screens.review import ReviewScreen

        if not isinstance(self.screen, ReviewScreen):
            self.push_screen(ReviewScreen())

    def action_figures(self) -> None:
        """The numbers of this week."""
        from officetui.ui.screens.figures import FiguresScreen

        if not isinstance(self.screen, FiguresScreen):
            self.push_screen(FiguresScreen("week", self.office.today))

    # What is typed

    def meant(self, event: events.Key) -> events.Key | None:
        if self._leaving and not self._stays(event):
            self.call_later(self.action_quit)
            return None
        if _takes_text(self.focused):
            return event
        if event.time - self._stream < TEXT_GAP:
            # More of a text that came where none is expected, in one go: no key was pressed.
            self._stream = event.time
            return None
        if isinstance(self.screen, BaseScreen):
            self.screen.quiet()
        return self._as_key(event)

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
            self._stream = event.time
            self.say(_("The input method is on: press Enter and choose by number."))
            return None
        return event


def _takes_text(widget: Widget | None) -> bool:
    """Whether text may be typed there; asked by name, so that no field is loaded for it."""
    names = {cls.__name__ for cls in type(widget).__mro__}
    return not names.isdisjoint(("Input", "TextArea"))
