"""The leaders' schedule of the sample office as rows to create."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.papers import Instant, text
from officetui.office.demo.plan import Days


def outings(content: Content, days: Days, instant: Instant) -> list[New]:
    """Somebody out until noon, two who will be, one on leave, and a leave to be approved."""
    left = (days.now - timedelta(minutes=30)).replace(second=0, microsecond=0)
    left -= timedelta(minutes=left.minute % 10)
    county = _row(content, "chen", "county", text(left), text(days.ahead(12)))
    county |= {"state": "out", "kind": "meeting", "vehicle": content.vehicles[0]}
    county["left_at"] = instant(left)
    first, last = days.after_main(2), days.after_main(3)
    course = _row(content, "liu", "course", first.isoformat(), last.isoformat())
    visit = datetime.combine(days.after_main(1), time(10))
    village = _row(content, "zhou", "village", text(visit), text(visit + timedelta(hours=2)))
    village |= {"companions": [content.people["xu"].name], "vehicle": content.vehicles[-1]}
    rest = _leave(content, "sun", "rest", days.today, (-2, 1))
    rest |= {
        "state": "away",
        "deputy": content.people["zhou"].name,
        "approver": content.people["wang"].name,
        "approved_at": days.work(-4).isoformat(),
    }
    private = _leave(content, "cao", "private", days.today, (4, 5)) | {"state": "requested"}
    return [New("schedule", cells) for cells in (county, course, village, rest, private)]


def _row(content: Content, who: str, key: str, start: str, end: str) -> dict[str, Any]:
    place, matter = content.outings[key]
    return {
        "leader": content.people[who].name,
        "kind": "out",
        "start": start,
        "end": end,
        "place": place,
        "matter": matter,
        "owner": content.people["li"].name,
    }


def _leave(
    content: Content, who: str, key: str, today: date, days: tuple[int, int]
) -> dict[str, Any]:
    first, last = (today + timedelta(days=n) for n in days)
    cells = _row(content, who, key, first.isoformat(), last.isoformat())
    return {**cells, "kind": "leave"}
