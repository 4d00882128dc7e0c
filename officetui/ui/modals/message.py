"""A message to send: its text over the full width, without a frame, and then how it was sent.

Copied is not sent: only what the clerk says of it is recorded. Everything is chosen by digits, so
that it can be done while an input method is on; Enter takes what is named first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from officetui.errors import OfficeError
from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.text.width import clip, wrap
from officetui.text.words import listed
from officetui.ui.modals.base import counted, normal
from officetui.ui.modals.sheet import Sheet

DONE: Final = "done"  # recorded; nothing more to ask
SPOKEN: Final = "spoken"  # recorded; what was answered is asked next
UNSENT: Final = "unsent"
_SENT_BY: Final = ("phone", "message", "face", "paper")
_SPOKEN: Final = ("phone", "face")  # an answer is heard at once
_AROUND: Final = 12  # lines that are not the text

Record = Callable[[str], object]


class MessageScreen(Sheet[str]):
    """Dismissed with DONE, SPOKEN, UNSENT, or None (Esc): with the last two nothing is recorded."""

    BELOW = ("lacking", "asked", "choices", "keys")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(
        self,
        title: str,
        text: str,
        *,
        methods: Sequence[str],
        record: Record,
        save: Callable[[str], Path],
        lacking: Sequence[str] = (),
        place: str = "",
    ) -> None:
        """`methods`: how the four ways of sending are called; `record(method)` keeps the urging
        and raises OfficeError; `save` writes the text into a file; `place`: 2 of 5."""
        super().__init__()
        self._title = title
        self._text = text
        self._methods = tuple(methods)
        self._record = record
        self._save = save
        self._lacking = tuple(lacking)
        self._place = place
        self._usual = 0  # the way of sending that Enter takes

    def on_mount(self) -> None:
        super().on_mount()
        self._lay_out(self.app.size.width)
        self._ask()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        """The text from the first column on, in lines of the terminal's own width."""
        title = f"{self._title}  {self._place}" if self._place else self._title
        self.line("title").update(clip(visible(title), width))
        self.line("text").update("\n".join(wrap(self._text, width)))
        self.leave_room(_AROUND)
        words = _("Missing, shown as ____: {names}").format(names=listed(self._lacking))
        line = self.line("lacking")
        line.update(visible(words) if self._lacking else "")
        line.display = bool(self._lacking)

    def _ask(self) -> None:
        others = (pgettext("message", "not sent"), _("copy (c)"), _("into a file (s)"))
        keys = _("Enter {n} {method}  Ctrl+O the same, without an answer  Esc back, not sent")
        usual = keys.format(n=self._usual + 1, method=self._methods[self._usual])
        asked = (
            ("asked", _("How was it sent?")),
            ("choices", counted([*self._methods, *others])),
            ("keys", usual),
        )
        for name, words in asked:
            self.line(name).update(visible(words))

    # Keys

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "up", "down", "pageup", "pagedown"):
            return
        event.stop()
        if self.early(event):
            event.prevent_default()
            return
        key = normal(event)
        if event.key == "enter":
            event.prevent_default()
            self._chosen(self._usual + 1)
        elif event.key == "ctrl+o":
            event.prevent_default()
            if self._keep(_SENT_BY[self._usual]):
                self.dismiss(DONE)
        elif len(key) == 1 and key.isascii() and key.isdigit():
            self._chosen(int(key))
        elif key == "c":
            self._copy()
        elif key == "s":
            self._to_file()
        elif len(key) == 1 and not key.isascii():
            self.tell(_("The input method is on: choose by number."))

    def _chosen(self, digit: int) -> None:
        if 1 <= digit <= len(_SENT_BY):
            method = _SENT_BY[digit - 1]
            if self._keep(method):
                self.dismiss(SPOKEN if method in _SPOKEN else DONE)
        elif digit == len(_SENT_BY) + 1:
            self.dismiss(UNSENT)
        elif digit == len(_SENT_BY) + 2:
            self._copy()
        elif digit == len(_SENT_BY) + 3:
            self._to_file()

    # What is done

    def _keep(self, method: str) -> bool:
        """Whether the urging was kept; why not is said, and the message stays."""
        try:
            self._record(method)
        except OfficeError as error:
            self.tell(error.message, wrong=True)
            return False
        except OSError as error:
            why = error.strerror or str(error)
            words = _("It could not be written: {why}. The message is kept.")
            self.tell(words.format(why=why), wrong=True)
            return False
        return True

    def _copy(self) -> None:
        """By OSC 52; whether the terminal takes it nobody can know."""
        self.app.copy_to_clipboard(self._text)
        self._usual = _SENT_BY.index("message")
        self._ask()
        self.tell(
            _("Copied, where the terminal allows it (else s writes a file). Copied is not sent.")
        )

    def _to_file(self) -> None:
        try:
            path = self._save(self._text)
        except OSError as error:
            words = _("The file could not be written: {why}")
            self.tell(words.format(why=error.strerror or str(error)), wrong=True)
            return
        self._usual = _SENT_BY.index("message")
        self._ask()
        self.tell(_("Saved, not sent: {path}").format(path=path))
