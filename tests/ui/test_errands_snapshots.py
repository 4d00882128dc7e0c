"""What emergencies, errands and information look like, in Chinese, on 120x40 and 80x24."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from looking import press
from sample_office import found_office

from officetui.ledger.identity import machine_id, writer_for
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.text.i18n import set_language
from officetui.ui.app import OfficeApp

SIZES = [(120, 40), (80, 24)]
VIEWS: dict[str, Sequence[str]] = {
    "incidents": ["2", "2", "2"],
    "incident": ["2", "2", "2", "right"],
    "incident-report": ["2", "2", "2", "down", "down", "y"],
    "errands": ["7", "7"],
    "errands-month": ["7", "7", "0"],
    "errand": ["7", "7", "right"],
    "errand-vehicle": ["7", "7", "v"],
    "information": ["7", "7", "7", "7"],
    "information-month": ["7", "7", "7", "7", "0"],
    "today": [],
    "today-emergency": [],
}


@pytest.fixture
def office(office_home: Path) -> Office:
    """The sample office with ids that are the same in every run, and vehicles."""
    writer_for(office_home, machine_id(), random.Random(20261120))
    made = found_office(office_home)
    made.set_setting("vehicles", ["车1", "车2", "车3"])
    _errands(made)
    _information(made)
    return made


def _add(office: Office, register: str, **cells: Any) -> Record:
    found = office.get(office.create(register, cells).refs[0])
    assert found is not None
    return found


def _errands(office: Office) -> None:
    _add(
        office, "schedule", leader="陈志远", kind="meeting", start="2026-11-20T07:30",
        end="2026-11-20T12:00", place="县里", matter="开会", vehicle="车1", state="out",
    )  # fmt: skip
    _add(
        office, "errands", kind="vehicles", at="2026-11-20T09:00", content="送材料", place="县委",
        for_whom="赵强",
    )  # fmt: skip
    _add(
        office, "errands", kind="vehicles", at="2026-11-20T17:00", content="去石桥村查看水毁",
        place="石桥村", for_whom="徐磊", vehicle="车2", driver="王师傅", state="approved",
        approver="陈志远",
    )  # fmt: skip
    _add(
        office, "errands", kind="seals", at="2026-11-20T07:50", content="低保证明", copies=2,
        for_whom="社会事务办", seal="政府公章",
    )  # fmt: skip
    _add(
        office, "errands", kind="repairs", at="2026-11-19T10:00", content="二楼会议室空调",
        owner="赵强", due="2026-11-20", state="approved",
    )  # fmt: skip
    _add(
        office, "errands", kind="supplies", at="2026-11-12T10:00", content="打印纸10箱", cost="680",
        state="settled",
    )  # fmt: skip
    _add(
        office, "hospitality", at="2026-11-20T11:40", from_unit="市应急局", headcount=6,
        meals="工作餐", letter_no="市应急函〔2026〕8号", companions=3, owner="李梅", state="held",
    )  # fmt: skip


def _information(office: Office) -> None:
    office.set_setting("information_quota", {"人社所": 5, "应急办": 5, "综治办": 5})
    pieces = [
        _add(
            office, "information", title=f"冬季防火做法之{n + 1}", author=("吴敏", "何静", "罗丹")[n % 3],
            sent_at=f"2026-11-{n + 5:02}", sent_to="县委办",
        )
        for n in range(9)
    ]  # fmt: skip
    office.do(pieces[:3], "adopt", {"adopted_by": ["县委办"]})
    _add(office, "drafts", title="书记讲话稿", writer="赵强", due="2026-11-25")
    _add(office, "drafts", title="年度总结", writer="吴敏", due="2026-11-27")


def _emergencies(office: Office) -> None:
    """One just told of, one late with its written report, one that goes on."""
    _add(
        office, "incidents", at="2026-11-20T07:40", place="石桥村", matter="后山塌方，堵塞村道",
        learned_at="2026-11-20T07:52", casualties="无人员伤亡", source="石桥村村委会",
    )  # fmt: skip
    fire = _add(
        office, "incidents", at="2026-11-20T06:50", place="柳湾村", matter="农房起火", owner="何静",
        learned_at="2026-11-20T07:10",
    )  # fmt: skip
    office.do([fire], "report_phone", {"to": "县委办"})
    truck = _add(
        office, "incidents", at="2026-11-20T05:40", place="县道102线", matter="货车侧翻",
        owner="何静",
    )  # fmt: skip
    office.do([truck], "report", {"to": "县委办、县应急局", "early": "情况紧急"})


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", list(VIEWS))
def test_view(
    snap_compare: Callable[..., bool], office: Office, view: str, size: tuple[int, int]
) -> None:
    set_language("zh_CN")
    if view.startswith(("incident", "today-emergency")):
        _emergencies(office)
    assert snap_compare(OfficeApp(office), terminal_size=size, run_before=press(VIEWS[view]))
