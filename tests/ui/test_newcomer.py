"""What somebody new stumbled over: each of it once, by keyboard, as it was found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hands import Hands, at_work
from textual import events
from textual.geometry import Size

from officetui.office.clock import FixedClock
from officetui.office.office import New, Office
from officetui.ui import flows
from officetui.ui.modals.capture import CaptureScreen
from officetui.ui.modals.form import FormScreen
from officetui.ui.modals.menu import StepMenu
from officetui.ui.modals.message import MessageScreen
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.screens.register import PickedScreen
from officetui.ui.widgets.fields import FieldRow


def _ref(office: Office, number: str) -> str:
    return next(r.ref for r in office.records("documents") if r.text("recv_no") == number)


def _menu(hands: Hands) -> dict[str, str]:
    """The lines of the open menu: digit -> words."""
    assert isinstance(hands.app.screen, StepMenu)
    return {row.cells[0]: row.cells[1] for row in hands.table.lines}


def _footer(hands: Hands) -> str:
    return hands.app.screen.footer_line.text  # type: ignore[attr-defined,no-any-return]


async def _paste(hands: Hands, text: str) -> None:
    hands.app.post_message(events.Paste(text))
    await hands.settled()


# The menu


async def test_edit_and_open_have_one_digit_each_and_the_trash_is_asked_about(
    office: Office,
) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        for number in ("777", "774", "771", "776"):
            await hands.to(_ref(office, number))
            await hands.keys("enter")
            lines = _menu(hands)
            assert lines["8"] == "Edit" and lines["9"].startswith("Open")
            assert "Put into the trash" not in lines.values()
            await hands.keys("escape")
        ref = _ref(office, "777")
        await hands.to(ref)
        await hands.keys("enter", "0")
        while "Put into the trash" not in _menu(hands).values():
            await hands.keys("0")
        assert _menu(hands)["1"] != "Put into the trash"
        await hands.digit("Put into the trash")
        assert "In 777" in hands.screen and "?" in hands.screen
        await hands.keys("enter")  # Enter keeps it
        record = office.get(ref)
        assert record is not None and not record.trashed
        await hands.choose("Put into the trash")
        await hands.digit("Yes, put it into the trash")
        record = office.get(ref)
        assert record is not None and record.trashed


async def test_what_is_marked_is_named_in_the_menu_and_counted_below(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(_ref(office, "777"))
        await hands.keys("space")
        assert "1 marked" in _footer(hands)
        assert hands.table.current is not None
        assert hands.table.current.ref != _ref(office, "777")
        await hands.keys("enter")
        assert "1 marked: In 777" in hands.screen
        await hands.keys("escape", "4", "3")
        assert "marked" not in hands.screen and not hands.table.marked
        await hands.keys("space", "enter", "8")  # without letters: under an input method
        if isinstance(hands.app.screen, FormScreen):
            await hands.keys("escape")


async def test_marks_can_be_taken_away_by_digit(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3", "space", "space", "enter")
        assert _menu(hands)["8"] == "Take the marks away"
        await hands.keys("8")
        assert not hands.table.marked and "marked" not in _footer(hands)


async def test_marks_on_today_are_counted_and_gone_when_one_comes_back(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("tab", "space")
        assert "1 marked" in _footer(hands)
        await hands.keys("3", "1")
        assert "marked" not in _footer(hands)


async def test_records_of_several_registers_have_no_trash_at_one(office: Office) -> None:
    refs = [_ref(office, "701"), next(r.ref for r in office.records("reception"))]
    async with at_work(office) as hands:
        flows.open_overdue(hands.app, refs, "何静")
        await hands.settled()
        await hands.keys("space", "space", "enter")
        assert "different registers" in hands.screen
        assert "Put into the trash" not in _menu(hands).values()
        await hands.keys("0")
        assert "Put into the trash" not in _menu(hands).values()
        await hands.keys("escape", "c")
        assert "different registers" in hands.said


async def test_the_step_that_was_promised_is_the_first(office: Office) -> None:
    meeting = next(r for r in office.records("meetings") if r.text("title") == "安全生产例会")
    late = [_ref(office, "701"), _ref(office, "705")]
    async with at_work(office) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        assert _footer(hands).index("w Move") < _footer(hands).index("Notices")
        await hands.keys("enter")
        assert (_menu(hands)["1"], _menu(hands)["2"]) == ("Move", "Leave the clash")
        await hands.keys("escape")
        flows.open_overdue(hands.app, late, "何静 2")
        await hands.settled()
        assert isinstance(hands.app.screen, PickedScreen)
        assert _footer(hands).index("Urge") < _footer(hands).index("Assign")
        await hands.keys("enter")
        assert _menu(hands)["1"] == "Urge"
        await hands.keys("escape", "escape")
        hands.app.push_screen(StepMenu("x", [[*_items("a", "b")]], prefer="b"))
        await hands.settled()
        assert _menu(hands)["1"] == "b"


def _items(*names: str) -> list[object]:
    from officetui.ui.menus import Item

    return [Item(f"step:{name}", name) for name in names]


async def test_a_step_of_another_kind_says_which_steps_there_are(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(_ref(office, "771"))
        await hands.keys("o")
        assert "Assign" in hands.said and "It can:" in hands.said and "All read" in hands.said
        assert len(hands.app.screen_stack) == 1


# Text where no text is expected


@pytest.mark.parametrize("place", ["1", "3"])
async def test_a_pasted_line_is_a_line_to_record_and_never_keys(office: Office, place: str) -> None:
    before = [r.cells for r in office.records("documents")]
    async with at_work(office) as hands:
        await hands.keys(place)
        await _paste(hands, "收 县水利局 关于清淤的通知\n 第二行 \n")
        assert isinstance(hands.app.screen, CaptureScreen)
        assert hands.text == "收 县水利局 关于清淤的通知 第二行"
        assert [r.cells for r in office.records("documents")] == before
        await hands.keys("enter")
        assert hands.record("documents", title="关于清淤的通知 第二行")


async def test_a_paste_over_a_menu_chooses_nothing(office: Office) -> None:
    before = [r.cells for r in office.records("documents")]
    async with at_work(office) as hands:
        await hands.keys("3", "enter")
        await _paste(hands, "1\n")
        assert isinstance(hands.app.screen, StepMenu)
        assert [r.cells for r in office.records("documents")] == before


async def test_what_comes_with_a_chinese_text_in_one_go_is_no_key(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        row = hands.table.current
        await hands.type("县水利局 关于清淤的通知\r")
        assert hands.table.current == row and not hands.table.marked
        assert len(hands.app.screen_stack) == 1 and "input method" in hands.said


# Under the cursor


async def test_the_cursor_stays_on_what_was_done(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        ref = _ref(office, "777")
        await hands.to(ref)
        count = len(hands.table.lines)
        await hands.keys("c")
        await hands.type("已电话答复")
        await hands.keys("ctrl+o")
        record = office.get(ref)
        assert record is not None and record.state == "closed"
        assert hands.table.current is not None and hands.table.current.ref == ref
        assert "dim" in dict(hands.table.current.styles).values()
        await hands.keys("u")
        record = office.get(ref)
        assert record is not None and record.state == "registered"
        await hands.keys("U", "4", "3")
        assert ref not in [row.ref for row in hands.table.lines]
        assert len(hands.table.lines) == count - 1


async def test_a_letter_is_not_taken_for_the_record_that_moved_up(office: Office) -> None:
    refs = [_ref(office, "701"), _ref(office, "705"), _ref(office, "712")]
    async with at_work(office) as hands:
        await hands.keys("3")
        table = hands.table
        await hands.to(refs[0])
        rows = [row for row in table.lines if row.ref != refs[0]]
        table.fill(rows)  # as when a colleague's change takes the row away
        await hands.settled()
        assert table.current is not None and table.current.ref == refs[1]
        await hands.keys("b")
        assert "In 705" in hands.said and len(hands.app.screen_stack) == 1
        await hands.keys("b")
        assert isinstance(hands.app.screen, MessageScreen) and "no. 705" in hands.screen


async def test_why_a_row_is_flagged_is_said_and_goes_with_the_next_key(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(_ref(office, "774"))
        assert "10:00" in hands.screen and "低温雨雪" in hands.said
        await hands.to(_ref(office, "771"))
        assert hands.said.strip() == ""
        await hands.to(_ref(office, "701"))
        assert "何静" in hands.said
        await hands.keys("right")
        assert isinstance(hands.app.screen, DetailScreen) and "Needs someone" in hands.screen


# Footer, help, places


async def test_no_key_is_named_that_does_nothing(office: Office) -> None:
    async with at_work(office, (160, 40)) as hands:
        for place in "1234567":
            await hands.keys(place)
            shown = _footer(hands)
            assert "triage" in shown or place != "1"
        await hands.keys("question_mark")
        lines = [" ".join(row.cells) for row in hands.table.lines]
        assert any("triage" in line for line in lines)
        assert any("Search" in line for line in lines)
        assert any(line.startswith("6 Follow-ups") for line in lines)
        assert any(line.startswith("7 Leaders' schedule") for line in lines)
        await hands.keys("escape", "ctrl+p")
        await hands.type("search")
        assert "No such command" not in hands.screen
        await hands.keys("escape", "slash")
        assert "initials of its pinyin" in hands.screen


async def test_people_stand_by_precedence_and_then_by_unit(office_home: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
    office = Office.found(office_home, name="镇", user="李梅", clock=clock)
    people = [
        ("赵", "民政办", None),
        ("钱", "党政办", None),
        ("孙", "民政办", None),
        ("李", "镇", 1),
    ]
    office.create_many(
        [
            New("people", {"name": name, "unit": unit, **({"rank": rank} if rank else {})})
            for name, unit, rank in people
        ]
    )
    async with at_work(office) as hands:
        await hands.keys("7", "7", "7")
        assert "7 People" in hands.screen
        order = [row.cells[0] for row in hands.table.lines]
        assert order[0] == "李" and order[1] == "钱" and set(order[2:]) == {"赵", "孙"}


async def test_an_empty_list_names_the_import(office_home: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
    office = Office.found(office_home, name="空", user="李梅", clock=clock)
    async with at_work(office) as hands:
        for place in "23457":
            await hands.keys(place)
            assert "officetui import" in hands.screen


async def test_every_place_shows_the_clock_and_that_all_is_kept(office: Office) -> None:
    async with at_work(office) as hands:
        today = hands.screen.splitlines()[0]
        assert "07:58" in today
        for place in "2345":
            await hands.keys(place)
            assert hands.screen.splitlines()[0] == today
            await hands.keys("right")
            assert hands.screen.splitlines()[0] == today


# Lists


async def test_visitors_stand_by_the_deadline_that_counts(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("5")
        board = [item.ref for item in office.board().visitors]
        assert [row.ref for row in hands.table.lines] == board


@pytest.mark.parametrize(("hour", "flagged"), [(7, False), (9, True)])
async def test_tomorrows_duty_is_flagged_when_the_hour_of_telling_has_passed(
    office_home: Path, hour: int, flagged: bool
) -> None:
    clock = FixedClock(datetime(2026, 11, 20, hour, 30, tzinfo=UTC))  # 15:30 and 17:30 there
    office = Office.found(office_home, name="镇", user="李梅", zone="Asia/Shanghai", clock=clock)
    office.create("people", {"name": "林芳", "leave": ["2026-11-18/2026-11-30"]})
    told = office.create(
        "duty", {"date": "2026-11-21", "line": "night", "seat": 1, "person": "彭博"}
    ).refs[0]
    away = office.create(
        "duty", {"date": "2026-11-22", "line": "day", "seat": 1, "person": "林芳"}
    ).refs[0]
    async with at_work(office) as hands:
        await hands.keys("2")
        marks = {row.ref: row.mark for row in hands.table.lines}
        assert marks[told] is flagged and marks[away]
        await hands.to(away)
        assert "on leave until 11-30" in hands.said


async def test_who_has_not_answered_comes_first_and_the_brackets_jump(office: Office) -> None:
    meeting = next(r for r in office.records("meetings") if r.text("title") == "安全生产例会")
    async with at_work(office, (100, 24)) as hands:
        await hands.keys("4")
        await hands.to(meeting.ref)
        await hands.keys("right")
        refs = [row.ref for row in hands.table.lines if row.ref.startswith("meetings.attendees/")]
        found = [office.get(ref) for ref in refs]
        answered = [bool(record and record.get("reply")) for record in found]
        assert answered == sorted(answered) and not answered[0] and answered[-1]
        assert "] Checklist" in _footer(hands)
        await hands.keys("right_square_bracket", "right_square_bracket")
        assert hands.table.current is not None and hands.table.current.ref == refs[0]
        assert refs[3] in _visible(hands)


def _visible(hands: Hands) -> list[str]:
    """The refs of the rows that are in sight."""
    table = hands.table
    first = table.scroll_offset.y
    return [row.ref for row in table.lines[first : first + Size(*table.size).height]]


async def test_moments_of_the_history_are_short(office: Office) -> None:
    ref = _ref(office, "777")
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(ref)
        await hands.keys("d")
        await hands.write("11-25 14:30")
        await hands.keys("enter")
        await hands.type("等村里报数")
        await hands.keys("ctrl+o")
        await hands.keys("right")
        await hands.settled()
        assert "2026-11-25T" not in hands.screen and "11-25" in hands.screen


# Forms


async def test_typing_over_what_is_offered_replaces_it(office: Office) -> None:
    office.create("people", {"name": "分管人", "rank": 9, "post": "副镇长", "portfolio": ["校车"]})
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(_ref(office, "778"))
        await hands.keys("p")
        assert "分管人" in hands.text
        await hands.type("请")
        assert hands.text == "请"
        await hands.keys("ctrl+r")
        await hands.keys("escape", "p", "right", "left")
        assert "分管人" in hands.text


async def test_a_stored_text_is_not_replaced_by_typing(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(_ref(office, "777"))
        await hands.keys("e")
        title = next(
            row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == "title"
        )
        title.editor.focus()
        await hands.settled()
        await hands.keys("end")
        await hands.type("改")
        assert hands.text.endswith("通知改")


async def test_the_beginning_of_a_name_is_completed_by_enter(office: Office) -> None:
    ref = _ref(office, "777")
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(ref)
        await hands.keys("o")
        await hands.write("徐")
        await hands.keys("enter")
        assert hands.text == "徐磊"
        await hands.keys("ctrl+o")
        record = office.get(ref)
        assert record is not None and record.text("owner") == "徐磊"


async def test_a_name_nobody_knows_is_asked_about_once(office: Office) -> None:
    ref = _ref(office, "777")
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(ref)
        await hands.keys("o")
        await hands.write("张三丰")
        await hands.keys("enter")
        assert hands.text == "张三丰" and "not in the directory" in hands.screen
        await hands.keys("enter")
        assert hands.text != "张三丰"
        await hands.keys("ctrl+o")
        record = office.get(ref)
        assert record is not None and record.text("owner") == "张三丰"


async def test_a_long_form_says_that_there_is_more(office: Office) -> None:
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("3", "e")
        fields = len(hands.app.screen.query(FieldRow))
        assert f"of {fields}" in hands.screen and "Down shows the others" in hands.screen


async def test_reasons_of_other_steps_are_not_offered(office: Office) -> None:
    paper = office.get(_ref(office, "778"))
    assert paper is not None
    office.do([paper], "return", {"reason": "不归我镇办理的事"})
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(_ref(office, "777"))
        await hands.keys("d", "enter")
        await hands.write("11-25")
        await hands.keys("enter")
        assert "不归我镇" not in hands.screen


# The capture line


async def test_a_bad_date_is_said_before_the_line_is_recorded(office: Office) -> None:
    papers = len(office.records("documents"))
    async with at_work(office) as hands:
        await hands.keys("3", "a")
        await hands.type("县水利局 关于清淤的通知 ^2月30日")
        await hands.keys("enter")
        assert len(office.records("documents")) == papers
        assert "once more" in hands.screen
        await hands.keys("enter")
        assert len(office.records("documents")) == papers + 1


async def test_the_capture_line_begins_empty_on_today_only(office: Office) -> None:
    async with at_work(office) as hands:
        for _ in range(6):
            await hands.keys("tab", "a")
            assert hands.text == ""
            await hands.keys("escape")
        await hands.keys("5", "a")
        assert hands.text == "访 "


async def test_the_list_behind_a_first_thing_is_called_by_the_thing(office: Office) -> None:
    """What Enter does there is no part of its name."""
    async with at_work(office, size=(80, 24)) as hands:
        for line in ("会 甲会 今天8点10分 +三楼 @李梅", "会 乙会 今天8点15分 +三楼 @李梅"):
            await hands.keys("a")
            await hands.type(line)
            await hands.keys("enter", "enter")
            if isinstance(hands.app.screen, CaptureScreen):
                await hands.keys("enter")
        await hands.keys("escape", "1")
        row = next((one for one in hands.table.lines if len(one.refs) > 1), None)
        assert row is not None and row.cells[-1].startswith("Enter="), hands.screen
        await hands.to(row.ref)
        await hands.keys("x")  # a step for both of them, which nobody marked
        assert "2 records: " in hands.screen and "marked" not in hands.screen, hands.screen
        await hands.keys("escape")
        await hands.keys("enter")
        assert "甲会" in hands.screen and row.cells[-1] not in hands.screen, hands.screen


async def test_what_is_said_of_a_line_is_read_whole_on_a_small_screen(office: Office) -> None:
    async with at_work(office, size=(80, 24)) as hands:
        await hands.keys("a")
        shown = [line.strip("! |") for line in hands.screen.splitlines() if "|" in line]
        assert any(line.rstrip().endswith("Information") for line in shown), hands.screen
        await hands.type("紧急 石桥村山体滑坡 2人被困")
        said = " ".join(line.strip(" |") for line in hands.screen.splitlines())
        assert "Do not wait for it: report what is known." in said, hands.screen


async def test_names_that_are_due_without_an_owner_say_so(office: Office) -> None:
    meeting = next(r for r in office.records("meetings") if r.text("kind") == "upper")
    office.set(meeting, {"owner": None, "lead_unit": None})
    async with at_work(office) as hands:
        line = next(one for one in hands.screen.splitlines() if "to give" in one)
        assert "nobody" in line, line


@pytest.mark.parametrize("key", ["t", "r"])
async def test_help_of_the_cards_is_about_the_cards(office: Office, key: str) -> None:
    """There a digit answers: nothing says that it goes anywhere."""
    async with at_work(office, size=(120, 60)) as hands:
        await hands.keys(key, "question_mark")
        shown = hands.screen
        assert "Answers the card that is shown" in shown
        assert "Reception" not in shown.split("Answers the card")[1].split("record")[0], shown
        assert "what can be done with the selected record" in " ".join(shown.split())
        assert "Steps: Documents" not in shown
