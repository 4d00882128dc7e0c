"""A day review as a document: the sections that Markdown, HTML and the workbook draw.

Made from a `DayReview` alone. The page is what both sides sign; what is too long for it follows
in full, as lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

import msgspec

from officetui.office.day_review import DayPlan, DayReview, DoneGroup, DutySeat, Signature
from officetui.registers.reviews import half_words
from officetui.report.review_words import became_words
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible, visible_block
from officetui.text.words import clauses, date_words, listed

_SAMPLES: Final = 3  # headings, or findings, that stand for all of them on the page
_MOST: Final = 8  # rows of a section of the page; what is handed over is always there in full

Row = tuple[str, ...]


class Section(msgspec.Struct, frozen=True):
    """A titled table. `widths` of its columns are twelfths of the page; `said` stands where it has
    no rows; `most`: rows that the page shows (0 is all of them)."""

    id: str
    title: str
    heads: Row = ()
    rows: tuple[Row, ...] = ()
    widths: tuple[float, ...] = ()
    said: str = ""
    most: int = 0

    @property
    def cut(self) -> int:
        """How many rows the page leaves to the lists."""
        return max(0, len(self.rows) - self.most) if self.most else 0


class Party(msgspec.Struct, frozen=True):
    """One side of the handover: who it is by the roster, and what was signed; empty strings are
    for ink."""

    label: str
    named: str
    signed: str = ""


def title(made: DayReview) -> str:
    """清河镇党政办 日清交班单."""
    words = pgettext("review document", "{office}: day review and handover")
    return visible(words.format(office=made.office))


def subtitle(made: DayReview) -> str:
    """2026年11月20日 星期五 工作日 十月十二 晚，白班交夜班."""
    day = date_words(date.fromisoformat(made.date))
    words = (day, made.weekday, made.day_type, made.lunar, half_words(made.half))
    return visible("  ".join(word for word in words if word))


def made_words(made: DayReview) -> str:
    """Who made the document, and when."""
    words = _("made by {user} at {time}")
    return visible(words.format(user=made.user, time=made.made_at.replace("T", " ")))


def parties(made: DayReview) -> tuple[Party, Party]:
    """Who hands over and who takes over."""
    signature = next((one for one in made.signatures if one.half == made.half), None)
    signed, accepted = _signed(signature)
    return (
        Party(_("Handed over by"), visible(listed(made.leaving)), signed),
        Party(_("Taken over by"), visible(listed(made.coming)), accepted),
    )


def _signed(one: Signature | None) -> tuple[str, str]:
    if one is None or one.state not in ("signed", "accepted"):
        return "", ""
    if one.two_values:
        return (_("signed twice at once, to be decided"),) * 2
    signed = f"{one.signed_by} {_when(one.signed_at)}"
    if one.state != "accepted":
        return visible(signed), ""
    how = one.accepted_how
    if one.noted_by:
        how = clauses([how, _("noted by {name}").format(name=one.noted_by)])
    words = pgettext("review document", "{name} {time} ({how})")
    accepted = words.format(name=one.accepted_by, time=_when(one.accepted_at), how=how)
    return visible(signed), visible(accepted)


def carried_words(made: DayReview) -> str:
    """How many matters go along."""
    n = sum(1 for one in made.carried if one.half == made.half and one.how != "reported")
    words = ngettext("{n} matter handed over", "{n} matters handed over", n)
    return words.format(n=n) if n else _("nothing is handed over")


def page(made: DayReview) -> list[Section]:
    """The sections of the page, in its order."""
    if made.said:
        return [Section("said", "", said=visible(made.said))]
    found = [_carried(made), _note(made), _duty(made), _checks(made)]
    found += [_asked(made), _done(made), _meetings(made), _deadlines(made), _since(made)]
    return [one for one in found if one.rows or one.said]


def lists(made: DayReview) -> list[Section]:
    """What the page tells in short, in full."""
    return [one for one in (_evidence(made), _listed(made), _rows(made), _booked(made)) if one.rows]


# The page


def _carried(made: DayReview) -> Section:
    rows = []
    for number, one in enumerate(made.carried, 1):
        how = one.words if one.half == made.half else f"{half_words(one.half)} {one.words}"
        why = clauses([word for word in (one.why, one.reason) if word])
        now = one.state if one.open else _("closed since")
        rows.append((str(number), one.title, f"{how} {one.to}".strip(), why, now))
    what = pgettext("review", "What becomes of it")
    heads = ("#", pgettext("review", "Matter"), what, _("Why"), _("Next"))
    widths = (0.6, 4.2, 2, 3.4, 1.8)
    said = "" if rows else _("nothing is handed over")
    return _section("carried", _("Handed over"), heads, rows, widths, said)


def _note(made: DayReview) -> Section:
    said = visible_block(made.note).strip() or pgettext("review", "none")
    return Section("note", _("Note for who takes over"), said=said)


def _duty(made: DayReview) -> Section:
    """A row for each day, a column for each line of the roster."""
    plans = [plan for plan in (made.today, *made.tomorrow) if plan is not None]
    lines = list(dict.fromkeys(seat.line for plan in plans for seat in plan.duty))[:5]
    rows = [
        (_day(plan), *(_seats(seat for seat in plan.duty if seat.line == line) for line in lines))
        if plan.duty
        else (_day(plan), _("nobody on duty yet"), *[""] * (len(lines) - 1))
        for plan in plans
    ]
    share = (10 // len(lines),) * len(lines) if lines else ()
    said = "" if lines else _("nobody on duty yet")
    return _section(
        "duty", _("On duty"), (_("Date"), *lines), rows if lines else [], (2, *share), said
    )


def _day(plan: DayPlan) -> str:
    return f"{plan.date[5:]} {plan.weekday}"


def _seats(seats: Iterable[DutySeat]) -> str:
    found = []
    for seat in seats:
        words = f"{seat.person} {seat.phone}".strip()
        found.append(f"{words} ({seat.state})" if seat.mark else words)
    return "\n".join(found)


def _checks(made: DayReview) -> Section:
    rows = [
        (one.label, _("yes") if one.ok else f"! {one.short}", _short(one.evidence))
        for one in made.checks
    ]
    return _section(
        "checks",
        _("Checks"),
        (_("Check"), pgettext("review", "Result"), _("What was found")),
        rows,
        (3, 2, 7),
    )


def _short(texts: tuple[str, ...]) -> str:
    found = list(texts[:_SAMPLES])
    more = len(texts) - _SAMPLES
    if more > 0:
        found.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return pgettext("clauses", "; ").join(found)


def _asked(made: DayReview) -> Section:
    became = [
        (" ".join(word for word in (one.name, one.urgency) if word), _due(one.due, made.date),
         one.holder, one.ended)
        for one in made.asked if one.ended
    ]  # fmt: skip
    if became:
        heads = (pgettext("review", "Matter"), _("Due"), _("With"), _("How it ended"))
        return _section("asked", became_words(became), heads, became, (5, 1.6, 1.4, 4), most=_MOST)
    rows = [
        (" ".join(word for word in (one.name, one.urgency) if word), _due(one.due, made.date),
         clauses([word for word in (one.why, one.tried) if word]),
         " ".join(word for word in (one.next, one.holder) if word))
        for one in made.asked
    ]  # fmt: skip
    heads = (pgettext("review", "Matter"), _("Due"), _("Why"), _("With"))
    return _section("asked", _("Without an answer"), heads, rows, (5, 1.4, 3.4, 2.2), most=_MOST)


def _done(made: DayReview) -> Section:
    brought: dict[str, list[str]] = {}  # by person what came from sheets: nobody's work of the day
    rows: list[tuple[str, str, str, str]] = []
    for one in made.done:
        if all(row.imported for row in one.rows):
            brought.setdefault(one.person, []).extend(row.heading for row in one.rows)
        else:
            rows.append((one.name, one.person, str(one.count), _headings(one)))
    rows += [
        ("", person, "", _("imported {what}").format(what=listed(found)))
        for person, found in brought.items()
    ]
    total = ngettext("{n} change", "{n} changes", made.count).format(n=made.count)
    heads = (pgettext("review", "Register"), _("Person"), _("Count"), _("What"))
    words = _("Done this day: {count}").format(count=total)
    said = "" if rows or made.booked else _("nothing was recorded")
    return _section("done", words, heads, rows, (1.6, 1.2, 0.8, 8.4), said, most=_MOST)


def _headings(group: DoneGroup) -> str:
    found = list(dict.fromkeys(row.heading or row.sentence for row in group.rows))
    return _short(tuple(found))


def _meetings(made: DayReview) -> Section:
    rows = [
        (_day(plan), one.when, one.title, one.about)
        for plan in made.tomorrow
        for one in plan.meetings
    ]
    heads = (_("Date"), _("Time"), pgettext("meeting", "Title"), _("Room"))
    return _section("meetings", _("Meetings to come"), heads, rows, (2, 2, 5, 3), most=_MOST)


def _deadlines(made: DayReview) -> Section:
    rows = [
        (_day(plan), one.when, one.title, one.about)
        for plan in made.tomorrow
        for one in plan.deadlines
    ]
    heads = (_("Date"), _("Time"), pgettext("review", "Matter"), _("With"))
    return _section("deadlines", _("Deadlines to come"), heads, rows, (2, 1, 7, 2), most=_MOST)


def _since(made: DayReview) -> Section:
    rows = [
        (_when(one.at, made.date), one.user, one.heading, one.sentence)
        for one in made.changed_since
    ]
    heads = (_("Time"), _("Person"), pgettext("review", "Matter"), pgettext("review", "What"))
    return _section("since", _("Changed after the signature"), heads, rows, (2, 1, 4, 5))


# The lists


def _evidence(made: DayReview) -> Section:
    rows = [
        (one.label, words)
        for one in made.checks
        if len(one.evidence) > _SAMPLES
        for words in one.evidence
    ]
    return _section(
        "evidence", _("What the checks found"), (_("Check"), _("What was found")), rows, (3, 9)
    )


def _listed(made: DayReview) -> Section:
    rows = [
        (_due(one.due, made.date) or _("no date"), one.name, one.next, one.holder)
        for one in made.listed
    ]
    n = len(rows)
    words = ngettext("{n} other open, not due", "{n} others open, not due", n).format(n=n)
    heads = (_("Due"), pgettext("review", "Matter"), _("Next"), _("With"))
    return _section("listed", words, heads, rows, (2, 6, 2, 2))


def _rows(made: DayReview) -> Section:
    rows = [
        (row.at[11:], group.name, row.user, row.sentence)
        for group in made.done
        for row in group.rows
    ]
    rows.sort(key=lambda row: row[0])
    heads = (_("Time"), pgettext("review", "Register"), _("Person"), _("What"))
    return _section("rows", _("Everything done this day"), heads, rows, (1, 2, 1, 8))


def _booked(made: DayReview) -> Section:
    rows = [(one.when, one.title, one.about) for one in made.booked]
    heads = (_("Time"), pgettext("review", "Matter"), _("State"))
    words = _("In the registers of that day, brought in later")
    return _section("booked", words, heads, rows, (1, 8, 3))


# Words


def _section(
    id_: str,
    name: str,
    heads: Row,
    rows: Iterable[Row],
    widths: tuple[float, ...],
    said: str = "",
    most: int = 0,
) -> Section:
    """A section whose texts are harmless; a cell may have several lines."""
    safe = tuple(tuple(_safe(cell) for cell in row) for row in rows)
    return Section(id_, _safe(name), tuple(map(_safe, heads)), safe, widths, _safe(said), most)


_safe: Callable[[str], str] = visible_block


def _due(at: str, day: str) -> str:
    """A deadline: its hour on that day, else its day."""
    return at[11:] if at[:10] == day else at[5:10]


def _when(at: str, day: str = "") -> str:
    """A local moment: 17:30 on that day, else 11-21 09:00."""
    if not at:
        return ""
    if day and at[:10] == day:
        return at[11:]
    return at[5:].replace("T", " ")
