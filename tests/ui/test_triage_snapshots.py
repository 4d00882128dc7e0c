"""What the cards look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import pytest
from looking import at_both_sizes, press
from textual.pilot import Pilot

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp
from officetui.ui.pacing import NEVER
from officetui.ui.screens.triage import TriageScreen

CARDS: dict[str, Sequence[str]] = {
    "handover": ["t"],
    "duty": ["t", "space"],
    "paper": ["t", *["space"] * 4],
    "clash": ["t", *["space"] * 6],
    "person": ["t", *["space"] * 17],
}


def to_card(keys: Sequence[str]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Each key once the card before it is on the screen: earlier it would be dropped."""

    async def pressed(pilot: Pilot[None]) -> None:
        for key in keys:
            await press([key])(pilot)
            screen = pilot.app.screen
            while isinstance(screen, TriageScreen) and screen._painted_at == NEVER:
                await pilot.pause(0.01)

    return pressed


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
    seen = to_card(CARDS[card])
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=seen)
