"""Numbers that a step gives, in series of a mark and a year: 清政发〔2026〕12号."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from officetui.errors import Refused
from officetui.office import numbers
from officetui.office.conflicts import conflicts
from officetui.office.numbering import given_twice
from officetui.office.office import Office
from officetui.office.reserving import reserve
from officetui.office.runs import runs
from officetui.registers.model import TODAY, Field, Register, State, Step
from officetui.registers.numbering import Numbering, Written
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from tests.office.desks import Desk, exchange

FORM = Numbering(
    "number",
    per_year="registered_on",
    series="mark",
    form="{mark}〔{year}〕{n}号",
    given_by="register",
)
LETTERS = Register(
    id="letters",
    label="Letters",
    initial="rechecked",
    numbering=FORM,
    title=lambda record: record.text("title"),
    badge=lambda record: record.text("number"),
    closed=("sent_on",),
    fields=(
        Field("title", "Title", required=True),
        Field("mark", "Mark"),
        Field("number", "Number"),
        Field("registered_on", "Registered on", "day", bookkeeping=True),
        Field("sent_on", "Sent on", "day", bookkeeping=True),
    ),
    states=(
        State("rechecked", "rechecked"),
        State("registered", "registered"),
        State("sent", "sent", finished=True),
        State("void", "void", finished=True),
    ),
    steps=(
        Step(
            "register",
            "Register",
            "m",
            ("rechecked", "registered"),
            "registered",
            sets={"registered_on": TODAY},
        ),
        Step("send", "Send", "n", ("registered",), "sent", sets={"sent_on": TODAY}),
        Step("void", "Void", "v", ("rechecked", "registered"), "void", sets={"sent_on": TODAY}),
        Step("recheck", "Recheck", "r", ("registered",), "rechecked"),
    ),
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An office with a register of letters."""
    monkeypatch.setitem(BY_ID, "letters", LETTERS)
    for module in list(sys.modules.values()):
        if module.__name__.startswith("officetui.") and "REGISTERS" in vars(module):
            monkeypatch.setattr(module, "REGISTERS", (*REGISTERS, LETTERS))
    return Desk(tmp_path / "one", tmp_path / "folder", "李梅")


def letter(office: Office, title: str, mark: str = "清政发") -> Record:
    found = office.get(office.create("letters", {"title": title, "mark": mark}).refs[0])
    assert found is not None
    return found


def after(office: Office, record: Record, step: str) -> Record:
    office.do([record], step)
    found = office.get(record.ref)
    assert found is not None
    return found


def registered(office: Office, title: str, mark: str = "清政发") -> str:
    return after(office, letter(office, title, mark), "register").text("number")


def test_the_step_gives_the_number_and_each_mark_has_its_own(desk: Desk) -> None:
    office = desk.office
    first = letter(office, "甲")
    assert first.text("number") == "" and not numbers.awaits(office, first)
    assert after(office, first, "register").text("number") == "清政发〔2026〕1号"
    assert registered(office, "乙") == "清政发〔2026〕2号"
    assert registered(office, "丙", "清政办函") == "清政办函〔2026〕1号"
    desk.clock.move(days=60)
    assert registered(office, "丁") == "清政发〔2027〕1号"


def test_a_paper_is_found_by_its_number(desk: Desk) -> None:
    registered(desk.office, "甲")
    for text in ("清政发〔2026〕1号", "清政发[2026]01号"):
        assert desk.office.find(text).text("title") == "甲"
    with pytest.raises(Refused):
        desk.office.find("清政发〔2026〕2号")


def test_several_at_once_are_numbered_in_their_order(desk: Desk) -> None:
    office = desk.office
    marked = [letter(office, title) for title in "甲乙丙"]
    office.do(marked, "register")
    found = [office.find(one.ref).text("number") for one in marked]
    assert found == [f"清政发〔2026〕{n}号" for n in (1, 2, 3)]
    office.undo()
    assert [office.find(one.ref).text("number") for one in marked] == ["", "", ""]


def test_a_paper_keeps_its_number_when_it_is_registered_again_or_void(desk: Desk) -> None:
    office = desk.office
    first = after(office, letter(office, "甲"), "register")
    back = after(office, after(office, first, "recheck"), "register")
    assert back.text("number") == "清政发〔2026〕1号"
    assert after(office, back, "void").text("number") == "清政发〔2026〕1号"
    assert registered(office, "乙") == "清政发〔2026〕2号"
    desk.clock.move(days=20)
    office.flush()
    assert office.store.desk("letters").keys() != office.store.records("letters").keys()
    assert registered(office, "丙") == "清政发〔2026〕3号"
    assert runs(office, "letters")[0].gaps == ()


def test_without_a_mark_there_is_no_number(desk: Desk) -> None:
    first = letter(desk.office, "甲", "")
    with pytest.raises(Refused, match="Mark") as refused:
        desk.office.do([first], "register")
    assert refused.value.field == "mark"
    assert desk.office.find(first.ref).state == "rechecked"


def test_gaps_and_duplicates_are_listed_by_series(desk: Desk) -> None:
    office = desk.office
    for number in ("清政发〔2026〕1号", "清政发[2026]第04号", "清政发〔2026〕4号", "令第3号"):
        office.set(letter(office, number), {"number": number})
    office.set(letter(office, "函"), {"number": "清政办函〔2026〕4号"})
    found = {run.series.mark: run for run in runs(office, "letters", 2026)}
    assert found["清政发"].gaps == ((2, 3),) and found["清政办函"].gaps == ()
    assert [number for number, _ids in found["清政发"].twice] == ["清政发〔2026〕4号"]
    assert [number for _r, number, _ids in given_twice(office)] == ["清政发〔2026〕4号"]
    assert {c.kind for c in conflicts(office)} == {"number"} and len(conflicts(office)) == 2
    assert registered(office, "次") == "清政发〔2026〕5号"


def test_another_device_registers_without_a_number(desk: Desk, tmp_path: Path) -> None:
    office = desk.office
    office.set_setting("numbering", {"letters": office.journal.writer})
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    exchange(desk, two)
    draft, mine = letter(two.office, "草"), letter(two.office, "甲")
    waits = after(two.office, mine, "register")
    assert waits.state == "registered" and waits.text("number") == ""
    assert numbers.awaits(two.office, waits) and not numbers.awaits(two.office, draft)
    assert numbers.badge(two.office, waits) == "later"
    exchange(desk, two)
    assert office.give_numbers() is not None
    exchange(desk, two)
    assert two.office.find(mine.ref).text("number") == "清政发〔2026〕1号"
    assert two.office.find(draft.ref).text("number") == ""


def test_a_block_of_one_mark(desk: Desk, tmp_path: Path) -> None:
    office = desk.office
    two = Desk(tmp_path / "two", tmp_path / "folder", "吴敏")
    with pytest.raises(Refused, match="counted by mark"):
        reserve(two.office, ["letters:2026:20-29"])
    reserve(two.office, ["letters:2026:清政发:20-21"])
    assert registered(two.office, "甲") == "清政发〔2026〕20号"
    assert registered(two.office, "乙", "清政办函") == "清政办函〔2026〕1号"
    exchange(desk, two)
    assert registered(office, "丙") == "", "numbers of this mark are reserved, none for this one"
    assert registered(two.office, "丁") == "清政发〔2026〕21号"
    assert registered(two.office, "戊") == ""
    reserve(two.office, ["letters:2026:清政发:30-39"])
    assert [r.text("number") for r in two.office.records("letters") if r.text("title") == "戊"] == [
        "清政发〔2026〕30号"
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("清政发〔2026〕12号", Written("清政发", 2026, 12)),
        ("清政发[2026]12号", Written("清政发", 2026, 12)),
        ("清政发【２０２６】第012号", Written("清政发", 2026, 12)),
        ("清政办 (2026) 12", Written("清政办", 2026, 12)),
        ("清办（函）〔2026〕7号", Written("清办（函）", 2026, 7)),
        ("清政发〔26〕12号", None),
        ("〔2026〕12号", None),
        ("12", None),
        ("", None),
    ],
)
def test_how_numbers_are_read(text: str, read: Written | None) -> None:
    assert FORM.read(text) == read
    if read is not None:
        mended = FORM.mended(text)
        assert mended == f"{read.mark}〔{read.year}〕{read.n}号" and FORM.read(mended) == read
    else:
        assert FORM.mended(text) == ""


def test_bare_numbers_are_digits() -> None:
    bare = Numbering("no", per_year="at")
    assert bare.read("774") == Written("", 0, 774) and bare.read("7a") is None
    assert bare.written("", 2026, 774) == "774"


def test_registers_whose_step_gives_the_number_say_when(office: Office) -> None:
    """The step must set the cell that names the year: a record with it and without a number
    waits for one."""
    for register in (*REGISTERS, LETTERS):
        kind = register.numbering
        if kind is None:
            continue
        assert register.field(kind.field) is not None
        assert not kind.series or register.field(kind.series) is not None
        if kind.given_by:
            step = register.step(kind.given_by)
            assert step is not None
            fresh = Record(register.id, {"id": "x"})
            more = step.extra(fresh, {}, office) if step.extra is not None else {}
            assert office.today.isoformat() == more.get(kind.per_year) or (
                step.sets.get(kind.per_year) == TODAY
            )
