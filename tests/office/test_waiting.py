"""Who holds what for how long, and the texts that urge them."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.waiting import Held, reassign, take, waiting
from officetui.registers.messages import TEMPLATES, allowed, check, names_in
from officetui.registers.record import Record
from officetui.report.messages import letter, letters, save
from officetui.text.i18n import set_language

Add = Callable[..., Record]

# As the office writes them (capture-cases: messages the office sends).
URGE = (
    "【催办】社会事务办：县委办《关于报送年度考核材料的通知》（收文769号）请于11月20日17:00前报党政办，"
    "目前尚未收到。请回复进度；确需延期的，请在到期前说明理由和预计完成时间。联系人：李梅 0000-5551234"
)
AGAIN = (
    "【第2次催办】社会事务办：收文769号已逾期1个工作日，请于今天12:00前回复进展、问题和完成时间；"
    "届时未回复，将报分管领导。党政办 李梅"
)


@pytest.fixture
def assessed(office: Office, add: Add) -> Record:
    """The paper of the examples, with a lead unit."""
    office.set_setting("signature", "党政办")
    office.set_setting("duty_phone", "0000-5551234")
    return add(
        "documents",
        recv_no="769",
        state="in_hand",
        owner="何静",
        lead_unit="社会事务办",
        due="2026-11-20T17:00",
    )


def by_person(office: Office) -> dict[str, Held]:
    return {one.person: one for one in waiting(office)}


def test_everything_open_by_its_holder_nobody_first_oneself_last(office: Office, add: Add) -> None:
    add("documents", state="in_hand", owner="李梅", due="2026-11-01")
    add("documents", state="in_hand", owner="何静", due="2026-11-25")
    late = add("documents", state="in_hand", owner="谢宇", due="2026-11-05", recv_at="2026-10-29")
    add("documents", state="in_hand", owner="谢宇", due="2026-11-24")
    add("documents", state="registered")
    add("documents", state="proposed", asked="刘晓燕", owner="李梅")
    add("documents", state="closed", owner="何静")
    add("reception", owner="何静", due="2026-11-20")
    found = waiting(office)
    assert [one.person for one in found] == ["", "谢宇", "何静", "刘晓燕", "李梅"]
    held = by_person(office)
    assert len(held["何静"].matters) == 2  # over all registers
    assert (held["谢宇"].late, held["谢宇"].oldest, held["谢宇"].longest) == (1, 15, 22)
    assert [one.ref for one in held["谢宇"].old] == [late.ref]
    assert held[""].mark and held["谢宇"].mark and not held["何静"].mark


def test_a_promise_takes_a_matter_out_of_the_old_overdue(office: Office, add: Add) -> None:
    paper = add("documents", state="in_hand", owner="谢宇", due="2026-11-05")
    assert by_person(office)["谢宇"].old
    office.do([paper], "urge", {"method": "phone"})
    office.do([paper], "note_answer", {"answer": "周一报", "promised": "2026-11-23"})
    held = by_person(office)["谢宇"]
    assert not held.old
    assert held.late == 1
    (one,) = held.matters
    assert (one.urged, one.answer, one.promised) == (1, "周一报", "2026-11-23")


def test_who_is_on_leave_is_marked(office: Office, add: Add) -> None:
    add("documents", state="in_hand", owner="林芳", due="2026-12-05")
    held = by_person(office)["林芳"]
    assert held.away == "2026-12-31"
    assert held.mark


def test_the_answer_is_that_of_the_last_urging(office: Office, add: Add) -> None:
    paper = add("documents", state="in_hand", owner="谢宇", due="2026-11-05")
    for _ in range(3):
        office.do([paper], "urge", {"method": "phone"})
    office.do([paper], "note_answer", {"answer": "周一报"})
    office.do([paper], "note_answer", {"promised": "2026-11-23"})
    urged = office.children(paper, "urgings")
    assert [one.get("answer") for one in urged] == [None, None, "周一报"]
    assert urged[-1].get("promised") == "2026-11-23"


def test_several_registers_are_one_change(office: Office, add: Add) -> None:
    one = add("documents", state="in_hand", owner="谢宇")
    other = add("reception", owner="谢宇", state="accepted")
    reassign(office, [one, other], "何静")
    assert {office.get(r.ref).text("owner") for r in (one, other)} == {"何静"}  # type: ignore[union-attr]
    office.undo()
    assert {office.get(r.ref).text("owner") for r in (one, other)} == {"谢宇"}  # type: ignore[union-attr]
    papers = [one, add("documents", state="in_hand", owner="谢宇")]
    take(office, papers, "urge", {"method": "phone"})
    assert all(office.children(paper, "urgings") for paper in papers)
    office.undo()
    assert not any(office.children(paper, "urgings") for paper in papers)


# Texts


def test_the_texts_are_those_of_the_office(
    office: Office, assessed: Record, clock: FixedClock
) -> None:
    set_language("zh_CN")
    first = letter(office, [assessed])
    assert (first.text, first.lacking, first.times) == (URGE, (), 1)
    office.do([assessed], "urge", {"method": "message"})
    clock.instant = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # Monday 8:30
    again = letter(office, [assessed])
    assert (again.text, again.template, again.times) == (AGAIN, "urge_again", 2)


def test_late_for_the_first_time_names_the_paper(office: Office, assessed: Record) -> None:
    set_language("zh_CN")
    office.set(assessed, {"due": "2026-11-16"})
    found = letter(office, [office.get(assessed.ref)])  # type: ignore[list-item]
    assert found.template == "urge_late"
    assert "《关于报送年度考核材料的通知》（收文769号）应于11月16日17:30前报" in found.text
    assert "已逾期4个工作日" in found.text  # counted in working days


def test_several_of_one_person_are_one_message(office: Office, add: Add) -> None:
    set_language("zh_CN")
    papers = [
        add("documents", recv_no=str(n), state="in_hand", owner="何静", due="2026-11-1" + str(n))
        for n in (1, 2)
    ]
    papers.append(add("documents", state="in_hand", owner="谢宇"))
    found = letters(office, papers)
    assert [one.person for one in found] == ["何静", "谢宇"]
    lines = found[0].text.split("\n")
    assert lines[0] == "【催办】何静同志：下列2件目前尚未办结："
    assert lines[1].startswith("1. 县委办《关于报送年度考核材料的通知》（收文1号），已逾期")
    assert len(letters(office, papers, each=True)) == 3


def test_a_leader_is_reminded_not_urged(office: Office, add: Add) -> None:
    set_language("zh_CN")
    paper = add(
        "documents", recv_no="774", state="proposed", asked="刘晓燕", due="2026-11-20T10:00"
    )
    text = letter(office, [paper]).text
    assert text.startswith("刘书记您好！") and "催办" not in text and "待批示" in text


def test_what_is_missing_is_shown_and_said(office: Office, add: Add) -> None:
    paper = add("documents", state="in_hand", owner="何静")
    found = letter(office, [paper])
    assert "by ____;" in found.text
    assert found.lacking == ("the deadline", "the phone of the duty room (setting duty_phone)")


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_template_knows_its_own_names(language: str) -> None:
    from officetui.text.i18n import _

    set_language(language)
    for template in TEMPLATES:
        assert set(names_in(_(template.text))) <= set(allowed(template)), template.id


def test_the_office_writes_its_own_templates(office: Office, assessed: Record) -> None:
    office.set_setting("messages", {"urge": "{to}: {matter} } { {n}"})
    text = letter(office, [assessed]).text
    assert text == "社会事务办: 县委办 “关于报送年度考核材料的通知” (incoming paper no. 769) } { 1"
    record = office.get("settings/settings:messages")
    assert record is not None
    office.set(record, {"value": None})
    assert letter(office, [assessed]).text.startswith("[Reminder]")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"urge": "{to} {nobody}"}, "does not know {nobody}"),
        ({"urge": "{to.__class__}"}, "does not know {to.__class__}"),
        ({"urge": "{}"}, "does not know {}"),
        ({"urge": " "}, "has no text"),
        ({"urge": 7}, "has no text"),
        ({"reminder": "x"}, "no message “reminder”"),
        (["x"], "table of texts"),
    ],
)
def test_a_template_that_could_not_be_filled_is_refused(
    office: Office, value: Any, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        check(value)
    with pytest.raises(Refused, match=said):
        office.set_setting("messages", value)
    assert office.get("settings/settings:messages") is None


def test_what_people_write_stays_what_it_is(office: Office, add: Add) -> None:
    """Braces of a title are no names, and nothing in it drives a terminal."""
    title = "{user}\x1b]0;x\x07{to}\n\u202e考核"
    paper = add("documents", state="in_hand", owner="{to}", title=title, due="2026-11-25")
    office.set_setting("messages", {"urge": "\x1b[31m{to}: {matter}"})
    text = letter(office, [paper]).text
    assert "{user}" in text and "{to}: " in text
    assert not any(ord(character) < 0x20 or character == "\u202e" for character in text)


def test_a_damaged_setting_is_passed_over(office: Office, assessed: Record) -> None:
    """What came from elsewhere was judged by nobody here."""
    from officetui.registers.messages import fill, text_of

    assert text_of("urge", {"urge": 7}).startswith("[Reminder]")
    assert fill("{to} {what}", {"to": "谢宇"}) == ("谢宇 ____", ["what"])


def test_a_saved_message_is_its_owners_alone(tmp_path: Path) -> None:
    at = datetime(2026, 11, 20, 7, 58)
    paths = [save("催办", tmp_path / "messages", at) for _ in range(2)]
    assert [path.name for path in paths] == ["2026-11-20-0758-1.txt", "2026-11-20-0758-2.txt"]
    assert paths[0].read_text("utf-8") == "催办\n"
    assert stat.S_IMODE(paths[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(paths[0].parent.stat().st_mode) == 0o700
