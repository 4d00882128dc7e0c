"""The leaders on Today: their block, and their line on small terminals."""

from __future__ import annotations

from officetui.office.board import Board
from officetui.text.i18n import _, pgettext
from officetui.text.width import cell_width
from officetui.ui.screens.today_rows import PLACE, Block, cells_for, most
from officetui.ui.widgets.rows import GUTTER, Col, Row


def whereabouts(board: Board, room: int = 54) -> Block:
    """One line for each leader: here, out until when, on leave; what clashes is marked."""
    rows = [
        Row(
            one.ref,
            (one.person, one.about, one.where, one.words),
            mark=one.mark,
            refs=one.refs if len(one.refs) > 1 else (),
            styles=((3, "alert"),) if one.mark else (),
            action="move" if one.refs else "",
        )
        for one in board.whereabouts
    ]
    cols = [
        Col(width=cells_for(rows, 0, 6, 12 if room < 66 else 18)),
        Col(width=cells_for(rows, 1, 4, 8 if room < 66 else 14)),
        Col(width=cells_for(rows, 2, 4, 10 if room < 66 else 16)),
        Col(grow=True),
    ]
    return "7 " + _("Leaders' whereabouts"), "", cols, most(rows, "7")


def whereabouts_line(board: Board, room: int) -> list[Row]:
    """All in one line, as many as have room, first who needs someone: 王在镇 陈县里12:00回."""
    head = "7 " + pgettext("line", "Leaders") + " "
    shown: list[int] = []
    order = sorted(range(len(board.whereabouts)), key=lambda i: not board.whereabouts[i].mark)
    for index in order:
        wanted = sorted([*shown, index])
        text = head + " ".join(board.whereabouts[i].short for i in wanted)
        if cell_width(text) <= room - GUTTER:
            shown = wanted
    text = head + " ".join(board.whereabouts[i].short for i in shown)
    return [Row(f"{PLACE}7", (text,), mark=any(one.mark for one in board.whereabouts))]
