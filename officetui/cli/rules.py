"""The rules at entry as the office takes them: `officetui doctor --rules`."""

from __future__ import annotations

from typing import Any

import msgspec

from officetui import config
from officetui.cli import session
from officetui.cli.session import give, give_json, say, width
from officetui.text.i18n import _


class Taken(msgspec.Struct):
    """A rule and how strictly it is taken; `own`: the office said so itself."""

    id: str
    register: str  # "" for every register
    severity: str
    own: bool
    default: str
    text: str
    source: str


def rules(as_json: bool) -> int:
    """List every rule; without an office with the defaults."""
    found = _taken()
    if as_json:
        give_json([msgspec.structs.asdict(one) for one in found])
        return 0
    from officetui.report.tables import table

    rows = [[one.id, _how(one), one.text, one.source] for one in found]
    give(table([_("Rule"), _("Severity"), _("Text"), _("Source")], rows, width()))
    say(_("Set one: officetui set settings:rules RULE=off|hint|warn|block; RULE= is the default."))
    return 0


def _taken() -> list[Taken]:
    from officetui.errors import NoOffice
    from officetui.office.office import Office
    from officetui.registers.rules import RULES, severity

    own: dict[str, Any] = {}
    try:
        own = Office.open(config.home(), user=session.the_user() or None).setting("rules")
    except NoOffice as error:
        say(error.message)
    return [
        Taken(
            rule.id,
            rule.register,
            how := severity(rule, own),
            own.get(rule.id) == how,
            rule.severity,
            _(rule.text),
            _(rule.source),
        )
        for rule in RULES
    ]


def _how(one: Taken) -> str:
    """The severity, and whose it is."""
    return (
        _("{severity} (set here)").format(severity=_(one.severity)) if one.own else _(one.severity)
    )
