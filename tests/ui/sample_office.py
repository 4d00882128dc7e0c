"""The office of the board that the clerks drew: Friday 2026-11-20, 07:58 in Shanghai."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from officetui.office.clock import FixedClock
from officetui.office.office import New, Office

MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)
NAME = "清河镇党政办"
USER = "李梅"

PEOPLE: Sequence[tuple[str, str, str, str, int]] = (
    ("王建国", "镇领导", "书记", "13800010001", 1),
    ("陈志远", "镇领导", "镇长", "13800010002", 2),
    ("马文斌", "镇领导", "人大主席", "13800010003", 3),
    ("刘晓燕", "镇领导", "副书记", "15096478029", 4),
    ("周海涛", "镇领导", "副镇长", "13995482717", 5),
    ("孙丽华", "镇领导", "副镇长", "13800010006", 6),
    ("李梅", "党政办", "", "18600000001", 20),
    ("高翔", "应急办", "", "18600000002", 21),
    ("何静", "应急办", "", "18688222527", 22),
    ("罗丹", "综治办", "", "17749461493", 23),
    ("黄伟", "民政办", "", "18600000005", 24),
    ("谢宇", "综治办", "", "18600000006", 25),
    ("彭博", "财政所", "", "18600000007", 26),
    ("徐磊", "农业办", "", "18600000008", 27),
    ("吴敏", "人社所", "", "18600000009", 28),
    ("郑凯", "民政办", "", "18600000010", 29),
    ("赵强", "党政办", "", "18600000011", 30),
    ("林芳", "应急办", "", "18600000012", 31),
)

# date, line, seat, person, cells
DUTY: Sequence[tuple[str, str, int, str, dict[str, Any]]] = (
    (
        "2026-11-19",
        "night",
        1,
        "高翔",
        {
            "state": "handed_over",
            "handed_over_at": "2026-11-19T23:50:00Z",
            "handover": "石桥村停水,等水厂回话",
        },
    ),
    ("2026-11-20", "leader", 1, "刘晓燕", {"state": "confirmed"}),
    (
        "2026-11-20",
        "day",
        1,
        "何静",
        {"state": "arrived", "arrived_at": "2026-11-19T23:51:00Z"},
    ),
    ("2026-11-20", "night", 1, "罗丹", {"state": "notified"}),
    ("2026-11-21", "leader", 1, "周海涛", {"state": "confirmed"}),
    ("2026-11-21", "day", 1, "黄伟", {"state": "confirmed"}),
    ("2026-11-21", "night", 1, "谢宇", {"state": "confirmed"}),
    ("2026-11-21", "night", 2, "彭博", {}),
    ("2026-11-22", "leader", 1, "孙丽华", {}),
    ("2026-11-22", "day", 1, "林芳", {}),
)

# number, received, from, title, kind, urgency, due, state, owner, further cells
PAPERS: Sequence[tuple[Any, ...]] = (
    ("774", "2026-11-20T06:58", "县应急局", "关于做好低温雨雪冰冻天气防范应对工作的通知", "act",
     "特急", "2026-11-20T10:00", "proposed", "", {"asked": "刘晓燕"}),
    ("776", "2026-11-18T09:10", "县林业局", "森林防火工作周报", "act", "加急", "2026-11-20T15:00",
     "in_hand", "徐磊", {}),
    ("769", "2026-11-17T10:20", "县委组织部", "关于报送年度考核材料的通知", "act", None,
     "2026-11-20T17:00", "in_hand", "吴敏", {}),
    ("770", "2026-11-15T10:20", "县交通局", "农村道路安全隐患排查情况统计表", "act", None,
     "2026-11-20", "in_hand", "郑凯", {}),
    ("777", "2026-11-20T07:30", "县委办", "关于县委巡察组进驻有关事项的通知", "act", None, None,
     "registered", "", {}),
    ("778", "2026-11-20T07:40", "县教育局", "关于开展校车安全专项整治的函", "act", None, None,
     "registered", "", {}),
    ("771", "2026-11-16T08:40", "县政府办", "关于2026年度真抓实干督查激励情况的通报", "read", None,
     None, "circulating", "", {}),
    ("767", "2026-11-17T15:40", "县教育局", "关于内地班招生有关事项的请示", "read", None, None,
     "circulating", "", {}),
    ("701", "2026-10-28T09:00", "县应急局", "应急物资储备情况统计", "act", None, "2026-11-03",
     "in_hand", "何静", {}),
    ("705", "2026-10-29T09:00", "县应急局", "危险化学品企业检查情况", "act", None, "2026-11-05",
     "in_hand", "何静", {}),
    ("712", "2026-11-01T09:00", "县民政局", "困难群众排查台账", "act", None, "2026-11-09",
     "in_hand", "黄伟", {}),
    ("688", "2026-10-20T09:00", "县应急局", "防汛总结材料", "act", None, "2026-10-30",
     "in_hand", "林芳", {}),
    ("690", "2026-10-22T09:00", "县消防大队", "消防隐患整改清单", "act", None, "2026-11-02",
     "in_hand", "林芳", {}),
    ("741", "2026-11-09T09:00", "县文旅局", "文物安全检查情况", "act", None, "2026-11-16",
     "in_hand", "赵强", {}),
)  # fmt: skip

READERS = {
    "771": (["王建国", "陈志远", "马文斌"], ["孙丽华"], ["周海涛", "刘晓燕"]),
    "767": (["王建国", "陈志远", "周海涛", "刘晓燕", "孙丽华"], ["马文斌"], []),
}

ITEMS = (
    "会议通知与回执", "会场布置", "座次与席卡", "材料印制", "音响与投影", "茶水", "签到表", "会前检查",
)  # fmt: skip

# title, start, end, room, leaders, told and coming, all, ready of items, further cells
MEETINGS: Sequence[tuple[Any, ...]] = (
    ("党委会", "2026-11-20T09:30", "2026-11-20T11:30", "二楼会议室", ["王建国", "刘晓燕"], 9, 9,
     7, 8, {}),
    ("安全生产例会", "2026-11-20T14:30", "2026-11-20T16:00", "二楼会议室", ["周海涛"], 8, 11, 5, 8, {}),
    ("信访联席会议", "2026-11-20T15:00", "2026-11-20T16:30", "二楼会议室", ["周海涛"], 6, 6, 6, 8, {}),
    ("县征兵工作电视电话会议", "2026-11-23T15:00", "2026-11-23T17:00", "三楼会议室", [], 0, 0, 0, 0,
     {"kind": "upper", "rsvp_due": "2026-11-20T12:00", "owner": "李梅"}),
    ("周例会", "2026-11-23T08:30", "2026-11-23T09:30", "二楼会议室", [], 0, 0, 0, 0, {}),
)  # fmt: skip

VISITORS: Sequence[tuple[Any, ...]] = (
    ("hotline", "2026-11-20T08:00", "12345工单", "医疗报销", "郑凯", "accepted",
     {"due": "2026-11-20T09:00"}),
    ("letter", "2026-11-18", "石大爷", "自来水停水两天", "赵强", "in_hand",
     {"due": "2026-11-20", "phone": "13712345678"}),
    ("letter", "2026-11-19", "张某", "宅基地纠纷", "吴敏", "received",
     {"notify_due": "2026-12-04"}),
)  # fmt: skip


# number, source, raised by, what, owner, due, state, urged, further cells
FOLLOWUPS: Sequence[tuple[Any, ...]] = (
    ("25", "upper", "县委督查室", "扶贫项目进度", "刘晓燕", "2026-11-20T17:30", "in_hand", 0, {}),
    ("26", "decision", "党委会", "网格员冬季培训", "谢宇", "2026-12-11", "in_hand", 0, {}),
    ("27", "verbal", "陈志远", "明年预算初稿", "吴敏", "2026-11-26", "assigned", 0, {}),
    ("28", "instruction", "王建国", "石桥村危房", "周海涛", "2026-11-18", "in_hand", 3, {}),
    ("29", "petition", "石桥村村民", "河道垃圾清运", "黄伟", "2026-11-25", "reported", 0, {}),
    ("30", "inspection", "县委巡察组", "办公用房整改", "彭博", "2026-12-20", "in_hand", 0, {}),
    ("31", "decision", "安全例会", "道路隐患表", "郑凯", "2026-11-20T17:30", "in_hand", 1,
     {"collecting": True, "held_from": "2026-11-15"}),
)  # fmt: skip
VILLAGES = [f"{name}村" for name in ["石桥", "柳湾", "东岭", "西岭", "上河", "下河", "新田", "古井", "白沙", "红旗", "双塘", "大屋", "青山", "松林", "长坪", "竹园", "南坪", "北坪"]]  # fmt: skip


def found_office(home: Path, user: str = USER, moment: datetime = MORNING) -> Office:
    """The office in `home`, filled, with its clock at `moment`."""
    office = Office.found(home, name=NAME, user=user, clock=FixedClock(moment))
    fill(office)
    return office


def fill(office: Office) -> None:
    """Everything the board shows, as one change a register."""
    people = [
        New(
            "people",
            {"name": name, "unit": unit, "post": post, "phone": phone, "rank": rank}
            | ({"leave": ["2026-06-20/2026-12-31"]} if name == "林芳" else {})
            | ({"leave": ["2026-11-19/2026-11-21"]} if name == "孙丽华" else {}),
        )
        for name, unit, post, phone, rank in PEOPLE
    ]
    office.create_many(people)
    phones = {name: phone for name, _unit, _post, phone, _rank in PEOPLE}
    office.create_many([_seat(seat, phones) for seat in DUTY])
    office.create_many([_paper(paper) for paper in PAPERS])
    office.create_many([_meeting(meeting) for meeting in MEETINGS])
    office.create_many([_visitor(visitor) for visitor in VISITORS])
    office.create_many([_followup(one) for one in FOLLOWUPS])


def _seat(seat: tuple[str, str, int, str, dict[str, Any]], phones: dict[str, str]) -> New:
    day, line, number, person, cells = seat
    notices: list[tuple[str, dict[str, Any]]] = []
    if cells.get("state") == "notified":
        for at in ("2026-11-19T08:00:00Z", "2026-11-19T10:00:00Z"):
            notices.append(("notices", {"at": at, "method": "phone", "by": USER}))
    return New(
        "duty",
        {"date": day, "line": line, "seat": number, "person": person, "phone": phones[person]}
        | cells,
        notices,
    )


def _paper(paper: tuple[Any, ...]) -> New:
    number, received, source, title, kind, urgency, due, state, owner, more = paper
    children: list[tuple[str, dict[str, Any]]] = []
    if number in READERS:
        back, out, waiting = READERS[number]
        for name in back:
            children.append(
                (
                    "readers",
                    {
                        "person": name,
                        "state": "returned",
                        "sent_at": "2026-11-17T01:00:00Z",
                        "returned_at": "2026-11-17T08:00:00Z",
                    },
                )
            )
        for name in out:
            cells = {"person": name, "state": "sent", "sent_at": "2026-11-17T09:00:00Z"}
            children.append(("readers", cells))
        children += [("readers", {"person": name}) for name in waiting]
    return New(
        "documents",
        {
            "direction": "incoming",
            "recv_no": number,
            "recv_at": received,
            "from_org": source,
            "title": title,
            "kind": kind,
            "urgency": urgency,
            "due": due,
            "state": state,
            "owner": owner,
        }
        | more,
        children,
    )


def _meeting(meeting: tuple[Any, ...]) -> New:
    title, start, end, room, leaders, coming, invited, ready, items, more = meeting
    children: list[tuple[str, dict[str, Any]]] = []
    for number in range(items):
        # Name cards are what the first meeting lacks.
        done = number < ready and number != 2 if ready < items else True
        cells: dict[str, Any] = {"what": ITEMS[number], "offset": -120 + number * 10}
        if done or (number == items - 1 and ready > 2):
            cells |= {"state": "done", "done_at": "2026-11-19T10:00:00Z", "done_by": USER}
        children.append(("items", cells))
    for number in range(invited):
        cells = {"unit": f"单位{number + 1}"}
        if number < coming:
            cells |= {"state": "answered", "reply": "参会"}
        children.append(("attendees", cells))
    cells = {"title": title, "start": start, "end": end, "room": room, "leaders": leaders}
    return New("meetings", cells | {"kind": "own", "state": "notified"} | more, children)


def _visitor(visitor: tuple[Any, ...]) -> New:
    channel, at, name, matter, owner, state, more = visitor
    cells = {"channel": channel, "at": at, "name": name, "matter": matter, "owner": owner}
    return New("reception", cells | {"state": state, "receiver": USER} | more)


def _followup(one: tuple[Any, ...]) -> New:
    number, source, by, what, owner, due, state, urged, more = one
    children: list[tuple[str, dict[str, Any]]] = [
        ("urgings", {"at": f"2026-11-{16 + n}T08:00:00Z", "method": "phone", "by": USER})
        for n in range(urged)
    ]
    if state == "reported":
        children.append(("feedback", {"at": "2026-11-19T08:00:00Z", "by": owner, "text": "已清完"}))
    for place, village in enumerate(VILLAGES if "collecting" in more else []):
        cells = {"unit": village}
        if place < 11:
            cells |= {"state": "reported", "reported_at": "2026-11-18T08:00:00Z"}
        children.append(("units", cells))
    cells = {"no": number, "source": source, "raised_by": by, "content": what, "owner": owner}
    cells |= {"raised_at": "2026-11-12T09:00", "due": due, "state": state} | more
    return New("followups", cells, children)
