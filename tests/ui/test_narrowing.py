"""Lists narrowed and ordered by keyboard; several registers at one key; what is to be approved."""

from __future__ import annotations

from hands import at_work

from officetui.office.office import Office
from officetui.registers.model import EARLY
from officetui.ui.screens.register import RegisterScreen


async def test_only_some_of_a_list(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        screen = hands.app.screen
        assert isinstance(screen, RegisterScreen)
        whole = len(screen.table.lines)
        await hands.keys("comma")
        assert "Show only" in hands.screen
        count = next(row.cells[2] for row in hands.table.lines if row.cells[1] == "overdue")
        await hands.digit("overdue")
        assert len(screen.table.lines) == int(count) < whole
        assert "| overdue" in hands.screen
        for row in screen.table.lines:
            record = office.get(row.ref)
            assert record is not None
            assert record.text("due") < "2026-11-20T08"
        await hands.keys("comma", "1")  # all of the list again
        assert len(screen.table.lines) == whole
        await hands.keys("comma")
        await hands.digit("overdue")
        await hands.keys("escape")
        assert len(screen.table.lines) == whole
        assert hands.app.screen is screen


async def test_one_persons_own_and_nothing_left(office: Office) -> None:
    office.user = "吴敏"
    async with at_work(office) as hands:
        await hands.keys("3", "comma", "1")
        screen = hands.app.screen
        assert isinstance(screen, RegisterScreen)
        assert screen.filters == ["mine"]
        found = [office.get(row.ref) for row in screen.table.lines]
        assert found
        assert {record.text("owner") for record in found if record is not None} == {"吴敏"}


async def test_another_order_and_back_again(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        screen = hands.app.screen
        assert isinstance(screen, RegisterScreen)
        usual = [row.ref for row in screen.table.lines]
        await hands.keys("full_stop")
        await hands.digit("by number")
        numbers = [office.get(row.ref).whole("recv_no") or 10**9 for row in screen.table.lines]  # type: ignore[union-attr]
        assert numbers == sorted(numbers)
        await hands.keys("full_stop")
        await hands.digit("by number")
        numbers = [office.get(row.ref).whole("recv_no") or 10**9 for row in screen.table.lines]  # type: ignore[union-attr]
        assert numbers == sorted(numbers, reverse=True)
        await hands.keys("escape")
        assert [row.ref for row in screen.table.lines] == usual


async def test_full_width_punctuation_means_the_keys(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.type("，")
        assert "Show only" in hands.screen
        await hands.keys("escape")
        await hands.type("。")
        assert "In which order" in hands.screen


async def test_the_key_of_a_place_turns_to_its_next_register(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("7")
        screen = hands.app.screen
        assert isinstance(screen, RegisterScreen)
        first = screen.register.id
        seen = [first]
        for _turn in range(len(screen.registers) - 1):
            assert screen._place_words()
            await hands.keys("7")
            seen.append(screen.register.id)
        assert sorted(seen) == sorted(one.id for one in screen.registers)
        await hands.keys("7")
        assert screen.register.id == first


async def test_done_before_its_instruction(office: Office) -> None:
    done = office.create(
        "documents",
        {"recv_at": "2026-11-20T08:00", "from_org": "县应急局", "title": "转移群众", "kind": "act",
         "state": "proposed", "owner": "李梅", "due": "2026-11-20T09:00"},
    )  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(done.refs[0])
        await hands.keys("o")
        assert "Assign first, “Instruct” later" in hands.screen
        await hands.keys("ctrl+o")
        record = office.get(done.refs[0])
        assert record is not None
        assert record.state == "proposed"  # without the reason nothing happens
        assert "Why it is done before its approval" in hands.screen
        await hands.type("洪水")
        await hands.keys("ctrl+o")
        record = office.get(done.refs[0])
        assert record is not None
        assert (record.state, record.words("unapproved")) == ("in_hand", ("instruct",))
        assert "[to approve]" in hands.screen
        await hands.keys("1")
        assert any(one.kind == "unapproved" for one in office.board().attention)


def test_finished_without_approval_it_stays_on_the_desk(office: Office) -> None:
    done = office.create(
        "documents",
        {"recv_at": "2026-01-05T08:00", "from_org": "县应急局", "title": "转移群众", "kind": "act",
         "state": "proposed", "owner": "李梅"},
    )  # fmt: skip
    record = office.get(done.refs[0])
    assert record is not None
    office.do([record], "close", {"result": "已转移", EARLY: "洪水"})
    closed = office.get(done.refs[0])
    assert closed is not None
    office.set(closed, {"closed_at": "2026-01-06"})
    office.flush()
    assert done.refs[0] in {one.ref for one in office.list("documents", open=True)}
    assert done.refs[0].partition("/")[2] in (office.home / "desk.json").read_text()
    waiting = office.get(done.refs[0])
    assert waiting is not None
    office.do([waiting], "instruct", {"instruction": "同意"})
    office.flush()
    filled = office.get(done.refs[0])
    assert filled is not None
    assert (filled.state, filled.get("unapproved")) == ("closed", None)
    assert done.refs[0] not in {one.ref for one in office.list("documents", open=True)}
