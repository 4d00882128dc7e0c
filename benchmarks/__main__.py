"""`python -m benchmarks [NAME …]`: measure, and print one table.

Names: start, keys, cli, changes, clashes, roster, lived, log, triage, review, import, sync.
Without a name: all, many minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    changes,
    collisions,
    command_line,
    log,
    review,
    roster,
    start_up,
    sync,
    triage,
    years,
)
from benchmarks.table import Measure, lay_out
from benchmarks.world import World

BENCHMARKS: dict[str, Callable[[World], list[Measure]]] = {
    "start": start_up.measure,
    "keys": start_up.keys,
    "cli": command_line.measure,
    "changes": changes.measure,
    "clashes": collisions.measure,
    "roster": roster.measure,
    "lived": years.lived,
    "log": log.measure,
    "triage": triage.measure,
    "review": review.measure,
    "import": years.imports,
    "sync": sync.measure,
}


def main() -> int:
    """Measure what the command line names. The exit status: 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(BENCHMARKS))
    parser.add_argument("--runs", type=int, default=7, help="runs of each program (default 7)")
    parser.add_argument("--scale", type=float, default=1.0, help="0.1: a tenth of the records")
    parser.add_argument("--strict", action="store_true", help="status 1 when a target is missed")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there are: {' '.join(BENCHMARKS)}")
    rows: list[Measure] = []
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="officetui-bench-") as directory:
        world = World(Path(directory), options.scale, options.runs)
        for name in options.names or BENCHMARKS:
            world.say(f"measuring: {name}")
            rows += BENCHMARKS[name](world)
    load = f"load {before:.1f} to {os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {load}, medians\n")
    print("\n".join(lay_out(row.cells() for row in rows)))
    return int(options.strict and any(row.verdict == "over" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
