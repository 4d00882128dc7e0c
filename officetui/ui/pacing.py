"""Keys that answer a card count for the card that was painted when they were pressed, or for none.

What arrives before a card was painted, or in one go with the key before, is dropped: the rest of a
line that was stuck answers nothing.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events

NEVER: Final = float("inf")
_BURST: Final = 5  # keys too early in a row: what was typed ahead, or a line that was stuck


class Paced:
    """Mixed into a screen of cards; `_painted_at`: when the card came on the screen (monotonic)."""

    GAP: ClassVar[float] = 0.1  # seconds; nobody reads a card sooner than that after another key
    CALM: ClassVar[float] = (
        1.0  # seconds without a key after a burst, which a line breaks in pieces
    )
    _painted_at = NEVER
    _last_key = float("-inf")
    _dropped = 0  # keys in a row

    def too_early(self, event: events.Key) -> bool:
        """Whether a key was not meant for the card on the screen; every acting key is told."""
        quiet = self.GAP if self._dropped < _BURST else self.CALM
        early = event.time < self._painted_at or event.time - self._last_key < quiet
        self._last_key = event.time
        self._dropped = self._dropped + 1 if early else 0
        return early
