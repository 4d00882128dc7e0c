"""The leaders' sheet of a day: looked at, copied to be sent, or put into a file to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from officetui.errors import OfficeError
from officetui.office.day_sheet import Line, day_sheet
from officetui.report.day_sheet import as_html, as_text
from officetui.text.i18n import _
from officetui.text.width import wrap
from officetui.ui.modals.base import counted, normal
from officetui.ui.modals.sheet import Sheet

_AROUND: Final = 6  # lines that are not the sheet
_DAYS: Final = {"[": -1, "left_square_bracket": -1, "]": 1, "right_square_bracket": 1}


class DaySheetScreen(Sheet[None]):
    """What each leader has that day; nothing is recorded."""

    TITLED = False  # the sheet has its own
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", show=False)]

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day
        self._lines: list[Line] = []

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self._show()

    def _show(self) -> None:
        width = self.app.size.width
        self.leave_room(_AROUND)
        try:
            self._lines = day_sheet(self.shell.office, self._day)
        except OfficeError as error:
            self._lines = []
            self.tell(error.message, wrong=True)
        text = self._text if self._lines else ""
        shown = [part for line in text.split("\n") for part in wrap(line, width) or [""]]
        self.line("text").update("\n".join(shown))
        choices = [_("copy"), _("into a text file"), _("into a page to print (HTML)")]
        self.line("choices").update(counted(choices))
        self.line("keys").update(_("[ ] day  Up Down scroll  Esc back"))

    @property
    def _text(self) -> str:
        return as_text(self._lines, self.shell.office.name, self._day)

    def on_key(self, event: events.Key) -> None:
        key = normal(event)
        if key not in (*_DAYS, "1", "2", "3"):
            return
        event.stop()
        event.prevent_default()
        if self.early(event):
            return
        self.tell("")
        if key in _DAYS:
            self._day += timedelta(days=_DAYS[key])
            self._show()
        elif self._lines and key == "1":
            self.app.copy_to_clipboard(self._text)
            words = _("Copied, where the terminal allows it; else 2 writes a file.")
            self.tell(words)
        elif self._lines and key == "2":
            self._to_file(as_text, "txt")
        elif self._lines:
            self._to_file(as_html, "html")

    def _to_file(self, write: Callable[[list[Line], str, date], str], ending: str) -> None:
        office = self.shell.office
        self.keep_as_file(write(self._lines, office.name, self._day), "sheets", ending)
