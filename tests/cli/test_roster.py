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


def test_bad_input_is_said_with_its_rule(staffed: Any, tmp_path: Path) -> None:
    """A person on leave, two turns a day, a year nobody knows, a line that is not there."""
    staffed.good("roster", "2026-12-01", "2026-12-03", "--write")
    seats = {(one["date"], one["line"]): one for one in staffed.json("list", "duty")}
    night = seats["2026-12-01", "night"]["id"]
    free = {"罗丹", "谢宇", "何静", "吴敏"} - {
        one["person"] for key, one in seats.items() if key[0] == "2026-12-01"
    }
    away = sorted(free)[0]
    (person,) = [one for one in staffed.json("list", "people") if one["name"] == away]
    staffed.good("set", person["id"], "leave=12-01/12-02")
    run = staffed("do", night, "cover", f"person={away}", "reason=病")
    assert run.returncode == 1 and "on leave until 2026-12-02" in run.stderr
    assert "person=" in run.stderr  # the field at fault
    assert "on leave" in staffed("set", night, f"person={away}").stderr  # kept, with the rule
    assert staffed("undo").returncode == 0
    day = seats["2026-12-01", "day"]["person"]
    assert "One turn a day" in staffed("set", night, f"person={day}").stderr
    staffed("undo")
    staffed.good("set", "settings:rules", "duty.twice=block")
    run = staffed("set", night, f"person={day}")
    assert run.returncode == 1 and "One turn a day" in run.stderr
    assert "not known yet" in staffed("add", "duty", "值 2027-03-01 夜班 罗丹").stderr
    run = staffed("set", night, "line=午夜班")
    assert run.returncode == 1 and "午夜班" in run.stderr
    run = staffed("set", person["id"], "leave=12-05/12-02")
    assert run.returncode == 1 and "from and to" in run.stderr


def test_the_base_roster_comes_again_under_a_swap(staffed: Any, tmp_path: Path) -> None:
    file = tmp_path / "值班表.csv"
    file.write_text("日期,白班,夜班\n2026-12-01,何静,罗丹\n2026-12-02,吴敏,谢宇\n", "utf-8")
    staffed.good("import", str(file), "--register", "duty")
    seat = "duty:2026-12-01:night:1"
    staffed.good("do", seat, "cover", "person=吴敏", "reason=病")
    again = staffed("import", str(file), "--register", "duty")
    assert "already here 4" in again.stderr  # and nothing of it differs
    shown = staffed.json("show", seat)
    assert (shown["person"], shown["planned_person"]) == ("吴敏", "罗丹")
    staffed.good("do", seat, "replan", "planned_person=谢宇")
    shown = staffed.json("show", seat)
    assert (shown["person"], shown["planned_person"]) == ("吴敏", "谢宇")
