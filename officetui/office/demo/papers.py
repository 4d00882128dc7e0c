"""The papers and visitors of the sample office as rows to create."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.plan import FIRST_NUMBER, PAPERS, Days, Paper

Instant = Callable[[datetime], str]
Children = list[tuple[str, dict[str, Any]]]

_CHANNELS = ("exchange", "network", "exchange", "paper", "network")
_HOURS = (time(9, 15), time(10, 40), time(15, 5), time(16, 20))


def text(moment: datetime) -> str:
    """A naive local moment as cells hold it."""
    return moment.isoformat(timespec="minutes")


def papers(content: Content, days: Days, instant: Instant) -> list[New]:
    """The papers received before the last working day, as far as they had got by then."""
    rows = [(n, paper) for n, paper in enumerate(PAPERS) if paper.came < -1]
    return [paper_row(content, days, instant, n, paper) for n, paper in rows]


def paper_row(content: Content, days: Days, instant: Instant, n: int, paper: Paper) -> New:
    """One paper of the plan."""
    came = datetime.combine(days.work(paper.came), _HOURS[n % len(_HOURS)])
    cells = arrived(content, n, came)
    cells["state"] = paper.state
    cells["urgency"] = paper.urgency
    cells["held_from"] = came.date().isoformat()
    if paper.read or paper.left:
        cells["kind"] = "read"
        if not paper.left:
            cells["closed_at"] = days.work(paper.came + 3).isoformat()
        _archived(cells, paper, days)
        return New("documents", cells, _readers(content, paper, came, instant))
    owner = content.people[paper.owner]
    leader = content.people[paper.asked or ("zhou", "liu", "sun")[n % 3]]
    cells["owner"] = owner.name
    cells["due"] = _due(days, paper, n)
    cells["proposal"] = content.proposal.format(name=leader.name)
    cells["asked"] = leader.name
    if paper.state != "proposed":
        cells["instruction"] = content.instruction.format(unit=owner.unit)
        cells["instructed_by"] = leader.name
        cells["lead_unit"] = owner.unit
    if paper.state in ("closed", "archived"):
        cells["result"] = content.results[n % len(content.results)]
        cells["closed_at"] = days.work(min((paper.due or 0) - 1, -2)).isoformat()
    _archived(cells, paper, days)
    return New("documents", cells)


def arrived(content: Content, n: int, came: datetime) -> dict[str, Any]:
    """The cells of a paper that has just been registered."""
    org, number, title, genre = content.papers[n]
    return {
        "direction": "incoming",
        "recv_no": str(FIRST_NUMBER + n),
        "recv_at": text(came),
        "channel": _CHANNELS[n % len(_CHANNELS)],
        "signed_by": content.people["li"].name,
        "from_org": org,
        "doc_no": number.format(y=came.year),
        "title": title,
        "genre": genre,
        "kind": "act",
        "copies": 1 + n % 3,
        "state": "registered",
    }


def _due(days: Days, paper: Paper, n: int) -> str | None:
    if paper.due is None:
        return None
    if paper.due == 0:
        return text(days.due_today(15 if paper.urgency else 17))
    return days.work(paper.due).isoformat()


def _archived(cells: dict[str, Any], paper: Paper, days: Days) -> None:
    if paper.state == "archived":
        cells["retention"] = "10年"
        cells["archived_at"] = days.work(-2).isoformat()
        cells.setdefault("closed_at", days.work(-3).isoformat())


def _readers(content: Content, paper: Paper, came: datetime, instant: Instant) -> Children:
    children: Children = []
    start = datetime.combine(came.date(), time(9, 30))
    for n, key in enumerate(paper.read):
        sent = start + timedelta(minutes=45 * n)
        children.append(
            (
                "readers",
                {
                    "person": content.people[key].name,
                    "sent_at": instant(sent),
                    "returned_at": instant(sent + timedelta(minutes=35)),
                    "opinion": content.opinion,
                    "state": "returned",
                },
            )
        )
    for n, key in enumerate(paper.left):
        cells: dict[str, Any] = {"person": content.people[key].name, "state": "waiting"}
        if n == 0:
            cells |= {"sent_at": instant(start + timedelta(hours=5)), "state": "sent"}
        children.append(("readers", cells))
    return children


# visitors

_RECEIVERS = ("li", "zhao", "wu", "zheng", "he")


def visitors(content: Content, days: Days, instant: Instant) -> list[New]:
    """The visitors of the last weeks who were answered."""
    rows = []
    count = len(content.visitors)
    for n in range(count):
        day = days.work(-20 + n * 18 // count)
        rows.append(_visitor(content, days, instant, n, day))
    return rows


def _visitor(content: Content, days: Days, instant: Instant, n: int, day: date) -> New:
    name, matter = content.visitors[n]
    at = datetime.combine(day, time(8 + n % 9, (n * 25 + 20) % 60))
    answered = min(day + timedelta(days=n % 3), days.work(-2))
    channel = ("visit", "call", "letter", "hotline")[n % 4]
    cells: dict[str, Any] = {
        "no": str(n + 1),
        "channel": channel,
        "at": text(at),
        "name": name,
        "phone": phone(content, n),
        "headcount": (1, 1, 3, 1, 1, 7)[n % 6],
        "matter": matter,
        "repeat": "初次",
        "group": "集体访" if n % 6 == 5 else "个访",
        "receiver": content.people[_RECEIVERS[n % 5]].name,
        "notify_due": (day + timedelta(days=15)).isoformat(),
        "replied_at": answered.isoformat(),
    }
    if channel == "visit":
        cells |= {"state": "answered_on_spot", "result": content.spot, "reply_mode": "face"}
        cells["replied_at"] = day.isoformat()
    else:
        mode = "letter" if channel == "letter" else "phone"
        cells |= {"result": content.passed_on, "reply_mode": mode}
        cells["transferred_to"] = content.hotline_unit
        cells["state"] = "answered"
    if n % 3 == 0:
        cells |= {"state": "closed", "closed_at": answered.isoformat(), "satisfaction": "满意"}
    return New("reception", cells)


def phone(content: Content, n: int) -> str:
    """An invented number that nobody has."""
    tail = (n * 7919 + 283) % 10000
    return f"1390000{tail:04}" if content.duty_phone.startswith("0000") else f"0770 90{tail:04}"


def waiting(content: Content, days: Days) -> tuple[list[New], list[New]]:
    """Those who wait for an answer: from earlier days, and of the last working day."""
    done = len(content.visitors)
    plan: tuple[tuple[str, int, time, str, dict[str, Any]], ...] = (
        ("hotline", -1, time(17, 5), "zheng", {"due": text(days.due_today(17))}),
        ("letter", -2, time(14, 20), "zhao", {"due": text(days.due_today(17, 30))}),
        ("letter", -1, time(10, 20), "wu", {}),
        ("call", -5, time(9, 40), "cao", {"state": "in_hand", "due": _later(days, -5, 60)}),
        ("hotline", -4, time(15, 20), "peng", {"state": "transferred", "due": _later(days, 5, 0)}),
        ("visit", -3, time(8, 55), "huang", {"state": "accepted", "due": _later(days, -3, 60)}),
    )
    before: list[New] = []
    last: list[New] = []
    for n, (channel, came, hour, owner, more) in enumerate(plan):
        day = days.work(came)
        name, matter = content.unanswered[n]
        many = channel == "visit"
        cells: dict[str, Any] = {
            "no": str(done + (5, 4, 6, 1, 2, 3)[n]),
            "channel": channel,
            "at": text(datetime.combine(day, hour)),
            "name": name,
            "phone": phone(content, done + n),
            "headcount": 12 if many else 1,
            "matter": matter,
            "repeat": "初次",
            "group": "集体访" if many else "个访",
            "receiver": content.people["li"].name,
            "owner": content.people[owner].name,
            "notify_due": (day + timedelta(days=15)).isoformat(),
            "state": "received",
            **more,
        }
        if channel == "hotline":
            cells["ticket"] = f"{day:%Y%m%d}{300 + n:05}"
        if cells["state"] == "transferred":
            cells["transferred_to"] = content.people[owner].unit
        (last if came == -1 else before).append(New("reception", cells))
    return before, last


def _later(days: Days, work: int, more: int) -> str:
    return (days.work(work) + timedelta(days=more)).isoformat()
