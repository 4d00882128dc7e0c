"""Today: the board of the office at this hour, as a set of tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from officetui.office.board import Board
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.words import date_words
from officetui.ui import actions, remarks
from officetui.ui.screens import today_blocks, today_lines
from officetui.ui.screens import today_layout as layout
from officetui.ui.screens import today_rows as rows
from officetui.ui.screens.base import BaseScreen
from officetui.ui.screens.today_head import header
from officetui.ui.widgets.first import FirstTable
from officetui.ui.widgets.line import TextLine
from officetui.ui.widgets.table import BlockTable, Row

MORNING = time(8, 0)  # the hour at which another day than today is looked at


class TodayScreen(BaseScreen):
    """The board. Everything on it is filled before it is laid out, and painted once."""

    WHERE = actions.TODAY
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "block(1)", show=False),
        Binding("shift+tab", "block(-1)", show=False),
        Binding("left", "side(-1)", show=False),
        Binding("right", "side(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rules = (TextLine(id="rule-top"), TextLine(id="rule-bottom"))
        self.tables: dict[str, BlockTable] = {
            name: FirstTable(id=name) if name == "first" else BlockTable(id=name)
            for name in today_blocks.EMPTY
        }
        self.other_day: date | None = None
        self.board: Board | None = None
        self._laid_out: tuple[object, ...] = ()
        self._stale = True

    # Filling and layout

    def compose_body(self) -> Iterable[Widget]:
        yield self.rules[0]
        yield from self.tables.values()
        yield self.rules[1]
        self.show_board(*self.app.size)

    def on_mount(self) -> None:
        self.say(_("Ready."))
        self._focus_first()
        self._tick_at_next_minute()

    def on_resize(self, event: events.Resize) -> None:
        if self.board is not None:
            self._lay_out(self.board, *event.size)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        super().on_screen_resume(event)
        if self._stale:
            self.show_board(*self.app.size)

    def records_changed(self, refs: set[str]) -> None:
        # What was done is said first; the board, which reads the whole desk, comes after it.
        self._stale = True
        if self.is_current:
            self.call_after_refresh(self._freshen)

    def _freshen(self) -> None:
        if self._stale and self.is_current:
            self.show_board(*self.app.size)

    def show_board(self, width: int, height: int) -> None:
        """Read the board and show what differs from what is shown."""
        moment = datetime.combine(self.other_day, MORNING) if self.other_day else None
        self.board = self.office.board(moment)
        self._stale = False
        self._lay_out(self.board, width, height)

    def _lay_out(self, board: Board, width: int, height: int) -> None:
        shape = layout.shape(width, height)
        small = shape == "small"
        self.header_line.tell(header(board, shape), "warn" if board.today else "")
        blocks = today_blocks.blocks(
            board, *self.app.size, small=small, today=self.other_day is None
        )
        wants = {
            name: today_blocks.want(name, small, shown, height) for name, shown in blocks.items()
        }
        if board.untouched:
            wants["first"] = layout.Want(wants["first"].most, wants["first"].most)
        places = layout.plan(width, height, wants)
        self._place(places, width, height)
        in_rows = layout.rows_for_first(width, height) or wants["first"].least > 1
        self.tables["first"].flat = not in_rows  # type: ignore[attr-defined]
        for name, (title, right, cols, lines) in blocks.items():
            place = places.get(name)
            if place is None:
                continue
            table = self.tables[name]
            table.empty = today_blocks.empty_words(name, board)
            if name == "first" and not in_rows:
                lines = today_lines.first_line(board)
            table.set_title(title, right, place.rule)
            table.set_columns(cols, place.width)
            table.fill(lines)
        if self.focused is not None and not self.focused.display:
            self._focus_first()
        self.tell_keys()

    def _place(self, places: dict[str, layout.Place], width: int, height: int) -> None:
        """Give the tables their room; nothing is touched that stays where it is."""
        laid_out = (width, height, tuple(sorted(places.items())))
        if laid_out == self._laid_out:
            return
        self._laid_out = laid_out
        rule = glyphs().rule * width
        body_top = 1
        small = layout.shape(width, height) == "small"
        first = places["first"]
        # On wide screens the first things stand above the rule, on small ones below it.
        self._put(self.rules[0], layout.Place(0, 0 if small else first.height, width, 1))
        self._put(self.rules[1], layout.Place(0, height - 4, width, 1))
        for line in self.rules:
            line.show((rule, "dim"))
        for name, table in self.tables.items():
            place = places.get(name)
            table.display = place is not None and place.height > 0
            if place is not None and place.height > 0:
                y = place.y + body_top if small else place.y
                self._put(table, layout.Place(place.x, y, place.width, place.height))

    def _put(self, widget: Widget, place: layout.Place) -> None:
        styles = widget.styles
        styles.width, styles.height = place.width, place.height
        styles.offset = (place.x, place.y)

    # The clock

    def _tick_at_next_minute(self) -> None:
        seconds = 60 - self.office.local.second
        self.set_timer(seconds, self._tick)

    def _tick(self) -> None:
        """A new minute: only what it changes is painted."""
        self._tick_at_next_minute()
        if self.is_current and self.other_day is None:
            self.show_board(*self.app.size)
        else:
            self._stale = True

    # Moving about

    def _focus_first(self) -> None:
        for table in self.tables.values():
            if table.display and table.lines:
                self.set_focus(table)
                return
        self.set_focus(self.tables["due"] if self.tables["due"].display else None)

    def _neighbours(self) -> list[BlockTable]:
        return [t for t in self.tables.values() if t.display and t.lines]

    def action_block(self, by: int) -> None:
        """The next block."""
        tables = self._neighbours()
        if not tables:
            return
        current = self.table
        index = tables.index(current) if current in tables else -by
        self.set_focus(tables[(index + by) % len(tables)])

    def action_side(self, by: int) -> None:
        """The block at the left or right, at the height of the cursor."""
        current = self.table
        if current is None:
            return
        line = current.region.y + current.cursor_row - current.scroll_offset.y
        beside = [
            table
            for table in self._neighbours()
            if (table.region.x - current.region.x) * by > 0 and table.id != "first"
        ]
        if beside:
            nearest = min(
                beside,
                key=lambda t: (
                    abs(t.region.x - current.region.x),
                    0 if t.region.y <= line < t.region.bottom else abs(t.region.y - line),
                ),
            )
            self.set_focus(nearest)

    def on_block_table_edge(self, message: BlockTable.Edge) -> None:
        """From the end of a block into the one below it, or above."""
        message.stop()
        here, by = message.table.region, message.direction
        found = [
            table
            for table in self._neighbours()
            if (table.region.y - here.y) * by > 0
            and table.region.x < here.right
            and here.x < table.region.right
        ]
        if not found:
            return
        # Out of the line above the columns the way leads into the left one.
        nearest = min(found, key=lambda t: (abs(t.region.y - here.y), t.region.x))
        if not getattr(nearest, "flat", False):
            nearest.move_cursor(row=0 if by > 0 else len(nearest.lines) - 1)
        self.set_focus(nearest)

    # Acting

    def row_picked(self, table: BlockTable) -> None:
        """Also what is free instead of what collides."""
        super().row_picked(table)
        row = table.current
        if table.has_focus and row is not None and row.ref.startswith(("clash:", "meetings/")):
            remarks.say_instead(self, row.refs or (row.ref.rstrip("+"),))

    def selected_refs(self) -> list[str]:
        return [ref for ref in super().selected_refs() if not _is_place(ref)]

    def suggested_step(self) -> str:
        table = self.table
        row = table.current if table is not None and not self.marks() else None
        return row.action if row is not None else ""

    def action_menu(self) -> None:
        table = self.table
        row = table.current if table is not None else None
        if row is None or self.marks():
            super().action_menu()
        elif row.ref.startswith(rows.PLACE):
            self.shell.place(row.ref.removeprefix(rows.PLACE))
        elif row.ref.startswith(rows.BEGIN):
            self._begin(row.ref.rstrip("+").removeprefix(rows.BEGIN))
        elif row.ref.startswith(rows.DAY):
            self.show_day(date.fromisoformat(row.ref.removeprefix(rows.DAY)))
        elif row.ref.startswith("conflict:") and self._decide():
            pass
        elif len(row.refs) > 1:
            self._menu_of_several(row)
        else:
            super().action_menu()

    def _begin(self, what: str) -> None:
        """Where the line of a first day leads."""
        from officetui.office.tables import BY_ID
        from officetui.ui import flows

        if what == "people":
            flows.open_register(self.shell, BY_ID["people"])
        elif what == "roster":
            self.shell.action_roster()
        else:
            self.action_add()

    def _decide(self) -> bool:
        """The two values, to keep one of them; whether there are still two."""
        from officetui.ui import deciding

        for record in self.selected():
            found = deciding.of_record(self.office, record)
            if found:
                deciding.open_matter(self.shell, found[0])
                return True
        return False

    def _menu_of_several(self, row: Row) -> None:
        """What the line promises for all of them; where it promises nothing, the list of them."""
        from officetui.ui import flows, menus

        records = self.selected()
        if row.action in ("urge", "assign"):
            from officetui.ui import urging

            urging.open_group(self.shell, records, _called(row), row.action)
            return
        if row.action and row.action in {step.id for step in menus.steps_for(self.office, records)}:
            flows.open_menu(self.shell, records, row.action)
            return
        flows.open_overdue(self.shell, row.refs, _called(row), row.action or "urge")

    # Days

    def action_day(self, days: int) -> None:
        from officetui.office import periods

        shown = self.other_day or self.office.today
        self.show_day(periods.stepped("day", shown, days))

    def show_day(self, day: date) -> None:
        """The board of another day, at 8:00; today's as it is now."""
        today = self.office.today
        self.other_day = None if day == today else day
        self.clear_marks()
        self.show_board(*self.app.size)
        if self.other_day is None:
            self.say("")
        elif self.board is not None:
            self.say(rows.another_day(self.board, date_words(today)), "warning")

    def marks(self) -> list[str]:
        return list(dict.fromkeys(ref for ref in super().marks() if not _is_place(ref)))

    def left(self) -> None:
        """The board is that of today when one comes back."""
        super().left()
        if self.other_day is not None:
            self.other_day = None
            self.say("")
            self._stale = True

    def came_home(self) -> None:
        if self.other_day is not None:
            self.show_day(self.office.today)

    def action_back(self) -> None:
        if self.other_day is not None and not self.marks():
            self.show_day(self.office.today)
        else:
            super().action_back()


def _is_place(ref: str) -> bool:
    return ref.startswith((rows.PLACE, rows.DAY, rows.BEGIN))


def _called(row: Row) -> str:
    """What a row says, without what Enter does there."""
    does = _("Enter={action}").format(action="")
    return " ".join(cell for cell in row.cells if cell and not cell.startswith(does))
