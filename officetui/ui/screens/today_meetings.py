"""The meetings on Today: which words stand in which column, and what is said of each."""

from __future__ import annotations

from officetui.office.board import Board, MeetingRow
from officetui.text.i18n import _
from officetui.text.width import cell_width
from officetui.ui.screens.today_rows import Block, widest
from officetui.ui.widgets.rows import GUTTER, Col, Row


def meetings(board: Board, room: int = 54, today: bool = True) -> Block:
    """Today's meetings, and later ones that must be prepared today.

    A meeting that clashes says with what on its own line, or on the next one: who comes and what
    is ready matters all the more then.
    """
    times = widest([item.when for item in board.meetings], 5, 6)
    rooms = widest([short_room(item.room) for item in board.meetings], 0, 6 if room < 66 else 12)
    said = [_words(item) for item in board.meetings]
    spare = room - GUTTER - 3 - times - rooms
    together = [cell_width(" ".join(group)) for group in said]
    # A title of twelve cells says enough; longer ones do not cost a meeting a second line.
    spare -= max(
        (
            whole if whole <= spare - 12 else cell_width(group[0])
            for whole, group in zip(together, said, strict=True)
        ),
        default=0,
    )
    titles = widest([item.title for item in board.meetings], 6, min(max(spare, 12), 28))
    left = room - GUTTER - 3 - times - rooms - titles
    rows = []
    for item, group in zip(board.meetings, said, strict=True):
        words = " ".join(group)
        alone = cell_width(words) <= left
        look = "alert" if item.clash else ""
        rows.append(
            Row(
                item.ref,
                (item.when, item.title, short_room(item.room), words if alone else group[0]),
                mark=item.mark,
                styles=((3, look),) if look and (alone or len(group) == 1) else (),
            )
        )
        if not alone:
            rows += [
                Row(item.ref, (below,), refs=(item.ref,), styles=((0, look),), wide=True)
                for below in group[1:]
            ]
    cols = [Col(width=times), Col(width=titles), Col(width=rooms), Col(grow=True)]
    return "4 " + (_("Meetings today") if today else _("Meetings")), "", cols, rows


def short_room(name: str) -> str:
    """What tells the rooms of a house apart: 二楼会议室 is 二楼, 镇政府三楼大会议室 is 三楼大."""
    short = name
    for ending in ("会议室", "會議室", "会议厅", "會議廳"):
        rest = short.removesuffix(ending)
        if rest != short and len(rest) > 1:
            short = rest
    for floor in ("楼", "樓", "层", "層"):
        place = short.find(floor)
        if place > 1 and short[place - 1] in "一二三四五六七八九十0123456789":
            return short[place - 1 :]
    return short


def _words(item: MeetingRow) -> list[str]:
    """What is said of a meeting: the replies and what is ready, then the clash or what lacks."""
    parts, lacks = [], ""
    if item.answered[1]:
        parts.append(_("answered {n}/{total}").format(n=item.answered[0], total=item.answered[1]))
    if item.prepared[1]:
        ready = _("ready {n}/{total}").format(n=item.prepared[0], total=item.prepared[1])
        lacks = _("lacks {what}").format(what=_(item.lacks)) if item.lacks else ""
        parts.append(ready)
    below = item.brief if item.clash else lacks
    return [words for words in (" ".join(parts), below) if words] or [""]
