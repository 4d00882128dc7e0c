"""What people must still decide: concurrent values of a cell, and edits of deleted records.

Both are pure functions of a folded record, hence of the lines alone. Which cells are bookkeeping
(and no conflicts of their own) is for the floor that knows the registers to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from officetui.ledger.doc import Leaf, cells_of, leaves


def conflicts(doc: Mapping[str, Any]) -> list[tuple[str, list[Leaf]]]:
    """The cells with more than one leaf of different values, sorted; leaves ascending by stamp."""
    found = []
    for cell in sorted(doc.get("_x", ())):
        concurrent = leaves(doc, cell)
        # compared as JSON, because to Python True equals 1
        if len({msgspec.json.encode(leaf.value) for leaf in concurrent}) > 1:
            found.append((cell, concurrent))
    return found


def edited_against_delete(doc: Mapping[str, Any]) -> list[tuple[str, list[Leaf]]]:
    """The leaves of a deleted record that whoever deleted it had not seen, per cell, sorted."""
    deletions = doc.get("_d")
    if not deletions:
        return []
    found = []
    for cell in cells_of(doc):
        if cell == "_del":
            continue
        unseen = [
            leaf
            for leaf in leaves(doc, cell)
            if any(
                leaf.stamp != t and leaf.stamp not in seen.get(cell, ())
                for t, seen in deletions.items()
            )
        ]
        if unseen:
            found.append((cell, unseen))
    return found
