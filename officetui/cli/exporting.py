"""The command that gives a register out as a file: export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from officetui.cli.naming import Naming
from officetui.cli.reading import day_of
from officetui.cli.session import clean, give, opened, say
from officetui.errors import Refused
from officetui.report.files import write_whole
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officetui.office.office import Office
    from officetui.registers.model import Register
    from officetui.registers.record import Record


def export(
    register: str,
    out: str,
    open_: bool,
    day: str | None,
    year: int | None,
    phones: bool,
    person: str | None,
    replace: bool,
) -> int:
    """Write the records of a register to a file, or as CSV to standard output ("-")."""
    calendar = Path(out).suffix.lower() == ".ics"
    if person is not None and not calendar:
        raise click.UsageError(_("--person goes with a calendar: --out FILE.ics"))
    with opened() as office:
        table = office.register(clean([register])[0])
        if calendar:
            which = Which(open_, day, year, clean([person])[0].strip() if person else "")
            _as_calendar(office, table, which, Path(out), replace)
            return 0
        if table.id == "schedule" and Path(out).suffix.lower() in (".txt", ".html"):
            _day_sheet(office, day, Path(out), replace)
            return 0
        found = office.list(
            table.id,
            open=True if open_ else None,
            day=day_of(office, clean([day])[0]) if day else None,
            year=year,
        )
        if out == "-":
            from officetui.report.sheet import as_csv

            give(as_csv(office, table, found, phones).removesuffix("\r\n"))
        else:
            _to_file(office, table, found, Path(out), phones, replace)
        count = ngettext("{n} record", "{n} records", len(found)).format(n=len(found))
        words = _("{label}: {what}").format(label=table.name(), what=count)
        say(words + ("" if out == "-" else f"  {visible(out)}"))
    return 0


class Which(NamedTuple):
    """What the options leave of a register."""

    open: bool
    day: str | None
    year: int | None
    person: str


def _as_calendar(office: Office, table: Register, which: Which, path: Path, replace: bool) -> None:
    """The appointments of a register, or of one person in it, as an iCalendar file."""
    from officetui.office.appointments import appointments
    from officetui.report.ical import as_ical

    found = appointments(
        office,
        table.id,
        person=which.person,
        open=True if which.open else None,
        day=day_of(office, clean([which.day])[0]) if which.day else None,
        year=which.year,
    )
    name = " ".join(part for part in (office.name, table.name(), which.person) if part)
    data = as_ical(found, office.zone, name)
    write_whole(path, replace, lambda temp: temp.write_bytes(data))
    count = ngettext("{n} appointment", "{n} appointments", len(found)).format(n=len(found))
    words = _("{label}: {what}").format(label=table.name(), what=count)
    say(f"{words}  {visible(str(path))}")


def _day_sheet(office: Office, day: str | None, path: Path, replace: bool) -> None:
    """The leaders' sheet of a day, today's by default, to send as text or to print."""
    from officetui.office.day_sheet import day_sheet
    from officetui.report import day_sheet as report

    wanted = day_of(office, clean([day])[0]) if day else office.today
    lines = day_sheet(office, wanted)
    write = report.as_html if path.suffix.lower() == ".html" else report.as_text
    text = write(lines, office.name, wanted).rstrip("\n") + "\n"
    write_whole(path, replace, lambda temp: temp.write_bytes(text.encode()))
    say(f"{report.heading(office.name, wanted)}  {visible(str(path))}")


def _to_file(
    office: Office,
    table: Register,
    found: Sequence[Record],
    path: Path,
    phones: bool,
    replace: bool,
) -> None:
    """The records as a spreadsheet."""
    from officetui.report import sheet

    kind = path.suffix.lower().removeprefix(".")
    if kind not in sheet.FORMATS:
        words = _("{file}: the name has to end in {endings}, or be - for standard output.")
        endings = " ".join(f".{one}" for one in (*sheet.FORMATS, "ics"))
        raise Refused(words.format(file=visible(str(path)), endings=endings), field="out")

    def write(temp: Path) -> None:
        if kind == "csv":
            text = sheet.as_csv(office, table, found, phones)
            temp.write_bytes("\ufeff".encode() + text.encode())  # so that Excel knows it is UTF-8
        else:
            sheet.write_xlsx(temp, office, table, found, phones)

    write_whole(path, replace, write)


COMMANDS: dict[str, click.Command] = {
    "export": Naming(
        "export",
        callback=export,
        help=_(
            "A register as a spreadsheet, .xlsx or .csv; - is CSV on standard output. Visitors'"
            " phones are masked. Duty, meetings and schedule also as a calendar, .ics; the"
            " schedule of a day as the leaders' sheet, .html to print or .txt to send."
        ),
        params=[
            click.Argument(["register"]),
            click.Option(["--out"], required=True, metavar="FILE", help=_("Where to write it.")),
            click.Option(["--open", "open_"], is_flag=True, help=_("Only what is not finished.")),
            click.Option(["--date", "day"], metavar="D", help=_("Only of this day.")),
            click.Option(["--year"], type=int, metavar="Y", help=_("Only of this year.")),
            click.Option(
                ["--phones"], is_flag=True, help=_("Visitors' phones in full, not masked.")
            ),
            click.Option(
                ["--person"], metavar="P", help=_("Of a calendar: only what this person has.")
            ),
            click.Option(
                ["--replace"], is_flag=True, help=_("Write over a file that is there already.")
            ),
        ],
    ),
}
