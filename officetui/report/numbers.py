"""The official numbers as they stand: as rows of text, and as objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from officetui.office.numbers import series_name
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.office.runs import Run

GAPS = 8  # of one line
MOST = 20  # ids in one cell; the rest is counted


def spans_text(spans: Iterable[tuple[int, int]], most: int | None = None) -> str:
    """701, 704-706; of more than `most` an ellipsis at the end."""
    named = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    if most is not None and len(named) > most:
        named = [*named[:most], "…"]
    return listed(named)


def run_rows(office: Office, run: Run) -> Iterator[list[str]]:
    """A series in rows: its name, what is told, numbers. Nothing is told where nothing is."""
    name = series_name(run.series)
    for words, text in _told(office, run):
        yield [name, words, text]
        name = ""


def _told(office: Office, run: Run) -> Iterator[tuple[str, str]]:
    yield pgettext("numbers", "last"), str(run.last or "-")
    for at in range(0, len(run.gaps), GAPS):
        label = "" if at else pgettext("numbers", "gaps")
        yield label, spans_text(run.gaps[at : at + GAPS])
    for number, ids in run.twice:
        words = _("{number}: {records}")
        records = _records(office, run.series.register, ids)
        yield pgettext("numbers", "twice"), words.format(number=number, records=records)
    for held in run.reserved:
        yield pgettext("numbers", "reserved"), reserved_text(held)
    if run.waiting:
        n = len(run.waiting)
        words = ngettext("{n} record: {records}", "{n} records: {records}", n)
        records = _records(office, run.series.register, run.waiting)
        yield pgettext("numbers", "waiting"), words.format(n=n, records=records)
    if run.giver:
        yield pgettext("numbers", "given by"), run.giver


def reserved_text(held: Any) -> str:
    """A block: for whom, and where its unused rest begins."""
    block = held.block
    if not held.following:
        words = _("{first}-{last} for {writer}, all used")
    elif held.following == block.first:
        words = _("{first}-{last} for {writer}, none used")
    else:
        words = _("{first}-{last} for {writer}, unused from {following} on")
    return words.format(
        first=block.first, last=block.last, writer=block.writer, following=held.following
    )


def _records(office: Office, register: str, ids: tuple[str, ...]) -> str:
    """The short ids."""
    from officetui.office.ids import short_id

    short = [short_id(f"{register}/{one}") for one in ids]
    return " ".join([*short[:MOST], *(["…"] if len(short) > MOST else [])])


def run_object(run: Run) -> dict[str, Any]:
    """The shape of `list numbers --json` (docs/command-line.md)."""
    return {
        "register": run.series.register,
        "year": run.series.year or None,
        "mark": run.series.mark or None,
        "last": run.last or None,
        "gaps": [list(gap) for gap in run.gaps],
        "duplicates": [{"number": number, "ids": list(ids)} for number, ids in run.twice],
        "reserved": [
            {
                "first": held.block.first,
                "last": held.block.last,
                "writer": held.block.writer,
                "next": held.following or None,
            }
            for held in run.reserved
        ],
        "waiting": list(run.waiting),
        "giver": run.giver or None,
    }
