"""Rules of incidents 紧急信息: what is missing is said, and keeps nobody from reporting."""

from __future__ import annotations

from officetui.registers.incidents_parts import missing
from officetui.registers.rule import Cells, Rule
from officetui.registers.view import View
from officetui.text.i18n import N_

_SOURCE = "突发事件信息报告要素"


def _nowhere(cells: Cells, record_id: str, view: View) -> str:
    return "" if cells.get("place") else "place"


def _elements(cells: Cells, record_id: str, view: View) -> str:
    lacking = [name for name in missing(cells) if name != "place"]
    return lacking[0] if lacking else ""


RULES: tuple[Rule, ...] = (
    Rule(
        "incidents.place",
        "incidents",
        N_("Where is it? It can be reported without, and put right afterwards."),
        _SOURCE,
        "hint",
        _nowhere,
        of=("place",),
    ),
    Rule(
        "incidents.elements",
        "incidents",
        N_(
            "A report also says who told, casualties, how far it reaches, how it develops and what"
            " was done. Do not wait for it: report what is known."
        ),
        _SOURCE,
        "hint",
        _elements,
        of=("matter", "source", "casualties", "scope", "trend", "measures"),
    ),
)
