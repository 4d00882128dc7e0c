"""The board as text: what Today shows, for terminals without a screen, mail and printers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from officetui.report.tables import table
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.text.width import clip
from officetui.text.words import full_date_words, weekday_short

if TYPE_CHECKING:
    from officetui.office.board import Attention, Board

MOST = 12  # rows of a panel; the rest is counted


def board_text(board: Board, width: int | None) -> str:
    """The board in lines of at most `width` cells (None: as long as they are)."""
    return "\n".join(_lines(board, width))


def _lines(board: Board, width: int | None) -> Iterator[str]:
    line = glyphs().rule * (width or 80)
    head = [board.office, full_date_words(board.day), board.day_type, board.lunar]
    words = "  ".join(visible(part) for part in (*head, board.now.strftime("%H:%M")) if part)
    yield words if width is None else clip(words, width)
    yield line
    yield from _panel(
        "", _("First things first"), [_first(one, board) for one in board.first], width
    )
    seats = [
        (_mark(s.mark), s.label, s.person, s.about, s.phone, s.status, s.note) for s in board.seats
    ]
    yield from _panel("2", f"{_('Duty')}  {board.shifts}", seats, width)
    where = [(_mark(w.mark), w.person, w.about, w.where, w.words) for w in board.whereabouts]
    if where:
        yield from _panel("7", _("Leaders' whereabouts"), where, width)
    due = [
        (_mark(d.mark), d.when, d.badge, d.urgency, d.title, d.next, d.holder, d.held)
        for d in board.due
    ]
    yield from _panel("", _("Due today"), due, width)
    papers = [
        (_mark(p.mark), p.badge, p.source, p.title, p.next, p.holder, p.held) for p in board.papers
    ]
    yield from _panel("3", f"{_('Documents')}  {_paper_counts(board)}", papers, width)
    meetings = [
        (
            _mark(m.mark),
            m.when,
            m.title,
            m.room,
            _of(m.answered, _("answered {n}/{total}")),
            _of(m.prepared, _("ready {n}/{total}")),
            _("lacks {what}").format(what=_(m.lacks)) if m.lacks else "",
            m.clash,
        )
        for m in board.meetings
    ]
    yield from _panel("4", _("Meetings"), meetings, width)
    visitors = [
        (_mark(v.mark), v.when, v.channel, v.name, v.matter, v.owner, v.due) for v in board.visitors
    ]
    yield from _panel("5", f"{_('Reception')}  {_visitor_counts(board)}", visitors, width)
    late = [
        (
            _mark(h.mark),
            h.person or _("nobody"),
            str(len(h.refs)),
            _("oldest {n} days").format(n=h.oldest),
            h.tried,
            _("on leave until {date}").format(date=h.away) if h.away else "",
        )
        for h in board.overdue
    ]
    yield from _panel("", _("Overdue, by person"), late, width)
    follow = [
        (_mark(f.mark), f.badge, f.source, f.title, f.left, f.owner, f.next, f.tried)
        for f in board.followups
    ]
    if board.followups:
        yield from _panel("6", f"{_('Follow-ups')}  {_followup_counts(board)}", follow, width)
    cars = [(_mark(v.mark), v.name, v.words) for v in board.vehicles]
    errands = [(_mark(e.mark), e.label, e.when, e.words, e.next, e.holder) for e in board.errands]
    if cars:
        yield from _panel("7", _("Vehicles"), cars, width)
    if errands:
        yield from _panel("7", f"{_('Errands')}  {_errand_counts(board)}", errands, width)
    if any(board.counts.get(f"information_{one}") for one in ("sent", "lacking", "writing")):
        yield ""
        yield "  " + _information(board)
    ahead = [
        (_mark(d.mark), f"{d.day:%m-%d}", weekday_short(d.day), d.words)
        for d in board.ahead
        if d.words
    ]
    yield from _panel("", _("The next days"), ahead, width)


def _panel(
    digit: str, title: str, rows: Sequence[Sequence[str]], width: int | None
) -> Iterator[str]:
    if not rows and not digit:
        return
    yield ""
    head = f"{digit or ' '} {title}".rstrip()
    yield head if width is None else clip(head, width)
    if not rows:
        yield "  " + _("nothing")
        return
    yield table((), rows[:MOST], width)
    if len(rows) > MOST:
        yield "  " + _("and {n} more").format(n=len(rows) - MOST)


def _mark(mark: bool) -> str:
    return glyphs().attention if mark else " "


def _first(one: Attention, board: Board) -> tuple[str, ...]:
    """Its hour, or its day where that is another one."""
    when = one.at.strftime("%H:%M" if one.at.date() == board.day else "%m-%d") if one.at else ""
    return (glyphs().attention, when, one.word, one.text)


def _of(done: tuple[int, int], words: str) -> str:
    return words.format(n=done[0], total=done[1]) if done[1] else ""


def _paper_counts(board: Board) -> str:
    counts = board.counts
    return _("open {open}  to propose {propose}  to instruct {instruct}  overdue {late}").format(
        open=counts["open"],
        propose=counts["to_propose"],
        instruct=counts["to_instruct"],
        late=counts["overdue"],
    )


def _visitor_counts(board: Board) -> str:
    counts = board.counts
    return _("waiting {n}  new today {new}").format(n=counts["waiting"], new=counts["new_visitors"])


def _followup_counts(board: Board) -> str:
    return _("green {green}  yellow {yellow}  red {red}").format(
        green=board.counts["followups_green"],
        yellow=board.counts["followups_yellow"],
        red=board.counts["followups_red"],
    )


def _errand_counts(board: Board) -> str:
    counts = board.counts
    return _("open {open}  to approve {n}").format(
        open=counts["errands"], n=counts["errands_to_approve"]
    )


def _information(board: Board) -> str:
    counts = board.counts
    words = _(
        "Information: sent this month {n}  adopted {adopted}  being written {writing}"
    ).format(
        n=counts["information_sent"],
        adopted=counts["information_adopted"],
        writing=counts["information_writing"],
    )
    lacking = counts.get("information_lacking", 0)
    short_of = pgettext("information", "lacking {n}").format(n=lacking)
    return f"{words}  {short_of}" if lacking else words
