"""What the waiting-on view and a message look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from looking import at_both_sizes, press

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

VIEWS: dict[str, Sequence[str]] = {
    "waiting": ["8"],
    "person": ["8", "down", "down", "down", "enter"],
    "message": ["8", "0", "0", "home", "down", "down", "b"],
    "copied": ["8", "0", "0", "home", "down", "down", "b", "c"],
}


@at_both_sizes
@pytest.mark.parametrize("view", list(VIEWS))
def test_waiting_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    fixed_office.set_setting("signature", "党政办")
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(VIEWS[view]))
