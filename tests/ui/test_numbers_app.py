"""Official numbers in the app: gaps of every year, blocks, and what waits for a number."""

from __future__ import annotations

import asyncio

from hands import Hands, at_work

from officetui.office import numbers
from officetui.office.office import Office
from officetui.office.reserving import reserve

CELLS = {"recv_at": "2026-11-20T07:50", "from_org": "县委办", "kind": "act"}


async def shown(hands: Hands, *words: str) -> None:
    """Wait until the screen says all of this."""
    clock = asyncio.get_running_loop().time
    end = clock() + 15
    while not all(word in hands.screen for word in words):
        assert clock() < end, hands.screen
        await asyncio.sleep(0.02)
        await hands.pilot.pause()


async def test_gaps_of_every_year_and_blocks_stand_on_the_conflicts_screen(office: Office) -> None:
    for number in ("31", "35"):
        old = {**CELLS, "recv_at": "2024-05-06T09:00", "title": f"旧件{number}", "recv_no": number}
        office.create("documents", old, id=f"2024-05-06.{number * 8}")
    office.flush()
    reserve(office, ["reception:2026:500-549"])
    async with at_work(office) as hands:
        await hands.keys("equals_sign")
        await shown(hands, "Documents 2024  32-34", "Reception 2026  500-549 for")


async def test_a_paper_after_the_last_reserved_number_waits_in_lists_and_on_today(
    office: Office,
) -> None:
    reserve(office, ["documents:2026:900-900"])
    assert office.create("documents", {**CELLS, "title": "甲件"}).refs
    waiting = office.create("documents", {**CELLS, "title": "乙件", "due": "2026-11-20T16:00"})
    assert any("used up: 900-900" in hint for hint in waiting.hints)
    async with at_work(office) as hands:
        await shown(hands, "later", "乙件")
        await hands.keys("3")
        numbers = {
            row.cells[0] for row in hands.table.lines for cell in row.cells if "乙件" in cell
        }
        assert numbers == {"later"}


async def test_the_device_that_gives_the_numbers_is_named_among_all_commands(
    office: Office,
) -> None:
    here = office.journal.writer
    async with at_work(office) as hands:
        for named, said in ((here, "now: every device"), ("", "now: this device")):
            await hands.keys("ctrl+p")
            await hands.type("gives the numbers")
            await hands.keys("enter")
            await shown(hands, "Which device gives the numbers", said)
            lines = [row.cells[1] for row in hands.table.lines]
            (number,) = [row.cells[0] for row in hands.table.lines if "Documents" in row.cells[1]]
            assert any(line.startswith("Reception") for line in lines)
            await hands.keys(number)
            assert office.setting("numbering")["documents"] == named
        await hands.keys("u")
        assert office.setting("numbering") == {"documents": here}
        # what was named for this year alone goes before, and is taken back with it
        office.set_setting("numbering", {"documents": "", "documents:2026": here})
        await hands.keys("ctrl+p")
        await hands.type("gives the numbers")
        await hands.keys("enter")
        await shown(hands, "now: this device")
        await hands.keys(number)
        assert not numbers.giver(office, "documents", 2026)
