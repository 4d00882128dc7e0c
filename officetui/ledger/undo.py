"""Undo and redo as changes of their own: what was done stays in the journals.

An undo names the change it undoes (`z`), a redo the undo it undoes. A redo brings its change back
to life under its own stamp, so it is the redo that the next undo takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from officetui.ledger.doc import CellPlace, Doc, cells_of, leaves
from officetui.ledger.journals import Ledger
from officetui.ledger.line import Change, Entry, Line
from officetui.ledger.stamp import make, origin, parts

UNDO = "undo"
REDO = "redo"


def find_undo(ledger: Ledger, user: str, writer: str) -> list[Line] | None:
    """The lines of the change that undo would take back: the last of this user on this writer
    that is not undone. None when there is none."""
    undone: set[str] = set()
    for lines in _changes(ledger, user, writer):
        first = lines[0]
        if first.t not in undone and not _is_undo(first):
            return lines
        if first.undoes is not None:
            undone.add(first.undoes)
    return None


def find_redo(ledger: Ledger, user: str, writer: str) -> list[Line] | None:
    """The lines of the undo that redo would take back: the last one not yet redone, unless
    something new was done after it. None when there is none."""
    redone: set[str] = set()
    for lines in _changes(ledger, user, writer):
        first = lines[0]
        if first.undoes is None:
            return None
        if _is_undo(first):
            if first.t not in redone:
                return lines
        else:
            redone.add(first.undoes)
    return None


def _is_undo(line: Line) -> bool:
    return line.undoes is not None and line.a != REDO


def _changes(ledger: Ledger, user: str, writer: str) -> Iterator[list[Line]]:
    """The changes of a user on a writer, newest first, each as its lines in order; interrupted
    groups are left out."""
    group: list[Line] = []
    for line in ledger.lines_of(user, writer):
        if line.group is None:
            yield [line]
            continue
        name, index, size = line.group
        if group and group[-1].group != (name, index + 1, size):
            group = []
        if group or index == size:
            group.append(line)
        if group and index == 1:
            yield group[::-1]
            group = []


def undo_change(
    target: list[Line],
    get_doc: Callable[[str, str], Doc | None],
    line_at: Callable[[str], Line | None],
) -> tuple[Change, list[CellPlace]]:
    """The change that takes `target` back, and the cells it leaves alone: those that were written
    again since, and those that others wrote in a record which `target` created.

    `get_doc(register, record)` gives folded records, `line_at(stamp)` lines. A cell that was
    written since and put back by another undo counts as untouched. The change has no entries when
    nothing is left to put back; appended even so, it lets the next undo go on to what was before.
    """
    first = target[0]
    past = _Past(target, line_at)
    entries: list[Entry] = []
    skipped: dict[CellPlace, None] = {}
    for line in target:
        for entry in line.entries:
            register, record = entry.register, entry.record
            doc = get_doc(register, record) or {}
            back = Entry(register, record, {}, {})
            for cell in entry.cells:
                if not _put_back(back, cell, entry, line, doc, past):
                    skipped[register, record, cell] = None
            if back.cells:
                entries.append(back)
            if origin(record) == first.t:
                for cell in past.written_by_others(entry, doc):
                    skipped[register, record, cell] = None
    action = REDO if _is_undo(first) else UNDO
    return Change(first.u, action, entries, first.t), list(skipped)


def _put_back(back: Entry, cell: str, entry: Entry, line: Line, doc: Doc, past: _Past) -> bool:
    """Add the former value of a cell to `back`; False when it must be left alone."""
    now = leaves(doc, cell)
    if len(now) != 1:
        return False
    stamp = now[0].stamp
    if stamp != line.t and stamp in past.own:
        return True  # a later line of the same change wrote it too, and puts it back
    before = past.replaced(entry, cell)
    if before is None:
        return False
    if stamp != line.t and past.source(entry, cell, stamp) != past.source(entry, cell, line.t):
        return False
    value: Any = None
    if before:
        wrote = past.entry(before, entry)
        if wrote is not None:
            value = wrote.cells.get(cell)
            if cell == "_del" and value:  # what this deletion had seen must stand beside it
                for name, seen in wrote.over.items():
                    back.over.setdefault(name, seen)
    back.cells[cell] = value
    back.over[cell] = [stamp]
    return True


class _Past:
    """The lines that wrote what a cell held before, each looked up once."""

    def __init__(self, target: list[Line], line_at: Callable[[str], Line | None]) -> None:
        self.own = {line.t for line in target}
        self._line_at = line_at
        self._lines: dict[str, Line | None] = {line.t: line for line in target}
        self._entries: dict[str, dict[tuple[str, str], Entry]] = {}

    def line(self, stamp: str) -> Line | None:
        if stamp not in self._lines:
            self._lines[stamp] = self._line_at(stamp)
        return self._lines[stamp]

    def entry(self, stamp: str, of: Entry) -> Entry | None:
        """What the line `stamp` wrote into the record of `of`."""
        line = self.line(stamp)
        if line is None:
            return None
        if stamp not in self._entries:
            self._entries[stamp] = {(each.register, each.record): each for each in line.entries}
        return self._entries[stamp].get((of.register, of.record))

    def replaced(self, entry: Entry, cell: str) -> str | None:
        """The stamp whose value `entry` replaced in a cell: "" none, None when its line is lost.

        Of several the greatest, which was shown.
        """
        over: Entry | None = entry
        while over is not None:
            stamp = max(over.over.get(cell, ()), default="")
            if stamp not in self.own:
                return stamp if not stamp or self.line(stamp) is not None else None
            over = self.entry(stamp, entry)
        return None

    def source(self, of: Entry, cell: str, stamp: str) -> str:
        """The stamp of the change whose value this line put there, seen through undo and redo;
        "" when it put back that there was nothing."""
        seen: set[str] = set()
        while stamp and stamp not in seen:
            seen.add(stamp)
            line = self.line(stamp)
            if line is None or line.undoes is None:
                return stamp
            undone = self._undone(of, cell, line.undoes)
            if undone is None:
                return stamp
            stamp = max(undone.over.get(cell, ()), default="")
        return stamp

    def _undone(self, of: Entry, cell: str, first: str) -> Entry | None:
        """What the change that begins with the line `first` wrote into a cell."""
        line = self.line(first)
        if line is None:
            return None
        ms, n, writer = parts(first)  # the lines of a group share their wall time
        for k in range(line.group[2] if line.group is not None else 1):
            stamp = make(ms, n + k, writer)
            entry = self.entry(stamp, of)
            if entry is not None and cell in entry.cells:
                return entry
            if self.line(stamp) is None:
                break
        return None

    def written_by_others(self, entry: Entry, doc: Doc) -> list[str]:
        """The cells of a record with a value that does not come from the target."""
        return [
            cell
            for cell in cells_of(doc)
            if any(
                leaf.value is not None
                and leaf.stamp not in self.own
                and self.source(entry, cell, leaf.stamp) not in self.own
                for leaf in leaves(doc, cell)
            )
        ]
