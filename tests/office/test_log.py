"""The log: what was done in a span of time, as sentences, from the journals and the registers."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.offices import no_disk
from officetui.ledger.fold import Cursor
from officetui.ledger.line import Entry
from officetui.office import log
from officetui.office.changes import New
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.text.i18n import set_language

TODAY = date(2026, 11, 20)


def of_today(office: Office) -> list[log.Row]:
    return log.changes(office, *log.bounds(office, TODAY, TODAY))


def sentences(office: Office, *registers: str) -> list[str]:
    return [row.sentence for row in of_today(office) if row.register in registers]


def fresh(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def test_a_change_reads_as_a_sentence(office: Office, add: Callable[..., Record]) -> None:
    paper = add("documents", recv_no="745")
    office.do([paper], "propose", {"proposal": "请刘晓燕同志阅示"})
    office.do([fresh(office, paper)], "instruct", {"instruction": "请赵强办理"})
    office.do([fresh(office, paper)], "assign", {"owner": "赵强", "due": "2026-11-25"})
    office.do([fresh(office, paper)], "urge", {"method": "phone", "answer": "明天报"})
    assert sentences(office, "documents") == [
        "李梅 recorded In 745",
        "李梅 proposed for In 745: 请刘晓燕同志阅示",
        "李梅 noted the instruction on In 745: 请赵强办理",
        "李梅 assigned In 745 to 赵强",
        "李梅 urged In 745; the answer: 明天报",
    ]
    row = of_today(office)[-1]
    assert (row.register, row.record) == ("documents", paper.id)
    assert row.heading == "In 745 报送年度考核材料的通知"
    assert (row.user, row.unit, row.action) == ("李梅", "党政办", "documents.urge")
    assert row.at == office.now and row.t[:12] == f"{int(row.at.timestamp() * 1000):012x}"
    assert [row.state for row in of_today(office) if row.action.endswith("assign")] == ["in_hand"]


def test_the_sentence_is_in_the_language_in_use(office: Office, add: Callable[..., Record]) -> None:
    paper = add("documents", recv_no="745", kind="act")
    office.do([paper], "propose", {"proposal": "请刘晓燕同志阅示"})
    office.do([fresh(office, paper)], "instruct", {"instruction": "请赵强办理"})
    office.do([fresh(office, paper)], "assign", {"owner": "赵强"})
    set_language("zh_CN")
    try:
        assert sentences(office, "documents")[-1] == "李梅将收745交办给赵强"
    finally:
        set_language("en")


def test_an_undo_says_what_it_took_back(office: Office, add: Callable[..., Record]) -> None:
    paper = add("documents", recv_no="745")
    office.do([paper], "propose", {"proposal": "请刘晓燕同志阅示"})
    office.undo()
    office.redo()
    office.undo()
    office.undo()  # the recording itself: nothing is left of the paper but its line
    told = [row for row in of_today(office) if row.register == "documents"]
    assert [row.sentence for row in told][2:] == [
        "李梅 undid “Propose”: In 745",
        "李梅 redid “Propose”: In 745",
        "李梅 undid “Propose”: In 745",
        "李梅 undid “recorded”: In 745",
    ]
    assert told[2].undoes == told[1].t and not told[0].undoes
    assert {row.heading for row in told} == {"In 745 报送年度考核材料的通知"}


def test_several_records_of_one_change_are_a_row_each_an_import_is_counted(
    office: Office, add: Callable[..., Record]
) -> None:
    papers = [add("documents", recv_no=str(n), title=f"第{n}号通知") for n in range(1, 4)]
    office.do(papers, "propose", {"proposal": "请刘晓燕同志阅示"})
    assert sentences(office, "documents")[-3:] == [
        f"李梅 proposed for In {n}: 请刘晓燕同志阅示" for n in range(1, 4)
    ]
    rows = [
        New("reception", {"channel": "visit", "at": "2007-03-05T09:00", "matter": f"事{n}"},
            (), f"2007-03-05.{n:016x}")
        for n in range(5000)
    ]  # fmt: skip
    office.create_many(rows)
    last = of_today(office)[-1]
    assert (last.sentence, last.n, last.record) == (
        "李梅 imported Reception 5000 records", 5000, "",
    )  # fmt: skip


def test_a_change_to_a_part_is_told_of_the_whole(
    office: Office, add: Callable[..., Record], clock: FixedClock
) -> None:
    meeting = add("meetings", children=[("items", {"what": "席卡"})])
    item = office.children(meeting, "items")[0]
    clock.instant += timedelta(minutes=5)
    office.do([item], "tick")
    row = of_today(office)[-1]
    assert (row.register, row.record, row.heading) == ("meetings", meeting.id, "党委会")


def test_the_day_is_the_office_s_not_utc_s(
    office: Office, add: Callable[..., Record], clock: FixedClock
) -> None:
    for at in ("2026-11-20T15:59:59Z", "2026-11-20T16:00:00Z"):  # 23:59:59 and midnight
        clock.instant = datetime.fromisoformat(at).astimezone(UTC)
        add("duty_log", content=at)
    assert sum(row.register == "duty_log" for row in of_today(office)) == 1
    tomorrow = log.bounds(office, TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    assert [row.heading[-3:] for row in log.changes(office, *tomorrow)] == ["00Z"]


def test_what_another_process_wrote_is_told(
    office: Office, add: Callable[..., Record], clock: FixedClock
) -> None:
    of_today(office)
    other = Office.open(office.home, user="赵强", clock=clock)
    paper = other.create("documents", {"recv_no": "901", "recv_at": "2026-11-20T08:00",
        "from_org": "县委办", "title": "新来的", "kind": "act"})  # fmt: skip
    assert paper.refs
    office.refresh()
    assert of_today(office)[-1].sentence == "赵强 recorded In 901"


def test_a_finished_record_of_long_ago_is_called_by_its_name(
    tmp_path: Path, clock: FixedClock
) -> None:
    then = FixedClock(datetime(2006, 11, 21, 1, 0, tzinfo=UTC))
    office = Office.found(tmp_path / "old", name="清河镇党政办", user="李梅", clock=then)
    done = office.create("documents", {"recv_no": "745", "recv_at": "2006-11-20T09:00",
        "from_org": "县委办", "title": "森林防火的通知", "kind": "act"})  # fmt: skip
    record = office.get(done.refs[0])
    assert record is not None
    office.do([record], "close", {"result": "已办", "early": "急"})
    later = Office.open(tmp_path / "old", user="赵强", clock=clock)
    later.flush()
    assert later.store.years() == [2006] and not later.store.desk("documents")
    rows = log.changes(later, *log.bounds(later, date(2006, 11, 21), date(2006, 11, 21)))
    assert [row.sentence for row in rows] == ["李梅 recorded In 745", "李梅 closed In 745: 已办"]
    assert rows[0].heading == "In 745 森林防火的通知"
    assert [r.text("recv_no") for r in log.of_day(later, date(2006, 11, 20))] == ["745"]
    assert log.began(later) == date(2006, 11, 20)


def test_registers_brought_in_later_say_what_a_day_was(office: Office) -> None:
    day = "2007-01-02"
    office.create_many([
        New("documents", {"recv_no": "7", "recv_at": f"{day}T09:15", "from_org": "县委办",
            "title": "旧通知", "kind": "act", "state": "archived", "closed_at": day,
            "archived_at": day}, (), f"{day}.00000000000000a1"),
        New("meetings", {"title": "春节前会", "start": f"{day}T14:00", "state": "closed",
            "closed_at": day}, (), "2006-12-28.00000000000000a2"),
        New("schedule", {"leader": "周海涛", "kind": "leave", "start": "2006-12-30",
            "end": "2007-01-03", "matter": "年休假", "state": "back"}, (),
            "2006-12-30.00000000000000a3"),
        New("reception", {"at": "2007-01-03T09:00", "channel": "visit", "matter": "次日",
            "state": "closed", "closed_at": "2007-01-03"}, (), "2007-01-03.00000000000000a4"),
    ])  # fmt: skip
    assert set(office.store.years()) == {2006, 2007}
    found = log.of_day(office, date(2007, 1, 2))
    assert [r.register for r in found] == ["documents", "meetings", "schedule"]
    assert log.changes(office, *log.bounds(office, date(2007, 1, 2), date(2007, 1, 2))) == []
    assert log.began(office) == date(2006, 12, 30) or log.began(office) == date(2006, 12, 28)


def test_progress_may_cancel(office: Office, add: Callable[..., Record]) -> None:
    add("documents", recv_no="1")

    class Enough(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        log.changes(office, *log.bounds(office, TODAY, TODAY), stop)
    assert of_today(office)


def test_hostile_text_is_harmless(office: Office, add: Callable[..., Record]) -> None:
    paper = add("documents", recv_no="1", title="[red]x\x1b]0;y\x07{user}{__class__}")
    office.do([paper], "propose", {"proposal": "{what}\x1b[2J" + "长" * 500})
    for row in of_today(office):
        assert "\x1b" not in row.sentence + row.heading and len(row.sentence) < 200


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.integers(-40_000_000, 40_000_000), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(-200, 200), st.integers(0, 100)), min_size=1, max_size=4),
)
def test_any_clock_any_span(
    tmp_path_factory: pytest.TempPathFactory,
    jumps: list[int],
    spans: list[tuple[int, int]],
) -> None:
    """Changes of a span are all changes of all journals filtered by time, however wrong the clocks
    were; what lies side by side holds each change once."""
    clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
    home = tmp_path_factory.mktemp("clocks") / "office"
    office = Office.found(home, name="镇", user="李梅", clock=clock)
    for n, jump in enumerate(jumps):
        clock.instant += timedelta(seconds=jump)
        office.create("duty_log", {"at": "2026-11-20T07:40", "content": f"第{n}件"})
    every = [int(t[:12], 16) for t in sorted(_stamps(office))]
    for first, length in spans:
        since = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(days=first)
        until = since + timedelta(days=length)
        low, high = since.timestamp() * 1000, until.timestamp() * 1000
        found = log.changes(office, since, until)
        assert [int(row.t[:12], 16) for row in found] == [t for t in every if low <= t < high]
        middle = since + (until - since) / 2
        halves = log.changes(office, since, middle) + log.changes(office, middle, until)
        assert halves == found


def _stamps(office: Office) -> set[str]:
    return {line.t for line in office.ledger.read_since(Cursor())}


def test_only_what_the_span_holds_is_read(tmp_path: Path, clock: FixedClock) -> None:
    """Once they are known, segments of other years may lie there unreadable."""
    office = Office.found(tmp_path / "old", name="镇", user="李梅", clock=clock)
    begin = datetime(2006, 11, 20, 1, tzinfo=UTC)
    with no_disk(office.journal) as lines:
        for n in range(2500):
            at = int((begin + timedelta(days=3 * n)).timestamp() * 1000)
            cells = {"at": "2006-11-20", "content": "长" * 400}
            lines.add([Entry("duty_log", f"2006-11-20.{n:016x}", cells, {})], at)
    segments = office.ledger.segments(office.journal.writer)
    assert len(segments) > 8
    day = (begin + timedelta(days=3 * 40)).date()
    assert len(log.changes(office, *log.bounds(office, day, day))) == 1
    for segment in segments[1:-1]:
        stat = os.stat(segment.path)
        with segment.path.open("r+b") as file:
            file.write(b"\0" * stat.st_size)
        os.utime(segment.path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again = Office.open(tmp_path / "old", user="李梅", clock=clock)
    assert len(log.changes(again, *log.bounds(again, day, day))) == 1
