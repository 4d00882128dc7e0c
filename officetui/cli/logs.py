"""`officetui log` and `officetui figures`: what was done, and its numbers."""

from __future__ import annotations

import click

from officetui.cli.reading import as_json as json_option
from officetui.cli.reading import day_of
from officetui.cli.session import clean, give, give_json, opened, say, width
from officetui.text.i18n import _, ngettext


def log(
    day: str | None,
    week: bool,
    month: bool,
    person: str | None,
    register: str | None,
    unit: str | None,
    as_json: bool,
) -> int:
    """What was done on a day (today), in its week or in its month."""
    if week and month:
        raise click.UsageError(_("--week and --month do not go together."))
    import msgspec

    from officetui.office import log_page, periods
    from officetui.office.log import units as log_units
    from officetui.report import log as report

    with opened() as office:
        kind: periods.Kind = "week" if week else "month" if month else "day"
        wanted = day_of(office, clean([day])[0]) if day else office.today
        filters = []
        if register:
            filters.append(log_page.REGISTER + office.register(clean([register])[0]).id)
        if person:
            filters.append(log_page.PERSON + clean([person])[0])
        if unit:
            filters.append(log_page.UNIT + clean([unit])[0])
        page = log_page.read(office, kind, wanted)
        rows = [row for row in page.rows if log_page.passes(row, filters)]
        if filters:
            records = log_page.narrowed(page.records, filters, log_units(office))
            page = msgspec.structs.replace(page, records=records)
        if as_json:
            give_json(report.log_object(office, page, rows))
            return 0
        give(report.log_text(office, page, rows, width()))
        said = ngettext("{n} change", "{n} changes", len(rows)).format(n=len(rows))
        when = periods.words(kind, wanted, office.today)
        say(_("{label}: {what}").format(label=when, what=said))
        if page.empty and not filters:
            say(log_page.nothing(page, office.today))
    return 0


def figures(day: str | None, month: bool, as_json: bool) -> int:
    """The numbers of the week of a day (today), or of its month."""
    from officetui.office import figures as counting
    from officetui.office import periods

    with opened() as office:
        kind: periods.Kind = "month" if month else "week"
        wanted = day_of(office, clean([day])[0]) if day else office.today
        found = counting.figures(office, kind, wanted)
        if as_json:
            give_json(found)
            return 0
        from officetui.report.charts import text

        give(text(office, found, width()))
        say(periods.words(kind, wanted, office.today))
    return 0


COMMANDS: dict[str, click.Command] = {
    "log": click.Command(
        "log",
        callback=log,
        help=_("What was done on a day, in its week or in its month, as sentences."),
        params=[
            click.Option(["--date", "day"], metavar="D", help=_("2026-11-20, tomorrow, fri, 周五")),
            click.Option(["--week"], is_flag=True, help=_("The whole week of that day.")),
            click.Option(["--month"], is_flag=True, help=_("The whole month of that day.")),
            click.Option(["--person"], metavar="P", help=_("Only what this person did.")),
            click.Option(["--register"], metavar="R", help=_("Only of this register.")),
            click.Option(["--unit"], metavar="U", help=_("Only matters of this unit.")),
            json_option,
        ],
    ),
    "figures": click.Command(
        "figures",
        callback=figures,
        help=_(
            "The numbers of a week, or of a month: papers in and out, what was done in time, "
            "visits, turns of duty, follow-ups by colour."
        ),
        params=[
            click.Option(["--date", "day"], metavar="D", help=_("2026-11-20, tomorrow, fri, 周五")),
            click.Option(["--month"], is_flag=True, help=_("The whole month of that day.")),
            json_option,
        ],
    ),
}
