"""The log and the numbers at the keyboard: days, weeks, months, filters, records with their history."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hands import at_work
from textual import events

from benchmarks.offices import no_disk
from officetui.ledger.line import Entry
from officetui.office.changes import New
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.ui.screens.detail import DetailScreen


def of_1997(number: int) -> New:
    day = "1997-03-05"
    return New("documents", {"recv_no": str(number), "recv_at": f"{day}T09:15", "title": "旧通知",
        "from_org": "县委办", "kind": "act", "state": "archived", "closed_at": day,
        "archived_at": day}, (), f"{day}.{number:016x}")  # fmt: skip


async def test_from_a_row_to_the_whole_history_of_its_record(office: Office) -> None:
    paper = office.list("documents", open=True)[0]
    office.set(paper, {"note": "先看一下"})
    async with at_work(office) as hands:
        await hands.keys("9")
        assert "9 Log" in hands.screen and "Friday 20 November 2026" in hands.screen
        await hands.keys("end")
        row = hands.table.current
        assert row is not None and row.cells[1].endswith("Note 先看一下")
        number = paper.text("recv_no")
        await hands.keys("enter")
        assert isinstance(hands.app.screen, DetailScreen) and hands.app.screen.ref == paper.ref
        assert f"07:58          李梅 changed In {number}: Note 先看一下" in hands.screen
        await hands.keys("o")
        await hands.write("赵强")
        await hands.keys("ctrl+o")
        assert f"07:58          李梅 assigned In {number} to 赵强" in hands.screen, hands.screen
        await hands.keys("escape")
        assert "9 Log" in hands.screen


async def test_days_weeks_and_months_by_keys(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("9", "left_square_bracket")
        assert "Thursday 19 November 2026 yesterday" in hands.screen
        assert "Nothing was recorded then." in hands.screen or hands.table.lines
        await hands.keys("0")
        assert "2026-11-16 to 11-22" in hands.screen
        await hands.keys("0")
        assert "November 2026" in hands.screen
        await hands.keys("right_square_bracket")
        assert "December 2026" in hands.screen and "still to come" in hands.screen
        await hands.keys("0", "g")
        await hands.type("2026-11-20")
        await hands.keys("enter")
        assert "Friday 20 November 2026 today" in hands.screen and hands.table.lines
        await hands.keys("left_square_bracket", "9")  # the key of the place: today again
        assert "Friday 20 November 2026 today" in hands.screen


async def test_narrowed_by_register_person_and_unit(office: Office) -> None:
    other = Office.open(office.home, user="何静", clock=office.watch)
    other.create("duty_log", {"at": "2026-11-20T07:40", "content": "石桥村停水"})
    office.refresh()
    async with at_work(office) as hands:
        await hands.keys("9")
        whole = len(hands.table.lines)
        await hands.keys("comma")
        await hands.digit("何静")
        assert [row.cells[1] for row in hands.table.lines] == [
            "何静 recorded 石桥村停水"
        ] and "何静" in hands.screen.splitlines()[1]
        await hands.keys("comma")
        await hands.digit("Duty log")  # both hold
        assert len(hands.table.lines) == 1
        await hands.keys("left_square_bracket")
        assert "Nothing of that" in hands.screen or "Nothing was recorded then" in hands.screen
        await hands.keys("right_square_bracket", "escape")  # the filters go first
        assert len(hands.table.lines) == whole and "9 Log" in hands.screen
        await hands.keys("comma")
        await hands.digit("应急办")
        assert 0 < len(hands.table.lines) < whole


async def test_a_day_of_long_ago_and_one_before_the_office(office: Office) -> None:
    office.create_many([of_1997(number) for number in range(1, 4)])
    async with at_work(office) as hands:
        await hands.keys("9", "g")
        await hands.type("1997-03-05")
        await hands.keys("enter")
        assert "In the registers of that day" in hands.screen
        assert [row.cells[1] for row in hands.table.lines[1:]] == [
            f"Documents  In {n} 旧通知" for n in range(1, 4)
        ]
        await hands.keys("down", "enter")
        assert isinstance(hands.app.screen, DetailScreen) and "旧通知" in hands.screen
        await hands.keys("escape", "left_square_bracket")
        assert "This office's books begin on 1997-03-05" in hands.screen


async def test_years_brought_in_by_week_and_month_and_narrowed(office: Office) -> None:
    """Registers of long ago: the journals are silent, the registers tell, by register, person and
    unit as well."""
    papers = [of_1997(number) for number in range(1, 4)]
    papers[1].cells["owner"] = "何静"
    seat = {"date": "1997-03-06", "line": "day", "seat": 1, "person": "罗丹"}
    april = {"title": "四月的会", "start": "1997-04-01T09:00", "room": "二楼会议室"}
    office.create_many(
        [*papers, New("duty", seat, (), None), New("meetings", april, (), "1997-04-01.1")]
    )
    async with at_work(office) as hands:
        await hands.keys("9", "g")
        await hands.type("1997-03-05")
        await hands.keys("enter", "0")
        assert "In the registers of those days" in hands.screen
        rows = [(row.cells[0], row.cells[1]) for row in hands.table.lines[1:]]
        assert len(rows) == 4 and rows[1] == ("03-05 09:15", "Documents  In 1 旧通知"), rows
        await hands.keys("0")  # March
        assert len(hands.table.lines) == 5 and "四月的会" not in hands.screen
        await hands.keys("comma")
        await hands.digit("Duty")
        assert [row.cells[0] for row in hands.table.lines[1:]] == ["03-06"]
        await hands.keys("escape", "comma")
        await hands.digit("何静")
        assert [row.cells[1] for row in hands.table.lines[1:]] == ["Documents  In 2 旧通知"]
        await hands.keys("escape", "comma")
        await hands.digit("应急办")  # the unit of 何静
        assert [row.cells[1] for row in hands.table.lines[1:]] == ["Documents  In 2 旧通知"]


async def test_the_log_follows_what_is_done(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("9")
        before = len(hands.table.lines)
        await hands.keys("a")
        await hands.type("督 石桥村停水 @何静 ^明天")
        await hands.keys("enter")
        await hands.pilot.pause(0.4)
        await hands.settled()
        assert len(hands.table.lines) == before + 1
        await hands.keys("u")
        await hands.pilot.pause(0.4)
        await hands.settled()
        assert hands.table.lines[-1].cells[1].startswith("李梅 undid")


@pytest.fixture
def busy(tmp_path: Path) -> Office:
    """An office in which twenty thousand things were done in one month."""
    clock = FixedClock(datetime(2026, 11, 20, 0, 0, tzinfo=UTC))
    office = Office.found(tmp_path / "busy", name="清河镇党政办", user="李梅", clock=clock)
    first = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp() * 1000)
    with no_disk(office.journal) as lines:
        for n in range(20_000):
            cells = {"at": "2026-11-20T08:00", "content": f"第{n}件"}
            entry = Entry("duty_log", f"2026-11-20.{n:016x}", cells, {})
            lines.add([entry], first + n * 60_000, action="duty_log.add")
    return Office.open(tmp_path / "busy", user="李梅", clock=clock)


async def test_a_month_of_thousands_is_read_aside_and_can_be_stopped(busy: Office) -> None:
    async with at_work(busy) as hands:
        await hands.keys("9", "0")
        assert "2026-11-16 to 11-22" in hands.screen
        shown = [row.ref for row in hands.table.lines]
        hands.app.post_message(events.Key("0", "0"))
        for _ in range(200):
            await asyncio.sleep(0.02)
            if "Esc stops" in hands.screen:
                break
        assert "reading November 2026" in hands.screen
        await hands.pilot.press("escape")
        await hands.settled()
        assert "2026-11-16 to 11-22" in hands.screen and "Stopped" in hands.said
        assert [row.ref for row in hands.table.lines] == shown
        await hands.keys("0")
        assert "November 2026  20000 changes" in hands.screen and "1-300 of 20000" in hands.screen
        await hands.keys("end", "pagedown")
        assert "301-600 of 20000" in hands.screen
        assert hands.table.current is not None and "第300件" in hands.table.current.cells[1]


async def test_numbers_by_key_week_and_month(office: Office) -> None:
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("9", "minus")
        assert "2026-11-16 to 11-22" in hands.screen and "Papers: " in hands.screen
        await hands.keys("pagedown")
        assert "Follow-ups open on 2026-11-20" in hands.screen
        await hands.keys("0")
        assert "November 2026" in hands.screen
        await hands.keys("left_square_bracket")
        assert "October 2026" in hands.screen
        await hands.keys("pagedown", "left_square_bracket")
        assert "September 2026" in hands.screen and "Papers: 0 in, 0 out" in hands.screen
        await hands.keys("minus")
        assert "9 Log" in hands.screen
        await hands.keys("ctrl+p")
        await hands.type("Numbers of the week")
        await hands.keys("enter")
        assert "Papers: " in hands.screen


async def test_charts_are_plain_characters_with_their_digits(office: Office) -> None:
    """Nothing of ambiguous width, no braille; every bar has its number beside it."""
    from unicodedata import east_asian_width

    set_language("zh_CN")
    try:
        async with at_work(office) as hands:
            await hands.keys("9", "minus")
            body = "\n".join(hands.screen.splitlines()[2:-2])
            assert not [c for c in body if east_asian_width(c) == "A" or "\u2800" <= c <= "\u28ff"]
            bars = [line for line in body.splitlines() if "#" in line and "按时" not in line]
            assert bars and all(any(c.isdigit() for c in line) for line in bars)
    finally:
        set_language("en")
