"""The day review 日清: what a day was, what of it must be answered, and who signed for it.

`review` makes it from the journals and the registers; nothing is retyped. A `DayReview` is plain
data in words, so that screens, the command line and reports are made from it alone, and so that
what was signed can be kept: dates and local moments are ISO text, "" where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from officetui.office.review_data import (
    Asked,
    Carried,
    Check,
    DayPlan,
    DayReview,
    DoneGroup,
    DoneRow,
    DutySeat,
    Picture,
    Planned,
    Signature,
    Since,
    Tally,
)
from officetui.registers import reviews
from officetui.registers.calendar import UnknownYear, day_type_words, lunar_words
from officetui.registers.record import Record
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.words import weekday_long

if TYPE_CHECKING:
    from officetui.office.look import Look
    from officetui.office.office import Office


def now_half(look: Look) -> str:
    """The half that is signed at this hour: before noon the night's."""
    return reviews.MORNING if look.local.hour < 12 else reviews.EVENING


def to_close(look: Look, day: date, half: str) -> bool:
    """Whether that half of a day can be answered and signed now: both of today; yesterday evening
    until noon, as long as it is not signed."""
    if day == look.today:
        return True
    if half != reviews.EVENING or (look.today - day).days != 1 or look.local.hour >= 12:
        return False
    return record_of(look, day, half).state in ("", "open")


def record_of(look: Look, day: date, half: str) -> Record:
    """The review of one half of a day; where none was begun, one without cells that a step
    begins."""
    record_id = reviews.key({"date": day.isoformat(), "half": half})
    doc = look.doc("reviews", record_id)
    from officetui.office.look import alive

    if doc is None or not (alive(doc) or doc.get("_del")):
        doc = {"id": record_id, **{k: v for k, v in (doc or {}).items() if k.startswith("_")}}
    return Record("reviews", doc)


def review(office: Office, day: date | None = None, half: str = "") -> DayReview:
    """The review of a day, of today by default; `half`: evening or morning, by default the one
    that is signed now (of a past day the evening)."""
    from officetui.office import log, review_day
    from officetui.office.look import Glance

    with office.lock:
        look = Glance(office, office.now)
        today = look.today
        day = day or today
        past = day < today
        half = half or (reviews.EVENING if past else now_half(look))
        past = past and not to_close(look, day, half)
        made = _blank(office, look, day, half)
    if day > today:
        return msgspec.structs.replace(made, said=_("This day has not come yet."))
    began = log.began(office) if day < today else day
    if began is None or day < began:
        return msgspec.structs.replace(made, said=_before(began))
    rows = review_day.done(office, day)
    with office.lock:
        return _filled(office, made, day, rows, past)


def _before(began: date | None) -> str:
    if began is None:
        return _("Nothing was recorded yet.")
    said = _("The office begins on {date}: there is nothing of this day.")
    return said.format(date=began.isoformat())


def _filled(
    office: Office, made: DayReview, day: date, rows: Sequence[DoneRow], past: bool
) -> DayReview:
    from officetui.office import review_checks, review_day

    look, half = _looking(office, day), made.half
    records = {each: record_of(look, day, each) for each in (reviews.MORNING, reviews.EVENING)}
    then = _then(office, look, day, records[half], silent=not rows) if past else look
    shown = _shown(office, then, day, half, records, past)
    groups = grouped(rows)
    leaving, coming = reviews.change(look, day, half)
    return msgspec.structs.replace(
        made,
        past=past,
        today=review_checks.plan(then, day),
        leaving=_people(leaving),
        coming=_people(coming),
        done=groups,
        by_register=_tally((group.name, group.count) for group in groups),
        by_person=_tally((group.person, group.count) for group in groups),
        asked=shown.asked,
        listed=shown.listed,
        checks=shown.checks,
        tomorrow=shown.tomorrow,
        note=records[half].text("note"),
        signatures=tuple(_signature(look, record) for record in records.values()),
        carried=tuple(
            one for record in records.values() for one in review_day.carried(look, record)
        ),
        booked=tuple(review_day.booked(office, day)) if past and not rows else (),
        changed_since=review_day.changed_since(office, look, day, records.values(), rows),
    )


def _looking(office: Office, day: date) -> Look:
    """The office for a day: of one that is on no desk any more only what it needs."""
    from officetui.office.look import Glance
    from officetui.office.past import RECENT, Past

    if (office.today - day).days <= RECENT:
        return Glance(office, office.now)
    from officetui.office.review_checks import days_ahead

    return Past(office, day, len(days_ahead(office, day)))


def _then(office: Office, look: Look, day: date, record: Record, silent: bool) -> Look:
    """The office as it was in an evening that nobody signed; a signature keeps what it signed."""
    from officetui.office.evening import Evening
    from officetui.office.review_checks import days_ahead

    if reviews.place(record)[1] != reviews.EVENING or _kept(record) is not None:
        return look
    return Evening(office, look, day, len(days_ahead(office, day)), silent)


def _people(seats: Iterable[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(visible(seat.text("person")) for seat in seats))


def _blank(office: Office, look: Look, day: date, half: str) -> DayReview:
    try:
        kind = day_type_words(look.calendar.day_type(day))
    except UnknownYear:
        kind = _("calendar not known")
    return DayReview(
        office=office.name,
        user=look.user,
        date=day.isoformat(),
        weekday=weekday_long(day),
        day_type=kind,
        lunar=lunar_words(day),
        made_at=look.local.isoformat(timespec="minutes"),
        half=half,
    )


def _shown(
    office: Office,
    look: Look,
    day: date,
    half: str,
    records: Mapping[str, Record],
    past: bool,
) -> Picture:
    """What is asked and checked now; of a day that is over, or that was signed, what was signed."""
    from officetui.office import deadlines, review_asked, review_checks

    record = records[half]
    kept = _kept(record)
    if past:
        if kept is not None:
            from officetui.office import withheld

            return withheld.picture(look.get, kept)
        from officetui.office.evening import Evening

        if isinstance(look, Evening):
            return look.picture()
        return Picture(tomorrow=review_checks.tomorrow(look, day))
    items = deadlines.deadlines(look)
    asked, listed = review_asked.split(look, day, half, record, items)
    return Picture(
        asked=tuple(asked),
        listed=tuple(listed),
        checks=review_checks.checks(office, look, items),
        tomorrow=review_checks.tomorrow(look, day),
    )


def _kept(record: Record) -> Picture | None:
    """What was signed; None where nothing was, or what a newer version kept cannot be read."""
    kept = record.get("signed")
    if not isinstance(kept, dict):
        return None
    try:
        return msgspec.convert(kept, Picture)
    except msgspec.ValidationError:
        return None


def grouped(rows: Iterable[DoneRow]) -> tuple[DoneGroup, ...]:
    """Rows by register and person, in the order of the registers, who did most first."""
    from officetui.registers.registry import BY_ID, REGISTERS

    places = {register.id: n for n, register in enumerate(REGISTERS)}
    groups: dict[tuple[str, str, bool], list[DoneRow]] = {}
    for row in rows:
        groups.setdefault((row.register, row.user, row.imported), []).append(row)
    found = [
        DoneGroup(
            register,
            BY_ID[register].name() if register in BY_ID else register,
            person,
            tuple(mine),
        )
        for (register, person, _imported), mine in groups.items()
    ]
    found.sort(key=lambda one: (places.get(one.register, 99), -one.count, one.person))
    return tuple(found)


def _tally(counts: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    found: dict[str, int] = {}
    for name, count in counts:
        found[name] = found.get(name, 0) + count
    return tuple(Tally(name, n) for name, n in sorted(found.items(), key=lambda x: -x[1]) if n)


def _signature(look: Look, record: Record) -> Signature:
    from officetui.office.conflicts import conflicts_of

    _day, half = reviews.place(record)
    label = reviews.half_words(half)
    if not record.state or record.trashed:
        return Signature(half, label, "", ref=record.ref)
    how = reviews.REVIEWS.field("accepted_how")
    return Signature(
        half,
        label,
        record.state,
        signed_by=record.text("signed_by"),
        signed_at=local_text(look, record, "signed_at"),
        accepted_by=record.text("accepted_by"),
        accepted_at=local_text(look, record, "accepted_at"),
        accepted_how=how.show(record.get("accepted_how")) if how is not None else "",
        noted_by=record.text("accepted_noted_by"),
        note=record.text("note"),
        carried=len(reviews.carried(record, look)),
        two_values=any(True for _one in conflicts_of(record)),
        ref=record.ref,
    )


def local_text(look: Look, record: Record, cell: str) -> str:
    """An instant of a record as local ISO text to the minute; "" when it holds none."""
    at = record.instant(cell)
    return look.clock(at).isoformat(timespec="minutes") if at is not None else ""


__all__ = [
    "Asked",
    "Carried",
    "Check",
    "DayPlan",
    "DayReview",
    "DoneGroup",
    "DoneRow",
    "DutySeat",
    "Picture",
    "Planned",
    "Signature",
    "Since",
    "Tally",
    "grouped",
    "local_text",
    "now_half",
    "record_of",
    "review",
    "to_close",
]
