"""Which folder this replica shares: founding one, joining one, leaving it.

The path is kept in `folder.json` beside `office.json`, not in config.toml: it belongs to the
replica, while config.toml is a person's wishes, which may be linked to other machines where the
folder lies elsewhere. All of this touches the folder: call it where waiting is allowed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from officetui import __version__
from officetui.errors import FolderUnreachable, Refused
from officetui.ledger import folder as folders
from officetui.ledger import identity
from officetui.ledger.disk import make_dir, replace_durably
from officetui.ledger.files import Files, OnDisk
from officetui.ledger.folder import FOREIGN, JOURNALS, MARKER, NEWER, OK, Look
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.ledger.apart import Apart, Reached

NAME = "folder.json"
# What sync tools, shares and file managers leave in a folder that people call empty.
_TOLERATED = frozenset(
    ("lost+found", "desktop.ini", "Thumbs.db", "@eaDir", "#recycle", "@Recycle", "$RECYCLE.BIN")
)
_NAMED = 5


class _Kept(msgspec.Struct):
    path: str


def folder_of(home: Path) -> Path | None:
    """The shared folder of this replica, None when there is none."""
    try:
        return Path(msgspec.json.decode((home / NAME).read_bytes(), type=_Kept).path)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def attach(home: Path, folder: Path) -> None:
    """Let `folder` be the one from now on. Raises OSError."""
    make_dir(home / JOURNALS)
    replace_durably(home / NAME, msgspec.json.encode(_Kept(str(folder))) + b"\n")


def detach(home: Path) -> None:
    """Work alone from now on; nothing is removed, here or there."""
    (home / NAME).unlink(missing_ok=True)


def absolute(folder: str) -> Path:
    """A path as a person types it."""
    return Path(os.path.abspath(os.path.expanduser(folder)))


@contextmanager
def reached(folder: Path, patience: float | None = None) -> Iterator[Apart]:
    """`folder`, touched by a process of its own, so that this one can end while a share whose
    server is gone does not answer. `patience`: after so many seconds it counts as such a one;
    None: it is waited for."""
    from officetui.ledger.apart import Apart

    files = Apart(folder, patience)
    try:
        yield files
    finally:
        files.close()


def look(folder: Path | Reached, office: str) -> Look:
    """Whose folder it is, as `officetui.ledger.folder.look`."""
    return folders.look(_files(folder), office)


def found(folder: Path | Reached, info: identity.Office) -> bool:
    """Make `folder` the one of this office, unless it is already: then False.

    A directory that is missing is made when its parent is there. Raises Refused for the folder of
    another office and for one with other things in it, FolderUnreachable.
    """
    files = _files(folder)
    if look(files, info.id).state in (OK, NEWER):
        return False
    check(files)
    try:
        files.make_root()
        marker = folders.marker_for(files.standing(), info.id, info.name, info.zone, __version__)
        files.modes = marker.modes()
        folders.write_marker(files, marker)
    except OSError as error:
        raise _unusable(files, error) from error
    return True


def check(folder: Path | Reached) -> None:
    """Raises Refused unless an office may be founded in `folder`, which need not be there yet;
    FolderUnreachable when it does not answer."""
    files = _files(folder)
    marker = look(files, "").marker
    if marker is not None:
        raise Refused(
            _(
                "{folder} is the folder of another office, {name}. Nothing was written there. "
                "To take part in that office: officetui join {folder}"
            ).format(folder=files.root, name=marker.name or marker.office)
        )
    try:
        names = files.names()
        writable = files.standing().writable
    except FileNotFoundError:
        if files.has_parent():
            return
        raise FolderUnreachable(why_not(files)) from None
    except OSError as error:
        raise _unusable(files, error) from error
    _refuse_strangers(files.root, names)
    if not writable:
        raise FolderUnreachable(
            _("{folder} may not be read: you need the right to, and to write.").format(
                folder=files.root
            )
        )


def _files(folder: Path | Reached) -> Reached:
    return OnDisk(folder) if isinstance(folder, Path) else folder


def _unusable(files: Reached, error: OSError) -> FolderUnreachable:
    if isinstance(error, TimeoutError):
        return FolderUnreachable(why_not(files))
    return FolderUnreachable(
        _("{folder} cannot be used: {reason}. Nothing was changed.").format(
            folder=files.root, reason=error.strerror or error
        )
    )


def _refuse_strangers(folder: Path, names: list[str]) -> None:
    if MARKER in names:
        raise Refused(
            _(
                "{file} is there, but cannot be read: it may still be arriving. Nothing was "
                "written; try again in a while."
            ).format(file=folder / MARKER)
        )
    if JOURNALS in names:
        raise Refused(
            _(
                "{folder} holds journals, but no officetui.json says of which office. If they are "
                "this office's: officetui folder {folder} --rebuild; else take another folder."
            ).format(folder=folder)
        )
    others = [n for n in names if not n.startswith((".", "~")) and n not in _TOLERATED]
    if others:
        shown = listed([*others[:_NAMED], *(["…"] if len(others) > _NAMED else [])])
        raise Refused(
            _(
                "{folder} is not empty ({names}). The office needs a directory of its own: make "
                "one in it, and name that."
            ).format(folder=folder, names=shown)
        )


def join(home: Path, folder: Path | Reached) -> tuple[identity.Office, bool]:
    """Make `home` a replica of the office of `folder`; the office, and whether it was begun
    before. The first round has still to be made.

    Raises Refused (this home holds another office), FolderUnreachable.
    """
    here = identity.read_office(home)
    files = _files(folder)
    seen = look(files, here.id if here is not None else "")
    if seen.marker is None:
        raise FolderUnreachable(why_not(files))
    if here is not None and seen.state == FOREIGN:
        raise Refused(
            _(
                "{home} holds the office {mine}, the folder that of {theirs}. One home holds one "
                "office: set OFFICETUI_HOME to an empty place and join there."
            ).format(home=home, mine=here.name, theirs=seen.marker.name or seen.marker.office)
        )
    if folders.judge(seen.marker, seen.marker.office).state == NEWER:
        raise Refused(
            _(
                "{folder} was written by a newer officetui: install version {version} or later."
            ).format(folder=files.root, version=seen.marker.app or "?")
        )
    if here is not None:
        attach(home, files.root)
        return here, True
    info = identity.Office(seen.marker.office, seen.marker.name, seen.marker.zone or "UTC")
    attach(home, files.root)
    identity.write_office(home, info)  # last: from now on there is an office here
    return info, False


def why(folder: Path | Files) -> str:
    """Why a folder counts as absent: missing, denied, silent (no answer, or another error), empty,
    unmarked (it has things in it, yet no officetui.json that can be read)."""
    try:
        found = (OnDisk(folder) if isinstance(folder, Path) else folder).scan("")
        names = [*(each.name for each in found.files), *found.directories]
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except PermissionError:
        return "denied"
    except OSError:
        return "silent"
    shown = [name for name in names if not name.startswith(".") and name not in _TOLERATED]
    return "unmarked" if shown else "empty"


def why_not(folder: Path | Reached) -> str:
    """The sentence for a folder that nobody can join."""
    words = {
        "missing": _("There is no directory {folder}: is the share mounted, is the path right?"),
        "denied": _("{folder} may not be read: you need the right to, and to write."),
        "silent": _(
            "{folder} does not answer: is the share mounted, the network there? Nothing was "
            "changed; try again when it answers."
        ),
        "empty": _("{folder} is empty: the share is not mounted, or not synced yet."),
        "unmarked": _("{folder} is no folder of an office: it has no officetui.json."),
    }
    files = _files(folder)
    return words[why(files)].format(folder=files.root)


def is_private(folder: Path | Reached) -> bool:
    """Whether only this account may write there, so that others on this machine cannot."""
    try:
        return not _files(folder).standing().mode & 0o022
    except OSError:
        return False
