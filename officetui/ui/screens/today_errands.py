"""The errands on Today: vehicles, meals, seals, repairs; and the line of what was sent upwards."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from officetui.office.board import Board
from officetui.text.i18n import _, pgettext
from officetui.text.words import listed
from officetui.ui.screens.today_rows import PLACE, Block, cells_for, most
from officetui.ui.widgets.rows import Col, Row

BLOCKS: Final = ("errands", "information")


def wanted(name: str, board: Board) -> bool:
    """Whether there is anything to show: an office without vehicles and errands has none."""
    if name == "errands":
        return bool(board.errands or board.vehicles)
    names = ("sent", "adopted", "writing", "lacking")
    return any(board.counts.get(f"information_{one}") for one in names)


def without(board: Board) -> Board:
    """The board with nothing due that stands among the errands already."""
    shown = {one.ref for one in board.errands}
    return structs.replace(board, due=[one for one in board.due if one.ref not in shown])


def errands(board: Board, room: int = 54) -> Block:
    """The vehicles that are out, those that are free in one line, then what is to be seen to."""
    rows = [
        Row(
            one.ref,
            (one.name, one.words, "", ""),
            mark=one.mark,
            styles=((1, "alert"),) if one.mark else (),
        )
        for one in board.vehicles
        if one.ref
    ]
    free = [one.name for one in board.vehicles if not one.ref]
    if free:
        rows.append(Row(f"{PLACE}7", (pgettext("vehicles", "free"), listed(free), "", "")))
    rows += [
        Row(
            one.ref,
            (one.label, f"{one.when} {one.words}".strip(), one.next, one.holder),
            mark=one.mark,
            styles=((2, "alert"),) if one.mark else (),
            action=one.step,
        )
        for one in board.errands
    ]
    waits = board.counts.get("errands_to_approve", 0)
    title = "7 " + _("Errands")
    if waits:
        title += "  " + pgettext("errands", "to approve {n}").format(n=waits)
    cols = [
        Col(width=cells_for(rows, 0, 4, 8)),
        Col(grow=True),
        Col(width=cells_for(rows, 2, 4, 10)),
        Col(width=cells_for(rows, 3, 4, 8)),
    ]
    return title, "", cols, most(rows, "7")


def information(board: Board) -> Block:
    """信息报送 本月报9 采用3 差6   材料 在写2."""
    return "", "", [Col(grow=True)], [Row(f"{PLACE}7", (information_words(board),))]


def information_words(board: Board) -> str:
    """What was sent upwards this month, and what is being written."""
    count = board.counts
    parts = [
        _("Information"),
        _("sent this month {n}").format(n=count.get("information_sent", 0)),
        pgettext("information", "adopted {n}").format(n=count.get("information_adopted", 0)),
    ]
    if count.get("information_lacking"):
        parts.append(pgettext("information", "lacking {n}").format(n=count["information_lacking"]))
    if count.get("information_writing"):
        parts.append(_("being written {n}").format(n=count["information_writing"]))
    words = " ".join(parts)
    if count.get("drafts_writing"):
        drafts = _("being written {n}").format(n=count["drafts_writing"])
        words += f"   {_('Drafts')} {drafts}"
    return words
