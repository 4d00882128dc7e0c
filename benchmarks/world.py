"""Where the measuring happens: a temporary home, offices made once, a clean environment."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from benchmarks import offices
from officetui.office.office import Office

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = {"empty": 0, "one year": 15_000, "twenty years": 300_000}
OPEN = 300
PYTHON = sys.executable


class World:
    """A temporary directory with offices of any size in it."""

    def __init__(self, directory: Path, scale: float = 1.0, runs: int = 7) -> None:
        self.directory = directory
        self.scale = scale
        self.runs = runs
        self._made: dict[str, Path] = {}

    def say(self, words: str) -> None:
        """Tell what takes its time; the table alone goes to standard output."""
        print(words, file=sys.stderr, flush=True)

    def size(self, name: str) -> int:
        return int(SIZES[name] * self.scale)

    def office(self, name: str) -> Path:
        """The home of the office of that name (of `SIZES`, or "desk of 2,000")."""
        home = self._made.get(name)
        if home is None:
            home = self._made[name] = self.directory / name.replace(" ", "-").replace(",", "")
            self.say(f"making the office: {name}")
            if name in SIZES:
                finished = self.size(name)
                offices.make(home, finished, OPEN if finished else 0)
            else:
                offices.make(home, 0, 2000)
        return home

    def copy(self, name: str, suffix: str) -> Path:
        """A copy of that office, to be changed as one likes."""
        home = self.directory / f"copy-{suffix}"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.office(name), home)
        return home

    def fresh(self, name: str) -> Path:
        """A directory that is not there yet."""
        home = self.directory / name
        shutil.rmtree(home, ignore_errors=True)
        return home

    def opened(self, home: Path) -> Office:
        return Office.open(home, user=offices.USER)

    def environment(self, home: Path | None = None) -> dict[str, str]:
        """A person's environment: compiled modules are kept, and nothing of this one's wishes."""
        env = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        env |= {
            "HOME": str(self.directory),
            "LANG": "zh_CN.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONPYCACHEPREFIX": str(self.directory / "compiled"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        if home is not None:
            env["OFFICETUI_HOME"] = str(home)
        return env
