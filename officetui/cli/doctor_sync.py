"""What the doctor says about sync: the state of the folder, holes, what was set right by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from officetui.cli.rounds import Received, patiently, sync_with
from officetui.cli.syncing import status_object
from officetui.office import sync_words as words
from officetui.office.sync import NONE, SyncStatus
from officetui.report.words import reason

if TYPE_CHECKING:
    from officetui.office.office import Office

WAIT = 3.0
Told = tuple[str, str, str, str]
"""Severity, what is the matter, what to do, which file."""


def examine(office: Office) -> tuple[dict[str, Any], list[Told], list[str]]:
    """The status as `sync --json` gives it, what there is to say, and the sentences about what is
    as it should be. Makes one round, as the app does all the time: what cannot be read or written
    shows in nothing else."""
    one = sync_with(office.home, office.info)
    status = one.status()
    if status.state != NONE:
        try:
            status = patiently(one, lambda: one.round(wait=WAIT)).status
            office.refresh()
        except OSError as error:  # the home cannot be written
            status = replace(status, error=reason(error))
        finally:
            one.close()
    facts = status_object(status, office, Received())
    del facts["received"], facts["conflicts"]
    return facts, list(_findings(status, office)), list(_sentences(status, office))


def _findings(status: SyncStatus, office: Office) -> Iterator[Told]:
    folder = str(status.folder or "")
    if status.state == NONE:
        return
    if not status.busy and (status.state != "ok" or status.error):
        text, advice = words.state(status)
        yield "warning", text, advice, folder
    if status.waiting or (status.waiting is None and status.state != "absent"):
        advice = words.waiting_advice(status)
        yield "note", words.waiting(status, office.clock, office.local), advice, folder
    for text, advice in words.holes(status):
        yield "warning", text, advice, folder
    for one in status.devices:
        if advice := words.device_advice(one, office.clock, office.local):
            yield "note", words.device(one, office.clock, office.local), advice, folder
    for text, meaning in words.notices(status, office.clock, office.local):
        yield "note", text, meaning, folder


def _sentences(status: SyncStatus, office: Office) -> Iterator[str]:
    """That all is there, when the folder was read, how old the news of each device are."""
    if status.state == NONE:
        return
    clock, now = office.clock, office.local
    if status.state == "ok" and not status.error:
        yield words.state(status)[0]
    if status.waiting == 0:
        yield words.waiting(status, clock, now)
    if status.reachable or status.waiting != 0:  # else the sentence before has said it
        yield words.read(status, clock, now)
    for one in status.devices:
        if not words.device_advice(one, clock, now):
            yield words.device(one, clock, now)
