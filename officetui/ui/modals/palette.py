"""All commands by name: the translated command palette, as a table that paints one line a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from officetui.text.i18n import _
from officetui.ui.modals.base import Modal
from officetui.ui.widgets.field import InputField
from officetui.ui.widgets.table import BlockTable, Col, Row

Command = tuple[str, str, Callable[[], object]]


class PaletteScreen(Modal[Callable[[], object] | None]):
    """Dismissed with what to call, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, commands: Iterable[Command]) -> None:
        """Each command: its name, its key or help, and what to call."""
        super().__init__()
        self._commands = list(commands)
        self._found: list[Command] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue palette"):
            yield Static(_("All commands"), markup=False, classes="dialogue-title")
            yield InputField("", placeholder=_("Type a part of the name"), compact=True)
            yield BlockTable((Col("", grow=True), Col("", 24)), empty=_("No such command."))
            yield Static(
                _("Enter does it  Up Down choose  Esc back"), markup=False, classes="dialogue-keys"
            )

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(BlockTable).can_focus = False
        self._filter("")
        self.query_one(InputField).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter(event.value)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        named = [(command, f"{command[0]} {command[1]}".casefold()) for command in self._commands]
        self._found = [one for one, name in named if all(word in name for word in words)]
        if not self._found:  # 排班 finds 排某月的班
            self._found = [
                one
                for one in self._commands
                if all(_in_order(word, one[0].casefold()) for word in words)
            ]
        self._paint(0)

    def _paint(self, place: int) -> None:
        self._place = max(0, min(place, len(self._found) - 1))
        table = self.query_one(BlockTable)
        table.fill(
            Row(
                str(number),
                (title, help),
                styles=((0, "title"),) if number == self._place else ((1, "dim"),),
                mark=False,
            )
            for number, (title, help, _call) in enumerate(self._found)
        )
        table.marked = {str(self._place)} if self._found else set()
        if self._found:
            table.move_cursor(row=self._place)

    def action_move(self, by: int) -> None:
        """Another line."""
        self._paint(self._place + by)

    def action_page(self, by: int) -> None:
        """Ten lines on."""
        self._paint(self._place + by * 10)

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.early(event):
            event.stop()
            event.prevent_default()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._found:
            self.dismiss(self._found[self._place][2])


def _in_order(word: str, name: str) -> bool:
    """Whether the signs of a word stand in a name in that order, others between them."""
    left = iter(name)
    return all(sign in left for sign in word)
