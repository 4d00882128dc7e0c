"""The shared folder: its marker `officetui.json`, its state, and what a name in it means.

Without the marker of this office nothing is written: an empty mount point looks like an empty
folder, and the folder of another office like one's own.
"""

from __future__ import annotations

import errno
import functools
import re
from collections.abc import Callable
from typing import Final, NamedTuple

import msgspec

from officetui.ledger.files import Files, Modes, Standing
from officetui.ledger.line import FORMAT, READER

MARKER: Final = "officetui.json"
JOURNALS: Final = "journals"
RELAY: Final = ".relay-"

OK: Final = "ok"
ABSENT: Final = "absent"
FOREIGN: Final = "foreign"
NEWER: Final = "newer"
FULL: Final = "full"

_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Marker(msgspec.Struct):
    """What `officetui.json` in the folder says.

    `format`, `reader`: written always, as a later version has other defaults; `reader`: the oldest
    reader that understands the folder; `mode`: of files, octal ("660"); `group`: number of the
    group, null when left alone; `app`: the version that wrote it.
    """

    office: str
    name: str = ""
    zone: str = ""
    format: int = 1
    reader: int = 1
    mode: str = ""
    group: int | None = None
    app: str = ""

    def modes(self) -> Modes:
        """Directories get the bit of the group handed down, and x where there is r."""
        try:
            file = int(self.mode, 8) & 0o666 | 0o600
        except ValueError:
            file = 0o600
        directory = file | (file & 0o444) >> 2
        return Modes(file, directory | (0o2000 if file & 0o070 else 0), self.group)


class Look(NamedTuple):
    """What a look at the folder showed. `marker` is there whenever it could be read."""

    state: str
    marker: Marker | None


def look(files: Files, office: str) -> Look:
    """Whether this is the folder of the office `office`: ok, absent, foreign or newer.

    A marker that cannot be read (torn, not there yet, no permission) counts as absent.
    """
    try:
        marker = msgspec.json.decode(files.read(MARKER), type=Marker)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Look(ABSENT, None)
    return judge(marker, office)


def judge(marker: Marker, office: str) -> Look:
    """What a marker means for the office `office`."""
    if marker.office != office:
        return Look(FOREIGN, marker)
    if marker.format > FORMAT or marker.reader > READER:
        return Look(NEWER, marker)
    return Look(OK, marker)


def write_marker(files: Files, marker: Marker) -> None:
    """Make this the folder of an office. Raises OSError. Look first whose it is."""
    files.replace(MARKER, msgspec.json.encode(marker) + b"\n")


def marker_for(standing: Standing, office: str, name: str, zone: str, app: str) -> Marker:
    """The marker of a new folder: everyone may do with its files what the directory allows."""
    mode = standing.mode & 0o666 | 0o600
    group = standing.group if mode & 0o070 else None
    return Marker(office, name, zone, FORMAT, READER, f"{mode:o}", group, app)


def is_full(error: OSError) -> bool:
    """Whether an error says that there is no room."""
    return error.errno in _FULL_ERRORS


# names in the folder


class Name(NamedTuple):
    """A file of a writer's directory. `segment` counts from 1; `main` is False for relays,
    conflict copies and other copies, which are read for lines not yet known."""

    segment: int
    main: bool


@functools.lru_cache(maxsize=16384)
def read_name(name: str) -> Name | None:
    """What a file of a writer's directory is, None for what is to be ignored (temp names too)."""
    if name.startswith((".", "~")) or name.endswith((".part", "~", ".tmp")):
        return None
    match = _shape()(name)
    if match is None:
        return None
    segment = int(match[1])
    return Name(segment, not match[2]) if segment else None


@functools.cache
def _shape() -> Callable[[str], re.Match[str] | None]:
    # relays; Syncthing; Nextcloud, Dropbox and others: " (conflicted copy …)", " 2", "_conflict-…"
    pattern = r"([0-9]{6,9})((?:\.relay-|\.sync-conflict-|[ (_-]).*)?\.jsonl"
    return re.compile(pattern, re.ASCII | re.DOTALL).fullmatch


def main_name(segment: int) -> str:
    return f"{segment:06d}.jsonl"


def relay_name(segment: int, me: str) -> str:
    """The file in which `me` hands on lines of somebody else's segment."""
    return f"{segment:06d}{RELAY}{me}.jsonl"
