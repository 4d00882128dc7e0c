"""Incidents on the clock: which report is due, in minutes, and what every screen says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from officetui.office.board import Attention
from officetui.office.deadlines import LATER, OLD, SOON, TODAY, Deadline
from officetui.office.look import Look
from officetui.registers.common import short
from officetui.registers.incidents import INCIDENTS, NEAR, left_open, next_step, progress
from officetui.registers.record import Record
from officetui.text.i18n import N_, _, pgettext
from officetui.text.words import minutes_words

_SHORT = {
    "report_phone": N_("report by phone"),
    "approve": N_("approve it"),
    "report": N_("report in writing"),
    "report_again": N_("report again"),
    "final": N_("final report"),
}


def pressing(item: Deadline) -> bool:
    """Whether something due is said here, by its minutes, and not among the other deadlines."""
    return item.record.register == "incidents" and item.group != OLD


def attention(look: Look, items: list[Deadline]) -> Iterator[Attention]:
    """The reports that are due now or soon, and those that are late: they come before all else of
    their hour, however late they are."""
    dated = {item.record.ref for item in items}
    for item in items:
        if pressing(item) and item.group != LATER:
            group = TODAY if item.group == TODAY else SOON
            yield _line(look, item.record, item.at, group)
    for record in left_open(look):
        if record.ref not in dated:
            yield _line(look, record, None, TODAY)


def _line(look: Look, record: Record, at: datetime | None, group: int) -> Attention:
    step = next_step(record)
    title = INCIDENTS.headline(record)
    words = " ".join(
        part
        for part in (title, progress(record, look), left_words(look, at), record.text("owner"))
        if part
    )
    when = f" {at:%H:%M}" if at is not None else ""
    return Attention(
        kind="incident",
        text=words,
        refs=(record.ref,),
        at=at,
        word=_(INCIDENTS.word),
        step=step,
        action=_(_SHORT[step]) if step in _SHORT else pgettext("action", "open"),
        basis=left_words(look, at),
        short=f"{short(record.text('place') or title, 8)} {progress(record, look)}{when}",
        group=group,
        person=record.text("owner"),
        titles=(title,),
    )


def left_words(look: Look, at: datetime | None) -> str:
    """12 minutes left, 5 minutes late; "" where it is hours away, or without a countdown."""
    if at is None:
        return ""
    left = int((at - look.local).total_seconds() // 60)
    if left < 0:
        return _("{span} late").format(span=minutes_words(-left)) if -left < 600 else ""
    return _("{span} left").format(span=minutes_words(left)) if left <= 120 else ""


def reminders(look: Look) -> list[tuple[datetime, str, str]]:
    """The reports that are near or late: when each is due, what names it, and the words of the
    line on every screen."""
    found = []
    for record in left_open(look):
        at = record.moment(INCIDENTS.deadline_cell(record))
        if at is None or not look.local - timedelta(days=1) < at <= look.local + NEAR:
            continue
        words = _("{time} {title}: {next}, {left}").format(
            time=f"{at:%H:%M}",
            title=INCIDENTS.headline(record),
            next=progress(record, look),
            left=left_words(look, at) or _("late"),
        )
        found.append((at, f"{record.ref}:{INCIDENTS.deadline_cell(record)}", words))
    return found
