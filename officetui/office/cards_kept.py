"""What triage keeps in the home: the place, what comes back later, and who looks at which card.

    triage/place.json    by user: the day, the card looked at, what was put off until when
    triage/<pid>.json    of every window: who, and which card; gone with its process

What other homes are told of it: `office.presence`.

None of it is part of the office: lost, it costs a few keys.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

KINDS: Final = ("triage", "review")
"""What has cards, each with a directory of its own."""
RENEWED: Final = timedelta(minutes=3)
"""After that a card that is still looked at is told anew: others believe it for a few minutes."""
_PLACE: Final = "place.json"


class Place(msgspec.Struct):
    """How far a user has come on a day. `later`: cards by key, each with the instant (UTC text)
    from which it is shown again."""

    day: str = ""
    at: str = ""
    skipped: list[str] = []
    later: dict[str, str] = {}
    apart: list[str] = []


class Beside(msgspec.Struct, frozen=True):
    """A window that is at a card; `pid` 0: of another home; `at`: since when (UTC text)."""

    pid: int
    user: str
    key: str
    title: str = ""
    at: str = ""


class Kept:
    """The files of one window; `what`: triage, or review, which keeps its own."""

    def __init__(self, home: Path, user: str, what: str = "triage") -> None:
        self._folder = home / what
        self._user = user
        self._mine = self._folder / f"{os.getpid()}.json"
        self._looked: tuple[str, str] | None = None
        self._told: datetime | None = None

    def place(self, day: str) -> Place:
        """Where the user stopped on that day; a fresh one on another."""
        found = self._places().get(self._user)
        return found if found is not None and found.day == day else Place(day)

    def keep(self, place: Place) -> None:
        """Keep the place; what cannot be written is not kept."""
        places = {**self._places(), self._user: place}
        self._write(self._folder / _PLACE, msgspec.json.encode(places))

    def look_at(self, key: str, title: str, now: datetime) -> bool:
        """Tell other windows which card is looked at. Whether it was to be told: it is another one
        than before, or the same for a while."""
        fresh = self._told is not None and abs(now - self._told) < RENEWED
        if (key, title) == self._looked and fresh:
            return False
        self._looked, self._told = (key, title), now
        one = Beside(os.getpid(), self._user, key, title, instant_text(now))
        self._write(self._mine, msgspec.json.encode(one))
        return True

    def leave(self) -> None:
        """Nobody is at triage here any more."""
        with suppress(OSError):
            self._mine.unlink(missing_ok=True)

    def beside(self) -> list[Beside]:
        """The other windows that are at triage now; files of dead ones are taken away."""
        return [one for path, one in _windows(self._folder) if path != self._mine]

    def _places(self) -> dict[str, Place]:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode((self._folder / _PLACE).read_bytes(), type=dict[str, Place])
        return {}

    def _write(self, path: Path, data: bytes) -> None:
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            other = path.with_suffix(f".{os.getpid()}.tmp")
            other.write_bytes(data)
            other.replace(path)


def windows(home: Path, what: str) -> list[Beside]:
    """All windows of a home that are at triage, or at the review, now."""
    return [one for _path, one in _windows(home / what)]


def _windows(folder: Path) -> list[tuple[Path, Beside]]:
    found = []
    try:
        files = sorted(folder.glob("[0-9]*.json"))
    except OSError:
        return []
    for path in files:
        with suppress(OSError, msgspec.DecodeError):
            one = msgspec.json.decode(path.read_bytes(), type=Beside)
            if _alive(one.pid):
                found.append((path, one))
            else:
                path.unlink(missing_ok=True)
    return found


def instant_text(moment: datetime) -> str:
    """An aware instant as UTC text of one form, so that it sorts."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError, ValueError):
        return True
    return True
