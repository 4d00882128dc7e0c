"""The form of a step, of a new record or of a record's cells, generated from the field tables.

`enter` goes on and, on the last field, saves; `ctrl+o` saves from anywhere; `esc` goes back, and
what was typed is there again when the form is opened once more. A refusal is shown at its field
and the form stays, also when the disk is full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from officetui.errors import OfficeError, Refused
from officetui.office.tables import View
from officetui.text.i18n import _
from officetui.text.words import listed
from officetui.ui.drafts import KEEP_SECONDS, drafts
from officetui.ui.forms import Entry, completed, missing, read, strangers
from officetui.ui.modals.form_fields import FormFields, Remarks
from officetui.ui.widgets.fields import FieldRow, LongField

Save = Callable[[dict[str, Any]], Any]


class FormScreen(FormFields):
    """A form over whatever is open; dismissed with what `save` returned, None when left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+o", "save", show=False),
        Binding("ctrl+r", "afresh", show=False),
        Binding("ctrl+t", "capture", show=False),
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
        super().__init__(title, entries, view, about=about, remarks=remarks, lines=lines)
        self._save = save
        self._key = key
        self._start = start
        self._draft = drafts(self.shell).of(key)
        self._keeping = False  # what is typed is written in a moment
        self._over = False  # saved or left: what a timer still wants comes too late

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
