"""The table of the program: fixed widths in cells, painted straight from text.

A `DataTable` lays every cell out through Rich, several times before its first paint. Here a row
is fitted once into the widths of its columns, and a line of the screen is that text: markup
never comes into it, Chinese text stays aligned, and a key costs two lines of output.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import DataTable
from textual.widgets.data_table import ColumnKey, RowKey

from officetui.text.glyphs import glyphs
from officetui.text.safe import visible
from officetui.text.width import pad
from officetui.ui.widgets.rows import (
    GUTTER,
    LONGEST_CELL,
    Col,
    Pieces,
    Row,
    fit,
    headings,
    spread,
    unique,
)

if TYPE_CHECKING:
    from textual import events


class BlockTable(DataTable[Text], inherit_bindings=False, inherit_css=False):
    """A block of a screen: a title line and rows, each keyed by its record.

    `fill` with the same records repaints only the rows that differ, and the cursor stays on its
    record wherever that goes. The cursor's row is reversed while the table has the focus, so it
    is seen without colours.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_top", show=False),
        Binding("end", "scroll_bottom", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "block--title",
        "block--label",
        "block--alert",
        "block--warn",
        "block--good",
        "block--dim",
    }

    GUTTER = GUTTER  # as the table takes it from its room

    class Edge(Message):
        """The cursor was to go beyond the first (-1) or the last row (1)."""

        def __init__(self, table: BlockTable, direction: int) -> None:
            super().__init__()
            self.table = table
            self.direction = direction

    class Picked(Message):
        """Another row has the cursor now."""

        def __init__(self, table: BlockTable) -> None:
            super().__init__()
            self.table = table

    def __init__(
        self,
        cols: Sequence[Col] = (Col(grow=True),),
        *,
        title: str = "",
        empty: str = "",
        gap: int = 1,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            show_row_labels=False,
            cursor_type="row",
            cell_padding=0,
            show_header=bool(title) or any(col.label for col in cols),
            header_height=1,
            id=id,
            classes=classes,
        )
        self.title = title
        self.title_right = ""
        self.ruled = False  # a line above the title
        self.empty = empty
        self.gap = gap
        self.marked: set[str] = set()
        self.adrift = False  # the cursor's row went away, and nobody moved the cursor since
        self.lines: list[Row] = []
        self._cols: tuple[Col, ...] = tuple(cols)
        self._widths: tuple[int, ...] = ()
        self._room = 0
        self._fitted: dict[str, Pieces] = {}
        self._strips: dict[object, Strip] = {}
        self._looks: dict[str, Style] = {}

    # What is shown

    def set_columns(self, cols: Sequence[Col], room: int = 0) -> None:
        """Other columns, for a width of `room` cells (0: the width it has); keeps the rows."""
        room = room or self.size.width or self._room
        if tuple(cols) == self._cols and room == self._room:
            return
        self._cols, self._room = tuple(cols), room
        self._widths = spread(self._cols, room, self.gap)
        self._fitted.clear()
        self._strips.clear()
        self._set_header()
        self._rebuild(self.lines)

    def fill(self, rows: Iterable[Row]) -> None:
        """Show these rows; two rows of one record are kept apart."""
        new = list(unique(rows))
        if new == self.lines:
            return
        if [row.ref for row in new] != [row.ref for row in self.lines]:
            self._rebuild(new)
            return
        for index, (old, row) in enumerate(zip(self.lines, new, strict=True)):
            if old != row:
                self.lines[index] = row
                self._forget(row.ref)
                self._data[RowKey(row.ref)] = self._cells(row)
                self.refresh_row(index)

    def set_title(self, title: str, right: str = "", ruled: bool = False) -> None:
        """The words of the title line; "" takes the line away, unless columns have headings."""
        if (title, right, ruled) == (self.title, self.title_right, self.ruled):
            return
        self.title, self.title_right, self.ruled = title, right, ruled
        self._set_header()
        self._strips.clear()
        self.refresh(Region(0, 0, self.size.width, self.head))

    def say_empty(self, words: str) -> None:
        """What stands there while there are no rows."""
        if words != self.empty:
            self.empty = words
            self._strips.pop("empty", None)
            self.refresh()

    @property
    def _titled(self) -> bool:
        return bool(self.title) or any(col.label for col in self._cols)

    @property
    def head(self) -> int:
        """The lines above the first row."""
        return int(self.ruled) + int(self._titled)

    @property
    def _below(self) -> int:
        """How many rows are below what is seen."""
        seen = self.size.height - self.head + self.scroll_offset.y
        return max(len(self.lines) - seen, 0)

    def _set_header(self) -> None:
        if self.head != (self.header_height if self.show_header else 0):
            self.header_height = max(self.head, 1)
            self.show_header = self.head > 0
            self._measure()

    def _rebuild(self, rows: Sequence[Row]) -> None:
        current = self.current
        offset = self.scroll_offset.y
        index = self.cursor_row
        self.lines = list(rows)
        self._fitted.clear()
        self._strips.clear()
        self.clear(columns=True)
        widths = self._widths or spread(self._cols, self._room, self.gap)
        for number, (col, width) in enumerate(zip(self._cols, widths, strict=True)):
            self.add_column(Text(visible(col.label)), width=width, key=str(number))
        for row in self.lines:
            self.add_row(*self._cells(row).values(), key=row.ref)
        self.marked &= {row.ref for row in self.lines}
        self._measure()
        if current is not None and self.lines:
            places = {row.ref: place for place, row in enumerate(self.lines)}
            place = places.get(current.ref, min(index, len(self.lines) - 1))
            self.adrift = self.adrift or current.ref not in places
            if place:
                self.scroll_to(y=offset, animate=False, immediate=True, force=True)
                self.move_cursor(row=place)

    def _measure(self) -> None:
        """The size is known without looking at any cell, so no layout waits for it."""
        self._require_update_dimensions = False
        self._new_rows.clear()
        self.virtual_size = Size(self._room, max(len(self.lines), 1) + self.head)

    def _update_dimensions(self, new_rows: Iterable[RowKey]) -> None:
        self._measure()

    def _cells(self, row: Row) -> dict[ColumnKey, Text]:
        keys = [column.key for column in self.ordered_columns]
        texts = [Text(visible(cell, limit=LONGEST_CELL), end="") for cell in row.cells]
        texts += [Text()] * (len(keys) - len(texts))
        return dict(zip(keys, texts, strict=False))

    # The cursor and the marks

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        index = self.cursor_row
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def toggle_mark(self) -> None:
        """Mark or unmark the cursor's row, and go on to the next."""
        row = self.current
        if row is None:
            return
        self.adrift = False
        self.marked ^= {row.ref}
        self._forget(row.ref)
        self.refresh_row(self.cursor_row)
        if self.cursor_row < len(self.lines) - 1:
            self.move_cursor(row=self.cursor_row + 1)

    def mark(self, refs: set[str]) -> None:
        """Mark these rows."""
        for index, row in enumerate(self.lines):
            if row.ref in refs - self.marked:
                self._forget(row.ref)
                self.refresh_row(index)
        self.marked |= refs & {row.ref for row in self.lines}

    def clear_marks(self) -> None:
        """Mark nothing any more."""
        for index, row in enumerate(self.lines):
            if row.ref in self.marked:
                self._forget(row.ref)
                self.refresh_row(index)
        self.marked = set()

    def action_cursor_up(self) -> None:
        self.adrift = False
        if self.cursor_row <= 0 or not self.lines:
            self.post_message(self.Edge(self, -1))
        else:
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        self.adrift = False
        if self.cursor_row >= len(self.lines) - 1:
            self.post_message(self.Edge(self, 1))
        else:
            super().action_cursor_down()

    def action_page_up(self) -> None:
        self.adrift = False
        super().action_page_up()

    def action_page_down(self) -> None:
        self.adrift = False
        super().action_page_down()

    def on_click(self) -> None:
        self.adrift = False

    def _highlight_row(self, row_index: int) -> None:
        super()._highlight_row(row_index)
        self._tell()

    def _tell(self) -> None:
        if not self.is_attached:
            return
        told = getattr(self.screen, "row_picked", None)
        if told is not None:
            told(self)
        self.post_message(self.Picked(self))

    # Only the cursor's row looks different with the focus; Textual would repaint everything.

    def watch_has_focus(self, has_focus: bool) -> None:
        self.refresh_row(self.cursor_row)

    def _on_focus(self, event: events.Focus) -> None:
        event.prevent_default()
        self.has_focus = True
        self._tell()

    def _on_blur(self, event: events.Blur) -> None:
        event.prevent_default()
        self.has_focus = False

    # Painting

    def notify_style_update(self) -> None:
        self._looks.clear()
        self._strips.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        lines = [self.render_line(y) for y in crop.line_range]
        if "NO_COLOR" not in os.environ:
            return lines
        for kind in self.app.get_line_filters():
            lines = [line.apply_filter(kind, self.background_colors[1]) for line in lines]
        return lines

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._room != width:
            self._room, self._widths = width, spread(self._cols, width, self.gap)
            self._fitted.clear()
            self._strips.clear()
        if self.ruled and y == 0:
            return self._kept("rule", self._rule_line)
        y -= int(self.ruled)
        if self._titled and y == 0:
            return self._kept(f"title {self._below}", self._title_line)
        y -= int(self._titled)
        index = y + self.scroll_offset.y
        if not 0 <= index < len(self.lines):
            return self._kept("empty" if index == 0 else "blank", self._empty_line)
        return self._row_line(index)

    def _kept(self, key: str, draw: object) -> Strip:
        strip = self._strips.get(key)
        if strip is None:
            assert callable(draw)
            strip = self._strips[key] = draw(key)
        return strip

    def _look(self, name: str) -> Style:
        """The style of a component, on the table's own; "" is the table's own."""
        look = self._looks.get(name)
        if look is None:
            look = self._looks[""] = self.rich_style
            if name:
                own = self.get_component_rich_style(f"block--{name}", partial=True)
                look = self._looks[name] = look + own
        return look

    def _rule_line(self, key: str) -> Strip:
        width = self.size.width
        return Strip([Segment(glyphs().thin_rule * width, self._look("dim"))], width)

    def _empty_line(self, key: str) -> Strip:
        width = self.size.width
        if key == "blank" or not self.empty:
            return Strip.blank(width, self._look(""))
        text = pad(" " * GUTTER + visible(self.empty), width)
        return Strip([Segment(text, self._look("dim"))], width)

    def _title_line(self, key: str) -> Strip:
        width = self.size.width
        right = visible(self.title_right)
        if self._below:
            right = f"{right} {glyphs().down}{self._below}"
        title = visible(self.title)
        pieces = headings(title, right, self._cols, self._widths, self.gap, width)
        return Strip([Segment(text, self._look(look)) for text, look in pieces], width)

    def _row_line(self, index: int) -> Strip:
        row = self.lines[index]
        under_cursor = self.has_focus and index == self.cursor_row
        key = (row.ref, under_cursor)
        strip = self._strips.get(key)
        if strip is None:
            segments = [
                Segment(text, self._look(look)) for text, look in self._fit(row, self.size.width)
            ]
            meta = Style.from_meta({"row": index, "column": 0})
            extra = meta + Style(reverse=True, bold=True) if under_cursor else meta
            strip = Strip(list(Segment.apply_style(segments, None, extra)), self.size.width)
            self._strips[key] = strip
        return strip

    def _forget(self, ref: str) -> None:
        self._fitted.pop(ref, None)
        self._strips.pop((ref, True), None)
        self._strips.pop((ref, False), None)

    def _fit(self, row: Row, room: int) -> Pieces:
        fitted = self._fitted.get(row.ref)
        if fitted is None:
            chosen = row.ref in self.marked
            fitted = fit(row, self._cols, self._widths, self.gap, room, chosen)
            self._fitted[row.ref] = fitted
        return fitted


__all__ = ["BlockTable", "Col", "Row"]
