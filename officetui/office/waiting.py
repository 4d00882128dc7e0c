"""What waits on whom, and for how long: everything open over all registers, by its holder.

Whatever has a deadline belongs to it (`Register.due`), with or without one set. Nobody's comes
first, because nobody will do it; what the user holds comes last, because nobody needs to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from officetui.errors import Refused
from officetui.office import deadlines, numbers
from officetui.office.look import Glance, Look
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.workflow import why_not
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.office import Office
    from officetui.registers.model import Register, Step


class Matter(msgspec.Struct, frozen=True):
    """One open record. Moments are naive local ones of the office."""

    ref: str
    badge: str  # its official short name, or that of its register
    title: str
    urgency: str
    next: str  # what it waits for
    since: datetime | None  # since when its holder has it
    held: str  # that, in words
    days: int | None  # in days of the calendar
    due: datetime | None
    late: int  # days of the calendar after its deadline; 0 before it
    passed: bool  # its deadline has passed
    old: bool  # so long ago that it is told with its like, and no promise stands for it
    urged: int
    answer: str  # what was answered to the last urging
    promised: str  # and for when it was promised: a day or moment as it is stored
    mark: bool = False


class Held(msgspec.Struct, frozen=True):
    """All that one person holds."""

    person: str  # "" is nobody
    unit: str
    matters: tuple[Matter, ...]
    late: int  # how many are past their deadline
    oldest: int  # days that the oldest of them is late
    longest: int | None  # days that the person has had the oldest of all
    tried: str  # how often they were urged, and the last answer
    away: str = ""  # on leave until

    @property
    def refs(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(matter.ref for matter in self.matters)

    @property
    def old(self) -> tuple[Matter, ...]:
        """The old overdue."""
        return tuple(matter for matter in self.matters if matter.old)

    @property
    def mark(self) -> bool:
        """Whether somebody else must take it over, or it is late."""
        return bool(self.late or self.away or not self.person)


def waiting(office: Office) -> list[Held]:
    """Everything open by its holder: nobody's first, then who is late with most, oneself last."""
    with office.lock:
        look = Glance(office, office.now)
        pressing = {item.record.ref: item.group for item in deadlines.deadlines(look)}
        groups: dict[str, list[Record]] = {}
        for register in REGISTERS:
            for record in deadlines.open_records(look, register) if register.due else ():
                groups.setdefault(register.holder(record, look), []).append(record)
        found = [_held(look, name, mine, pressing) for name, mine in groups.items()]
    found.sort(key=lambda one: _order(one, office.user))
    return found


def _order(one: Held, user: str) -> tuple[object, ...]:
    mine = bool(one.person) and one.person == user
    longest = -1 if one.longest is None else one.longest
    return (
        mine,
        bool(one.person),
        -one.late,
        -one.oldest,
        -longest,
        -len(one.matters),
        one.person,
    )


def _held(look: Look, name: str, records: Iterable[Record], pressing: dict[str, int]) -> Held:
    records = list(records)
    matters = [_matter(look, record, pressing.get(record.ref)) for record in records]
    matters.sort(key=lambda one: (not one.old, one.due or datetime.max, -(one.days or 0)))
    person = look.person(name)
    known = [one.days for one in matters if one.days is not None]
    return Held(
        person=name,
        unit=person.text("unit") if person is not None else "",
        matters=tuple(matters),
        late=sum(1 for one in matters if one.passed),
        oldest=max((one.late for one in matters), default=0),
        longest=max(known, default=None),
        tried=deadlines.tried(look, records),
        away=away_until(person, look.today) if person is not None else "",
    )


def _matter(look: Look, record: Record, group: int | None) -> Matter:
    register = BY_ID[record.register]
    cell = register.deadline_cell(record)
    due = look.calendar.deadline(record.get(cell)) if cell else None
    since = deadlines.since(look, record)
    urged = deadlines.urged(look, record)
    last = urged[-1] if urged else None
    passed = due is not None and due < look.local
    return Matter(
        ref=record.ref,
        badge=numbers.badge(look, record) or register.name(),
        title=register.headline(record),
        urgency=deadlines.pressing_words(record),
        next=deadlines.next_words(look, record),
        since=since,
        held=deadlines.held(look, record),
        days=(look.today - since.date()).days if since is not None else None,
        due=due,
        late=max(deadlines.overdue_days(due, look), 0) if due is not None else 0,
        passed=passed,
        old=group == deadlines.OLD,
        urged=len(urged),
        answer=last.text("answer") if last is not None else "",
        promised=last.text("promised") if last is not None else "",
        mark=group in (deadlines.SOON, deadlines.NEWLY, deadlines.OLD),
    )


# What can be done with several at once


def takes(record: Record, step_id: str) -> bool:
    """Whether the record allows that step now."""
    register = BY_ID[record.register]
    step = register.step(step_id)
    return step is not None and why_not(register, record, step) is None


def reassigning(record: Record) -> Step | None:
    """The step that gives an open record another holder; None when there is none now."""
    register: Register = BY_ID[record.register]
    for step in register.steps:
        required = {need.field for need in step.needs if need.required}
        if required == {"owner"} and step.makes is None and why_not(register, record, step) is None:
            return step
    return None


def holder(office: Office, record: Record) -> str:
    """Who holds an open record; "" when nobody does."""
    return BY_ID[record.register].holder(record, office)


def take(office: Office, records: Sequence[Record], step: str, inputs: Mapping[str, Any]) -> Done:
    """Take one step for records of one register or of several, as one change."""
    if len({record.register for record in records}) == 1:
        return office.do(records, step, inputs)
    return office.do_all([(record, step, inputs) for record in records])


def reassign(office: Office, records: Sequence[Record], owner: str) -> Done:
    """Give records of any registers another holder, as one change; raises Refused, naming the
    first that cannot be given to anybody now."""
    taken = []
    for record in records:
        step = reassigning(record)
        if step is None:
            title = BY_ID[record.register].title(record)
            raise Refused(_("{title}: it cannot be given to another now.").format(title=title))
        taken.append((record, step.id, {"owner": owner}))
    return office.do_all(taken)
