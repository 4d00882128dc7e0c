"""What needs a decision now, in the order in which it goes wrong.

Order (domain: triage): what goes wrong within two hours; due today; newly overdue since
yesterday; old overdue, one line per person and not per item. Inside a group: urgency, key
matters, time left. What was urged and answered with a promise does not come back before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from officetui.office import clashes, followups, incidents, telling
from officetui.office.board import Attention
from officetui.office.deadlines import (
    LATER,
    NEWLY,
    OLD,
    SOON,
    TODAY,
    Deadline,
    basis,
    by_person,
    deadlines,
    headline,
    holder,
    next_words,
    pressing_words,
)
from officetui.office.look import Look
from officetui.office.numbering import given_twice
from officetui.registers import duty, duty_zero, meetings, reception, schedule, spans
from officetui.registers.common import short
from officetui.registers.duty_turns import UNCONFIRMED
from officetui.registers.incidents import next_step
from officetui.registers.model import UNAPPROVED
from officetui.registers.people import called
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.workflow import unapproved
from officetui.text.i18n import N_, P_, _, ngettext, pgettext
from officetui.text.words import listed

# What enter does with something due, shorter than the step is called.
_SHORT_STEPS = {"urge": N_("urge"), "answer": P_("action", "answer")}


def attention(look: Look, held: list[Deadline] | None = None) -> list[Attention]:
    """Everything that wants a decision, the worst first."""
    items = deadlines(look) if held is None else held
    found = [
        *_handover(look),
        *_unreported(look),
        *_unconfirmed(look),
        *_clashes(look),
        *incidents.attention(look, items),
        *_names(look),
        *_unready(look),
        *_due(look, items),
        *_overdue(look, items),
        *_unapproved(look),
        *telling.attention(look),
        *followups.attention(look),
        *_conflicts(look),
    ]
    end = datetime.combine(look.today + timedelta(days=400), time.min)
    found.sort(
        key=lambda a: (
            a.group,
            a.group == SOON and a.kind != "incident",  # an emergency before all else
            a.at if a.group < OLD and a.at else end,
        )
    )
    return found


def _handover(look: Look) -> Iterator[Attention]:
    """What the leaving shift handed over and nobody has taken."""
    lines = {str(line["id"]): line for line in look.setting("duty_lines")}
    for record in look.records("duty"):
        line, day = lines.get(record.text("line")), record.day("date")
        if line is None or day is None or record.state not in ("handed_over", "arrived"):
            continue
        shift = duty.hours(line, day)
        over = record.state == "handed_over"
        if not over and not (shift.end <= look.local < shift.end + timedelta(hours=12)):
            continue
        if over and look.local - shift.end > timedelta(days=2):
            continue
        who = record.text("person")
        note = record.text("handover")
        yield Attention(
            kind="handover",
            text=_("{who} handed over, not taken yet").format(who=who)
            + (f" {note}" if note else ""),
            refs=(record.ref,),
            at=shift.end,
            word=pgettext("word", "handover"),
            step="take_over",
            action=_("take over"),
            short=_("{who}'s handover not taken").format(who=who),
            group=SOON,
            person=who,
            titles=(note,) if note else (),
        )


def _unreported(look: Look) -> Iterator[Attention]:
    """Shifts that ended with neither an entry of the log nor a zero report: what can still go
    wrong today comes before them."""
    for seat in duty_zero.unreported(look, look.local):
        shift = duty_zero.shift_of(seat, look)
        who, label = seat.text("person"), duty.line_label(look, seat.text("line"))
        yield Attention(
            kind="unreported",
            text=_("{line} {who}: nothing noted, and no zero report").format(line=label, who=who),
            refs=(seat.ref,),
            at=shift.end if shift is not None else None,
            word=pgettext("word", "log"),
            step="zero_report",
            action=_("zero report"),
            short=_("{line} {who}: no zero report").format(line=label, who=who),
            group=NEWLY,
            person=who,
        )


def _unconfirmed(look: Look) -> Iterator[Attention]:
    """Who is on duty today and has not said so: told without answer one by one, untold together.

    A person to be told is never a matter for later: these lines stand with what goes wrong next.
    """
    now = look.local
    lines = {str(line["id"]): line for line in look.setting("duty_lines")}
    untold: list[Record] = []
    for record in look.records("duty"):
        line, day = lines.get(record.text("line")), record.day("date")
        if line is None or day is None or record.state not in UNCONFIRMED:
            continue
        shift = duty.hours(line, day)
        if shift.end <= now or not _concerns(shift, now):
            continue
        if record.state in ("swapped", "planned"):
            untold.append(record)
            continue
        who, label = record.text("person"), duty.line_label(look, record.text("line"))
        told = duty.state_words(record, look)
        yield _duty_line(
            (record,),
            now,
            text=" ".join(p for p in (label, who, record.text("phone"), told) if p),
            short=_("{line} {who}: {state}").format(line=label, who=who, state=told),
            step="notify",
            action=_("note the call"),
        )
    if untold:
        order = list(lines)
        untold.sort(key=lambda r: (order.index(r.text("line")), r.whole("seat") or 0))
        names = listed(duty.seat_name(look, record) for record in untold)
        count = ngettext("{n} on duty not told", "{n} on duty not told", len(untold))
        yield _duty_line(
            tuple(untold),
            now,
            text=_("not told yet: {names}").format(names=names),
            short=count.format(n=len(untold)),
            step="notify",
            action=_("tell them"),
        )


def _duty_line(
    records: tuple[Record, ...], now: datetime, *, text: str, short: str, step: str, action: str
) -> Attention:
    return Attention(
        kind="unconfirmed duty",
        text=text,
        refs=tuple(record.ref for record in records),
        at=now,
        word=pgettext("word", "duty"),
        step=step,
        action=action,
        short=short,
        group=SOON,
        person=records[0].text("person") if len(records) == 1 else "",
    )


def _concerns(shift: duty.Shift, now: datetime) -> bool:
    """The shifts that run now or begin today."""
    return shift.start.date() == now.date() or shift.start <= now < shift.end


def _clashes(look: Look) -> Iterator[Attention]:
    now = look.local
    soon = timedelta(minutes=look.setting("soon_minutes"))
    today = datetime.combine(now.date(), time.min)
    for clash in clashes.among(look, today, today + timedelta(days=7)):
        first, second = clash.first, clash.second
        start = spans.begins(first)
        title = clashes.named(first)
        if second is None or second.register == "duty" or schedule.is_leave(second):
            text = f"{title} " + clash.words()
            short = _("{who} away from {title}").format(who=listed(clash.by), title=title)
        else:
            other = spans.begins(second)
            text = _("{first} and {when} {second}: {by}").format(
                first=title,
                when=clashes.when(second, clash.at.date()) if other else _("all day"),
                second=clashes.named(second),
                by=listed(clash.by),
            )
            short = _("{first} and {second} clash").format(
                first=start.strftime("%H:%M") if start else title,
                second=other.strftime("%H:%M") if other else clashes.named(second),
            )
        sides = [side for side in (first, second) if side is not None]
        day = clash.at.date()
        over = any(_is_over(side, now) for side in sides)
        group = LATER if over or day != now.date() else SOON if clash.at - now <= soon else TODAY
        meeting = any(side.register == "meetings" for side in sides)
        yield Attention(
            kind="clash",
            text=text if day == now.date() else f"{day:%m-%d} {text}",
            refs=tuple(side.ref for side in sides if side.register != "duty"),
            at=start if start is not None and start.date() == day else clash.at,
            word=_(P_("word", "meeting") if meeting else BY_ID[first.register].word),
            step="move",
            action=_("move one"),
            short=short,
            group=group,
            titles=tuple(clashes.named(side) for side in sides),
        )


def _is_over(record: Record, now: datetime) -> bool:
    """Whether a side of a clash has ended by a naive local moment."""
    hours = spans.span(record) if record.register != "duty" else None
    return hours is not None and hours[1] <= now


def _names(look: Look) -> Iterator[Attention]:
    """Names due upwards, today or overdue."""
    now = look.local
    soon = timedelta(minutes=look.setting("soon_minutes"))
    for record, due in meetings.names_due(look):
        if due.date() > now.date():
            continue
        yield Attention(
            kind="names_due",
            text=_("names for {title}").format(title=record.text("title")),
            refs=(record.ref,),
            at=due,
            word=pgettext("word", "names"),
            step="give_names",
            action=_("names given"),
            short=_("names {time}").format(time=due.strftime("%H:%M")),
            group=SOON if due - now <= soon else TODAY,
            person=record.text("owner"),
            titles=(record.text("title"),),
        )


def _unready(look: Look) -> Iterator[Attention]:
    """Meetings about to begin with something missing from their checklist."""
    now = look.local
    soon = timedelta(minutes=look.setting("soon_minutes"))
    for record in look.records("meetings"):
        start = record.moment("start")
        if start is None or not now <= start <= now + soon:
            continue
        if record.state in meetings.MEETINGS.finished or record.state == "held":
            continue
        lacking = meetings.missing(record, look)
        if not lacking:
            continue
        done, total = meetings.prepared(record, look)
        yield Attention(
            kind="not_ready",
            text=_("{title}: ready {n}/{total}, lacks {what}").format(
                title=record.text("title"), n=done, total=total, what=lacking[0].text("what")
            ),
            refs=(record.ref,),
            at=start,
            word=pgettext("word", "meeting"),
            action=pgettext("action", "open"),
            short=_("{time} not ready").format(time=start.strftime("%H:%M")),
            group=SOON,
            titles=(record.text("title"),),
        )


def _due(look: Look, items: list[Deadline]) -> Iterator[Attention]:
    for item in items:
        if item.group not in (SOON, TODAY, NEWLY) or incidents.pressing(item):
            continue
        record = item.record
        register = BY_ID[record.register]
        late = item.group == NEWLY
        kind = "overdue" if late else "due"
        who = holder(look, record)
        yield Attention(
            kind="unanswered" if register.presses == "answer" else kind,
            text=" ".join(p for p in (_matter(look, record), next_words(look, record), who) if p),
            refs=(record.ref,),
            at=item.at,
            word=register.badge(record) or _(register.word) or register.name(),
            step=step_for(look, record, who),
            action=_offered(look, record, who),
            basis=basis(look, record, item.at),
            short=_short(record, item),
            group=item.group,
            person=who,
            titles=(register.headline(record),),
        )


def step_for(look: Look, record: Record, who: str) -> str:
    """The step that deals with something due, held by `who`; of what is one's own the step that
    its menu offers first; "" opens it."""
    if record.register == "reception" and reception.to_sign(record):
        return "sign"
    if record.register == "incidents":
        return next_step(record)
    table = BY_ID[record.register]
    press = table.pressed.get(record.state, table.presses)
    return table.suggests(record) if press == "urge" and who == look.user else press


def _offered(look: Look, record: Record, who: str) -> str:
    """What enter does with something due, in words."""
    register = BY_ID[record.register]
    step = register.step(step_for(look, record, who))
    if step is None:
        return pgettext("action", "open")
    return _(_SHORT_STEPS.get(step.id, step.label))


def _matter(look: Look, record: Record) -> str:
    title = headline(look, record)
    return " ".join(p for p in (pressing_words(record), record.text("name"), title) if p)


def _short(record: Record, item: Deadline) -> str:
    register = BY_ID[record.register]
    badge = register.badge(record) or record.text("name") or short(register.headline(record), 10)
    when = item.at.strftime("%H:%M" if item.group != NEWLY else "%m-%d")
    pressing = pressing_words(record)
    if pressing:
        badge += pgettext("after a badge", " {urgency}").format(urgency=pressing)
    return f"{badge} {when}"


def _overdue(look: Look, items: list[Deadline]) -> Iterator[Attention]:
    old = [item for item in items if item.group == OLD]
    for late in by_person(look, old):
        count = len(late.refs)
        words = ngettext(
            "{n} item, {days} days late",
            "{n} items, the oldest {days} days late",
            count,
        ).format(n=count, days=late.oldest)
        who = _address(look, late.person)
        away = (
            " " + _("on leave until {date}, reassign").format(date=late.away) if late.away else ""
        )
        step, action = "urge", _("urge all")
        if len({ref.partition("/")[0] for ref in late.refs}) > 1:
            step, action = "", pgettext("action", "open")  # of several registers: the list of them
        elif late.away or not late.person:
            step, action = "assign", _("reassign")
        yield Attention(
            kind="overdue",
            text=f"{who} {words} {late.tried}{away}",
            refs=late.refs,
            word=pgettext("word", "overdue"),
            step=step,
            action=action,
            basis=_("calendar days"),
            short=_("{who}: {n} overdue").format(who=who, n=count),
            group=OLD,
            person=late.person,
        )


def _address(look: Look, name: str) -> str:
    person = look.person(name)
    return (called(person) if person else "") or name or _("nobody")


def _unapproved(look: Look) -> Iterator[Attention]:
    """What was done before its approval (先办后补), until the approval is filled in."""
    for register in REGISTERS:
        field = register.field(UNAPPROVED)
        for record in look.records(register.id) if field is not None else ():
            waits = unapproved(record)
            step = register.step(waits[0]) if waits else None
            if field is None or step is None:
                continue
            what = field.show(list(waits))
            yield Attention(
                kind="unapproved",
                text=_("{title}: done first, “{approval}” is to be filled in").format(
                    title=register.headline(record), approval=what
                ),
                refs=(record.ref,),
                word=register.badge(record) or _(register.word) or register.name(),
                step=step.id,
                action=_("fill it in"),
                short=_("{title}: fill in {approval}").format(
                    title=register.badge(record) or register.headline(record), approval=what
                ),
                group=TODAY,
                person=holder(look, record),
                titles=(register.headline(record),),
            )


def _conflicts(look: Look) -> Iterator[Attention]:
    for register in REGISTERS:
        for record in look.records(register.id):
            if record.doc.get("_x") and record.conflicted:
                yield Attention(
                    kind="conflict",
                    text=_("two values: {what}").format(what=register.title(record)),
                    refs=(record.ref,),
                    at=look.local,
                    word=pgettext("word", "conflict"),
                    action=_("decide"),
                    short=_("conflict"),
                    group=TODAY,
                )
    for table, number, ids in given_twice(look):
        name = BY_ID[table].name()
        words = _("{register}: number {n} was given {count} times")
        yield Attention(
            kind="conflict",
            text=words.format(register=name, n=number, count=len(ids)),
            refs=tuple(f"{table}/{one}" for one in ids),
            at=look.local,
            word=pgettext("word", "conflict"),
            action=_("decide"),
            short=_("number {n} twice").format(n=number),
            group=TODAY,
        )


def day_words(day: date) -> str:
    """A day in a list: 11-25."""
    return day.strftime("%m-%d")
