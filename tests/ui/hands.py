"""A clerk at the keyboard: presses keys and reads the screen, nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from math import inf

from looking import quiet
from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.ui.app import OfficeApp
from officetui.ui.screens.base import BaseScreen
from officetui.ui.widgets.table import BlockTable


class Hands:
    """Keys go through the pilot as a terminal would send them; what is read is what is shown."""

    def __init__(self, app: OfficeApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def office(self) -> Office:
        return self.app.office

    async def keys(self, *keys: str) -> None:
        """Press keys, one after the other, each when the last has been painted."""
        for key in keys:
            await self.app._press_keys([key])  # not pilot.press: it waits for what settled does
            await self.settled()

    async def settled(self) -> None:
        await quiet(self.pilot)
        for _ in range(200):  # on a busy machine a screen is there before it is laid out
            if not self.app.screen_stack or self.app.screen._compositor.size:
                break
            await self.pilot.pause()
        # A card or a dialogue takes no key before it was painted: a person waits for that, too.
        for _ in range(1000):
            if not self.app.screen_stack or getattr(self.app.screen, "_painted_at", 0) != inf:
                return
            await self.pilot.pause(0.005)

    async def type(self, text: str) -> None:
        """A text as an input method commits it: its characters in one go."""
        for character in text:
            self.app.post_message(events.Key(_character_to_key(character), character))
        await self.settled()

    async def write(self, text: str) -> None:
        """Replace what stands in the field that has the cursor."""
        field = self.app.focused
        assert isinstance(field, Input | TextArea), f"{field} is no field"
        if isinstance(field, Input):
            await self.keys("end", "ctrl+u")
        else:
            for _ in range(len(field.text)):
                await self.pilot.press("backspace")
        await self.type(text)

    @property
    def text(self) -> str:
        """What stands in the field with the cursor."""
        field = self.app.focused
        assert isinstance(field, Input | TextArea), f"{field} is no field"
        return field.value if isinstance(field, Input) else field.text

    @property
    def table(self) -> BlockTable:
        """The table with the cursor."""
        table = self.app.focused
        assert isinstance(table, BlockTable), f"{table} is no table"
        return table

    async def to(self, ref: str) -> None:
        """Arrow keys until the cursor is on that record."""
        refs = [row.ref for row in self.table.lines]
        assert ref in refs, f"{ref} is not shown"
        while self.table.cursor_row != refs.index(ref):
            await self.keys("down" if self.table.cursor_row < refs.index(ref) else "up")

    async def choose(self, *words: str) -> None:
        """Enter, then the digits of the menu's lines that begin with these words."""
        await self.keys("enter")
        for word in words:
            await self.digit(word)

    async def digit(self, word: str) -> None:
        """Press the digit in front of a line of the menu, turning its pages with 0."""
        for _ in range(6):
            numbered = [(row.cells[0], row.cells[1]) for row in self.table.lines]
            found = [number for number, label in numbered if label == word]
            if found:
                await self.keys(found[0])
                return
            await self.keys("0")
        raise AssertionError(f"{word} is not in the menu: {numbered}")

    @property
    def said(self) -> str:
        """The status line of the screen below."""
        for screen in reversed(self.app.screen_stack):
            if isinstance(screen, BaseScreen):
                return screen.status_line.text
        return ""

    @property
    def screen(self) -> str:
        """Everything on the screen, as text."""
        strips = self.app.screen._compositor.render_strips(Size(*self.app.size))
        # blanks that no line is broken at are blanks to the eye
        return "\n".join(strip.text.replace("\u00a0", " ").rstrip() for strip in strips)

    def record(self, register: str, **cells: str) -> Record:
        """The one record of a register whose cells are so."""
        found = [
            record
            for record in self.office.list(register)
            if all(record.text(name) == value for name, value in cells.items())
        ]
        assert len(found) == 1, f"{len(found)} of {register} with {cells}"
        return found[0]


@asynccontextmanager
async def at_work(office: Office, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Hands]:
    """The app on an office, with somebody's hands on the keyboard."""
    app = OfficeApp(office)
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot)
        await hands.settled()
        yield hands


def states(office: Office, refs: Sequence[str]) -> list[dict[str, object]]:
    """The shown cells of records, to compare before and after."""
    found = []
    for ref in refs:
        record = office.get(ref)
        assert record is not None, f"{ref} is gone"
        found.append({k: v for k, v in record.cells.items() if v is not None})
    return found


async def until(hands: Hands, true: Callable[[], object], what: str) -> None:
    """Let the app live until something is so; what it shows is told when it never is."""
    clock = asyncio.get_running_loop().time
    end = clock() + 20
    while not true():
        assert clock() < end, f"{what}:\n{hands.screen}\n{hands.app.sync_status()}"
        await asyncio.sleep(0.02)
        await hands.pilot.pause()
