"""Replication for the app: knows which of this process's changes a round has seen."""

from __future__ import annotations

from collections.abc import Callable

from officetui.office.office import Office
from officetui.office.presence import Presence
from officetui.office.sync import Sync, Told


class Replication(Sync):
    """`seen`: how many changes `made` had counted when the last whole round began; what was made
    since then counts as waiting, whatever that round found."""

    def __init__(self, office: Office, made: Callable[[], int], presence: Presence) -> None:
        self._made = made
        self.seen = made()
        super().__init__(office.home, office.info, clock=office.watch, apart=True)
        self.presence = presence

    def round(self, *, wait: float = 0, progress: Callable[[int, int], None] | None = None) -> Told:
        """A round as `Sync.round`."""
        begun = self._made()
        told = super().round(wait=wait, progress=progress)
        self.seen = begun  # counted, be it by the process that replicates beside this one
        return told
