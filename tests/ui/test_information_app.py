"""Information by keyboard: noted in a line, sent, adopted, counted against the month."""

from __future__ import annotations

from hands import at_work

from officetui.office.office import Office


async def test_a_piece_is_sent_and_adopted(office: Office) -> None:
    office.set_setting("information_quota", {"党政办": 3})
    office.set_setting("information_to", ["县委办"])
    async with at_work(office) as hands:
        assert "Information sent this month 0 adopted 0 lacking 3" in hands.screen
        await hands.keys("a")
        await hands.type("信息 石桥村冬季防火做法 @赵强 ^周五")
        await hands.keys("enter")
        piece = hands.record("information", author="赵强")
        assert piece.text("unit") == "党政办"
        await hands.keys("7", "7", "7", "7")
        assert hands.table.current is not None
        assert hands.table.current.ref == piece.ref
        await hands.keys("m", "ctrl+o")  # to whom it always goes is there
        assert hands.record("information", author="赵强").text("sent_to") == "县委办"
        await hands.keys("p")
        await hands.type("县委办")
        await hands.keys("ctrl+o")
        assert hands.record("information", author="赵强").words("adopted_by") == ("县委办",)
        await hands.keys("0")
        assert "sent 1  adopted 1  lacking 2" in hands.screen
        await hands.keys("1")
        assert "Information sent this month 1 adopted 1 lacking 2" in hands.screen
