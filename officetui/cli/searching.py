"""`officetui search`: words in all records."""

from __future__ import annotations

import click

from officetui.cli.reading import as_json as json_option
from officetui.cli.session import clean, give, give_json, opened, say, width
from officetui.errors import Refused
from officetui.text.i18n import _, ngettext


def search(words: tuple[str, ...], year: int | None, as_json: bool) -> int:
    """What holds all of the words, by register; the desk first, then the books, newest first."""
    from officetui.office import search as searching
    from officetui.report import found as report

    query = searching.Query(" ".join(clean(words)))
    if not query:
        raise Refused(_("Type at least two characters, or one of Chinese."))
    with opened() as office:
        found = searching.on_desk(office, query)
        years = sorted(office.store.years(), reverse=True)
        if year is not None:
            from officetui.office.shelves import year_of

            found = [one for one in found if year_of(one.record.register, one.record.id) == year]
            years = [one for one in years if one == year]
        for one in years:
            found += searching.in_book(office, query, one)
        if as_json:
            ordered = searching.in_order(found)
            give_json([report.found_object(office, one) for one in ordered])
            return 0
        give(report.found_text(office, found, width()))
        say(ngettext("{n} record", "{n} records", len(found)).format(n=len(found)))
    return 0


COMMANDS: dict[str, click.Command] = {
    "search": click.Command(
        "search",
        callback=search,
        help=_(
            "Find words, numbers or pinyin initials (slfh) in all records: the desk first, then "
            "the books."
        ),
        params=[
            click.Argument(["words"], nargs=-1, required=True),
            click.Option(
                ["--year"], type=int, metavar="Y", help=_("Only in the book of this year.")
            ),
            json_option,
        ],
    ),
}
