"""What waits on whom, as rows of text and as objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from officetui.text.i18n import _, ngettext, npgettext, pgettext
from officetui.text.words import due_words, short_date

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.office.waiting import Held, Matter


def waiting_rows(office: Office, held: Held) -> Iterator[list[str]]:
    """All that one person holds: the person's line, then a line for each matter."""
    yield [held.person or _("nobody"), held.unit, *head_words(office, held)]
    for one in held.matters:
        record = office.get(one.ref)
        short = office.short(record) if record is not None else one.ref
        yield [f"  {short}", f"{one.badge} {one.title}", *matter_words(office, one)]


def head_words(office: Office, held: Held) -> list[str]:
    """Of a person: how many and how many late, how long, since when late, what was tried."""
    n = len(held.matters)
    words = [ngettext("{n} item", "{n} items", n).format(n=n)]
    if held.late:
        words.append(pgettext("count", "{n} late").format(n=held.late))
    longest = max(held.matters, key=lambda one: -1 if one.days is None else one.days).held
    oldest = _late(held.oldest) if held.oldest else ""
    tried = held.tried
    if held.away:
        from datetime import date

        day = short_date(date.fromisoformat(held.away), office.today)
        tried = _("on leave until {date}").format(date=day)
    elif not held.person:
        tried = _("to be given to somebody")
    return [" ".join(words), longest, oldest, tried]


_DUE_ROOM = 12  # cells of its column; figures alone are as long as this


def matter_words(office: Office, one: Matter) -> list[str]:
    """Of a matter: what it waits for, how long it has been held, its deadline, what was tried."""
    return [one.next, one.held, deadline_words(office, one), tried_words(office, one)]


def deadline_words(office: Office, one: Matter) -> str:
    """A deadline in words: by when, or how late; that there is none."""
    if one.due is None:
        return pgettext("deadline", "none")
    if one.late:
        return _late(one.late)
    if one.passed:
        return pgettext("deadline", "past {time}").format(time=f"{one.due:%H:%M}")
    words = due_words(one.due, office.local)
    # Of another year the day is enough.
    return due_words(one.due.date(), office.local) if len(words) > _DUE_ROOM else words


def tried_words(office: Office, one: Matter) -> str:
    """How often it was urged, the last answer, and what was promised."""
    if not one.urged:
        return ""
    words = [npgettext("tried", "urged once", "urged {n} times", one.urged).format(n=one.urged)]
    if one.answer:
        words.append(one.answer)
    promised = promised_words(office, one)
    if promised:
        words.append(promised)
    return " ".join(words)


def promised_words(office: Office, one: Matter) -> str:
    """For when it was promised; "" without a promise."""
    from datetime import datetime

    if not one.promised:
        return ""
    try:
        at = datetime.fromisoformat(one.promised)
    except ValueError:
        return one.promised
    timed = "T" in one.promised
    when = due_words(at, office.local) if timed else due_words(at.date(), office.local)
    return _("promised {when}").format(when=when)


def _late(n: int) -> str:
    return npgettext("overdue", "{n} day late", "{n} days late", n).format(n=n)


def waiting_object(office: Office, held: Held) -> dict[str, Any]:
    """The shape of `list waiting --json` (docs/command-line.md)."""
    return {
        "person": held.person or None,
        "unit": held.unit or None,
        "count": len(held.matters),
        "late": held.late,
        "oldest_days": held.oldest,
        "longest_days": held.longest,
        "away": held.away or None,
        "items": [_object(office, one) for one in held.matters],
    }


def _object(office: Office, one: Matter) -> dict[str, Any]:
    record = office.get(one.ref)
    register, _sep, id_ = one.ref.partition("/")
    return {
        "register": register,
        "id": id_,
        "ref": one.ref,
        "short": office.short(record) if record is not None else None,
        "badge": one.badge,
        "title": one.title,
        "next": one.next,
        "since": one.since.isoformat(timespec="minutes") if one.since is not None else None,
        "days_held": one.days,
        "due": one.due.isoformat(timespec="minutes") if one.due is not None else None,
        "days_late": one.late,
        "overdue": one.passed,
        "urged": one.urged,
        "answer": one.answer or None,
        "promised": one.promised or None,
    }


__all__ = [
    "deadline_words",
    "head_words",
    "matter_words",
    "promised_words",
    "tried_words",
    "waiting_object",
    "waiting_rows",
]
