"""A paper that turned out to be classified: what it may not hold is emptied in the same change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from officetui.errors import Refused
from officetui.office import withheld
from officetui.office.tables import Record
from officetui.text.i18n import _
from officetui.ui.drafts import drafts

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp
    from officetui.ui.modals.form import FormScreen

_EMPTY = "empty"


def ask(app: OfficeApp, form: FormScreen, record: Record, cells: Mapping[str, Any]) -> None:
    """Name what must be emptied, above the form that would write these cells, and do it when that
    is wanted. Raises Refused then, for the form stays until it is answered; else does nothing."""
    from officetui.ui import menus
    from officetui.ui.modals.menu import StepMenu

    office = app.office
    found = withheld.emptying(office, record, cells)
    if found is None:
        return

    def chosen(item: str | None) -> None:
        if item != _EMPTY:
            return
        done = app.perform(lambda: office.set(record, cells, emptying=found))
        if done is None:
            return
        drafts(app).drop_of(record.ref)  # what was typed of it in other forms
        form.saved(done)

    keep = menus.Item("keep", _("No, leave it as it is"))
    empty = menus.Item(_EMPTY, _("Yes, empty them and mark it"))
    asked = _("{title}: mark it as classified?").format(title=menus.title([record], office))
    below = f"{found.asked()} {_(withheld.STAYS)}"
    app.push_screen(StepMenu(asked, [[keep, empty]], below=below), chosen)
    raise Refused(_("Not changed yet."), field="secrecy")
