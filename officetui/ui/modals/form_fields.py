"""The fields of a form as they are seen: each with its editor, and what is said of what stands
there, how it is read, what could be chosen, and what the rules say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from officetui.errors import Refused
from officetui.office.tables import View
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip, wrap_parts
from officetui.ui.forms import Entry, choices_line, read, reading, text_of
from officetui.ui.modals.base import Modal
from officetui.ui.remarks import WAY_KEYS, Remark, ways_words
from officetui.ui.widgets.fields import FieldRow
from officetui.ui.widgets.seen import SeenLines

if TYPE_CHECKING:
    from officetui.office.clashes import Way

Remarks = Callable[[dict[str, Any]], list[Remark]]
_LABELS_AT_MOST: Final = 20  # cells
_AROUND: Final = 14  # lines of the dialogue that are not fields
_FIELDS: Final = 4  # lines of fields that are always seen
_WIDTH: Final = 92  # of the dialogue, as in modals.tcss


class _Fields(VerticalScroll, inherit_bindings=False):
    """The fields; they scroll with the cursor, so that no arrow leaves it behind out of sight."""


class FormFields(Modal[Any]):
    """The fields of a form, one below the other, and below them what is said of the one with the
    cursor and of all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y", "mend", show=False, priority=True),
        Binding("ctrl+g", "other", show=False, priority=True),
        *(Binding(key, f"way({n})", show=False) for n, key in enumerate(WAY_KEYS)),
    ]

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        view: View | None,
        *,
        about: str = "",
        remarks: Remarks | None = None,
        lines: Sequence[str] = (),
    ) -> None:
        """`remarks` says what the values would mean; `lines`: what must be seen before it is
        saved."""
        super().__init__()
        self._remarks = remarks
        self._title = title
        self._about = about
        self._lines = list(lines)
        self._entries = list(entries)
        self._view = view
        self._draft: dict[str, str] = {}  # by field, what was typed the last time
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

    def _row_of(self, widget: object) -> FieldRow | None:
        return next((row for row in self._rows if row.editor is widget), None)

    @property
    def _current(self) -> FieldRow | None:
        return self._row_of(self.focused)

    # What is said of a field

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        self._show_reading()

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

    def _tell(self, message: str) -> None:
        line = self.query_one("#form-message", Static)
        line.update(visible(message))
        line.display = bool(message)

    # What is said of all of them

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

    def _end_of(self, row: FieldRow) -> None:
        editor = row.editor
        if isinstance(editor, Input):
            editor.cursor_position = len(editor.value)
