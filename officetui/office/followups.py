"""Follow-ups on the board: the block of Today, its counts, and what wants a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from officetui.office import numbers
from officetui.office.board import Attention, FollowupRow
from officetui.office.deadlines import LATER, NEWLY, OLD, TODAY, open_records, urged
from officetui.office.look import Look
from officetui.registers import followups
from officetui.registers.followups import FOLLOWUPS
from officetui.registers.record import Record
from officetui.text.i18n import _, ngettext, pgettext

_RANK = {followups.RED: 0, "": 1, followups.YELLOW: 2, followups.GREEN: 3}
_DOING = ("raised", "broken_down", "assigned", "in_hand")


def rows(look: Look) -> list[FollowupRow]:
    """Every open follow-up: red, without a deadline, yellow, green; the next deadline first."""
    found = []
    for record in open_records(look, FOLLOWUPS):
        due = look.calendar.deadline(record.get("due")) or datetime.max
        row = _row(look, record)
        found.append(((_RANK[row.colour], due, record.text("no")), row))
    found.sort(key=lambda one: one[0])
    return [row for _order, row in found]


def _row(look: Look, record: Record) -> FollowupRow:
    colour = followups.colour(record, look)
    times = len(urged(look, record))
    tried = ngettext("urged once", "urged {n} times", times).format(n=times) if times else ""
    count = followups.tally(record, look)
    title = FOLLOWUPS.headline(record)
    complete = bool(record.get("due") and record.get("owner"))
    return FollowupRow(
        ref=record.ref,
        badge=numbers.badge(look, record),
        source=followups.source_words(record, look),
        title=f"{title} {count}" if count else title,
        colour=colour,
        left=followups.colour_words(record, look),
        owner=record.text("owner") or _("nobody"),
        next=followups.progress(record, look),
        tried=tried,
        mark=colour == followups.RED or not complete,
        step=FOLLOWUPS.pressed.get(record.state, "urge" if complete else "assign"),
    )


def counts(look: Look) -> dict[str, int]:
    """How many are open, and how many of each colour."""
    found = {"followups": 0} | {f"followups_{colour}": 0 for colour in followups.COLOURS}
    for record in open_records(look, FOLLOWUPS):
        found["followups"] += 1
        colour = followups.colour(record, look)
        if colour:
            found[f"followups_{colour}"] += 1
    return found


def attention(look: Look) -> Iterator[Attention]:
    """What follow-ups ask for beside their deadlines: an extension asked for, a milestone passed,
    a report to be verified, an owner or a deadline that is missing."""
    for record in open_records(look, FOLLOWUPS):
        yield from _extension(look, record)
        yield from _milestones(look, record)
        yield from _unverified(look, record)
        yield from _incomplete(look, record)


def _line(look: Look, record: Record, kind: str, said: str, **more: object) -> Attention:
    title = FOLLOWUPS.headline(record)
    badge = FOLLOWUPS.badge(record) or _(FOLLOWUPS.word)
    cells = {
        "kind": kind,
        "text": f"{title} {said}",
        "refs": (record.ref,),
        "word": badge,
        "short": f"{badge} {said}",
        "group": LATER,
        "person": record.text("owner"),
        "titles": (title,),
        **more,
    }
    return Attention(**cells)  # type: ignore[arg-type]


def _extension(look: Look, record: Record) -> Iterator[Attention]:
    wanted = record.text("extension_asked")
    if not wanted or record.state not in _DOING:
        return
    due = look.calendar.deadline(record.get("due"))
    pressing = followups.colour(record, look) == followups.RED
    yield _line(
        look,
        record,
        "extension",
        _("extension asked until {date}").format(date=wanted[5:10]),
        at=due,
        group=TODAY if pressing and due is not None and due >= look.local else LATER,
        step="extend",
        action=pgettext("action", "extend"),
    )


def _milestones(look: Look, record: Record) -> Iterator[Attention]:
    for milestone in look.children(record, "milestones"):
        due = look.calendar.deadline(milestone.get("due"))
        if due is None or milestone.state == "done" or due >= look.local:
            continue
        late = (look.today - due.date()).days
        said = _("milestone overdue since {date}: {what}").format(
            date=due.strftime("%m-%d"), what=milestone.text("what")
        )
        yield _line(
            look,
            record,
            "milestone",
            said,
            at=due,
            group=NEWLY if late <= 1 else OLD,
            step="urge",
            action=pgettext("action", "urge"),
            titles=(FOLLOWUPS.headline(record), milestone.text("what")),
        )


def _unverified(look: Look, record: Record) -> Iterator[Attention]:
    if record.state != "reported":
        return
    mine = record.text("owner") == look.user
    yield _line(
        look,
        record,
        "unverified",
        _("reported, to be verified"),
        step="" if mine else "verify",
        action=pgettext("action", "open") if mine else pgettext("action", "verify"),
    )


def _incomplete(look: Look, record: Record) -> Iterator[Attention]:
    lacking = [
        words
        for cell, words in (("owner", _("nobody answers for it")), ("due", _("no due date")))
        if not record.get(cell)
    ]
    if lacking:
        said = pgettext("clauses", ", ").join(lacking)
        yield _line(
            look,
            record,
            "incomplete",
            said,
            step="assign" if record.state in _DOING else "",
            action=pgettext("action", "assign"),
        )
