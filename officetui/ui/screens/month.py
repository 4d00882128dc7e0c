"""The month of the duty roster as a grid: a day a row, a line of the roster a column."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from officetui.office.past_month import past_month
from officetui.office.tables import (
    BY_ID,
    UNCONFIRMED,
    Record,
    UnknownYear,
    away_until,
    is_red,
)
from officetui.text.glyphs import glyphs
from officetui.text.i18n import P_, _, ngettext
from officetui.text.words import listed, month_words, weekday_short
from officetui.ui import actions, flows
from officetui.ui.heading import tell_header
from officetui.ui.listing import step_month
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

_DAY = "day:"
_DATE = 14  # cells of a day, with what it is when the weekday does not say it
_KINDS = {"holiday": P_("kind of day", "off"), "moved": P_("kind of day", "work")}


class MonthScreen(BaseScreen):
    """The cursor goes by day; Enter opens the menu of a seat, or asks which of the day's."""

    WHERE = actions.MONTH
    CSS_PATH = styles_dir() / "register.tcss"

    class Read(Message):
        """A worker has read what the book holds of a month."""

        def __init__(self, first: date, found: list[Record]) -> None:
            super().__init__()
            self.first = first
            self.found = found

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self._past: tuple[date, list[Record]] | None = None  # what the book holds of a month
        self._seats: dict[str, Record] = {}  # of the month that is shown

    def compose_body(self) -> Iterable[Widget]:
        yield TextLine(id="list-title")
        yield BlockTable(id="list-table")

    def on_mount(self) -> None:
        self.show_day(self.day)
        self.set_focus(self.query_one(BlockTable))
        self.tick_each_minute()

    def on_resize(self) -> None:
        self._show()

    def records_changed(self, refs: set[str]) -> None:
        if any(ref.startswith(("duty/", "duty.", "people/", "settings/")) for ref in refs):
            self._show()
            self._ask_book()

    # What is long over is in the book, which a worker reads

    @property
    def _first(self) -> date:
        return self.day.replace(day=1)

    @property
    def _is_reading(self) -> bool:
        return self._is_filed and (self._past is None or self._past[0] != self._first)

    @property
    def _is_filed(self) -> bool:
        """Whether days of the month may have left the desk."""
        return self._first < self.office.today and self._first.year in self.office.store.years()

    def _ask_book(self) -> None:
        if self._is_filed:
            self._read_book(self._first)

    @work(thread=True, exclusive=True, group="month", exit_on_error=False)
    def _read_book(self, first: date) -> None:
        worker = get_current_worker()
        found = past_month(self.office, first)
        if not worker.is_cancelled:
            self.post_message(self.Read(first, found))

    def on_month_screen_read(self, message: Read) -> None:
        message.stop()
        if message.first == self._first:
            self._past = (message.first, message.found)
            self._show()

    def _found(self) -> dict[str, Record]:
        """The seats of the month, of the desk and of what has been read of the book."""
        month = self._first.isoformat()[:7]
        seats = {
            seat.ref: seat
            for seat in self.office.records("duty")
            if seat.text("date").startswith(month)
        }
        if self._past is not None and self._past[0] == self._first:
            for seat in self._past[1]:
                seats.setdefault(seat.ref, seat)
        return seats

    # What is shown

    def _show(self) -> None:
        """All days of the month, each line's people; who has not confirmed has a mark."""
        office, first = self.office, self.day.replace(day=1)
        lines = [str(line["id"]) for line in office.setting("duty_lines")]
        labels = [_(str(line["label"])) for line in office.setting("duty_lines")]
        days: dict[str, dict[str, list[Record]]] = {}
        self._seats = self._found()
        for seat in self._seats.values():
            days.setdefault(seat.text("date"), {}).setdefault(seat.text("line"), []).append(seat)
        others = sorted({line for found in days.values() for line in found} - set(lines))
        columns = [*lines, *others]
        rows = [
            self._row(first.replace(day=n), columns, days)
            for n in range(1, monthrange(first.year, first.month)[1] + 1)
        ]
        width = self.size.width or self.app.size.width
        table = self.query_one(BlockTable)
        cols = [Col(_("Date"), _DATE), *(Col(label, grow=True) for label in (*labels, *others))]
        table.set_columns(cols, width)
        table.fill(rows)
        waiting = sum(
            any(
                self._unsure(seat, date.fromisoformat(day))
                for some in found.values()
                for seat in some
            )
            for day, found in days.items()
        )
        title = f"{BY_ID['duty'].digit} {BY_ID['duty'].name()}  {month_words(first)}"
        said = ngettext("{n} day not confirmed", "{n} days not confirmed", waiting)
        unknown = "" if self._kind(first) else _("working days of {year} not known")
        right = (_("[ ] month  Enter the day's seats  Esc list"), "dim")
        self.query_one("#list-title", TextLine).show(
            (" ", ""),
            (title, "strong"),
            ("  " + said.format(n=waiting) if waiting else "", "warn"),
            ("  " + unknown.format(year=first.year) if unknown else "", "warn"),
            ("  " + _("reading the books") if self._is_reading else "", "dim"),
            right=(right, (" ", "")),
        )
        tell_header(self)
        self.tell_keys()

    def _row(self, day: date, lines: list[str], days: dict[str, dict[str, list[Record]]]) -> Row:
        found = days.get(day.isoformat(), {})
        kind = self._kind(day)
        name = f"{day:%m-%d} {weekday_short(day)}"
        if kind in _KINDS:
            name += f" {_(_KINDS[kind])}"
        cells, styles, refs, marked = [name], [], [], False
        if kind in ("rest", "holiday"):
            styles.append((0, "warn"))
        for place, line in enumerate(lines, 1):
            seats = sorted(found.get(line, []), key=lambda seat: seat.whole("seat") or 1)
            open_ = [seat for seat in seats if self._unsure(seat, day)]
            refs += [seat.ref for seat in seats]
            cells.append(listed(seat.text("person") + "!" * (seat in open_) for seat in seats))
            red = any(is_red(seat, self.office) or self._away(seat, day) for seat in open_)
            if open_:
                styles.append((place, "alert" if red else "warn"))
            marked = marked or red
        return Row(_DAY + day.isoformat(), tuple(cells), marked, tuple(styles), tuple(refs))

    def _unsure(self, seat: Record, day: date) -> bool:
        """Whether nobody knows that the person comes: not confirmed, or on leave."""
        if day < self.office.today:
            return False
        return seat.state in UNCONFIRMED or self._away(seat, day)

    def _away(self, seat: Record, day: date) -> bool:
        person = self.office.person(seat.text("person"))
        return person is not None and bool(away_until(person, day))

    def _kind(self, day: date) -> str:
        """The type of a day; "" in a year whose working days nobody knows."""
        try:
            return self.office.calendar.day_type(day)
        except UnknownYear:
            return ""

    # Moving about and acting

    def show_day(self, day: date) -> None:
        """The month of a day, the cursor on it."""
        self.day = day
        self._show()
        self.query_one(BlockTable).move_cursor(row=day.day - 1)
        self._ask_book()

    def _under(self) -> date:
        row = self.query_one(BlockTable).current
        return date.fromisoformat(row.ref.removeprefix(_DAY)) if row is not None else self.day

    def action_day(self, days: int) -> None:
        """The month before or after."""
        self.show_day(step_month(self.day, days).replace(day=1))

    def selected_refs(self) -> list[str]:
        return [ref for ref in super().selected_refs() if not ref.startswith(_DAY)]

    def selected(self) -> list[Record]:
        """Those that are shown, so that a cursor that passes over them opens no book."""
        known = self._seats
        found = [known.get(ref) or self.office.get(ref) for ref in self.selected_refs()]
        return [record for record in found if record is not None]

    def marks(self) -> list[str]:
        return [ref for ref in super().marks() if not ref.startswith(_DAY)]

    def action_month(self) -> None:
        """Back to the list."""
        self.action_back()

    def action_menu(self) -> None:
        """The menu of the day's seat; of several, which one first."""
        from officetui.ui.menus import Item
        from officetui.ui.modals.menu import StepMenu

        records = self.selected()
        if self.marks() or len(records) <= 1:
            super().action_menu()
            return
        items = [
            Item(seat.ref, BY_ID["duty"].title(seat), hint=_state(seat, self.office))
            for seat in records
        ]
        pages = [items[place : place + 9] for place in range(0, len(items), 9)]

        def chosen(ref: str | None) -> None:
            seats = [seat for seat in records if seat.ref == ref]
            if seats:
                flows.open_menu(self.shell, seats)

        title = f"{self._under():%m-%d} {weekday_short(self._under())}"
        about = f"{glyphs().attention} {_('Which seat?')}"
        self.app.push_screen(StepMenu(title, pages, about=about), chosen)

    def add_register(self) -> str | None:
        return "duty"

    def more_keys(self) -> list[tuple[str, str]]:
        return [actions.roster_key()]


def _state(seat: Record, view: object) -> str:
    state = BY_ID["duty"].state(seat.state)
    return _(state.waiting or state.label) if state is not None else seat.state
