"""Commands that read: today, list, show, steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import click

from officetui.cli.naming import Naming
from officetui.cli.session import clean, give, give_json, opened, say, width
from officetui.errors import Refused
from officetui.text.i18n import _, ngettext, pgettext

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.registers.model import Column, Register
    from officetui.registers.record import Record

MORNING = time(8)

as_json = click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs."))


def day_of(office: Office, text: str) -> date:
    """A date as people type it. Raises Refused."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        from officetui.intake.values import read
        from officetui.registers.model import Field

        return date.fromisoformat(str(read(Field("date", "Date", "day"), text, office))[:10])


def today(day: str | None, as_json: bool) -> int:
    """The board of now; of another day, as it stands at 8:00."""
    with opened() as office:
        moment = None
        if day:
            wanted = day_of(office, clean([day])[0])
            if wanted != office.today:
                moment = datetime.combine(wanted, MORNING)
        board = office.board(moment)
        if as_json:
            from officetui.report.objects import board_object

            give_json(board_object(office, board))
        else:
            from officetui.report.board import board_text

            give(board_text(board, width()))
    return 0


def list_(
    register: str,
    open_: bool,
    day: str | None,
    year: int | None,
    of: str | None,
    phones: bool,
    as_json: bool,
) -> int:
    """The records of a register, or `conflicts`, `waiting`, `numbers` or `counts` (`of` which
    register)."""
    with opened() as office:
        if register in ("conflicts", _("conflicts")):
            return _list_conflicts(office, as_json)
        if register in ("numbers", pgettext("list", "numbers")):
            return _list_numbers(office, of, year, as_json)
        if register in ("counts", pgettext("list", "counts")):
            return _list_counts(office, of, day, as_json)
        if register in ("waiting", pgettext("list", "waiting")):
            return _list_waiting(office, as_json)
        if of is not None:
            raise click.UsageError(_("--register goes with “list numbers” and “list counts”."))
        table = office.register(clean([register])[0])
        found = office.list(
            table.id,
            open=True if open_ else None,
            day=day_of(office, clean([day])[0]) if day else None,
            year=year,
        )
        if as_json:
            from officetui.report.objects import record_object

            give_json([record_object(office, record) for record in found])
        else:
            _print_records(office, table, found, phones)
    return 0


def _print_records(office: Office, table: Register, found: Sequence[Record], phones: bool) -> None:
    from officetui.office import withheld
    from officetui.registers.workflow import unapproved
    from officetui.report.tables import table as lay_out

    cells = width()
    columns = _columns(table, cells)
    rows = [
        [office.short(record), *(_cell(column, record, office, phones) for column in columns)]
        for record in (withheld.shown(office, record) for record in found)
    ]
    if rows:
        give(lay_out([_("Id"), *(_(column.label) for column in columns)], rows, cells, fixed=1))
    count = ngettext("{n} record", "{n} records", len(found)).format(n=len(found))
    say(_("{label}: {what}").format(label=table.name(), what=count))
    waits = [office.short(record) for record in found if unapproved(record)]
    if waits:
        say(_("To be approved afterwards: {records}").format(records=", ".join(waits)))


def _columns(table: Register, cells: int | None) -> Sequence[Column]:
    if table.columns:
        rank = 3 if cells is None or cells >= 140 else 2 if cells >= 100 else 1
        return _fitting([column for column in table.columns if column.rank <= rank], cells)
    from officetui.registers.model import Column

    return [
        Column(field.name, field.label, 12, _reader(field.name))
        for field in table.fields
        if field.name not in ("pos", "links")
    ]


def _fitting(columns: list[Column], cells: int | None) -> list[Column]:
    """The columns that a narrow terminal has room for: from the right they are left out."""
    room = 10**9 if cells is None else cells - 7  # the short id
    while len(columns) > 1 and sum(c.width + 2 for c in columns) > room:
        last = max(at for at, column in enumerate(columns) if not column.grow)
        columns = columns[:last] + columns[last + 1 :]
    return columns


def _reader(cell: str) -> Any:
    return lambda record, view: _field_text(record, cell)


def _field_text(record: Record, cell: str) -> str:
    from officetui.registers.registry import BY_ID

    field = BY_ID[record.register].field(cell)
    return field.show(record.get(cell)) if field else record.text(cell)


def _cell(column: Column, record: Record, office: Office, phones: bool) -> str:
    if phones and column.id == "phone":
        return record.text("phone")
    shown = column.read(record, office)
    if not shown:
        from officetui.office.numbers import in_column

        return in_column(office, record, column.id)
    return shown


def _list_conflicts(office: Office, as_json: bool) -> int:
    from officetui.office.conflicts import conflicts

    found = conflicts(office)
    if as_json:
        from officetui.report.objects import conflict_object

        give_json([conflict_object(one) for one in found])
        return 0
    from officetui.report.conflicts import conflict_rows
    from officetui.report.tables import table as lay_out

    rows = [row for one in found for row in conflict_rows(office, one)]
    if rows:
        record = pgettext("table", "Record")
        heads = [_("Id"), record, _("Field"), _("Value"), _("User"), _("When")]
        give(lay_out(heads, rows, width(), fixed=1))
    say(ngettext("{n} conflict", "{n} conflicts", len(found)).format(n=len(found)))
    return 0


def _list_numbers(office: Office, of: str | None, year: int | None, as_json: bool) -> int:
    from officetui.office.runs import runs

    table = office.register(clean([of])[0]) if of else None
    if table is not None and table.numbering is None:
        raise Refused(_("{register} has no official numbers.").format(register=table.name()))
    found = runs(office, table.id if table is not None else None, year)
    from officetui.report import numbers

    if as_json:
        give_json([numbers.run_object(one) for one in found])
        return 0
    from officetui.report.tables import table as lay_out

    rows = [row for one in found for row in numbers.run_rows(office, one)]
    if rows:
        heads = [_("Series"), "", pgettext("table", "Numbers")]
        give(lay_out(heads, rows, width(), fixed=2))
    say(ngettext("{n} series of numbers", "{n} series of numbers", len(found)).format(n=len(found)))
    return 0


def _list_counts(office: Office, of: str | None, day: str | None, as_json: bool) -> int:
    """How many of each kind in the month of a day, now's without one."""
    from officetui.office import counting

    tables = [office.register(clean([of])[0])] if of else counting.counted_registers()
    when = clean([day])[0] if day else ""
    first = f"{when}-01" if len(when) == 7 else when
    month = f"{day_of(office, first) if first else office.today}"[:7]
    found = [counting.of_month(office, table, month) for table in tables]
    from officetui.report import counts

    if as_json:
        give_json([counts.month_object(one) for one in found])
        return 0
    for table, one in zip(tables, found, strict=True):
        give(counts.month_text(table, one, width()))
    return 0


def _list_waiting(office: Office, as_json: bool) -> int:
    from officetui.office.waiting import waiting
    from officetui.report import waiting as words

    found = waiting(office)
    if as_json:
        give_json([words.waiting_object(office, one) for one in found])
        return 0
    from officetui.report.tables import table as lay_out

    rows = [row for one in found for row in words.waiting_rows(office, one)]
    if rows:
        heads = [
            pgettext("waiting", "Held by"),
            pgettext("waiting", "What"),
            _("Next step"),
            pgettext("waiting", "Held"),
            _("Due"),
            pgettext("waiting", "Urgings"),
        ]
        give(lay_out(heads, rows, width(), fixed=1))
    n = sum(len(one.matters) for one in found)
    said = ngettext("{n} open, held by {people}", "{n} open, held by {people}", n)
    say(said.format(n=n, people=sum(1 for one in found if one.person)))
    return 0


def show(id_: str, history: bool, as_json: bool) -> int:
    """One record: its fields, children, steps, and with --history what happened to it."""
    with opened() as office:
        record = office.find(clean([id_])[0])
        if as_json:
            from officetui.report.objects import detail_object

            give_json(detail_object(office, record, history))
        else:
            from officetui.report.detail import detail_text

            give(detail_text(office, record, history, width()))
    return 0


def steps(register: str, as_json: bool) -> int:
    """The workflow of a register: step, from, to, needs, key."""
    from officetui.registers.registry import register_named

    table = register_named(clean([register])[0])
    from officetui.report import objects

    if as_json:
        give_json([objects.step_object(table, step) for step in table.steps])
        return 0
    from officetui.registers.workflow import needs
    from officetui.report.tables import table as lay_out

    rows = []
    for step in table.steps:
        asked = [
            field.name if need.required else f"[{field.name}]" for need, field in needs(table, step)
        ]
        every = not step.sources
        rows.append(
            [
                step.id,
                _(step.label),
                _("every open one") if every else " ".join(objects.sources(table, step)),
                step.target or "-",
                " ".join(asked) or "-",
                step.key,
            ]
        )
    heads = [
        _("Step"),
        pgettext("workflow", "Name"),
        pgettext("workflow", "From"),
        pgettext("workflow", "To"),
        pgettext("workflow", "Needs"),
        pgettext("workflow", "Key"),
    ]
    if rows:
        give(lay_out(heads, rows, width()))
    else:
        say(_("{register} has no steps.").format(register=table.name()))
    return 0


COMMANDS: dict[str, click.Command] = {
    "today": click.Command(
        "today",
        callback=today,
        help=_("The board of now, or of another day as it stands at 8:00."),
        params=[
            click.Option(["--date", "day"], metavar="D", help=_("2026-11-20, tomorrow, fri, 周五")),
            as_json,
        ],
    ),
    "list": Naming(
        "list",
        callback=list_,
        help=_(
            "The records of a register; or conflicts, the cells with more than one value; or "
            "waiting, everything open by who holds it; or numbers: by register and year "
            "the last one, gaps, what was given twice, blocks reserved, what waits for one; or "
            "counts: how many of each kind in a month (--date 2026-11)."
        ),
        params=[
            click.Argument(["register"]),
            click.Option(["--open", "open_"], is_flag=True, help=_("Only what is not finished.")),
            click.Option(["--date", "day"], metavar="D", help=_("Only of this day.")),
            click.Option(["--year"], type=int, metavar="Y", help=_("Only of this year.")),
            click.Option(
                ["--register", "of"],
                metavar="R",
                help=_("Of numbers and counts: only this register's."),
            ),
            click.Option(
                ["--phones"], is_flag=True, help=_("Visitors' phones in full, not masked.")
            ),
            as_json,
        ],
    ),
    "show": click.Command(
        "show",
        callback=show,
        help=_("One record by its id, its short id, or its number (收774)."),
        params=[
            click.Argument(["id_"], metavar="ID"),
            click.Option(["--history"], is_flag=True, help=_("And what happened to it.")),
            as_json,
        ],
    ),
    "steps": Naming(
        "steps",
        callback=steps,
        help=_("The workflow of a register: step, from, to, what it needs, its key."),
        params=[click.Argument(["register"]), as_json],
    ),
}
