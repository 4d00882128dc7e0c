"""A small world for the ledger's tests: journals in memory, and tables that check their promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from officetui.ledger.change import encoded
from officetui.ledger.cursor import Cursor
from officetui.ledger.doc import Doc, leaves
from officetui.ledger.fold import Fold
from officetui.ledger.line import Change, Entry, Line, decode_line, encode_line
from officetui.ledger.stamp import make


class Memory:
    """Tables of which a `fresh` record may only be looked up among what this line put there."""

    def __init__(self) -> None:
        self.docs: dict[tuple[str, str], Doc] = {}
        self.young: set[tuple[str, str]] = set()

    def get(self, register: str, record: str, *, fresh: bool) -> Doc | None:
        if fresh and (register, record) not in self.young:
            return None
        return self.docs.get((register, record))

    def put(self, register: str, record: str, doc: Doc) -> None:
        assert self.docs.get((register, record)) is not doc
        self.docs[register, record] = doc
        self.young.add((register, record))

    def doc(self, register: str, record: str) -> Doc | None:
        return self.docs.get((register, record))

    def bytes(self) -> bytes:
        docs = [[*place, doc] for place, doc in sorted(self.docs.items())]
        return msgspec.json.encode(docs, order="sorted")


class Replica:
    """A fold over tables, able to forget what a restart forgets."""

    def __init__(self) -> None:
        self.fold = Fold()
        self.memory = Memory()

    def hear(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.memory.young.clear()
            before = self.memory.bytes() if line.group else b""
            touched = self.fold.fold(line, self.memory)
            assert len(touched) == len(set(touched))
            if line.group and not touched:
                assert self.memory.bytes() == before

    def restart(self) -> None:
        cursor = msgspec.json.decode(msgspec.json.encode(self.fold.cursor.to_json()))
        pending = msgspec.json.decode(msgspec.json.encode(self.fold.pending_json()))
        self.fold = Fold(Cursor.from_json(cursor), Fold.pending_from_json(pending))


class Paper:
    """The journal of one writer, in memory."""

    def __init__(self, writer: str) -> None:
        self.writer = writer
        self.lines: list[Line] = []

    def append(self, change: Change, ms: int, *, parts: int = 1, torn: bool = False) -> list[Line]:
        """Append a change as one line, or as a group of `parts` lines, or as one cut short."""
        n = len(self.lines)
        prev = self.lines[-1].hash if self.lines else ""
        if parts == 1:
            raws, _ = encoded(change, ms, n, prev, self.writer)
        else:
            raws = []
            first = make(ms, n + 1, self.writer)
            for i in range(1, parts + 1):
                share = change.entries[i - 1 :: parts]
                group = (first, i, parts)
                t = make(ms, n + i, self.writer)
                raws.append(encode_line(n + i, t, change, share, prev, group))
            raws = raws[:-1] if torn else raws
        lines = [decode_line(raw) for raw in raws]
        assert all(isinstance(line, Line) for line in lines)
        self.lines.extend(lines)  # type: ignore[arg-type]
        return lines  # type: ignore[return-value]

    def lines_of(self, user: str, writer: str) -> Iterator[Line]:
        assert writer == self.writer
        return (line for line in reversed(self.lines) if line.u == user)


def line(
    writer: str,
    n: int,
    entries: list[Entry],
    *,
    ms: int = 1_000,
    user: str = "limei",
    group: tuple[str, int, int] | None = None,
) -> Line:
    """A line made the way a journal makes it."""
    change = Change(user, "test", entries)
    made = decode_line(encode_line(n, make(ms, n, writer), change, entries, "", group))
    assert isinstance(made, Line)
    return made


def shown(doc: Doc | None) -> dict[str, Any]:
    """The visible cells of a record."""
    return {cell: value for cell, value in (doc or {}).items() if cell[:1] != "_" and cell != "id"}


def whole(lines: Iterable[Line]) -> list[Line]:
    """The lines that count: interrupted groups left out."""
    known = list(lines)
    found: dict[str, set[int]] = {}
    for each in known:
        if each.group:
            found.setdefault(each.group[0], set()).add(each.group[1])
    return [
        each for each in known if each.group is None or len(found[each.group[0]]) == each.group[2]
    ]


def model(lines: Iterable[Line]) -> dict[tuple[str, str, str], dict[str, tuple[str, Any]]]:
    """What the rules say, the slow way: a leaf lives unless some line's write names it."""
    written: dict[tuple[str, str, str], dict[str, tuple[str, Any]]] = {}
    replaced: dict[tuple[str, str, str], set[str]] = {}
    for each in whole(lines):
        for register, record, cells, over in each.entries:
            for cell, value in cells.items():
                place = (register, record, cell)
                written.setdefault(place, {})[each.t] = (each.u, value)
                replaced.setdefault(place, set()).update(over.get(cell, ()))
    return {
        place: {t: leaf for t, leaf in by.items() if t not in replaced[place]}
        for place, by in written.items()
    }


def check_against_model(memory: Memory, lines: Iterable[Line]) -> None:
    """The folded records hold exactly the leaves of the model, and the cells they show."""
    expected = model(lines)
    seen = set()
    for (register, record), doc in memory.docs.items():
        assert doc["id"] == record
        for cell in {*doc, *doc.get("_s", {})} - {"id", "_s", "_x", "_d", ""}:
            found = {leaf.stamp: (leaf.user, leaf.value) for leaf in leaves(doc, cell)}
            assert found == expected[register, record, cell]
            value = found[max(found)][1]
            assert doc.get(cell) == value and (cell in doc) == (value is not None)
            seen.add((register, record, cell))
    assert seen == {place for place, alive in expected.items() if alive}
