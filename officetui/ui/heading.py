"""The header line of lists and details: the same words as on Today, the clock among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officetui.office.board import Board
from officetui.office.tables import UnknownYear, day_type_words, lunar_words
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.ui.screens.base import BaseScreen


def tell_header(screen: BaseScreen) -> None:
    """Write the header line; only what differs from what it shows is painted."""
    from officetui.ui.screens import today_head, today_layout

    office = screen.office
    now = office.local
    try:
        day_type = day_type_words(office.calendar.day_type(now.date()))
    except UnknownYear:
        day_type = _("calendar not known")
    board = Board(
        office=office.name,
        user=office.user,
        now=now,
        day=now.date(),
        day_type=day_type,
        lunar=lunar_words(now.date()),
        first=[],
        attention=[],
        seats=[],
        shifts="",
        due=[],
        papers=[],
        counts={},
        meetings=[],
        visitors=[],
        followups=[],
        overdue=[],
        ahead=[],
    )
    width, height = screen.size.width or screen.app.size.width, screen.app.size.height
    screen.header_line.tell(today_head.header(board, today_layout.shape(width, height)))
