"""What was sent upwards this month, for the board: reported, adopted, lacking, being written."""

from __future__ import annotations

from officetui.office.look import Look
from officetui.registers import counting
from officetui.registers.drafts import DRAFTS
from officetui.registers.information import INFORMATION, WRITING


def counts(look: Look) -> dict[str, int]:
    """Of this month; what is counted stays on the desk until the month is over."""
    records = look.records("information")
    total = counting.count(INFORMATION, records, look.today.isoformat()[:7], look).total
    writing = sum(1 for one in records if one.state == WRITING)
    speeches = sum(1 for one in look.records("drafts") if one.state not in DRAFTS.finished)
    found = {
        "information_sent": total.get("sent", 0),
        "information_adopted": total.get("adopted", 0),
        "information_writing": writing,
        "drafts_writing": speeches,
    }
    if counting.LACKS in total:
        found["information_lacking"] = total[counting.LACKS]
    return found
