"""A writer to be killed: appends changes for ever, and says each one's number once it is kept.

    python keep_writing.py HOME WRITER [COUNT] [BIG]

Every change writes the same text into two records; every BIG-th is a group of lines.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from officetui.ledger.journal import Journal
from officetui.ledger.line import Change, Entry


def main() -> None:
    home, writer = Path(sys.argv[1]), sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1 << 40
    big = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    journal = Journal(home, writer, "office", "Asia/Shanghai", "0.1.0")
    for at in range(1, count + 1):
        large = big and at % big == 0
        text = "值" * (45_000 if large else 10 + at % 500)
        copies = 4 if large else 1
        entries = [
            Entry(register, f"#{k}", {f"text{c}": text for c in range(copies)}, {})
            for k, register in enumerate(("documents", "items"))
        ]
        kept = journal.append(Change("limei", "test", entries), 1_700_000_000_000 + at)
        os.write(1, b"%d %d\n" % (kept.lines[0].n, len(kept.lines)))


main()
