"""The first line of every screen."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.text.width import cell_width
from officetui.ui.widgets.line import Piece, TextLine

Words = tuple[str, str, str]  # the office, the day, and at the right who is there and what is kept


class HeaderLine(TextLine):
    """Where one is: the office and its day at the left, the user at the right; then what waits to
    be decided, and how sync stands, which is the app's to say (`header_pieces`)."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said: Sequence[Words] = (("", "", ""),)
        self._day_look = ""

    def tell(self, said: Sequence[Words], look: str = "") -> None:
        """The first of `said` that has room is shown, from the longest to the shortest; `look` is
        that of the day: another one than today's is seen."""
        self._said, self._day_look = said, look
        self.retell()

    def retell(self) -> None:
        """Write the line again: what the app says may have changed."""
        more: tuple[Piece, ...] = getattr(self.app, "header_pieces", ())
        told = [piece for one in more for piece in ((" ", ""), one)]
        room = self.app.size.width - sum(cell_width(text) for text, _ in told)
        office, left, right = next(
            (one for one in self._said if _cells(one) <= room), self._said[-1]
        )
        pieces: list[Piece] = [(" ", "")]
        if office:
            pieces += [(office, "strong"), ("  ", "")]
        pieces.append((left, self._day_look))
        self.show(*pieces, right=((right, ""), *told, (" ", "")))


def _cells(words: Words) -> int:
    office, left, right = words
    return cell_width(f" {office}  {left} {right} " if office else f" {left} {right} ")
