"""What Today says it does: the promised step is number 1, another day is said to be one, nothing
that matters is cut where room is short."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_office import found_office
from textual.pilot import Pilot
from textual.widgets import Input

from officetui.office.office import Office
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _, set_language
from officetui.text.width import cell_width
from officetui.ui.app import OfficeApp
from officetui.ui.modals.menu import StepMenu
from officetui.ui.screens import today_meetings
from officetui.ui.screens.today import TodayScreen
from officetui.ui.widgets.table import BlockTable

WIDE = (120, 40)
SMALL = (80, 24)


def shown(app: OfficeApp) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def block(pilot: Pilot[None], name: str) -> BlockTable:
    """The cursor on the first row of a block."""
    for _press in range(12):
        table = pilot.app.screen.table  # type: ignore[attr-defined]
        if table is not None and table.id == name:
            return table  # type: ignore[no-any-return]
        await pilot.press("tab")
    raise AssertionError(name)


async def first_of_menu(pilot: Pilot[None]) -> str:
    """The label of number 1 in the menu that Enter opens; "" when it opens no menu."""
    await pilot.press("enter")
    await pilot.pause()
    screen = pilot.app.screen
    found = ""
    if isinstance(screen, StepMenu):
        row = screen.query_one(BlockTable).lines[0]
        assert row.cells[0] == "1"
        found = row.cells[1]
    await pilot.press("escape")
    await pilot.pause()
    assert isinstance(pilot.app.screen, TodayScreen)
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", ["first", "due"])
async def test_what_a_line_promises_is_number_one(office: Office, name: str, language: str) -> None:
    set_language(language)
    app = OfficeApp(office)
    async with app.run_test(size=SMALL) as pilot:
        table = await block(pilot, name)
        promised = 0
        for index, row in enumerate(table.lines):
            table.move_cursor(row=index)
            record = office.get((row.refs or (row.ref,))[0])
            assert record is not None
            if row.action and len(row.refs) < 2:
                step = BY_ID[record.register].step(row.action)
                assert step is not None
                assert await first_of_menu(pilot) == _(step.label)
                promised += 1
        assert promised > 3


async def test_all_that_one_person_is_late_with_is_urged_by_enter_and_one(tmp_path: Path) -> None:
    # On a quiet Monday the late papers of one person are among the first things.
    office = found_office(tmp_path / "o", moment=datetime(2026, 11, 30, 0, 30, tzinfo=UTC))
    app = OfficeApp(office)
    async with app.run_test(size=(120, 60)) as pilot:
        table = await block(pilot, "first")
        rows = [row for row in table.lines if row.action == "urge" and len(row.refs) > 1]
        assert rows
        table.move_cursor(row=table.lines.index(rows[0]))
        assert await first_of_menu(pilot) == _("Urge all")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("ctrl+o")
        await pilot.pause()
        for ref in rows[0].refs:
            record = office.get(ref)
            assert record is not None and len(office.children(record, "urgings")) == 1


async def test_another_day_is_said_in_the_header_and_one_leads_back(office: Office) -> None:
    set_language("zh_CN")
    app = OfficeApp(office)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("left_square_bracket")
        head = shown(app)[0]
        assert all(words in head for words in ("看的是11-19", "按现在的数据", "今天11-20", "已存"))
        text = "\n".join(shown(app))
        assert "未通知" not in text and "通知2次" not in text
        await pilot.press("1")
        assert "看的是" not in shown(app)[0] and "07:58" in shown(app)[0]
        await pilot.press("right_square_bracket")
        assert "看的是11-21" in shown(app)[0] and "按现在的数据" not in shown(app)[0]
        await pilot.press("escape")
        assert "看的是" not in shown(app)[0]
        # From another place one comes back to today, too.
        await pilot.press("right_square_bracket", "3")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert "看的是" not in shown(app)[0] and "07:58" in shown(app)[0]


def test_nothing_is_pressing_on_a_day_that_is_over(office: Office) -> None:
    then = office.board(datetime(2026, 11, 19, 8, 0))
    assert then.past
    assert then.first == []
    assert [seat.status for seat in then.seats if seat.person == "罗丹"] == [""]
    coming = office.board(datetime(2026, 11, 23, 8, 0))
    assert coming.today is not None and not coming.past
    assert office.board().today is None


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
@pytest.mark.parametrize("width", [80, 90, 99])
async def test_one_line_panels_cut_nobody(office: Office, language: str, width: int) -> None:
    set_language(language)
    app = OfficeApp(office)
    async with app.run_test(size=(width, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, TodayScreen)
        duty, meetings, papers, visitors = (
            screen.tables[name].lines[0].cells[0]
            for name in ("duty", "meetings", "papers", "visitors")
        )
        for line in (duty, meetings, papers, visitors):
            assert cell_width(line) <= width - 2
        assert "罗丹!" in duty and "彭博!" in duty and "刘晓燕" in duty
        assert meetings.count("!") == 4
        assert "林芳" in papers and "郑凯" in visitors and "09:00" in visitors
        fifth = screen.tables["first"].lines[4].cells[2]
        assert fifth.endswith("刘晓燕")
        assert not any(".." in shown(app)[row] for row in (3, 6))


async def test_a_clash_is_whole_beside_replies_and_what_is_ready(office: Office) -> None:
    set_language("zh_CN")
    app = OfficeApp(office)
    async with app.run_test(size=WIDE):
        lines = shown(app)
        at = next(n for n, line in enumerate(lines) if "14:30 安全生产例会" in line)
        assert "已回8/11 准备5/8" in lines[at]
        assert "与15:00撞：会议室、周海涛" in lines[at + 1]
        assert "与上一场撞：会议室、周海涛" in lines[at + 3]
        assert "今天12:00前报名单" in lines[at + 4]


async def test_the_issuer_stands_once(office: Office) -> None:
    done = office.create(
        "documents",
        {"direction": "incoming", "recv_at": "2026-11-20T07:30", "from_org": "国务院办公厅",
         "title": "国务院办公厅关于加快发展养老服务的意见", "kind": "act",
         "due": "2026-11-20T16:00"},
    )  # fmt: skip
    board = office.board()
    (row,) = [item for item in board.due if item.ref in done.refs]
    assert row.title == "加快发展养老服务的意见"
    app = OfficeApp(office)
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        text = "\n".join(shown(app))
        assert "加快发展养老服务的意见" in text and "国务院办公厅关于" not in text


async def test_marks_are_counted_and_gone_after_leaving(office: Office) -> None:
    set_language("zh_CN")
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await block(pilot, "due")
        await pilot.press("down", "space", "down", "space")
        screen = pilot.app.screen
        assert isinstance(screen, TodayScreen)
        assert len(screen.selected_refs()) == 2
        assert "选中2" in shown(app)[-2].replace(" ", "").replace("已选中", "选中")
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert screen.marks() == []
        await pilot.press("space")
        assert screen.marks()
        await pilot.press("right_square_bracket")
        assert screen.marks() == []


async def test_the_line_opened_on_today_is_empty(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await block(pilot, "meetings")
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.focused, Input) and app.focused.value == ""


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
@pytest.mark.parametrize("typed", ["收774", "收文774", "In 774", "in774"])
def test_a_number_is_found_in_any_language(office: Office, typed: str, language: str) -> None:
    set_language(language)
    assert office.find(typed, "documents").text("recv_no") == "774"


@pytest.mark.parametrize("width", [40, 50, 60, 79, 100])
async def test_a_narrow_header_says_that_all_is_kept(office: Office, width: int) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=(width, 24)) as pilot:
        assert "saved" in shown(app)[0] and "07:58" in shown(app)[0]
        app.header_pieces = (("synced", ""),)
        app.screen.header_line.retell()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "saved synced" in shown(app)[0] and "07:58" in shown(app)[0]


def test_rooms_are_short() -> None:
    for name, short in (("二楼会议室", "二楼"), ("镇政府三楼大会议室", "三楼大"), ("礼堂", "礼堂")):
        assert today_meetings.short_room(name) == short
