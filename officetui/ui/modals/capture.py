"""The capture line: one line is one record; what was understood is shown while it is typed.

A refused line stays where it is. What was typed and left with `esc` is there again next time,
except a line that a rule forbids to keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from officetui.errors import OfficeError
from officetui.office.tables import Register, registry
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip, pad, wrap_parts
from officetui.text.words import listed
from officetui.ui.drafts import KEEP_SECONDS, drafts
from officetui.ui.forms import moment_read
from officetui.ui.modals.base import Modal
from officetui.ui.remarks import WAY_KEYS, ways_words
from officetui.ui.widgets.field import InputField

if TYPE_CHECKING:
    from officetui.intake.capture import Captured, Hint, Taken
    from officetui.office.committing import Done

_DRAFT = "capture"
_CELL_LINES = 6
_PREVIEW_LINES = 11
_TOLD_LINES = 2  # of what is said of a line, each


class CaptureScreen(Modal[Any]):
    """Dismissed with the office's Done, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+o", "save", show=False),
        Binding("tab", "form", show=False, priority=True),
        Binding("ctrl+y", "mend", show=False, priority=True),
        Binding("ctrl+g", "other", show=False, priority=True),
        *(Binding(key, f"way({n})", show=False) for n, key in enumerate(WAY_KEYS)),
    ]

    def __init__(self, prefix: str = "", register: str | None = None, text: str = "") -> None:
        """`prefix` is what the place puts before the line: 收, 会, 访, 值; `text` was pasted."""
        super().__init__()
        self._pasted = text
        self._earlier = ""  # a line left before, which what was pasted must not take away
        self._doubted = ""  # the line that Enter was pressed on although something is wrong
        self._prefix = prefix
        self._register = register
        self._captured: Captured | None = None
        self._keeping = False  # what is typed is written in a moment
        self._over = False  # recorded or left: what a timer still wants comes too late
        self._mended: dict[str, Any] = {}  # what a rule said a field should be, and was taken
        # The way out of a clash that was taken: by field what the line said, and what is free.
        self._way: dict[str, tuple[Any, Any]] = {}

    def compose(self) -> ComposeResult:
        kept = drafts(self.shell).of(_DRAFT).get("line", "")
        if self._pasted:
            self._earlier, kept = kept, self._pasted
        with Vertical(classes="dialogue capture"):
            yield Static(_("One line, one record"), markup=False, classes="dialogue-title")
            yield InputField(kept or self._prefix, id="capture-line", compact=True)
            yield Static("", markup=False, id="capture-preview")
            yield Static("", markup=False, id="capture-message")
            yield Static(
                _(
                    "@owner  #urgency or tag  ^due  +place   "
                    " Enter records  Tab form  Esc back, line kept"
                ),
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
        if not self._keeping:
            self._keeping = True
            self.set_timer(KEEP_SECONDS, self._keep_later)

    def _understand(self) -> Captured:
        """The line by its own prefix; without one it belongs to the place."""
        from officetui.intake.capture import understand

        office = self.shell.office
        line = self.line
        rest = line.removeprefix(self._prefix) if self._prefix else line
        if rest != line and rest.split(" ", 1)[0] in _prefix_words():
            line = rest  # a whole line was typed behind the prefix of the place
        found = understand(line, office)
        own = self._register
        if own is not None and not (found.register or found.blocked):
            found = understand(line, office, own)
        for hint in [one for one in found.hints if one.mended is not None]:
            if self._mended.get(hint.field) == hint.mended:
                found.cells[hint.field] = hint.mended
                found.hints.remove(hint)
        self._take_way(found)
        return found

    def _take_way(self, found: Captured) -> None:
        """What was taken instead of what collides, as long as the line says what it said."""
        said = {name: before for name, (before, _value) in self._way.items()}
        if not said or any(found.cells.get(name) != before for name, before in said.items()):
            self._way = {}
            return
        from officetui.intake.capture import clash_hint

        found.cells |= {name: value for name, (_before, value) in self._way.items()}
        clash_hint(found, self.shell.office)

    def action_way(self, number: int) -> None:
        """Take what is free instead of what collides."""
        captured = self._captured
        if captured is None or number >= len(captured.ways):
            return
        before = {name: one[0] for name, one in self._way.items()}
        for name, value in captured.ways[number].cells.items():
            self._way[name] = (before.get(name, captured.cells.get(name)), value)
        self._show_preview()

    def action_mend(self) -> None:
        """Write what a rule says it should be; of a classified paper, what may be recorded."""
        captured = self._captured
        if captured is None:
            return
        if captured.blocked and captured.cells.get("secrecy"):
            from officetui.ui.new_records import new_classified

            self._over = True
            self._keep("")
            self.dismiss(None)
            new_classified(self.shell, captured.register, captured.cells)
            return
        self._mended |= {h.field: h.mended for h in captured.hints if h.mended is not None}
        self._show_preview()

    def action_form(self) -> None:
        """Go on in the form of the register, which holds what was understood; the line is kept
        until that is saved."""
        captured = self._captured
        found = captured.register if captured is not None else ""
        register = found or self._register or ""
        if captured is not None and (captured.blocked or captured.steps):
            self._tell(
                self._why_not(captured)
                if not captured.steps
                else _("This line takes a step; there is no form for it.")
            )
            return
        if register not in registry.BY_ID:
            self._tell(_prefixes())
            return
        from officetui.ui.new_records import new_record

        typed = self.line.strip()
        self._over = True
        self._keep(self.line if typed and typed != self._prefix.strip() else "")
        self.dismiss(None)
        new_record(self.shell, register, dict(captured.cells) if captured else None)

    def action_other(self) -> None:
        """Open the record that a rule names; the line stays as it is below."""
        found = (
            [hint.other for hint in self._captured.hints if hint.other] if self._captured else []
        )
        if found:
            from officetui.ui import flows

            flows.open_record(self.shell, found[0])

    def on_modal_books_read(self, message: Modal.BooksRead) -> None:
        message.stop()
        self._show_preview()

    def _show_preview(self) -> None:
        preview = self.query_one("#capture-preview", Static)
        if not self.line.strip() or self.line.strip() == self._prefix.strip():
            self._captured = None
            preview.update("\n".join(wrap_parts(_prefixes(), self._room)))
            return
        self._captured = captured = self._understand()
        preview.update("\n".join(self._preview_lines(captured)))
        self.ask_books()

    @property
    def _room(self) -> int:
        """Cells of a line of the dialogue."""
        return max(30, min(110, self.app.size.width * 96 // 100) - 6)

    def _preview_lines(self, captured: Captured) -> list[str]:
        """What was understood, then what is wrong, missing, or worth a look."""
        room = self._room
        lines: list[str] = []
        register = registry.BY_ID.get(captured.register)
        if register is not None:
            lines.append(_("{label}: {what}").format(label=register.name(), what="").rstrip())
            lines += _two_columns(self._pairs(captured, register), room)[:_CELL_LINES]
            for taken in captured.steps:
                lines.append(clip("  " + self._step_words(taken), room))
            if captured.missing:
                names = [self._label(register, name) for name in captured.missing]
                lines.append(clip(_("missing: {names}").format(names=listed(names)), room))
        told = [*captured.problems, *captured.hints]
        for hint in told:
            keys = _keys_words(hint, captured, register)
            words = f"{glyphs().attention} {visible(hint.text)}"
            most = _TOLD_LINES if register is not None else _PREVIEW_LINES
            lines += wrap_parts(words, room - cell_width(keys), most=most)
            lines[-1] += keys
        if captured.ways:
            words = _("One key takes it: {ways}").format(ways=ways_words(captured.ways))
            return [*lines[: _PREVIEW_LINES - 1], clip(words, room)]
        return lines[:_PREVIEW_LINES]

    def _pairs(self, captured: Captured, register: Register) -> list[tuple[str, str]]:
        office = self.shell.office
        pairs = []
        for name, value in captured.cells.items():
            field = register.field(name)
            if value in (None, "", []) or field is None or field.bookkeeping:
                continue
            if field.kind in ("day", "moment") and isinstance(value, str):
                pairs.append((field.title(), moment_read(value, office)))
            else:
                pairs.append((field.title(), field.show(value)))
        return pairs

    def _step_words(self, taken: Taken) -> str:
        record = self.shell.office.get(taken.ref)
        register = registry.BY_ID.get(taken.ref.partition("/")[0])
        step = register.step(taken.step) if register is not None else None
        if record is None or register is None or step is None:
            return visible(taken.ref)
        inputs = listed(visible(str(value)) for value in taken.inputs.values())
        about = f"{register.title(record)}  {inputs}"
        return visible(_("{label}: {what}").format(label=_(step.label), what=about))

    def _label(self, register: Register, name: str) -> str:
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
        captured = self._captured = self._understand()
        if self.shell.office.go_through_books():
            captured = self._captured = self._understand()
        if not captured.ready:
            self._tell(self._why_not(captured))
            return
        doubts = _doubts(captured)
        if doubts and self._doubted != self.line:
            self._doubted = self.line
            again = _("Enter once more records it as shown above.")
            self._tell(" ".join([*doubts, again]))
            return
        try:
            done = self.shell.perform(lambda: self._recorded(captured), raises=True)
        except OfficeError as error:
            self._tell(error.message)
            return
        self._over = True
        self._keep("")
        self.dismiss(done)

    def _recorded(self, captured: Captured) -> Done:
        office = self.shell.office
        if captured.steps:
            taken = [(office.get(one.ref), one.step, one.inputs) for one in captured.steps]
            return office.do_all([(r, step, inputs) for r, step, inputs in taken if r is not None])
        return office.create(captured.register, captured.cells, captured.children)

    def _why_not(self, captured: Captured) -> str:
        if captured.refusal:
            return captured.refusal
        register = registry.BY_ID.get(captured.register)
        lacking = captured.required or captured.missing
        if register is None:
            return _prefixes()
        if not lacking:
            return _("This line says too little to be recorded.")
        names = listed(self._label(register, name) for name in lacking)
        return _("missing: {names}").format(names=names)

    def _tell(self, message: str) -> None:
        line = self.query_one("#capture-message", Static)
        line.update(visible(message))
        line.display = bool(message)

    def action_leave(self) -> None:
        """Back; the line is there again when this opens once more."""
        self._over = True
        if self._keep_typed():
            self.shell.say(_("Not recorded yet; the line comes back with “a”."))
        self.dismiss(None)

    def _keep_later(self) -> None:
        self._keeping = False
        if not self._over:
            self._keep_typed()

    def _keep_typed(self) -> bool:
        """Keep the line as it stands, and whether there is one that may be kept."""
        typed = self.line.strip()
        blocked = self._captured is not None and self._captured.blocked
        kept = bool(typed) and typed != self._prefix.strip() and not blocked
        self._keep(self.line if kept else "")
        return kept

    def _keep(self, line: str) -> None:
        """What the capture line begins with next time; a line left before goes first."""
        kept = self._earlier or line
        drafts(self.shell).keep(_DRAFT, {"line": kept} if kept else {})


def _keys_words(hint: Hint, captured: Captured, register: Register | None) -> str:
    """What can be done about it by one key."""
    words = ""
    field = register.field(hint.field) if register is not None else None
    if captured.blocked and captured.cells.get("secrecy"):
        words += "  " + _("Ctrl+Y notes only what may be noted")
    elif hint.mended is not None and field is not None:
        words += "  " + _("Ctrl+Y writes {value}").format(value=visible(field.show(hint.mended)))
    if hint.other:
        words += "  " + _("Ctrl+G opens it")
    return words


def _doubts(captured: Captured) -> list[str]:
    """What is wrong with a line that can be recorded: a date that is none, or has passed."""
    register = registry.BY_ID.get(captured.register)
    found = [problem.text for problem in captured.problems]
    for hint in captured.hints:
        field = register.field(hint.field) if register is not None else None
        if hint.severity == "warn" and field is not None and field.kind in ("day", "moment"):
            found.append(hint.text)
    return found


def _prefixes() -> str:
    """How a line may begin."""
    words = []
    for register in registry.REGISTERS:
        if register.prefixes:
            named = (register.prefixes[0], register.name())
            words.append(" ".join(dict.fromkeys(named)))
    return _("A line begins with: {words}").format(words="  ".join(words))


def _prefix_words() -> set[str]:
    return {word for table in registry.REGISTERS for word in table.prefixes}


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
