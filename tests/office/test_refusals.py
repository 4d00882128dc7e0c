"""The ledger speaks no language; what it refuses is told in the person's."""

from __future__ import annotations

import pytest

from officetui.errors import Refused
from officetui.ledger import change, journal
from officetui.office.office import Office
from officetui.office.sentences import REFUSALS
from officetui.text.i18n import set_language


def test_everything_the_ledger_says_is_marked_for_translation() -> None:
    said = {change.TOO_LONG, change.NOT_TEXT, journal.DISK_FULL, journal.NOT_WRITTEN}
    assert set(REFUSALS) == said


def test_a_value_too_long_is_refused_in_chinese(office: Office) -> None:
    set_language("zh_CN")
    with pytest.raises(Refused) as refused:
        office.create("people", {"name": "赵强", "note": "长" * 700_000})
    assert "1 MiB" in refused.value.message
    assert "日志" in refused.value.message
