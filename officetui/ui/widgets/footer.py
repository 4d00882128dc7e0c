"""The keys of the screen, from the registry of actions and the steps of the selected record."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.registers.model import Register, Step
from officetui.text.i18n import _
from officetui.text.width import cell_width
from officetui.ui import actions
from officetui.ui.widgets.line import Piece, TextLine


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
        self._fit([*first, *letters[:4], *rest], help_key)

    def _fit(self, pairs: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]]) -> None:
        room = (self.size.width or self.app.size.width) - 2
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
    # "a登记" reads well in Chinese, "a add" needs its space.
    gap = "" if word and not word[0].isascii() and len(key) == 1 else " "
    return [(key, "key"), (f"{gap}{word}  ", "")]
