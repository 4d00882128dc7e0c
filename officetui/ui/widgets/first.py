"""The first things first: a line each where there is room, else all on one line."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.strip import Strip

from officetui.text.glyphs import glyphs
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip
from officetui.ui.widgets.table import BlockTable


class FirstTable(BlockTable):
    """With `flat`, the rows share one line and the cursor goes from left to right."""

    BINDINGS = [  # noqa: RUF012
        Binding("left", "side(-1)", show=False),
        Binding("right", "side(1)", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
    ]

    flat = False

    def action_side(self, by: int) -> None:
        """The next thing on the line."""
        if self.flat and 0 <= self.cursor_row + by < len(self.lines):
            self.move_cursor(row=self.cursor_row + by)
            self.refresh(Region(0, 0, self.size.width, 1))

    def action_cursor_up(self) -> None:
        if self.flat:
            self.post_message(self.Edge(self, -1))
        else:
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        if self.flat:
            self.post_message(self.Edge(self, 1))
        else:
            super().action_cursor_down()

    def _measure(self) -> None:
        super()._measure()
        if self.flat:
            self.virtual_size = Size(self._room, 1)

    def _scroll_cursor_into_view(self, animate: bool = False) -> None:
        if not self.flat:
            super()._scroll_cursor_into_view(animate)

    def refresh_row(self, row_index: int) -> FirstTable:
        if self.flat:
            self.refresh(Region(0, 0, self.size.width, 1))
            return self
        super().refresh_row(row_index)
        return self

    def render_line(self, y: int) -> Strip:
        if not self.flat:
            return super().render_line(y)
        width = self.size.width
        if y:
            return Strip.blank(width, self._look(""))
        segments = [Segment(f" {visible(self.title)}", self._look("title"))]
        room = width - cell_width(segments[0].text)
        if not self.lines:
            segments.append(Segment(clip(f"  {visible(self.empty)}", room), self._look("dim")))
        shown = self.lines if self.lines else []
        for index, row in enumerate(shown):
            between = "  " if not index else f" {glyphs().separator} "
            # One that does not fit is cut, those after it are in the list of their block.
            text = clip(visible(row.cells[0]), room - len(between))
            if cell_width(text) < 4:
                break
            look = self._look("alert" if index == 0 else "")
            if self.has_focus and index == self.cursor_row:
                look += Style(reverse=True, bold=True)
            meta = Style.from_meta({"row": index, "column": 0})
            segments += [Segment(between, self._look("")), Segment(text, look + meta)]
            room -= cell_width(text) + len(between)
        return Strip(segments).adjust_cell_length(width, self._look(""))
