"""One line of the screen, drawn straight from text: header, footer and status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from officetui.text.safe import visible
from officetui.text.width import cell_width, clip

if TYPE_CHECKING:
    from rich.style import Style

Piece = tuple[str, str]  # a text, and the component class that draws it ("" for the plain one)


class TextLine(Widget, can_focus=False):
    """One line of pieces from the left and one text at the right.

    Setting what it already shows writes nothing to the terminal.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--key",
        "line--strong",
        "line--dim",
        "line--alert",
        "line--warn",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pieces: tuple[Piece, ...] = ()
        self.right: tuple[Piece, ...] = ()

    def show(self, *pieces: Piece, right: tuple[Piece, ...] = ()) -> None:
        """Show these pieces; everything in them is made harmless."""
        new = tuple((visible(text), style) for text, style in pieces if text)
        new_right = tuple((visible(text), style) for text, style in right if text)
        if (new, new_right) != (self.pieces, self.right):
            self.pieces, self.right = new, new_right
            self.refresh()

    @property
    def text(self) -> str:
        """What stands on the line."""
        return "".join(text for text, _ in (*self.pieces, *self.right))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.rich_style
        if y:
            return Strip.blank(width, base)
        room = width
        right: list[Segment] = []
        for text, name in reversed(self.right):
            shown = clip(text, room)
            room -= cell_width(shown)
            right.insert(0, Segment(shown, self._style(name, base)))
        left: list[Segment] = []
        gap = 1 if right else 0
        for text, name in self.pieces:
            shown = clip(text, room - gap)
            if not shown:
                break
            room -= cell_width(shown)
            left.append(Segment(shown, self._style(name, base)))
            if shown != text:
                break
        return Strip([*left, Segment(" " * room, base), *right], width)

    def _style(self, name: str, base: Style) -> Style:
        if not name:
            return base
        return base + self.get_component_rich_style(f"line--{name}", partial=True)
