"""What the roster of a month and a seating plan look like, in Chinese, on 120x40 and 80x24."""

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

SIZES = [(120, 40), (80, 24)]
LINES = [
    {
        "id": "leader",
        "label": "Leader",
        "start": "08:00",
        "end": "08:00",
        "sunday_as_saturday": True,
    },
    {"id": "day", "label": "Day", "start": "08:00", "end": "17:30"},
    {
        "id": "night",
        "label": "Night",
        "start": "17:30",
        "end": "08:00",
        "seats": 2,
        "free_next_day": True,
    },
]
ROSTER = ["2", "enter", "0", "1", "1"]
VIEWS: dict[str, Sequence[str]] = {
    "roster": [*ROSTER, "down", "down", "right", "right"],
    "balance": [*ROSTER, "tab"],
    "write": [*ROSTER, "enter"],
    "seating": ["4", "enter", "0", "0", "1"],
}


@pytest.fixture
def fixed_office(office_home: Path) -> Office:
    """The sample office with ids that are the same in every run, and two people by night."""
    writer_for(office_home, machine_id(), random.Random(20261120))
    office = found_office(office_home)
    office.set_setting("duty_lines", LINES)
    return office


def _press(keys: Sequence[str]) -> Callable[[Pilot[None]], Any]:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    return press


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", list(VIEWS))
def test_roster_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=_press(VIEWS[view]))
