"""Duty and settings in Chinese, on 120x40 and 80x24: the list, the month, a shift changing hands,
two settings of the roster side by side, what refuses a name, the lines of the roster."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from looking import press
from sample_office import found_office

from officetui.ledger.identity import machine_id, writer_for
from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

SIZES = [(120, 40), (80, 24)]
TRIED = ["2", "enter", "0", "1", "1", "enter", "3", "3", "2", "ctrl+o"]
VIEWS: dict[str, Sequence[str]] = {
    "list": ["2"],
    "month": ["2", "minus"],
    "take_over": ["2", "up", "up", "up", "up", "o"],
    "twice": ["2", "s", "何", "静"],
    "compared": TRIED,
    "compared_balance": [*TRIED, "tab"],
    "settings": ["7"] * 5,
    "lines": ["2", "enter", "0", "2"],
    "line": ["2", "enter", "0", "2", "3", "1"],
}


@pytest.fixture
def fixed_office(office_home: Path) -> Office:
    """The sample office with ids that are the same in every run, and a night that left much."""
    writer_for(office_home, machine_id(), random.Random(20261120))
    office = found_office(office_home)
    for at, content, follow in (
        ("2026-11-19T19:20", "县应急局调度低温雨雪防范值守情况", "8点前报防范措施"),
        ("2026-11-19T23:10", "石桥村停水,自来水厂派人抢修", "等水厂回话"),
    ):
        cells = {"at": at, "content": content, "follow_up": follow, "from_unit": "石桥村"}
        office.create("duty_log", cells)
    return office


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", list(VIEWS))
def test_duty_view(
    snap_compare: Callable[..., bool], fixed_office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    assert snap_compare(OfficeApp(fixed_office), terminal_size=size, run_before=press(VIEWS[view]))
