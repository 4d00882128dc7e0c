"""The morning triage with 500 cards: from a key to the next card."""

from __future__ import annotations

from pathlib import Path

from benchmarks import offices
from benchmarks.pty_probe import Terminal
from benchmarks.start_up import APP, BARE, COLUMNS, DOWN, QUIET_MS, ROWS, UP
from benchmarks.table import Measure, median
from benchmarks.world import World
from officetui.office.changes import New
from officetui.office.office import Office

CARDS = 500
LIMIT_MS = 16
APART_MS = 250
WAY = "t"
PLACES = (
    ("skipped", (" ",) * 20),
    ("answered", ("1",) * 20),  # a paper's proposal: one line in the journal, with its fsync
)


def measure(world: World) -> list[Measure]:
    """In a terminal: skipping a card, and answering one by a step that asks nothing."""
    rows = []
    bare = median(_presses(world, BARE, None, "", (DOWN,) * 10 + (UP,) * 10))
    for name, keys in PLACES:
        home = world.fresh(f"triage-{name}")
        _make(home)
        rows.append(
            Measure(
                f"key to the next of {CARDS} cards: {name}",
                median(_presses(world, APP, home, WAY, keys)),
                "ms",
                bare,
                limit=LIMIT_MS,
                note="floor: cursor down in a bare app",
            )
        )
    return rows


def _presses(
    world: World, command: tuple[str, ...], home: Path | None, way: str, pressed: tuple[str, ...]
) -> list[float]:
    """Milliseconds from each key to the frame that it brings, pressed as slowly as cards are read:
    what follows sooner is dropped by the app."""
    terminal = Terminal(command, COLUMNS, ROWS, world.environment(home))
    try:
        terminal.read_start(QUIET_MS)
        for key in way:
            terminal.press(key.encode(), QUIET_MS)
        bursts = [terminal.press(key.encode(), APART_MS) for key in pressed]
        return [burst.first_ms for burst in bursts if burst.size]
    finally:
        terminal.close()


def _make(home: Path) -> None:
    """An office of new papers only, each with a proposal to be offered."""
    office = Office.found(home, name=offices.NAME, user=offices.USER, zone=offices.ZONE)
    day = offices.today().isoformat()
    leader = {"name": "周海涛", "post": "副镇长", "rank": 5, "portfolio": ["安全"]}
    office.create("people", leader)
    papers = [
        {
            "recv_no": number,
            "recv_at": f"{day}T08:00",
            "from_org": "县应急局",
            "title": f"关于做好第{number}批安全检查工作的通知",
            "kind": "act",
            "state": "registered",
        }
        for number in range(1, CARDS + 1)
    ]
    office.create_many([New("documents", cells) for cells in papers])
