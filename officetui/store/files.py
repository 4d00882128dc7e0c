"""Whole files or none: every file of the store is replaced by rename, never changed in place.

Nothing here imports tinydb: the desk is read at each start, tinydb only by who asks for it.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from officetui.errors import DataDamaged
from officetui.ledger.disk import fsync_dir, replace_durably

FILE_MODE = 0o600
STALE_TEMP_SECONDS = 3600

Signature = tuple[int, int, int] | None
"""(inode, mtime in ns, size) of a file, None while it is absent."""


class DamagedFile(DataDamaged, ValueError):
    """A file of the store is not what the store writes.

    `path` is the file, left as it was found; `reason` says what is wrong with it. It is a
    ValueError too, because that is what a script expects from a file that is no JSON.
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"{path} is damaged ({reason}). The file was left as it is; desk and books can be"
            " made again from the journals: officetui doctor --rebuild"
        )
        self.path = Path(path)
        self.reason = reason


def atomic_write(path: Path | str, data: bytes | Iterable[bytes], mode: int = FILE_MODE) -> None:
    """Replace `path` by `data` (whole or in pieces), wholly or not at all; a symbolic
    link is followed and stays.

    OSError when it cannot be done; the old file is whole.
    """
    replace_durably(Path(os.path.realpath(path)), data, mode)


def sweep_temps(directory: Path) -> None:
    """Remove the temp files that killed writers left, once they are an hour old."""
    oldest = time.time() - STALE_TEMP_SECONDS
    if not directory.is_dir():
        return
    with os.scandir(directory) as entries:
        for entry in entries:
            name = entry.name
            if not (name.startswith(".") and name.endswith(".tmp") and name.count(".") >= 3):
                continue
            try:
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    os.unlink(entry.path)
            except FileNotFoundError:
                continue


def signature(path: Path) -> Signature:
    """What tells one version of a local file from the next; each rename gives another inode."""
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock file `path` (created when absent) until the block ends; waits for it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def keep_aside(path: Path) -> Path:
    """Rename a damaged file to the first free `<name>.damaged-<n>` and return that name."""
    n = 1
    while True:
        kept = path.with_name(f"{path.name}.damaged-{n}")
        if not os.path.lexists(kept):
            os.rename(path, kept)
            fsync_dir(path.parent)
            return kept
        n += 1
