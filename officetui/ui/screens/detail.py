"""Everything about one record: its way, its fields, its lists, its history as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from officetui.office import links
from officetui.office.tables import BY_ID, EXCUSED, Record
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui import actions, flows, page
from officetui.ui.heading import tell_header
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import TextLine
from officetui.ui.widgets.table import BlockTable, Col

if TYPE_CHECKING:
    from officetui.office.history import Event


class DetailScreen(BaseScreen):
    """One record; the cursor on a member of a list acts on that member."""

    WHERE = actions.DETAIL
    CSS_PATH = styles_dir() / "register.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+tab", "section(-1)", show=False),
        Binding("left", "back", show=False),
    ]

    class HistoryRead(Message):
        """A worker has read the history, and who names the record."""

        def __init__(self, events: Sequence[Event], linked: Sequence[Record]) -> None:
            super().__init__()
            self.events = events
            self.linked = linked

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref
        self._events: Sequence[Event] | None = None
        self._linked: Sequence[Record] = ()

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="detail-title")
        yield BlockTable(
            (Col("", page.LABEL), Col("", grow=True)),
            id="detail-table",
            empty=_("It is no longer there: what recorded it was undone. Esc goes back."),
        )

    @property
    def table(self) -> BlockTable:
        """The page."""
        return self.query_one(BlockTable)

    @property
    def record(self) -> Record | None:
        """The record as it is now; None when nothing is left of it."""
        record = self.office.get(self.ref)
        return record if record is not None and record.cells else None

    @property
    def register(self) -> object:
        """The register of the record, for help."""
        return BY_ID[self.ref.partition("/")[0]]

    def on_mount(self) -> None:
        self._show()
        self.table.focus()
        self._read_history()
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        self._show()
        self.call_after_refresh(self.tell_keys)

    def records_changed(self, refs: set[str]) -> None:
        """Show it as it is, and read the history again when it is about this record."""
        self._show()
        record_id = self.ref.partition("/")[2]
        if any(self._concerns(ref, record_id) for ref in refs):
            self._read_history()

    def _concerns(self, ref: str, record_id: str) -> bool:
        """Whether what changed is this record, a child of it, or names or named it."""
        if ref == self.ref or any(one.ref == ref for one in self._linked):
            return True
        record = self.office.get(ref)
        if record is None:
            return False
        named = [self.office.get(other) for other in links.named_in(record)]
        return record.parent == record_id or any(
            one is not None and (one.ref == self.ref or one.parent == record_id) for one in named
        )

    @work(thread=True, exclusive=True, group="history", exit_on_error=False)
    def _read_history(self) -> None:
        record = self.record
        if record is None:
            return
        with self.office.lock:
            found = self.office.history(record)
            linked = self.office.linked(record)
        self.office.go_through_books()  # that the page asked for: a visitor's earlier matters
        self.post_message(self.HistoryRead(found, linked))

    def on_detail_screen_history_read(self, message: HistoryRead) -> None:
        message.stop()
        self._events, self._linked = message.events, message.linked
        self._show()

    def _show(self) -> None:
        tell_header(self)
        record = self.record
        title = self.query_one("#detail-title", TextLine)
        if record is None:
            title.show((" ", ""), (self.ref, "dim"))
            self.table.fill([])
            return
        table = BY_ID[record.register]
        words = visible(table.title(record), limit=400)
        right = (_("Esc back"), "dim")
        title.show((" ", ""), (words, "strong"), right=(right, (" ", "")))
        width = self.size.width or self.app.size.width
        under = self.table.current
        self.table.fill(page.rows(self.office, record, width, self._events, self._linked))
        if under is None or "/" not in under.ref:
            self.table.adrift = False  # the letters were the record's own, and still are

    # What the cursor is on

    def selected(self) -> list[Record]:
        """The marked members of a list, the member under the cursor, else the record itself."""
        record = self.record
        if record is None:
            return []
        refs = self.table.marked or ({self.table.current.ref} if self.table.current else set())
        members = [self.office.get(row.ref) for row in self.table.lines if row.ref in refs]
        found = [m for m in members if m is not None and m.ref != record.ref]
        return found or [record]

    def more_keys(self) -> list[tuple[str, str]]:
        """Where the brackets lead: the lists of the record by their names."""
        found: list[tuple[str, str]] = []
        row, record = self.table.current, self.record
        member = self.office.get(row.ref) if row is not None and "/" in row.ref else None
        if member is not None and record is not None and member.parent == record.id:
            child = BY_ID[member.register]
            if child.steps and len(self.office.children(record, child.id)) > 1:
                found.append((actions.shown_key(actions.BY_ID["record.mark_all"]), _("mark all")))
        for by, name in ((1, "detail.list"), (-1, "detail.list_before")):
            target = self._part(by)
            if target is not None and all(target[0] != words for _key, words in found):
                found.append((actions.shown_key(actions.BY_ID[name]), target[0]))
        return found

    def has_days(self) -> bool:
        return False

    def action_menu(self) -> None:
        """The menu of the record or of the member; a link is opened."""
        row = self.table.current
        if row is not None and row.ref.startswith("link:") and not self.marks():
            flows.open_record(self.shell, row.ref[len("link:") :])
            return
        flows.open_menu(self.shell, self.selected(), opened=True)

    def action_edit(self) -> None:
        """The form, at the field under the cursor."""
        row = self.table.current
        records = self.selected()
        if len(records) > 1:
            super().action_edit()
        elif records:
            start = ""
            if row is not None and row.ref.startswith("field:"):
                start = row.ref[len("field:") :].partition("#")[0]
            flows.edit_record(self.shell, records[0], start)

    def action_tick(self) -> None:
        """Tick an item of a checklist; mark a member of another list."""
        row = self.table.current
        member = self.office.get(row.ref) if row is not None else None
        if member is None or member.ref == self.ref:
            return
        child = BY_ID[member.register]
        if not page.toggled(child):
            self.table.toggle_mark()
            self.tell_keys()
            return
        step = page.toggle_step(child, member)
        if step is not None:
            done = self.shell.perform(lambda: self.office.do([member], step.id, {}))
            if done is not None:
                self.table.action_cursor_down()

    def action_mark_all(self) -> None:
        """Mark everybody of the list under the cursor who is still to be dealt with; who is
        excused is not. With all of them marked, nobody any more."""
        row = self.table.current
        member = self.office.get(row.ref) if row is not None else None
        record = self.record
        if record is None or member is None or member.ref == record.ref:
            self.say(_("Go to a list first: attendees, units, readers; then * marks all of it."))
            return
        child = BY_ID[member.register]
        every = {
            one.ref
            for one in self.office.children(record, child.id)
            if one.state not in child.finished and one.text("reply") != EXCUSED
        }
        if every <= self.table.marked:
            self.clear_marks()
        else:
            self.table.mark(every)
        self.tell_keys()

    def action_down(self) -> None:
        self.table.action_cursor_down()

    def action_up(self) -> None:
        self.table.action_cursor_up()

    def action_section(self, by: int) -> None:
        """The cursor to the next part of the page, on its first row."""
        lines = self.table.lines
        starts = [
            place + 1
            for place, row in enumerate(lines[:-1])
            if row.ref.startswith("head:") and not lines[place + 1].ref.startswith("head:")
        ]
        here = self.table.cursor_row
        beyond = [place for place in starts if (place > here if by > 0 else place < here)]
        if beyond:
            self.table.move_cursor(row=beyond[0] if by > 0 else beyond[-1])

    def _part(self, by: int) -> tuple[str, int] | None:
        """The name and the first row of the next list of the record, or of the one before; from
        the last one the way leads on to the first."""
        record = self.record
        table = BY_ID.get(record.register) if record is not None else None
        if table is None:
            return None
        heads = {f"head:{child.id}": child.name() for child in table.children}
        starts = [
            (heads[row.ref], place + 1)
            for place, row in enumerate(self.table.lines[:-1])
            if row.ref in heads
        ]
        if not starts:
            return None
        here = self.table.cursor_row
        beyond = [one for one in starts if (one[1] > here if by > 0 else one[1] < here)]
        if by > 0:
            return (beyond or starts)[0]
        # Inside a list the list before it is meant, not its own first row.
        begun = [one for one in starts if one[1] <= here]
        beyond = [one for one in beyond if not begun or one != begun[-1]]
        return (beyond or starts)[-1]

    def action_part(self, by: int) -> None:
        """The cursor to the next list of the record, or the one before."""
        target = self._part(by)
        if target is not None:
            self.table.move_cursor(row=target[1])
            # Its heading at the top, and as much of it as there is room for; the table itself only
            # scrolls as far as its cursor needs.
            self.call_after_refresh(self._bring_up, target[1] - 1)

    def _bring_up(self, y: int) -> None:
        self.table.scroll_to(y=y, animate=False, immediate=True, force=True)
