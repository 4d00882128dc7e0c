"""Several lines drawn straight from text, one below the other: a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.strip import Strip

from officetui.text.safe import visible
from officetui.ui.widgets.line import Piece, TextLine

if TYPE_CHECKING:
    from textual.geometry import Size

Line = tuple[Piece, ...]


class CardLines(TextLine):
    """Lines over all the room there is; only those that are other than before are painted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: tuple[Line, ...] = ()
        self.drawn = False  # since they were last set

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; everything in them is made harmless."""
        new = tuple(tuple((visible(text), style) for text, style in line) for line in lines)
        if new != self.lines:
            self.lines = new
            self.drawn = False
            self.refresh()

    @property
    def text(self) -> str:
        """What stands on it."""
        return "\n".join("".join(text for text, _style in line) for line in self.lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return container.height

    def render_line(self, y: int) -> Strip:
        self.drawn = True
        self.pieces = self.lines[y] if y < len(self.lines) else ()
        return super().render_line(0)
