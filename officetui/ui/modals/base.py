"""What every dialogue shares: nothing typed before it was painted acts on it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeVar, cast

from textual import events, work
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import ModalScreen
from textual.widget import Widget

from officetui.ui.keys import folded
from officetui.ui.painting import WholePaints
from officetui.ui.styles import styles_dir

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp

Result = TypeVar("Result")
_NEVER: Final = float("inf")


class Modal(WholePaints[Result], ModalScreen[Result]):
    """A dialogue over a screen; `painted` guards against keys meant for what was there before."""

    AUTO_FOCUS = ""
    # Textual repaints the whole screen when the focus moves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    CSS_PATH = styles_dir() / "modals.tcss"

    class BooksRead(Message):
        """The books that a rule asked for have been gone through."""

    def __init__(self) -> None:
        super().__init__()
        self._painted_at = _NEVER

    def ask_books(self) -> None:
        """Go through the books that a rule would have needed, beside the keys."""
        if self.shell.office.filed_index.lacking:
            self._read_books()

    @work(thread=True, exclusive=True, group="books", exit_on_error=False)
    def _read_books(self) -> None:
        if self.shell.office.go_through_books():
            self.post_message(self.BooksRead())

    @property
    def shell(self) -> OfficeApp:
        """The app, typed."""
        return cast("OfficeApp", self.app)

    def on_mount(self) -> None:
        # A dialogue finds its size in several rounds; only the last of them is painted.
        self.shell.held = self
        self.call_after_refresh(self._paint_first)

    def _paint_first(self) -> None:
        if self.shell.held is self:
            self.shell.held = None
        if self.is_current:
            below = self.app._background_screens
            self.app._display(self, self._compositor.render_update(True, screen_stack=below))
        self._painted_at = time.monotonic()

    def early(self, event: events.Key) -> bool:
        """Whether a key was pressed before this dialogue could be read; Esc means any of them."""
        return event.time < self._painted_at and event.key != "escape"

    def action_close(self) -> None:
        self.dismiss(None)


def normal(event: events.Key) -> str:
    """The key as if no input method were on: １ is 1, ？ is ?; else Textual's name of it."""
    character = event.character
    if not character or not character.isprintable() or character == " ":
        return event.key
    return folded(character) or character


def counted(words: Sequence[str], first: int = 1) -> str:
    """1 by phone  2 by message: candidates with the digits that choose them."""
    return "  ".join(f"{number} {word}" for number, word in enumerate(words, first))
