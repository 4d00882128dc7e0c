"""Keys one after the other: each acts on what the one before it has led to.

Textual hands a key to whatever has the focus when it arrives, and looks for bindings only when
the key has come back from there. On a slow line keys arrive several at once: then text typed
after Enter lands in the field that Enter was to leave, and text typed after the key that opens
a line is lost. Here a key waits until the one before it is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Final

from textual import events

from officetui.ui.painting import PaintingApp

PATIENCE: Final = 3.0  # seconds, for a busy machine; whatever is not done by then is not waited for
_QUIET: Final = 3  # looks in a row that must find nothing to do


class KeyboardApp(PaintingApp, inherit_bindings=False):
    """An app that takes keys in their order."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._waiting: deque[events.Key] = deque()
        self._settling: asyncio.Task[None] | None = None

    def meant(self, event: events.Key) -> events.Key | None:
        """The key to act on for the one that arrived; None when it is dealt with."""
        return event

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._settling is not None:
                self._waiting.append(event)
                return
            key = self.meant(event)
            if key is not None:
                self._settling = asyncio.create_task(self._settle())
                await super().on_event(key)
            return
        await super().on_event(event)

    async def _settle(self) -> None:
        """Wait until the key has done all it does, then let the next one come."""
        clock = asyncio.get_running_loop().time
        end, quiet, looks = clock() + PATIENCE, 0, 0
        while quiet < _QUIET and clock() < end:
            looks += 1
            await asyncio.sleep(0 if looks < 50 else 0.001)
            quiet = quiet + 1 if self._at_rest() else 0
        self._settling = None
        if not self._running or not self._screen_stack:
            self._waiting.clear()
        if self._waiting:
            # Those that waited go before those that arrive now.
            waiting = list(self._waiting)
            self._waiting.clear()
            await self.on_event(waiting[0])
            self._waiting.extendleft(reversed(waiting[1:]))
            if self._settling is None and self._waiting:
                self._settling = asyncio.create_task(self._settle())

    def _at_rest(self) -> bool:
        if not self._running or not self._screen_stack:
            return True
        screen = self.screen
        # A key, and what it causes, goes up from the focus to the app, one after the other.
        nodes = (self.focused or screen).ancestors_with_self
        return (
            self.held is None
            and screen._is_mounted
            and all(node._message_queue.empty() for node in nodes)
        )
