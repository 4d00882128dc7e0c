"""A record as it is folded.

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

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from officetui.ledger.line import RESERVED_CELLS

Doc = dict[str, Any]
Place = tuple[str, str]
"""(register, record)"""
CellPlace = tuple[str, str, str]
"""(register, record, cell); cell "" stands for the line that created the record."""


class Leaf(NamedTuple):
    """A value of a cell that nobody has replaced."""

    stamp: str
    user: str
    value: Any


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


def beside(leaf: list[Any], alive: list[list[Any]], forked: bool) -> list[list[Any]]:
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


def overwritten(
    doc: Doc, source: str, cells: dict[str, Any], over: dict[str, list[str]]
) -> Doc | None:
    """What `Fold._written` makes where each cell is new, or replaces the one leaf it has; None
    where it is not as simple as that."""
    stored: dict[str, str] | None = doc.get("_s")
    if not stored or "_x" in doc or "_d" in doc:
        return None
    base = stored[""]
    for cell in cells:
        shown = stored.get(cell) or (base if cell in doc else "")
        replaced = over.get(cell)
        if [shown[:30]] != replaced if shown else replaced:
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


def opened(
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


def closed(
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
