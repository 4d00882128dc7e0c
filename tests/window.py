"""The real program in a real terminal, for tests: keys go in, what the screen shows comes out.

Nothing sleeps: a test waits until the screen shows something, and fails at a deadline that only a
broken program reaches.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from officetui.text.width import cell_width

PROGRAM = (sys.executable, "-m", "officetui")
DEADLINE = 30.0  # seconds; a busy machine is no failure
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "ctrl+c": "\x03",
    "ctrl+r": "\x12",
    "end": "\x1b[F",
}

Holds = str | Callable[[str], object]
"""Words that the screen shows, or a question about its text."""


def environment(**changes: str) -> dict[str, str]:
    """The environment of a good terminal; the home is that of the test."""
    environ = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
    for name in ("NO_COLOR", "COLUMNS", "LINES", "TMUX", "SSH_CONNECTION", "SSH_TTY"):
        environ.pop(name, None)
    return environ | changes


class Window:
    """A program in a pty of `size` (columns, rows), and a terminal that draws what it writes."""

    _ASKS = b"\x1b[?2026$p"  # whether the terminal can show a frame at once; good ones can
    _ANSWER = b"\x1b[?2026;2$y"

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (120, 40),
        environ: Mapping[str, str] | None = None,
        program: Sequence[str] = PROGRAM,
        cwd: Path | None = None,
    ) -> None:
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._tail = b""
        self.written = b""
        self.child = pexpect.spawn(
            program[0],
            [*program[1:], *arguments],
            dimensions=(rows, columns),
            env=dict(environ or environment()),
            cwd=cwd,
            echo=False,
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What is on the screen, without the blanks at the ends of lines."""
        cells = self._screen.buffer
        rows, columns = self._screen.lines, self._screen.columns
        return "\n".join(
            _line([cells[y][x].data for x in range(columns)]).rstrip() for y in range(rows)
        )

    def until(self, holds: Holds, seconds: float = DEADLINE) -> str:
        """Wait for the screen; its text."""
        end = time.monotonic() + seconds
        while not _is(holds, self.text):
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{holds!r} is not on the screen:\n{self.text}")
        return self.text

    def press(self, *keys: str) -> None:
        """Press keys, by name (`enter`) or by what they write (`a`)."""
        self.child.send("".join(KEYS.get(key, key) for key in keys))

    def type(self, text: str) -> None:
        """What an input method commits: UTF-8, in one go."""
        self.child.send(text)

    def crawl(self, seconds: float, speed: int) -> None:
        """What a slow line hands on in that time, at `speed` bytes a second; the rest waits."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            at = time.monotonic()
            self._read(min(left, 0.05), max(1, speed // 20))
            pause = 0.05 - (time.monotonic() - at)
            select.select([], [], [], max(0.0, min(pause, end - time.monotonic())))

    def silent(self, seconds: float) -> bool:
        """Whether the program writes nothing for that long; what it writes is drawn."""
        end, before = time.monotonic() + seconds, len(self.written)
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return len(self.written) == before

    def resize(self, columns: int, rows: int) -> None:
        """The person makes the window larger or smaller."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        self.child.setwinsize(rows, columns)

    def ended(self, seconds: float = DEADLINE) -> int:
        """Wait for the end of the program; its exit status, or minus the signal that ended it."""
        end = time.monotonic() + seconds
        while self._read(end - time.monotonic()):
            assert time.monotonic() < end, f"it does not end:\n{self.text}"
        self.child.wait()
        if self.child.exitstatus is None:
            return -int(self.child.signalstatus or 0)
        return int(self.child.exitstatus)

    def quit(self) -> int:
        """Leave as people do; the exit status."""
        self.press("q", "q")
        return self.ended()

    def kill(self) -> None:
        """The machine goes down."""
        with suppress(ProcessLookupError):
            os.kill(self.child.pid, signal.SIGKILL)
        self.ended()

    def _read(self, seconds: float, most: int = 65536) -> bool:
        """Draw what the program writes within that time; False when it has ended."""
        try:
            data: bytes = self.child.read_nonblocking(most, timeout=max(0.0, seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += data
        asked = self._tail + data
        if self._ASKS in asked:
            self.child.send(self._ANSWER)
            asked = b""
        self._tail = asked[1 - len(self._ASKS) :]
        self._stream.feed(data)
        return True


def _is(holds: Holds, text: str) -> object:
    return holds in text if isinstance(holds, str) else holds(text)


def _line(cells: list[str]) -> str:
    """A line as terminals show it: a wide character of which half was written over is gone."""
    shown = ""
    for cell, after in zip(cells, [*cells[1:], " "], strict=True):
        half = bool(cell) and cell_width(cell) == 2 and after != ""
        stub = not cell and not (shown and cell_width(shown[-1]) == 2)
        shown += " " if half or stub else cell
    return shown
