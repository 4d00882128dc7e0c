"""How a mirror reads the directory of its writer in the folder."""

from __future__ import annotations

from officetui.ledger.apart import Apart
from officetui.ledger.files import Files
from officetui.ledger.folder import JOURNALS
from officetui.ledger.raw import Walked


class Reader:
    """Reads files of one writer; everything may raise OSError.

    `walked`: what a walk over the file that was read last has found, where the helper did it; it
    spares doing it here, and two processes do it in half the time.
    """

    def __init__(self, files: Files, writer: str) -> None:
        self.walked: Walked | None = None
        self._files = files
        self._writer = writer
        self._expected: dict[str, None] = {}
        self._told = False

    def expect(self, names: list[str]) -> None:
        """These segments will be read whole, in this order: the helper may begin with them as soon
        as the first is read. What is read before that does not go between."""
        self._expected = dict.fromkeys(names)
        self._told = False

    def __call__(self, name: str, start: int = 0) -> bytes:
        """The bytes of a file from `start` on."""
        self.walked = None
        if isinstance(self._files, Apart) and name in self._expected and not start:
            if not self._told:
                self._files.expect(map(self._path, self._expected), self._writer)
                self._told = True
            data, self.walked = self._files.segment(self._path(name), self._writer)
            return data
        return self._files.read(self._path(name), start)

    def _path(self, name: str) -> str:
        return f"{JOURNALS}/{self._writer}/{name}"
