"""The texts that tell people: of their duty, of a meeting, that it is moved or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from officetui.registers import duty, messages
from officetui.registers.duty_lines import read_line
from officetui.registers.incidents_parts import AGAIN
from officetui.registers.meetings import EXCUSED
from officetui.registers.people import called, leads
from officetui.registers.record import Record
from officetui.report.messages import LONGEST, Letter, day_words, moment
from officetui.text.i18n import N_, _, ngettext, pgettext
from officetui.text.safe import visible, visible_block
from officetui.text.words import listed, weekday_long

if TYPE_CHECKING:
    from officetui.office.office import Office

NAMES: Final = "names"  # the template of the list that is given upwards
TOLD: Final = (
    "duty",
    "meetings",
    "meetings.attendees",
    "incidents",
)  # the registers that have such a text
_LACKING: Final = {
    "to": N_("whom it is for"),
    "user": N_("who sends it"),
    "phone": N_("the phone of the duty room (setting duty_phone)"),
    "leader": N_("the leader on duty"),
    "leader_phone": N_("the leader's phone"),
    "relieves": N_("who is on duty before"),
    "day": N_("who is on duty by day"),
    "day_phone": N_("the phone of who is on duty by day"),
    "night": N_("who is on duty by night"),
    "night_phone": N_("the phone of who is on duty by night"),
    "start": N_("the start"),
    "place": N_("the place"),
    "length": N_("how long it takes"),
    "host": N_("who chairs it"),
    "attendees": N_("who takes part"),
    "reply_by": N_("by when names are due"),
    "before": N_("for when it was planned"),
    "reason": N_("the reason"),
    "casualties": N_("casualties"),
    "scope": N_("how far it reaches"),
    "trend": N_("how it develops"),
    "measures": N_("what was done"),
    "source": N_("who told"),
    "latest": N_("what the report says"),
    "people": N_("who takes part"),
}


def of(office: Office, record: Record) -> Letter:
    """The message that a record of `TOLD` needs: a seat, a meeting for all, one attendee, or the
    report of an emergency."""
    if record.register == "incidents":
        return of_incident(office, record)
    if record.register == "duty":
        return of_seat(office, record)
    if record.register == "meetings":
        return of_meeting(office, record)
    meeting = office.get(f"meetings/{record.parent}")
    assert meeting is not None, f"{record.ref} has no meeting"
    return of_meeting(office, meeting, record)


# Emergencies


def of_incident(office: Office, record: Record) -> Letter:
    """What is reported of an emergency, as far as it is known: the first report, another, or the
    final one; what is not known yet stands as ____."""
    stages = {
        "reported": pgettext("emergency", "follow-up"),
        "final": pgettext("emergency", "final report"),
    }
    at = record.moment("at")
    values: dict[str, str | None] = {
        name: record.text(name).replace("\n", " ") or None
        for name in ("place", "matter", "casualties", "scope", "trend", "measures", "source")
    }
    to = record.text("reported_to") or listed(str(one) for one in office.setting("incident_to"))
    values |= {
        "to": to or None,
        "stage": stages.get(record.state, pgettext("emergency", "first report")),
        "at": moment(at, office.today) if at is not None else record.text("at") or None,
        "approver": record.text("approved_by") or None,
    }
    values["latest"] = _latest(office, record, str(values["at"])) or None
    template = "incident"
    if record.state == "final":
        template = "incident_final"
    elif values["latest"]:
        template = "incident_again"
    own = office.setting(messages.SETTING)
    if "incident" in own and template not in own:  # an office with one text of its own for all
        template = "incident"
    return _letter(office, template, values, (record.ref,), "", to or record.text("place"), 1)


def _latest(office: Office, record: Record, at: str) -> str:
    """What was written for the last follow-up or the final report of an emergency; a report that
    was sent as a whole message is told again by its elements, not in another one."""
    if record.state == "final" and record.get("result"):
        return record.text("result").replace("\n", " ").strip().rstrip("。.")
    if record.state != "reported":
        return ""
    whole = (at, record.text("place"), record.text("matter").replace("\n", " "))
    for report in reversed(office.children(record, "reports")):
        said = report.text("content").replace("\n", " ").strip()
        if report.text("kind") == AGAIN and said and not all(word in said for word in whole):
            return said.rstrip("。.")
    return ""


# Duty


def of_seat(office: Office, seat: Record) -> Letter:
    """Hours, whom to relieve, and who leads; for a leader who is on by day and by night."""
    rows = {str(row["id"]): row for row in office.setting("duty_lines")}
    row, day = rows.get(seat.text("line")), seat.day("date")
    name = seat.text("person")
    person = office.person(name)
    values: dict[str, str | None] = {}
    leader = row is not None and read_line(row).leaders
    if row is not None and day is not None:
        shift = duty.hours(row, day)
        beside = _beside(office, rows, shift)
        values = _leads(office, shift, beside) if leader else _serves(office, shift, beside)
    known = person is not None and leads(person)
    to = (called(person) if person is not None and known else "") or pgettext(
        "address", "{name}"
    ).format(name=name)
    values |= {"to": to, "line": duty.line_label(office, seat.text("line"))}
    template = "duty_leader" if leader else "duty"
    return _letter(office, template, values, (seat.ref,), name, to, _times(office, seat))


def _times(office: Office, seat: Record) -> int:
    return 1 + duty.notices(seat, office)


_Beside = list[tuple[duty.Shift, bool, Record]]


def _beside(office: Office, rows: Mapping[str, Mapping[str, object]], shift: duty.Shift) -> _Beside:
    """The other turns around a shift, with whether it is a leaders' line, in their order."""
    found = []
    for record in office.records("duty"):
        row, day = rows.get(record.text("line")), record.day("date")
        if row is None or day is None or abs((day - shift.day).days) > 1:
            continue
        found.append((duty.hours(row, day), read_line(row).leaders, record))
    found.sort(key=lambda one: (one[0].start, one[2].whole("seat") or 1))
    return found


def _serves(office: Office, shift: duty.Shift, beside: _Beside) -> dict[str, str | None]:
    leaders = [r for one, leads_it, r in beside if leads_it and one.start <= shift.start < one.end]
    before = [r for one, leads_it, r in beside if not leads_it and one.end == shift.start]
    return {
        "start": _on(office, shift.start),
        "end": moment(shift.end, office.today),
        "leader": _names(leaders),
        "leader_phone": _phones(office, leaders),
        "relieves": _names(before),
    }


def _leads(office: Office, shift: duty.Shift, beside: _Beside) -> dict[str, str | None]:
    """The first and the last of the others' shifts that begin while the leader is on."""
    served = [(one, r) for one, leads_it, r in beside if not leads_it and shift.start <= one.start]
    served = [(one, r) for one, r in served if one.start < shift.end]
    first = min((one.start for one, _r in served), default=None)
    last = max((one.start for one, _r in served), default=None)
    day = [r for one, r in served if one.start == first]
    night = [r for one, r in served if one.start == last and last != first]
    return {
        "start": _near(office, shift.start, dated=True),
        "end": _near(office, shift.end),
        "day": _names(day),
        "day_phone": _phones(office, day),
        "night": _names(night),
        "night_phone": _phones(office, night),
    }


def _names(seats: Sequence[Record]) -> str | None:
    return listed(seat.text("person") for seat in seats) or None


def _phones(office: Office, seats: Sequence[Record]) -> str | None:
    phones = []
    for seat in seats:
        person = office.person(seat.text("person"))
        phones.append(seat.text("phone") or (person.text("phone") if person is not None else ""))
    return listed(phone for phone in phones if phone) or None


def _on(office: Office, at: datetime) -> str:
    """A moment with its weekday: 11月20日（星期五）17:30."""
    return pgettext("message", "{day} ({weekday}) {time}").format(
        day=day_words(at.date(), office.today),
        weekday=weekday_long(at.date()),
        time=f"{at.hour}:{at:%M}",
    )


def _near(office: Office, at: datetime, dated: bool = False) -> str:
    """A moment by today and tomorrow, where it is one: 今天（11月20日）8:00, 明天8:00."""
    day = day_words(at.date(), office.today)
    time = f"{at.hour}:{at:%M}"
    words = {0: pgettext("message", "today"), 1: pgettext("message", "tomorrow")}
    word = words.get((at.date() - office.today).days)
    if word is None:
        return moment(at, office.today)
    if dated:
        word = pgettext("message", "{word} ({day})").format(word=word, day=day)
    return pgettext("message", "{day} {time}").format(day=word, time=time)


# Meetings


def of_meeting(office: Office, meeting: Record, attendee: Record | None = None) -> Letter:
    """The notice for one attendee, or one for all; that it is moved for those who knew it."""
    person = attendee.text("person") if attendee is not None else ""
    to = (attendee.text("person") or attendee.text("unit")) if attendee is not None else ""
    template = _kind(office, meeting, attendee)
    start, before = meeting.moment("start"), meeting.moment("moved_from")
    values: dict[str, str | None] = {
        "to": to or None,
        "title": meeting.text("title"),
        "start": _start(office, meeting, start, weekday=template != "moved"),
        "place": meeting.text("room") or None,
        "length": _length(start, meeting.moment("end")),
        "host": _titled(office, meeting.text("host")),
        "attendees": _attendees(office, meeting),
        "reply_by": _reply_by(office, meeting),
        "before": moment(before, office.today) if before is not None else None,
        "reason": meeting.text("reason") or None,
    }
    ref = attendee.ref if attendee is not None else meeting.ref
    return _letter(office, template, values, (ref,), person, to or meeting.text("title"), 1)


def names_of(office: Office, meeting: Record) -> Letter:
    """Who takes part, with posts and phones, to be given upwards: the leaders by precedence, then
    the attendees who were not excused, or whoever comes in their place."""
    names = [meeting.text("chair"), *meeting.words("leaders")]
    if meeting.get("kind") == "own":
        names.insert(0, meeting.text("host"))
    for one in office.children(meeting, "attendees"):
        if one.text("reply") == EXCUSED:
            names = [name for name in names if name != one.text("person")]
            continue
        if one.text("substitute"):
            names = [name for name in names if name != one.text("person")]
        names.append(one.text("substitute") or one.text("person") or one.text("unit"))
    found = list(dict.fromkeys(name for name in names if name))
    lines = [f"{n}. {_presented(office, name)}" for n, name in enumerate(found, 1)]
    values: dict[str, str | None] = {
        "title": meeting.text("title"),
        "start": _start(office, meeting, meeting.moment("start"), weekday=True),
        "place": meeting.text("room") or None,
        "n": str(len(found)),
        "people": "\n".join(lines) or None,
    }
    return _letter(office, NAMES, values, (meeting.ref,), "", meeting.text("title"), 1)


def _presented(office: Office, name: str) -> str:
    """A name with post or unit, and phone."""
    person = office.person(name)
    if person is None:
        return visible(name, limit=60)
    about = person.text("post") or person.text("unit")
    parts = (name, about, person.text("phone"))
    return visible(" ".join(part for part in parts if part), limit=120)


def _kind(office: Office, meeting: Record, attendee: Record | None) -> str:
    if meeting.state == "cancelled":
        return "cancelled"
    people = office.children(meeting, "attendees") if attendee is None else [attendee]
    void = any(one.text("void") == "moved" for one in people)
    untracked = not people and meeting.state == "fixed"
    moved = bool(meeting.get("moved_from")) and (void or untracked)
    return "moved" if moved else "meeting"


def _start(office: Office, meeting: Record, at: datetime | None, weekday: bool) -> str | None:
    if at is None:
        return None
    if "T" not in meeting.text("start"):
        return day_words(at.date(), office.today)
    return _on(office, at) if weekday else moment(at, office.today)


def _length(start: datetime | None, end: datetime | None) -> str | None:
    """How long a meeting takes, in half hours where it is so: 1.5 hours."""
    if start is None or end is None or end <= start:
        return None
    minutes = int((end - start) / timedelta(minutes=1))
    if minutes < 60 or minutes % 30:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    hours = minutes / 60
    n = f"{hours:.1f}".removesuffix(".0")
    return ngettext("{n} hour", "{n} hours", 1 if n == "1" else 2).format(n=n)


def _titled(office: Office, name: str) -> str | None:
    """A name with its post: 周海涛副镇长."""
    person = office.person(name) if name else None
    post = person.text("post") if person is not None and leads(person) else ""
    if not post:
        return name or None
    return pgettext("message", "{name}, {post}").format(name=name, post=post)


def _attendees(office: Office, meeting: Record) -> str | None:
    if meeting.text("scope"):
        return meeting.text("scope")
    people = office.children(meeting, "attendees")
    return listed(one.text("person") or one.text("unit") for one in people) or None


def _reply_by(office: Office, meeting: Record) -> str | None:
    due = office.calendar.deadline(meeting.get("rsvp_due"))
    return moment(due, office.today) if due is not None else None


# Any of them


def _letter(
    office: Office,
    template: str,
    values: Mapping[str, str | None],
    refs: tuple[str, ...],
    person: str,
    to: str,
    times: int,
) -> Letter:
    """A text with its values, each put in harmlessly, and what is lacking in words."""
    every: dict[str, str | None] = {
        "office": office.name,
        "signature": str(office.setting("signature")).strip() or office.name,
        "user": office.user,
        "phone": str(office.setting("duty_phone")).strip(),
        "today": day_words(office.today, office.today),
        **values,
    }
    clean = {
        name: (visible_block(word, LONGEST) if name == "people" else visible(word, limit=400))
        if word
        else None
        for name, word in every.items()
    }
    own = office.setting(messages.SETTING)
    text = visible_block(messages.text_of(template, own), LONGEST)
    filled, lacking = messages.fill(text, clean)
    words = tuple(_(_LACKING[word]) if word in _LACKING else f"{{{word}}}" for word in lacking)
    return Letter(
        person=person,
        to=visible(to, limit=80),
        refs=refs,
        template=template,
        text=filled.rstrip(),
        lacking=words,
        times=times,
    )
