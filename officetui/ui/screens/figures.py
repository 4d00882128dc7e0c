"""The numbers of a week or a month, as bars with digits."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from textual import events, work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from officetui.office import periods
from officetui.office.figures import Figures, figures
from officetui.office.periods import Kind
from officetui.report.charts import TWO_FROM, Chart, charts, columns
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui import actions
from officetui.ui.heading import tell_header
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

_AROUND = 4  # lines of the screen that are not of the table
Line = tuple[str, str]  # a text and its look


class FiguresScreen(BaseScreen):
    """Two columns of charts where there is room, else one; counted in a worker."""

    WHERE = actions.FIGURES
    CSS_PATH = styles_dir() / "register.tcss"

    class Counted(Message):
        """The numbers that were asked for, or why there are none."""

        def __init__(self, numbers: Figures | None, asked: tuple[Kind, date], why: str) -> None:
            super().__init__()
            self.numbers = numbers
            self.asked = asked
            self.why = why

    def __init__(self, kind: Kind, day: date) -> None:
        super().__init__()
        self._asked: tuple[Kind, date] = (kind, day)
        self._period: tuple[Kind, date] = (kind, day)
        self._numbers: Figures | None = None

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        yield BlockTable(id="list-table")

    def on_mount(self) -> None:
        self.query_one(BlockTable).focus()
        self._ask(*self._asked)
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        self._show()
        self.call_after_refresh(self.tell_keys)

    def records_changed(self, refs: set[str]) -> None:
        """Something was done: count again."""
        self._ask(*self._asked)

    def _ask(self, kind: Kind, day: date) -> None:
        self._asked = (kind, day)
        self._count(kind, day)

    @work(thread=True, exclusive=True, group="figures", exit_on_error=False)
    def _count(self, kind: Kind, day: date) -> None:
        worker = get_current_worker()
        try:
            found, why = figures(self.office, kind, day), ""
        except Exception as error:  # a damaged file: what was shown stays
            found, why = None, str(error)
        if not worker.is_cancelled:
            self.post_message(self.Counted(found, (kind, day), why))

    def on_figures_screen_counted(self, message: Counted) -> None:
        message.stop()
        if message.asked != self._asked:
            return
        if message.numbers is None:
            words = _("The numbers could not be counted: {reason}")
            self.say(words.format(reason=visible(message.why)), "error")
            return
        another = message.asked != self._period
        self._numbers, self._period = message.numbers, message.asked
        self._show()
        if another:  # read from its beginning
            table = self.query_one(BlockTable)
            table.move_cursor(row=0)
            table.scroll_to(y=0, animate=False, immediate=True, force=True)

    # Showing

    def _show(self) -> None:
        tell_header(self)
        kind, day = self._period
        words = [_("Numbers"), periods.words(kind, day, self.office.today)]
        title = f" {glyphs().separator} ".join(words)
        table, width = self.query_one(BlockTable), self.size.width or self.app.size.width
        numbers = self._numbers
        if numbers is None:
            return
        two = width >= TWO_FROM
        room = (width - 6) // 2 if two else width - 3
        found = charts(self.office, numbers, room)
        left, right_ = columns(found) if two else (found, [])
        with self.app.batch_update():
            table.set_columns(
                [Col("", room), Col("", grow=True)] if two else [Col(grow=True)], width
            )
            rows = _rows(_lines(left), _lines(right_), two)
            table.fill(rows)
            below = len(rows) > self.size.height - _AROUND
            said = (
                _("PgDn goes on  - log") if below else _("0 week/month  [ ] before, after  - log")
            )
            line = self.query_one("#list-title", TextLine)
            line.show((" ", ""), (title, "strong"), right=((said, "dim"), (" ", "")))
            self.tell_keys()

    # Keys

    def selected_refs(self) -> list[str]:
        """There are no records here."""
        return []

    def action_day(self, days: int) -> None:
        """The week or month before or after."""
        kind, day = self._asked
        self._ask(kind, periods.stepped(kind, day, days))

    def show_day(self, day: date) -> None:
        """The week or month that a day lies in."""
        self._ask(self._asked[0], periods.days_of("day", day)[0])

    def action_period(self) -> None:
        """The week for the month, and back."""
        kind, day = self._asked
        self._ask("week" if kind == "month" else "month", day)

    def action_figures(self) -> None:
        """Back to the log."""
        self.action_back()


def _lines(found: list[Chart]) -> list[Line]:
    lines: list[Line] = []
    for chart in found:
        lines += [(chart.title, "title"), *chart.lines, ("", "")]
    return lines[:-1]


def _rows(left: list[Line], right: list[Line], two: bool) -> list[Row]:
    nothing: Line = ("", "")
    return [
        Row(
            f"line:{n}",
            (one[0], other[0]) if two else (one[0],),
            styles=tuple((at, look) for at, (_text, look) in enumerate((one, other)) if look),
        )
        for n, (one, other) in enumerate(zip_longest(left, right, fillvalue=nothing))
    ]
