"""The board as rows of tables: which words stand in which column, and what all blocks share.

Meetings, errands, follow-ups and whereabouts have modules of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import structs

from officetui.office.board import Attention, Board
from officetui.office.tables import BY_ID
from officetui.text.i18n import _, ngettext
from officetui.text.width import cell_width, clip
from officetui.text.words import date_words, short_date, weekday_short
from officetui.ui import actions
from officetui.ui.widgets.rows import GUTTER, Col, Row

Block = tuple[str, str, list[Col], list[Row]]  # title, words at its right, columns, rows
MOST = 40  # rows of a block; the rest is in its place
PLACE = "place/"  # a row that stands for a whole place: Enter goes there
DAY = "day/"  # or for a day
BEGIN = "begin/"  # or for something to begin with


def widest(texts: Sequence[str], least: int, most: int) -> int:
    """The cells of the widest text, within bounds."""
    return max(least, min(max((cell_width(text) for text in texts), default=0), most))


def cells_for(rows: Sequence[Row], number: int, least: int, most: int) -> int:
    """The cells that column `number` of `rows` asks for, within bounds."""
    return widest([row.cells[number] for row in rows], least, most)


def most(rows: list[Row], place: str) -> list[Row]:
    """The first rows of a long list, and a last one that leads to all of them."""
    if len(rows) <= MOST:
        return rows
    left = len(rows) - MOST + 1
    words = ngettext("{n} more: press {key}", "{n} more: press {key}", left)
    last = Row(f"{PLACE}{place}", (words.format(n=left, key=place),), wide=True)
    return [*rows[: MOST - 1], last]


def squeezed(text: str, parts: Sequence[str], room: int) -> str:
    """`text` in `room` cells, its `parts` shortened, the longest first, and nothing else."""
    parts = [part for part in parts if part]
    while parts and cell_width(text) > room:
        longest = max(parts, key=cell_width)
        parts.remove(longest)
        others = max((cell_width(part) for part in parts), default=0)
        over = cell_width(text) - room
        # Of two long ones each gives something.
        keep = max(cell_width(longest) - over, min(others, cell_width(longest) - over // 2), 6)
        if keep < cell_width(longest):
            text = text.replace(longest, clip(longest, keep), 1)
    return text


def first(board: Board, room: int = 0) -> Block:
    """The first things first, a line each; in `room` cells titles give way to what is said of
    them."""
    rows = []
    for item in board.first:
        at = item.at.strftime("%H:%M") if item.at and item.at.date() == board.day else ""
        if item.at and not at:
            at = item.at.strftime("%m-%d")
        action = _("Enter={action}").format(action=item.action) if item.action else ""
        rows.append(
            Row(
                attention_ref(item),
                (at, item.word, item.text, action),
                mark=True,
                refs=item.refs,
                action=item.step,
                styles=((3, "dim"),),
            )
        )
    title = first_title(board)
    if board.untouched and board.today is None:
        return title, "", [Col(grow=True)], begin()
    words, does = cells_for(rows, 1, 6, 14), cells_for(rows, 3, 0, 20)
    left = room - GUTTER - 5 - words - does - 3
    if room:
        rows = [
            structs.replace(
                row, cells=(*row.cells[:2], squeezed(item.text, item.titles, left), row.cells[3])
            )
            for row, item in zip(rows, board.first, strict=True)
        ]
    cols = [Col(width=5), Col(width=words), Col(grow=True), Col(width=does)]
    return title, "", cols, rows


def begin() -> list[Row]:
    """What an office does on its first day, a line each; Enter goes there."""
    people, roster = BY_ID["people"], actions.shown_key(actions.BY_ID["duty.roster"])
    add, share = (actions.shown_key(actions.BY_ID[f"app.{n}"]) for n in ("add", "conflicts"))
    lines = (
        (
            "people",
            _("People: Enter opens {register} ({key}); from a sheet: officetui import FILE").format(
                register=people.name(), key=people.digit
            ),
        ),
        ("roster", _("Duty: {key} makes the roster of a month from them").format(key=roster)),
        (
            "add",
            _("Or just begin: {add} takes one line. Several machines: {share} joins them").format(
                add=add, share=share
            ),
        ),
    )
    return [Row(BEGIN + name, (text,)) for name, text in lines]


def first_title(board: Board) -> str:
    """先办5."""
    return _("First {n}").format(n=len(board.first)) if board.first else _("First")


def attention_ref(item: Attention) -> str:
    """What names a row of the first things."""
    return f"{item.kind}:{'+'.join(item.refs)}"


# Duty


def duty(board: Board, room: int = 54) -> Block:
    """Who is on duty: the seats of this hour, the coming and the leaving ones, and tomorrow's.

    `room` is the width of the block: the post gives way before the status does.
    """
    rows = []
    for seat in board.seats:
        status = seat.note if seat.note and not seat.status else seat.status
        look = "alert" if seat.red else "warn" if seat.mark else "good" if seat.running else ""
        rows.append(
            Row(
                seat.ref,
                (seat.label, seat.person, seat.about, seat.phone, status),
                mark=seat.mark,
                styles=((4, look),) if look else (),
            )
        )
        if seat.note and seat.status:
            words = seat.note
            rows.append(Row(seat.ref, (words,), refs=(seat.ref,), styles=((0, "dim"),), wide=True))
    if board.uncovered is not None:
        words = uncovered_words(board.uncovered)
        rows.append(Row(f"{BEGIN}roster", (words,), styles=((0, "warn"),), wide=True))
    seats = _narrow(rows)
    bounds = ((4, 13), (6, 13), (0, 13), (0, 13), (0, 18))
    widths = [cells_for(seats, number, *bound) for number, bound in enumerate(bounds)]
    spare = room - GUTTER - len(widths) + 1 - sum(widths)
    if spare < 0:
        widths[2] = max(widths[2] + spare, 0)
        widths[2] = widths[2] if widths[2] >= 4 else 0
    cols = [*(Col(width=width) for width in widths[:4]), Col(grow=True)]
    title = "2 " + _("Duty")
    if board.shifts:
        title += "  " + _("shifts {hours}").format(hours=board.shifts)
    return title, "", cols, rows


def uncovered_words(day: date) -> str:
    """From when on nobody is on the roster, and the key that makes it."""
    key = actions.shown_key(actions.BY_ID["duty.roster"])
    said = _("none from {date}: {key} makes the roster")
    return said.format(date=f"{day:%m-%d} {weekday_short(day)}", key=key)


def _narrow(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.wide]


# Papers


def due(board: Board, today: bool = True) -> Block:
    """What is due today: when, what, the next step, who holds it and for how long."""
    rows = []
    for item in board.due:
        what = " ".join(part for part in (item.urgency, item.title) if part)
        badge = item.badge or (_("visitor") if item.ref.startswith("reception/") else "")
        rows.append(
            Row(
                item.ref,
                (item.when, badge, what, item.next, item.holder or _("nobody"), item.held),
                mark=item.mark,
                styles=((0, "alert"),) if item.mark else (),
                action=item.step,
            )
        )
    title = _("Due today") if today else _("Due that day")
    if rows:
        title = _("Due today: {n}") if today else _("Due that day: {n}")
    cols = [
        Col(width=5),
        Col(width=cells_for(rows, 1, 5, 10)),
        Col(grow=True),
        Col(_("Next step"), cells_for(rows, 3, cell_width(_("Next step")), 16)),
        Col(_("With"), cells_for(rows, 4, cell_width(_("With")), 12)),
        Col(width=cells_for(rows, 5, 4, 8)),
    ]
    return title.format(n=len(rows)), "", cols, most(rows, "3")


def papers(board: Board, room: int = 64) -> Block:
    """Papers in hand that are not due today; `room` is the width of the block."""
    rows = [
        Row(
            item.ref,
            (
                item.badge,
                item.source,
                item.title,
                item.next,
                item.holder,
                item.held,
            ),
            mark=item.mark,
        )
        for item in board.papers
    ]
    cols = [
        Col(width=cells_for(rows, 0, 5, 10)),
        Col(width=cells_for(rows, 1, 4, 10)),
        Col(grow=True),
        Col(width=cells_for(rows, 3, 6, 15)),
        Col(width=cells_for(rows, 4, 6, 12)),
        Col(width=cells_for(rows, 5, 4, 8)),
    ]
    name, counts = "3 " + _("Documents"), count_words(board)
    room -= 4  # at the right the lines that are below are counted
    title = next(
        (
            title
            for gap, words in (("  ", counts), (" ", counts), (" ", counts[:-1]))
            if cell_width(title := gap.join([name, *words])) <= room
        ),
        name,
    )
    return title, "", cols, most(rows, "3")


def count_words(board: Board) -> list[str]:
    """在办21  待拟办4  待批示3  传阅中6."""
    count = board.counts
    return [
        _("in hand {n}").format(n=count.get("open", 0)),
        _("to propose {n}").format(n=count.get("to_propose", 0)),
        _("to instruct {n}").format(n=count.get("to_instruct", 0)),
        _("circulating {n}").format(n=count.get("circulating", 0)),
    ]


# Visitors


def visitors(board: Board, room: int = 54) -> Block:
    """Who waits for an answer; in little `room` how they came is left out."""
    tight, wide = room < 50, room >= 64
    owners = widest([item.owner for item in board.visitors], 6, 9)
    dues = widest([item.due for item in board.visitors], 6, 16)
    # The matter keeps room for a few words.
    left = room - GUTTER - 4 - 5 - owners - dues - 12
    most_of_name = max(6, min(6 if tight else 16 if wide else 13, left))
    rows = []
    for item in board.visitors:
        name = item.name
        how = "" if tight or item.channel in name else f" {item.channel}"
        if cell_width(name + how) <= most_of_name:
            name += how
        late = ((4, "alert"),) if item.mark else ()
        cells = (item.when, name, item.matter, item.owner, item.due)
        rows.append(Row(item.ref, cells, mark=item.mark, styles=late))
    cols = [
        Col(width=5),
        Col(width=cells_for(rows, 1, 6, most_of_name)),
        Col(grow=True),
        Col(width=owners),
        Col(width=dues),
    ]
    return "5 " + _("Reception") + "  " + visitor_counts(board), "", cols, most(rows, "5")


def visitor_counts(board: Board) -> str:
    """待回3  今天新增0."""
    waiting = _("waiting {n}").format(n=board.counts.get("waiting", 0))
    return waiting + "  " + _("new today {n}").format(n=board.counts.get("new_visitors", 0))


# Late and ahead


def overdue(board: Board) -> Block:
    """What is late, one line a person."""
    rows = []
    for holder in board.overdue:
        count = len(holder.refs)
        late = ngettext("{n} item", "{n} items", count).format(n=count)
        oldest = ngettext("oldest {n} day", "oldest {n} days", holder.oldest).format(
            n=holder.oldest
        )
        away = ""
        if holder.away:
            until = short_date(date.fromisoformat(holder.away), board.day)
            away = _("on leave until {date}, reassign").format(date=until)
        rows.append(
            Row(
                f"overdue:{holder.person}",
                (holder.person or _("nobody"), late, oldest, away or holder.tried),
                mark=holder.mark,
                refs=holder.refs,
                styles=((3, "alert"),) if away else (),
            )
        )
    total = sum(len(holder.refs) for holder in board.overdue)
    title = _("Overdue")
    if total:
        title = ngettext(
            "Overdue: {n} item, by person (Enter shows them)",
            "Overdue: {n} items, by person (Enter shows them)",
            total,
        ).format(n=total)
    cols = [
        Col(width=cells_for(rows, 0, 6, 12)),
        Col(width=cells_for(rows, 1, 4, 9), align="right"),
        Col(width=cells_for(rows, 2, 8, 16)),
        Col(grow=True),
    ]
    return title, "", cols, rows


def ahead(board: Board) -> Block:
    """The next three days: duty and meetings in a line."""
    rows = [
        Row(
            f"{DAY}{day.day.isoformat()}",
            (f"{day.day:%m-%d}", weekday_short(day.day), day.words),
            mark=day.mark,
        )
        for day in board.ahead
        if any(day.words for day in board.ahead)
    ]
    cols = [Col(width=5), Col(width=cells_for(rows, 1, 3, 4)), Col(grow=True)]
    return _("Next days"), "", cols, rows


def another_day(board: Board, today: str) -> str:
    """What the status line says on another day than today."""
    if board.past:
        return _(
            "{date} as the data are now, not as they were. Today is {today}: press 1 to return."
        ).format(date=date_words(board.day), today=today)
    return _("The board of {date}. Today is {today}: press 1 to return.").format(
        date=date_words(board.day), today=today
    )
