"""The reminder line: what must not be missed now, in the status line of every screen.

It stands where nothing else is said, and never over a form or a line that is being typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from officetui.office.look import Glance
from officetui.office.reminders import reminders
from officetui.text.safe import visible
from officetui.ui.syncing import SyncingApp

if TYPE_CHECKING:
    from officetui.config import Config

_AFTER: Final = 0.3  # seconds after a change when it is seen what is dealt with


class RemindingApp(SyncingApp, inherit_bindings=False):
    """An app that reminds, looking once a minute."""

    config: Config | None = None
    _checks: frozenset[str] | set[str] = frozenset()  # those that were reminded of
    _looking = False  # something changed, and is looked at in a moment

    def watch_others(self) -> None:
        """Also begin to remind."""
        super().watch_others()
        self.call_later(self._look_at_the_clock)

    def _look_at_the_clock(self) -> None:
        self.set_timer(60 - self.office.local.second, self._look_at_the_clock)
        self.remind()

    def records_changed(self, refs: Iterable[str]) -> None:
        """Also take away what was dealt with."""
        super().records_changed(refs)
        if self.reminder and not self._looking:
            self._looking = True
            self.set_timer(_AFTER, self._look_again)

    def _look_again(self) -> None:
        self._looking = False
        self.remind()

    def remind(self) -> None:
        """Say what is due now, and take away what is due no longer."""
        office = self.office
        with office.lock:
            found = reminders(Glance(office, office.now))
        new = {ref for ref, _words in found} - self._checks
        self._checks = {ref for ref, _words in found}
        before, now = self.reminder, visible("  |  ".join(words for _ref, words in found))
        if before != now:
            self.reminder = now
            for screen in self.office_screens():
                screen.remind()
        if new and self.config is not None and self.config.bell:
            self.bell()
