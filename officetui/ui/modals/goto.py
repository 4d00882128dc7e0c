"""Going to a date: a line that takes dates as they are spoken."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from officetui.errors import Refused
from officetui.office.tables import Field
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui.modals.base import Modal
from officetui.ui.widgets.field import InputField


class GotoScreen(Modal[date | None]):
    """Dismissed with the date, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue"):
            yield Static(_("Go to a date"), markup=False, classes="dialogue-title")
            yield InputField(placeholder=_("today, fri, 25, 11-25, 2026-11-25"))
            yield Static("", markup=False, id="goto-message", classes="dialogue-below")
            yield Static(_("Enter goes there  Esc back"), markup=False, classes="dialogue-keys")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(InputField).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go, or say why not and keep what was typed."""
        event.stop()
        if not event.value.strip():
            self.dismiss(None)
            return
        from officetui.intake import values
        from officetui.office import periods

        try:
            read = values.read(Field("date", "Date", "day"), event.value, self.shell.office)
            day = date.fromisoformat(str(read)[:10])
            self.dismiss(periods.days_of("day", day)[0])  # of the years one can count with
        except (Refused, ValueError) as error:
            self.query_one("#goto-message", Static).update(visible(str(error)))
