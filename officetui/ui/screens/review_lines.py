"""A day review as lines: what must be answered, what was done, the checks, tomorrow, the
signatures. Made from a `DayReview` alone; what does not fit is reached by scrolling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from officetui.office.day_review import (
    Asked,
    Carried,
    DayPlan,
    DayReview,
    Signature,
    Since,
)
from officetui.office.tables import EVENING, half_words
from officetui.report.review_words import became_words
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.width import cell_width, clip, pad, wrap, wrap_parts
from officetui.text.words import clauses, listed
from officetui.ui.widgets.card import Line
from officetui.ui.widgets.line import Piece

_LABEL: Final = 9  # cells of the words that begin a part
_EVIDENCE: Final = (1, 2)  # of each check before the rest is told further down: on few lines, else
_DUE: Final = (4, 12)  # matters that an unsigned evening left, before the rest further down
_NEXT: Final = 3  # matters that wait behind the card
_DAYS: Final = {"late": 0, "after": 1, "edited": 2, "matter": 3}


def top(made: DayReview, half: str) -> list[Line]:
    """What stands where a card would, when there is none."""
    if made.said:
        return [
            ((f" {made.said}", "strong"),),
            ((" " + _("[ and ] another day, g a date."), "dim"),),
        ]
    if made.past:
        title = _("The review of {date} {weekday}").format(date=made.date, weekday=made.weekday)
        return [((f" {title}", "strong"),)]
    signature = _of(made, half)
    if signature is not None and signature.state in ("signed", "accepted"):
        return [((" " + _signed(signature), "strong"),)]
    if not made.asked:
        words = _("Nothing is left that needs an answer.")
        keys = _("s signs and hands over, n writes a note for who comes.")
        said = ((f" {half_words(half)}", "key"), (f"  {words}", "strong"))
        return [said, ((f" {keys}", "dim"),)]
    return []


def _of(made: DayReview, half: str) -> Signature | None:
    return next((one for one in made.signatures if one.half == half), None)


def waiting(asked: Sequence[Asked], at: int, width: int) -> list[Line]:
    """The matters behind the card, a line each."""
    following = [*asked[at + 1 :], *asked[:at]]
    found: list[Line] = [
        (("   " + clip(f"{one.name}  {one.why}", width - 4), "dim"),) for one in following[:_NEXT]
    ]
    more = len(following) - _NEXT
    if more > 0:
        words = ngettext("{n} more to answer", "{n} more to answer", more).format(n=more)
        found.append((("   " + words, "dim"),))
    return found


def body(made: DayReview, width: int, small: bool = False) -> list[Line]:
    """All of the day below the card, the summaries first, then each in full; `small`: on a screen
    of few lines."""
    if made.said:
        return []
    shown = _EVIDENCE[not small]
    return [
        *_changed(made, width),
        *_became(made, width, _DUE[not small]),
        *_done(made, width),
        *_checks(made, width, shown),
        *_tomorrow(made, width),
        *_carried(made, width),
        *_listed(made, width),
        *_became_rest(made, width, _DUE[not small]),
        *_evidence(made, width, shown),
        *_rows(made, width),
        *_booked(made, width),
    ]


def bottom(made: DayReview, width: int) -> list[Line]:
    """The note and the signatures: always in sight."""
    if made.said:
        return []
    found: list[Line] = []
    if made.note:
        found += _part(pgettext("review", "Note"), wrap(made.note, width - _LABEL - 2)[:2])
    else:
        found += _part(pgettext("review", "Note"), [pgettext("review", "none")], "dim")
    signed = [_signed(one) for one in reversed(made.signatures)]
    room = width - _LABEL - 2
    joined, label = "  |  ".join(signed), pgettext("review", "Signed")
    if cell_width(joined) > room:
        return [*found, *_part(label, [line for one in signed for line in wrap(one, room)])]
    return [*found, *_part(label, [joined])]


def _signed(one: Signature) -> str:
    """晚交班 李梅 17:35 签，罗丹 17:40 接(当面)，移交2件."""
    if one.two_values:
        return _("{half}: signed twice at once, to be decided (=)").format(half=one.label)
    if one.state not in ("signed", "accepted"):
        return _("{half}: not signed").format(half=one.label)
    parts = [_("{name} signed {time}").format(name=one.signed_by, time=one.signed_at[11:])]
    if one.state == "accepted":
        words = _("{name} accepted {time} ({how})")
        if one.noted_by:
            words = _("{name} accepted {time} ({how}, noted by {by})")
        parts.append(
            words.format(
                name=one.accepted_by,
                time=one.accepted_at[11:],
                how=one.accepted_how,
                by=one.noted_by,
            )
        )
    else:
        parts.append(_("to be accepted"))
    if one.carried:
        parts.append(_carried_words(one.half, one.carried))
    return _("{half}: {what}").format(half=one.label, what=clauses(parts))


def _carried_words(half: str, n: int) -> str:
    if half == EVENING:
        words = ngettext("{n} matter carried to the night", "{n} matters carried to the night", n)
    else:
        words = ngettext("{n} matter carried to the day", "{n} matters carried to the day", n)
    return words.format(n=n)


# The parts


def _part(label: str, texts: Sequence[str], style: str = "") -> list[Line]:
    """A part: its name before the first of its lines."""
    found: list[Line] = []
    for n, text in enumerate(texts):
        head: Piece = (" " + pad(label if not n else "", _LABEL), "key")
        found.append((head, (text, style)))
    return found


def _changed(made: DayReview, width: int) -> list[Line]:
    if not made.changed_since:
        return []
    rows = sorted(made.changed_since, key=lambda one: (_DAYS.get(one.kind, 9), one.at))
    n = len(rows)
    words = ngettext("{n} change after the signature", "{n} changes after the signature", n).format(
        n=n
    )
    found = _part(pgettext("review", "Since"), [words], "warn")
    return [*found, *(_since(one, made.date, width) for one in rows)]


def _since(one: Since, day: str, width: int) -> Line:
    when = one.at[11:] if one.at[:10] == day else one.at[5:].replace("T", " ")
    kinds = {
        "late": _("came later from another device"),
        "after": _("after the signature"),
        "edited": _("changed since"),
        "matter": _("went on"),
    }
    text = f"{when} {one.heading}  {one.sentence}  ({kinds.get(one.kind, one.kind)})"
    return (("   " + clip(text, width - 4), "warn" if one.kind in ("late", "edited") else ""),)


def _became(made: DayReview, width: int, most: int) -> list[Line]:
    """Of a day that nobody signed: what was due by its evening, and how it ended."""
    rows = [one for one in made.asked if one.ended]
    if not rows:
        return []
    found = _part(pgettext("review", "Due"), [became_words(rows)])
    found += [_ended(one, width) for one in rows[:most]]
    more = len(rows) - most
    if more > 0:
        words = ngettext("{n} more, further down", "{n} more, further down", more)
        found.append((("     " + words.format(n=more), "dim"),))
    return found


def _became_rest(made: DayReview, width: int, most: int) -> list[Line]:
    rows = [one for one in made.asked if one.ended]
    if len(rows) <= most:
        return []
    head = _part(pgettext("review", "Due"), [became_words(rows)])
    return [*head, *(_ended(one, width) for one in rows[most:])]


def _ended(one: Asked, width: int) -> Line:
    """A matter with how it ended; a long title gives way to that."""
    due = pad(one.due[5:].replace("T", " "), 11)
    tail = "".join(f"  {word}" for word in (one.holder, one.ended) if word)
    name = clip(one.name, max(12, width - 4 - 12 - cell_width(tail)))
    style = "" if one.kind in ("answered", "moved") else "warn"
    return (("   " + clip(f"{due} {name}{tail}", width - 4), style),)


def _done(made: DayReview, width: int) -> list[Line]:
    room = width - _LABEL - 2
    brought = [row.heading for one in made.done for row in one.rows if row.imported]
    texts = [clip(_("imported {what}").format(what=listed(brought)), room)] if brought else []
    if not made.count and brought:
        return _part(pgettext("review", "Done"), texts)
    if not made.count:
        words = _("nothing was recorded") if made.past else _("nothing recorded yet today")
        return _part(pgettext("review", "Done"), [words], "dim")
    total = ngettext("{n} change", "{n} changes", made.count).format(n=made.count)
    named = "  ".join(f"{one.name} {one.count}" for one in made.by_register)
    people = "  ".join(f"{one.name} {one.count}" for one in made.by_person if one.name)
    said = wrap_parts(_("{label}: {what}").format(label=total, what=named), room, most=2)
    texts = [*said, clip(_("by {people}").format(people=people), room), *texts]
    return _part(pgettext("review", "Done"), texts)


def _checks(made: DayReview, width: int, most: int) -> list[Line]:
    if not made.checks:
        return []
    pieces: list[Piece] = []
    for check in made.checks:
        mark = "+ " if check.ok else "! "
        text = check.label if check.ok else check.short
        pieces.append((f"{mark}{text}   ", "" if check.ok else "alert"))
    wide = sum(cell_width(text) for text, _style in pieces) > width - _LABEL - 1
    half = len(pieces) // 2 if wide else len(pieces)
    label = pgettext("review", "Checks")
    found: list[Line] = [((" " + pad(label, _LABEL), "key"), *pieces[:half])]
    if pieces[half:]:
        found.append(((" " * (_LABEL + 1), ""), *pieces[half:]))
    for check in made.checks:
        for words in check.evidence[:most]:
            found.append((("   ! " + clip(words, width - 6), "warn"),))
    rest = sum(max(0, len(check.evidence) - most) for check in made.checks)
    if rest:
        words = ngettext("{n} more, further down", "{n} more, further down", rest)
        found.append((("     " + words.format(n=rest), "dim"),))
    return found


def _tomorrow(made: DayReview, width: int) -> list[Line]:
    texts = []
    for plan in made.tomorrow:
        texts += wrap_parts(plan_words(plan), width - _LABEL - 2, " | ", most=3)
    return _part(pgettext("review", "Ahead"), texts)


def plan_words(plan: DayPlan) -> str:
    """11-21 星期六 休息日 带班周海涛 白班黄伟 | 08:30周例会 二楼 | 到期 收776 徐磊."""
    lines: dict[str, list[str]] = {}
    for seat in plan.duty:
        lines.setdefault(seat.line, []).append(seat.person + ("!" if seat.mark else ""))
    duty = " ".join(f"{line} {listed(names)}" for line, names in lines.items())
    parts = [f"{plan.date[5:]} {plan.weekday} {plan.day_type}", duty or _("nobody on duty yet")]
    parts += [f"{one.when} {one.title} {one.about}".strip() for one in plan.meetings]
    parts += [
        _("due {what}").format(what=f"{one.when} {one.title} {one.about}".strip())
        for one in plan.deadlines
    ]
    return " | ".join(parts)


def _carried(made: DayReview, width: int) -> list[Line]:
    if not made.carried:
        return []
    return _part(
        pgettext("review", "Carried"),
        [clip(_carried_line(one), width - _LABEL - 2) for one in made.carried],
    )


def _carried_line(one: Carried) -> str:
    words = f"{one.words} {one.to}".strip()
    said = [half_words(one.half), one.title, words]
    if one.reason:
        said.append(one.reason)
    said.append(one.state if one.open else _("closed since"))
    return "  ".join(word for word in said if word)


def _listed(made: DayReview, width: int) -> list[Line]:
    if not made.listed:
        return []
    n = len(made.listed)
    words = ngettext("{n} other open, only listed", "{n} others open, only listed", n)
    found = _part(pgettext("review", "Open"), [words.format(n=n)])
    for one in made.listed:
        due = one.due[5:].replace("T", " ") or _("no date")
        text = f"{pad(due, 11)} {one.name}  {one.next}  {one.holder}"
        found.append((("   " + clip(text, width - 4), "dim"),))
    return found


def _evidence(made: DayReview, width: int, shown: int) -> Iterator[Line]:
    for check in made.checks:
        rest = check.evidence[shown:]
        if not rest:
            continue
        yield from _part(pgettext("review", "Checks"), [check.short], "alert")
        for words in rest:
            yield (("   ! " + clip(words, width - 6), "warn"),)


def _rows(made: DayReview, width: int) -> Iterator[Line]:
    for group in made.done:
        yield ((f" {group.heading}", "key"),)
        for row in group.rows:
            text = f"{row.at[11:]}  {row.sentence}"
            yield (("   " + clip(text, width - 4), ""),)


def _booked(made: DayReview, width: int) -> Iterator[Line]:
    if not made.booked:
        return
    yield ((" " + _("In the registers of that day, brought in later:"), "key"),)
    for one in made.booked:
        text = "  ".join(word for word in (one.when, one.title, one.about) if word)
        yield (("   " + clip(text, width - 4), ""),)
