"""Lines of a form that must be seen before it is saved: what a shift leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import Static

from officetui.text.i18n import ngettext
from officetui.text.safe import visible
from officetui.text.width import clip

_LEAST = 3


class SeenLines(Static):
    """As many of the lines as there is room for; the last one says how many more there are."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("", markup=False, classes="form-lines")
        self._lines = [visible(line) for line in lines]

    def show(self, width: int, height: int) -> int:
        """Show them in so many cells and lines; how many lines they take."""
        most = max(_LEAST, height)
        shown = [clip(line, width) for line in self._lines]
        if len(shown) > most:
            more = len(shown) - most + 1
            words = ngettext("{n} more: see the record", "{n} more: see the record", more)
            shown = [*shown[: most - 1], words.format(n=more)]
        self.update("\n".join(shown))
        return len(shown)
