"""The meetings of the sample office as rows to create."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.papers import Children, Instant, text
from officetui.office.demo.plan import Days

BEFORE = (-1440, -240, -120, -90, -60, -30, -30, -10)  # minutes, of the work meeting
_COMMITTEE = ("wang", "ma", "liu", "zhou", "li", "he", "gao", "chen", "sun")
COMMITTEE = (-1440, -1200, -240, -120, -60, -45, -40, -30, -10)


def meetings(content: Content, days: Days, instant: Instant) -> list[New]:
    """The nine meetings of two weeks."""
    return [
        *_past(content, days),
        _committee(content, days, instant),
        *_colliding(content, days, instant),
        *_coming(content, days),
    ]


def _row(
    content: Content, key: str, start: datetime, minutes: int, host: str, leaders: str, **more: Any
) -> dict[str, Any]:
    words = content.meetings[key]
    return {
        "title": words.title,
        "kind": "own",
        "start": text(start),
        "end": text(start + timedelta(minutes=minutes)),
        "room": content.rooms[words.room],
        "host": content.people[host].name,
        "leaders": [content.people[name].name for name in leaders.split()],
        "scope": words.scope,
        "lead_unit": words.unit,
        "owner": content.people["li"].name,
        **more,
    }


def _items(content: Content, done: int, *, committee: bool = False) -> Children:
    """A checklist of which the first `done` are ticked."""
    words = content.items if committee else content.work_items
    offsets = COMMITTEE if committee else BEFORE
    staff = [content.people[key].name for key in ("zhao", "wu", "zheng")]
    return [
        (
            "items",
            {
                "what": what,
                "offset": offset,
                "owner": staff[n % 3],
                "state": "done" if n < done else "open",
            },
        )
        for n, (what, offset) in enumerate(zip(words, offsets, strict=True))
    ]


def _attendees(names: list[str], told: str, answered: int, *, units: bool = True) -> Children:
    """Attendees of whom the first `answered` come; of the others one was not reached."""
    children: Children = []
    for n, name in enumerate(names):
        cells: dict[str, Any] = {"unit" if units else "person": name, "role": "出席"}
        cells |= {"notified_at": told, "method": "phone", "state": "notified"}
        if n < answered:
            cells |= {"reply": "参会", "state": "answered"}
        elif n == len(names) - 1:
            cells["state"] = "unreachable"
        children.append(("attendees", cells))
    return children


def _past(content: Content, days: Days) -> list[New]:
    def of(work: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(days.work(work), time(hour, minute))

    week = _row(content, "week", of(-4, 8, 30), 60, "chen", "wang chen liu", state="closed")
    week["closed_at"] = days.work(-3).isoformat()
    fire = _row(content, "fire", of(-2, 9), 150, "zhou", "zhou sun", state="minutes_signed")
    study = _row(content, "study", of(-2, 15), 120, "wang", "wang chen liu", state="held")
    decisions: Children = [
        ("decisions", {"what": what, "owner": content.people["huang"].name})
        for what in content.decisions
    ]
    return [
        New("meetings", week, _items(content, 8)),
        New("meetings", fire, [*_items(content, 8), *decisions]),
        New("meetings", study, _items(content, 8)),
    ]


def _committee(content: Content, days: Days, instant: Instant) -> New:
    start = datetime.combine(days.main, time(10, 30))
    cells = _row(content, "committee", start, 75, "wang", "ma liu zhou", state="notified")
    told = instant(datetime.combine(days.work(-2), time(16, 0)))
    names = [content.people[key].name for key in _COMMITTEE]
    people = _attendees(names, told, 9, units=False)
    people[7][1]["reply"] = "请假"
    people[8][1].update(reply="替会", substitute=content.people["huang"].name)
    agenda: Children = [("agenda", {"what": what, "minutes": 25}) for what in content.agenda]
    return New("meetings", cells, [*_items(content, 7, committee=True), *people, *agenda])


def _colliding(content: Content, days: Days, instant: Instant) -> list[New]:
    """Two meetings that want one room and one leader at the same time."""
    first, second = days.clash, days.clash + timedelta(minutes=30)
    told = instant(datetime.combine(days.work(-2), time(16, 30)))
    safety = _row(content, "safety", first, 90, "zhou", "zhou", state="notified")
    petitions = _row(content, "petitions", second, 90, "liu", "liu zhou", state="notified")
    guards = [content.safety.format(village=village) for village in content.villages]
    contacts = list(content.villages[:12])
    return [
        New(
            "meetings",
            safety,
            [*_items(content, 5), *_attendees([*guards, *content.firms], told, 28)],
        ),
        New("meetings", petitions, [*_items(content, 4), *_attendees(contacts, told, 10)]),
    ]


def _coming(content: Content, days: Days) -> list[New]:
    next_day, later = days.after_main(1), days.after_main(4)
    week = _row(
        content, "next_week", datetime.combine(next_day, time(8, 30)), 60, "chen", "chen liu"
    )
    branch = _row(
        content,
        "branch",
        datetime.combine(next_day, time(15)),
        90,
        "chen",
        "chen ma",
        kind="branch",
    )
    branch["rsvp_due"] = text(_names_due(days))
    inspection = _row(
        content, "inspection", datetime.combine(later, time(0)), 0, "wang", "wang chen ma liu zhou"
    )
    inspection["start"] = later.isoformat()
    inspection["kind"] = "upper"
    del inspection["end"]
    units: Children = [("attendees", {"unit": v, "role": "出席"}) for v in content.villages]
    return [
        New("meetings", week, _items(content, 0)),
        New("meetings", branch, [*_items(content, 1), *units]),
        New("meetings", inspection, _items(content, 0)),
    ]


def _names_due(days: Days) -> datetime:
    """Noon today; later in the day some time is left, in the evening it is the next day's noon."""
    if days.main != days.today or days.now.hour >= 16:
        day = days.main if days.main != days.today else days.after_main(1)
        return datetime.combine(day, time(12))
    return days.ahead(12)
