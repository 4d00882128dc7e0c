"""The few things replication asks of a file system, so that a test can stand in for one.

Paths are text relative to a root, parts joined by "/". Every call opens by path: a descriptor that
is held would go on writing to an orphan when a sync tool replaces the file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from officetui.ledger.disk import write_all
from officetui.ledger.stamp import is_writer

_NO_DIR_SYNC = frozenset((errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.ENOSYS))
"""What file systems answer that keep no order of names, or do not let a directory be opened."""


class Found(NamedTuple):
    """A regular file of a directory: size in bytes, time of change in ns."""

    name: str
    size: int
    mtime: int


class Listing(NamedTuple):
    """Regular files and directories by name, ascending; links and everything else left out."""

    files: list[Found]
    directories: list[str]


class Standing(NamedTuple):
    """What the root itself allows: its mode, its group's number, whether we may write in it."""

    mode: int
    group: int
    writable: bool


class Files(Protocol):
    """A tree of files. Everything may raise OSError; FileNotFoundError for what is not there."""

    def scan(self, path: str) -> Listing:
        """What lies in a directory."""

    def read(self, path: str, start: int = 0) -> bytes:
        """The bytes of a file from `start` on."""

    def append(self, path: str, at: int, data: bytes) -> None:
        """Add to an existing file that is `at` bytes long, durably, in one write."""

    def replace(self, path: str, data: bytes) -> None:
        """Make `data` the whole of a file, durably: a temp file, renamed over it."""

    def make_dir(self, path: str) -> None:
        """Make a directory whose parent is there; fine when it is there already."""

    def remove(self, path: str) -> None:
        """Remove a file; fine when it is not there."""


def scan_below(files: Files, path: str) -> Iterator[tuple[str, Listing | OSError]]:
    """The directories of writers in a directory, by name, each as `scan` has it or why it cannot be
    listed now. Raises OSError when the directory itself cannot."""
    for name in files.scan(path).directories:
        if is_writer(name):
            try:
                listing: Listing | OSError = files.scan(f"{path}/{name}")
            except OSError as error:
                listing = error
            yield name, listing


class Modes(NamedTuple):
    """What files and directories are given, whatever the umask; group None: left as it comes."""

    file: int = 0o600
    directory: int = 0o700
    group: int | None = None


class OnDisk:
    """A real directory. `tag` tells our temp files from those of other replicas."""

    def __init__(self, root: Path, modes: Modes | None = None, tag: str = "") -> None:
        self.root = root
        self.modes = modes or Modes()
        self._tag = tag or os.urandom(4).hex()

    def scan(self, path: str) -> Listing:
        files: list[Found] = []
        directories: list[str] = []
        with os.scandir(self.root / path) as entries:
            for entry in entries:
                try:
                    if entry.is_dir(follow_symlinks=False):
                        directories.append(entry.name)
                    elif entry.is_file(follow_symlinks=False):
                        about = entry.stat(follow_symlinks=False)
                        files.append(Found(entry.name, about.st_size, about.st_mtime_ns))
                except FileNotFoundError:
                    continue  # gone since it was listed
        files.sort()
        directories.sort()
        return Listing(files, directories)

    def read(self, path: str, start: int = 0) -> bytes:
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        with os.fdopen(os.open(self.root / path, flags), "rb", buffering=0) as file:
            if start:
                file.seek(start)
            return file.readall() or b""

    def append(self, path: str, at: int, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        fd = os.open(self.root / path, flags)
        try:
            if os.fstat(fd).st_size != at:
                raise OSError(errno.ESTALE, "the file has changed meanwhile", path)
            write_all(fd, data)
            os.fsync(fd)
        except BaseException:
            with suppress(OSError):
                os.close(fd)
            raise
        os.close(fd)

    def replace(self, path: str, data: bytes) -> None:
        target = self.root / path
        temp = target.with_name(f".{target.name}.{self._tag}.part")
        try:
            fd = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            try:
                self._own(fd, self.modes.file)
                write_all(fd, data)
                os.fsync(fd)
            except BaseException:
                with suppress(OSError):
                    os.close(fd)
                raise
            os.close(fd)
            os.replace(temp, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temp)
            raise
        self._sync_dir(target.parent)

    def make_dir(self, path: str) -> None:
        directory = self.root / path
        try:
            os.mkdir(directory, self.modes.directory)
        except FileExistsError:
            return
        fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self._own(fd, self.modes.directory)
        finally:
            os.close(fd)
        self._sync_dir(directory.parent)

    def remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self.root / path)

    # the root itself

    def standing(self) -> Standing:
        """Raises OSError; FileNotFoundError when it is not there."""
        found = os.stat(self.root)
        writable = os.access(self.root, os.W_OK | os.X_OK)
        return Standing(stat.S_IMODE(found.st_mode), found.st_gid, writable)

    def names(self) -> list[str]:
        """All that lies in it, whatever it is, sorted. Raises OSError."""
        return sorted(os.listdir(self.root))

    def has_parent(self) -> bool:
        """Whether the directory is there in which the root is, or could be made."""
        return self.root.parent.is_dir()

    def make_root(self) -> None:
        """Make the root, as the umask has it; fine when it is there already. Raises OSError."""
        with suppress(FileExistsError):
            os.mkdir(self.root)

    def _own(self, fd: int, mode: int) -> None:
        """Group first: giving a file away takes bits of its mode. Shares that know neither refuse
        both, which is no reason not to write."""
        with suppress(PermissionError, NotImplementedError):
            if self.modes.group is not None:
                os.fchown(fd, -1, self.modes.group)
        with suppress(PermissionError, NotImplementedError):
            os.fchmod(fd, mode)

    def _sync_dir(self, path: Path) -> None:
        try:
            fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)
        except OSError as error:
            if error.errno not in _NO_DIR_SYNC:
                raise


class Gathering(OnDisk):
    """A real directory in which names become durable by `settle`, all at once, not each by itself:
    for mirrors, where a name that a power cut takes back is fetched again. What a file holds is
    durable before it bears its name, as ever."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._unsettled: dict[Path, None] = {}

    def settle(self) -> None:
        """Make all names durable that were made or changed since. Raises OSError."""
        while self._unsettled:
            path = next(iter(self._unsettled))
            with suppress(FileNotFoundError):
                super()._sync_dir(path)
            del self._unsettled[path]

    def _sync_dir(self, path: Path) -> None:
        self._unsettled[path] = None
