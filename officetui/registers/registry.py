"""The registers of the house: the one list that everything else is derived from."""

from __future__ import annotations

from officetui.errors import Refused
from officetui.registers.documents import DOCUMENTS
from officetui.registers.drafts import DRAFTS
from officetui.registers.duty import DUTY
from officetui.registers.duty_log import DUTY_LOG
from officetui.registers.errands import ERRANDS
from officetui.registers.followups import FOLLOWUPS
from officetui.registers.hospitality import HOSPITALITY
from officetui.registers.incidents import INCIDENTS
from officetui.registers.information import INFORMATION
from officetui.registers.meetings import MEETINGS
from officetui.registers.model import Register
from officetui.registers.outgoing import OUTGOING
from officetui.registers.people import PEOPLE
from officetui.registers.reception import RECEPTION
from officetui.registers.reviews import REVIEWS
from officetui.registers.schedule import SCHEDULE
from officetui.registers.settings import SETTINGS_REGISTER
from officetui.text.i18n import _
from officetui.text.words import listed

REGISTERS: tuple[Register, ...] = (
    DUTY,
    DUTY_LOG,
    INCIDENTS,
    DOCUMENTS,
    OUTGOING,
    DRAFTS,
    MEETINGS,
    RECEPTION,
    HOSPITALITY,
    FOLLOWUPS,
    SCHEDULE,
    ERRANDS,
    REVIEWS,
    PEOPLE,
    INFORMATION,
    SETTINGS_REGISTER,
)
BY_ID: dict[str, Register] = {register.id: register for register in REGISTERS}
BY_ID.update({child.id: child for register in REGISTERS for child in register.children})


def register_named(name: str) -> Register:
    """The register of that id, or of that name in the language in use; raises Refused."""
    found = BY_ID.get(name)
    if found is not None:
        return found
    for register in REGISTERS:
        if name in (register.label, register.name(), register.digit, *register.prefixes):
            return register
    raise Refused(
        _("There is no register “{name}”. There are: {names}.").format(
            name=name, names=listed(r.id for r in REGISTERS)
        )
    )
