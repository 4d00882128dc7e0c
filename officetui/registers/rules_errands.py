"""Rules of errands 后勤: the hours of a trip, and what a seal is put to."""

from __future__ import annotations

from officetui.registers import spans
from officetui.registers.errands_parts import SEALS, VEHICLES
from officetui.registers.rule import Cells, Rule
from officetui.registers.view import View
from officetui.text.i18n import N_

_SEALS = "印章管理规定"
_VEHICLES = "公务用车管理办法"


def _ends_first(cells: Cells, record_id: str, view: View) -> str:
    return "end" if spans.ends_before_start(cells.get("at"), cells.get("end")) else ""


def _no_seal(cells: Cells, record_id: str, view: View) -> str:
    if cells.get("kind") != SEALS:
        return ""
    return next((name for name in ("seal", "copies") if not cells.get(name)), "")


def _nowhere(cells: Cells, record_id: str, view: View) -> str:
    if cells.get("kind") != VEHICLES:
        return ""
    return next((name for name in ("for_whom", "place") if not cells.get(name)), "")


RULES: tuple[Rule, ...] = (
    Rule(
        "errands.end",
        "errands",
        N_("It ends before it begins."),
        "时间起止",
        "block",
        _ends_first,
        of=("at", "end"),
    ),
    Rule(
        "errands.seal",
        "errands",
        N_("It is noted which seal is put to how many copies."),
        _SEALS,
        "hint",
        _no_seal,
        of=("kind", "seal", "copies"),
    ),
    Rule(
        "errands.trip",
        "errands",
        N_("It is noted for whom a vehicle goes, and where to."),
        _VEHICLES,
        "hint",
        _nowhere,
        of=("kind", "for_whom", "place"),
    ),
)
