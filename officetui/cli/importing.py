"""The command that takes in spreadsheets: import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from officetui.cli.session import clean, done_object, give, give_json, opened, say, told, width
from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.intake.importer import Plan, SheetPlan


def import_(file: str, register: str | None, dry_run: bool, as_json: bool) -> int:
    """Take in a file: what each column was understood as, each row's fate; one undo for all."""
    from officetui.intake.importer import plan, summary

    with opened() as office:
        clean([register or ""])
        planned = plan(file, office, register, office.get)
        new = planned.new()
        done = office.create_many(new) if new and not dry_run else None
        if as_json:
            found = plan_object(planned, dry_run)
            give_json(found | (done_object(office, done) if done else {}))
            return 0
        give("\n".join(_lines(planned, dry_run, width())))
        counts = summary(planned.counts())
        say(_("{label}: {what}").format(label=visible(planned.file), what=counts))
        if dry_run:
            say(_("Nothing was written: this was a dry run."))
        elif done is not None:
            told(done)
            say(_("One “officetui undo” takes the whole import back."))
        else:
            say(_("Nothing was written: there is nothing new in it."))
    return 0


def plan_object(planned: Plan, dry_run: bool) -> dict[str, Any]:
    """What an import does, as an object."""
    return {
        "file": planned.file,
        "dry_run": dry_run,
        "counts": planned.counts(),
        "sheets": [
            {
                "name": sheet.name,
                "register": sheet.register,
                "reason": sheet.reason or None,
                "header_row": sheet.header_row or None,
                "columns": [
                    {"heading": c.heading, "field": c.field, "how": c.how or None}
                    for c in sheet.columns
                ],
                "rows": [
                    {
                        "row": row.row,
                        "fate": row.fate,
                        "reason": row.reason or None,
                        "title": row.title or None,
                        "id": row.ref.partition("/")[2] or None,
                    }
                    for row in sheet.rows
                ],
            }
            for sheet in planned.sheets
        ],
    }


def _lines(planned: Plan, every_row: bool, cells: int | None) -> Iterator[str]:
    for number, sheet in enumerate(planned.sheets):
        if number:
            yield ""
        yield from _sheet(sheet, every_row, cells)


def _sheet(sheet: SheetPlan, every_row: bool, cells: int | None) -> Iterator[str]:
    """A sheet in tables; without `every_row` only what somebody should look at."""
    from officetui.intake.importer import FATES
    from officetui.registers.registry import BY_ID
    from officetui.report.tables import table

    name = visible(sheet.name, limit=60)
    if sheet.register is None:
        words = _("Sheet “{name}”: not imported. {reason}")
        yield visible(words.format(name=name, reason=sheet.reason))
        return
    register = BY_ID[sheet.register]
    words = _("Sheet “{name}”: {register}, header in row {row}.")
    yield words.format(name=name, register=register.name(), row=sheet.header_row)
    if every_row:
        columns = []
        for column in sheet.columns:
            field = register.field(column.field) if column.field else None
            columns.append(["", column.heading or "?", field.title() if field else "-", column.how])
        yield table(
            ["", _("Column"), _("Understood as"), pgettext("import", "How")], columns, cells
        )
    rows = [
        ["", str(row.row), _(FATES[row.fate]), row.title, row.reason]
        for row in sheet.rows
        if every_row or row.fate in ("refused", "differs") or (row.fate == "new" and row.reason)
    ]
    if rows:
        heads = ["", _("Row"), _("Fate"), pgettext("import", "What"), _("Why")]
        yield table(heads, rows, cells, right="1")


COMMANDS: dict[str, click.Command] = {
    "import": click.Command(
        "import",
        callback=import_,
        help=_(
            "Take in a spreadsheet of the office: .xlsx, .xls, .ods, .csv or tab-separated text. "
            "The header is found wherever it is; a bad row never stops the others; nothing is "
            "taken in twice; one undo takes it all back."
        ),
        params=[
            click.Argument(["file"]),
            click.Option(
                ["--register"],
                metavar="R",
                help=_("What it is, where the header does not tell: documents, duty, …"),
            ),
            click.Option(
                ["--dry-run", "dry_run"],
                is_flag=True,
                help=_("Show each column's meaning and each row's fate; write nothing."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs.")),
        ],
    ),
}
