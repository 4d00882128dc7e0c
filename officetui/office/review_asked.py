"""What must be answered before a day is closed, what is only listed, and the answers.

Read from the same deadlines and the same list of what wants a decision as Today and triage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from officetui.office import deadlines, numbers, triage, waiting
from officetui.office.board import Attention
from officetui.office.cards import Answer, Card, Seed, known_lines, when_words
from officetui.office.day_review import Asked
from officetui.office.look import Look
from officetui.office.review_day import is_open
from officetui.registers import reviews
from officetui.registers.followups import in_charge
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import needs
from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible

# What ends a matter, by register, the first that its state allows; where none does, its menu tells.
_ENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "duty": ("confirm",),
    "duty_log": ("answer", "close"),
    "incidents": ("final",),
    "documents": ("close",),
    "outgoing": ("deliver", "issue"),
    "drafts": ("deliver",),
    "meetings": ("give_names", "close"),
    "reception": ("answer", "answer_on_spot"),
    "hospitality": ("settle",),
    "followups": ("report", "close"),
    "schedule": ("report_back", "back"),
    "errands": ("done", "settle"),
    "information": ("adopt",),
}
_TOLD: Final = ("reported", "verified")  # the answer is there, another looks at it
# What gives it another date.
_DATES: Final = ("postpone", "extend")
_ASKED: Final = ("due", "overdue", "unanswered", "names_due", "unconfirmed duty", "incident")
_TONIGHT: Final = ("duty_log", "incidents")  # what is open of today goes on through the night


def split(
    look: Look,
    day: date,
    half: str,
    record: Record,
    items: list[deadlines.Deadline] | None = None,
) -> tuple[list[Asked], list[Asked]]:
    """What must be answered, in the order of attention, and what is open and only listed; `items`:
    the deadlines, where they are known."""
    answered = {one.text("matter") for one in look.children(record, "carried")}
    asked: dict[str, Asked] = {}
    found = [*_handed(look, record)]
    if half == reviews.EVENING:
        found = [*_of_day(look, day, items), *found]
    for matter, kind, item in found:
        if matter.ref not in answered and matter.ref not in asked:
            asked[matter.ref] = drawn_up(look, matter, kind, item)
    held = answered | asked.keys()
    listed = [drawn_up(look, one, "listed", None) for one in _rest(look) if one.ref not in held]
    listed.sort(key=lambda one: (not one.due, one.due))
    return list(asked.values()), listed


Found = tuple[Record, str, Attention | None]


def _handed(look: Look, record: Record) -> Iterator[Found]:
    """What the review before carried and is still open."""
    day, half = reviews.place(record)
    for one in reviews.handed(look, day, half):
        matter = look.get(one.text("matter"))
        if matter is not None and is_open(matter):
            yield matter, "carried", None


def _of_day(look: Look, day: date, items: list[deadlines.Deadline] | None) -> Iterator[Found]:
    """Overdue, due today, and what matters tonight."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    for item in triage.attention(look, items):
        if item.kind not in _ASKED:
            continue
        for ref in item.refs:
            record = look.get(ref)
            if record is None or record.state in _TOLD or _promised(look, record):
                continue
            if item.kind == "unconfirmed duty":
                if _tonight(look, record):
                    yield record, "tonight", item
            elif item.at is not None and item.at >= midnight:
                continue
            else:
                late = item.group in (deadlines.NEWLY, deadlines.OLD)
                yield record, "overdue" if late else "due", item
    for name in _TONIGHT:
        for record in look.records(name) if name in BY_ID else ():
            table = BY_ID[name]
            began = record.day(table.day)
            goes_on = began == day or (name == "incidents" and began is not None and began < day)
            if record.state not in table.finished and goes_on:
                yield record, "tonight", None
    for record in look.records("reception"):
        waits = record.state == "received" and record.text("channel") in ("visit", "call")
        if waits and record.day("at") == day:
            yield record, "tonight", None


def _promised(look: Look, record: Record) -> bool:
    """Whether an answer is promised for a day that has not come."""
    days = [one.day("promised") for one in deadlines.urged(look, record)]
    return any(day is not None and day > look.today for day in days)


def _tonight(look: Look, seat: Record) -> bool:
    """Whether a shift goes on, or begins, after the change of this evening."""
    from officetui.registers.duty_zero import shift_of

    shift = shift_of(seat, look)
    return shift is not None and shift.end.date() > look.today >= shift.day


def _rest(look: Look) -> Iterator[Record]:
    """Everything open that has a deadline, or could have one."""
    from officetui.registers.registry import REGISTERS

    for register in REGISTERS:
        if register.due:
            yield from deadlines.open_records(look, register)


def drawn_up(look: Look, record: Record, kind: str, item: Attention | None) -> Asked:
    """A matter of a review; `kind`: why it stands there."""
    table = BY_ID[record.register]
    cell = table.deadline_cell(record) if table.due else ""
    at = look.calendar.deadline(record.get(cell)) if cell else item.at if item else None
    if record.register == "duty":
        from officetui.registers.duty_zero import shift_of

        shift = shift_of(record, look)
        at = shift.start if shift is not None else None
    badge = numbers.badge(look, record) or _(table.word) or table.name()
    title = deadlines.headline(look, record)
    if record.register == "duty":
        from officetui.registers import duty

        label = duty.line_label(look, record.text("line"))
        title = " ".join((label, record.text("person"), duty.state_words(record, look)))
    urged = table.child("urgings") is not None
    return Asked(
        ref=record.ref,
        register=record.register,
        kind=kind,
        badge=visible(badge),
        urgency=deadlines.pressing_words(record),
        title=visible(title, limit=200),
        why=_why(look, record, kind, item),
        next="" if record.register == "duty" else deadlines.next_words(look, record),
        holder=record.text("person") or deadlines.holder(look, record),
        held="" if record.register == "duty" else deadlines.held(look, record),
        due=at.isoformat(timespec="minutes") if at is not None else "",
        tried=deadlines.tried(look, [record]) if urged else "",
    )


def is_matter(record: Record) -> bool:
    """Whether a record is something that can be handed over; a person or a day review is not."""
    return record.register in _ENDS


def about(look: Look, record: Record) -> Asked:
    """A record that nobody asks about, as a matter all the same."""
    return drawn_up(look, record, "listed", None)


def _why(look: Look, record: Record, kind: str, item: Attention | None) -> str:
    if kind == "carried":
        return _("the shift before left it")
    if kind == "listed":
        return ""
    seed = Seed(
        record.ref, item.kind if item else kind, (record.ref,), item or Attention("", "", ())
    )
    words = when_words(look, seed, record)
    return words or _("goes on tonight")


def card(look: Look, asked: Asked, half: str) -> Card | None:
    """A matter as a card, from its record as it is now; None where it is gone."""
    record = look.get(asked.ref)
    if record is None:
        return None
    seed = Seed(asked.ref, asked.kind, (asked.ref,), Attention(asked.kind, asked.title, ()))
    known = asked.held and asked.held != pgettext("just arrived", "new")
    held = _("{step}, with {who} for {held}") if known else _("{step}, with {who}")
    why = [asked.why]
    if asked.next and asked.holder:
        why.append(held.format(step=asked.next, who=asked.holder, held=asked.held))
    elif asked.next:
        why.append(_("{step}, in nobody's hands").format(step=asked.next))
    why.append(asked.tried)
    return Card(
        seed,
        asked.badge,
        asked.urgency,
        visible(record.text("from_org") or record.text("name") or record.text("raised_by")),
        asked.title,
        pgettext("clauses", "; ").join(part for part in why if part),
        tuple(visible(line) for line in known_lines(look, seed, [record])),
        tuple(one or Answer("", "") for one in answers(look, record, half)),
        register=record.register,
        mark=asked.kind in ("overdue", "tonight"),
    )


# The answers


def answers(look: Look, record: Record, half: str) -> list[Answer | None]:
    """What can be answered: 1 done, 2 to the night, 3 until, 4 report to the leader; each keeps
    its digit. What only a record's page can tell is done there; None: not for this record."""
    ends = ending(look, record)
    later = dating(look, record)
    carry = _("to the night") if half == reviews.EVENING else _("to the day")
    leader = leader_of(look, record)
    report = _("report to {name}").format(name=leader) if leader else _("report to the leader")
    done = pgettext("review", "done, with result")
    return [
        Answer(done, "step", ends, record.ref) if ends else Answer(done, "menu", ref=record.ref),
        Answer(carry, "carry", "carry", record.ref, quick=True),
        _until(record, later),
        Answer(report, "report", "report", record.ref),
    ]


def _until(record: Record, later: str) -> Answer | None:
    label = _("until ..., with a reason")
    if later:
        return Answer(label, "step", later, record.ref)
    if waiting.takes(record, "urge"):  # the date stands; what is promised beside it is noted
        return Answer(label, "agree", "urge", record.ref)
    cell = _due_cell(record)
    return Answer(label, "edit", cell, record.ref) if cell else None


def ending(look: Look, record: Record) -> str:
    """The step that ends a matter now; "" when only its page can tell which."""
    ends = _ENDS.get(record.register, ())
    return next((step for step in ends if waiting.takes(record, step)), "")


def dating(look: Look, record: Record) -> str:
    """The step that gives a matter another date; "" when its register allows none now, as none is
    extended once it is overdue."""
    for name in _DATES:
        if not waiting.takes(record, name):
            continue
        table = BY_ID[record.register]
        step = table.step(name)
        at = look.calendar.deadline(record.get(table.deadline_cell(record)))
        in_time = name != "extend" or at is None or at >= look.local
        if step is not None and in_time and any(n.field == "due" for n, _f in needs(table, step)):
            return name
    return ""


def _due_cell(record: Record) -> str:
    if record.register == "meetings":
        return "rsvp_due"
    return BY_ID[record.register].deadline_cell(record)


def leader_of(look: Look, record: Record) -> str:
    """The leader who is told: who instructed, else who is in charge of its unit, else who leads
    the duty now."""
    if record.register == "followups":
        found = in_charge(record, look)
        if found:
            return found
    for cell in ("instructed_by", "asked", "raised_by", "for_whom"):
        person = look.person(record.text(cell))
        if person is not None and person.get("rank"):
            return person.text("name")
    return leading(look)


def leading(look: Look) -> str:
    """The leader on duty at this hour; "" when the roster names none."""
    from officetui.registers.duty_zero import shift_of

    for seat in look.records("duty"):
        shift = shift_of(seat, look) if seat.text("line") == "leader" else None
        if shift is not None and shift.start <= look.local < shift.end:
            return seat.text("person")
    today = look.today.isoformat()
    for seat in look.records("duty"):
        if seat.text("line") == "leader" and seat.text("date") == today:
            return seat.text("person")
    return ""


def _lasting(asked: Asked) -> str:
    """Why it was asked, as it reads tomorrow: the day and the hour instead of the minutes left."""
    due = datetime.fromisoformat(asked.due) if asked.due else None
    if due is None:
        return asked.why
    soon = _("{time} today, in {span}").format(time=due.strftime("%H:%M"), span="")
    if not asked.why.startswith(soon):
        return asked.why
    return _("due on {date}").format(date=due.strftime("%m-%d %H:%M"))


def matter_cells(asked: Asked) -> Mapping[str, Any]:
    """What a review keeps of a matter that it carries or reports."""
    cells = {"matter": asked.ref, "title": asked.name, "why": _lasting(asked)}
    return {name: value for name, value in cells.items() if value}
