"""What waits on whom, and urging: by keyboard, from the letter to the answer."""

from __future__ import annotations

import base64
import errno
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import found_office
from textual import events

from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.text.i18n import set_language
from officetui.ui.modals.form import FormScreen
from officetui.ui.modals.message import MessageScreen


def paper(office: Office, number: str) -> Record:
    found = [one for one in office.records("documents") if one.text("recv_no") == number]
    return found[0]


def urged(office: Office, number: str) -> list[tuple[str, str, str]]:
    """How a paper was urged: method, answer, promise."""
    children = office.children(paper(office, number), "urgings")
    return [(one.text("method"), one.text("answer"), one.text("promised")) for one in children]


def showing(hands: Hands) -> bool:
    return isinstance(hands.app.screen, MessageScreen)


async def to_person(hands: Hands, name: str) -> None:
    await hands.to(f"head:{name}")


async def test_one_paper_by_its_letter(office: Office) -> None:
    """Letter, digit, digit: message, how it was sent, what was answered."""
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b")
        assert showing(hands)
        assert "[Reminder] 吴敏: 县委组织部 “关于报送年度考核材料的通知”" in hands.screen
        await hands.keys("1")
        assert urged(office, "769") == [("phone", "", "")]
        assert "What was answered?" in hands.screen
        await hands.keys("2", "ctrl+o")
        assert urged(office, "769") == [("phone", "reports today", "")]
        await hands.keys("u", "u")
        assert urged(office, "769") == []


async def test_no_more_keys_than_before_without_a_message(office: Office) -> None:
    """b and Ctrl+O as ever; or Enter for by phone, then what was answered, which may be empty."""
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b", "ctrl+o")
        assert urged(office, "769") == [("phone", "", "")] and not showing(hands)
        await hands.keys("b", "enter", "enter", "enter")
        assert len(urged(office, "769")) == 2 and not showing(hands)
        await hands.keys("b")
        assert "[Reminder no. 3]" in hands.screen
        await hands.keys("escape")
        assert "nothing is recorded" in hands.said
        assert len(urged(office, "769")) == 2


async def test_a_promise_in_words(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "701").ref)
        await hands.keys("b", "3")
        assert isinstance(hands.app.screen, FormScreen)
        await hands.type("材料还在汇总")
        await hands.keys("enter")
        await hands.type("11-25")
        await hands.keys("enter")
        assert urged(office, "701") == [("face", "材料还在汇总", "2026-11-25")]
        # Later it is the letter of its own.
        await hands.keys("H")
        await hands.write("周五报")
        await hands.keys("ctrl+o")
        assert urged(office, "701") == [("face", "周五报", "2026-11-25")]


async def test_sent_by_message_asks_no_answer_and_not_sent_records_nothing(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b", "2")
        assert not showing(hands)
        assert urged(office, "769") == [("message", "", "")]
        await hands.keys("b", "5")
        assert not showing(hands)
        assert len(urged(office, "769")) == 1
        assert "nothing is recorded" in hands.said


async def test_copied_and_saved_is_not_sent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b", "c")
        assert showing(hands) and "Copied is not sent" in hands.screen
        assert hands.app.clipboard.startswith("[Reminder] 吴敏: ")
        await hands.keys("7")
        (file,) = (office.home / "messages").iterdir()
        assert file.read_text("utf-8") == hands.app.clipboard + "\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.name in hands.screen.replace("\n", "")
        assert urged(office, "769") == []
        await hands.keys("enter")  # now the usual way is by message
        assert urged(office, "769") == [("message", "", "")]


async def test_all_of_one_person_at_once(office: Office) -> None:
    """8, the person's line, Enter and 1: one message, one change."""
    async with at_work(office) as hands:
        await hands.keys("8")
        await to_person(hands, "何静")
        await hands.choose("Urge all")
        assert "these 2 have not come yet" in hands.screen
        assert "1. 县应急局 “应急物资储备情况统计” (incoming paper no. 701)" in hands.screen
        await hands.keys("2")
        assert urged(office, "701") == urged(office, "705") == [("message", "", "")]
        await hands.keys("u")
        assert urged(office, "701") == urged(office, "705") == []


async def test_one_by_one(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("8")
        await to_person(hands, "何静")
        await hands.choose("Urge one by one")
        assert "1 of 2" in hands.screen
        await hands.keys("ctrl+o")
        assert "2 of 2" in hands.screen and showing(hands)
        await hands.keys("escape")
        assert "1 message sent. 1 not sent" in hands.said
        assert sorted(len(urged(office, number)) for number in ("701", "705")) == [0, 1]


async def test_marked_of_several_people(office: Office) -> None:
    """One message for each person; Esc leaves the rest untouched, and marked."""
    async with at_work(office) as hands:
        await hands.keys("8")
        for name in ("何静", "黄伟", "吴敏"):
            await to_person(hands, name)
            await hands.keys("space")
        await hands.keys("b")
        assert "1 of 3" in hands.screen
        await hands.keys("2")
        assert "2 of 3" in hands.screen
        await hands.keys("escape")
        assert "1 message sent. 2 not sent" in hands.said
        assert urged(office, "701") and urged(office, "705")
        assert not urged(office, "712") and not urged(office, "769")


async def test_what_a_visitor_waits_for_is_urged_in_the_same_message(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("8")
        await to_person(hands, "赵强")
        await hands.keys("b")
        assert "自来水停水两天" in hands.screen and "13712345678" not in hands.screen
        await hands.keys("2")
        assert urged(office, "741") == [("message", "", "")]
        visitor = hands.record("reception", name="石大爷")
        assert len(office.children(visitor, "urgings")) == 1


async def test_reassign_all_and_agree_until(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("8")
        await to_person(hands, "林芳")
        await hands.keys("enter", "1")  # on leave: reassigning comes first
        await hands.type("谢宇")
        await hands.keys("enter")
        assert {paper(office, number).text("owner") for number in ("688", "690")} == {"谢宇"}
        await to_person(hands, "谢宇")
        await hands.choose("Agreed until ...")
        await hands.type("11-25")
        await hands.keys("ctrl+o")
        for number in ("688", "690"):
            assert urged(office, number) == [("phone", "", "2026-11-25")]
        await to_person(hands, "谢宇")
        await hands.keys("right")
        assert "promised" in hands.screen
        await hands.keys("u", "u")
        assert paper(office, "688").text("owner") == "林芳"


async def test_nobodys_papers_are_given_to_somebody(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("8", "home")
        await hands.keys("b")
        assert "give it to somebody" in hands.said
        await hands.choose("Give them to somebody")
        await hands.type("何静")
        await hands.keys("enter")
        assert paper(office, "777").text("owner") == paper(office, "778").text("owner") == "何静"


async def test_people_are_folded_where_not_all_is_seen(office: Office) -> None:
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("8")
        refs = [row.ref for row in hands.table.lines]
        assert refs[0] == "head:" and paper(office, "777").ref in refs  # nobody's are shown
        assert paper(office, "701").ref not in refs
        await to_person(hands, "何静")
        await hands.keys("right", "down")
        assert hands.table.current is not None
        assert hands.table.current.ref == paper(office, "701").ref
        await hands.keys("left")
        assert hands.table.current is not None and hands.table.current.ref == "head:何静"
        assert paper(office, "701").ref not in [row.ref for row in hands.table.lines]
        await hands.keys("0")
        assert paper(office, "712").ref in [row.ref for row in hands.table.lines]
        await hands.keys("0", "escape")


async def test_old_overdue_is_one_line_of_a_person(office: Office) -> None:
    office.create(
        "documents",
        {
            "recv_at": "2026-11-19T09:00",
            "from_org": "县委办",
            "title": "关于新事的通知",
            "kind": "act",
            "owner": "何静",
            "state": "in_hand",
            "due": "2026-11-25",
        },
    )
    async with at_work(office) as hands:
        await hands.keys("8")
        await to_person(hands, "何静")
        await hands.keys("right")
        await hands.to("old:何静")
        assert "2 long overdue" in hands.screen
        assert paper(office, "701").ref not in [row.ref for row in hands.table.lines]
        await hands.choose("Urge all")
        await hands.keys("ctrl+o")
        assert urged(office, "701") and urged(office, "705")
        await hands.to("old:何静")
        await hands.keys("right")
        assert paper(office, "701").ref in [row.ref for row in hands.table.lines]


async def test_the_line_of_today_goes_the_same_way(tmp_path: Path) -> None:
    office = found_office(tmp_path / "o", moment=datetime(2026, 11, 30, 0, 30, tzinfo=UTC))
    async with at_work(office, (120, 60)) as hands:
        rows = [row for row in hands.table.lines if row.action == "urge" and len(row.refs) > 1]
        await hands.to(rows[0].ref)
        await hands.keys("enter", "1")
        assert showing(hands)
        await hands.keys("1")
        assert isinstance(hands.app.screen, FormScreen)
        await hands.keys("down")
        await hands.type("12-02")
        await hands.keys("ctrl+o")
        for ref in rows[0].refs:
            record = office.get(ref)
            assert record is not None
            (one,) = office.children(record, "urgings")
            assert one.text("promised") == "2026-12-02"


async def test_keys_pressed_before_the_message_was_painted_are_not_meant_for_it(
    office: Office,
) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        old = events.Key("1", "1")
        await hands.keys("b")
        screen = hands.app.screen
        assert isinstance(screen, MessageScreen)
        screen.post_message(old)
        await hands.settled()
        assert urged(office, "769") == []


async def test_full_width_digits_and_letters_of_the_input_method(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b")
        await hands.type("催")
        assert showing(hands) and "choose by number" in hands.screen
        await hands.type("２")
        assert urged(office, "769") == [("message", "", "")]


async def test_hostile_names_and_templates(office: Office) -> None:
    record = paper(office, "769")
    office.set(record, {"title": "{user}\x1b[31m[b]考核", "owner": "{to}[/]\x07"})
    office.set_setting("messages", {"urge": "{to}｛{ {matter}"})
    async with at_work(office) as hands:
        await hands.keys("8", "0", "0")
        assert "\x1b" not in hands.screen
        await hands.keys("3")
        await hands.to(record.ref)
        await hands.keys("b")
        assert "{user}" in hands.screen and "[b]考核" in hands.screen
        assert "\x1b" not in hands.app.clipboard
        await hands.keys("c", "1", "escape")
        assert "\x1b" not in hands.app.clipboard and "{to}[/]" in hands.app.clipboard
        assert len(urged(office, "769")) == 1


async def test_a_full_disk_leaves_the_message(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be kept is said, and can be tried again."""

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            await hands.keys("2")
            assert showing(hands) and urged(office, "769") == []
            assert "not kept" in hands.screen
        await hands.keys("2")
        assert not showing(hands)
        assert urged(office, "769") == [("message", "", "")]


async def test_the_clipboard_sequence(office: Office) -> None:
    """OSC 52 with the text in base64 is what a terminal gets."""
    written: list[str] = []
    async with at_work(office) as hands:
        await hands.keys("3")
        await hands.to(paper(office, "769").ref)
        await hands.keys("b")
        driver = hands.app._driver
        assert driver is not None
        plain = driver.write
        driver.write = lambda data: (written.append(data), plain(data))[1]  # type: ignore[method-assign]
        await hands.keys("6")
        text = base64.b64encode(hands.app.clipboard.encode()).decode()
        assert f"\x1b]52;c;{text}\x07" in written


async def test_chinese_from_end_to_end(office: Office) -> None:
    set_language("zh_CN")
    async with at_work(office, (80, 24)) as hands:
        await hands.keys("8")
        await to_person(hands, "吴敏")
        await hands.keys("enter")
        await hands.digit("全部催")
        assert "【催办】吴敏同志：" in hands.screen
        assert "县委组织部《关于报送年度考核材料的通知》（收文769号）" in hands.screen
        await hands.keys("1", "2", "ctrl+o")
        assert urged(office, "769") == [("phone", "今天报", "")]


async def test_a_matter_of_another_register_goes_into_the_same_message(office: Office) -> None:
    """A paper and a follow-up of one person: one message, one change, one answer."""
    office.create(
        "followups",
        {
            "source": "verbal",
            "raised_at": "2026-11-16T09:00",
            "content": "石桥村道路隐患整治",
            "standard": "全部整完",
            "lead_unit": "民政办",
            "owner": "黄伟",
            "due": "2026-11-18",
            "state": "in_hand",
        },
    )
    async with at_work(office) as hands:
        await hands.keys("8")
        await to_person(hands, "黄伟")
        await hands.keys("b")
        assert "石桥村道路隐患整治" in hands.screen and "no. 712" in hands.screen
        await hands.keys("1", "2", "ctrl+o")
        record = hands.record("followups", content="石桥村道路隐患整治")
        (one,) = office.children(record, "urgings")
        assert one.text("answer") == "reports today"
        assert urged(office, "712") == [("phone", "reports today", "")]
        await hands.keys("u", "u")
        assert not office.children(record, "urgings") and urged(office, "712") == []
