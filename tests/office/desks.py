"""Devices of one office on a shared folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from officetui.ledger import identity
from officetui.office import folder as folders
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.sync import Sync
from officetui.registers.record import Record

PAPER = {"recv_at": "2026-11-20T07:30", "from_org": "县委办", "title": "巡察组进驻", "kind": "act"}
MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)


class Desk:
    """One device of the office."""

    def __init__(self, home: Path, folder: Path, user: str) -> None:
        self.clock = FixedClock(MORNING)
        if identity.read_office(home) is None and folder.exists():
            folders.join(home, folder)
        elif identity.read_office(home) is None:
            Office.found(home, name="清河镇党政办", user=user, clock=self.clock)
            info = identity.read_office(home)
            assert info is not None
            folders.found(folder, info)
            folders.attach(home, folder)
        info = identity.read_office(home)
        assert info is not None
        self.sync = Sync(home, info, clock=self.clock)
        self.sync.round()
        self.office = Office.open(home, clock=self.clock, user=user)

    def round(self) -> None:
        self.sync.round()
        self.office.refresh()

    def record(self, title: str, **cells: str) -> Record:
        done = self.office.create("documents", {**PAPER, "title": title, **cells})
        found = self.office.get(done.refs[0])
        assert found is not None
        return found

    def number(self, title: str) -> str:
        found = [r for r in self.office.records("documents") if r.text("title") == title]
        assert len(found) == 1
        return found[0].text("recv_no")


def exchange(one: Desk, two: Desk) -> None:
    for desk in (one, two, one):
        desk.round()
