"""Rules at entry, as data: id, what is said, its source, and how strictly it is taken.

The office sets the severity of each (setting `rules`: id to off, hint, warn or block).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

from officetui.registers.documents import SECRECY
from officetui.registers.view import View
from officetui.text.i18n import N_, _

Severity = Literal["off", "hint", "warn", "block"]
SEVERITIES: tuple[Severity, ...] = ("off", "hint", "warn", "block")
Cells = Mapping[str, Any]


class Rule(msgspec.Struct, frozen=True):
    """One rule; `broken(cells, id, view)` gives the field at fault, "" when it holds."""

    id: str
    register: str
    text: str
    source: str
    severity: Severity
    broken: Callable[[Cells, str, View], str]


class Verdict(msgspec.Struct, frozen=True):
    """A rule that a record breaks, as it is said to a person."""

    rule: str
    severity: Severity
    field: str
    text: str


def _classified(cells: Cells, record_id: str, view: View) -> str:
    known = {choice.value for choice in SECRECY}
    return "secrecy" if any(word in str(cells.get("secrecy") or "") for word in known) else ""


def _duplicate(cells: Cells, record_id: str, view: View) -> str:
    source, number = cells.get("from_org"), cells.get("doc_no")
    if not source or not number:
        return ""
    taken = any(
        other.id != record_id and other.get("doc_no") == number and other.get("from_org") == source
        for other in view.records("documents")
    )
    return "doc_no" if taken else ""


def _urgent_without_due(cells: Cells, record_id: str, view: View) -> str:
    acts = cells.get("kind") != "read"
    return "due" if acts and cells.get("urgency") and not cells.get("due") else ""


def _no_lead_unit(cells: Cells, record_id: str, view: View) -> str:
    units = cells.get("co_units") or []
    many = isinstance(units, list) and len(units) > 1
    return "lead_unit" if many and not cells.get("lead_unit") else ""


RULES: tuple[Rule, ...] = (
    Rule(
        "documents.classified",
        "documents",
        N_(
            "This is not a classified system: of a classified paper note only the issuer, the"
            " level, the time, and where the paper lies."
        ),
        "保守国家秘密法 (2024)",
        "block",
        _classified,
    ),
    Rule(
        "documents.duplicate",
        "documents",
        N_("A paper of this issuer with this number is registered already."),
        "党政机关公文处理工作条例 (2012)",
        "warn",
        _duplicate,
    ),
    Rule(
        "documents.urgent_due",
        "documents",
        N_("An urgent paper needs a time by which it is due."),
        "党政机关公文处理工作条例 (2012)",
        "hint",
        _urgent_without_due,
    ),
    Rule(
        "documents.lead_unit",
        "documents",
        N_("Several units share this paper: one of them has to lead."),
        "党政机关公文处理工作条例 (2012), 24",
        "hint",
        _no_lead_unit,
    ),
)


def judge(register: str, cells: Cells, record_id: str, view: View) -> list[Verdict]:
    """The rules that a record with these cells breaks, as strictly as the office takes them."""
    own = view.setting("rules")
    found = []
    for rule in RULES:
        if rule.register != register:
            continue
        how = severity(rule, own)
        if how == "off":
            continue
        field = rule.broken(cells, record_id, view)
        if field:
            found.append(Verdict(rule.id, how, field, _(rule.text)))
    return found


def severity(rule: Rule, own: Mapping[str, Any]) -> Severity:
    """How strictly the office takes a rule; `own` is its setting `rules`."""
    for known in SEVERITIES:
        if own.get(rule.id) == known:
            return known
    return rule.severity
