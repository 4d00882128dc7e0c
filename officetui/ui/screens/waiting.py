"""What waits on whom: people with all that is open in their hands, and for how long.

Nobody's first, because nobody will do it. A person is one line that can be unfolded; what is long
overdue stays one line there too. As many are unfolded at first as leave everybody in sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual import events
from textual.app import ComposeResult

from officetui.office.tables import Record
from officetui.office.waiting import Held, Matter, waiting
from officetui.report.waiting import (
    deadline_words,
    head_words,
    matter_words,
    tried_words,
)
from officetui.text.i18n import _, ngettext, pgettext
from officetui.ui import actions, flows, urging
from officetui.ui.heading import tell_header
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import Piece, TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

_HEAD: Final = "head:"
_OLD: Final = "old:"
_AROUND: Final = 5  # lines of the screen that are not rows of the list
_WIDE: Final = 100
_FEW: Final = 2  # so many long overdue matters are one line


class WaitingScreen(BaseScreen):
    """Everything open by who holds it; urged, reassigned or agreed upon together."""

    WHERE = actions.WAITING
    CSS_PATH = styles_dir() / "register.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._held: list[Held] = []
        self._unfolded: set[str] = set()
        self._everybody = False  # was unfolded: so is who comes in
        self._stale = False

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        yield BlockTable(id="list-table")

    @property
    def table(self) -> BlockTable:
        """The list."""
        return self.query_one(BlockTable)

    def on_mount(self) -> None:
        self._held = waiting(self.office)
        self._unfold_what_fits()
        self._show()
        self.table.focus()
        self.tick_each_minute()

    def _unfold_what_fits(self) -> None:
        """From the first person on, as long as everybody's line stays in sight."""
        room = self.app.size.height - _AROUND - len(self._held)
        for one in self._held:
            head = _HEAD + one.person
            room -= sum(1 for _row in _rows(self, one, {head})) - 1
            if room < 0:
                break
            self._unfolded.add(head)
        self._everybody = len(self._unfolded) == len(self._held)

    def on_resize(self, event: events.Resize) -> None:
        if self._held:
            self._show()
        self.call_after_refresh(self.tell_keys)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._stale:
            self._read()
        else:
            tell_header(self)

    def records_changed(self, refs: set[str]) -> None:
        """Something was done: it may be in other hands, or in nobody's."""
        self._stale = True
        if self.is_current:
            self._read()

    def came_home(self) -> None:
        """The key of the place, pressed here, reads the list anew."""
        self._read()

    def _tick_header(self) -> None:
        super()._tick_header()
        if self.is_current:
            self._read()  # a deadline may have passed

    def _read(self) -> None:
        self._stale = False
        before = {one.person for one in self._held}
        self._held = waiting(self.office)
        if self._everybody:
            self._unfolded |= {_HEAD + one.person for one in self._held} - {
                _HEAD + name for name in before
            }
        self._show()

    # Showing

    def _show(self) -> None:
        tell_header(self)
        table = self.table
        width = self.size.width or self.app.size.width
        table.empty = _("Nothing is open: nobody needs to be asked for anything.")
        with self.app.batch_update():
            table.show_header = True
            table.set_columns(_columns(width), width)
            table.fill([row for one in self._held for row in _rows(self, one, self._unfolded)])
            self._tell()
            self.tell_keys()

    def _tell(self) -> None:
        """The title line: how many with how many people, how many late, how many marked."""
        matters = [matter for one in self._held for matter in one.matters]
        people = sum(1 for one in self._held if one.person)
        words = _("8 Waiting on")
        pieces: list[Piece] = [(" ", ""), (words, "strong")]
        n = len(matters)
        said = ngettext("{n} open, held by {people}", "{n} open, held by {people}", n)
        pieces.append(("  " + said.format(n=n, people=people), ""))
        late = sum(1 for matter in matters if matter.passed)
        if late:
            pieces.append(("  " + pgettext("count", "{n} late").format(n=late), "alert"))
        marked = len(self.marks())
        if marked:
            pieces.append(("  " + _("{n} marked").format(n=marked), "warn"))
        right = ((_("Right/Left unfold, fold  0 all"), "dim"), (" ", ""))
        self.query_one("#list-title", TextLine).show(*pieces, right=right)

    # What the cursor is on

    def _current(self) -> tuple[Held, Row] | None:
        row = self.table.current
        if row is None:
            return None
        for one in self._held:
            named = (_HEAD + one.person, _OLD + one.person)
            if row.ref in named or row.ref in one.refs:
                return one, row
        return None

    def suggested_step(self) -> str:
        return urging.URGE

    def has_days(self) -> bool:
        return False

    def marks(self) -> list[str]:
        """The marked records, each once: a person's mark is one of all that they hold."""
        return list(dict.fromkeys(super().marks()))

    def clear_marks(self) -> None:
        super().clear_marks()
        self._tell()

    def action_mark(self) -> None:
        """Mark the matter, or all of a person."""
        super().action_mark()
        self._tell()

    # Acting

    def on_key(self, event: events.Key) -> None:
        """The letter that urges means all that is selected, of whatever register it is."""
        records = self.selected() if event.character == urging.letter() else []
        if len(records) > 1 and not self.table.adrift:
            event.stop()
            event.prevent_default()
            urging.urge(self.shell, records)
            return
        super().on_key(event)

    def action_menu(self) -> None:
        """What can be done: of one matter its own menu, of several what fits all of them."""
        records = self.selected()
        if not records:
            self.say(_("Nothing is selected: press a to record something."))
        elif len(records) == 1 and (self.marks() or not self._on_head()):
            flows.open_menu(self.shell, records, self.suggested_step())
        else:
            current = self._current()
            held = current[0] if current is not None else None
            suggested = "" if self.marks() or held is None or not held.away else "assign"
            urging.open_group(self.shell, records, self._title_of(records, held), suggested)

    def _title_of(self, records: list[Record], held: Held | None) -> str:
        if self.marks():
            return _("{n} marked").format(n=len(records))
        if held is None:
            return ""
        words = [held.person or _("nobody"), held.unit, *head_words(self.office, held)]
        return "  ".join(word for word in words if word)

    def _on_head(self) -> bool:
        row = self.table.current
        return row is not None and row.ref.startswith(_HEAD)

    def idle_keys(self) -> tuple[str, ...]:
        return () if self._held else ("waiting.open", "waiting.all", "record.menu")

    def action_open(self) -> None:
        """Unfold the person's line, then into it; of a matter, all about it."""
        current = self._current()
        if current is None:
            return
        _held, row = current
        if row.ref in self._unfolded:
            self.table.action_cursor_down()
        elif row.ref.startswith((_HEAD, _OLD)):
            self._unfolded.add(row.ref)
            self._show()
        else:
            flows.open_record(self.shell, row.ref)

    def action_fold(self) -> None:
        """Fold what the cursor is in, and go to its line."""
        current = self._current()
        if current is None:
            return
        held, row = current
        old = _OLD + held.person
        inside = row.ref in {matter.ref for matter in held.old} and old in self._unfolded
        line = old if inside or (row.ref == old and old in self._unfolded) else _HEAD + held.person
        self._unfolded.discard(line)
        if line.startswith(_HEAD):
            self._unfolded.discard(old)
        self._show()
        places = {shown.ref: place for place, shown in enumerate(self.table.lines)}
        self.table.move_cursor(row=places.get(line, 0))
        self.table.adrift = False

    def action_fold_all(self) -> None:
        """Unfold everybody; fold them when they are."""
        every = {_HEAD + one.person for one in self._held}
        self._everybody = not every <= self._unfolded
        self._unfolded = every if self._everybody else set()
        current = self._current()
        self._show()
        if current is not None and not self._unfolded:
            places = {shown.ref: place for place, shown in enumerate(self.table.lines)}
            self.table.move_cursor(row=places.get(_HEAD + current[0].person, 0))
            self.table.adrift = False


def _columns(width: int) -> list[Col]:
    """Who or which, what, what it waits for, how long held, by when, what was tried."""
    wide = width >= _WIDE
    return [
        Col(_("Held by"), 10),
        Col(pgettext("waiting", "What"), grow=True),
        Col(_("Next step"), 10 if wide else 9),
        Col(pgettext("waiting", "Held"), 7),
        Col(_("Due"), 12),
        Col(pgettext("waiting", "Urgings"), 30 if wide else 13),
    ]


def _rows(screen: WaitingScreen, held: Held, unfolded: set[str]) -> Iterator[Row]:
    """The line of a person, and below it what they hold, when it is unfolded."""
    office = screen.office
    _count, longest, oldest, tried = head_words(office, held)
    head = _HEAD + held.person
    styles = [(0, "alert" if not held.person else "title"), (1, "title")]
    if held.away:
        styles.append((5, "alert"))
    if held.oldest:
        styles.append((4, "alert"))
    n = len(held.matters)
    late = pgettext("count", "{n} late").format(n=held.late) if held.late else ""
    items = ngettext("{n} item", "{n} items", n).format(n=n)
    what = f"{items}  {held.unit}" if held.unit else items
    yield Row(
        head,
        (held.person or _("nobody"), what, late, longest, oldest, tried),
        mark=held.mark,
        styles=tuple(styles),
        refs=held.refs,
    )
    if head not in unfolded:
        return
    old = held.old
    together = len(old) >= _FEW and len(old) < len(held.matters)
    if together:
        yield _old_row(screen, held, old)
    for one in held.matters:
        if not together or not one.old or _OLD + held.person in unfolded:
            yield _matter_row(screen, one)


def _old_row(screen: WaitingScreen, held: Held, old: tuple[Matter, ...]) -> Row:
    """What is long overdue, in one line."""
    words = ngettext("{n} long overdue", "{n} long overdue", len(old)).format(n=len(old))
    names = pgettext("list", ", ").join(one.badge for one in old)
    worst = max(old, key=lambda one: one.late)
    tried = [tried_words(screen.office, one) for one in old if one.urged]
    cells = (
        "",
        f"{words}  {names}",
        "",
        "",
        deadline_words(screen.office, worst),
        tried[-1] if tried else _("not urged yet"),
    )
    refs = tuple(one.ref for one in old)
    return Row(_OLD + held.person, cells, True, ((4, "alert"),), refs)


def _matter_row(screen: WaitingScreen, one: Matter) -> Row:
    following, held, due, tried = matter_words(screen.office, one)
    title = f"{one.urgency} {one.title}" if one.urgency else one.title
    looks = [(0, "dim")]
    if one.passed:
        looks.append((4, "alert"))
    elif one.due is None:
        looks.append((4, "dim"))
    elif one.mark:
        looks.append((4, "warn"))
    return Row(
        one.ref,
        (f" {one.badge}", title, following, held, due, tried or "-"),
        mark=one.mark,
        styles=tuple(looks),
    )
