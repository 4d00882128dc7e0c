"""What the sample office writes itself: outgoing papers and drafts as rows to create."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from officetui.office.changes import New
from officetui.office.demo.content import Content
from officetui.office.demo.papers import Children, Instant, text
from officetui.office.demo.plan import Days
from officetui.registers.outgoing import NUMBERING

_VILLAGES = 6  # that the notice went to
_BACK = 4  # of them that have confirmed


class Plan(NamedTuple):
    """An outgoing paper of the plan; `drafted` counts working days from today, `due` calendar
    days; `n` is its number, 0 while it has none."""

    genre: str
    drafter: str
    signer: str
    drafted: int
    state: str
    n: int = 0
    due: int | None = None


# In the order of `Content.outgoing`, which has their titles and recipients.
OUTGOING: tuple[Plan, ...] = (
    Plan("报告", "he", "wang", -9, "delivered", 1),
    Plan("通知", "zhao", "chen", -8, "void", 2),
    Plan("函", "xu", "zhou", -7, "delivered", 3),
    Plan("通知", "xu", "zhou", -5, "issued", 4),
    Plan("请示", "zhao", "wang", -3, "reviewed", due=0),
    Plan("意见", "huang", "", -3, "consulting", due=6),
)


def outgoing(content: Content, days: Days, instant: Instant) -> list[New]:
    """The papers written before the last working day, as far as they had got by then."""
    return [
        _paper(content, days, instant, plan, *words)
        for plan, words in zip(OUTGOING, content.outgoing, strict=True)
    ]


def _due(days: Days, due: int | None) -> str | None:
    if due is None:
        return None
    if due == 0:
        return text(days.due_today(17, 30))
    return (days.today + timedelta(days=due)).isoformat()


def _paper(content: Content, days: Days, instant: Instant, plan: Plan, title: str, to: str) -> New:
    day = days.work(plan.drafted)
    signed = days.work(plan.drafted + 2)
    drafter = content.people[plan.drafter].name
    cells: dict[str, Any] = {
        "title": title,
        "genre": plan.genre,
        "drafter": drafter,
        "owner": drafter,
        "drafted_at": day.isoformat(),
        "held_from": min(signed, days.work(-1)).isoformat(),
        "main_to": [to],
        "state": plan.state,
        "due": _due(days, plan.due),
    }
    children: Children = []
    if plan.signer:
        cells["reviewer"] = content.people["li"].name
        cells["signer"] = content.people[plan.signer].name
    if plan.n:
        cells |= {"sign_date": signed.isoformat(), "registered_at": signed.isoformat()}
        cells["org_code"] = content.org_code
        cells["doc_no"] = NUMBERING.written(content.org_code, signed.year, plan.n)
    if plan.state == "void":
        cells |= {"void_at": signed.isoformat(), "reason": content.void}
    elif plan.state in ("delivered", "issued"):
        children = _receipts(content, instant, plan, signed, to, cells)
    elif plan.state == "consulting":
        children = _opinions(content, instant, day)
    return New("outgoing", cells, children)


def _receipts(
    content: Content, instant: Instant, plan: Plan, signed: date, to: str, cells: dict[str, Any]
) -> Children:
    """What was issued with the receipts that came: all of them, or from four of six villages."""
    sent = datetime.combine(signed, time(16, 20))
    cells |= {"copies": 8, "sent_at": instant(sent), "sealed_at": signed.isoformat()}
    recipients: tuple[str, ...] = (to,)
    back = 1
    if plan.state == "issued":
        recipients, back = content.villages[:_VILLAGES], _BACK
        cells["main_to"] = list(recipients)
    else:
        cells["delivered_at"] = signed.isoformat()
    children: Children = []
    for n, recipient in enumerate(recipients):
        receipt = {"recipient": recipient, "sent_at": instant(sent), "state": "sent"}
        if n < back:
            at = sent + timedelta(minutes=17 * (n + 1))
            receipt |= {"state": "received", "received_at": instant(at)}
        children.append(("receipts", receipt))
    return children


def _opinions(content: Content, instant: Instant, day: date) -> Children:
    """Two units were asked; one has replied."""
    asked = instant(datetime.combine(day, time(10, 30)))
    first, second = content.units[1], content.units[3]
    replied = instant(datetime.combine(day, time(15, 40)))
    return [
        (
            "consulted",
            {
                "unit": first,
                "asked_at": asked,
                "replied_at": replied,
                "reply": content.results[1],
                "adopted": "yes",
                "state": "replied",
            },
        ),
        ("consulted", {"unit": second, "asked_at": asked, "state": "asked"}),
    ]


def drafts(content: Content, days: Days, instant: Instant) -> list[New]:
    """What is being written: a speech for today, and the report of the year."""
    wang, zhao, wu = (content.people[name].name for name in ("wang", "zhao", "wu"))
    speech, report = content.drafts
    begun = days.work(-4)
    held = days.work(-2)
    versions: Children = [
        ("versions", {"version": version, "at": instant(datetime.combine(day, at)), "by": zhao})
        for version, day, at in (("初稿", begun, time(17, 5)), ("二稿", held, time(11, 20)))
    ]
    return [
        New(
            "drafts",
            {
                "title": speech,
                "for_whom": wang,
                "due": _due(days, 0),
                "version": "二稿",
                "writer": zhao,
                "owner": zhao,
                "reviewer": wang,
                "asked_at": begun.isoformat(),
                "held_from": held.isoformat(),
                "state": "writing",
            },
            versions,
        ),
        New(
            "drafts",
            {
                "title": report,
                "due": _due(days, 9),
                "writer": wu,
                "owner": wu,
                "asked_at": held.isoformat(),
                "held_from": held.isoformat(),
                "state": "writing",
            },
        ),
    ]
