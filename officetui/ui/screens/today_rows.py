"""The board as rows of tables: which words stand in which column, for each block and shape."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.office.board import Attention, Board, MeetingRow
from officetui.text.i18n import _, ngettext
from officetui.text.width import cell_width
from officetui.text.words import date_words, full_date_words, weekday_short
from officetui.ui.screens.today_layout import Shape
from officetui.ui.widgets.rows import GUTTER, Col, Row

Block = tuple[str, str, list[Col], list[Row]]  # title, words at its right, columns, rows
MOST = 40  # rows of a block; the rest is in its place
PLACE = "place/"  # a row that stands for a whole place: Enter goes there
DAY = "day/"  # or for a day


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


def header(board: Board, shape: Shape) -> tuple[str, str, str]:
    """The header line: the office, its day, who is there and that all is kept."""
    time = board.now.strftime("%H:%M")
    if shape == "small":
        day = f"{board.day:%m-%d} {weekday_short(board.day)} {board.day_type} {board.lunar} {time}"
        return board.office, day, _("{user}  saved").format(user=board.user)
    lunar = _("lunar {date}").format(date=board.lunar) if board.lunar else ""
    day = " ".join(part for part in (full_date_words(board.day), board.day_type, lunar) if part)
    saved = _("{user}  all saved").format(user=board.user)
    return board.office, f"{day}  {time}", saved


def first(board: Board) -> Block:
    """The first things first, a line each."""
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
    cols = [
        Col(width=5),
        Col(width=cells_for(rows, 1, 6, 14)),
        Col(grow=True),
        Col(width=cells_for(rows, 3, 0, 20)),
    ]
    return title, "", cols, rows


def first_title(board: Board) -> str:
    """先办5."""
    return _("First: {n}").format(n=len(board.first)) if board.first else _("First")


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
        look = "alert" if seat.mark else "good" if seat.running else ""
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
    seats = _narrow(rows)
    widths = [cells_for(seats, number, least, 13) for number, least in enumerate((4, 6, 0, 0, 0))]
    spare = room - GUTTER - len(widths) + 1 - sum(widths)
    widths[2] = max(min(widths[2], 4), widths[2] + min(spare, 0))
    cols = [*(Col(width=width) for width in widths[:4]), Col(grow=True)]
    title = "2 " + _("Duty")
    if board.shifts:
        title += "  " + _("shifts {hours}").format(hours=board.shifts)
    return title, "", cols, rows


def _narrow(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.wide]


# Papers


def due(board: Board, today: bool = True) -> Block:
    """What is due today: when, what, the next step, who holds it and for how long."""
    rows = []
    for item in board.due:
        what = " ".join(part for part in (item.urgency, gist(item.title)) if part)
        badge = item.badge or (_("visitor") if item.ref.startswith("reception/") else "")
        rows.append(
            Row(
                item.ref,
                (item.when, badge, what, item.next, item.holder, item.held),
                mark=item.mark,
                styles=((0, "alert"),) if item.mark else (),
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


def gist(title: str, source: str = "") -> str:
    """A title without what every title begins with: 国务院关于加快… is 加快…"""
    for opening in (source, "关于", "關於"):
        rest = title.removeprefix(opening)
        if rest:
            title = rest
    return title


def papers(board: Board) -> Block:
    """Papers in hand that are not due today."""
    rows = [
        Row(
            item.ref,
            (
                item.badge,
                item.source,
                gist(item.title, item.source),
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
        Col(width=cells_for(rows, 3, 6, 12)),
        Col(width=cells_for(rows, 4, 6, 12)),
        Col(width=cells_for(rows, 5, 4, 8)),
    ]
    return "3 " + _("Documents") + "  " + paper_counts(board), "", cols, most(rows, "3")


def paper_counts(board: Board) -> str:
    """在办21  待拟办4  待批示3  传阅中6."""
    count = board.counts
    words = [
        _("in hand {n}").format(n=count.get("open", 0)),
        _("to propose {n}").format(n=count.get("to_propose", 0)),
        _("to instruct {n}").format(n=count.get("to_instruct", 0)),
        _("circulating {n}").format(n=count.get("circulating", 0)),
    ]
    return "  ".join(words)


# Meetings


def meetings(board: Board, narrow: bool = True, today: bool = True) -> Block:
    """Today's meetings, and later ones that must be prepared today."""
    rows = [
        Row(
            item.ref,
            (item.when, item.title, short_room(item.room), _meeting_words(item)),
            mark=item.mark,
            styles=((3, "alert"),) if item.clash else (),
        )
        for item in board.meetings
    ]
    cols = [
        Col(width=cells_for(rows, 0, 5, 6)),
        Col(width=cells_for(rows, 1, 6, 12 if narrow else 24)),
        Col(width=cells_for(rows, 2, 0, 6 if narrow else 12)),
        Col(grow=True),
    ]
    return "4 " + (_("Meetings today") if today else _("Meetings")), "", cols, rows


def short_room(name: str) -> str:
    """二楼会议室 is called 二楼."""
    for ending in ("会议室", "會議室"):
        short = name.removesuffix(ending)
        if short != name and short.endswith(("楼", "樓", "层", "層")):
            return short
    return name


def _meeting_words(item: MeetingRow) -> str:
    if item.clash:
        return item.clash
    parts = []
    if item.answered[1]:
        parts.append(_("answered {n}/{total}").format(n=item.answered[0], total=item.answered[1]))
    if item.prepared[1]:
        ready = _("ready {n}/{total}").format(n=item.prepared[0], total=item.prepared[1])
        lacks = _("lacks {what}").format(what=_(item.lacks)) if item.lacks else ""
        parts.append(f"{ready} {lacks}".strip())
    return " ".join(parts)


# Visitors


def visitors(board: Board, room: int = 54) -> Block:
    """Who waits for an answer; in little `room` how they came is left out."""
    tight, wide = room < 50, room >= 64
    rows = []
    for item in board.visitors:
        how = () if tight else (item.channel,)
        cells = (item.when, item.name, *how, item.matter, item.owner, item.due)
        late = ((len(cells) - 1, "alert"),) if item.mark else ()
        rows.append(Row(item.ref, cells, mark=item.mark, styles=late))
    owner = 3 if tight else 4
    cols = [
        Col(width=5),
        Col(width=cells_for(rows, 1, 6, 12 if wide else 6)),
        *([] if tight else [Col(width=cells_for(rows, 2, 4, 6))]),
        Col(grow=True),
        Col(width=cells_for(rows, owner, 6, 9 if wide else 6)),
        Col(width=cells_for(rows, owner + 1, 6, 16)),
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
        away = _("on leave until {date}, reassign").format(date=holder.away) if holder.away else ""
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
    return _("The board of {date}. Today is {today}: press 1 to return.").format(
        date=date_words(board.day), today=today
    )
