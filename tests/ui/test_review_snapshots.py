"""What the day review looks like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from looking import at_both_sizes, press
from sample_office import MORNING

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp
from officetui.ui.pacing import Paced

SEEN: dict[str, Sequence[str]] = {
    "asked": ["r", "2", "2"],
    "signing": ["r", "2", "s"],
    "signed": ["r", "2", "s", "1"],
    "menu": ["r", "0"],
    "past": ["r", "left_square_bracket"],
}


@at_both_sizes
@pytest.mark.parametrize("seen", list(SEEN))
def test_review(
    snap_compare: Callable[..., bool],
    fixed_office: Office,
    seen: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Paced, "GAP", 0.0)
    fixed_office.watch = FixedClock(MORNING + timedelta(hours=9, minutes=12))
    set_language("zh_CN")
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(SEEN[seen]))
