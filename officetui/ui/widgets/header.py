"""The first line of every screen."""

from __future__ import annotations

from officetui.ui.widgets.line import Piece, TextLine


class HeaderLine(TextLine):
    """Where one is: the office and its day at the left, the user at the right."""

    def tell(self, left: str, right: str, strong: str = "") -> None:
        """`strong` begins the line."""
        pieces: list[Piece] = [(" ", "")]
        if strong:
            pieces += [(strong, "strong"), ("  ", "")]
        pieces.append((left, ""))
        self.show(*pieces, right=((right, ""), (" ", "")))
