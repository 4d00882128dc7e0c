"""Blocks of official numbers reserved for a device, and the list of numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from officetui.cli import run
from officetui.errors import Refused
from officetui.office import numbers
from officetui.office.conflicts import conflicts
from officetui.office.numbering import Block, Series, blocks
from officetui.office.reserving import overlaps, reserve
from officetui.office.runs import Run, runs
from tests.office.desks import Desk, exchange

PAPERS = Series("documents", 2026)


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two devices on one folder; the first gives the numbers, the last of which is 700."""
    one = Desk(tmp_path / "one", tmp_path / "folder", "李梅")
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    one.record("起头", recv_no="700")
    one.office.set_setting("numbering", {"documents": one.office.journal.writer})
    exchange(one, two)
    return one, two


def given(desk: Desk, *titles: str) -> list[str]:
    return [desk.record(title).text("recv_no") for title in titles]


def the_run(desk: Desk, register: str = "documents", year: int = 2026) -> Run:
    (found,) = runs(desk.office, register, year)
    return found


def test_a_device_with_a_block_numbers_while_it_sees_no_other(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    done = reserve(two.office, ["documents:2026:800-849"])
    assert "800-849" in done.sentence and two.office.journal.writer in done.sentence
    assert given(two, "甲", "乙") == ["800", "801"]
    assert given(one, "丙") == ["701"], "the other device goes on with its own"
    exchange(one, two)
    assert given(one, "丁") == ["702"], "and does not count from the block"
    assert given(two, "戊") == ["802"]
    exchange(one, two)
    assert conflicts(one.office) == conflicts(two.office) == []


def test_the_numbers_that_follow_pass_by_what_is_reserved(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    two.office.create("people", {"name": "吴敏"})
    exchange(one, two)
    reserve(one.office, [f"documents:2026:702-703@{two.office.journal.writer}"])
    assert given(one, "甲", "乙", "丙") == ["701", "704", "705"]
    exchange(one, two)
    assert given(two, "丁") == ["702"]


def test_a_block_that_is_used_up_is_said_and_the_next_paper_waits(
    desks: tuple[Desk, Desk],
) -> None:
    one, two = desks
    reserve(two.office, ["documents:2026:800-801"])
    first = two.office.create(
        "documents", {**two.record("甲").cells, "title": "戊", "recv_no": None}
    )
    assert first.hints == ("0 numbers are left of those reserved for this device.",)
    done = two.office.create("documents", {**two.record("丙").cells, "title": "己"})
    waits = two.office.get(done.refs[0])
    assert waits is not None and waits.text("recv_no") == ""
    assert numbers.awaits(two.office, waits) and numbers.to_come(two.office, waits) == "later"
    assert done.hints == (
        "The numbers reserved for this device are used up: 800-801.",
        "Its number comes from the device that gives the numbers.",
    )
    exchange(one, two)
    assert one.office.give_numbers() is not None
    exchange(one, two)
    assert two.office.find(done.refs[0]).text("recv_no") == "702"


def test_without_a_named_device_the_others_wait_for_a_block(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    one.office.set_setting("numbering", None)
    exchange(one, two)
    reserve(one.office, ["documents:2026:710-711"])
    exchange(one, two)
    assert given(two, "甲") == [""]
    assert given(one, "乙", "丙", "丁") == ["710", "711", ""]
    exchange(one, two)
    assert one.office.give_numbers() is None
    # A block for the device numbers what was recorded there, and only that.
    done = reserve(two.office, ["documents:2026:720-729"])
    assert two.number("甲") == "720" and "Gave 1 number." in done.hints
    exchange(one, two)
    assert one.number("甲") == "720" and one.number("丁") == ""


def test_blocks_that_overlap_are_refused(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    reserve(one.office, ["documents:2026:800-849"])
    exchange(one, two)
    for text in ("800-849", "849-860", "790-800", "810-820", "700-900"):
        with pytest.raises(Refused, match="overlaps 800-849"):
            reserve(two.office, [f"documents:2026:{text}"])
    with pytest.raises(Refused, match="overlaps 900-910"):
        reserve(two.office, ["documents:2026:900-910", "documents:2026:910-920"])
    reserve(two.office, ["documents:2026:850-860", "documents:2027:800-849"])
    reserve(two.office, ["reception:2026:800-849"])
    assert len(blocks(two.office)) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("documents:2026", "is no block of numbers"),
        ("documents:800-849", "is no block of numbers"),
        ("documents:26:800-849", "is no block of numbers"),
        ("documents:2026:800", "is no block of numbers"),
        ("documents:2026:849-800", "the smaller first"),
        ("documents:2026:0-10", "from 1 on"),
        ("documents:2026:1-99999999", "10000 at most"),
        ("documents:2026:699-710", "700 is given already; take a block above 700"),
        ("documents:2026:清政发:800-849", "without a mark"),
        ("duty:2026:800-849", "“duty” has no official numbers"),
        ("letters:2026:800-849", "no register “letters”"),
        ("documents:2026:800-849@k7q2m9xz", "No device of this office writes as k7q2m9xz"),
        ("documents:2026:800-849@", "No such block"),
    ],
)
def test_a_block_that_cannot_be(desks: tuple[Desk, Desk], text: str, said: str) -> None:
    one, _two = desks
    before = one.office.store.heard()
    with pytest.raises(Refused, match=said):
        reserve(one.office, [text])
    assert blocks(one.office) == [] and one.office.store.heard() == before


def test_two_blocks_reserved_at_once_are_both_kept_and_what_is_in_both_is_given_by_neither(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    one, two = desks
    reserve(one.office, ["documents:2026:800-804"])
    reserve(two.office, ["documents:2026:803-809"])
    reserve(two.office, ["documents:2026:900-909"])
    exchange(one, two)
    assert len(blocks(one.office)) == 3 and blocks(one.office) == blocks(two.office)
    assert conflicts(one.office) == []
    assert [(a.first, b.first) for a, b in overlaps(one.office)] == [(800, 803)]
    assert given(one, *"一二三四") == ["800", "801", "802", "701"]
    assert given(two, "五") == ["805"]
    monkeypatch.setenv("OFFICETUI_HOME", str(one.office.home))
    capfd.readouterr()
    run(["doctor"])
    told = capfd.readouterr().out
    assert "the block 800-804 overlaps 803-809" in told
    assert "officetui set settings:numbering block=documents:2026:800-804@" in told


def test_one_block_for_two_devices_is_a_conflict_and_told(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    reserve(one.office, ["documents:2026:800-804"])
    reserve(two.office, ["documents:2026:800-804"])
    exchange(one, two)
    assert [(c.register, c.cell) for c in conflicts(one.office)] == [
        ("settings", "block:documents:2026:800-804")
    ]
    assert len(list(overlaps(one.office))) == 1
    assert given(one, "甲") == ["701"] and given(two, "乙") == [""]
    setting = one.office.get("settings/settings:numbering")
    assert setting is not None
    cell = "block:documents:2026:800-804"
    one.office.set(setting, {cell: one.office.journal.writer})
    assert conflicts(one.office) == [], "a person may choose"
    reserve(one.office, ["documents:2026:800-804@"])
    exchange(one, two)
    assert blocks(two.office) == [] and conflicts(two.office) == []


def test_the_unused_rest_is_given_back(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    reserve(two.office, ["documents:2026:701-749"])
    assert given(two, "甲", "乙") == ["701", "702"]
    done = reserve(two.office, ["documents:2026:701-749@"])
    assert "703-749" in done.sentence
    assert blocks(two.office) == [Block(PAPERS, 701, 702, two.office.journal.writer)]
    exchange(one, two)
    assert given(one, "丙") == ["703"]
    with pytest.raises(Refused, match="all of them are used"):
        reserve(two.office, ["documents:2026:701-702@"])
    two.office.undo()
    assert [block.last for block in blocks(two.office)] == [749]


def test_filed_papers_count_in_blocks_too(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    reserve(two.office, ["documents:2026:800-849"])
    for title in "甲乙":
        paper = two.record(title, due="2026-11-20T10:00")
        two.office.do([paper], "close", {"result": "已办"})
    two.clock.move(days=30)
    two.office.flush()
    assert 2026 in two.office.store.years()
    assert all(r.text("title") != "甲" for r in two.office.records("documents"))
    assert given(two, "丙") == ["802"]
    exchange(one, two)
    assert given(one, "丁") == ["701"]


def test_late_papers_of_last_year_do_not_count_in_this_one(desks: tuple[Desk, Desk]) -> None:
    one, _two = desks
    one.clock.move(days=43)  # the 2nd of January
    late = one.record("迟到", recv_at="2026-12-31T17:00")
    assert late.text("recv_no") == "701"
    one.office.do([late], "close", {"result": "已办"})
    one.clock.move(days=30)
    one.office.flush()
    assert one.office.store.highest(2027, "documents", "recv_no") == 701
    assert given(one, "新年") == ["701"], "still a paper of 2026 by its day"
    assert one.record("新年", recv_at="2027-02-01T09:00").text("recv_no") == "1"


# The list of numbers


def test_gaps_duplicates_blocks_and_what_waits_are_listed(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    reserve(two.office, ["documents:2026:800-849"])
    given(two, "甲", "乙")
    two.record("丁", recv_no="804")
    two.record("重", recv_no="800")
    two.office.create("documents", {**two.record("访").cells, "recv_no": "x1"})
    exchange(one, two)
    one.record("戊", recv_no="705")
    run_ = the_run(one)
    assert (run_.last, run_.gaps) == (705, ((701, 704), (802, 803)))
    assert [(number, len(ids)) for number, ids in run_.twice] == [("800", 2)]
    (held,) = run_.reserved
    assert (held.block.first, held.block.last, held.following) == (800, 849, 806)
    assert run_.giver == one.office.journal.writer


def test_every_year_is_listed(desks: tuple[Desk, Desk]) -> None:
    one, _two = desks
    for year, number in ((2024, "1"), (2024, "4"), (2025, "7"), (2025, "9")):
        one.office.create(
            "documents",
            {**one.record("旧").cells, "recv_at": f"{year}-03-01T09:00", "recv_no": number},
            id=f"{year}-03-01.{number * 16}",
        )
    one.office.flush()
    found = {run_.series.year: run_.gaps for run_ in runs(one.office, "documents")}
    assert found[2024] == ((2, 3),) and found[2025] == ((8, 8),)
    assert [run_.series.year for run_ in runs(one.office, None, 2025)] == [2025]


def command(capfd: pytest.CaptureFixture[str], argv: Sequence[str]) -> tuple[int, str, str]:
    capfd.readouterr()
    status = run(list(argv))
    told = capfd.readouterr()
    return status, told.out, told.err


def test_the_command_line(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    one, two = desks
    monkeypatch.setenv("OFFICETUI_HOME", str(two.office.home))
    line = ["set", "settings:numbering", "block=documents:2026:800-801"]
    status, _out, err = command(capfd, line)
    assert (status, "Reserved for" in err) == (0, True)
    assert command(capfd, line)[0] == 0, "it is so already"
    status, _out, err = command(capfd, [*line[:2], "block=documents:2026:801-802"])
    assert status == 1 and "overlaps 800-801" in err
    for title in ("甲件", "乙件", "丙件"):
        status, _out, err = command(capfd, ["add", "documents", f"县委办 {title}"])
    assert "used up: 800-801" in err
    status, out, _err = command(capfd, ["list", "documents"])
    waiting = next(row for row in out.splitlines() if "丙件" in row)
    assert "later" in waiting
    short = waiting.split()[0]
    status, out, _err = command(capfd, ["show", short])
    assert any("later" in row for row in out.splitlines())
    status, out, _err = command(capfd, ["show", short, "--json"])
    assert json.loads(out)["awaits_number"] is True
    status, out, _err = command(capfd, ["today"])
    assert any("later" in row and "丙件" in row for row in out.splitlines())
    status, out, _err = command(capfd, ["list", "numbers", "--register", "documents", "--json"])
    (found,) = json.loads(out)
    writer = two.office.journal.writer
    assert found == {
        "register": "documents",
        "year": 2026,
        "mark": None,
        "last": 700,
        "gaps": [],
        "duplicates": [],
        "reserved": [{"first": 800, "last": 801, "writer": writer, "next": None}],
        "waiting": found["waiting"],
        "giver": one.office.journal.writer,
    }
    assert len(found["waiting"]) == 1
    status, out, err = command(capfd, ["list", "numbers", "--year", "2026"])
    assert "Documents 2026" in out and "800-801" in out and "1 series" in err
    assert short in next(row for row in out.splitlines() if "waiting" in row)
    assert command(capfd, ["list", "numbers", "--register", "duty"])[0] == 1
    assert command(capfd, ["list", "documents", "--register", "duty"])[0] == 2


def test_an_unknown_register_is_refused_on_the_command_line(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    one, _two = desks
    monkeypatch.setenv("OFFICETUI_HOME", str(one.office.home))
    value: dict[str, Any] = {"document": one.office.journal.writer}
    status, _out, err = command(capfd, ["set", "settings:numbering", f"value={json.dumps(value)}"])
    assert status == 1 and "“document” has no official numbers" in err
