"""Today as a person uses it: what stands where, what the keys do, what is painted again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sample_office import NAME, found_office
from textual.pilot import Pilot

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.text.width import cell_width
from officetui.ui.app import OfficeApp
from officetui.ui.modals.capture import CaptureScreen
from officetui.ui.screens import today_layout as layout
from officetui.ui.screens.today import TodayScreen
from officetui.ui.widgets.table import BlockTable

WIDE = (120, 40)
SMALL = (80, 24)


def today(app: OfficeApp) -> TodayScreen:
    screen = app.screen
    assert isinstance(screen, TodayScreen)
    return screen


def lines(app: OfficeApp) -> list[str]:
    """What is on the screen, line by line, as the terminal would hold it."""
    shown = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in shown]


def text(app: OfficeApp) -> str:
    return "\n".join(lines(app))


async def focus(pilot: Pilot[None], block: str) -> BlockTable:
    """Put the cursor on the first row of a block by keyboard only."""
    screen = today(pilot.app)  # type: ignore[arg-type]
    for _ in range(12):
        table = screen.table
        if table is not None and table.id == block:
            return table
        await pilot.press("tab")
    raise AssertionError(f"{block} cannot be reached by Tab")


async def test_the_four_panels_and_the_first_things_are_there(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE):
        shown = text(app)
        assert NAME in shown
        for title in ("2 Duty", "3 Documents", "4 Meetings today", "5 Reception", "Due today: "):
            assert title in shown
        for words in ("高翔", "15096478029", "In 774", "安全生产例会", "石大爷", "林芳"):
            assert words in shown
        assert "First 5" in lines(app)[1]


@pytest.mark.parametrize("size", [WIDE, SMALL, (200, 60), (100, 30), (79, 20), (40, 10)])
async def test_no_line_is_wider_than_the_terminal(office: Office, size: tuple[int, int]) -> None:
    set_language("zh_CN")
    app = OfficeApp(office)
    async with app.run_test(size=size):
        shown = lines(app)
        assert len(shown) == size[1]
        assert max(cell_width(line) for line in shown) <= size[0]


async def test_chinese_columns_stand_below_each_other(office: Office) -> None:
    set_language("zh_CN")
    app = OfficeApp(office)
    async with app.run_test(size=WIDE):
        phones = ("副书记 15096478029", "应急办 18688222527")
        duty = [
            line for line in lines(app) if any(phone in line.replace("  ", " ") for phone in phones)
        ]
        assert len(duty) == 2
        starts = {
            cell_width(line[: line.index(phone)])
            for line, phone in zip(duty, ("15096478029", "18688222527"), strict=True)
        }
        assert len(starts) == 1


async def test_the_cursor_goes_from_block_to_block(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        screen = today(app)
        assert screen.table is screen.tables["first"]
        await pilot.press("down")
        assert screen.table is screen.tables["duty"]
        await pilot.press("right")
        assert screen.table is screen.tables["due"]
        for _ in range(len(screen.tables["due"].lines)):
            await pilot.press("j")
        assert screen.table is screen.tables["papers"]
        await pilot.press("k")
        assert screen.table is screen.tables["due"]
        assert screen.tables["due"].cursor_row == len(screen.tables["due"].lines) - 1
        await pilot.press("left")
        assert screen.table is not None and screen.table.id in ("duty", "meetings")


async def test_the_first_things_on_one_line_go_sideways(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        first = today(app).tables["first"]
        await pilot.press("right", "right")
        assert first.cursor_row == 2
        row = first.current
        assert row is not None and today(app).selected_refs() == list(row.refs)


async def test_a_step_by_its_letter_changes_the_board(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        table = await focus(pilot, "duty")
        while "罗丹" not in table.current.cells:  # type: ignore[union-attr]
            await pilot.press("down")
        await pilot.press("c")
        seat = office.get(table.current.ref)  # type: ignore[union-attr]
        assert seat is not None and seat.state == "confirmed"
        assert table.current is not None and not table.current.mark
        assert "罗丹" in today(app).status_line.text
        await pilot.press("u")
        seat = office.get(table.current.ref)
        assert seat is not None and seat.state == "notified"
        assert table.current.mark


async def test_enter_and_a_digit_take_a_step(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        table = await focus(pilot, "duty")
        while "彭博" not in table.current.cells:  # type: ignore[union-attr]
            await pilot.press("down")
        ref = table.current.ref  # type: ignore[union-attr]
        await pilot.press("enter")
        await pilot.pause()
        menu = app.screen.query_one(BlockTable)
        digit = next(row.cells[0] for row in menu.lines if "Confirm" in row.cells)
        await pilot.press(digit)
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        seat = office.get(ref)
        assert seat is not None and seat.state == "confirmed"


async def test_marked_rows_are_acted_on_once(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        table = await focus(pilot, "duty")
        while "罗丹" not in table.current.cells:  # type: ignore[union-attr]
            await pilot.press("down")
        await pilot.press("space")
        while "彭博" not in table.current.cells:  # type: ignore[union-attr]
            await pilot.press("down")
        await pilot.press("space")
        assert len(today(app).selected_refs()) == 2
        await pilot.press("c")
        states = {r.text("person"): r.state for r in office.records("duty")}
        assert states["罗丹"] == states["彭博"] == "confirmed"
        await pilot.press("u")
        states = {r.text("person"): r.state for r in office.records("duty")}
        assert (states["罗丹"], states["彭博"]) == ("notified", "planned")


async def test_the_cursor_stays_on_its_record_when_rows_move(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        table = await focus(pilot, "due")
        await pilot.press("down", "down", "down")
        kept = table.current.ref  # type: ignore[union-attr]
        paper = {"direction": "incoming", "recv_at": "2026-11-20T07:57", "from_org": "县委办"}
        done = office.create(
            "documents", paper | {"title": "急件", "kind": "act", "due": "2026-11-20T09:30"}
        )
        app.records_changed(done.refs)
        await pilot.pause()
        assert table.current is not None and table.current.ref == kept
        assert any("急件" in row.cells[2] for row in table.lines)


async def test_full_width_digits_and_marks_are_keys(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await type_text(pilot, "】")
        assert today(app).other_day == office.today + timedelta(days=1)
        await type_text(pilot, "【")
        assert today(app).other_day is None
        await type_text(pilot, "３")
        await pilot.pause()
        assert not isinstance(app.screen, TodayScreen)
        await type_text(pilot, "１")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_chinese_text_outside_a_field_is_explained(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        before = today(app).table
        await type_text(pilot, "收文")
        assert "input method" in today(app).status_line.text
        assert today(app).table is before


async def type_text(pilot: Pilot[None], characters: str) -> None:
    """Characters as the terminal sends what an input method commits."""
    from textual import events

    for character in characters:
        pilot.app.post_message(events.Key(character, character))
    await pilot.pause()


async def test_what_is_typed_ahead_arrives_where_it_was_meant(office: Office) -> None:
    from textual import events
    from textual.widgets import Input

    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        for character in "a访 赵大爷 低保":  # all at once, as a slow line brings it
            app.post_message(events.Key(character, character))
        await pilot.pause()
        while app._waiting or app._settling is not None:
            await pilot.pause()
        assert isinstance(app.focused, Input)
        assert app.focused.value.endswith("访 赵大爷 低保")


async def test_another_day_and_back(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("right_square_bracket")
        assert "21 November 2026" in lines(app)[0]
        assert "1" in today(app).status_line.text
        assert "Due today" not in text(app)
        await pilot.press("escape")
        assert "20 November 2026" in lines(app)[0]
        await pilot.press("left_square_bracket")
        assert "19 November 2026" in lines(app)[0]
        await pilot.press("1")
        assert "20 November 2026" in lines(app)[0]


async def test_going_to_a_date(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g")
        await pilot.pause()
        await pilot.press(*"11-23", "enter")
        await pilot.pause()
        assert today(app).other_day is not None
        assert "23 November 2026" in lines(app)[0]


async def test_q_asks_once(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("q")
        assert "again" in today(app).status_line.text
        await pilot.press("j")
        assert app.is_running and "again" not in today(app).status_line.text
        await pilot.press("q", "q")
        await pilot.pause()
    assert app._exit


async def test_an_empty_office_says_what_to_press(tmp_path: Path) -> None:
    empty = Office.found(
        tmp_path / "empty",
        name="新办",
        user="李梅",
        clock=FixedClock(datetime(2026, 11, 19, 23, 58, tzinfo=UTC)),
    )
    app = OfficeApp(empty)
    async with app.run_test(size=WIDE) as pilot:
        shown = text(app)
        assert "People: Enter opens People (7)" in shown
        assert "+ makes the roster" in shown and "officetui import" in shown
        assert "a takes one line" in shown and "= joins them" in shown
        assert "a records one" in shown
        await pilot.press("enter")
        assert "7 People" in text(app)
        await pilot.press("1", "down", "enter")
        assert "Make the roster of which month?" in text(app)
        await pilot.press("escape", "down", "enter")
        assert isinstance(app.screen, CaptureScreen)
        await pilot.press("escape")
        empty.create("people", {"name": "何静"})
        app.records_changed(["people/x"])
        await pilot.pause()
        assert "Enter opens" not in text(app) and "Nothing is pressing" in text(app)


@pytest.mark.parametrize("size", [WIDE, (80, 24)])
async def test_days_ahead_without_duty_name_the_key(office: Office, size: tuple[int, int]) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=size) as pilot:
        assert "makes the roster" not in text(app)
        office.trash([one for one in office.records("duty") if one.text("date") > "2026-11-20"])
        app.records_changed(["duty/x"])
        await pilot.pause()

        if size == WIDE:
            assert "none from 11-21 Sat: + makes the roster" in text(app)
        await pilot.press("plus")
        assert "Make the roster of which month?" in text(app)
        await pilot.press("escape", "2", "minus")
        assert "+ make roster" in text(app)


async def test_changes_of_another_process_appear(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        other = Office.open(office.home, user="高翔", clock=office.watch)
        other.create(
            "reception",
            {"channel": "visit", "at": "2026-11-20T07:58", "name": "王大妈", "matter": "低保"},
        )
        app._poll()
        await pilot.pause()
        assert "王大妈" in text(app)
        other.close()


async def test_hostile_text_is_shown_harmlessly(office: Office) -> None:
    nasty = "[bold]a[/nope] \x1b[31mred\x07\x00 \u202egnp" + "长" * 20_000
    office.create(
        "reception",
        {"channel": "visit", "at": "2026-11-20T07:58", "name": "[/]", "matter": nasty,
         "due": "2026-11-20T08:10"},
    )  # fmt: skip
    app = OfficeApp(office)
    async with app.run_test(size=WIDE):
        shown = text(app)
        assert "[/]" in shown and "[bold]a[/nope]" in shown
        assert not any(char in shown for char in "\x1b\x07\x00\u202e")
        assert max(cell_width(line) for line in lines(app)) <= 120


async def test_a_resize_changes_the_shape_and_keeps_the_board(office: Office) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        await focus(pilot, "papers")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert "First 5" in lines(app)[2]
        assert today(app).table is not None and today(app).table.display  # type: ignore[union-attr]
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert "3 Documents" in text(app)


async def test_remapped_keys(office: Office) -> None:
    from officetui.config import Config

    app = OfficeApp(office, Config(keys={"day.after": "ctrl+n", "duty.confirm": "m"}))
    async with app.run_test(size=WIDE) as pilot:
        table = await focus(pilot, "duty")
        while "罗丹" not in table.current.cells:  # type: ignore[union-attr]
            await pilot.press("down")
        await pilot.press("m")
        seat = office.get(table.current.ref)  # type: ignore[union-attr]
        assert seat is not None and seat.state == "confirmed"


async def test_a_minute_later_the_clock_is_another(office: Office, tmp_path: Path) -> None:
    app = OfficeApp(office)
    async with app.run_test(size=WIDE) as pilot:
        clock = office.watch
        assert isinstance(clock, FixedClock)
        clock.move(minutes=1)
        today(app)._tick()
        await pilot.pause()
        assert "07:59" in lines(app)[0]


class TestLayout:
    """The plan of the blocks, without any screen."""

    WANTS = {
        name: layout.Want(2, 9)
        for name in ("first", "duty", "meetings", "visitors", "due", "papers", "overdue", "ahead")
    } | {"followups": layout.Want(2, 9, 12)}

    @pytest.mark.parametrize("width", [20, 60, 80, 99, 100, 120, 160, 180, 200, 300])
    @pytest.mark.parametrize("height", [5, 8, 12, 20, 24, 29, 30, 40, 50, 60, 100])
    def test_blocks_stay_inside_and_apart(self, width: int, height: int) -> None:
        places = [p for p in layout.plan(width, height, self.WANTS).values() if p.height > 0]
        seen: set[tuple[int, int]] = set()
        for place in places:
            assert place.x >= 0 and place.x + place.width <= width
            assert place.y >= 0 and place.y + place.height <= max(height - 4, 1)
            cells = {
                (x, y)
                for x in range(place.x, place.x + place.width)
                for y in range(place.y, place.y + place.height)
            }
            assert not cells & seen
            seen |= cells

    def test_spare_lines_go_to_those_who_can_show_more(self) -> None:
        wants = [layout.Want(2, 3), layout.Want(2, 20)]
        assert layout.share(12, wants, ["duty", "meetings"], rule=1) == [3, 8]

    def test_too_little_room_takes_from_the_end(self) -> None:
        wants = [layout.Want(3, 5), layout.Want(3, 5)]
        assert layout.share(4, wants, ["duty", "meetings"], rule=0) == [3, 1]


def test_a_second_office_of_the_sample_is_the_same(tmp_path: Path) -> None:
    first = found_office(tmp_path / "a").board()
    second = found_office(tmp_path / "b").board()
    assert [item.text for item in first.first] == [item.text for item in second.first]


async def test_a_fault_of_the_program_is_told_in_plain_words(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    app = OfficeApp(office)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(size=WIDE) as pilot:
            app.call_later(lambda: 1 / 0)
            await pilot.pause()
    app._print_error_renderables()
    told = capsys.readouterr().err
    assert "fault.txt" in told and "ZeroDivisionError" not in told
    assert "ZeroDivisionError" in (office.home / "fault.txt").read_text(encoding="utf-8")


async def test_no_colour_when_none_is_wanted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = OfficeApp(office)
    async with app.run_test(size=WIDE):
        styles = [seg.style for strip in app.screen._compositor.render_strips() for seg in strip]
        colours = {
            colour.name
            for style in styles
            if style is not None
            for colour in (style.color, style.bgcolor)
            if colour is not None
        }
        assert colours <= {"default"}
        assert any(style is not None and style.reverse for style in styles)
