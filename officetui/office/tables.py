"""The registers' tables and words for the floors above: screens read them from here.

The screens speak to the office; what a register is, is part of what the office tells them.
"""

from __future__ import annotations

from officetui.registers import meetings, registry, workflow
from officetui.registers.calendar import UnknownYear, day_type_words, lunar_words
from officetui.registers.checklists import SORTS, as_template, children_of, items_of, sort_of
from officetui.registers.duty_turns import UNCONFIRMED, is_red
from officetui.registers.followups import LOOKS, colour, colour_name, in_charge
from officetui.registers.meetings import EXCUSED, MEETINGS
from officetui.registers.model import EARLY, EARLY_FIELD, Column, Field, Need, Register, Step
from officetui.registers.people import away_until, leads
from officetui.registers.reception import earlier
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.registers.reviews import EVENING, MORNING, half_words, receivers
from officetui.registers.reviews import key as review_key
from officetui.registers.rules import Verdict, judge, told
from officetui.registers.rules_incoming import CLASSIFIED, CLASSIFIED_TITLE
from officetui.registers.spans import start_cell
from officetui.registers.view import View
from officetui.registers.workflow import needs, offers

__all__ = [
    "BY_ID",
    "CLASSIFIED",
    "CLASSIFIED_TITLE",
    "EARLY",
    "EARLY_FIELD",
    "EVENING",
    "EXCUSED",
    "LOOKS",
    "MEETINGS",
    "MORNING",
    "REGISTERS",
    "SORTS",
    "UNCONFIRMED",
    "Column",
    "Field",
    "Need",
    "Record",
    "Register",
    "Step",
    "UnknownYear",
    "Verdict",
    "View",
    "as_template",
    "away_until",
    "children_of",
    "colour",
    "colour_name",
    "day_type_words",
    "earlier",
    "half_words",
    "in_charge",
    "is_red",
    "items_of",
    "judge",
    "leads",
    "lunar_words",
    "meetings",
    "needs",
    "offers",
    "receivers",
    "registry",
    "review_key",
    "sort_of",
    "start_cell",
    "told",
    "workflow",
]
