"""The capture line: one line is one record; what was understood is shown while it is typed.

A refused line stays where it is. What was typed and left with `esc` is there again next time,
except a line that a rule forbids to keep.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from officetui.errors import OfficeError
from officetui.registers import registry
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip, pad
from officetui.ui.forms import moment_read
from officetui.ui.modals.base import Modal
from officetui.ui.modals.form import drafts
from officetui.ui.widgets.field import InputField

_DRAFT = "capture"
_PREVIEW_LINES = 9


class CaptureScreen(Modal[Any]):
    """Dismissed with the office's Done, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+o", "save", show=False),
    ]

    def __init__(self, prefix: str = "", register: str | None = None) -> None:
        """`prefix` is what the place puts before the line: 收, 会, 访, 值."""
        super().__init__()
        self._prefix = prefix
        self._register = register
        self._captured: Any = None

    def compose(self) -> ComposeResult:
        kept = drafts(self.shell).get(_DRAFT, {}).get("line", "")
        with Vertical(classes="dialogue capture"):
            yield Static(_("One line, one record"), markup=False, classes="dialogue-title")
            yield InputField(kept or self._prefix, id="capture-line", compact=True)
            yield Static("", markup=False, id="capture-preview")
            yield Static("", markup=False, id="capture-message")
            yield Static(
                _("@owner  #urgency or tag  ^due  +place    Enter records  Esc back, line kept"),
                markup=False,
                classes="dialogue-keys",
            )

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#capture-message", Static).display = False
        line = self.query_one("#capture-line", InputField)
        line.focus()
        line.cursor_position = len(line.value)
        self._show_preview()

    @property
    def line(self) -> str:
        """What was typed."""
        return self.query_one("#capture-line", InputField).value

    def on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "ctrl+o") and self.early(event):
            event.stop()
            event.prevent_default()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell("")
        self._show_preview()

    def _understand(self) -> Any:
        from officetui.intake.capture import understand

        return understand(self.line, self.shell.office)

    def _show_preview(self) -> None:
        preview = self.query_one("#capture-preview", Static)
        if not self.line.strip() or self.line.strip() == self._prefix.strip():
            preview.update(_prefixes())
            self._captured = None
            return
        try:
            self._captured = self._understand()
        except OfficeError as error:
            self._captured = None
            preview.update(visible(error.message))
            return
        preview.update("\n".join(self._preview_lines(self._captured)))

    def _preview_lines(self, captured: Any) -> list[str]:
        room = max(30, self.app.size.width - 12)
        register = registry.BY_ID[captured.register]
        office = self.shell.office
        pairs = []
        for name, value in captured.cells.items():
            field = register.field(name)
            if value in (None, "", []) or (field is not None and field.bookkeeping):
                continue
            if field is None:
                pairs.append((name, str(value)))
            elif field.kind in ("day", "moment") and isinstance(value, str):
                pairs.append((field.title(), moment_read(value, office)))
            else:
                pairs.append((field.title(), field.show(value)))
        lines = [f"{register.name()}:"]
        lines += _two_columns(pairs, room)[: _PREVIEW_LINES - 3]
        if captured.missing:
            names = [self._label(register, name) for name in captured.missing]
            lines.append(clip(_("missing: {names}").format(names="、".join(names)), room))
        lines += [clip("! " + visible(_text(hint)), room) for hint in captured.hints]
        return lines[: _PREVIEW_LINES + 3]

    def _label(self, register: Any, name: str) -> str:
        field = register.field(name)
        return field.title() if field is not None else name

    def action_save(self) -> None:
        """Record the line."""
        self._record()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._record()

    def _record(self) -> None:
        if not self.line.strip() or self.line.strip() == self._prefix.strip():
            self._tell(_("Nothing is typed yet."))
            return
        office = self.shell.office
        try:
            captured = self._understand()
            done = self.shell.perform(
                lambda: office.create(captured.register, captured.cells, captured.children),
                raises=True,
            )
        except OfficeError as error:
            self._tell(error.message)
            return
        drafts(self.shell).pop(_DRAFT, None)
        self.dismiss(done)

    def _tell(self, message: str) -> None:
        line = self.query_one("#capture-message", Static)
        line.update(visible(message))
        line.display = bool(message)

    def action_leave(self) -> None:
        """Back; the line is there again when this opens once more."""
        typed = self.line.strip()
        kept = drafts(self.shell)
        blocked = getattr(self._captured, "blocked", False)
        if typed and typed != self._prefix.strip() and not blocked:
            kept[_DRAFT] = {"line": self.line}
            self.shell.say(_("Not recorded yet; the line comes back with “a”."))
        else:
            kept.pop(_DRAFT, None)
        self.dismiss(None)


def _text(hint: Any) -> str:
    return hint if isinstance(hint, str) else str(getattr(hint, "text", hint))


def _prefixes() -> str:
    """How a line may begin."""
    words = []
    for register in registry.REGISTERS:
        if register.prefixes:
            words.append(f"{register.prefixes[0]} {register.name()}")
    return _("A line begins with: {words}").format(words="  ".join(words))


def _two_columns(pairs: list[tuple[str, str]], room: int) -> list[str]:
    """Labels and values, two to a line where both are short."""
    lines: list[str] = []
    half = room // 2 - 2
    waiting = ""
    for label, value in pairs:
        text = f"{label} {visible(value)}"
        if cell_width(text) > half:
            if waiting:
                lines.append(waiting.rstrip())
                waiting = ""
            lines.append(clip("  " + text, room))
        elif waiting:
            lines.append(clip(waiting + text, room))
            waiting = ""
        else:
            waiting = pad("  " + text, half + 2) + "  "
    if waiting:
        lines.append(waiting.rstrip())
    return lines
