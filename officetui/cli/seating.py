"""The command that seats a meeting: as text, and as SVG to print."""

from __future__ import annotations

from pathlib import Path

import click

from officetui.cli.reading import as_json
from officetui.cli.session import clean, give, give_json, opened, say
from officetui.errors import Refused
from officetui.registers.seating import SHAPES
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.words import listed


def seating(
    meeting: str,
    shape: str,
    rows: int,
    leaders: bool,
    svg: str | None,
    replace: bool,
    as_json: bool,
) -> int:
    """Draw who sits where at a meeting, from both sides."""
    from officetui.office.seating import seat
    from officetui.report import seating as report

    with opened() as office:
        record = office.find(clean([meeting])[0], None)
        seated = seat(office, record, shape, rows, leaders)
        title = record.text("title")
        if seated.unranked:
            words = _("Not in the order of precedence, seated after the others: {names}")
            say(words.format(names=listed(seated.unranked)))
        if svg is not None:
            from officetui.report.files import write_whole

            path = Path(svg)
            if path.suffix.lower() != ".svg":
                words = _("{file}: the name has to end in {endings}.")
                raise Refused(words.format(file=visible(svg), endings=".svg"), field="svg")
            data = report.plan_svg(seated.places, title).encode()
            write_whole(path, replace, lambda temp: temp.write_bytes(data))
            say(visible(svg))
        if as_json:
            give_json({"meeting": record.id, "places": report.plan_object(seated.places)})
        elif svg is None:
            give(report.plan_text(seated.places, title))
    return 0


COMMANDS: dict[str, click.Command] = {
    "seating": click.Command(
        "seating",
        callback=seating,
        help=_(
            "Who sits where at a meeting, from the order of precedence, drawn from both sides."
            " Left and right are those of the people seated."
        ),
        params=[
            click.Argument(["meeting"], metavar="MEETING"),
            click.Option(
                ["--shape"],
                metavar="|".join(SHAPES),
                default="row",
                show_default=True,
                help=_("One row, a U, or a rostrum with rows."),
            ),
            click.Option(
                ["--rows"],
                type=int,
                default=0,
                metavar="N",
                help=_("Of a rostrum: how many rows (2). Of a U: how many sit at its head."),
            ),
            click.Option(
                ["--leaders"], is_flag=True, help=_("Only who is in the order of precedence.")
            ),
            click.Option(["--svg"], metavar="FILE", help=_("Draw it into this file instead.")),
            click.Option(
                ["--replace"], is_flag=True, help=_("Write over a file that is there already.")
            ),
            as_json,
        ],
    ),
}
