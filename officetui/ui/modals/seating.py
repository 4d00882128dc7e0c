"""The seating plan of a meeting: looked at from both sides, and put into a file to print.

Everything is chosen by digits, so that it can be done while an input method is on.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from officetui.errors import OfficeError
from officetui.office.seating import SHAPES, Seated, seat
from officetui.office.tables import Record
from officetui.report.seating import facing_words, plan_svg, plan_text, seated_words
from officetui.text.i18n import N_, _
from officetui.text.safe import visible, visible_block
from officetui.text.width import cell_width, clip
from officetui.text.words import listed
from officetui.ui.modals.base import counted, normal
from officetui.ui.modals.sheet import Sheet

_NAMES: Final = (N_("one row"), N_("a U"), N_("rostrum"))
_AROUND: Final = 7  # lines that are not the drawing


class SeatingScreen(Sheet[None]):
    """Who sits where; nothing is recorded."""

    BELOW = ("lacking", "choices", "keys")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False),
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
    ]

    def __init__(self, meeting: Record) -> None:
        super().__init__()
        self._meeting = meeting
        self._shape = SHAPES[0]
        self._leaders = False
        # Cells of a wide row that are left of the screen; None: its middle is seen, where the
        # first sits.
        self._left: int | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        self._show()

    def _seated(self) -> Seated | None:
        """The places; None, with the reason said, when nobody is named yet."""
        try:
            return seat(self.shell.office, self._meeting, self._shape, leaders=self._leaders)
        except OfficeError as error:
            self.tell(error.message, wrong=True)
            return None

    def _show(self) -> None:
        width = self.app.size.width
        title = self._meeting.text("title")
        self.line("title").update(clip(visible(title), width))
        self.leave_room(_AROUND)
        seated = self._seated()
        drawing = plan_text(seated.places, "") if seated is not None else ""
        lines = visible_block(drawing).strip("\n").split("\n")
        more = max(0, max(map(cell_width, lines)) - width)
        left = more // 2 if self._left is None else max(0, min(self._left, more))
        self._left = left if more else None
        views = (facing_words(), seated_words())  # which view it is stays in sight
        shown = [clip(one if one in views else _without(one, left), width) for one in lines]
        self.line("text").update("\n".join(shown))
        names = listed(seated.unranked) if seated is not None else ""
        words = _("Not in the order of precedence, seated after the others: {names}")
        lacking = self.line("lacking")
        lacking.update(visible(words.format(names=names), limit=2 * width))
        lacking.display = bool(names)
        who = _("everybody") if self._leaders else _("only leaders")
        choices = [*(_(name) for name in _NAMES), who, _("draw it into a file (SVG)")]
        self.line("choices").update(counted(choices))
        keys = [_("Left Right along the row")] if more else []
        self.line("keys").update("  ".join([*keys, _("Up Down scroll  Esc back")]))

    def action_shift(self, by: int) -> None:
        """Along a row that is wider than the screen."""
        if self._left is not None:
            self._left += by * max(1, self.app.size.width // 2)
            self._show()

    def on_key(self, event: events.Key) -> None:
        key = normal(event)
        if len(key) != 1:
            return
        event.stop()
        if self.early(event):
            event.prevent_default()
            return
        if key in "123":
            self.tell("")
            self._shape, self._left = SHAPES[int(key) - 1], None
            self._show()
        elif key == "4":
            self.tell("")
            self._leaders, self._left = not self._leaders, None
            self._show()
        elif key == "5":
            self._to_file()

    def _to_file(self) -> None:
        seated = self._seated()
        if seated is None:
            return
        svg = plan_svg(seated.places, self._meeting.text("title"))
        self.keep_as_file(svg, "seating", "svg")


def _without(line: str, cells: int) -> str:
    """A line of a drawing from so many cells on; the rest stays where it is below the others."""
    gone = 0
    for at, character in enumerate(line):
        if gone >= cells:
            return " " * (gone - cells) + line[at:]
        gone += cell_width(character)
    return ""
