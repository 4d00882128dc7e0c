"""A register as a spreadsheet: xlsx that prints on A4, or CSV; `officetui import` reads it again.

What people typed is written as text and nothing else: a cell that begins with "=" is no formula
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from officetui.office import withheld
from officetui.office.numbers import in_column
from officetui.registers.common import masked
from officetui.registers.duty_turns import line_label
from officetui.registers.model import Field, Register
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.text.i18n import _
from officetui.text.safe import visible_block
from officetui.text.width import cell_width

if TYPE_CHECKING:
    from officetui.office.office import Office

Cell = str | int | date | None  # a datetime is a date
FORMATS: Final = ("xlsx", "csv")
OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_HIDDEN: Final = ("parent", "pos")
_MOST: Final = 60  # cells of a column; longer text is wrapped
_MOST_TEXT: Final = 32_767  # characters of a cell in xlsx (ECMA-376, 18.3.1)
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def fields(register: Register) -> list[Field]:
    """The columns: everything people write, and the state."""
    return [
        field
        for field in register.fields
        if field.name not in _HIDDEN
        and field.kind not in ("json", "refs", "ref")
        and (not field.bookkeeping or field.name == "state" or field.kind == "day")
    ]


def cell(office: Office, field: Field, record: Record, phones: bool) -> Cell:
    """A cell: dates as dates, whole numbers as numbers, all else as text that is harmless."""
    value = record.get(field.name)
    register = BY_ID[record.register]
    series = register.numbering
    if value in (None, "", []):
        waiting = series is not None and series.field == field.name
        return (in_column(office, record, "no") or None) if waiting else None
    if field.name == "state":
        state = register.state(record.state)
        return _(state.label) if state is not None else visible_block(record.state)
    if field.kind in ("day", "moment"):
        found: Cell = record.moment(field.name) or record.day(field.name)
        if found is not None:
            return found
    if field.kind == "instant":
        instant = record.instant(field.name)
        if instant is not None:
            return office.clock(instant).replace(second=0, microsecond=0)
    if field.kind == "whole" and isinstance(value, int) and not isinstance(value, bool):
        return value
    if field.kind == "line":
        return visible_block(line_label(office, record.text(field.name)))
    if field.private and not phones:
        return masked(record.text(field.name))
    return visible_block(field.show(value))


def rows(
    office: Office, register: Register, records: Iterable[Record], phones: bool
) -> list[list[Cell]]:
    """The records as rows of `fields`."""
    columns = fields(register)
    told = [withheld.shown(office, record) for record in records]
    return [[cell(office, field, record, phones) for field in columns] for record in told]


def as_csv(office: Office, register: Register, records: Sequence[Record], phones: bool) -> str:
    """The records as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an
    apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.title() for field in fields(register)])
    for row in rows(office, register, records, phones):
        writer.writerow([_plain(value) for value in row])
    return out.getvalue()


def _plain(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_DANGEROUS) else text


def write_xlsx(
    path: Path, office: Office, register: Register, records: Sequence[Record], phones: bool
) -> None:
    """Write the records to a workbook at `path`: a sheet of the register, and one for each of its
    lists (readers, urgings) that has rows. Raises OSError."""
    import xlsxwriter

    with to_errors(), xlsxwriter.Workbook(str(path), OPTIONS) as book:
        _sheet(book, register.name(), _table(office, register, records, phones))
        for child in register.children:
            table = _list_table(office, register, child, records, phones)
            if len(table) > 1:
                _sheet(book, f"{register.name()} {child.name()}", table)


@contextmanager
def to_errors() -> Iterator[None]:
    """A workbook that cannot be written raises OSError, as any file does."""
    import xlsxwriter

    try:
        yield
    except xlsxwriter.exceptions.FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def plain_name(name: str) -> str:
    """A name that a sheet may have: at most 31 characters, without those that are refused."""
    return "".join("_" if c in "[]:*?/\\" else c for c in name)[:31]


def _table(
    office: Office, register: Register, records: Sequence[Record], phones: bool
) -> list[list[Cell]]:
    heads: list[Cell] = [field.title() for field in fields(register)]
    return [heads, *rows(office, register, records, phones)]


def _list_table(
    office: Office, register: Register, child: Register, records: Sequence[Record], phones: bool
) -> list[list[Cell]]:
    """The children of all the records, each with its parent's name in front."""
    heads: list[Cell] = [register.name(), *(field.title() for field in fields(child))]
    found: list[list[Cell]] = [heads]
    for record in records:
        name = visible_block(register.title(record))
        members = office.children(record, child.id)
        found += [[name, *row] for row in rows(office, child, members, phones)]
    return found


def _sheet(book: Any, name: str, table: Sequence[Sequence[Cell]]) -> None:
    """One sheet: a head that is repeated on every page, dates as dates, A4 across."""
    sheet = book.add_worksheet(plain_name(name))
    text = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1}
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1}),
        "text": book.add_format(text),
        "day": book.add_format({**text, "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({**text, "num_format": "yyyy-mm-dd hh:mm"}),
        "whole": book.add_format({**text, "num_format": "0"}),
    }
    for y, row in enumerate(table):
        for x, value in enumerate(row):
            if y == 0:
                sheet.write_string(y, x, str(value), styles["head"])
            elif isinstance(value, datetime):
                sheet.write_datetime(y, x, value, styles["moment"])
            elif isinstance(value, date):
                sheet.write_datetime(y, x, datetime(*value.timetuple()[:3]), styles["day"])
            elif isinstance(value, int):
                sheet.write_number(y, x, value, styles["whole"])
            elif value is None:
                sheet.write_blank(y, x, None, styles["text"])
            else:
                sheet.write_string(y, x, value[:_MOST_TEXT], styles["text"])
    for x in range(len(table[0])):
        widest = max(cell_width(_plain(row[x]).partition("\n")[0]) for row in table)
        sheet.set_column(x, x, min(max(widest + 2, 8), _MOST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(table) - 1, 1), len(table[0]) - 1)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
