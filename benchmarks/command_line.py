"""What one command costs, from the shell and back, and what it imports."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Measure, median, timed
from benchmarks.world import PYTHON, World

LIMIT_MS = 120
UNWANTED = ("textual", "rich", "pypinyin")
FLOOR = ("-c", "import click, msgspec")
TODAY = ("today", "--json")
ADD = ("add", "documents", "县委办 关于报送年度考核材料的通知 @吴敏 ^周五")
SHOW = (
    "import atexit, json, sys;"
    "sys.argv[1:] = json.loads(sys.argv[1]);"
    "import officetui.cli as cli;"
    "status = cli.run(sys.argv[1:]);"
    "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
)


def measure(world: World) -> list[Measure]:
    """`today --json` and `add` at every size, in turns with a bare `import click, msgspec`."""
    names = ("empty", "one year", "twenty years")
    homes = {name: world.copy(name, f"cli-{name.replace(' ', '-')}") for name in names}
    times: dict[tuple[str, str], list[float]] = {}
    busy: dict[tuple[str, str], list[float]] = {}
    floors: list[float] = []
    for run in range(world.runs + 1):
        floors.append(timed(_run, world, None, FLOOR))
        for name, home in homes.items():
            for what in (TODAY, ADD):
                before = _busy_ms()
                took = timed(_run, world, home, ("-m", "officetui", *what))
                if run:  # the first compiles
                    times.setdefault((what[0], name), []).append(took)
                    busy.setdefault((what[0], name), []).append(_busy_ms() - before)
    floor = median(floors[1:])
    rows = []
    for what in (TODAY, ADD):
        loaded = _modules(world, homes["empty"], what)
        bad = [name for name in UNWANTED if name in loaded]
        imports = "loads " + ", ".join(bad) if bad else f"{len(loaded)} modules"
        for name in names:
            note = f"{median(busy[what[0], name]):.0f} ms busy, {imports}"
            label = f"{' '.join(what[:2])}, {name}"
            took = median(times[what[0], name])
            limit = 0 if bad else LIMIT_MS
            rows.append(Measure(label, took, "ms", floor, limit=limit, note=note))
    return rows


def _run(world: World, home: Path | None, arguments: Sequence[str]) -> None:
    done = subprocess.run(
        [PYTHON, *arguments], env=world.environment(home), capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr.decode(errors='replace')}")


def _busy_ms() -> float:
    """Processor time of the commands so far: what other programs' load adds the least to."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def _modules(world: World, home: Path, arguments: Sequence[str]) -> set[str]:
    """The modules loaded by a command, as it is run."""
    done = subprocess.run(
        [PYTHON, "-c", SHOW, json.dumps(arguments)],
        env=world.environment(home),
        capture_output=True,
        check=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))
