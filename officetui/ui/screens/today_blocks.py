"""Which blocks the board of today has, in which shape, and what an empty one says."""

from __future__ import annotations

from officetui.office.board import Board
from officetui.text.i18n import N_, _
from officetui.text.width import cell_width
from officetui.ui.screens import (
    today_errands,
    today_followups,
    today_lines,
    today_meetings,
    today_whereabouts,
)
from officetui.ui.screens import today_layout as layout
from officetui.ui.screens import today_rows as rows
from officetui.ui.widgets.rows import GUTTER, Col, Row

# In the order of Tab. What an empty block says tells what to press.
EMPTY = {
    "first": N_("Nothing is pressing."),
    "duty": N_("Nobody is on the roster: + makes it, a adds one"),
    "whereabouts": N_("The directory has no leaders: press 7 for people"),
    "meetings": N_("No meeting today: a records one"),
    "visitors": N_("Nobody waits for an answer: a records a visitor"),
    "errands": N_("No errand waits: a records one"),
    "due": N_("Nothing is due today."),
    "papers": N_("No paper in hand: a records one, or import your register"),
    "overdue": N_("Nothing is late."),
    "followups": N_("No follow-up is red or yellow: press 6 for all"),
    "ahead": N_("Nothing is planned."),
    "information": "",
}
EMPTY_THEN = {
    "meetings": N_("No meeting that day."),
    "due": N_("Nothing is due that day."),
}
PAST = N_("A day that is over: nothing on it is pressing.")
_WHOLE_LINE = (Col(grow=True),)
_SMALL_LINES = {
    "duty": today_lines.duty_line,
    "whereabouts": today_whereabouts.whereabouts_line,
    "meetings": today_lines.meetings_line,
    "papers": today_lines.papers_line,
    "visitors": today_lines.visitors_line,
    "followups": today_followups.followups_line,
}


def blocks(
    board: Board, width: int, height: int, *, small: bool, today: bool
) -> dict[str, rows.Block]:
    """The blocks that have something to show, or something to say, on a screen of that size."""
    found: dict[str, rows.Block] = {}
    column = layout.first_column(width, height)
    for name in EMPTY:
        if name == "whereabouts" and not board.whereabouts:
            continue  # an office without leaders has other blocks to show
        if name in today_errands.BLOCKS and (small or not today_errands.wanted(name, board)):
            continue
        if small and name in _SMALL_LINES:
            room = width - _cells_beside(name, board)
            found[name] = ("", "", list(_WHOLE_LINE), _SMALL_LINES[name](board, room))
        elif name == "first":
            found[name] = rows.first(board, width)
        elif name == "duty":
            found[name] = rows.duty(board, column)
        elif name == "whereabouts":
            found[name] = today_whereabouts.whereabouts(board, column)
        elif name == "meetings":
            found[name] = today_meetings.meetings(board, column, today)
        elif name == "due":
            # On wide screens errands stand in a block of their own.
            found[name] = rows.due(board if small else today_errands.without(board), today)
        elif name == "visitors":
            found[name] = rows.visitors(board, column)
        elif name == "papers":
            found[name] = rows.papers(board, layout.second_column(width, height))
        elif name == "errands":
            found[name] = today_errands.errands(board, column)
        elif name == "information":
            found[name] = today_errands.information(board)
        elif name == "followups":
            found[name] = today_followups.followups(board, layout.second_column(width, height))
        elif not small:
            found[name] = rows.overdue(board) if name == "overdue" else rows.ahead(board)
    return found


def empty_words(name: str, board: Board) -> str:
    """What an empty block says, on the board of today and on that of another day."""
    if name == "first" and board.past:
        return _(PAST)
    return _(EMPTY_THEN.get(name, EMPTY[name]) if board.today else EMPTY[name])


def want(name: str, small: bool, block: rows.Block, height: int) -> layout.Want:
    """The lines, or of a line that is shared the cells, that a block asks for."""
    title, _right, cols, lines = block
    if small and name in layout.BESIDE:
        return layout.Want(0, 0, _cells(lines))
    header = 1 if title or any(col.label for col in cols) else 0
    if small and name in _SMALL_LINES:
        return layout.Want(1, 1)
    most = header + max(len(lines), 1)
    # Tomorrow's night, which stands last, may be what nobody has been told of.
    least = {
        "first": most if small else 1,
        "due": header + 3,
        "ahead": header + 3,
        "duty": height // 4 + 1,
    }
    return layout.Want(min(most, least.get(name, header + 2)), most)


def _cells(lines: list[Row]) -> int:
    """The cells of a block of one line that shares the line of another."""
    return max((cell_width(line.cells[0]) for line in lines), default=0) + GUTTER


def _cells_beside(name: str, board: Board) -> int:
    """The cells that another block takes of this one's line."""
    beside = [guest for guest, host in layout.BESIDE.items() if host == name]
    return sum(_cells(_SMALL_LINES[guest](board, 0)) for guest in beside)
