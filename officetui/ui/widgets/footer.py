"""The keys of the screen, from the registry of actions and the steps of the selected record."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.office.tables import Register, Step
from officetui.text.i18n import _, pgettext
from officetui.text.width import cell_width
from officetui.ui import actions
from officetui.ui.widgets.line import Piece, TextLine

NARROW = 100  # columns below which fewer letters of steps are shown
_LETTERS, _LETTERS_NARROW = 6, 3
_DAYS = ("day.before", "day.after")
_DAILY = ("app.triage", "app.review", "app.search")
_OF_RECORDS = (
    "record.mark",
    "record.edit",
    "triage.first",
    "triage.skip",
    "triage.before",
    "review.first",
    "review.skip",
    "review.previous",
)


class Footer(TextLine):
    """One line: what Enter does, the letters of the steps, then the keys that always work.

    What does not fit is left out from the end, whole; adding, undo and help stay. A key stands
    here only where it does something.
    """

    def tell(
        self,
        where: str,
        register: Register | None = None,
        steps: Sequence[Step] = (),
        *,
        days: bool = True,
        marked: int = 0,
        more: Sequence[tuple[str, str]] = (),
        selected: bool = True,
        without: Sequence[str] = (),
    ) -> None:
        """Show the keys of a kind of screen, and the letters of `steps` of `register`.

        `days`: whether it has days to go to; `marked`: how many records are marked, which is
        said first; `more`: keys of its own, with their words; `selected`: whether there is a
        record to do something with; `without`: actions that do nothing now.
        """
        idle = (*without, *(() if days else _DAYS), *(() if selected else _OF_RECORDS))
        shown = [a for a in actions.footer_actions(where) if a.id not in idle]
        always = {action.id: (actions.shown_key(action), _(action.short)) for action in shown}
        first = [always.pop("record.menu")] if "record.menu" in always else []
        help_key = [always.pop("app.help")] if "app.help" in always else []
        firm = [always[name] for name in ("app.add", "app.undo") if name in always]
        letters = [
            (actions.step_key(register, step), _(step.label))
            for step in steps
            if register is not None and actions.step_key(register, step)
        ]
        narrow = self._room() < NARROW
        # On Today the day itself comes before what is done with one of its records.
        day = _DAILY if where == actions.TODAY and not marked else ()
        first += [always.pop(name) for name in day if name in always]
        if day and narrow:
            # One line a panel: where the panels themselves are.
            first.append(("2-7", pgettext("footer", "registers")))
        both = [always.pop(name)[0] for name in _DAYS if name in always]
        rest = list(always.values())
        if both:
            rest.append((" ".join(both), pgettext("footer", "another day")))
        said: list[Piece] = []
        if marked:
            back = actions.shown_key(actions.BY_ID["app.back"])
            words = _("{n} marked ({key} unmarks)").format(n=marked, key=back)
            said = [(words, "warn"), ("  ", "")]
        letters = letters[: _LETTERS_NARROW if narrow else _LETTERS]
        self._fit(
            [*first, *letters[:2], *more, *letters[2:], *rest],
            [*firm, *help_key],
            said,
        )

    def _room(self) -> int:
        return self.size.width or self.app.size.width

    def _fit(
        self,
        pairs: Sequence[tuple[str, str]],
        last: Sequence[tuple[str, str]],
        said: Sequence[Piece],
    ) -> None:
        room = self._room() - 2 - sum(cell_width(text) for text, _style in said)
        room -= sum(_cells(pair) for pair in last)
        pieces: list[Piece] = [(" ", ""), *said]
        for pair in (pair for pair in pairs if pair not in last):
            if _cells(pair) > room:
                continue
            room -= _cells(pair)
            pieces += _pieces(pair)
        for pair in last:
            pieces += _pieces(pair)
        self.show(*pieces)


def _cells(pair: tuple[str, str]) -> int:
    return sum(cell_width(text) for text, _style in _pieces(pair))


def _pieces(pair: tuple[str, str]) -> list[Piece]:
    key, word = pair
    # "a登记" and "回车=办" read well in Chinese, "a add" needs its space.
    chinese = bool(word) and not word[0].isascii()
    gap = " " if not chinese else "=" if len(key) > 1 and key[-1].isalpha() else ""
    return [(key, "key"), (f"{gap}{word}  ", "")]
