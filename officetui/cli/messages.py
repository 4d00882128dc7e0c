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


def message(ids: Sequence[str], again: bool, names: bool) -> int:
    """The messages that urge these records, one for each holder."""
    from officetui.registers.registry import BY_ID
    from officetui.report.messages import letter
    from officetui.report.notices import TOLD, names_of, of

    with opened() as office:
        groups: dict[str, list[Record]] = {}
        notices = []
        for word in clean(ids):
            record = office.find(word)
            register = BY_ID[record.register]
            if names and record.register == "meetings":
                notices.append(names_of(office, record))
                continue
            if record.register in TOLD:
                notices.append(of(office, record))
                continue
            if register.step("urge") is None:
                words = _("There is no message for the register “{register}” yet.")
                raise Refused(words.format(register=register.name()))
            groups.setdefault(register.holder(record, office), []).append(record)
        texts = []
        urged = [letter(office, records, again=again) for records in groups.values()]
        for found in (*notices, *urged):
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
            " holder make one text. Of a duty it is what tells whoever has it, of a meeting"
            " its notice, or that it is moved or cancelled, of an emergency its report. Printing"
            " sends and records nothing: “do ID urge method=...” and “do ID notify method=...”"
            " record it."
        ),
        params=[
            click.Argument(["ids"], metavar="ID...", nargs=-1, required=True),
            click.Option(
                ["--again"], is_flag=True, help=_("As if it had been urged before already.")
            ),
            click.Option(
                ["--names"], is_flag=True, help=_("Of a meeting: who comes, to be given upwards.")
            ),
        ],
    ),
}
