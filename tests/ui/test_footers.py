"""Every key that a footer shows does something: another screen, a change, or a message.

The footers are walked, screen by screen, so that a new screen or action is in it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import MORNING, found_office

from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.tables import BY_ID, REGISTERS
from officetui.ui import actions
from officetui.ui.screens.base import BaseScreen
from officetui.ui.widgets.table import BlockTable

# What is pressed to come to a screen; a register's id turns its place to it.
VIEWS: dict[str, tuple[str, ...]] = {
    "today": ("1",),
    **{register.id: (register.digit, register.id) for register in REGISTERS if register.digit},
    **{
        f"one of {register.id}": (register.digit, register.id, "right")
        for register in REGISTERS
        if register.digit and register.id != "settings"
    },
    "marked": ("3", "documents", "space", "space"),
    "month": ("2", "duty", "minus"),
    "week": ("4", "minus"),
    "roster": ("1", "plus", "1"),
    "waiting": ("8",),
    "a matter of waiting": ("8", "down"),
    "log": ("9",),
    "figures": ("9", "minus"),
    "conflicts": ("equals_sign",),
    "search": ("slash",),
    "what was found": ("slash", "会", "down"),
    "triage": ("1", "t"),
    "review": ("1", "r"),
}
NAMES = {actions.key_words(key): key for key in actions._KEY_WORDS}


def shown(screen: BaseScreen) -> Iterator[str]:
    """The keys of a footer, as the keyboard sends them."""
    for text, style in screen.footer_line.pieces:
        if style != "key":
            continue
        if text == "2-7":
            yield from "234567"
            continue
        for word in text.split():
            yield NAMES.get(word, word.lower() if word.startswith("Ctrl+") else word)


async def come(hands: Hands, view: str) -> BaseScreen:
    """To a screen, from wherever the key before has led."""
    for _ in range(6):
        if len(hands.app.screen_stack) == 1 and not marked(hands):
            break
        await hands.keys("escape")
    for key in VIEWS[view]:
        if not key.isascii():
            await hands.type(key)
        elif key not in BY_ID:
            await hands.keys(key)
        while key in BY_ID and getattr(hands.app.screen, "register", None) is not BY_ID[key]:
            await hands.keys(BY_ID[key].digit)
    screen = hands.app.screen
    assert isinstance(screen, BaseScreen), f"{view}: {screen}"
    return screen


def marked(hands: Hands) -> bool:
    screen = hands.app.screen
    return isinstance(screen, BaseScreen) and bool(screen.marks())


def seen(hands: Hands) -> tuple[object, ...]:
    """What is on the screen and below its edge, where the cursor is, how much was written."""
    tables = hands.app.screen.query(BlockTable)
    rows = [row.cells for table in tables for row in table.lines]
    return hands.screen, rows, hands.app.focused, hands.app.made


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
async def test_each_key_of_the_footers_does_something(office_home: Path, filled: bool) -> None:
    if filled:
        office = found_office(office_home)
    else:
        office = Office.found(office_home, name="空", user="李梅", clock=FixedClock(MORNING))
    idle, pressed = [], set()
    async with at_work(office, (180, 40)) as hands:
        for view in VIEWS:
            if not filled and view.startswith(("one of", "marked", "a matter", "what was")):
                continue  # there is none
            screen = await come(hands, view)
            keys = list(dict.fromkeys(shown(screen)))
            assert keys, f"{view}: no key is shown"
            fresh = [key for key in keys if meaning(screen, key) not in pressed]
            for key in fresh:
                pressed.add(meaning(screen, key))
                if hands.app.screen is not screen:
                    await hands.keys("escape")
                if hands.app.screen is not screen or marked(hands):
                    screen = await come(hands, view)
                before, made = seen(hands), hands.app.made
                await hands.keys(key)
                if seen(hands) == before:
                    idle.append(f"{view}: {key}")
                for _ in range(hands.app.made - made):
                    office.undo()
    assert not idle, chr(10).join(idle)
    assert len(pressed) > 60


def meaning(screen: BaseScreen, key: str) -> tuple[str, str, str]:
    """What is pressed once: a key of a kind of screen; the letters of steps in each register."""
    general = any(key in actions.keys_of(action) for action in actions.ACTIONS)
    register = getattr(screen, "register", None)
    return screen.WHERE, key, "" if general or register is None else register.id
