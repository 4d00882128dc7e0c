"""The day review as text: for terminals without a screen, mail and printers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from officetui.office.ids import short_id
from officetui.registers.reviews import half_words
from officetui.report.review_words import became_words
from officetui.report.tables import table
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible, visible_block
from officetui.text.width import clip, wrap
from officetui.text.words import clauses

if TYPE_CHECKING:
    from officetui.office.day_review import DayPlan, DayReview, Signature

_TITLES = 90  # cells of the text of one change, where a terminal sets no limit


def review_text(made: DayReview, width: int | None) -> str:
    """The review in lines of at most `width` cells (None: as long as they are)."""
    return "\n".join(_lines(made, width))


def _lines(made: DayReview, width: int | None) -> Iterator[str]:
    half = "" if made.said or made.past else half_words(made.half)
    head = [
        made.office,
        _("Day review"),
        half,
        made.date,
        made.weekday,
        made.day_type,
        made.lunar,
    ]
    words = "  ".join(visible(part) for part in head if part)
    yield words if width is None else clip(words, width)
    yield glyphs().rule * (width or 80)
    if made.said:
        yield made.said
        return
    asked = [
        (short_id(a.ref), a.badge, a.urgency, a.title, a.why, a.next, a.holder) for a in made.asked
    ]
    became = [
        (a.due.replace("T", " "), a.name, a.urgency, a.holder, a.ended)
        for a in made.asked
        if a.ended
    ]
    if became:
        yield from _panel(became_words(became), became, width)
    elif made.asked or not made.past:
        n = len(asked)
        title = ngettext("{n} to be answered", "{n} to be answered", n).format(n=n)
        yield from _panel(title, asked, width)
    if made.changed_since:
        since = [(s.at.replace("T", " "), s.heading, s.sentence) for s in made.changed_since]
        yield from _panel(_("Changed after the signature"), since, width)
    yield from _done(made, width)
    checks: list[tuple[str, ...]] = []
    for check in made.checks:
        mark = "+" if check.ok else glyphs().attention
        checks.append((mark, check.label if check.ok else check.short))
        checks += [("", words) for words in check.evidence]
    if checks:
        yield from _panel(_("Four checks"), checks, width)
    yield from _ahead(made.tomorrow, width)
    rows: list[tuple[str, ...]]
    if made.carried:
        rows = [
            (half_words(c.half), c.title, f"{c.words} {c.to}".strip(), c.reason, c.state)
            for c in made.carried
        ]
        yield from _panel(pgettext("review", "Carried"), rows, width)
    if made.listed:
        rows = [(a.due.replace("T", " "), a.name, a.next, a.holder) for a in made.listed]
        yield from _panel(_("Open, only listed"), rows, width)
    if made.booked:
        rows = [(b.when, b.title, b.about) for b in made.booked]
        yield from _panel(_("In the registers of that day, brought in later:"), rows, width)
    if made.note:
        yield ""
        yield pgettext("review", "Note")
        for line in visible_block(made.note, 4000).splitlines():
            yield from ("  " + part for part in wrap(line, (width or _TITLES) - 2))
    yield from _panel(
        pgettext("review", "Signed"), [_signature(one) for one in made.signatures], width
    )


def _panel(title: str, rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    yield ""
    yield title if width is None else clip(title, width)
    if not rows:
        yield "  " + _("nothing")
        return
    room = None if width is None else width - 2
    yield from ("  " + line for line in table((), rows, room).splitlines())


def _done(made: DayReview, width: int | None) -> Iterator[str]:
    total = ngettext("{n} change", "{n} changes", made.count).format(n=made.count)
    yield from _panel(
        f"{pgettext('review', 'Done')}  {total}",
        [(one.name, str(one.count)) for one in made.by_register]
        + [(one.name or _("nobody"), str(one.count)) for one in made.by_person],
        width,
    )
    for group in made.done:
        rows = [(row.at[11:], row.sentence) for row in group.rows]
        yield from _panel(group.heading, rows, width)


def _ahead(plans: Sequence[DayPlan], width: int | None) -> Iterator[str]:
    for plan in plans:
        rows: list[Sequence[str]] = []
        for seat in plan.duty:
            mark = glyphs().attention if seat.mark else ""
            rows.append((mark, seat.line, seat.person, seat.phone, seat.state))
        rows += [("", one.when, one.title, one.about) for one in plan.meetings]
        rows += [
            ("", _("due {what}").format(what=one.when), one.title, one.about)
            for one in plan.deadlines
        ]
        yield from _panel(f"{plan.date}  {plan.weekday}  {plan.day_type}", rows, width)


def _signature(one: Signature) -> tuple[str, ...]:
    if one.state not in ("signed", "accepted"):
        return (one.label, _("not signed"))
    if one.two_values:
        return (one.label, _("signed twice at once, to be decided"))
    words = [_("{name} signed {time}").format(name=one.signed_by, time=one.signed_at[11:])]
    if one.state == "accepted":
        said = _("{name} accepted {time} ({how})")
        if one.noted_by:
            said = _("{name} accepted {time} ({how}, noted by {by})")
        words.append(
            said.format(
                name=one.accepted_by,
                time=one.accepted_at[11:],
                how=one.accepted_how,
                by=one.noted_by,
            )
        )
    else:
        words.append(_("to be accepted"))
    if one.carried:
        n = one.carried
        words.append(ngettext("{n} carried", "{n} carried", n).format(n=n))
    return (one.label, clauses(words))
