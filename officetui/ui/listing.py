"""Which records a register's list shows, in which order, and how a row of it reads."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from officetui.office.tables import BY_ID, Column, Record, Register, workflow
from officetui.text.i18n import N_, P_, _, pgettext
from officetui.text.width import cell_width
from officetui.text.words import day_words, due_words, full_date_words, month_words, weekday_short
from officetui.ui.widgets.table import BlockTable, Col, Row

if TYPE_CHECKING:
    from officetui.office.office import Office

Kind = Literal["open", "day", "month", "year", "all"]
PAGE: Final = 300  # rows a table holds at a time
_MIDDLE: Final = 100  # columns of rank 2 from this width on
_WIDE: Final = 140


def _state(record: Record, view: object) -> str:
    return BY_ID[record.register].next_words(record)


# What a list of records of several registers shows of each.
MIXED: Final = Register(
    id="",
    label=N_("Several registers"),
    fields=(),
    due="due",
    columns=(
        Column("register", P_("table", "Register"), 8, lambda r, v: BY_ID[r.register].name()),
        Column("title", N_("Title"), 24, lambda r, v: BY_ID[r.register].title(r), grow=True),
        Column("state", N_("Next step"), 10, _state),
        Column("owner", N_("Owner"), 8, lambda r, v: r.text("owner")),
        Column("due", N_("Due"), 11, lambda r, v: r.text("due").replace("T", " ")[5:16]),
    ),
)


class Period(msgspec.Struct, frozen=True):
    """What is listed: everything open, or what belongs to one day, month or year."""

    kind: Kind
    day: date

    def words(self, today: date) -> str:
        """As the title says it."""
        if self.kind == "open":
            return pgettext("list", "open")
        if self.kind == "day":
            near = day_words(self.day, today)
            return (
                f"{full_date_words(self.day)} {near}"
                if abs((self.day - today).days) < 2
                else (full_date_words(self.day))
            )
        if self.kind == "month":
            return month_words(self.day)
        return (
            _("{year}, all").format(year=self.day.year)
            if self.kind == "year"
            else pgettext("list", "all")
        )


def usual(register: Register, today: date) -> Period:
    """What a register shows at first: a roster its month, what has no day everything."""
    if not register.day:
        return Period("all", today)
    return Period("month" if register.passes else "open", today)


def next_period(register: Register, period: Period, today: date) -> Period:
    """The next width of the list: open, this month, this year, and round again."""
    if not register.day:
        return usual(register, today)
    order: list[Kind] = ["month", "year"] if register.passes else ["open", "month", "year"]
    place = order.index(period.kind) if period.kind in order else -1
    return Period(order[(place + 1) % len(order)], period.day)


def step_day(period: Period, by: int, today: date) -> Period:
    """One day on or back; from a year one year, from everything open to yesterday or tomorrow."""
    if period.kind == "year":
        year = min(max(period.day.year + by, 1), 9998)
        return Period("year", date(year, 1, 1))
    day = today if period.kind == "open" else period.day
    return Period("day", day + timedelta(days=by))


def step_month(day: date, by: int) -> date:
    """The first of the next month, or the last of the month before."""
    if by > 0:
        return day.replace(day=monthrange(day.year, day.month)[1]) + timedelta(days=1)
    return day.replace(day=1) - timedelta(days=1)


def records(office: Office, register: Register, period: Period) -> list[Record]:
    """The records of a period in the order of the list."""
    if register.id == "settings":
        from officetui.ui import settings

        return settings.every(office)
    if not register.day:
        found = office.list(register.id)
        return sorted(found, key=lambda r: (_rank(r), r.text("unit"), r.text("name")))
    if period.kind == "open":
        found = office.list(register.id, open=True)
        if register.due:
            found.sort(key=lambda r: (deadline(register, r, office), r.text(register.day)))
        return found
    found = office.list(register.id, year=period.day.year)
    if register.planned and not register.passes and period.kind in ("day", "month"):
        # what is planned for January was written down in December
        found = [*office.list(register.id, year=period.day.year - 1), *found]
    if period.kind in ("day", "month"):
        head = period.day.isoformat()[: 10 if period.kind == "day" else 7]
        if register.until:
            last = period.day
            if period.kind == "month":
                last = last.replace(day=monthrange(last.year, last.month)[1])
            first = date.fromisoformat(f"{head}-01"[:10])
            found = [record for record in found if register.listed_on(record, first, last)]
        else:
            found = [record for record in found if record.text(register.day).startswith(head)]
    if register.passes:
        lines = {str(line["id"]): n for n, line in enumerate(office.setting("duty_lines"))}
        found.sort(
            key=lambda r: (r.text(register.day), lines.get(r.text("line"), 9), r.text("seat"))
        )
    elif register.due:
        found.reverse()  # the newest paper first
    return found


def deadline(register: Register, record: Record, office: Office) -> datetime:
    """The naive local moment by which it must be done, as Today counts it; the last moment there
    is without one."""
    cell = register.deadline_cell(record)
    return (office.calendar.deadline(record.get(cell)) if cell else None) or datetime.max


def _rank(record: Record) -> int:
    rank = record.whole("rank")
    return rank if rank is not None else 1_000_000


def columns(register: Register, width: int) -> list[Column]:
    """The columns that a screen of that width shows."""
    rank = 3 if width >= _WIDE else 2 if width >= _MIDDLE else 1
    room = width - BlockTable.GUTTER
    chosen = [column for column in register.columns if column.rank == 1]
    room -= sum(column.width + 1 for column in chosen)
    for column in register.columns:
        # A column more must not cost the growing one its own width.
        if 1 < column.rank <= rank and column.width + 1 <= room:
            room -= column.width + 1
            chosen.append(column)
    return [column for column in register.columns if column in chosen]


def cols(shown: list[Column], width: int) -> list[Col]:
    """Their headings and widths; a heading gets its room where there is some to spare."""
    fixed = sum(column.width for column in shown)
    spare = width - BlockTable.GUTTER - fixed - (len(shown) - 1)
    found = []
    for column in shown:
        label = _(column.label)
        more = 0 if column.grow else max(0, min(cell_width(label) - column.width, spare))
        spare -= more
        found.append(Col(label, 0 if column.grow else column.width + more, grow=column.grow))
    if not any(column.grow for column in shown) and found:
        last = found[-1]
        found[-1] = Col(last.label, last.width, grow=True)
    return found


_TIMED: Final = ("due", "overdue", "unanswered", "names_due", "not_ready")


def reasons(office: Office) -> dict[str, str]:
    """The records that need someone, each with the reason: by the same rules as on Today. Worked
    out once a minute, and after a change."""
    known: dict[str, dict[str, str]] = office.memo("reasons", tuple(BY_ID), dict)
    minute = office.local.isoformat(timespec="minutes")
    if minute not in known:
        known.clear()
        known[minute] = _reasons(office)
    return known[minute]


def _reasons(office: Office) -> dict[str, str]:
    from officetui.office.look import Glance
    from officetui.office.triage import attention

    found: dict[str, str] = {}
    with office.lock:
        look = Glance(office, office.now)
        items = attention(look)
    for item in items:
        at = due_words(item.at, look.local) if item.at and item.kind in _TIMED else ""
        words = "  ".join(part for part in (item.word, at, item.text) if part)
        for ref in item.refs:
            found.setdefault(ref, words)
    for ref, words in _tomorrow(office):
        found.setdefault(ref, words)
    return found


def _tomorrow(office: Office) -> Iterator[tuple[str, str]]:
    """Who is on duty tomorrow and is on leave, or has not been told when the office's hour for
    telling has passed."""
    from officetui.office.tables import away_until, is_red

    for record in office.records("duty"):
        day = record.day("date")
        if day is None or day < office.today:
            continue
        person = office.person(record.text("person"))
        away = away_until(person, day) if person is not None else ""
        if away:
            words = _("{name} is on leave until {date}: someone else must take this turn")
            yield record.ref, words.format(name=record.text("person"), date=away[5:])
        elif day > office.today and is_red(record, office):
            yield record.ref, _("on duty tomorrow and not confirmed")


def row(
    register: Register,
    record: Record,
    shown: list[Column],
    office: Office,
    wanted: Container[str],
    gone: bool = False,
) -> Row:
    """A record as a row; `wanted` are the refs that need someone; `gone`: it was acted on and
    belongs to the list no longer."""
    cells = tuple(_cell(register, column, record, office) for column in shown)
    styles: list[tuple[int, str]] = []
    if record.conflicted and not gone:
        # Whatever else the row is flagged for: what it shows may not be what stands in the end.
        place = next((n for n, column in enumerate(shown) if column.grow), 0)
        text = "[{mark}] {text}".format(mark=pgettext("mark", "2 values"), text=cells[place])
        cells = (*cells[:place], text, *cells[place + 1 :])
        styles.append((place, "alert"))
    elif workflow.unapproved(record):
        place = next((n for n, column in enumerate(shown) if column.grow), 0)
        text = "[{mark}] {text}".format(mark=pgettext("mark", "to approve"), text=cells[place])
        cells = (*cells[:place], text, *cells[place + 1 :])
        styles.append((place, "alert"))
    late = _late(register, record, office)
    for number, column in enumerate(shown):
        pressing = column.id == "urgency" and record.text("urgency") in ("特急", "特提")
        if pressing or (column.id == "due" and late):
            styles.append((number, "alert"))
        if column.look is not None:
            styles.append((number, column.look(record, office)))
    finished = record.state in register.finished or gone or record.trashed
    if finished:
        styles = [(number, "dim") for number in range(len(shown))]
    mark = record.ref in wanted and (not finished or bool(workflow.unapproved(record)))
    return Row(record.ref, cells, mark, tuple(styles))


def _cell(register: Register, column: Column, record: Record, office: Office) -> str:
    """A cell's text; the day of a roster with its weekday, which is what rosters are read by."""
    if record.trashed and column.id in ("state", "next"):
        return _("in the trash")
    if register.numbering is not None and column.id in ("no", register.numbering.field):
        return column.read(record, office) or _number_to_come(record, office)
    if register.passes and column.id == register.day:
        day = record.day(register.day)
        if day is not None:
            return f"{day:%m-%d} {weekday_short(day)}"
    return column.read(record, office)


def _number_to_come(record: Record, office: Office) -> str:
    """What stands in the place of a number that another device will give."""
    from officetui.office.numbers import to_come

    return to_come(office, record)


def _late(register: Register, record: Record, office: Office) -> bool:
    return record.state not in register.finished and (
        deadline(register, record, office) < office.local
    )


def empty(register: Register, period: Period) -> str:
    """What an empty list says: what to press, and how to bring what there is; in 78 cells."""
    if period.kind == "open":
        return _("Nothing open. Press a to record, 0 for finished ones, or officetui import FILE")
    if period.kind in ("day", "month", "year"):
        return _("Nothing here. Press a to record, Esc for all, or officetui import FILE")
    return _("Nothing here yet. Press a to record something, or: officetui import FILE")


def title(register: Register, period: Period, today: date) -> str:
    """2 Duty: November 2026."""
    digit = f"{register.digit} " if register.digit else ""
    if period.kind == "all":
        return f"{digit}{register.name()}"
    return f"{digit}{register.name()}  {period.words(today)}"
