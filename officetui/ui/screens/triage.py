"""Triage: one card at a time, answered by a digit.

A key acts on the card that was on the screen when it was pressed, or on none: what arrives before
a card was painted, or in one go with the key before, is dropped. The deck is made once and counted
anew when the clerk reads, so that the way from a key to the next card is short.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import msgspec
from textual import events
from textual.app import ComposeResult

from officetui.office.cards import Answer, Card, Seed, card, deck
from officetui.office.cards_kept import Place, instant_text
from officetui.office.deadlines import SOON, TODAY
from officetui.office.look import Glance
from officetui.text.i18n import _
from officetui.ui import actions
from officetui.ui.at_cards import AtCards
from officetui.ui.heading import tell_header
from officetui.ui.pacing import NEVER
from officetui.ui.screens import triage_lines
from officetui.ui.screens.cards import AROUND, CardScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.card import CardLines

_COUNT: Final = 0.4  # seconds after an answer when the deck is made anew


class _Answered(msgspec.Struct):
    """A card that was answered, to be shown again when that is undone."""

    seed: Seed
    refs: set[str]
    place: int


class TriageScreen(CardScreen):
    """The cards of this morning."""

    WHERE = actions.TRIAGE
    DIGITS = "0123456789"  # of 0 it is said that there is no such answer
    CSS_PATH = styles_dir() / "triage.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._deck: list[Seed] = []
        self._at = 0
        self._place = Place()
        self._done: list[_Answered] = []
        self._asked: tuple[Card, Answer, int] | None = None  # and the changes made before
        self._touched: set[str] = set()
        self._counting = False
        self._returned: set[str] = set()  # came back, and not looked at since

    def compose_body(self) -> ComposeResult:
        yield CardLines(id="card")

    def on_mount(self) -> None:
        kept = self.attend("triage")
        self._place = kept.place(self.office.today.isoformat())
        self._count()
        keys = [seed.key for seed in self._deck]
        self._at = keys.index(self._place.at) if self._place.at in keys else 0
        self._show()
        self.tick_each_minute()

    def has_days(self) -> bool:
        return False

    def tell_keys(self) -> None:
        card = self._card
        first = card is not None and bool(card.answers) and bool(card.answers[0].label)
        without = () if first else ("triage.first",)
        self.footer_line.tell(self.WHERE, days=False, selected=card is not None, without=without)

    # The deck

    def _count(self) -> None:
        """Make the deck anew: what was answered or put off is not in it; what came back is next."""
        office = self.office
        with office.lock:
            found = deck(Glance(office, office.now), self._place.apart)
        now = instant_text(office.now)
        back = {key for key, until in self._place.later.items() if until <= now}
        for key in back:
            del self._place.later[key]
        fresh = [seed for seed in found if seed.key not in self._place.later]
        current = self._current()
        if current is None:
            self._deck = fresh
            self._at = 0
            return
        stays = current.key in self._returned  # came back and is looked at: its place is here
        self._returned = (self._returned | back) & {current.key, *(seed.key for seed in fresh)}
        returned = [s for s in fresh if s.key in self._returned and s.key != current.key]
        rest = [seed for seed in fresh if seed not in returned and seed.key != current.key]
        keys = [seed.key for seed in fresh if seed not in returned]
        known = current.key in keys and not stays
        self._at = keys.index(current.key) if known else min(self._at, len(rest))
        rest.insert(self._at, current)
        self._deck = [*rest[: self._at + 1], *returned, *rest[self._at + 1 :]]

    def _current(self) -> Seed | None:
        return self._deck[self._at] if self._at < len(self._deck) else None

    def _count_soon(self) -> None:
        if not self._counting:
            self._counting = True
            self.set_timer(_COUNT, self._count_again)

    def _count_again(self) -> None:
        self._counting = False
        if self._asked is None and self._on_top:
            self._count()
            if self._card is None and self._deck:
                self._show()
            else:
                self._draw()

    # Showing

    def _show(self, said: str = "") -> None:
        """The card of the place; those with nothing left to decide are passed over."""
        self._card = None
        while self._deck:
            self._at = min(self._at, len(self._deck) - 1)
            self._card = card(self.office, self._deck[self._at])
            if self._card is not None:
                break
            del self._deck[self._at]
        self._painted_at = NEVER
        self._touched = set()
        self._draw()
        self.tell_keys()
        if said:
            self.say(said)
        self.call_after_refresh(self._painted)

    def keep_place(self, kept: AtCards, at: str) -> None:
        self._place.at = at
        kept.keep(self._place)

    def _draw(self) -> None:
        tell_header(self)
        width = self.size.width or self.app.size.width
        height = (self.size.height or self.app.size.height) - AROUND
        shown = self._card
        if shown is None:
            found = triage_lines.nothing(self._back())
        else:
            place = (len(self._done) + self._at + 1, len(self._deck) - self._at - 1, self._at)
            found = triage_lines.lines(shown, width, height, place, self._others, self._back())
        self.query_one(CardLines).show_lines(found)

    def _back(self) -> list[datetime]:
        """When cards that were put off come back within the hour, as local moments."""
        office = self.office
        now, soon = instant_text(office.now), instant_text(office.now + timedelta(hours=1))
        coming = sorted(until for until in self._place.later.values() if now < until <= soon)
        return [office.clock(datetime.fromisoformat(until)) for until in coming]

    def _look_beside(self) -> None:
        """Who else is at triage; what was put off may be due again."""
        super()._look_beside()
        if self._kept is None or not self._on_top:
            return
        now = instant_text(self.office.now)
        if any(until <= now for until in self._place.later.values()):
            self._count_soon()

    # Keys

    def action_first(self) -> None:
        self.choose(1)

    def choose(self, digit: int) -> None:
        """Answer the card, unless somebody changed what it is about meanwhile."""
        shown = self._card
        if shown is None:
            return
        if not 1 <= digit <= len(shown.answers) or not shown.answers[digit - 1].label:
            self.say(
                _("This card has no answer {n}: press one of the digits it shows.").format(n=digit)
            )
            return
        self.shell.take_in()
        if self._card is not shown:
            return  # somebody else changed it meanwhile, and it was shown anew
        chosen = shown.answers[digit - 1]
        if chosen.do == "each":
            self._place.apart.append(shown.seed.item.person)
            self._replace(shown)
            return
        from officetui.ui import answering

        self._asked = (shown, chosen, self.shell.made)
        answering.answer(self.shell, shown, chosen)
        if self._on_top:
            self._settle()

    def _replace(self, shown: Card) -> None:
        """The card of a group gives way to one for each of its matters."""
        item = shown.seed.item
        each = [Seed(f"matter:{ref}", shown.seed.kind, (ref,), item) for ref in shown.seed.refs]
        self._deck[self._at : self._at + 1] = each
        self._show()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._asked is not None:
            self.call_later(self._settle)
        elif self._kept is not None:
            self._count_soon()

    def _settle(self) -> None:
        """What was asked is over: with a change the card is answered, else it stays."""
        if self._asked is None or not self._on_top:
            return
        shown, chosen, made = self._asked
        self._asked = None
        if self.shell.made == made:
            self._show()
            return
        if chosen.do == "open" and card(self.office, shown.seed) is not None:
            self._show()  # something was written into it; it is still to be answered
            return
        refs = self._touched | set(shown.refs)
        self._done.append(_Answered(shown.seed, refs, self._at))
        self._place.later[shown.seed.key] = self._until(shown, chosen)
        if shown.seed in self._deck:
            self._deck.remove(shown.seed)
        if self._at >= len(self._deck) and self._deck:
            self._at = 0
            self._show(_("That was the last; these were skipped."))
        else:
            self._show()
        self._count_soon()

    def _until(self, shown: Card, chosen: Answer) -> str:
        """From when an answered card that still stands may come again: what is due today after a
        while, the rest tomorrow."""
        now = self.office.now
        if chosen.back:
            return instant_text(now + timedelta(minutes=chosen.back))
        if shown.seed.item.group in (SOON, TODAY):
            return instant_text(now + timedelta(minutes=self.office.setting("soon_minutes")))
        return instant_text(now + timedelta(days=1))

    def _passed(self) -> None:
        """A card that came back was looked at: it stands where its kind stands again."""
        current = self._current()
        if current is not None:
            self._returned.discard(current.key)

    def action_skip(self) -> None:
        """The next card; this one stays and comes round again."""
        if len(self._deck) < 2:
            self.say(_("There is no other card."))
            return
        self._passed()
        self._at += 1
        if self._at >= len(self._deck):
            self._at = 0
            self._show(_("From the beginning: these were skipped."))
        else:
            self._show()

    def action_before(self) -> None:
        if not self._at:
            self.say(_("This is the first card; u takes an answer back."))
            return
        self._passed()
        self._at -= 1
        self._show()

    def action_undo(self) -> None:
        """Take the last action back, and show the card that it answered."""
        self._own = True
        done = self.shell.perform(self.office.undo)
        self._own = False
        if done is None:
            return
        refs = {self.part_of(ref) for ref in done.refs}
        for place in range(len(self._done) - 1, -1, -1):
            one = self._done[place]
            if one.refs & refs:
                del self._done[place]
                self._bring_back(one)
                return
        self._count()
        self._show()

    def _bring_back(self, one: _Answered) -> None:
        self._place.later.pop(one.seed.key, None)
        self._deck = [seed for seed in self._deck if seed.key != one.seed.key]
        self._at = min(one.place, len(self._deck))
        self._deck.insert(self._at, one.seed)
        self._show()

    # Changes

    def records_changed(self, refs: set[str]) -> None:
        """What is on the card may be other than it was painted."""
        parents = {self.part_of(ref) for ref in refs}
        if self._asked is not None:
            self._touched |= parents
            return
        shown = self._card
        if not self._own and shown is not None and parents & set(shown.refs):
            self._show(_("This was changed meanwhile: look again, then answer."))
        self._count_soon()

    def _tick_header(self) -> None:
        super()._tick_header()
        if self._on_top:
            self._count_soon()
