"""A day review as plain data in words: what screens, texts and documents are made of, and what a
signature keeps. Dates and local moments are ISO text, "" where there is none."""

from __future__ import annotations

import msgspec

from officetui.registers import reviews
from officetui.text.safe import visible


class DoneRow(msgspec.Struct, frozen=True):
    """One thing that was done. `sentence` says who did what; `heading` names the record."""

    at: str  # local: 2026-11-20T09:12
    user: str
    heading: str
    sentence: str
    ref: str
    register: str
    t: str = ""
    n: int = 1  # records, where many are one row
    imported: bool = False  # a sheet brought them: no work of that day


class DoneGroup(msgspec.Struct, frozen=True):
    """What one person did in one register, or imported into it."""

    register: str
    name: str
    person: str
    rows: tuple[DoneRow, ...]

    @property
    def count(self) -> int:
        """How many changes; what was imported is none."""
        return sum(row.n for row in self.rows if not row.imported)

    @property
    def heading(self) -> str:
        """The register, the person, and how many changes; an import says itself how many."""
        words = (self.name, visible(self.person), str(self.count or ""))
        return "  ".join(word for word in words if word)


class Tally(msgspec.Struct, frozen=True):
    """How many of something: a register or a person, by name."""

    name: str
    count: int


class Asked(msgspec.Struct, frozen=True):
    """A matter that wants an answer before the day is closed."""

    ref: str
    register: str
    kind: str  # overdue, due, tonight, carried; of an evening long ago: answered, moved
    badge: str
    urgency: str
    title: str
    why: str
    next: str
    holder: str
    held: str
    due: str = ""
    tried: str = ""
    ended: str = ""  # what became of it since, in words, where nobody signed the day

    @property
    def name(self) -> str:
        """Badge and title, as a list names it."""
        return " ".join(word for word in (self.badge, self.title) if word)


class Carried(msgspec.Struct, frozen=True):
    """A matter that the day hands over by name, or that was reported to a leader."""

    ref: str
    title: str
    how: str  # night, left, reported
    words: str  # that in words
    why: str
    reason: str
    by: str
    at: str
    to: str = ""
    state: str = ""  # what the matter is now
    open: bool = True
    half: str = reviews.EVENING


class Check(msgspec.Struct, frozen=True):
    """One of the four checks, with what speaks against it."""

    id: str  # stalled, piled, errors, visitors
    label: str
    ok: bool
    evidence: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    short: str = ""  # what was found, in few words: 6 stalled


class DutySeat(msgspec.Struct, frozen=True):
    """One seat of the roster."""

    line: str
    person: str
    phone: str
    state: str
    mark: bool = False


class Planned(msgspec.Struct, frozen=True):
    """A meeting or a deadline of a day to come."""

    when: str
    title: str
    about: str  # the room, or who holds it
    ref: str


class DayPlan(msgspec.Struct, frozen=True):
    """What one of the next days brings."""

    date: str
    weekday: str
    day_type: str
    duty: tuple[DutySeat, ...]
    meetings: tuple[Planned, ...]
    deadlines: tuple[Planned, ...]


class Signature(msgspec.Struct, frozen=True):
    """How one half of the day was signed; `state`: "", open, signed or accepted."""

    half: str
    label: str
    state: str
    signed_by: str = ""
    signed_at: str = ""
    accepted_by: str = ""
    accepted_at: str = ""
    accepted_how: str = ""  # in words
    noted_by: str = ""
    note: str = ""
    carried: int = 0
    two_values: bool = False  # signed on two devices at once: to be decided
    ref: str = ""


class Since(msgspec.Struct, frozen=True):
    """Something of a signed day that changed after the signature."""

    at: str
    user: str
    heading: str
    sentence: str
    ref: str
    kind: str  # late: done before, arrived after; after: done later that day; edited; matter


class DayReview(msgspec.Struct, frozen=True):
    """A day, as it is closed."""

    office: str
    user: str
    date: str
    weekday: str
    day_type: str
    lunar: str
    made_at: str
    half: str  # the half that is to be signed, or was signed last
    said: str = ""  # why there is nothing to show: before the office existed, a day to come
    past: bool = False
    today: DayPlan | None = None  # the day's own duty, meetings and deadlines
    leaving: tuple[str, ...] = ()  # who hands over where this half is signed
    coming: tuple[str, ...] = ()  # who takes over
    done: tuple[DoneGroup, ...] = ()
    by_register: tuple[Tally, ...] = ()
    by_person: tuple[Tally, ...] = ()
    asked: tuple[Asked, ...] = ()
    listed: tuple[Asked, ...] = ()
    checks: tuple[Check, ...] = ()
    tomorrow: tuple[DayPlan, ...] = ()
    note: str = ""
    signatures: tuple[Signature, ...] = ()
    carried: tuple[Carried, ...] = ()
    booked: tuple[Planned, ...] = ()  # by the registers' own dates, where the journals are silent
    changed_since: tuple[Since, ...] = ()

    @property
    def count(self) -> int:
        """How many changes the day saw."""
        return sum(group.count for group in self.done)


class Picture(msgspec.Struct, frozen=True):
    """What a signature keeps of a review: all that cannot be read from the journals later."""

    asked: tuple[Asked, ...] = ()
    listed: tuple[Asked, ...] = ()
    checks: tuple[Check, ...] = ()
    tomorrow: tuple[DayPlan, ...] = ()
