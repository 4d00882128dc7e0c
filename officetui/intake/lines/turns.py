"""Which turns of the roster a line means: its days, its lines, and whose seats they are."""

from __future__ import annotations

import re
from datetime import date, datetime

import msgspec

from officetui.intake import moments
from officetui.intake.draft import Draft
from officetui.intake.folding import fold
from officetui.registers.duty import OPEN, hours, line_label
from officetui.registers.record import Record
from officetui.text.i18n import _

# What lines are called in speech; the office's own labels come first.
CALLED = {
    "leader": ("双带班", "带班领导", "带班", "leader"),
    "day": ("白天班", "白班", "日班", "白天", "day"),
    "night": (
        "夜班",
        "晚班",
        "夜里",
        "晚上",
        "今晚",
        "今夜",
        "明晚",
        "明夜",
        "昨晚",
        "昨夜",
        "night",
    ),
}


class Turn(msgspec.Struct):
    """A turn that the line names: its day and line, as far as said."""

    day: date | None
    line: str
    start: int
    stop: int


def line_named(draft: Draft, folded: str) -> str:
    """The line named in a text, or ""."""
    for known in draft.view.setting("duty_lines"):
        labels = (fold(str(known["label"])), fold(_(str(known["label"]))), str(known["id"]))
        if any(len(word) > 1 and not word.isascii() and word in folded for word in labels):
            return str(known["id"])
    ids = [str(known["id"]) for known in draft.view.setting("duty_lines")]
    for line, words in CALLED.items():
        if line in ids and any(_has(word, folded) for word in words):
            return line
    return ""


def _has(word: str, folded: str) -> bool:
    if word.isascii():
        return re.search(f"(?<![a-z]){word}(?![a-z])", folded) is not None
    return word in folded


def turns_named(draft: Draft) -> list[Turn]:
    """The days named in the line, each with the line of the roster said near it."""
    begin = draft.begin
    view = draft.view
    found = []
    moments_found = [
        moment
        for moment in moments.scan(draft.line[begin:], view.local, view.calendar, past=True)
        if moment.dated and not moment.basis
    ]
    whole = line_named(draft, draft.folded[begin:])
    for moment in moments_found:
        start, stop = begin + moment.start, begin + moment.stop
        if moment.problem:
            draft.problem("date", moment.text)
            continue
        day = date.fromisoformat(moment.value[:10])
        near = line_named(draft, draft.folded[start : stop + 4])
        if draft.folded.startswith("班", stop):
            stop += 1  # 22号夜 was read as a date with a part of the day
        found.append(Turn(day, near or whole, start, stop))
    return found


def seats_of(draft: Draft, name: str, turn: Turn | None) -> list[Record]:
    """The seats of a person that can still change hands, the next one first."""
    view = draft.view
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    found: list[tuple[datetime, Record]] = []
    for record in view.records("duty"):
        day, line = record.day("date"), lines.get(record.text("line"))
        if day is None or line is None or record.text("person") != name:
            continue
        if turn is not None and turn.day is not None and day != turn.day:
            continue
        if turn is not None and turn.line and record.text("line") != turn.line:
            continue
        shift = hours(line, day)
        if shift.end <= view.local or record.state not in OPEN:
            continue
        found.append((shift.start, record))
    found.sort(key=lambda one: (one[0], one[1].id))
    return [record for _start, record in found]


def seat_words(draft: Draft, record: Record) -> str:
    return f"{record.text('date')} {line_label(draft.view, record.text('line'))}"


def no_seat(draft: Draft, name: str, turn: Turn | None) -> None:
    when = ""
    if turn is not None and turn.day is not None:
        when = f"{turn.day.isoformat()} {line_label(draft.view, turn.line)}".strip()
    if when:
        text = _("{name} has no turn on {when}.").format(name=name, when=when)
    else:
        text = _("{name} has no turn ahead.").format(name=name)
    draft.problem("", text)
