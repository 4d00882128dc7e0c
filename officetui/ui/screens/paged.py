"""A list of records in pages: what is shown of it, marked on it, and kept in its old place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import events
from textual.app import ComposeResult

from officetui.office.tables import Record, Register
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, ngettext
from officetui.text.width import cell_width
from officetui.ui import flows, listing, narrowing
from officetui.ui.heading import tell_header
from officetui.ui.listing import PAGE
from officetui.ui.screens.narrowed import NarrowedScreen
from officetui.ui.widgets.line import Piece, TextLine
from officetui.ui.widgets.table import BlockTable, Row


class ListTable(BlockTable):
    """The table of a list: a page up or down at its edge asks for the page beyond."""

    def action_page_down(self) -> None:
        if self.cursor_row >= len(self.lines) - 1:
            self.post_message(self.Edge(self, 1))
        else:
            super().action_page_down()

    def action_page_up(self) -> None:
        if self.cursor_row <= 0:
            self.post_message(self.Edge(self, -1))
        else:
            super().action_page_up()


class PagedScreen(NarrowedScreen):
    """A list in pages. Marks are for all pages; what was acted on stays where it was until one
    leaves. Subclasses say what is listed (`found`), how it is called, and what is empty."""

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self._records: list[Record] = []
        self._page = 0
        self._marked: set[str] = set()
        self._kept: set[str] = set()  # acted on here and no longer of the list; still shown
        self._why: dict[str, str] = {}
        self._counts: list[str] = []
        self._counted = ""  # the minute in which they were counted
        self._filling = False
        self._width = 0
        self._stale = False
        self._read_on = date.min  # the day on which the list was read

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        yield ListTable(id="list-table")

    @property
    def table(self) -> ListTable:
        """The list itself."""
        return self.query_one(ListTable)

    def on_resize(self, event: events.Resize) -> None:
        if self._records and event.size.width != self._width:
            self._show()
        self.call_after_refresh(self.tell_keys)

    # What is listed

    def found(self) -> Sequence[Record]:
        """The records of the list, in its order."""
        raise NotImplementedError

    def empty_words(self) -> str:
        """What the empty list says."""
        raise NotImplementedError

    def count_words(self) -> list[str]:
        """What is told of all records in the title line."""
        return narrowing.counts(self.register, self._records, self.office)

    def key_words(self) -> str:
        """Keys that show another list, for the end of the title line."""
        return ""

    def read(self) -> None:
        """Read the list anew; nothing is painted yet."""
        self._stale, self._read_on, self._counted = False, self.office.today, ""
        self._records = self._with_kept(self.narrowed(list(self.found())))
        self._page = min(self._page, max(0, (len(self._records) - 1) // PAGE))

    def reload(self) -> None:
        """Read the list anew, and show it."""
        self.read()
        self._show()

    def _with_kept(self, found: list[Record]) -> list[Record]:
        """The list, and in its old place what was acted on here and does not belong to it now:
        the cursor stays on the record, and its new state is seen."""
        listed = {record.ref for record in found}
        self._kept -= listed
        before = ""
        for old in self._records:
            if old.ref in self._kept:
                record = self.office.get(old.ref)
                if record is None or not record.cells.keys() - {"id"}:
                    self._kept.discard(old.ref)
                    continue
                refs = [one.ref for one in found]
                found.insert(refs.index(before) + 1 if before in refs else 0, record)
            if old.ref in listed or old.ref in self._kept:
                before = old.ref
        return found

    def _forget_kept(self) -> None:
        self._kept = set()

    def records_changed(self, refs: set[str]) -> None:
        """Show what changed, here or elsewhere; marks are gone with what they were for."""
        self._kept |= {record.ref for record in self._records if record.ref in refs}
        if not self.is_current:
            self._stale = True
            return
        self.reload()
        self._marked &= {record.ref for record in self._records}

    def left(self) -> None:
        """What is finished is no longer in the list when one comes back."""
        super().left()
        if self._kept:
            self._forget_kept()
            self._stale = True

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._stale or self._read_on != self.office.today:  # days that are left are fewer
            self.reload()
        else:
            tell_header(self)

    def listed_anew(self) -> None:
        self._forget_kept()
        self._page = 0
        self.clear_marks()
        self.reload()
        if self._records:
            self._go_to_record(0)

    # What is shown

    def _show(self, ref: str = "") -> None:
        """Paint the page; with `ref` the cursor goes there."""
        self._width = self.size.width or self.app.size.width
        office = self.office
        table = self.table
        self._keep_marks()
        page = self._records[self._page * PAGE : (self._page + 1) * PAGE]
        shown = listing.columns(self.register, self._width)
        self._why = listing.reasons(office)
        self._count()
        rows = [
            listing.row(
                self.register, record, shown, office, self._why, gone=record.ref in self._kept
            )
            for record in page
        ]
        table.empty = self.empty_words()
        self._filling = True
        with self.app.batch_update():
            table.show_header = True
            table.set_columns(listing.cols(shown, self._width), self._width)
            table.fill(rows)
            table.marked = {row.ref for row in rows if row.ref in self._marked}
            if ref:
                places = {row.ref: place for place, row in enumerate(rows)}
                table.move_cursor(row=places.get(ref, 0))
                table.adrift = False
            self._tell()
            self.tell_keys()
        self._filling = False

    def _count(self) -> None:
        """What is told of all records: not again for another page, or a mark."""
        minute = self.office.local.isoformat(timespec="minutes")
        if minute != self._counted:
            self._counted = minute
            self._counts = self.count_words()

    def row_picked(self, table: BlockTable) -> None:
        """Also says why the row is flagged."""
        if self._filling:
            return
        super().row_picked(table)
        row = self.table.current
        why = self._why.get(row.ref) if row is not None and table.has_focus else None
        if why is not None and not self.shell.reminder:
            self.say(f"{glyphs().attention} {why}")
        else:  # what begins in a few minutes goes first
            self.remind(f"{glyphs().attention} {why}" if why is not None else "")

    def _tell(self) -> None:
        """The title line: the place, what is listed, how many, how many marked."""
        tell_header(self)
        pieces: list[Piece] = [(" ", ""), (self.title_words(), "strong")]
        count = len(self._records)
        pieces.append(("  " + ngettext("{n} record", "{n} records", count).format(n=count), ""))
        if self.order_words():
            pieces.append(("  " + self.order_words(), "dim"))
        marked = len(self._marked | self.table.marked)
        if marked:
            pieces.append(("  " + _("{n} marked").format(n=marked), "warn"))
        right: tuple[Piece, ...] = ()
        if count > PAGE:
            first = self._page * PAGE + 1
            words = _("{first}-{last} of {n}, PgDn goes on").format(
                first=first, last=min(first + PAGE - 1, count), n=count
            )
            right = ((words, "dim"), (" ", ""))
        elif words := self.key_words():
            right = ((words, "dim"), (" ", ""))
        room = self._width - sum(cell_width(text) for text, _style in (*pieces, *right)) - 4
        told = narrowing.as_many_as_fit(self._counts, room)
        if told:
            pieces.append(("  " + told, "dim"))
        self.query_one("#list-title", TextLine).show(*pieces, right=right)

    # What is selected

    def _keep_marks(self) -> None:
        on_page = {row.ref for row in self.table.lines}
        self._marked = (self._marked - on_page) | self.table.marked

    def marks(self) -> list[str]:
        """The marked records, also those of other pages."""
        marked = self._marked | self.table.marked
        if not marked:
            return []
        return [ref for record in self._records if (ref := record.ref) in marked]

    def selected(self) -> list[Record]:
        """The marked records of all pages, else the one under the cursor."""
        self._keep_marks()
        row = self.table.current
        refs = self._marked or ({row.ref} if row is not None else set())
        return [record for record in self._records if record.ref in refs]

    def clear_marks(self) -> None:
        """Mark nothing any more."""
        self._marked = set()
        self.table.clear_marks()
        self._tell()
        self.tell_keys()

    def action_menu(self) -> None:
        """The menu of what is selected; of an empty list, what always works."""
        flows.open_menu(self.shell, self.selected(), self.suggested_step())

    def action_mark(self) -> None:
        """Mark the row, or take the mark away."""
        self.table.toggle_mark()
        self._keep_marks()
        self._tell()
        self.tell_keys()

    def action_mark_all(self) -> None:
        """Mark everything listed, on all pages; with everything marked, nothing any more."""
        every = {record.ref for record in self._records}
        if every <= self._marked | self.table.marked:
            self.clear_marks()
            return
        self._marked = every
        self.table.mark(every)
        self._tell()
        self.tell_keys()

    def action_open(self) -> None:
        """The detail of the record under the cursor."""
        row: Row | None = self.table.current
        if row is not None:
            flows.open_record(self.shell, row.ref)

    # Pages

    def on_block_table_edge(self, event: BlockTable.Edge) -> None:
        event.stop()
        page = self._page + event.direction
        if 0 <= page <= max(0, (len(self._records) - 1) // PAGE) and page != self._page:
            self._keep_marks()
            self._page = page
            first = self._page * PAGE
            last = min(first + PAGE, len(self._records)) - 1
            self._show(self._records[first if event.direction > 0 else last].ref)

    def _go_to_record(self, place: int) -> None:
        if not self._records:
            self._show()
            return
        self._page = place // PAGE
        self._show(self._records[place].ref)

    def show_record(self, ref: str) -> None:
        """The cursor to a record, if it is listed."""
        refs = [record.ref for record in self._records]
        if ref in refs:
            self._go_to_record(refs.index(ref))
