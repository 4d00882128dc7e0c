"""The log as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officetui.office.history import action_words
from officetui.office.log import Row
from officetui.office.log_page import Page
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import utc_text
from officetui.report.objects import Object, record_object
from officetui.report.tables import table
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.office import Office


def when(office: Office, row: Row, page: Page) -> str:
    """The office's clock; over several days with the day."""
    local = office.clock(row.at)
    return local.strftime("%H:%M" if page.first == page.last else "%m-%d %H:%M")


def title(row: Row) -> str:
    """What the sentence does not say of the record: its title after its badge."""
    return "" if row.heading in row.sentence else row.heading


def register_words(page: Page) -> str:
    """The heading of what the registers say."""
    if page.first == page.last:
        return _("In the registers of that day")
    return _("In the registers of those days")


def record_cells(record: Record, page: Page) -> tuple[str, str, str, str]:
    """A record of a page: its hour, over several days with the day, its register, what it is
    called, how far it is."""
    register = BY_ID[record.register]
    hour = record.text(register.day)[11:16]
    if page.first != page.last:
        hour = f"{record.text(register.day)[5:10]} {hour}".strip()
    words = " ".join(part for part in (register.badge(record), register.headline(record)) if part)
    return hour, register.name(), visible(words, limit=200), register.state_words(record)


def log_text(office: Office, page: Page, rows: list[Row], width: int | None) -> str:
    """What was done, and what the registers say of the day."""
    parts = []
    if rows:
        cells = [[when(office, row, page), row.sentence, title(row)] for row in rows]
        parts.append(table((), cells, width, fixed=1))
    if page.records:
        parts.append(register_words(page))
        found = [list(record_cells(record, page)) for record in page.records]
        parts.append(table((), found, width, fixed=1))
    return "\n".join(parts)


def row_object(row: Row) -> Object:
    """One thing that was done."""
    return {
        "at": utc_text(row.at),
        "user": row.user,
        "unit": row.unit,
        "register": row.register,
        "id": row.record,
        "heading": row.heading,
        "sentence": row.sentence,
        "action": row.action,
        "action_words": action_words(row.action),
        "state": row.state or None,
        "count": row.n,
        "stamp": row.t,
        "undoes": row.undoes or None,
    }


def log_object(office: Office, page: Page, rows: list[Row]) -> Object:
    """The log of a span of days."""
    return {
        "from": page.first.isoformat(),
        "to": page.last.isoformat(),
        "changes": [row_object(row) for row in rows],
        "records": [record_object(office, record) for record in page.records],
        "begins": page.began.isoformat() if page.began is not None else None,
    }
