"""A question with numbered answers, for what cannot simply be undone."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.ui.menus import Item
from officetui.ui.modals.menu import StepMenu


class ConfirmScreen(StepMenu):
    """Dismissed with the id of the answer, or None for `esc`; the first answer is the safe one."""

    def __init__(self, question: str, answers: Sequence[tuple[str, str]], about: str = "") -> None:
        """`answers` are pairs of an id and its words."""
        super().__init__(question, [[Item(id, words) for id, words in answers]], about=about)
