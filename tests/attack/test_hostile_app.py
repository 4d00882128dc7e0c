"""The app over hostile cells: every place, card and menu, and nothing drives the terminal."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from colleague import DAY, HOSTILE, USUAL, Colleague
from textual.geometry import Size

from officetui.office.office import Office
from officetui.registers.registry import BY_ID
from officetui.ui.app import OfficeApp
from officetui.ui.launch import prepare_environment

prepare_environment()

HEAVY = bool(os.environ.get("OFFICETUI_HEAVY"))
_DRIVES = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SEEN = {
    "documents": ("title", "from_org", "recv_no", "owner"),
    "duty": ("person", "phone"),
    "meetings": ("title", "room", "chair"),
    "reception": ("name", "matter", "phone"),
    "people": ("name", "unit", "rank"),
}


def fill(home: Path) -> None:
    """Each register full of hostile records of today, the first of them with children."""
    colleague = Colleague(home)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    values = [values[k] for values in HOSTILE.values() for k in (0, -1)]
    for register, cells in SEEN.items():
        usual = {
            cell: value.replace(DAY, today) if isinstance(value, str) else value
            for cell, value in USUAL[register].items()
        }
        for at, value in enumerate(values):
            entry = (
                usual | dict.fromkeys(cells, value) | ({"seat": at} if register == "duty" else {})
            )
            (parent,) = colleague.change((register, "#0", entry))
            for child in BY_ID[register].children:
                every = {field.name: value for field in child.fields}
                colleague.change((child.id, "#0", every | {"state": value, "parent": parent}))
            colleague.change((register, "#0", dict.fromkeys(usual, value)))


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (200, 60)] if HEAVY else [(100, 30)])
async def test_every_place_over_hostile_cells(
    command: Callable[..., Any], founded: Path, size: tuple[int, int]
) -> None:
    fill(founded)
    app = OfficeApp(Office.open(founded, user="李梅[/nope]\x1b[2J"))
    async with app.run_test(size=size) as pilot:

        async def keys(*names: str) -> None:
            for name in names:
                await pilot.press(name)
            await app.workers.wait_for_complete()
            await pilot.pause()
            for strip in app.screen._compositor.render_strips(Size(*app.size)):
                found = _DRIVES.search(strip.text)
                assert found is None, (names, ascii(strip.text))

        await keys()
        for place in "1234567890rt":
            await keys(place)
            for down in (1, 2, 5) if HEAVY else (3,):
                await keys(*["down"] * down)
                await keys("enter")
                await keys("1")
                await keys("escape", "escape", "escape", place)
        await keys("1", "question_mark")
        await keys("escape", "ctrl+p")
        await keys("escape", "left_square_bracket", "u", "U")
        await keys("9")
        await keys("0")
        await keys("0", "comma")
        await keys("escape", "down", "down", "enter")
        await keys("escape", "minus")
        await keys("0")
        await keys("escape", "left_square_bracket")
        for words in ("x1", "的", "[/nope]", "1", "DROP"):
            await keys("slash", *words)
            await keys()
            await keys("down", "enter")
            await keys("escape", "escape", "escape", "escape")
