"""Searching at the keyboard: the desk at once, the books aside, Enter opens what was found."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hands import at_work
from textual import events

from officetui.office.changes import New
from officetui.office.office import Office
from officetui.ui.screens.detail import DetailScreen
from officetui.ui.screens.search import SearchScreen


def old(year: int, number: int, title: str) -> New:
    day = f"{year}-03-05"
    return New("documents", {"recv_no": str(number), "recv_at": f"{day}T09:15", "title": title,
        "from_org": "县委办", "kind": "act", "state": "archived", "closed_at": day,
        "archived_at": day}, (), f"{day}.{number:016x}")  # fmt: skip


async def test_from_a_word_to_the_record(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("slash")
        assert "initials of its pinyin" in hands.screen
        await hands.type("校车")
        found = [line for line in hands.screen.splitlines() if "校车" in line]
        assert "Documents  1" in hands.screen and any("In 778" in line for line in found)
        await hands.keys("enter")  # the only one opens
        assert isinstance(hands.app.screen, DetailScreen) and "校车" in hands.screen
        await hands.keys("escape", "escape")
        assert not isinstance(hands.app.screen, SearchScreen)


async def test_what_is_typed_is_no_key_of_the_footer(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("slash")
        assert isinstance(hands.app.screen, SearchScreen)
        assert hands.app.screen.footer_line.text.split() == ["Esc", "leave", "search"]
        await hands.type("会")
        assert "Enter open" in hands.screen and "a add" not in hands.screen
        await hands.keys("down")
        assert "Enter open" in hands.screen and "a add" in hands.screen


async def test_initials_digits_and_several_words(office: Office) -> None:
    async with at_work(office) as hands:
        await hands.keys("slash")
        await hands.type("xcaq")  # 校车安全
        assert "In 778" in hands.screen
        await hands.write("778")  # digits are text here, no places to go to
        assert isinstance(hands.app.screen, SearchScreen) and "In 778" in hands.screen
        await hands.write("收778")
        assert "In 778" in hands.screen
        await hands.write("森林 778")
        assert "Nothing was found" in hands.screen
        await hands.write("q")
        assert "initials of its pinyin" in hands.screen


async def test_books_year_by_year_grouped_by_register(office: Office) -> None:
    office.create_many([old(year, year, "森林防火旧通知") for year in (1997, 2003, 2010)])
    async with at_work(office) as hands:
        await hands.keys("slash")
        await hands.type("森林防火")
        await hands.settled()
        shown = hands.screen
        heads = [line for line in shown.splitlines() if line.strip().startswith("Documents  ")]
        assert len(heads) == 1
        assert all(f"In {year}" in shown for year in (1997, 2003, 2010))
        await hands.keys("down", "down", "down", "down", "enter")
        assert isinstance(hands.app.screen, DetailScreen) and "森林防火旧通知" in hands.screen
        await hands.keys("escape", "slash")
        assert hands.text == "森林防火"  # the words are still there


async def test_escape_stops_and_says_that_it_was_stopped(office: Office) -> None:
    office.create_many([old(year, year, "森林防火旧通知") for year in range(1990, 2015)])
    async with at_work(office) as hands:
        await hands.keys("slash")
        for character in "森林防火":
            hands.app.post_message(events.Key("x", character))
        for _ in range(100):
            await asyncio.sleep(0.01)
            if "books to read, Esc stops" in hands.screen:
                break
        await hands.pilot.press("escape")
        await hands.settled()
        assert "stopped: not all books were read" in hands.screen
        await hands.keys("escape")
        assert not isinstance(hands.app.screen, SearchScreen)


async def test_of_a_classified_paper_only_what_may_be_said(office: Office) -> None:
    office.set_setting("rules", {"documents.classified": "off"})
    office.create("documents", {"recv_no": "990", "recv_at": "2026-11-20T08:00", "kind": "act",
        "from_org": "县委机要局", "title": "森林演习方案", "secrecy": "机密"})  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("slash")
        await hands.type("森林演习")
        assert "Nothing was found" in hands.screen
        await hands.write("县委机要局")
        assert "990" in hands.screen and "密件" in hands.screen and "演习" not in hands.screen


async def test_what_was_decided_is_called_so_once(office: Office) -> None:
    decision = {"what": "校车安全排查一周内完成", "owner": "刘洋"}
    office.create("meetings", {"title": "党委会", "start": "2026-11-19T09:00"},
        [("decisions", decision)])  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("slash")
        await hands.type("排查一周")
        assert "Decisions 校车安全排查一周内完成" in hands.screen
        await hands.write("党委会 刘洋")
        assert "Decisions Owner 刘洋" in hands.screen


async def test_hostile_text_is_shown_and_searched_harmlessly(office: Office) -> None:
    office.create("documents", {"recv_no": "991", "recv_at": "2026-11-20T08:00", "kind": "act",
        "from_org": "县[red]局", "title": "[b]x[/b] \x1b]0;owned\x07 (.*", "note": "\x1b[2J夜袭"})  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("slash")
        for words in ("(.*", "[b]x", "夜袭", "[", "\\", '"'):
            await hands.write(words)
            assert "\x1b" not in hands.screen
            if len(words) > 1:
                assert "In 991" in hands.screen, words


async def test_a_visitor_s_phone_finds_but_is_not_shown(office: Office) -> None:
    office.create("reception", {"channel": "visit", "at": "2026-11-20T08:00", "name": "牛大爷",
        "phone": "13900007777", "matter": "路灯"})  # fmt: skip
    async with at_work(office) as hands:
        await hands.keys("slash")
        await hands.type("00007777")
        body = "\n".join(line for line in hands.screen.splitlines()[3:])
        assert "牛大爷" in body or "路灯" in body
        assert "00007777" not in body


def test_pinyin_is_loaded_only_for_letters(office_home: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from officetui.office.search import Query; Query('森林');"
        "assert 'pypinyin' not in sys.modules; Query('sl'); assert 'pypinyin' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
