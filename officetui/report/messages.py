"""The text of a message: an urging, from the records, the office's template and its calendar.

A text holds nothing that could drive a terminal: what is shown, copied and saved is the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from officetui.office import deadlines
from officetui.registers import messages, outgoing_parts
from officetui.registers.calendar import UnknownYear
from officetui.registers.followups import missing
from officetui.registers.people import called, leads
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.text.i18n import N_, P_, _, npgettext, pgettext
from officetui.text.safe import visible, visible_block
from officetui.text.words import listed, month_name, span_words

if TYPE_CHECKING:
    from officetui.office.office import Office

LONGEST = 8000  # characters of a message
_NOON = time(12)
# How a message calls a record by its official number.
_NUMBERED = {
    "documents": P_("message", "incoming paper no. {n}"),
    "followups": P_("message", "follow-up no. {n}"),
    "reception": P_("message", "visitor's matter no. {n}"),
}
# What is said to be missing; every other name is said as it stands in the template.
_LACKING = {
    "to": N_("whom it is for"),
    "person": N_("whom it is for"),
    "due": N_("the deadline"),
    "phone": N_("the phone of the duty room (setting duty_phone)"),
    "user": N_("who sends it"),
    "number": N_("the official number"),
    "unit": N_("the unit"),
}


class Letter(msgspec.Struct, frozen=True):
    """A message for one holder, about one record or several."""

    person: str  # who holds them; "" is nobody
    to: str  # how the message addresses them
    refs: tuple[str, ...]
    template: str
    text: str
    lacking: tuple[str, ...]  # what stands as ____, in words
    times: int  # the how manieth time it is


def letters(office: Office, records: Sequence[Record], *, each: bool = False) -> list[Letter]:
    """The messages that urge these records: one for each holder, or with `each` one for each
    record; in the order of the records."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        key = record.ref if each else BY_ID[record.register].holder(record, office)
        groups.setdefault(key, []).append(record)
    return [letter(office, mine) for mine in groups.values()]


def letter(office: Office, records: Sequence[Record], *, again: bool = False) -> Letter:
    """The message that urges records of one holder; `again`: as if it were urged before."""
    first = records[0]
    person = BY_ID[first.register].holder(first, office)
    times = 1 + max(len(deadlines.urged(office, record)) for record in records)
    if again:
        times = max(times, 2)
    name = _template(office, records, person, times)
    own = office.setting(messages.SETTING)
    text = visible_block(messages.text_of(name, own), LONGEST)
    values = _values(office, records, person, times)
    text, lacking = messages.fill(text, values)
    known = [_(_LACKING[word]) if word in _LACKING else f"{{{word}}}" for word in lacking]
    return Letter(
        person=person,
        to=values["to"] or person,
        refs=tuple(record.ref for record in records),
        template=name,
        text=text.rstrip(),
        lacking=tuple(known),
        times=times,
    )


def report_up(office: Office, record: Record, leader: str) -> Letter:
    """The message that tells a leader how a follow-up stands: whose it is, what was tried."""
    feedback = office.children(record, "feedback")
    latest = feedback[-1].text("text") if feedback else ""
    said = pgettext("message", "The latest answer: {text}.").format(text=latest.rstrip("。."))
    words = {
        "tried": visible(deadlines.tried(office, [record])),
        "answer": visible(said if latest else pgettext("message", "Nothing was answered yet.")),
    }
    return _to_leader(office, record, leader, "report_up", words)


def report_day(office: Office, record: Record, leader: str, why: str) -> Letter:
    """The message that tells a leader of a matter that the day leaves open; `why`: how it stands,
    in words."""
    return _to_leader(office, record, leader, "report_day", {"why": visible(why)})


def _to_leader(
    office: Office, record: Record, leader: str, template: str, words: Mapping[str, str]
) -> Letter:
    person = BY_ID[record.register].holder(record, office)
    known = office.person(leader)
    values = {**_values(office, [record], person, 1), **words}
    values["to"] = visible(called(known) if known is not None else leader) or None
    own = office.setting(messages.SETTING)
    text, lacking = messages.fill(visible_block(messages.text_of(template, own), LONGEST), values)
    return Letter(
        person=leader,
        to=values["to"] or leader,
        refs=(record.ref,),
        template=template,
        text=text.rstrip(),
        lacking=tuple(_(_LACKING[word]) if word in _LACKING else word for word in lacking),
        times=1,
    )


def _template(office: Office, records: Sequence[Record], person: str, times: int) -> str:
    known = office.person(person)
    if known is not None and leads(known) and not _collecting(records):
        return "urge_leader" if len(records) == 1 else "urge_leader_several"
    if len(records) > 1:
        return "urge_several"
    if times > 1:
        return "urge_again"
    due = _due(office, records[0])
    return "urge_late" if due is not None and due < office.local else "urge"


def _values(
    office: Office, records: Sequence[Record], person: str, times: int
) -> dict[str, str | None]:
    first = records[0]
    due = _due(office, first)
    answer_by = _answer_by(office)
    known = office.person(person)
    unit = _unit(records) or (known.text("unit") if known is not None else "")
    late = due is not None and due < office.local
    values: dict[str, str | None] = {
        "to": _address(office, records, person),
        "person": person,
        "unit": unit,
        "matter": matter(first),
        # The number of a follow-up is only ours: those who are asked know it by what it is about.
        "number": matter(first)
        if first.register == "followups"
        else number(first) or matter(first),
        "due": moment(due, office.today) if due is not None else None,
        "overdue": _overdue(office, due),
        "waits": deadlines.next_words(office, first),
        "before": answer_by if due is None or late else moment(due, office.today),
        "answer_by": answer_by,
        "n": str(times),
        "count": str(len(records)),
        "items": None,
        "office": office.name,
        "signature": str(office.setting("signature")).strip() or office.name,
        "user": office.user,
        "phone": str(office.setting("duty_phone")).strip(),
        "today": day_words(office.today, office.today),  # 11月20日
    }
    values = {name: visible(word) if word else None for name, word in values.items()}
    values["items"] = "\n".join(
        visible(f"{place}. {_item(office, record)}") for place, record in enumerate(records, 1)
    )
    return values


def _due(office: Office, record: Record) -> datetime | None:
    cell = BY_ID[record.register].deadline_cell(record)
    return office.calendar.deadline(record.get(cell)) if cell else None


def _unit(records: Sequence[Record]) -> str:
    """The unit that leads all of them, if one does."""
    units = {record.text("lead_unit") for record in records}
    return units.pop() if len(units) == 1 else ""


def _collecting(records: Sequence[Record]) -> bool:
    """Whether it is one collecting: then the units that are missing are urged, nobody else."""
    return len(records) == 1 and bool(records[0].get("collecting"))


def _receipts(office: Office, record: Record) -> list[str]:
    """The recipients of a paper of ours whose receipt is missing: then these are urged."""
    if record.register != "outgoing" or record.state != "issued":
        return []
    return outgoing_parts.missing(record, office)


def _address(office: Office, records: Sequence[Record], person: str) -> str:
    """Whom the message speaks to: a leader as people call them, the lead unit, or the person."""
    known = office.person(person)
    if len(records) == 1 and (lacking := _receipts(office, records[0])):
        return listed(lacking)
    if _collecting(records) and missing(records[0], office):
        return listed(missing(records[0], office))
    if known is not None and leads(known):
        return called(known) or person
    if _unit(records):
        return _unit(records)
    return pgettext("address", "{name}").format(name=person) if person else ""


def number(record: Record) -> str:
    """The official number as a message names it: 收文769号; "" without one."""
    kind = BY_ID[record.register].numbering
    value = record.text(kind.field) if kind is not None else ""
    if not value or (kind is not None and kind.form):
        return value  # it says itself whose it is: 清政发〔2026〕12号
    if record.register in _NUMBERED and value.isdigit():
        return _(_NUMBERED[record.register]).format(n=value)
    return BY_ID[record.register].badge(record) or value


def matter(record: Record) -> str:
    """What a record is about, in full: 县委办《关于报送年度考核材料的通知》（收文769号）."""
    register = BY_ID[record.register]
    title, source, named = record.text("title"), record.text("from_org"), number(record)
    if title and source:
        # A title may begin with its issuer already.
        source = "" if title.startswith(source) else source
        words = pgettext("message", "{source} “{title}”").format(source=source, title=title)
    else:
        words = pgettext("message", "“{title}”").format(title=title or register.headline(record))
    if named:
        words = pgettext("message", "{matter} ({number})").format(matter=words, number=named)
    return words.strip()


def _item(office: Office, record: Record) -> str:
    """One of several matters: what, by when, and how often it was urged."""
    due = _due(office, record)
    if due is None:
        when = _("no deadline")
    elif due < office.local:
        when = _overdue(office, due)
    else:
        when = pgettext("message", "by {moment}").format(moment=moment(due, office.today))
    times = len(deadlines.urged(office, record))
    told = npgettext("message", "urged once", "urged {n} times", times).format(n=times)
    return pgettext("message", "; ").join([matter(record), when, *([told] if times else [])])


def _overdue(office: Office, due: datetime | None) -> str:
    """By how much a deadline is missed, in working days; before it, when that is."""
    if due is None:
        return pgettext("message", "is not finished")
    if due >= office.local:
        return pgettext("message", "is due by {moment}").format(moment=moment(due, office.today))
    try:
        days = office.calendar.workdays_between(due.date(), office.today)
    except UnknownYear:
        days = 0
    if days > 0:
        words = npgettext("message", "is {n} working day late", "is {n} working days late", days)
        return words.format(n=days)
    late = pgettext("message", "is {span} late")
    return late.format(span=span_words(office.local - due))


def _answer_by(office: Office) -> str:
    """By when an answer is asked for: noon, close of business, or noon of the next working day."""
    now, close = office.local, office.closing
    if now.time() <= time(11):
        return _moment(pgettext("message", "today"), datetime.combine(now.date(), _NOON))
    if now + timedelta(hours=1) <= datetime.combine(now.date(), close):
        return _moment(pgettext("message", "today"), datetime.combine(now.date(), close))
    try:
        following = office.calendar.add_workdays(now.date(), 1)
    except UnknownYear:
        following = now.date() + timedelta(days=1)
    return moment(datetime.combine(following, _NOON), office.today)


def day_words(day: date, today: date) -> str:
    """A day as a message names it, whenever it is read: 11月20日, with another year than this."""
    if day.year != today.year:
        pattern = pgettext("date pattern", "{day} {month_name} {year}")
    else:
        pattern = pgettext("date pattern", "{day} {month_name}")
    return pattern.format(day=day.day, month=day.month, month_name=month_name(day), year=day.year)


def moment(at: datetime, today: date) -> str:
    """A moment as a message names it: 11月20日17:00."""
    return _moment(day_words(at.date(), today), at)


def _moment(day: str, at: datetime) -> str:
    return pgettext("message", "{day} {time}").format(day=day, time=f"{at.hour}:{at:%M}")


def save(text: str, folder: Path, at: datetime, ending: str = "txt") -> Path:
    """Write a message, or a drawing, into a file of its own, for its owner alone (0600); its path.

    Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in range(1, 1000):
        path = folder / f"{at:%Y-%m-%d-%H%M}-{place}.{ending}"
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(file, "w", encoding="utf-8", newline="\n") as out:
            out.write(text + "\n")
        return path
    raise FileExistsError(f"{folder}: {listed([f'{at:%Y-%m-%d-%H%M}'])}")
