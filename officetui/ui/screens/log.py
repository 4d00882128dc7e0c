"""The log: what was done on a day, in a week or a month, by whom; what the registers say of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Final

from textual import events, work
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from officetui.office import log, log_page, periods
from officetui.office.log import Row as Done
from officetui.office.log_page import Page
from officetui.office.periods import Kind
from officetui.office.tables import Record
from officetui.report.log import record_cells, register_words, title, when
from officetui.text.glyphs import glyphs
from officetui.text.i18n import N_, P_, _, ngettext
from officetui.text.safe import visible
from officetui.ui import actions, flows, narrowing
from officetui.ui.heading import tell_header
from officetui.ui.listing import PAGE
from officetui.ui.menus import Item
from officetui.ui.screens.base import BaseScreen
from officetui.ui.screens.paged import ListTable
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import Piece, TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

PATIENCE: Final = 0.25  # seconds before reading is told of
TOLD_EVERY: Final = 0.1
_WIDE: Final = 100
_EACH: Final = 3  # of people, registers and units on a page of the menu
_KINDS: Final = {
    log_page.PERSON: N_("Person"),
    log_page.REGISTER: P_("table", "Register"),
    log_page.UNIT: N_("Unit"),
}


class Cancelled(Exception):
    """Somebody does not want to wait for it."""


class LogScreen(BaseScreen):
    """Reads in a worker, whatever the span; Esc stops that. Enter opens the record of a row."""

    WHERE = actions.LOG
    CSS_PATH = styles_dir() / "register.tcss"

    class Going(Message):
        """Reading takes its time: so much of so much is done."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done = done
            self.of = of

    class Read(Message):
        """What was asked for, or why not."""

        def __init__(self, page: Page | None, asked: tuple[Kind, date], why: str = "") -> None:
            super().__init__()
            self.page = page
            self.asked = asked
            self.why = why

    def __init__(self) -> None:
        super().__init__()
        self.filters: list[str] = []
        self._kind: Kind = "day"
        self._day = date.min
        self._page: Page | None = None
        self._asked: tuple[Kind, date] | None = None  # being read
        self._done = (0, 0)
        self._list: list[Done | Record | None] = []  # None: the heading between both
        self._count = 0  # of what was done
        self._at = 0  # the first row of the table
        self._again: Timer | None = None

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        yield ListTable(id="list-table")

    @property
    def table(self) -> BlockTable:
        """The list."""
        return self.query_one(ListTable)

    def on_mount(self) -> None:
        self._day = self.office.today
        self.table.focus()
        self._ask("day", self._day)
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        self._show()
        self.call_after_refresh(self.tell_keys)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        tell_header(self)

    def records_changed(self, refs: set[str]) -> None:
        """Something was done: what is shown may have one more row. Many at once are one reading."""
        first, last = periods.days_of(self._kind, self._day)
        if first <= self.office.today <= last and self._again is None:
            self._again = self.set_timer(0.3, self._read_again)

    def _read_again(self) -> None:
        self._again = None
        if self._asked is None:
            self._ask(self._kind, self._day)

    def came_home(self) -> None:
        """The key of the place, pressed here: today, all of it."""
        self.filters = []
        self._ask("day", self.office.today)

    # Reading

    def _ask(self, kind: Kind, day: date) -> None:
        self._asked, self._done = (kind, day), (0, 0)
        self._read(kind, day)

    @work(thread=True, exclusive=True, group="log", exit_on_error=False)
    def _read(self, kind: Kind, day: date) -> None:
        worker = get_current_worker()
        begun = told = time.monotonic()

        def going(done: int, of: int) -> None:
            nonlocal told
            if worker.is_cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - begun > PATIENCE and now - told > TOLD_EVERY:
                told = now
                self.post_message(self.Going(done, of))

        try:
            page = log_page.read(self.office, kind, day, going)
        except Cancelled:
            return
        except Exception as error:
            self.post_message(self.Read(None, (kind, day), str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(self.Read(page, (kind, day)))

    def on_log_screen_going(self, message: Going) -> None:
        message.stop()
        if self._asked is not None:
            self._done = (message.done, message.of)
            self._tell()

    def on_log_screen_read(self, message: Read) -> None:
        message.stop()
        if message.asked != self._asked:
            return
        self._asked = None
        if message.page is None:
            words = _("The log could not be read: {reason}").format(reason=visible(message.why))
            self.say(words, "error")
            self._tell()
            return
        same = (self._kind, self._day) == message.asked and self._page is not None
        self._kind, self._day = message.asked
        self._page = message.page
        if not same:
            self._at = 0
        self._lay_out(first=not same)

    # Showing

    def _lay_out(self, first: bool) -> None:
        """Take what passes the filters; `first`: the cursor goes to the first of it."""
        page = self._page
        if page is None:
            return
        self._list = [row for row in page.rows if log_page.passes(row, self.filters)]
        self._count = len(self._list)
        records = page.records
        if self.filters:
            records = log_page.narrowed(records, self.filters, log.units(self.office))
        if records:
            self._list += [None, *records]
        self._at = min(self._at, max(0, (len(self._list) - 1) // PAGE * PAGE))
        self._show(first)

    def _row(self, place: int, one: Done | Record | None, page: Page) -> Row:
        if one is None:
            return Row("head:", ("", register_words(page)), styles=((1, "label"),))
        if isinstance(one, Record):
            hour, register, words, state = record_cells(one, page)
            cells: tuple[str, ...] = (hour, f"{register}  {words}", state)
            return Row(f"day:{one.ref}", cells, styles=((2, "dim"),))
        cells = (when(self.office, one, page), one.sentence, title(one))
        return Row(f"log:{one.t}.{place}", cells, styles=((0, "label"), (2, "dim")))

    def _show(self, first: bool = False) -> None:
        table, width = self.table, self.size.width or self.app.size.width
        page = self._page
        when_width = 5 if self._kind == "day" else 11
        cols = [Col("", when_width), Col("", grow=True)]
        if width >= _WIDE:
            cols.append(Col("", width * 2 // 5))
        if page is not None:
            table.say_empty(
                _("Nothing of that: Esc shows all of it.")
                if self.filters and not page.empty
                else log_page.nothing(page, self.office.today)
            )
        with self.app.batch_update():
            table.set_columns(cols, width)
            shown = self._list[self._at : self._at + PAGE]
            if page is not None:
                table.fill(self._row(n, one, page) for n, one in enumerate(shown, self._at))
            if first and self._list:
                table.move_cursor(row=0)
                table.adrift = False
            self._tell()
            self.tell_keys()

    def _tell(self) -> None:
        tell_header(self)
        today = self.office.today
        words = [_("9 Log"), periods.words(self._kind, self._day, today)]
        words += [log_page.label(name) for name in self.filters]
        pieces: list[Piece] = [(" ", ""), (f" {glyphs().separator} ".join(words), "strong")]
        page = self._page
        if page is not None:
            n = self._count
            pieces.append(("  " + ngettext("{n} change", "{n} changes", n).format(n=n), ""))
        right: tuple[Piece, ...] = ((_("0 day/week/month  - numbers"), "dim"), (" ", ""))
        count = len(self._list)
        if count > PAGE:
            said = _("{first}-{last} of {n}, PgDn goes on").format(
                first=self._at + 1, last=min(self._at + PAGE, count), n=count
            )
            right = ((said, "dim"), (" ", ""))
        if self._asked is not None and self._done[1]:
            share = 100 * self._done[0] // self._done[1]
            words_ = periods.words(*self._asked, today)
            said = _("reading {period}: {n} %, Esc stops").format(period=words_, n=share)
            right = ((said, "warn"), (" ", ""))
        self.query_one("#list-title", TextLine).show(*pieces, right=right)

    # Keys

    def idle_keys(self) -> tuple[str, ...]:
        return () if self._list else ("log.open",)

    def selected_refs(self) -> list[str]:
        """Nothing is acted on here: Enter opens the record, and its steps are there."""
        return []

    def _ref(self) -> str:
        place = self._at + self.table.cursor_row
        one = self._list[place] if self.table.lines and 0 <= place < len(self._list) else None
        if isinstance(one, Record):
            return one.ref
        return f"{one.register}/{one.record}" if one is not None and one.record else ""

    def action_open(self) -> None:
        """The record of the row, with its whole history."""
        row, ref = self.table.current, self._ref()
        if ref:
            flows.open_record(self.shell, ref)
        elif row is not None and row.ref.startswith("log:"):
            self.say(_("This change is of many records: they are in the list of their register."))

    def action_day(self, days: int) -> None:
        """The day, week or month before or after."""
        kind, day = self._asked or (self._kind, self._day)
        self._ask(kind, periods.stepped(kind, day, days))

    def show_day(self, day: date) -> None:
        """The day, or the week or month that it lies in."""
        self._ask(self._kind, periods.days_of("day", day)[0])

    def action_period(self) -> None:
        """A day, its week, its month, and round again."""
        kind, day = self._asked or (self._kind, self._day)
        order = periods.KINDS
        self._ask(order[(order.index(kind) + 1) % len(order)], day)

    def action_figures(self) -> None:
        """The numbers of this week or month."""
        from officetui.ui.screens.figures import FiguresScreen

        kind: Kind = "month" if self._kind == "month" else "week"
        self.app.push_screen(FiguresScreen(kind, self._day))

    def action_back(self) -> None:
        """One step back: reading stops, then the filters go, then Today."""
        if self._asked is not None:
            self.workers.cancel_group(self, "log")
            self._asked = None
            self.say(_("Stopped: what was shown before is still here."))
            self._tell()
        elif self.filters:
            self.filters = []
            self._at = 0
            self._lay_out(first=True)
        else:
            super().action_back()

    def on_block_table_edge(self, event: BlockTable.Edge) -> None:
        """Beyond the last row of a page the next one begins."""
        event.stop()
        at = self._at + event.direction * PAGE
        if 0 <= at < len(self._list) and at != self._at:
            self._at = at
            self._show()
            last = min(PAGE, len(self._list) - at) - 1
            self.table.move_cursor(row=0 if event.direction > 0 else last)

    def action_narrow(self) -> None:
        """A menu of people, registers and units, each with how many rows that leaves."""
        from officetui.ui.modals.menu import StepMenu

        page = self._page
        if page is None or page.empty:
            self.say(_("There is nothing to choose here."))
            return
        items = list(self._offered(page))
        if self.filters:
            items.insert(0, Item("all", _("All of the list")))
        pages = [items[place : place + 9] for place in range(0, len(items), 9)]
        about = periods.words(self._kind, self._day, self.office.today)
        self.app.push_screen(StepMenu(_("Show only"), pages, about=about), self._narrow)

    def _offered(self, page: Page) -> Sequence[Item]:
        """The first of each kind before the others."""
        found: list[tuple[int, Item]] = []
        units = log.units(self.office)
        for name, _times in log_page.names(page, units):
            kind = name.partition(":")[0] + ":"
            others = [one for one in self.filters if not one.startswith(kind)]
            wanted = [*others, name]
            count = sum(log_page.passes(row, wanted) for row in page.rows)
            count += len(log_page.narrowed(page.records, wanted, units))
            if count:
                hint = _("in force") if name in self.filters else _(_KINDS[kind])
                place = sum(one.id.startswith(kind) for _place, one in found)
                item = Item(name, log_page.label(name), str(count), hint)
                found.append((place // _EACH, item))
        return [item for _place, item in sorted(found, key=lambda one: one[0])]

    def _narrow(self, name: str | None) -> None:
        if name is not None:
            self.filters = [] if name == "all" else narrowing.toggled(self.filters, name)
            self._at = 0
            self._lay_out(first=True)
