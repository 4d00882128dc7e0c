"""Making the sample office: its registers imported on the last working day, then what has
happened since, each at its hour, until now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from officetui.errors import Refused
from officetui.office.changes import New
from officetui.office.clock import Clock, FixedClock
from officetui.office.demo.chores import errands, incidents, information
from officetui.office.demo.content import Content
from officetui.office.demo.follow import followups
from officetui.office.demo.gatherings import meetings
from officetui.office.demo.outings import outings
from officetui.office.demo.papers import arrived, paper_row, papers, text, visitors, waiting
from officetui.office.demo.plan import PAPERS, Days, on_duty
from officetui.office.demo.written import drafts, outgoing
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.registers.workflow import utc_text

IMPORTED = time(8, 10)


class Happening(NamedTuple):
    """Something that happened at a naive local moment, done by the person `by` names."""

    at: datetime
    by: str
    do: Callable[[], object]


def content_of(language: str) -> Content:
    """The words of the sample in a language."""
    if language == "zh_CN":
        from officetui.office.demo.zh import ZH

        return ZH
    if language == "zh_TW":
        from officetui.office.demo.zh_tw import traditional

        return traditional()
    from officetui.office.demo.en import EN

    return EN


def make(home: Path, clock: Clock, language: str, zone: str) -> Office:
    """See `make_demo`."""
    content = content_of(language)
    user = content.people["li"].name
    past = FixedClock(clock.now())
    office = Office.found(home, name=content.office, user=user, zone=zone, clock=past)
    days = Days(office.local)
    story = _Story(office, content, days, past)
    story.tell()
    office.flush()
    office.close()
    # The past was written on another machine, so to speak: undo must not unmake it.
    (home / "device.json").unlink(missing_ok=True)
    return Office.open(home, clock=clock, user=user)


DEPUTIES = {"sun": "zhou", "zhou": "sun"}


class _Story:
    """The sample office while it is made."""

    def __init__(self, office: Office, content: Content, days: Days, clock: FixedClock) -> None:
        self.office, self.content, self.days, self.clock = office, content, days, clock
        self.begun = max(days.work(-1), days.today - timedelta(days=3))
        self.happenings: list[Happening] = []

    def tell(self) -> None:
        """Import, then let everything happen that has happened by now."""
        start = datetime.combine(self.begun, IMPORTED)
        self.clock.instant = self.office.instant(start)
        self.office.create_many(self._registers())
        self._duty_days()
        self._papers()
        self._meetings()
        self._decision()
        now = self.days.now
        for happening in sorted(self.happenings, key=lambda h: h.at):
            if start < happening.at <= now:
                self.clock.instant = self.office.instant(happening.at)
                self.office.user = self.content.people[happening.by].name
                happening.do()

    def instant(self, local: datetime) -> str:
        """A naive local moment as the text of an instant."""
        return utc_text(self.office.instant(local))

    def add(self, at: datetime, by: str, do: Callable[[], object]) -> None:
        self.happenings.append(Happening(at, by, do))

    def step(self, refs: list[str], step: str, inputs: Mapping[str, Any] | None = None) -> None:
        """Take a step for the records of these refs."""
        records = [record for ref in refs if (record := self.office.get(ref)) is not None]
        self.office.do(records, step, inputs)

    # what is imported

    def _registers(self) -> list[New]:
        content, days = self.content, self.days
        before, self.fresh = waiting(content, days)
        return [
            *self._settings(),
            *self._people(),
            *self._roster(),
            *papers(content, days, self.instant),
            *meetings(content, days, self.instant),
            *visitors(content, days, self.instant),
            *before,
            *followups(content, days, self.instant),
            *incidents(content, days, self.instant),
            *errands(content, days, self.instant),
            *information(content, days),
            *outings(content, days, self.instant),
            *outgoing(content, days, self.instant),
            *drafts(content, days, self.instant),
        ]

    def _settings(self) -> list[New]:
        content = self.content
        values: dict[str, Any] = {
            "rooms": list(content.rooms),
            "vehicles": list(content.vehicles),
            "units": list(content.units),
            "here": content.here,
            "org_codes": [content.org_code],
            "duty_phone": content.duty_phone,
            "information_to": [content.above],
            "information_quota": dict(zip(content.units, (4, 3, 3, 3, 2), strict=False)),
        }
        return [New("settings", {"name": n, "value": v}) for n, v in values.items()]

    def _people(self) -> list[New]:
        today = self.days.today
        leave = {
            "lin": f"{today - timedelta(days=45)}/{today + timedelta(days=41)}",
        }
        rows = []
        for key, who in self.content.people.items():
            cells: dict[str, Any] = {
                "name": who.name,
                "unit": who.unit,
                "post": who.post,
                "phone": who.phone,
                "office_phone": who.office_phone,
                "rank": who.rank,
                "portfolio": list(who.portfolio),
                "note": who.note,
            }
            if key in leave:
                cells["leave"] = [leave[key]]
            if key in DEPUTIES:
                cells["deputy"] = self.content.people[DEPUTIES[key]].name
            if key == "li":
                cells["login"] = _account()
            rows.append(New("people", cells))
        return rows

    def _roster(self) -> list[New]:
        """Every seat from the beginning of the month to its end, at least ten days on."""
        today = self.days.today
        first = min(today.replace(day=1), self.begun - timedelta(days=1))
        last = max((today.replace(day=28) + timedelta(days=4)).replace(day=1), today)
        last = max(last - timedelta(days=1), today + timedelta(days=10))
        rows = []
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            for line, keys in on_duty(day, today).items():
                for seat, key in enumerate(keys, start=1):
                    rows.append(New("duty", self._seat(day, line, seat, key)))
        return rows

    def _seat(self, day: date, line: str, seat: int, key: str) -> dict[str, Any]:
        who = self.content.people[key]
        cells: dict[str, Any] = {
            "date": day.isoformat(),
            "line": line,
            "seat": seat,
            "person": who.name,
            "phone": who.phone,
            "state": "planned",
        }
        if day > self.begun:
            return cells
        eve = day - timedelta(days=1)
        cells |= {
            "notified_at": self.instant(datetime.combine(eve, time(16, 20))),
            "notified_by": self.content.people["li"].name,
            "method": "phone",
            "confirmed_at": self.instant(datetime.combine(eve, time(16, 40))),
            "state": "confirmed",
        }
        started = {"day": time(7, 51), "night": time(17, 21)}.get(line)
        if started and (day < self.begun or line == "day"):
            cells["arrived_at"] = self.instant(datetime.combine(day, started))
            cells["state"] = "arrived"
        if day < self.begun:
            ended = datetime.combine(day, time(17, 28))
            if line != "day":
                ended = datetime.combine(day + timedelta(days=1), time(7, 52))
            cells["handed_over_at"] = self.instant(ended)
            cells["taken_over_at"] = self.instant(ended + timedelta(minutes=8))
            cells["accepted"] = "screen"
            cells["state"] = "taken_over"
        return cells

    # what has happened since

    def _duty_days(self) -> None:
        today = self.days.today
        for n in range((today - self.begun).days + 1):
            self._shift(self.begun + timedelta(days=n))
        told = datetime.combine(today, time(17, 0)) - timedelta(days=1)
        tomorrow = today + timedelta(days=1)
        sure = [*_seats(tomorrow, "leader"), *_seats(tomorrow, "day"), _seat(tomorrow, "night")]
        self._tell(told, sure, confirmed=told + timedelta(minutes=12))

    def _tell(self, at: datetime, refs: list[str], *, confirmed: datetime) -> None:
        answer = {"method": "phone", "answer": self.content.told[2]}
        self.add(at, "li", lambda: self.step(refs, "notify", answer))
        self.add(confirmed, "li", lambda: self.step(refs, "confirm"))

    def _shift(self, day: date) -> None:
        """One day of duty: told the day before, arrivals, and both changes of the shift."""
        today, eve, morrow = self.days.today, day - timedelta(days=1), day + timedelta(days=1)
        turns = on_duty(day, today)
        at = datetime.combine
        night = _seats(day, "night", len(turns["night"]))
        leaders = _seats(day, "leader", len(turns["leader"]))
        day_seat = _seat(day, "day")
        if day > self.begun:
            others = [*leaders, day_seat, *([] if day == today else night)]
            self._tell(at(eve, time(16, 20)), others, confirmed=at(eve, time(16, 40)))
            self.add(at(day, time(7, 51)), turns["day"][0], lambda: self.step([day_seat], "arrive"))
        if day == today:
            self._tonight(night)
        self.add(at(day, time(17, 21)), turns["night"][0], lambda: self.step(night, "arrive"))
        taken = time(19, 10) if day == today else time(17, 34)
        left = self.content.evening if day == today else None
        self._change(
            day_seat,
            turns["day"][0],
            turns["night"][0],
            at(day, time(17, 28)),
            at(day, taken),
            left,
        )
        last = morrow == today
        for n, ref in enumerate(night):
            self._change(
                ref,
                turns["night"][n],
                on_duty(morrow, today)["day"][0],
                at(morrow, time(7, 50)),
                at(morrow, time(9, 40) if last else time(8, 3)),
                self.content.handover if last and n == 0 else None,
            )
        for n, ref in enumerate(leaders):
            chief = turns["leader"][n]
            heir = on_duty(morrow, today)["leader"][0]
            hour = at(morrow, time(7, 59))
            self._change(ref, chief, heir, hour, hour + timedelta(minutes=1), None)

    def _tonight(self, night: list[str]) -> None:
        """Tonight was called twice in vain; towards evening the answer comes."""
        nobody, off, _will = self.content.told
        for moment, answer in ((self.days.at(-1, 16, 25), nobody), (self.days.at(0, 7, 30), off)):
            call = {"method": "phone", "answer": answer}
            self.add(moment, "li", lambda call=call: self.step(night, "notify", call))  # type: ignore[misc]
        self._tell(self.days.at(0, 16, 44), night, confirmed=self.days.at(0, 16, 45))

    def _change(
        self, ref: str, giver: str, taker: str, given: datetime, taken: datetime, left: str | None
    ) -> None:
        name = self.content.people[taker].name
        accept = {"taken_over_by": name, "accepted": "screen"}
        self.add(given, giver, lambda: self.step([ref], "hand_over", {"handover": left}))
        self.add(taken, taker, lambda: self.step([ref], "take_over", accept))

    def _papers(self) -> None:
        content, days = self.content, self.days
        begun = datetime.combine(self.begun, time(9, 20))
        last = [
            paper_row(content, days, self.instant, n, paper)
            for n, paper in enumerate(PAPERS)
            if paper.came == -1
        ]
        fresh = [New("documents", _just(row.cells)) for row in last] + self.fresh
        self.add(begun, "li", lambda: self.office.create_many(fresh, "documents.add"))
        for row in last:
            asked = {"proposal": row.cells["proposal"], "asked": row.cells["asked"]}
            number = row.cells["recv_no"]
            later = begun + timedelta(minutes=40)
            self.add(later, "li", lambda n=number, a=asked: self._paper(n, "propose", a))  # type: ignore[misc]
        for n, paper in enumerate(PAPERS):
            if paper.urged >= 0:
                call = {"method": "phone", "answer": content.urged[paper.urged]}
                moment = datetime.combine(self.begun, time(16, 0)) + timedelta(minutes=n)
                self.add(moment, "li", lambda n=n, c=call: self._paper(n, "urge", c))  # type: ignore[misc]
        self._morning_papers()
        self._evening()

    def _morning_papers(self) -> None:
        """What came this morning: one that cannot wait, four to be proposed."""
        content, days = self.content, self.days
        count = len(PAPERS)
        urgent_at = days.at(0, 6, 58)
        if urgent_at > days.now:
            urgent_at = days.now - timedelta(minutes=40)
        urgent = arrived(content, count, urgent_at)
        urgent |= {
            "urgency": "特急",
            "channel": "fax",
            "due": text(days.ahead(10)),
            "held_from": urgent_at.date().isoformat(),
            "owner": content.people["li"].name,
        }
        leader = content.people["liu"].name
        asked = {"proposal": content.proposal.format(name=leader), "asked": leader}
        self.add(urgent_at, "gao", lambda: self.office.create("documents", urgent))
        self.add(
            urgent_at + timedelta(minutes=4), "gao", lambda: self._paper(count, "propose", asked)
        )
        came = days.early(7, 40)
        rows = []
        for n in range(count + 1, len(content.papers)):
            cells = arrived(content, n, came + timedelta(minutes=n - count))
            cells |= {"owner": content.people["li"].name, "held_from": came.date().isoformat()}
            rows.append(New("documents", cells))
        moment = max(came + timedelta(minutes=8), datetime.combine(self.begun, time(8, 30)))
        self.add(moment, "li", lambda: self.office.create_many(rows, "documents.add"))

    def _evening(self) -> None:
        """By the evening of a working day some of what was due has been done."""
        days, content = self.days, self.content
        if days.main != days.today:
            return
        result = {"result": content.results[0]}
        due = [n for n, paper in enumerate(PAPERS) if paper.due == 0 and paper.urgency]
        for n in due:
            self.add(days.at(0, 14, 40), "xu", lambda n=n: self._paper(n, "close", result))  # type: ignore[misc]
        answer = {"result": content.passed_on, "reply_mode": "phone"}
        for n, (_name, matter) in enumerate(content.unanswered[:2]):
            moment = days.at(0, 16, 40 + n)
            self.add(moment, "zhao", lambda m=matter: self._visitor(m, answer))  # type: ignore[misc]

    def _paper(self, n: int | str, step: str, inputs: Mapping[str, Any]) -> None:
        number = n if isinstance(n, str) else arrived(self.content, n, self.days.now)["recv_no"]
        self.office.do([self._one("documents", "recv_no", number)], step, inputs)

    def _visitor(self, matter: str, answer: Mapping[str, Any]) -> None:
        self.office.do([self._one("reception", "matter", matter)], "answer", answer)

    def _one(self, register: str, cell: str, value: str) -> Record:
        for record in self.office.records(register):
            if record.text(cell) == value:
                return record
        raise Refused(f"{register} {cell} {value}")

    def _decision(self) -> None:
        """A decision of the fire meeting is followed up; it stays linked to the meeting."""
        what = self.content.decisions[0]
        begun = datetime.combine(self.begun, time(9, 5))
        due = {"due": (self.days.today + timedelta(days=10)).isoformat()}

        def decided() -> None:
            self.office.do([self._one("meetings.decisions", "what", what)], "follow_up", due)

        self.add(begun, "li", decided)

    def _meetings(self) -> None:
        """The committee of this morning has met by noon."""
        if self.days.main != self.days.today:
            return
        title = self.content.meetings["committee"].title
        moment = self.days.at(0, 11, 50)
        self.add(
            moment, "li", lambda: self.office.do([self._one("meetings", "title", title)], "hold")
        )


def _just(cells: Mapping[str, Any]) -> dict[str, Any]:
    """A paper as it was registered: before anybody proposed anything."""
    later = ("proposal", "asked", "instruction", "instructed_by", "lead_unit")
    return {name: value for name, value in cells.items() if name not in later} | {
        "state": "registered"
    }


def _seat(day: date, line: str, seat: int = 1) -> str:
    return f"duty/duty:{day.isoformat()}:{line}:{seat}"


def _seats(day: date, line: str, count: int = 1) -> list[str]:
    return [_seat(day, line, seat) for seat in range(1, count + 1)]


def _account() -> str:
    """The account's name, so that other commands know whose office it is."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
