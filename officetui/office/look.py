"""The office seen at one moment: what registers' rules, the board and capture read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zoneinfo import ZoneInfo

from officetui.office.clock import Clock, FixedClock
from officetui.registers.calendar import WorkCalendar, instant_of
from officetui.registers.people import GRANTED
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.schedule import leaves
from officetui.registers.settings import BY_NAME, fits

if TYPE_CHECKING:
    from officetui.store.desk import Store


_T = TypeVar("_T")
_PERSONS = ("people", "schedule")  # leaves are granted in the schedule
_BOOKKEEPING = frozenset({"id", "_s", "_x", "_d", "_del"})


class Look:
    """A view of the office (`registers.view.View`) through one clock."""

    def __init__(
        self, store: Store, zone: str, user: str, watch: Clock, lock: RLock | None = None
    ) -> None:
        self.store = store
        self.lock = lock or RLock()  # a worker flushes and refreshes while keys are read
        self.zone = zone
        self.user = user
        self.watch = watch
        self._zone = ZoneInfo(zone)
        self._memos: dict[str, tuple[object, Any]] = {}
        self.keeps: dict[str, object] = {}
        """What other modules keep of the desk, and bring up to date themselves."""

    def memo(self, name: str, registers: tuple[str, ...], make: Callable[[], _T]) -> _T:
        """What `make` works out from the desk's records of these registers and from nothing else
        (no clock), kept until one of them changes."""
        with self.lock:
            revision = self.store.revision(registers)
            known = self._memos.get(name)
            if known is not None and known[0] == revision:
                return cast("_T", known[1])
            made = make()
            self._memos[name] = (revision, made)
            return made

    @property
    def now(self) -> datetime:
        return self.watch.now()

    @property
    def local(self) -> datetime:
        return self.clock(self.watch.now())

    @property
    def today(self) -> date:
        return self.local.date()

    def clock(self, instant: datetime) -> datetime:
        """An aware instant as naive local time of the office."""
        return instant.astimezone(self._zone).replace(tzinfo=None)

    def instant(self, local: datetime) -> datetime:
        """A naive local moment of the office as an aware instant."""
        return instant_of(local, self.zone)

    @property
    def closing(self) -> time:
        """Close of business."""
        return time.fromisoformat(self.setting("close"))

    @property
    def calendar(self) -> WorkCalendar:
        return self.memo("calendar", ("settings",), self._calendar)

    def _calendar(self) -> WorkCalendar:
        return WorkCalendar(self.setting("day_types"), self.closing)

    def setting(self, name: str) -> Any:
        """An office setting's value, or its default when absent or not usable."""
        known = BY_NAME[name]
        doc = self.doc("settings", f"settings:{name}")
        if doc is None or doc.get("_del") or "value" not in doc:
            return known.default
        return doc["value"] if fits(known, doc["value"]) else known.default

    def records(self, register: str) -> list[Record]:
        """The records of a register on the desk: trash and emptied ones left out."""
        return self._known(register).copy()

    def _known(self, register: str) -> list[Record]:
        """The same list until something of it changes; not to be changed by who asks."""
        if register == "people":
            return self.memo("people", _PERSONS, self._people)
        return self.memo(f"all {register}", (register,), lambda: self._alive(register))

    def _alive(self, register: str) -> list[Record]:
        docs = self.store.desk(register).values()
        return [Record(register, doc) for doc in docs if alive(doc)]

    def _people(self) -> list[Record]:
        return [self._person(doc) for doc in self.store.desk("people").values() if alive(doc)]

    def children(self, record: Record, child: str) -> list[Record]:
        """The children of a record called `child`, in their order."""
        register = child if "." in child else f"{record.register}.{child}"
        with self.lock:
            docs = self.store.children(register, record.id)
        return [Record(register, doc) for doc in docs if alive(doc)]

    def person(self, name: str) -> Record | None:
        """The person of the directory with exactly that name."""
        return self.memo("persons", _PERSONS, self._by_name).get(name) if name else None

    def _by_name(self) -> dict[str, Record]:
        # of two of one name the first
        return {person.text("name"): person for person in reversed(self._known("people"))}

    def _person(self, doc: Mapping[str, Any]) -> Record:
        """Somebody of the directory, with the leaves that the schedule granted."""
        granted = self.memo("leaves", ("schedule",), self._leaves).get(str(doc.get("name")))
        return Record("people", {**doc, GRANTED: granted} if granted else doc)

    def _leaves(self) -> dict[str, list[str]]:
        docs = self.store.desk("schedule").values()
        return leaves(Record("schedule", doc) for doc in docs if alive(doc))

    def filed(self, register: str, cell: str, value: str) -> list[Record]:
        """Filed records whose cell reads the same; only an office goes through its books."""
        return []

    def greatest(self, register: str, cell: str) -> int:
        """The greatest whole number that a cell holds on the desk and in the newest books."""
        found = [record.whole(cell) or 0 for record in self.records(register)]
        with self.lock:
            years = (self.today.year - 1, self.today.year)
            found += [self.store.highest(year, register, cell) for year in years]
        return max(found)

    def doc(self, register: str, record_id: str) -> dict[str, Any] | None:
        """The folded form of a record, wherever it lies. Looking may read desk or book anew, so
        not while another thread is writing them."""
        with self.lock:
            return self.store.doc(register, record_id)

    def get(self, ref: str) -> Record | None:
        """The record named `register/id`, on the desk or in its book; trash included."""
        register, _sep, record_id = ref.partition("/")
        if register not in BY_ID:
            return None
        doc = self.doc(register, record_id)
        return Record(register, doc) if doc is not None else None


class Glance(Look):
    """The office at one instant, for as long as one board is made: what many rows ask for is
    looked up once. Hold the lock meanwhile, and do not keep it."""

    def __init__(self, look: Look, instant: datetime) -> None:
        super().__init__(look.store, look.zone, look.user, FixedClock(instant), look.lock)
        self._memos, self.keeps = look._memos, look.keeps
        self._local = self.clock(instant)
        self._today = self._local.date()
        self._settings: dict[str, Any] = {}
        self._records: dict[str, list[Record]] = {}
        self._persons: dict[str, Record | None] = {}
        self._close = super().closing
        self._days = super().calendar

    @property
    def local(self) -> datetime:
        return self._local

    @property
    def today(self) -> date:
        return self._today

    @property
    def closing(self) -> time:
        return self._close

    @property
    def calendar(self) -> WorkCalendar:
        return self._days

    def setting(self, name: str) -> Any:
        if name not in self._settings:
            self._settings[name] = super().setting(name)
        return self._settings[name]

    def records(self, register: str) -> list[Record]:
        if register not in self._records:
            self._records[register] = super().records(register)
        return self._records[register]

    def person(self, name: str) -> Record | None:
        if name not in self._persons:
            self._persons[name] = super().person(name)
        return self._persons[name]


def alive(doc: Mapping[str, Any]) -> bool:
    """Not in the trash, and not emptied by an undo."""
    return not doc.get("_del") and not doc.keys() <= _BOOKKEEPING
