"""The week of the meetings: each day with what is held on it, where, how ready, what collides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from textual import events, work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from officetui.office import clashes
from officetui.office.past_week import PastWeek, past_week
from officetui.office.tables import BY_ID, MEETINGS, Record, UnknownYear, meetings
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import due_words, listed, weekday_short
from officetui.ui import actions, flows, listing
from officetui.ui.heading import tell_header
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

if TYPE_CHECKING:
    from officetui.office.clashes import Clash

_DAY: Final = "day:"
_WIDE: Final = 100  # from here on also who is in the chair, and the state
_WEEK: Final = timedelta(days=7)
_NOTHING: Final = PastWeek([], {}, {})


class WeekScreen(BaseScreen):
    """A row for each meeting, at least one for each day; the cursor is on a meeting, whose steps
    have their letters. One of several days stands on each of them."""

    WHERE = actions.WEEK
    CSS_PATH = styles_dir() / "register.tcss"

    class Read(Message):
        """A worker has read what the books hold of a week."""

        def __init__(self, first: date, found: PastWeek) -> None:
            super().__init__()
            self.first = first
            self.found = found

    def __init__(self, day: date, ref: str = "") -> None:
        """The week of a day, the cursor on a meeting of it."""
        super().__init__()
        self.day = day
        self._ref = ref
        self._why: dict[str, str] = {}  # what is wrong with a meeting, for the status line
        self._past: tuple[date, PastWeek] | None = None  # what the books hold of a week

    def compose_body(self) -> Iterable[Widget]:
        yield TextLine(id="list-title")
        yield BlockTable(id="list-table", gap=1)

    def on_mount(self) -> None:
        self.show_day(self.day, self._ref)
        self.set_focus(self.query_one(BlockTable))
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        self._show()
        self.call_after_refresh(self.tell_keys)

    def records_changed(self, refs: set[str]) -> None:
        if any(ref.partition("/")[0].partition(".")[0] in _SHOWN for ref in refs):
            self._show()
            self._ask_books()

    # What is shown

    @property
    def first(self) -> date:
        """The Monday."""
        return self.day - timedelta(days=self.day.weekday())

    def _found(self) -> list[tuple[datetime, datetime, Record]]:
        """The meetings that touch the week, by their hours."""
        begins = datetime.combine(self.first, time.min)
        known: dict[str, Record] = {one.ref: one for one in self.office.records("meetings")}
        for one in self._filed.meetings:
            known.setdefault(one.ref, one)
        found = []
        for record in known.values():
            hours = meetings.span(record)
            if hours is not None and hours[0] < begins + _WEEK and hours[1] > begins:
                found.append((*hours, record))
        return sorted(found, key=lambda one: (one[0], one[1], one[2].ref))

    # What is long over is in the books, which a worker reads

    @property
    def _is_past(self) -> bool:
        return datetime.combine(self.first, time.min) + _WEEK < self.office.local

    @property
    def _filed(self) -> PastWeek:
        """What was read of the week that is shown."""
        if self._past is not None and self._past[0] == self.first:
            return self._past[1]
        return _NOTHING

    def _ask_books(self) -> None:
        if self._is_past:
            self._read_books(self.first)

    @work(thread=True, exclusive=True, group="week", exit_on_error=False)
    def _read_books(self, first: date) -> None:
        worker = get_current_worker()
        found = past_week(self.office, first)
        if not worker.is_cancelled:
            self.post_message(self.Read(first, found))

    def on_week_screen_read(self, message: Read) -> None:
        message.stop()
        if message.first != self.first:
            return
        known = self._past is not None and self._past[0] == self.first
        self._past = (message.first, message.found)
        self._show()
        if not known:
            self._place()

    def _show(self) -> None:
        office, begins = self.office, datetime.combine(self.first, time.min)
        found = self._found()
        colliding: dict[str, list[Clash]] = {}
        for clash in clashes.among(office, begins, begins + _WEEK):
            for side in (clash.first, clash.second):
                if side is not None and side.register == "meetings":
                    colliding.setdefault(side.ref, []).append(clash)
        width = self.size.width or self.app.size.width
        table = self.query_one(BlockTable)
        table.set_columns(_columns(width), width)
        rows: list[Row] = []
        why = listing.reasons(office)
        self._why = {
            ref: pgettext("clashes", "; ").join(clash.words(_side(clash, ref)) for clash in some)
            for ref, some in colliding.items()
        }
        self._why = dict(why) | self._why
        for n in range(7):
            day = self.first + timedelta(days=n)
            since = datetime.combine(day, time.min)
            held = [r for a, b, r in found if a < since + timedelta(days=1) and b > since]
            if not held:
                rows.append(Row(f"{_DAY}{day}", (self._label(day), "-"), False, self._look(day)))
            for place, record in enumerate(held):
                mark = record.ref in why and record.state not in MEETINGS.finished
                rows.append(self._row(record, day, not place, width, colliding, mark))
        table.fill(rows)
        self._tell(len(found), len([1 for _a, _b, one in found if one.ref in colliding]))

    def _label(self, day: date) -> str:
        wide = (self.size.width or self.app.size.width) >= _WIDE
        return f"{day:%m-%d} {weekday_short(day)}" if wide else f"{day:%d} {weekday_short(day)}"

    def _look(self, day: date) -> tuple[tuple[int, str], ...]:
        """Today stands out, and the days on which nobody works."""
        if day == self.office.today:
            return ((0, "title"),)
        try:
            rests = not self.office.calendar.is_workday(day)
        except UnknownYear:
            rests = False
        return ((0, "warn"),) if rests else ()

    def _row(
        self,
        record: Record,
        day: date,
        first: bool,
        width: int,
        colliding: dict[str, list[Clash]],
        mark: bool,
    ) -> Row:
        office, found = self.office, colliding.get(record.ref, [])
        filed = self._filed
        done = filed.prepared.get(record.ref) or meetings.prepared(record, office)
        asked = filed.answered.get(record.ref) or meetings.answered(record, office)
        told = [_said(clash, record, day) for clash in found]
        if self._names_due(record):
            told.append(self._names_due(record))
        cells = [
            self._label(day) if first else "",
            meetings.hours_words(record, day),
            record.text("title"),
            record.text("room"),
            _of(done),
            _of(asked),
            pgettext("clashes", "; ").join(told),
        ]
        if width >= _WIDE:
            cells[4:4] = [record.text("host"), MEETINGS.state_words(record)]
        styles = list(self._look(day)) if first else []
        if record.state in MEETINGS.finished:
            styles += [(place, "dim") for place in range(1, len(cells))]
            if record.state == "cancelled" and width < _WIDE:
                cells[2] = f"[{MEETINGS.state_words(record)}] {cells[2]}"
        elif found:
            styles.append((len(cells) - 1, "alert"))
        return Row(record.ref, tuple(cells), mark or bool(found), tuple(styles), (record.ref,))

    def _names_due(self, record: Record) -> str:
        """By when names are asked for that were not given yet."""
        due = self.office.calendar.deadline(record.get("rsvp_due"))
        if due is None or record.get("rsvp_sent_at") or record.state in MEETINGS.finished:
            return ""
        return _("names due {when}").format(when=due_words(due, self.office.local))

    def _tell(self, count: int, clashing: int) -> None:
        last = self.first + timedelta(days=6)
        title = _("{digit} {register}  week {n}, {first} to {last}").format(
            digit=MEETINGS.digit,
            register=BY_ID["meetings"].name(),
            n=self.first.isocalendar().week,
            first=f"{self.first:%Y-%m-%d}",
            last=f"{last:%m-%d}",
        )
        said = ngettext("{n} meeting", "{n} meetings", count).format(n=count)
        if self._is_past and self._filed is _NOTHING:
            said = _("reading the books")
        warned = ngettext("{n} clashes", "{n} clash", clashing).format(n=clashing)
        self.query_one("#list-title", TextLine).show(
            (" ", ""),
            (title, "strong"),
            (f"  {said}", ""),
            (f"  {warned}" if clashing else "", "alert"),
            right=((_("[ ] week  g date  Esc list"), "dim"), (" ", "")),
        )
        tell_header(self)
        self.tell_keys()

    def row_picked(self, table: BlockTable) -> None:
        """Also says what the meeting under the cursor collides with, or lacks."""
        super().row_picked(table)
        row = table.current
        ref = row.ref.rstrip("+") if row is not None else ""
        if table.has_focus and ref in self._why:
            self.say(f"{glyphs().attention} {self._why[ref]}")

    # Moving about and acting

    def show_day(self, day: date, ref: str = "") -> None:
        """The week of a day, the cursor on it, or on a meeting."""
        self.day, self._ref = day, ref
        self._show()
        self._place()
        self._ask_books()

    def _place(self) -> None:
        """The cursor on the meeting, or on the first row of the day."""
        table, ref = self.query_one(BlockTable), self._ref
        label, wanted = self._label(self.day), 0
        for place, row in enumerate(table.lines):
            if row.ref == ref:
                wanted = place
                break
            if row.cells[0] == label and not wanted:
                wanted = place
        table.move_cursor(row=wanted)
        table.adrift = False

    def action_day(self, days: int) -> None:
        """The week before or after, the cursor on the same weekday."""
        self.show_day(self.day + timedelta(days=7 * days))

    def action_month(self) -> None:
        """Back to the list."""
        self.action_back()

    def action_open(self) -> None:
        """The meeting under the cursor."""
        for ref in self.selected_refs()[:1]:
            flows.open_record(self.shell, ref)

    def selected_refs(self) -> list[str]:
        return [ref for ref in super().selected_refs() if not ref.startswith(_DAY)]

    def marks(self) -> list[str]:
        return [ref for ref in super().marks() if not ref.startswith(_DAY)]

    def has_days(self) -> bool:
        return False

    def more_keys(self) -> list[tuple[str, str]]:
        before, after = (actions.shown_key(actions.BY_ID[f"day.{w}"]) for w in ("before", "after"))
        return [(before, _("week before")), (after, _("week after"))]

    def add_register(self) -> str | None:
        return "meetings"


_SHOWN: Final = ("meetings", "schedule", "errands", "duty", "people", "settings")


def _columns(width: int) -> list[Col]:
    narrow = width < _WIDE
    middle = () if narrow else (Col(_("Host"), 8), Col(_("State"), 8))
    return [
        Col(_("Date"), 7 if narrow else 10),
        Col(_("Hours"), 11),
        Col(pgettext("meeting", "Title"), grow=True),
        Col(_("Room"), 10 if narrow else 12),
        *middle,
        Col(pgettext("column", "Ready"), 5),
        Col(_("Answers"), 5),
        Col(_("Clash"), 15 if narrow else 26),
    ]


def _of(pair: tuple[int, int]) -> str:
    """5/8; nothing where there is nothing to count."""
    return f"{pair[0]}/{pair[1]}" if pair[1] else ""


def _side(clash: Clash, ref: str) -> Record | None:
    return clash.first if clash.first.ref == ref else clash.second


def _said(clash: Clash, record: Record, day: date) -> str:
    """With what it collides, in few words: the other side's hour and what both need."""
    side = _side(clash, record.ref)
    other = clash.other(side)
    if other is None or other.register == "duty":
        return clash.words(side)
    by = listed(_("room") if name == record.text("room") else name for name in clash.by)
    when = clashes.when(other, day) or clashes.named(other)
    return pgettext("clash", "clashes with {when}: {by}").format(when=when, by=by)
