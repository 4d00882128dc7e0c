"""Files that survive a power cut, and the local lock. Local files are 0600, directories 0700."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = "journal.lock"


def write_all(fd: int, data: bytes) -> None:
    """Write every byte or raise OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def fsync_dir(path: Path) -> None:
    """Make what was created, renamed or removed in a directory durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_dir(path: Path) -> None:
    """Create a directory and its parents, durably; those that exist are left as they are."""
    if path.is_dir():
        return
    make_dir(path.parent)
    with suppress(FileExistsError):
        os.mkdir(path, 0o700)
        os.chmod(path, 0o700)  # whatever the umask
    fsync_dir(path.parent)


def open_new(path: Path, flags: int) -> int:
    """Open for writing, creating the file as 0600 whatever the umask."""
    fd = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(fd).st_size == 0:
            os.fchmod(fd, 0o600)
    except BaseException:
        os.close(fd)
        raise
    return fd


def write_new(path: Path, data: bytes | Iterable[bytes], mode: int = 0o600) -> None:
    """Write a file that is not in use yet, and fsync it; OSError as the system gives it.

    `data`: what is to stand in it, whole or in pieces.
    """
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        os.fchmod(fd, mode)
        for piece in (data,) if isinstance(data, bytes) else data:
            write_all(fd, piece)
        os.fsync(fd)
    finally:
        os.close(fd)


def replace_durably(path: Path, data: bytes | Iterable[bytes], mode: int = 0o600) -> None:
    """Replace a file by `data`, whole or in pieces: temp file in the same directory, fsync,
    rename, fsync.

    Whoever reads sees the old file or the new one, whenever the writer dies.
    """
    temp = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    try:
        write_new(temp, data, mode)
        os.replace(temp, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temp)
        raise
    fsync_dir(path.parent)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the journal lock of a replica alone. Waits; raises OSError when it cannot be had."""
    fd = open_new(home / LOCK, os.O_RDWR)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


@contextmanager
def shared(home: Path) -> Iterator[None]:
    """Keep appends out while reading, so that no line is seen before it is durable.

    A home that cannot be written (a read-only copy) has no appends to keep out.
    """
    try:
        fd = os.open(home / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_SH)
        yield
    finally:
        os.close(fd)
