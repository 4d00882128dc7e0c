"""An office on a Friday morning, 2026-11-20 07:58 in Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.record import Record

MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Office:
    made = Office.found(tmp_path / "office", name="清河镇党政办", user="李梅", clock=clock)
    leaders = [
        ("王建国", "党委书记", 1),
        ("陈志远", "镇长", 2),
        ("刘晓燕", "党委副书记", 4),
        ("周海涛", "副镇长", 5),
    ]
    for name, post, rank in leaders:
        made.create("people", {"name": name, "post": post, "rank": rank, "phone": "1500000000"})
    for name, unit in (
        ("李梅", "党政办"),
        ("罗丹", "综治办"),
        ("谢宇", "综治办"),
        ("何静", "应急办"),
    ):
        made.create("people", {"name": name, "unit": unit, "phone": "1770000000"})
    made.create("people", {"name": "林芳", "unit": "应急办", "leave": ["/2026-12-31"]})
    return made


@pytest.fixture
def add(office: Office) -> Callable[..., Record]:
    """Create a record with sensible cells and give it back."""
    usual: dict[str, dict[str, Any]] = {
        "documents": {
            "direction": "incoming",
            "recv_at": "2026-11-19T09:15",
            "from_org": "县委办",
            "title": "关于报送年度考核材料的通知",
            "kind": "act",
        },
        "duty": {"date": "2026-11-20", "line": "night", "seat": 1, "person": "罗丹"},
        "meetings": {"title": "党委会", "start": "2026-11-20T09:30", "room": "二楼会议室"},
        "reception": {
            "at": "2026-11-18",
            "channel": "letter",
            "name": "石大爷",
            "matter": "自来水中断两天",
        },
        "followups": {
            "raised_at": "2026-11-16",
            "content": "石桥村道路隐患整改",
            "owner": "何静",
        },
        "duty_log": {"at": "2026-11-20T07:40", "content": "石桥村停水", "caller": "刘主任"},
        "hospitality": {
            "at": "2026-11-24T12:00",
            "from_unit": "市应急局",
            "headcount": 6,
            "companions": 3,
        },
        "schedule": {
            "leader": "周海涛",
            "kind": "out",
            "start": "2026-11-20T09:20",
            "matter": "查看水毁",
        },
        "people": {"name": "赵强"},
        "reviews": {"date": "2026-11-20", "half": "evening"},
        "outgoing": {
            "title": "关于石桥村道路维修资金的请示",
            "genre": "请示",
            "drafter": "赵强",
            "drafted_at": "2026-11-19",
            "main_to": ["县政府"],
        },
        "errands": {"at": "2026-11-20T09:00", "kind": "vehicles", "content": "去县委开会"},
        "information": {"title": "石桥村冬季防火做法"},
        "incidents": {"at": "2026-11-20T07:40", "place": "石桥村", "matter": "山体滑坡"},
        "drafts": {"title": "书记讲话稿", "writer": "赵强", "due": "2026-11-20T17:30"},
    }

    def make(register: str, *, children: Any = (), **cells: Any) -> Record:
        done = office.create(register, {**usual.get(register, {}), **cells}, children)
        found = office.get(done.refs[0])
        assert found is not None
        return found

    return make
