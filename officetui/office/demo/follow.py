"""The follow-ups of the sample office as rows to create."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.papers import Children, Instant, text
from officetui.office.demo.plan import Days

FIRST = 25  # their numbers go on from here
COLLECTING = 6  # the place of the one that is collected from the villages
_REPORTED = 11  # villages of it


class Plan(NamedTuple):
    """A follow-up of the plan; `raised` and `due` are calendar days from today."""

    source: str
    by: str  # a person of the plan; "" where the words name who
    owner: str
    raised: int
    due: int
    state: str = "in_hand"
    urged: int = 0


# In the order of their numbers; the words stand in `Content.followups`.
FOLLOWUPS: tuple[Plan, ...] = (
    Plan("upper", "", "liu", -9, 0),
    Plan("verbal", "chen", "wu", -8, 6, "assigned"),
    Plan("decision", "", "huang", -8, 19),
    Plan("instruction", "wang", "zhou", -7, -2, urged=3),
    Plan("petition", "", "xie", -6, 5, "reported"),
    Plan("inspection", "", "cao", -6, 24),
    Plan("decision", "", "zheng", -5, 0, urged=1),
    Plan("verbal", "liu", "gao", -4, 13),
)


def followups(content: Content, days: Days, instant: Instant) -> list[New]:
    """What was raised before the last working day."""
    return [
        _row(content, days, instant, n, plan, words)
        for n, (plan, words) in enumerate(zip(FOLLOWUPS, content.followups, strict=True))
    ]


def _row(
    content: Content, days: Days, instant: Instant, n: int, plan: Plan, words: tuple[str, str, str]
) -> New:
    who, what, standard = words
    owner = content.people[plan.owner]
    raised = days.today + timedelta(days=plan.raised)
    cells: dict[str, Any] = {
        "no": str(FIRST + n),
        "source": plan.source,
        "raised_by": content.people[plan.by].name if plan.by else who,
        "raised_at": text(datetime.combine(raised, time(9, 40))),
        "content": what,
        "standard": standard,
        "lead_unit": content.units[0] if owner.rank else owner.unit,
        "owner": owner.name,
        "due": _due(days, plan),
        "held_from": raised.isoformat(),
        "state": plan.state,
    }
    children = _urgings(content, days, instant, plan)
    if plan.state == "reported":
        at = instant(datetime.combine(days.work(-2), time(16, 10)))
        told = {"at": at, "by": owner.name, "text": content.results[2], "progress": 100}
        children.append(("feedback", told))
    if n == COLLECTING:
        cells["collecting"] = True
        children += _villages(content, days, instant, raised)
    return New("followups", cells, children)


def _due(days: Days, plan: Plan) -> str:
    if plan.due == 0:
        return text(days.due_today(17, 30))
    return (days.today + timedelta(days=plan.due)).isoformat()


def _urgings(content: Content, days: Days, instant: Instant, plan: Plan) -> Children:
    return [
        (
            "urgings",
            {
                "at": instant(datetime.combine(days.work(-2 - n), time(15, 30))),
                "method": "phone",
                "by": content.people["li"].name,
            },
        )
        for n in reversed(range(plan.urged))
    ]


def _villages(content: Content, days: Days, instant: Instant, raised: date) -> Children:
    """Every village is asked; eleven have reported."""
    children: Children = []
    for n, village in enumerate(content.villages):
        cells: dict[str, Any] = {"unit": village, "state": "waiting"}
        if (n * 7) % len(content.villages) < _REPORTED:
            at = datetime.combine(days.work(-2), time(9, 5)) + timedelta(minutes=11 * n)
            cells |= {"state": "reported", "reported_at": instant(at)}
        children.append(("units", cells))
    return children
