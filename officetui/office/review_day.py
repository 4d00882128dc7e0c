"""What a day was, from the journals: what was done, what it carried, what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from officetui.ledger.cursor import Cursor
from officetui.ledger.doc import leaves
from officetui.office import deadlines, log, numbers, withheld
from officetui.office.day_review import Carried, DoneRow, Planned, Since, local_text
from officetui.registers import reviews
from officetui.registers.common import masked
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.words import clauses

if TYPE_CHECKING:
    from officetui.office.look import Look
    from officetui.office.office import Office

_RITUAL = ("reviews.sign", "reviews.accept")
_SIGNED = ("signed_at", "accepted_at")
_PLUMBING = ("ref", "refs", "json")  # kinds of cells that tell nobody anything


def _at(look: Look, stamp: str) -> datetime:
    """When a change was made, naive local."""
    return look.clock(datetime.fromtimestamp(int(stamp[:12], 16) / 1000, UTC))


def heading(look: Look, record: Record) -> str:
    """A record by its badge and title."""
    if record.register not in BY_ID:
        return ""
    table = BY_ID[record.register]
    if table.parent:
        parent = look.get(f"{table.parent}/{record.parent}")
        if parent is not None:
            return heading(look, parent)
    badge = numbers.badge(look, record)
    words = (badge, table.headline(record) if badge else table.title(record))
    return visible(" ".join(word for word in words if word), limit=200)


def done(office: Office, day: date) -> list[DoneRow]:
    """What was done on a day, in its order; what was taken back the same day is left out with what
    took it back, and so is the signing itself. An import is one row for each register."""
    rows = log.changes(office, *log.bounds(office, day, day), whole=True)
    gone = _taken_back(rows)
    return [
        DoneRow(
            at=office.clock(row.at).isoformat(timespec="minutes"),
            user=row.user,
            heading=row.heading,
            sentence=row.sentence,
            ref=f"{row.register}/{row.record}" if row.record else "",
            register=row.register,
            t=row.t,
            n=row.n,
            imported=row.action == log.IMPORT,
        )
        for row in rows
        if row.register != "reviews" and row.t not in gone
    ]


def _taken_back(rows: Iterable[log.Row]) -> set[str]:
    """The stamps of changes that were undone among these, with those of the undoing."""
    found = list(rows)
    stamps = {row.t for row in found}
    undoes = {row.t: row.undoes for row in found if row.undoes}
    gone: set[str] = set()
    for row in found:
        if not row.undoes or row.undoes not in stamps:
            continue
        again = undoes.get(row.undoes)
        if again is None:
            gone |= {row.t, row.undoes}
        else:  # a redo: what was undone stands again
            gone = (gone - {again}) | {row.t, row.undoes}
    return gone


def booked(office: Office, day: date) -> Iterator[Planned]:
    """What the registers say of a day by their own dates, where the journals tell nothing: it was
    brought in later."""
    for record in log.of_day(office, day):
        table = BY_ID[record.register]
        at = record.moment(table.day)
        when = at.strftime("%H:%M") if at is not None else ""
        yield Planned(when, heading(office, record), table.state_words(record), record.ref)


def carried(look: Look, record: Record) -> Iterator[Carried]:
    """What a review hands over or reported, each matter once, as it is now."""
    field = reviews.CARRIED_ITEMS.field("how")
    _day, half = reviews.place(record)
    found = {one.text("matter"): one for one in look.children(record, "carried")}
    for ref, one in found.items():
        matter = look.get(ref)
        known = matter is not None and matter.register in BY_ID
        table = BY_ID[matter.register] if matter is not None and known else None
        yield Carried(
            ref=ref,
            title=visible(withheld.title_now(look, ref, one.text("title")), limit=200),
            how=one.text("how"),
            words=field.show(one.get("how")) if field is not None else "",
            why=one.text("why"),
            reason=one.text("reason"),
            by=one.text("by"),
            at=local_text(look, one, "at"),
            to=one.text("to"),
            state=deadlines.next_words(look, matter) if table and matter else "",
            open=is_open(matter),
            half=half,
        )


def is_open(record: Record | None) -> bool:
    """Whether a matter still wants somebody."""
    if record is None or record.trashed or record.register not in BY_ID:
        return False
    return record.state not in BY_ID[record.register].finished


# What changed since a signature


def changed_since(
    office: Office,
    look: Look,
    day: date,
    records: Iterable[Record],
    rows: Iterable[DoneRow],
) -> tuple[Since, ...]:
    """What changed of a signed day since it was signed last, oldest first.

    By what the journals held then, not by the clock: a change of a device that was away is told
    too, although it is stamped before the signature.
    """
    signed = [record for record in records if record.state in ("signed", "accepted")]
    own = {leaf.stamp for one in signed for cell in _SIGNED for leaf in leaves(one.doc, cell)}
    found: dict[tuple[str, str], Since] = {}
    for record in signed:
        seen = _seen(record)
        if seen is None:
            continue
        _day, half = reviews.place(record)
        if half == reviews.EVENING:  # what the day itself is about is signed then
            for since in _done_since(record, seen, rows):
                if since[0] not in own:
                    found[since[0], since[1].ref] = since[1]
        for one, kind in _about(look, day, record, half):
            for stamp, written in _written(look, one, kind, seen):
                if stamp not in own:
                    found.setdefault((stamp, one.ref), written)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.ref)))


def _done_since(
    record: Record, seen: Cursor, rows: Iterable[DoneRow]
) -> Iterator[tuple[str, Since]]:
    """What was done that day and had not come in when it was signed, with its stamp."""
    last = max((leaf.stamp for leaf in leaves(record.doc, "signed_at")), default="")
    for row in rows:
        if row.t and not seen.has(row.t):
            kind = "late" if row.t < last else "after"
            since = Since(row.at, row.user, row.heading, row.sentence, row.ref, kind)
            yield row.t, since


def _seen(record: Record) -> Cursor | None:
    kept = record.get("seen")
    if not isinstance(kept, dict):
        return None
    try:
        return Cursor.from_json(kept)
    except (KeyError, TypeError, ValueError):
        return None


def _about(look: Look, day: date, review: Record, half: str) -> Iterator[tuple[Record, str]]:
    """The records that a signature is about: the review with what it carried; of the evening the
    duty, the log and the meetings of the day, too."""
    yield review, "edited"
    for one in look.children(review, "carried"):
        yield one, "edited"
        matter = look.get(one.text("matter"))
        if matter is not None:
            yield matter, "matter"
    for register in ("duty", "duty_log", "meetings") if half == reviews.EVENING else ():
        table = BY_ID[register]
        for record in look.records(register):
            if record.day(table.day) == day:
                yield record, "edited"


def _written(look: Look, record: Record, kind: str, seen: Cursor) -> Iterator[tuple[str, Since]]:
    """The changes of a record, by what it still holds of them, that were not seen."""
    if record.register not in BY_ID:
        return
    table = BY_ID[record.register]
    cells: dict[tuple[str, str], list[str]] = {}
    secret = withheld.is_withheld(record)
    for cell in record.cells:
        if secret and not withheld.may_be_told(cell):
            continue
        for leaf in leaves(record.doc, cell):
            if not seen.has(leaf.stamp):
                cells.setdefault((leaf.stamp, leaf.user), []).append(cell)
    for (stamp, user), written in cells.items():
        words = []
        for cell in written:
            field = table.field(cell)
            if cell == "state":
                words.append(table.state_words(record))
            elif field is not None and not field.bookkeeping and field.kind not in _PLUMBING:
                value = record.get(cell)
                shown = masked(value) if field.private and isinstance(value, str) else None
                words.append(f"{field.title()} {field.show(value) if shown is None else shown}")
        said = clauses(visible(word, limit=80) for word in words) or _("changed")
        yield (
            stamp,
            Since(
                _at(look, stamp).isoformat(timespec="minutes"),
                user,
                heading(look, record),
                f"{user} {said}".strip(),
                record.ref,
                kind,
            ),
        )
