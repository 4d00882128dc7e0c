"""A writer that is no longer ours alone: a new one takes over, and what is contradicted is issued
again.

A machine was cloned or restored from a backup: the folder shows lines of our writer that are not
ours. They stay what they are, a colleague's. Ours from the first contradicted number on are issued
again under the new writer, with the same record ids; each also replaces its own old stamp.

The steps: the intent (`retiring.json`), the new journal, the mark in the old directory
(`retired.json`, from then on every process goes on under the new writer), `device.json`. A crash
in between is finished by the next start; nobody uses the new journal before the mark is there.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import msgspec

from officetui.ledger import identity
from officetui.ledger.change import encoded
from officetui.ledger.disk import fsync_dir, locked, make_dir, replace_durably
from officetui.ledger.line import (
    FORMAT,
    LINE_LIMIT,
    READER,
    Change,
    Entry,
    Header,
    Line,
    encode_header,
)
from officetui.ledger.raw import parse
from officetui.ledger.segments import SEGMENT_LIMIT, decode, read_segment, segment_path, segments
from officetui.ledger.stamp import Rng, make, parts

INTENT: Final = "retiring.json"
MARK: Final = "retired.json"


class Retired(msgspec.Struct, omit_defaults=True):
    """What the mark says. `to`: the new writer; `last`: last number of the old one here; `first`:
    first number issued again, 0 when none was; `count`: how many lines; `at`: when (ms UTC)."""

    to: str
    last: int = 0
    first: int = 0
    count: int = 0
    at: int = 0


class _Intent(msgspec.Struct):
    old: str
    new: str
    first: int


class Author(msgspec.Struct):
    """Who writes headers here."""

    home: Path
    office: str
    zone: str
    app: str


def read_mark(directory: Path) -> Retired | None:
    """The mark of a retired writer, None when it is not retired."""
    try:
        return msgspec.json.decode((directory / MARK).read_bytes(), type=Retired)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def retire(author: Author, old: str, first: int, now_ms: int, rng: Rng) -> Retired:
    """Let a new writer take over from `old` (or finish what was interrupted). `first`: the first
    contradicted number, 0 when there is none. Raises OSError."""
    home = author.home
    directory = home / "journals" / old
    make_dir(directory)
    with locked(home):
        intent = _read_intent(home)
        if intent is None or intent.old != old:
            done = read_mark(directory)
            if done is not None:
                return done
            intent = _Intent(old, identity.unused(home, rng), first)
            replace_durably(home / INTENT, msgspec.json.encode(intent))
        mark = read_mark(directory)
        if mark is None or mark.to != intent.new:
            last, lines = _tail(directory, old, intent.first)
            raws = reissued(lines, intent.new)
            _write(author, intent, last, raws)
            mark = Retired(intent.new, last, intent.first, len(raws), now_ms)
            replace_durably(directory / MARK, msgspec.json.encode(mark))
        identity.hand_over(home, old, intent.new)
        (home / INTENT).unlink(missing_ok=True)
        fsync_dir(home)
    return mark


def interrupted(home: Path) -> tuple[str, int] | None:
    """(old writer, first contradicted number) of a retirement to be finished."""
    intent = _read_intent(home)
    return (intent.old, intent.first) if intent is not None else None


def _read_intent(home: Path) -> _Intent | None:
    try:
        return msgspec.json.decode((home / INTENT).read_bytes(), type=_Intent)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _tail(directory: Path, writer: str, first: int) -> tuple[int, list[Line]]:
    """The last number of a journal, and its change lines from `first` on (none when it is 0);
    interrupted groups are left out."""
    last = 0
    lines: list[Line] = []
    for segment in segments(directory):
        parsed = parse(read_segment(segment), writer)
        for unit in parsed.units:
            last = max(last, unit.n)
            if first and unit.n >= first:
                line = decode(unit.raw, writer)
                if isinstance(line, Line):
                    lines.append(line)
    sizes: dict[str, int] = {}
    for line in lines:
        if line.group:
            sizes[line.group[0]] = sizes.get(line.group[0], 0) + 1
    whole = [each for each in lines if not each.group or sizes[each.group[0]] == each.group[2]]
    return last, whole


def reissued(lines: list[Line], writer: str) -> list[bytes]:
    """The raw lines that say the same again under a new writer, numbered from 1."""
    raws: list[bytes] = []
    stamps: dict[str, list[str]] = {}
    prev = ""
    for line in lines:
        n = len(raws) + 1
        t = make(parts(line.t)[0], n, writer)
        stamps[line.t] = [t]
        wire = _again(line, n, t, prev, stamps)
        body = msgspec.json.encode(wire)
        made = [b"%08x %b" % (crc32(body), body)]
        if len(made[0]) >= LINE_LIMIT:
            entries = [Entry(*each[:4]) for each in wire["c"]]
            change = Change(line.u, line.a, entries, wire.get("z"))
            made, _ = encoded(change, parts(line.t)[0], n - 1, prev, writer)
            more = range(n, n + len(made))
            stamps[line.t] = [make(parts(line.t)[0], each, writer) for each in more]
        raws.extend(made)
        prev = sha256(made[-1]).hexdigest()
    return raws


def _again(line: Line, n: int, t: str, prev: str, stamps: dict[str, list[str]]) -> dict[str, Any]:
    """The JSON of a line issued again; keys this version does not know are kept."""
    wire: dict[str, Any] = msgspec.json.decode(line.raw[9:])
    wire |= {"n": n, "t": t, "p": prev}
    if line.group is not None:
        name, index, size = line.group
        wire["g"] = [stamps[name][0], index, size]
    if line.undoes is not None:
        wire["z"] = stamps.get(line.undoes, [line.undoes])[0]
    for entry in wire["c"]:
        cells, over = entry[2], entry[3]
        for cell, seen in over.items():
            over[cell] = [new for each in seen for new in stamps.get(each, [each])]
        for cell in cells:
            over[cell] = [*over.get(cell, ()), line.t]
    return wire


def _write(author: Author, intent: _Intent, last: int, raws: list[bytes]) -> None:
    """The journal of the new writer: at least the header, which says whose work it goes on with."""
    directory = author.home / "journals" / intent.new
    make_dir(directory)
    for segment in segments(directory):  # of an interrupted attempt
        segment.path.unlink()
    bundles: list[list[bytes]] = [[]]
    size = 0
    for raw in raws:
        if bundles[-1] and size + len(raw) + 513 > SEGMENT_LIMIT:
            bundles.append([])
            size = 0
        bundles[-1].append(raw)
        size += len(raw) + 1
    prev = ""
    n = 0
    after = f"{intent.old}@{last}"
    for number, bundle in enumerate(bundles, start=1):
        header = Header(
            v=FORMAT, office=author.office, writer=intent.new, seg=number, n=n, prev=prev,
            after=after if number == 1 else None, zone=author.zone, app=author.app, reader=READER,
        )  # fmt: skip
        data = b"".join(raw + b"\n" for raw in [encode_header(header), *bundle])
        replace_durably(segment_path(directory, number), data)
        prev = sha256(data).hexdigest()
        n += len(bundle)


def successor(home: Path, writer: str) -> str:
    """The writer that goes on in place of `writer` (itself when it is not retired)."""
    seen = {writer}
    while True:
        mark = read_mark(home / "journals" / writer)
        if mark is None or mark.to in seen:
            return writer
        writer = mark.to
        seen.add(writer)
