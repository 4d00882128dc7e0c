"""A list that can be narrowed and put into another order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from officetui.office.tables import Record, Register
from officetui.text.i18n import _
from officetui.ui import menus, narrowing
from officetui.ui.screens.base import BaseScreen


class NarrowedScreen(BaseScreen):
    """What the list screens share: filters, all of which hold, and an order."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self.register = register
        self.filters: list[str] = []  # ids of `narrowing`
        self.order = ("", False)  # its id, and whether it is the other way round
        self.whole: list[Record] = []  # the list without filters

    def narrowed(self, found: Sequence[Record]) -> list[Record]:
        """The records that pass the filters, in the order chosen."""
        self.whole = list(found)
        chosen = narrowing.narrowed(self.register, self.whole, self.filters, self.office)
        return narrowing.ordered(self.register, chosen, *self.order, self.office)

    def filter_words(self) -> list[str]:
        """The filters in force by name."""
        return [narrowing.label(name, self.register) for name in self.filters]

    def order_words(self) -> str:
        """The order in force, where it is not the usual one."""
        return _(narrowing.ORDERS[self.order[0]][0]) if self.order[0] else ""

    def title_words(self) -> str:
        """What is listed."""
        raise NotImplementedError

    def listed_anew(self) -> None:
        """Read the list again after a filter or the order changed; the cursor goes to its head."""
        raise NotImplementedError

    def widen(self) -> None:
        """No filter, and the usual order."""
        self.filters, self.order = [], ("", False)
        self.listed_anew()

    def action_narrow(self) -> None:
        """A menu of what the list can be narrowed to, each with how many that leaves."""
        found = narrowing.offered(self.register, self.whole, self.filters, self.office)
        items = [
            menus.Item(
                one.id,
                one.label,
                str(one.count),
                _("in force") if one.chosen else "",
            )
            for one in found
        ]
        if self.filters:
            items.insert(0, menus.Item("all", _("All of the list")))
        self._ask(_("Show only"), items, self._narrow)

    def _narrow(self, name: str) -> None:
        self.filters = [] if name == "all" else narrowing.toggled(self.filters, name)
        self.listed_anew()

    def action_order(self) -> None:
        """A menu of orders; the one in force once more turns it round."""
        items = [
            menus.Item(
                name,
                _(narrowing.ORDERS[name][0]),
                hint=_("once more turns it round") if name == self.order[0] else "",
            )
            for name in narrowing.orders(self.register)
        ]
        if self.order[0]:
            items.append(menus.Item("usual", _("The usual order")))
        self._ask(_("In which order"), items, self._reorder)

    def _reorder(self, name: str) -> None:
        same = name == self.order[0]
        self.order = ("", False) if name == "usual" else (name, same and not self.order[1])
        self.listed_anew()

    def _ask(self, title: str, items: list[menus.Item], then: Callable[[str], None]) -> None:
        from officetui.ui.modals.menu import StepMenu

        if not items:
            self.say(_("There is nothing to choose here."))
            return
        pages = [items[place : place + 9] for place in range(0, len(items), 9)]
        self.app.push_screen(
            StepMenu(title, pages, about=self.title_words()),
            lambda name: then(name) if name is not None else None,
        )
