"""Who looks at which card, told through the folder: one small file for each device.

    triage/<writer>.json    beside journals/

A courtesy and no part of the office: nothing is inferred from it, nothing waits for it, and a file
that is lost is missed for one card. So nothing is fsynced here. Only bytes are moved; what they say
is known above. This also runs in the helper that touches the folder, which has the standard
library and nothing else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from officetui.ledger.disk import write_all
from officetui.ledger.stamp import is_writer

if TYPE_CHECKING:
    from officetui.ledger.files import OnDisk

FOLDER: Final = "triage"
LIMIT: Final = 4096
"""Bytes of a file; a longer one is nobody's."""
_MOST: Final = 1000  # names of the directory that are looked at
_MARKER: Final = "officetui.json"  # ledger.folder, which the helper cannot import
_SUFFIX: Final = ".json"
_OPEN: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

Mark = tuple[int, int, int]
"""Inode, size in bytes, time of change in ns: with the same one a file is not read again."""
Shown = tuple[str, Mark, bytes | None]
"""A writer, its file's mark, what it holds: b"" for what is not to be read, None when known."""


def exchange(
    files: OnDisk, me: str | None, mine: bytes | None, known: Mapping[str, Mark]
) -> list[Shown]:
    """Put `mine` into our file (b"" takes it away, None leaves it), then what the others hold.

    `known`: the marks of what was read before. What cannot be written is not written; raises
    OSError when nothing can be read. No directory yet is an empty one.
    """
    root = os.open(files.root, _OPEN)
    try:
        if me is not None and mine is not None:
            with suppress(OSError):  # read-only, full, refused: told with the next card
                _put(files, root, me + _SUFFIX, mine)
        with _place(root) as place:
            return list(_shown(place, me, known))
    except FileNotFoundError:
        return []
    finally:
        os.close(root)


@contextmanager
def _place(root: int) -> Iterator[int]:
    """The directory itself, never what a link of its name leads to."""
    place = os.open(FOLDER, _OPEN | os.O_NOFOLLOW, dir_fd=root)
    try:
        yield place
    finally:
        os.close(place)


def _put(files: OnDisk, root: int, name: str, data: bytes) -> None:
    """Replace a file by way of another name; it is made only where the marker of the office is."""
    if data:
        os.stat(_MARKER, dir_fd=root)
        with suppress(FileExistsError):
            os.mkdir(FOLDER, 0o700, dir_fd=root)
            with _place(root) as place:
                _own(files, place, files.modes.directory)
    with _place(root) as place:
        if not data:
            os.unlink(name, dir_fd=place)
        elif _read(place, name) != data:  # another window of this home may have told it
            _write(files, place, name, data)


def _write(files: OnDisk, place: int, name: str, data: bytes) -> None:
    temp = f".{name}.part"
    with suppress(FileNotFoundError):
        os.unlink(temp, dir_fd=place)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    fd = os.open(temp, flags, 0o600, dir_fd=place)
    try:
        try:
            _own(files, fd, files.modes.file)
            write_all(fd, data)
        finally:
            os.close(fd)
        os.replace(temp, name, src_dir_fd=place, dst_dir_fd=place)
    except OSError:
        with suppress(OSError):
            os.unlink(temp, dir_fd=place)
        raise


def _own(files: OnDisk, fd: int, mode: int) -> None:
    """As the marker says; shares that know neither group nor mode refuse both."""
    with suppress(PermissionError, NotImplementedError):
        if files.modes.group is not None:
            os.fchown(fd, -1, files.modes.group)
    with suppress(PermissionError, NotImplementedError):
        os.fchmod(fd, mode)


def _shown(place: int, me: str | None, known: Mapping[str, Mark]) -> Iterator[Shown]:
    with os.scandir(place) as entries:
        for entry in islice(entries, _MOST):
            writer = entry.name.removesuffix(_SUFFIX)
            if entry.name != writer + _SUFFIX or not is_writer(writer) or writer == me:
                continue  # temp names, copies of sync tools, whatever else
            with suppress(OSError):
                if not entry.is_file(follow_symlinks=False):
                    continue
                about = entry.stat(follow_symlinks=False)
                mark = (about.st_ino, about.st_size, about.st_mtime_ns)
                same = known.get(writer) == mark
                yield writer, mark, None if same else _read(place, entry.name)


def _read(place: int, name: str) -> bytes:
    """What a file holds, b"" unless it is a small regular one. Never waits for a FIFO's writer."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        fd = os.open(name, flags, dir_fd=place)
    except OSError:
        return b""
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return b""
        data = os.read(fd, LIMIT + 1)
        return data if len(data) <= LIMIT else b""
    finally:
        os.close(fd)
