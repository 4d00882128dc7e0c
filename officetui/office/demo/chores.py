"""Emergencies, errands and pieces of information of the sample office as rows to create."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.papers import Children, Instant, text
from officetui.office.demo.plan import Days
from officetui.registers.information import month_end


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
        "final_due": text(known + timedelta(minutes=1440)),
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


class Plan(NamedTuple):
    """An errand of the plan; `day` counts working days from today, `hour` is when it is wanted."""

    kind: str
    owner: str
    day: int
    state: str
    hour: int = 9
    whom: str = ""  # a person of the plan; "" where the words name who
    cost: str = ""


# In the order of `Content.errands`.
ERRANDS: tuple[Plan, ...] = (
    Plan("seals", "li", -1, "requested"),
    Plan("repairs", "zhao", -1, "approved"),
    Plan("vehicles", "zhao", 3, "approved", 10, "wu"),
    Plan("supplies", "zhao", -6, "settled", cost="680"),
    Plan("supplies", "zhao", -4, "done", cost="1260"),
    Plan("repairs", "zhao", -7, "settled", cost="85.50"),
    Plan("vehicles", "zhao", -3, "settled", 14, "wu", "120"),
    Plan("meals", "wu", -2, "done", 18, cost="160"),
)


def errands(content: Content, days: Days, instant: Instant) -> list[New]:
    """A seal that waits, a repair of today, a trip of tomorrow, and what was done before."""
    found = []
    for plan, (unit, what) in zip(ERRANDS, content.errands, strict=True):
        day = days.after_main(plan.day) if plan.day > 0 else days.work(plan.day)
        at = datetime.combine(day, time(plan.hour, 30))
        cells: dict[str, Any] = {
            "kind": plan.kind,
            "at": text(at),
            "content": what,
            "for_whom": content.people[plan.whom].name if plan.whom else unit,
            "owner": content.people[plan.owner].name,
            "state": plan.state,
            "cost": plan.cost,
        }
        if plan.kind == "seals":
            cells |= {"seal": content.seal, "copies": 2, "due": days.main.isoformat()}
        elif plan.kind == "repairs":
            cells["due"] = text(days.due_today(17, 30)) if plan.state == "approved" else text(at)
        elif plan.kind == "vehicles":
            cells |= {"driver": content.driver, "end": text(at + timedelta(hours=2))}
            cells["vehicle"] = content.vehicles[0]
        if plan.state != "requested":
            cells |= {"approver": content.people["chen"].name, "approved_at": day.isoformat()}
        if plan.state in ("done", "settled"):
            cells |= {"done_at": instant(at), "settle_due": (day + timedelta(days=30)).isoformat()}
        if plan.state == "settled":
            cells["closed_at"] = day.isoformat()
        found.append(New("errands", {name: value for name, value in cells.items() if value}))
    return found


# Author, working days from today on which it was sent (None: not yet), and how far it is.
PIECES: tuple[tuple[str, int | None, str], ...] = (
    ("xu", -9, "adopted"),
    ("zheng", -8, "adopted"),
    ("xie", -6, "not_adopted"),
    ("huang", -5, "sent"),
    ("cao", -3, "sent"),
    ("he", -1, "sent"),
    ("wu", None, "drafting"),
)


def information(content: Content, days: Days) -> list[New]:
    """What was written for those above: two adopted, three that wait, one being written."""
    found = []
    for (author, sent, state), title in zip(PIECES, content.pieces, strict=True):
        who = content.people[author]
        cells: dict[str, Any] = {
            "title": title,
            "author": who.name,
            "owner": who.name,
            "unit": who.unit,
            "state": state,
        }
        if sent is None:
            cells["due"] = (days.today + timedelta(days=4)).isoformat()
        else:
            day = days.work(sent)
            wait = (day + timedelta(days=30)).isoformat()
            cells |= {"sent_at": day.isoformat(), "sent_to": content.above, "wait_until": wait}
            cells["counts_until"] = month_end(day)
        if state in ("adopted", "not_adopted"):
            closed = days.work(-2).isoformat()
            cells["closed_at"] = closed
            if state == "adopted":
                cells |= {"adopted_at": closed, "adopted_by": [content.above]}
        found.append(New("information", cells))
    return found
