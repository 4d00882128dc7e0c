"""What the cards look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sample_office import found_office
from textual.pilot import Pilot

from officetui.ledger.identity import machine_id, writer_for
from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp
from officetui.ui.screens.triage import TriageScreen

SIZES = [(120, 40), (80, 24)]
CARDS: dict[str, Sequence[str]] = {
    "handover": ["t"],
    "duty": ["t", "space"],
    "paper": ["t", *["space"] * 4],
    "clash": ["t", *["space"] * 6],
    "person": ["t", *["space"] * 17],
}


@pytest.fixture
def fixed_office(office_home: Path) -> Office:
    """The sample office with ids that are the same in every run."""
    writer_for(office_home, machine_id(), random.Random(20261120))
    return found_office(office_home)


def _press(keys: Sequence[str]) -> Callable[[Pilot[None]], Any]:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    return press


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
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
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=_press(CARDS[card]))
