"""Desk and books: the ledger folded into TinyDB files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officetui.store.storage import DurableJSONStorage as DurableJSONStorage

__all__ = ["DurableJSONStorage"]


def __getattr__(name: str) -> Any:
    # tinydb costs 17 ms and the desk is read without it, so it is loaded by who asks for it.
    if name == "DurableJSONStorage":
        from officetui.store.storage import DurableJSONStorage

        return DurableJSONStorage
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
