"""Rules of follow-ups 督办."""

from __future__ import annotations

from officetui.registers.rule import Cells, Rule
from officetui.registers.view import View
from officetui.text.i18n import N_

_SOURCE = "党政机关公文处理工作条例 (2012), 24-25"


def _nobody(cells: Cells, record_id: str, view: View) -> str:
    return "" if cells.get("owner") else "owner"


def _no_due(cells: Cells, record_id: str, view: View) -> str:
    return "" if cells.get("due") else "due"


def _nobody_leads(cells: Cells, record_id: str, view: View) -> str:
    units = cells.get("co_units")
    many = isinstance(units, list) and len(units) > 1
    return "lead_unit" if many and not cells.get("lead_unit") else ""


def _no_standard(cells: Cells, record_id: str, view: View) -> str:
    return "" if cells.get("standard") else "standard"


RULES: tuple[Rule, ...] = (
    Rule(
        "followups.owner",
        "followups",
        N_("Nobody answers for this: name one person."),
        _SOURCE,
        "warn",
        _nobody,
        of=("owner",),
    ),
    Rule(
        "followups.due",
        "followups",
        N_("Nobody knows by when: give a date."),
        _SOURCE,
        "warn",
        _no_due,
        of=("due",),
    ),
    Rule(
        "followups.lead_unit",
        "followups",
        N_("Several units share this: one of them has to lead."),
        _SOURCE,
        "warn",
        _nobody_leads,
        of=("lead_unit", "co_units"),
    ),
    Rule(
        "followups.standard",
        "followups",
        N_("Say by what it will be seen that this is done."),
        _SOURCE,
        "hint",
        _no_standard,
        of=("standard",),
    ),
)
