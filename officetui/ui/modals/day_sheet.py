"""The leaders' sheet of a day: looked at, copied to be sent, or put into a file to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from officetui.errors import OfficeError
from officetui.office.day_sheet import Line, day_sheet
from officetui.report.day_sheet import as_html, as_text
from officetui.report.messages import save
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import wrap
from officetui.ui.modals.base import Modal, counted, normal

_AROUND: Final = 6  # lines that are not the sheet
_DAYS: Final = {"[": -1, "left_square_bracket": -1, "]": 1, "right_square_bracket": 1}


class DaySheetScreen(Modal[None]):
    """What each leader has that day; nothing is recorded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False),
        Binding("up", "scroll_sheet(-1)", show=False),
        Binding("down", "scroll_sheet(1)", show=False),
        Binding("pageup", "scroll_sheet(-10)", show=False),
        Binding("pagedown", "scroll_sheet(10)", show=False),
    ]

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._lines: list[Line] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="message"):
            with VerticalScroll(id="message-room", can_focus=False):
                yield Static("", markup=False, id="message-text")
            yield Static("", markup=False, id="message-choices")
            yield Static("", markup=False, id="message-keys")
            yield Static("", markup=False, id="message-said")

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self._show()

    def _show(self) -> None:
        width, height = self.app.size
        self.query_one("#message-room").styles.max_height = max(3, height - _AROUND)
        try:
            self._lines = day_sheet(self.shell.office, self._day)
        except OfficeError as error:
            self._lines = []
            self._tell(error.message, wrong=True)
        text = self._text if self._lines else ""
        shown = [part for line in text.split("\n") for part in wrap(line, width) or [""]]
        self.query_one("#message-text", Static).update("\n".join(shown))
        choices = [_("copy"), _("into a text file"), _("into a page to print (HTML)")]
        self.query_one("#message-choices", Static).update(counted(choices))
        self.query_one("#message-keys", Static).update(_("[ ] day  Up Down scroll  Esc back"))

    @property
    def _text(self) -> str:
        return as_text(self._lines, self.shell.office.name, self._day)

    def _tell(self, words: str, wrong: bool = False) -> None:
        line = self.query_one("#message-said", Static)
        line.update(visible(words))
        line.set_class(wrong, "-wrong")

    def action_scroll_sheet(self, by: int) -> None:
        """Through a sheet that is longer than the screen."""
        self.query_one("#message-room").scroll_relative(y=by, animate=False)

    def on_key(self, event: events.Key) -> None:
        key = normal(event)
        if key not in (*_DAYS, "1", "2", "3"):
            return
        event.stop()
        event.prevent_default()
        if self.early(event):
            return
        self._tell("")
        if key in _DAYS:
            self._day += timedelta(days=_DAYS[key])
            self._show()
        elif self._lines and key == "1":
            self.app.copy_to_clipboard(self._text)
            words = _("Copied, where the terminal allows it; else 2 writes a file.")
            self._tell(words)
        elif self._lines and key == "2":
            self._to_file(as_text, "txt")
        elif self._lines:
            self._to_file(as_html, "html")

    def _to_file(self, write: Callable[[list[Line], str, date], str], ending: str) -> None:
        office = self.shell.office
        text = write(self._lines, office.name, self._day)
        try:
            path = save(text, office.home / "sheets", office.local, ending)
        except OSError as error:
            words = _("The file could not be written: {why}")
            self._tell(words.format(why=error.strerror or str(error)), wrong=True)
            return
        self._tell(_("Saved: {path}").format(path=path))
