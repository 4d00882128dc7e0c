"""What an action is, and the kinds of screens it works in."""

from __future__ import annotations

from typing import Final

import msgspec

from officetui.text.i18n import N_, _

# Kinds of screens. An action of no kind works everywhere.
TODAY: Final = "today"
LIST: Final = "list"
DETAIL: Final = "detail"
CONFLICTS: Final = "conflicts"
WAITING: Final = "waiting"
MONTH: Final = "month"
WEEK: Final = "week"
ROSTER: Final = "roster"
TRIAGE: Final = "triage"
REVIEW: Final = "review"
LOG: Final = "log"
FIGURES: Final = "figures"
SEARCH: Final = "search"
RECORDS: Final = (TODAY, LIST, DETAIL, CONFLICTS, WAITING, MONTH, WEEK)

PLACES: Final = N_("Places")
WORK: Final = N_("With the selected record")
EVERYWHERE: Final = N_("Everywhere")
DAYS: Final = N_("Days")


class Action(msgspec.Struct, frozen=True):
    """Something a key does. `keys` are Textual's names of keys; `handler` a Textual action.

    `rank` is the place in the footer (0: not shown there), `short` its word there.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    group: str
    handler: str
    where: tuple[str, ...] = ()
    rank: int = 0
    short: str = ""
    later: bool = False  # still to come: the key says so, and nothing names it

    def name(self) -> str:
        """The label in the language in use."""
        return _(self.label)
