"""The first start: the office's name and who is there, and the office is founded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from officetui.errors import OfficeError
from officetui.registers.model import Field
from officetui.text.i18n import N_, _
from officetui.ui.forms import Entry
from officetui.ui.modals.form import FormScreen

if TYPE_CHECKING:
    from officetui.office.office import Office

_FIELDS = (
    Field("name", N_("Name of the office"), required=True),
    Field("user", N_("Your name"), required=True),
)


class FirstRunScreen(FormScreen):
    """A form over nothing; leaving it leaves the program, and nothing was written."""

    def __init__(self, then: Callable[[Office], None]) -> None:
        def found(values: dict[str, Any]) -> Office:
            from officetui import config
            from officetui.office.office import Office

            office = Office.found(config.home(), name=values["name"], user=values["user"])
            try:
                config.remember_user(values["user"])
            except (OfficeError, OSError):
                pass  # the office is there; who one is can be written into the settings later
            return office

        super().__init__(
            _("Welcome to officetui"),
            [Entry(field, True) for field in _FIELDS],
            None,
            found,
            key="first_run",
            about=_("There is no office on this machine yet. Two answers make one."),
        )
        self._then = then

    def dismiss_with(self, result: Any) -> None:
        """Go on with the new office."""
        self.dismiss(result)
        self._then(result)

    def action_leave(self) -> None:
        """Without an office there is nothing to show."""
        self.app.exit()
