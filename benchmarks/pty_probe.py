"""What a program costs its terminal: bytes and time until the screen is quiet, in a real pty.

    python -m benchmarks.pty_probe --size 120x40 -- python -m officetui demo
    python -m benchmarks.pty_probe --keys "jjj" -- officetui

The pty answers the queries a terminal answers (synchronised output, cursor position), so that the
program behaves as it does in front of a person. Times are wall time in milliseconds.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SYNC_QUERY = b"\x1b[?2026$p"
SYNC_ANSWER = b"\x1b[?2026;2$y"


class Burst(NamedTuple):
    """What came between two quiet times: bytes, and milliseconds to the first and last of them."""

    data: bytes
    first_ms: float
    last_ms: float

    @property
    def size(self) -> int:
        return len(self.data)


class Terminal:
    """A program in a pty of a given size, and what it writes."""

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, env: Mapping[str, str] | None = None
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(command[0], list(command), dict(env or os.environ))
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.ended = False

    def read_until_quiet(self, quiet_ms: float = 300, limit_ms: float = 30_000) -> Burst:
        """All bytes until nothing came for `quiet_ms`; times count from the call (or the start)."""
        begin = time.perf_counter()
        return self._read(begin, quiet_ms, limit_ms, first_limit_ms=quiet_ms)

    def read_start(self, quiet_ms: float = 700, limit_ms: float = 60_000) -> Burst:
        """All bytes from the start of the program until its first screen is quiet."""
        return self._read(self.started, quiet_ms, limit_ms, first_limit_ms=limit_ms)

    def _read(self, begin: float, quiet_ms: float, limit_ms: float, first_limit_ms: float) -> Burst:
        data = bytearray()
        first = last = begin
        while True:
            now = time.perf_counter()
            wait_ms = quiet_ms if data else first_limit_ms
            since_ms = (now - (last if data else begin)) * 1000
            if since_ms >= wait_ms or (now - begin) * 1000 >= limit_ms:
                break
            ready, _, _ = select.select([self.fd], [], [], (wait_ms - since_ms) / 1000)
            if not ready:
                continue
            try:
                chunk = os.read(self.fd, 65536)
            except OSError:
                chunk = b""
            if not chunk:
                self.ended = True
                break
            last = time.perf_counter()
            if not data:
                first = last
            data += chunk
            if SYNC_QUERY in chunk:
                os.write(self.fd, SYNC_ANSWER)
        return Burst(bytes(data), (first - begin) * 1000, (last - begin) * 1000)

    def press(self, keys: bytes, quiet_ms: float = 150) -> Burst:
        """Type `keys` at once and read until quiet."""
        os.write(self.fd, keys)
        return self.read_until_quiet(quiet_ms)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window; the program redraws everything."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def close(self) -> None:
        """End the program, however it is."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)


def environment(**changes: str) -> dict[str, str]:
    """The environment of a good terminal in this process's place."""
    env = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor", PYTHONUTF8="1")
    env.pop("NO_COLOR", None)
    env.update(changes)
    return env


def main() -> None:
    """Measure the command of the command line and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--keys", default="", help="typed one by one after the first screen")
    parser.add_argument("--idle", type=float, default=0, help="seconds to watch it being idle")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--dump", help="write all bytes to this file")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    columns, rows = map(int, options.size.split("x"))
    for _ in range(options.runs):
        terminal = Terminal(command, columns, rows, environment())
        try:
            start = terminal.read_start()
            print(f"quiet board: {start.size} bytes, last byte after {start.last_ms:.0f} ms")
            seen = bytearray(start.data)
            if options.idle:
                idle = terminal.read_until_quiet(options.idle * 1000)
                print(f"idle {options.idle} s: {idle.size} bytes")
            keys = options.keys.encode().decode("unicode_escape").encode("latin-1")
            for key in keys:
                burst = terminal.press(bytes([key]))
                seen += burst.data
                print(f"key {bytes([key])!r}: {burst.size} bytes, last {burst.last_ms:.1f} ms")
            terminal.resize(columns - 1, rows)
            terminal.read_until_quiet(500)
            terminal.resize(columns, rows)
            frame = terminal.read_until_quiet(500)
            print(f"redrawn after a resize: {frame.size} bytes")
            if options.dump:
                with open(options.dump, "wb") as file:
                    file.write(seen)
        finally:
            terminal.close()


if __name__ == "__main__":
    main()
