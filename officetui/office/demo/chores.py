"""Emergencies, errands and pieces of information of the sample office as rows to create."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.papers import Children, Instant, text
from officetui.office.demo.plan import Days


def incidents(content: Content, days: Days, instant: Instant) -> list[New]:
    """One emergency of last week, reported four times and concluded."""
    place, matter, source, nobody, scope, trend, measures, to, result = content.incident
    at = datetime.combine(days.work(-5), time(21, 40))
    known = at + timedelta(minutes=12)
    night, chief = content.people["gao"].name, content.people["liu"].name
    children: Children = []
    for kind, minutes, words in (
        ("phone", 9, matter),
        ("written", 33, f"{matter} {nobody}"),
        ("follow_up", 150, measures),
        ("final", 620, result),
    ):
        cells = {"at": instant(known + timedelta(minutes=minutes)), "kind": kind, "to": to}
        cells |= {"content": words, "by": night}
        if kind != "phone":
            cells["approved_by"] = chief
        children.append(("reports", cells))
    cells = {
        "at": text(at),
        "place": place,
        "matter": matter,
        "kind": "natural",
        "source": source,
        "casualties": nobody,
        "scope": scope,
        "trend": trend,
        "measures": measures,
        "learned_at": text(known),
        "phone_due": text(known + timedelta(minutes=20)),
        "written_due": text(known + timedelta(minutes=40)),
        "reported_to": to,
        "approved_by": chief,
        "first_report_at": children[0][1]["at"],
        "phoned_at": children[0][1]["at"],
        "written_at": children[1][1]["at"],
        "last_report_at": children[3][1]["at"],
        "result": result,
        "owner": content.people["he"].name,
        "state": "final",
        "closed_at": days.work(-4).isoformat(),
    }
    return [New("incidents", cells, children)]
