"""What a register's rules may ask about the rest of the office, at one moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from officetui.registers.calendar import WorkCalendar
    from officetui.registers.record import Record


_T = TypeVar("_T")


class Parents(Protocol):
    """Whoever knows the children of records."""

    def children(self, record: Record, child: str) -> list[Record]:
        """The children called `child` ("items"), in their order, trash left out."""


class View(Protocol):
    """The office as rules see it; `now` is aware UTC, `local` the same in the office's zone."""

    @property
    def now(self) -> datetime: ...
    @property
    def local(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def user(self) -> str: ...
    @property
    def calendar(self) -> WorkCalendar: ...

    def setting(self, name: str) -> Any:
        """An office setting's value, or its default."""

    def records(self, register: str) -> list[Record]:
        """The records of a register on the desk, trash left out."""

    def memo(self, name: str, registers: tuple[str, ...], make: Callable[[], _T]) -> _T:
        """What `make` works out from the desk's records of these registers and from nothing else
        (no clock), kept until one of them changes."""

    def children(self, record: Record, child: str) -> list[Record]:
        """The children called `child` ("items"), in their order, trash left out."""

    def person(self, name: str) -> Record | None:
        """The person of the directory with that name, or None."""

    def filed(self, register: str, cell: str, value: str) -> list[Record]:
        """The filed records whose cell reads the same, however written, as far as their books have
        been gone through; they hold the few cells that name them. Reads no file."""

    def greatest(self, register: str, cell: str) -> int:
        """The greatest whole number that a cell holds on the desk and in the newest books."""

    def clock(self, instant: datetime) -> datetime:
        """An aware instant as naive local time of the office."""
