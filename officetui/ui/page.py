"""A record as a page of rows: its way through the states, its fields, its lists, its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from officetui.office import links, withheld
from officetui.office.deadlines import basis
from officetui.office.tables import BY_ID, Field, Record, Register, Step, workflow
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.safe import visible, visible_block
from officetui.text.width import cell_width, pad, wrap, wrap_parts
from officetui.text.words import held_words, moment_words, overdue_words, short_date
from officetui.ui import actions, forms, listing, menus
from officetui.ui.widgets.table import Row

if TYPE_CHECKING:
    from officetui.office.history import Event
    from officetui.office.office import Office

LABEL: Final = 14  # cells of the first column
_LINES: Final = 12  # of a long text; the form shows all of it
_EVENTS: Final = 200
_TWO_COLUMNS_FROM: Final = 100
_NOW: Final = ("next", "state", "holder", "held", "due", "colour", "ready", "answers")
_HIDDEN: Final = ("parent", "pos", "state", "direction")


def path(register: Register, record: Record) -> list[str]:
    """The ids of the states on the usual way of this record, its own among them."""
    start = record.state or register.initial
    before = _walk(register, record, register.initial)
    if start in before:
        return before
    return [*([register.initial] if register.initial else []), *_walk(register, record, start)]


def _walk(register: Register, record: Record, state: str) -> list[str]:
    order = [known.id for known in register.states]
    found = [state] if state else []
    while state in order:
        here = order.index(state)
        ahead = [
            order.index(step.target)
            for step in register.steps
            if step.target in order
            and step.first < 40
            and (not step.sources or state in step.sources)
            and (step.when is None or step.when(record))
        ]
        later = [place for place in ahead if place > here]
        if not later:
            break
        state = order[min(later)]
        found.append(state)
    return found


def path_words(
    register: Register, record: Record, events: Sequence[Event] | None, office: Office
) -> str:
    """registered 11-15 李梅 > [proposed 11-16 李梅] > instructed: the way, when each state was come
    into and by whom, the present one in brackets; `events` None: not read yet."""
    come: dict[str, Event] = {event.state: event for event in events or () if event.state}
    words = []
    way = path(register, record)
    here = way.index(record.state) if record.state in way else 0
    began = next((place for place, name in enumerate(way) if name in come), here)
    # What was passed over on the way is not told of as if it had been done.
    skipped = {name for name in way[began:here] if name not in come}
    for name in way:
        if name in skipped:
            continue
        state = register.state(name)
        label = _(state.label) if state else visible(name)
        event = come.get(name)
        if event is not None:
            day = short_date(office.clock(event.at).date(), office.today)
            label = " ".join(p for p in (label, day, visible(event.user, limit=20)) if p)
        words.append(f"[{label}]" if name == record.state else label)
    return f" {glyphs().right} ".join(words)


def next_words(register: Register, steps: Sequence[Step]) -> str:
    """What can be done now, with the letters."""
    found = []
    for step in steps[:8]:
        key = actions.key_words(actions.step_key(register, step))
        found.append(f"{key} {_(step.label)}")
    return "  ".join(found)


def now_words(office: Office, register: Register, record: Record) -> str:
    """Where it stands, who has it, by when: what the list says of it."""
    found = []
    for column in register.columns:
        text = column.read(record, office) if column.id in _NOW else ""
        if text and text != "0/0":
            found.append(f"{_(column.label)} {visible(text)}")
    return "  ".join(found)


def _notable(office: Office, record: Record, room: int) -> Iterator[Row]:
    """Cells of two minds, what a meeting clashes with, a visitor's earlier matters."""
    if record.conflicted:
        yield from _conflicts(office, record, room)
    if record.register in ("meetings", "schedule", "errands"):
        yield from _clashes(office, record)
    if record.register == "reception":
        from officetui.office.tables import earlier

        for other in earlier(record, office)[-5:]:
            label = BY_ID[other.register].state_words(other)
            words = f"{_short_day(other, office)} {other.text('matter')} {label}"
            yield _row(f"link:{other.ref}", _("Came before"), visible(words, limit=200), "warn")


def _clashes(office: Office, record: Record) -> Iterator[Row]:
    """What it collides with, one line each, and what is free instead."""
    from officetui.office import clashes

    found = clashes.of(office, record)
    for clash in found:
        words = visible(clash.words(clash.first), limit=200)
        ref = f"link:{clash.second.ref}" if clash.second is not None else "head:away"
        warns = clash.severity == "warn"
        yield Row(ref, (_("Clash"), words), warns, ((0, "alert" if warns else "warn"),))
    for number, words in enumerate(clashes.ways_out(office, record, found)):
        yield _row(f"head:free{number}", "", visible(words, limit=200), "")


def _short_day(record: Record, office: Office) -> str:
    day = record.day("at")
    return short_date(day, office.today) if day is not None else record.text("at")


def _conflicts(office: Office, record: Record, room: int) -> Iterator[Row]:
    """Cells that two people wrote without knowing of each other; e on the row decides."""
    from officetui.office.conflicts import conflicts_of

    for conflict in conflicts_of(record):
        field = BY_ID[record.register].field(conflict.cell)
        label = field.title() if field is not None else conflict.cell
        said = []
        for value in conflict.values:
            words = _("deleted") if value.deleted else visible(str(value.value), limit=60)
            if field is not None and not value.deleted:
                words = visible(conflicting(field, record, value.value, office), limit=60)
            when = moment_words(office.clock(value.at), office.local)
            said.append(f"{words} ({visible(value.user, limit=20)} {when})")
        both = f" {glyphs().separator} ".join(said)
        text = _("{label}: {what}").format(label=label, what=both)
        for number, line in enumerate(wrap(text, room)):
            ref = f"field:{conflict.cell}#conflict{number}"
            yield Row(ref, ("" if number else _("Two values"), line), True, ((0, "alert"),))


def conflicting(field: Field, record: Record, value: object, office: Office) -> str:
    """One of the values as the page shows a cell, and as its form shows it where that fails."""
    one = Record(record.register, {"id": record.id, field.name: value})
    return value_words(field, one, office) or forms.text_of(field, value)


def rows(
    office: Office,
    record: Record,
    width: int,
    events: Sequence[Event] | None,
    linked: Sequence[Record] = (),
) -> list[Row]:
    """The page, for a table of two columns; `events` None: the history is being read. `linked`:
    the records that name this one, read with the history."""
    register = BY_ID[record.register]
    room = max(20, width - LABEL - 4)
    found: list[Row] = []
    if record.trashed:
        found.append(_row("head:trash", _("Trash"), _("It lies in the trash; Enter restores it.")))
    if register.states:
        way = path_words(register, record, events, office)
        found += _wrapped("head:path", _("Way"), way, room, f" {glyphs().right} ")
    notable = list(_notable(office, record, room))
    why = listing.reasons(office).get(record.ref)
    if why and not notable:
        found += [
            Row(f"head:why#{n}", ("" if n else _("Needs someone"), line), not n, ((0, "alert"),))
            for n, line in enumerate(wrap(visible(why, limit=400), room))
        ]
    present = now_words(office, register, record)
    if present:
        found += _wrapped("head:now", _("Now"), present, room, "  ")
    found += notable
    steps = menus.ordered(office, [record])
    if steps:
        found += _wrapped("head:next", _("Now possible"), next_words(register, steps), room, "  ")
    found.append(_head("head:fields", register.name(), office.short(record)))
    found += _fields(office, register, record, room, width >= _TWO_COLUMNS_FROM)
    for child in register.children:
        found += _children(office, record, child, room)
    found += _links(office, record, linked)
    found += _history(office, events, room)
    return found


def _row(ref: str, label: str, text: str, style: str = "dim") -> Row:
    return Row(ref, (label, text), styles=((0, style),) if style else ())


def _head(ref: str, label: str, text: str = "") -> Row:
    return Row(ref, (label, text), styles=((0, "title"), (1, "dim")))


def _wrapped(ref: str, label: str, text: str, room: int, between: str = "") -> list[Row]:
    """`between`: what keeps the parts of the text apart, between which its lines end."""
    lines = wrap_parts(text, room, between) if between else wrap(text, room)
    more = len(lines) > _LINES
    if more:
        lines = [*lines[:_LINES], _("(goes on; e shows all of it)")]
    return [
        _row(ref if not n else f"{ref}#{n}", "" if n else label, line)
        for n, line in enumerate(lines)
    ]


def value_words(field: Field, record: Record, office: Office) -> str:
    """A cell as the page shows it: moments with their weekday, instants in local time."""
    value = record.get(field.name)
    if value is None or value == "":
        return ""
    if field.kind in ("day", "moment") and isinstance(value, str):
        words = forms.moment_read(value, office)
        late = _late_words(field, record, office)
        return f"{words}  {late}" if late else words
    if field.kind == "instant":
        instant = record.instant(field.name)
        if instant is not None:
            return moment_words(office.clock(instant), office.local)
    if field.kind == "line":
        for line in office.setting("duty_lines"):
            if line["id"] == value:
                return _(str(line["label"]))
    if field.kind == "long":
        return visible_block(str(value), limit=4000)
    return visible(field.show(value), limit=4000)


def _late_words(field: Field, record: Record, office: Office) -> str:
    """By how much the deadline of an open record is missed."""
    register = BY_ID[record.register]
    if field.name != register.due or record.state in register.finished:
        return ""
    due = record.moment(field.name) or record.day(field.name)
    if due is None:
        return ""
    at = office.calendar.deadline(record.get(field.name))
    return overdue_words(due, office.local) or (basis(office, record, at) if at else "")


def _fields(
    office: Office, register: Register, record: Record, room: int, two: bool
) -> Iterator[Row]:
    """Label and value; two short ones share a line where there is room."""
    half = room // 2
    waiting: tuple[str, str, str] | None = None
    for field in register.fields:
        if field.name in _HIDDEN or field.kind in links.KINDS:
            continue
        text = value_words(field, record, office)
        if not text:
            continue
        short = two and "\n" not in text and cell_width(text) < half - 2
        name, label = f"field:{field.name}", field.title()
        if waiting is None:
            if short and cell_width(text) < half - 2:
                waiting = (name, label, text)
            else:
                yield from _wrapped(name, label, text, room)
        elif short and cell_width(text) < half - LABEL - 2:
            both = pad(waiting[2], half) + pad(label, LABEL) + text
            yield _row(waiting[0], waiting[1], both)
            waiting = None
        else:
            yield _row(*waiting)
            waiting = None
            yield from _wrapped(name, label, text, room)
    if waiting is not None:
        yield _row(*waiting)


def _children(office: Office, record: Record, child: Register, room: int) -> Iterator[Row]:
    members = office.children(record, child.id)
    if not members:
        return
    if toggled(child):
        done = sum(1 for member in members if member.state in child.finished)
        count = f"{done}/{len(members)}"
    else:
        count = "  ".join((str(len(members)), *_by_state(child, members)))
    hint = _("Space ticks, Enter chooses") if toggled(child) else _("Enter chooses")
    yield _head(f"head:{child.id}", child.name(), f"{count}  {hint}" if child.steps else count)
    for member in sorted(members, key=lambda member: _waiting(child, member)):
        state = child.state(member.state)
        if toggled(child):
            label = glyphs().done if member.state in child.finished else glyphs().open
        else:
            label = _(state.label) if state else ""
        finished = member.state in child.finished
        styles = ((0, "good" if finished else "warn"),) if child.states else ()
        yield Row(member.ref, (label, child_words(office, record, child, member)), styles=styles)


_ANSWERS_FIRST: Final = ("unreachable", "listed", "", "notified")


def _waiting(child: Register, member: Record) -> int:
    """Who has not been reached, told, or has not answered comes first; other lists keep their
    order."""
    if child.id == "followups.units":
        return 1 if member.state in child.finished else 0
    if child.id != "meetings.attendees":
        return 0
    if member.state not in _ANSWERS_FIRST:
        return len(_ANSWERS_FIRST)
    return _ANSWERS_FIRST.index(member.state)


def _by_state(child: Register, members: Sequence[Record]) -> Iterator[str]:
    """How many are in which state: not told 3."""
    for state in child.states:
        number = sum(1 for member in members if member.state == state.id)
        if number:
            yield f"{_(state.label)} {number}"


def child_words(office: Office, record: Record, child: Register, member: Record) -> str:
    """One member of a list: its cells, one after the other."""
    member = withheld.shown(office, member)
    parts = []
    for field in child.fields:
        if field.name in _HIDDEN or field.kind in links.KINDS:  # no words
            continue
        if field.name == "offset":
            start, minutes = record.moment("start"), member.whole("offset")
            if start is not None and minutes is not None and abs(minutes) < 1_000_000:
                parts.append(moment_words(start + timedelta(minutes=minutes), office.local))
            continue
        text = value_words(field, member, office).replace("\n", " ")
        if text:
            parts.append(text if field.kind != "instant" else f"{field.title()} {text}")
    if child.id == "meetings.attendees" and member.state == "unreachable":
        person = office.person(member.text("person"))
        parts.append(person.text("phone") if person is not None else "")
        parts = [part for part in parts if part]
    since = child.since(member, office) if child.since is not None else None
    if isinstance(since, datetime) and office.local - since >= timedelta(minutes=1):
        parts.append(_("for {time}").format(time=held_words(since, office.local)))
    return "  ".join(parts)


def toggled(child: Register) -> bool:
    """Whether its members are ticked: two states, and steps that ask for nothing."""
    return len(child.states) == 2 and bool(child.steps) and all(not s.needs for s in child.steps)


def toggle_step(child: Register, member: Record) -> Step | None:
    """The step that ticks a member, or takes the tick away."""
    steps = workflow.allowed(child, member)
    return steps[0] if steps else None


def _links(office: Office, record: Record, linked: Sequence[Record]) -> Iterator[Row]:
    """The records that this one names, and those that name it."""
    named = links.named_in(record)
    others = [one for one in linked if one.ref not in named]
    if not named and not others:
        return
    yield _head("head:links", _("Links"), _("Enter opens"))
    for ref in named:
        yield _link(office, ref, office.get(ref))
    for other in others:
        yield _link(office, other.ref, other)


def _link(office: Office, ref: str, other: Record | None) -> Row:
    table = BY_ID.get(other.register) if other is not None else None
    if other is None or table is None or other.trashed:
        return _row(f"link:{ref}", "", _("{ref}: not here").format(ref=visible(ref)))
    state = table.state(other.state)
    parts = (table.badge(other), table.headline(other), _(state.label) if state else "")
    words = "  ".join(part for part in parts if part)
    return _row(f"link:{ref}", table.name(), visible(words, limit=200))


def _history(office: Office, events: Sequence[Event] | None, room: int) -> Iterator[Row]:
    if events is None:
        yield _head("head:history", _("History"), _("being read"))
        return
    yield _head("head:history", _("History"), str(len(events)))
    for number, event in enumerate(reversed(events[-_EVENTS:])):
        when = moment_words(office.clock(event.at), office.local)
        lines = wrap(visible(event.sentence, limit=600), room)[:4]
        for part, line in enumerate(lines):
            yield _row(f"event:{number}.{part}", "" if part else when, line)
