"""The leaders' sheet of a day (领导日程表): what each has, when, where; who is away, on duty."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec

from officetui.errors import Refused
from officetui.office.events import same
from officetui.office.look import Look
from officetui.office.office import Office
from officetui.registers import duty, meetings, schedule, spans
from officetui.registers.people import away_until, leads
from officetui.registers.record import Record
from officetui.text.i18n import _
from officetui.text.words import listed, short_date

_OFF = ("cancelled", "excused")


class Engagement(msgspec.Struct, frozen=True):
    """One thing of a leader's day. `hours` in words, "" for all of it; `ref` of its record."""

    hours: str
    what: str
    where: str = ""
    more: str = ""  # with whom, in which vehicle
    ref: str = ""


class Line(msgspec.Struct, frozen=True):
    """A leader's day, in the order of its hours; empty: nothing is known of it."""

    person: str
    post: str
    engagements: tuple[Engagement, ...]


def day_sheet(office: Office, day: date) -> list[Line]:
    """One line for each leader by precedence. Raises Refused where the directory has none."""
    found = [one for one in office.records("people") if leads(one)]
    found = [one for one in found if (left := one.day("left")) is None or left > day]
    if not found:
        raise Refused(_("The directory has nobody in the order of precedence."), field="register")
    found.sort(key=lambda one: (one.whole("rank") or 0, one.text("name")))
    sheet = _Day(office, day)
    return [sheet.line(person) for person in found]


class _Day:
    """What is planned for one day."""

    def __init__(self, office: Office, day: date) -> None:
        self.office, self.day = office, day
        self.begins = datetime.combine(day, time.min)
        self.held = [one for one in office.list("meetings", day=day) if one.state not in _OFF]
        self.plans = [one for one in office.list("schedule", day=day) if one.state != "cancelled"]
        self.seats = [
            one for one in office.list("duty", day=day) if one.text("line") in self._lines()
        ]

    def _lines(self) -> dict[str, dict[str, object]]:
        return {str(line["id"]): line for line in self.office.setting("duty_lines")}

    def line(self, person: Record) -> Line:
        """One leader's day."""
        name = person.text("name")
        timed = [
            *self._meetings(name),
            *self._plans(name),
            *self._duty(name),
            *self._away(person),
        ]
        timed.sort(key=lambda one: (one[0], one[1].what))
        return Line(name, person.text("post"), tuple(one for _start, one in timed))

    def _hours(self, record: Record) -> tuple[datetime, str]:
        """When it begins on this day, and its hours on it in words."""
        hours = spans.span(record)
        assert hours is not None, "it is listed on a day"
        begins, ends = max(hours[0], self.begins), min(hours[1], self.begins + _DAY)
        if begins == self.begins and ends == self.begins + _DAY:
            return begins, ""
        if ends == self.begins + _DAY or record.moment("end") is None:
            return begins, f"{begins:%H:%M}"
        return begins, f"{begins:%H:%M}-{ends:%H:%M}"

    def _meetings(self, name: str) -> list[tuple[datetime, Engagement]]:
        found = []
        for record in self.held:
            if name not in _who_comes(self.office, record) or meetings.span(record) is None:
                continue
            begins, hours = self._hours(record)
            hosts = _("in the chair") if record.text("host") == name else ""
            what = record.text("title")
            found.append((begins, Engagement(hours, what, record.text("room"), hosts, record.ref)))
        return found

    def _plans(self, name: str) -> list[tuple[datetime, Engagement]]:
        found = []
        for record in self.plans:
            mine = name == record.text("leader")
            if not mine and name not in record.words("companions"):
                continue
            if any(same(record, held) for held in self.held) or record.get("kind") == "in":
                continue
            begins, hours = self._hours(record)
            if schedule.is_leave(record):
                found.append((begins, self._leave(record, hours)))
                continue
            others = [one for one in (record.text("leader"), *record.words("companions")) if one]
            others = [one for one in others if one != name]
            more = [_("with {names}").format(names=listed(others))] if others else []
            more += [record.text("vehicle")] if record.text("vehicle") else []
            said = Engagement(
                hours, record.text("matter"), record.text("place"), " ".join(more), record.ref
            )
            found.append((begins, said))
        return found

    def _leave(self, record: Record, hours: str) -> Engagement:
        last = spans.days(record)
        more = []
        if record.state == "requested":
            more.append(_("asked for, not approved yet"))
        if last is not None and last[1] > self.day:
            more.append(_("until {date}").format(date=short_date(last[1], self.office.today)))
        if record.text("deputy"):
            more.append(_("deputised by {name}").format(name=record.text("deputy")))
        return Engagement(hours, schedule.kind_words(record), "", " ".join(more), record.ref)

    def _duty(self, name: str) -> list[tuple[datetime, Engagement]]:
        """Turns of duty that begin on this day."""
        found = []
        lines = self._lines()
        for seat in self.seats:
            if seat.text("person") != name:
                continue
            shift = duty.hours(lines[seat.text("line")], self.day)
            label = duty.line_label(self.office, seat.text("line"))
            what = _("{line} duty").format(line=label)
            hours = f"{shift.start:%H:%M}"
            found.append((shift.start, Engagement(hours, what, ref=seat.ref)))
        return found

    def _away(self, person: Record) -> list[tuple[datetime, Engagement]]:
        """A leave that the directory has and the schedule has not."""
        until = away_until(person, self.day)
        name = person.text("name")
        told = any(one.text("leader") == name and schedule.is_leave(one) for one in self.plans)
        if not until or told:
            return []
        words = [_("until {date}").format(date=until[5:])]
        if person.text("deputy"):
            words.append(_("deputised by {name}").format(name=person.text("deputy")))
        leave = schedule.kind_title(schedule.LEAVE)
        ref = f"people/{person.id}"
        return [(self.begins, Engagement("", leave, "", " ".join(words), ref))]


def _who_comes(look: Look, record: Record) -> set[str]:
    """The cast, and the attendees who were not excused, or whoever comes in their place."""
    names = set(meetings.cast(record))
    for one in look.children(record, "attendees"):
        name = one.text("person")
        if one.text("substitute"):
            names.discard(name)
            names.add(one.text("substitute"))
        elif one.text("reply") == meetings.EXCUSED:
            names.discard(name)
        elif name:
            names.add(name)
    return names


_DAY = timedelta(days=1)
