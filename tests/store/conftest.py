"""A small office for the store's tests: its shelves, lines made by hand, and what lies on disk."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from officetui.ledger.cursor import Cursor
from officetui.ledger.line import Change, Entry, Line, decode_line, encode_line
from officetui.ledger.stamp import make, origin, parts
from officetui.store.desk import Store
from officetui.store.shelf import Shelf

SHELVES = {
    "papers": Shelf(
        finished=frozenset({"done", "void"}), closed=("closed", "voided"), planned=("due",)
    ),
    "urgings": Shelf(parent="papers"),
    "answers": Shelf(parent="urgings"),
    "people": Shelf(resident=True),
}
TODAY = "2026-11-20"


def millis(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def year_of(register: str, record: str) -> int:
    stamp = origin(record)
    if stamp is not None:
        return (datetime(1970, 1, 1) + timedelta(milliseconds=parts(stamp)[0])).year
    return int(record[:4]) if record[:4].isdecimal() else 0


def line(
    n: int,
    *entries: tuple[Any, ...],
    day: str = TODAY,
    writer: str = "aaaaaaaa",
    group: tuple[str, int, int] | None = None,
) -> Line:
    """A line as it comes out of a journal; entries are (register, record, cells[, over]).

    "#k" in a record or in `parent` is the k-th record this line creates.
    """
    t = make(millis(day), n, writer)

    def named(text: Any) -> Any:
        return f"{t}.{text[1:]}" if isinstance(text, str) and text.startswith("#") else text

    made = []
    for register, record, cells, *over in entries:
        cells = {cell: named(v) if cell == "parent" else v for cell, v in cells.items()}
        made.append(Entry(register, named(record), cells, over[0] if over else {}))
    decoded = decode_line(encode_line(n, t, Change("limei", "test", made), made, "", group))
    assert isinstance(decoded, Line)
    return decoded


class Journals:
    """What has arrived, in the order in which it has."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.lines = list(lines)

    def read_since(self, cursor: Cursor) -> Iterator[Line]:
        for each in list(self.lines):
            if not cursor.has_number(each.writer, each.n):
                yield each


class World:
    """A home, its journals, and stores over them."""

    SHELVES = SHELVES
    TODAY = TODAY
    Journals = Journals
    line = staticmethod(line)
    year_of = staticmethod(year_of)

    def __init__(self, home: Path) -> None:
        self.home = home
        self.journals = Journals()

    def store(self, as_of: str = TODAY, **changed: Any) -> Store:
        options = {"shelves": SHELVES, "year_of": year_of, "ledger": self.journals} | changed
        return Store(self.home, **options).open(as_of)

    def arrive(self, *lines: Line) -> None:
        self.journals.lines.extend(lines)

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file() and path.name != "store.lock"
        }

    def rebuilt(self, tmp: Path, as_of: str, seed: int = 0) -> dict[str, bytes]:
        """The files of another replica which got the same lines in another order."""
        other = World(tmp / f"rebuilt{len(list(tmp.iterdir()))}")
        other.arrive(*self.journals.lines)
        random.Random(seed).shuffle(other.journals.lines)
        other.store(as_of).rebuild(as_of)
        return other.files()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "home")


@pytest.fixture
def world_of(tmp_path: Path) -> Callable[[str], World]:
    """Several homes side by side, by name."""
    return lambda name: World(tmp_path / name)
