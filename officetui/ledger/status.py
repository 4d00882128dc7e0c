"""What replication tells: of a round, while it goes on, and how everything stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from officetui.ledger import retire
from officetui.ledger.files import Listing
from officetui.ledger.folder import Marker

Progress = Callable[[int, int], None]
"""Told (bytes read, bytes to be read) of the first sync; may raise, to cancel: what has come is
kept, and the next round goes on."""


class Outcome(NamedTuple):
    """What a round did. `busy`: another process replicates, nothing was done; `state` of the
    folder; `news`: something came that the fold has not seen; `error`: what went wrong, or ""."""

    busy: bool
    state: str
    news: bool
    error: str


class Device(NamedTuple):
    """A writer's journal here. `newest`: when (ms UTC, its own clock) its last line was written,
    0 when it has none; `holes`: numbers that are missing, inclusive ranges; `lacking`: since when
    (ms) the folder lacks lines of it that are here, 0 when it does not."""

    writer: str
    n: int
    newest: int
    holes: list[tuple[int, int]]
    lacking: int


class Status(NamedTuple):
    """The truth about the folder. `waiting`: own changes not known to be in it; `read_at`: when (ms
    UTC) it was last read, by whichever process, None when never; `retired`: earlier writers of this
    replica that a new one took over from."""

    state: str
    waiting: int
    read_at: int | None
    devices: list[Device]
    retired: list[tuple[str, retire.Retired]]
    marker: Marker | None
    error: str


class Counted:
    """Adds up what is read, and tells it beside what there is to be read."""

    def __init__(
        self, progress: Progress, listings: dict[str, Listing], mirrors: dict[str, Any], me: Any
    ) -> None:
        self._progress = progress
        self._done = 0
        self._all = sum(
            each.size
            for writer, listing in listings.items()
            if writer != me
            for each in listing.files
            if writer not in mirrors or each.name not in mirrors[writer].heard
        )

    def __call__(self, size: int) -> None:
        self._done += size
        self._progress(self._done, max(self._all, self._done))
