"""Writing to the terminal only the lines that differ from what it shows.

Textual sends a whole frame when a dialogue opens or closes or a screen changes: 25 to 40 KB. Over
a slow line that is what people wait for. What is on each line is known, so a frame is reduced to
the lines that are other than they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

if TYPE_CHECKING:
    from rich.console import Console


class Painted:
    """What the lines of the terminal show; a line that was painted in part is not known."""

    def __init__(self) -> None:
        self._lines: dict[int, str] = {}

    def forget(self) -> None:
        """The terminal may show anything: it was resized, or another program was in front."""
        self._lines.clear()

    def reduced(self, update: Any) -> Any:
        """The update, or for a whole frame only its lines that differ."""
        if isinstance(update, LayoutUpdate):
            return _Difference(update, self._lines)
        if isinstance(update, ChopsUpdate):
            for y, _left, _right in update.spans:
                self._lines.pop(y, None)
        else:
            self.forget()
        return update


class _Difference(CompositorUpdate):
    """The lines of a frame that differ; remembered when they are written."""

    def __init__(self, frame: LayoutUpdate, lines: dict[int, str]) -> None:
        self._frame = frame
        self._lines = lines

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        region = self._frame.region
        written: list[str] = []
        for y, line in enumerate(self._frame.strips, region.y):
            text = "".join(strip.render(console) for strip in line)
            if self._lines.get(y) != text:
                self._lines[y] = text
                written.append(Control.move_to(region.x, y).segment.text + text)
        return "".join(written)
