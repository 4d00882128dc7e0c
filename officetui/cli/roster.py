"""The command that makes a duty roster: whose turn it is, with the reason of each cell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from officetui.cli.reading import as_json, day_of
from officetui.cli.session import clean, done_object, give, give_json, opened, say, told, width
from officetui.errors import Refused
from officetui.text.i18n import _, ngettext
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.office.roster import Plan


def roster(
    first: str,
    last: str | None,
    lines: tuple[str, ...],
    keep: bool,
    reasons: bool,
    compare: tuple[str, ...],
    write: bool,
    as_json: bool,
) -> int:
    """Make the roster of a period, show it, and with --write write it as one change."""
    from officetui.office import roster as generator

    with opened() as office:
        begin, end = _period(office, clean([first])[0], clean([last])[0] if last else None)
        only = clean(lines)
        made = generator.plan(office, begin, end, only=only, keep=keep)
        tried = None
        if compare:
            if write:
                raise click.UsageError(_("--compare only shows; --write goes without it."))
            overrides = _overrides(clean(compare))
            tried = generator.plan(office, begin, end, only=only, keep=keep, overrides=overrides)
        if as_json:
            _give_object(office, made, tried, write)
            return 0
        if tried is not None:
            _compared(made, tried)
            return 0
        _show(made, reasons)
        if write:
            told(generator.write(office, made))
        else:
            say(_("Nothing is written yet: --write writes it."))
    return 0


def _period(office: Office, first: str, last: str | None) -> tuple[date, date]:
    """The days meant: two dates, one day, or a month (2026-12). Raises Refused."""
    if last is None and len(first) == 7:
        try:
            begin = date.fromisoformat(first + "-01")
        except ValueError:
            pass
        else:
            return begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    begin = day_of(office, first)
    return begin, day_of(office, last) if last is not None else begin


def _overrides(texts: list[str]) -> dict[str, dict[str, Any]]:
    """`night.seats=2` as what to try. Raises Refused."""
    found: dict[str, dict[str, Any]] = {}
    for text in texts:
        place, sign, value = text.partition("=")
        line, dot, key = place.partition(".")
        if not (sign and dot and line and key):
            words = _("{text}: a setting to compare is written LINE.KEY=VALUE, as night.seats=2.")
            raise Refused(words.format(text=text), field="compare")
        found.setdefault(line, {})[key] = _value(key, value)
    return found


def _value(key: str, text: str) -> Any:
    import msgspec

    from officetui.registers.duty_lines import LISTS

    if key in LISTS and text[:1] != "[":
        return [word for word in text.replace("，", "、").replace(",", "、").split("、") if word]
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _show(made: Plan, reasons: bool) -> None:
    from officetui.office.roster_words import hints
    from officetui.report import roster as report

    cells = width()
    give(report.reasons_text(made, cells) if reasons else report.days_text(made, cells))
    give("\n" + report.balance_text(made, cells))
    for line in made.roster.lines:
        words = report.spread_words(made, line.id)
        say(_("{label}: {what}").format(label=_(line.label), what=words))
    for words in hints(made):
        say(words)
    _say_unknown(made)
    counts = [
        (made.count("new"), _("{n} new")),
        (made.count("changed"), _("{n} changed")),
        (made.count("kept"), _("{n} kept")),
        (made.count("empty"), _("{n} empty")),
    ]
    n = len(made.roster.cells)
    words = ngettext("{n} seat", "{n} seats", n).format(n=n)
    parts = [text.format(n=count) for count, text in counts if count]
    say(": ".join([words, listed(parts)]) if parts else words)


def _compared(made: Plan, tried: Plan) -> None:
    from officetui.report import roster as report

    give(report.compared_text(made, tried, width()))
    for words in report.compared_words(made, tried):
        say(words)
    _say_unknown(made)


def _say_unknown(made: Plan) -> None:
    for year in made.unknown:
        words = _("The working days of {year} are not known yet; enter them in the settings.")
        say(words.format(year=year))


def _give_object(office: Office, made: Plan, tried: Plan | None, write: bool) -> None:
    from officetui.office import roster as generator
    from officetui.report.roster import roster_object

    found = roster_object(made)
    if tried is not None:
        found["tried"] = roster_object(tried)
    done = generator.write(office, made) if write else None
    found["written"] = done is not None
    if done is not None:
        found |= done_object(office, done)
    give_json(found)


COMMANDS: dict[str, click.Command] = {
    "roster": click.Command(
        "roster",
        callback=roster,
        help=_(
            "Make the duty roster of a period: fewest turns in the line first, then who has been"
            " without one for longest. What was told or confirmed stays. FROM may be a month"
            " (2026-12). Nothing is written without --write."
        ),
        params=[
            click.Argument(["first"], metavar="FROM"),
            click.Argument(["last"], metavar="[TO]", required=False),
            click.Option(
                ["--line", "lines"], multiple=True, metavar="L", help=_("Only this line; repeat.")
            ),
            click.Option(["--keep"], is_flag=True, help=_("Fill only the seats that are empty.")),
            click.Option(["--reasons"], is_flag=True, help=_("A line a seat: why this person.")),
            click.Option(
                ["--compare"],
                multiple=True,
                metavar="LINE.KEY=VALUE",
                help=_("Beside it, the roster of another setting: night.seats=2"),
            ),
            click.Option(["--write"], is_flag=True, help=_("Write it, as one change.")),
            as_json,
        ],
    ),
}
