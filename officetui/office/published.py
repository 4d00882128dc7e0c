"""Up to where the own journal is known to be in the folder: what waits while the folder is away.

`sync.json` keeps it. It is derived and may be deleted; then everything counts as waiting until the
folder has been read again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from officetui.ledger import identity
from officetui.ledger.disk import replace_durably
from officetui.ledger.journals import Ledger
from officetui.ledger.retire import successor
from officetui.ledger.segments import read_segment

NAME = "sync.json"


class End(NamedTuple):
    """Where a journal ends: its last segment and the bytes of that; "" when there is none."""

    writer: str = ""
    segment: int = 0
    size: int = 0


class _Kept(msgspec.Struct, frozen=True):
    """`read_at`: when the folder was last read, ms UTC; 0 never."""

    folder: str = ""
    end: End = End()
    read_at: int = 0


class Published:
    """What is known to be in the folder. Use it from one thread at a time."""

    def __init__(self, home: Path, machine: str | None, ledger: Ledger) -> None:
        self._home = home
        self._machine = machine
        self._ledger = ledger
        self._counted: tuple[object, int] = (None, 0)
        self._kept = _Kept()
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            self._kept = msgspec.json.decode((home / NAME).read_bytes(), type=_Kept)

    @property
    def read_at(self) -> int:
        return self._kept.read_at

    def end(self) -> End:
        """Where the own journal ends now."""
        writer = identity.known_writer(self._home, self._machine)
        if writer is None:
            return End()
        writer = successor(self._home, writer)
        own = self._ledger.segments(writer)
        size = 0
        with suppress(OSError):
            size = own[-1].path.stat().st_size if own else 0
        return End(writer, own[-1].number if own else 0, size)

    def note(self, folder: Path, end: End, read_at: int) -> None:
        """Everything up to `end` is in `folder`. Written only when that is new."""
        if (self._kept.folder, self._kept.end) != (str(folder), end):
            self._keep(_Kept(str(folder), end, read_at))

    def note_read(self, read_at: int) -> None:
        """The folder was last read then."""
        if read_at != self._kept.read_at:
            self._keep(msgspec.structs.replace(self._kept, read_at=read_at))

    def _keep(self, kept: _Kept) -> None:
        self._kept = kept
        with suppress(OSError):  # a full disk here: the next start only knows less
            replace_durably(self._home / NAME, msgspec.json.encode(kept))

    def waiting(self, folder: Path) -> int:
        """How many own changes stand behind what is known to be in `folder`."""
        end = self.end()
        known = self._kept.end
        if self._kept.folder != str(folder) or known.writer != end.writer:
            known = End()
        if self._counted[0] != (end, known):
            self._counted = ((end, known), self._behind(end.writer, known))
        return self._counted[1]

    def _behind(self, writer: str, known: End) -> int:
        count = 0
        for segment in self._ledger.segments(writer) if writer else ():
            if segment.number > known.segment:
                count += max(0, read_segment(segment).count(b"\n") - 1)  # without the header
            elif segment.number == known.segment:
                count += read_segment(segment)[known.size :].count(b"\n")
        return count
