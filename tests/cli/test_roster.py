"""`officetui roster`: a preview, and with --write one change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PEOPLE = """姓名,部门,职务,排序,分组
王建国,镇领导,党委书记,1,
陈志远,镇领导,镇长,2,
罗丹,综治办,,,男
谢宇,综治办,,,男
何静,应急办,,,
吴敏,应急办,,,
"""


@pytest.fixture
def staffed(office: Any, tmp_path: Path) -> Any:
    """Six people, of whom two lead."""
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    office.good("import", str(file), "--register", "people")
    return office


def test_a_month_is_shown_and_nothing_is_written(staffed: Any) -> None:
    run = staffed("roster", "2026-12")
    assert run.returncode == 0
    lines = run.stdout.splitlines()
    assert lines[1].split()[:4] == ["2026-12-01", "Tue", "working", "day"]
    assert len([text for text in lines if text.startswith("2026-12-")]) == 31
    assert "93 seats: 93 new" in run.stderr
    assert "--write" in run.stderr
    assert staffed.json("list", "duty") == []


def test_written_read_again_and_taken_back(staffed: Any) -> None:
    staffed.good("roster", "2026-12-01", "2026-12-07", "--write")
    assert len(staffed.json("list", "duty")) == 21
    again = staffed.json("roster", "2026-12-01", "2026-12-07")
    assert {cell["fate"] for cell in again["cells"]} == {"same"}
    assert again["written"] is False
    assert "made the roster" in staffed("undo").stderr
    assert staffed.json("list", "duty") == []


def test_every_cell_has_its_reason(staffed: Any) -> None:
    found = staffed.json("roster", "2026-12-01", "2026-12-14", "--line", "night")
    cell = found["cells"][4]
    assert cell["by"] == "idle"
    assert cell["why"].startswith("longest without a turn in this line, 1 turn, last 12-01")
    assert (cell["turns"], cell["last"], cell["next_turns"]) == (1, "2026-12-01", 1)
    turns = [one["turns"] for one in found["balance"]]
    assert max(turns) - min(turns) <= 1
    printed = staffed.good("roster", "2026-12-01", "2026-12-02", "--reasons", COLUMNS="200")
    assert "next best" in printed


def test_two_settings_side_by_side(staffed: Any) -> None:
    run = staffed(
        "roster",
        "2026-12",
        "--line",
        "night",
        "--compare",
        "night.groups=男",
        "--compare",
        "night.seats=1",
    )
    assert run.returncode == 0, run.stderr
    rows = {line.split()[1]: line.split()[2:] for line in run.stdout.splitlines()[1:]}
    assert rows["罗丹"][2] in ("15", "16")
    assert len(rows["何静"]) == 2 or rows["何静"][2] == "0"
    both = staffed.json("roster", "2026-12", "--compare", "night.free_next_day=true")
    assert both["tried"]["cells"] != both["cells"]
    assert staffed.json("list", "duty") == []


def test_refused_with_the_rule(staffed: Any) -> None:
    for args, words in (
        (("2026-12-02", "2026-12-01"), "end is before the start"),
        (("2026-12", "--line", "dusk"), "dusk"),
        (("2026-12", "--compare", "seats=2"), "LINE.KEY=VALUE"),
        (("2026-12", "--compare", "night.seats=-2"), "does not fit"),
    ):
        run = staffed("roster", *args)
        assert run.returncode == 1, args
        assert words in run.stderr
    assert staffed("roster", "2026-12", "--write", "--compare", "night.seats=2").returncode == 2
    assert "2027 are not known" in staffed("roster", "2026-12-30", "2027-01-02").stderr


def test_the_setting_takes_the_keys_of_a_line_and_refuses_what_does_not_fit(staffed: Any) -> None:
    row = '{"id":"night","label":"Night","start":"17:30","end":"08:00","seats":%s}'
    staffed.good("set", "settings:duty_lines", f"value=[{row % 2}]")
    cells = staffed.json("roster", "2026-12-01")["cells"]
    assert [cell["seat"] for cell in cells] == [1, 2]
    run = staffed("set", "settings:duty_lines", f"value=[{row % -1}]")
    assert run.returncode == 1


def test_a_shift_changes_hands(staffed: Any) -> None:
    """What is open is shown before; a refusal names the field; both times and how are kept."""
    staffed.good("add", "duty", "值 2026-11-19 夜班 罗丹")
    (seat,) = staffed.json("list", "duty")
    staffed.good("do", seat["id"], "arrive")
    staffed.good("add", "duty_log", "电 县府办王主任 石桥村停水 13900003307")
    (entry,) = staffed.json("list", "duty_log")
    printed = staffed.good("show", seat["id"])
    assert "Nothing is left open" in printed or "石桥村停水" in printed
    took = ("do", seat["id"], "take_over", "accepted=phone")
    run = staffed(*took, "taken_over_by=罗丹")
    assert run.returncode == 1 and "cannot take over" in run.stderr
    assert "taken_over_by=" in run.stderr
    staffed.good(*took, "taken_over_by=何静")
    shown = staffed.json("show", seat["id"])
    assert shown["state"] == "taken_over" and shown["accepted"] == "phone"
    assert shown["handed_over_at"] and shown["taken_over_at"] and shown["accepted_noted_by"]
    assert entry["state"] == "noted"
