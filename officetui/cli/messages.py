"""The command that prints the text of a message; nothing is recorded by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from officetui.cli.session import clean, give, opened, say
from officetui.errors import Refused
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.registers.record import Record


def message(ids: Sequence[str], again: bool) -> int:
    """The messages that urge these records, one for each holder."""
    from officetui.registers.registry import BY_ID
    from officetui.report.messages import letter

    with opened() as office:
        groups: dict[str, list[Record]] = {}
        for word in clean(ids):
            record = office.find(word)
            register = BY_ID[record.register]
            if register.step("urge") is None:
                words = _("There is no message for the register “{register}” yet.")
                raise Refused(words.format(register=register.name()))
            groups.setdefault(register.holder(record, office), []).append(record)
        texts = []
        for records in groups.values():
            found = letter(office, records, again=again)
            texts.append(found.text)
            if found.lacking:
                say(_("Missing, shown as ____: {names}").format(names=listed(found.lacking)))
        give("\n\n".join(texts))
    return 0


COMMANDS: dict[str, click.Command] = {
    "message": click.Command(
        "message",
        callback=message,
        help=_(
            "The text that urges whoever holds a record, on standard output; several records of one"
            " holder make one text. Printing sends and records nothing: “do ID urge method=...”"
            " records the urging."
        ),
        params=[
            click.Argument(["ids"], metavar="ID...", nargs=-1, required=True),
            click.Option(
                ["--again"], is_flag=True, help=_("As if it had been urged before already.")
            ),
        ],
    ),
}
