"""What the snapshot tests share: the two sizes of a terminal, and keys pressed one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

at_both_sizes = pytest.mark.parametrize(
    "size", [(120, 40), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}"
)


async def worked(app: App[Any]) -> None:
    """Wait for the work that goes on beside the keys; one that another replaced is over, too."""
    while any(not worker.is_finished for worker in app.workers):
        try:
            await app.workers.wait_for_complete()
        except WorkerCancelled:
            await asyncio.sleep(0)


async def quiet(pilot: Pilot[None]) -> None:
    """Wait until nothing goes on: what a key began may begin to read something else."""
    for _ in range(20):
        await worked(pilot.app)
        await pilot.pause()
        if all(worker.is_finished for worker in pilot.app.workers):
            return


def press(
    keys: Sequence[str], ready: Callable[[Any], bool] = lambda app: True
) -> Callable[[Pilot[None]], Any]:
    """For `run_before` of a snapshot: each key once what the one before began is done. A text in
    Chinese is typed character by character; `ready` says of the app when the first may come."""

    async def pressed(pilot: Pilot[None]) -> None:
        await pilot.pause()
        while not ready(pilot.app):
            await pilot.pause(0.02)
        for key in keys:
            if key.isascii():
                await pilot.press(key)
            else:
                for character in key:
                    name = _character_to_key(character)
                    pilot.app.post_message(events.Key(name, character))
            await quiet(pilot)

    return pressed
