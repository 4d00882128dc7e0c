"""Offices of any size: what an office of a township leaves behind in twenty years.

Records have ids like imported rows (`2016-03-08.<hash>`), so that the old ones go straight to
their books; the current part is the same however many years lie behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from officetui.ledger.change import encoded
from officetui.ledger.journal import Journal
from officetui.ledger.line import Change, Entry, Header, encode_header
from officetui.ledger.segments import SEGMENT_LIMIT, segment_path
from officetui.office.changes import New, created
from officetui.office.clock import Clock
from officetui.office.office import Office

NAME = "清河镇党政办"
ZONE = "Asia/Shanghai"
USER = "李梅"
PEOPLE = (
    "王建国", "陈志远", "刘晓燕", "周海涛", "孙丽华", "李梅", "罗丹", "谢宇", "何静", "高翔",
    "黄伟", "赵强", "吴敏", "郑凯", "徐磊", "彭博",
    "林芳", "马文斌", "唐娟", "沈浩", "韩雪", "邓超",
)  # fmt: skip
UNITS = ("党政办", "综治办", "应急办", "民政办", "财政所", "农业办", "人社所", "城建办")
ORGS = (
    "县委办",
    "县政府办",
    "县应急局",
    "县民政局",
    "县教育局",
    "县林业局",
    "县委组织部",
    "县交通局",
)
MATTERS = (
    "低温雨雪冰冻天气防范应对工作", "年度考核材料", "农村道路安全隐患排查", "森林防火工作",
    "医疗保险参保进度", "困难群众排查", "校车安全专项整治", "危险化学品企业检查",
    "防汛抗旱责任落实", "人居环境整治",
)  # fmt: skip
COMPLAINTS = ("自来水停水两天", "宅基地纠纷", "低保申请", "路灯不亮", "邻里噪声", "土地流转款未付")
PER_DAY = 41  # records of a day, children included: 15,000 in a year
RECENT = 60  # days over which what is open came in


def today() -> date:
    """The calendar day in the office, by this machine's clock."""
    return datetime.now(ZoneInfo(ZONE)).date()


def _pick(words: tuple[str, ...], *seed: object) -> str:
    return words[int(_hash(*seed), 16) % len(words)]


def _hash(*seed: object) -> str:
    return sha256(repr(seed).encode()).hexdigest()[:16]


def day_of_work(day: date) -> Iterator[New]:
    """What one day left behind, all of it finished: `PER_DAY` records with their children."""
    iso = day.isoformat()
    done = (day + timedelta(days=2)).isoformat()
    for line, seats in (("leader", 1), ("day", 1), ("night", 2)):
        for seat in range(1, seats + 1):
            person = _pick(PEOPLE, iso, line, seat)
            cells = {"date": iso, "line": line, "seat": seat, "person": person}
            cells |= {"phone": "13800010001", "state": "taken_over", "notified_by": USER}
            yield New("duty", cells, (), f"{iso}.{line}.{seat}")
    for number in range(14):
        kind = "read" if number % 5 == 0 else "act"
        cells = _paper(iso, number, day.timetuple().tm_yday * 14 + number)
        cells |= {"kind": kind, "state": "archived", "owner": _pick(PEOPLE, iso, number, 1)}
        cells |= {"due": done, "closed_at": done, "archived_at": done, "retention": "10年"}
        cells |= {"result": "已按要求办结并报送县里。"}
        readers = [("readers", _reader(iso, n)) for n in range(2)] if kind == "read" else []
        yield New("documents", cells, readers, f"{iso}.{_hash(iso, 'paper', number)}")
    for number in range(12):
        cells = _visitor(iso, number, day.timetuple().tm_yday * 12 + number)
        cells |= {"state": "closed", "closed_at": done, "replied_at": done, "due": done}
        cells |= {"reply": "已电话答复，群众表示满意。", "satisfied": "满意"}
        yield New("reception", cells, (), f"{iso}.{_hash(iso, 'visitor', number)}")
    cells = _meeting(iso, 0) | {"state": "closed", "closed_at": done}
    items = [("items", {"what": "席卡", "offset": -90, "state": "done"}) for _ in range(4)]
    yield New("meetings", cells, items, f"{iso}.{_hash(iso, 'meeting')}")


def _paper(iso: str, number: int, recv_no: int) -> dict[str, Any]:
    org, matter = _pick(ORGS, iso, number), _pick(MATTERS, iso, number)
    return {
        "direction": "incoming",
        "recv_no": str(recv_no),
        "recv_at": f"{iso}T{8 + number % 9:02d}:15",
        "from_org": org,
        "doc_no": f"{org[1:]}发〔{iso[:4]}〕{recv_no}号",
        "title": f"{org}关于做好{matter}有关事项的通知",
        "genre": "通知",
    }


def _reader(iso: str, number: int) -> dict[str, Any]:
    at = f"{iso}T0{number + 1}:00:00Z"
    return {
        "person": _pick(PEOPLE, iso, "reader", number),
        "state": "returned",
        "sent_at": at,
        "returned_at": at,
    }


def _visitor(iso: str, number: int, no: int) -> dict[str, Any]:
    return {
        "no": str(no),
        "channel": _pick(("visit", "call", "letter", "hotline"), iso, number),
        "at": f"{iso}T{8 + number % 9:02d}:40",
        "name": _pick(PEOPLE, iso, number, "name"),
        "phone": f"139{int(_hash(iso, number), 16) % 10**8:08d}",
        "matter": _pick(COMPLAINTS, iso, number),
        "receiver": USER,
    }


def _meeting(iso: str, number: int) -> dict[str, Any]:
    hour = 9 + number % 8
    return {
        "title": _pick(MATTERS, iso, "meeting", number) + "推进会",
        "kind": "own",
        "start": f"{iso}T{hour:02d}:00",
        "end": f"{iso}T{hour:02d}:50",
        "room": _pick(("二楼会议室", "三楼会议室", "小会议室"), iso, number),
        "leaders": [_pick(PEOPLE, iso, number, "leader")],
    }


def people() -> Iterator[New]:
    for rank, name in enumerate(PEOPLE, start=1):
        cells = {"name": name, "unit": _pick(UNITS, name), "phone": "13800010001", "rank": rank}
        yield New("people", cells, (), f"name.{_hash(name)}")


def in_hand(day: date, count: int) -> Iterator[New]:
    """What is open on `day`: papers, visitors, meetings and the roster, `count` or a few more."""
    for ahead in range(-1, 7):
        iso = (day + timedelta(days=ahead)).isoformat()
        for line in ("leader", "day", "night"):
            cells = {"date": iso, "line": line, "seat": 1, "person": _pick(PEOPLE, iso, line)}
            state = "confirmed" if ahead < 1 else "planned"
            yield New("duty", cells | {"state": state}, (), f"{iso}.{line}.1")
        for number in range(3):
            items = [
                ("items", {"what": what, "offset": -90}) for what in ("席卡", "茶水", "签到表")
            ]
            cells = _meeting(iso, number) | {"state": "notified"}
            if number == 0:
                cells["room"] = "一楼会议室"
            yield New("meetings", cells, items, f"{iso}.{_hash(iso, 'open meeting', number)}")
    for number in range(max(0, count - 120)):
        iso = (day - timedelta(days=number % RECENT)).isoformat()
        due = (day + timedelta(days=number % 40 - 3)).isoformat()
        if number % 3:
            cells = _paper(iso, number % 14, 9000 + number) | {"kind": "act", "due": due}
            cells |= {"state": ("registered", "proposed", "in_hand", "in_hand")[number % 4]}
            cells |= {"owner": _pick(PEOPLE, number), "title": f"{cells['title']}之{number}"}
            yield New("documents", cells, (), f"{iso}.{_hash('open paper', number)}")
        else:
            cells = _visitor(iso, number, 9000 + number) | {"state": "in_hand", "due": due}
            cells |= {"owner": _pick(PEOPLE, number)}
            yield New("reception", cells, (), f"{iso}.{_hash('open visitor', number)}")


def old_work(count: int, until: date) -> Iterator[list[New]]:
    """`count` finished records with their children, a year at a time, the newest last."""
    days = -(-count // PER_DAY)
    day = until - timedelta(days=days)
    left, year = count, day.year
    rows: list[New] = []
    while left > 0:
        if day.year != year:
            yield rows
            rows, year = [], day.year
        for new in day_of_work(day):
            if left <= 0:
                break
            rows.append(new)
            left -= 1 + len(new.children)
        day += timedelta(days=1)
    if rows:
        yield rows


def make(
    home: Path,
    finished: int,
    open: int,
    *,
    clock: Clock | None = None,
    day: date | None = None,
    progress: Callable[[int], None] | None = None,
) -> Office:
    """An office in `home` with so many finished and open records on `day` (default: today)."""
    office = Office.found(home, name=NAME, user=USER, zone=ZONE, clock=clock)
    day = day or today()
    office.create_many(list(people()))
    told = 0
    for rows in old_work(finished, day - timedelta(days=1)):
        office.create_many(rows)
        told += sum(1 + len(new.children) for new in rows)
        if progress is not None:
            progress(told)
    if open:
        # Yesterday's seats are of the old work already.
        there = office.get
        office.create_many(
            [new for new in in_hand(day, open) if there(f"{new.register}/{new.id}") is None]
        )
    return office


@contextmanager
def no_disk(journal: Journal) -> Iterator[_Lines]:
    """Write single lines into a journal without one fsync for each: years in seconds."""
    lines = _Lines(journal)
    try:
        yield lines
    finally:
        lines.close()


class _Lines:
    """A journal as a person at the keys leaves it: one small change a line."""

    def __init__(self, journal: Journal) -> None:
        self.n, self._p, self._seg = 0, "", 0
        self._journal = journal
        self._data = bytearray()
        journal.directory.mkdir(parents=True, exist_ok=True)
        self._previous = ""

    def add(self, entries: list[Entry], ms: int, user: str = USER, action: str = "set") -> str:
        """Write one change; its stamp."""
        change = Change(user, action, entries)
        (raw,), _ids = encoded(change, ms, self.n, self._p, self._journal.writer)
        if not self._data or len(self._data) + len(raw) + 1 > SEGMENT_LIMIT:
            self._next_segment()
        self._data += raw + b"\n"
        self.n += 1
        self._p = sha256(raw).hexdigest()
        return f"{ms:012x}.{self.n:08x}.{self._journal.writer}"

    def _next_segment(self) -> None:
        self.close()
        self._seg += 1
        header = Header(1, self._journal._office, self._journal.writer, self._seg, self.n,
                        self._previous, zone=ZONE)  # fmt: skip
        self._data = bytearray(encode_header(header) + b"\n")

    def close(self) -> None:
        if self._data:
            segment_path(self._journal.directory, self._seg).write_bytes(self._data)
            self._previous = sha256(self._data).hexdigest()
            self._data = bytearray()


def write_lived(home: Path, records: int, steps: int, *, day: date | None = None) -> Office:
    """An office whose `records` were each captured alone and changed `steps` times since.

    Its journal has `records * (1 + steps)` lines; desk and books are not made yet.
    """
    office = Office.found(home, name=NAME, user=USER, zone=ZONE)
    day = day or today()
    ms = int(datetime(day.year, day.month, day.day).timestamp() * 1000)
    with no_disk(office.journal) as lines:
        for rows in old_work(records, day - timedelta(days=1)):
            for new in rows:
                for entry in created(office, [New(new.register, new.cells, (), new.id)]):
                    born = lines.add([entry], ms, action=f"{entry.register}.add")
                    last = born
                    for step in range(steps):
                        over = {"note": [last]} if last != born else {}
                        cells = {"note": f"第{step + 1}次催办，答复正在办理"}
                        change = Entry(entry.register, entry.record, cells, over)
                        last = lines.add([change], ms, action=f"{entry.register}.set")
    return Office.open(home, user=USER)
