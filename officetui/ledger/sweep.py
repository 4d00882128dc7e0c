"""What writers that were killed left half-written: temp files that nobody will ever rename.

Here, the lock of replication says that nobody else is at it. In the folder, only what bears our
name goes, or lies in our directory, and only after a day, by the clock of the folder: it may be
another process, machine or sync tool that is writing it just now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from officetui.ledger.files import Files, Found, Listing
from officetui.ledger.folder import JOURNALS, MARKER, RELAY

DAY_MS = 24 * 3600 * 1000


def sweep_here(local: Files, writers: Collection[str]) -> None:
    """Remove what lies half-written in these directories of `journals`. Raises OSError."""
    for writer in sorted(writers):
        for found in local.scan(writer).files:
            if _is_temp(found):
                local.remove(f"{writer}/{found.name}")


def sweep_folder(
    files: Files, listings: Mapping[str, Listing], mine: Collection[str], now_ms: int
) -> None:
    """Remove what we left in the folder: `mine` are our writers, former ones too; `listings` the
    directories of all. Raises OSError."""
    top = files.scan("").files
    shown = [found for listing in listings.values() for found in listing.files]
    newest = max((found.mtime for found in (*top, *shown)), default=0)
    oldest = min(now_ms * 1_000_000, newest) - DAY_MS * 1_000_000
    for found in top:
        marker = found.name.startswith(f".{MARKER}.") and found.name.endswith(".part")
        if marker and found.mtime < oldest:
            files.remove(found.name)
    for writer, name in _left(listings, mine, oldest):
        files.remove(f"{JOURNALS}/{writer}/{name}")


def _left(
    listings: Mapping[str, Listing], mine: Collection[str], oldest: int
) -> Iterator[tuple[str, str]]:
    relays = tuple(f"{RELAY}{writer}.jsonl." for writer in mine)
    for writer, listing in sorted(listings.items()):
        for found in listing.files:
            ours = writer in mine or any(relay in found.name for relay in relays)
            if found.mtime < oldest and _is_temp(found) and ours:
                yield writer, found.name


def _is_temp(found: Found) -> bool:
    """Whether it is one of ours: `.000001.jsonl.<tag>.part`; sync tools have names of their own."""
    return found.name.endswith(".part") and found.name.startswith(".0")
