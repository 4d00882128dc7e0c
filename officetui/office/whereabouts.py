"""Where the leaders are: who is here, who is out until when, who is on leave and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from officetui.office import clashes
from officetui.office.board import Where
from officetui.office.events import same
from officetui.office.look import Look
from officetui.registers import errands_parts as errands
from officetui.registers import meetings, schedule, spans
from officetui.registers.people import away_until, family_name, leads
from officetui.registers.record import Record
from officetui.text.i18n import _, pgettext
from officetui.text.words import short_date

_MOST = 2  # clashes told of one person


def whereabouts(look: Look) -> list[Where]:
    """One row for each leader, by precedence; none where the directory has no leaders."""
    leaders = [person for person in look.records("people") if leads(person)]
    leaders = [p for p in leaders if (left := p.day("left")) is None or left > look.today]
    leaders.sort(key=lambda person: (person.whole("rank") or 0, person.text("name")))
    if not leaders:
        return []
    today = _Day(look)
    short = _short_names([person.text("name") for person in leaders])
    return [today.row(person, short[person.text("name")]) for person in leaders]


class _Day:
    """What the schedule and the meetings say of one day."""

    def __init__(self, look: Look) -> None:
        self.look, self.now, self.today = look, look.local, look.today
        begins = datetime.combine(self.today, time.min)
        ends = begins + timedelta(days=1)
        self.here = str(look.setting("here")) or pgettext("whereabouts", "here")
        self.rooms = {str(room) for room in look.setting("rooms")}
        self.plans = [
            (hours, record)
            for record in look.records("schedule")
            if record.state in schedule.LIVE
            and (hours := spans.span(record)) is not None
            and hours[0] < ends
            and (hours[1] > begins or record.state == "out")
        ]
        self.trips = [
            (hours, record)
            for record in look.records("errands")
            if record.text("kind") == errands.VEHICLES
            and record.state == "approved"
            and (hours := spans.span(record)) is not None
            and hours[0] < ends
            and hours[1] > begins
        ]
        self.held = [
            (hours, record)
            for record in look.records("meetings")
            if record.state not in ("cancelled", "excused", "closed")
            and (hours := meetings.span(record)) is not None
            and hours[0] < ends
            and hours[1] > begins
        ]
        self.plans.sort(key=lambda one: one[0])
        self.trips.sort(key=lambda one: one[0])
        self.held.sort(key=lambda one: one[0])
        self.collisions = clashes.among(look, begins, ends)

    def row(self, person: Record, short: str) -> Where:
        """One leader now: on leave, out, at a meeting, or here, and what comes next."""
        name = person.text("name")
        found = self._leave(person) or self._out(name) or self._in_house(name)
        told, refs = self._clashes(name)
        where, words, ref, back, mark = found
        said = [*told, words] if where == self.here else [words, *told]
        return Where(
            ref=ref or f"people/{person.id}",
            person=name,
            about=person.text("post").removeprefix("党委").removeprefix("黨委"),
            where=where,
            words=" ".join(part for part in said if part),
            mark=mark or bool(told),
            short=_joined(_joined(short, where), back) + ("!" if mark or told else ""),
            refs=refs,
        )

    def _leave(self, person: Record) -> tuple[str, str, str, str, bool] | None:
        until = away_until(person, self.today)
        if not until:
            return None
        name = person.text("name")
        record = next(
            (
                one
                for _hours, one in self.plans
                if schedule.is_leave(one) and one.text("leader") == name
            ),
            None,
        )
        last = _("until {date}").format(date=short_date(date.fromisoformat(until), self.today))
        deputy = record.text("deputy") if record is not None else ""
        deputy = deputy or person.text("deputy")
        stands_in = _("deputised by {name}").format(name=deputy) if deputy else ""
        words = " ".join(part for part in (last, stands_in) if part)
        ref = record.ref if record is not None else ""
        return pgettext("whereabouts", "on leave"), words, ref, last, False

    def _out(self, name: str) -> tuple[str, str, str, str, bool] | None:
        """Out of the house by the schedule, or at a meeting of a higher level."""
        running = [
            (hours, one)
            for hours, one in self.plans
            if not schedule.is_leave(one)
            and one.get("kind") != "in"
            and name in (one.text("leader"), *one.words("companions"))
            and hours[0] <= self.now
            and (self.now < hours[1] or one.state == "out")
            and one.text("place") not in self.rooms
        ]
        if running:
            hours, record = running[-1]
            late = hours[1] <= self.now
            where = record.text("place") or schedule.kind_words(record)
            matter = record.text("matter") if record.text("matter") != where else ""
            back = self._back(record, hours[1], late)
            words = " ".join(p for p in (matter, back, record.text("vehicle")) if p)
            return where, words, record.ref, back, late
        for hours, record in self.held:
            if (
                record.get("kind") == "upper"
                and self._runs(hours)
                and name in meetings.cast(record)
            ):
                where = record.text("room") or schedule.kind_title("meeting")
                back = self._back(record, hours[1], False)
                return where, f"{record.text('title')} {back}".strip(), record.ref, back, False
        return self._driven(name)

    def _driven(self, name: str) -> tuple[str, str, str, str, bool] | None:
        """Under way with a vehicle that was asked for, where nothing else says it."""
        for hours, record in self.trips:
            if self._runs(hours) and name in errands.people(record):
                where = record.text("place") or schedule.kind_title("out")
                back = self._back(record, hours[1], False)
                what = " ".join(record.text("content").split())
                what = "" if what == where else what
                words = " ".join(p for p in (what, back, record.text("vehicle")) if p)
                return where, words, record.ref, back, False
        return None

    def _back(self, record: Record, end: datetime, late: bool) -> str:
        """12:00回, 11-25回; nothing where no end was said."""
        if not record.get("end"):
            return ""
        last = end - timedelta(microseconds=1)
        same_day = last.date() == self.today
        when = f"{end:%H:%M}" if same_day and record.moment("end") else ""
        if not same_day:
            when = short_date(last.date(), self.today)
        if not when:
            return ""
        words = _("should be back since {when}") if late else _("back {when}")
        return words.format(when=when)

    def _runs(self, hours: spans.Hours) -> bool:
        return hours[0] <= self.now < hours[1]

    def _in_house(self, name: str) -> tuple[str, str, str, str, bool]:
        """Here; with the meeting that runs, or what comes next."""
        coming: list[tuple[datetime, str, str]] = []
        for hours, record in self.held:
            if name in meetings.cast(record) and hours[1] > self.now:
                coming.append((hours[0], self._told(record, record.text("title")), record.ref))
        for hours, record in self.plans:
            mine = name in (record.text("leader"), *record.words("companions"))
            if not mine or schedule.is_leave(record) or hours[1] <= self.now:
                continue
            if any(same(record, held) for _hours, held in self.held):
                continue
            coming.append((hours[0], self._told(record, self._title(record)), record.ref))
        for hours, record in self.trips:
            if name in errands.people(record) and hours[1] > self.now:
                others = [one for _hours, one in (*self.held, *self.plans)]
                if not any(same(record, one) for one in others):
                    title = record.text("place") or errands.title(record)
                    coming.append((hours[0], self._told(record, title), record.ref))
        if not coming:
            return self.here, "", "", "", False
        _start, words, ref = min(coming)
        return self.here, words, ref, "", False

    def _told(self, record: Record, title: str) -> str:
        """09:30党委会."""
        start = spans.begins(record)
        return _joined(f"{start:%H:%M}", title) if start is not None else title

    def _title(self, record: Record) -> str:
        """What a side of a clash is called on the row of its leader."""
        return clashes.named(record).removeprefix(record.text("leader")).strip()

    def _hour(self, record: Record) -> str:
        """The hour of today at which it begins, else what it is called."""
        start = spans.begins(record)
        if start is None or start.date() != self.today:
            return self._title(record)
        return f"{start:%H:%M}"

    def _clashes(self, name: str) -> tuple[list[str], tuple[str, ...]]:
        """14:30与15:00撞."""
        told: list[str] = []
        refs: list[str] = []
        for clash in self.collisions:
            if name not in clash.by:
                continue
            refs += [clash.first.ref]
            second = clash.second
            if second is None or second.register == "duty" or schedule.is_leave(second):
                told.append(
                    _("{who} away from {title}").format(who=name, title=clashes.named(clash.first))
                )
                continue
            refs.append(second.ref)
            one, two = self._hour(clash.first), self._hour(second)
            if one == two:
                one, two = self._title(clash.first), self._title(second)
            told.append(_("{first} and {second} clash").format(first=one, second=two))
        return list(dict.fromkeys(told))[:_MOST], tuple(dict.fromkeys(refs))


def _joined(first: str, second: str) -> str:
    """Two words without a blank where ideographs need none: 王在镇."""
    if not first or not second or not (first[-1].isascii() and second[0].isascii()):
        return first + second
    return f"{first} {second}"


def _short_names(names: Iterable[str]) -> dict[str, str]:
    """The family name where it names one leader only, else the whole name."""
    all_names = list(names)
    families = {name: "" if name[:1].isascii() else family_name(name) for name in all_names}
    once = [family for family in families.values() if list(families.values()).count(family) == 1]
    return {name: families[name] if families[name] in once else name for name in all_names}
