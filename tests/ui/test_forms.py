"""Forms: live reading, one-line reasons at the field, nothing typed is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import Hands, at_work

from officetui import config
from officetui.errors import NotKept
from officetui.ledger.journal import Journal
from officetui.office.office import Office
from officetui.ui.modals.form import FormScreen
from officetui.ui.widgets.fields import FieldRow


def _ref(office: Office, number: str) -> str:
    return next(r.ref for r in office.records("documents") if r.text("recv_no") == number)


def _reason(hands: Hands, field: str) -> str:
    """The line under a field."""
    rows = [row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == field]
    return rows[0].reason


async def _form(hands: Hands, office: Office, number: str, key: str) -> None:
    await hands.keys("3")
    await hands.to(_ref(office, number))
    await hands.keys(key)
    assert isinstance(hands.app.screen, FormScreen)


async def test_a_date_is_read_while_it_is_typed(office: Office) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "d")
        await hands.write("25号下午2点半")
        assert "11-25 Wed" in hands.screen and "14:30" in hands.screen
        await hands.keys("enter")
        await hands.type("等村里报数")
        await hands.keys("enter")
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("due") == "2026-11-25T14:30"
        assert record.text("reason") == "等村里报数"


@pytest.mark.parametrize(
    "typed", ["2月30日", "前天晚上或许", "9999-99-99", "[bold", "\u202e[/nope]"]
)
async def test_a_bad_date_keeps_the_form_and_says_why_at_the_field(
    office: Office, typed: str
) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "d")
        await hands.write(typed)
        await hands.keys("enter")
        assert isinstance(hands.app.screen, FormScreen)
        assert _reason(hands, "due") and "\n" not in _reason(hands, "due")
        assert _reason(hands, "reason") == ""
        await hands.write("明天17:00")
        await hands.keys("enter")
        assert _reason(hands, "due") == ""
        await hands.type("补材料")
        await hands.keys("ctrl+o")
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("due") == "2026-11-21T17:00"


async def test_a_needed_field_is_asked_for_where_it_is(office: Office) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "d")
        await hands.write("明天")
        await hands.keys("ctrl+o")
        assert "Reason" in _reason(hands, "reason")
        assert isinstance(hands.app.screen, FormScreen)
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("due") == ""


async def test_what_was_typed_comes_back_with_the_form(office: Office) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "c")
        await hands.type("已电话答复县委办")
        await hands.keys("escape")
        assert not isinstance(hands.app.screen, FormScreen)
        assert office.records("documents")[0].get("closed_at") is None
        await hands.keys("c")
        assert "已电话答复县委办" in hands.screen
        await hands.keys("ctrl+o")
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("result") == "已电话答复县委办"
        # Another record's form does not have it.
        await hands.to(_ref(office, "778"))
        await hands.keys("c")
        assert hands.text == ""


async def test_an_edit_writes_only_what_was_changed(office: Office) -> None:
    ref = _ref(office, "777")
    shown = office.get(ref)
    assert shown is not None
    async with at_work(office) as hands:
        await _form(hands, office, "777", "e")
        # Meanwhile a colleague's change arrives in another cell.
        office.set(shown, {"note": "县委办来电催过"})
        for row in hands.app.screen.query(FieldRow):
            if row.entry.field.name == "title":
                row.editor.focus()
        await hands.settled()
        await hands.write("关于巡察组进驻的通知")
        await hands.keys("ctrl+o")
        record = office.get(ref)
        assert record is not None
        assert record.text("title") == "关于巡察组进驻的通知"
        assert record.text("note") == "县委办来电催过"
        assert not record.conflicted


async def test_a_full_disk_keeps_the_form(
    office: Office, monkeypatch: pytest.MonkeyPatch, office_home: Path
) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "c")
        await hands.type("已办")

        def full(*_args: object, **_options: object) -> None:
            raise NotKept("The disk is full; nothing was written.")

        with monkeypatch.context() as patched:
            patched.setattr(Journal, "append", full)
            await hands.keys("ctrl+o")
            assert isinstance(hands.app.screen, FormScreen)
            assert "The disk is full" in hands.screen and "已办" in hands.screen
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("result") == ""
        await hands.keys("ctrl+o")
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("result") == "已办"


async def test_a_choice_by_digit_and_a_person_by_part_of_the_name(office: Office) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "o")
        await hands.type("吴")
        await hands.keys("right")  # what was completed is accepted
        assert "吴敏" in hands.screen
        await hands.keys("ctrl+o")
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("owner") == "吴敏"


async def test_the_first_run_asks_who_is_there_and_founds_the_office(office_home: Path) -> None:
    from officetui.ui.app import OfficeApp

    app = OfficeApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.settled()
        assert "Name of the office" in hands.screen
        await hands.keys("enter")
        await hands.type("王芳")
        await hands.keys("enter", "enter")
        assert "The office needs a name." in hands.screen
        await hands.type("石桥镇党政办")
        await hands.keys("enter", "enter", "enter")
        assert app.office.name == "石桥镇党政办" and app.office.user == "王芳"
        assert (office_home / "office.json").exists()
        assert config.load().user == "王芳"
        assert "石桥镇党政办" in hands.screen


async def test_the_capture_line_opens_over_a_form_that_stays(office: Office) -> None:
    async with at_work(office) as hands:
        await _form(hands, office, "777", "c")
        await hands.type("正在写结果")
        await hands.keys("ctrl+t")
        await hands.type("访 杨大爷 13900000283 低保没批下来")
        await hands.keys("enter")
        assert hands.record("reception", name="杨大爷")
        assert isinstance(hands.app.screen, FormScreen)
        assert hands.text == "正在写结果"
        await hands.keys("ctrl+o")
        record = office.get(_ref(office, "777"))
        assert record is not None and record.text("result") == "正在写结果"


async def test_the_screen_may_change_its_size(office: Office) -> None:
    async with at_work(office, (120, 40)) as hands:
        await hands.keys("3")
        assert "Document no." in hands.screen or "Received" in hands.screen
        await hands.pilot.resize_terminal(80, 24)
        await hands.settled()
        assert "Received" not in hands.screen
        await hands.keys("e")
        assert "Ctrl+O" in hands.screen
        await hands.pilot.resize_terminal(60, 16)
        await hands.settled()
        await hands.keys("escape", "right")
        assert "History" in hands.screen or "Way" in hands.screen


async def test_going_to_a_date(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("2", "g")
        await hands.type("11-22")
        await hands.keys("enter")
        assert hands.table.current is not None
        assert hands.table.current.ref.startswith("duty/duty:2026-11-22")
