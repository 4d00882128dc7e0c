"""A screen of cards tells which one is looked at, and asks who else looks at one.

Windows of this home meet in the home, those of other homes in the shared folder: that one is
touched by the thread that replicates, never by a key.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from officetui.office.cards_kept import Beside, Kept

if TYPE_CHECKING:
    from officetui.ui.syncing import SyncingApp

_LOOKED_AT: Final = 0.5  # seconds that a card is looked at before others are told


class AtCards(Kept):
    """`Kept` of a window, told to the other homes as well."""

    def __init__(self, app: SyncingApp, what: str = "triage") -> None:
        super().__init__(app.office.home, app.office.user, what)
        self._app = app
        self._what = what
        self._soon = False
        app.presence.enter(what)

    def look_at(self, key: str, title: str, now: datetime) -> bool:
        """Tell others which card is looked at. Whether it was to be told."""
        changed = super().look_at(key, title, now)
        if changed and not self._soon:
            self._soon = True
            self._app.set_timer(_LOOKED_AT, self._tell)
        return changed

    def _tell(self) -> None:
        self._soon = False
        self._app.wake_sync()

    def leave(self) -> None:
        """Nobody is at the cards here any more."""
        super().leave()
        self._app.presence.leave(self._what)
        self._app.wake_sync()

    def beside(self) -> list[Beside]:
        """Who else is at the cards now, in this home first."""
        return [*super().beside(), *self._app.presence.beside(self._what)]
