"""What was typed into forms and not saved: it comes back when the form is opened again.

Also when the program was killed or the terminal lost: a window writes what is being typed into
a file of its own in the office's home, and the next window takes over the files of those that
are gone. What reads as classified is in memory only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from time import time
from typing import Any, Final
from weakref import WeakKeyDictionary

FOLDER: Final = "unsaved"
KEEP_SECONDS: Final = 0.7  # how often what is being typed is written, at most
_DAYS: Final = 7  # nobody goes on with what is older


class Drafts:
    """By form, then by field: what was typed."""

    def __init__(self, home: Path | None) -> None:
        """`home`: of the office; without one nothing is written."""
        self._folder = None if home is None else home / FOLDER
        self._held: dict[str, dict[str, str]] = {}
        self._file: int | None = None
        if self._folder is not None and self._folder.is_dir():
            self._take_over(self._folder)

    @property
    def homeless(self) -> bool:
        """Whether there was no office yet."""
        return self._folder is None

    def __bool__(self) -> bool:
        return bool(self._held)

    def of(self, key: str) -> dict[str, str]:
        """What was typed into a form before, by field."""
        return dict(self._held.get(key, {}))

    def keep(self, key: str, typed: Mapping[str, str]) -> None:
        """Keep what was typed into a form; nothing typed drops it."""
        if not typed:
            self.drop(key)
        elif self._held.get(key) != typed:
            self._held[key] = dict(typed)
            self._write()

    def drop(self, key: str) -> None:
        """Forget a form: it was saved, emptied, or may not be kept."""
        if self._held.pop(key, None) is not None:
            self._write()

    def drop_of(self, ref: str) -> None:
        """Forget every form of a record."""
        for key in [key for key in self._held if ref in key]:
            self.drop(key)

    def refs(self) -> set[str]:
        """The records whose forms are held."""
        parts = (part for key in self._held for part in key.replace(",", ":").split(":"))
        return {part for part in parts if "/" in part}

    # The file of this window

    def _write(self) -> None:
        """A disk that is full or gone hinders nobody who types: then it is in memory only."""
        import json

        shown = {key: typed for key, typed in self._held.items() if not _classified(typed)}
        try:
            if self._file is None and shown:
                self._file = self._opened()
            if self._file is not None:
                text = json.dumps({"at": time(), "typed": shown}, ensure_ascii=False)
                data = text.encode("utf-8", "replace")
                os.pwrite(self._file, data, 0)
                os.ftruncate(self._file, len(data))
        except OSError:
            pass

    def _opened(self) -> int | None:
        """A file that is locked as long as this window lives."""
        import fcntl

        if self._folder is None:
            return None
        self._folder.mkdir(mode=0o700, exist_ok=True)
        for n in range(100):
            path = self._folder / f"{os.getpid()}-{n}"
            try:
                fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            except FileExistsError:
                continue
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return fd
        return None

    def _take_over(self, folder: Path) -> None:
        """What windows left that are gone, the latest last; their files go."""
        import fcntl

        found: list[tuple[float, dict[str, dict[str, str]]]] = []
        gone: list[Path] = []
        try:
            for path in folder.iterdir():
                fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
                try:
                    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue  # its window is open
                else:
                    found.append(_read(os.pread(fd, 1 << 20, 0)))
                    gone.append(path)
                finally:
                    os.close(fd)
        except OSError:
            pass
        for at, typed in sorted(found, key=lambda one: one[0]):
            if at > time() - _DAYS * 86400:
                self._held |= typed
        if self._held:
            self._write()
        for path in gone:
            path.unlink(missing_ok=True)


def _read(data: bytes) -> tuple[float, dict[str, dict[str, str]]]:
    """When it was written, and what was typed; nothing where it cannot be read."""
    import json

    try:
        # What a write that was cut off left behind its end is no part of it.
        held: Any = json.JSONDecoder().raw_decode(data.decode("utf-8", "replace"))[0]
        typed = {
            str(key): {str(name): str(text) for name, text in fields.items()}
            for key, fields in held["typed"].items()
        }
        return float(held["at"]), typed
    except (ValueError, TypeError, KeyError, AttributeError):
        return 0.0, {}


def _classified(typed: Mapping[str, str]) -> bool:
    from officetui.office.tables import BY_ID

    field = BY_ID["documents"].field("secrecy")
    levels = [choice.value for choice in field.choices] if field is not None else []
    return any(level in text for level in levels for text in typed.values())


_drafts: WeakKeyDictionary[object, Drafts] = WeakKeyDictionary()


def drafts(app: Any) -> Drafts:
    """What was typed in this window, and in those that are gone."""
    found, office = _drafts.get(app), getattr(app, "_office", None)
    if found is None or (found.homeless and office is not None):
        found = _drafts[app] = Drafts(office.home if office is not None else None)
        for ref in found.refs():
            record = office.get(ref) if office is not None else None
            if record is not None and record.get("secrecy"):  # became classified meanwhile
                found.drop_of(ref)
    return found


def left(app: Any) -> bool:
    """Whether a window that is gone left something; costs a look at a folder."""
    return (app.office.home / FOLDER).is_dir() and bool(drafts(app))
