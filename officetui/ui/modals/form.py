"""The form of a step, of a new record or of a record's cells, generated from the field tables.

`enter` goes on and, on the last field, saves; `ctrl+o` saves from anywhere; `esc` goes back, and
what was typed is there again when the form is opened once more. A refusal is shown at its field
and the form stays, also when the disk is full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from officetui.errors import OfficeError, Refused
from officetui.office.tables import View
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip, wrap_parts
from officetui.text.words import listed
from officetui.ui.drafts import KEEP_SECONDS, drafts
from officetui.ui.forms import (
    Entry,
    choices_line,
    completed,
    missing,
    read,
    reading,
    strangers,
    text_of,
)
from officetui.ui.modals.base import Modal
from officetui.ui.remarks import WAY_KEYS, Remark, ways_words
from officetui.ui.widgets.fields import FieldRow, LongField
from officetui.ui.widgets.seen import SeenLines

if TYPE_CHECKING:
    from officetui.office.clashes import Way

Save = Callable[[dict[str, Any]], Any]
Remarks = Callable[[dict[str, Any]], list[Remark]]
_LABELS_AT_MOST: Final = 20  # cells
_AROUND: Final = 14  # lines of the dialogue that are not fields
_FIELDS: Final = 4  # lines of fields that are always seen
_WIDTH: Final = 92  # of the dialogue, as in modals.tcss


class _Fields(VerticalScroll, inherit_bindings=False):
    """The fields; they scroll with the cursor, so that no arrow leaves it behind out of sight."""


class FormScreen(Modal[Any]):
    """A form over whatever is open; dismissed with what `save` returned, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+o", "save", show=False),
        Binding("ctrl+r", "afresh", show=False),
        Binding("ctrl+t", "capture", show=False),
        Binding("ctrl+y", "mend", show=False, priority=True),
        Binding("ctrl+g", "other", show=False, priority=True),
        *(Binding(key, f"way({n})", show=False) for n, key in enumerate(WAY_KEYS)),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        view: View | None,
        save: Save,
        *,
        key: str,
        about: str = "",
        start: str = "",
        remarks: Remarks | None = None,
        lines: Sequence[str] = (),
    ) -> None:
        """`key` names the form among the drafts; `remarks` says what the values would mean;
        `lines`: what must be seen before it is saved."""
        super().__init__()
        self._remarks = remarks
        self._title = title
        self._about = about
        self._lines = list(lines)
        self._entries = list(entries)
        self._view = view
        self._save = save
        self._key = key
        self._start = start
        self._draft: dict[str, str] = drafts(self.shell).of(key)
        self._keeping = False  # what is typed is written in a moment
        self._over = False  # saved or left: what a timer still wants comes too late
        self._rows: list[FieldRow] = []
        self._said: list[Remark] = []
        self._below: list[str] = []  # the lines of remarks below the fields

    def compose(self) -> ComposeResult:
        width = min(
            _LABELS_AT_MOST,
            max((cell_width(e.field.title()) for e in self._entries), default=0) + 2,
        )
        with Vertical(classes="dialogue form"):
            yield Static("", markup=False, classes="dialogue-title", id="form-title")
            if self._about:
                yield Static(visible(self._about), markup=False, classes="dialogue-about")
            if self._lines:
                yield SeenLines(self._lines)
            with _Fields(classes="form-fields", can_focus=False):
                for entry in self._entries:
                    text = self._draft.get(entry.field.name, entry.text)
                    row = FieldRow(entry, text, width)
                    self._rows.append(row)
                    yield row
            yield Static("", markup=False, id="form-reading")
            yield Static("", markup=False, id="form-choices")
            yield Static("", markup=False, id="form-remarks")
            yield Static("", markup=False, id="form-message")
            yield Static(self._keys(), markup=False, classes="dialogue-keys")

    def on_mount(self) -> None:
        super().on_mount()
        for name in ("#form-message", "#form-remarks"):
            self.query_one(name, Static).display = False
        self._fit_height(self.app.size.height)
        self._show_remarks()
        if self._draft:
            self._tell(_("What you typed before is here again. Ctrl+R starts afresh."))
        first = next((r for r in self._rows if r.entry.field.name == self._start), None)
        if first is None:
            first = next((r for r in self._rows if r.entry.required and not r.text), None)
        if first is None and self._rows:
            first = self._rows[0]
        if first is not None:
            first.editor.focus()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_height(event.size.height)

    def _fit_height(self, height: int) -> None:
        """What is said below the fields stays in sight, also on 24 lines."""
        room = max(20, min(_WIDTH, self.app.size.width * 96 // 100) - 4)
        shown = sum(-(-cell_width(line) // room) for line in self._below)
        for seen in self.query(SeenLines):
            shown += seen.show(room, height - _AROUND - shown - min(len(self._entries), 8))
        fields = self.query_one(".form-fields")
        most = max(_FIELDS, height - _AROUND - shown)
        if fields.styles.max_height is None or fields.styles.max_height.value != most:
            fields.styles.max_height = most
            row = self._current
            if row is not None:
                self.call_after_refresh(row.editor.scroll_visible, animate=False)

    def _keys(self) -> str:
        words = [
            _("Enter next, saves on the last field"),
            _("Ctrl+O save"),
            _("Esc back, typed text is kept"),
        ]
        if any(entry.field.kind == "long" for entry in self._entries):
            words.append(_("Ctrl+N new line"))
        return "  ".join(words)

    # What the editors say

    def _row_of(self, widget: object) -> FieldRow | None:
        return next((row for row in self._rows if row.editor is widget), None)

    @property
    def _current(self) -> FieldRow | None:
        return self._row_of(self.focused)

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        self._show_reading()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        row = self._row_of(event.control)  # the field may have been left meanwhile
        if row is not None:
            row.complain("")
        self._show_reading()
        self._show_remarks()
        if not self._keeping:
            self._keeping = True
            self.set_timer(KEEP_SECONDS, self._keep_later)

    def _show_reading(self) -> None:
        row = self._current
        if row is None:
            return
        self.query_one("#form-title", Static).update(visible(self._title) + self._place(row))
        room = max(20, min(_WIDTH, self.size.width * 96 // 100) - 5)
        words, good = reading(row.entry, row.text, self._view)
        hint = words or _(row.entry.field.hint)
        arrow = "-> " if hint and good and words else ""
        line = self.query_one("#form-reading", Static)
        told = "" if row.reason else visible(arrow + hint)
        line.update(clip(told, room))
        line.set_class(not good, "-wrong")
        choices = choices_line(row.entry, row.text)
        self.query_one("#form-choices", Static).update(
            "\n".join(wrap_parts(choices, room, most=2)) if choices else ""
        )

    def _place(self, row: FieldRow) -> str:
        """Which field it is, of how many, and whether there are more than are seen."""
        total = len(self._rows)
        if total < 2:
            return ""
        words = _("field {n} of {total}").format(n=self._rows.index(row) + 1, total=total)
        fields = self.query_one(".form-fields")
        if fields.max_scroll_y:
            words += "  " + _("Down shows the others")
        return f"  {words}"

    def _show_remarks(self) -> None:
        """What the values would mean, as far as they can be read: at the field, else below."""
        if self._remarks is None:
            return
        values = {}
        for row in self._rows:
            try:
                values[row.entry.field.name] = read(row.entry, row.text, self._view)
            except Refused:
                continue
        self._said = self._remarks(values)
        rows = {row.entry.field.name: row for row in self._rows}
        first: dict[str, Remark] = {}
        for remark in self._said:
            first.setdefault(remark.field, remark)
        for name, row in rows.items():
            row.advise(first.get(name))
        below = [r.text for r in self._said if r.field not in rows or first[r.field] is not r]
        lines = [f"{glyphs().attention} {visible(one)}" for one in below if one][:3]
        ways = ways_words(self._ways)
        if ways:
            lines.append(_("One key takes it: {ways}").format(ways=ways))
        line = self.query_one("#form-remarks", Static)
        line.update("\n".join(lines))
        line.display = bool(lines)
        self._below = lines
        self._fit_height(self.app.size.height)
        if self._view is not None:
            self.ask_books()

    def on_modal_books_read(self, message: Modal.BooksRead) -> None:
        message.stop()
        self._show_remarks()

    def _advised(self, has: Callable[[Remark], bool]) -> FieldRow | None:
        """The row whose advice is meant: the one with the cursor, else the first."""
        rows = [row for row in self._rows if row.advice is not None and has(row.advice)]
        return self._current if self._current in rows else rows[0] if rows else None

    def action_mend(self) -> None:
        """Write what a rule says it should be."""
        row = self._advised(lambda advice: advice.mended is not None)
        if row is not None and row.advice is not None:
            row.write(text_of(row.entry.field, row.advice.mended))
            self._end_of(row)

    @property
    def _ways(self) -> list[Way]:
        return [way for remark in self._said for way in remark.ways][: len(WAY_KEYS)]

    def action_way(self, number: int) -> None:
        """Take what is free instead: write it into its fields."""
        if number < len(self._ways):
            way = self._ways[number]
            for row in self._rows:
                if row.entry.field.name in way.cells:
                    row.write(text_of(row.entry.field, way.cells[row.entry.field.name]))
                    row.complain("")
                    self._end_of(row)

    def action_other(self) -> None:
        """Open the record that a rule names; the form stays as it is below."""
        row = self._advised(lambda advice: bool(advice.other))
        if row is not None and row.advice is not None:
            from officetui.ui import flows

            flows.open_record(self.shell, row.advice.other)

    def _tell(self, message: str) -> None:
        line = self.query_one("#form-message", Static)
        line.update(visible(message))
        line.display = bool(message)

    # Moving about

    def action_step(self, by: int) -> None:
        """The field before or after."""
        row = self._current
        if row is None:
            return
        index = self._rows.index(row) + by
        if 0 <= index < len(self._rows):
            self._settle(row)
            self._rows[index].editor.focus()

    def _settle(self, row: FieldRow) -> bool:
        """Put what was understood in the place of digits typed; False when it was refused."""
        try:
            value = read(row.entry, row.text, self._view)
        except Refused as refused:
            row.complain(refused.message)
            return False
        if row.entry.candidates and row.text != row.entry.text and value is not None:
            held = Entry(row.entry.field, value=value, candidates=row.entry.candidates)
            row.write(held.text)
        return True

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._go_on()

    @on(LongField.Submitted)
    def _entered_long(self, event: LongField.Submitted) -> None:
        event.stop()
        self._go_on()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "ctrl+o") and self.early(event):
            event.stop()
            event.prevent_default()

    def _sure(self, row: FieldRow) -> bool:
        """Whether what stands there is meant: the beginning of one known name is completed, and
        a name nobody knows is asked about, both once."""
        whole = completed(row.entry, row.text)
        if whole and row.accepted != row.text:
            row.write(whole)
            row.accepted = whole
            self._end_of(row)
            self._show_reading()
            return False
        try:
            value = read(row.entry, row.text, self._view)
        except Refused:
            return True
        unknown = strangers(row.entry, row.text, value, self._view)
        if unknown and row.accepted != row.text:
            row.accepted = row.text
            words = _("“{name}” is not in the directory. Enter once more keeps it as written.")
            row.complain(words.format(name=listed(unknown)))
            self._show_reading()
            return False
        return True

    def _end_of(self, row: FieldRow) -> None:
        editor = row.editor
        if isinstance(editor, Input):
            editor.cursor_position = len(editor.value)

    def _go_on(self) -> None:
        row = self._current
        if row is None:
            return
        if row.entry.required and not row.text.strip():
            row.complain(_("“{field}” is needed.").format(field=row.entry.field.title()))
            return
        if not self._sure(row):
            return
        if not self._settle(row):
            self._show_reading()
            return
        if row is self._rows[-1]:
            self.action_save()
        else:
            self.action_step(1)

    # Saving and leaving

    def action_save(self) -> None:
        """Read every field and save; the first refusal is shown at its field."""
        values: dict[str, Any] = {}
        wrong: FieldRow | None = None
        for row in self._rows:
            row.complain("")
            try:
                values[row.entry.field.name] = read(row.entry, row.text, self._view)
            except Refused as refused:
                row.complain(refused.message)
                wrong = wrong or row
        if wrong is None:
            wrong = next((row for row in self._rows if not self._sure(row)), None)
        if wrong is not None:
            wrong.editor.focus()
            return
        lacking = missing(self._entries, values)
        if lacking is not None:
            self._refuse(
                _("“{field}” is needed.").format(field=lacking.field.title()), lacking.field.name
            )
            return
        try:
            result = self._save(values)
        except OfficeError as error:
            self._refuse(error.message, error.field)
            return
        except OSError as error:
            why = error.strerror or str(error)
            self._refuse(_("It could not be written: {why}. The form is kept.").format(why=why), "")
            return
        self.saved(result)

    def saved(self, result: Any) -> None:
        """It is saved, maybe by what was asked above the form: nothing typed is kept."""
        self._over = True
        drafts(self.shell).drop(self._key)
        self.dismiss_with(result)

    def dismiss_with(self, result: Any) -> None:
        """Close with what was saved."""
        self.dismiss(result)

    def _refuse(self, message: str, field: str) -> None:
        row = next((r for r in self._rows if r.entry.field.name == field), None)
        if row is None:
            self._tell(message)
            return
        row.complain(message)
        row.editor.focus()

    def action_leave(self) -> None:
        """Back; what was typed is kept for the next time this form is opened."""
        self._over = True
        typed = self._keep()
        if any(remark.secret for remark in self._said):
            self.shell.say(_("What you typed was not kept: it is of a classified paper."))
        elif typed:
            self.shell.say(_("Not saved yet; what you typed comes back with the form."))
        self.dismiss(None)

    def _keep_later(self) -> None:
        self._keeping = False
        if not self._over:
            self._keep()

    def _keep(self) -> bool:
        """Keep what was typed, and whether there is any; nothing of a classified paper."""
        typed = {row.entry.field.name: row.text for row in self._rows if row.text != row.entry.text}
        if any(remark.secret for remark in self._said):
            typed = {}
        drafts(self.shell).keep(self._key, typed)
        return bool(typed)

    def action_capture(self) -> None:
        """Something said in passing: the capture line over the form, which stays as it is."""
        if self._view is not None:
            from officetui.ui import flows

            flows.capture(self.shell)

    def action_afresh(self) -> None:
        """Forget the draft: every field as it is recorded."""
        drafts(self.shell).drop(self._key)
        for row in self._rows:
            row.write(row.entry.text)
            row.complain("")
        self._tell("")
