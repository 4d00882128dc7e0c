"""The numbered menu that `enter` opens: digits choose at once, also full-width ones.

Nine lines are numbered; `0` turns to the rest, so that everything can be chosen by digits while
an input method is on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.text.width import cell_width
from officetui.ui.menus import PAGE, Item
from officetui.ui.modals.base import Modal, normal
from officetui.ui.widgets.table import BlockTable, Col, Row

_DIM = ((3, "dim"),)


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
    ) -> None:
        """`reason` says for a letter that is not in the menu why not."""
        super().__init__()
        self._title = title
        self._pages = [list(page) for page in pages if page]
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
                yield Static(visible(self._below), markup=False, classes="dialogue-below")
            yield Static("", markup=False, id="menu-message")
            yield Static(
                _("Digit or Enter chooses  Esc back"), markup=False, classes="dialogue-keys"
            )

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
            Row(item.id, (str(number), item.label, item.key, item.hint), styles=_DIM)
            for number, item in enumerate(self._shown(), 1)
        ]
        if len(self._pages) > 1:
            following = self._pages[(self._page + 1) % len(self._pages)]
            names = "、".join(item.label for item in following[:3])
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
            self._choose(self._table.cursor_row + 1, digit=False)
        elif len(key) == 1 and key.isdigit():
            event.stop()
            event.prevent_default()
            self._choose(int(key) or PAGE + 1)
        elif len(key) == 1 and key.isalpha() and key not in ("j", "k"):
            event.stop()
            event.prevent_default()
            self._by_letter(key)

    def _choose(self, number: int, digit: bool = True) -> None:
        shown = self._shown()
        if 1 <= number <= len(shown):
            self.dismiss(shown[number - 1].id)
        elif len(self._pages) > 1 and number == (PAGE + 1 if digit else len(shown) + 1):
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
        line.update(visible(reason))
        line.display = bool(reason)
