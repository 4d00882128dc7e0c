"""The checks before a meeting and the reports of incidents: what is due now, in one line that
every screen shows."""

from __future__ import annotations

from datetime import datetime, timedelta

from officetui.office import incidents
from officetui.office.look import Look
from officetui.registers import meetings
from officetui.registers.record import Record
from officetui.text.i18n import _
from officetui.text.words import listed, span_words

_NAMED = 3  # of what is missing


def reminders(look: Look) -> list[tuple[str, str]]:
    """The reports of incidents that are near or late, and the checks that are due and not ticked,
    one of each meeting about to begin: what names it, and the words of the line."""
    found = incidents.reminders(look)
    for record in look.records("meetings"):
        start = record.moment("start")
        if start is None or "T" not in record.text("start") or not _near(start, look.local):
            continue
        if record.state in ("held", *meetings.MEETINGS.finished):
            continue
        items = look.children(record, "items")
        checks = [item for item in items if item.get("check") and _due(item, start, look.local)]
        if checks:
            words = _words(record, start, checks[-1], items, look)
            found.append((start, checks[-1].ref, words))
    found.sort()
    return [(ref, words) for _start, ref, words in found]


def _near(start: datetime, now: datetime) -> bool:
    """Whether a meeting begins within a day: no check is earlier than that."""
    return now < start <= now + timedelta(days=1)


def _due(item: Record, start: datetime, now: datetime) -> bool:
    offset = item.whole("offset")
    if item.state == "done" or offset is None or offset >= 0:
        return False
    return start + timedelta(minutes=offset) <= now


def _words(record: Record, start: datetime, check: Record, items: list[Record], look: Look) -> str:
    lacking = [
        item.text("what")
        for item in items
        if item.state != "done" and not item.get("check") and (item.whole("offset") or -1) < 0
    ]
    said = _("{time} {title} in {span}: {check}").format(
        time=start.strftime("%H:%M"),
        title=record.text("title"),
        span=span_words(start - look.local),
        check=check.text("what"),
    )
    if not lacking:
        return said
    more = _("lacks {items}").format(items=listed(lacking[:_NAMED]))
    return f"{said}; {more}"
