"""`replicate.json`: what replication knows after a restart, and which process knew it last.

Derived, and may be deleted: then everything is read again, and counts as waiting until it was.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from officetui.ledger.disk import replace_durably
from officetui.ledger.held import Remembered

NAME: Final = "replicate.json"


class Memory(msgspec.Struct, omit_defaults=True):
    """`folder`: of which folder this tells; `writers`: the mirrors; `own`: our writer, `closed`:
    its segments up to here were compared, `segment` and `size`: up to where, in bytes of that
    segment, its journal is known to be in the folder; `read_at`: when (ms UTC) the folder was last
    read, as of the last time that anything else was new."""

    folder: str = ""
    writers: dict[str, Remembered] = {}
    own: str = ""
    closed: int = 0
    segment: int = 0
    size: int = 0
    read_at: int = 0


class Kept:
    """The file of a home. `is_stale` after another process wrote it; only who holds the lock of
    replication writes."""

    def __init__(self, home: Path, folder: str) -> None:
        self._path = home / NAME
        self.folder = folder
        self._left: tuple[int, int, int] | None = None
        self._saved = b""
        self.memory = Memory(folder)

    def is_stale(self) -> bool:
        """Whether the file is another one than was read or written here last."""
        return self._left != self._trace()

    def read(self) -> Memory:
        """What the file says now; what it says of another folder counts for nothing."""
        self._left = self._trace()
        self._saved = b""
        memory = Memory()
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            data = self._path.read_bytes()
            memory = msgspec.json.decode(data, type=Memory)
            self._saved = _encoded(memory)
        if memory.folder != self.folder:
            memory = Memory(self.folder, memory.writers)
            for each in memory.writers.values():
                each.closed = each.missing_since = 0
        self.memory = memory
        return memory

    def write(self, read_at: int, *, also_alone: bool = False) -> None:
        """Keep `memory`. That the folder was read is no news by itself, unless `also_alone`."""
        memory = self.memory
        if _encoded(memory) == self._saved and not (also_alone and read_at != memory.read_at):
            return
        memory.read_at = max(read_at, memory.read_at)
        with suppress(OSError):  # a full disk here: the next start only knows less
            replace_durably(self._path, msgspec.json.encode(memory, order="sorted"))
            self._saved = _encoded(memory)
            self._left = self._trace()

    def _trace(self) -> tuple[int, int, int]:
        try:
            found = os.stat(self._path)
        except OSError:
            return 0, 0, 0
        return found.st_ino, found.st_size, found.st_mtime_ns


def _encoded(memory: Memory) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(memory, read_at=0), order="sorted")
