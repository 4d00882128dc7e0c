"""Triage: what needs a decision this morning as cards, one at a time, in the order of attention.

A deck is a list of seeds, cheap to make; a card is made when it is looked at, from the records as
they are then. Nothing here writes: the answers of a card say what to ask the office to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

import msgspec

from officetui.office import deadlines, numbers, triage
from officetui.office.board import Attention
from officetui.office.deadlines import NEWLY, OLD, SOON, TODAY
from officetui.office.look import Look
from officetui.registers import followups, reception
from officetui.registers.duty_over import left_open
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible
from officetui.text.words import minutes_words

BACK: Final = 15  # minutes after which who was not reached is asked about again
_FIRST: Final = ("handover", "unreported")  # what the night left comes before everything
_ONCE: Final = (
    "approval",
    "milestone",
    "unverified",
    "incomplete",
    "followup",
    "due",
    "overdue",
    "unanswered",
)
REQUESTED: Final = "requested"  # the state of what is asked for, in every register that has it
_MATTERS: Final = 8  # of one person, named on the card
_UNPROPOSED: Final = ("signed_for", "registered", "checked")


class Seed(msgspec.Struct, frozen=True):
    """A card that is not drawn up yet."""

    key: str  # the same for the same matter on the same day
    kind: str
    refs: tuple[str, ...]
    item: Attention


class Answer(msgspec.Struct, frozen=True):
    """One answer of a card; its digit is its place, from 1. Without a label it takes nothing.

    `do`: step, urge, each, reassign, agree, open, edit, log, message or decide. A `quick` step is
    taken at once with `inputs` and what its table offers; else its form is asked, with `inputs`
    filled in.
    """

    label: str
    do: str
    step: str = ""
    ref: str = ""  # of the record that it is about, where the card has several
    inputs: dict[str, Any] = {}
    quick: bool = False
    back: int = 0  # minutes after which the card comes again


class Card(msgspec.Struct, frozen=True):
    """What is decided now. `lines`: what else must be known, one sentence each."""

    seed: Seed
    badge: str
    urgency: str
    source: str
    title: str
    why: str
    lines: tuple[str, ...]
    answers: tuple[Answer, ...]
    register: str = ""
    mark: bool = False

    @property
    def refs(self) -> tuple[str, ...]:
        """The records it is about."""
        return self.seed.refs


def deck(look: Look, apart: Collection[str] = ()) -> list[Seed]:
    """Everything that needs a decision this morning, in order.

    `apart`: people whose old overdue is gone through one by one. Hold the lock of the office.
    """
    found: list[Seed] = []
    held: set[str] = set()
    items = [*triage.attention(look), *_papers(look), *_visitors(look), *_red(look)]
    items += _requests(look)
    items.sort(key=lambda item: (item.kind not in _FIRST, item.group))
    named = {ref for item in items if item.kind == "extension" for ref in item.refs}
    for item in items:
        for seed in _seeds(item, apart):
            single = len(seed.refs) == 1 and seed.kind in _ONCE
            if single and (seed.refs[0] in held or seed.refs[0] in named):
                continue
            if seed.kind not in ("clash", "conflict", "not_ready"):
                held.update(seed.refs)
            found.append(seed)
    return found


def _seeds(item: Attention, apart: Collection[str]) -> Iterator[Seed]:
    if item.kind == "unconfirmed duty":
        for ref in item.refs:  # everybody is asked for himself
            yield Seed(f"duty:{ref}", item.kind, (ref,), item)
    elif item.kind == "overdue" and item.group == OLD:
        if len(item.refs) == 1 or item.person in apart:
            for ref in item.refs:
                yield Seed(f"matter:{ref}", item.kind, (ref,), item)
        else:
            yield Seed(f"overdue:{item.person}", item.kind, item.refs, item)
    elif item.kind in ("due", "overdue", "unanswered", "paper", "visitor", "followup"):
        yield Seed(f"matter:{item.refs[0]}", item.kind, item.refs, item)
    else:
        yield Seed(f"{item.kind}:{','.join(sorted(item.refs))}", item.kind, item.refs, item)


# What attention does not name, because nothing about it is late


def _soonest(records: Iterable[Record]) -> list[Record]:
    """What is due first goes first; what has no date last."""

    def due(record: Record) -> tuple[bool, str]:
        cell = BY_ID[record.register].deadline_cell(record)
        at = record.text(cell) if cell else ""
        return not at, at

    return sorted(records, key=due)


def _papers(look: Look) -> Iterator[Attention]:
    for record in _soonest(look.records("documents")):
        if record.state in _UNPROPOSED and not deadlines.holder(look, record):
            yield Attention("paper", "", (record.ref,), group=TODAY)


def _visitors(look: Look) -> Iterator[Attention]:
    for record in _soonest(look.records("reception")):
        if record.state == "received":
            yield Attention("visitor", "", (record.ref,), group=TODAY)


def _requests(look: Look) -> Iterator[Attention]:
    """What somebody asked for and an approval answers: errands, leaves, guests."""
    for register in REGISTERS:
        if not any(step.approval and REQUESTED in step.sources for step in register.steps):
            continue
        for record in _soonest(deadlines.open_records(look, register)):
            if record.state == REQUESTED:
                yield Attention("approval", "", (record.ref,), group=TODAY)


def _red(look: Look) -> Iterator[Attention]:
    register = BY_ID["followups"]
    for record in deadlines.open_records(look, register):
        if followups.colour(record, look) == followups.RED and not _promised(look, record):
            yield Attention("followup", "", (record.ref,), group=NEWLY)


def _promised(look: Look, record: Record) -> bool:
    """Whether an answer is promised for a day that has not come."""
    days = [one.day("promised") for one in deadlines.urged(look, record)]
    return any(day is not None and day >= look.today for day in days)


# A card


def card(look: Look, seed: Seed) -> Card | None:
    """The card as its records are now; None when there is nothing left to decide of them."""
    from officetui.office import card_answers

    records = [one for ref in seed.refs if (one := look.get(ref)) is not None and _open(one)]
    if not records:
        return None
    if len(records) != len(seed.refs):
        refs = tuple(record.ref for record in records)
        seed = msgspec.structs.replace(seed, refs=refs)
    answers = card_answers.answers(look, seed, records)
    if not answers:
        return None
    several = len(records) > 1 and seed.kind == "overdue"
    made = _of_person if several else _of_record
    return made(look, seed, records, tuple(answers[:9]))


def _open(record: Record) -> bool:
    return not record.trashed and (
        record.register == "duty"
        or record.state not in BY_ID[record.register].finished
        or record.conflicted
    )


def _of_record(look: Look, seed: Seed, records: list[Record], answers: tuple[Answer, ...]) -> Card:
    record = records[0]
    register = BY_ID[record.register]
    told = seed.item.text
    plain = bool(told) and seed.kind not in _ONCE
    badge = seed.item.word if plain else numbers.badge(look, record) or register.name()
    title = told if plain else deadlines.headline(look, record)
    if seed.kind == "unconfirmed duty":
        title = _duty_words(look, record)
    return Card(
        seed,
        visible(badge),
        "" if plain else deadlines.pressing_words(record),
        "" if plain else visible(_source(record)),
        visible(title),
        pgettext("clauses", "; ").join(part for part in _why(look, seed, record) if part),
        tuple(visible(line) for line in known_lines(look, seed, records)),
        answers,
        register=record.register,
        mark=seed.item.group in (SOON, NEWLY, OLD),
    )


def _source(record: Record) -> str:
    if record.register == "reception":
        return record.text("name")
    return record.text("from_org") or record.text("raised_by")


def _duty_words(look: Look, record: Record) -> str:
    from officetui.registers import duty

    label = duty.line_label(look, record.text("line"))
    words = (label, record.text("person"), record.text("phone"), duty.state_words(record, look))
    return " ".join(word for word in words if word)


def _why(look: Look, seed: Seed, record: Record) -> Iterator[str]:
    """Its group, what it waits for, who holds it for how long, what was tried."""
    yield when_words(look, seed, record)
    if record.register in ("duty", "meetings", "schedule"):
        return
    step, who = deadlines.next_words(look, record), deadlines.holder(look, record)
    held = deadlines.held(look, record)
    if who and held and held != pgettext("just arrived", "new"):
        words = _("{step}, with {who} for {held}")
        yield words.format(step=step, who=who, held=held)
    elif who:
        yield _("{step}, with {who}").format(step=step, who=who)
    elif seed.kind in ("paper", "visitor"):
        yield step
    else:
        yield _("{step}, in nobody's hands").format(step=step)
    if BY_ID[record.register].child("urgings") is not None:
        yield deadlines.tried(look, [record])


def when_words(look: Look, seed: Seed, record: Record) -> str:
    """Why it stands in the group where it stands."""
    item, kind = seed.item, seed.kind
    if kind == "handover":
        return _("what the night left is taken over first")
    if kind == "unconfirmed duty":
        return _("on duty today and has not confirmed")
    if kind == "unreported":
        return _("the shift is over")
    if kind == "approval":
        return _("waits for an approval")
    register = BY_ID[record.register]
    cell = register.deadline_cell(record) if register.due else ""
    at = item.at or (look.calendar.deadline(record.get(cell)) if cell else None)
    if kind == "followup" and at is None:
        return _("red")
    if at is None:
        return _("new, nobody has it yet") if kind in ("paper", "visitor") else ""
    days = (look.today - at.date()).days
    if at < look.local and days > 0:
        words = ngettext("overdue for {n} day", "overdue for {n} days", days)
        return words.format(n=days)
    time = at.strftime("%H:%M")
    if record.register in ("meetings", "schedule") and kind != "names_due" and not days:
        return _("today at {time}").format(time=time)
    if at < look.local:
        return _("due at {time}, that has passed").format(time=time)
    if days:
        return _("due on {date}").format(date=at.strftime("%m-%d %H:%M"))
    left = at - look.local
    if left <= timedelta(hours=2):
        minutes = int(left.total_seconds() // 60)
        return _("{time} today, in {span}").format(time=time, span=minutes_words(minutes))
    return _("due today at {time}").format(time=time)


def known_lines(look: Look, seed: Seed, records: Iterable[Record]) -> Iterator[str]:
    """What a decision needs to know: the matter, the proposal, what was tried."""
    for record in records:
        for name in ("content", "matter", "proposal", "instruction", "handover", "result"):
            text = record.text(name)
            field = BY_ID[record.register].field(name)
            if text and field is not None and not _said(text, seed.item.text, record):
                yield _("{label}: {what}").format(label=field.title(), what=text)
        for one in deadlines.urged(look, record)[-3:]:
            at = one.instant("at")
            when = look.clock(at).strftime("%m-%d %H:%M") if at is not None else ""
            answer = one.text("answer") or _("no answer")
            said = [when, _("urged"), answer]
            promised = one.text("promised")
            if promised:
                until = promised[5:].replace("T", " ")
                said.append(_("promised {date}").format(date=until))
            yield " ".join(said)
        yield from _told(look, record)
        if record.register == "reception":
            for earlier in reception.earlier(record, look)[:2]:
                yield _("before: {what}").format(what=BY_ID["reception"].title(earlier))
    if seed.kind == "handover":
        for record in records:
            for left in left_open(record, look):
                yield f"{left.kind} {left.title}".replace("\n", " ")
    if seed.kind == "clash":
        from officetui.office import clashes

        for record in records:
            for words in clashes.ways_out(look, record, clashes.of(look, record)):
                about = BY_ID[record.register].headline(record)
                yield _("{label}: {what}").format(label=about, what=words)


def _said(text: str, item: str, record: Record) -> bool:
    """Whether the card says it already, in its title or in what it is about."""
    register = BY_ID[record.register]
    flat = " ".join(text.split())
    return any(flat in " ".join(words.split()) for words in (item, register.title(record)))


def _told(look: Look, record: Record) -> Iterator[str]:
    """To whom it was reported, or that it was asked who goes."""
    for at, words in (
        ("told_at", _("{time} reported to {name}")),
        ("asked_at", _("{time} asked who goes")),
    ):
        moment = record.instant(at)
        if moment is not None:
            time = look.clock(moment).strftime("%m-%d %H:%M")
            yield words.format(time=time, name=record.text("told_leader"))


def _of_person(look: Look, seed: Seed, records: list[Record], answers: tuple[Answer, ...]) -> Card:
    """The old overdue of one person."""
    name = seed.item.person
    person = look.person(name)
    n = len(records)
    oldest = max((_late(look, record) for record in records), default=0)
    count = ngettext("{n} overdue", "{n} overdue", n).format(n=n)
    days = ngettext("the oldest for {n} day", "the oldest for {n} days", oldest)
    why = [days.format(n=oldest), deadlines.tried(look, records)]
    away = away_until(person, look.today) if person is not None else ""
    if away:
        why.append(_("on leave until {date}").format(date=away))
    lines = [_matter_line(look, record) for record in records[:_MATTERS]]
    if n > _MATTERS:
        more = n - _MATTERS
        lines.append(ngettext("{n} more matter", "{n} more matters", more).format(n=more))
    return Card(
        seed,
        _("Overdue"),
        "",
        person.text("unit") if person is not None else "",
        visible(f"{name or _('nobody')} {count}"),
        pgettext("clauses", "; ").join(why),
        tuple(visible(line) for line in lines),
        answers,
        register=records[0].register,
        mark=True,
    )


def _late(look: Look, record: Record) -> int:
    at = look.calendar.deadline(record.get(BY_ID[record.register].deadline_cell(record)))
    return deadlines.overdue_days(at, look) if at is not None else 0


def _matter_line(look: Look, record: Record) -> str:
    late = _late(look, record)
    days = ngettext("overdue for {n} day", "overdue for {n} days", late).format(n=late)
    words = (numbers.badge(look, record), deadlines.headline(look, record), days)
    return "  ".join(word for word in words if word)
