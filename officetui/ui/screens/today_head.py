"""The header line in words: the office, the day that is seen, who is there, what is kept."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.office.board import Board
from officetui.text.i18n import _, language, pgettext
from officetui.text.words import full_date_words, weekday_short
from officetui.ui.screens.today_layout import Shape


def header(board: Board, shape: Shape) -> list[tuple[str, str, str]]:
    """The header line: the office, the day that is seen, who is there and that all is kept.

    From the longest form to the shortest: the least important words go first, and that all is
    kept is always said.
    """
    small = shape == "small"
    saved = pgettext("header", "saved") if small else pgettext("header", "all saved")
    by = pgettext("header", "{user}  {saved}").format(user=board.user, saved=saved)
    days = _header_days(board, small)
    found = [(board.office, day, by) for day in days]
    return [*found, (board.office, days[-1], saved), ("", days[-1], saved)]


def _header_days(board: Board, small: bool) -> list[str]:
    """The day in words, from all that can be said of it to what must be."""
    if small:
        shown = f"{board.day:%m-%d} {weekday_short(board.day)}"
    else:
        shown = full_date_words(board.day)
    if board.today is not None:
        # Another day: there is no hour to it, and it must not be taken for this one.
        seen = _("Seen: {date}").format(date=shown)
        today = _("(today {date})").format(date=f"{board.today:%m-%d}")
        as_now = _("as the data are now") if board.past else ""
        kinds: Sequence[tuple[str, ...]] = (
            (board.day_type, as_now, today),
            (as_now, today),
            (as_now,),
        )
        return [" ".join(part for part in (seen, *kind) if part) for kind in kinds]
    lunar = board.lunar if language().startswith("zh") else ""
    if lunar and not small:
        lunar = _("lunar {date}").format(date=lunar)
    time = board.now.strftime("%H:%M")
    kinds = ((shown, board.day_type, lunar), (shown, board.day_type), (shown,), ())
    gap = " " if small else "  "
    return [gap.join(p for p in (" ".join(k for k in kind if k), time) if p) for kind in kinds]
