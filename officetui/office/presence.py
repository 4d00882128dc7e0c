"""Who of the other homes is at triage or closes the day, and at which card.

Homes meet in the shared folder only, so it goes through that: the replication worker tells there
what the windows of this home look at (`office.cards_kept`) and reads what other devices tell, while
a screen with cards is open in this process. Screens ask what is known, and touch no file.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from officetui.ledger import presence
from officetui.ledger.apart import Apart
from officetui.ledger.files import Files, OnDisk
from officetui.ledger.presence import LIMIT, Mark
from officetui.office.cards_kept import KINDS, Beside, windows
from officetui.office.clock import Clock

BELIEVED: Final = timedelta(minutes=5)
"""How long a card that was told is believed: whoever was killed takes nothing back."""
_WILD: Final = timedelta(days=1)  # no clock is believed to be further off
_MOST: Final = 8  # windows of one home
_LONGEST: Final = 80  # characters of a title


class _At(msgspec.Struct, frozen=True):
    """A window that is at a card; `what`: triage or review; `at`: since when, by the clock there
    (UTC text)."""

    what: str
    user: str
    key: str
    title: str = ""
    at: str = ""


class _Told(msgspec.Struct):
    cards: list[_At] = []


class _Device(msgspec.Struct, frozen=True):
    """What a device tells: each card, and since when by the clock here."""

    mark: Mark
    since: dict[_At, datetime]


class Presence:
    """`enter`, `leave` and `beside` for the screens, `round` for the worker."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._home = home
        self._clock = clock
        self._open: frozenset[str] = frozenset()
        self._left = self._taken_back = 0  # how often; only the worker counts the latter
        self._told: tuple[str, bytes] = ("", b"")
        self._devices: dict[str, _Device] = {}
        self._looked: datetime | None = None

    # for the screens

    def enter(self, what: str) -> None:
        """A screen with cards is open here."""
        self._open |= {what}

    def leave(self, what: str) -> None:
        """It is closed; the worker takes back what was told."""
        self._open -= {what}
        self._left += 1

    @property
    def pending(self) -> bool:
        """Whether something is still to be taken back."""
        return self._left != self._taken_back and not self._open and bool(self._told[1])

    def beside(self, what: str) -> list[Beside]:
        """Who of other homes looks at which card, as far as it is believed now."""
        now = self._clock.now()
        return [
            Beside(0, at.user, at.key, at.title)
            for _writer, device in sorted(self._devices.items())
            for at, since in device.since.items()
            if at.what == what and abs(now - since) <= BELIEVED
        ]

    # for the worker

    def round(self, files: Files, me: str | None, writing: bool) -> None:
        """Tell and read, when there is anybody to tell it to. Never raises an OSError."""
        opened, left = self._open, self._left
        if not opened and left == self._taken_back:
            return
        mine = None
        if me is not None and writing:
            data = self._mine()
            mine = data if (me, data) != self._told else None
        if not opened:
            self._devices, self._looked = {}, None
            if mine is None:
                self._taken_back = left if writing else self._taken_back
                return
        known = {writer: device.mark for writer, device in self._devices.items()}
        try:
            if isinstance(files, Apart):
                found = files.presence(me, mine, known)
            elif isinstance(files, OnDisk):
                found = presence.exchange(files, me, mine, known)
            else:
                return
        except OSError:
            # A courtesy: that the folder is in trouble is said by the round that carries changes,
            # and what is not told now is told with the next one.
            return
        if me is not None and mine is not None:
            self._told = (me, mine)
        self._taken_back = left
        if opened:
            self._take(found)
            self._looked = self._clock.now()

    def _mine(self) -> bytes:
        """What all windows of this home look at; b"" when nobody looks at anything."""
        cards = [
            _At(what, one.user, one.key, one.title[:_LONGEST], one.at)
            for what in KINDS
            for one in windows(self._home, what)
        ][:_MOST]
        while cards:
            data = msgspec.json.encode(_Told(cards))
            if len(data) <= LIMIT:
                return data
            cards.pop()
        return b""

    def _take(self, found: list[presence.Shown]) -> None:
        now = self._clock.now()
        seen: dict[str, _Device] = {}
        for writer, mark, data in found:
            before = self._devices.get(writer)
            if data is None:
                if before is not None:
                    seen[writer] = before
                continue
            known = before.since if before is not None else {}
            since: dict[_At, datetime] = {}
            for at in _decoded(data):
                first = known.get(at) or self._first(at, now)
                if first is not None:
                    since[at] = first
            seen[writer] = _Device(mark, since)
        self._devices = seen

    def _first(self, at: _At, now: datetime) -> datetime | None:
        """Since when a card is looked at that is seen for the first time.

        What came while we looked has just been told, however wrong the clock there is; of what was
        there before, only that clock can say how old it is. None: nothing is believed.
        """
        try:
            read = datetime.fromisoformat(at.at)
            told = read.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        if read.tzinfo is None:
            return None
        looking = self._looked is not None and abs(now - self._looked) <= BELIEVED
        return now if looking and abs(now - told) <= _WILD else min(now, told)


def _decoded(data: bytes) -> list[_At]:
    try:
        return msgspec.json.decode(data, type=_Told).cards[:_MOST]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []  # torn, of another version, or no file of ours
