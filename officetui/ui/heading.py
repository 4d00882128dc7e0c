"""The header line of lists and details: whose office, which day, who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officetui.text.words import full_date_words

if TYPE_CHECKING:
    from officetui.ui.screens.base import BaseScreen


def tell_header(screen: BaseScreen) -> None:
    """Write the header line; without the time, which would need a repaint every minute."""
    office = screen.office
    screen.header_line.tell(full_date_words(office.today), office.user, strong=office.name)
