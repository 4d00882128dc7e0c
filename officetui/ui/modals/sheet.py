"""A text over the whole width of the terminal, what can be done with it by number, and what was."""

from __future__ import annotations

from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from officetui.report.messages import save
from officetui.report.words import reason
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui.modals.base import Modal

Result = TypeVar("Result")
_LEAST: Final = 3  # lines of the text that are always shown


class Sheet(Modal[Result]):
    """Title, text and the lines of `BELOW`; without borders, so that a text can be copied."""

    TITLED: ClassVar[bool] = True
    BELOW: ClassVar[tuple[str, ...]] = ("choices", "keys")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_sheet(-1)", show=False),
        Binding("down", "scroll_sheet(1)", show=False),
        Binding("pageup", "scroll_sheet(-10)", show=False),
        Binding("pagedown", "scroll_sheet(10)", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="message"):
            if self.TITLED:
                yield Static("", markup=False, id="message-title")
            with VerticalScroll(id="message-room", can_focus=False):
                yield Static("", markup=False, id="message-text")
            for name in (*self.BELOW, "said"):
                yield Static("", markup=False, id=f"message-{name}")

    def line(self, name: str) -> Static:
        """One of the lines: title, text, those of `BELOW`, said."""
        return self.query_one(f"#message-{name}", Static)

    def leave_room(self, around: int) -> None:
        """The text takes what `around` lines leave; the rest is scrolled to."""
        self.query_one("#message-room").styles.max_height = max(
            _LEAST, self.app.size.height - around
        )

    def tell(self, words: str, wrong: bool = False) -> None:
        """Say what happened, on the last line."""
        line = self.line("said")
        line.update(visible(words))
        line.set_class(wrong, "-wrong")

    def keep_as_file(self, text: str, folder: str, ending: str) -> None:
        """Write what is shown into a file of the home's `folder`, and say where."""
        office = self.shell.office
        try:
            path = save(text, office.home / folder, office.local, ending)
        except OSError as error:
            words = _("It could not be saved: {reason}").format(reason=reason(error))
            self.tell(words, wrong=True)
            return
        self.tell(_("Saved: {path}").format(path=path))

    def action_scroll_sheet(self, by: int) -> None:
        """Through a text that is longer than the screen."""
        self.query_one("#message-room").scroll_relative(y=by, animate=False)
