"""What the cards look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from looking import at_both_sizes, press

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp
from officetui.ui.screens.triage import TriageScreen

CARDS: dict[str, Sequence[str]] = {
    "handover": ["t"],
    "duty": ["t", "space"],
    "paper": ["t", *["space"] * 4],
    "clash": ["t", *["space"] * 6],
    "person": ["t", *["space"] * 17],
}


@at_both_sizes
@pytest.mark.parametrize("card", list(CARDS))
def test_card(
    snap_compare: Callable[..., bool],
    fixed_office: Office,
    card: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(TriageScreen, "GAP", 0.0)
    set_language("zh_CN")
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(CARDS[card]))
