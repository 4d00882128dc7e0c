"""What a list is narrowed to, what a form offers, what a record's page tells of its way."""

from __future__ import annotations

from hands import Hands, at_work

from officetui.office.office import Office
from officetui.ui.modals.form import FormScreen
from officetui.ui.screens.register import RegisterScreen
from officetui.ui.widgets.fields import FieldRow, LongField


def _row(hands: Hands, field: str) -> FieldRow:
    return next(row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == field)


async def test_a_list_is_narrowed_to_a_unit_an_urgency_and_a_year(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        screen = hands.app.screen
        assert isinstance(screen, RegisterScreen)
        open_ones = len(screen.table.lines)
        rush = [r for r in office.list("documents", open=True) if r.text("urgency") == "特急"]
        await hands.keys("comma")
        await hands.digit("Rush")
        assert {row.ref for row in screen.table.lines} == {record.ref for record in rush} != set()
        await hands.keys("comma", "1")  # all of the list again
        await hands.keys("comma")
        unit = "党政办"
        await hands.digit(unit)
        assert 0 < len(screen.table.lines) < open_ones
        assert f"| {unit}" in hands.screen
        await hands.keys("comma", "1")
        await hands.keys("0", "0")  # this month, this year: also what is closed
        shown = [office.get(row.ref) for row in screen.table.lines]
        assert all(r is not None and r.text("recv_at").startswith("2026") for r in shown)
        assert len(shown) >= open_ones


async def test_an_issuer_of_earlier_papers_is_completed(office: Office) -> None:
    office.create(
        "documents",
        {"recv_at": "2026-11-18", "from_org": "县气象局", "title": "预警", "kind": "read"},
    )
    async with at_work(office) as hands:
        await hands.keys("3", "a", "tab")
        assert isinstance(hands.app.screen, FormScreen)
        _row(hands, "from_org").editor.focus()
        await hands.settled()
        await hands.type("县气")
        await hands.keys("right")
        assert hands.text == "县气象局"


async def test_a_long_text_is_written_in_lines(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("6", "e")
        _row(hands, "standard").editor.focus()
        await hands.settled()
        assert isinstance(hands.app.focused, LongField)
        await hands.write("隐患点清零")
        await hands.keys("ctrl+n")
        await hands.type("有照片")
        await hands.keys("ctrl+o")
        found = [r.text("standard") for r in office.list("followups")]
        assert "隐患点清零\n有照片" in found


async def test_a_page_tells_the_way_with_dates_and_people_and_what_comes_next(
    office: Office,
) -> None:
    done = office.create(
        "documents",
        {"recv_at": "2026-11-20T08:00", "from_org": "县应急局", "title": "检查", "kind": "act",
         "state": "registered", "owner": "李梅"},
    )  # fmt: skip
    record = office.get(done.refs[0])
    assert record is not None
    office.do([record], "propose", {"proposal": "请周海涛同志阅示"})
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(record.ref)
        await hands.keys("right")
        way = next(line for line in hands.screen.splitlines() if "Way" in line)
        assert "registered" in way and "proposed" in way
        assert "李梅" in way and "instructed" in hands.screen  # who came there, what is to come
        assert "Now possible" in hands.screen and "i Instruct" in hands.screen
