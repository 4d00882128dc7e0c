"""The seats of the duty roster of a month that lies in its book: read by a worker, beside the
keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officetui.office import picking
from officetui.office.look import alive
from officetui.registers.record import Record
from officetui.store import pick

if TYPE_CHECKING:
    from officetui.office.reading import Reading


def past_month(office: Reading, first: date) -> list[Record]:
    """The seats of the month of that day that its book holds. Holds no lock while it reads; a
    damaged book holds nothing here."""
    month = first.isoformat()[:7]
    needles = {"duty": (f'"{month}-'.encode(),)}
    with office.lock:
        if first.year not in office.store.years():
            return []
        on_desk = set(office.store.desk("duty"))
    docs = picking.tables(office, first.year, needles).get("duty", {})
    return [
        Record("duty", doc)
        for doc in pick.holding(docs, needles["duty"])
        if str(doc.get("date")).startswith(month) and doc.get("id") not in on_desk and alive(doc)
    ]
