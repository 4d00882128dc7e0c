"""The follow-ups on Today: their block, and their words beside the visitors on small terminals."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.office.board import Board
from officetui.office.tables import LOOKS, colour_name
from officetui.text.i18n import _, pgettext
from officetui.text.width import cell_width
from officetui.ui.screens.today_rows import PLACE, Block, cells_for, most
from officetui.ui.widgets.rows import Col, Row

_GAPS = 6  # cells between the columns, and for the mark
_COLOURS = ("green", "yellow", "red")


def followup_counts(board: Board, colours: Sequence[str] = _COLOURS) -> list[str]:
    """绿9, 黄3, 红2: those there are."""
    said = [(colour, board.counts.get(f"followups_{colour}", 0)) for colour in colours]
    return [
        pgettext("colour", "{colour} {n}").format(colour=colour_name(colour), n=n)
        for colour, n in said
        if n
    ]


def followups(board: Board, room: int = 64) -> Block:
    """The follow-ups that are pressing, red before yellow; the green ones are only counted."""
    shown = [item for item in board.followups if item.colour != "green"]
    others = [(item.badge, item.left, item.owner, item.tried or item.next) for item in shown]
    free = room - _GAPS - sum(max(map(cell_width, column)) for column in zip(*others, strict=True))
    rows = []
    for item in shown:
        matter = " ".join(part for part in (item.source, item.title) if part)
        if cell_width(matter) > free:
            matter = item.title  # with 11 of 18, which must not be cut
        tried = item.tried or item.next
        rows.append(
            Row(
                item.ref,
                (item.badge, matter, item.left, item.owner, tried),
                mark=item.mark,
                styles=((2, LOOKS.get(item.colour, "alert")),),
                action=item.step,
            )
        )
    cols = [
        Col(width=cells_for(rows, 0, 5, 10)),
        Col(grow=True),
        Col(width=cells_for(rows, 2, 6, 16)),
        Col(width=cells_for(rows, 3, 6, 10 if room < 80 else 14)),
        Col(width=cells_for(rows, 4, 4, 9 if room < 80 else 16)),
    ]
    title = "  ".join(["6 " + _("Follow-ups"), " ".join(followup_counts(board))]).rstrip()
    return title, "", cols, most(rows, "6")


def followups_line(board: Board, room: int) -> list[Row]:
    """Follow-ups in a few words beside the visitors: 6 红2 黄3; those that are green can wait."""
    words = followup_counts(board, ("red", "yellow")) or [
        pgettext("followups", "open {n}").format(n=board.counts.get("followups", 0))
    ]
    red = board.counts.get("followups_red", 0)
    return [Row(f"{PLACE}6", (" ".join(["6", *words]),), mark=bool(red))]
