"""The keys of the screen, from the registry of actions and the steps of the selected record."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.registers.model import Register, Step
from officetui.text.i18n import _, pgettext
from officetui.text.width import cell_width
from officetui.ui import actions
from officetui.ui.widgets.line import Piece, TextLine

NARROW = 100  # columns below which only two letters of steps are shown


class Footer(TextLine):
    """One line: what Enter does, the letters of the steps, then the keys that always work.

    What does not fit is left out from the end, whole; help stays.
    """

    def tell(
        self, where: str, register: Register | None = None, steps: Sequence[Step] = ()
    ) -> None:
        """Show the keys of a kind of screen, and the letters of `steps` of `register`."""
        shown = actions.footer_actions(where)
        always = [(actions.shown_key(action), _(action.short)) for action in shown]
        first, rest = always[:1], always[1:]
        letters = [
            (actions.step_key(register, step), _(step.label))
            for step in steps
            if register is not None and actions.step_key(register, step)
        ]
        help_key = [
            pair for action, pair in zip(shown, always, strict=True) if action.id == "app.help"
        ]
        narrow = self._room() < NARROW
        if where == actions.TODAY and narrow:
            # One line a panel: where the panels themselves are.
            rest.insert(4, ("2-7", pgettext("footer", "registers")))
        self._fit([*first, *letters[: 2 if narrow else 4], *rest], help_key)

    def _room(self) -> int:
        return self.size.width or self.app.size.width

    def _fit(self, pairs: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]]) -> None:
        room = self._room() - 2
        room -= sum(_cells(pair) for pair in last)
        pieces: list[Piece] = [(" ", "")]
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
