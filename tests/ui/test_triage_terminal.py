"""Triage in a real terminal: what is typed before a card is read decides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from officetui.office.office import New, Office
from tests.window import Window, environment

DAY = "2026-11-20"


def papers(home: Path) -> Office:
    """Ten papers, each answered by one key."""
    office = Office.found(home, name="清河镇党政办", user="李梅")
    leader = {"name": "周海涛", "post": "副镇长", "rank": 5, "portfolio": ["安全"]}
    office.create("people", leader)
    cells = [
        {"recv_no": n, "recv_at": f"{DAY}T08:00", "from_org": "县应急局",
         "title": f"关于第{n}批安全检查的通知", "kind": "act", "state": "registered"}
        for n in range(1, 11)
    ]  # fmt: skip
    office.create_many([New("documents", one) for one in cells])
    return office


def proposed(office: Office) -> int:
    office.refresh()
    return sum(1 for one in office.records("documents") if one.state == "proposed")


def test_two_hundred_digits_at_once_never_close_two_cards(office_home: Path) -> None:
    office = papers(office_home)
    with Window("triage", environ=environment(OFFICETUI_HOME=str(office_home))) as window:
        window.until("card 1, 9 left")
        window.press(*"1" * 200)
        window.press("escape")
        window.until(lambda text: "card " not in text)
        assert proposed(office) <= 1
        assert window.quit() == 0


@pytest.mark.parametrize("speed", [300, 100_000])
def test_a_line_that_brings_them_in_pieces_closes_no_second_card(
    office_home: Path, speed: int
) -> None:
    """A bad line reads late what is painted (`speed`, bytes a second), and hands on what was typed
    in bursts, with more time between them than a person leaves between two keys."""
    office = papers(office_home)
    with Window("triage", environ=environment(OFFICETUI_HOME=str(office_home))) as window:
        window.until("card 1, 9 left")
        for _burst in range(8):
            window.press(*"1" * 25)
            window.crawl(0.3, speed)
        window.press("escape")
        window.until(lambda text: "card " not in text)
        assert proposed(office) <= 1
        assert window.quit() == 0


def test_one_key_a_card(office_home: Path) -> None:
    office = papers(office_home)
    with Window("triage", environ=environment(OFFICETUI_HOME=str(office_home))) as window:
        window.until("card 1, 9 left")
        window.press("1")
        window.until("card 2, 8 left")
        assert proposed(office) == 1
        window.press("escape")
        window.until(lambda text: "card " not in text)
        assert window.quit() == 0
