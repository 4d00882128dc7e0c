"""Desk and books made again beside the old ones, then swapped in.

They are written to `rebuild.tmp/`, which is renamed to `rebuild/` once all of it is durable: from
then on the swap is only ever completed, by whoever opens the store next. Under `store.lock`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from officetui.ledger.disk import fsync_dir, make_dir, write_new
from officetui.store.books import Book, book_bytes, book_path, years_in
from officetui.store.filing import BOOKS, DESK, Plan, forget_filing
from officetui.store.layout import decode, encode, together

BEGUN = "rebuild.tmp"
READY = "rebuild"


def is_ready(home: Path) -> bool:
    return (home / READY).is_dir()


def write_aside(home: Path, planned: Plan, meta: dict[str, Any]) -> None:
    """Write a plan that begins with nothing. Raises OSError; the old files are untouched."""
    begun = home / BEGUN
    sweep(home)
    try:
        make_dir(begun / BOOKS)
        for year, tables in sorted(planned.added.items()):
            write_new(book_path(begun / BOOKS, year), together(book_bytes(Book(tables))))
        write_new(begun / DESK, together(encode(planned.desk, meta)))
        fsync_dir(begun / BOOKS)
        fsync_dir(begun)
        os.rename(begun, home / READY)
    except BaseException:
        sweep(home)
        raise
    fsync_dir(home)


def swap_in(home: Path) -> None:
    """Put what is ready in place of the old files. Each step may be repeated."""
    ready, books = home / READY, home / BOOKS
    desk = ready / DESK
    if desk.exists():
        meta, _ = decode(desk.read_bytes(), desk)
        make_dir(books)
        for year in years_in(ready / BOOKS):
            os.replace(book_path(ready / BOOKS, year), book_path(books, year))
        for year in years_in(books) - set(meta["books"]):
            book_path(books, year).unlink()
        forget_filing(books)
        fsync_dir(books)
        os.replace(desk, home / DESK)
        fsync_dir(home)
    _remove(ready)
    fsync_dir(home)


def sweep(home: Path) -> None:
    """Remove what a rebuild that died before it was ready has left."""
    if (home / BEGUN).is_dir():
        _remove(home / BEGUN)


def _remove(directory: Path) -> None:
    import shutil  # 5 ms, and nearly never needed

    shutil.rmtree(directory)
