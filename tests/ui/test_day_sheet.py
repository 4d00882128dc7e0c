"""The leaders' sheet of a day: on the screen, as text, as a page to print."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from hands import at_work

from officetui.office.day_sheet import day_sheet
from officetui.office.office import Office
from officetui.report.day_sheet import as_html, as_text

NAMES = ["王建国", "陈志远", "马文斌", "刘晓燕", "周海涛", "孙丽华"]


def planned(office: Office) -> None:
    office.set_setting("rooms", ["二楼会议室"])
    for cells in (
        {"leader": "王建国", "start": "2026-11-23T09:00", "end": "2026-11-23T11:00",
         "place": "石桥村", "matter": "调研", "companions": ["李梅", "周海涛"], "vehicle": "车1"},
        {"leader": "陈志远", "start": "2026-11-22", "end": "2026-11-25", "place": "市里",
         "matter": "培训"},
        {"leader": "刘晓燕", "start": "2026-11-22T22:00", "end": "2026-11-23T02:00",
         "matter": "查岗"},
    ):  # fmt: skip
        office.create("schedule", cells)
    leave = office.create(
        "schedule",
        {"leader": "孙丽华", "kind": "leave", "start": "2026-11-23", "end": "2026-11-24",
         "matter": "<b>病假</b>", "deputy": "周海涛"},
    )  # fmt: skip
    office.do([office.get(leave.refs[0]) or office.records("people")[0]], "approve", {})
    office.create(
        "meetings",
        {"title": "周例会", "start": "2026-11-23T08:30", "end": "2026-11-23T09:00",
         "room": "二楼会议室", "host": "马文斌"},
        [("attendees", {"person": "刘晓燕"}), ("attendees", {"person": "周海涛", "reply": "请假"})],
    )  # fmt: skip
    office.create("duty", {"date": "2026-11-23", "line": "leader", "seat": 1, "person": "周海涛"})


async def test_a_day_with_meetings_outings_leave_and_duty(office: Office) -> None:
    planned(office)
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("7", "g")
        await hands.type("2026-11-22")
        await hands.keys("enter", "ctrl+p")
        await hands.type("leaders' sheet")
        await hands.keys("enter")
        assert "Sunday 22 November 2026" in hands.screen
        await hands.keys("right_square_bracket")
        shown = hands.screen
        assert "Monday 23 November 2026" in shown
        lines = [line.strip() for line in shown.splitlines()]
        begins = {line.split()[0]: place for place, line in enumerate(lines) if line[:3] in NAMES}
        assert list(begins) == NAMES  # by precedence
        assert "09:00-11:00 调研  石桥村  with 李梅, 周海涛 车1" in shown
        assert "all day     培训  市里" in lines[begins["陈志远"]]
        assert "08:30-09:00 周例会  二楼会议室  in the chair" in lines[begins["马文斌"]]
        # over midnight: what lies on this day; and she is asked to come to the meeting
        assert "00:00-02:00 查岗" in lines[begins["刘晓燕"]]
        assert "08:30-09:00 周例会" in lines[begins["刘晓燕"] + 1]
        # who is excused does not come; who goes along, and is on duty, does
        told = " ".join(lines[begins["周海涛"] : begins["孙丽华"]])
        assert "周例会" not in told and "08:00       Leader" in told and "调研" in told
        assert "on leave" in lines[begins["孙丽华"]]
        assert "until 11-24 deputised by 周海涛" in lines[begins["孙丽华"]]
        await hands.keys("2")
        assert "Saved:" in hands.screen
        (file,) = (office.home / "sheets").iterdir()
        assert file.read_text(encoding="utf-8").strip() == as_text(
            day_sheet(office, date(2026, 11, 23)), office.name, date(2026, 11, 23)
        )


def test_the_page_is_whole_and_holds_what_was_typed_as_text(office: Office) -> None:
    planned(office)
    day = date(2026, 11, 24)
    person = office.person("马文斌")
    assert person is not None
    office.set(person, {"post": "<script>x</script>", "leave": ["2026-11-24/2026-11-30"]})
    page = as_html(day_sheet(office, day), office.name, day)
    xml = page.removeprefix("<!DOCTYPE html>\n").replace('<meta charset="utf-8">', "")
    tree = ElementTree.fromstring(xml)
    rows = [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
    assert len(rows) == 7 and all(len(row) == 5 for row in rows)
    assert rows[3] == ["马文斌 <script>x</script>", "all day", "on leave", "", "until 11-30"]
    assert not [one for one in tree.iter() if one.tag in ("script", "b", "img", "link")]
