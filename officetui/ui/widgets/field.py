"""The one text field of the program."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import Input


class InputField(Input):
    """An Input that does not blink, and puts the terminal's cursor where the text goes.

    Without that, the window of an input method opens elsewhere until the first key
    (textual #6082). Takes what `Input` takes.
    """

    def __init__(self, value: str | None = None, placeholder: str = "", **options: Any) -> None:
        options.setdefault("compact", True)
        options.setdefault("select_on_focus", False)
        super().__init__(value, placeholder, highlighter=None, **options)
        self.cursor_blink = False

    def on_focus(self, event: events.Focus) -> None:
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()
