"""The four checks of a day with their evidence, and what the next days bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from officetui.office import deadlines, numbers
from officetui.office.day_review import Check, DayPlan, DutySeat, Planned
from officetui.registers import duty, meetings
from officetui.registers.calendar import UnknownYear, day_type_words
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.workflow import unapproved
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible
from officetui.text.words import weekday_long

if TYPE_CHECKING:
    from officetui.office.look import Look
    from officetui.office.office import Office

STILL = 3  # days without a word after which what is overdue stands still
MANY = 5  # matters overdue in one hand: they pile up
_MOST = 10  # days ahead looked at for the next one the office works
Evidence = Iterable[tuple[str, tuple[str, ...]]]


def checks(office: Office, look: Look, items: list[deadlines.Deadline]) -> tuple[Check, ...]:
    """Nothing stalled, nothing piled up, no error open, no visitor left waiting; `items`: the
    deadlines."""
    stalled, piled, visitors = of_evening(look, items)
    return stalled, piled, _check("errors", _("no error open"), _errors(office, look)), visitors


def of_evening(look: Look, items: list[deadlines.Deadline]) -> tuple[Check, Check, Check]:
    """Those of the checks that are known of an evening long ago, too: stalled, piled, visitors."""
    return (
        _check("stalled", _("nothing stalled"), _stalled(look, items)),
        _check("piled", _("nothing piled up"), _piled(look, items)),
        _check("visitors", _("no visitor left waiting"), _visitors(look)),
    )


def _check(check_id: str, label: str, found: Evidence) -> Check:
    rows = list(found)
    n = len(rows)
    refs = dict.fromkeys(ref for _words, several in rows for ref in several)
    return Check(
        check_id,
        label,
        not rows,
        tuple(visible(words, limit=200) for words, _refs in rows),
        tuple(refs),
        _FOUND[check_id](n).format(n=n) if n else "",
    )


_FOUND: dict[str, Callable[[int], str]] = {
    "stalled": lambda n: ngettext("{n} stalled", "{n} stalled", n),
    "piled": lambda n: ngettext("{n} piled up", "{n} piled up", n),
    "errors": lambda n: ngettext("{n} error open", "{n} errors open", n),
    "visitors": lambda n: ngettext("{n} visitor waiting", "{n} visitors waiting", n),
}


def _named(look: Look, record: Record) -> str:
    table = BY_ID[record.register]
    badge = numbers.badge(look, record) or _(table.word) or table.name()
    return f"{badge} {deadlines.headline(look, record)}"


def _stalled(look: Look, items: list[deadlines.Deadline]) -> Evidence:
    """Overdue, and nobody said a word for days."""
    for item in items:
        if item.group != deadlines.OLD:
            continue
        urged = [at for one in deadlines.urged(look, item.record) if (at := one.instant("at"))]
        quiet = (look.today - look.clock(max(urged)).date()).days if urged else None
        if quiet is not None and quiet < STILL:
            continue
        late = deadlines.overdue_days(item.at, look)
        words = [_named(look, item.record)]
        words.append(ngettext("overdue for {n} day", "overdue for {n} days", late).format(n=late))
        words.append(
            _("not urged")
            if quiet is None
            else ngettext("silent for {n} day", "silent for {n} days", quiet).format(n=quiet)
        )
        who = deadlines.holder(look, item.record)
        if who:
            words.append(who)
        yield " ".join(words), (item.record.ref,)


def _piled(look: Look, items: list[deadlines.Deadline]) -> Evidence:
    """In nobody's hands since yesterday, and too much late in one hand."""
    for register in REGISTERS:
        for record in deadlines.open_records(look, register) if register.due else ():
            if register.holder(record, look):
                continue
            came = deadlines.since(look, record)
            if came is not None and came.date() >= look.today:
                continue
            yield _("{what} in nobody's hands").format(what=_named(look, record)), (record.ref,)
    late = [item for item in items if item.at < look.local]
    for one in deadlines.by_person(look, late):
        n = len(one.refs)
        if one.person and n >= MANY:
            words = ngettext("{who}: {n} matter overdue", "{who}: {n} matters overdue", n)
            yield words.format(who=one.person, n=n), one.refs


def _errors(office: Office, look: Look) -> Evidence:
    """Two values of one cell, numbers given twice, approvals to be filled in, holes."""
    from officetui.office import conflicts

    seen: set[tuple[str, str]] = set()
    for conflict in conflicts.on_desk(office):
        ref = f"{conflict.register}/{conflict.id}"
        record = look.get(ref)
        if record is None or (ref, conflict.kind) in seen:
            continue
        seen.add((ref, conflict.kind))
        said = (
            _("number given twice: {what}")
            if conflict.kind == "number"
            else _("two values: {what}")
        )
        yield said.format(what=BY_ID[record.register].title(record)), (ref,)
    for register in REGISTERS:
        for record in look.records(register.id):
            if unapproved(record):
                words = _("{what}: done first, approval to be filled in")
                yield words.format(what=_named(look, record)), (record.ref,)
    cursor = office.store.cursor
    for writer in cursor.writers():
        missing = sum(high - low + 1 for low, high in cursor.holes(writer))
        if missing:
            words = ngettext(
                "{n} change of device {writer} cannot be read (officetui doctor)",
                "{n} changes of device {writer} cannot be read (officetui doctor)",
                missing,
            )
            yield words.format(n=missing, writer=writer), ()


def _visitors(look: Look) -> Evidence:
    """Received and not told anything, or due by now and not answered."""
    table = BY_ID["reception"]
    for record in deadlines.open_records(look, table):
        due = look.calendar.deadline(record.get(table.deadline_cell(record)))
        waits = record.state == "received"
        if waits or (due is not None and due.date() <= look.today):
            came = record.day("at")
            since = came.strftime("%m-%d") if came is not None else ""
            words = (since, record.text("name"), record.text("matter").replace("\n", " "))
            said = " ".join(word for word in (*words, deadlines.next_words(look, record)) if word)
            yield said, (record.ref,)


# The days to come


def tomorrow(look: Look, day: date) -> tuple[DayPlan, ...]:
    """The days after `day` up to the next one that the office works: on a Friday the weekend,
    too."""
    return tuple(plan(look, each) for each in days_ahead(look, day))


def days_ahead(look: Look, day: date) -> list[date]:
    """The days after `day` up to the next one that the office works."""
    found = []
    for n in range(1, _MOST):
        found.append(day + timedelta(days=n))
        if _works(look, found[-1]):
            break
    return found


def _works(look: Look, day: date) -> bool:
    try:
        return look.calendar.is_workday(day)
    except UnknownYear:
        return day.weekday() < 5


def plan(look: Look, day: date) -> DayPlan:
    """Duty, meetings and deadlines of a day."""
    try:
        kind = day_type_words(look.calendar.day_type(day))
    except UnknownYear:
        kind = _("calendar not known")
    return DayPlan(
        day.isoformat(),
        weekday_long(day),
        kind,
        tuple(_duty(look, day)),
        tuple(_meetings(look, day)),
        tuple(_deadlines(look, day)),
    )


def _of(look: Look, register: str, cell: str, day: date) -> list[Record]:
    return [one for one in look.records(register) if one.day(cell) == day]


def _duty(look: Look, day: date) -> Iterator[DutySeat]:
    order = {str(line["id"]): n for n, line in enumerate(look.setting("duty_lines"))}
    seats = _of(look, "duty", "date", day)
    seats.sort(key=lambda one: (order.get(one.text("line"), 99), one.whole("seat") or 0))
    for seat in seats:
        person = look.person(seat.text("person"))
        phone = seat.text("phone") or (person.text("phone") if person is not None else "")
        from officetui.registers.duty_turns import UNCONFIRMED

        yield DutySeat(
            duty.line_label(look, seat.text("line")),
            visible(seat.text("person")),
            visible(phone),
            duty.state_words(seat, look),
            seat.state in UNCONFIRMED,
        )


def _meetings(look: Look, day: date) -> Iterator[Planned]:
    found = [one for one in _of(look, "meetings", "start", day) if one.state != "cancelled"]
    for record in sorted(found, key=lambda one: one.text("start")):
        when = meetings.hours_words(record).split("-")[0]
        title, room = visible(record.text("title")), visible(record.text("room"))
        yield Planned(when, title, room, record.ref)


def _deadlines(look: Look, day: date) -> Iterator[Planned]:
    rows: list[tuple[datetime, Record]] = []
    for register in REGISTERS:
        for record in deadlines.open_records(look, register) if register.due else ():
            at = look.calendar.deadline(record.get(register.deadline_cell(record)))
            if at is not None and at.date() == day:
                rows.append((at, record))
    rows.sort(key=lambda row: (row[0], row[1].ref))
    for at, record in rows:
        name = visible(_named(look, record), limit=200)
        yield Planned(at.strftime("%H:%M"), name, deadlines.holder(look, record), record.ref)
