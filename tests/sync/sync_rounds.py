"""A process that syncs: for real errors under strace, on a full disk, on an unmounted share.

    python sync_rounds.py HOME FOLDER ROUNDS [LINES [NOW]]

Appends LINES changes first, then does ROUNDS rounds at NOW (ms since 1970 UTC); says after each:
state, waiting, error.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import msgspec

from officetui.ledger import identity
from officetui.ledger.journal import Journal
from officetui.ledger.line import Change, Entry
from officetui.ledger.replicate import Replicator


def main() -> None:
    home, folder, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    office = identity.Office("office", "综合办公室", "Asia/Shanghai")
    writer = identity.writer_for(home, "machine")
    journal = Journal(home, writer, office.id, office.zone, "0.1.0")
    for number in range(int(sys.argv[4]) if len(sys.argv) > 4 else 0):
        text = f"t{number}" + "字" * 500
        entry = Entry("documents", "#0", {"title": text}, {})
        journal.append(Change("limei", "test", [entry]), 1_763_600_000_000 + number)
    at = int(sys.argv[5]) if len(sys.argv) > 5 else time.time_ns() // 1_000_000
    replicator = Replicator(home, folder, office, machine="machine", now=lambda: at)
    for _ in range(rounds):
        outcome = replicator.round()
        status = replicator.status()
        said = {"state": status.state, "waiting": status.waiting, "error": outcome.error}
        os.write(1, msgspec.json.encode(said) + b"\n")


main()
