"""What the doctor says about sync: the state of the folder, holes, what was set right by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from officetui.cli.rounds import Received, patiently
from officetui.cli.syncing import status_object
from officetui.office import sync_words as words
from officetui.office.sync import NONE, Sync, SyncStatus
from officetui.report.words import reason

if TYPE_CHECKING:
    from officetui.office.office import Office

WAIT = 3.0
Told = tuple[str, str, str, str]
"""Severity, what is the matter, what to do, which file."""


def examine(office: Office) -> tuple[dict[str, Any], list[Told]]:
    """The status as `sync --json` gives it, and what there is to say. Makes one round, as the app
    does all the time: what cannot be read or written shows in nothing else."""
    one = Sync(office.home, office.info)
    status = one.status()
    if status.state != NONE:
        try:
            status = patiently(one, lambda: one.round(wait=WAIT)).status
            office.refresh()
        except OSError as error:  # the home cannot be written
            status = replace(status, error=reason(error))
    facts = status_object(status, office, Received())
    del facts["received"], facts["conflicts"]
    return facts, list(_findings(status, office))


def _findings(status: SyncStatus, office: Office) -> Iterator[Told]:
    folder = str(status.folder or "")
    if status.state == NONE:
        return
    if not status.busy and (status.state != "ok" or status.error):
        text, advice = words.state(status)
        yield "warning", text, advice, folder
    if status.waiting or (status.waiting is None and status.state != "absent"):
        yield "note", words.waiting(status, office.clock, office.local), "", folder
    for text, advice in words.holes(status):
        yield "warning", text, advice, folder
    for text, meaning in words.notices(status, office.clock, office.local):
        yield "note", text, meaning, folder
