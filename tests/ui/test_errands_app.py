"""Errands by keyboard: asked for in a line, approved, a free vehicle sent, counted by month."""

from __future__ import annotations

from hands import at_work

from officetui.office.office import Office


async def test_a_vehicle_is_asked_for_approved_and_sent(office: Office) -> None:
    office.set_setting("vehicles", ["车1", "车2"])
    office.create(
        "schedule",
        {"leader": "陈志远", "kind": "out", "start": "2026-11-20T07:30", "vehicle": "车1",
         "end": "2026-11-20T12:00", "place": "县里", "matter": "开会", "state": "out"},
    )  # fmt: skip
    async with at_work(office) as hands:
        assert "陈志远 县里 back 12:00" in hands.screen
        await hands.keys("a")
        await hands.type("勤 派车 今天9点 赵强 去县委送材料")
        assert "Free then: 车2" in hands.screen
        await hands.keys("enter")
        trip = hands.record("errands", for_whom="赵强")
        assert "赵强 去县委送材料" in hands.screen
        await hands.keys("7", "7")
        assert hands.table.current is not None
        assert hands.table.current.ref == trip.ref
        await hands.keys("p")
        await hands.type("王建国")
        await hands.keys("ctrl+o", "v")
        assert "1 车2" in hands.screen  # the other one is on the road
        await hands.keys("1", "ctrl+o")
        sent = hands.record("errands", for_whom="赵强")
        assert (sent.state, sent.text("vehicle")) == ("approved", "车2")
        assert "to drive" in hands.screen
        await hands.keys("0")
        assert "vehicle 1" in hands.screen  # the counts of the month


async def test_only_the_repairs(office: Office) -> None:
    for kind, what in (("repairs", "空调"), ("repairs", "灯管"), ("supplies", "打印纸")):
        office.create("errands", {"kind": kind, "at": "2026-11-20", "content": what})
    async with at_work(office) as hands:
        await hands.keys("7", "7", "comma")
        await hands.digit("repairs")
        assert [row.cells[3] for row in hands.table.lines] == ["空调", "灯管"]
        assert "repairs" in hands.screen.splitlines()[1]


async def test_a_seal_before_its_approval(office: Office) -> None:
    office.create(
        "errands",
        {"kind": "seals", "at": "2026-11-20T07:50", "content": "低保证明", "for_whom": "民政办",
         "copies": 2},
    )  # fmt: skip
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("7", "7", "s")
        assert "Why" in hands.screen
        await hands.type("政府公章")
        await hands.keys("enter", "enter")
        await hands.type("群众急用")
        await hands.keys("ctrl+o")
        proof = hands.record("errands", for_whom="民政办")
        assert (proof.state, proof.text("seal")) == ("settled", "政府公章")
        assert proof.words("unapproved") == ("approve",)
