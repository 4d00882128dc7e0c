"""What two people wrote at once, as the screen shows it in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from looking import at_both_sizes, press
from sample_office import MORNING, found_office

from officetui.ledger.identity import machine_id, writer_for
from officetui.office import folder as folders
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.sync import Sync
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

VIEWS: dict[str, Sequence[str]] = {
    "conflicts": ["equals_sign"],
    "keep-one": ["equals_sign", "enter"],
    "flagged": ["3"],
}


@pytest.fixture
def at_odds(office_home: Path, tmp_path: Path) -> Office:
    """Two people wrote one owner and one title, one trashed what the other wrote into, and both
    gave the same number."""
    writer_for(office_home, machine_id(), random.Random(20261120))
    office = found_office(office_home)
    folder, home, clock = tmp_path / "folder", tmp_path / "colleague", FixedClock(MORNING)
    folders.found(folder, office.info)
    Sync(office_home, office.info, folder, clock=clock).round()
    folders.join(home, folder)
    writer_for(home, machine_id(), random.Random(20261121))
    theirs = Sync(home, office.info, clock=clock)
    theirs.round()
    colleague = Office.open(home, clock=clock, user="吴敏")
    for one, owner, title in (
        (office, "赵强", "森林防火周报"),
        (colleague, "郑凯", "防火第47周报"),
    ):
        one.set(one.find("收776"), {"owner": owner, "title": title})
    office.trash([office.find("收777")])
    colleague.set(colleague.find("收777"), {"due": "2026-11-25"})
    cells = {"recv_at": "2026-11-20T07:50", "from_org": "县委办", "kind": "act"}
    office.create("documents", {**cells, "title": "关于召开年终总结会的通知"})
    colleague.create("documents", {**cells, "title": "关于报送年终总结材料的函"})
    theirs.round()
    Sync(office_home, office.info, folder, clock=clock).round()
    office.refresh()
    return office


def _counted(app: OfficeApp) -> bool:
    """What is to be decided is counted a moment after the start."""
    return bool(app.to_decide)


@at_both_sizes
@pytest.mark.parametrize("view", list(VIEWS))
def test_view(
    snap_compare: Callable[..., bool], at_odds: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    assert snap_compare(
        OfficeApp(at_odds), terminal_size=size, run_before=press(VIEWS[view], ready=_counted)
    )
