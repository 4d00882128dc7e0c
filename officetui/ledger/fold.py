"""Folding lines into records (see `doc.py`), whatever order they come in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from officetui.ledger.cursor import Cursor
from officetui.ledger.doc import CellPlace, Doc, Place, beside, closed, opened, overwritten
from officetui.ledger.line import RESERVED_CELLS, Forked, Line, PlainLine
from officetui.ledger.stamp import is_stamp, origin

FOLD_VERSION = 1


class Tables(Protocol):
    """Where folded records are kept."""

    def get(self, register: str, record: str, *, fresh: bool) -> Doc | None:
        """The record, or None. `fresh`: it cannot exist anywhere but in memory."""

    def put(self, register: str, record: str, doc: Doc) -> None:
        """Keep `doc` (always a new dict) in place of what was there."""


class Fold:
    """Folds lines, each once. `cursor` and `pending` together are all it must remember.

    Lines of a group wait in memory until the group is complete and are not in the cursor before,
    so after a restart they are read again. A group whose place another line has taken is dead.
    """

    __slots__ = ("_awaited", "_waiting", "counted", "cursor", "pending")

    def __init__(
        self, cursor: Cursor | None = None, pending: dict[CellPlace, set[str]] | None = None
    ) -> None:
        self.cursor = Cursor() if cursor is None else cursor
        self.counted = 0  # lines that went into the cursor
        self.pending: dict[CellPlace, set[str]] = {} if pending is None else pending
        # by number and writer (the end of a stamp), then by stamp
        self._awaited: dict[str, dict[str, set[CellPlace]]] = {}
        for place, stamps in self.pending.items():
            for stamp in stamps:
                self._awaited.setdefault(stamp[13:], {}).setdefault(stamp, set()).add(place)
        self._waiting: dict[str, dict[tuple[str, int], dict[int, Line]]] = {}

    def pending_json(self) -> list[list[Any]]:
        """``[[register, record, cell, [stamps]], …]``, sorted."""
        return [[*place, sorted(stamps)] for place, stamps in sorted(self.pending.items())]

    @staticmethod
    def pending_from_json(data: Iterable[Any]) -> dict[CellPlace, set[str]]:
        return {(register, record, cell): set(stamps) for register, record, cell, stamps in data}

    def fold(self, line: Line, tables: Tables) -> list[Place]:
        """Fold one line; the records touched, without repetition (none if it waits or is known)."""
        if line.group is None and line.__class__ is not Forked and self.cursor.next_is(line):
            # what nearly every line is
            if line.writer in self._waiting:
                self._bury(line)
            t = line.t
            places = self._fold_line(line, t, tables)
            self.cursor.step(line)
            self.counted += 1
            if self._awaited:
                self._arrived(t)
            return places if len(places) < 2 else list(dict.fromkeys(places))
        return self._fold_unusual(line, tables)

    def _fold_unusual(self, line: Line, tables: Tables) -> list[Place]:
        if isinstance(line, Forked):
            if self.cursor.has_line(line):
                return []
            late = self._fold_line(line, "", tables)
            self.cursor.add_line(line)
            self.counted += 1
            self._arrived(line.t)
            return list(dict.fromkeys(late))
        if self.cursor.has_number(line.writer, line.n):
            return []
        if self.cursor.has_fork(line.t):  # it came beside the segments before it came in them
            self._count(line.t)
            return []
        if line.writer in self._waiting:
            self._bury(line)
        touched: list[Place] = []
        members = [line] if line.group is None else self._complete(line)
        for member in members:
            touched += self._fold_line(member, (line.group or (line.t,))[0], tables)
        for member in members:  # a record of any of them is named after the first
            self._count(member.t)
        return list(dict.fromkeys(touched))

    # groups

    def _bury(self, line: Line) -> None:
        """Give up the waiting groups whose place `line` has taken."""
        waiting = self._waiting[line.writer]
        mine = line.group[0] if line.group else ""
        for (name, size), members in list(waiting.items()):
            first = _number(name)
            if name == mine or not first <= line.n < first + size:
                continue
            for member in members.values():
                if member.n < line.n:  # later ones are of a journal since cut: read again
                    self._count(member.t)
            del waiting[name, size]
        if not waiting:
            del self._waiting[line.writer]

    def _complete(self, line: Line) -> list[Line]:
        """Let a line of a group wait; all its lines, in order, once they are there."""
        assert line.group is not None
        name, _, size = line.group
        first = _number(name)
        waiting = self._waiting.setdefault(line.writer, {})
        members = waiting.setdefault((name, size), {})
        members[line.n] = line
        whole = len(members) == size
        crossed = self._taken(line.writer, first, first + size - 1) or any(
            first <= n < first + size
            for other, lines in waiting.items()
            if other != (name, size)
            for n in lines
        )
        if not whole and not crossed:
            return []
        del waiting[name, size]
        if not waiting:
            del self._waiting[line.writer]
        if whole:
            return [members[n] for n in sorted(members)]
        for member in members.values():
            self._count(member.t)
        return []

    def _taken(self, writer: str, first: int, last: int) -> bool:
        """Whether any of these numbers has been folded already."""
        last = min(last, self.cursor.number(writer))
        free = sum(
            min(high, last) - max(low, first) + 1
            for low, high in self.cursor.holes(writer)
            if low <= last and high >= first
        )
        return last >= first and free < last - first + 1

    # lines

    def _count(self, t: str) -> None:
        """The line is done with: in the cursor, and awaited by nobody any more."""
        self.cursor.add(t)
        self.counted += 1
        if self._awaited:
            self._arrived(t)

    def _arrived(self, t: str) -> None:
        """Nobody awaits this number any more: what a fork of it replaces, and what replaces that,
        is looked up when it comes."""
        for stamp, places in self._awaited.pop(t[13:], {}).items():
            self._settle(stamp, places)

    def _settle(self, stamp: str, places: set[CellPlace]) -> None:
        for place in places:
            stamps = self.pending[place]
            stamps.discard(stamp)
            if not stamps:
                del self.pending[place]

    def _await(self, stamp: str, place: CellPlace) -> None:
        self.pending.setdefault(place, set()).add(stamp)
        self._awaited.setdefault(stamp[13:], {}).setdefault(stamp, set()).add(place)

    def _fold_line(self, line: Line, first: str, tables: Tables) -> list[Place]:
        """Fold a line of the change that begins with the line `first` ("": it comes so late that
        the records it creates may lie in books already). What it touched."""
        t = line.t
        source = f"{t} {line.u}"
        prefix = f"{first}." if first else "\0"
        pending, awaited = self.pending, self._awaited
        plain = line.__class__ is PlainLine and not (awaited and t[13:] in awaited)
        touched: list[Place] = []
        for register, record, cells, over in line.entries:
            if not cells:
                continue
            # one that was touched before it was created may lie in a book already
            created = record.startswith(prefix)
            fresh = created and not (pending and (register, record, "") in pending)
            doc = tables.get(register, record, fresh=fresh)
            written: Doc | None = None
            if doc is not None:
                if plain:
                    written = overwritten(doc, source, cells, over)
            else:
                if not created:  # else this was seen to when it was first touched
                    creation = origin(record)
                    if creation is not None and not self.cursor.has(creation):
                        self._await(creation, (register, record, ""))
                if plain and not over:
                    written = {"id": record, **cells, "_s": {"": source}}
            if written is None:
                written = self._written(doc, line, (register, record), cells, over)
            tables.put(register, record, written)
            touched.append((register, record))
        return touched

    def _written(
        self,
        doc: Doc | None,
        line: Line,
        place: Place,
        cells: dict[str, Any],
        over: dict[str, list[str]],
    ) -> Doc:
        """`doc` with these cells written, as a new Doc."""
        t = line.t
        source = f"{t} {line.u}"
        awaited = self._awaited.get(t[13:], {}).get(t, set())
        if isinstance(line, Forked):
            awaited = awaited | line.named
        values, sources, others, seen = opened(doc or {})
        for cell, value in cells.items():
            if cell in RESERVED_CELLS:
                continue
            replaced = over.get(cell, ())
            alive = others.pop(cell, None) or []
            shown = sources.get(cell)
            if shown is not None:
                alive = [*alive, [shown[:30], shown[31:], values.get(cell)]]
            if replaced:
                self._await_unknown(replaced, alive, t, (*place, cell))
            alive = [leaf for leaf in alive if leaf[0] not in replaced]
            if (*place, cell) not in awaited:
                alive = beside([t, line.u, value], alive, isinstance(line, Forked))
            values.pop(cell, None)
            sources.pop(cell, None)
            if alive:
                head = alive.pop()
                sources[cell] = source if head[0] == t else f"{head[0]} {head[1]}"
                if head[2] is not None:
                    values[cell] = head[2]
                if alive:
                    others[cell] = alive
            if cell == "_del":
                seen[t] = {name: sorted(set(was)) for name, was in over.items() if was}
        return closed(place[1], values, sources, others, seen)

    def _await_unknown(
        self, replaced: list[str], alive: list[list[Any]], t: str, place: CellPlace
    ) -> None:
        """Remember the replaced stamps whose lines have not come yet."""
        known = {leaf[0] for leaf in alive}
        for stamp in replaced:
            if stamp in known or stamp == t or not is_stamp(stamp):
                continue
            if not self.cursor.has(stamp):
                self._await(stamp, place)


def _number(t: str) -> int:
    return int(t[13:21], 16)
