"""What was typed into forms and not saved: it comes back when the form is opened again."""

from __future__ import annotations

from weakref import WeakKeyDictionary

_drafts: WeakKeyDictionary[object, dict[str, dict[str, str]]] = WeakKeyDictionary()


def drafts(app: object) -> dict[str, dict[str, str]]:
    """By form, then by field, for one run of the app; kept in memory only."""
    return _drafts.setdefault(app, {})
