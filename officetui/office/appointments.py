"""What stands in people's calendars: duty, meetings and leaders' schedule as appointments.

An appointment keeps its `uid` for as long as there is its record, and `sequence` grows with every
change of it, so that a calendar that takes the same file in again moves it or crosses it out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec

from officetui.errors import Refused
from officetui.office.look import alive
from officetui.office.shelves import year_of
from officetui.registers import duty, schedule, spans
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _, pgettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.office import Office

TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"
_DAY: Final = timedelta(days=1)


class Appointment(msgspec.Struct):
    """One entry of a calendar. `start` and `end` are naive local moments of the office, or dates
    where it takes whole days (`end`: the day after the last); `changed` is aware UTC."""

    uid: str
    start: datetime | date
    end: datetime | date
    summary: str
    status: str
    changed: datetime
    sequence: int = 0
    place: str = ""
    about: str = ""


def appointments(
    office: Office,
    register: str,
    *,
    person: str = "",
    open: bool | None = None,
    day: date | None = None,
    year: int | None = None,
) -> list[Appointment]:
    """The appointments of a register by their beginning; the arguments are those of `list`.

    `person`: only theirs, with those that were theirs and are another's now, as cancelled.
    Cancelled ones and those in the trash are left out with `open`. Raises Refused for a register
    without appointments, and for a person whom neither directory nor register knows.
    """
    reader = _READERS.get(register)
    if reader is None:
        words = _("{register} has nothing for a calendar. These have: {names}.")
        names = listed(name for name in _READERS if name in BY_ID)
        raise Refused(words.format(register=BY_ID[register].name(), names=names), field="register")
    records = [
        record
        for record in _records(office, register, year)
        if (day is None or record.day(BY_ID[register].day) == day)
        and (open is None or (not record.trashed and office.is_open(record) is open))
    ]
    former = _former(office, register, records, person) if person else {}
    found = []
    for record in records:
        made = reader(office, record, person, former.get(record.id, ()))
        if made is None or (open and made.status == CANCELLED):
            continue
        found.append(_stamped(office, record, made))
    if person and not found and office.person(person) is None:
        words = _("Neither the directory nor {register} knows “{name}”.")
        raise Refused(words.format(register=BY_ID[register].name(), name=person), field="person")
    found.sort(key=lambda one: (one.start.isoformat(), one.uid))
    return found


# records, those in the trash included


def _records(office: Office, register: str, year: int | None) -> list[Record]:
    with office.lock:
        docs: dict[str, Any] = {doc["id"]: doc for doc in office.store.desk(register).values()}
        for wanted in office.store.years() if year is None else [year]:
            for record_id, doc in office.store.book(wanted).get(register, {}).items():
                docs.setdefault(record_id, doc)
    return [
        Record(register, doc)
        for record_id, doc in docs.items()
        if (doc.get("_del") or alive(doc))
        and (year is None or year_of(register, record_id) == year)
    ]


def _former(
    office: Office, register: str, records: Iterable[Record], person: str
) -> dict[str, tuple[str, ...]]:
    """Of seats that were given to another since they were made: who had them. The journals are
    read only where there are such."""
    given = [
        (register, record.id)
        for record in records
        if register == "duty" and "person" in record.doc.get("_s", {})
    ]
    found: dict[str, tuple[str, ...]] = {}
    for line in office.ledger.history(*given) if given else ():
        for entry in line.entries:
            if entry.register == register and entry.cells.get("person") == person:
                found[str(entry.record)] = (person,)
    return found


def _stamped(office: Office, record: Record, made: Appointment) -> Appointment:
    """With its lasting name, when it was changed, and how often it can have been: the seconds
    since it was made, which only grow."""
    stamps = [str(source)[:12] for source in record.doc.get("_s", {}).values()]
    times = [int(stamp, 16) // 1000 for stamp in stamps] or [0]
    first = int(str(record.doc.get("_s", {}).get("", "0"))[:12], 16) // 1000
    made.uid = f"{quote(record.id, safe=':').replace(':', '-')}@{office.info.id}"
    made.changed = datetime.fromtimestamp(max(times), UTC)
    made.sequence = max(0, max(times) - (first or min(times)))
    if record.trashed:
        made.status = CANCELLED
    return made


def _appointment(
    start: datetime | date, end: datetime | date, summary: str, status: str, place: str = ""
) -> Appointment:
    nowhen = datetime.fromtimestamp(0, UTC)
    return Appointment("", start, end, summary, status, nowhen, place=place)


# registers


def _duty(
    office: Office, record: Record, person: str, former: Collection[str]
) -> Appointment | None:
    """A seat, in the hours of its line; of a line that is not set any more, the whole day."""
    name, planned = record.text("person"), record.text("planned_person")
    mine = not person or name == person
    if not mine and person != planned and person not in former:
        return None
    day = record.day("date")
    if day is None:
        return None
    rows = office.setting("duty_lines")
    row = next((row for row in rows if row["id"] == record.text("line")), None)
    start, end = duty.hours(row, day)[2:] if row else (day, day + _DAY)
    label = duty.line_label(office, record.text("line"))
    waits = record.state in ("swapped", "planned", "notified")
    summary = f"{label} {name if mine else person}"
    made = _appointment(start, end, summary, TENTATIVE if waits else CONFIRMED)
    if not mine:
        made.status = CANCELLED
        made.about = _("{name} serves instead.").format(name=name)
        return made
    state = duty.state_words(record, office) if day >= office.today else ""
    parts = (record.text("phone"), state, record.text("note"))
    made.about = "\n".join(part for part in parts if part)
    return made


def _meeting(
    office: Office, record: Record, person: str, _former: Collection[str]
) -> Appointment | None:
    times = _times(record)
    if times is None:
        return None
    status = TENTATIVE if record.state in ("intended", "submitted") else CONFIRMED
    if record.state in ("cancelled", "excused"):
        status = CANCELLED
    if person:
        part = _takes_part(office, record, person)
        if part is None:
            return None
        status = part or status
    made = _appointment(*times, record.text("title"), status, record.text("room"))
    parts = (
        (_("Host"), record.text("host")),
        (_("Leaders"), listed(record.words("leaders"))),
        (_("Attended by"), record.text("scope")),
        (_("Note"), record.text("note")),
    )
    made.about = "\n".join(f"{label}: {text}" for label, text in parts if text)
    return made


def _takes_part(office: Office, record: Record, person: str) -> str | None:
    """None: the meeting is not theirs; CANCELLED: they were excused; "": they attend."""
    status: str | None = None
    if person in (record.text("host"), record.text("chair"), *record.words("leaders")):
        status = ""
    for one in office.children(record, "attendees"):
        if one.text("person") == person:
            away = one.text("reply") in ("请假", "替会")
            status = CANCELLED if away else ""
        elif one.text("substitute") == person and one.text("reply") == "替会":
            status = ""
    return status


def _schedule(
    office: Office, record: Record, person: str, _former: Collection[str]
) -> Appointment | None:
    """An entry of a leader's schedule; companions have it too."""
    leader = record.text("leader")
    if person and person != leader and person not in record.words("companions"):
        return None
    times = _times(record)
    if times is None:
        return None
    what = record.text("matter") or record.text("place")
    kind = schedule.kind_words(record) if schedule.is_leave(record) else ""
    summary = " ".join(part for part in (leader, kind, what) if part)
    status = TENTATIVE if record.state == "requested" else CONFIRMED
    if record.state == "cancelled":
        status = CANCELLED
    made = _appointment(*times, summary, status, record.text("place"))
    made.about = record.text("note")
    return made


def _times(record: Record) -> tuple[datetime | date, datetime | date] | None:
    """The hours of a record with `start` and `end`; whole days, where neither has an hour."""
    hours = spans.span(record)
    days = spans.days(record)
    if hours is None or days is None:
        return None
    if record.moment("start") is None and record.moment("end") is None:
        return days[0], days[1] + _DAY
    return hours


Reader = Callable[["Office", Record, str, Collection[str]], Appointment | None]
_READERS: dict[str, Reader] = {"duty": _duty, "meetings": _meeting, "schedule": _schedule}


def cancelled_words(one: Appointment) -> str:
    """The summary as a calendar should show it: what is off says so, for clients that do not."""
    if one.status != CANCELLED:
        return one.summary
    return pgettext("calendar", "Cancelled: {what}").format(what=one.summary)
