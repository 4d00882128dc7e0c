"""Handing on what the folder has lost of a journal whose owner does not publish it again.

A relay, ``<segment>.relay-<me>.jsonl`` in the owner's directory, holds the header and the missing
lines. Nobody but `me` writes it; everybody reads it for lines not yet known.
"""

from __future__ import annotations

from officetui.ledger.files import Files
from officetui.ledger.folder import JOURNALS, relay_name
from officetui.ledger.mirror import Mirror
from officetui.ledger.raw import Unit, joined, parse

PATIENCE_MS = 24 * 3600 * 1000
"""How long the owner is given to publish again by itself."""


def is_due(mirror: Mirror, now_ms: int) -> bool:
    """Whether the folder has lacked lines for a day. A clock set back begins the day again."""
    since = mirror.here.memory.missing_since
    if since > now_ms:
        mirror.here.memory.missing_since = since = now_ms
    return bool(since) and now_ms - since >= PATIENCE_MS


def relay(mirror: Mirror, files: Files, me: str, missing: dict[int, list[Unit]]) -> int:
    """Publish the missing lines, by segment; how many. Raises OSError."""
    writer = mirror.writer
    files.make_dir(f"{JOURNALS}/{writer}")
    count = 0
    for segment, units in sorted(missing.items()):
        path = f"{JOURNALS}/{writer}/{relay_name(segment, me)}"
        try:
            before = parse(files.read(path), writer)
        except FileNotFoundError:
            before = parse(b"", writer)
        lines = {unit.hash: unit for unit in (*before.units, *units)}
        head = mirror.here.head_of(segment) or before.head
        data = joined(head, sorted(lines.values(), key=lambda unit: (unit.n, unit.hash)))
        files.replace(path, data)
        count += len(units)
    return count
