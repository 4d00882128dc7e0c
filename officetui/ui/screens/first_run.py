"""The first start: the office's name, who is there, and the shared folder or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from officetui.errors import OfficeError, Refused
from officetui.office.tables import Field
from officetui.text.i18n import N_, _
from officetui.ui.forms import Entry
from officetui.ui.modals.form import FormScreen

if TYPE_CHECKING:
    from officetui.office.office import Office

_FIELDS = (
    Field("name", N_("Name of the office"), hint=N_("not needed to join one by its folder")),
    Field("user", N_("Your name"), required=True),
    Field("folder", N_("Shared folder"), hint=N_("a directory colleagues reach too; empty: none")),
)


class FirstRunScreen(FormScreen):
    """A form over nothing; leaving it leaves the program, and nothing was written.

    With a folder the answers go to `FolderScreen`, which founds the office there or joins the one
    that lives there; without one the office is founded at once.
    """

    def __init__(self, then: Callable[[Office], None]) -> None:
        def found(values: dict[str, Any]) -> Office | dict[str, Any]:
            if values.get("folder"):
                return values
            from officetui import config
            from officetui.office.office import Office

            if not values.get("name"):
                raise Refused(_("The office needs a name."), field="name")
            office = Office.found(config.home(), name=values["name"], user=values["user"])
            remember(values["user"])
            return office

        super().__init__(
            _("Welcome to officetui"),
            [Entry(field, field.required) for field in _FIELDS],
            None,
            found,
            key="first_run",
            start="name",
            about=_("There is no office on this machine yet. Its name and yours make one."),
        )
        self._then = then

    def dismiss_with(self, result: Any) -> None:
        """Go on with the new office; or first to the folder, above this form."""
        if not isinstance(result, dict):
            self._go_on_with(result)
            return
        from officetui.ui.modals.folder import FolderScreen

        self.app.push_screen(FolderScreen(result), self._joined)

    def _joined(self, office: Office | None) -> None:
        if office is not None:
            self._go_on_with(office)

    def _go_on_with(self, office: Office) -> None:
        self.dismiss(office)
        self._then(office)

    def action_leave(self) -> None:
        """Without an office there is nothing to show."""
        self.app.exit()


def remember(user: str) -> None:
    """Let `user` be who acts here; the office is there also when that cannot be kept."""
    from officetui import config

    try:
        config.remember_user(user)
    except (OfficeError, OSError):
        pass
