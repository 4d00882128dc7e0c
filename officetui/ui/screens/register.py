"""One screen for every register: the list of its records, derived from its tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult

from officetui.office.tables import Record, Register
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, ngettext
from officetui.text.width import cell_width
from officetui.text.words import listed
from officetui.ui import actions, flows, listing, narrowing
from officetui.ui.heading import tell_header
from officetui.ui.listing import PAGE, Period
from officetui.ui.screens.narrowed import NarrowedScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import Piece, TextLine
from officetui.ui.widgets.table import BlockTable, Row

if TYPE_CHECKING:
    from officetui.office.office import Office


class ListTable(BlockTable):
    """The table of a list: a page up or down at its edge asks for the page beyond."""

    def action_page_down(self) -> None:
        if self.cursor_row >= len(self.lines) - 1:
            self.post_message(self.Edge(self, 1))
        else:
            super().action_page_down()

    def action_page_up(self) -> None:
        if self.cursor_row <= 0:
            self.post_message(self.Edge(self, -1))
        else:
            super().action_page_up()


class RegisterScreen(NarrowedScreen):
    """The records of a register: everything open, or a day, a month, a year of it."""

    WHERE = actions.LIST
    CSS_PATH = styles_dir() / "register.tcss"

    def __init__(self, register: Register, place: Sequence[Register] = ()) -> None:
        """`place`: the registers that share the key of this place, this one among them."""
        super().__init__(register)
        self.registers = tuple(place) or (register,)
        self.period: Period | None = None
        self._records: list[Record] = []
        self._page = 0
        self._marked: set[str] = set()
        self._kept: set[str] = set()  # acted on here and no longer of the list; still shown
        self._why: dict[str, str] = {}
        self._counts: list[str] = []
        self._counted = ""  # the minute in which they were counted
        self._filling = False
        self._width = 0
        self._stale = False
        self._read_on = date.min  # the day on which the list was read

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        yield ListTable(id="list-table")

    @property
    def table(self) -> ListTable:
        """The list itself."""
        return self.query_one(ListTable)

    def on_mount(self) -> None:
        if self.period is None:
            self.period = listing.usual(self.register, self.office.today)
        self.reload(at_today=True)
        self.table.focus()
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        if self._records and event.size.width != self._width:
            self._show()
        self.call_after_refresh(self.tell_keys)

    # What is listed

    def found(self) -> Sequence[Record]:
        """The records of the list, in its order."""
        assert self.period is not None
        return listing.records(self.office, self.register, self.period)

    def reload(self, at_today: bool = False) -> None:
        """Read the list anew; with `at_today` the cursor goes to what is on today."""
        self._stale, self._read_on, self._counted = False, self.office.today, ""
        self._records = self._with_kept(self.narrowed(list(self.found())))
        self._page = min(self._page, max(0, (len(self._records) - 1) // PAGE))
        if at_today:
            self._go_to_day()
        else:
            self._show()

    def _with_kept(self, found: list[Record]) -> list[Record]:
        """The list, and in its old place what was acted on here and does not belong to it now:
        the cursor stays on the record, and its new state is seen."""
        listed = {record.ref for record in found}
        self._kept -= listed
        before = ""
        for old in self._records:
            if old.ref in self._kept:
                record = self.office.get(old.ref)
                if record is None or not record.cells.keys() - {"id"}:
                    self._kept.discard(old.ref)
                    continue
                refs = [one.ref for one in found]
                found.insert(refs.index(before) + 1 if before in refs else 0, record)
            if old.ref in listed or old.ref in self._kept:
                before = old.ref
        return found

    def _forget_kept(self) -> None:
        self._kept = set()

    def records_changed(self, refs: set[str]) -> None:
        """Show what changed, here or elsewhere; marks are gone with what they were for."""
        self._kept |= {record.ref for record in self._records if record.ref in refs}
        if not self.is_current:
            self._stale = True
            return
        self.reload()
        self._marked &= {record.ref for record in self._records}

    def left(self) -> None:
        """What is finished is no longer in the list when one comes back."""
        super().left()
        if self._kept:
            self._forget_kept()
            self._stale = True

    def came_home(self) -> None:
        """The key of the place, pressed here: the next register of the place, else read anew."""
        here = next((n for n, one in enumerate(self.registers) if one.id == self.register.id), 0)
        self.turn_to(self.registers[(here + 1) % len(self.registers)])

    def turn_to(self, register: Register) -> None:
        """List another register of the place; this one, once more, as it is now."""
        if register.id == self.register.id:
            self._forget_kept()
            if self.period is not None:
                self.reload()
            return
        self.register = register
        self.filters, self.order = [], ("", False)
        self._records = []
        if self.period is None:  # not there yet: it comes up with this one
            return
        self._set(listing.usual(register, self.office.today))

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._stale or self._read_on != self.office.today:  # days that are left are fewer
            self.reload()
        else:
            tell_header(self)

    def _show(self, ref: str = "") -> None:
        """Paint the page; with `ref` the cursor goes there."""
        self._width = self.size.width or self.app.size.width
        office = self.office
        table = self.table
        self._keep_marks()
        page = self._records[self._page * PAGE : (self._page + 1) * PAGE]
        shown = listing.columns(self.register, self._width)
        self._why = listing.reasons(office)
        self._count(office)
        rows = [
            listing.row(
                self.register, record, shown, office, self._why, gone=record.ref in self._kept
            )
            for record in page
        ]
        table.empty = self.empty_words()
        self._filling = True
        with self.app.batch_update():
            table.show_header = True
            table.set_columns(listing.cols(shown, self._width), self._width)
            table.fill(rows)
            table.marked = {row.ref for row in rows if row.ref in self._marked}
            if ref:
                places = {row.ref: place for place, row in enumerate(rows)}
                table.move_cursor(row=places.get(ref, 0))
                table.adrift = False
            self._tell()
            self.tell_keys()
        self._filling = False

    def _count(self, office: Office) -> None:
        """What is told of all records: not again for another page, or a mark."""
        minute = office.local.isoformat(timespec="minutes")
        if minute != self._counted:
            self._counted = minute
            self._counts = narrowing.counts(self.register, self._records, office)
            if self.register.group is not None and self.period and self.period.kind == "month":
                from officetui.office import counting

                month = self.period.day.isoformat()[:7]
                found = counting.of_month(self.shell.office, self.register, month)
                self._counts = counting.words(self.register, found)

    def row_picked(self, table: BlockTable) -> None:
        """Also says why the row is flagged."""
        if self._filling:
            return
        super().row_picked(table)
        row = self.table.current
        why = self._why.get(row.ref) if row is not None and table.has_focus else None
        if why is not None and not self.shell.reminder:
            self.say(f"{glyphs().attention} {why}")
        else:  # what begins in a few minutes goes first
            self.remind(f"{glyphs().attention} {why}" if why is not None else "")

    def _keep_marks(self) -> None:
        on_page = {row.ref for row in self.table.lines}
        self._marked = (self._marked - on_page) | self.table.marked

    def _tell(self) -> None:
        """The title line: the place, what is listed, how many, how many marked."""
        tell_header(self)
        pieces: list[Piece] = [(" ", ""), (self.title_words(), "strong")]
        count = len(self._records)
        pieces.append(("  " + ngettext("{n} record", "{n} records", count).format(n=count), ""))
        if self.order_words():
            pieces.append(("  " + self.order_words(), "dim"))
        marked = len(self._marked | self.table.marked)
        if marked:
            pieces.append(("  " + _("{n} marked").format(n=marked), "warn"))
        right: tuple[Piece, ...] = ()
        if count > PAGE:
            first = self._page * PAGE + 1
            words = _("{first}-{last} of {n}, PgDn goes on").format(
                first=first, last=min(first + PAGE - 1, count), n=count
            )
            right = ((words, "dim"), (" ", ""))
        elif self.register.day and self.can_change_period:
            words = self._place_words() or _("0 open/month/year  [ ] day")
            right = ((f"{words}{self._grid_words()}", "dim"), (" ", ""))
        room = self._width - sum(cell_width(text) for text, _style in (*pieces, *right)) - 4
        told = narrowing.as_many_as_fit(self._counts, room)
        if told:
            pieces.append(("  " + told, "dim"))
        self.query_one("#list-title", TextLine).show(*pieces, right=right)

    def _place_words(self) -> str:
        """What else the key of this place leads to: 3: outgoing papers, drafts."""
        here = next((n for n, one in enumerate(self.registers) if one.id == self.register.id), 0)
        others = (*self.registers[here + 1 :], *self.registers[:here])
        if not others:
            return ""
        return f"{self.register.digit} {glyphs().right} {listed(one.name() for one in others)}"

    def _grid_words(self) -> str:
        """The key of the month as a grid, or of the week, where there is one."""
        words = {"duty": _("- month"), "meetings": _("- week")}.get(self.register.id, "")
        return f"  {words}" if words else ""

    can_change_period: ClassVar[bool] = True

    def title_words(self) -> str:
        """2 Duty: November 2026."""
        assert self.period is not None
        words = listing.title(self.register, self.period, self.office.today)
        return f" {glyphs().separator} ".join([words, *self.filter_words()])

    def empty_words(self) -> str:
        """What the empty list says."""
        assert self.period is not None
        if self.filters:
            return _("Nothing of that kind here. Press Esc for all of the list.")
        return listing.empty(self.register, self.period)

    # What is selected

    def marks(self) -> list[str]:
        """The marked records, also those of other pages."""
        marked = self._marked | self.table.marked
        if not marked:
            return []
        return [ref for record in self._records if (ref := record.ref) in marked]

    def selected(self) -> list[Record]:
        """The marked records of all pages, else the one under the cursor."""
        self._keep_marks()
        row = self.table.current
        refs = self._marked or ({row.ref} if row is not None else set())
        return [record for record in self._records if record.ref in refs]

    def clear_marks(self) -> None:
        """Mark nothing any more."""
        self._marked = set()
        self.table.clear_marks()
        self._tell()
        self.tell_keys()

    def action_menu(self) -> None:
        """The menu of what is selected; of an empty list, what always works."""
        flows.open_menu(self.shell, self.selected(), self.suggested_step())

    def action_mark(self) -> None:
        """Mark the row, or take the mark away."""
        self.table.toggle_mark()
        self._keep_marks()
        self._tell()
        self.tell_keys()

    def action_mark_all(self) -> None:
        """Mark everything listed, on all pages; with everything marked, nothing any more."""
        every = {record.ref for record in self._records}
        if every <= self._marked | self.table.marked:
            self.clear_marks()
            return
        self._marked = every
        self.table.mark(every)
        self._tell()
        self.tell_keys()

    def action_open(self) -> None:
        """The detail of the record under the cursor."""
        row: Row | None = self.table.current
        if row is not None:
            flows.open_record(self.shell, row.ref)

    def add_register(self) -> str | None:
        """The capture line begins for this register."""
        return self.register.id or None

    def listed_anew(self) -> None:
        self._forget_kept()
        self._page = 0
        self.clear_marks()
        self.reload()
        if self._records:
            self._go_to_record(0)

    # Pages and days

    def on_block_table_edge(self, event: BlockTable.Edge) -> None:
        event.stop()
        page = self._page + event.direction
        if 0 <= page <= max(0, (len(self._records) - 1) // PAGE) and page != self._page:
            self._keep_marks()
            self._page = page
            first = self._page * PAGE
            last = min(first + PAGE, len(self._records)) - 1
            self._show(self._records[first if event.direction > 0 else last].ref)

    def action_period(self) -> None:
        """Everything open, this month, this year."""
        if not self.can_change_period:
            return
        assert self.period is not None
        office = self.office
        self._set(listing.next_period(self.register, self.period, office.today))

    def action_day(self, days: int) -> None:
        """The day before or after; in a month the cursor goes there, and on into the next."""
        assert self.period is not None
        by = days
        if not self.register.day or not self.can_change_period:
            return
        if self.period.kind == "month":
            self._day_in_month(by)
        else:
            self._set(listing.step_day(self.period, by, self.office.today))

    def _day_in_month(self, by: int) -> None:
        assert self.period is not None
        row = self.table.current
        days = [record.text(self.register.day)[:10] for record in self._records]
        refs = [record.ref for record in self._records]
        here = days[refs.index(row.ref)] if row is not None and row.ref in refs else ""
        beyond = [day for day in days if (day > here if by > 0 else day < here)]
        if here and beyond:
            target = min(beyond) if by > 0 else max(beyond)
            self._go_to_record(days.index(target))
            return
        self._set(Period("month", listing.step_month(self.period.day, by)), at_end=by < 0)

    def more_keys(self) -> list[tuple[str, str]]:
        of_duty = self.register.id == "duty" and not self.marks()
        return [actions.roster_key()] if of_duty else []

    def action_month(self) -> None:
        """The roster's month as a grid; of meetings the week."""
        meetings = self.register.id == "meetings"
        if not (self.register.passes or meetings) or self.period is None:
            words = _("A month as a grid is there for the roster (2), a week for meetings (4).")
            self.say(words)
            return
        row = self.table.current
        under = [one for one in self._records if row is not None and one.ref == row.ref]
        day = (under[0].day(self.register.day) if under else None) or self.period.day
        if meetings:
            from officetui.ui.screens.week import WeekScreen

            self.app.push_screen(WeekScreen(day, under[0].ref if under else ""))
            return
        from officetui.ui.screens.month import MonthScreen

        self.app.push_screen(MonthScreen(day))

    def show_day(self, day: date) -> None:
        """What the dialogue of `g` chose."""
        if self.register.day and self.can_change_period:
            self._set(Period("month" if self.register.passes else "day", day))

    def has_days(self) -> bool:
        return bool(self.register.day) and self.can_change_period

    def _set(self, period: Period, at_end: bool = False) -> None:
        self.period = period
        self._forget_kept()
        self._page = 0
        self.clear_marks()
        self.reload(at_today=not at_end)
        if at_end and self._records:
            self._go_to_record(len(self._records) - 1)

    def _go_to_day(self) -> None:
        """The cursor to the day of the period: the first record not before it."""
        assert self.period is not None
        place = 0
        if self.period.kind in ("month", "year") and (
            self.register.passes or not self.register.due
        ):
            day = self.period.day.isoformat()
            days = [record.text(self.register.day)[:10] for record in self._records]
            place = next((n for n, found in enumerate(days) if found >= day), len(days) - 1)
        self._go_to_record(max(0, place))

    def _go_to_record(self, place: int) -> None:
        if not self._records:
            self._show()
            return
        self._page = place // PAGE
        self._show(self._records[place].ref)

    def show_record(self, ref: str) -> None:
        """The cursor to a record, if it is listed."""
        refs = [record.ref for record in self._records]
        if ref in refs:
            self._go_to_record(refs.index(ref))

    def action_back(self) -> None:
        """Back to the usual list, then to where one came from."""
        usual = listing.usual(self.register, self.office.today)
        if self._marked or self.table.marked:
            self.clear_marks()
        elif self.filters or self.order[0]:
            self.widen()
        elif self.can_change_period and self.period != usual:
            self._set(usual)
        else:
            super().action_back()


class PickedScreen(RegisterScreen):
    """A list of chosen records: what one person is late with."""

    can_change_period = False

    def __init__(
        self, register: Register, refs: Sequence[str], title: str, suggested: str = ""
    ) -> None:
        """`suggested` is the step that comes first for what is listed."""
        super().__init__(register)
        self._refs = list(refs)
        self._title = title
        self._suggested = suggested

    def suggested_step(self) -> str:
        return self._suggested

    def found(self) -> Sequence[Record]:
        office = self.office
        got = (office.get(ref) for ref in self._refs)
        return [record for record in got if record is not None and not record.trashed]

    def title_words(self) -> str:
        return self._title

    def empty_words(self) -> str:
        return _("Nothing is left here. Press Esc to go back.")
