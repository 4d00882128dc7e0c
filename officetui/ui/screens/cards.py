"""What screens of cards share: a painted card, keys that count for it, and who else is here."""

from __future__ import annotations

import time
from typing import ClassVar, Final

from textual import events

from officetui.office.cards import Card
from officetui.office.cards_kept import Beside
from officetui.ui.at_cards import AtCards
from officetui.ui.modals.base import normal
from officetui.ui.pacing import NEVER, Paced
from officetui.ui.screens.base import BaseScreen
from officetui.ui.widgets.card import CardLines

AROUND: Final = 4  # lines of the screen that are not the card: header, footer, status, frame
_BESIDE: Final = 2.0  # seconds between two looks at who else is here
_ACTING: Final = ("enter", "space", "backspace", "u", "U", "upper_u")


class CardScreen(Paced, BaseScreen):
    """One matter at a time, answered by a digit that counts for what was painted."""

    DIGITS: ClassVar[str] = "123456789"

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._kept: AtCards | None = None
        self._others: list[Beside] = []
        self._own = False  # it is this screen that changes something

    # What a screen of cards says of itself

    def _draw(self) -> None:
        raise NotImplementedError

    def choose(self, digit: int) -> None:
        """Answer the card."""
        raise NotImplementedError

    def keep_place(self, kept: AtCards, at: str) -> None:
        """Keep that the card `at` is looked at, "" for none."""
        raise NotImplementedError

    # Who else is here

    def attend(self, what: str) -> AtCards:
        """Tell others that somebody is at these cards, and look who else is."""
        self._kept = AtCards(self.shell, what)
        self._others = self._kept.beside()
        self.set_interval(_BESIDE, self._look_beside)
        return self._kept

    def on_unmount(self) -> None:
        self.leave_cards()

    def leave_cards(self) -> None:
        """Others need not know any more which card is looked at."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.leave()

    def sync_changed(self) -> None:
        """A round is over: it may have told who else is here."""
        self._look_beside()

    def _look_beside(self) -> None:
        if self._kept is None:
            return
        if self._card is not None and self._painted_at != NEVER and self in self.app.screen_stack:
            self._tell_card(self._kept)  # it is looked at still, maybe below a form
        if not self._on_top:
            return
        found = self._kept.beside()
        if found != self._others:
            self._others = found
            self._draw()

    # What is shown

    @property
    def _on_top(self) -> bool:
        """Whether no dialogue is open above."""
        return self.app.screen is self

    def on_resize(self, event: events.Resize) -> None:
        self._draw()
        self.call_after_refresh(self.tell_keys)

    def selected_refs(self) -> list[str]:
        return list(self._card.refs) if self._card is not None else []

    def _painted(self) -> None:
        """From now on keys are meant for this card; then the place is kept."""
        if not self._on_top:
            return  # when it is again
        if self.shell.held is self or not self.query_one(CardLines).drawn:  # not painted yet
            self.set_timer(0.005, self._painted)
            return
        self._painted_at = time.monotonic()
        shown = self._card
        if self._kept is not None:
            at = shown.seed.key if shown is not None else ""
            self.keep_place(self._kept, at)
            self._tell_card(self._kept)

    def _tell_card(self, kept: AtCards) -> None:
        shown = self._card
        key, title = (shown.seed.key, shown.title) if shown is not None else ("", "")
        kept.look_at(key, title, self.office.now)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._painted_at == NEVER:
            self.call_after_refresh(self._painted)

    # Keys

    def on_key(self, event: events.Key) -> None:
        key = normal(event)
        digit = len(key) == 1 and key in self.DIGITS
        if not digit and event.key not in _ACTING:
            return
        early = self.too_early(event)
        if early or digit:
            event.stop()
            event.prevent_default()
        if digit and not early:
            self.choose(int(key))

    def part_of(self, ref: str) -> str:
        """The record that a ref is part of; the ref itself where it is a record."""
        record = self.office.get(ref)
        if record is None or "." not in record.register:
            return ref
        return f"{record.register.partition('.')[0]}/{record.parent}"
