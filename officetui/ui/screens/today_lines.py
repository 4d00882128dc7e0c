"""Panels of Today in one line each, for small terminals."""

from __future__ import annotations

from officetui.office.board import Board, Seat
from officetui.text.i18n import _, pgettext
from officetui.text.width import cell_width, clip
from officetui.text.words import listed
from officetui.ui.screens.today_meetings import short_room
from officetui.ui.screens.today_rows import (
    PLACE,
    attention_ref,
    count_words,
    squeezed,
    uncovered_words,
    visitor_counts,
)
from officetui.ui.widgets.rows import GUTTER, Row


def first_line(board: Board) -> list[Row]:
    """The first things in few words, to share a line."""
    return [
        Row(
            attention_ref(item),
            (item.short or item.text,),
            refs=item.refs,
            action=item.step,
            mark=True,
        )
        for item in board.first
    ]


# Who stands on the line of the duty when not all do: today's, then whoever must be spoken to.
_TODAY_OPEN, _TODAY, _NEXT_OPEN, _LAST_OPEN, _NEXT, _LAST = range(6)


def duty_line(board: Board, room: int) -> list[Row]:
    """Duty in one line: today's people, then tomorrow's, as many as have room, nobody cut."""
    head = f"2 {_('Duty')} "
    if not board.seats:
        return [Row(f"{PLACE}2", (head + _("Nobody is on the roster: + makes it, a adds one"),))]
    shown: list[Seat] = []
    for seat in sorted(board.seats, key=lambda seat: _rank(board, seat)):
        wanted = [one for one in board.seats if one is seat or one in shown]
        if cell_width(head + _people(board, wanted)) <= room - GUTTER:
            shown = wanted
    waiting = any(seat.mark for seat in board.seats)
    line = head + _people(board, shown)
    if board.uncovered is not None:
        said = "  " + uncovered_words(board.uncovered)
        if cell_width(line + said) <= room - GUTTER:
            line += said
    return [Row(f"{PLACE}2", (line,), mark=waiting)]


def _rank(board: Board, seat: Seat) -> int:
    if seat.day == board.day:
        return _TODAY_OPEN if seat.mark else _TODAY
    if seat.day > board.day:
        return _NEXT_OPEN if seat.mark else _NEXT
    return _LAST_OPEN if seat.mark else _LAST


def _people(board: Board, shown: list[Seat]) -> str:
    """昨夜高翔! 带刘晓燕 白何静 夜罗丹! | 明 带周海涛 白黄伟 夜谢宇、彭博!"""
    now = _lines([seat for seat in shown if seat.day <= board.day], board)
    later = _lines([seat for seat in shown if seat.day > board.day], board)
    if later:
        now += " | " + pgettext("duty", "tomorrow {people}").format(people=later)
    return now


def _lines(seats: list[Seat], board: Board) -> str:
    groups: dict[str, list[str]] = {}
    for seat in seats:
        label = seat.name if seat.day >= board.day else seat.label
        # The first ideograph of a line says enough: 带 白 夜.
        short = label if label.isascii() or seat.day < board.day else label[0]
        groups.setdefault(short, []).append(seat.person + ("!" if seat.mark else ""))
    return " ".join(
        pgettext("seat", "{label} {person}").format(label=label, person=listed(names))
        for label, names in groups.items()
    )


def _fitting(head: str, parts: list[tuple[int, str]], room: int, gap: str) -> str:
    """The parts that have room, the least number first, in the order given; never half of one."""
    shown: list[int] = []
    for index in sorted(range(len(parts)), key=lambda i: parts[i][0]):
        wanted = sorted([*shown, index])
        if cell_width(head + gap.join(parts[i][1] for i in wanted)) <= room - GUTTER:
            shown = wanted
    return head + gap.join(parts[i][1] for i in shown)


def papers_line(board: Board, room: int) -> list[Row]:
    """Papers in one line, with what is overdue; what only counts gives way to what waits."""
    words = [(number, text) for number, text in zip((5, 2, 3, 6), count_words(board), strict=True)]
    late = board.counts.get("overdue", 0)
    if late:
        words.append((0, _("overdue {n}").format(n=late)))
        away = [holder for holder in board.overdue if holder.away or not holder.person]
        if away:
            who = pgettext("holder", "({who}: {n}, reassign!)").format(
                who=away[0].person or _("nobody"), n=len(away[0].refs)
            )
            words.append((1, who))
    text = _fitting(f"3 {_('Documents')} ", words, room, " ")
    return [Row(f"{PLACE}3", (text,), mark=bool(late))]


def meetings_line(board: Board, room: int) -> list[Row]:
    """Meetings in one line: the next one by its name, the others by their hour."""
    head = f"4 {_('Meetings')} "
    rooms = [clip(short_room(item.room), 8) for item in board.meetings]
    text = ""
    # First with everything, then without what can be looked up.
    for title, ready, all_rooms in (
        (28, True, True), (16, True, True), (16, False, True), (12, False, False), (0, False, False)
    ):  # fmt: skip
        parts = []
        for number, (item, place) in enumerate(zip(board.meetings, rooms, strict=True)):
            words = [item.when + ("!" if item.mark else "")]
            if not number:
                words.append(clip(item.title, title))
            if all_rooms or not number:
                words.append(place)
            if not number and ready and item.prepared[1]:
                done, total = item.prepared
                words.append(_("ready {n}/{total}").format(n=done, total=total))
            parts.append((0 if item.mark else 1, " ".join(word for word in words if word)))
        text = head + " | ".join(part for _rank, part in parts)
        if cell_width(text) <= room - GUTTER:
            break
    else:
        text = _fitting(head, parts, room, " | ")
    if not board.meetings:
        text = head + (
            pgettext("meetings", "none") if board.today else pgettext("meetings", "none today")
        )
    waiting = any(item.mark for item in board.meetings)
    return [Row(f"{PLACE}4", (text,), mark=waiting)]


def visitors_line(board: Board, room: int) -> list[Row]:
    """Visitors in one line: how many, and the most pressing; the matter gives way."""
    text = f"5 {_('Reception')} " + visitor_counts(board).replace("  ", " ")
    pressing = [item for item in board.visitors if item.mark]
    if pressing:
        item = pressing[0]
        said = " ".join(p for p in (item.name, item.matter, item.owner, item.due) if p)
        text = squeezed(f"{text} | {said}", (item.matter,), room - GUTTER)
        if cell_width(text) > room - GUTTER:
            said = " ".join(p for p in (item.name, item.owner, item.due) if p)
            text = f"5 {_('Reception')} {said}"
    return [Row(f"{PLACE}5", (text,), mark=bool(pressing))]
