"""An office in memory: `registers.view.View` from plain dicts, on Friday 2026-11-20 at 08:10."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from officetui.registers.calendar import WorkCalendar
from officetui.registers.record import Record
from officetui.registers.settings import BY_NAME

EIGHT = timedelta(hours=8)
NOW = datetime(2026, 11, 20, 8, 10)

LEADERS = [
    ("王建国", "党委书记", "17778506531"),
    ("陈志远", "镇长", "18651886645"),
    ("马文斌", "人大主席", "15096478029"),
    ("刘晓燕", "党委副书记", "13995482717"),
    ("周海涛", "副镇长", "13956035684"),
    ("孙丽华", "副镇长", "13856960269"),
]
STAFF = [
    ("党政办", "李梅", "13916946985"),
    ("党政办", "赵强", "15029196312"),
    ("党政办", "吴敏", "17749311910"),
    ("党政办", "郑凯", "15021036343"),
    ("应急办", "何静", "18688222527"),
    ("应急办", "黄伟", "18640115833"),
    ("应急办", "林芳", "13840138493"),
    ("应急办", "徐磊", "13815597937"),
    ("综治办", "高翔", "15077387537"),
    ("综治办", "罗丹", "17749461493"),
    ("综治办", "谢宇", "15050815853"),
    ("综治办", "韩雪", "15049472011"),
    ("社会事务办", "曹阳", "13873530403"),
    ("社会事务办", "欧阳晨", "18632329414"),
    ("社会事务办", "彭博", "15030920600"),
    ("社会事务办", "司马兰", "17766455113"),
]
# day of November, leader, day, night
SEATS = [
    (17, "孙丽华", "赵强", "林芳"),
    (18, "王建国", "吴敏", "徐磊"),
    (19, "陈志远", "郑凯", "高翔"),
    (20, "马文斌", "何静", "罗丹"),
    (21, "刘晓燕", "黄伟", "谢宇、彭博"),
    (22, "周海涛", "林芳", "韩雪、司马兰"),
    (23, "孙丽华", "徐磊", "曹阳"),
    (24, "王建国", "高翔", "欧阳晨"),
    (25, "陈志远", "罗丹", "彭博"),
    (26, "马文斌", "谢宇", "司马兰"),
    (27, "刘晓燕", "韩雪", "李梅"),
    (28, "周海涛", "曹阳", "赵强、黄伟"),
    (29, "孙丽华", "欧阳晨", "吴敏、林芳"),
    (30, "王建国", "彭博", "郑凯"),
]
ROOMS = ["二楼会议室", "三楼大会议室"]


def people() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for rank, (name, post, phone) in enumerate(LEADERS, 1):
        found.append({"id": f"p{rank}", "name": name, "post": post, "phone": phone, "rank": rank})
    for number, (unit, name, phone) in enumerate(STAFF, 1):
        leave = {"leave": ["2026-12-31"]} if name == "林芳" else {}
        found.append({"id": f"s{number}", "name": name, "unit": unit, "phone": phone, **leave})
    return found


def seats() -> list[dict[str, Any]]:
    found = []
    for day, *by_line in SEATS:
        for line, names in zip(("leader", "day", "night"), by_line, strict=True):
            for seat, name in enumerate(names.split("、"), 1):
                iso = f"2026-11-{day:02}"
                found.append({
                    "id": f"duty:{iso}:{line}:{seat}", "date": iso, "line": line, "seat": seat,
                    "person": name, "state": "planned",
                })  # fmt: skip
    return found


class FakeView:
    """Everything an office has, from dicts: register to a list of documents."""

    def __init__(
        self,
        records: dict[str, list[dict[str, Any]]] | None = None,
        *,
        local: datetime = NOW,
        user: str = "李梅",
        **settings: Any,
    ) -> None:
        self.docs = {"people": people(), "duty": seats(), **(records or {})}
        self.local = local
        self.user = user
        self.settings: dict[str, Any] = {"rooms": ROOMS, **settings}

    @property
    def now(self) -> datetime:
        return (self.local - EIGHT).replace(tzinfo=UTC)

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar(self.setting("day_types"), time.fromisoformat(self.setting("close")))

    def setting(self, name: str) -> Any:
        return self.settings.get(name, BY_NAME[name].default)

    def records(self, register: str) -> list[Record]:
        return [Record(register, doc) for doc in self.docs.get(register, [])]

    def memo(self, name: str, registers: tuple[str, ...], make: Callable[[], Any]) -> Any:
        return make()

    def children(self, record: Record, child: str) -> list[Record]:
        return []

    def person(self, name: str) -> Record | None:
        for record in self.records("people"):
            if record.text("name") == name:
                return record
        return None

    def filed(self, register: str, cell: str, value: str) -> list[Record]:
        return []

    def greatest(self, register: str, cell: str) -> int:
        return max((record.whole(cell) or 0 for record in self.records(register)), default=0)

    def clock(self, instant: datetime) -> datetime:
        return (instant + EIGHT).replace(tzinfo=None)


def office() -> FakeView:
    """The office of the cases: the meeting at 14:30, and a visitor who came before."""
    return FakeView({
        "meetings": [{
            "id": "m1", "title": "安全生产例会", "start": "2026-11-20T14:30",
            "end": "2026-11-20T16:00", "room": "二楼会议室", "host": "周海涛",
            "leaders": ["周海涛"], "state": "fixed", "kind": "own",
        }],
        "documents": [{
            "id": "d1", "recv_no": "770", "from_org": "县委办", "doc_no": "县办发〔2026〕9号",
            "title": "关于做好冬季值班工作的通知", "kind": "act", "state": "registered",
            "recv_at": "2026-11-18",
        }],
        "reception": [{
            "id": "r1", "name": "杨大爷", "phone": "13900000283", "matter": "低保待遇咨询",
            "at": "2026-11-02T09:30", "state": "answered", "channel": "visit",
        }],
    })  # fmt: skip
