"""What people must still decide, and how the shared folder stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from textual import events, work
from textual.app import ComposeResult
from textual.message import Message

from officetui.office.conflicts import conflicts
from officetui.office.numbers import series_name
from officetui.office.runs import runs
from officetui.office.tables import Record
from officetui.report.numbers import reserved_text, spans_text
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible
from officetui.text.width import cell_width, clip, pad, wrap
from officetui.ui import actions, deciding, flows
from officetui.ui.deciding import Matter
from officetui.ui.heading import tell_header
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

LABEL: Final = 14  # cells of the first column
WHO: Final = 9
WHEN: Final = 14
DEVICE: Final = 9
_LINES: Final = 6  # of one value
_RANGES: Final = 12  # of missing numbers


class ConflictsScreen(BaseScreen):
    """Every cell with several values: who wrote which when on which device; Enter and a digit
    keep one."""

    WHERE = actions.CONFLICTS
    CSS_PATH = styles_dir() / "register.tcss"

    class Read(Message):
        """A worker has looked through desk and books. `missing`, `reserved`: series of official
        numbers, and what is told of each."""

        def __init__(
            self,
            matters: list[Matter],
            missing: list[tuple[str, str]],
            reserved: list[tuple[str, str]],
        ) -> None:
            super().__init__()
            self.matters = matters
            self.missing = missing
            self.reserved = reserved

    def __init__(self) -> None:
        super().__init__()
        self._matters: list[Matter] | None = None
        self._missing: list[tuple[str, str]] = []
        self._reserved: list[tuple[str, str]] = []
        self._stale = False

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        cols = (Col("", LABEL), Col("", grow=True))
        yield BlockTable(cols, id="list-table", empty=_("Being read ..."))

    @property
    def table(self) -> BlockTable:
        """The list."""
        return self.query_one(BlockTable)

    def on_mount(self) -> None:
        self._show()
        self.table.focus()
        self._read()
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        self._show()
        self.call_after_refresh(self.tell_keys)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._stale:
            self._read()
        self._show()

    def records_changed(self, refs: set[str]) -> None:
        """Something was decided, or came: look again."""
        self._stale = True
        if self.is_current:
            self._read()

    def sync_changed(self) -> None:
        """A round is over: what is said of the folder may be another thing."""
        if self.is_current:
            self._show()

    def _tick_header(self) -> None:
        super()._tick_header()
        if self.is_current:
            self._show()  # what is said of the folder grows old

    # Reading

    @work(thread=True, exclusive=True, group="conflicts-screen", exit_on_error=False)
    def _read(self) -> None:
        self._stale = False
        office = self.office
        found = deciding.matters(office, conflicts(office))
        missing, held = [], []
        for run in runs(office):
            if run.gaps:
                missing.append((series_name(run.series), spans_text(run.gaps, _RANGES)))
            held += [(series_name(run.series), reserved_text(one)) for one in run.reserved]
        self.post_message(self.Read(found, missing, held))

    def on_conflicts_screen_read(self, message: Read) -> None:
        message.stop()
        first = self._matters is None
        self._matters, self._missing = message.matters, message.missing
        self._reserved = message.reserved
        self.shell.decided(deciding.counted(message.matters))
        self._show()
        if first:
            self.table.move_cursor(row=0)

    # Showing

    def _show(self) -> None:
        tell_header(self)
        found = self._matters
        if found is None:
            said = _("being read")
        else:
            said = ngettext("{n} to decide", "{n} to decide", len(found)).format(n=len(found))
        self.query_one("#list-title", TextLine).show(
            (" ", ""),
            (_("What two people wrote at once"), "strong"),
            (f"  {said}", ""),
            right=((_("Enter and a digit keeps one  e writes another"), "dim"), (" ", "")),
        )
        width = self.size.width or self.app.size.width
        self.table.fill(self._rows(max(40, width - LABEL - 4)))
        self.tell_keys()

    def _rows(self, room: int) -> Iterator[Row]:
        if self._matters is None:
            return
        for matter in self._matters:
            yield from _matter_rows(self, matter, room)
        if not self._matters:
            words = _("Nothing to decide: no value was written by two people at once.")
            yield Row("head:none", ("", words), styles=((1, "dim"),))
        yield Row("head:folder", (_("Shared folder"), ""), styles=((0, "title"),))
        for number, sentence in enumerate(self._sentences()):
            for part, line in enumerate(wrap(visible(sentence, limit=600), room)):
                yield Row(f"folder:{number}.{part}", ("", line), styles=((1, ""),))
        words = _("numbers that nothing bears, between the first and the last of each series")
        yield from _series_rows("missing", _("Gaps"), words, self._missing, room)
        words = _("numbers for a device that may see no other")
        yield from _series_rows("reserved", _("Reserved"), words, self._reserved, room)

    def _sentences(self) -> Sequence[str]:
        from officetui.office import sync_words
        from officetui.office.sync import NONE, SyncStatus

        status = self.shell.sync_status() or SyncStatus(None, NONE)
        return sync_words.sentences(status, self.office.clock, self.office.local)

    # What the cursor is on

    def _current(self) -> tuple[Matter, str] | None:
        """The conflict under the cursor, and of a number the record."""
        row = self.table.current
        if row is None:
            return None
        key, _sep, place = row.ref.rpartition("|")
        for matter in self._matters or ():
            if matter.key == key:
                number = int(place.partition(".")[0] or 0) if place else 0
                return matter, matter.conflict.values[number].id if place else matter.record.id
        return None

    def selected(self) -> list[Record]:
        """No letter of a step acts here."""
        return []

    def has_days(self) -> bool:
        return False

    def action_menu(self) -> None:
        """Enter: the values by number."""
        current = self._current()
        if current is None:
            self.say(_("There is nothing to decide on this line."))
            return
        matter, bearer = current
        deciding.open_matter(self.shell, matter, bearer)

    def action_edit(self) -> None:
        """e: write another value."""
        current = self._current()
        if current is None:
            self.say(_("There is nothing to decide on this line."))
            return
        matter, bearer = current
        record = self.office.get(f"{matter.record.register}/{bearer}") if bearer else None
        shown = matter.record if record is None or record.id == matter.record.id else record
        deciding.edit(self.shell, matter, shown)

    def action_open(self) -> None:
        """The record of the line."""
        current = self._current()
        if current is not None:
            matter, bearer = current
            ref = f"{matter.record.register}/{bearer}" if bearer else matter.record.ref
            flows.open_record(self.shell, ref)


def _series_rows(
    key: str, heading: str, about: str, told: Sequence[tuple[str, str]], room: int
) -> Iterator[Row]:
    """What is told of series of official numbers, under a heading; nothing where nothing is."""
    if told:
        yield Row(f"head:{key}", (heading, about), styles=((0, "title"), (1, "dim")))
    for number, (name, text) in enumerate(told):
        beside = cell_width(name) < LABEL
        for part, line in enumerate(wrap(text if beside else f"{name}  {text}", room)):
            yield Row(f"{key}:{number}.{part}", (name if beside and not part else "", line))


def _matter_rows(screen: ConflictsScreen, matter: Matter, room: int) -> Iterator[Row]:
    office, conflict = screen.office, matter.conflict
    words = deciding.title(office, matter.record)
    if conflict.kind == "number":
        number = visible(str(conflict.values[0].value), limit=20)
        words = _("number {n}, {count} times").format(n=number, count=len(conflict.values))
    elif conflict.kind == "deleted":
        words = _("{title}: written into while it was put into the trash").format(title=words)
    yield Row(
        f"{matter.key}|",
        (deciding.cell_words(conflict), words),
        True,
        ((0, "alert"), (1, "title")),
    )
    wide = max(12, room - WHO - WHEN - DEVICE)
    for place, value in enumerate(conflict.values):
        who = pad(clip(deciding.who_words(value), WHO - 1), WHO)
        when = pad(clip(deciding.when_words(office, value), WHEN - 1), WHEN)
        lines = wrap(deciding.value_words(office, matter, value), wide - 2)[:_LINES] or [""]
        for part, line in enumerate(lines):
            tail = f"{who}{when}{value.writer}" if not part else ""
            label = "" if part else f"{place + 1:>4}"
            yield Row(f"{matter.key}|{place}.{part}", (label, pad(line, wide) + tail))
