"""Panels of Today in one line each, for small terminals."""

from __future__ import annotations

from officetui.office.board import Board, Seat
from officetui.text.i18n import _, pgettext
from officetui.ui.screens.today_rows import (
    PLACE,
    attention_ref,
    paper_counts,
    short_room,
    visitor_counts,
)
from officetui.ui.widgets.table import Row


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


def duty_line(board: Board) -> list[Row]:
    """Duty in one line: today's people, then tomorrow's."""
    if not board.seats:
        words = _("Nobody is on the roster: press 2, then a")
        return [Row(f"{PLACE}2", (f"2 {_('Duty')} {words}",))]
    labels = {seat.line: seat.label for seat in board.seats if seat.day == board.day}
    now = _people(board, labels, later=False)
    later = _people(board, labels, later=True)
    if later:
        now += " | " + pgettext("duty", "tomorrow {people}").format(people=later)
    waiting = any(seat.mark for seat in board.seats)
    return [Row(f"{PLACE}2", (f"2 {_('Duty')} {now}",), mark=waiting)]


def _people(board: Board, labels: dict[str, str], later: bool) -> str:
    """Lines with their people: 带刘晓燕 白何静 夜谢宇、彭博!"""
    groups: dict[str, list[Seat]] = {}
    for seat in board.seats:
        if (seat.day > board.day) is later:
            label = labels.get(seat.line, seat.label) if seat.day >= board.day else seat.label
            # The first ideograph of a line says enough: 带 白 夜.
            short = label if label.isascii() or seat.day < board.day else label[0]
            groups.setdefault(short, []).append(seat)
    parts = []
    for label, seats in groups.items():
        names = "、".join(seat.person for seat in seats)
        open_seat = any(seat.mark for seat in seats)
        words = pgettext("seat", "{label} {person}").format(label=label, person=names)
        parts.append(words + ("!" if open_seat else ""))
    return " ".join(parts)


def papers_line(board: Board) -> list[Row]:
    """Papers in one line, with what is overdue."""
    words = paper_counts(board).replace("  ", " ")
    late = board.counts.get("overdue", 0)
    if late:
        words += " " + _("overdue {n}").format(n=late)
        away = [holder for holder in board.overdue if holder.away or not holder.person]
        if away:
            words += pgettext("holder", " ({who}: {n}, reassign!)").format(
                who=away[0].person or _("nobody"), n=len(away[0].refs)
            )
    return [Row(f"{PLACE}3", (f"3 {_('Documents')} {words}",), mark=bool(late))]


def meetings_line(board: Board) -> list[Row]:
    """Meetings in one line: the next one by its name, the others by their hour."""
    parts = []
    for number, item in enumerate(board.meetings):
        when = item.when + ("!" if item.mark else "")
        title = item.title if number == 0 else ""
        words = " ".join(part for part in (when, title, short_room(item.room)) if part)
        if number == 0 and item.prepared[1]:
            words += " " + _("ready {n}/{total}").format(n=item.prepared[0], total=item.prepared[1])
        parts.append(words)
    text = " | ".join(parts) or pgettext("meetings", "none today")
    waiting = any(item.mark for item in board.meetings)
    return [Row(f"{PLACE}4", (f"4 {_('Meetings')} {text}",), mark=waiting)]


def visitors_line(board: Board) -> list[Row]:
    """Visitors in one line: how many, and the most pressing."""
    words = visitor_counts(board).replace("  ", " ")
    pressing = [item for item in board.visitors if item.mark]
    if pressing:
        item = pressing[0]
        words += " | " + " ".join(p for p in (item.name, item.matter, item.owner, item.due) if p)
    return [Row(f"{PLACE}5", (f"5 {_('Reception')} {words}",), mark=bool(pressing))]
