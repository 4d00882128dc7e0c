"""The day review: on top what must be answered, one matter and one digit at a time; below what the
day was; at the bottom the note and who signed. A past day is read the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from textual import events, work
from textual.app import ComposeResult

from officetui.errors import OfficeError
from officetui.office import periods, review_asked, review_signing
from officetui.office.cards_kept import Place
from officetui.office.day_review import Asked, DayReview, record_of, review, to_close
from officetui.office.look import Glance
from officetui.office.tables import EVENING, MORNING, half_words
from officetui.text.i18n import _
from officetui.ui import actions, closing, handing
from officetui.ui.at_cards import AtCards
from officetui.ui.heading import tell_header
from officetui.ui.pacing import NEVER
from officetui.ui.screens import review_lines, triage_lines
from officetui.ui.screens.cards import AROUND, CardScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.card import CardLines, Line

if TYPE_CHECKING:
    from officetui.office.committing import Done

_SMALL: Final = 30  # lines below which the day is told shorter
_CARD: Final = 9  # lines of a card at most, so that the day stays in sight


class ReviewScreen(CardScreen):
    """One half of a day, to be answered and signed; or a day that is over."""

    WHERE = actions.REVIEW
    CSS_PATH = styles_dir() / "review.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._day = date.min
        self._half = EVENING
        self._made: DayReview | None = None
        self._asked: list[Asked] = []
        self._at = 0
        self._top = 0  # lines of the day scrolled out of sight
        self._open = False  # a dialogue asks for what an answer needs

    def compose_body(self) -> ComposeResult:
        yield CardLines(id="review")

    def on_mount(self) -> None:
        kept = self.attend("review")
        self._day, self._half = review_signing.present(self.office)
        place = kept.place(self._place_key())
        self._count()
        refs = [one.ref for one in self._asked]
        self._at = refs.index(place.at) if place.at in refs else 0
        self._show()
        self._make()
        self.tick_each_minute()

    def tell_keys(self) -> None:
        self.footer_line.tell(self.WHERE, days=True, selected=self._card is not None)

    @property
    def _now(self) -> bool:
        """Whether the half that is shown can still be answered and signed."""
        return to_close(self.office, self._day, self._half)

    def _present(self) -> tuple[date, str]:
        return review_signing.present(self.office)

    def _place_key(self) -> str:
        return f"{self._day.isoformat()} {self._half}"

    # What is shown

    def _count(self) -> None:
        """What must be answered now; nothing on a day that is over, or that was signed."""
        office = self.office
        self._asked = []
        if not self._now:
            return
        with office.lock:
            look = Glance(office, office.now)
            record = record_of(look, self._day, self._half)
            if record.state not in ("signed", "accepted"):
                self._asked = review_asked.split(look, self._day, self._half, record)[0]

    @work(thread=True, exclusive=True, group="review", exit_on_error=False)
    def _make(self) -> None:
        """All of the day, read beside the keys: of an old office it takes a moment."""
        try:
            made = review(self.office, self._day, self._half)
        except (OfficeError, OSError) as error:
            words = _("The day could not be read: {why}. What is asked can be answered.")
            why = error.strerror if isinstance(error, OSError) else str(error)
            self.app.call_from_thread(self.say, words.format(why=why), "error")
            return
        self.app.call_from_thread(self._came, made)

    def _came(self, made: DayReview) -> None:
        if (made.date, made.half) == (self._day.isoformat(), self._half):
            self._made = made
            self._draw()

    def _show(self, said: str = "") -> None:
        """The card of the place."""
        self._card = None
        while self._asked:
            self._at = min(self._at, len(self._asked) - 1)
            self._card = review_asked.card(self.office, self._asked[self._at], self._half)
            if self._card is not None:
                break
            del self._asked[self._at]
        self._painted_at = NEVER
        self._draw()
        self.tell_keys()
        if said:
            self.say(said)
        self.call_after_refresh(self._painted)

    def keep_place(self, kept: AtCards, at: str) -> None:
        kept.keep(Place(self._place_key(), at))

    def _draw(self) -> None:
        tell_header(self)
        width = self.size.width or self.app.size.width
        height = (self.size.height or self.app.size.height) - AROUND + 1
        head, foot = self._head(width, height), self._foot(width)
        room = max(0, height - len(head) - len(foot))
        small = height < _SMALL
        day = review_lines.body(self._made, width, small) if self._made is not None else []
        self._top = max(0, min(self._top, len(day) - room))
        shown = day[self._top : self._top + room]
        below = len(day) - self._top - room
        if below > 0 and shown:
            words = _("{n} lines below, {n_up} above: Down, Up").format(n=below + 1, n_up=self._top)
            shown[-1] = (("   " + words, "dim"),)
        shown += [()] * (room - len(shown))
        self.query_one(CardLines).show_lines([*head, *shown, *foot])

    def _head(self, width: int, height: int) -> list[Line]:
        made, card = self._made, self._card
        rule: Line = (("-" * width, "dim"),)
        if card is None:
            return [*review_lines.top(made, self._half), rule] if made is not None else []
        place = (self._at + 1, len(self._asked) - 1 - self._at, self._at)
        half = half_words(self._half)
        found = triage_lines.lines(card, width, _CARD, place, self._others, (), height, half)
        return [*found, *review_lines.waiting(self._asked, self._at, width), rule]

    def _foot(self, width: int) -> list[Line]:
        if self._made is None or self._made.said:
            return []
        return [(("-" * width, "dim"),), *review_lines.bottom(self._made, width)]

    # Keys

    def action_first(self) -> None:
        if self._card is not None:
            self.choose(1)
        else:
            self.action_menu()

    def choose(self, digit: int) -> None:
        """Answer the matter, unless somebody changed it meanwhile."""
        shown = self._card
        if shown is None:
            self.say(_("There is nothing to answer; 0 shows what can be done."))
            return
        asked = self._asked[self._at]
        chosen = shown.answers[digit - 1] if digit <= len(shown.answers) else None
        if chosen is None or not chosen.do:
            self.say(
                _("This card has no answer {n}: press one of the digits it shows.").format(n=digit)
            )
            return
        self.shell.take_in()
        if self._card is not shown:
            return  # somebody else changed it meanwhile, and it was shown anew
        self._open = True
        closing.answer(self.shell, shown, chosen, asked, self._day, self._half)
        if self._on_top:
            self._settle()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._made is not None or self._open:
            self.call_later(self._settle)

    def _settle(self) -> None:
        """What was asked is over: what is answered is not in the list any more."""
        self._open = False
        if self._on_top:
            self._recount()

    def _recount(self, said: str = "") -> None:
        """Count anew; the card that is looked at stays, while it is still to be answered."""
        ref = self._card.seed.key if self._card is not None else ""
        before = {one.ref for one in self._asked}
        self._count()
        refs = [one.ref for one in self._asked]
        fresh = [one for one in refs if one not in before]
        if self._own and fresh:
            self._at = refs.index(fresh[0])  # what an undo has brought back
        elif ref in refs:
            self._at = refs.index(ref)
        elif self._at >= len(refs):
            self._at = 0
        self._show(said)
        self._make()

    def action_skip(self) -> None:
        """The next matter; this one stays and comes round again."""
        if len(self._asked) < 2:
            self.say(_("There is no other card."))
            return
        self._at = (self._at + 1) % len(self._asked)
        self._show("" if self._at else _("From the beginning: these were skipped."))

    def action_previous(self) -> None:
        if not self._at:
            self.say(_("This is the first card; u takes an answer back."))
            return
        self._at -= 1
        self._show()

    def action_undo(self) -> None:
        """Take the last action back, and show the matter that it answered."""
        self._taken_back(self.office.undo)

    def action_redo(self) -> None:
        self._taken_back(self.office.redo)

    def _taken_back(self, change: Callable[[], Done]) -> None:
        self._own = True
        self.shell.perform(change)
        self._recount()
        self._own = False

    def action_scroll(self, by: int) -> None:
        """The day further up or down."""
        self._top = max(0, self._top + by)
        self._draw()

    # Note, signatures, other days

    def action_note(self) -> None:
        if self._may_write():
            closing.note(self.shell, self._day, self._half)

    def action_sign(self) -> None:
        self.shell.take_in()
        if self._may_write():
            made = review(self.office, self._day, self._half)
            closing.sign(self.shell, made, self._day, self._half)

    def action_accept(self) -> None:
        if self._may_write():
            closing.accept(self.shell, self._day, self._half)

    def _may_write(self) -> bool:
        if 0 <= (self.office.today - self._day).days <= 1:
            return True
        self.say(_("A day that is over is only read here."), "error")
        return False

    def action_file(self) -> None:
        """The document that both sides sign; of a day that is over, as it was."""
        made = self._made
        if made is None or made.said:
            self.say(made.said if made is not None else "")
            return
        handing.offer(self.shell, self._day, self._half)

    def action_days(self) -> None:
        """The days of this month by their signatures."""
        from officetui.ui.screens.signatures import SignaturesScreen

        self.app.push_screen(SignaturesScreen(self._day))

    def action_half(self) -> None:
        self._half = MORNING if self._half == EVENING else EVENING
        self._turn()

    def action_day(self, days: int) -> None:
        self.show_day(periods.stepped("day", self._day, days))

    def show_day(self, day: date, half: str = "") -> None:
        """Another day, to be read; today to be closed."""
        today, now = self._present()
        self._day = day
        self._half = half or (now if day == today else EVENING)
        self._turn()

    def _turn(self) -> None:
        self._made, self._top, self._at = None, 0, 0
        self._count()
        self._show()
        self._make()

    def action_menu(self) -> None:
        """What can be done with the day, by number, while an input method is on."""
        from officetui.ui import flows
        from officetui.ui.menus import Item
        from officetui.ui.modals.menu import StepMenu

        names = ["review.sign", "review.accept", "review.note", "review.file", "review.half"]
        names += ["day.goto", "day.before", "day.after"]

        def item(name: str) -> Item:
            action = actions.BY_ID[name]
            return Item(name, action.name(), actions.shown_key(action))

        items, more = [item(name) for name in names], [item("review.days")]
        refs = self.selected_refs()
        if refs:
            items.append(Item("open", _("Open the record and its history"), digit=9))

        def chosen(name: str | None) -> None:
            if name == "open":
                flows.open_record(self.shell, refs[0])
            elif name is not None:
                self.shell.call_later(self.shell.run_action, actions.BY_ID[name].handler)

        title = _("Day review {date}").format(date=self._day.isoformat())
        self.app.push_screen(StepMenu(title, [items, more]), chosen)

    # Changes

    def records_changed(self, refs: set[str]) -> None:
        """What is on the card may be other than it was painted."""
        if self._open or self._own:
            return
        if not self._on_top:  # a signature, or a colleague: what is below a dialogue is true, too
            self._recount()
            return
        shown = self._card
        mine = shown is not None and {self.part_of(ref) for ref in refs} & set(shown.refs)
        if mine and not self.shell.own_change:
            self._recount(_("This was changed meanwhile: look again, then answer."))
        else:
            self._recount()

    def _tick_header(self) -> None:
        super()._tick_header()
        if self._on_top and not self._open:
            self._recount()
