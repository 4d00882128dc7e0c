"""A process that changes an office without end; each confirmed record is told on standard output.

Called with the home, a seed, and the person who acts.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from pathlib import Path

from officetui.errors import OfficeError, Refused
from officetui.office.changes import New
from officetui.office.office import Office

PAPER = {"direction": "incoming", "from_org": "县委办", "kind": "act", "recv_at": "2026-11-19"}


def main(home: Path, seed: str, user: str) -> None:
    rng = random.Random(seed)
    office = Office.open(home, user=user)
    if rng.random() < 0.5:
        threading.Thread(target=keep_flushing, args=(office,), daemon=True).start()
    for k in range(1_000_000):
        act(office, rng, f"{seed}-{k}")


def keep_flushing(office: Office) -> None:
    while True:
        office.flush()
        office.refresh()


def act(office: Office, rng: random.Random, name: str) -> None:
    chance = rng.random()
    if chance < 0.7:
        tell(office.create("documents", PAPER | {"title": name}).refs[0])
    elif chance < 0.8:
        states = [rng.choice(("registered", "archived")) for _ in range(rng.choice((1, 40, 300)))]
        rows = [
            New("documents", PAPER | {"state": state, "title": name}, (), f"2019-01-01.{name}.{k}")
            for k, state in enumerate(states)
        ]
        for ref in office.create_many(rows).refs:
            tell(ref)
    elif chance < 0.9:
        office.flush()
    elif chance < 0.93:
        try:
            office.rebuild()
        except OfficeError:
            pass  # the journal was cut: said, and not done
    else:
        try:
            office.undo()
            office.redo()
        except Refused:
            pass


def tell(ref: str) -> None:
    os.write(1, f"{ref}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
