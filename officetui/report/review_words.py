"""Words that the screen of a day review and what is printed of it share."""

from __future__ import annotations

from collections.abc import Sized

from officetui.text.i18n import ngettext


def became_words(rows: Sized) -> str:
    """The heading of what was due by an evening that nobody signed."""
    n = len(rows)
    words = ngettext(
        "{n} matter was due by that evening, and how it ended",
        "{n} matters were due by that evening, and how they ended",
        n,
    )
    return words.format(n=n)
