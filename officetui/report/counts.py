"""The counts of a month, as a table of text and as an object."""

from __future__ import annotations

from typing import Any

from officetui.office.counting import Month, columns, figure, label
from officetui.registers.model import Register
from officetui.report.tables import table
from officetui.text.i18n import _, pgettext


def month_text(register: Register, month: Month, width: int | None) -> str:
    """A head with the register and the month, a line for each group, and the sums."""
    names = columns(register)
    heads = [pgettext("count", "kind"), *(label(register, name) for name in names)]
    rows = [
        [group or _("nobody"), *(figure(register, name, figures) for name in names)]
        for group, figures in month.groups
    ]
    total = [pgettext("count", "together"), *(figure(register, n, month.total) for n in names)]
    right = "".join(str(n) for n in range(1, len(heads)))
    body = table(heads, [*rows, total], width, right)
    return f"{register.name()}  {month.month}\n{body}"


def month_object(month: Month) -> dict[str, Any]:
    """`register`, `month`, `groups` (each with `group` and its figures) and `total`."""
    return {
        "register": month.register,
        "month": month.month,
        "groups": [{"group": group, **figures} for group, figures in month.groups],
        "total": dict(month.total),
    }
