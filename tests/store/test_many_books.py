"""Large books are written beside the encoding of the next: the same files, and errors as ever."""

from __future__ import annotations

from pathlib import Path

import pytest

YEARS = range(2015, 2026)


def arrive(world) -> None:
    for n, year in enumerate(YEARS, start=1):
        cells = {"title": f"通知{year}", "state": "done", "closed": f"{year}-03-02"}
        world.arrive(world.line(n, ("papers", f"{year}-03-01.a", cells)))


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("officetui.store.filing._LARGE", 1)


def test_the_books_of_many_years_are_those_of_a_rebuild(world, tmp_path: Path) -> None:
    arrive(world)
    store = world.store()
    store.flush(world.TODAY)
    assert store.years() == list(YEARS)
    assert world.files() == world.rebuilt(tmp_path, world.TODAY)


def test_a_book_that_cannot_be_written_is_an_error_and_the_next_flush_sets_it_right(
    world, tmp_path: Path
) -> None:
    arrive(world)
    store = world.store()
    in_the_way = world.home / "books" / "2019.json"
    in_the_way.mkdir(parents=True)
    with pytest.raises(OSError, match=r"2019\.json"):
        store.flush(world.TODAY)
    assert not (world.home / "desk.json").exists(), "the desk says what the books hold"
    in_the_way.rmdir()
    store.flush(world.TODAY)
    assert world.files() == world.rebuilt(tmp_path, world.TODAY)
