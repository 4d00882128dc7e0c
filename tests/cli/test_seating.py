"""`officetui seating`: who sits where, printed and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree


def test_printed_drawn_and_refused(office: Any, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "姓名,职务,排序\n王建国,党委书记,1\n陈志远,镇长,2\n刘晓燕,副书记,3\n", encoding="utf-8"
    )
    office.good("import", str(file), "--register", "people")
    office.good("add", "meetings", "会 党委会 11-27 9:30")
    short = office.json("list", "meetings")[0]["short"]
    assert office("seating", short).returncode == 1
    office.good("set", short, "leaders=刘晓燕、王建国、陈志远")
    text = office.good("seating", short)
    assert text.index("3 刘晓燕") < text.index("1 王建国") < text.index("2 陈志远")
    places = office.json("seating", short, "--shape", "u")["places"]
    assert [(one["name"], one["across"]) for one in places] == [
        ("王建国", 0),
        ("陈志远", 2),
        ("刘晓燕", -2),
    ]
    out = tmp_path / "plan.svg"
    office.good("seating", short, "--shape", "rostrum", "--svg", str(out))
    assert ElementTree.parse(out).getroot().tag.endswith("svg")
    assert office("seating", short, "--svg", str(out)).returncode == 1
    assert office("seating", short, "--shape", "ring").returncode == 1
