"""A record as the domain sees it: cells read by type, never raising on what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

_NOTHING: tuple[str, ...] = ()

# Years that can be counted with: beyond them a term or a shift leaves what a date can say.
FIRST_YEAR, LAST_YEAR = 1000, 8999


class Record:
    """One record of a register: a read-only look at its cells.

    `doc` is the folded form kept on the desk; it is never changed in place, so a record held
    by a form still says what was shown when the form was opened.
    """

    __slots__ = ("doc", "register")

    def __init__(self, register: str, doc: Mapping[str, Any]) -> None:
        self.register = register
        self.doc = doc

    def __repr__(self) -> str:
        return f"Record({self.ref!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.ref == other.ref and self.doc == other.doc

    def __hash__(self) -> int:
        return hash(self.ref)

    @property
    def id(self) -> str:
        return str(self.doc["id"])

    @property
    def ref(self) -> str:
        """`register/id`: how links and lists name a record."""
        return f"{self.register}/{self.doc['id']}"

    @property
    def state(self) -> str:
        return self.text("state")

    @property
    def parent(self) -> str:
        return self.text("parent")

    @property
    def trashed(self) -> bool:
        return bool(self.doc.get("_del"))

    @property
    def conflicted(self) -> bool:
        """Somebody else's value stands beside a shown one."""
        return any(
            value != self.doc.get(cell)
            for cell, leaves in self.doc.get("_x", {}).items()
            for _stamp, _user, value in leaves
        )

    @property
    def cells(self) -> dict[str, Any]:
        """The shown cells, without the book-keeping of the ledger."""
        return {k: v for k, v in self.doc.items() if k != "id" and not k.startswith("_")}

    def get(self, cell: str) -> Any:
        """The raw value, or None."""
        return self.doc.get(cell)

    def text(self, cell: str) -> str:
        """The value as text; "" when absent."""
        value = self.doc.get(cell)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def whole(self, cell: str) -> int | None:
        """An integer, or None when the cell holds none."""
        value = self.doc.get(cell)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
            return int(value[:18])
        return None

    def words(self, cell: str) -> tuple[str, ...]:
        """A list of words; a single text counts as one."""
        value = self.doc.get(cell)
        if isinstance(value, list):
            return tuple(str(part) for part in value)
        return (value,) if isinstance(value, str) and value else _NOTHING

    def day(self, cell: str) -> date | None:
        """The calendar day of a date or moment cell."""
        return day_of(self.doc.get(cell))

    def moment(self, cell: str) -> datetime | None:
        """A naive local date and time; None when absent or a day without an hour."""
        value = self.doc.get(cell)
        if not isinstance(value, str) or "T" not in value or value.endswith("Z"):
            return None
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return None
        return found if found.tzinfo is None and countable(found) else None

    def instant(self, cell: str) -> datetime | None:
        """An aware UTC instant, or None."""
        value = self.doc.get(cell)
        if not isinstance(value, str) or not value.endswith("Z"):
            return None
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return None
        return found.astimezone(UTC) if countable(found) else None


def countable(day: date) -> bool:
    """Whether days can be counted from there; a year beyond is shown, and nothing else."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def day_of(value: object, *, far: bool = False) -> date | None:
    """The date at the head of a canonical date or moment; None for anything else.

    `far`: also a day that can only be compared with ("until 9999-12-31").
    """
    if not isinstance(value, str) or len(value) < 10 or value.endswith("Z"):
        return None
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return found if far or countable(found) else None
