"""What the log and the numbers look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from looking import at_both_sizes, press

from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

VIEWS: dict[str, Sequence[str]] = {
    "day": ["9"],
    "month": ["9", "0", "0"],
    "narrow": ["9", "comma"],
    "numbers": ["9", "minus"],
    "search": ["slash", "森", "林"],
    "search-initials": ["slash", "x", "c", "a", "q"],
    "numbers-month": ["9", "minus", "0"],
}


@at_both_sizes
@pytest.mark.parametrize("view", list(VIEWS))
def test_log_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    paper = fixed_office.list("documents", open=True)[0]
    fixed_office.set(paper, {"note": "先看一下"})
    fixed_office.undo()
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(VIEWS[view]))
