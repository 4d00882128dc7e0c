"""The counts of a month from desk and books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officetui.errors import Refused
from officetui.registers import counting
from officetui.registers.counting import Month, columns, figure, label, words
from officetui.registers.model import Register
from officetui.registers.registry import REGISTERS
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.office import Office


def counted_registers() -> list[Register]:
    """The registers that are counted by month."""
    return [table for table in REGISTERS if table.group is not None]


def of_month(office: Office, register: Register, month: str) -> Month:
    """What was counted of a register in a month ("2026-11"); what was noted in the year before
    counts too where it was done in this one. Raises Refused for a register without counts."""
    if register.group is None:
        names = listed(table.name() for table in counted_registers())
        raise Refused(
            _("{register} is not counted by month. These are: {names}.").format(
                register=register.name(), names=names
            )
        )
    year = int(month[:4])
    records = [*office.list(register.id, year=year), *office.list(register.id, year=year - 1)]
    return counting.count(register, records, month, office)


__all__ = ["Month", "columns", "counted_registers", "figure", "label", "of_month", "words"]
