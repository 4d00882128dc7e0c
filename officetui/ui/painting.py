"""Writing to the terminal only the lines that differ from what it shows.

Textual sends a whole frame when a dialogue opens or closes or a screen changes: 25 to 40 KB. Over
a slow line that is what people wait for. What is on each line is known, so a frame is reduced to
the lines that are other than they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from rich.control import Control
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Result = TypeVar("Result")


class Painted:
    """What the lines of the terminal show; a line that was painted in part is not known."""

    def __init__(self) -> None:
        self._lines: dict[int, str] = {}

    def forget(self) -> None:
        """The terminal may show anything: it was resized, or another program was in front."""
        self._lines.clear()

    def reduced(self, update: Any) -> Any:
        """The update without the whole lines that are as they were."""
        if isinstance(update, LayoutUpdate):
            return _Difference(update, self._lines)
        if isinstance(update, ChopsUpdate):
            return _Parts(update, self._lines)
        if update is not None:
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


class WholePaints(Screen[Result]):
    """A screen that paints everything that changed.

    A screen below that changes asks for some of its regions here, and Textual then forgets which
    widgets of this one have changed.
    """

    def _on_timer_update(self) -> None:
        if self._repaint_required:
            self._compositor.update_widgets(self._dirty_widgets)
        super()._on_timer_update()


class PaintingApp(App[None], inherit_bindings=False):
    """An app that writes to the terminal once what others write several times."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.held: Screen[Any] | None = None  # a screen that is not painted yet
        self.painted = False  # whether anything was
        self._painted = Painted()
        self.animation_level = "none"
        self._disable_tooltips = self._disable_notifications = True  # no widgets for either

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _app: self._paint_again())

    def on_resize(self, event: events.Resize) -> None:
        self._painted.forget()

    def _paint_again(self) -> None:
        """Back from the background: Textual paints nothing when the size is as it was."""
        self._painted.forget()
        self._display(self.screen, self.screen._compositor.render_update(full=True))

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if screen is not self.held and not self._batch_count:
            super()._display(screen, self._painted.reduced(renderable))

    def refresh_css(self, animate: bool = True) -> None:
        # Before the first paint nothing has other styles than those just parsed.
        if self.painted:
            super().refresh_css(animate)

    def delay_update(self, delay: float = 0.0) -> None:
        """Textual hides a change of places for 50 ms; ours are painted at once."""


class _Parts(CompositorUpdate):
    """Parts of a frame; of those that are whole lines, the ones that differ."""

    def __init__(self, parts: ChopsUpdate, lines: dict[int, str]) -> None:
        self._parts = parts
        self._lines = lines

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        parts = self._parts
        written: list[str] = []
        pieces: list[tuple[int, int, int]] = []
        for y, left, right in parts.spans:
            line = list(parts.chops[y].values())
            whole = left <= 0 and right >= parts.chop_ends[y][-1]
            if not whole or any(strip is None for strip in line):
                self._lines.pop(y, None)
                pieces.append((y, left, right))
                continue
            text = "".join(strip.render(console) for strip in line if strip is not None)
            if self._lines.get(y) != text:
                self._lines[y] = text
                written.append(Control.move_to(0, y).segment.text + text)
        if pieces:
            written.append(
                ChopsUpdate(parts.chops, pieces, parts.chop_ends).render_segments(console)
            )
        return "".join(written)
