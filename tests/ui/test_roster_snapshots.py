"""What the roster of a month and a seating plan look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from looking import at_both_sizes, press

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

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


@at_both_sizes
@pytest.mark.parametrize("view", list(VIEWS))
def test_roster_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    fixed_office.set_setting("duty_lines", LINES)
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(VIEWS[view]))
