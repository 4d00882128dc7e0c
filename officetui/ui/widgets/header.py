"""The first line of every screen."""

from __future__ import annotations

from officetui.ui.widgets.line import Piece, TextLine


class HeaderLine(TextLine):
    """Where one is: the office and its day at the left; at the right the user, what is to be
    decided, and how sync stands, which is the app's to say (`header_pieces`)."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said: tuple[str, str, str, str] = ("", "", "", "")

    def tell(self, left: str, right: str, strong: str = "", look: str = "") -> None:
        """`strong` begins the line; `look` is that of the day: another one than today's is seen."""
        self._said = (left, right, strong, look)
        self.retell()

    def retell(self) -> None:
        """Write the line again: what the app says may have changed."""
        left, right, strong, look = self._said
        pieces: list[Piece] = [(" ", "")]
        if strong:
            pieces += [(strong, "strong"), ("  ", "")]
        pieces.append((left, look))
        more: tuple[Piece, ...] = getattr(self.app, "header_pieces", ())
        said = [piece for one in more for piece in ((" ", ""), one)]
        self.show(*pieces, right=((right, ""), *said, (" ", "")))
