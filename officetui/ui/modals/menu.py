"""The numbered menu that `enter` opens: digits choose at once, also full-width ones.

What a digit means does not depend on how many lines there are: edit is 8, open is 9. `0` turns to
the rest, so that everything can be chosen by digits while an input method is on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.text.width import cell_width, wrap_parts
from officetui.text.words import listed
from officetui.ui.menus import STEP, Item
from officetui.ui.modals.base import Modal, normal
from officetui.ui.widgets.table import BlockTable, Col, Row

_DIM = ((3, "dim"),)
_WIDTH = 84  # cells of the dialogue, as in its style


class StepMenu(Modal[str | None]):
    """Dismissed with the id of the chosen item, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        pages: Sequence[Sequence[Item]],
        *,
        about: str = "",
        below: str = "",
        reason: Callable[[str], str] = lambda key: "",
        prefer: str = "",
    ) -> None:
        """`reason` says for a letter that is not in the menu why not; the step `prefer` is 1."""
        super().__init__()
        self._title = title
        filled = [page for page in pages if page]
        self._pages = [numbered(page, prefer if not n else "") for n, page in enumerate(filled)]
        self._about = about
        self._below = below
        self._reason = reason
        self._page = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue menu"):
            yield Static(visible(self._title), markup=False, classes="dialogue-title")
            if self._about:
                yield Static(visible(self._about), markup=False, classes="dialogue-about")
            yield BlockTable(self._columns(), id="menu-table")
            if self._below:
                yield Static(self._laid(self._below, 2), markup=False, classes="dialogue-below")
            yield Static("", markup=False, id="menu-message")
            yield Static(
                _("Digit or Enter chooses  Esc back"), markup=False, classes="dialogue-keys"
            )

    def _laid(self, text: str, most: int = 0) -> str:
        """A text in lines of the dialogue, none of which ends between a key and its word."""
        room = min(_WIDTH, self.app.size.width * 96 // 100) - 4  # the frame, and a blank each side
        return "\n".join(wrap_parts(visible(text), max(20, room), most=most))

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#menu-message", Static).display = False
        self._show_page()
        self._table.focus()

    @property
    def _table(self) -> BlockTable:
        return self.query_one(BlockTable)

    def _columns(self) -> list[Col]:
        labels = max((cell_width(i.label) for page in self._pages for i in page), default=10)
        label = max(12, min(labels + 1, self.app.size.width // 2))
        return [
            Col("", 2, "right"),
            Col("", label),
            Col("", 6),
            Col("", grow=True),
        ]

    def _shown(self) -> list[Item]:
        return self._pages[self._page] if self._pages else []

    def _show_page(self) -> None:
        rows = [
            Row(item.id, (str(item.digit), item.label, item.key, item.hint), styles=_DIM)
            for item in self._shown()
        ]
        if len(self._pages) > 1:
            following = self._pages[(self._page + 1) % len(self._pages)]
            names = listed(item.label for item in following[:3])
            rows.append(Row("more", ("0", pgettext("menu", "more"), "", names), styles=_DIM))
        self._table.fill(rows)
        self._table.move_cursor(row=0)

    def action_move(self, by: int) -> None:
        """One line down or up."""
        if by > 0:
            self._table.action_cursor_down()
        else:
            self._table.action_cursor_up()

    def on_key(self, event: events.Key) -> None:
        if self.early(event):
            event.stop()
            event.prevent_default()
            return
        key = normal(event)
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._choose_row(self._table.cursor_row)
        elif len(key) == 1 and key.isdigit():
            event.stop()
            event.prevent_default()
            self._choose_digit(int(key))
        elif len(key) == 1 and key.isalpha() and key not in ("j", "k"):
            event.stop()
            event.prevent_default()
            self._by_letter(key)

    def _choose_row(self, place: int) -> None:
        shown = self._shown()
        if 0 <= place < len(shown):
            self.dismiss(shown[place].id)
        elif place == len(shown):
            self._turn()

    def _choose_digit(self, digit: int) -> None:
        if digit == 0:
            self._turn()
        for item in self._shown() if digit else ():
            if item.digit == digit:
                self.dismiss(item.id)
                return

    def _turn(self) -> None:
        """To the next page, after the last one to the first."""
        if len(self._pages) > 1:
            self._page = (self._page + 1) % len(self._pages)
            self._show_page()

    def _by_letter(self, key: str) -> None:
        for item in (item for page in self._pages for item in page):
            if item.key == key:
                self.dismiss(item.id)
                return
        if not key.isascii():
            reason = _("The input method is on: choose by number.")
        else:
            reason = self._reason(key)
        line = self.query_one("#menu-message", Static)
        line.update(self._laid(reason))
        line.display = bool(reason)


def numbered(page: Sequence[Item], prefer: str = "") -> list[Item]:
    """The lines of a page with their digits, the step `prefer` before the others."""
    lines = sorted(page, key=lambda item: item.id != f"{STEP}{prefer}") if prefer else page
    found: list[Item] = []
    for item in lines:
        digit = item.digit or (found[-1].digit if found else 0) + 1
        found.append(msgspec.structs.replace(item, digit=digit))
    return found
