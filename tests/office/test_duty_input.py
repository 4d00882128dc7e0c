"""Bad input of the duty roster: said at the field, with the rule, wherever it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.intake.capture import understand
from officetui.office import roster as generator
from officetui.office.office import Office
from officetui.registers.duty import DUTY
from officetui.registers.record import Record
from officetui.ui.remarks import remarks

Add = Callable[..., Record]
NEW = Record("duty", {"id": ""})


def said(office: Office, values: Mapping[str, Any], record: Record = NEW) -> dict[str, str]:
    """What a form says, by the field it says it at."""
    return {one.field: one.text for one in remarks(DUTY, None, record, values, office)}


def test_a_person_on_leave(office: Office, add: Add) -> None:
    cells = {"date": "2026-11-22", "line": "day", "seat": 1, "person": "林芳"}
    assert "on leave" in said(office, cells)["person"]
    done = office.create("duty", cells)  # a roster that came so is kept, and said
    assert any("on leave" in hint for hint in done.hints)
    office.set_setting("rules", {"duty.away": "block"})
    with pytest.raises(Refused, match="on leave") as caught:
        office.create("duty", {**cells, "date": "2026-11-23"})
    assert caught.value.field == "person"
    seat = add("duty")
    for step, given in (("cover", {}), ("exchange", {})):
        with pytest.raises(Refused) as caught:
            office.do([seat], step, {"person": "林芳", "reason": "病", **given})
        assert caught.value.field == "person", step
    line = understand("值 25日 夜班 林芳", office)
    assert not line.ready
    assert [problem.field for problem in line.problems] == ["person"]


def test_who_comes_later_or_has_left(office: Office, add: Add) -> None:
    add("people", name="新人", joined="2026-12-01")
    add("people", name="旧人", left="2026-11-01")
    for name in ("新人", "旧人"):
        cells = {"date": "2026-11-22", "line": "day", "seat": 1, "person": name}
        assert "person" in said(office, cells)


def test_two_turns_a_day(office: Office, add: Add) -> None:
    mine = add("duty", line="day", person="何静")
    night = add("duty")
    assert "One turn a day" in said(office, {"person": "何静"}, night)["person"]
    assert "何静" in said(office, {"person": "何静"}, night)["person"]  # which turn it is
    assert said(office, {"person": "谢宇"}, night) == {}
    assert said(office, {"note": "改"}, mine) == {}  # itself is no other turn
    done = office.do([night], "cover", {"person": "何静", "reason": "病"})
    assert any("One turn a day" in hint for hint in done.hints)
    # a line of 24 hours lasts into the next morning, and is done by then
    whole = add("duty", date="2026-11-25", line="leader", person="谢宇")
    clash = {"date": "2026-11-25", "line": "night", "seat": 1, "person": "谢宇"}
    assert "person" in said(office, clash)
    assert said(office, {**clash, "date": "2026-11-26", "line": "day"}) == {}
    assert whole.text("person") == "谢宇"


def test_two_turns_a_day_in_a_line_that_is_typed(office: Office, add: Add) -> None:
    add("duty", date="2026-11-25", line="day", person="何静")
    line = understand("值 25日 夜班 何静", office)
    assert line.ready
    assert any("One turn a day" in hint.text and hint.field == "person" for hint in line.hints)


def test_a_year_the_calendar_does_not_know(office: Office) -> None:
    cells = {"date": "2027-03-01", "line": "day", "seat": 1, "person": "何静"}
    assert "not known yet" in said(office, cells)["date"]
    office.set_setting("day_types", {"2027-03-01": "workday"})
    assert said(office, cells) == {}
    with pytest.raises(Refused, match="2027") as caught:
        generator.plan(
            office,
            date(2027, 2, 1),
            date(2027, 2, 5),
            overrides={"day": {"seats": {"workday": 1}}},
        )
    assert caught.value.field == "from"


def test_an_end_before_the_start(office: Office) -> None:
    with pytest.raises(Refused, match="end is before") as caught:
        generator.plan(office, date(2026, 12, 2), date(2026, 12, 1))
    assert caught.value.field == "to"
    from officetui.intake import values
    from officetui.registers.people import PEOPLE

    field = PEOPLE.field("leave")
    assert field is not None
    with pytest.raises(Refused) as caught:
        values.read(field, "11-21/11-18", office)
    assert caught.value.field == "leave"


def test_a_seat_that_is_there_and_a_line_that_is_not(office: Office, add: Add) -> None:
    add("duty")
    with pytest.raises(Refused, match="exists already"):
        add("duty", person="谢宇")
    from officetui.intake import values

    field = DUTY.field("line")
    assert field is not None
    with pytest.raises(Refused, match="午夜班") as caught:
        values.read(field, "午夜班", office)
    assert caught.value.field == "line"
