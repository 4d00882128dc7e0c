"""What Today looks like in three sizes and three languages, on the morning the clerks drew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from officetui.office.office import Office
from officetui.text.i18n import LANGUAGES, set_language
from officetui.ui.app import OfficeApp

SIZES = [(120, 40), (80, 24), (200, 60)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_today(
    snap_compare: Callable[..., bool], office: Office, size: tuple[int, int], language: str
) -> None:
    set_language(language)
    assert snap_compare(OfficeApp(office), terminal_size=size)
