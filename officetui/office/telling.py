"""Who is still to be told of something: swaps to be approved, the unreachable, void notices."""

from __future__ import annotations

from collections.abc import Iterator

from officetui.office.board import Attention
from officetui.office.deadlines import TODAY
from officetui.office.look import Look
from officetui.registers import duty
from officetui.registers.duty_swap import PENDING
from officetui.registers.record import Record
from officetui.text.i18n import _, pgettext
from officetui.text.words import listed


def attention(look: Look) -> Iterator[Attention]:
    """What wants a decision because somebody does not know yet."""
    yield from _swaps(look)


def _swaps(look: Look) -> Iterator[Attention]:
    """Swaps that wait for an approval; the two turns of an exchange are one line."""
    lines = {str(line["id"]): line for line in look.setting("duty_lines")}
    pending = {
        record.id: record
        for record in look.records("duty")
        if record.state == PENDING and _to_come(record, lines, look)
    }
    told: set[str] = set()
    for record in sorted(pending.values(), key=lambda one: one.text("date")):
        if record.id in told:
            continue
        other = pending.get(record.text("exchanged_with"))
        seats = [record, *([other] if other is not None else [])]
        told |= {seat.id for seat in seats}
        names = listed(_swapped(seat, look) for seat in seats)
        yield Attention(
            kind="unapproved",
            text=_("swap to be approved: {names}").format(names=names),
            refs=tuple(seat.ref for seat in seats),
            word=pgettext("word", "duty"),
            step="approve_swap",
            action=_("approve"),
            short=_("{who}'s swap to be approved").format(who=record.text("person")),
            group=TODAY,
            person=record.text("person"),
        )


def _to_come(record: Record, lines: dict[str, dict[str, object]], look: Look) -> bool:
    line, day = lines.get(record.text("line")), record.day("date")
    return line is not None and day is not None and duty.hours(line, day).end > look.local


def _swapped(record: Record, look: Look) -> str:
    return _("{day} {line} {name} for {planned}").format(
        day=record.text("date")[5:],
        line=duty.line_label(look, record.text("line")),
        name=record.text("person"),
        planned=record.text("planned_person"),
    )
