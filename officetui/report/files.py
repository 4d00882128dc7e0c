"""Writing a file as a whole: beside its place first, then under its name; never half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from officetui.errors import Refused
from officetui.text.i18n import _
from officetui.text.safe import visible


def write_whole(path: Path, replace: bool, write: Callable[[Path], object]) -> None:
    """Write beside the file and put it in its place whole; what is there already is kept."""
    if path.exists() and not replace:
        raise Refused(_exists(path), field="out")
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent or Path())
    temp = Path(name)
    try:
        os.close(handle)
        write(temp)
        with temp.open("rb") as written:
            os.fsync(written.fileno())
        if replace:
            temp.replace(path)
        else:
            _put(temp, path)
    finally:
        temp.unlink(missing_ok=True)


def _put(temp: Path, path: Path) -> None:
    """Give the file its name, unless somebody has taken it meanwhile."""
    try:
        os.link(temp, path)
    except FileExistsError:
        raise Refused(_exists(path), field="out") from None
    except OSError:  # a file system without links
        if path.exists():
            raise Refused(_exists(path), field="out") from None
        temp.replace(path)


def _exists(path: Path) -> str:
    words = _("{file} is there already and was left as it is; --replace writes over it.")
    return words.format(file=visible(str(path)))
