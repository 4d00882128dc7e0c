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
        self._expected: set[str] = set()

    def expect(self, names: list[str]) -> None:
        """These segments will be read whole, in this order: the helper may begin."""
        if isinstance(self._files, Apart):
            self._expected = set(names)
            self._files.expect(map(self._path, names), self._writer)

    def __call__(self, name: str, start: int = 0) -> bytes:
        """The bytes of a file from `start` on."""
        self.walked = None
        if isinstance(self._files, Apart) and name in self._expected and not start:
            data, self.walked = self._files.segment(self._path(name), self._writer)
            return data
        return self._files.read(self._path(name), start)

    def _path(self, name: str) -> str:
        return f"{JOURNALS}/{self._writer}/{name}"
