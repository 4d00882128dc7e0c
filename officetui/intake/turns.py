"""Rows of a duty roster as seats: one record for each line, day and seat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from officetui.intake.cells import When, people_of, phones_of, text_of
from officetui.intake.dating import main_date, settle
from officetui.intake.headings import folded, heading_of, is_phone
from officetui.intake.roster import line_of, marks, row_label
from officetui.intake.rows import Context, Row, blocks
from officetui.intake.rows import left_out as left_out_row
from officetui.intake.sheets import Cell, Sheet
from officetui.intake.table import Column, Table
from officetui.text.i18n import N_, _
from officetui.text.words import listed

Turn = tuple[str, str, str]  # name, phone, remark
_NOBODY: Final = frozenset(("无", "-", "—", "/", "\\", "空", "休", "待定", "×", "x"))


def read_turns(sheet: Sheet, table: Table, ctx: Context) -> Iterator[Row]:
    """Every seat of a roster, with the rows that were left out or refused."""
    ctx.year, ctx.month, ctx.last = table.year, table.month, None
    ctx.phones = {**_phones(sheet, table), **ctx.phones}
    seats: dict[tuple[str, str], int] = {}
    if table.layout == "across":
        yield from _across(sheet, table, ctx, seats)
    elif table.layout == "matrix":
        yield from _matrix(sheet, table, ctx, seats)
    else:
        yield from _down(sheet, table, ctx, seats)


def _phones(sheet: Sheet, table: Table) -> dict[str, str]:
    """Whose phone is whose, where a cell with one name stands before one phone."""
    found: dict[str, str] = {}
    pairs = [(column.of, column.index) for column in table.columns if column.how == "phone"]
    for raw in sheet.rows[table.header_row :]:
        for who, phone in pairs:
            if who < 0 or phone >= len(raw):
                continue
            people, phones = people_of(raw[who]), phones_of(raw[phone])
            if people and phones and len(phones) in (1, len(people)):
                for person, number in zip(people, phones, strict=False):
                    found.setdefault(person[0], number)
    return found


def _down(
    sheet: Sheet, table: Table, ctx: Context, seats: dict[tuple[str, str], int]
) -> Iterator[Row]:
    header = [folded(heading_of(cell)) for cell in sheet.rows[table.header_row - 1]]
    groups = blocks(table)
    # Tables side by side are the first and the second half of one month: one after the other.
    for number, columns in enumerate(groups):
        ctx.last = None
        for index in range(table.header_row, len(sheet.rows)):
            raw = sheet.rows[index]
            why = left_out_row(raw, header, ctx)
            if why:
                if not number:
                    yield Row(index + 1, {}, skipped=why)
            elif any(_value(raw, column) is not None for column in columns):
                yield from _day_of_roster(raw, index + 1, columns, table, ctx, seats)
            elif not number and len(groups) == 1:
                yield Row(index + 1, {}, skipped=N_("blank"))


def _value(raw: Sequence[Cell], column: Column) -> Cell:
    return raw[column.index] if column.index < len(raw) else None


def _day_of_roster(
    raw: Sequence[Cell],
    at: int,
    columns: Sequence[Column],
    table: Table,
    ctx: Context,
    seats: dict[tuple[str, str], int],
) -> Iterator[Row]:
    from officetui.intake.rows import read_row

    plain = [column for column in columns if column.field not in ("person", "phone")]
    shared = read_row(raw, at, plain, table, ctx)
    if shared.refused:
        yield shared
        return
    turns, lost = _turns(raw, columns)
    if not turns:
        shared.skipped = N_("nobody on duty")
        yield shared
        return
    if "date" not in shared.whens and "date?" not in shared.raw and ctx.last is not None:
        day: date | None = ctx.last  # an empty date under a merged or repeated one
        shared.cells["date"] = ctx.last.isoformat()
    else:
        day = main_date(shared, ctx, "date", "duty")
    if day is None:
        yield shared
        return
    shared.extras.extend(lost)
    named = str(shared.cells.pop("line", ""))
    shared.cells.pop("seat", None)
    first = True
    for one in _span(shared, day, ctx):
        for lines, people in turns:
            wanted = line_of(named, ctx.lines) or ((named,) if named else lines)
            for line in wanted:
                for turn in people:
                    row = Row(at, {"date": one.isoformat()}, [], set(), [], [], {}, {})
                    if first:  # what is said of the row is said once
                        row.cells.update(shared.cells)
                        row.extras, row.remarks = shared.extras, shared.remarks
                    _seat(row, line, turn, ctx, seats)
                    first = False
                    yield row


def _span(row: Row, day: date, ctx: Context) -> list[date]:
    """The days of a row: 10月1日—3日 are three."""
    found = row.whens.get("date")
    if found is None or found.end_day is None:
        return [day]
    month, last = found.end_day
    until = settle(When(0, month or day.month, last), ctx, base=day)
    if until is None or not day < until < day + timedelta(days=32):
        return [day]
    ctx.last = until
    return [day + timedelta(days=n) for n in range((until - day).days + 1)]


def _turns(
    raw: Sequence[Cell], columns: Sequence[Column]
) -> tuple[list[tuple[tuple[str, ...], list[Turn]]], list[tuple[str, str]]]:
    """The people of each column of the roster with their phones, and phones of nobody."""
    phones = {c.of: c for c in columns if c.how == "phone" and c.of >= 0}
    turns = []
    lost = []
    for column in columns:
        if column.field != "person":
            continue
        value = _value(raw, column)
        people = [] if folded(text_of(value)) in _NOBODY else people_of(value)
        numbers = phones_of(_value(raw, phones[column.index])) if column.index in phones else []
        if people:
            turns.append((column.lines, _with_phones(people, numbers)))
        elif numbers:
            lost.append((column.heading, listed(numbers)))
        elif value is not None and text_of(value) and folded(text_of(value)) not in _NOBODY:
            lost.append((column.heading, text_of(value)))
    return turns, lost


def _with_phones(people: list[Turn], numbers: list[str]) -> list[Turn]:
    """One phone belongs to the first; as many phones as people, each to his."""
    given = []
    for index, (name, phone, remark) in enumerate(people):
        if not phone and index < len(numbers):
            phone = numbers[index]
            if index == len(people) - 1 and len(numbers) > len(people):
                phone = "、".join(numbers[index:])
        given.append((name, phone, remark))
    return given


def _seat(row: Row, line: str, turn: Turn, ctx: Context, seats: dict[tuple[str, str], int]) -> None:
    name, phone, remark = turn
    key = (str(row.cells["date"]), line)
    seats[key] = seats.get(key, 0) + 1
    row.cells.update(line=line, seat=seats[key], person=name)
    if phone:
        row.cells["phone"] = phone
    else:
        row.conclude(phone=ctx.phones.get(name))
    if remark:
        row.keep(name, remark)
    if all(str(known["id"]) != line for known in ctx.lines):
        row.remarks.append(
            _("The settings have no duty line “{line}”: its hours are not known.").format(line=line)
        )
    row.conclude(state="planned")


# --- days across ---------------------------------------------------------------------------------


def _days(table: Table, ctx: Context) -> list[tuple[Column, date | None]]:
    found = []
    month = ctx.month
    for column in table.columns:
        if column.how != "day" or column.day is None:
            continue
        if ctx.last is not None and column.day.day == 1 and not column.day.month:
            ctx.month = ctx.last.month % 12 + 1  # the columns run on into the next month
        day = settle(column.day, ctx)
        ctx.last = day or ctx.last
        found.append((column, day))
    ctx.month = month
    return found


def _refusable(days: Sequence[tuple[Column, date | None]], at: int) -> Row | None:
    """Days without a month cannot be placed: said once, for the header."""
    bad = [column.heading for column, day in days if day is None]
    if not bad:
        return None
    row = Row(at, {}, [], set(), [], [], {}, {})
    row.refused = _("No such day, or no month in the title: {days}.").format(days=listed(bad[:5]))
    return row


def _across(
    sheet: Sheet, table: Table, ctx: Context, seats: dict[tuple[str, str], int]
) -> Iterator[Row]:
    days = _days(table, ctx)
    bad = _refusable(days, table.header_row)
    if bad is not None:
        yield bad
    first = days[0][0].index
    before: tuple[str, ...] = ()
    rows = sheet.rows
    for index in range(table.header_row, len(rows)):
        raw = rows[index]
        label = row_label(raw, first)
        lines = line_of(label, ctx.lines)
        body = [_value(raw, column) for column, _day in days]
        if not lines and is_phone(label):
            continue  # read with the row above
        if not lines and not label and before and any(people_of(cell) for cell in body):
            lines = before  # a second person of the same line, under a merged or empty label
        if not lines or all(cell is None for cell in body):
            yield Row(index + 1, {}, skipped=N_("blank") if not any(raw) else N_("note"))
            continue
        before = lines
        below = rows[index + 1] if index + 1 < len(rows) else []
        phones = below if is_phone(row_label(below, first)) else []
        for column, day in days:
            value = _value(raw, column)
            if day is None or folded(text_of(value)) in _NOBODY:
                continue
            people = _with_phones(people_of(value), phones_of(_value(phones, column)))
            yield from _seats(index + 1, day, lines, people, ctx, seats)


def _matrix(
    sheet: Sheet, table: Table, ctx: Context, seats: dict[tuple[str, str], int]
) -> Iterator[Row]:
    days = _days(table, ctx)
    bad = _refusable(days, table.header_row)
    if bad is not None:
        yield bad
    first = days[0][0].index
    for index in range(table.header_row, len(sheet.rows)):
        raw = sheet.rows[index]
        people = people_of(row_label(raw, first))
        if not people or all(_value(raw, column) is None for column, _day in days):
            yield Row(index + 1, {}, skipped=N_("blank") if not any(raw) else N_("note"))
            continue
        for column, day in days:
            text = text_of(_value(raw, column))
            if day is None or not text:
                continue
            lines = marks(text, ctx.lines)
            if lines is None:
                row = Row(index + 1, {}, [], set(), [], [], {}, {})
                row.refused = _("“{text}” on {date} is no shift that is known.").format(
                    text=text[:40], date=day.isoformat()
                )
                yield row
                continue
            yield from _seats(index + 1, day, lines, people[:1], ctx, seats)


def _seats(
    at: int,
    day: date,
    lines: Sequence[str],
    people: Sequence[Turn],
    ctx: Context,
    seats: dict[tuple[str, str], int],
) -> Iterator[Row]:
    for line in lines:
        for turn in people:
            cells: dict[str, Any] = {"date": day.isoformat()}
            row = Row(at, cells, [], set(), [], [], {}, {})
            _seat(row, line, turn, ctx, seats)
            yield row
