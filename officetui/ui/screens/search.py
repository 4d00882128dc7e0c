"""Search: what is typed is looked for on the desk at once, then in the books, newest first."""

from __future__ import annotations

import time
from itertools import groupby
from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import get_current_worker

from officetui.office import search
from officetui.office.search import Found, Query, in_order
from officetui.office.tables import BY_ID
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible
from officetui.ui import actions, flows
from officetui.ui.heading import tell_header
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.field import InputField
from officetui.ui.widgets.line import Piece, TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

PAUSE: Final = 0.3  # seconds without a key after which the books are opened
MOST: Final = 300  # rows; more say that the words fit too much
_WIDE: Final = 100
_TYPED: Final = ("app.add", "app.undo", "app.search", "app.help")


class Cancelled(Exception):
    """Other words are searched for now, or nothing."""


class SearchScreen(BaseScreen):
    """Nothing of what is searched for is kept: not the words, not what was found."""

    WHERE = actions.SEARCH
    CSS_PATH = styles_dir() / "register.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "into_list", show=False)]

    class Hits(Message):
        """What the desk (`year` 0) or a book has; `left`: how many books are still to be read."""

        def __init__(self, text: str, found: list[Found], year: int, left: int) -> None:
            super().__init__()
            self.text = text
            self.found = found
            self.year = year
            self.left = left

    class Failed(Message):
        """It could not be searched."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._found: list[Found] = []
        self._left = 0  # books to be read
        self._asked = False  # the desk is being looked through
        self._year = 0  # of the book that was read last
        self._stopped = False

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        yield InputField(placeholder=_("words, a number, or pinyin initials: slfh"), id="search")
        yield BlockTable(id="list-table")

    @property
    def field(self) -> InputField:
        """Where the words are typed."""
        return self.query_one(InputField)

    def on_mount(self) -> None:
        self.field.focus()
        self._show()
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        self._show()
        self.call_after_refresh(self.tell_keys)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        tell_header(self)

    # Searching

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._text:
            return
        self._text, self._found = event.value, []
        self._left = self._year = 0
        self._stopped = self._asked = False
        self.workers.cancel_group(self, "search")
        if Query(self._text):
            self._left, self._asked = len(self.office.store.years()), True
            self._search(self._text)
        self._show()

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, text: str) -> None:
        worker = get_current_worker()

        def check() -> None:
            if worker.is_cancelled:
                raise Cancelled

        query, office = Query(text), self.office
        try:
            years = sorted(office.store.years(), reverse=True)
            self.post_message(self.Hits(text, search.on_desk(office, query, check), 0, len(years)))
            until = time.monotonic() + PAUSE
            while time.monotonic() < until and years:
                check()
                time.sleep(0.02)  # somebody is typing
            for count, year in enumerate(years, 1):
                check()
                found = search.in_book(office, query, year, check)
                self.post_message(self.Hits(text, found, year, len(years) - count))
        except Cancelled:
            return
        except Exception as error:
            self.post_message(self.Failed(str(error)))

    def on_search_screen_hits(self, message: Hits) -> None:
        message.stop()
        if message.text != self._text or self._stopped:
            return
        self._found += message.found
        self._asked = False
        self._left, self._year = message.left, message.year
        self._show()

    def on_search_screen_failed(self, message: Failed) -> None:
        message.stop()
        self._left, self._asked = 0, False
        words = _("It could not be searched: {reason}")
        self.say(words.format(reason=visible(message.why)), "error")
        self._show()

    # Showing

    def _show(self) -> None:
        tell_header(self)
        width = self.size.width or self.app.size.width
        table = self.query_one(BlockTable)
        table.say_empty(self._empty_words())
        cols = [Col("", grow=True), Col("", width // 3 if width >= _WIDE else 20), Col("", 10)]
        with self.app.batch_update():
            table.set_columns(cols, width)
            table.fill(self._rows())
            self._tell()
            self.tell_keys()

    def _rows(self) -> list[Row]:
        shown = in_order(self._found[:MOST])
        rows: list[Row] = []
        for register, members in groupby(shown, key=lambda one: one.record.register):
            found = list(members)
            title = f"{BY_ID[register].name()}  {len(found)}"
            rows.append(Row(f"head:{register}", (title, "", ""), styles=((0, "title"),)))
            rows += [_row(one) for one in found]
        return rows

    def _empty_words(self) -> str:
        if not Query(self._text):
            return _("Type a word of it, a name, a number, or the initials of its pinyin.")
        return _("Searching ...") if self._left or self._asked else _("Nothing was found.")

    def _tell(self) -> None:
        pieces: list[Piece] = [(" ", ""), (_("Search"), "strong")]
        n = len(self._found)
        if Query(self._text):
            pieces.append(("  " + ngettext("{n} record", "{n} records", n).format(n=n), ""))
        if n > MOST:
            said = _("the first {n} are listed; one more word narrows it").format(n=MOST)
            pieces.append(("  " + said, "warn"))
        right: tuple[Piece, ...] = ()
        if self._left:
            books = ngettext(
                "{n} book to read, Esc stops", "{n} books to read, Esc stops", self._left
            )
            right = ((books.format(n=self._left), "warn"), (" ", ""))
        elif self._stopped:
            right = ((_("stopped: not all books were read"), "warn"), (" ", ""))
        self.query_one("#list-title", TextLine).show(*pieces, right=right)

    # Keys

    def selected_refs(self) -> list[str]:
        """Nothing is acted on here: Enter opens the record, and its steps are there."""
        return []

    def idle_keys(self) -> tuple[str, ...]:
        """Also the letters and signs that are part of the words, as long as those are typed."""
        typed = _TYPED if self.focused is self.field else ()
        return typed if self._found else (*typed, "log.open")

    def more_keys(self) -> list[tuple[str, str]]:
        if self.focused is not self.field:
            return []
        return [(actions.key_words("escape"), pgettext("footer", "leave search"))]

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        before = self.focused
        super().set_focus(widget, scroll_visible, from_app_focus)
        if self.focused is not before and self.is_mounted:
            self.tell_keys()

    def has_days(self) -> bool:
        return False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """To what was found; the only thing found opens at once."""
        event.stop()
        if len(self._found) == 1 and not self._left:
            flows.open_record(self.shell, self._found[0].ref)
        else:
            self.action_into_list()

    def action_into_list(self) -> None:
        """The cursor to the first record that was found."""
        table = self.query_one(BlockTable)
        if table.lines and self.focused is not table:
            table.focus()
            table.move_cursor(row=1)

    def action_search(self) -> None:
        """Other words."""
        self.field.focus()

    def action_open(self) -> None:
        """The record under the cursor."""
        row = self.query_one(BlockTable).current
        if row is not None and not row.ref.startswith("head:") and self.focused is not self.field:
            flows.open_record(self.shell, row.ref.rstrip("+"))

    def on_block_table_edge(self, event: BlockTable.Edge) -> None:
        """Above the first row are the words."""
        event.stop()
        if event.direction < 0:
            self.field.focus()

    def action_back(self) -> None:
        """One step back: the search stops, then to the words, then away."""
        if self._left:
            self.workers.cancel_group(self, "search")
            self._left, self._stopped = 0, True
            self._show()
        elif self.focused is not self.field:
            self.field.focus()
        else:
            super().action_back()


def _row(one: Found) -> Row:
    where = f"{one.label} {one.text}".strip()
    table = BY_ID[one.record.register]
    day = one.record.text(table.day)[:10] if table.day else ""
    return Row(one.ref, (f" {one.heading}", where, day), styles=((1, "dim"), (2, "dim")))
