"""The rows of a form: a label, an editor for the kind of the field, a line for the reason."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Static, TextArea

from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import pad
from officetui.ui.forms import Entry, text_of
from officetui.ui.remarks import Remark
from officetui.ui.widgets.field import InputField


class LongField(TextArea):
    """A text of several lines; enter goes on as in every field, ctrl+n begins a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+n", "line", show=False)]

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, text: str, id: str, offer: str | None = None) -> None:
        """`offer` is what the program put there: while it stands, the first key replaces it."""
        super().__init__(text, id=id, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self._offer = offer

    def on_focus(self, event: events.Focus) -> None:
        if self._offer and self.text == self._offer:
            self.select_all()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        await super()._on_key(event)

    def action_line(self) -> None:
        """A new line in the text."""
        self.insert("\n")


class OfferField(InputField):
    """A line; what the program put there, or what is chosen rather than written, is replaced by
    the first key, and kept by an arrow key."""

    def __init__(self, value: str, offer: str | None, **options: Any) -> None:
        """`offer` None: whatever stands there is replaced."""
        super().__init__(value, **options)
        self._offer = offer

    def _on_focus(self, event: events.Focus) -> None:
        # What Input does on focus comes after this.
        self.select_on_focus = self._offer is None or self.value == self._offer


class FieldRow(Horizontal):
    """A label and its editor; a line below says why it was refused."""

    def __init__(self, entry: Entry, text: str, width: int) -> None:
        super().__init__(classes="field-row")
        self.entry = entry
        self.reason = ""
        self.advice: Remark | None = None  # what a rule says of what stands there
        self.accepted = ""  # the text that a second Enter accepted as it is
        self._line: Static | None = None
        self._text = text
        self._width = width

    def compose(self) -> ComposeResult:
        entry = self.entry
        name = entry.field.name
        star = "*" if self.entry.required else " "
        label = pad(f"{star}{self.entry.field.title()}", self._width)
        yield Static(label, markup=False, classes="field-label")
        if self.entry.field.kind == "long":
            yield LongField(self._text, f"edit-{name}", entry.text if entry.offered else None)
            return
        labels = [candidate.label for candidate in self.entry.candidates]
        written = entry.field.kind in ("text", "phone")
        yield OfferField(
            self._text,
            (entry.text if entry.offered else "") if written else None,
            id=f"edit-{name}",
            compact=True,
            suggester=SuggestFromList(labels, case_sensitive=False) if labels else None,
        )

    @property
    def editor(self) -> InputField | LongField:
        """Where the value is written."""
        found = self.query_one(f"#edit-{self.entry.field.name}")
        assert isinstance(found, InputField | LongField)
        return found

    @property
    def text(self) -> str:
        """What stands in the editor."""
        editor = self.editor
        return editor.text if isinstance(editor, LongField) else editor.value

    def write(self, text: str) -> None:
        """Put another text into the editor."""
        editor = self.editor
        if isinstance(editor, LongField):
            editor.text = text
        elif editor.value != text:
            editor.value = text

    def complain(self, reason: str) -> None:
        """Show one line of reason, or take it away."""
        if reason != self.reason:
            self.reason = reason
            self._tell()

    def advise(self, advice: Remark | None) -> None:
        """Show what a rule says, with the keys that mend it, or take it away."""
        if advice != self.advice:
            self.advice = advice
            self._tell()

    def _tell(self) -> None:
        words = self.reason or (advice_words(self.entry, self.advice) if self.advice else "")
        if self._line is None:
            if not words:
                return
            assert isinstance(self.parent, Widget)
            self._line = Static("", markup=False, classes="field-error")
            self.parent.mount(self._line, after=self)
        self._line.update(visible(words))
        self._line.display = bool(words)
        mild = not self.reason and self.advice is not None and self.advice.severity != "block"
        self._line.set_class(mild, "-mild")


def advice_words(entry: Entry, advice: Remark) -> str:
    """What a rule says, and what can be done about it by one key."""
    words = advice.text
    if advice.mended is not None:
        mended = text_of(entry.field, advice.mended)
        words += "  " + _("Ctrl+Y writes {value}").format(value=mended)
    if advice.other:
        words += "  " + _("Ctrl+G opens it")
    return words
