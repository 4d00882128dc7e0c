"""The command that follows the chain of every journal: verify."""

from __future__ import annotations

from typing import Any

import click

from officetui import config
from officetui.cli.session import give, give_json, say
from officetui.errors import DataDamaged, NoOffice
from officetui.ledger import identity
from officetui.ledger.journals import Ledger
from officetui.ledger.verify import Damage
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible


def verify(as_json: bool) -> int:
    """Name writer, segment and line of everything that is not as it was written."""
    home = config.home()
    if identity.read_office(home) is None:
        raise NoOffice(
            _("There is no office in {path} yet: officetui init --name NAME").format(path=home)
        )
    ledger = Ledger(home)
    found = ledger.verify()
    journals = len(ledger.writers())
    segments = sum(len(ledger.segments(writer)) for writer in ledger.writers())
    if as_json:
        facts = {"journals": journals, "segments": segments}
        give_json(facts | {"findings": [_object(damage) for damage in found]})
    else:
        give("\n".join(map(_line, found)))
        counted = ngettext("{n} journal", "{n} journals", journals).format(n=journals)
        if not found:
            say(_("{journals}: every chain is whole.").format(journals=counted))
    if found:
        say(
            _(
                "What is named was altered, damaged or lost after it was written; everything else "
                "is used. A good copy of the segment (a backup, another device) brings it back."
            )
        )
        return DataDamaged.status
    return 0


def _line(damage: Damage) -> str:
    where = (
        _("writer {writer}, segment {segment}, line {line}: {reason}")
        if damage.line
        else _("writer {writer}, segment {segment}: {reason}")
    )
    return where.format(
        writer=damage.writer,
        segment=visible(damage.segment),
        line=damage.line,
        reason=visible(_(damage.reason)),
    )


def _object(damage: Damage) -> dict[str, Any]:
    return {
        "writer": damage.writer,
        "segment": damage.segment,
        "line": damage.line,
        "reason": damage.reason,
    }


COMMANDS: dict[str, click.Command] = {
    "verify": click.Command(
        "verify",
        callback=verify,
        help=_(
            "Follow the chain of hashes through every journal, ours and the colleagues', and "
            "name writer, segment and line of what was altered. Status 3 when something was."
        ),
        params=[
            click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs."))
        ],
    ),
}
