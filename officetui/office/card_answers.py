"""The answers of triage, as a table by kind of card. The first is what Enter takes.

The digits of a table stand still: what the record does not allow leaves its digit free, so that
nobody's hand takes another answer than it is used to. What a card offers beyond its table has no
digit of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from officetui.office import clashes, deadlines, waiting
from officetui.office.cards import BACK, Answer, Seed
from officetui.office.look import Look
from officetui.registers import duty_zero, followups, reception
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import allowed, offers
from officetui.text.i18n import _, pgettext

Answers = list[Answer | None]
_ENDS: Final = (
    "report",
    "close",
    "answer",
    "final",
    "deliver",
    "done",
)  # what ends a matter, by register

_GAP: Final = Answer("", "")  # a digit that takes nothing here

_FEW: Final = 3
_BESIDE: Final = ("note_answer", "keep_clash", "urge")  # no answers by themselves


def answers(look: Look, seed: Seed, records: Sequence[Record]) -> list[Answer]:
    """What can be answered now, by digits from 1; one without a label takes nothing."""
    make = _TABLE.get(seed.kind)
    if make is None:
        make = _group if seed.kind == "overdue" and len(records) > 1 else _matter
    return [answer for answer in make(look, seed, records) if answer is not None]


def _still(*found: Answer | None) -> Answers:
    """The answers of a table, each at its digit."""
    return [answer or _GAP for answer in found]


def _step(
    record: Record,
    step_id: str,
    label: str = "",
    inputs: Mapping[str, Any] | None = None,
    *,
    quick: bool = False,
    back: int = 0,
) -> Answer | None:
    """The answer that takes a step, when the record allows it."""
    step = BY_ID[record.register].step(step_id)
    if step is None or not waiting.takes(record, step_id):
        return None
    quick = quick or not step.needs
    given = dict(inputs or {})
    return Answer(label or _(step.label), "step", step_id, record.ref, given, quick, back)


def _message(record: Record, step_id: str, label: str, back: int = 0) -> Answer | None:
    """The answer that shows a message; its step is taken when it was sent."""
    if not waiting.takes(record, step_id):
        return None
    return Answer(label, "message", step_id, record.ref, back=back)


def _open(record: Record) -> Answer:
    return Answer(pgettext("action", "open"), "open", ref=record.ref)


def _urge(look: Look, record: Record) -> Answer | None:
    who = deadlines.holder(look, record)
    if not who or who == look.user or not waiting.takes(record, "urge"):
        return None
    return Answer(_("urge {name}").format(name=who), "urge", "urge", record.ref)


def _reassign(record: Record, look: Look) -> Answer | None:
    step = waiting.reassigning(record)
    held = deadlines.holder(look, record)
    label = _("give it to another") if held else _("give it to somebody")
    return _step(record, step.id, label) if step is not None else None


# The night, and duty


def _handover(look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    who = _coming(look, record) or look.user
    found: Answers = []
    for way, label in (
        ("screen", _("{name} takes over, here")),
        ("phone", _("{name} took over by phone")),
        ("paper", _("{name} took over on paper")),
    ):
        inputs = {"taken_over_by": who, "accepted": way}
        found.append(_step(record, "take_over", label.format(name=who), inputs, quick=True))
    return [*found, _step(record, "take_over", _("somebody else takes over")), _open(record)]


def _coming(look: Look, record: Record) -> str:
    """Who comes on duty when this shift ends."""
    mine = duty_zero.shift_of(record, look)
    for other in look.records("duty") if mine is not None else ():
        shift, name = duty_zero.shift_of(other, look), other.text("person")
        if other.text("line") == "leader" or name == record.text("person"):
            continue
        if shift is not None and mine is not None and shift.start == mine.end:
            return name
    return ""


def _unreported(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    log = Answer(_("write what happened"), "log", ref=records[0].ref)
    return [_step(records[0], "zero_report"), log, _open(records[0])]


def _duty(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    missed = {"method": "phone", "answer": _("not reached")}
    label = _("not reached, back in {n} minutes").format(n=BACK)
    return _still(
        _step(record, "confirm", _("reached, confirmed")),
        _step(record, "notify", label, missed, quick=True, back=BACK),
        _step(record, "cover", _("somebody else")),
        _message(record, "notify", _("show the message"), back=BACK),
    )


# Meetings


def _clash(look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    """The one that can still be moved goes: the later of two."""
    movable = [one for one in records if waiting.takes(one, "move")]
    record = max(movable or records, key=lambda one: one.text("start"))
    free = clashes.choices(look, record)
    found = clashes.of(look, record)
    by = {name for clash in found for name in clash.by}
    to_room: Answer | None = None
    if record.text("room") in by and free.get("room"):
        room = free["room"][0]
        inputs = {"start": record.text("start"), "end": record.text("end"), "room": room}
        title = BY_ID[record.register].headline(record)
        label = _("move {title} to {room}").format(title=title, room=room)
        given = {name: value for name, value in inputs.items() if value}
        to_room = _step(record, "move", label, given, quick=True)
    another = _step(record, "move", _("another time"))
    other = _step(record, "substitute", _("somebody else attends"))
    if other is None:
        other = Answer(_("somebody else attends"), "edit", "leaders", record.ref)
    keep = _step(record, "keep_clash", _("leave it, with a reason"))
    return [*_still(to_room, another, other, keep), _open(record)]


def _names(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    ask = _("ask who goes, back in {n} minutes").format(n=BACK)
    names = _step(record, "give_names", _("names given"))
    asking = _message(record, "ask_names", ask, back=BACK)
    excused = _step(record, "excuse", _("excused, with a reason"))
    return [*_still(names, asking, excused), _open(record)]


def _unreached(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    """Attendees who were not reached, or whose notice is void: the messages, one after another."""
    record = records[0]
    return [
        _message(record, "notify", _("tell them")) or _message(record, "cancel", _("tell them")),
        _open(record),
        _step(record, "follow_up", _("make it a follow-up")),
    ]


def _unready(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    return [_open(records[0])]


# Papers, visitors, follow-ups


def _paper(look: Look, seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    register = BY_ID["documents"]
    step = register.step("propose")
    asked: Answer | None = None
    if step is not None:
        offered = offers(register, step, record, look)
        proposal = str(offered.get("proposal") or "")
        if proposal:
            asked = _step(record, "propose", proposal, offered, quick=True)
    only = "circulate" if look.children(record, "readers") else "readers"
    found = _still(
        asked,
        _step(record, "propose", _("another proposal"), {"proposal": None}),
        _step(record, only, _("only circulate")),
        _step(record, "return", _("return, with a reason")),
    )
    return [*found, _step(record, "assign"), _open(record)]


def _visitor(look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    sign = _step(record, "sign") if reception.to_sign(record) else None
    spot = _step(record, "answer_on_spot", _("answered (how)"))
    found = _still(
        spot or _step(record, "answer", _("answered (how)")),
        _step(record, "transfer", pgettext("triage", "transfer")),
        _step(record, "accept", _("accept and tell"), quick=True),
        _step(record, "refuse", _("not accepted, with a reason")),
    )
    return [
        *found,
        sign,
        _urge(look, record),
        _step(record, "postpone", _("another date, with a reason")),
        _open(record),
    ]


def _collecting(look: Look, record: Record) -> Answers:
    urge = Answer(_("urge the missing"), "urge", "urge", record.ref)
    noted = _step(record, "units_reported", _("note one as reported"))
    extend = (
        None if _late(look, record) else _step(record, "extend", _("another date, with a reason"))
    )
    return [*_still(urge, noted, _open(record)), extend]


def _followup(look: Look, record: Record) -> Answers:
    leader = followups.in_charge(record, look)
    report = _("report to {name}").format(name=leader or _("the leader in charge"))
    told = _message if leader else _step  # nobody is known: the form asks who
    extend = (
        None if _late(look, record) else _step(record, "extend", _("another date, with a reason"))
    )
    return [
        *_still(_urge(look, record), told(record, "tell_leader", report), extend, _read(record)),
        _step(record, "report", _("it is done: what came of it")),
        _reassign(record, look),
    ]


def _late(look: Look, record: Record) -> bool:
    """Whether the deadline has passed: then it is not extended any more."""
    due = look.calendar.deadline(record.get("due"))
    return due is not None and due < look.local


def _read(record: Record) -> Answer:
    return Answer(_("read the feedback"), "open", ref=record.ref)


def _extension(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    return [_step(records[0], "extend"), _step(records[0], "keep_date"), _open(records[0])]


def _unverified(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    return [_step(record, "verify"), _step(record, "back"), _read(record)]


def _incomplete(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    record = records[0]
    due = Answer(_("set a due date"), "edit", "due", record.ref)
    return [_step(record, "assign"), due, _open(record)]


# Everything else


def _matter(look: Look, seed: Seed, records: Sequence[Record]) -> Answers:
    """A matter that is due, by its register and state."""
    record = records[0]
    if record.register == "reception":
        return _visitor(look, seed, records)
    if record.register == "documents" and record.state in ("signed_for", "registered", "checked"):
        return _paper(look, seed, records)
    if record.register == "followups" and record.state not in ("reported", "verified"):
        if followups.missing(record, look):
            return _collecting(look, record)
        return _followup(look, record)
    if record.register == "documents" and record.state == "proposed":
        return _asked(look, record)
    press = triage_step(look, record)
    ends = next((step for end in _ENDS if (step := _ending(record, end)) is not None), None)
    pressed = _step(record, press) if press not in ("", "urge") else None
    found = [
        _urge(look, record),
        pressed,
        _reassign(record, look),
        _step(record, "postpone", _("another date, with a reason")),
        ends if pressed is None or ends is None or ends.step != pressed.step else None,
        _step(record, "follow_up", _("make it a follow-up")),
    ]
    more = _steps(record, found)
    return [*found, *more, _open(record)] if any(found) else [*more, _open(record)]


def _steps(record: Record, found: Answers) -> Answers:
    """Where the table of a register names few steps for it, the first of its menu, so that every
    card can be answered: approve, another hour, cancel."""
    taken = {one.step for one in found if one is not None}
    if len(taken) >= _FEW:
        return []
    steps = [step.id for step in allowed(BY_ID[record.register], record)]
    fit = [one for one in steps if one not in taken and one not in _BESIDE]
    return [_step(record, one) for one in fit[: _FEW + 1 - len(taken)]]


def _asked(look: Look, record: Record) -> Answers:
    """A paper before a leader."""
    found = _still(
        _urge(look, record),
        _step(record, "propose", _("ask somebody else"), {"proposal": None, "asked": None}),
        _step(record, "postpone", _("another date, with a reason")),
        _step(record, "instruct", _("it was instructed: what")),
        _step(record, "follow_up", _("make it a follow-up")),
    )
    return [*found, _open(record)]


def triage_step(look: Look, record: Record) -> str:
    """The step that deals with something due."""
    from officetui.office import triage

    return triage.step_for(look, record, deadlines.holder(look, record))


def _ending(record: Record, step_id: str) -> Answer | None:
    return _step(record, step_id, _("it is done: what came of it"))


def _group(look: Look, seed: Seed, records: Sequence[Record]) -> Answers:
    """The old overdue of one person."""
    urgeable = [one for one in records if waiting.takes(one, "urge")]
    who = seed.item.person
    person = look.person(who)
    gone = not who or (person is not None and bool(away_until(person, look.today)))
    here = urgeable and not gone  # who is away is not urged
    urge = Answer(_("urge all"), "urge", "urge") if here else None
    agree = Answer(_("agreed until ..."), "agree", "urge") if urgeable and who else None
    each = Answer(_("one by one"), "each")
    give = None
    if all(waiting.reassigning(one) is not None for one in records):
        give = Answer(_("reassign all"), "reassign")
    return _still(urge, each, give, agree)


def _incident(_look: Look, seed: Seed, records: Sequence[Record]) -> Answers:
    """A report that is due: given, approved, put off, or no emergency at all."""
    record = records[0]
    steps = [seed.item.step, "report_phone", "approve", "report", "report_again", "final"]
    found = [_step(record, step) for step in dict.fromkeys(steps) if step]
    return [*found, _step(record, "assign"), _step(record, "withdraw"), _open(record)]


def _unapproved(_look: Look, seed: Seed, records: Sequence[Record]) -> Answers:
    return [_step(records[0], seed.item.step), _open(records[0])]


def _conflict(_look: Look, _seed: Seed, records: Sequence[Record]) -> Answers:
    return [Answer(_("decide"), "decide", ref=records[0].ref), _open(records[0])]


_TABLE: Final[Mapping[str, Callable[[Look, Seed, Sequence[Record]], Answers]]] = {
    "handover": _handover,
    "unreported": _unreported,
    "unconfirmed duty": _duty,
    "clash": _clash,
    "names_due": _names,
    "not_ready": _unready,
    "unreached": _unreached,
    "to tell again": _unreached,
    "paper": _paper,
    "visitor": _visitor,
    "extension": _extension,
    "unverified": _unverified,
    "incomplete": _incomplete,
    "unapproved": _unapproved,
    "incident": _incident,
    "conflict": _conflict,
}
