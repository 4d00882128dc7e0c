"""Lines whose number another line of the same writer bears: two machines wrote as one.

The first that a replica heard of stays in the segment, the others lie beside it in
``fork-<hash>.jsonl`` (plain lines without a header; the hash is that of the first). All are folded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from officetui.ledger.cursor import Cursor
from officetui.ledger.line import Forked, Line
from officetui.ledger.segments import decode, split

Named = frozenset[tuple[str, str, str]]


def is_fork(name: str) -> bool:
    """Whether a file of a writer's directory holds forked lines."""
    return name.startswith("fork-") and name.endswith(".jsonl")


def fork_name(raw: bytes) -> str:
    """The file for forked lines of which `raw` is the first."""
    return f"fork-{sha256(raw).hexdigest()[:16]}.jsonl"


def read_forks(paths: Iterable[Path], writer: str) -> list[Line]:
    """The forked lines in these files, ascending by number, each once."""
    found: dict[bytes, Line] = {}
    for path in paths:
        try:
            raws, _ = split(path.read_bytes())
        except OSError:
            continue
        for raw in raws:
            line = decode(raw, writer)
            if isinstance(line, Line):
                found[raw] = line
    return sorted(found.values(), key=lambda line: (line.n, line.t, line.raw))


def signature(paths: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of these files from the next."""
    found = []
    for path in paths:
        try:
            stat = os.stat(path)
        except OSError:
            continue
        found.append((path.name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def late(
    forks: list[Line],
    cursor: Cursor,
    numbered: Callable[[str, int], Line | None],
    named_by: Callable[[list[str]], Iterator[Line]],
) -> Iterator[Forked]:
    """The forked lines that are to be folded now: those not in `cursor`, groups when whole.

    `named_by(stamps)` gives the folded lines that mention any of these stamps. The lines of a
    group come one after the other, with those of its members that stand in the segments.
    """
    ready: dict[str, Line] = {}
    for line in forks:
        if line.t in cursor.forks(line.writer) or line.t in ready:
            continue
        for member in [line] if line.group is None else _members(line, forks, numbered):
            ready.setdefault(member.t, member)
    if not ready:
        return
    named: dict[str, set[tuple[str, str, str]]] = {t: set() for t in ready}
    for line in named_by(list(ready)):
        for entry in line.entries:
            for cell in entry.cells:
                for t in named.keys() & set(entry.over.get(cell, ())):
                    named[t].add((entry.register, entry.record, cell))
    for t, line in ready.items():
        yield Forked(
            line.n, t, line.u, line.prev, line.a, line.entries, line.group, line.undoes,
            line.writer, line.raw, frozenset(named[t]),
        )  # fmt: skip


def _members(
    line: Line, forks: list[Line], numbered: Callable[[str, int], Line | None]
) -> list[Line]:
    """All lines of the group of a forked line, in order; none when one is missing."""
    assert line.group is not None
    name, index, size = line.group
    members = []
    for n in range(line.n - index + 1, line.n - index + 1 + size):
        candidates = [other for other in forks if other.n == n]
        main = numbered(line.writer, n)
        if main is not None:
            candidates.append(main)
        fitting = [other for other in candidates if other.group and other.group[0] == name]
        if not fitting:
            return []
        members.append(fitting[0])
    return members
