"""The office's own checklists, made from a meeting's: what was added, changed or left out there
goes into every new meeting of that sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officetui.office.tables import BY_ID, SORTS, Record, as_template, items_of, sort_of
from officetui.text.i18n import _
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp


def keep(app: OfficeApp, meeting: Record) -> None:
    """Ask of which sort of meeting the checklist is to be, its own sort first, and keep it."""
    from officetui.ui.modals.menu import StepMenu

    office = app.office
    items = as_template(office.children(meeting, "items"))
    if not items:
        app.say(_("This meeting has no checklist yet: L takes one."), "error")
        return
    own = meeting.text("checklist") or sort_of(meeting.text("title"))
    sorts = sorted(SORTS, key=lambda sort: sort.value != own)
    menu = [
        Item(
            sort.value, _(sort.label), hint=_("now {n}").format(n=len(items_of(sort.value, office)))
        )
        for sort in sorts
    ]

    def chosen(sort: str | None) -> None:
        if sort is None:
            return
        kept = office.setting("checklists")
        lists = {**kept, sort: items} if isinstance(kept, dict) else {sort: items}
        done = app.perform(lambda: office.set_setting("checklists", lists))
        if done is not None:
            name = next(_(one.label) for one in SORTS if one.value == sort)
            words = _("New meetings ({sort}) begin with these {n} items; u takes it back.")
            app.say(words.format(sort=name, n=len(items)))

    title = _("Keep the checklist for new meetings of which sort?")
    app.push_screen(StepMenu(title, [menu], about=BY_ID["meetings"].title(meeting)), chosen)
