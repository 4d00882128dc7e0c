"""Folding lines into records, whatever order they come in.

A cell is a multi-value register: a write replaces exactly the stamps its `over` names for that
cell, what nobody has replaced is a leaf, and the leaf with the greatest stamp is shown. A record
is kept folded as a plain dict (a `Doc`), which is what the desk and the books hold::

    {"id": id, <cell>: shown value (missing when null) …,
     "_s": {"": "<t> <user>", <cell>: "<t> <user>", …},
     "_x": {<cell>: [[t, user, value], …]},
     "_d": {<t>: {<cell>: [stamps]}}}

`_s[""]` is the base: the least stamp among the shown leaves. A cell stands in `_s` when its shown
leaf is another than the base, and when its shown value is null (it would be invisible otherwise).
`_x` holds the leaves that are not shown; `_d` what a living deletion had seen. A Doc is a pure
function of the set of folded lines that touch the record. Docs are never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

import msgspec

from officetui.ledger.line import RESERVED_CELLS, Forked, Line
from officetui.ledger.stamp import has_shape, is_stamp, origin

Doc = dict[str, Any]
Place = tuple[str, str]
"""(register, record)"""
CellPlace = tuple[str, str, str]
"""(register, record, cell); cell "" stands for the line that created the record."""

FOLD_VERSION = 1


class Leaf(NamedTuple):
    """A value of a cell that nobody has replaced."""

    stamp: str
    user: str
    value: Any


class Tables(Protocol):
    """Where folded records are kept."""

    def get(self, register: str, record: str, *, fresh: bool) -> Doc | None:
        """The record, or None. `fresh`: it cannot exist anywhere but in memory."""

    def put(self, register: str, record: str, doc: Doc) -> None:
        """Keep `doc` (always a new dict) in place of what was there."""


def leaves(doc: Mapping[str, Any], cell: str) -> list[Leaf]:
    """The leaves of a cell, ascending by stamp; the last one is shown."""
    sources = doc.get("_s")
    if not sources or cell in RESERVED_CELLS:
        return []
    source = sources.get(cell)
    if source is None:
        if cell not in doc:
            return []
        source = sources[""]
    found = [Leaf(*leaf) for leaf in doc.get("_x", {}).get(cell, ())]
    found.append(Leaf(source[:30], source[31:], doc.get(cell)))
    return found


def cells_of(doc: Mapping[str, Any]) -> list[str]:
    """All cells that have a leaf, those whose shown value is null included, sorted."""
    names = set(doc)
    names.update(doc.get("_s", ()))
    return sorted(names - RESERVED_CELLS)


def shown_stamps(doc: Mapping[str, Any]) -> dict[str, list[str]]:
    """Per cell the stamps of all its leaves: what a write must name in its `over`."""
    return {cell: [leaf.stamp for leaf in leaves(doc, cell)] for cell in cells_of(doc)}


class Cursor:
    """Which lines have been folded: per writer the highest number, and the holes below it.

    A number that two lines bear is counted once; the second is remembered by its stamp.
    """

    __slots__ = ("_forks", "_high", "_holes")

    def __init__(self) -> None:
        self._high: dict[str, int] = {}
        self._holes: dict[str, list[list[int]]] = {}
        self._forks: dict[str, set[str]] = {}

    def has(self, t: str) -> bool:
        """Whether a line of this stamp's number has been folded (False for what is no stamp)."""
        if has_shape(t) is None:
            return False
        writer = t[22:]
        return self.has_number(writer, int(t[13:21], 16)) or self.is_beside(t)

    def has_forks(self) -> bool:
        """Whether any line has been folded beside another."""
        return bool(self._forks)

    def is_beside(self, t: str) -> bool:
        """Whether a line of this stamp's number has been folded beside the segments."""
        return bool(self._forks) and any(
            fork[13:21] == t[13:21] for fork in self._forks.get(t[22:], ())
        )

    def has_number(self, writer: str, n: int) -> bool:
        if n > self._high.get(writer, 0):
            return False
        holes = self._holes.get(writer)
        return not holes or not any(low <= n <= high for low, high in holes)

    def has_line(self, line: Line) -> bool:
        """Whether this very line has been folded."""
        if isinstance(line, Forked):
            return line.t in self._forks.get(line.writer, ())
        return self.has_number(line.writer, line.n)

    def add_line(self, line: Line) -> None:
        """Count this very line as folded."""
        if isinstance(line, Forked):
            self._forks.setdefault(line.writer, set()).add(line.t)
        else:
            self.add_number(line.writer, line.n)

    def has_fork(self, t: str) -> bool:
        """Whether the line with this stamp has been folded besides another of its number."""
        return bool(self._forks) and t in self._forks.get(t[22:], ())

    def forks(self, writer: str) -> frozenset[str]:
        """The stamps of the lines folded besides others of the same number."""
        return frozenset(self._forks.get(writer, ()))

    def next_is(self, line: Line) -> bool:
        """Whether a line is the next of its writer, and beside no other of its number."""
        return line.n == self._high.get(line.writer, 0) + 1 and not self._forks

    def step(self, line: Line) -> None:
        """Count a line as folded that is the next of its writer."""
        self._high[line.writer] = line.n

    def add(self, t: str) -> None:
        """Count the line with this stamp as folded."""
        self.add_number(t[22:], int(t[13:21], 16))

    def add_number(self, writer: str, n: int) -> None:
        high = self._high.get(writer, 0)
        if n > high:
            if n > high + 1:
                self._holes.setdefault(writer, []).append([high + 1, n - 1])
            self._high[writer] = n
            return
        holes = self._holes.get(writer)
        if not holes:
            return
        for at, (low, top) in enumerate(holes):
            if low <= n <= top:
                holes[at : at + 1] = [[a, b] for a, b in ((low, n - 1), (n + 1, top)) if a <= b]
                break
        if not holes:
            del self._holes[writer]

    def add_up_to(self, writer: str, n: int) -> None:
        """Count all lines of a writer from the highest number on, up to this one."""
        if n > self._high.get(writer, 0):
            self._high[writer] = n

    def writers(self) -> list[str]:
        return sorted(self._high)

    def number(self, writer: str) -> int:
        """The highest number folded of this writer, 0 when none."""
        return self._high.get(writer, 0)

    def holes(self, writer: str) -> list[tuple[int, int]]:
        """The numbers below `number` not folded, as inclusive ranges, ascending."""
        return [(low, high) for low, high in self._holes.get(writer, ())]

    def copy(self) -> Cursor:
        return Cursor.from_json(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """``{writer: {"n": highest, "holes": [[first, last], …], "forks": [stamps]}}``; without
        forks that key is left out."""
        data: dict[str, Any] = {}
        for writer, n in sorted(self._high.items()):
            data[writer] = {"n": n, "holes": [list(hole) for hole in self._holes.get(writer, ())]}
            if self._forks.get(writer):
                data[writer]["forks"] = sorted(self._forks[writer])
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Cursor:
        """Raises KeyError, TypeError or ValueError when `data` is not of `to_json`."""
        cursor = cls()
        for writer, at in data.items():
            cursor._high[writer] = int(at["n"])
            holes = [[int(low), int(high)] for low, high in at["holes"]]
            if holes:
                cursor._holes[writer] = holes
            forks = {str(t) for t in at.get("forks", ())}
            if forks:
                cursor._forks[writer] = forks
        return cursor


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
        if line.__class__ is Line and line.group is None and self.cursor.next_is(line):
            # what nearly every line is
            if line.writer in self._waiting:
                self._bury(line)
            places = self._fold_line(line, line.t, tables)
            self.cursor.step(line)
            self.counted += 1
            if self._awaited:
                self._arrived(line.t)
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
        pending = self.pending
        plain = line.plain and t[13:] not in self._awaited and not isinstance(line, Forked)
        touched: list[Place] = []
        for register, record, cells, over in line.entries:
            if not cells:
                continue
            # one that was touched before it was created may lie in a book already
            created = record.startswith(prefix)
            fresh = created and not (pending and (register, record, "") in pending)
            doc = tables.get(register, record, fresh=fresh)
            if doc is None and not created:  # else this was seen to when it was first touched
                creation = origin(record)
                if creation is not None and not self.cursor.has(creation):
                    self._await(creation, (register, record, ""))
            written: Doc | None = None
            if plain:
                if doc is not None:
                    written = _overwritten(doc, source, cells, over)
                elif not over:
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
        values, sources, others, seen = _opened(doc or {})
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
                alive = _beside([t, line.u, value], alive, isinstance(line, Forked))
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
        return _closed(place[1], values, sources, others, seen)

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


def _beside(leaf: list[Any], alive: list[list[Any]], forked: bool) -> list[list[Any]]:
    """The leaves with one more, ascending. A change writes a cell once; two machines that wrote as
    one at the same moment have one stamp and two values."""
    if not forked:
        alive = [each for each in alive if each[0] != leaf[0]]
    elif leaf in alive:
        return alive
    alive = [*alive, leaf]
    alive.sort(key=_stamp_and_value if forked else _stamp_of)
    return alive


def _stamp_and_value(leaf: list[Any]) -> tuple[str, bytes]:
    return str(leaf[0]), msgspec.json.encode(leaf[1:], order="sorted")


def _stamp_of(leaf: list[Any]) -> str:
    return str(leaf[0])


def _overwritten(
    doc: Doc, source: str, cells: dict[str, Any], over: dict[str, list[str]]
) -> Doc | None:
    """What `Fold._written` makes where each cell is new, or replaces the one leaf it has; None
    where it is not as simple as that."""
    stored: dict[str, str] | None = doc.get("_s")
    if not stored or "_x" in doc or "_d" in doc:
        return None
    base = stored[""]
    for cell in cells:
        shown = stored.get(cell)
        if shown is None and cell in doc:
            shown = base
        replaced = over.get(cell)
        if replaced and (shown is None or [shown[:30]] != replaced):
            return None
        if shown is not None and not replaced:
            return None
    if source > base:
        for cell in doc:
            if cell not in stored and cell not in cells and cell not in RESERVED_CELLS:
                break
        else:
            return None  # nothing of the oldest change is left
        listed = stored.copy()
        for cell in cells:
            listed[cell] = source
    elif source < base:
        listed = {"": source}
        for cell in doc:
            if cell not in RESERVED_CELLS and cell not in cells:
                listed[cell] = stored.get(cell, base)
        for cell, other in stored.items():
            if cell and cell not in doc and cell not in cells:
                listed[cell] = other
    else:
        return None
    written = doc.copy()
    written.update(cells)
    written["_s"] = listed
    return written


def _opened(
    doc: Doc,
) -> tuple[Doc, dict[str, str], dict[str, list[list[Any]]], dict[str, dict[str, list[str]]]]:
    """Values, source per cell, leaves not shown, what deletions had seen: all copies."""
    values = {cell: value for cell, value in doc.items() if cell not in RESERVED_CELLS}
    stored = doc.get("_s")
    if not stored:
        return values, {}, {}, {}
    sources = dict.fromkeys(values, stored[""])
    sources.update(stored)
    del sources[""]
    return values, sources, dict(doc.get("_x", ())), dict(doc.get("_d", ()))


def _closed(
    record: str,
    values: Doc,
    sources: dict[str, str],
    others: dict[str, list[list[Any]]],
    seen: dict[str, dict[str, list[str]]],
) -> Doc:
    """Put a Doc together again."""
    doc: Doc = {"id": record, **values}
    if not sources:
        return doc
    base = min(sources.values())
    listed = {"": base}
    for cell, source in sources.items():
        if source != base or cell not in values:
            listed[cell] = source
    doc["_s"] = listed
    if others:
        doc["_x"] = others
    if seen:
        living = {leaf[0] for leaf in others.get("_del", ()) if leaf[2]}
        if values.get("_del"):
            living.add(sources["_del"][:30])
        seen = {t: was for t, was in seen.items() if t in living}
        if seen:
            doc["_d"] = seen
    return doc
