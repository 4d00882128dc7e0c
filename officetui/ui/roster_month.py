"""Which month a roster is made for: the next one first, this one from today on."""

from __future__ import annotations

from datetime import date
from typing import Any

from officetui.text.i18n import _
from officetui.text.words import month_words
from officetui.ui import menus


def choose_month(app: Any) -> None:
    """Ask for the month, the next one first, and show its roster."""
    from officetui.ui.modals.menu import StepMenu
    from officetui.ui.screens.roster import RosterScreen

    today = app.office.today
    months = [_month(today, by) for by in (1, 0, 2, 3, 4, 5)]

    def chosen(item: str | None) -> None:
        if item is not None:
            first, last = months[int(item)]
            app.push_screen(RosterScreen(first, last))

    items = [
        menus.Item(
            str(n),
            month_words(first),
            hint=_("from today") if first == today and today.day > 1 else "",
        )
        for n, (first, _last) in enumerate(months)
    ]
    app.push_screen(StepMenu(_("Make the roster of which month?"), [items]), chosen)


def _month(today: date, by: int) -> tuple[date, date]:
    """The first and last day of a month; of this one from today on."""
    number = today.year * 12 + today.month - 1 + by
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    last = date.fromordinal(after.toordinal() - 1)
    return max(first, today), last
