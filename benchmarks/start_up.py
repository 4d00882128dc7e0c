"""The app in a real terminal of 120x40: time and bytes to the quiet board, and one key."""

from __future__ import annotations

from pathlib import Path

from benchmarks.pty_probe import Burst, Terminal
from benchmarks.table import Measure, median
from benchmarks.world import PYTHON, World

COLUMNS, ROWS = 120, 40
LIMIT_RATIO = 1.3
LIMIT_YEARS = 1.1  # twenty years against one
LIMIT_FRAMES = 2
LIMIT_KEY_MS = 16
QUIET_MS = 500
BARE = (PYTHON, "-m", "benchmarks.bare_app")
APP = (PYTHON, "-m", "officetui")
NAMES = ("empty", "one year", "twenty years")
DOWN, UP, PAGE_DOWN = "\x1b[B", "\x1b[A", "\x1b[6~"
FRAME_BEGIN, FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"


class _Start:
    """What one program did in its runs."""

    def __init__(self) -> None:
        self.ms: list[float] = []
        self.bytes: list[int] = []
        self.frame = 0


def measure(world: World) -> list[Measure]:
    """Cold starts in turns: the bare app, and the app on an office of each size."""
    programs: dict[str, tuple[tuple[str, ...], Path | None]] = {"bare": (BARE, None)}
    programs |= {name: (APP, world.office(name)) for name in NAMES}
    found = {name: _Start() for name in programs}
    for run in range(world.runs + 1):
        for name, (command, home) in programs.items():
            _start(world, command, home, found[name], counts=run > 0)
    bare = found["bare"]
    rows = [
        Measure(
            f"cold start to the quiet board, {name}",
            median(found[name].ms),
            "ms",
            median(bare.ms),
            limit_ratio=LIMIT_RATIO,
        )
        for name in NAMES
    ]
    one, twenty = median(found["one year"].ms), median(found["twenty years"].ms)
    rows.append(Measure("  twenty years against one", twenty, "ms", one, limit_ratio=LIMIT_YEARS))
    rows += [
        Measure(
            f"bytes to the quiet board, {name}",
            median(found[name].bytes),
            "B",
            found[name].frame,
            limit_ratio=LIMIT_FRAMES,
        )
        for name in NAMES
    ]
    rows.append(Measure("  the bare app", median(bare.bytes), "B", bare.frame))
    return rows


def _start(
    world: World, command: tuple[str, ...], home: Path | None, found: _Start, *, counts: bool
) -> None:
    terminal = Terminal(command, COLUMNS, ROWS, world.environment(home))
    try:
        start = terminal.read_start(QUIET_MS)
        _alive(terminal, start)
        if counts:
            found.ms.append(start.last_ms)
            found.bytes.append(start.size)
        else:
            found.frame = _full_frame(terminal)
    finally:
        terminal.close()


def _alive(terminal: Terminal, burst: Burst) -> None:
    if terminal.ended:
        raise SystemExit(f"the program ended: {burst.data[-2000:].decode(errors='replace')}")


def _full_frame(terminal: Terminal) -> int:
    """The bytes of one full frame: the largest one drawn when the window has grown."""
    terminal.resize(COLUMNS - 1, ROWS)
    terminal.read_until_quiet(300)
    terminal.resize(COLUMNS, ROWS)
    data = terminal.read_until_quiet(300).data
    return max((len(part) for part in data.split(FRAME_BEGIN)[1:]), default=len(data))


LETTERS = tuple("县应急局关于做好低温雨雪冰冻天气防范应对工作的通知")
# What is measured, the keys that lead there, and the keys that are measured.
PLACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("cursor in Today", "", (DOWN,) * 15 + (UP,) * 15),
    ("cursor in 1,250 papers", "3", (DOWN,) * 15 + (UP,) * 15),
    ("a page of 1,250 papers", "3", (PAGE_DOWN,) * 20),
    ("a mark in 1,250 papers", "3", (" ",) * 20),
    ("a letter of the capture line", "a", LETTERS),
)


def keys(world: World) -> list[Measure]:
    """From a key to the last byte it causes, on a desk of 2,000 records."""
    home = world.office("desk of 2,000")
    bare = median(_presses(world, BARE, None, "", (DOWN,) * 13 + (UP,) * 13))
    return [
        Measure(
            f"key to last byte: {name}",
            median(_presses(world, APP, home, way, pressed)),
            "ms",
            bare,
            limit=LIMIT_KEY_MS,
        )
        for name, way, pressed in PLACES
    ]


def _presses(
    world: World, command: tuple[str, ...], home: Path | None, way: str, pressed: tuple[str, ...]
) -> list[float]:
    terminal = Terminal(command, COLUMNS, ROWS, world.environment(home))
    try:
        _alive(terminal, terminal.read_start(QUIET_MS))
        for key in way:
            terminal.press(key.encode(), QUIET_MS)
        bursts = [terminal.press(key.encode(), 80) for key in pressed]
        return [burst.last_ms for burst in bursts if burst.size]
    finally:
        terminal.close()
