"""Rules at entry, as data: one table, put together from those of the registers.

The office sets the severity of each (setting `rules`: id to off, hint, warn or block).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from officetui.errors import Refused
from officetui.registers import (
    rules_duty,
    rules_errands,
    rules_followups,
    rules_incidents,
    rules_incoming,
    rules_outgoing,
    rules_reception,
    rules_schedule,
)
from officetui.registers.rule import SEVERITIES, Cells, Rule, Severity, Verdict
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed

RULES: tuple[Rule, ...] = (
    *rules_duty.RULES,
    *rules_incoming.RULES,
    *rules_outgoing.RULES,
    *rules_reception.RULES,
    *rules_followups.RULES,
    *rules_errands.RULES,
    *rules_incidents.RULES,
    *rules_schedule.RULES,
)
BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}
_BY_REGISTER: dict[str, tuple[Rule, ...]] = {}


def rules_of(register: str) -> tuple[Rule, ...]:
    """The rules that a record of this register can break."""
    if register == "settings":
        return ()
    if register not in _BY_REGISTER:
        found = tuple(rule for rule in RULES if rule.register in ("", register))
        _BY_REGISTER[register] = found
    return _BY_REGISTER[register]


def judge(
    register: str,
    cells: Cells,
    record_id: str,
    view: View,
    written: Collection[str] | None = None,
) -> list[Verdict]:
    """The rules that a record with these cells breaks, as strictly as the office takes them;
    with `written` only those that look at one of these cells."""
    own = view.setting("rules")
    found = []
    for rule in rules_of(register):
        how = severity(rule, own)
        if how == "off" or (written is not None and rule.of and not {*rule.of} & {*written}):
            continue
        field = rule.broken(cells, record_id, view)
        if field:
            other = rule.other(cells, record_id, view) if rule.other is not None else None
            found.append(
                Verdict(
                    rule.id,
                    how,
                    field,
                    _(rule.text),
                    rule.mended(cells, view) if rule.mended is not None else None,
                    other,
                )
            )
    return found


def told(verdict: Verdict) -> str:
    """What a verdict says, with the record that it is about by name."""
    if verdict.other is None:
        return verdict.text
    from officetui.registers.registry import BY_ID as REGISTERS_BY_ID  # which imports every one

    what = REGISTERS_BY_ID[verdict.other.register].title(verdict.other)
    return _("{rule} {what}").format(rule=verdict.text, what=what)


def severity(rule: Rule, own: Mapping[str, Any]) -> Severity:
    """How strictly the office takes a rule; `own` is its setting `rules`."""
    for known in SEVERITIES:
        if own.get(rule.id) == known:
            return known
    return rule.severity


def with_severities(own: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """The setting `rules` with `id=severity` words put in; an empty severity is the default.

    Raises Refused for a word of another form, an unknown rule or an unknown severity.
    """
    found = dict(own)
    for word in words:
        name, sep, how = (part.strip() for part in word.partition("="))
        if not sep:
            raise Refused(_("Write it as rule=severity, not “{word}”.").format(word=word))
        if how:
            check_severities({name: how})
            found[name] = how
        else:
            _check_name(name)
            found.pop(name, None)
    return found


def check_severities(value: Any) -> None:
    """Raises Refused unless `value` is a table of known rules with known severities."""
    if value is None:
        return
    if not isinstance(value, dict):
        raise Refused(_("The severities are a table: rule to severity."), field="value")
    for name, how in value.items():
        _check_name(name)
        if how not in SEVERITIES:
            raise Refused(
                _("“{word}” is no severity. There are: {names}.").format(
                    word=how, names=listed(SEVERITIES)
                ),
                field="value",
            )


def _check_name(name: str) -> None:
    if name not in BY_ID:
        raise Refused(
            _("There is no rule “{name}”. There are: {names}.").format(
                name=name, names=listed(BY_ID)
            ),
            field="value",
        )


__all__ = [
    "BY_ID",
    "RULES",
    "SEVERITIES",
    "Rule",
    "Severity",
    "Verdict",
    "check_severities",
    "judge",
    "rules_of",
    "severity",
    "told",
    "with_severities",
]
