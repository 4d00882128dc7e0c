"""What of a list is wanted, and in which order: mine, overdue, one unit's, by urgency, by number.

A filter is an id; several at once all hold. Everything offered is there, with how often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

import msgspec

from officetui.office import telling
from officetui.office.tables import BY_ID, Record, Register, colour, leads, workflow
from officetui.text.i18n import N_, P_, _
from officetui.text.safe import visible
from officetui.text.width import cell_width

if TYPE_CHECKING:
    from officetui.office.office import Office

Keep = Callable[[Register, Record, "Office"], bool]
URGENCY: Final = "urgency:"
UNIT: Final = "unit:"
STATE: Final = "state:"
KIND: Final = "kind:"  # of what is counted by its kind
_WORDS: Final = {URGENCY: "urgency", UNIT: "unit", STATE: "state", KIND: "kind"}


class Narrowing(msgspec.Struct, frozen=True):
    """One filter: what it keeps, and how it is called in the title."""

    id: str
    label: str
    keep: Keep


class Offered(msgspec.Struct, frozen=True):
    """A filter as the menu offers it: how many records it leaves, and whether it is in force."""

    id: str
    label: str
    count: int
    chosen: bool


def holder(register: Register, record: Record, office: Office) -> str:
    """Who holds a record; "" for nobody."""
    return BY_ID[record.register].holder(record, office)


def _late(register: Register, record: Record, office: Office) -> bool:
    table = BY_ID[record.register]
    cell = table.deadline_cell(record)
    at = office.calendar.deadline(record.get(cell)) if cell else None
    return record.state not in table.finished and at is not None and at < office.local


def _colour(record: Record, office: Office) -> str:
    """The colour of a follow-up; "" of everything else."""
    return colour(record, office) if record.register == "followups" else ""


ALWAYS: Final[tuple[Narrowing, ...]] = (
    Narrowing("mine", P_("list", "mine"), lambda g, r, o: holder(g, r, o) == o.user),
    Narrowing("late", P_("list", "overdue"), _late),
    Narrowing("red", P_("colour", "red"), lambda g, r, o: _colour(r, o) == "red"),
    Narrowing("yellow", P_("colour", "yellow"), lambda g, r, o: _colour(r, o) == "yellow"),
    Narrowing("nobody", P_("list", "nobody's"), lambda g, r, o: not holder(g, r, o)),
    Narrowing(
        "unapproved", P_("list", "to be approved"), lambda g, r, o: bool(workflow.unapproved(r))
    ),
    Narrowing(
        "unreached", P_("list", "someone not reached"), lambda g, r, o: telling.unreached(r, o)
    ),
    Narrowing("weight", N_("Key matter"), lambda g, r, o: bool(r.get("weight"))),
)
BY_NAME: Final = {one.id: one for one in ALWAYS}


def unit_of(register: Register, record: Record, office: Office) -> str:
    """The unit a record belongs to: the one that leads it, else that of who holds it."""
    if not register.states:
        return record.text("unit")
    named = record.text("lead_unit") or record.text("transferred_to")
    if named:
        return named
    person = office.person(holder(register, record, office))
    return person.text("unit") if person is not None and not leads(person) else ""


def keeps(name: str, register: Register, record: Record, office: Office) -> bool:
    """Whether a record passes the filter of that id; one that is not known keeps everything."""
    if name in BY_NAME:
        return BY_NAME[name].keep(register, record, office)
    if name.startswith(URGENCY):
        return record.text("urgency") == name.removeprefix(URGENCY)
    if name.startswith(UNIT):
        return unit_of(register, record, office) == name.removeprefix(UNIT)
    if name.startswith(STATE):
        return record.state == name.removeprefix(STATE)
    if name.startswith(KIND):
        return record.text("kind") == name.removeprefix(KIND)
    return True


def narrowed(
    register: Register, records: Iterable[Record], chosen: Sequence[str], office: Office
) -> list[Record]:
    """The records that pass every chosen filter, in their order."""
    return [r for r in records if all(keeps(name, register, r, office) for name in chosen)]


def label(name: str, register: Register) -> str:
    """How a filter is called, harmless to show."""
    if name in BY_NAME:
        return _(BY_NAME[name].label)
    kind, _colon, value = name.partition(":")
    if kind == "state":
        state = register.state(value)
        return _(state.waiting or state.label) if state is not None else visible(value, limit=40)
    field = register.field(kind)
    return visible(field.show(value) if field is not None else value, limit=40)


def toggled(chosen: Sequence[str], name: str) -> list[str]:
    """The filters after one was chosen: it comes, or goes; of units, kinds, states one."""
    if name in chosen:
        return [one for one in chosen if one != name]
    kind = name.partition(":")[0] + ":" if ":" in name else ""
    return [*(one for one in chosen if not kind or not one.startswith(kind)), name]


def offered(
    register: Register, records: Sequence[Record], chosen: Sequence[str], office: Office
) -> list[Offered]:
    """What the records can be narrowed to; `records` as they are without any filter."""
    found = []
    for name in _names(register, records, office):
        others = [one for one in toggled(chosen, name) if one != name]
        count = len(narrowed(register, records, [*others, name], office))
        if count or name in chosen:
            found.append(Offered(name, label(name, register), count, name in chosen))
    return found


def _names(register: Register, records: Sequence[Record], office: Office) -> Iterator[str]:
    if register.states:  # what has no steps is nobody's to do
        yield from BY_NAME
    urgencies = Counter(r.text("urgency") for r in records if r.text("urgency"))
    yield from (URGENCY + value for value, _n in urgencies.most_common())
    finished = register.finished
    yield from (
        STATE + state.id
        for state in register.states
        if state.id not in finished and any(r.state == state.id for r in records)
    )
    if register.group is not None and register.field("kind") is not None:
        kinds = Counter(r.text("kind") for r in records if r.text("kind"))
        yield from (KIND + value for value, _n in kinds.most_common())
    units = Counter(unit for r in records if (unit := unit_of(register, r, office)))
    yield from (UNIT + value for value, _n in units.most_common())


# Order

Reading = Callable[[Register, Record, "Office"], Any]
_END: Final = datetime.max


def _due(register: Register, record: Record, office: Office) -> Any:
    table = BY_ID[record.register]
    cell = table.deadline_cell(record)
    return (office.calendar.deadline(record.get(cell)) if cell else None) or _END


def _number(register: Register, record: Record, office: Office) -> Any:
    series = register.numbering
    number = record.whole(series.field) if series is not None else None
    return (number if number is not None else 1_000_000_000, record.id)


def _since(register: Register, record: Record, office: Office) -> Any:
    read = BY_ID[record.register].since
    found = read(record, office) if read is not None else None
    if isinstance(found, datetime):
        return found
    return datetime.combine(found, time.min) if isinstance(found, date) else _END


def _urgency(register: Register, record: Record, office: Office) -> Any:
    field = register.field("urgency")
    order = [choice.value for choice in field.choices] if field is not None else []
    value = record.text("urgency")
    return (order.index(value) if value in order else len(order), _due(register, record, office))


ORDERS: Final[dict[str, tuple[str, Reading]]] = {
    "due": (N_("by deadline"), _due),
    "new": (N_("by day"), lambda g, r, o: (r.text(g.day), r.id)),
    "number": (N_("by number"), _number),
    "urgency": (N_("by urgency"), _urgency),
    "holder": (N_("by holder"), lambda g, r, o: (holder(g, r, o), _due(g, r, o))),
    "unit": (N_("by unit"), lambda g, r, o: (unit_of(g, r, o), _due(g, r, o))),
    "held": (N_("longest held first"), _since),
    "state": (N_("by next step"), lambda g, r, o: _state_order(g, r)),
}


def _state_order(register: Register, record: Record) -> int:
    ids = [state.id for state in register.states]
    return ids.index(record.state) if record.state in ids else len(ids)


def orders(register: Register) -> list[str]:
    """The orders that a register's list can be in."""
    lacking = {
        "due": not register.due,
        "new": not register.day,
        "number": register.numbering is None,
        "urgency": register.field("urgency") is None,
        "held": register.since is None,
        "state": not register.states,
        "holder": not register.states,
        "unit": not register.states,
    }
    return [name for name in ORDERS if not lacking.get(name)]


def ordered(
    register: Register, records: Sequence[Record], name: str, back: bool, office: Office
) -> list[Record]:
    """The records in an order; `back`: the other way round. "" leaves them as they are."""
    if name not in ORDERS:
        return list(records)
    read = ORDERS[name][1]
    return sorted(records, key=lambda record: read(register, record, office), reverse=back)


# Counts


def counts(register: Register, records: Sequence[Record], office: Office) -> list[str]:
    """How many are in which state, and how many are late."""
    if not register.states or register.passes or not records:
        return []
    finished = register.finished
    calendar, now = office.calendar, office.local
    late = 0
    states: Counter[str] = Counter()
    for record in records:
        if record.state in finished:
            continue
        states[record.state] += 1
        at = calendar.deadline(record.get(register.deadline_cell(record)))
        late += at is not None and at < now
    parts = []
    if late:
        parts.append(_("overdue {n}").format(n=late))
    for state in register.states:
        if states[state.id]:
            parts.append(f"{_(state.waiting or state.label)} {states[state.id]}")
    return list(dict.fromkeys(parts))


def as_many_as_fit(parts: Sequence[str], room: int) -> str:
    """The first of them in one line, as far as there is room (cells)."""
    found = ""
    for part in parts:
        longer = f"{found}  {part}" if found else part
        if cell_width(longer) > room:
            break
        found = longer
    return found
