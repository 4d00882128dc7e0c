"""What grows with the years: folding, rebuilding, importing, and one record's history."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks import offices
from benchmarks.table import Measure, median, ms, timed
from benchmarks.world import World
from officetui.ledger.doc import Doc
from officetui.ledger.fold import Fold
from officetui.office.office import Office
from officetui.registers.record import Record

LINES = 300_000


class _Tables:
    """Folded records in memory and nowhere else."""

    def __init__(self) -> None:
        self.docs: dict[tuple[str, str], Doc] = {}

    def get(self, register: str, record: str, *, fresh: bool) -> Doc | None:
        return None if fresh else self.docs.get((register, record))

    def put(self, register: str, record: str, doc: Doc) -> None:
        self.docs[register, record] = doc


def lived(world: World) -> list[Measure]:
    """A journal of single small changes: fold it, rebuild from it, ask it for one record."""
    lines = int(LINES * world.scale)
    home = world.fresh("lived")
    world.say(f"writing a journal of {lines:,} lines")
    with_desk: list[Office] = []
    opening = ms(lambda: with_desk.append(offices.write_lived(home, lines // 3, 2)))
    world.say(f"written and opened in {opening / 1000:.1f} s")
    office = with_desk[0]
    segments = office.ledger.segments(office.journal.writer)
    paths = [segment.path for segment in segments]
    floor = timed(_decode, paths) / 1000
    folding = ms(lambda: _fold(office)) / 1000
    rebuilding = ms(office.rebuild) / 1000
    rows = [
        Measure(f"fold of {lines:,} lines", folding, "s", floor, note=f"{len(paths)} segments"),
        Measure(f"rebuild from {lines:,} lines", rebuilding, "s", floor),
    ]
    reading = median([ms(lambda: [path.read_bytes() for path in paths]) for _ in range(3)])
    register, docs = next(iter(office.store.book(office.store.years()[0]).items()))
    record = Record(register, docs[min(docs)])
    history = median([ms(lambda: office.history(record)) for _ in range(3)])
    rows.append(Measure(f"history of one of {lines // 3:,} records", history, "ms", reading))
    opens = [ms(lambda: world.opened(home)) for _ in range(5)]
    rows.append(Measure(f"opening, journal of {lines:,} lines", median(opens), "ms"))
    return rows


def _decode(paths: Iterable[Path]) -> None:
    decode = msgspec.json.decode
    for path in paths:
        for raw in path.read_bytes().split(b"\n"):
            if raw:
                decode(raw[9:])


def _fold(office: Office) -> None:
    fold, tables = Fold(), _Tables()
    for line in office.ledger.read_since(fold.cursor):
        fold.fold(line, tables)


def imports(world: World) -> list[Measure]:
    """Twenty years brought in, one change a year, as an office brings its old registers."""
    count = int(LINES * world.scale)
    home = world.fresh("imported")
    office = Office.found(home, name=offices.NAME, user=offices.USER, zone=offices.ZONE)
    years = list(offices.old_work(count, offices.today()))
    took = [timed(office.create_many, rows) / 1000 for rows in years]
    data = b"".join(
        segment.path.read_bytes() for segment in office.ledger.segments(office.journal.writer)
    )
    data += b"".join(path.read_bytes() for path in sorted((home / "books").iterdir()))
    floor = ms(lambda: _written(home / "floor", data)) / 1000
    first, last = took[1:6], took[-6:-1]
    note = (
        f"{len(data) / 1e6:.0f} MB; a year: first {median(first):.2f} s, last {median(last):.2f} s"
    )
    opens = [ms(lambda: world.opened(home)) for _ in range(5)]
    return [
        Measure(f"import of {count:,} records", sum(took), "s", floor, note=note),
        Measure(f"opening, {count:,} imported", median(opens), "ms"),
    ]


def _written(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
