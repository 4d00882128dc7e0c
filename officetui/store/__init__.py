"""Desk and books: the ledger folded into TinyDB files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officetui.store.desk import Store as Store
    from officetui.store.shelf import Shelf as Shelf
    from officetui.store.state import Notice as Notice
    from officetui.store.storage import DurableJSONStorage as DurableJSONStorage

__all__ = ["DurableJSONStorage", "Notice", "Shelf", "Store"]

# Loaded when asked for: tinydb alone costs 17 ms, and the desk is read without it.
_HOMES = {"DurableJSONStorage": "storage", "Notice": "state", "Shelf": "shelf", "Store": "desk"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
