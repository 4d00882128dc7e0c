"""A card of triage as lines: what it is, why it is here, what must be known, the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from officetui.office.cards import Card
from officetui.office.cards_kept import Beside
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible
from officetui.text.width import cell_width, wrap
from officetui.ui.widgets.card import Line
from officetui.ui.widgets.line import Piece

_LONGEST = 4  # lines of one text
_OTHERS = 3  # lines about who else is here


def nothing(back: Sequence[datetime]) -> list[Line]:
    """When no card is left; `back`: when those put off come again (naive local)."""
    return [
        ((" " + _("Nothing is left that needs a decision."), "strong"),),
        ((" " + _("Esc goes back; u takes the last answer back."), "dim"),),
        *_later(back),
    ]


def lines(
    card: Card,
    width: int,
    height: int,
    place: tuple[int, int, int],
    others: Sequence[Beside],
    back: Sequence[datetime],
    whole: int | None = None,
    of: str = "",
) -> list[Line]:
    """All of a card in `width` cells; what must be known is cut to the room, the answers never.

    `place`: the number of the card, how many come after it, how many before it were skipped;
    `whole`: lines of the screen, where the card should have fewer (`height`); `of`: what the cards
    belong to, where that is not said by the screen.
    """
    why = _("why: {reason}").format(reason=card.why)
    above = [
        *_head(card, width, place, of),
        *(((f" {line}", "warn" if card.mark else ""),) for line in wrap(why, width - 2)),
        *_beside(card, others),
    ]
    below: list[Line] = [(), *_choices(card, width), *_later(back)]
    known: list[Line] = [
        ((f"   {line}", ""),) for text in card.lines for line in wrap(text, width - 4)[:_LONGEST]
    ]
    room = height if whole is None else whole
    if len(above) + len(below) > room:
        below = below[1:]
        above = above[: max(2, room - len(below))]
    return [*above, *known[: max(0, height - len(above) - len(below))], *below]


def _head(card: Card, width: int, place: tuple[int, int, int], of: str) -> Iterator[Line]:
    number, left, skipped = place
    words = ngettext("card {n}, {left} left", "card {n}, {left} left", left)
    count = words.format(n=number, left=left)
    if skipped:
        more = ngettext("{count}, {n} skipped", "{count}, {n} skipped", skipped)
        count = more.format(count=count, n=skipped)
    count = f"{of}  {count}" if of else count
    head: list[Piece] = [(f" {card.badge}", "key")]
    for text, style in ((card.urgency, "alert"), (card.source, ""), (card.title, "strong")):
        if text:
            head.append((f"  {text}", style))
    room = width - cell_width(count) - 2
    used = sum(cell_width(text) for text, _style in head)
    if used <= room:
        yield (*head, (" " * (room - used + 1), ""), (count, "dim"))
        return
    yield ((f" {card.badge}  {card.urgency}".rstrip(), "key"), (f"  {count}", "dim"))
    title = "  ".join(part for part in (card.source, card.title) if part)
    for line in wrap(title, width - 2)[:_LONGEST]:
        yield ((f" {line}", "strong"),)


def _later(back: Sequence[datetime]) -> list[Line]:
    if not back:
        return []
    words = ngettext(
        "{n} card comes back, at {time}", "{n} cards come back, the first at {time}", len(back)
    )
    said = words.format(n=len(back), time=back[0].strftime("%H:%M"))
    return [(), ((" " + said, "dim"),)]


def _beside(card: Card, others: Sequence[Beside]) -> Iterator[Line]:
    """Who else is at the cards, and at which: first whoever is at this one; never so many that
    the answers are pushed off the screen."""
    told = [one for one in others if one.key == card.seed.key or one.title]
    told.sort(key=lambda one: one.key != card.seed.key)
    for one in told[:_OTHERS]:
        name = visible(one.user, limit=20) or _("somebody")
        if one.key == card.seed.key:
            words = _("{name} has the same card open in another window")
            yield ((" " + words.format(name=name), "alert"),)
        else:
            words = _("{name} is at another card: {title}")
            title = visible(one.title, limit=40)
            yield ((" " + words.format(name=name, title=title), "dim"),)


def _choices(card: Card, width: int) -> Iterator[Line]:
    """The answers by their digits, as many in a line as it holds."""
    line: list[Piece] = []
    used = 0
    for number, answer in enumerate(card.answers, 1):
        if not answer.label:
            continue  # its digit stays free
        words = f" {visible(answer.label, limit=60)}"
        size = cell_width(words) + 4
        if line and used + size > width - 1:
            yield tuple(line)
            line, used = [], 0
        line += [(f" {number}", "key"), (words + " ", "")]
        used += size
    if line:
        yield tuple(line)
